package preview

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"debrief/internal/build"
	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/sample"
	"debrief/internal/tree"
	"debrief/layouts"
)

// previewed is a preview of a small site in a folder.
type previewed struct {
	dir, url string
	server   *Server
	stop     func() error
}

// noon is the time of every preview in these tests that does not say otherwise.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func theme(t *testing.T) tree.Tree {
	t.Helper()
	l, err := tree.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// start makes a site of the files, by their paths in the content folder.
func start(t *testing.T, files map[string]string) *previewed {
	t.Helper()
	return startAt(t, files, func() time.Time { return noon })
}

// startAt is start with a clock.
func startAt(t *testing.T, files map[string]string, now func() time.Time) *previewed {
	t.Helper()
	p := &previewed{dir: t.TempDir()}
	if err := os.Mkdir(filepath.Join(p.dir, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		p.write(t, name, text)
	}
	content, err := tree.NewReader(filepath.Join(p.dir, "content"))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := Listen(0, true)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Folders{Content: content, Own: filepath.Join(p.dir, "layouts"), Theme: theme(t)}, Settings{Now: now}, listener, Report{
		Changed:  func(time.Duration) {},
		Findings: func([]diag.Finding, func(string) []byte) {},
		Warning:  func(string) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.url, p.server = s.URL(), s
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	stopped := false
	p.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return <-done
	}
	t.Cleanup(func() {
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func (p *previewed) path(name string) string {
	return filepath.Join(p.dir, "content", filepath.FromSlash(name))
}

func (p *previewed) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(p.path(name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p.path(name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (p *previewed) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	r, err := http.Get(p.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// until waits until a page holds a text or, when text is empty, is gone.
func (p *previewed) until(t *testing.T, path, text string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		status, body := p.get(t, path)
		if text == "" && status == http.StatusNotFound || text != "" && status == http.StatusOK && strings.Contains(body, text) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("/%s: status %d and never %q", path, status, text)
		}
	}
}

// TestSaves saves a file in the ways that editors do.
func TestSaves(t *testing.T) {
	p := start(t, map[string]string{"page.md": "# Page\n\nVersion zero.\n"})
	text := func(n int) string { return fmt.Sprintf("# Page\n\nVersion %d.\n", n) }
	file := p.path("page.md")
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	saves := []func(n int){
		func(n int) { p.write(t, "page.md", text(n)) }, // truncate and write
		func(n int) { // write a new file and rename it
			check(os.WriteFile(file+".tmp", []byte(text(n)), 0o644))
			check(os.Rename(file+".tmp", file))
		},
		func(n int) { // keep the old one as a backup, as vim does
			check(os.Rename(file, file+"~"))
			check(os.WriteFile(file, []byte(text(n)), 0o644))
			check(os.Remove(file + "~"))
		},
		func(n int) { // remove it and write it anew
			check(os.Remove(file))
			check(os.WriteFile(file, []byte(text(n)), 0o644))
		},
		func(n int) { // in pieces
			f, err := os.Create(file)
			check(err)
			for _, b := range []byte(text(n)) {
				_, err := f.Write([]byte{b})
				check(err)
			}
			check(f.Close())
		},
	}
	for round := range 3 {
		for i, save := range saves {
			n := 1 + round*len(saves) + i
			save(n)
			p.until(t, "page/", fmt.Sprintf("Version %d.", n))
		}
	}
}

// TestFolders makes, moves and removes folders while the preview runs. Events of
// files in a folder that is new are easily lost.
func TestFolders(t *testing.T) {
	p := start(t, map[string]string{"index.md": "# Home\n"})
	for i := range 20 {
		p.write(t, fmt.Sprintf("deep/%d/er/page.md", i), fmt.Sprintf("# Page %d\n", i))
	}
	for i := range 20 {
		p.until(t, fmt.Sprintf("deep/%d/er/page/", i), fmt.Sprintf("Page %d", i))
	}
	if err := os.Rename(p.path("deep"), p.path("moved")); err != nil {
		t.Fatal(err)
	}
	p.until(t, "moved/7/er/page/", "Page 7")
	p.until(t, "deep/7/er/page/", "")
	p.write(t, "moved/7/er/page.md", "# Changed\n")
	p.until(t, "moved/7/er/page/", "Changed")
	if err := os.RemoveAll(p.path("moved")); err != nil {
		t.Fatal(err)
	}
	p.until(t, "moved/7/er/page/", "")
}

// TestContentFolderReplaced puts another content folder in the place of the
// first one, as a checkout may.
func TestContentFolderReplaced(t *testing.T) {
	p := start(t, map[string]string{"page.md": "# First\n"})
	if err := os.Rename(filepath.Join(p.dir, "content"), filepath.Join(p.dir, "old")); err != nil {
		t.Fatal(err)
	}
	p.write(t, "page.md", "# Second\n")
	p.until(t, "page/", "Second")
	p.write(t, "page.md", "# Third\n")
	p.until(t, "page/", "Third")
}

// TestLayoutsOfItsOwn gives the site layouts while it is shown, breaks them, and
// takes them away.
func TestLayoutsOfItsOwn(t *testing.T) {
	p := start(t, map[string]string{"page.md": "# Page\n"})
	layout := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(p.dir, "layouts"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p.dir, "layouts", "page.html"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	layout(`{{define "main"}}<h1>Ours: {{.Heading}}</h1>{{end}}`)
	p.until(t, "page/", "Ours: Page")
	layout(`{{define "main"}}<h1>Broken: {{.Heading</h1>{{end}}`)
	p.write(t, "page.md", "# Second\n")
	p.until(t, "page/", "Ours: Second")
	layout(`{{define "main"}}<h1>Mended: {{.Heading}}</h1>{{end}}`)
	p.until(t, "page/", "Mended: Second")
	if err := os.RemoveAll(filepath.Join(p.dir, "layouts")); err != nil {
		t.Fatal(err)
	}
	p.until(t, "page/", "<h1>Second</h1>")
}

// TestLastGood breaks a page, the settings and a link: what can be shown is
// shown, the broken file as it was before.
func TestLastGood(t *testing.T) {
	p := start(t, map[string]string{"a.md": "---\ntitle: A1\n---\n[b](b.md)\n", "b.md": "---\ntitle: B1\n---\n", "site.yaml": "title: Ours\n"})
	p.write(t, "a.md", "---\ntitle: [A2\n---\n")
	p.write(t, "b.md", "---\ntitle: B2\n---\n")
	p.until(t, "b/", "B2")
	p.until(t, "a/", "A1")
	p.write(t, "site.yaml", "titel: Theirs\n")
	p.write(t, "b.md", "---\ntitle: B3\n---\n")
	p.until(t, "b/", "B3")
	p.until(t, "b/", "Ours")
	p.write(t, "site.yaml", "title: Theirs\n")
	p.until(t, "b/", "Theirs")
	p.until(t, "a/", "A1") // still as it was
	p.write(t, "a.md", "---\ntitle: A4\n---\n[b](b.md)\n")
	p.until(t, "a/", "A4")
	if err := os.Remove(p.path("b.md")); err != nil {
		t.Fatal(err)
	}
	p.until(t, "b/", "")
	p.until(t, "a/", `class="broken"`)
}

// TestCheapWhileBroken saves a page while the settings, and then a layout, make no
// sense. Two sites are made of each save then, one as it is and one to be shown:
// of both only the page that was saved is parsed, and no bundle is made again.
func TestCheapWhileBroken(t *testing.T) {
	const pages = 20
	s := newState(Folders{Theme: theme(t)}, Settings{Now: func() time.Time { return noon }})
	defer s.builder.Close()
	put := func(to *tree.Tree, name, text string) { *to = to.With(tree.NewFile(name, []byte(text))) }
	parsed, bundled := map[*kb.Page]bool{}, map[*byte]bool{}
	made := func() (parses, bundles int) {
		t.Helper()
		v := s.build()
		before, bundlesBefore := len(parsed), len(bundled)
		for _, site := range []*build.Site{v.site, v.actual} {
			for _, e := range site.Pages.Entries {
				parsed[e.Page] = true
			}
			paths, err := site.Paths()
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range paths {
				if strings.HasPrefix(p, "assets/main.") {
					data, _, err := site.File(p)
					if err != nil {
						t.Fatal(err)
					}
					bundled[&data[0]] = true
				}
			}
		}
		return len(parsed) - before, len(bundled) - bundlesBefore
	}
	for n := range pages {
		put(&s.content, fmt.Sprintf("%d.md", n), "# Page\n")
	}
	put(&s.content, "site.yaml", "title: Ours\n")
	made()
	for _, broken := range []struct {
		name  string
		spoil func()
		both  int // how often a page is parsed that is on both sites
	}{
		{"settings broken", func() { put(&s.content, "site.yaml", "titel: Ours\n") }, 2},
		{"settings broken in another way", func() { put(&s.content, "site.yaml", "titel: Theirs\n") }, 2},
		{"settings mended, a layout broken", func() {
			put(&s.content, "site.yaml", "title: Ours\n")
			put(&s.own, "page.html", "{{")
		}, 1},
		{"settings broken too", func() { put(&s.content, "site.yaml", "titel: Ours\n") }, 2},
	} {
		broken.spoil()
		made()
		for n := range 3 {
			put(&s.content, fmt.Sprintf("%d.md", n), "# "+broken.name+"\n")
			if parses, bundles := made(); parses != broken.both || bundles != 0 {
				t.Errorf("%s, save %d: %d pages are parsed and %d bundles made, want %d and 0", broken.name, n+1, parses, bundles, broken.both)
			}
		}
	}
}

// TestNextDay lets the day end while nobody writes: a page whose day has come is
// there, by the clock of the place where the site is.
func TestNextDay(t *testing.T) {
	var passed atomic.Int64 // since noon
	p := startAt(t, map[string]string{"site.yaml": "time_zone: Asia/Tokyo\n", "page.md": "---\npublish: 2026-11-24\n---\n# Page\n"},
		func() time.Time { return noon.Add(time.Duration(passed.Load())) })
	p.until(t, "page/", "")
	before := p.server.handler.current.Load().number
	passed.Store(int64(2*time.Hour + 59*time.Minute)) // 23:59 in Tokyo
	p.write(t, "other.md", "# Other\n")
	p.until(t, "other/", "Other")
	p.until(t, "page/", "")
	passed.Store(int64(3 * time.Hour))
	p.until(t, "page/", "Page")
	if n := p.server.handler.current.Load().number; n != before+2 {
		t.Errorf("the site was built %d times for one page and one day", n-before)
	}
}

// TestServedIsBuilt compares every path of a preview that has been through
// edits with the site as it is built: nothing is stale, and the script of the
// preview is the only difference.
func TestServedIsBuilt(t *testing.T) {
	p := start(t, map[string]string{
		"incidents/a.md": "---\ntitle: A\ntags: [x]\nstarted: 2026-01-01\n---\n[[b]]\n", "incidents/b.md": "---\ntitle: B\ntags: [y]\n---\n", "glossary/t.md": "# T\n",
	})
	p.write(t, "incidents/a.md", "---\ntitle: A2\ntags: [z]\nstarted: 2025-01-01\n---\n[[t]]\n")
	p.until(t, "incidents/a/", "A2")
	p.write(t, "incidents/c.md", "---\ntitle: C\n---\n")
	p.until(t, "incidents/c/", "C")
	if err := os.Remove(p.path("incidents/b.md")); err != nil {
		t.Fatal(err)
	}
	p.until(t, "incidents/b/", "")

	r, err := tree.NewReader(filepath.Join(p.dir, "content"))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, _, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	b := build.New()
	defer b.Close()
	s := b.Build(build.Input{Content: content, Layouts: theme(t), Now: noon})
	paths, err := s.Paths()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		want, _, err := s.File(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, ".html") {
			if bytes.Contains(want, []byte("_debrief")) {
				t.Errorf("%s: a build holds the script of the preview", path)
			}
			want = bytes.Replace(want, []byte("</head>"), inject, 1)
		}
		status, got := p.get(t, strings.TrimSuffix(path, "index.html"))
		if path == "404.html" {
			continue // asked for by name it is a page like any other
		}
		if status != http.StatusOK || got != string(want) {
			t.Errorf("%s: status %d, %d bytes, want %d", path, status, len(got), len(want))
		}
	}
}

// TestPathsOutside asks for what is not part of the site, in every spelling, on
// the raw connection: clients clean such paths. A drawing that is refused is no
// part of it, even where a page shows it.
func TestPathsOutside(t *testing.T) {
	p := start(t, map[string]string{"page.md": "# Page\n\n![x](refused.svg)\n", "refused.svg": "<svg><script>CANARY</script></svg>", "secret.md": "---\ndraft: true\n---\nCANARY\n", ".env": "CANARY", "data.txt": "CANARY"})
	if err := os.WriteFile(filepath.Join(p.dir, "outside.txt"), []byte("CANARY"), 0o644); err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSuffix(strings.TrimPrefix(p.url, "http://"), "/")
	for _, target := range []string{
		"/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/..%5coutside.txt", "//outside.txt", "/page/../../outside.txt", "/page/%2e%2e/%2e%2e/outside.txt",
		"/.env", "/%2eenv", "/data.txt", "/refused.svg", "/secret/", "/secret.md", "/content/secret.md", "/page.md", "/site.yaml", "/_debrief/../data.txt", "/_debrief/handler.go", "/_debrief/",
		"/%00", "/page/%00", "/" + strings.Repeat("a", 5000), "http://example.com/", "/#/../outside.txt", "/?/../outside.txt", "*",
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", target, address)
		answer, err := io.ReadAll(conn)
		conn.Close()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(answer, []byte("CANARY")) {
			t.Errorf("%s: gives away what is not part of the site", target)
		}
		status := strings.Fields(string(answer) + " none none")[1]
		if status == "200" && target != "/?/../outside.txt" && target != "/#/../outside.txt" {
			t.Errorf("%s: status %s", target, status)
		}
	}
}

// TestEvents listens as a page does: the newest version at once, then each that
// follows, with what is wrong.
func TestEvents(t *testing.T) {
	p := start(t, map[string]string{"page.md": "# Page\n"})
	r, err := http.Get(p.url + "_debrief/events")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	lines := bufio.NewScanner(r.Body)
	next := func(good func(message) bool) message {
		t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var m message
				if err := json.Unmarshal([]byte(data), &m); err != nil {
					t.Fatal(err)
				}
				if good(m) {
					return m
				}
			}
		}
		t.Fatal("the events ended")
		return message{}
	}
	first := next(func(m message) bool { return true })
	p.write(t, "page.md", "---\ntitle: [x\n---\n")
	m := next(func(m message) bool { return len(m.Findings) > 0 })
	if m.Version <= first.Version || !strings.HasPrefix(m.Findings[0].Where, "content/page.md:2:") || m.Findings[0].Excerpt == "" {
		t.Errorf("after a mistake the page is told %+v", m)
	}
	p.write(t, "page.md", "# Page\n")
	next(func(m message) bool { return m.Findings != nil && len(m.Findings) == 0 })

	// Shutting down does not wait for those who listen.
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	for lines.Scan() {
	}
}

// TestEndWhileBuilding ends a preview in the middle of a build: it neither waits
// for it, nor takes the folders away from it.
func TestEndWhileBuilding(t *testing.T) {
	building, goOn := make(chan bool, 1), make(chan bool)
	first := true
	p := startAt(t, map[string]string{"page.md": "# Page\n"}, func() time.Time {
		if first {
			first = false
			return noon
		}
		building <- true
		<-goOn
		return noon
	})
	p.server.patience = time.Millisecond
	p.write(t, "page.md", "# Changed\n")
	<-building
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	if _, _, err := p.server.state.folders.Content.Read(); err != nil {
		t.Errorf("the folder is closed while a build is under way: %v", err)
	}
	close(goOn)
}

// TestEndWhileIndexing ends a preview while the index is made, which takes long
// for a large site.
func TestEndWhileIndexing(t *testing.T) {
	files := map[string]string{}
	for _, f := range sample.Tree(100).Files() {
		files[f.Path] = string(f.Data)
	}
	p := start(t, files)
	p.server.patience = time.Millisecond
	indexed := make(chan error, 1)
	go func() {
		_, err := p.server.Site().Lists()
		indexed <- err
	}()
	time.Sleep(20 * time.Millisecond)
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	select {
	case <-indexed:
		t.Error("the end waits for the index")
	default:
	}
	if err := <-indexed; err != nil {
		t.Errorf("the index is closed while it is made: %v", err)
	}
}

// TestManyListeners opens more pages than may listen: the rest is refused, and
// those that leave make room.
func TestManyListeners(t *testing.T) {
	h := newHub()
	var joined []chan []byte
	for range maxClients {
		c, ok := h.join()
		if !ok {
			t.Fatal("refused too early")
		}
		joined = append(joined, c)
	}
	if _, ok := h.join(); ok {
		t.Error("one page too many may listen")
	}
	for n := range 3 {
		h.send(message{Version: n}) // nobody fetches these, and nothing blocks
	}
	if got := string(<-joined[0]); !strings.Contains(got, `"version":2`) {
		t.Errorf("a slow page gets %s, not the newest", got)
	}
	h.leave(joined[0])
	if _, ok := h.join(); !ok {
		t.Error("a page that left makes no room")
	}
}

// TestFiles asks for what a page links to, by names that were written on other
// systems too.
func TestFiles(t *testing.T) {
	// What the machine says makes no difference.
	for _, ext := range []string{".webp", ".ics", ".bin"} {
		if err := mime.AddExtensionType(ext, "text/html"); err != nil {
			t.Fatal(err)
		}
	}
	const svg = `<svg xmlns="http://www.w3.org/2000/svg"/>`
	p := start(t, map[string]string{
		"page.md": "[a](a.svg) [b](B.SVG) [c](c.log) [d](D.LOG) [e](e.webp)\n",
		"a.svg":   svg, "B.SVG": svg, "c.log": "x", "D.LOG": "x", "e.webp": "x",
	})
	for _, test := range []struct {
		path, contentType string
		sandbox           bool
	}{
		{"a.svg", "image/svg+xml", true},
		{"B.SVG", "image/svg+xml", true},
		{"c.log", "text/plain; charset=utf-8", false},
		{"D.LOG", "text/plain; charset=utf-8", false},
		{"e.webp", "image/webp", false},
		{"page/", "text/html; charset=utf-8", false},
		{"feed.xml", "application/xml", false},
		{"calendar.ics", "text/calendar; charset=utf-8", false},
	} {
		r, err := http.Get(p.url + test.path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if got := r.Header.Get("Content-Type"); r.StatusCode != http.StatusOK || got != test.contentType {
			t.Errorf("%s: status %d, type %s, want %s", test.path, r.StatusCode, got, test.contentType)
		}
		if got := strings.Contains(r.Header.Get("Content-Security-Policy"), "sandbox"); got != test.sandbox {
			t.Errorf("%s is in a sandbox: %v, want %v", test.path, got, test.sandbox)
		}
	}

	// Every file that a site has has a type, but for the shards of the search.
	paths, err := p.server.Site().Paths()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if unknown := contentType(path) == "application/octet-stream"; unknown != strings.HasSuffix(path, ".bin") {
			t.Errorf("%s has the type %s", path, contentType(path))
		}
	}
}

// TestRedirects asks without the slash at the end.
func TestRedirects(t *testing.T) {
	p := start(t, map[string]string{"site.yaml": "base_url: https://example.org/kb/\n", "page.md": "# Page\n"})
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for from, want := range map[string]string{
		"/kb/page": "/kb/page/", "/kb/search?q=a%26b&c=d": "/kb/search/?q=a%26b&c=d", "/": "/kb/", "/kb?q=x": "/kb/?q=x",
	} {
		r, err := client.Get(strings.TrimSuffix(p.url, "/kb/") + from)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusFound || got != want {
			t.Errorf("%s: status %d, leads to %q, want %q", from, r.StatusCode, got, want)
		}
	}
}

// TestTaken knows the error of a port that is taken on every system.
func TestTaken(t *testing.T) {
	for err, want := range map[error]bool{syscall.EADDRINUSE: true, syscall.Errno(10048): true, syscall.EACCES: false} {
		if got := taken(&net.OpError{Op: "listen", Err: os.NewSyscallError("bind", err)}); got != want {
			t.Errorf("%v (%d): taken is %v, want %v", err, err, got, want)
		}
	}
}

// TestPort takes the next free port, unless it must be a certain one.
func TestPort(t *testing.T) {
	first, err := Listen(0, true)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	port := first.Addr().(*net.TCPAddr).Port
	if second, err := Listen(port, true); err == nil {
		second.Close()
		t.Error("the port was taken, and another was given")
	}
	second, err := Listen(port, false)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if got := second.Addr().(*net.TCPAddr); got.Port <= port || !got.IP.IsLoopback() {
		t.Errorf("the next free port after %d is %v", port, got)
	}
}
