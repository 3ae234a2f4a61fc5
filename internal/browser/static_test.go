package browser

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"debrief/internal/build"
	debrief "debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
)

// What a plain file server is asked for, where the site is in a folder of a host
// that has other things too.

// under is where these sites are.
const (
	under = "/team/kb/"
	icon  = under + "assets/favicon"
)

// sent is what a file server sent for a path.
type sent struct {
	status int
	bytes  int
	times  int
}

// plainHost is a file server that packs texts, as hosts do, and counts.
type plainHost struct {
	files http.Handler
	mu    sync.Mutex
	sent  map[string]sent
}

func (h *plainHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := httptest.NewRecorder()
	h.files.ServeHTTP(answer, r)
	body := answer.Body.Bytes()
	kind := path.Ext(r.URL.Path)
	if answer.Code == http.StatusOK && (strings.HasSuffix(r.URL.Path, "/") || slices.Contains([]string{".html", ".css", ".js", ".json"}, kind)) {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write(body) // to memory: does not fail
		_ = z.Close()
		body = packed.Bytes()
		answer.Header().Set("Content-Encoding", "gzip")
	}
	h.mu.Lock()
	one := h.sent[r.URL.Path]
	h.sent[r.URL.Path] = sent{answer.Code, one.bytes + len(body), one.times + 1}
	h.mu.Unlock()
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(answer.Code)
	_, _ = w.Write(body) // the browser may be gone
}

// since returns what was sent after an earlier look, by path under the site's
// folder, and its bytes in all. The icon is left out: a browser asks for it when
// it likes.
func (h *plainHost) since(before map[string]sent) (paths []string, bytes int) {
	for p, s := range h.all() {
		if s.times > before[p].times && !strings.HasPrefix(p, icon) {
			paths = append(paths, strings.TrimPrefix(p, under))
			bytes += s.bytes - before[p].bytes
		}
	}
	slices.Sort(paths)
	return paths, bytes
}

func (h *plainHost) all() map[string]sent {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := map[string]sent{}
	for p, s := range h.sent {
		all[p] = s
	}
	return all
}

// sound fails the test where a file was asked for twice or was not there. The icon
// is the browser's business: Chromium asks whether it has changed whenever the
// address has.
func (h *plainHost) sound(t *testing.T) {
	t.Helper()
	for p, s := range h.all() {
		if strings.HasPrefix(p, icon) && s.status == http.StatusNotModified {
			continue
		}
		if s.times > 1 || s.status != http.StatusOK || !strings.HasPrefix(p, under) {
			t.Errorf("%s was asked for %d times, with status %d", p, s.times, s.status)
		}
	}
}

// hosted publishes the starter site under a folder of a new host.
func hosted(t *testing.T) (h *plainHost, s *build.Site, home string) {
	t.Helper()
	c, theme := starter(t)
	h = &plainHost{sent: map[string]sent{}}
	home = serve(t, h) + under
	base, err := parse.BaseURL(home)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s = siteOf(t, c, theme, base)
	if _, err := s.Publish(dir, nil); err != nil {
		t.Fatal(err)
	}
	h.files = http.StripPrefix(strings.TrimSuffix(under, "/"), http.FileServer(http.Dir(dir)))
	return h, s, home
}

// siteOf puts a site together for an address.
func siteOf(t *testing.T, c, theme tree.Tree, base *url.URL) *build.Site {
	t.Helper()
	b := build.New()
	t.Cleanup(func() { b.Close() })
	return b.Build(build.Input{Content: c, Layouts: theme, BaseURL: base, Options: site.Options{Today: debrief.Date{Year: 2026, Month: 11, Day: 23}}})
}

// asked collects the addresses that a tab asks for from now on.
func asked(t *testing.T, tb *tab) func() []string {
	t.Helper()
	var mu sync.Mutex
	var list []string
	tb.run(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		events := cdp.Events(tb.Context, target, network.RequestWillBeSent)
		go func() {
			for e, err := range events {
				if err == nil {
					mu.Lock()
					list = append(list, e.Request.URL)
					mu.Unlock()
				}
			}
		}()
		_, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{})
		return err
	}))
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(list)
	}
}

// stays fails the test where a request left the host.
func stays(t *testing.T, home string, asked []string) {
	t.Helper()
	if len(asked) == 0 {
		t.Error("no request was seen, so the test tests nothing")
	}
	for _, u := range asked {
		if !strings.HasPrefix(u, home) && !strings.HasPrefix(u, "data:") {
			t.Errorf("%s was asked for", u)
		}
	}
}

