package search

import (
	"cmp"
	"slices"
)

// rank scores the documents that have any of the words. The score is of whole
// numbers only, so that the browser comes to the same: for each word the term's
// rarity times the document's impact, summed, times a number that grows with how
// many of the words the document has, and how many one passage has.
func (b *Base) rank(groups []group, all bool) []Hit {
	if all {
		hits := make([]Hit, b.meta.Docs)
		for i := range hits {
			hits[i].Doc = i
		}
		b.sort(hits)
		return hits
	}
	type sum struct {
		score uint64
		has   int
		parts [maxPassages]uint8
	}
	sums := make([]sum, b.meta.Docs)
	gains := make([]uint64, b.meta.Docs)
	near := make([]uint8, b.meta.Docs)
	var touched, order []uint32
	for _, g := range groups {
		worth := uint64(g.rarity())
		if g.small {
			worth = max(1, worth/smallWeight)
		}
		touched = touched[:0]
		for _, m := range g.meanings {
			for _, p := range m.postings() {
				gain := worth * uint64(p.impact) * uint64(m.weight)
				if gains[p.doc] == 0 {
					touched = append(touched, p.doc)
				}
				if gain > gains[p.doc] {
					gains[p.doc] = gain
				}
				near[p.doc] |= p.parts
			}
		}
		for _, doc := range touched {
			s := &sums[doc]
			if s.score == 0 {
				order = append(order, doc)
			}
			s.score += gains[doc]
			if !g.small {
				s.has++
				for n := range maxPassages {
					s.parts[n] += near[doc] >> n & 1
				}
			}
			gains[doc], near[doc] = 0, 0
		}
	}
	hits := make([]Hit, 0, len(order))
	for _, doc := range order {
		s := &sums[doc]
		part := 0
		for n := range s.parts {
			if s.parts[n] > s.parts[part] {
				part = n
			}
		}
		together := uint64(s.parts[part])
		factor := b.Ranking.Base + b.Ranking.Has*uint64(s.has*s.has) + b.Ranking.Near*together*together
		if b.facets.is(int(doc), "page") {
			factor *= b.Ranking.Page
		} else {
			factor *= 16
		}
		hits = append(hits, Hit{Doc: int(doc), Part: part, Has: s.has, Score: s.score * factor})
	}
	b.sort(hits)
	return hits
}

// sort puts the best first; of equal ones the newest, and then by their numbers.
func (b *Base) sort(hits []Hit) {
	slices.SortFunc(hits, func(x, y Hit) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(b.facets.days[y.Doc], b.facets.days[x.Doc]), cmp.Compare(x.Doc, y.Doc))
	})
}

// postings are those of the documents that have all the terms of a meaning.
func (m meaning) postings() []impact {
	list := m.terms[0].postings
	for _, t := range m.terms[1:] {
		var both []impact
		j := 0
		for _, p := range list {
			for j < len(t.postings) && t.postings[j].doc < p.doc {
				j++
			}
			if j < len(t.postings) && t.postings[j].doc == p.doc {
				q := t.postings[j]
				together := p.parts & q.parts
				if together == 0 {
					together = p.parts | q.parts
				}
				both = append(both, impact{p.doc, uint8((int(p.impact) + int(q.impact)) / 2), together})
			}
		}
		list = both
	}
	return list
}

// rarity is that of the most common of a group's terms.
func (g group) rarity() uint32 {
	least := uint32(1 << 31)
	for _, m := range g.meanings {
		for _, t := range m.terms {
			least = min(least, t.rarity)
		}
	}
	return least
}
