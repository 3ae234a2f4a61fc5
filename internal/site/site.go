// Package site relates the pages of a corpus to each other: it gives each its
// address, puts them in order, groups incidents by service, tag, factor,
// severity and year, and finds out where every link leads.
//
// A Site is a function of the corpus, the settings and the day. Nothing in it
// changes once New has returned; what is costly and not always asked for, the
// links of all pages, is worked out when it is first needed.
package site

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/unicode/norm"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// Options choose which pages are part of the site.
type Options struct {
	Drafts bool    // pages with "draft: true" too
	Future bool    // pages whose publish day has not come too
	Today  kb.Date // the day of the build
}

// Entry is a page at its address.
type Entry struct {
	*kb.Page
	Incident *kb.Incident // set for an incident
	Guide    *kb.Guide    // set for a chapter of the playbook
	Term     *kb.Term     // set for a glossary term
	Address  string       // from the site's root, "incidents/inc-2026-014/"; empty for the home page
	number   int          // place in Site.Entries
	wants    string       // the address that it would like
	claim    claim        // how strong its claim to that is
}

// Site is the pages in relation to each other.
type Site struct {
	Config  kb.Config
	Entries []*Entry // every page, in path order

	Incidents []*Entry // newest first, undated ones last
	Guides    []*Entry // in the order of the playbook, without the situations
	Terms     []*Entry // by title
	Pages     []*Entry // plain pages in path order, without those below

	// Heated moments and what to say in them: those with a key first, then by order.
	Situations []*Entry

	// The words above a section's list; nil where nobody wrote any.
	Home, IncidentsIntro, PlaybookIntro, GlossaryIntro *Entry

	Taxonomies []*Taxonomy // services, factors, tags, severities, years
	Redirects  []Redirect  // by path

	// Makes tells whether there is a page at an address, or a file for programs at a
	// path, that is made of the site as a whole: a list, a feed. Whoever plans these
	// sets it before anything about links is asked; without it there are none.
	Makes func(address string) bool

	files       map[string]string // co-located files: the path in NFC -> the path
	leftOut     map[string]string // paths of pages that are not shown -> why
	hiddenNames map[string]string // what a wiki link may call them, folded -> path
	findings    []diag.Finding    // of New itself

	byPath    map[string]int32 // entry numbers
	byAddress map[string]int32
	byName    map[string]int32  // what a wiki link may say, folded; made with the links
	byBase    map[string]string // base name, folded -> path, for suggestions

	links    func() *links
	resolved atomic.Pointer[links] // what links returns, once it has been asked
	start    func() []Start

	glossary  func() *markdown.Glossary
	uses      func() *uses
	usesKnown atomic.Pointer[uses] // what uses returns, once it has been asked

	// What revise compares.
	shape   *shape
	options Options
	byKind  [4][]*Entry         // in path order
	hidden  map[string]*kb.Page // by path: the pages that leftOut names
}

// Redirect is an old address that leads to a page.
type Redirect struct {
	Path string // of the file in the output
	To   *Entry
}

// New relates the pages of the corpus. Pages that cannot have an address of
// their own are left out, with an error among the findings.
//
// before may be an earlier site or nil. It only lends results for pages that
// have stayed the same; the new site is what it would be without it.
func New(corpus kb.Corpus, config kb.Config, o Options, before *Site) *Site {
	if before != nil {
		if s := before.revise(corpus, config, o); s != nil {
			return s
		}
	}
	s := &Site{
		Config:  config,
		files:   make(map[string]string, len(corpus.Files)),
		leftOut: map[string]string{},
		shape:   &shape{files: corpus.Files, broken: corpus.Broken},
		options: o,
		hidden:  map[string]*kb.Page{}, hiddenNames: map[string]string{},
	}
	for _, p := range corpus.Broken {
		s.leftOut[p] = "cannot be read"
	}
	for _, f := range corpus.Files {
		s.files[norm.NFC.String(f)] = f
	}
	s.collect(corpus)
	s.assignAddresses(before)
	s.arrange()
	s.taxonomies()
	s.redirects()
	s.linkLater(before)
	return s
}

// linkLater has the links resolved, and what rests on them found, when they are
// first asked for. before may know many of them.
func (s *Site) linkLater(before *Site) {
	s.termsLater(before)
	var known *links
	if before != nil {
		known = before.resolved.Load()
	}
	s.links = sync.OnceValue(func() *links {
		l := s.resolveAll(known)
		known = nil // or every site would hold on to the one before it
		s.resolved.Store(l)
		return l
	})
	s.start = sync.OnceValue(s.startHere)
}

// collect takes the pages that are to be shown.
func (s *Site) collect(corpus kb.Corpus) {
	s.Entries = make([]*Entry, 0, len(corpus.Incidents)+len(corpus.Guides)+len(corpus.Terms)+len(corpus.Pages))
	add := func(e *Entry) {
		if why := s.hides(e.Page); why != "" {
			s.leaveOut(e.Page, why)
			for _, name := range namesOf(e) {
				s.hiddenNames[fold(name)] = e.Path
			}
			return
		}
		s.Entries = append(s.Entries, e)
	}
	for _, i := range corpus.Incidents {
		add(&Entry{Page: &i.Page, Incident: i})
	}
	for _, g := range corpus.Guides {
		add(&Entry{Page: &g.Page, Guide: g})
	}
	for _, t := range corpus.Terms {
		add(&Entry{Page: &t.Page, Term: t})
	}
	for _, p := range corpus.Pages {
		add(&Entry{Page: p})
	}
	slices.SortFunc(s.Entries, func(a, b *Entry) int { return cmp.Compare(a.Path, b.Path) })
}

