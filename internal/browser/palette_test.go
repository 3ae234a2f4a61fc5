package browser

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The search over any page, and whether everybody can use it and the search page.

const (
	paletteBox  = `dialog.palette[open] input`
	paletteOpen = `document.activeElement?.matches("dialog.palette[open] input")`
	paletteShut = `!document.querySelector("dialog.palette[open]")`
)

// paletteSays waits until the palette has answered with a number of pages.
func (tb *tab) paletteSays(t *testing.T, pages int) {
	t.Helper()
	tb.until(t, fmt.Sprintf(`document.querySelector("dialog.palette[open]")?.ariaBusy === "false" && document.querySelector(".palette-told").textContent.startsWith("%d page")`, pages))
}

// chosen is the result of the palette that Enter would open.
func (tb *tab) chosen(t *testing.T) int {
	t.Helper()
	return ask[int](t, tb, `[...document.querySelectorAll("#palette-hits [role=option]")].findIndex((o) => o.ariaSelected === "true" && o.id === document.querySelector(".palette input").getAttribute("aria-activedescendant"))`)
}

// fromLink gives the focus to a link of the page, from which the palette is then
// opened.
func (tb *tab) fromLink(t *testing.T) {
	t.Helper()
	tb.do(t, `window.from = [...document.querySelectorAll("main a[href]")].find((a) => a.checkVisibility()); from.focus()`)
	if !ask[bool](t, tb, "document.activeElement === from") {
		t.Fatal("the page has no link that takes the focus")
	}
}

// TestPalette opens the palette on pages of all kinds by each of its keys, goes
// through it, closes it and opens it again.
func TestPalette(t *testing.T) {
	c, _ := starter(t)
	s, home := publish(t, c)
	base := searchOf(t, s)
	anchors, drifts := found(t, base, "anchor"), found(t, base, "drift")
	if anchors == drifts {
		t.Fatal("both queries find as many pages, so this test cannot tell them apart")
	}
	keys := []struct {
		name string
		key  chromedp.Action[chromedp.Void]
	}{{"/", press("/")}, {"Ctrl-K", press("k", chromedp.ModifierCtrl)}, {"⌘K", press("k", chromedp.ModifierMeta)}}
	tb := open(t, 1280)
	for _, p := range []string{"", "incidents/inc-2026-014/", "playbook/understanding-the-stakes/", "glossary/drift/", "404.html"} {
		tb.run(t, chromedp.Navigate(home+p), chromedp.WaitReady(chromedp.CSS("main")))
		for i, k := range keys {
			tb.fromLink(t)
			tb.run(t, k.key)
			tb.until(t, paletteOpen)
			if i == 0 {
				if got := ask[string](t, tb, `document.activeElement.value`); got != "" {
					t.Errorf("%q: the key is typed into the box: %q", p, got)
				}
				if ask[string](t, tb, `document.activeElement.ariaExpanded`) != "false" || tb.count(t, "[role=option]") != 0 {
					t.Errorf("%q: an empty palette has results", p)
				}
			}
			if i == 2 {
				tb.run(t, press(kb.Escape))
				tb.until(t, paletteShut+" && document.activeElement === from")
				continue
			}
			// What was typed before is selected, so that typing replaces it.
			query, n := "anchor", anchors
			if i == 1 {
				query, n = "drift", drifts
			}
			tb.run(t, press(query))
			tb.paletteSays(t, n)
			options := tb.count(t, "#palette-hits > [role=option]")
			if options != min(n, 8) || tb.chosen(t) != 0 || ask[string](t, tb, `document.activeElement.ariaExpanded`) != "true" {
				t.Errorf("%q, %s: %d results of %d are shown, the one chosen is %d", p, k.name, options, n, tb.chosen(t))
			}
			if i == 0 {
				tb.run(t, press(kb.ArrowDown), press(kb.ArrowDown), press(kb.ArrowUp))
				if got := tb.chosen(t); got != 1 {
					t.Errorf("%q: down, down and up chooses the result %d", p, got)
				}
				tb.run(t, press(kb.ArrowUp), press(kb.ArrowUp))
				if got := tb.chosen(t); got != options-1 {
					t.Errorf("%q: above the first result is %d", p, got)
				}
				if !ask[bool](t, tb, paletteOpen) {
					t.Errorf("%q: the arrows took the focus out of the box", p)
				}
			}
			tb.run(t, press(kb.Escape))
			tb.until(t, paletteShut)
			if !ask[bool](t, tb, "document.activeElement === from") {
				t.Errorf("%q, %s: after Escape the focus is on %s", p, k.name, ask[string](t, tb, "document.activeElement.outerHTML.slice(0, 80)"))
			}
			if left := tb.texts(t, "form[role=search] [name=q]"); strings.Join(left, "") != "" {
				t.Errorf("%q: the boxes of the page hold %q", p, left)
			}
		}
	}
	tb.silent(t)
}

