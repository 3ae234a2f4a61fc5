package browser

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"debrief/internal/search"
	"debrief/internal/tree"
)

// queries are asked of both readers: titles, symptoms, an error, words in other
// forms, words that do not occur, stop words, odd input.
var queries = []string{
	"anchor", "anchors", "relocalisation after key rotation", "boot loop", "Firmware 14.2.0 leaves headsets in a boot loop",
	"signing chain expired", "expired certificate", "frame pacing nausea", "mirror", "mirrored wall tracking", "session server overloaded launch",
	"the", "the anchor", "INC-2026-014", "inc 2025 031", "not located", "retries", "retry storm", "rollback", "rollbacks", "headset's",
	"kafka", "kafka anchor", "anchor kafka zookeeper", "guardian boundary", "passthrough", "drift", "motion-to-photon latency",
	"what went well", "action items", "2026-04-01", "platform-anchors", "SEV1", "runtime asset-cdn", "ANCHOR ROTATION", "  anchor   ", "anchor anchor anchors",
	"<b>anchor</b>", "\"anchor\" AND (rotation)", "Größe 温度", "a", "14.2.0", "reproject", "headset", "certification", "relocali", "mirro", "firmwares", "boots", "boot", "boo", "reprojections", "blame", "executive", "timeline",
}

// TestOneOrder asks the terminal's reader and the search page the same
// questions. Both must show the same pages in the same order; parity_test.go
// compares all else.
func TestOneOrder(t *testing.T) {
	c, _ := starter(t)
	s, home := publish(t, c)
	base, err := s.Search()
	if err != nil {
		t.Fatal(err)
	}
	tb := open(t, 1280)
	tb.visit(t, home, "")
	found := 0
	for _, q := range queries {
		answer, err := base.Ask(q)
		if err != nil {
			t.Fatal(err)
		}
		want := urlsOf(t, base, answer.Hits[:min(10, len(answer.Hits))])
		tb.asks(t, q)
		got := tb.hits(t)
		if !slices.Equal(got, want) {
			t.Errorf("%q:\nbrowser  %q\nterminal %q", q, got, want)
		}
		count := tb.text(t, "#search-count")
		for _, missing := range answer.Without {
			if !strings.Contains(count, missing) {
				t.Errorf("%q: %q does not say that %q is missing", q, count, missing)
			}
		}
		found += len(want)
	}
	if found < 100 {
		t.Errorf("the queries found %d pages in all, so they test little", found)
	}
	tb.silent(t)
}

// urlsOf are the addresses of pages that were found.
func urlsOf(t *testing.T, base *search.Base, hits []search.Hit) []string {
	t.Helper()
	var urls []string
	for _, h := range hits {
		c, err := base.Card(h)
		if err != nil {
			t.Fatal(err)
		}
		urls = append(urls, c.URL)
	}
	return urls
}

// TestSearchPage types a query on another page, on a narrow screen, and goes from
// the palette to all results, where the words found are marked, other forms of
// them too, to a page and back.
func TestSearchPage(t *testing.T) {
	c, _ := starter(t)
	s, home := publish(t, c)
	tb := open(t, 360)
	tb.run(t, chromedp.Navigate(home+"glossary/drift/"), press("/key rotations"))
	tb.paletteSays(t, found(t, searchOf(t, s), "key rotations"))
	tb.click(t, ".palette-foot a")
	tb.answered(t, "key rotations")
	first := ask[string](t, tb, "document.querySelector('.hit-title').textContent")
	if first != "Anchors not found after a key rotation" {
		t.Errorf("the first hit is %q", first)
	}
	marks := ask[[]string](t, tb, "[...document.querySelectorAll('.hit mark')].map(m => m.textContent.toLowerCase())")
	if !slices.Contains(marks, "rotation") {
		t.Errorf("a query for \"rotations\" marks %q, not \"rotation\"", marks)
	}
	address := ask[string](t, tb, "location.search")
	if address != "?q=key+rotations" {
		t.Errorf("the address holds %q", address)
	}
	tb.run(t, chromedp.Click(chromedp.CSS(".hit-title")))
	tb.until(t, "location.pathname === '/kb/incidents/inc-2026-014/' && document.readyState === 'complete'")
	tb.do(t, "history.back()")
	tb.answered(t, "key rotations")
	tb.silent(t)
}

