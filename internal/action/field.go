package action

import (
	"fmt"
	"regexp"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
)

// What fields are called in "Owner: tracking" and in the head of a table.
var fieldNames = map[string]string{
	"owner": "owner", "owners": "owner", "assignee": "owner", "assigned to": "owner", "assigned": "owner", "responsible": "owner", "dri": "owner",
	"verantwortlich": "owner", "zuständig": "owner",
	"due": "due", "due date": "due", "due by": "due", "deadline": "due", "target date": "due", "by when": "due", "eta": "due", "fällig": "due", "frist": "due",
	"type": "type", "status": "status", "state": "status",
	"ticket": "ticket", "tickets": "ticket", "jira": "ticket", "tracking": "ticket", "bug": "ticket", "issue": "ticket",
	"result": "result", "outcome": "result", "closed": "closed", "done on": "closed", "completed on": "closed",
}

// keys are those names as a pattern, the longer ones first.
const keys = `assigned to|assignee|assigned|responsible|dri|verantwortlich|zuständig|owners|owner|due date|due by|due|deadline|target date|by when|eta|fällig|frist|` +
	`type|status|state|tickets|ticket|jira|tracking|bug|issue|result|outcome|closed|done on|completed on`

var wholeField = regexp.MustCompile(`(?is)^(` + keys + `)\s*:\s*(.*)$`)

// field tells whether a text is a field and no more.
func field(text string) bool { return wholeField.MatchString(strings.TrimSpace(text)) }

// field reads a text that is a field and no more.
func (d *draft) field(text string) bool {
	m := wholeField.FindStringSubmatch(strings.TrimSpace(text))
	return m != nil && d.keyed(m[1], m[2], false)
}

// keyed reads the value of a field. What is written already is not replaced. loose
// is a field amid other words, where only what is clearly its value is one.
func (d *draft) keyed(key, value string, loose bool) bool {
	value = strings.Join(strings.Fields(value), " ")
	if value == "" {
		return false
	}
	switch fieldNames[strings.ToLower(key)] {
	case "owner":
		if d.Owner != "" || loose && (len(strings.Fields(value)) > 5 || strings.ContainsAny(value, "?!:")) {
			return false
		}
		if !none(value) {
			d.Owner = owner(value)
		}
	case "due":
		if none(value) {
			return true
		}
		return d.Due.IsZero() && d.due(value)
	case "closed":
		day, ok, _ := dayOf(value)
		if !ok || !d.Closed.IsZero() {
			return false
		}
		d.Closed = day
	case "type":
		t, ok := typeWords[plain(value)]
		if !ok || d.Type != "" {
			return false
		}
		d.Type = t
	case "status":
		status, closed, reason, ok := state(value)
		if !ok {
			return false
		}
		d.Status, d.Closed = status, closed
		if reason != "" {
			d.Result = reason
		}
	case "ticket":
		if d.Ticket != "" || none(value) || loose && !isTicket(value) {
			return false
		}
		d.ticket(value)
		if d.Ticket == value && len(d.links) > 0 {
			d.Ticket = d.links[0].Dest
		}
	case "result":
		if d.Result != "" {
			return false
		}
		d.Result = value
	}
	return true
}

var (
	stateText = regexp.MustCompile(`(?is)^(✅|✔️?|✓|` + strings.Join([]string{
		`not done|not started|not doing|done|completed|complete|closed|fixed|resolved|finished|shipped|merged|erledigt`,
		`proposed|proposal|idea|suggested|vorgeschlagen|open|todo|to do|in progress|in review|wip|ongoing|planned|scheduled|pending|blocked|started|offen|in arbeit`,
		`declined|won['’]?t do|won['’]?t fix|wontfix|will not do|rejected|dropped|cancelled|canceled|abandoned|abgelehnt|verworfen`,
	}, "|") + `)(?:\s*$|\s*[:(–—-]\s*|\s+(?:on |at )?|\s+because\s+)(.*?)\)?$`)
)

// state reads a state with the day on which it was reached or, of a declined
// action, why: "done 2026-03-20", "declined: costs more than it saves".
func state(text string) (status kb.ActionStatus, closed kb.Date, reason string, ok bool) {
	m := stateText.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return "", kb.Date{}, "", false
	}
	status = statusWords[strings.NewReplacer("'", "", "’", "", "\ufe0f", "").Replace(strings.ToLower(m[1]))]
	rest := strings.TrimSpace(m[2])
	switch day, isDay, _ := dayOf(rest); {
	case rest == "":
		return status, closed, "", true
	case isDay && (status == kb.ActionDone || status == kb.ActionDeclined):
		return status, day, "", true
	case status == kb.ActionDeclined:
		return status, closed, strings.Join(strings.Fields(rest), " "), true
	}
	return "", closed, "", false
}

var (
	ticketText = regexp.MustCompile(`^(?:(?i:pr|issue|ticket|bug) ?)?(?:#\d+|[A-Z][A-Z0-9]{1,9}-\d+)$`)
	noTicket   = regexp.MustCompile(`^(?:UTF|SHA|ISO|RFC|CVE|SEV|TLS|COVID|AES|RSA|MD|HTTP|IPV|USB|WPA|BASE|PEP|AI)-`)
	tracker    = regexp.MustCompile(`(?i)^https?://\S+(?:/(?:issues?|pulls?|merge_requests|browse|tickets?|story|stories|work_items|tasks?|bugs?|cards?|edit)/(?:[\w.-]+/)*(?:[A-Z][A-Z0-9]*-)?\d+|[?&]id=\d+)|^https?://(?:app\.asana\.com/0|linear\.app/\S+/issue|trello\.com/c)/`)
)

// isTicket tells whether a text names a ticket and is no more.
func isTicket(text string) bool {
	return ticketText.MatchString(text) && !noTicket.MatchString(text) || strings.HasPrefix(text, "http")
}

// isTracker tells whether an address is that of a ticket.
func isTracker(address string) bool { return tracker.MatchString(address) }

// remarkState reports a state that is none of the known ones.
func (d *draft) remarkState(text string) {
	known := make([]string, len(kb.ActionStatuses))
	for i, s := range kb.ActionStatuses {
		known[i] = string(s)
	}
	d.remark(diag.Note, "unknown-status", fmt.Sprintf("the state of the action, %q, is not known, so it counts as open", text), "the known ones are "+strings.Join(known, ", "))
}
