package browser

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"debrief/internal/build"
	"debrief/internal/tree"
)

// What a facilitator does with a run-sheet, before, during and after a meeting.

// anchors is the incident that these meetings are about.
const anchors = "incidents/2026/2026-03-12-anchor-relocalisation.md"

// standstill is a clock that moves when it is told to, in minutes, and is kept over
// a reload. It also keeps the file that the page last offers.
const standstill = `{
	let now = Number(sessionStorage.getItem("now") ?? Date.UTC(2026, 2, 16, 9, 30));
	Date.now = () => now;
	globalThis.pass = (minutes) => { now += minutes * 60000; sessionStorage.setItem("now", now); };
	const plain = URL.createObjectURL;
	URL.createObjectURL = (file) => { globalThis.offered = file; return plain.call(URL, file); };
}`

// before runs a script in each page before its own.
func (tb *tab) before(t *testing.T, script string) {
	t.Helper()
	tb.run(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}

// fill writes into a field as if it were typed there.
func (tb *tab) fill(t *testing.T, selector, text string) {
	t.Helper()
	tb.do(t, `const e = document.querySelector(`+quoted(selector)+`); e.focus(); e.value = `+quoted(text)+`; e.dispatchEvent(new Event("input", { bubbles: true })); e.dispatchEvent(new Event("change", { bubbles: true })); e.blur();`)
}

// clock is what the clock of a run-sheet says.
func (tb *tab) clock(t *testing.T) string {
	t.Helper()
	tb.do(t, `window.dispatchEvent(new StorageEvent("storage", { key: null }))`) // looks at the time, without waiting a second
	return strings.Join(tb.texts(t, ".clock-step, .clock-total, .clock [data-do=run]"), " | ")
}

func sheetOf(t *testing.T, content tree.Tree) (s *build.Site, home, sheet string) {
	t.Helper()
	s, home = publish(t, content)
	return s, home, home + "incidents/inc-2026-014/run-sheet/"
}

func TestMeeting(t *testing.T) {
	c, _ := starter(t)
	files := slices.Clone(c.Files())
	_, home, sheet := sheetOf(t, c)
	tb := open(t, 1280)
	tb.run(t, emulate(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "UTC"}))
	tb.before(t, standstill)
	is := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	clockIs := func(what, want string) {
		t.Helper()
		is(what, tb.clock(t), want)
	}
	const visible = `[...document.querySelectorAll("[data-given]")].map((e) => e.textContent).join(" ")`

	// From the incident to its sheet, which knows what the record knows.
	tb.run(t, chromedp.Navigate(home+"incidents/inc-2026-014/"))
	tb.click(t, ".to-sheet a")
	tb.until(t, `location.pathname.endsWith("/run-sheet/") && document.querySelector("[data-clock=total]")?.textContent`)
	is("the note-taker", ask[string](t, tb, `document.querySelector('[data-slot="Note-taker"]').textContent`), "platform-sessions")
	is("who is not known", ask[string](t, tb, `document.querySelector('[data-slot="Engineer 1"]').textContent`), "[Engineer 1]")
	clockIs("at first", "Opening 5:00 | 0:00 of 60:00, would end about 10:30 | Start")

	// Before: a name appears everywhere, and a task is ticked off.
	tb.fill(t, `[data-fill="Engineer 1"]`, "tracking on-call")
	if named := slices.Compact(tb.texts(t, `[data-slot="Engineer 1"]`)); !slices.Equal(named, []string{"tracking on-call"}) || tb.count(t, `[data-slot="Engineer 1"]`) < 2 {
		t.Errorf("Engineer 1 is %q", named)
	}
	// Another is written where it stands, and by keys alone.
	tb.do(t, `document.querySelector('.line [data-slot="Executive 1"]').focus()`)
	tb.run(t, press(" the sponsor\r"))
	if named := slices.Compact(tb.texts(t, `[data-slot="Executive 1"]`)); !slices.Equal(named, []string{"the sponsor"}) || tb.count(t, ".slot-field") != 0 || ask[string](t, tb, `document.querySelector('[data-fill="Executive 1"]').value`) != "the sponsor" {
		t.Errorf("Executive 1 is %q", named)
	}
	if spoken := tb.texts(t, ".line b:has([data-slot])"); !slices.Contains(spoken, "the sponsor:") || !slices.Contains(spoken, "tracking on-call:") {
		t.Errorf("the names are not with what they say: %q", spoken)
	}
	clockIs("nothing was begun by a key", "Opening 5:00 | 0:00 of 60:00, would end about 10:30 | Start")
	tb.click(t, `.line [data-slot="Quick Fix"]`)
	tb.run(t, press("five retries\u001b"))
	is("written and left", ask[string](t, tb, `document.querySelector('.line [data-slot="Quick Fix"]').textContent`), "five retries")
	tb.fill(t, "#tonight", "No; reliability watches the alias")
	tb.click(t, "[data-ticks=before] [data-tick]")
	if got := tb.text(t, "[data-progress=before]"); !strings.HasPrefix(got, "1 of ") {
		t.Errorf("of the preparation: %q", got)
	}
	tb.do(t, `document.querySelector("[data-field=length]").focus(); document.querySelector("[data-field=length]").value = "30"; document.querySelector("[data-field=length]").dispatchEvent(new Event("change", { bubbles: true })); document.activeElement.blur()`)
	is("half an hour", ask[string](t, tb, visible), "3 2 5 9 2 4 2 1 2")

	// The meeting, with the keyboard. The space bar scrolls where no clock is.
	tb.do(t, `scrollTo(0, 0)`)
	tb.run(t, press(" "))
	tb.until(t, `scrollY > 100`)
	clockIs("out of view", "Opening 3:00 | 0:00 of 30:00, would end about 10:00 | Start")
	tb.do(t, `document.querySelector(".clock").scrollIntoView({ block: "center" })`)
	tb.run(t, press(" "))
	clockIs("begun", "Opening 3:00 | 0:00 of 30:00, ends about 10:00 | Pause")
	tb.do(t, `pass(2)`)
	tb.run(t, press("n"))
	clockIs("ready early", "Impact and present risk 2:00 | 2:00 of 30:00, ends about 09:59 | Pause")
	tb.do(t, `pass(2)`)
	tb.run(t, press("n"))
	tb.do(t, `pass(9)`) // four more than planned; one was saved
	clockIs("over", "First reports \u22124:00 | 13:00 of 30:00, ends about 10:00 | Pause")
	if !ask[bool](t, tb, `document.querySelector("[data-clock=left]").hasAttribute("data-late") && document.querySelector("[data-told]").textContent === "First reports: over time"`) {
		t.Errorf("that it is over time is not shown, or not said: %q", tb.text(t, "[data-told]"))
	}
	is("the others get less, the conclusion does not", ask[string](t, tb, visible), "2 2 5 7.5 1.7 3.3 1.7 1 2")
	tb.run(t, press("+"))
	clockIs("two more", "First reports 2:00 | 13:00 of 30:00, ends about 10:00 | Pause")
	tb.do(t, `pass(12)`)
	clockIs("far over", "First reports \u221210:00 | 25:00 of 30:00, ends about 10:02 | Pause")
	tb.run(t, press("n"), press(" "))
	tb.do(t, `pass(5)`)
	clockIs("a pause", "The timeline, together 1:30 | 25:00 of 30:00, paused | Go on")
	tb.run(t, press(" "))
	clockIs("it went on", "The timeline, together 1:30 | 25:00 of 30:00, ends about 10:07 | Pause")
	tb.click(t, "[data-do=back]")
	is("back", tb.text(t, "[data-clock=name]"), "First reports")
	tb.run(t, press("n"))

	// What to say, in two keys; letters too; the focus comes back.
	tb.run(t, press("p2"))
	is("key 2", tb.text(t, "[data-said] h2"), "A colleague is blamed")
	tb.run(t, press("tomorrow"))
	is("nothing fits", tb.text(t, "[data-found] .empty"), "No situation has these words.")
	tb.do(t, `document.querySelector("[data-find]").select()`)
	tb.run(t, press("held acc"))
	is("letters", tb.text(t, "[data-said] h2"), "Someone must answer for this")
	if said := tb.text(t, "[data-said]"); strings.Contains(said, "[Plan Time]") || !strings.Contains(said, "17 March 2026") {
		t.Errorf("what is known is not filled in: %q", said)
	}
	tb.run(t, press("\u001b"))
	tb.until(t, `!document.querySelector("dialog.say").open`)
	tb.do(t, `document.querySelector("[data-do=more]").focus()`)
	tb.run(t, press("p\u001b"))
	tb.until(t, `!document.querySelector("dialog.say").open && document.activeElement.dataset.do === "more"`)
	if said := tb.text(t, "[data-said] h2"); said != "" {
		t.Errorf("the palette opens with what was said last: %q", said)
	}
	tb.do(t, `document.activeElement.blur()`)

	// The shared screen has two ways out.
	const shared = `document.documentElement.hasAttribute("data-big") + " " + document.querySelector("[data-do=big]").textContent + " " + document.querySelector("[data-do=big]").ariaPressed`
	tb.do(t, `Element.prototype.requestFullscreen = () => Promise.reject(Error("not here"))`)
	for _, leave := range []func(){func() { tb.run(t, press("\u001b")) }, func() { tb.click(t, "[data-do=big]") }} {
		tb.click(t, "[data-do=big]")
		is("shared", ask[string](t, tb, shared), "true Leave shared screen true")
		leave()
		is("left", ask[string](t, tb, shared), "false Shared screen false")
	}
	tb.do(t, `document.activeElement.blur()`)

	// Notes.
	tb.run(t, press("eee"))
	is("the third event", strings.Fields(tb.text(t, ".run-event[data-now] p"))[0], "14:21")
	tb.fill(t, ".run-event[data-now] textarea", "Nobody expected a call to be the alarm")
	tb.fill(t, "[data-list=factors] li:last-child input", "The alias was *trusted*")
	tb.fill(t, "[data-list=factors] li:last-child input", "No alarm on \"not found\"")
	tb.fill(t, "[data-list=findings] li:last-child input", "An error looked normal")
	is("a finding is read out at the end", ask[string](t, tb, `document.querySelector('.line [data-slot="Key Findings"]').textContent`), "An error looked normal")
	tb.fill(t, "[data-list=parking] li:last-child input", "Test a rotation [on old maps] | before each release")
	tb.do(t, `document.querySelector("[data-list=parking] button").click()`)
	tb.fill(t, "[data-actions] li:nth-child(1) input[type=date]", "2026-04-30")
	tb.fill(t, "[data-actions] li:nth-child(1) input:nth-of-type(2)", "platform-anchors")
	tb.fill(t, "[data-actions] li:nth-child(1) select", "prevent")
	tb.fill(t, "[data-actions] li:nth-child(2) .action-title", "Page on a falling share of found anchors (due tomorrow)")
	tb.fill(t, "[data-actions] li:nth-child(2) input:nth-of-type(2)", "reliability")
	tb.fill(t, "[data-actions] li:nth-child(2) input[type=date]", "2026-05-15")
	tb.fill(t, "[data-actions] li:nth-child(2) select", "detect")

	// Reloaded in the middle, all of it is there.
	const all = `JSON.stringify([[...document.querySelectorAll(".sheet input:not([data-find]), .sheet textarea:not(#result), .sheet select")].map((e) => e.type === "checkbox" ? e.checked : e.value), [...document.querySelectorAll("[data-slot], [data-clock]")].map((e) => e.textContent), document.querySelector(".run-event[data-now] p").textContent])`
	tb.clock(t)
	before := ask[string](t, tb, all)
	tb.run(t, chromedp.Reload())
	tb.until(t, `document.querySelector("[data-clock=total]")?.textContent.startsWith("25")`)
	is("after a reload", ask[string](t, tb, all), before)
	for range 6 {
		tb.run(t, press("n"))
	}
	clockIs("the end", "The meeting is over  | 25:00 of 30:00, all steps are done | Go on")

	// What is taken away.
	offered := func(button string) string {
		tb.do(t, `document.querySelector("[data-out=`+button+`]").click()`)
		return promised[string](t, tb, `() => offered.text()`)
	}
	minutes := offered("minutes")
	for _, want := range []string{"Held on 16 March 2026, 25 minutes", "Nobody expected a call", `The alias was \*trusted\*`, "An error looked normal", "No; reliability watches", "visitors' guides float in the wrong hall (14:21): Nobody expected"} {
		if !strings.Contains(minutes, want) {
			t.Errorf("the minutes miss %q:\n%s", want, minutes)
		}
	}
	for button, want := range map[string]string{"plan": "Owner: reliability. Due: 2026-05-15. Type: detect.", "message": "An error looked normal"} {
		if text := offered(button); !strings.Contains(text, want) || !strings.Contains(text, "17 March 2026") || !strings.Contains(text, "09:30") || strings.Contains(text, "undefined") {
			t.Errorf("the %s:\n%s", button, text)
		}
	}
	soundCalendar(t, offered("calendar"))

	// Pasted into the post-mortem, the actions are those of the site, and the events are no more.
	for i, f := range files {
		if f.Path == anchors {
			files[i] = fileOf(f.Path, string(f.Data)+"\n"+minutes)
		}
	}
	_, again, _ := sheetOf(t, treeFrom(t, files))
	events := tb.count(t, "[data-event]")
	tb.run(t, chromedp.Navigate(again+"incidents/inc-2026-014/run-sheet/"))
	if n := tb.count(t, "[data-event]"); n != events {
		t.Errorf("there were %d events, and with the minutes there are %d", events, n)
	}
	tb.run(t, chromedp.Navigate(again+"actions/"), chromedp.WaitReady(chromedp.CSS("main")))
	rows := strings.Join(ask[[]string](t, tb, `[...document.querySelectorAll("main li, main tr")].map((e) => e.textContent.replace(/\s+/g, " "))`), "\n")
	for _, want := range [][]string{
		{"Test a rotation [on old maps] | before each release", "platform-anchors", "2026", "prevent"},
		{"Page on a falling share of found anchors (due tomorrow)", "reliability", "2026", "detect"},
	} {
		if !slices.ContainsFunc(strings.Split(rows, "\n"), func(row string) bool {
			return !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(row, w) })
		}) {
			t.Errorf("no row of the ledger has all of %q:\n%s", want, rows)
		}
	}

	// Cleared, by two clicks.
	tb.run(t, chromedp.Navigate(sheet))
	tb.do(t, `document.querySelector("[data-do=clear]").click()`)
	is("one click", ask[string](t, tb, `document.querySelector("#tonight").value`), "No; reliability watches the alias")
	tb.do(t, `document.querySelector("[data-do=clear]").click()`)
	is("two clicks", ask[string](t, tb, `document.querySelector("#tonight").value + Object.keys(localStorage).filter((k) => k.includes("run-sheet")).join()`), "")
	tb.run(t, chromedp.Reload())
	is("after a reload", ask[string](t, tb, `document.querySelector("#tonight").value + document.querySelector("[data-actions] input").value`), "")
	tb.silent(t)
}

