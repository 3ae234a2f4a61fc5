package browser

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestNarrow narrows a list in place by two terms, goes back, and opens the address
// anew. What is shown is what the search finds for the same filters.
func TestNarrow(t *testing.T) {
	texts := map[string]string{}
	for n := range 12 {
		texts[fmt.Sprintf("incidents/i%02d.md", n)] = fmt.Sprintf("---\nid: I-%02d\nstarted: %d-01-02\nservices: [edge, s%d]\nfactors: [\"no limit, %d\"]\ntags: [t%d]\n---\n", n, 2020+n/4, n%2, n%3, n%4)
	}
	_, home := publish(t, treeOf(t, texts))
	tb := open(t, 1280)
	shown := func(want int, what string) {
		t.Helper()
		tb.until(t, fmt.Sprintf(`[...document.querySelectorAll(".list .row")].filter((r) => r.checkVisibility()).length === %d`, want))
		if says := ask[string](t, tb, `document.querySelector("[data-narrowed]").textContent`); says != what {
			t.Errorf("it says %q, want %q", says, what)
		}
	}
	choose := func(filter string) {
		t.Helper()
		tb.do(t, fmt.Sprintf(`document.querySelector('[data-filter="' + CSS.escape(%s) + '"]').click()`, quoted(filter)))
	}
	tb.run(t, chromedp.Navigate(home+"services/edge/"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.do(t, `document.querySelector(".narrow").open = true`)
	shown(12, "")
	choose("service:s1")
	shown(6, "6 of 12 incidents have service:s1.")
	choose(`factor:"no limit, 0"`)
	shown(2, `2 of 12 incidents have service:s1 and factor:"no limit, 0".`)
	if years := ask[int](t, tb, `[...document.querySelectorAll(".list .year")].filter((y) => y.checkVisibility()).length`); years != 2 {
		t.Errorf("%d years are shown, want those of the two incidents", years)
	}
	if n := ask[string](t, tb, `document.querySelector('[data-filter="tag:t3"] .n').textContent`); n != "1" {
		t.Errorf("of those left %s have t3, want 1", n)
	}
	tb.usable(t, "a list that is narrowed", ".narrow")
	tb.run(t, chromedp.Reload())
	shown(2, `2 of 12 incidents have service:s1 and factor:"no limit, 0".`)
	tb.do(t, `history.back()`)
	shown(6, "6 of 12 incidents have service:s1.")
	choose("service:s1")
	shown(12, "")
	tb.silent(t)
}

// TestNarrowBySearch tells that the links which narrow a list without its script
// lead to a search that demands all of the filters.
func TestNarrowBySearch(t *testing.T) {
	s, _ := publish(t, treeOf(t, map[string]string{
		"incidents/a.md": "---\nid: A\nservices: [edge]\ntags: [x, y]\nfactors: [no limit]\n---\n",
		"incidents/b.md": "---\nid: B\nservices: [edge]\ntags: [x]\n---\n",
		"incidents/c.md": "---\nid: C\nservices: [mail]\ntags: [x, y]\nfactors: [no limit]\n---\n",
	}))
	base, err := s.Search()
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string][]string{
		"tag:x tag:y":                           {"/kb/incidents/a/", "/kb/incidents/c/"},
		"service:edge tag:y":                    {"/kb/incidents/a/"},
		`service:edge factor:"no limit"`:        {"/kb/incidents/a/"},
		`service:mail factor:"no limit" tag:x`:  {"/kb/incidents/c/"},
		`service:mail service:edge tag:x tag:y`: nil,
	} {
		answer, err := base.Ask(query)
		if err != nil {
			t.Fatal(err)
		}
		got := urlsOf(t, base, answer.Hits)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", query, got, want)
		}
	}
}
