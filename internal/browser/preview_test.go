package browser

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"debrief/internal/diag"
	"debrief/internal/preview"
	"debrief/internal/scaffold"
	"debrief/internal/tree"
)

// live starts a preview of the starter in a new folder, with a stylesheet of
// the site's own over the theme's.
func live(t *testing.T) (dir, url string) {
	t.Helper()
	c, theme := starter(t)
	dir = t.TempDir()
	if err := scaffold.Init(filepath.Join(dir, "content"), c); err != nil {
		t.Fatal(err)
	}
	print, _ := theme.File("assets/css/print.css")
	write(t, filepath.Join(dir, "layouts", "assets", "css", "print.css"), string(print.Data))
	content, err := tree.NewReader(filepath.Join(dir, "content"))
	if err != nil {
		t.Fatal(err)
	}
	own, err := tree.NewReader(filepath.Join(dir, "layouts"))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := preview.Listen(0, true)
	if err != nil {
		t.Fatal(err)
	}
	server, err := preview.New(preview.Folders{Content: content, Layouts: own, Theme: theme},
		preview.Settings{Now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }},
		listener, preview.Report{
			Changed:  func(time.Duration) {},
			Findings: func([]diag.Finding, func(string) []byte) {},
			Warning:  func(text string) { t.Log(text) },
		})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return dir, server.URL()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// edit replaces a text in a file, in the way of editors that write a new file
// and rename it.
func edit(t *testing.T, path, from, to string) {
	t.Helper()
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(old, []byte(from)) {
		t.Fatalf("%s does not hold %q", path, from)
	}
	temporary := path + "~"
	write(t, temporary, strings.Replace(string(old), from, to, 1))
	if err := os.Rename(temporary, path); err != nil {
		t.Fatal(err)
	}
}

// TestSaveAndSee saves a file while its page is open in the middle: the new text
// appears, the reader stays where he was, and the page is not loaded anew.
func TestSaveAndSee(t *testing.T) {
	dir, home := live(t)
	file := filepath.Join(dir, "content", "incidents", "2026", "2026-03-12-anchor-relocalisation.md")
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home+"incidents/inc-2026-014/"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.until(t, "document.documentElement.dataset.version !== undefined")
	tb.run(t, chromedp.Evaluate[chromedp.Void]("window.sameDocument = true; scrollTo(0, 700)"))
	at := ask[float64](t, tb, "scrollY")
	if at != 700 {
		t.Fatalf("the page is too short to scroll: %v", at)
	}
	edit(t, file, "## Lessons", "## Lessons\n\nA sentence that was not there.")
	tb.until(t, "document.body.textContent.includes('A sentence that was not there.')")
	if now := ask[float64](t, tb, "scrollY"); now != at {
		t.Errorf("the page was at %v and is at %v", at, now)
	}
	if !ask[bool](t, tb, "window.sameDocument === true") {
		t.Error("the page was loaded anew")
	}

	// A new tag has its page at once, and it goes with the tag.
	edit(t, file, "tags: [", "tags: [just-now, ")
	tb.until(t, "[...document.querySelectorAll('main a')].some(a => a.textContent === 'just-now')")
	other := open(t, 1280)
	other.run(t, chromedp.Navigate(home+"tags/just-now/"), chromedp.WaitReady(chromedp.CSS("main")))
	if h := ask[string](t, other, "document.querySelector('h1').textContent"); !strings.Contains(h, "just-now") {
		t.Errorf("the new tag's page is headed %q", h)
	}
	edit(t, file, "just-now, ", "")
	other.until(t, "document.body.textContent.toLowerCase().includes('not found')")
	tb.silent(t)
}

// TestStyleSwap changes a stylesheet of the site's own: the page takes it
// without being loaded anew.
func TestStyleSwap(t *testing.T) {
	dir, home := live(t)
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home), chromedp.WaitReady(chromedp.CSS("main")))
	tb.until(t, "document.documentElement.dataset.version !== undefined")
	tb.run(t, chromedp.Evaluate[chromedp.Void]("window.sameDocument = true"))
	write(t, filepath.Join(dir, "layouts", "assets", "css", "print.css"), "h1 { color: rgb(1, 2, 3) !important; }")
	tb.until(t, "getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
	tb.until(t, "document.querySelectorAll('link[rel=stylesheet]:not([href^=\"/_debrief/\"])').length === 1")
	if !ask[bool](t, tb, "window.sameDocument === true") {
		t.Error("the page was loaded anew")
	}
	tb.silent(t)
}

// TestMistake breaks a file's front matter: the page says where, the last good
// version stays up, other pages follow their files, and mending clears it all.
func TestMistake(t *testing.T) {
	dir, home := live(t)
	file := filepath.Join(dir, "content", "incidents", "2026", "2026-03-12-anchor-relocalisation.md")
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home+"incidents/inc-2026-014/"), chromedp.WaitReady(chromedp.CSS("main")))
	tb.until(t, "document.documentElement.dataset.version !== undefined")
	title := ask[string](t, tb, "document.querySelector('h1').textContent")

	edit(t, file, "severity: SEV2", "severity: [SEV2")
	tb.until(t, "document.getElementById('debrief-findings')?.textContent.includes('content/incidents/2026/2026-03-12-anchor-relocalisation.md:')")
	shown := ask[string](t, tb, "document.querySelector('#debrief-findings .where').textContent")
	if parts := strings.Split(shown, ":"); len(parts) != 3 {
		t.Errorf("the place is %q, not file:line:column", shown)
	}
	if now := ask[string](t, tb, "document.querySelector('h1').textContent"); now != title {
		t.Errorf("the page shows %q instead of its last good version", now)
	}

	edit(t, filepath.Join(dir, "content", "glossary", "drift.md"), "title: Drift", "title: Slow drift")
	other := open(t, 1280)
	other.run(t, chromedp.Navigate(home+"glossary/drift/"), chromedp.WaitReady(chromedp.CSS("main")))
	other.until(t, "document.querySelector('h1').textContent === 'Slow drift'")

	edit(t, file, "severity: [SEV2", "severity: SEV3")
	tb.until(t, "!document.getElementById('debrief-findings') && document.querySelector('.sev-3') !== null")
	tb.silent(t)
}

// TestSearchWhileWriting searches a word that was saved a moment ago.
func TestSearchWhileWriting(t *testing.T) {
	dir, home := live(t)
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(home+"search/?q=quokka"))
	tb.until(t, "document.getElementById('search-status').textContent.includes('quokka')")
	write(t, filepath.Join(dir, "content", "new", "folder", "page.md"), "# A page about a quokka\n\nIt smiles.\n")
	tb.until(t, "document.querySelector('.hit-title')?.textContent === 'A page about a quokka'")
	if err := os.RemoveAll(filepath.Join(dir, "content", "new")); err != nil {
		t.Fatal(err)
	}
	tb.until(t, "document.getElementById('search-status').textContent.startsWith('No page')")
	tb.silent(t)
}
