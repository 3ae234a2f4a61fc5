package preview

import (
	"fmt"
	"net/http"
	"os"
	"testing"

	"debrief/internal/search"
)

// TestSearchFollows saves files and searches: what was written is found as soon
// as the page shows it, what was deleted is not, and what is like an incident
// stands on its page.
func TestSearchFollows(t *testing.T) {
	incident := func(words string) string { return "# Incident\n\n" + words + "\n" }
	files := map[string]string{"page.md": "# Page\n\nWords.\n"}
	for i := range 30 {
		files[fmt.Sprintf("incidents/%02d.md", i)] = incident(fmt.Sprintf("Nothing of note, number %d.", i))
	}
	p := start(t, files)
	found := func(query string) []string {
		t.Helper()
		base, err := search.Open(func(path string) ([]byte, error) {
			status, body := p.get(t, path)
			if status != http.StatusOK {
				return nil, fmt.Errorf("%s: %d", path, status)
			}
			return []byte(body), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		answer, err := base.Ask(query)
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, h := range answer.Hits {
			card, err := base.Card(h)
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, card.Key)
		}
		return keys
	}
	want := func(query string, keys ...string) {
		t.Helper()
		if got := found(query); fmt.Sprint(got) != fmt.Sprint(keys) {
			t.Errorf("%q finds %v, want %v", query, got, keys)
		}
	}
	want("quorum")
	p.write(t, "incidents/07.md", incident("The lease expired and quorum was lost."))
	p.until(t, "incidents/07/", "quorum was lost")
	want("quorum", "incidents/07.md")

	p.write(t, "incidents/new.md", incident("Again the lease expired and quorum was lost."))
	p.until(t, "incidents/new/", "Again the lease")
	if got := found("quorum"); len(got) != 2 {
		t.Errorf("after a second incident, %v are found", got)
	}
	p.until(t, "incidents/07/", "shares the words")

	if err := os.Remove(p.path("incidents/07.md")); err != nil {
		t.Fatal(err)
	}
	p.until(t, "incidents/07/", "")
	want("quorum", "incidents/new.md")
}
