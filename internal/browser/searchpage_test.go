package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"debrief/internal/build"
	"debrief/internal/search"
	"debrief/internal/tree"
)

// What a reader does on the search page, with a keyboard and a mouse.

// press presses keys as a keyboard does. chromedp.KeyEvent types a letter even
// where the page has taken its key for itself.
func press(keys string, modifiers ...chromedp.Modifier) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		for _, r := range keys {
			encoded := kb.Encode(r)
			down, up := *encoded[0], *encoded[len(encoded)-1]
			for _, m := range modifiers {
				down.Modifiers |= int64(m)
				up.Modifiers |= int64(m)
			}
			command := down.Modifiers&^int64(chromedp.ModifierShift) != 0
			if len(encoded) == 3 && !command {
				down.Text, down.UnmodifiedText = encoded[1].Text, encoded[1].UnmodifiedText
			}
			for _, k := range []input.DispatchKeyEventParams{down, up} {
				if _, err := cdp.Call(ctx, target, input.DispatchKeyEvent, k); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// quoted is a text as JavaScript writes it.
func quoted(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// do evaluates statements in the page.
func (tb *tab) do(t *testing.T, statements string) {
	t.Helper()
	tb.run(t, chromedp.Evaluate[chromedp.Void]("{"+statements+"}"))
}

// click presses what is in the middle of the first element that a selector finds.
// Unlike chromedp.Click it works in a page that came back from the browser's cache
// of whole pages.
func (tb *tab) click(t *testing.T, selector string) {
	t.Helper()
	at := ask[[]float64](t, tb, `(() => { const e = document.querySelector(`+quoted(selector)+`); e?.scrollIntoView({ block: "nearest" }); const r = e?.getBoundingClientRect();
		const [x, y] = r ? [(r.left + r.right) / 2, (r.top + r.bottom) / 2] : [];
		return r && e.contains(document.elementFromPoint(x, y)) ? [x, y] : []; })()`)
	if len(at) != 2 {
		t.Fatalf("%s is not there, or something is over it", selector)
	}
	tb.run(t, chromedp.MouseClickXY(at[0], at[1]))
}

// count is how many elements a selector finds.
func (tb *tab) count(t *testing.T, selector string) int {
	t.Helper()
	return ask[int](t, tb, "document.querySelectorAll("+quoted(selector)+").length")
}

// text is that of the first element that a selector finds, or "".
func (tb *tab) text(t *testing.T, selector string) string {
	t.Helper()
	return ask[string](t, tb, "document.querySelector("+quoted(selector)+")?.textContent ?? ''")
}

// texts are those of all elements that a selector finds.
func (tb *tab) texts(t *testing.T, selector string) []string {
	t.Helper()
	return ask[[]string](t, tb, "[...document.querySelectorAll("+quoted(selector)+")].map((e) => e.textContent)")
}

// visible tells whether the first element that a selector finds is to be seen.
func (tb *tab) visible(t *testing.T, selector string) bool {
	t.Helper()
	return ask[bool](t, tb, "Boolean(document.querySelector("+quoted(selector)+")?.checkVisibility())")
}

// settled is true when the search page has answered what is in its box, with all
// that it can be narrowed by.
const settled = `(document.getElementById("search-facets").ariaBusy !== "true" && document.getElementById("search")?.ariaBusy === "false" && (document.getElementById("search-found").hidden
	? document.querySelector("#search [name=q]").value.trim().length < 2
	: document.getElementById("search-count").dataset.query === document.querySelector("#search [name=q]").value))`

// answered waits until the search page shows the answer to a text.
func (tb *tab) answered(t *testing.T, text string) {
	t.Helper()
	tb.until(t, settled+` && document.querySelector("#search [name=q]").value === `+quoted(text))
}

// visit opens the search page with a query in the address.
func (tb *tab) visit(t *testing.T, home, query string) {
	t.Helper()
	tb.run(t, chromedp.Navigate(home+"search/?q="+url.QueryEscape(query)))
	tb.answered(t, query)
}

// asks gives the search page, where it is open, another query, as the back button
// does. It is quicker than to load the page.
func (tb *tab) asks(t *testing.T, query string) {
	t.Helper()
	tb.do(t, `history.pushState(null, "", "?q=`+url.QueryEscape(query)+`"); dispatchEvent(new PopStateEvent("popstate"))`)
	tb.answered(t, query)
}

// types puts a text into the box of the search page, in place of what is there,
// and waits for the answer.
func (tb *tab) types(t *testing.T, text string) {
	t.Helper()
	tb.do(t, `const box = document.querySelector("#search [name=q]"); box.focus(); box.select()`)
	tb.run(t, press(text))
	tb.answered(t, text)
}

// changes does something that changes the query, waits for the answer and
// returns the new query.
func (tb *tab) changes(t *testing.T, actions ...chromedp.Action[chromedp.Void]) string {
	t.Helper()
	before := tb.query(t)
	tb.run(t, actions...)
	tb.until(t, settled+` && document.querySelector("#search [name=q]").value !== `+quoted(before))
	return tb.query(t)
}

func (tb *tab) query(t *testing.T) string {
	t.Helper()
	return ask[string](t, tb, `document.querySelector("#search [name=q]").value`)
}

// address is the query in the address.
func (tb *tab) address(t *testing.T) string {
	t.Helper()
	return ask[string](t, tb, `new URLSearchParams(location.search).get("q") ?? ""`)
}

// total is how many pages the search page says that it has found.
func (tb *tab) total(t *testing.T) int {
	t.Helper()
	n := 0
	text := tb.text(t, "#search-count")
	if _, err := fmt.Sscanf(text, "%d page", &n); err != nil && !strings.HasPrefix(text, "No page") {
		t.Fatalf("no number of pages is said: %q", text)
	}
	return n
}

// hits are the paths of the pages found that are shown.
func (tb *tab) hits(t *testing.T) []string {
	t.Helper()
	return ask[[]string](t, tb, `[...document.querySelectorAll(".hit-title")].map((a) => new URL(a.href).pathname)`)
}

// starterSearch opens the search page of the starter site.
func starterSearch(t *testing.T) (tb *tab, base *search.Base, home string) {
	t.Helper()
	c, _ := starter(t)
	s, home := publish(t, c)
	tb = open(t, 1280)
	tb.visit(t, home, "")
	return tb, searchOf(t, s), home
}

func searchOf(t *testing.T, s *build.Site) *search.Base {
	t.Helper()
	base, err := s.Search()
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// found is how many pages the terminal's reader finds.
func found(t *testing.T, base *search.Base, query string) int {
	t.Helper()
	answer, err := base.Ask(query)
	if err != nil {
		t.Fatal(err)
	}
	return len(answer.Hits)
}

// TestAsYouType types: two letters are enough, the last word completes until a
// space ends it, typos and words that do not occur are said.
func TestAsYouType(t *testing.T) {
	tb, base, _ := starterSearch(t)
	steps := ask[int](t, tb, "history.length")
	if tb.visible(t, "#search-found") || !tb.visible(t, "#search-browse") {
		t.Error("before a search the page does not show its lists")
	}
	tb.run(t, press("/"), press("a"))
	tb.answered(t, "a")
	if tb.visible(t, "#search-found") || !tb.visible(t, "#search-browse") {
		t.Error("one letter shows results")
	}
	tb.run(t, press("n"))
	tb.answered(t, "an")
	if n := tb.total(t); n == 0 || n != found(t, base, "an") || tb.count(t, ".hit") != min(n, 10) || !tb.visible(t, ".hit") {
		t.Errorf("two letters find %d pages and show %d", n, tb.count(t, ".hit"))
	}
	if tb.visible(t, "#search-browse") {
		t.Error("the lists are under the results")
	}
	tb.until(t, fmt.Sprintf(`document.getElementById("search-status").textContent.startsWith("%d pages")`, tb.total(t)))
	if got := ask[string](t, tb, `document.getElementById("search-status").getAttribute("role")`); got != "status" {
		t.Errorf("the number of results is told in a %q", got)
	}

	tb.types(t, "anch")
	completed := tb.total(t)
	tb.run(t, press(" "))
	tb.answered(t, "anch ")
	if n := tb.total(t); completed == 0 || n != 0 {
		t.Errorf("%d pages begin a word with anch, and %d have the word", completed, n)
	}
	if text := tb.text(t, "#search-count"); text != "No page has: anch" {
		t.Errorf("of a word that does not occur it says %q", text)
	}
	if !tb.visible(t, "#search-browse") {
		t.Error("where nothing is found there are no lists to look through")
	}
	tb.until(t, `document.getElementById("search-status").textContent.startsWith("No page has: anch.")`)

	tb.types(t, "certifcate")
	if notes := tb.text(t, "#search-notes"); !strings.Contains(notes, "Showing results for “certificate” instead of “certifcate”.") {
		t.Errorf("of a typo it says %q", notes)
	}
	if n := tb.total(t); n == 0 || n != found(t, base, "certificate") {
		t.Errorf("a typo finds %d pages, the word %d", n, found(t, base, "certificate"))
	}
	tb.until(t, `document.getElementById("search-status").textContent.includes("Showing results for “certificate”")`)

	tb.types(t, "anchor kafka")
	if text := tb.text(t, "#search-count"); !strings.HasSuffix(text, ", without: kafka") || tb.total(t) != found(t, base, "anchor") {
		t.Errorf("of a word that no page has it says %q", text)
	}
	if got := tb.address(t); got != "anchor kafka" {
		t.Errorf("the address holds %q", got)
	}
	if now := ask[int](t, tb, "history.length"); now != steps {
		t.Errorf("typing made %d steps to go back", now-steps)
	}

	tb.do(t, `document.querySelector("#search [name=q]").select()`)
	tb.run(t, press(kb.Backspace))
	tb.answered(t, "")
	if tb.visible(t, "#search-found") || !tb.visible(t, "#search-browse") || tb.address(t) != "" {
		t.Error("an empty box does not bring back the lists")
	}
	tb.until(t, `document.getElementById("search-status").textContent === ""`)
	tb.silent(t)
}

// TestKeysOnSearchPage goes through the results with the arrow keys, opens the
// first by Enter, and comes back to the same results.
func TestKeysOnSearchPage(t *testing.T) {
	tb, _, _ := starterSearch(t)
	at := func() int {
		return ask[int](t, tb, `[document.querySelector("#search [name=q]"), ...document.querySelectorAll(".hit-title, #search-more button")].indexOf(document.activeElement)`)
	}
	tb.types(t, "an")
	for i := range 3 {
		tb.run(t, press(kb.ArrowDown))
		if at() != i+1 {
			t.Fatalf("the arrow key leads to the stop %d, not %d", at(), i+1)
		}
	}
	tb.run(t, press(kb.ArrowUp))
	if at() != 2 {
		t.Errorf("the arrow key leads back to the stop %d", at())
	}
	tb.run(t, press(kb.Escape))
	if at() != 0 {
		t.Errorf("Escape leads to the stop %d", at())
	}
	for range 11 {
		tb.run(t, press(kb.ArrowDown))
	}
	total := tb.total(t)
	if total <= 10 || at() != 11 || !strings.Contains(tb.text(t, "#search-more"), fmt.Sprint(total-10)) {
		t.Fatalf("after ten of %d results is not what shows more but the stop %d: %q", total, at(), tb.text(t, "#search-more"))
	}
	tb.run(t, press(kb.Enter))
	tb.until(t, fmt.Sprintf(`document.querySelectorAll(".hit").length === %d`, min(20, total)))
	tb.until(t, `document.activeElement === document.querySelectorAll(".hit-title")[10]`)

	tb.types(t, "boot loop")
	first := tb.hits(t)[0]
	all := tb.hits(t)
	tb.run(t, press(kb.Enter))
	tb.until(t, "location.pathname === "+quoted(first)+" && document.readyState === 'complete'")
	tb.do(t, "history.back()")
	tb.answered(t, "boot loop")
	if got := tb.hits(t); !slices.Equal(got, all) {
		t.Errorf("back from a page are other results: %q", got)
	}
	// Enter straight after the last letter searches rather than opens what
	// belongs to other words.
	tb.do(t, `const box = document.querySelector("#search [name=q]"); box.focus(); box.select()`)
	tb.run(t, press("drift"), press(kb.Enter))
	tb.until(t, settled+` || location.pathname.includes("drift")`)
	if p := ask[string](t, tb, "location.pathname"); p != "/kb/search/" && p != "/kb/glossary/drift/" {
		t.Errorf("Enter opened %s for what was not in the box any more", p)
	}
	tb.silent(t)
}

// TestSuggestionsTaken takes what completes a query, with the mouse and with the
// keyboard: a service, a tag, and a term, which leads to its page.
func TestSuggestionsTaken(t *testing.T) {
	tb, base, home := starterSearch(t)
	suggested := func(query, field, name string) string {
		tb.types(t, query)
		// Marks what is wanted, so that it can be pressed.
		if !ask[bool](t, tb, `(() => { for (const e of document.querySelectorAll("#search-suggestions :is(a, button)"))
			if (e.firstChild.textContent === `+quoted(field)+` && e.lastChild.textContent === `+quoted(name)+`) { e.id = "wanted"; return true; } })() ?? false`) {
			t.Fatalf("%q does not suggest the %s %s but %q", query, field, name, tb.texts(t, "#search-suggestions li"))
		}
		return query
	}
	want := func(query string, filter string) {
		t.Helper()
		if got := tb.query(t); got != query {
			t.Errorf("taking a suggestion makes %q, not %q", got, query)
		}
		if got, want := tb.total(t), found(t, base, query); got != want || got == 0 {
			t.Errorf("%q finds %d pages, not %d", query, got, want)
		}
		if now := ask[string](t, tb, "document.activeElement.name ?? ''"); now != "q" {
			t.Errorf("after a suggestion was taken the focus is not on the box but %q", now)
		}
		if filter != "" && !slices.ContainsFunc(tb.texts(t, "#search-chosen li"), func(s string) bool { return strings.Contains(s, filter) }) {
			t.Errorf("no chip says %s: %q", filter, tb.texts(t, "#search-chosen li"))
		}
	}

	suggested("room anchor-a", "service", "anchor-api")
	tb.changes(t, chromedp.Click(chromedp.CSS("#wanted")))
	want("room service:anchor-api ", "anchor-api")

	suggested("room multip", "tag", "multiplayer")
	tb.changes(t, tabTo(t, tb, "wanted"), press(kb.Enter))
	want("room tag:multiplayer ", "")

	// What was taken by a click can be taken back.
	tb.changes(t, chromedp.Evaluate[chromedp.Void]("history.back()"))
	if got := tb.query(t); got != "room multip" {
		t.Errorf("one step back from a suggestion is %q", got)
	}

	suggested("drif", "term", "Drift")
	tb.run(t, tabTo(t, tb, "wanted"), press(kb.Enter))
	tb.until(t, `location.pathname === "/kb/glossary/drift/" && document.readyState === "complete"`)

	tb.visit(t, home, "")
	suggested("drif", "term", "Drift")
	tb.run(t, chromedp.Click(chromedp.CSS("#wanted")))
	tb.until(t, `location.pathname === "/kb/glossary/drift/"`)
	tb.silent(t)
}

// tabTo presses Tab until an element has the focus.
func tabTo(t *testing.T, tb *tab, id string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(context.Context, *chromedp.Target) error {
		for range 20 {
			if ask[bool](t, tb, "document.activeElement.id === "+quoted(id)) {
				return nil
			}
			tb.run(t, press(kb.Tab))
		}
		return fmt.Errorf("the Tab key does not reach %s", id)
	})
}

// TestMarksAndSections looks at what a result shows: the words that were asked
// for in whatever form, and the section they are in, with a link to it.
func TestMarksAndSections(t *testing.T) {
	tb, _, _ := starterSearch(t)
	marked := func(where string) []string {
		var list []string
		for _, m := range tb.texts(t, where+" mark") {
			list = append(list, strings.ToLower(m))
		}
		return list
	}
	tb.types(t, "rotated keys ")
	if first := tb.text(t, ".hit-title"); first != "Anchors not found after a key rotation" {
		t.Fatalf("the first hit is %q", first)
	}
	if got := marked(".hit:first-child .hit-title"); !slices.Contains(got, "key") || !slices.Contains(got, "rotation") {
		t.Errorf("\"rotated keys\" marks %q in the title", got)
	}
	if got := marked(".hit:first-child .hit-excerpt"); !slices.Contains(got, "rotated") || !slices.Contains(got, "key") {
		t.Errorf("\"rotated keys\" marks %q in the excerpt", got)
	}
	if got := tb.text(t, ".hit:first-child .hit-meta"); !strings.Contains(got, "SEV2") || !strings.Contains(got, "12 Mar 2026") || !strings.Contains(got, "anchor-api") {
		t.Errorf("a result says %q of itself", got)
	}
	if got := marked(".hit"); slices.ContainsFunc(got, func(m string) bool { return !strings.HasPrefix(m, "rotat") && !strings.HasPrefix(m, "key") }) {
		t.Errorf("\"rotated keys\" marks %q", got)
	}

	// A page that nothing on the card is the reason for says what it was found by.
	tb.types(t, "pebkac ") // an `also:` of the page about blame
	if got := tb.text(t, ".hit:first-child"); !strings.Contains(got, "found by its front matter: a tag, a factor, another name") {
		t.Errorf("a page that was found by another name says %q", got)
	}
	tb.types(t, "rotated keys ")
	if got := tb.text(t, "#search-results"); strings.Contains(got, "found by") {
		t.Errorf("pages with marked words say %q", got)
	}

	// The section of each hit that names one is there, and has the words. The
	// link scrolls to it.
	var links [][2]string
	for _, query := range []string{"retry storm ", "rollout ", "certificate ", "anchor "} {
		tb.types(t, query)
		links = append(links, ask[[][2]string](t, tb, `[...document.querySelectorAll(".hit-where a")].map((a) => [a.href, a.textContent])`)...)
	}
	if len(links) < 8 {
		t.Fatalf("only %d hits say in which section they are", len(links))
	}
	slices.SortFunc(links, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	links = slices.Compact(links)
	first := ask[string](t, tb, `document.querySelector(".hit-where a").href`)
	tb.click(t, ".hit-where a")
	tb.until(t, "location.href === "+quoted(first)+" && document.querySelector(':target')")
	for _, link := range links {
		tb.run(t, chromedp.Navigate(link[0]))
		tb.until(t, "location.href === "+quoted(link[0])+" && document.readyState === 'complete'")
		if at := ask[string](t, tb, `/^H[1-6]$/.test(document.querySelector(":target")?.tagName) ? document.querySelector(":target").textContent : ""`); !strings.HasPrefix(at, link[1]) {
			t.Errorf("%s leads to the heading %q, not %q", link[0], at, link[1])
		}
		tb.until(t, `(() => { const at = document.querySelector(":target")?.getBoundingClientRect(); return at && at.top >= 0 && at.bottom <= innerHeight; })()`)
	}
	tb.silent(t)
}

// room is an incident of manyRooms.
type room struct {
	severity string
	services []string
	factor   string
	date     string
}

// manyRooms is a site of incidents of which the numbers are known.
func manyRooms(t *testing.T) (tree.Tree, []room) {
	t.Helper()
	services := []string{"anchor-api", "asset-cdn", "auth", "billing", "boundary", "catalog", "map-store", "runtime", "voice"}
	factors := []string{"missing-alert", "no-canary", "retry-storm"}
	texts := map[string]string{"site.yaml": "title: Rooms\n"}
	var rooms []room
	for i := range 44 {
		r := room{
			severity: fmt.Sprintf("SEV%d", 1+i/3%4), services: []string{services[i%9]}, factor: factors[i*i%7%3],
			date: fmt.Sprintf("%d-%02d-%02d", 2023+i%4, 1+i*3%10, 1+i%28),
		}
		if second := services[(i*5+2)%9]; second != r.services[0] && i%2 == 0 {
			r.services = append(r.services, second)
		}
		word := ""
		if r.date >= "2025" {
			word = " Lately it was seen again."
		}
		texts[fmt.Sprintf("incidents/room-%02d.md", i)] = fmt.Sprintf(
			"---\ntitle: Room %d lost its session\nseverity: %s\nstarted: %s\nservices: [%s]\nfactors: [%s]\n---\n\nNobody could join.%s\n",
			i, r.severity, r.date, strings.Join(r.services, ", "), r.factor, word)
		rooms = append(rooms, r)
	}
	return treeOf(t, texts), rooms
}

// like counts the rooms for which something is true.
func like(rooms []room, is func(room) bool) int {
	n := 0
	for _, r := range rooms {
		if is(r) {
			n++
		}
	}
	return n
}

// value selects what switches a value of a filter on and off.
func value(field, value string) string { return fmt.Sprintf(`[data-key="%s:%s"]`, field, value) }

// offered is the number beside a value of a filter.
func (tb *tab) offered(t *testing.T, field, name string) int {
	t.Helper()
	n := 0
	text := ask[string](t, tb, `document.querySelector(`+quoted(value(field, name))+`)?.closest("label").querySelector(".n").textContent ?? "none"`)
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatalf("%s %s has no number: %q", field, name, text)
	}
	return n
}

// TestFacets narrows a search by its filters: the number beside a value is that
// of the results after a click, groups are joined by AND and the values of a
// group by OR, all of it is in the address, and can be taken back.
func TestFacets(t *testing.T) {
	content, rooms := manyRooms(t)
	_, home := publish(t, content)
	tb := open(t, 1280)
	tb.visit(t, home, "session")
	if got := tb.total(t); got != len(rooms) {
		t.Fatalf("%d of %d rooms are found", got, len(rooms))
	}
	has := func(r room, service string) bool { return slices.Contains(r.services, service) }

	// Each value alone.
	alone := []struct {
		field, value string
		want         int
	}{
		{"severity", "SEV1", like(rooms, func(r room) bool { return r.severity == "SEV1" })},
		{"severity", "SEV4", like(rooms, func(r room) bool { return r.severity == "SEV4" })},
		{"service", "anchor-api", like(rooms, func(r room) bool { return has(r, "anchor-api") })},
		{"factor", "retry-storm", like(rooms, func(r room) bool { return r.factor == "retry-storm" })},
		{"year", "2024", like(rooms, func(r room) bool { return r.date[:4] == "2024" })},
	}
	for _, a := range alone {
		if got := tb.offered(t, a.field, a.value); got != a.want {
			t.Errorf("%s %s says %d, and there are %d", a.field, a.value, got, a.want)
		}
		query := tb.changes(t, chromedp.Click(chromedp.CSS(value(a.field, a.value))))
		if got := tb.total(t); got != a.want {
			t.Errorf("%q finds %d pages, not %d", query, got, a.want)
		}
		if !ask[bool](t, tb, "document.activeElement.dataset.key === "+quoted(a.field+":"+a.value)) {
			t.Errorf("after a click on %s %s the focus is elsewhere", a.field, a.value)
		}
		if got := tb.texts(t, ".chip"); len(got) != 1 || !strings.Contains(got[0], a.value) {
			t.Errorf("with %s %s on, the chips are %q", a.field, a.value, got)
		}
		if back := tb.changes(t, chromedp.Click(chromedp.CSS(value(a.field, a.value)))); strings.TrimSpace(back) != "session" {
			t.Errorf("switching %s off leaves %q", a.value, back)
		}
	}

	// Several: OR within a group, AND across groups. The chips of both groups
	// are there, and the numbers keep their word at every step.
	one := tb.offered(t, "severity", "SEV1")
	tb.changes(t, chromedp.Click(chromedp.CSS(value("severity", "SEV1"))))
	either := one + tb.offered(t, "severity", "SEV2")
	severities := tb.changes(t, chromedp.Click(chromedp.CSS(value("severity", "SEV2"))))
	if got := tb.total(t); got != either {
		t.Errorf("SEV1 or SEV2 are %d, not %d", got, either)
	}
	promised := tb.offered(t, "service", "anchor-api")
	withService := tb.changes(t, chromedp.Click(chromedp.CSS(value("service", "anchor-api"))))
	bad := func(r room) bool { return r.severity == "SEV1" || r.severity == "SEV2" }
	if got, want := tb.total(t), like(rooms, func(r room) bool { return bad(r) && has(r, "anchor-api") }); got != want || got != promised {
		t.Errorf("%q finds %d pages, %d were promised, %d there are", withService, got, promised, want)
	}
	tb.do(t, `document.querySelector(".more-values button")?.click()`)
	services := tb.changes(t, chromedp.Click(chromedp.CSS(value("service", "voice"))))
	if got, want := tb.total(t), like(rooms, func(r room) bool { return bad(r) && (has(r, "anchor-api") || has(r, "voice")) }); got != want {
		t.Errorf("%q finds %d pages, not %d", services, got, want)
	}
	promised = tb.offered(t, "year", "2025")
	whole := tb.changes(t, chromedp.Click(chromedp.CSS(value("year", "2025"))))
	if got, want := tb.total(t), like(rooms, func(r room) bool {
		return bad(r) && (has(r, "anchor-api") || has(r, "voice")) && r.date[:4] == "2025"
	}); got != want || got != promised || got == 0 {
		t.Errorf("%q finds %d pages, %d were promised, %d there are", whole, got, promised, want)
	}
	if got := tb.count(t, ".chip"); got != 5 {
		t.Errorf("there are %d chips for 5 filters: %q", got, tb.texts(t, ".chip"))
	}

	// The address is the whole state: somebody else sees the same.
	const view = `[document.getElementById("search-count").textContent, ...[...document.querySelectorAll(".hit, .chip")].map((e) => e.textContent),
		...[...document.querySelectorAll(".facet :checked")].map((e) => e.dataset.key).sort()]`
	if got := tb.address(t); got != strings.TrimSpace(whole) {
		t.Errorf("the address holds %q, the box %q", got, whole)
	}
	mine := ask[[]string](t, tb, view)
	other := open(t, 1280)
	other.run(t, chromedp.Navigate(ask[string](t, tb, "location.href")))
	other.answered(t, strings.TrimSpace(whole))
	if theirs := ask[[]string](t, other, view); !slices.Equal(mine, theirs) {
		t.Errorf("a shared address shows\n%q, not\n%q", theirs, mine)
	}
	other.silent(t)
	tb.run(t, emulate(page.BringToFront, cdp.Empty{}))

	// Back and forward.
	for _, query := range []string{services, withService, severities} {
		tb.do(t, "history.back()")
		tb.answered(t, strings.TrimSpace(query))
	}
	if got := tb.total(t); got != either {
		t.Errorf("three steps back are %d pages, not %d", got, either)
	}
	for _, query := range []string{withService, services, whole} {
		tb.do(t, "history.forward()")
		tb.answered(t, strings.TrimSpace(query))
	}
	if now := ask[[]string](t, tb, view); !slices.Equal(mine, now) {
		t.Errorf("back and forward again shows\n%q, not\n%q", now, mine)
	}

	// Chips take their filter away, one by one.
	for n := 4; n >= 0; n-- {
		tb.changes(t, chromedp.Click(chromedp.CSS(".chip")))
		if got := tb.count(t, ".chip"); got != n {
			t.Errorf("%d chips are left, not %d: %q", got, n, tb.query(t))
		}
		if ask[bool](t, tb, "document.activeElement === document.body") {
			t.Error("the focus went with the chip")
		}
	}
	if got := strings.TrimSpace(tb.query(t)); got != "session" || tb.total(t) != len(rooms) {
		t.Errorf("without its filters the query is %q and finds %d pages", got, tb.total(t))
	}
	// The others of a long group are under a button.
	tb.visit(t, home, "session")
	hidden := tb.count(t, `[data-key^="service:"]`)
	tb.run(t, chromedp.Click(chromedp.CSS(".more-values button")))
	if got := tb.count(t, `[data-key^="service:"]`); hidden >= 9 || got != 9 {
		t.Errorf("of 9 services %d are shown at first and %d then", hidden, got)
	}
	if !ask[bool](t, tb, `document.activeElement.dataset.key?.startsWith("service:") ?? false`) {
		t.Error("the focus is not on the first of the others")
	}
	tb.silent(t)
}

// TestTimes narrows a search by its chart: one bar, several drawn over with the
// mouse, the keys, and all dates again.
func TestTimes(t *testing.T) {
	content, rooms := manyRooms(t)
	_, home := publish(t, content)
	tb := open(t, 1280)
	tb.visit(t, home, "session")
	years := func(from, to string) int {
		return like(rooms, func(r room) bool { return r.date[:4] >= from && r.date[:4] <= to })
	}
	names := func() []string {
		return ask[[]string](t, tb, `[...document.querySelectorAll(".times g")].map((g) => g.getAttribute("aria-label"))`)
	}
	want := []string{}
	for _, y := range []string{"2023", "2024", "2025", "2026"} {
		want = append(want, fmt.Sprintf("%s: %d pages", y, years(y, y)))
	}
	if got := names(); !slices.Equal(got, want) {
		t.Fatalf("the bars are %q, not %q", got, want)
	}
	pressed := func() []int {
		return ask[[]int](t, tb, `[...document.querySelectorAll(".times g")].flatMap((g, i) => g.getAttribute("aria-pressed") === "true" ? [i] : [])`)
	}
	// mouse draws from one bar to another.
	mouse := func(from, to int) chromedp.Action[chromedp.Void] {
		tb.do(t, "scrollTo(0, 0)")
		at := ask[[3]float64](t, tb, `(({ left, top, width, height }) => [left, width / document.querySelectorAll(".times g").length, top + height / 2])(document.querySelector(".times svg").getBoundingClientRect())`)
		x := func(i int) float64 { return at[0] + at[1]*(float64(i)+.5) }
		steps := []chromedp.Action[chromedp.Void]{
			chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x(from), at[2]),
			chromedp.MouseEvent(chromedp.MousePressed, x(from), at[2], chromedp.ButtonLeft, chromedp.ClickCount(1)),
		}
		for i := from; i != to; {
			i += max(-1, min(1, to-i))
			steps = append(steps, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x(i), at[2], chromedp.ButtonLeft))
		}
		return chromedp.Steps(append(steps, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, x(to), at[2], chromedp.ButtonLeft, chromedp.ClickCount(1)))...)
	}
	check := func(what, query string, bars []int, from, to, chip string) {
		t.Helper()
		if got := strings.TrimSpace(tb.query(t)); got != query {
			t.Errorf("%s: the query is %q, not %q", what, got, query)
		}
		if got := tb.address(t); got != query {
			t.Errorf("%s: the address holds %q, not %q", what, got, query)
		}
		if got := pressed(); !slices.Equal(got, bars) {
			t.Errorf("%s: the bars %v are on, not %v", what, got, bars)
		}
		if got := tb.total(t); got != years(from, to) || got == 0 {
			t.Errorf("%s: %d pages, not %d", what, got, years(from, to))
		}
		got := tb.texts(t, "#search-chosen li")
		if chip == "" && len(got) > 0 || chip != "" && !slices.Equal(got, []string{chip}) {
			t.Errorf("%s: the chips are %q, not %q", what, got, chip)
		}
		if got := names(); !slices.Equal(got, want) {
			t.Errorf("%s: the bars are now %q", what, got)
		}
		if got := tb.visible(t, ".times > button"); got != (chip != "") {
			t.Errorf("%s: what takes the dates out is visible: %v", what, got)
		}
	}
	tb.changes(t, mouse(1, 1))
	check("a click", "after:2024-01-01 before:2025-01-01 session", []int{1}, "2024", "2024", "Date: 2024")
	tb.changes(t, mouse(1, 1))
	check("the same bar again", "session", []int{}, "2023", "2026", "")
	tb.changes(t, mouse(0, 2))
	check("drawing to the right", "after:2023-01-01 before:2026-01-01 session", []int{0, 1, 2}, "2023", "2025", "Date: 2023 to 2025")
	tb.changes(t, mouse(3, 2))
	check("drawing to the left", "after:2025-01-01 before:2027-01-01 session", []int{2, 3}, "2025", "2026", "Date: 2025 to 2026")
	tb.changes(t, chromedp.Click(chromedp.CSS(".times > button")))
	check("all dates", "session", []int{}, "2023", "2026", "")
	if !ask[bool](t, tb, `document.activeElement.closest(".times g") !== null`) {
		t.Error("the focus went with the button for all dates")
	}

	// The keys: one stop for Tab, arrows from bar to bar.
	if n := tb.count(t, `.times g[tabindex="0"]`); n != 1 {
		t.Errorf("the bars are %d stops for the Tab key", n)
	}
	tb.run(t, press(kb.Home), press(kb.ArrowRight))
	check("moving with the keys", "session", []int{}, "2023", "2026", "")
	tb.changes(t, press(kb.Enter))
	check("Enter", "after:2024-01-01 before:2025-01-01 session", []int{1}, "2024", "2024", "Date: 2024")
	tb.changes(t, press(kb.ArrowRight, chromedp.ModifierShift))
	check("Shift and an arrow", "after:2024-01-01 before:2026-01-01 session", []int{1, 2}, "2024", "2025", "Date: 2024 to 2025")
	tb.changes(t, press(kb.End), press(" "))
	check("End and the space bar", "after:2026-01-01 before:2027-01-01 session", []int{3}, "2026", "2026", "Date: 2026")
	tb.changes(t, press(kb.Enter))
	check("Enter on the only bar", "session", []int{}, "2023", "2026", "")

	// A year of the list does the same, and the chart says so.
	tb.changes(t, chromedp.Click(chromedp.CSS(value("year", "2025"))))
	check("a year of the list", "year:2025 session", []int{2}, "2025", "2025", "Year: 2025")
	tb.changes(t, chromedp.Evaluate[chromedp.Void]("history.back()"))
	check("back", "session", []int{}, "2023", "2026", "")

	// Fewer years have a bar for each month.
	tb.types(t, "lately")
	months := names()
	at := slices.IndexFunc(months, func(s string) bool { return strings.HasPrefix(s, "May 2025") })
	if len(months) < 20 || len(months) > 24 || at < 0 {
		t.Fatalf("two years have %d bars: %q", len(months), months)
	}
	tb.changes(t, mouse(at, at+2))
	if got, want := tb.total(t), like(rooms, func(r room) bool { return r.date >= "2025-05" && r.date < "2025-08" }); got != want || got == 0 {
		t.Errorf("three months of 2025 have %d pages, not %d", got, want)
	}
	if got := tb.texts(t, ".chip"); !slices.Equal(got, []string{"Date: May 2025 to July 2025"}) {
		t.Errorf("the chip of three months is %q", got)
	}
	tb.silent(t)
}