// soundCalendar checks a calendar for what readers of iCalendar insist on.
func soundCalendar(t *testing.T, text string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n")
	events := 0
	var now []string
	for _, l := range lines {
		if len(l) > 75 || strings.Contains(l, "\n") {
			t.Errorf("line %q", l)
		}
		switch name, _, _ := strings.Cut(strings.ReplaceAll(l, ";", ":"), ":"); name {
		case "BEGIN":
			now = nil
		case "END":
			if l == "END:VEVENT" {
				events++
				if !slices.IsSorted(now) || !slices.Equal(slices.Compact(slices.Clone(now)), now) || len(now) < 4 {
					t.Errorf("an event has %q", now)
				}
			}
		case "DTSTAMP", "DTSTART", "SUMMARY", "UID":
			now = append(now, name)
			slices.Sort(now)
		}
	}
	if events != 5 || lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" || !strings.Contains(text, "DTSTART:20260317T093000Z") || !strings.Contains(text, "DTSTART;VALUE=DATE:20260318") {
		t.Errorf("%d events in\n%s", events, text)
	}
}

// TestMeetingDue takes away the plan of a site that counts it in business days.
func TestMeetingDue(t *testing.T) {
	c, _ := starter(t)
	files := slices.Clone(c.Files())
	for i, f := range files {
		if f.Path == "site.yaml" {
			files[i] = fileOf(f.Path, strings.NewReplacer("plan: 24 hours", "plan: 1 business day", "ratified: 2 business days", "ratified: 24 hours").Replace(string(f.Data)))
		}
	}
	_, _, sheet := sheetOf(t, treeFrom(t, files))
	tb := open(t, 1280)
	tb.run(t, emulate(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "UTC"}))
	tb.before(t, standstill)
	tb.run(t, chromedp.Navigate(sheet), chromedp.WaitReady(chromedp.CSS("[data-found]")))
	tb.do(t, `document.querySelector("[data-out=plan]").click()`)
	if plan := promised[string](t, tb, `() => offered.text()`); !strings.Contains(plan, "To be sent by 17 March 2026, to be confirmed by the owners on 17 March 2026 at 09:30.") {
		t.Errorf("the plan:\n%s", plan)
	}
	// Somebody in another zone than the site has the whole sheet too.
	tb.run(t, emulate(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Asia/Tokyo"}), chromedp.Reload())
	tb.until(t, `document.querySelector("[data-clock=total]")?.textContent`)
	if tb.count(t, "[data-zone-switch]") != 0 || tb.count(t, "[data-out=plan]") != 1 {
		t.Error("in Tokyo the sheet is not what it is elsewhere")
	}
	tb.silent(t)
}

// TestMeetingOffline cuts the network once the sheet is open.
func TestMeetingOffline(t *testing.T) {
	c, _ := starter(t)
	_, _, sheet := sheetOf(t, c)
	tb := open(t, 360)
	tb.run(t, chromedp.Navigate(sheet), chromedp.WaitReady(chromedp.CSS("[data-found]")))
	tb.until(t, `performance.getEntriesByType("resource").some((e) => e.name.endsWith("/words.json") && e.responseEnd)`)
	if over := ask[int](t, tb, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
		t.Errorf("it is %d px too wide", over)
	}
	tb.run(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: true}}})
		return err
	}))
	if got := promised[string](t, tb, `() => fetch(location.href, { cache: "no-store" }).then(() => "online", () => "offline")`); got != "offline" {
		t.Fatalf("the network is %s, so this tests nothing", got)
	}
	tb.click(t, "[data-do=run]")
	tb.click(t, "[data-do=palette]")
	tb.run(t, press("8"))
	if got := tb.text(t, "[data-said] h2"); got != "Somebody was hurt" || !tb.visible(t, "[data-said] .do-say") {
		t.Errorf("the palette says %q", got)
	}
	tb.run(t, press("\u001b"))
	tb.fill(t, "[data-actions] .action-title", "Do it")
	tb.do(t, `document.querySelector("[data-out=minutes]").click()`)
	if got := ask[string](t, tb, `document.querySelector("#result").value`); !strings.Contains(got, "- [ ] Do it\n") {
		t.Errorf("the minutes are %q", got)
	}
	for _, c := range tb.heard() {
		if !strings.Contains(c, "ERR_INTERNET_DISCONNECTED") { // as it should
			t.Errorf("the page complains: %s", c)
		}
	}
}