// hostile is a page whose every word wants to become a script.
const hostile = "---\nid: <img src=x onerror=alert(1)>\ntitle: '</title><img src=x onerror=document.title=\"PWNED\">'\n" +
	"services: ['<svg onload=alert(1)>']\nseverity: '\"><script>alert(1)</script>'\nstarted: 2026-01-01\n" +
	"summary: 'xyzzy <img src=x onerror=alert(2)>'\nactions: [{title: 'xyzzy <script>alert(3)</script>'}]\n---\n\n" +
	"## <script>document.title='PWNED'</script>\n\nxyzzy <img src=x onerror=\"document.title='PWNED'\"> &lt;img src=x onerror=alert(1)&gt;\n\n" +
	"## location\n\n## currentScript\n\n## __proto__\n"

// TestHostileText finds such a page and reads it. No script of its runs.
func TestHostileText(t *testing.T) {
	content, err := tree.New([]tree.File{tree.NewFile("incidents/x.md", []byte(hostile))})
	if err != nil {
		t.Fatal(err)
	}
	s, home := publish(t, content)
	tb := open(t, 1280)
	for _, p := range []string{"", "incidents/", strings.TrimPrefix(s.Pages.URL(s.Pages.Incidents[0].Address), "/kb/"), "search/?q=xyzzy", "search/?q=" + url.QueryEscape(`<img src=x onerror="document.title='PWNED'">`)} {
		tb.run(t, chromedp.Navigate(home+p), chromedp.WaitReady(chromedp.CSS("main")))
		if strings.HasPrefix(p, "search") {
			tb.until(t, "document.getElementById('search-status').textContent !== ''")
		}
		if title := ask[string](t, tb, "document.title"); strings.HasPrefix(title, "PWNED") {
			t.Errorf("%s: a script of the page ran", p)
		}
		if n := ask[int](t, tb, "document.querySelectorAll('main img, main script, main svg[onload]').length"); n > 0 {
			t.Errorf("%s: %d elements were made out of text", p, n)
		}
	}
	tb.silent(t)
}

// TestSearchFails takes away the shards: the reader is told, and is led to the
// lists of all incidents.
func TestSearchFails(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home+"search/"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.run(t, chromedp.Evaluate[chromedp.Void](`document.getElementById("search").dataset.index = "/kb/search/none.json"`))
	tb.run(t, chromedp.SendKeys(chromedp.CSS("main input[name=q]"), "anchor"+kb.Enter))
	tb.until(t, "document.getElementById('search-status').textContent.includes('cannot be loaded')")
	if hidden := ask[bool](t, tb, "document.getElementById('search-browse').hidden"); hidden {
		t.Error("the lists by year are hidden")
	}
	if fmt.Sprint(tb.heard()) == "[]" {
		t.Error("the browser did not complain about the missing file, so the test tests nothing")
	}
}

// TestNarrowingFails takes away what the results can do without: they are there,
// and can be narrowed by what is left.
func TestNarrowingFails(t *testing.T) {
	c, _ := starter(t)
	_, dir := publishTo(t, c)
	h := &host{files: http.FileServer(http.Dir(dir)), asked: map[string]int{}}
	h.set(func(path string, w http.ResponseWriter) bool {
		if strings.Contains(path, "/search/field/") || strings.HasSuffix(path, "/search/names.json") {
			http.Error(w, "gone", http.StatusServiceUnavailable)
			return true
		}
		return false
	})
	tb := open(t, 1280)
	home := serve(t, h) + "/kb/"
	tb.visit(t, home, "")
	tb.types(t, "anchor")
	if tb.count(t, ".hit") == 0 {
		t.Error("there are no results")
	}
	if said := tb.texts(t, "#search-facets p"); len(said) != 1 || !strings.Contains(said[0], "field/service.bin") {
		t.Errorf("in the place of the filters it says %q", said)
	}
	if got := tb.texts(t, "#search-facets legend"); !slices.Contains(got, "Year") {
		t.Errorf("without that file it can be narrowed by %q only", got)
	}
	h.set(nil)
	tb.asks(t, "headset")
	if !tb.visible(t, "#search-facets fieldset") {
		t.Error("the next search cannot be narrowed either")
	}
}

