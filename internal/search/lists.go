package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sort"

	index "github.com/blevesearch/bleve_index_api"
)

// Lists are the posting lists of an index and its lexicon: all that is needed
// to rank documents. They do not change.
type Lists struct {
	Docs  []Document // a document's number is its place
	Terms []Term     // by stem
	Words []Spelling // by word; words that are their own stems are left out
	Stop  []string   // words that are not indexed, sorted
}

// Term is a stem and the documents that have it.
type Term struct {
	Stem     string
	Rarity   uint32 // a thousand times the inverse document frequency
	Postings []Posting
}

// Posting is a document that has a term.
type Posting struct {
	Doc    uint32
	Impact uint8 // how much the document is about the term, from 1 to 255
}

// Spelling is a word and its stem.
type Spelling struct {
	Word, Stem string
}

// The parameters of BM25F. The weights and length corrections of the fields are
// in the order title, headings, body.
const saturation = 1.2 // k1

var (
	weight = [fields]float64{12, 2, 1}
	length = [fields]float64{.5, .5, .75} // b
)

// Lists makes the index hold exactly the documents and returns its posting
// lists. Equal documents give equal lists, whatever the index held before.
func (ix *Index) Lists(docs []Document) (*Lists, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.bleve == nil {
		return nil, fmt.Errorf("search: the index is closed")
	}
	if err := ix.update(docs); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	w := walk{lists: &Lists{Docs: docs, Stop: ix.stop}}
	if err := w.read(ix); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	w.rank()
	w.lists.Words = ix.lexicon()
	return w.lists, nil
}

// lexicon is the words of the documents that are in the index now.
func (ix *Index) lexicon() []Spelling {
	live := make([]bool, len(ix.spelling))
	for _, d := range ix.docs {
		for _, n := range d.words {
			live[n] = true
		}
	}
	var list []Spelling
	for n, w := range ix.spelling {
		if live[n] {
			list = append(list, Spelling{w.surface, w.stem})
		}
	}
	slices.SortFunc(list, func(a, b Spelling) int { return cmp.Or(cmp.Compare(a.Word, b.Word), cmp.Compare(a.Stem, b.Stem)) })
	// A word may have two stems, as when the same letters are differently
	// composed; one is enough.
	return slices.CompactFunc(list, func(a, b Spelling) bool { return a.Word == b.Word })
}

// walk reads posting lists out of Bleve.
type walk struct {
	lists   *Lists
	found   []found           // all postings, term by term
	ends    []int             // where each term's postings end in found
	lengths [fields][]float64 // of each document's fields, in terms
	numbers []int32           // our number of each of Bleve's, or -1
	order   map[string]uint32 // key -> our number
	dicts   [fields]dict      // one open dictionary for each field

	// Of the term that is being read: how often each document has it, and which
	// documents do.
	freqs []([fields]uint32)
	docs  []uint32
}

// found is a document that has a term, and how often each field has it.
type found struct {
	doc  uint32
	freq [fields]uint32
}

type dict struct {
	open index.FieldDict
	next string // the term that comes next; valid while more
	more bool
}

func (d *dict) advance() error {
	e, err := d.open.Next()
	if err != nil || e == nil {
		d.more = false
		return err
	}
	d.next, d.more = e.Term, true
	return nil
}

func (w *walk) read(ix *Index) error {
	advanced, err := ix.bleve.Advanced()
	if err != nil {
		return err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return err
	}
	defer reader.Close()
	n := len(w.lists.Docs)
	w.order = make(map[string]uint32, n)
	for i, d := range w.lists.Docs {
		w.order[d.Key] = uint32(i)
	}
	w.freqs = make([][fields]uint32, n)
	for f := range fields {
		w.lengths[f] = make([]float64, n)
		d, err := reader.FieldDict(f.name())
		if err != nil {
			return err
		}
		defer d.Close() // an open dictionary would keep the index from closing
		w.dicts[f] = dict{open: d}
		if err := w.dicts[f].advance(); err != nil {
			return err
		}
	}
	for {
		term, ok := w.least()
		if !ok {
			return nil
		}
		if err := w.term(reader, term); err != nil {
			return err
		}
	}
}