// TestMeetingSmallThings keeps what is easily lost while people talk: a tick, the
// place in a list, what the room is not to read, and the keys of somebody who speaks
// to the machine.
func TestMeetingSmallThings(t *testing.T) {
	c, _ := starter(t)
	_, _, sheet := sheetOf(t, c)
	tb := open(t, 1280)
	tb.before(t, `if (!sessionStorage.getItem("fetched")) {
		const plain = window.fetch;
		window.fetch = (...args) => { window.fetch = plain; return Promise.reject(new TypeError("no network")); };
		sessionStorage.setItem("fetched", "");
	}`)
	tb.run(t, chromedp.Navigate(sheet), chromedp.WaitReady(chromedp.CSS("[data-found]")))
	tb.until(t, `document.querySelector("[data-clock=total]").textContent`)

	// Situations that could not be fetched at first are when they are wanted.
	tb.run(t, press("p"))
	tb.until(t, `document.querySelectorAll("[data-found] button").length > 10`)
	tb.run(t, press("\u001b"))

	// A tick stays with its words, whatever name is filled into them.
	const named = `[data-ticks] label:has([data-slot])`
	slot := ask[string](t, tb, `document.querySelector("`+named+` [data-slot]").dataset.slot`)
	tb.do(t, `document.querySelector("`+named+` [data-tick]").click()`)
	tb.fill(t, `[data-fill="`+slot+`"]`, "somebody else")
	tb.run(t, chromedp.Reload())
	tb.until(t, `document.querySelector("`+named+` [data-tick]:checked")`)
	if got := tb.text(t, named+" [data-slot]"); got != "somebody else" {
		t.Errorf("%s is %q", slot, got)
	}

	// A line that was emptied goes, and the focus goes on.
	for _, text := range []string{"one", "two", "three"} {
		tb.do(t, `document.querySelector("[data-list=findings] li:last-child input").focus()`)
		tb.run(t, press(text))
	}
	tb.do(t, `const e = document.querySelector("[data-list=findings] input"); e.focus(); e.value = ""; e.dispatchEvent(new Event("input", { bubbles: true }))`)
	tb.run(t, press("\t"))
	tb.until(t, `document.querySelectorAll("[data-list=findings] li").length === 3`)
	if got := ask[string](t, tb, `document.activeElement.value`); got != "two" {
		t.Errorf("the focus is where %q stands", got)
	}
	tb.do(t, `document.activeElement.blur()`)

	// The crib is not for the shared screen.
	tb.click(t, "[data-do=big]")
	tb.run(t, press("p"))
	if tb.count(t, "dialog[open]") != 0 {
		t.Error("the shared screen shows what to say")
	}
	tb.click(t, "[data-do=big]")

	// Single keys are switched off, here and on other pages, and on again.
	tb.do(t, `document.querySelector("[data-single-keys]").click()`) // to be seen where there is a pointer
	tb.run(t, press("p/"))
	if tb.count(t, "dialog[open]") != 0 {
		t.Error("a key does something though it is switched off")
	}
	tb.run(t, chromedp.Reload())
	tb.until(t, `!document.querySelector("[data-single-keys]").checked`)
	tb.do(t, `document.querySelector("[data-single-keys]").click()`)
	tb.run(t, press("p"))
	if tb.count(t, "dialog.say[open]") != 1 {
		t.Error("a key does nothing though it is switched on")
	}
	tb.silent(t)
}

