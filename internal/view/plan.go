package view

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"debrief/internal/diag"
	"debrief/internal/ledger"
	"debrief/internal/site"
)

// Assets are the paths of the theme's files in the output.
type Assets struct {
	CSS, JS, Search, Palette, Actions, Meeting, Chart, RunSheet, Practice, Icon string
}

// Page is a page of the output.
type Page struct {
	Path   string // of the file, "incidents/x/index.html"
	Layout string // name of the layout; empty for a redirect
	To     string // for a redirect, the URL it leads to
	Value  func() any
}

// planned is a page whose value is made from the newest site of a shape.
type planned struct {
	layout string
	to     string
	value  func(*Plan) any
}

// Paths of pages and files that are not named after anything in the content.
const (
	NotFoundPath   = "404.html"
	FeedPath       = "feed.xml"
	OpenSearchPath = "opensearch.xml"
	SitemapPath    = "sitemap.xml"
	RobotsPath     = "robots.txt"
	LLMSPath       = "llms.txt"
	SchemaPath     = "schema/incident.json" // of front matter, for editors
	SearchIndex    = "search/index.json"
	WordsPath      = "playbook/words.json"
)

// fixed are the files that every site has, with what they are.
var fixed = map[string]string{
	OpenSearchPath: "the description of the search",
	SitemapPath:    "the sitemap",
	RobotsPath:     "robots.txt",
	LLMSPath:       "llms.txt",
	WordsPath:      "the words of the situations",
	SchemaPath:     "the schema of front matter",
}

// Plan is the pages of a site.
type Plan struct {
	site    *site.Site
	assets  Assets
	related Relate
	ledger  func() *ledger.Ledger // made when first asked for
	late    func() *ledgerPages   // likewise

	meetings func() *meetings // likewise
	*outline
}

// Relate finds the incidents that are like one, the most alike first.
type Relate func(*site.Entry) []Alike

// outline is the part of a plan that sites of one shape share.
type outline struct {
	pages     map[string]planned
	order     func() []string // sorted when first asked for
	files     map[string]plannedFile
	fileOrder func() []string
	days      []dayOf
	owner     map[string]string // path, folded -> what makes it
	folders   func() map[string]bool
	findings  []diag.Finding
}

// New plans the pages of the site. It makes none of them yet. before may be the
// plan of an earlier site, or nil.
func New(s *site.Site, assets Assets, related Relate, before *Plan) *Plan {
	if before != nil && s.SameShape(before.site) && s.Config.BaseURL.String() == before.site.Config.BaseURL.String() {
		return newPlan(s, assets, related, before.outline)
	}
	n := len(s.Entries) + 1000
	o := &outline{pages: make(map[string]planned, n), files: make(map[string]plannedFile, n), owner: make(map[string]string, 2*n)}
	for path, what := range fixed {
		o.claim(path, what)
	}
	o.data(s)
	// The site's own pages come first, so that a page of the content which wants
	// the address of one is told so.
	o.add("", "", "home", func(p *Plan) any { return p.home() })
	o.lists("incidents/", len(s.Incidents), func(p *Plan, page int) any { return p.allIncidents(page) })
	for k, t := range s.Taxonomies {
		o.add(t.Key+"/", "", "taxonomy", func(p *Plan) any { return p.taxonomy(p.site.Taxonomies[k]) })
		for i, g := range t.Terms {
			o.lists(g.Address, len(g.Incidents), func(p *Plan, page int) any { return p.group(p.site.Taxonomies[k].Terms[i], page) })
		}
	}
	o.planDays(s)
	o.add(site.StartAddress, "", "start", func(p *Plan) any { return p.startHere() })
	o.add(site.ProgramsAddress, "", "programs", func(p *Plan) any { return p.programs() })
	o.actions()
	o.add("playbook/", "", "playbook", func(p *Plan) any { return p.playbook() })
	o.add("glossary/", "", "glossary", func(p *Plan) any { return p.glossary() })
	o.planInsights(s)
	o.add("search/", "", "search", func(p *Plan) any { return p.search() })
	o.put(NotFoundPath, "", planned{layout: "404", value: func(p *Plan) any { return p.notFound() }})
	meets := hasMeeting(s)
	for i, e := range s.Incidents {
		o.add(e.Address, e.Path, "incident", func(p *Plan) any { return p.incident(i) })
		if meets {
			o.add(e.Address+RunSheetFolder, e.Path, "runsheet", func(p *Plan) any { return p.RunSheet(i) })
		}
	}
	for i, e := range s.Guides {
		if len(e.Guide.Cards) > 0 {
			o.add(e.Address, e.Path, "practice", func(p *Plan) any { return p.practice(i) })
			continue
		}
		o.add(e.Address, e.Path, "guide", func(p *Plan) any { return p.guide(i) })
	}
	for i, e := range s.Situations {
		o.add(e.Address, e.Path, "situation", func(p *Plan) any { return p.situation(i) })
	}
	for i, e := range s.Terms {
		o.add(e.Address, e.Path, "term", func(p *Plan) any { return p.term(i) })
	}
	for i, e := range s.Pages {
		o.add(e.Address, e.Path, "page", func(p *Plan) any { return p.plain(p.site.Pages[i]) })
	}
	for _, r := range s.Redirects {
		o.put(r.Path, r.To.Path, planned{to: s.URL(r.To.Address)})
	}
	o.order = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(o.pages)) })
	o.fileOrder = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(o.files)) })
	o.folders = sync.OnceValue(func() map[string]bool {
		folders := map[string]bool{}
		for p := range o.owner {
			for d := path.Dir(p); d != "." && !folders[d]; d = path.Dir(d) {
				folders[d] = true
			}
		}
		return folders
	})
	return newPlan(s, assets, related, o)
}

