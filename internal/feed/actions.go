package feed

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"debrief/internal/kb"
	"debrief/internal/ledger"
	"debrief/internal/record"
	"debrief/internal/site"
)

// actionList is actions.json. It follows the rules of package record: every field
// is always there, "" and [] and null are unknown, addresses are absolute, and the
// version grows when a field goes or changes its meaning.
type actionList struct {
	Version   int          `json:"version"`
	Generator string       `json:"generator"`
	Site      actionSite   `json:"site"`
	Today     string       `json:"today"` // the day on which it was made, by which the days are counted
	Totals    actionTotals `json:"totals"`
	Actions   []actionItem `json:"actions"` // the overdue first, as in the ledger
}

// actionsVersion is that of the shape of actionList.
const actionsVersion = 1

type actionSite struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

type actionTotals struct {
	All      int `json:"all"`
	Open     int `json:"open"`
	Proposed int `json:"proposed"`
	Done     int `json:"done"`
	Declined int `json:"declined"`
	Overdue  int `json:"overdue"` // of those that are open or proposed, like the next two
	NoOwner  int `json:"without_owner"`
	NoDue    int `json:"without_due"`
}

type actionItem struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	URL       string         `json:"url"` // its place in the post-mortem
	Incident  actionIncident `json:"incident"`
	Owners    []string       `json:"owners"`
	Services  []string       `json:"services"` // of the incident
	Type      string         `json:"type"`     // prevent, detect, mitigate, respond, safety
	State     string         `json:"state"`    // proposed, open, done, declined
	Due       *string        `json:"due"`      // a day
	Overdue   int            `json:"overdue_days"`
	Age       *int           `json:"age_days"` // since the incident was resolved or, when that is unknown, since it started
	Ticket    string         `json:"ticket"`
	TicketURL string         `json:"ticket_url"`
	Result    string         `json:"result"` // whether it worked or, of a declined one, why
	Closed    *string        `json:"closed"` // a day
}

type actionIncident struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	URL      string `json:"url"`
	Severity string `json:"severity"`
}

// ActionsJSON returns the ledger as JSON.
func ActionsJSON(s *site.Site, l *ledger.Ledger) ([]byte, error) {
	t := l.Totals
	list := actionList{
		Version: actionsVersion, Generator: record.Generator, Site: actionSite{s.Config.Title, s.AbsoluteURL("")}, Today: s.Today().String(),
		Totals:  actionTotals{t.All, t.Open, t.Proposed, t.Done, t.Declined, t.Overdue, t.NoOwner, t.NoDue},
		Actions: make([]actionItem, len(l.Rows)),
	}
	for n, r := range l.Rows {
		list.Actions[n] = itemOf(s, r)
	}
	return plainJSON(list)
}

func itemOf(s *site.Site, r *ledger.Row) actionItem {
	i := r.Incident.Incident
	at := s.AbsoluteURL(r.Incident.Address)
	item := actionItem{
		ID: r.ID, Title: r.Title, URL: at + "#" + site.ActionID(i, r.N), Incident: actionIncident{i.ID, i.Title, at, i.Severity},
		Owners: r.Owners, Services: r.Services, Type: string(r.Type), State: string(r.Status), Due: dayOf(r.Due), Overdue: r.Late,
		Ticket: r.Ticket, TicketURL: site.TicketURL(s.Config, r.Ticket), Result: r.Result, Closed: dayOf(r.Closed),
	}
	if item.Owners == nil {
		item.Owners = []string{}
	}
	if item.Services == nil {
		item.Services = []string{}
	}
	if r.Age >= 0 {
		item.Age = &r.Age
	}
	return item
}

func dayOf(d kb.Date) *string {
	if d.IsZero() {
		return nil
	}
	text := d.String()
	return &text
}

// ActionsCSV returns the ledger as CSV (RFC 4180) in UTF-8. A cell that a program
// for tables would take for a formula has an apostrophe before it, and is then
// taken for text.
func ActionsCSV(s *site.Site, l *ledger.Ledger) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	write := func(cells ...string) error {
		for i, c := range cells {
			cells[i] = record.Cell(c)
		}
		return w.Write(cells)
	}
	if err := write("incident", "incident_title", "severity", "services", "id", "title", "owner", "due", "overdue_days", "type", "state", "closed", "result", "ticket", "ticket_url", "url"); err != nil {
		return nil, err
	}
	for _, r := range l.Rows {
		a := itemOf(s, r)
		late := ""
		if a.Overdue > 0 {
			late = strconv.Itoa(a.Overdue)
		}
		err := write(a.Incident.ID, a.Incident.Title, a.Incident.Severity, strings.Join(a.Services, "; "), a.ID, a.Title, strings.Join(a.Owners, "; "),
			cell(a.Due), late, a.Type, a.State, cell(a.Closed), a.Result, a.Ticket, a.TicketURL, a.URL)
		if err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func cell(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
