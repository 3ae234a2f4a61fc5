package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// years is a knowledge base of 40 incidents over three years, with actions.
func years() map[string]string {
	texts := map[string]string{}
	for n := range 40 {
		month := n * 36 / 40
		day := fmt.Sprintf("%d-%02d-%02d", 2024+month/12, month%12+1, 1+n%28)
		texts[fmt.Sprintf("incidents/i%02d.md", n)] = fmt.Sprintf("---\ntitle: Incident %d\nstarted: %sT10:00:00Z\ndetected: %sT1%d:1%d:00Z\nresolved: %sT20:0%d:00Z\nseverity: SEV%d\nservices: [edge, s%d]\nfactors: [no limit, f%d]\n"+
			"detection: alert\nactions:\n  - {title: Do it, type: detect, due: %s}\n---\n", n, day, day, n%9, n%6, day, n%10, n%5+1, n%3, n%7, day)
	}
	return texts
}

// TestInsights looks at the drawings as a reader does: they are there, as wide as
// their place and no wider than the page, their text is never scaled, and what they
// link to is what they say.
func TestInsights(t *testing.T) {
	_, home := publish(t, treeOf(t, years()))
	for _, width := range []int64{1280, 360} {
		tb := open(t, width)
		for _, p := range []string{"insights/", "insights/2025/", "insights/services/edge/"} {
			tb.run(t, chromedp.Navigate(home+p), chromedp.WaitReady(chromedp.CSS("main")))
			tb.do(t, `for (const d of document.querySelectorAll("details")) d.open = true`)
			what := fmt.Sprintf("%s at %d", p, width)
			if over := ask[int](t, tb, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%s is %d px too wide", what, over)
			}
			tb.usable(t, what, ".choices")
			for _, wrong := range ask[[]string](t, tb, `(() => {
				const wrong = [], drawings = [...document.querySelectorAll("svg.columns, svg.spread")];
				if (drawings.length < 5) wrong.push(drawings.length + " drawings");
				for (const d of drawings) {
					const box = d.getBoundingClientRect(), place = d.parentElement, title = d.querySelector("title").textContent;
					if (box.height < 40 || box.width < 200) wrong.push(title + " is small: " + box.width + " x " + box.height);
					if (place.scrollWidth > place.clientWidth && place.tabIndex !== 0) wrong.push(title + " cannot be scrolled by keys");
					for (const text of d.querySelectorAll("text")) if (Math.abs(text.getScreenCTM().a - 1) > .001) wrong.push(title + ": scaled text");
					const labels = [...d.querySelectorAll(".labels text:not(.group), .spread .scale text")].map((e) => e.getBoundingClientRect()).sort((a, b) => a.x - b.x);
					for (let i = 1; i < labels.length; i++) if (labels[i].left < labels[i - 1].right) wrong.push(title + ": labels touch");
					for (const g of d.querySelectorAll(".stack")) if (!document.querySelector(g.getAttribute("fill").slice(4, -1))) wrong.push(title + ": no such filling");
				}
				return wrong;
			})()`) {
				t.Errorf("%s: %s", what, wrong)
			}
		}
		tb.silent(t)
	}
}

// TestInsightsLead follows the links of a page of insights.
func TestInsightsLead(t *testing.T) {
	_, home := publish(t, treeOf(t, years()))
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home+"insights/"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.do(t, `(async () => {
		const urls = new Set([...document.querySelectorAll("main a")].map((a) => new URL(a.getAttribute("href"), location).href.split(/[?#]/)[0]));
		const dead = [];
		for (const url of urls) if (!(await fetch(url)).ok) dead.push(url);
		window.dead = dead;
	})()`)
	tb.until(t, "window.dead")
	if dead := ask[[]string](t, tb, "window.dead"); len(dead) > 0 {
		t.Errorf("links lead nowhere: %v", dead)
	}
	type link struct{ URL, Says string }
	links := ask[[]link](t, tb, `[...document.querySelectorAll("svg.columns a")].slice(0, 3).map((a) => ({URL: a.href.baseVal, Says: a.querySelector("title").textContent}))`)
	cells := ask[[]link](t, tb, `[...document.querySelectorAll(".heat td a")].slice(0, 2).map((a) => ({URL: a.getAttribute("href"), Says: ": " + a.textContent + " incidents"}))`)
	if len(links) != 3 || len(cells) != 2 {
		t.Fatalf("links %v, cells %v", links, cells)
	}
	for _, l := range append(links, cells...) {
		_, n, _ := strings.Cut(l.Says, ": ")
		n, _, _ = strings.Cut(n, " ")
		tb.run(t, chromedp.Navigate(strings.TrimSuffix(home, "/kb/")+l.URL), chromedp.WaitReady(chromedp.CSS("main")))
		tb.until(t, `document.querySelectorAll("#search-results .hit").length > 0`)
		if got := fmt.Sprint(tb.total(t)); got != n {
			t.Errorf("%s leads to %s incidents", l.Says, got)
		}
	}
	tb.silent(t)
}