func newPlan(s *site.Site, assets Assets, related Relate, o *outline) *Plan {
	p := &Plan{site: s, assets: assets, related: related, outline: o}
	p.ledger = sync.OnceValue(func() *ledger.Ledger { return ledger.New(s) })
	p.late = sync.OnceValue(p.planLedger)
	p.meetings = sync.OnceValue(p.makeMeetings)
	return p
}

// Taken tells whether a path cannot be that of a co-located file, since a page
// or a folder of pages has it. Paths that differ in case only are one on many
// systems.
func (p *Plan) Taken(at string) bool {
	low := strings.ToLower(at)
	_, page := p.owner[low]
	return page || p.folders()[low] || inLedger(low)
}

// Has tells whether there is a page at an address, or a file for programs at a path.
func (p *Plan) Has(address string) bool {
	if address == "" || strings.HasSuffix(address, "/") {
		_, ok := p.Page(address + "index.html")
		return ok
	}
	_, page := p.Page(address)
	_, file := p.File(address)
	return page || file || fixed[address] != ""
}

// Paths returns the paths of all pages, in order.
func (p *Plan) Paths() []string { return with(p.order(), p.late().pages) }

// with adds the keys of a map to sorted paths.
func with[V any](paths []string, more map[string]V) []string {
	return slices.Sorted(func(yield func(string) bool) {
		for _, p := range paths {
			if !yield(p) {
				return
			}
		}
		for p := range more {
			if !yield(p) {
				return
			}
		}
	})
}

// Page returns the page at a path.
func (p *Plan) Page(at string) (Page, bool) {
	page, ok := p.pages[at]
	if !ok && inLedger(at) {
		page, ok = p.late().pages[at]
	}
	if !ok {
		return Page{}, false
	}
	return Page{at, page.layout, page.to, func() any { return page.value(p) }}, true
}

// Findings returns the pages that wanted a path which is another's.
func (p *Plan) Findings() []diag.Finding { return p.findings }

func (o *outline) claim(path, owner string) bool {
	key := strings.ToLower(path)
	if _, taken := o.owner[key]; taken {
		return false
	}
	o.owner[key] = owner
	return true
}

func (o *outline) add(address, source, layout string, value func(*Plan) any) {
	o.put(address+"index.html", source, planned{layout: layout, value: value})
}

// put gives a page its path. A page of the content whose path is taken is left
// out: the site's own pages come first.
func (o *outline) put(path, source string, page planned) {
	first, clash := "", false
	if page.to != "" {
		first, clash = o.above(path)
	}
	if !clash {
		if !(source != "" && inLedger(path)) && o.claim(path, source) {
			o.pages[path] = page
			return
		}
		first = o.owner[strings.ToLower(path)]
	}
	if first == "" {
		first = "a page of the site's own"
	}
	o.findings = append(o.findings, diag.Finding{
		Path: source, Pos: diag.Pos{Line: 1, Col: 1}, Level: diag.Error, Rule: "duplicate-address",
		Text: fmt.Sprintf("the address /%s is also that of %s", strings.TrimSuffix(path, "index.html"), first),
		Hint: "give the page another name, or a slug",
	})
}

// above returns what has a file where the path has a folder. Only an alias can
// be so odd.
func (o *outline) above(at string) (owner string, clash bool) {
	for d := path.Dir(strings.ToLower(at)); d != "."; d = path.Dir(d) {
		if owner, clash = o.owner[d]; clash {
			return owner, true
		}
	}
	return "", false
}

// PageSize is how many incidents a page of a list shows.
const PageSize = 50

func (o *outline) lists(address string, n int, value func(p *Plan, page int) any) {
	for page := 1; page == 1 || (page-1)*PageSize < n; page++ {
		o.add(pageAddress(address, page), "", "list", func(p *Plan) any { return value(p, page) })
	}
}

func pageAddress(address string, page int) string {
	if page == 1 {
		return address
	}
	return fmt.Sprintf("%spage/%d/", address, page)
}
