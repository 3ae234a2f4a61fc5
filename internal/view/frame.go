package view

import (
	"html/template"
	"net/url"
	"strings"

	"debrief/internal/chart"
	"debrief/internal/markdown"
	"debrief/internal/site"
)

// frame makes what surrounds the page at an address. e is the page's own entry
// or nil.
func (p *Plan) frame(kind, address, title, description string, e *site.Entry, crumbs ...Ref) Frame {
	c := p.site.Config
	f := Frame{
		Kind:          kind,
		Language:      c.Language,
		SiteTitle:     c.Title,
		Title:         title,
		Description:   description,
		Canonical:     p.site.AbsoluteURL(address),
		HomeURL:       p.site.URL(""),
		SearchURL:     p.site.URL("search/"),
		IndexURL:      p.site.URL(SearchIndex),
		PaletteURL:    p.site.URL(p.assets.Palette),
		OpenSearchURL: p.site.URL(OpenSearchPath),
		FeedURL:       p.site.URL(FeedPath),
		JSONFeedURL:   p.site.URL(JSONFeedPath),
		ProgramsURL:   p.site.URL(site.ProgramsAddress),
		CSS:           p.site.URL(p.assets.CSS),
		JS:            p.site.URL(p.assets.JS),
		Icon:          p.site.URL(p.assets.Icon),
		Crumbs:        crumbs,
	}
	if f.Description == "" {
		f.Description = c.Description
	}
	if e != nil && c.EditURL != "" {
		f.EditURL = strings.ReplaceAll(c.EditURL, "{path}", (&url.URL{Path: e.Path}).EscapedPath())
	}
	section := sectionOf(address)
	for _, n := range c.Navigation {
		item := NavItem{Title: n.Title, URL: n.URL}
		if u, err := url.Parse(n.URL); err == nil && strings.HasPrefix(n.URL, "/") && u.Host == "" {
			path := strings.TrimPrefix(u.Path, "/")
			item.Current = path == address || path != "" && strings.HasPrefix(address, path) || path == section
			item.URL = p.site.URL(path)
			if u.RawQuery != "" {
				item.URL += "?" + u.RawQuery
			}
			if u.Fragment != "" {
				item.URL += "#" + u.EscapedFragment()
			}
		}
		f.Nav = append(f.Nav, item)
	}
	return f
}

// sectionOf is the address of the section that a page belongs to in the
// navigation: the lists of services, tags and so on are lists of incidents.
func sectionOf(address string) string {
	first, _, _ := strings.Cut(address, "/")
	switch first {
	case "services", "factors", "severities", "tags", "years", "on-this-day", "start-here":
		return "incidents/"
	}
	return first + "/"
}

func (p *Plan) section(title, address string) Ref { return Ref{title, p.site.URL(address)} }

// body is the page's text. The title in the text is left out where the page
// shows the same words above it.
func (p *Plan) body(e *site.Entry) template.HTML {
	if e == nil {
		return ""
	}
	level := 0
	if e.Doc.Title != "" && !strings.EqualFold(e.Doc.Title, e.Title) {
		level = 2
	}
	page, _ := p.site.MarkTerms(e, e.Doc.HTML(p.site.Targets(e), level))
	// Package markdown escapes all text and attributes, so this is HTML.
	return template.HTML(page)
}

// drawing puts a drawing into a page. Package chart escapes all texts and
// attributes in it, so this is HTML.
func drawing(s chart.SVG) template.HTML { return template.HTML(s) }

// contents is the table of contents: the headings of levels 2 and 3, where
// there are enough of them to need one.
func contents(doc *markdown.Doc) []Heading {
	var list []Heading
	for _, h := range doc.Headings {
		if h.Level <= 3 && h.Text != "" {
			list = append(list, Heading{h.Level, h.ID, h.Text})
		}
	}
	if len(list) < 2 {
		return nil
	}
	return list
}

func (p *Plan) mentions(e *site.Entry) []Mention {
	var list []Mention
	for _, from := range p.site.Mentions(e) {
		list = append(list, Mention{from.Title, p.site.URL(from.Address), from.Kind.String()})
	}
	return list
}

func (p *Plan) ref(e *site.Entry) *Ref { return &Ref{e.Title, p.site.URL(e.Address)} }

// neighbours are the entries before and after the one at i.
func (p *Plan) neighbours(list []*site.Entry, i int) (before, after *Ref) {
	if i > 0 {
		before = p.ref(list[i-1])
	}
	if i+1 < len(list) {
		after = p.ref(list[i+1])
	}
	return before, after
}
