// Package browser tests what a reader sees: the built site on a plain file
// server and the live preview, in a real Chromium.
package browser

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"debrief/content"
	"debrief/internal/build"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/layouts"
)

// chromium is the browser, which all tests share.
var chromium context.Context

func TestMain(m *testing.M) {
	path, err := findChromium()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	dir, err := os.MkdirTemp("", "debrief-chromium-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.WindowSize(1280, 900),
		chromedp.Flag("headless", true), chromedp.Flag("no-sandbox", true), chromedp.Flag("disable-gpu", true),
		chromedp.Flag("no-first-run", true), chromedp.Flag("no-default-browser-check", true),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.WSURLReadTimeout(time.Minute),
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	var cancel context.CancelFunc
	chromium, cancel = chromedp.NewContext(allocator)
	if err := chromedp.Do(chromium); err != nil {
		fmt.Fprintln(os.Stderr, "chromium does not start:", err)
		os.Exit(1)
	}
	code := m.Run()
	cancel()
	stop()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// findChromium looks where distributions put it, and where CHROMIUM says.
func findChromium() (string, error) {
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if name == "" {
			continue
		}
		if p, err := exec.LookPath(name); err == nil {
			return p, nil
		}
	}
	return "", fmt.Errorf("these tests need Chromium and find none; run them with: bash .ci/test, which installs it, or set CHROMIUM to its path")
}

// tab is a page of the browser that notes every complaint of it.
type tab struct {
	context.Context
	mu         sync.Mutex
	complaints []string
}

// open makes a new tab of a width in CSS pixels.
func open(t *testing.T, width int64) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(chromium)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, cancelTime := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancelTime)
	tb := &tab{Context: ctx}
	tb.run(t, chromedp.Func(tb.listen), chromedp.EmulateViewport(width, 900))
	return tb
}

// violations is a script that complains of what a Content-Security-Policy refuses.
const violations = `addEventListener("securitypolicyviolation", (e) => console.error("policy: " + e.violatedDirective + " refuses " + e.blockedURI + " " + e.sample))`

// listen notes the complaints of the page from now on.
func (tb *tab) listen(ctx context.Context, target *chromedp.Target) error {
	if _, err := cdp.Call(ctx, target, runtime.Enable, cdp.Empty{}); err != nil {
		return err
	}
	exceptions := cdp.Events(tb.Context, target, runtime.ExceptionThrown)
	calls := cdp.Events(tb.Context, target, runtime.ConsoleAPICalled)
	entries := cdp.Events(tb.Context, target, log.EntryAdded)
	if _, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: violations}); err != nil {
		return err
	}
	go func() {
		for e, err := range exceptions {
			if err == nil {
				tb.note("exception: " + e.ExceptionDetails.Text)
			}
		}
	}()
	go func() {
		for e, err := range calls {
			if err == nil && (e.Type == "error" || e.Type == "warning") && len(e.Args) > 0 {
				tb.note(fmt.Sprintf("console: %s", e.Args[0].Value))
			}
		}
	}()
	go func() {
		for e, err := range entries {
			if err == nil && (e.Entry.Level == "error" || e.Entry.Level == "warning") {
				tb.note("log: " + e.Entry.Text + " " + fmt.Sprint(e.Entry.URL))
			}
		}
	}()
	_, err := cdp.Call(ctx, target, log.Enable, cdp.Empty{})
	return err
}

func (tb *tab) note(text string) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	tb.complaints = append(tb.complaints, text)
}

func (tb *tab) run(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tb, actions...); err != nil {
		t.Fatalf("%v (complaints of the page: %q)", err, tb.heard())
	}
}

