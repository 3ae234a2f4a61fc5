package site

import (
	"fmt"
	"net/url"
	"strings"

	"debrief/internal/kb"
)

// ActionID is the id of the element on an incident's page that holds one of its
// actions.
func ActionID(i *kb.Incident, n int) string {
	if a := i.Actions[n]; a.Anchor != "" {
		return a.Anchor
	}
	return fmt.Sprintf("a-f%d", n+1) // those of the front matter come first
}

// TicketURL is where a ticket is: at its own address, or where the site's pattern
// says. It is empty when nobody knows.
func TicketURL(c kb.Config, ticket string) string {
	if ticket == "" || AllowedURL(ticket) {
		return ticket
	}
	return strings.ReplaceAll(c.TicketURL, "{ticket}", url.PathEscape(strings.TrimPrefix(ticket, "#")))
}
