package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// night is an incident with 150 events in two nights that lie three days apart.
func night() string {
	var b strings.Builder
	b.WriteString("---\nid: INC-1\ntitle: A long night\nseverity: SEV2\nstatus: in-review\ntimezone: Europe/Berlin\nstarted: 2026-05-01T22:05\nsafety: near-miss\n" +
		"actions:\n- {title: Measure the queue, due: 2026-06-01}\n---\n\n## Timeline\n\n| Time | Event | Evidence |\n|---|---|---|\n")
	minutes := 0
	for n := range 150 {
		minutes += 1 + n%3
		if n == 100 {
			minutes += 3 * 24 * 60
		}
		mark := map[int]string{5: "**Detected.** ", 8: "**Acknowledged.** ", 60: "**Mitigated.** ", 149: "**Resolved.** "}[n]
		at := 22*60 + minutes
		fmt.Fprintf(&b, "| 2026-05-%02d %02d:%02d | %sStep %d: somebody looks at the queue of the workers | [log](https://example.com/%d) |\n", 1+at/1440, at/60%24, at%60, mark, n, n)
	}
	return b.String()
}

// TestCourse looks at the drawing of a timeline as a reader does: it fits, its
// labels do not cover each other, and its points lead to their text, as do the rows
// of the list.
func TestCourse(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	_, long := publish(t, treeOf(t, map[string]string{"incidents/a.md": night()}))
	for _, width := range []int64{1280, 360} {
		tb := open(t, width)
		for _, p := range []string{
			long + "incidents/inc-1/", home + "incidents/inc-2025-031/", home + "incidents/inc-2026-004/", home + "incidents/inc-2026-009/",
			home + "incidents/inc-2026-014/", home + "incidents/inc-2026-017/", home + "incidents/inc-2026-021/",
		} {
			tb.run(t, chromedp.Navigate(p), chromedp.WaitReady(chromedp.CSS("main")))
			tb.do(t, `document.querySelector(".events-toggle").open = true`)
			what := fmt.Sprintf("%s at %d", p, width)
			tb.usable(t, what, ".events-toggle") // which has the same links as the drawing, whose points are small
			for _, wrong := range ask[[]string](t, tb, `(() => {
				const wrong = [], drawing = document.querySelector("svg.course"), rows = document.querySelectorAll(".events li");
				const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
				if (over > 0) wrong.push(over + " px too wide");
				if (!drawing) return ["no drawing"];
				const box = drawing.getBoundingClientRect();
				if (box.height < 60 || box.height > 300 || box.width < 300) wrong.push("it is " + box.width + " x " + box.height);
				const points = [...drawing.querySelectorAll("circle")];
				if (points.length < 6 || points.length > rows.length) wrong.push(points.length + " points, " + rows.length + " rows");
				for (const a of document.querySelectorAll("svg.course a, .events .what > a:first-of-type"))
					if (!document.querySelector(".prose #" + CSS.escape(a.getAttribute("href").slice(1)))) wrong.push(a.getAttribute("href") + " leads nowhere");
				if (document.querySelectorAll("svg.course a").length !== points.length) wrong.push("a point is no link");
				for (const kind of [".label", ".at"]) {
					const boxes = [...drawing.querySelectorAll(kind)].map((e) => [e.textContent, e.getBoundingClientRect()]);
					for (const [text, a] of boxes) {
						if (a.left < 0 || a.right > innerWidth) wrong.push(text + " is cut off");
						for (const [other, b] of boxes) if (a !== b && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4) wrong.push(text + " covers " + other);
					}
				}
				return wrong;
			})()`) {
				t.Errorf("%s: %s", what, wrong)
			}
		}
		tb.do(t, `document.querySelector("svg.course a").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }))`)
		tb.until(t, `location.hash !== "" && (() => { const r = document.querySelector(":target").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()`)
		tb.silent(t)
	}
}

// TestOwnZone reads an incident of Berlin in Eucla, 8 hours and 45 minutes ahead of UTC.
func TestOwnZone(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	tb := open(t, 1280)
	in := func(zone string) {
		tb.run(t, emulate(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone}))
	}
	visit := func(page string) {
		tb.run(t, chromedp.Navigate(home+page), chromedp.WaitReady(chromedp.CSS("main")))
	}
	const times = `[...document.querySelectorAll(".track time, .events time, .course [data-at], .events .day")].map((e) => e.hidden ? "" : e.textContent).join("|")`
	is := func(what, expression, want string) {
		t.Helper()
		if got := ask[string](t, tb, expression); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	const button, note = `document.querySelector("[data-zone-switch]")?.textContent ?? "none"`, `document.querySelector("[data-zone] [role=status]").textContent`
	const started, first = `document.querySelector(".track time").textContent`, `document.querySelector(".events .hour time").textContent`

	in("Australia/Eucla")
	visit("incidents/inc-2026-017/")
	before := ask[string](t, tb, times)
	is("the button", button, "Show them in my time zone, Australia/Eucla")
	is("the note", note, "Times are in Europe/Berlin.")
	is("the start", started, "9 June 2026, 17:10 CEST")
	tb.run(t, chromedp.Click(chromedp.CSS("[data-zone-switch]")))
	is("the note", note, "Times are in Australia/Eucla; those in the text are as they were written.")
	is("the start", started, "9 June 2026, 23:55 GMT+8:45")
	is("the first event", first, "23:55")
	if days := ask[string](t, tb, `[...document.querySelectorAll(".events .day:not([hidden])")].map((e) => e.textContent).join(", ")`); days != "9 June 2026, 10 June 2026, 18 June 2026" {
		t.Errorf("the days are %s", days)
	}

	visit("incidents/inc-2026-021/") // of Los Angeles; in Eucla it is all on the next day
	is("the choice is kept", started, "16 October 2026, 00:45 GMT+8:45")
	if days := ask[string](t, tb, `[...document.querySelectorAll(".events .day:not([hidden])")].map((e) => e.textContent).join(", ")`); days != "16 October 2026" {
		t.Errorf("the days are %s", days)
	}
	tb.run(t, chromedp.Click(chromedp.CSS("[data-zone-switch]")))
	is("back", started, "15 October 2026, 09:00 PDT")
	if days := ask[string](t, tb, `[...document.querySelectorAll(".events .day")].map((e) => e.textContent).join(", ")`); days != "15 October 2026" {
		t.Errorf("back again, the days are %s", days)
	}
	visit("incidents/inc-2026-017/")
	is("every time is back", times, before)

	in("Europe/Paris") // whose clocks are those of Berlin
	visit("incidents/inc-2026-017/")
	is("no button where nothing differs", button, "none")
	tb.silent(t)
}