// The bounds of what is sent for the starter site, a third above what it was in
// November 2026.
const (
	pageFiles, pageBytes       = 4, 26_000  // an incident: the page, the style sheet, the script
	firstFiles, firstBytes     = 23, 57_000 // the search page, all that it shows, and the first search
	furtherFiles, furtherBytes = 12, 15_000 // each search after that
	openFiles, openBytes       = 1, 16_000  // opening the palette: its script
	askFiles, askBytes         = 17, 21_500 // the first search in it
)

// pastes puts a text into the box of the search page all at once, so that what is
// asked for does not hang on the speed of typing.
func (tb *tab) pastes(t *testing.T, text string) {
	t.Helper()
	tb.do(t, `const box = document.querySelector("#search [name=q]"); box.focus(); box.select()`)
	tb.run(t, emulate(input.InsertText, input.InsertTextParams{Text: text}))
	tb.answered(t, text)
}

func within(t *testing.T, what string, files []string, bytes, mostFiles, mostBytes int) {
	t.Helper()
	t.Logf("%s: %d files, %d bytes: %q", what, len(files), bytes, files)
	if len(files) > mostFiles || bytes > mostBytes {
		t.Errorf("%s: %d files of %d bytes were sent, at most %d of %d are allowed: %q", what, len(files), bytes, mostFiles, mostBytes, files)
	}
}

