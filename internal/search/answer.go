package search

import (
	"slices"
	"strings"
)

// Answer is what a query found, best first.
type Answer struct {
	Hits      []Hit
	Wished    int               // how many different words were wished for and are known
	Without   []string          // words that no page has
	Corrected []Correction      // words that were taken for others
	Notes     []Note            // what could not be taken as it was written
	Facets    []Facet           // how the answer can be narrowed
	Months    []Count           // of all that is not outside of the dates asked for, and of what is too
	Marks     map[string]string // words that are to be marked, and their stems
	Empty     bool              // nothing was asked for
	phrases   []phrase
}

// Hit is a document that a query found.
type Hit struct {
	Doc   int // its number
	Part  int // the number of the passage that has most of the words
	Has   int // how many of the words it has
	Score uint64
}

// Correction is a word that does not occur and what was searched for instead.
type Correction struct {
	Typed string `json:"typed"`
	Taken string `json:"taken"`
}

// Note tells that a part of a query was not taken as it was written.
type Note struct {
	Kind  string   `json:"kind"` // value, field, date, phrase or cap
	Field string   `json:"field,omitempty"`
	Typed string   `json:"typed,omitempty"`
	Near  []string `json:"near,omitempty"` // what may have been meant
	All   []string `json:"all,omitempty"`  // what there is, most used first
	Read  int      `json:"read,omitempty"`
	Of    int      `json:"of,omitempty"`
}

// Facet is a field with the values that the pages found have.
type Facet struct {
	Field  string       `json:"field"`
	Values []FacetValue `json:"values"`
}

// FacetValue is a value and how many pages would be found with it chosen.
type FacetValue struct {
	Value string `json:"value"`
	N     int    `json:"n"`
	On    bool   `json:"on,omitempty"`
}

// Count is a month, "2026-03", and a number of pages.
type Count struct {
	Month string `json:"month"`
	N     int    `json:"n"`
}

// Limits of an answer.
const (
	maxRead    = 200 // pages that are read to look for phrases
	maxNoteAll = 12
	maxGroups  = 32 // words, and parts of words
)

// Ask answers a query. Every word is wished for: a document that lacks some
// comes after those that have more of them.
func (b *Base) Ask(text string) (*Answer, error) { return b.ask(parse(text)) }

// AskLog answers a query that wishes for the words of some lines of a log too.
func (b *Base) AskLog(lines []string, text string) (*Answer, error) {
	q := parse(text)
	var list []queryWord
	log := strings.Join(lines, "\n")
	for _, w := range words(log) {
		if !slices.ContainsFunc(list, func(o queryWord) bool { return o.text == w.text }) {
			list = append(list, queryWord{text: w.text})
		}
	}
	list = tellingWords(list)
	q.words = append(q.words, list[:min(len(list), max(0, maxQueryWords-len(q.words)))]...)
	if len(lines) > 0 {
		q.text, q.typing = log, ""
	}
	return b.ask(q)
}

func (b *Base) ask(q query) (*Answer, error) {
	a := &Answer{Marks: map[string]string{}, phrases: q.phrases}
	if err := b.loadFacets(q.filters); err != nil {
		return nil, err
	}
	wished := q.words
	for _, p := range q.phrases {
		if !p.not {
			for _, w := range p.words {
				if !slices.ContainsFunc(wished, func(o queryWord) bool { return o.text == w && !o.not }) {
					wished = append(wished, queryWord{text: w})
				}
			}
		}
	}
	wished = wished[:min(len(wished), maxQueryWords)]
	groups, err := b.groups(wished, q.typing, a)
	if err != nil {
		return nil, err
	}
	excluded, err := b.excluded(q.words)
	if err != nil {
		return nil, err
	}
	n := newNarrowing(b.facets, q.filters, a)
	a.Empty = len(q.words) == 0 && len(q.filters) == 0 && len(q.phrases) == 0
	hits := b.rank(groups, len(groups) == 0 && (len(n.filters) > 0 || len(a.Notes) > 0 || len(q.phrases) > 0 || len(excluded) > 0))
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return excluded[h.Doc] })
	if len(q.phrases) > 0 {
		if hits, err = b.withPhrases(hits, n, a); err != nil {
			return nil, err
		}
	}
	a.Wished = len(groups)
	n.count(hits, a)
	a.Hits = slices.DeleteFunc(hits, func(h Hit) bool { return !n.allows(h.Doc) })
	return a, b.closer(a, q.text, groups)
}

// excluded are the documents that have a word which is not wished for.
func (b *Base) excluded(list []queryWord) (map[int]bool, error) {
	out := map[int]bool{}
	for _, w := range list {
		if !w.not {
			continue
		}
		t, ok, err := b.word(w.text)
		if err != nil {
			return nil, err
		}
		if ok {
			if err := b.fill(&t); err != nil {
				return nil, err
			}
			for _, p := range t.postings {
				out[int(p.doc)] = true
			}
		}
	}
	return out, nil
}

// mark collects the words that are to be marked: all that have the stem of one
// that was found.
func (b *Base) mark(groups []group, a *Answer) {
	stems := map[string]bool{}
	for _, g := range groups {
		a.Marks[g.typed] = g.meanings[0].terms[0].stem // whatever form it was found by
	}
	for _, g := range groups {
		for _, m := range g.meanings {
			for _, t := range m.terms {
				stems[t.stem] = true
				a.Marks[t.stem] = t.stem
			}
		}
	}
	for stem := range stems {
		for _, w := range b.shards[b.shardOf(stem)].words {
			if w.stem == stem {
				a.Marks[w.word] = stem
			}
		}
	}
}