// least is the term that comes next in any field.
func (w *walk) least() (term string, ok bool) {
	for _, d := range w.dicts {
		if d.more && (!ok || d.next < term) {
			term, ok = d.next, true
		}
	}
	return term, ok
}

// term reads one term's postings in all fields. The dictionary's own counts are
// not used: they are wrong after segments have been merged.
func (w *walk) term(reader index.IndexReader, term string) error {
	w.docs = w.docs[:0]
	for f := range fields {
		d := &w.dicts[f]
		if !d.more || d.next != term {
			continue
		}
		if err := w.postings(reader, term, f); err != nil {
			return err
		}
		if err := d.advance(); err != nil {
			return err
		}
	}
	if len(w.docs) == 0 {
		return nil // only in documents that are gone
	}
	slices.Sort(w.docs)
	for _, doc := range w.docs {
		w.found = append(w.found, found{doc, w.freqs[doc]})
		w.freqs[doc] = [fields]uint32{}
	}
	w.ends = append(w.ends, len(w.found))
	w.lists.Terms = append(w.lists.Terms, Term{Stem: term})
	return nil
}

func (w *walk) postings(reader index.IndexReader, term string, f field) error {
	r, err := reader.TermFieldReader(context.Background(), []byte(term), f.name(), true, true, false)
	if err != nil {
		return err
	}
	defer r.Close()
	var into index.TermFieldDoc
	for {
		p, err := r.Next(&into)
		if err != nil {
			return err
		}
		if p == nil {
			return nil
		}
		doc, err := w.number(reader, p.ID)
		if err != nil {
			return err
		}
		if w.freqs[doc] == [fields]uint32{} {
			w.docs = append(w.docs, doc)
		}
		w.freqs[doc][f] = uint32(p.Freq)
		w.lengths[f][doc] = math.Round(1 / (p.Norm * p.Norm)) // Norm is 1/sqrt(length)
	}
}

// number is our number of a document of Bleve's, which counts its own from 0.
func (w *walk) number(reader index.IndexReader, id index.IndexInternalID) (uint32, error) {
	theirs := id.Value()
	for uint64(len(w.numbers)) <= theirs {
		w.numbers = append(w.numbers, -1)
	}
	if n := w.numbers[theirs]; n >= 0 {
		return uint32(n), nil
	}
	external, err := reader.ExternalID(id)
	if err != nil {
		return 0, err
	}
	n, ok := w.order[external]
	if !ok {
		return 0, fmt.Errorf("the index holds %q, which it should not", external)
	}
	w.numbers[theirs] = int32(n)
	return n, nil
}

// rank turns frequencies into impacts.
func (w *walk) rank() {
	var average [fields]float64
	for f := range fields {
		for _, l := range w.lengths[f] {
			average[f] += l
		}
		average[f] = max(1, average[f]/float64(max(1, len(w.lengths[f]))))
	}
	start := 0
	for i := range w.lists.Terms {
		t := &w.lists.Terms[i]
		t.Postings = make([]Posting, 0, w.ends[i]-start)
		for _, p := range w.found[start:w.ends[i]] {
			tf := 0.0
			for f := range fields {
				if p.freq[f] > 0 {
					relative := w.lengths[f][p.doc] / average[f]
					tf += float64(weight[f] * float64(p.freq[f]) / (1 - length[f] + float64(length[f]*relative)))
				}
			}
			t.Postings = append(t.Postings, Posting{p.doc, uint8(max(1, math.Round(255*tf/(tf+saturation))))})
		}
		t.Rarity = rarity(len(t.Postings), len(w.lists.Docs))
		start = w.ends[i]
	}
	w.found, w.freqs = nil, nil
}

// rarity is a thousand times the inverse document frequency of BM25.
func rarity(with, all int) uint32 {
	n, N := float64(with), float64(all)
	return uint32(math.Round(1000 * math.Log(1+(N-n+.5)/(n+.5))))
}

// find returns the place of a stem in Terms.
func (l *Lists) find(stem string) (int, bool) {
	return sort.Find(len(l.Terms), func(i int) int { return cmp.Compare(stem, l.Terms[i].Stem) })
}
