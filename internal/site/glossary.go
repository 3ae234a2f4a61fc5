package site

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"debrief/internal/markdown"
)

// Terms are known by their places in Site.Terms.

// glossary makes what finds the terms in pages.
func (s *Site) newGlossary() *markdown.Glossary {
	terms := make([]markdown.Explained, len(s.Terms))
	for i, e := range s.Terms {
		terms[i] = markdown.Explained{Title: e.Title, Text: e.Summary, URL: s.URL(e.Address), ID: TermID(e)}
		if !e.Term.Unlinked {
			terms[i].Names = append([]string{e.Title}, e.Also...)
		}
	}
	return markdown.NewGlossary(terms, s.Config.Language == "en" || strings.HasPrefix(s.Config.Language, "en-"))
}

// TermID is the id of the element that holds a term's definition on the pages
// that use it.
func TermID(e *Entry) string {
	return "term-" + strings.ReplaceAll(strings.Trim(strings.TrimPrefix(e.Address, "glossary/"), "/"), "/", "-")
}

// MarkTerms makes the first use of each term in a page's HTML a link to the term,
// and returns the terms that it has marked, in order.
func (s *Site) MarkTerms(e *Entry, page string) (marked string, terms []*Entry) {
	if e.NoTerms || len(s.Terms) == 0 {
		return page, nil
	}
	marked, used := s.glossary().Mark(page, func(term int) bool { return s.Terms[term] == e })
	for _, i := range used {
		terms = append(terms, s.Terms[i])
	}
	return marked, terms
}

// Uses are the pages that a term is marked on, in path order.
func (s *Site) Uses(term *Entry) []*Entry {
	i := slices.Index(s.Terms, term)
	if i < 0 {
		return nil
	}
	return s.uses().of[i]
}

// uses is which terms are used where.
type uses struct {
	names string                  // all names of all terms; with others, what is known of texts is worth nothing
	texts map[*markdown.Doc][]int // the terms that a text uses
	of    [][]*Entry              // by term
}

// findUses looks for the terms in all texts. before may know many of them.
func (s *Site) findUses(before *uses) *uses {
	var names strings.Builder
	for _, e := range s.Terms {
		names.WriteString(e.Path + "\x00" + e.Title + "\x00")
		if !e.Term.Unlinked {
			names.WriteString(strings.Join(e.Also, "\x00"))
		} else {
			names.WriteByte('-')
		}
		names.WriteByte('\n')
	}
	u := &uses{names: names.String(), texts: make(map[*markdown.Doc][]int, len(s.Entries)), of: make([][]*Entry, len(s.Terms))}
	found := make([][]int, len(s.Entries))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for n := w; n < len(s.Entries); n += workers {
				if before != nil && before.names == u.names {
					if known, ok := before.texts[s.Entries[n].Doc]; ok {
						found[n] = known
						continue
					}
				}
				_, found[n] = s.glossary().Mark(s.Entries[n].Doc.HTML(nil, 0), nil)
			}
		})
	}
	wg.Wait()
	for n, e := range s.Entries {
		u.texts[e.Doc] = found[n]
		for _, i := range found[n] {
			if s.Terms[i] != e && !e.NoTerms {
				u.of[i] = append(u.of[i], e)
			}
		}
	}
	return u
}

// termsLater has the glossary made, and the uses of its terms found, when they
// are first asked for.
func (s *Site) termsLater(before *Site) {
	s.glossary = sync.OnceValue(s.newGlossary)
	var known *uses
	if before != nil {
		known = before.usesKnown.Load()
	}
	s.uses = sync.OnceValue(func() *uses {
		u := s.findUses(known)
		known = nil // or every site would hold on to the one before it
		s.usesKnown.Store(u)
		return u
	})
}
