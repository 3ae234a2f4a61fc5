package feed_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"debrief/internal/feed"
	"debrief/internal/ledger"
	"debrief/internal/record"
)

func TestActionFiles(t *testing.T) {
	s := made(t, map[string]string{
		"site.yaml": "ticket_url: https://t.example.org/{ticket}\n",
		"incidents/a.md": "---\nid: A\ntitle: \"=A & B\"\nseverity: SEV1\nservices: [edge, dns]\nresolved: 2026-11-01\nactions:\n" +
			"- {id: A1, title: \"=HYPERLINK(1)\", owner: \"@sre, edge\", due: 2026-11-13, type: detect, ticket: \"#5\"}\n" +
			"- {title: \"Say \\\"no\\\", twice\", status: declined, reason: \"-1 from all\"}\n---\n",
	})
	l := ledger.New(s)
	data, err := feed.ActionsCSV(s, l)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), "\r\n") {
		t.Error("lines do not end as RFC 4180 has it")
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"incident", "incident_title", "severity", "services", "id", "title", "owner", "due", "overdue_days", "type", "state", "closed", "result", "ticket", "ticket_url", "url"},
		{"A", "'=A & B", "SEV1", "edge; dns", "A1", "'=HYPERLINK(1)", "sre; edge", "2026-11-13", "", "detect", "open", "", "", "#5", "https://t.example.org/5", "https://example.org/kb/incidents/a/#a-f1"},
		{"A", "'=A & B", "SEV1", "edge; dns", "", `Say "no", twice`, "", "", "", "", "declined", "", "'-1 from all", "", "", "https://example.org/kb/incidents/a/#a-f2"},
	}
	for i := range want {
		if i >= len(rows) || strings.Join(rows[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("row %d\n got %v\nwant %v", i, rows[min(i, len(rows)-1)], want[i])
		}
	}

	data, err = feed.ActionsJSON(s, l)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version int
		Site    struct{ Title, URL string }
		Totals  map[string]int
		Actions []map[string]any
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != 1 || got.Site.URL != "https://example.org/kb/" || got.Totals["all"] != 2 || got.Totals["declined"] != 1 || len(got.Actions) != 2 {
		t.Errorf("%s", data)
	}
	if a := got.Actions[1]; a["due"] != nil || len(a["owners"].([]any)) != 0 || a["state"] != "declined" || a["result"] != "-1 from all" {
		t.Errorf("%v", a)
	}
}

// TestActionsAgree compares what the list of all actions and the incident's own
// document say of where each is.
func TestActionsAgree(t *testing.T) {
	s := made(t, map[string]string{
		"site.yaml": "ticket_url: https://t.example.org/{ticket}\n",
		"incidents/a.md": "---\nid: A\nactions:\n- {title: One, ticket: \"#5\"}\n- {title: Two, ticket: \"mailto:sre@example.org\"}\n- {title: Three, ticket: \"HTTPS://t.example.org/3\"}\n" +
			"- {title: Four, ticket: \"https://\"}\n---\n\n## Actions\n\n- [ ] Five (@sre)\n",
	})
	l := ledger.New(s)
	data, err := feed.ActionsJSON(s, l)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Actions []struct {
			URL       string `json:"url"`
			TicketURL string `json:"ticket_url"`
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Actions) != 5 {
		t.Fatalf("%d actions", len(got.Actions))
	}
	for n, r := range l.Rows {
		if a := record.Of(s, r.Incident).Actions[r.N]; a.URL != got.Actions[n].URL || a.TicketURL != got.Actions[n].TicketURL || !strings.Contains(a.URL, "#a-") {
			t.Errorf("%s is at %q with %q, and in the list at %q with %q", a.Title, a.URL, a.TicketURL, got.Actions[n].URL, got.Actions[n].TicketURL)
		}
	}
}
