package site

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"debrief/internal/diag"
	"debrief/internal/markdown"
)

// resolved is where the links of one page lead.
type resolved struct {
	targets []markdown.Target
	pages   []int32 // entry numbers
	related []int32 // of an incident: the pages that its front matter names
	files   []string
	broken  []broken
	passing bool // one of the links leads where a page may come or go with the text of another
}

// broken is a link that leads nowhere. near is the name for which a suggestion
// may be looked for among all others.
type broken struct {
	diag.Finding
	near    string
	picture bool // near is that of a file
}

// resolve finds where the links of one page lead.
func (s *Site) resolve(e *Entry) resolved {
	r := resolved{}
	if len(e.Doc.Links) > 0 {
		r.targets = make([]markdown.Target, len(e.Doc.Links))
	}
	for i, l := range e.Doc.Links {
		d := s.destination(e, l)
		r.passing = r.passing || d.passing
		if d.broken != "" {
			if d.anchors != nil && len(r.broken) < maxHints {
				d.hint = nearAnchor(d)
			}
			r.targets[i] = markdown.Target{Text: l.Dest, Broken: cmp.Or(d.told, d.broken)}
			r.broken = append(r.broken, broken{
				diag.Finding{Path: e.Path, Pos: l.Pos, Level: diag.Error, Rule: d.rule, Text: d.broken, Hint: d.hint}, d.nearPage(), d.picture})
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
	if e.Incident != nil {
		s.resolveRelated(e, &r)
	}
	return r
}

// resolveRelated finds the pages that an incident's front matter calls related,
// by what a wiki link may call them or by their paths.
func (s *Site) resolveRelated(e *Entry, r *resolved) {
	for _, name := range e.Incident.Related {
		d := s.named(e, name)
		r.passing = r.passing || d.passing
		switch {
		case d.page != nil:
			if n := int32(d.page.number); d.page != e && !slices.Contains(r.related, n) {
				r.related = append(r.related, n)
				r.pages = append(r.pages, n)
			}
		case d.broken != "":
			if d.anchors != nil {
				d.hint = nearAnchor(d)
			}
			r.broken = append(r.broken, broken{
				diag.Finding{Path: e.Path, Pos: e.At["related"], Level: diag.Error, Rule: d.rule, Text: d.broken, Hint: d.hint}, d.nearPage(), false})
		default:
			r.broken = append(r.broken, broken{
				diag.Finding{Path: e.Path, Pos: e.At["related"], Level: diag.Error, Rule: "broken-link", Text: fmt.Sprintf("%q is not a page", name)}, "", false})
		}
	}
}

// named resolves what a setting calls a page: what a wiki link may call it, or its
// path.
func (s *Site) named(from *Entry, name string) destination {
	d := s.wiki(from, name)
	if u, err := url.Parse(name); d.broken != "" && err == nil && u.Path != "" && (strings.Contains(name, "/") || strings.HasSuffix(u.Path, ".md")) {
		return s.local(from, u, false)
	}
	return d
}

// destination is where one link leads: a page or a file of the site, somewhere
// else, or nowhere.
type destination struct {
	url      string
	page     *Entry
	file     string
	external bool
	passing  bool   // what is there may come or go with the text of another page
	broken   string // why it leads nowhere
	told     string // what readers are told instead, or empty
	rule     string
	hint     string
	near     string   // the name for which a near one may be looked for
	picture  bool     // among pictures
	anchors  []string // among these
	shown    string   // what a suggested anchor follows
}

// nearPage is the name for which a near one may be looked for among all pages.
func (d destination) nearPage() string {
	if d.anchors != nil {
		return ""
	}
	return d.near
}

func nowhere(rule, text, hint string) destination {
	return destination{broken: text, rule: rule, hint: hint}
}

// notShown is the destination of a link to a page that is left out. The finding
// names the page's file; a site for everybody does not, since the name alone may
// tell what is not to be told.
func (s *Site) notShown(p string) destination {
	d := nowhere("broken-link", fmt.Sprintf("%s %s", p, s.leftOut[p]), "")
	if s.Config.Public {
		d.told = "this page is not shown"
	}
	return d
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
	if p, ok := s.hiddenNames[fold(name)]; ok {
		return s.notShown(p)
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
		d := s.missing("broken-image", fmt.Sprintf("there is no picture %s", p), p)
		d.picture = true
		return d
	}
	for _, try := range []string{p, p + ".md", path.Join(p, "index.md"), path.Join(p, "_index.md"), path.Join(p, "README.md")} {
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
	passing := address != Actions && strings.HasPrefix(address, Actions)
	for _, made := range []string{address, p} { // a page, or a file
		if s.makes(made) {
			rest := url.URL{RawQuery: u.RawQuery, Fragment: u.Fragment, RawFragment: u.RawFragment}
			return destination{url: s.URL(made) + rest.String(), passing: passing}
		}
	}
	if _, ok := s.leftOut[p]; ok {
		return s.notShown(p)
	}
	d := s.missing("broken-link", fmt.Sprintf("there is no page %s", p), p)
	d.passing = passing
	return d
}

// Actions is the address of the list of all actions. Those below it are for lists
// of some of them, which come and go with the texts of incidents.
const Actions = "actions/"

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
	d = nowhere("broken-anchor", fmt.Sprintf("%s has no heading %q", e.Path, fragment), "")
	d.near, d.shown, d.anchors = want, shown, anchors
	return d
}

// maxHints is for how many broken anchors of a page a near one is looked for.
const maxHints = 20

// nearAnchor suggests a heading for one that is not there.
func nearAnchor(d destination) string {
	if near := diag.Suggest(d.near, d.anchors); near != "" {
		return fmt.Sprintf("did you mean %s%s?", d.shown, near)
	}
	if len(d.anchors) == 0 {
		return ""
	}
	return "its headings are " + strings.Join(d.anchors[:min(len(d.anchors), 8)], ", ")
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
func (s *Site) didYouMean(name string, picture bool) string {
	var candidates []string
	if picture {
		candidates = slices.Sorted(maps.Values(s.files))
	} else if strings.Contains(name, "/") || path.Ext(name) != "" {
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
			candidates = append(candidates, namesOf(e)...)
		}
		candidates = slices.DeleteFunc(candidates, func(c string) bool { return otherNumber(name, c) })
	}
	near := diag.Suggest(name, candidates)
	if near == "" {
		return ""
	}
	if s.Has(near + "/") {
		near = "/" + near + "/"
	}
	return fmt.Sprintf("did you mean %q?", near)
}

var number = regexp.MustCompile(`[0-9]+`)

// otherNumber tells whether two names differ in their numbers alone, and by more
// than digits that were swapped or zeros: INC-2026-012 is not INC-2026-024 with a
// slip in it, but another incident.
func otherNumber(a, b string) bool {
	parts := func(name string) (words, digits string) {
		words = number.ReplaceAllString(fold(name), "0")
		d := []byte(strings.ReplaceAll(strings.Join(number.FindAllString(name, -1), ""), "0", ""))
		slices.Sort(d)
		return words, string(d)
	}
	wordsA, digitsA := parts(a)
	wordsB, digitsB := parts(b)
	return wordsA == wordsB && digitsA != digitsB
}