// TestPaletteLeads opens what was found, and comes back by the history, where the
// palette opens again.
func TestPaletteLeads(t *testing.T) {
	c, _ := starter(t)
	s, home := publish(t, c)
	base := searchOf(t, s)
	tb := open(t, 1280)
	start := home + "playbook/preparation/"
	tb.run(t, chromedp.Navigate(start))
	answer, err := base.Ask("retry storm")
	if err != nil {
		t.Fatal(err)
	}
	want := urlsOf(t, base, answer.Hits)

	// Typed without waiting: what is typed while the palette is fetched is
	// taken over, and the number is told to screen readers.
	tb.do(t, `addEventListener("pageshow", (e) => (window.persisted = e.persisted))`)
	tb.run(t, press("/retry storm"))
	tb.paletteSays(t, len(want))
	if got := ask[string](t, tb, `document.querySelector(".palette input").value`); got != "retry storm" {
		t.Fatalf("the palette holds %q", got)
	}
	tb.until(t, fmt.Sprintf(`document.querySelector("dialog [role=status]").textContent.startsWith("%d pages.")`, len(want)))
	if got := ask[[]string](t, tb, `[...document.querySelectorAll("#palette-hits a")].map((a) => a.pathname)`); !slices.Equal(got, want[:min(8, len(want))]) {
		t.Errorf("the palette finds %q, the terminal %q", got, want)
	}
	if tb.count(t, "#palette-hits mark") == 0 {
		t.Error("no words are marked")
	}

	// Enter opens the one that the arrow has chosen.
	tb.run(t, press(kb.ArrowDown), press(kb.Enter))
	tb.until(t, "location.pathname === "+quoted(want[1])+" && document.readyState === 'complete'")
	tb.do(t, "history.back()")
	tb.until(t, "location.href === "+quoted(start)+" && document.readyState === 'complete'")
	if !ask[bool](t, tb, "window.persisted === true") {
		t.Error("the page did not come back as it was left: something in it keeps it from the browser's cache of whole pages")
	}
	if !ask[bool](t, tb, paletteShut) {
		t.Error("the palette is open after going back")
	}
	tb.run(t, press("/"))
	tb.until(t, paletteOpen)
	tb.do(t, `document.activeElement.select()`)
	tb.run(t, press("retry storm"))
	tb.paletteSays(t, len(want))

	// A click opens a result.
	tb.click(t, "#palette-hit-2 .palette-title")
	tb.until(t, "location.pathname === "+quoted(want[2])+" && document.readyState === 'complete'")

	// All results are on the search page.
	tb.run(t, press("k", chromedp.ModifierCtrl))
	tb.until(t, paletteOpen)
	tb.run(t, press("retry storm"))
	tb.paletteSays(t, len(want))
	tb.click(t, ".palette-foot a")
	tb.answered(t, "retry storm")
	if got := tb.hits(t); !slices.Equal(got, want[:min(10, len(want))]) {
		t.Errorf("all results are %q, not %q", got, want)
	}

	// Nothing found: it is told, and Enter leads to the search page.
	tb.run(t, chromedp.Navigate(home))
	tb.run(t, press("/"))
	tb.until(t, paletteOpen)
	tb.run(t, press("kafka zookeeper"))
	tb.until(t, `document.querySelector("dialog [role=status]").textContent.startsWith("No page has: kafka, zookeeper")`)
	if tb.count(t, "[role=option]") != 0 || ask[string](t, tb, "document.activeElement.ariaExpanded") != "false" {
		t.Error("a search without results is said to be expanded")
	}
	tb.run(t, press(kb.Enter))
	tb.answered(t, "kafka zookeeper")
	tb.silent(t)
}