// TestRequestsOfSearchPage counts what the first search asks for, and each
// further one: nothing twice, nothing of another host.
func TestRequestsOfSearchPage(t *testing.T) {
	h, _, home := hosted(t)
	tb := open(t, 1280)
	requests := asked(t, tb)
	tb.run(t, chromedp.Navigate(home+"search/"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.answered(t, "")
	before, bytes := h.since(nil)
	t.Logf("the search page: %d bytes", bytes)
	if slices.ContainsFunc(before, func(p string) bool { return strings.HasPrefix(p, "search/") && p != "search/" }) {
		t.Errorf("before a search, its files are asked for: %q", before)
	}
	tb.pastes(t, "session lost")
	files, bytes := h.since(nil)
	within(t, "the first search", files, bytes, firstFiles, firstBytes)
	for _, q := range []string{"expired certificate", "certifcate expird", "mirrored wall severity:SEV2", `"key rotation" -kafka`, "what went well", "session lost"} {
		before := h.all()
		tb.pastes(t, q)
		files, bytes := h.since(before)
		within(t, "a further search", files, bytes, furtherFiles, furtherBytes)
	}
	last := h.all()
	tb.pastes(t, "expired certificate")
	if files, _ := h.since(last); len(files) > 0 {
		t.Errorf("a search that was made before asks for %q", files)
	}
	h.sound(t)
	stays(t, home, requests())
	tb.silent(t)
}

// TestRequestsOfPalette counts what a page asks for, which is nothing of the
// search until the palette is opened.
func TestRequestsOfPalette(t *testing.T) {
	h, s, home := hosted(t)
	tb := open(t, 1280)
	requests := asked(t, tb)
	tb.run(t, chromedp.Navigate(home+"incidents/inc-2026-014/"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.until(t, `document.readyState === "complete" && document.documentElement.dataset.js === ""`)
	files, bytes := h.since(nil)
	within(t, "an incident", files, bytes, pageFiles, pageBytes)
	for _, p := range files {
		own := p == "incidents/inc-2026-014/" || strings.HasPrefix(p, "assets/main")
		if !own {
			t.Errorf("opening an incident asks for %s", p)
		}
	}

	shown := h.all()
	tb.run(t, press("/"))
	tb.until(t, paletteOpen)
	files, bytes = h.since(shown)
	within(t, "opening the palette", files, bytes, openFiles, openBytes)
	if slices.ContainsFunc(files, func(p string) bool { return strings.HasPrefix(p, "search/") }) {
		t.Errorf("opening the palette asks for %q", files)
	}
	opened := h.all()
	tb.run(t, emulate(input.InsertText, input.InsertTextParams{Text: "session lost"}))
	tb.paletteSays(t, found(t, searchOf(t, s), "session lost"))
	files, bytes = h.since(opened)
	within(t, "the first search in the palette", files, bytes, askFiles, askBytes)

	// Opened again, it asks for nothing again.
	again := h.all()
	tb.run(t, press(kb.Escape))
	tb.until(t, paletteShut)
	tb.run(t, press("/"))
	tb.until(t, paletteOpen)
	tb.paletteSays(t, found(t, searchOf(t, s), "session lost"))
	if files, _ := h.since(again); len(files) > 0 {
		t.Errorf("opening the palette again asks for %q", files)
	}
	h.sound(t)
	stays(t, home, requests())
	tb.silent(t)
}

// TestWithoutScript reads the search page with scripts off: it lists every
// incident by year, and all that it links to is there.
func TestWithoutScript(t *testing.T) {
	h, s, home := hosted(t)
	tb := open(t, 1280)
	tb.run(t, emulate(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
		chromedp.Navigate(home+"search/?q=anchor"), chromedp.WaitVisible(chromedp.CSS("#search-browse")))
	text, err := chromedp.Run(tb, chromedp.Text(chromedp.CSS("main")))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "Searching needs JavaScript.") {
		t.Errorf("it is not said that searching needs scripts: %q", text)
	}
	links := func(selector string) []string {
		attributes, err := chromedp.Run(tb, chromedp.AttributesAll(chromedp.CSSAll(selector)))
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, a := range attributes {
			list = append(list, a["href"])
		}
		return list
	}
	listed := links("#search-browse .browse-year li a")
	if len(s.Pages.Incidents) == 0 || len(listed) != len(s.Pages.Incidents) {
		t.Errorf("%d incidents are listed, and there are %d", len(listed), len(s.Pages.Incidents))
	}
	for _, e := range s.Pages.Incidents {
		if !slices.Contains(listed, s.Pages.URL(e.Address)) || !strings.Contains(text, e.Title) {
			t.Errorf("%s is not listed by year", e.Title)
		}
	}
	for _, year := range []string{"2026", "2025"} {
		if !slices.Contains(links("#search-browse h3 a"), under+"years/"+year+"/") {
			t.Errorf("the year %s is not linked to", year)
		}
	}
	for _, link := range links("a[href], link[href]") {
		u, err := url.Parse(home)
		if err != nil {
			t.Fatal(err)
		}
		if u, err = u.Parse(link); err != nil {
			t.Fatal(err)
		}
		if status, _ := get(t, u.String()); status != http.StatusOK {
			t.Errorf("%s is answered with %d", link, status)
		}
	}
	// The form of every other page leads here, with the query, which stays in
	// the address for a browser that can search.
	tb.run(t, chromedp.Navigate(home+"glossary/drift/"), chromedp.SendKeys(chromedp.CSS(".site-search input"), "anchor"+kb.Enter))
	tb.run(t, chromedp.WaitVisible(chromedp.CSS("#search-browse")))
	if at, err := chromedp.Run(tb, chromedp.Location()); err != nil || at != home+"search/?q=anchor" {
		t.Errorf("without scripts the form leads to %s: %v", at, err)
	}
	for p := range h.all() {
		if strings.HasPrefix(p, under+"search/") && p != under+"search/" {
			t.Errorf("without scripts %s was asked for", p)
		}
	}
	tb.silent(t)
}

func get(t *testing.T, u string) (status int, body []byte) {
	t.Helper()
	r, err := http.Get(u)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if body, err = io.ReadAll(r.Body); err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, body
}

// TestOpenSearch searches as a browser does from its address bar: each page leads
// to the description, whose template leads to results.
func TestOpenSearch(t *testing.T) {
	_, s, home := hosted(t)
	tb := open(t, 1280)
	descriptions := map[string]bool{}
	for _, p := range []string{"", "search/", "incidents/inc-2026-014/", "404.html"} {
		tb.run(t, chromedp.Navigate(home+p), chromedp.WaitReady(chromedp.CSS("main")))
		link := ask[[]string](t, tb, `[...document.head.querySelectorAll('link[rel="search"][type="application/opensearchdescription+xml"]')].flatMap((l) => [l.href, l.title])`)
		if len(link) != 2 || link[1] == "" {
			t.Fatalf("%q does not lead to one description of the search: %q", p, link)
		}
		descriptions[link[0]] = true
	}
	if len(descriptions) != 1 || !descriptions[home+"opensearch.xml"] {
		t.Fatalf("the pages lead to %v", descriptions)
	}
	status, data := get(t, home+"opensearch.xml")
	var o struct {
		XMLName   xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName string
		Image     string
		URL       []struct {
			Type     string `xml:"type,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	if err := xml.Unmarshal(data, &o); err != nil || status != http.StatusOK {
		t.Fatalf("the description is answered with %d and cannot be read: %v\n%s", status, err, data)
	}
	if o.ShortName == "" || len([]rune(o.ShortName)) > 16 || len(o.URL) != 1 || o.URL[0].Type != "text/html" || o.URL[0].Template != home+"search/?q={searchTerms}" {
		t.Errorf("the description is %+v", o)
	}
	if status, _ := get(t, o.Image); status != http.StatusOK {
		t.Errorf("its picture %s is answered with %d", o.Image, status)
	}
	query := `"key rotation" drift & more`
	tb.run(t, chromedp.Navigate(strings.Replace(o.URL[0].Template, "{searchTerms}", url.QueryEscape(query), 1)))
	tb.answered(t, query)
	if n := tb.total(t); n == 0 || n != found(t, searchOf(t, s), query) {
		t.Errorf("the template leads to %d pages", n)
	}
	tb.silent(t)
}
