package search

import (
	"math/bits"
	"slices"
)

// withPhrases keeps the pages that have the phrases. It reads those that have
// all words of a phrase, the best first. (The posting lists do not hold the places
// of words; that would make them several times as large for something that is
// asked for seldom.) A phrase that no page has is said to be missing and then
// left out.
func (b *Base) withPhrases(hits []Hit, n *narrowing, a *Answer) ([]Hit, error) {
	stretches := make([]map[int]uint8, len(a.phrases)) // document -> passages that may have the phrase
	var candidates []int                               // places in hits
	for i, p := range a.phrases {
		docs, err := b.withWords(p)
		if err != nil {
			return nil, err
		}
		stretches[i] = docs
	}
	for i, h := range hits {
		if slices.ContainsFunc(stretches, func(docs map[int]uint8) bool { _, ok := docs[h.Doc]; return ok }) {
			candidates = append(candidates, i)
		}
	}
	// Pages that the filters leave out are read too, for the facets, but last.
	first, then := parted(candidates, func(c int) bool { return n.allows(hits[c].Doc) })
	candidates = append(first, then...)
	if of := len(candidates); of > maxRead {
		candidates = candidates[:maxRead]
		a.Notes = append(a.Notes, Note{Kind: "cap", Read: maxRead, Of: of})
	}
	has := make([]map[int]bool, len(a.phrases)) // by phrase: places in hits
	for i := range has {
		has[i] = map[int]bool{}
	}
	for _, c := range candidates {
		for i, p := range a.phrases {
			parts, ok := stretches[i][hits[c].Doc]
			if !ok {
				continue
			}
			part, ok, err := b.reads(hits[c], parts, p)
			if err != nil {
				return nil, err
			}
			if ok {
				has[i][c] = true
				if !p.not {
					hits[c].Part = part
				}
			}
		}
	}
	var found []int
	for i, p := range a.phrases {
		switch {
		case p.not:
			found = append(found, i)
		case len(has[i]) == 0:
			a.Notes = append(a.Notes, Note{Kind: "phrase", Typed: p.text})
		default:
			found = append(found, i)
		}
	}
	var kept []Hit
	for c, h := range hits {
		if !slices.ContainsFunc(found, func(i int) bool { return has[i][c] == a.phrases[i].not }) {
			kept = append(kept, h)
		}
	}
	return kept, nil
}

// parted is a list in two: those of which something is true, and the others.
func parted(list []int, is func(int) bool) (yes, no []int) {
	for _, i := range list {
		if is(i) {
			yes = append(yes, i)
		} else {
			no = append(no, i)
		}
	}
	return yes, no
}

// withWords returns the documents that have all words of a phrase, and the
// passages in which they stand together.
func (b *Base) withWords(p phrase) (map[int]uint8, error) {
	var docs map[int]uint8
	for _, w := range p.words {
		t, ok, err := b.word(w)
		if err != nil {
			return nil, err
		}
		if !ok {
			if b.isStop(w) || len(words(w)) == 1 && len(words(w)[0].parts()) > 0 {
				continue // not indexed, or only in parts: the text will tell
			}
			return nil, nil
		}
		if err := b.fill(&t); err != nil {
			return nil, err
		}
		with := make(map[int]uint8, t.n)
		for _, posting := range t.postings {
			parts := posting.parts
			if parts == 0 {
				parts = 1 // in the title only, which every passage comes with
			}
			if docs == nil {
				with[int(posting.doc)] = parts
			} else if before, ok := docs[int(posting.doc)]; ok {
				if parts &= before; parts == 0 {
					parts = 1
				}
				with[int(posting.doc)] = parts
			}
		}
		docs = with
	}
	if docs == nil { // stop words only
		docs = make(map[int]uint8, b.meta.Docs)
		for d := range b.meta.Docs {
			docs[d] = 1
		}
	}
	return docs, nil
}

// reads looks for a phrase in the title and in some passages of a page.
func (b *Base) reads(h Hit, parts uint8, p phrase) (part int, ok bool, err error) {
	for parts != 0 {
		h.Part = bits.TrailingZeros8(parts)
		parts &^= 1 << h.Part
		c, err := b.Card(h)
		if err != nil {
			return 0, false, err
		}
		if p.in(c.Title) {
			return h.Part, true, nil
		}
		for _, s := range c.Sections {
			if p.in(s[1]) || p.in(s[2]) {
				return h.Part, true, nil
			}
		}
	}
	return 0, false, nil
}
