package site

import (
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"debrief/internal/diag"
	"debrief/internal/markdown"
	"debrief/internal/parse"
)

// links is where all links of a site lead.
type links struct {
	site     *Site
	each     []resolved // by entry number
	mentions [][]int32  // by entry number: the numbers of those that link to it
	start    []started  // what start_here in the settings names
	used     []string   // co-located files
	findings []diag.Finding
}

// resolveAll resolves the links of every page. Where they lead depends on the
// page's own links and on what the site's pages are called; when the latter is
// as it was, known has the answer for every page that has not changed, unless it
// links to the lists of actions.
func (s *Site) resolveAll(known *links) *links {
	if known != nil && !s.calledAs(known.site) {
		known = nil
	}
	if known == nil {
		s.indexNames()
	} else {
		s.byName, s.byBase = known.site.byName, known.site.byBase
	}
	all := &links{site: s, each: make([]resolved, len(s.Entries))}
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	var moved atomic.Bool // a page links to others than before
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(s.Entries); i += workers {
				if known != nil && known.site.Entries[i].Doc == s.Entries[i].Doc && !known.each[i].passing {
					all.each[i] = known.each[i]
					continue
				}
				all.each[i] = s.resolve(s.Entries[i])
				if known == nil || !slices.Equal(all.each[i].pages, known.each[i].pages) {
					moved.Store(true)
				}
			}
		})
	}
	wg.Wait()
	if known != nil && !moved.Load() {
		all.mentions = known.mentions
	} else {
		all.mentions = mentions(all.each)
	}

	used := map[string]bool{}
	suggestions := 0
	report := func(list []broken) {
		for _, b := range list {
			if b.near != "" && suggestions < maxSuggestions {
				suggestions++
				b.Hint = s.didYouMean(b.near, b.picture)
			}
			all.findings = append(all.findings, b.Finding)
		}
	}
	var wrong []broken
	all.start, wrong = s.resolveStart()
	report(wrong)
	for _, r := range all.each {
		for _, f := range r.files {
			if !used[f] {
				used[f] = true
				all.used = append(all.used, f)
			}
		}
		report(r.broken)
	}
	slices.Sort(all.used)
	return all
}

// mentions turns around who links to whom.
func mentions(each []resolved) [][]int32 {
	list := make([][]int32, len(each))
	for from, r := range each {
		for _, to := range r.pages {
			if m := list[to]; int(to) != from && (len(m) == 0 || m[len(m)-1] != int32(from)) {
				list[to] = append(m, int32(from))
			}
		}
	}
	return list
}

// calledAs tells whether everything that a link may name has the same name and
// the same place on both sites.
func (s *Site) calledAs(o *Site) bool {
	if s.shape != o.shape || s.Config.BaseURL.String() != o.Config.BaseURL.String() {
		return false
	}
	for i, e := range s.Entries {
		if p := o.Entries[i]; e != p &&
			(e.Title != p.Title || e.Doc.Title != p.Doc.Title || e.Term != nil && !slices.Equal(e.Term.Also, p.Term.Also) ||
				!slices.EqualFunc(e.Doc.Headings, p.Doc.Headings, func(a, b markdown.Heading) bool { return a.ID == b.ID })) {
			return false
		}
	}
	return true
}

// maxSuggestions is for how many broken links of a site a near name is looked
// for among all others; beyond it something larger is wrong.
const maxSuggestions = 200

// namesOf is what a wiki link may call a page.
func namesOf(e *Entry) []string {
	names := []string{parse.Name(e.Path), e.Title}
	if e.Incident != nil {
		names = append(names, e.Incident.ID)
	}
	if e.Term != nil {
		names = append(names, e.Term.Also...)
	}
	return names
}

// indexNames notes what a wiki link may call a page: an incident's id, a
// title, another name of a term, the file's name. The first meaning wins.
func (s *Site) indexNames() {
	s.byName = make(map[string]int32, 3*len(s.Entries))
	s.byBase = make(map[string]string, len(s.Entries)+len(s.files))
	name := func(n string, e *Entry) {
		if n = fold(n); n != "" {
			if _, taken := s.byName[n]; !taken {
				s.byName[n] = int32(e.number)
			}
		}
	}
	for _, e := range s.Entries {
		if e.Incident != nil {
			name(e.Incident.ID, e)
		}
	}
	for _, e := range s.Entries {
		name(parse.Name(e.Path), e)
		s.byBase[strings.ToLower(path.Base(e.Path))] = e.Path
	}
	for _, e := range s.Entries {
		name(e.Title, e)
		if e.Term != nil {
			for _, also := range e.Term.Also {
				name(also, e)
			}
		}
	}
	for _, f := range s.files { // in no order, so the first of one name is sought
		base := strings.ToLower(path.Base(f))
		if old, taken := s.byBase[base]; !taken || f < old {
			s.byBase[base] = f
		}
	}
}
