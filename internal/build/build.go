// Package build puts the passes together: from the files of a site to a Site
// that can be asked for any path of the output.
//
// There is one way from content to bytes. `debrief build` asks for every path,
// `debrief serve` for the one that the browser wants; both get the same bytes. A
// Builder remembers the results of pure steps under what went into them (the
// parse of a file, above all), so that building again after an edit costs little
// and can never be stale.
package build

import (
	"net/url"
	"runtime"
	"slices"
	"sync"
	"time"

	"debrief/internal/asset"
	"debrief/internal/check"
	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/render"
	"debrief/internal/search"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/internal/view"
)

// Input is everything that a site is made of.
type Input struct {
	Content  tree.Tree
	Layouts  tree.Tree // the theme with the site's own layouts over it
	Problems []diag.Finding
	BaseURL  *url.URL // instead of the one in the settings, when set
	Options  site.Options
	Now      time.Time // sets the day of the options, in the site's zone, unless it is zero
}

// Names of the folders, as findings show them.
const (
	ContentFolder = "content/"
	LayoutsFolder = "layouts/"
)

// Builder builds sites. It is safe for concurrent use, and builds one at a time.
type Builder struct {
	mu     sync.Mutex
	config remembered[settings, *configured]
	theme  remembered[string, themed]

	searching sync.Mutex // for what follows; making posting lists must not keep a build waiting
	index     *search.Index
	spoken    string // language of the index
	documents []*search.Document
}

// remembered is the last results of a pure step and what went into them. Of two
// that are asked for in turns both are kept, as while a preview shows the last
// settings that made sense in place of those on disk; otherwise only the last one.
type remembered[K comparable, V any] struct {
	last, other *result[K, V]
}

type result[K comparable, V any] struct {
	key   K
	value V
}

func (r *remembered[K, V]) get(key K, make func() V) V {
	switch {
	case r.last != nil && r.last.key == key:
		r.other = nil
	case r.other != nil && r.other.key == key:
		r.last, r.other = r.other, r.last
	default:
		r.last, r.other = &result[K, V]{key, make()}, r.last
	}
	return r.last.value
}

// settings is the file that a site's settings are read from.
type settings struct {
	path string
	sum  tree.Sum
}

// configured is the settings, and what was made under them last.
type configured struct {
	config   kb.Config
	parser   *parse.Parser
	findings []diag.Finding
	parsed   map[string]parsed
	pages    *site.Site // of the last build, which lends to the next
	plan     *view.Plan // likewise
}

type parsed struct {
	sum    tree.Sum
	result parse.Result
}

type themed struct {
	bundle   asset.Bundle
	renderer *render.Renderer
	findings []diag.Finding
}

// New returns a builder.
func New() *Builder { return &Builder{} }

// Close releases the search index. It is made anew when it is needed again.
func (b *Builder) Close() error {
	b.searching.Lock()
	defer b.searching.Unlock()
	if b.index == nil {
		return nil
	}
	index := b.index
	b.index, b.documents = nil, nil
	return index.Close()
}

// Build makes a site. What is wrong with the content is among its findings;
// the site is what can be made of the rest.
func (b *Builder) Build(in Input) *Site {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.configure(in.Content)
	config := c.config
	if in.BaseURL != nil {
		config.BaseURL = in.BaseURL
	}
	if !in.Now.IsZero() {
		in.Options.Today = kb.DateOf(in.Now.In(config.Zone))
	}
	theme := b.theme.get(themeKey(in.Layouts), func() themed { return makeTheme(in.Layouts) })
	corpus, findings := c.parseAll(in.Content)
	broken := corpus.Broken
	if diag.Count(c.findings, diag.Error) > 0 {
		broken = append(slices.Clone(broken), parse.ConfigPath)
	}

	pages := site.New(corpus, config, in.Options, c.pages)
	c.pages = pages
	s := &Site{Pages: pages, builder: b, content: in.Content, theme: theme, broken: broken}
	s.search = sync.OnceValues(s.index)
	s.files = sync.OnceValues(s.checkFiles)
	plan := view.New(pages, view.Assets{
		CSS: theme.bundle.Names[asset.MainCSS], JS: theme.bundle.Names[asset.MainJS],
		Search: theme.bundle.Names[asset.SearchJS], Palette: theme.bundle.Names[asset.PaletteJS], Actions: theme.bundle.Names[asset.ActionsJS],
		Meeting: theme.bundle.Names[asset.MeetingCSS], Chart: theme.bundle.Names[asset.ChartCSS], RunSheet: theme.bundle.Names[asset.RunSheetJS], Practice: theme.bundle.Names[asset.PracticeJS], Icon: theme.bundle.Names[asset.Icon],
	}, s.related, c.plan)
	s.plan, c.plan = plan, plan
	pages.Makes = plan.Has
	own := slices.Concat(in.Problems, c.findings, theme.findings)
	s.findings = sync.OnceValue(func() []diag.Finding {
		_, ofFiles := s.files()
		ofContent := slices.Concat(findings, pages.Findings(), plan.Findings(), check.All(pages), ofFiles)
		return diag.Sort(slices.Concat(own, prefixed(ContentFolder, ofContent)))
	})
	return s
}