// TestMeetingForgets opens a sheet in a browser that keeps nothing.
func TestMeetingForgets(t *testing.T) {
	c, _ := starter(t)
	_, _, sheet := sheetOf(t, c)
	tb := open(t, 1280)
	tb.before(t, `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } })`)
	tb.run(t, chromedp.Navigate(sheet), chromedp.WaitReady(chromedp.CSS("[data-found]")))
	tb.until(t, `performance.getEntriesByType("resource").some((e) => e.name.endsWith("/words.json") && e.responseEnd)`)
	if !tb.visible(t, "[data-lost]") || tb.visible(t, "[data-kept]") {
		t.Errorf("nothing says that the sheet keeps nothing")
	}
	tb.click(t, "[data-do=run]")
	tb.fill(t, `[data-fill="Engineer 1"]`, "somebody")
	if got := tb.text(t, `[data-slot="Engineer 1"]`); got != "somebody" || tb.text(t, "[data-do=run]") != "Pause" {
		t.Errorf("it does not work: %q", got)
	}
	tb.silent(t)
}

// TestMeetingDamaged finds things on the device that make no sense: what does is
// kept, and the sheet works.
func TestMeetingDamaged(t *testing.T) {
	c, _ := starter(t)
	_, _, sheet := sheetOf(t, c)
	tb := open(t, 1280)
	ready := []chromedp.Action[chromedp.Void]{chromedp.Navigate(sheet), chromedp.WaitReady(chromedp.CSS("[data-found]"))}
	tb.run(t, ready...)
	for _, damage := range []string{
		`null`, `5`, `[]`, `{"v":2,"slots":5}`, `{"clock":null}`, `{"clock":{"minutes":[1],"used":[],"at":0,"since":0,"began":0}}`, `{"lists":null}`, `{"notes":null}`, `{"notes":{"e-1":5}}`, `{"ticks":null}`,
		`{"actions":[null]}`, `{"actions":[{}]}`, `{"actions":[{"title":"a","owner":"b","due":"2026-01-01)\n\n## Evil","type":""}]}`, `{"lists":{"findings":"abc"}}`, `{"lists":{"findings":[1,null]}}`, `{"tonight":5}`, `{"slots":null}`, `{"event":"x"}`,
	} {
		if strings.HasPrefix(damage, "{") && !strings.Contains(damage, `"v"`) {
			damage = `{"v":1,` + damage[1:]
			if !strings.Contains(damage, `"slots"`) {
				damage = strings.TrimSuffix(damage, "}") + `,"slots":{"Engineer 1":"somebody"}}`
			}
		}
		tb.do(t, `localStorage.setItem("debrief.run-sheet:" + location.pathname, `+quoted(damage)+`)`)
		tb.run(t, ready...)
		if kept := strings.Contains(damage, "somebody"); kept && tb.text(t, `[data-slot="Engineer 1"]`) != "somebody" {
			t.Errorf("%s: what makes sense is gone", damage)
		}
		tb.click(t, "[data-do=run]")
		if got := tb.text(t, "[data-do=run]"); got != "Pause" {
			t.Errorf("%s: the clock does not start: %q", damage, got)
		}
		if minutes := ask[string](t, tb, `document.querySelector("[data-out=minutes]")?.value ?? ""`); strings.Contains(minutes, "Evil") {
			t.Errorf("%s is in the minutes:\n%s", damage, minutes)
		}
		tb.silent(t)
	}
}