// hides returns why a page is not shown, or an empty string.
func (s *Site) hides(p *kb.Page) string {
	o := s.options
	switch {
	case !p.Public && s.Config.Public:
		return "is for internal readers"
	case p.Draft && !o.Drafts:
		return "is a draft"
	case p.Publish.After(o.Today) && !o.Future:
		return "is to be published on " + p.Publish.String()
	}
	return ""
}

func (s *Site) leaveOut(p *kb.Page, why string) {
	s.leftOut[p.Path] = why
	s.hidden[p.Path] = p
}

// arrange puts the pages of each kind in order.
func (s *Site) arrange() {
	for _, e := range s.Entries {
		s.byKind[e.Kind] = append(s.byKind[e.Kind], e)
		switch {
		case e.Incident != nil:
			s.Incidents = append(s.Incidents, e)
		case e.Guide != nil && e.Guide.Situation != nil:
			s.Situations = append(s.Situations, e)
		case e.Guide != nil:
			s.Guides = append(s.Guides, e)
		case e.Term != nil:
			s.Terms = append(s.Terms, e)
		case e.Address == "":
			s.Home = e
		case e.Address == "incidents/":
			s.IncidentsIntro = e
		case e.Address == "playbook/":
			s.PlaybookIntro = e
		case e.Address == "glossary/":
			s.GlossaryIntro = e
		default:
			s.Pages = append(s.Pages, e)
		}
	}
	slices.SortFunc(s.Incidents, s.newestFirst)
	slices.SortFunc(s.Guides, inOrder)
	slices.SortFunc(s.Situations, func(a, b *Entry) int {
		x, y := a.Guide.Situation.Key, b.Guide.Situation.Key
		return cmp.Or(compareBool(x == 0, y == 0), cmp.Compare(x, y), inOrder(a, b))
	})
	slices.SortFunc(s.Terms, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), cmp.Compare(a.Path, b.Path))
	})
}

// inOrder compares chapters; those without an order come last.
func inOrder(a, b *Entry) int {
	return cmp.Or(
		compareBool(a.Guide.Order == 0, b.Guide.Order == 0),
		cmp.Compare(a.Guide.Order, b.Guide.Order),
		cmp.Compare(a.Path, b.Path))
}

// newestFirst compares incidents by the day that lists show, and then by the time,
// so that no year comes twice.
func (s *Site) newestFirst(a, b *Entry) int {
	x, y := a.Incident.Started, b.Incident.Started
	before, _ := s.Day(a.Incident)
	after, _ := s.Day(b.Incident)
	return cmp.Or(
		compareBool(!x.Known(), !y.Known()),
		after.Time().Compare(before.Time()),
		y.Time.Compare(x.Time),
		cmp.Compare(b.Incident.ID, a.Incident.ID),
		cmp.Compare(a.Path, b.Path))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Today is the day of the build.
func (s *Site) Today() kb.Date { return s.options.Today }

// Service returns what the settings say about a service, however it is spelt.
func (s *Site) Service(name string) (kb.Service, bool) {
	for _, d := range s.Config.Services {
		if fold(d.ID) == fold(name) {
			return d, true
		}
	}
	return kb.Service{}, false
}

// At returns the page at an address.
func (s *Site) At(address string) (*Entry, bool) {
	n, ok := s.byAddress[address]
	if !ok {
		return nil, false
	}
	return s.Entries[n], true
}

// Has tells whether the site has a page at an address, or a file for programs.
func (s *Site) Has(address string) bool {
	_, ok := s.byAddress[address]
	return ok || s.makes(address)
}

func (s *Site) makes(address string) bool { return s.Makes != nil && s.Makes(address) }

// Targets returns where each link of the page leads, in the order of its links.
func (s *Site) Targets(e *Entry) []markdown.Target { return s.links().each[e.number].targets }

// Mentions returns the pages that link to this one, in path order.
func (s *Site) Mentions(e *Entry) []*Entry {
	numbers := s.links().mentions[e.number]
	entries := make([]*Entry, len(numbers))
	for i, n := range numbers {
		entries[i] = s.Entries[n]
	}
	return entries
}

// Entry returns the page of a file.
func (s *Site) Entry(path string) (*Entry, bool) {
	n, ok := s.byPath[norm.NFC.String(path)]
	if !ok {
		return nil, false
	}
	return s.Entries[n], true
}

// Related returns the pages that an incident's front matter names as related.
func (s *Site) Related(e *Entry) []*Entry {
	var entries []*Entry
	for _, n := range s.links().each[e.number].related {
		entries = append(entries, s.Entries[n])
	}
	return entries
}

// Files returns the co-located files that a page links to or shows, in order.
// No other files are part of the site.
func (s *Site) Files() []string { return s.links().used }

// Findings returns what is wrong with the site as a whole: addresses that
// clash and links that lead nowhere.
func (s *Site) Findings() []diag.Finding {
	return append(slices.Clone(s.findings), s.links().findings...)
}

// URL returns an address as it is written in a page: with the base path in
// front and escaped where a URL needs it.
func (s *Site) URL(address string) string {
	return s.Config.BaseURL.EscapedPath() + escapePath(address)
}

// AbsoluteURL returns an address with the scheme and host of the site.
func (s *Site) AbsoluteURL(address string) string {
	u := *s.Config.BaseURL
	u.Path += address
	u.RawPath = ""
	return u.String()
}
