package view

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"debrief/internal/ledger"
	"debrief/internal/record"
	"debrief/internal/site"
)

// How much the front page shows.
const (
	homeLatest    = 6
	homeUnsettled = 5
	homeTerms     = 6
	homeStart     = 3
)

func (p *Plan) home() Home {
	s := p.site
	h := Home{
		Heading: s.Config.Title, Incidents: len(s.Incidents),
		Latest: p.rows(s.Incidents[:min(homeLatest, len(s.Incidents))]),
		Facets: p.facets(homeTerms), Playbook: p.chapters(-1), AllURL: s.URL("incidents/"),
		Reviews: p.reviews(homeReviews),
	}
	description := ""
	if s.Home != nil {
		h.Heading, h.Body, description = s.Home.Title, p.body(s.Home), s.Home.Summary
	}
	due := map[string]bool{} // these are shown with what is due, and once is enough
	for _, r := range h.Reviews.Rows {
		due[r.URL] = true
	}
	for _, e := range s.Incidents {
		if len(h.Unsettled) < homeUnsettled && unsettled(e.Incident) && !due[s.URL(e.Address)] {
			h.Unsettled = append(h.Unsettled, p.row(e))
		}
	}
	if len(s.Config.StartHere) > 0 || len(s.Incidents) > homeStart { // of fewer, one need not be told where to begin
		curated, suggested := p.startRows(homeStart)
		h.Start, h.StartURL = append(curated, suggested...), s.URL(site.StartAddress)
	}
	h.Actions = p.unfinished()
	h.ActionsURL = s.URL(ledger.Address)
	h.Around, h.DaysURL = p.aroundToday(), s.URL(site.DaysAddress)
	h.Frame = p.frame("home", "", "", description, s.Home)
	h.DataURL = s.URL(record.FileName)
	return h
}

// unfinished counts the actions that are left, as the ledger does, which takes too
// long for a page that is looked at after every save.
func (p *Plan) unfinished() (u Unfinished) {
	for _, e := range p.site.Incidents {
		for _, a := range e.Incident.Actions {
			u.add(a, p.site.Today())
		}
	}
	return u
}

// chapters lists the playbook; current is the place of the page that shows the
// list, or -1.
func (p *Plan) chapters(current int) []Chapter {
	var list []Chapter
	for i, e := range p.site.Guides {
		list = append(list, Chapter{i + 1, e.Title, p.site.URL(e.Address), e.Summary, i == current})
	}
	return list
}

func (p *Plan) playbook() Playbook {
	v := Playbook{Heading: "Playbook", Chapters: p.chapters(-1)}
	e := p.site.PlaybookIntro
	if e != nil {
		v.Heading, v.Summary, v.Body, v.Contents = e.Title, e.Summary, p.body(e), contents(e.Doc)
	}
	v.Frame = p.frame("playbook", "playbook/", v.Heading, v.Summary, e)
	return v
}

func (p *Plan) guide(n int) Guide {
	e := p.site.Guides[n]
	v := Guide{
		Frame:   p.frame("guide", e.Address, e.Title, e.Summary, e, p.section("Playbook", "playbook/")),
		Heading: e.Title, Number: n + 1, Chapters: p.chapters(n),
		Contents: contents(e.Doc), Body: p.body(e), Mentions: p.mentions(e),
	}
	if e.Summary != e.Doc.Lead {
		v.Summary = e.Summary
	}
	v.Previous, v.Next = p.neighbours(p.site.Guides, n)
	return v
}

func (p *Plan) glossary() Glossary {
	v := Glossary{Heading: "Glossary"}
	intro, description := p.site.GlossaryIntro, ""
	if intro != nil {
		v.Heading, v.Body, description = intro.Title, p.body(intro), intro.Summary
	}
	for _, e := range p.site.Terms {
		letter := initial(e.Title)
		i := slices.IndexFunc(v.Letters, func(l Letter) bool { return l.Letter == letter })
		if i < 0 {
			id := "letter-" + letter
			if letter == "#" {
				id = "letter-other"
			}
			i = len(v.Letters)
			v.Letters = append(v.Letters, Letter{Letter: letter, ID: id})
		}
		v.Letters[i].Terms = append(v.Letters[i].Terms, TermRow{e.Title, p.site.URL(e.Address), e.Summary, e.Also})
	}
	v.Frame = p.frame("glossary", "glossary/", v.Heading, description, intro)
	return v
}

