package browser

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"debrief/internal/tree"
)

// corpora calls a test with the content of each folder of post-mortems in
// DEBRIEF_CORPUS. It is for trying real texts that are not part of this
// repository.
func corpora(t *testing.T, try func(t *testing.T, content tree.Tree)) {
	root := os.Getenv("DEBRIEF_CORPUS")
	if root == "" {
		t.Skip("DEBRIEF_CORPUS names no folder of post-mortems to try; the rest of the tests need none")
	}
	folders, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			r, err := tree.NewReader(filepath.Join(root, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			read, _, err := r.Read()
			if err != nil {
				t.Fatal(err)
			}
			var files []tree.File
			for _, file := range read.Files() {
				files = append(files, tree.NewFile("incidents/"+file.Path, file.Data))
			}
			content, err := tree.New(files)
			if err != nil {
				t.Fatal(err)
			}
			try(t, content)
		})
	}
}

// TestCorpora opens pages of the sites of real texts, and searches for words of
// their titles.
func TestCorpora(t *testing.T) {
	corpora(t, func(t *testing.T, content tree.Tree) {
		s, home := publish(t, content)
		base, err := s.Search()
		if err != nil {
			t.Fatal(err)
		}
		tb := open(t, 360)
		for i, e := range s.Pages.Incidents {
			if i%4 != 0 {
				continue
			}
			tb.run(t, chromedp.Navigate(home+strings.TrimPrefix(s.Pages.URL(e.Address), "/kb/")), chromedp.WaitReady(chromedp.CSS("main")))
			if over := ask[int](t, tb, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%s is %d px too wide on a phone", e.Path, over)
			}
			words := strings.Fields(e.Title)
			q := strings.Join(words[:min(4, len(words))], " ")
			answer, err := base.Ask(q)
			if err != nil {
				t.Fatal(err)
			}
			want := urlsOf(t, base, answer.Hits[:min(10, len(answer.Hits))])
			tb.run(t, chromedp.Navigate(home+"search/?q="+url.QueryEscape(q)))
			tb.until(t, "document.getElementById('search-status').textContent !== ''")
			got := ask[[]string](t, tb, "[...document.querySelectorAll('.hit-title')].map(a => new URL(a.href).pathname)")
			if !slices.Equal(got, want) {
				t.Errorf("%q:\nbrowser  %q\nterminal %q", q, got, want)
			}
		}
		tb.silent(t)
	})
}

// TestParityOfCorpora asks both readers the same of real texts.
func TestParityOfCorpora(t *testing.T) {
	corpora(t, func(t *testing.T, content tree.Tree) {
		s, tb := core(t, content)
		compareReaders(t, s, tb, slices.Concat(judged(t), grammar, invented(wordsOf(s), 2, 500)))
	})
}
