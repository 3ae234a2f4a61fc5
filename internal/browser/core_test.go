package browser

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// What only the browser's reader has: changes of a query by clicks, suggestions,
// and the fetching of files.

// inCore is the beginning of a function that uses the reader.
const inCore = `const { Base } = await import("/core/base.js"); const { marked, passage } = await import("/core/excerpt.js"); const open = () => Base.open("/kb/search/index.json");`

// TestToggle switches filters in the text of a query.
func TestToggle(t *testing.T) {
	c, _ := starter(t)
	_, tb := core(t, c)
	tests := [][4]string{
		{"", "service", "runtime", "service:runtime "},
		{"anchor", "service", "runtime", "service:runtime anchor"},
		{"anchor ", "service", "Anchor API", `service:"Anchor API" anchor `},
		{"service:runtime anchor", "service", "runtime", "anchor"},
		{"anchor  service:runtime", "service", "runtime", "anchor"},
		{"anchor service:runtime drift", "service", "runtime", "anchor drift"},
		{"anchor service:runtime drift ", "service", "session", "anchor service:runtime,session drift "},
		{"service:runtime,session", "service", "runtime", "service:session"},
		{"service:Runtime sev:SEV1", "service", "runtime", "sev:SEV1"},
		{"services:\"Anchor API\",x y", "service", "anchor-api", "services:x y"},
		{"sev:SEV1", "severity", "SEV2", "sev:SEV1,SEV2"},
		{"-service:runtime", "service", "runtime", "service:runtime -service:runtime"},
		{"anchor", "kind", "incident", "is:incident anchor"},
		{"is:incident anchor", "kind", "incident", "anchor"},
		{"\"service:runtime\"", "service", "runtime", "service:runtime \"service:runtime\""},
		{"\"key ro", "year", "2026", "year:2026 \"key ro"},
		{"service:a service:a,b c", "service", "a", "service:b c"},
		{"x", "service", `a, "b"`, `service:"a,  b" x`},
		{"“key” service:runtime", "service", "runtime", "“key”"},
		{"anchor\nservice:runtime\ndrift", "service", "runtime", "service:runtime anchor\nservice:runtime\ndrift"}, // pasted, so it was no filter
		{"service:runtime anchor\nservice:runtime\ndrift", "service", "runtime", "anchor\nservice:runtime\ndrift"},
	}
	got := promised[[]string](t, tb, "async (tests) => {"+inCore+` const base = await open(); return tests.map(([text, field, value]) => base.toggle(text, field, value)); }`, tests)
	for i, test := range tests {
		if got[i] != test[3] {
			t.Errorf("toggle(%q, %q, %q) is %q, want %q", test[0], test[1], test[2], got[i], test[3])
		}
	}
	spans := [][4]string{
		{"anchor", "2026-01-01", "2026-03-31", "after:2026-01-01 before:2026-04-01 anchor"},
		{"anchor year:2025 drift", "2026-01-01", "", "anchor after:2026-01-01 drift"},
		{"after:2025 anchor before:2026-02", "", "2026-12-31", "before:2027-01-01 anchor"},
		{"after:2025 anchor before:2026-02", "", "", "anchor"},
		{"anchor", "", "", "anchor"},
		{"anchor", "9998", "9999", "after:9998-01-01 anchor"}, // no year after it can be written
		{"-year:2025 anchor", "2026-02", "2026-02", "after:2026-02-01 before:2026-03-01 -year:2025 anchor"},
	}
	got = promised[[]string](t, tb, "async (tests) => {"+inCore+` const base = await open(); return tests.map(([text, from, to]) => base.span(text, from, to)); }`, spans)
	for i, test := range spans {
		if got[i] != test[3] {
			t.Errorf("span(%q, %q, %q) is %q, want %q", test[0], test[1], test[2], got[i], test[3])
		}
	}
	// What a facet promises is what choosing it brings.
	if wrong := promised[[]string](t, tb, "async (queries) => {"+inCore+` const base = await open(); const wrong = [];
		for (const q of queries) for (const { field, values } of await (await base.ask(q)).facets()) for (const { value, n, on } of values) {
			if (values.some((v) => v.on)) continue;
			const chosen = await base.ask(base.toggle(q, field, value));
			if (chosen.total !== n) wrong.push(q + " " + field + ":" + value + " " + n + " " + chosen.total);
			const back = base.toggle(chosen.text, field, value);
			if (back.trim() !== q.trim()) wrong.push(q + " became " + back);
		}
		return wrong; }`, []string{"anchor", "key rot", "boot ", "\"key rotation\"", "-anchor headset", "service:runtime", "after:2026-02"}); len(wrong) > 0 {
		t.Errorf("facets promise what does not come: %q", wrong)
	}
	tb.silent(t)
}