// TestWrongFilters asks with filters that do not exist: the page names the right
// ones, which can be pressed, and finds something all the same.
func TestWrongFilters(t *testing.T) {
	tb, base, _ := starterSearch(t)
	for _, test := range []struct{ query, note, press, want string }{
		{"anchor service:anchr-api", "No service is called “anchr-api”. Did you mean anchor-api?", "anchor-api", "anchor service:anchor-api"},
		{"anchor sev:SEV9", "No severity is called “SEV9”.", "SEV1", "anchor severity:SEV1"},
		{"anchor tag:qqqqq", "No tag is called “qqqqq”. There are: ", "example", "anchor tag:example"},
		{"anchor is:incidnt", "No kind is called “incidnt”. Did you mean incident", "incident", "anchor is:incident"},
		{"anchor year:1999", "No year is called “1999”.", "2026", "anchor year:2026"},
		{"anchor servce:runtime", "There is no filter “servce:”. Did you mean service", "service", "anchor service:runtime"},
	} {
		tb.asks(t, test.query)
		if got := tb.text(t, "#search-notes"); !strings.HasPrefix(got, test.note) {
			t.Errorf("%q says %q, not %q", test.query, got, test.note)
		}
		if got := tb.total(t); got != found(t, base, "anchor") || tb.count(t, ".hit") == 0 {
			t.Errorf("%q finds %d pages", test.query, got)
		}
		if test.press == "service" {
			tb.until(t, `document.getElementById("search-status").textContent.includes(`+quoted(test.note)+`)`)
		}
		if !ask[bool](t, tb, `(() => { for (const e of document.querySelectorAll("#search-notes button")) if (e.textContent === `+quoted(test.press)+`) { e.id = "right"; return true; } })() ?? false`) {
			t.Errorf("%q offers %q, not %s", test.query, tb.texts(t, "#search-notes button"), test.press)
			continue
		}
		got := tb.changes(t, chromedp.Click(chromedp.CSS("#right")))
		if words := strings.Fields(got); !slices.Equal(sorted(words), sorted(strings.Fields(test.want))) {
			t.Errorf("%q becomes %q, not %q", test.query, got, test.want)
		}
		if notes := tb.text(t, "#search-notes"); strings.Contains(notes, "called") || strings.Contains(notes, "no filter") {
			t.Errorf("%q is still said to be wrong: %q", got, notes)
		}
		if got, want := tb.total(t), found(t, base, test.want); got != want || got == 0 {
			t.Errorf("%q finds %d pages, not %d", test.want, got, want)
		}
		tb.do(t, "history.back()")
		tb.answered(t, test.query)
	}
	tb.asks(t, "anchor after:2026-13-01")
	if got := tb.text(t, "#search-notes"); !strings.Contains(got, "“2026-13-01” is not a date. For after: write 2026, 2026-03 or 2026-03-12.") || tb.total(t) != found(t, base, "anchor") {
		t.Errorf("a day that does not exist finds %d pages and says %q", tb.total(t), got)
	}
	tb.silent(t)
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// TestExactAndNot asks for words one after the other and for pages without one.
func TestExactAndNot(t *testing.T) {
	tb, base, _ := starterSearch(t)
	ask := func(query string) []string {
		tb.asks(t, query)
		answer, err := base.Ask(query)
		if err != nil {
			t.Fatal(err)
		}
		want := urlsOf(t, base, answer.Hits)
		if got := tb.hits(t); !slices.Equal(got, want[:min(10, len(want))]) || tb.total(t) != len(want) {
			t.Errorf("%q finds %q, not %q", query, got, want)
		}
		return want
	}
	loose, exact, none := ask("key rotation"), ask(`"key rotation"`), ask(`"rotation key"`)
	if len(exact) == 0 || len(exact) >= len(loose) {
		t.Errorf("the words one after the other are on %d pages, the words on %d", len(exact), len(loose))
	}
	if got := tb.text(t, "#search-notes"); !strings.Contains(got, "No page has “rotation key” word for word") || len(none) == 0 {
		t.Errorf("a phrase that no page has finds %d pages and says %q", len(none), got)
	}
	all, without := ask("anchor"), ask("anchor -rotation")
	if len(without) == 0 || len(without) >= len(all) {
		t.Errorf("%d pages without a word, of %d", len(without), len(all))
	}
	for _, p := range ask("anchor rotation")[:2] {
		if slices.Contains(without, p) && slices.Contains(exact, p) {
			t.Errorf("%s has the word that it was not to have", p)
		}
	}
	tb.silent(t)
}