// TestMeetingWithoutScript reads a sheet as paper.
func TestMeetingWithoutScript(t *testing.T) {
	c, _ := starter(t)
	_, _, sheet := sheetOf(t, c)
	tb := open(t, 360)
	tb.run(t, emulate(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
		chromedp.Navigate(sheet), chromedp.WaitVisible(chromedp.CSS("#meeting")))
	text, err := chromedp.Run(tb, chromedp.Text(chromedp.CSS("main")))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Is it still dangerous tonight?", "We are here for one thing: Anchors not found after a key rotation.", "13:40", "Conclusion", "[Engineer 1]", "Send the draft plan", "When will it be fixed?"} {
		if !strings.Contains(text, want) {
			t.Errorf("it misses %q", want)
		}
	}
	for _, dead := range []string{"Pause\n", "+2 min", "Shared screen", "Next event", "Clear this sheet", "What to say p", "Take away", "Make an action", "Keys:"} {
		if strings.Contains(text, dead) {
			t.Errorf("it shows %q, which does nothing without scripts", dead)
		}
	}
	if boxes, err := chromedp.Run(tb, chromedp.AttributesAll(chromedp.CSSAll("[data-tick]"))); err != nil || len(boxes) < 60 {
		t.Errorf("%d boxes to tick, %v", len(boxes), err)
	}
}