// ask evaluates an expression in the page.
func ask[V any](t *testing.T, tb *tab, expression string) V {
	t.Helper()
	v, err := chromedp.Run(tb, chromedp.Evaluate[V](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to become true, on this page or on one that
// takes its place meanwhile.
func (tb *tab) until(t *testing.T, expression string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		yes, err := chromedp.Run(tb, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if yes && err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("never true: %s: %v (complaints of the page: %q)", expression, err, tb.heard())
		}
	}
}

func (tb *tab) heard() []string {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	return append([]string(nil), tb.complaints...)
}

// silent fails the test when the page has complained about anything, as it
// does when a Content-Security-Policy is broken.
func (tb *tab) silent(t *testing.T) {
	t.Helper()
	for _, c := range tb.heard() {
		t.Errorf("the page complains: %s", c)
	}
}

// emulate sends a command of the protocol that returns nothing.
func emulate[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// starter returns the files of the starter site.
func starter(t *testing.T) (contentTree, theme tree.Tree) {
	t.Helper()
	c, err := tree.FromFS(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tree.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c, l
}

// policy is stricter than the one in the pages: a host may send it as a header.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// publish builds a site under /kb/ and puts it on a plain file server. It
// returns the site and the address of its home page.
func publish(t *testing.T, contentTree tree.Tree) (*build.Site, string) {
	t.Helper()
	s, dir := publishTo(t, contentTree)
	return s, serve(t, http.FileServer(http.Dir(dir))) + "/kb/"
}

// publishTo builds a site and returns it and the folder that it was written to,
// which has it under kb.
func publishTo(t *testing.T, contentTree tree.Tree) (*build.Site, string) {
	t.Helper()
	_, theme := starter(t)
	base, err := parse.BaseURL("https://kb.example.org/kb/")
	if err != nil {
		t.Fatal(err)
	}
	b := build.New()
	t.Cleanup(func() { b.Close() })
	s := b.Build(build.Input{Content: contentTree, Layouts: theme, BaseURL: base,
		Options: site.Options{Today: kb.Date{Year: 2026, Month: 11, Day: 23}}})
	dir := t.TempDir()
	if _, err := s.Publish(filepath.Join(dir, "kb"), nil); err != nil {
		t.Fatal(err)
	}
	return s, dir
}

// serve starts a server under the strict policy and returns its address.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// pageOf gives one address of each kind of page, under the home page.
var pageOf = []string{
	"", "incidents/", "incidents/inc-2026-014/", "services/", "services/runtime/", "severities/sev1/", "years/2026/",
	"start-here/", "on-this-day/", "on-this-day/03-12/", "for-programs/",
	"insights/", "insights/2026/", "insights/services/", "insights/services/runtime/",
	"incidents/inc-2026-014/run-sheet/", "playbook/practice/", "playbook/situations/blame/",
	"playbook/", "playbook/understanding-the-stakes/", "glossary/", "glossary/drift/", "about/", "search/", "404.html",
}

// TestEveryKindOfPage opens each kind of page wide and narrow, under a strict
// policy: nothing is refused, nothing sticks out.
func TestEveryKindOfPage(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	for _, width := range []int64{1280, 360} {
		tb := open(t, width)
		for _, p := range pageOf {
			tb.run(t, chromedp.Navigate(home+p), chromedp.WaitReady(chromedp.CSS("main")))
			if over := ask[int](t, tb, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%q is %d px too wide at %d px", p, over, width)
			}
			if n := ask[int](t, tb, "document.querySelectorAll('h1').length"); n != 1 {
				t.Errorf("%q has %d h1", p, n)
			}
			if bad := ask[[]string](t, tb, "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"); len(bad) > 0 {
				t.Errorf("%q has broken pictures: %v", p, bad)
			}
		}
		tb.silent(t)
	}
}

// TestComplaintsAreHeard breaks the policy, so that the silence of the other tests
// means something.
func TestComplaintsAreHeard(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home), chromedp.Evaluate[chromedp.Void](`document.body.setAttribute("style", "color: red")`))
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		heard := fmt.Sprint(tb.heard())
		if strings.Contains(heard, "policy: style-src-attr") && strings.Contains(heard, "log: ") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("a style that the policy refuses is answered with %s", heard)
		}
	}
}

// TestThemeChoice changes the theme by its button and finds it again on the
// next page.
func TestThemeChoice(t *testing.T) {
	c, _ := starter(t)
	_, home := publish(t, c)
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home), emulate(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}}))
	before := ask[string](t, tb, "getComputedStyle(document.body).backgroundColor")
	for range 3 { // auto, light, dark in some order
		tb.run(t, chromedp.Click(chromedp.CSS("header button.theme")))
		if ask[string](t, tb, "document.documentElement.dataset.theme || ''") == "dark" {
			break
		}
	}
	dark := ask[string](t, tb, "getComputedStyle(document.body).backgroundColor")
	if dark == before {
		t.Fatalf("the dark theme looks like the light one: %s", dark)
	}
	tb.run(t, chromedp.Navigate(home+"glossary/"))
	if now := ask[string](t, tb, "getComputedStyle(document.body).backgroundColor"); now != dark {
		t.Errorf("the choice is lost on the next page: %s, not %s", now, dark)
	}
	tb.silent(t)
}