// TestPaletteLeavesFieldsAlone types "/" into fields of a page; and opens the
// palette and closes it in all other ways.
func TestPaletteLeavesFieldsAlone(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home+"glossary/drift/"))
	tb.do(t, `for (const name of ["input", "textarea", "div"]) {
		const e = document.createElement(name); e.className = "field"; if (name === "div") e.contentEditable = "true"; document.querySelector("main").append(e);
	}`)
	for i := range 3 {
		tb.do(t, fmt.Sprintf(`window.field = document.querySelectorAll(".field")[%d]; field.focus()`, i))
		tb.run(t, press("a/b"))
		if got := ask[string](t, tb, "field.value ?? field.textContent"); got != "a/b" {
			t.Errorf("a field of the page holds %q", got)
		}
	}
	tb.do(t, `document.querySelector(".site-search input").focus()`)
	tb.run(t, press("a/b"))
	if got := ask[string](t, tb, `document.querySelector(".site-search input").value`); got != "a/b" {
		t.Errorf("the box of the header holds %q", got)
	}
	if tb.count(t, "dialog") != 0 {
		t.Error("typing in fields opens the palette")
	}
	// Keys that are somebody else's.
	tb.do(t, "document.activeElement.blur()")
	tb.run(t, press("k"), press("K", chromedp.ModifierCtrl, chromedp.ModifierShift), press("/", chromedp.ModifierAlt))
	if tb.count(t, "dialog") != 0 || ask[string](t, tb, "document.activeElement.tagName") != "BODY" {
		t.Error("another key opens the palette")
	}

	// A press on the box of the header, with what is in it.
	tb.run(t, chromedp.Click(chromedp.CSS(".site-search input")))
	tb.until(t, paletteOpen)
	if got := ask[string](t, tb, "document.activeElement.value"); got != "a/b" {
		t.Errorf("the palette does not take over what was typed: %q", got)
	}
	// In it "/" is a letter, and Ctrl-K changes nothing.
	tb.run(t, press(kb.End), press("/"), press("k", chromedp.ModifierCtrl))
	if got := ask[string](t, tb, "document.activeElement.value"); got != "a/b/" {
		t.Errorf("after a \"/\" the palette holds %q", got)
	}
	tb.run(t, chromedp.Click(chromedp.CSS(".palette-close")))
	tb.until(t, paletteShut)
	if !ask[bool](t, tb, `document.activeElement.matches(".site-search input")`) {
		t.Error("after Close the focus is not on the box that was pressed")
	}
	tb.run(t, chromedp.Click(chromedp.CSS(".site-search input")))
	tb.until(t, paletteOpen)
	tb.run(t, chromedp.MouseClickXY(20, 700))
	tb.until(t, paletteShut)

	// Where nothing had the focus, nothing has it again.
	tb.do(t, "document.activeElement.blur()")
	tb.run(t, press("/"))
	tb.until(t, paletteOpen)
	// At once: a key pressed before the next frame is not to go into the hidden box.
	if at := ask[string](t, tb, `(() => { document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true })); return document.activeElement.tagName; })()`); at != "BODY" {
		t.Errorf("the focus came from nowhere and goes to %s", at)
	}

	if !ask[bool](t, tb, paletteShut) {
		t.Error("Escape does not close the palette")
	}

	// On the search page the keys lead to its own box.
	tb.run(t, chromedp.Navigate(home+"search/"))
	for _, k := range []chromedp.Action[chromedp.Void]{press("/"), press("k", chromedp.ModifierCtrl)} {
		tb.do(t, "document.activeElement.blur()")
		tb.run(t, k)
		if !ask[bool](t, tb, `document.activeElement.matches("#search [name=q]") && document.activeElement.value === ""`) || tb.count(t, "dialog") != 0 {
			t.Error("on the search page a key does not lead to its box")
		}
	}
	tb.silent(t)
}

