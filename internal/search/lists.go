package search

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
)

// Lists are the posting lists of an index and its lexicon, out of which the
// files of the search are made. They do not change.
type Lists struct {
	vocabulary *vocabulary
	ranking    Ranking
	docs       []*indexed       // by number
	numbers    []int32          // of the documents by slot; -1 for a slot that is free
	lengths    [][fields]uint32 // in terms, by slot
	total      [fields]uint64   // of all lengths
	terms      []term           // by stem
	words      []spelling       // by word
	packer     packer

	shards  func() []shard // made when first asked for, as what follows
	long    func() []term  // those with many postings
	meta    func() []byte
	facets  func() facetFiles
	heads   func() []byte
	spell   func() spellings
	current func() string

	asked    atomic.Int32 // how often related incidents were
	profiles func() [][]telling
	names    sync.Map  // words by their stems, as far as they have been looked for
	folds    sync.Map  // names of factors and the like as fold makes them, likewise
	tallies  sync.Pool // of *[]alike, all zero, one for each document
}

// term is a stem and the documents that have it, by slot. A document keeps its
// slot while others come and go, so that an edit touches few lists. The number
// by which readers know it is its place in the order of the paths.
type term struct {
	stem     string
	postings []posting
}

type posting struct {
	slot  uint32
	freq  [fields]uint8
	parts uint8 // a bit for each passage that has the term in its headings or its text
}

// add adds the frequency in a field of a passage. What a page says 255 times need
// not be counted on.
func (p *posting) add(f field, n int) { p.freq[f] = uint8(min(255, int(p.freq[f])+n)) }

// impact is how much a document is about a term, from 1 to 31.
type impact struct {
	doc    uint32
	impact uint8
	parts  uint8
}

// finish prepares what is made when asked for.
func (l *Lists) finish() *Lists {
	l.shards = sync.OnceValue(l.cut)
	l.long = sync.OnceValue(l.makeLong)
	l.meta = sync.OnceValue(l.makeMeta)
	l.facets = sync.OnceValue(l.makeFacets)
	l.heads = sync.OnceValue(l.makeHeads)
	l.spell = sync.OnceValue(l.makeSpellings)
	l.current = sync.OnceValue(l.generation)
	l.profiles = sync.OnceValue(l.makeProfiles)
	return l
}

// impacts turns a term's frequencies into impacts, by the numbers of the
// documents.
func (l *Lists) impacts(t term) []impact {
	list := make([]impact, 0, len(t.postings))
	average, step := l.average(), stepOf(len(t.postings), len(l.docs))
	for _, p := range t.postings {
		list = append(list, impact{uint32(l.numbers[p.slot]), coarse(l.impact(p, average), step), p.parts})
	}
	slices.SortFunc(list, func(a, b impact) int { return cmp.Compare(a.doc, b.doc) })
	return list
}

// stepOf is how far apart the impacts of a term are that so many documents have.
// They are multiplied by its rarity: steps of four of a common word are worth no
// more than those of one of a word that hardly any document has, and a long list
// takes half the room for them.
func stepOf(with, all int) uint8 {
	switch {
	case with <= longList:
		return 1
	case with > all/3:
		return 8
	case with > all/10:
		return 4
	}
	return 2
}

// coarse is the middle of the step that an impact is on.
func coarse(impact, step uint8) uint8 { return (impact-1)/step*step + step/2 + step%2 }

// average is the mean length of each field.
func (l *Lists) average() (average [fields]float64) {
	for f := range fields {
		average[f] = max(1, float64(l.total[f])/float64(max(1, len(l.docs))))
	}
	return average
}

// impact is that of one posting. The conversions keep a compiler from adding and
// multiplying in one step, which rounds differently on some machines.
func (l *Lists) impact(p posting, average [fields]float64) uint8 {
	tf := 0.0
	for f := range fields {
		if p.freq[f] > 0 {
			relative := float64(l.lengths[p.slot][f]) / average[f]
			tf += float64(l.ranking.Weight[f] * float64(p.freq[f]) / (1 - l.ranking.Length[f] + float64(l.ranking.Length[f]*relative)))
		}
	}
	return uint8(max(1, math.Round(31*tf/(tf+l.ranking.Saturation))))
}

// rarity is a thousand times the inverse document frequency of BM25.
func rarity(with, all int) uint32 {
	n, N := float64(with), float64(all)
	return uint32(max(1, math.Round(1000*math.Log(1+(N-n+.5)/(n+.5)))))
}

// find returns the place of a stem.
func (l *Lists) find(stem string) (int, bool) {
	return sort.Find(len(l.terms), func(i int) int { return cmp.Compare(stem, l.terms[i].stem) })
}

// spelled returns the place of a word.
func (l *Lists) spelled(word string) (int, bool) {
	return sort.Find(len(l.words), func(i int) int { return cmp.Compare(word, l.words[i].word) })
}
