package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// output is what a command has said.
type output struct {
	code     int
	out, err string
}

// command runs debrief on a fixed day.
func command(ctx context.Context, args ...string) output {
	var out, err bytes.Buffer
	code := run(ctx, args, console{out: &out, err: &err, now: func() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }})
	return output{code, out.String(), err.String()}
}

// siteOf writes a site of its own for a test: path in the content folder -> text.
func siteOf(t *testing.T, content map[string]string) string {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := t.TempDir()
	for p, text := range content {
		name := filepath.Join(dir, "content", filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// lessons is a small knowledge base.
var lessons = map[string]string{
	"incidents/anchors.md":     "---\nid: INC-1\ntitle: Anchors not found\nseverity: SEV2\nstarted: 2026-03-12\nservices: [anchor-api]\n---\nThe leader lost quorum after a key rotation.\n",
	"incidents/boot.md":        "---\nid: INC-2\ntitle: Boot loop\nseverity: SEV1\nstarted: 2026-05-01\nservices: [device-updater]\n---\nThe rollback took hours. There was no quorum.\n",
	"incidents/certificate.md": "---\nid: INC-3\ntitle: Expired certificate\nseverity: SEV1\nstarted: 2025-11-30\nservices: [runtime]\n---\nNobody watched the certificate.\n",
	"glossary/drift.md":        "# Drift\n\nSlow growth of an error.\n",
}

// publish builds a site for a sub-path of a server and returns its folder.
func publish(t *testing.T, dir, base string) string {
	t.Helper()
	out := t.TempDir()
	if o := command(t.Context(), "build", "--site", dir, "--base-url", base, "--out", out); o.code != 0 {
		t.Fatalf("build: %s", o.err)
	}
	return out
}

// host is a server that has files below /kb/, which can be exchanged while it
// runs. instead may answer a request otherwise; it returns false to let it through.
type host struct {
	*httptest.Server
	mu      sync.Mutex
	root    string
	asked   []string // paths below /kb/, in order
	instead func(w http.ResponseWriter, r *http.Request, path string) bool
}

func serve(t *testing.T) *host {
	t.Helper()
	h := &host{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, ok := strings.CutPrefix(r.URL.Path, "/kb/")
		if !ok {
			http.NotFound(w, r)
			return
		}
		h.mu.Lock()
		h.asked = append(h.asked, path)
		h.mu.Unlock()
		if h.instead != nil && h.instead(w, r, path) {
			return
		}
		h.mu.Lock()
		root := h.root
		h.mu.Unlock()
		http.ServeFileFS(w, r, os.DirFS(root), path)
	}))
	t.Cleanup(h.Close)
	return h
}

// show makes the server show another folder from now on.
func (h *host) show(root string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.root = root
}

// times is how often a path was asked for.
func (h *host) times(path string) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.asked {
		if p == path {
			n++
		}
	}
	return n
}

// lessonsAt is a server with the lessons under /kb/, and the folder that they
// are made from.
func lessonsAt(t *testing.T) (h *host, dir string) {
	t.Helper()
	dir = siteOf(t, lessons)
	h = serve(t)
	h.show(publish(t, dir, h.URL+"/kb/"))
	return h, dir
}

// TestURL asks a published site and the folder that it was built from the same
// questions. The answers are the same, to the byte.
func TestURL(t *testing.T) {
	h, dir := lessonsAt(t)
	queries := [][]string{
		{"quorum"},
		{"quorum", "kafka", ""},
		{"certifcate "},
		{"he"},
		{`"leader lost quorum"`},
		{"quorum", "service:anchor-api"},
		{"quorum", "service:anchor-apy", "yeer:2026"},
		{"is:term"},
		{"--limit", "1", "severity:SEV1"},
		{"--json", "quorum -rotation"},
		{"--json", "zzzzzz"},
		{"zzzzzz"},
	}
	for _, q := range queries {
		here := command(t.Context(), append([]string{"search", "--site", dir, "--base-url", h.URL + "/kb/"}, q...)...)
		there := command(t.Context(), append([]string{"search", "--url", h.URL + "/kb/"}, q...)...)
		if here != there {
			t.Errorf("%q is answered by the published site\n%+v\nand by its folder\n%+v", q, there, here)
		}
	}
	if o := command(t.Context(), "search", "--url", h.URL+"/kb/", "quorum"); o.code != 0 || !strings.Contains(o.out, " 2. ") {
		t.Errorf("the site answers %+v, so that little was compared", o)
	}
}