// Read returns the settings and all incidents of a content folder, those among them
// that its site does not show.
func Read(content tree.Tree) (kb.Config, []*kb.Incident) {
	c := New().configure(content)
	corpus, _ := c.parseAll(content)
	return c.config, corpus.Incidents
}

func (b *Builder) configure(content tree.Tree) *configured {
	file, ok := content.File(parse.ConfigPath)
	misnamed := false
	if !ok {
		if file, misnamed = content.File("site.yml"); !misnamed {
			file = tree.NewFile(parse.ConfigPath, nil)
		}
	}
	return b.config.get(settings{file.Path, file.Sum}, func() *configured {
		c := &configured{parsed: map[string]parsed{}}
		if misnamed {
			c.config = kb.DefaultConfig()
			c.config.Public = true // as it may say, for all that is known
			c.findings = []diag.Finding{{Path: file.Path, Level: diag.Error, Rule: "config", Text: "the settings are read from site.yaml", Hint: "rename the file"}}
		} else {
			c.config, c.findings, _ = parse.Config(file)
		}
		c.findings = prefixed(ContentFolder, c.findings)
		c.parser = parse.NewParser(c.config)
		return c
	})
}

// parseAll parses every file that is new or has changed, in parallel.
func (c *configured) parseAll(content tree.Tree) (corpus kb.Corpus, findings []diag.Finding) {
	files := content.Files()
	results := make([]parse.Result, len(files))
	isText := make([]bool, len(files))
	var stale []int
	for i, f := range files {
		if isText[i] = parse.IsText(f); !isText[i] {
			continue
		}
		if old, ok := c.parsed[f.Path]; ok && old.sum == f.Sum {
			results[i] = old.result
		} else {
			stale = append(stale, i)
		}
	}
	inParallel(len(stale), func(n int) { results[stale[n]] = c.parser.File(files[stale[n]]) })
	for _, i := range stale {
		c.parsed[files[i].Path] = parsed{files[i].Sum, results[i]}
	}
	if len(c.parsed) > len(files) {
		for p := range c.parsed {
			if _, ok := content.File(p); !ok {
				delete(c.parsed, p)
			}
		}
	}

	for i, r := range results {
		findings = append(findings, r.Findings...)
		switch {
		case r.Incident != nil:
			corpus.Incidents = append(corpus.Incidents, r.Incident)
		case r.Guide != nil:
			corpus.Guides = append(corpus.Guides, r.Guide)
		case r.Term != nil:
			corpus.Terms = append(corpus.Terms, r.Term)
		case r.Page != nil:
			corpus.Pages = append(corpus.Pages, r.Page)
		case !isText[i] && files[i].Path != parse.ConfigPath:
			corpus.Files = append(corpus.Files, files[i].Path)
		case isText[i]:
			corpus.Broken = append(corpus.Broken, files[i].Path)
		}
	}
	return corpus, findings
}

// inParallel calls f for each number below n on all processors.
func inParallel(n int, f func(int)) {
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), n)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				f(i)
			}
		})
	}
	wg.Wait()
}

func prefixed(folder string, findings []diag.Finding) []diag.Finding {
	out := make([]diag.Finding, len(findings))
	for i, f := range findings {
		f.Path = folder + f.Path
		out[i] = f
	}
	return out
}

func makeTheme(layouts tree.Tree) themed {
	bundle, findings := asset.New(layouts)
	renderer, more := render.New(layouts)
	return themed{bundle, renderer, prefixed(LayoutsFolder, append(findings, more...))}
}

// themeKey is the layouts in short.
func themeKey(layouts tree.Tree) string {
	key := make([]byte, 0, 64*len(layouts.Files()))
	for _, f := range layouts.Files() {
		key = append(append(append(key, f.Path...), 0), f.Sum[:]...)
	}
	return string(key)
}
