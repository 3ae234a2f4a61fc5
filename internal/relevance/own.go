package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"debrief/internal/search"
	"debrief/internal/site"
)

// All contact with debrief's search is in this file.

// page is a document of the benchmark. Every ranker, Pagefind included, gets
// exactly these words.
type page struct {
	Name     string // COLLECTION/path
	Path     string // in the content of the one site
	Title    string
	Terms    []string // words of the front matter: id, severity, services, tags, ...
	Headings []string
	Sections []section
}

// section is the text under one heading; the first has none.
type section struct {
	Heading, Text string
}

// pagesOf returns the pages of a site.
func pagesOf(s *site.Site) []page {
	var pages []page
	for _, d := range search.Documents(s, nil) {
		p := page{Name: nameOf(d.Key), Path: d.Key, Title: d.Title, Terms: d.Terms}
		for _, h := range d.Doc.Headings {
			p.Headings = append(p.Headings, h.Text)
		}
		if len(d.Front) > 0 {
			p.Sections = append(p.Sections, section{"", strings.Join(d.Front, "\n")})
		}
		for _, x := range d.Doc.Sections {
			p.Sections = append(p.Sections, section{x.Heading, x.Text})
		}
		pages = append(pages, p)
	}
	return pages
}

// lists indexes the pages of a site.
func lists(s *site.Site, r search.Ranking) (*search.Lists, error) {
	ix, err := search.NewIndex(s.Config.Language)
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	ix.Ranking = r
	return ix.Lists(search.Documents(s, nil))
}

// own is debrief's search as it is.
func own(s *site.Site) (ranker, error) { return ranked(s, search.DefaultRanking(), nil) }

// ranked is debrief's search with another ranking. reorder, unless nil, gives
// what a page's score is multiplied by.
func ranked(s *site.Site, r search.Ranking, reorder func(*search.Document) float64) (ranker, error) {
	l, err := lists(s, r)
	if err != nil {
		return nil, err
	}
	base, err := search.Open(l.Fetch)
	if err != nil {
		return nil, err
	}
	base.Ranking = r
	docs := search.Documents(s, nil) // a document's place is its number
	return func(query string) ([]string, error) {
		a, err := base.Ask(query)
		if err != nil {
			return nil, err
		}
		if reorder != nil {
			slices.SortStableFunc(a.Hits, func(x, y search.Hit) int {
				return cmp.Compare(reorder(docs[y.Doc])*float64(y.Score), reorder(docs[x.Doc])*float64(x.Score))
			})
		}
		var names []string
		for _, h := range a.Hits[:min(depth, len(a.Hits))] {
			names = append(names, nameOf(docs[h.Doc].Key))
		}
		return names, nil
	}, nil
}

// recent is the day from which on the ranking "recency" holds a page for new.
const recent = "2022-01-01"

// variants are other rankings over the same posting lists, by name.
func variants(s *site.Site) (map[string]ranker, error) {
	all := map[string]ranker{}
	for name, change := range map[string]func(*search.Ranking){
		"one-field":   func(r *search.Ranking) { r.Weight = [3]float64{1, 1, 1} },
		"title-40":    func(r *search.Ranking) { r.Weight[0] = 40 },
		"no-passages": func(r *search.Ranking) { r.Near = 0 },
		"no-runs":     func(r *search.Ranking) { r.Run = 0 },
		"bm25f":       func(r *search.Ranking) { r.Near, r.Run, r.Has, r.Page = 0, 0, 0, 16 },
		"bm25f-coord": func(r *search.Ranking) { r.Near, r.Run, r.Page = 0, 0, 16 },
	} {
		r := search.DefaultRanking()
		change(&r)
		var err error
		if all[name], err = ranked(s, r, nil); err != nil {
			return nil, err
		}
	}
	var err error
	all["recency"], err = ranked(s, search.DefaultRanking(), func(d *search.Document) float64 {
		if d.Date >= recent {
			return 1.25
		}
		return 1
	})
	return all, err
}

// export indexes the pages of a site and writes the files that the browser
// searches with into a folder.
func export(s *site.Site, dir string) error {
	l, err := lists(s, search.DefaultRanking())
	if err != nil {
		return err
	}
	made := map[string]bool{} // folders
	for _, p := range l.Paths() {
		data, _ := l.File(p)
		name := filepath.Join(dir, filepath.FromSlash(p))
		if folder := filepath.Dir(name); !made[folder] {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			made[folder] = true
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