// TestMeetingLongWords puts words that do not break wherever a sheet has text.
func TestMeetingLongWords(t *testing.T) {
	c, _ := starter(t)
	files := slices.Clone(c.Files())
	long := strings.Repeat("reloc_0042", 12)
	for _, r := range [][3]string{
		{anchors, "title: ", "title: " + long + " "},
		{anchors, "Safety team informed", long},
		{anchors, "**Acknowledged** by", "**Acknowledged** by " + long},
		{"playbook/meeting-script.md", "**Facilitator:** \"", "**Facilitator:** \"" + long + " "},
		{"playbook/meeting-script.md", "[Opening](#opening)", "[Opening " + long + "](#opening-" + long + ")"},
		{"playbook/meeting-script.md", "## Opening", "## Opening " + long},
		{"playbook/follow-up.md", "- [ ] ", "- [ ] " + long + " "},
	} {
		i := slices.IndexFunc(files, func(f tree.File) bool { return f.Path == r[0] })
		text := strings.Replace(string(files[i].Data), r[1], r[2], 1)
		if text == string(files[i].Data) {
			t.Fatalf("%s has no %q", r[0], r[1])
		}
		files[i] = fileOf(r[0], text)
	}
	_, _, sheet := sheetOf(t, treeFrom(t, files))
	for _, width := range []int64{360, 1280} {
		tb := open(t, width)
		tb.run(t, chromedp.Navigate(sheet), chromedp.WaitReady(chromedp.CSS("[data-found]")))
		tb.fill(t, `[data-fill="Engineer 1"]`, long)
		tb.until(t, `document.querySelector("[data-clock=total]").textContent`)
		if over := ask[[]string](t, tb, `[...document.querySelectorAll(".sheet *:not(.vh, .vh *, .clock *, option)")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > document.documentElement.clientWidth).map((e) => e.outerHTML.slice(0, 80))`); len(over) > 0 {
			t.Errorf("at %d px too wide: %q", width, over)
		}
		if marks := tb.texts(t, ".run-event b"); !slices.Contains(marks, "Detected:") || !slices.Contains(marks, "Acknowledged") {
			t.Errorf("the marks are %q", marks)
		}
		if keys := ask[int](t, tb, `[...document.querySelectorAll("kbd, .keys")].filter((e) => e.checkVisibility()).length`); (keys == 0) != ask[bool](t, tb, `matchMedia("(hover: none)").matches`) {
			t.Errorf("%d keys are shown to fingers, or none to a mouse", keys)
		}
		tb.click(t, "[data-do=run]")
		if name := tb.text(t, "[data-clock=name]"); name != "Opening "+long {
			t.Errorf("the step is %q", name)
		}
		if width < 960 {
			// Nothing lies on the field that is being written in.
			tb.do(t, `document.querySelector("[data-actions] .action-title").focus()`)
			if tb.visible(t, ".sheet-nav .button") {
				t.Error("the button lies on the fields")
			}
			tb.do(t, `document.activeElement.blur()`)
			if !tb.visible(t, ".sheet-nav .button") {
				t.Error("the button does not come back")
			}
			tb.click(t, "[data-do=palette]")
			tb.run(t, press("\u001b"))
			tb.until(t, `!document.querySelector("dialog.say").open && document.activeElement.dataset.do === "palette"`)
		} else {
			tb.do(t, `document.querySelector(".step-box:last-child").scrollIntoView()`)
			if covered := ask[float64](t, tb, `document.querySelector(".clock").getBoundingClientRect().bottom - parseFloat(getComputedStyle(document.querySelector(".run-events")).top)`); covered > 0 {
				t.Errorf("the clock covers %.0f px of the timeline", covered)
			}
		}
		tb.silent(t)
	}
}

