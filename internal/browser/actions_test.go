package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// ledgerTexts is a knowledge base with actions of several owners in every state.
func ledgerTexts() map[string]string {
	texts := map[string]string{}
	for n := range 30 {
		texts[fmt.Sprintf("incidents/i%02d.md", n)] = fmt.Sprintf("---\nid: I-%d\ntitle: Incident %d\nstarted: 2025-01-%02d\nseverity: SEV%d\nservices: [edge, s%d]\n---\n\n## Actions\n\n"+
			"- [ ] Alert before it fills (@team-%d, due 2025-02-01, detect, https://t.example.org/issues/%d)\n- [ ] Limit it (@team-%d, due 2099-01-01, prevent)\n- Watch it\n- An idea (proposed)\n"+
			"- [x] Mended (@team-%d, done 2025-02-02)\n- [ ] ~~Two regions (@team-%d)~~ Declined: costs more than it saves.\n", n, n, 1+n%28, n%4+1, n%3, n%4, n, n%4, n%4, n%4)
	}
	return texts
}

// TestLedger looks at the pages of the ledger wide and narrow, and narrows them by
// two things at once.
func TestLedger(t *testing.T) {
	_, home := publish(t, treeOf(t, ledgerTexts()))
	for _, width := range []int64{1280, 360} {
		tb := open(t, width)
		for _, p := range []string{"actions/", "actions/owners/", "actions/owners/team-1/", "actions/states/declined/", "actions/?owner=team-1&state=overdue"} {
			tb.run(t, chromedp.Navigate(home+p), chromedp.WaitReady(chromedp.CSS("main")))
			what := fmt.Sprintf("%s at %d", p, width)
			if strings.Contains(p, "?") {
				tb.until(t, `document.querySelectorAll("#actions-narrow .act").length > 0`)
			}
			if over := ask[int](t, tb, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%s is %d px too wide", what, over)
			}
			tb.usable(t, what, ".acts")
		}
		tb.silent(t)
	}

	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home+"actions/owners/team-1/"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.do(t, `document.querySelector(".act-begin").click()`)
	tb.until(t, `!document.querySelector(".act-filters").hidden`)
	if ask[bool](t, tb, `document.getElementById("actions-list").hidden`) {
		t.Error("the list goes before anything is chosen")
	}
	tb.do(t, `const box = document.querySelector(".act-filters [name=type]"); box.value = "detect"; box.dispatchEvent(new Event("change"))`)
	tb.until(t, `document.getElementById("actions-list").hidden`)
	if got := ask[string](t, tb, `document.querySelector("#actions-narrow .page-meta").textContent`); got != "8 actions, 8 overdue" {
		t.Errorf("it says %q", got)
	}
	if got := ask[string](t, tb, "location.search"); got != "?owner=team-1&type=detect" {
		t.Errorf("the address says %q", got)
	}
	if got := ask[string](t, tb, `document.querySelector("#actions-narrow .act-title").href`); !strings.HasPrefix(got, home+"incidents/i-") || !strings.HasSuffix(got, "/#a-1") {
		t.Errorf("an action leads to %s", got)
	}
	tb.until(t, `document.querySelector("#actions-narrow [role=status]").textContent === "8 actions, 8 overdue"`)
	tb.do(t, "history.back()")
	tb.until(t, `!document.getElementById("actions-list").hidden`)
	tb.run(t, chromedp.Navigate(home+"actions/?owner=&service=edge"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.until(t, `document.querySelector("#actions-narrow .page-meta").textContent.startsWith("180 actions, 30 overdue; the first 100 are shown, 80 more")`)
	tb.silent(t)
}