// TestNarrowingUnseen is that of a phone, where the filters are behind a button:
// what is needed for them only is not fetched before they are in sight.
func TestNarrowingUnseen(t *testing.T) {
	c, _ := starter(t)
	_, dir := publishTo(t, c)
	h := &host{files: http.FileServer(http.Dir(dir)), asked: map[string]int{}}
	asked := func() int {
		h.mu.Lock()
		defer h.mu.Unlock()
		n := 0
		for path, times := range h.asked {
			if strings.Contains(path, "/search/field/") {
				n += times
			}
		}
		return n
	}
	tb := open(t, 360)
	home := serve(t, h) + "/kb/"
	tb.visit(t, home, "anchor")
	tb.asks(t, "headset")
	if n := asked(); n > 0 {
		t.Errorf("it was fetched %d times while nobody could see it", n)
	}
	tb.do(t, `document.querySelector(".facets-toggle summary").click()`)
	tb.until(t, `[...document.querySelectorAll("#search-facets legend")].some((e) => e.textContent === "Service")`)
	if n := asked(); n != 1 {
		t.Errorf("%d files were fetched for one group", n)
	}
	tb.do(t, `document.getElementById("search-facets").scrollIntoView({ block: "end" })`)
	tb.until(t, `[...document.querySelectorAll("#search-facets legend")].some((e) => e.textContent === "Contributing factor")`)
	if n := asked(); n != 2 {
		t.Errorf("%d files were fetched for two groups", n)
	}
	tb.asks(t, "anchor")
	if !tb.visible(t, "#search-facets fieldset") {
		t.Error("the next search has no filters")
	}
	if n := asked(); n != 2 {
		t.Errorf("two files were fetched %d times in all", n)
	}
	tb.silent(t)
}

// TestNarrowingAnew publishes the site anew between the results and what they can
// be narrowed by, which is then of the new site.
func TestNarrowingAnew(t *testing.T) {
	c, _ := starter(t)
	_, first := publishTo(t, c)
	_, second := publishTo(t, treeFrom(t, append(slices.Clone(c.Files()), fileOf("a-first.md", "---\ntitle: A page more\n---\n"))))
	var now atomic.Pointer[string]
	now.Store(&first)
	tb := open(t, 360)
	home := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.FileServer(http.Dir(*now.Load())).ServeHTTP(w, r)
	})) + "/kb/"
	tb.visit(t, home, "anchor")
	now.Store(&second)
	tb.do(t, `document.querySelector(".facets-toggle summary").click()`)
	tb.until(t, `[...document.querySelectorAll("#search-facets :is(legend, p)")].some((e) => e.textContent === "Service" || e.matches("p"))`)
	if said := tb.texts(t, "#search-facets p"); len(said) > 0 {
		t.Errorf("after the site was published anew it says %q", said)
	}
	tb.silent(t)
}

// TestNarrowingOneResult has a filter on: what else the field can be is offered,
// even where there is one result or none, and the other fields are not there yet.
func TestNarrowingOneResult(t *testing.T) {
	tb, _, home := starterSearch(t)
	for _, q := range []string{"mirrored factor:missing-alert", "before:2000 factor:missing-alert"} {
		tb.visit(t, home, q)
		if n := tb.total(t); n > 1 {
			t.Fatalf("%q finds %d pages, so it tests nothing", q, n)
		}
		tb.until(t, settled)
		if !tb.visible(t, `#search-facets [data-key^="factor:"]:checked`) {
			t.Errorf("%q: the filter is not among those offered", q)
		}
	}
}
