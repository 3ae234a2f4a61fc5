package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// read reads all posting lists out of Bleve.
func (ix *Index) read(docs []*Document) (*Lists, error) {
	l := &Lists{vocabulary: ix.vocabulary, ranking: ix.Ranking, docs: make([]*indexed, len(docs)), numbers: make([]int32, len(docs)), lengths: make([][fields]uint32, len(docs))}
	slots := make(map[string]uint32, len(docs))
	for i, d := range docs {
		known := *ix.docs[d.Key]
		known.slot = uint32(i)
		ix.docs[d.Key] = &known
		l.docs[i], l.numbers[i], slots[d.Key] = &known, int32(i), uint32(i)
	}
	w := walk{lists: l, slots: slots, freqs: make([]posting, len(docs))}
	if err := w.read(ix); err != nil {
		return nil, err
	}
	for _, lengths := range l.lengths {
		for f := range fields {
			l.total[f] += uint64(lengths[f])
		}
	}
	for _, s := range ix.vocabulary.words {
		if s.n > 0 {
			l.words = append(l.words, *s)
		}
	}
	slices.SortFunc(l.words, func(a, b spelling) int { return cmp.Compare(a.word, b.word) })
	return l.finish(), nil
}

// walk reads posting lists out of Bleve.
type walk struct {
	lists    *Lists
	slots    map[string]uint32 // by key
	passages []place           // what each of Bleve's documents is, by its number
	dicts    [fields]dict      // one open dictionary for each field
	lengths  [fields][]bool    // of which of Bleve's documents the length was added

	// Of the term that is being read: its posting in each document, and which
	// documents have one.
	freqs []posting
	found []uint32
	arena []posting // for many short lists
}

// place is a passage: a document's slot and a bit for the passage's number.
type place struct {
	slot  uint32
	part  uint8
	known bool
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
	for f := range fields {
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
		stem, ok := w.least()
		if !ok {
			return nil
		}
		if err := w.term(reader, stem); err != nil {
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
func (w *walk) term(reader index.IndexReader, stem string) error {
	w.found = w.found[:0]
	for f := range fields {
		d := &w.dicts[f]
		if !d.more || d.next != stem {
			continue
		}
		if err := w.postings(reader, stem, f); err != nil {
			return err
		}
		if err := d.advance(); err != nil {
			return err
		}
	}
	if len(w.found) == 0 {
		return nil // only in documents that are gone
	}
	slices.Sort(w.found)
	if cap(w.arena)-len(w.arena) < len(w.found) {
		w.arena = make([]posting, 0, max(1<<14, len(w.found)))
	}
	start := len(w.arena)
	for _, slot := range w.found {
		p := w.freqs[slot]
		p.slot = slot
		w.arena = append(w.arena, p)
		w.freqs[slot] = posting{}
	}
	w.lists.terms = append(w.lists.terms, term{stem, w.arena[start:len(w.arena):len(w.arena)]})
	return nil
}

func (w *walk) postings(reader index.IndexReader, stem string, f field) error {
	r, err := reader.TermFieldReader(context.Background(), []byte(stem), f.name(), true, true, false)
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
		at, err := w.place(reader, p.ID)
		if err != nil {
			return err
		}
		into := &w.freqs[at.slot]
		if into.freq == [fields]uint8{} {
			w.found = append(w.found, at.slot)
		}
		into.add(f, int(p.Freq))
		if f != title {
			into.parts |= at.part
		}
		theirs := p.ID.Value()
		for uint64(len(w.lengths[f])) <= theirs {
			w.lengths[f] = append(w.lengths[f], false)
		}
		if !w.lengths[f][theirs] {
			w.lengths[f][theirs] = true
			w.lists.lengths[at.slot][f] += uint32(math.Round(1 / (p.Norm * p.Norm))) // Norm is 1/sqrt(length)
		}
	}
}

// place is which passage a document of Bleve's is. Bleve counts them from 0.
func (w *walk) place(reader index.IndexReader, id index.IndexInternalID) (place, error) {
	theirs := id.Value()
	for uint64(len(w.passages)) <= theirs {
		w.passages = append(w.passages, place{})
	}
	if p := w.passages[theirs]; p.known {
		return p, nil
	}
	external, err := reader.ExternalID(id)
	if err != nil {
		return place{}, err
	}
	key, number, _ := strings.Cut(external, "\x00")
	slot, ok := w.slots[key]
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return place{}, fmt.Errorf("the index holds %q, which it should not", external)
	}
	p := place{slot, 1 << n, true}
	w.passages[theirs] = p
	return p, nil
}