// TestSuggestions suggests services, tags and terms for the word being typed, and
// values for a filter.
func TestSuggestions(t *testing.T) {
	c, _ := starter(t)
	_, tb := core(t, c)
	tests := []struct{ query, want string }{
		{"expired anchor-a", "service:anchor-api>expired service:anchor-api "},
		{"sess", "service:session-server>service:session-server "},
		{"server", "service:session-server>service:session-server "},
		{"service:anch", "service:anchor-api>service:anchor-api "},
		{"x service:runtime,anch", "service:anchor-api>x service:runtime,anchor-api "},
		{"motion", "term:Motion-to-photon latency>/kb/glossary/motion-to-photon-latency/"},
		{"photon", "term:Motion-to-photon latency>/kb/glossary/motion-to-photon-latency/"},
		{"sess ", ""}, {"s", ""}, {"", ""}, {"-sess", ""}, {"\"sess", ""}, {"wibble:sess", ""}, {"a\nsess", ""},
	}
	var queries []string
	for _, test := range tests {
		queries = append(queries, test.query)
	}
	got := promised[[][]string](t, tb, "async (queries) => {"+inCore+` const base = await open(); const list = [];
		for (const q of queries) list.push((await base.suggest(q)).map((s) => s.field + ":" + s.name + ">" + (s.text ?? s.url)));
		return list; }`, queries)
	for i, test := range tests {
		if test.want == "" && len(got[i]) > 0 || test.want != "" && !slices.Contains(got[i], test.want) || len(got[i]) > 6 {
			t.Errorf("%q suggests %q, want %q", test.query, got[i], test.want)
		}
	}
	// The range of days.
	ranges := []struct{ query, want string }{
		{"anchor", "null"}, {"-year:2026", "null"}, {"year:2026", `{"from":"2026-01-01","to":"2026-12-31"}`}, {"after:2026-02", `{"from":"2026-02-01","to":""}`},
		{"before:2026-02 after:2025-06", `{"from":"2025-06-01","to":"2026-01-31"}`}, {"year:2025,2026 before:2026-02-02", `{"from":"2025-01-01","to":"2026-02-01"}`},
	}
	queries = nil
	for _, test := range ranges {
		queries = append(queries, test.query)
	}
	said := promised[[]string](t, tb, "async (queries) => {"+inCore+` const base = await open(); const list = [];
		for (const q of queries) list.push(JSON.stringify((await base.ask(q)).range));
		return list; }`, queries)
	for i, test := range ranges {
		if said[i] != test.want {
			t.Errorf("the range of %q is %s, want %s", test.query, said[i], test.want)
		}
	}
	tb.silent(t)
}

// host is a file server that counts, and that can be told to fail.
type host struct {
	files http.Handler
	mu    sync.Mutex
	asked map[string]int // by path
	serve func(path string, w http.ResponseWriter) bool
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.asked[r.URL.Path]++
	serve := h.serve
	h.mu.Unlock()
	if serve == nil || !serve(r.URL.Path, w) {
		h.files.ServeHTTP(w, r)
	}
}

// set tells the host to serve some paths otherwise, and forgets what was asked.
func (h *host) set(serve func(path string, w http.ResponseWriter) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.serve, h.asked = serve, map[string]int{}
}

