package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"debrief/internal/diag"
	"debrief/internal/site"
)

// Assets are the paths of the theme's files in the output.
type Assets struct {
	CSS, JS, Search, Icon string
}

// Page is a page of the output.
type Page struct {
	Path   string // of the file, "incidents/x/index.html"
	Layout string // name of the layout; empty for a redirect
	To     string // for a redirect, the URL it leads to
	Value  func() any
}

// Paths of pages and files that are not named after anything in the content.
const (
	NotFoundPath = "404.html"
	FeedPath     = "feed.xml"
	SitemapPath  = "sitemap.xml"
	RobotsPath   = "robots.txt"
	SearchIndex  = "search/index.json"
)

// Plan is the pages of a site.
type Plan struct {
	site     *site.Site
	assets   Assets
	pages    map[string]Page
	order    func() []string // sorted when first asked for
	owner    map[string]string // path, folded -> what makes it
	findings []diag.Finding
}

// New plans the pages of the site. It makes none of them yet.
func New(s *site.Site, assets Assets) *Plan {
	p := &Plan{site: s, assets: assets, pages: make(map[string]Page, 2*len(s.Entries)), owner: make(map[string]string, 2*len(s.Entries))}
	p.claim(FeedPath, "the feed")
	p.claim(SitemapPath, "the sitemap")
	p.claim(RobotsPath, "robots.txt")
	p.add("", "", "home", func() any { return p.home() })
	for i, e := range s.Incidents {
		p.add(e.Address, e.Path, "incident", func() any { return p.incident(i) })
	}
	p.lists("incidents/", "", s.Incidents, func(page int) any { return p.allIncidents(page) })
	for _, t := range s.Taxonomies {
		p.add(t.Key+"/", "", "taxonomy", func() any { return p.taxonomy(t) })
		for _, g := range t.Terms {
			p.lists(g.Address, "", g.Incidents, func(page int) any { return p.group(g, page) })
		}
	}
	p.add("playbook/", "", "playbook", func() any { return p.playbook() })
	for i, e := range s.Guides {
		p.add(e.Address, e.Path, "guide", func() any { return p.guide(i) })
	}
	p.add("glossary/", "", "glossary", func() any { return p.glossary() })
	for i, e := range s.Terms {
		p.add(e.Address, e.Path, "term", func() any { return p.term(i) })
	}
	for _, e := range s.Pages {
		p.add(e.Address, e.Path, "page", func() any { return p.plain(e) })
	}
	p.add("search/", "", "search", func() any { return p.search() })
	p.put(Page{Path: NotFoundPath, Layout: "404", Value: func() any { return p.notFound() }}, "")
	for _, r := range s.Redirects {
		p.put(Page{Path: r.Path, To: s.URL(r.To.Address)}, r.To.Path)
	}
	p.order = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(p.pages)) })
	return p
}

// Paths returns the paths of all pages, in order.
func (p *Plan) Paths() []string { return p.order() }

// Page returns the page at a path.
func (p *Plan) Page(path string) (Page, bool) {
	page, ok := p.pages[path]
	return page, ok
}

// Findings returns the pages that wanted a path which is another's.
func (p *Plan) Findings() []diag.Finding { return p.findings }

func (p *Plan) claim(path, owner string) bool {
	key := strings.ToLower(path)
	if _, taken := p.owner[key]; taken {
		return false
	}
	p.owner[key] = owner
	return true
}

func (p *Plan) add(address, source, layout string, value func() any) {
	p.put(Page{Path: address + "index.html", Layout: layout, Value: value}, source)
}

// put gives a page its path. A page of the content whose path is taken is left
// out: the site's own pages come first.
func (p *Plan) put(page Page, source string) {
	if p.claim(page.Path, source) {
		p.pages[page.Path] = page
		return
	}
	first := p.owner[strings.ToLower(page.Path)]
	if first == "" {
		first = "a page of the site's own"
	}
	p.findings = append(p.findings, diag.Finding{
		Path: source, Pos: diag.Pos{Line: 1, Col: 1}, Level: diag.Error, Rule: "duplicate-address",
		Text: fmt.Sprintf("the address /%s is also that of %s", strings.TrimSuffix(page.Path, "index.html"), first),
		Hint: "give the page another name, or a slug",
	})
}

// PageSize is how many incidents a page of a list shows.
const PageSize = 50

func (p *Plan) lists(address, source string, incidents []*site.Entry, value func(page int) any) {
	for page := 1; page == 1 || (page-1)*PageSize < len(incidents); page++ {
		p.add(pageAddress(address, page), source, "list", func() any { return value(page) })
	}
}

func pageAddress(address string, page int) string {
	if page == 1 {
		return address
	}
	return fmt.Sprintf("%spage/%d/", address, page)
}
