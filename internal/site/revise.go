package site

import (
	"reflect"
	"slices"

	"debrief/internal/kb"
)

// shape is everything about a site but the texts of its pages: which pages there
// are, their addresses, their order, their groups. Sites that share the pointer
// share the shape.
type shape struct {
	files, broken []string
}

// SameShape tells whether two sites have the same pages at the same addresses,
// in the same order and the same groups.
func (s *Site) SameShape(o *Site) bool { return s.shape == o.shape }

// maxRevised is how many pages may have changed at once. With more, as after a
// checkout, starting anew costs less than searching every list for each.
const maxRevised = 8

// revise returns the site of the corpus when that differs from s only in the
// texts of pages, and nil otherwise. Most saves of an author are like that, and
// then only the pages that were saved have to be put in the place of the old.
func (s *Site) revise(corpus kb.Corpus, config kb.Config, o Options) *Site {
	if o != s.options || len(s.findings) > 0 || !slices.Equal(corpus.Files, s.shape.files) || !slices.Equal(corpus.Broken, s.shape.broken) || !reflect.DeepEqual(config, s.Config) {
		return nil
	}
	r := revision{old: s, replaced: map[*Entry]*Entry{}}
	for _, i := range corpus.Incidents {
		r.page(&i.Page, Entry{Page: &i.Page, Incident: i})
	}
	for _, g := range corpus.Guides {
		r.page(&g.Page, Entry{Page: &g.Page, Guide: g})
	}
	for _, t := range corpus.Terms {
		r.page(&t.Page, Entry{Page: &t.Page, Term: t})
	}
	for _, p := range corpus.Pages {
		r.page(p, Entry{Page: p})
	}
	if r.differs || r.seen != [4]int{len(s.byKind[0]), len(s.byKind[1]), len(s.byKind[2]), len(s.byKind[3])} || r.hidden != len(s.hidden) {
		return nil
	}
	return r.site()
}

// revision walks through a corpus and the site of an earlier one side by side.
type revision struct {
	old      *Site
	replaced map[*Entry]*Entry
	seen     [4]int // pages of each kind
	hidden   int
	differs  bool // in more than texts
}

func (r *revision) page(p *kb.Page, e Entry) {
	if r.differs {
		return
	}
	if old, ok := r.old.hidden[p.Path]; ok {
		r.hidden++
		r.differs = old != p
		return
	}
	list, n := r.old.byKind[p.Kind], r.seen[p.Kind]
	if n == len(list) {
		r.differs = true
		return
	}
	r.seen[p.Kind]++
	old := list[n]
	if old.Page == p {
		return
	}
	if len(r.replaced) == maxRevised || !r.old.sameShape(old, &e) || r.old.hides(p) != "" {
		r.differs = true
		return
	}
	e.Address, e.number, e.wants, e.claim = old.Address, old.number, old.wants, old.claim
	r.replaced[old] = &e
}

// sameShape tells whether the pages have the same address, the same place in
// every order and the same groups.
func (s *Site) sameShape(a, b *Entry) bool {
	if a.Path != b.Path || a.Slug != b.Slug || !slices.Equal(a.Aliases, b.Aliases) {
		return false
	}
	switch {
	case a.Incident != nil:
		x, y := a.Incident, b.Incident
		return x.ID == y.ID && x.IDGiven == y.IDGiven && x.Started.Precision == y.Started.Precision && x.Started.Time.Equal(y.Started.Time) &&
			x.Started.DateIn(s.ZoneOf(x)) == y.Started.DateIn(s.ZoneOf(y)) &&
			x.Severity == y.Severity && slices.Equal(x.Services, y.Services) && slices.Equal(x.Factors, y.Factors) && slices.Equal(x.Tags, y.Tags)
	case a.Guide != nil:
		x, y := a.Guide.Situation, b.Guide.Situation
		return a.Guide.Order == b.Guide.Order && a.Guide.Part == b.Guide.Part && (x == nil) == (y == nil) && (x == nil || x.Key == y.Key) && (len(a.Guide.Cards) > 0) == (len(b.Guide.Cards) > 0)
	case a.Term != nil:
		return a.Title == b.Title
	}
	return true
}

// site puts the pages that have changed in the place of the old ones.
func (r *revision) site() *Site {
	old := r.old
	s := &Site{
		Config: old.Config, files: old.files, leftOut: old.leftOut, hidden: old.hidden, hiddenNames: old.hiddenNames,
		byPath: old.byPath, byAddress: old.byAddress, shape: old.shape, options: old.options,
		Entries: r.list(old.Entries), Incidents: r.list(old.Incidents), Guides: r.list(old.Guides), Situations: r.list(old.Situations), Terms: r.list(old.Terms), Pages: r.list(old.Pages),
		Home: r.entry(old.Home), IncidentsIntro: r.entry(old.IncidentsIntro), PlaybookIntro: r.entry(old.PlaybookIntro), GlossaryIntro: r.entry(old.GlossaryIntro),
	}
	for k := range s.byKind {
		s.byKind[k] = r.list(old.byKind[k])
	}
	for _, redirect := range old.Redirects {
		s.Redirects = append(s.Redirects, Redirect{redirect.Path, r.entry(redirect.To)})
	}
	for _, t := range old.Taxonomies {
		copied := &Taxonomy{Key: t.Key, Label: t.Label, Plural: t.Plural, byKey: make(map[string]*Group, len(t.byKey))}
		of := make(map[*Group]*Group, len(t.Terms))
		for _, g := range t.Terms {
			c := *g
			c.Taxonomy, c.Incidents = copied, r.list(g.Incidents)
			of[g] = &c
			copied.Terms = append(copied.Terms, &c)
		}
		for key, g := range t.byKey {
			copied.byKey[key] = of[g]
		}
		s.Taxonomies = append(s.Taxonomies, copied)
	}
	s.linkLater(old)
	return s
}

func (r *revision) entry(e *Entry) *Entry {
	if n, ok := r.replaced[e]; ok {
		return n
	}
	return e
}

// list is the list with the new pages in it: the same list when it has none.
func (r *revision) list(list []*Entry) []*Entry {
	changed := false
	for from, to := range r.replaced {
		if i := slices.Index(list, from); i >= 0 {
			if !changed {
				list, changed = slices.Clone(list), true
			}
			list[i] = to
		}
	}
	return list
}