// TestFetching looks at what the reader fetches: nothing twice, a file that
// failed again, all of it again when the site was published anew.
func TestFetching(t *testing.T) {
	c, _ := starter(t)
	_, first := publishTo(t, c)
	// The second generation: one page more, so that all numbers are others.
	files := slices.Clone(c.Files())
	files = append(files, fileOf("a-first.md", "---\ntitle: About anchors and rotations\n---\n\nA page that comes before all others.\n"))
	_, second := publishTo(t, treeFrom(t, files))
	h := &host{files: http.FileServer(http.Dir(first)), asked: map[string]int{}}
	mux := coreMux(t)
	mux.Handle("/kb/", h)
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(serve(t, mux)))

	promised[int](t, tb, "async () => {"+inCore+` globalThis.base = await open(); const a = await base.ask("anchors certifcate \"key rotation\""); for (const h of a.hits) await base.card(h); 
		await base.ask("anchors certifcate \"key rotation\""); return a.total; }`)
	for path, n := range h.asked {
		if n > 1 {
			t.Errorf("%s was fetched %d times", path, n)
		}
	}

	// A shard that fails is asked for again by the next query.
	h.set(func(path string, w http.ResponseWriter) bool {
		if strings.Contains(path, "/shard/") {
			http.Error(w, "no", http.StatusServiceUnavailable)
			return true
		}
		return false
	})
	try := "async (q) => {" + inCore + ` globalThis.base = globalThis.again ?? await open(); globalThis.again = base; try { return String((await base.ask(q)).total); } catch (error) { return error.message; } }`
	if got := promised[string](t, tb, try, "drift"); !strings.Contains(got, "shard/") || !strings.Contains(got, "503") {
		t.Errorf("without shards a query says %q", got)
	}
	h.set(nil)
	if got := promised[string](t, tb, try, "drift"); got == "0" || strings.Contains(got, "shard") {
		t.Errorf("after a failure the next query says %q", got)
	}

	// Damaged files are refused with a plain message. The browser has kept the
	// good ones, so they get another address.
	for _, damage := range []struct {
		file string
		data string
	}{
		{"shard/0.bin", "DS3nonsense"}, {"shard/0.bin", "\x1f\x8bnonsense"}, {"shard/0.bin", ""}, {"facets.bin", "DF4nonsense"}, {"facets.bin", "null"}, {"field/service.bin", "DF4nonsense"}, {"index.json", "{\"version\":5}"}, {"index.json", "nonsense"},
		{"spelling/0.bin", "DW"}, {"spelling.json", "["}, {"heads.json", "]"},
	} {
		h.set(func(path string, w http.ResponseWriter) bool {
			if strings.HasSuffix(path, "/search/"+damage.file) {
				fmt.Fprint(w, damage.data)
				return true
			}
			return false
		})
		got := promised[string](t, tb, "async () => {"+inCore+` const plain = fetch; globalThis.fetch = (url, o) => plain(url, { ...o, cache: "no-store" });
			try { const base = await open(); for (const q of [base.meta.shards[0], "an", "abcdefghij"]) await (await base.ask(q)).facets(); return "nothing"; } catch (error) { return error.message; } finally { globalThis.fetch = plain; } }`)
		if !strings.Contains(got, damage.file) || !strings.Contains(got, "damaged") && !strings.Contains(got, "anew") {
			t.Errorf("a damaged %s says %q", damage.file, got)
		}
	}

	// The site is published anew between a query and its cards, and between two queries.
	h.set(nil)
	before := promised[string](t, tb, "async () => {"+inCore+` globalThis.base = await open(); globalThis.answer = await base.ask("boot loop"); return (await base.card(answer.hits[0])).title; }`)
	if err := os.Rename(filepath.Join(first, "kb"), filepath.Join(first, "old")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(second, "kb"), filepath.Join(first, "kb")); err != nil {
		t.Fatal(err)
	}
	got := promised[[]string](t, tb, "async () => {"+inCore+` const titles = []; for (const hit of answer.hits) titles.push((await base.card(hit)).title); const a = await base.ask("rotation anchors"); titles.push((await base.card(a.hits[0])).title);
		const b = await (await open()).ask("rotation anchors"); return [...titles, a.hits.map((h) => h.doc).join(), b.hits.map((h) => h.doc).join()]; }`)
	if n := len(got); got[0] != before || got[n-1] != got[n-2] {
		t.Errorf("after the site was published anew: %q, before: %q", got, before)
	}
	for _, title := range got {
		if title == "" {
			t.Errorf("a card has no title: %q", got)
		}
	}
}
