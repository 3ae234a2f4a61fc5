package site

import (
	"fmt"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/unicode/norm"

	"debrief/internal/diag"
	"debrief/internal/markdown"
	"debrief/internal/parse"
)

// links is where all links of a site lead.
type links struct {
	site     *Site
	each     []resolved // by entry number
	mentions [][]int32  // by entry number: the numbers of those that link to it
	used     []string   // co-located files
	findings []diag.Finding
}

// resolved is where the links of one page lead.
type resolved struct {
	targets []markdown.Target
	pages   []int32 // entry numbers
	files   []string
	broken  []broken
}

// broken is a link that leads nowhere. near is the name for which a suggestion
// may be looked for among all others.
type broken struct {
	diag.Finding
	near string
}

// resolveAll resolves the links of every page. Where they lead depends on the
// page's own links and on what the site's pages are called; when the latter is
// as it was, known has the answer for every page that has not changed.
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
				if known != nil && known.site.Entries[i].Doc == s.Entries[i].Doc {
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
	for _, r := range all.each {
		for _, f := range r.files {
			if !used[f] {
				used[f] = true
				all.used = append(all.used, f)
			}
		}
		for _, b := range r.broken {
			if b.near != "" && suggestions < maxSuggestions {
				suggestions++
				b.Hint = s.didYouMean(b.near)
			}
			all.findings = append(all.findings, b.Finding)
		}
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

// resolve finds where the links of one page lead.
func (s *Site) resolve(e *Entry) resolved {
	r := resolved{}
	if len(e.Doc.Links) > 0 {
		r.targets = make([]markdown.Target, len(e.Doc.Links))
	}
	for i, l := range e.Doc.Links {
		d := s.destination(e, l)
		if d.broken != "" {
			r.targets[i] = markdown.Target{Text: l.Dest, Broken: d.broken}
			r.broken = append(r.broken, broken{
				diag.Finding{Path: e.Path, Pos: l.Pos, Level: diag.Error, Rule: d.rule, Text: d.broken, Hint: d.hint}, d.near})
			continue
		}
		r.targets[i] = markdown.Target{URL: d.url, External: d.external, Text: l.Dest}
		if d.page != nil {
			r.pages = append(r.pages, int32(d.page.number))
			r.targets[i].Text = d.page.Title
		}
		if d.file != "" {
			r.files = append(r.files, d.file)
		}
	}
	return r
}

// destination is where one link leads: a page or a file of the site, somewhere
// else, or nowhere.
type destination struct {
	url      string
	page     *Entry
	file     string
	external bool
	broken   string // why it leads nowhere
	rule     string
	hint     string
	near     string
}

func nowhere(rule, text, hint string) destination {
	return destination{broken: text, rule: rule, hint: hint}
}

func (s *Site) destination(from *Entry, l markdown.Link) destination {
	if l.Kind == markdown.Wiki {
		return s.wiki(from, l.Dest)
	}
	dest := strings.TrimSpace(l.Dest)
	u, err := url.Parse(dest)
	if err != nil {
		return nowhere("broken-link", fmt.Sprintf("%q is not an address", dest), "")
	}
	switch {
	case AllowedURL(dest):
		return destination{url: dest, external: true}
	case strings.EqualFold(u.Scheme, "http"), strings.EqualFold(u.Scheme, "https"):
		return nowhere("broken-link", fmt.Sprintf("%q names no host", dest), "")
	case u.Scheme != "":
		return nowhere("link-scheme", fmt.Sprintf("links of the kind %q are not allowed", u.Scheme+":"), "use http, https or mailto")
	case u.Host != "":
		return destination{url: dest, external: true}
	case l.Kind == markdown.Auto:
		return destination{url: dest, external: true}
	case u.Path == "":
		return s.heading(from, u.Fragment, "#")
	}
	return s.local(from, u, l.Kind == markdown.Image)
}

// AllowedURL tells whether an address elsewhere is of a kind that a page may
// link to.
func AllowedURL(text string) bool {
	u, err := url.Parse(text)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return true
	}
	return false
}

// wiki resolves [[name]] and [[name#heading]].
func (s *Site) wiki(from *Entry, text string) destination {
	name, fragment, _ := strings.Cut(text, "#")
	if strings.TrimSpace(name) == "" {
		return s.heading(from, fragment, "#")
	}
	if n, ok := s.byName[fold(name)]; ok {
		return s.heading(s.Entries[n], fragment, name+"#")
	}
	d := nowhere("broken-link", fmt.Sprintf("there is no page called %q", name), "")
	d.near = name
	return d
}

// local resolves a path to a page or a file: from the page's own folder, or
// from the root of the site when it begins with a slash.
func (s *Site) local(from *Entry, u *url.URL, image bool) destination {
	p := norm.NFC.String(u.Path)
	if rooted, ok := strings.CutPrefix(p, "/"); ok {
		p = rooted
	} else {
		p = path.Join(norm.NFC.String(path.Dir(from.Path)), p)
	}
	p = path.Clean(strings.TrimSuffix(p, "/"))
	if p == "." {
		p = ""
	}
	if p == ".." || strings.HasPrefix(p, "../") {
		return nowhere("broken-link", fmt.Sprintf("%s leads out of the content folder", u.Path), "")
	}
	if f, ok := s.files[p]; ok {
		if why := Unpublishable(p); why != "" {
			return nowhere("file-type", why, "")
		}
		return destination{url: s.URL(f), file: f}
	}
	if image {
		return s.missing("broken-image", fmt.Sprintf("there is no picture %s", p), p)
	}
	for _, try := range []string{p, p + ".md", path.Join(p, "index.md"), path.Join(p, "README.md")} {
		if n, ok := s.byPath[try]; ok {
			return s.heading(s.Entries[n], u.Fragment, u.Path+"#")
		}
	}
	address := ""
	if p != "" {
		address = p + "/"
	}
	if e, ok := s.At(address); ok {
		return s.heading(e, u.Fragment, u.Path+"#")
	}
	if s.isList(address) {
		return destination{url: s.URL(address)}
	}
	if why, ok := s.leftOut[p]; ok {
		return nowhere("broken-link", fmt.Sprintf("%s %s", p, why), "")
	}
	return s.missing("broken-link", fmt.Sprintf("there is no page %s", p), p)
}

// isList tells whether an address is that of a page without a file of its own.
func (s *Site) isList(address string) bool {
	switch address {
	case "", "incidents/", "playbook/", "glossary/", "search/":
		return true
	}
	for _, t := range s.Taxonomies {
		if address == t.Key+"/" {
			return true
		}
		if strings.HasPrefix(address, t.Key+"/") {
			for _, g := range t.Terms {
				if g.Address == address {
					return true
				}
			}
		}
	}
	return false
}

// heading resolves the part of a link after "#". It may be written with or
// without the prefix that ids have, and as the heading's words.
func (s *Site) heading(e *Entry, fragment, shown string) destination {
	d := destination{url: s.URL(e.Address), page: e}
	if fragment == "" {
		return d
	}
	want := markdown.Anchor(norm.NFC.String(fragment))
	anchors := make([]string, 0, len(e.Doc.Headings))
	for _, id := range []string{markdown.IDPrefix + want, want} { // written without the prefix, or with it
		for _, h := range e.Doc.Headings {
			if h.ID == id {
				d.url += "#" + url.PathEscape(h.ID)
				return d
			}
		}
	}
	for _, h := range e.Doc.Headings {
		anchors = append(anchors, strings.TrimPrefix(h.ID, markdown.IDPrefix))
	}
	if e.Doc.Title != "" && markdown.Anchor(e.Doc.Title) == want {
		return d // the title is the top of the page
	}
	hint := ""
	if near := diag.Suggest(want, anchors); near != "" {
		hint = fmt.Sprintf("did you mean %s%s?", shown, near)
	} else if len(anchors) > 0 {
		hint = "its headings are " + strings.Join(anchors[:min(len(anchors), 8)], ", ")
	}
	return nowhere("broken-anchor", fmt.Sprintf("%s has no heading %q", e.Path, fragment), hint)
}

// missing is a path that is not there. A file of the same name elsewhere is
// the best suggestion.
func (s *Site) missing(rule, text, p string) destination {
	d := nowhere(rule, text, "")
	if near, ok := s.byBase[strings.ToLower(path.Base(p))]; ok {
		d.hint = fmt.Sprintf("did you mean %s?", near)
	} else {
		d.near = p
	}
	return d
}

// didYouMean suggests one of all names or, for a path, of all paths and
// addresses.
func (s *Site) didYouMean(name string) string {
	var candidates []string
	if strings.Contains(name, "/") || path.Ext(name) != "" {
		for _, e := range s.Entries {
			candidates = append(candidates, e.Path, strings.TrimSuffix(e.Address, "/"))
		}
		for _, f := range s.files {
			candidates = append(candidates, f)
		}
		for _, t := range s.Taxonomies {
			for _, g := range t.Terms {
				candidates = append(candidates, strings.TrimSuffix(g.Address, "/"))
			}
		}
		slices.Sort(candidates) // files come in no order
	} else {
		for _, e := range s.Entries {
			if e.Incident != nil {
				candidates = append(candidates, e.Incident.ID)
			}
			candidates = append(candidates, e.Title, parse.Name(e.Path))
			if e.Term != nil {
				candidates = append(candidates, e.Term.Also...)
			}
		}
	}
	near := diag.Suggest(name, candidates)
	if near == "" {
		return ""
	}
	if _, ok := s.byAddress[near+"/"]; ok || s.isList(near+"/") {
		near = "/" + near + "/"
	}
	return fmt.Sprintf("did you mean %q?", near)
}