// TestWithoutPalette has a host that lacks the palette's script: the box of the
// page takes the query and its form leads to the search page.
func TestWithoutPalette(t *testing.T) {
	c, _ := starter(t)
	_, dir := publishTo(t, c)
	files := http.FileServer(http.Dir(dir))
	home := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "palette") {
			http.NotFound(w, r)
			return
		}
		files.ServeHTTP(w, r)
	})) + "/kb/"
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home+"glossary/drift/"), press("/mirror"), press(kb.Enter))
	tb.answered(t, "mirror")
	if tb.count(t, ".hit") == 0 {
		t.Error("nothing is found")
	}
	if len(tb.heard()) == 0 {
		t.Error("the browser did not complain about the missing script, so the test tests nothing")
	}
}

// small finds targets of a pointer that are smaller than 24 pixels and that have
// not as much room around them (WCAG 2.2, 2.5.8). The bars of the chart are
// left out: a year of the list beside them does the same.
const small = `(root) => {
	const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".times g");
	const targets = [...document.querySelectorAll(root + " :is(a[href], button, input, select, textarea, summary)")].filter(shown).map((e) => {
		const at = (e.matches("[type=checkbox]") ? e.closest("label") : e).getBoundingClientRect();
		return { e, left: at.left, top: at.top + scrollY, right: at.right, bottom: at.bottom + scrollY, x: (at.left + at.right) / 2, y: (at.top + at.bottom) / 2 + scrollY, small: at.width < 24 || at.height < 24 };
	}).filter((a) => a.right > 0 && a.bottom > 0);
	const far = (a, b) => Math.hypot(Math.max(b.left - a.x, 0, a.x - b.right), Math.max(b.top - a.y, 0, a.y - b.bottom));
	return targets.filter((a) => a.small && targets.some((b) => a !== b && (far(a, b) < 12 || (b.small && Math.hypot(a.x - b.x, a.y - b.y) < 24))))
		.map((a) => a.e.outerHTML.slice(0, 80));
}`

// references finds attributes that name elements which are not there, ids that
// are there twice, and lists of choices that are not in order.
const references = `() => {
	const wrong = [];
	for (const name of ["aria-controls", "aria-labelledby", "aria-describedby", "aria-activedescendant", "for"]) {
		for (const e of document.querySelectorAll("[" + name + "]")) {
			for (const id of e.getAttribute(name).split(" ")) if (!document.getElementById(id)) wrong.push(name + " names " + id);
		}
	}
	const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
	wrong.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => "twice: " + id));
	for (const e of document.querySelectorAll("[role=listbox] > *")) if (e.getAttribute("role") !== "option") wrong.push("in a listbox: " + e.outerHTML.slice(0, 60));
	for (const e of document.querySelectorAll("[role=option]")) if (!e.parentElement.matches("[role=listbox]") || !/^(true|false)$/.test(e.ariaSelected)) wrong.push("an option: " + e.outerHTML.slice(0, 60));
	for (const e of document.querySelectorAll("[role=combobox]")) {
		const list = document.getElementById(e.getAttribute("aria-controls"));
		if (list?.getAttribute("role") !== "listbox") wrong.push("a combobox without a listbox");
		if (e.ariaExpanded !== String(list.children.length > 0 && list.checkVisibility())) wrong.push("expanded: " + e.ariaExpanded + " with " + list.children.length);
		const on = [...list.querySelectorAll("[aria-selected=true]")].map((o) => o.id).join();
		if (on !== (e.getAttribute("aria-activedescendant") ?? "")) wrong.push("chosen: " + on);
	}
	for (const e of document.querySelectorAll("fieldset, [role=group]")) if (!(e.ariaLabel || e.getAttribute("aria-labelledby") || e.querySelector(":scope > legend")?.textContent)) wrong.push("a group without a name: " + e.outerHTML.slice(0, 60));
	for (const e of document.querySelectorAll("[role=group] [aria-pressed]")) if (e.getAttribute("role") !== "button") wrong.push("pressed: " + e.outerHTML.slice(0, 60));
	return wrong;
}`