// TestURLForms takes the address of a site as people paste it.
func TestURLForms(t *testing.T) {
	h, _ := lessonsAt(t)
	for _, address := range []string{h.URL + "/kb/", h.URL + "/kb", h.URL + "/kb/?q=x#h-y", h.URL + "/kb/./"} {
		if o := command(t.Context(), "search", "--url", address, "drift"); o.code != 0 || !strings.Contains(o.out, "Drift") {
			t.Errorf("%s: %+v", address, o)
		}
	}
	for _, address := range []string{"kb.example.org", "/kb/", "ftp://kb.example.org/", "file:///etc/passwd", "https://", "http://%zz/", "https:kb"} {
		o := command(t.Context(), "search", "--url", address, "drift")
		if o.code != exitUsage || !strings.Contains(o.err, "--url must be the address of a site") {
			t.Errorf("%s: %+v", address, o)
		}
	}
}

// TestURLFailures asks sites that cannot answer: each says what is wrong, and the
// command ends.
func TestURLFailures(t *testing.T) {
	nonsense := func(at string) func(http.ResponseWriter, *http.Request, string) bool {
		return func(w http.ResponseWriter, r *http.Request, path string) bool {
			if !strings.HasPrefix(path, at) {
				return false
			}
			_, _ = w.Write([]byte("nonsense"))
			return true
		}
	}
	tests := []struct {
		name    string
		path    string // of the site on the server
		instead func(w http.ResponseWriter, r *http.Request, path string) bool
		want    []string // in what it says; all are asked for "qu", which is completed
	}{
		{"the list of words is damaged", "/kb/", nonsense("search/heads.json"), []string{"search/heads.json: the file is damaged"}},
		{"nothing is there", "/elsewhere/", nil, []string{"/elsewhere/search/index.json: 404", "hint: is it a site that debrief has built?"}},
		{"a page of the site", "/kb/incidents/", nil, []string{"/kb/incidents/search/index.json: 404", "hint: "}},
		{"every address is a page", "/kb/", nonsense(""), []string{"search/index.json: the file is damaged", "hint: "}},
		{"the server fails", "/kb/", func(w http.ResponseWriter, r *http.Request, path string) bool {
			http.Error(w, "oh no", http.StatusBadGateway)
			return true
		}, []string{"/kb/search/index.json: 502"}},
		{"it was built by another version", "/kb/", func(w http.ResponseWriter, r *http.Request, path string) bool {
			if path == "search/index.json" {
				_, _ = w.Write([]byte(`{"version":1,"docs":3}`))
			}
			return path == "search/index.json"
		}, []string{"another version of debrief"}},
		{"the facets are damaged", "/kb/", nonsense("search/facets."), []string{"search/facets.", "the file is damaged"}},
		{"a shard is damaged", "/kb/", nonsense("search/shard/"), []string{"search/shard/0.bin: the file is damaged"}},
		{"a card is damaged", "/kb/", nonsense("search/doc/"), []string{"search/doc/", "the file is damaged"}},
		{"a shard is not there", "/kb/", func(w http.ResponseWriter, r *http.Request, path string) bool {
			if strings.HasPrefix(path, "search/shard/") {
				http.NotFound(w, r)
				return true
			}
			return false
		}, []string{"search/shard/0.bin", "404"}},
		{"an answer is cut off", "/kb/", func(w http.ResponseWriter, r *http.Request, path string) bool {
			if path == "search/index.json" {
				w.Header().Set("Content-Length", "1000")
				_, _ = w.Write([]byte(`{"version":`))
				return true
			}
			return false
		}, []string{"unexpected EOF"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h, _ := lessonsAt(t)
			h.instead = test.instead
			o := command(t.Context(), "search", "--url", h.URL+test.path, "qu")
			if o.code != exitFailure || o.out != "" {
				t.Errorf("exit code %d, output %q", o.code, o.out)
			}
			for _, want := range test.want {
				if !strings.Contains(o.err, want) {
					t.Errorf("it says\n%s, without %q", o.err, want)
				}
			}
			if strings.Count(o.err, "debrief: ") != 1 {
				t.Errorf("it does not say one thing once:\n%s", o.err)
			}
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		h, _ := lessonsAt(t)
		h.Close()
		if o := command(t.Context(), "search", "--url", h.URL+"/kb/", "quorum"); o.code != exitFailure || !strings.Contains(o.err, "refused") {
			t.Errorf("%+v", o)
		}
	})
}

// TestURLHangs asks a server that never answers: the command ends when it is told
// to, at whatever file it waits.
func TestURLHangs(t *testing.T) {
	for _, at := range []string{"search/index.json", "search/facets.", "search/shard/", "search/doc/"} {
		t.Run(at, func(t *testing.T) {
			h, _ := lessonsAt(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			h.instead = func(w http.ResponseWriter, r *http.Request, path string) bool {
				if !strings.HasPrefix(path, at) {
					return false
				}
				cancel()
				<-r.Context().Done()
				return true
			}
			o := command(ctx, "search", "--url", h.URL+"/kb/", "quorum")
			if o.code != exitFailure || !strings.Contains(o.err, "context canceled") {
				t.Errorf("%+v", o)
			}
		})
	}
}

// TestURLPublishedAnew publishes a site anew while it is being searched, between
// any two of the files that an answer needs. It is opened once more, and the
// answer is that of the new site.
func TestURLPublishedAnew(t *testing.T) {
	for _, at := range []string{"search/facets.", "search/shard/", "search/doc/"} {
		t.Run("before "+at, func(t *testing.T) {
			dir := siteOf(t, lessons)
			h := serve(t)
			h.show(publish(t, dir, h.URL+"/kb/"))
			text := "---\nid: INC-4\ntitle: Quorum again\nstarted: 2026-11-01\n---\nNo quorum. A quorum is what it says.\n"
			if err := os.WriteFile(filepath.Join(dir, "content", "incidents", "again.md"), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			next := publish(t, dir, h.URL+"/kb/")
			var once sync.Once
			h.instead = func(_ http.ResponseWriter, _ *http.Request, path string) bool {
				if strings.HasPrefix(path, at) {
					once.Do(func() { h.show(next) })
				}
				return false
			}
			o := command(t.Context(), "search", "--url", h.URL+"/kb/", "quorum")
			if o.code != 0 || o.err != "" {
				t.Errorf("exit code %d; it says %s", o.code, o.err)
			}
			if want := command(t.Context(), "search", "--url", h.URL+"/kb/", "quorum"); o.out != want.out || !strings.Contains(o.out, "Quorum again") {
				t.Errorf("the answer is\n%s, want\n%s", o.out, want.out)
			}
			if n := h.times("search/index.json"); n != 3 { // the last is of the command that this one is compared with
				t.Errorf("the site was opened %d times, want 2 and 1", n)
			}
		})
	}
}

// TestURLPublishedSmaller publishes a site anew with fewer pages, so that files are
// gone which the search was led to.
func TestURLPublishedSmaller(t *testing.T) {
	for _, at := range []string{"search/facets.", "search/shard/", "search/doc/"} {
		t.Run("before "+at, func(t *testing.T) {
			h, dir := lessonsAt(t)
			for _, gone := range []string{"boot.md", "certificate.md"} {
				if err := os.Remove(filepath.Join(dir, "content", "incidents", gone)); err != nil {
					t.Fatal(err)
				}
			}
			next := publish(t, dir, h.URL+"/kb/")
			var once sync.Once
			h.instead = func(_ http.ResponseWriter, _ *http.Request, path string) bool {
				if strings.HasPrefix(path, at) {
					once.Do(func() { h.show(next) })
				}
				return false
			}
			o := command(t.Context(), "search", "--url", h.URL+"/kb/", "quorum")
			if o.code != 0 || o.err != "" || !strings.Contains(o.out, " 1. Anchors not found\n") || strings.Contains(o.out, " 2. ") {
				t.Errorf("%+v", o)
			}
		})
	}
}

// TestURLNeverWhole asks a site whose parts never fit together, as behind a cache
// that keeps one of them: it is opened once more, and then that is said.
func TestURLNeverWhole(t *testing.T) {
	h, _ := lessonsAt(t)
	other, err := os.ReadFile(filepath.Join(publish(t, siteOf(t, map[string]string{"incidents/x.md": "# Quorum\n"}), h.URL+"/kb/"), "search", "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	h.instead = func(w http.ResponseWriter, _ *http.Request, path string) bool {
		if path == "search/index.json" {
			_, _ = w.Write(other)
		}
		return path == "search/index.json"
	}
	o := command(t.Context(), "search", "--url", h.URL+"/kb/", "quorum")
	if o.code != exitFailure || !strings.Contains(o.err, "the site was published anew in the meantime") {
		t.Errorf("%+v", o)
	}
	if n := h.times("search/index.json"); n != 2 {
		t.Errorf("the site was opened %d times, want 2", n)
	}
}

// TestURLKeepsToItself tells that searching a published site neither reads nor
// keeps anything on this machine.
func TestURLKeepsToItself(t *testing.T) {
	h, _ := lessonsAt(t)
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Chdir(t.TempDir()) // where no site is
	o := command(t.Context(), "search", "--url", h.URL+"/kb/", "--json", "drift")
	var answer struct {
		Results []struct{ URL string }
	}
	if err := json.Unmarshal([]byte(o.out), &answer); err != nil || len(answer.Results) == 0 {
		t.Fatalf("error %v, %+v", err, o)
	}
	if u, err := url.Parse(answer.Results[0].URL); err != nil || u.Path != "/kb/glossary/drift/" {
		t.Errorf("the page is at %s", answer.Results[0].URL)
	}
	if left, err := os.ReadDir(cache); err != nil || len(left) > 0 {
		t.Errorf("the cache holds %v, error %v", left, err)
	}
}