// TestPractice plays a card, and finds it played after a reload.
func TestPractice(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	tb := open(t, 360)
	tb.run(t, chromedp.Navigate(home+"playbook/practice/"), chromedp.WaitReady(chromedp.CSS(".practice-state [data-progress]")))
	is := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	const shown = `[...document.querySelectorAll("[data-card]:first-child [data-outcome]")].filter((e) => e.checkVisibility()).length + " " + document.querySelector("[data-progress]").textContent`
	is("before", ask[string](t, tb, shown), "0 17 cards")
	tb.click(t, "[data-card]:first-child button.reply")
	is("after a reply that does not help", ask[string](t, tb, shown), "3 1 of 17 cards; the calmest reply in 0")
	if !tb.visible(t, "[data-card]:first-child .helps") {
		t.Error("the reply that helps is not marked")
	}
	tb.run(t, chromedp.Reload())
	tb.until(t, `document.querySelector("[data-progress]")?.textContent.startsWith("1 of")`)
	tb.click(t, "[data-card]:first-child [data-again]")
	tb.click(t, "[data-card]:first-child [data-best] button.reply")
	is("the best", ask[string](t, tb, shown), "3 1 of 17 cards; the calmest reply in 1")
	is("it is said", tb.text(t, "[data-practice] [data-told]"), "That one helps.")
	tb.click(t, "[data-card]:first-child [data-on] a")
	tb.until(t, fmt.Sprintf("location.hash === %q", "#h-two-minutes-past-ten"))
	// A reply that leads elsewhere, and only while it is the one that was chosen.
	const on = `[...document.querySelectorAll('[data-card="h-someone-must-answer"] :is([data-then], [data-on]) a')].filter((e) => e.checkVisibility()).map((e) => e.textContent).join()`
	tb.click(t, `[data-card="h-someone-must-answer"] [data-reply]:nth-child(1) button.reply`)
	is("off the road", ask[string](t, tb, on), "Two people in a duel")
	tb.click(t, `[data-card="h-someone-must-answer"] [data-again]`)
	tb.click(t, `[data-card="h-someone-must-answer"] [data-best] button.reply`)
	is("on the road", ask[string](t, tb, on), "How did nobody notice")
	tb.click(t, "[data-restart]")
	is("begun again", ask[string](t, tb, shown), "0 17 cards")
	// On paper each reply stands above what it leads to.
	tb.run(t, emulate(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	if replies, outcomes := ask[int](t, tb, `[...document.querySelectorAll("p.reply")].filter((e) => e.checkVisibility()).length`), ask[int](t, tb, `[...document.querySelectorAll("[data-outcome]")].filter((e) => e.checkVisibility()).length`); replies == 0 || replies != outcomes {
		t.Errorf("on paper there are %d replies and %d outcomes", replies, outcomes)
	}
	tb.silent(t)
}

// TestTermTip shows what a term means to a mouse, to a keyboard and to a finger.
func TestTermTip(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	tb := open(t, 360)
	tb.run(t, chromedp.Navigate(home+"incidents/inc-2026-014/"), chromedp.WaitReady(chromedp.CSS("a.term")))
	tb.do(t, `document.querySelector("a.term").scrollIntoView({ block: "center" })`)
	over := func(kind string) {
		tb.do(t, `const a = document.querySelector("a.term"); a.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: `+quoted(kind)+` }))`)
	}
	const fits = `(() => { const r = document.querySelector(".term-tip").getBoundingClientRect(); return r.width > 100 && r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight; })()`
	over("mouse")
	if !tb.visible(t, ".term-tip") || !ask[bool](t, tb, fits) {
		t.Error("a mouse shows nothing, or it does not fit")
	}
	tb.run(t, press("\u001b"))
	if tb.count(t, ".term-tip") != 0 {
		t.Error("Escape leaves it there")
	}
	over("touch")
	tb.do(t, `const a = document.querySelector("a.term"); a.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, pointerType: "touch" })); a.click()`)
	if !tb.visible(t, ".term-tip a") || !ask[bool](t, tb, fits) {
		t.Error("a finger shows nothing, or it does not fit")
	}
	tb.click(t, ".term-tip a")
	tb.until(t, `location.pathname.includes("/glossary/") && document.querySelector("#used-in")`)
	tb.silent(t)
}