// usable fails the test where somebody who does not see the page, or cannot point
// well, could not use it as it is now. root is what is looked at.
func (tb *tab) usable(t *testing.T, what, root string) {
	t.Helper()
	tree, err := chromedp.Call(tb, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	text := func(v *accessibility.Value) string {
		var s string
		if v != nil {
			_ = json.Unmarshal(v.Value, &s) // of another type: not a text
		}
		return s
	}
	for _, node := range tree.Nodes {
		if node.Ignored {
			continue
		}
		role := text(node.Role)
		seen[role]++
		switch role {
		case "textbox", "searchbox", "combobox", "checkbox", "button", "link", "dialog", "listbox", "option", "navigation", "heading", "DisclosureTriangle":
			if strings.TrimSpace(text(node.Name)) == "" {
				t.Errorf("%s: a %s has no name (node %d)", what, role, node.BackendDOMNodeID)
			}
		}
	}
	if seen["searchbox"]+seen["combobox"] == 0 || seen["button"] == 0 {
		t.Errorf("%s: neither box nor button is in %v, so the test tests nothing", what, seen)
	}
	for _, wrong := range ask[[]string](t, tb, "("+references+")()") {
		t.Errorf("%s: %s", what, wrong)
	}
	for _, e := range ask[[]string](t, tb, "("+small+")("+quoted(root)+")") {
		t.Errorf("%s: too small to hit: %s", what, e)
	}
}

// TestUsableByAll looks at the search page and the palette in their states, wide
// and narrow.
func TestUsableByAll(t *testing.T) {
	c, _ := starter(t)
	s, home := publish(t, c)
	base := searchOf(t, s)
	for _, width := range []int64{1280, 360} {
		tb := open(t, width)
		tb.visit(t, home, "")
		if width < 1000 {
			tb.do(t, `document.querySelector(".facets-toggle summary").click()`)
		}
		tb.do(t, `document.querySelector(".search-help summary").click()`)
		for _, query := range []string{"", "an", "anch", "anchor servce:x service:anchr-api certifcate after:1", "kafka", "room severity:SEV1,SEV2 service:anchor-api after:2026-01"} {
			tb.asks(t, query)
			tb.usable(t, fmt.Sprintf("search for %q at %d", query, width), "main")
			if over := ask[int](t, tb, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("a search for %q is %d px too wide at %d px", query, over, width)
			}
		}

		tb.run(t, chromedp.Navigate(home+"incidents/inc-2026-014/"))
		tb.fromLink(t)
		tb.run(t, press("/"))
		tb.until(t, paletteOpen)
		tb.usable(t, fmt.Sprintf("empty palette at %d", width), "dialog")
		tb.run(t, press("anchor"))
		tb.paletteSays(t, found(t, base, "anchor"))
		tb.usable(t, fmt.Sprintf("palette at %d", width), "dialog")

		// The focus can be seen and stays inside. Between its last and its first
		// place the browser may have one of its own.
		inside := map[string]bool{}
		for range 9 {
			tb.run(t, press(kb.Tab))
			at := ask[string](t, tb, `(() => { const a = document.activeElement; const style = getComputedStyle(a);
				if (a === document.body) return "browser";
				if (!a.closest("dialog.palette[open]")) return "outside: " + a.outerHTML.slice(0, 80);
				if (!a.matches(":focus-visible") || ((style.outlineStyle === "none" || style.outlineWidth === "0px") && style.boxShadow === "none")) return "unseen: " + a.outerHTML.slice(0, 80);
				return a.localName + "." + a.className; })()`)
			if strings.HasPrefix(at, "outside") || strings.HasPrefix(at, "unseen") {
				t.Errorf("the focus in the palette is %s", at)
			}
			inside[at] = true
		}
		for _, want := range []string{"input.", "button.palette-close", "a."} {
			if !inside[want] {
				t.Errorf("the Tab key does not reach %q in the palette: %v", want, inside)
			}
		}
		tb.run(t, press(kb.Escape))
		tb.until(t, paletteShut)
		if !ask[bool](t, tb, "document.activeElement === from") {
			t.Error("from another place of the palette Escape does not give back the focus")
		}
		tb.run(t, chromedp.Evaluate[chromedp.Void]("scrollTo(0, 0)"))
		tb.silent(t)
	}
}
