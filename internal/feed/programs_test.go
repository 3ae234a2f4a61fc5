package feed_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/feed"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/internal/view"
)

// two is a site with two services.
var two = map[string]string{
	"site.yaml":        "title: Lessons\ndescription: What we learnt.\nlanguage: de\nstart_here: [{incident: A-1, why: How people come in.}]\n",
	"incidents/a.md":   "---\nid: A-1\ntitle: First [draft]\nstarted: 2026-02-03T10:00:00+01:00\nresolved: 2026-02-03T12:00:00Z\nseverity: SEV2\nservices: [edge, R&D]\ntags: [cache]\nauthors: [night shift]\nsummary: It <melted> & \"ran\".\n---\n",
	"incidents/b.md":   "---\ntitle: Second\nstarted: 2026-02-05\nservices: [edge]\n---\n",
	"incidents/c.md":   "---\ntitle: Undated\n---\n",
	"glossary/term.md": "# Term\n",
}

// file makes a file for programs.
func file(t *testing.T, s *site.Site, path string) []byte {
	t.Helper()
	f, ok := view.New(s, view.Assets{}, nil, nil).File(path)
	if !ok {
		t.Fatalf("%s is not planned", path)
	}
	data, err := feed.File(s, f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestServiceAtom is about the feed of one service: its own id, its own address,
// its own incidents.
func TestServiceAtom(t *testing.T) {
	s := made(t, two)
	for _, test := range []struct{ path, page, titles string }{
		{"services/edge/feed.xml", "https://example.org/kb/services/edge/", "Second, First [draft]"},
		{"services/r-d/feed.xml", "https://example.org/kb/services/r-d/", "First [draft]"},
	} {
		data := file(t, s, test.path)
		wellFormed(t, data)
		var a atom
		if err := xml.Unmarshal(data, &a); err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, e := range a.Entries {
			titles = append(titles, e.Title)
		}
		if a.ID != test.page || a.Links[0].Href != "https://example.org/kb/"+test.path || a.Links[1].Href != test.page || !strings.HasSuffix(a.Title, " · Lessons") || strings.Join(titles, ", ") != test.titles {
			t.Errorf("%s: %+v", test.path, a)
		}
	}
}

// TestJSONFeed reads the feed with the names of https://jsonfeed.org/version/1.1,
// and asks for what it demands.
func TestJSONFeed(t *testing.T) {
	s := made(t, two)
	for _, path := range []string{"feed.json", "services/edge/feed.json"} {
		var f struct {
			Version, Title, Language string
			Home                     string `json:"home_page_url"`
			Self                     string `json:"feed_url"`
			Items                    []struct {
				ID, URL, Title, Summary string
				Text                    string `json:"content_text"`
				Published               string `json:"date_published"`
				Modified                string `json:"date_modified"`
				Authors                 []struct{ Name string }
				Tags                    []string
				Debrief                 struct {
					JSON string `json:"json_url"`
				} `json:"_debrief"`
			}
		}
		if err := json.Unmarshal(file(t, s, path), &f); err != nil {
			t.Fatal(err)
		}
		if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || f.Language != "de" || f.Self != "https://example.org/kb/"+path ||
			f.Home != strings.TrimSuffix(f.Self, "feed.json") {
			t.Errorf("%s: %+v", path, f)
		}
		seen := map[string]bool{}
		for _, i := range f.Items {
			if i.ID == "" || seen[i.ID] || i.Text == "" || !strings.HasPrefix(i.URL, "https://example.org/kb/incidents/") || i.Debrief.JSON != i.URL+"index.json" {
				t.Errorf("%s: item %+v", path, i)
			}
			seen[i.ID] = true
			for _, at := range []string{i.Published, i.Modified} {
				if _, err := time.Parse(time.RFC3339, at); at != "" && err != nil {
					t.Error(err)
				}
			}
		}
		if first := f.Items[1]; first.Title != "First [draft]" || first.Text != `It <melted> & "ran".` || first.Published != "2026-02-03T09:00:00Z" ||
			first.Modified != "2026-02-03T12:00:00Z" || first.Authors[0].Name != "night shift" || !slices.Equal(first.Tags, []string{"SEV2", "edge", "R&D", "cache"}) {
			t.Errorf("%s: %+v", path, first)
		}
	}
	if data := string(file(t, made(t, nil), "feed.json")); !strings.Contains(data, `"items":[]`) {
		t.Errorf("of nothing: %s", data)
	}
}

func TestLLMS(t *testing.T) {
	want := `# Lessons

> What we learnt.

Post-mortems of incidents, a playbook for the meetings about them, and a glossary. They describe conditions, not people. What is unknown is left open; please do not fill it in.

## Incidents that explain the systems

- [First \[draft\]](https://example.org/kb/incidents/a-1/): How people come in.
- [Second](https://example.org/kb/incidents/b/)

## Newest incidents

- [Second](https://example.org/kb/incidents/b/)
- [First \[draft\]](https://example.org/kb/incidents/a-1/): It \<melted> & "ran".
- [Undated](https://example.org/kb/incidents/c/)

## Data

- [Everything in short, as JSON](https://example.org/kb/index.json): every incident, chapter, term and group; each incident leads to its whole record
- [How the data is made](https://example.org/kb/for-programs/): what each field means, and the other files for programs
- [Feed of the newest incidents](https://example.org/kb/feed.json): JSON Feed 1.1
- [Every page](https://example.org/kb/sitemap.xml): sitemap

## Optional

- [Glossary](https://example.org/kb/glossary/): what the words mean
`
	content := map[string]string{}
	for p, text := range two {
		content[p] = text
	}
	// B says nothing that A does not, but A mentions it.
	content["incidents/a.md"] += "\n[[Second]]\n"
	if got := string(feed.LLMS(made(t, content))); got != want {
		t.Errorf("llms.txt\n%s\nwant\n%s", got, want)
	}
}

// entryOfLLMS is a line of a list as llmstxt.org has it.
var entryOfLLMS = regexp.MustCompile(`^- \[(?:[^\[\]\\]|\\.)+\]\(https?://[^ ()]+\)(?:: .+)?$`)

// TestLLMSIsBounded keeps the file short whatever the size of the site, and every
// line of it what it should be whatever the authors write.
func TestLLMSIsBounded(t *testing.T) {
	var corpus kb.Corpus
	parser := parse.NewParser(kb.DefaultConfig())
	for n := range 500 {
		text := hostile[n%len(hostile)] + "\n# x\n- y"
		i := parser.File(tree.NewFile(fmt.Sprintf("incidents/i%03d.md", n), []byte("x"))).Incident
		i.Title, i.Summary, i.Services = text, strings.Repeat(text+" ", 50), []string{fmt.Sprint(n)}
		corpus.Incidents = append(corpus.Incidents, i)
	}
	config := kb.DefaultConfig()
	config.Description = "a\nb"
	text := feed.LLMS(site.New(corpus, config, site.Options{}, nil))
	if len(text) > 24<<10 {
		t.Errorf("llms.txt has %d bytes", len(text))
	}
	for _, line := range bytes.Split(text, []byte("\n")) {
		if bytes.HasPrefix(line, []byte("-")) && !entryOfLLMS.Match(line) {
			t.Errorf("the line %q", line)
		}
	}
	if n := bytes.Count(text, []byte("\n# ")) + bytes.Count(text, []byte("\n- y")); n > 0 {
		t.Error("a title has begun a line of its own")
	}
}

// TestStable tells that files for programs do not depend on when they are made.
func TestStable(t *testing.T) {
	for _, path := range []string{"index.json", "feed.json", "feed.xml", "services/edge/feed.xml", "incidents/a-1/index.json"} {
		if first, again := file(t, made(t, two), path), file(t, made(t, two), path); !bytes.Equal(first, again) {
			t.Errorf("%s changes by itself", path)
		}
	}
}