// initial is the letter under which a title stands, without its accent; "#"
// for one that begins with no letter.
func initial(title string) string {
	r, _ := utf8.DecodeRuneInString(norm.NFD.String(strings.TrimSpace(title)))
	if !unicode.IsLetter(r) {
		return "#"
	}
	return string(unicode.ToUpper(r))
}

func (p *Plan) term(n int) Term {
	e := p.site.Terms[n]
	v := Term{
		Frame:   p.frame("term", e.Address, e.Title, e.Summary, e, p.section("Glossary", "glossary/")),
		Heading: e.Title, Also: e.Also, Body: p.body(e), Mentions: p.mentions(e),
	}
	if e.Summary != e.Doc.Lead {
		v.Summary = e.Summary
	}
	v.Previous, v.Next = p.neighbours(p.site.Terms, n)
	uses := p.site.Uses(e)
	for _, from := range uses[:min(len(uses), maxUses)] {
		v.Uses = append(v.Uses, Mention{from.Title, p.site.URL(from.Address), from.Kind.String()})
	}
	v.MoreUses = len(uses) - len(v.Uses)
	return v
}

// maxUses is how many of the pages that use a term its page names.
const maxUses = 40

func (p *Plan) plain(e *site.Entry) Plain {
	v := Plain{
		Frame:   p.frame("page", e.Address, e.Title, e.Summary, e),
		Heading: e.Title, Contents: contents(e.Doc), Body: p.body(e), Mentions: p.mentions(e),
	}
	if e.Summary != e.Doc.Lead {
		v.Summary = e.Summary
	}
	return v
}

// searchListed is up to how many incidents the search page names. On a larger
// site its older years lead to the lists.
const searchListed = 500

func (p *Plan) search() Search {
	v := Search{
		Frame:    p.frame("search", "search/", "Search", "", nil),
		Script:   p.site.URL(p.assets.Search),
		Examples: p.examples(), Years: p.yearsOf(searchListed),
	}
	for _, t := range p.site.Taxonomies {
		if len(t.Terms) > 0 {
			v.Taxonomy = append(v.Taxonomy, Ref{t.Plural, p.site.URL(t.Key + "/")})
		}
	}
	for _, e := range p.site.Guides {
		v.Chapters = append(v.Chapters, *p.ref(e))
	}
	for _, e := range p.site.Terms {
		v.Terms = append(v.Terms, *p.ref(e))
	}
	return v
}

// yearsOf lists the incidents by year, the newest first: whole years up to a
// number of incidents in all, and then numbers.
func (p *Plan) yearsOf(most int) []YearOf {
	var years []YearOf
	for rest := p.site.Incidents; len(rest) > 0; {
		year := p.site.Year(rest[0].Incident)
		n := slices.IndexFunc(rest, func(e *site.Entry) bool { return p.site.Year(e.Incident) != year })
		if n < 0 {
			n = len(rest)
		}
		y := YearOf{Title: year, N: n}
		if g, ok := p.site.Taxonomy("years").Find(year); ok {
			y.URL = p.site.URL(g.Address)
		} else {
			last := max(1, (len(p.site.Incidents)+PageSize-1)/PageSize)
			y.Title, y.URL = "Undated", p.site.URL(pageAddress("incidents/", last))
		}
		if most -= n; most >= 0 {
			y.Rows = p.rows(rest[:n])
		}
		years = append(years, y)
		rest = rest[n:]
	}
	return years
}

// examples are filters of the query language with a value of this site each.
func (p *Plan) examples() []Example {
	var list []Example
	add := func(label, name, value string) {
		text := filter(name, value)
		list = append(list, Example{label, text, p.searchURL(text)})
	}
	for _, f := range []struct{ name, taxonomy string }{
		{"service", "services"}, {"severity", "severities"}, {"tag", "tags"}, {"factor", "factors"}, {"year", "years"},
	} {
		if t := p.site.Taxonomy(f.taxonomy); len(t.Terms) > 0 {
			add(t.Label, f.name, t.Terms[0].Name)
		}
	}
	if i := slices.IndexFunc(p.site.Incidents, func(e *site.Entry) bool { return e.Incident.Status != "" }); i >= 0 {
		add("Status of the post-mortem", "status", p.site.Incidents[i].Incident.Status)
	}
	return list
}

func (p *Plan) notFound() NotFound {
	return NotFound{
		Frame:  p.frame("404", NotFoundPath, "Page not found", "", nil),
		Latest: p.rows(p.site.Incidents[:min(5, len(p.site.Incidents))]),
	}
}
