package search

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// batchSize is how many passages are given to Bleve at once. Memory grows with
// it, speed hardly.
const batchSize = 1000

// Index is a Bleve index of the passages of documents, in memory. It is safe for
// concurrent use. The caller closes it.
type Index struct {
	Ranking Ranking // not to be changed once there are lists

	mu         sync.Mutex
	bleve      bleve.Index
	vocabulary *vocabulary
	docs       map[string]*indexed // by key
	lists      *Lists              // of them, or nil when they have to be read out
}

// indexed is a document that Bleve has.
type indexed struct {
	*Document
	passages []Passage
	sum      uint64           // changes with anything that a result shows
	slot     uint32           // its place in the posting lists, for as long as they follow
	analysis func() *analyzed // made when first asked for, which it is of few
}

// NewIndex returns an empty index for texts in a language, a BCP 47 tag.
func NewIndex(language string) (*Index, error) {
	l, err := languageOf(language)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	// NewMemOnly would be an index of an older kind, five times slower.
	// One reader of each field is kept for the next term: read asks for all terms, one by one.
	b, err := bleve.NewUsing("", bleve.NewIndexMapping(), scorch.Name, scorch.Name, map[string]any{"fieldTFRCacheThreshold": 1})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return &Index{Ranking: DefaultRanking(), bleve: b, vocabulary: newVocabulary(l), docs: map[string]*indexed{}}, nil
}

// Close releases the index. Its lists stay as they are. Closing it again does
// nothing.
func (ix *Index) Close() error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.bleve == nil {
		return nil
	}
	b := ix.bleve
	ix.bleve, ix.docs, ix.lists = nil, nil, nil // Bleve panics when closed twice
	ix.vocabulary.forget()
	return b.Close()
}

// Lists makes the index hold exactly the documents and returns its posting
// lists. Equal documents give equal lists, whatever the index held before.
func (ix *Index) Lists(docs []*Document) (*Lists, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.bleve == nil {
		return nil, fmt.Errorf("search: the index is closed")
	}
	changes := ix.compare(docs)
	if err := ix.update(changes); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	// Reading everything out takes longer than putting a few documents right.
	if ix.lists == nil || len(changes) > 20+len(docs)/50 {
		lists, err := ix.read(docs)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		ix.lists = lists
	} else {
		ix.lists = ix.lists.follow(ix, docs, changes)
	}
	return ix.lists, nil
}

// change is a document whose words are not what they were. One of the two is
// nil when it is new or gone.
type change struct {
	before, after *indexed
}

// compare finds what has changed.
func (ix *Index) compare(docs []*Document) (changes []change) {
	var last []*indexed // the documents as they were, in order
	if ix.lists != nil {
		last = ix.lists.docs
	}
	kept := 0
	for i, d := range docs {
		if i < len(last) && last[i].Document == d {
			kept++
			continue
		}
		old := ix.docs[d.Key]
		if old != nil {
			kept++
			if old.Document == d {
				continue
			}
		}
		now := &indexed{Document: d, slot: none}
		if old != nil {
			now.slot = old.slot
			if old.same(d) {
				now.passages, now.sum, now.analysis = old.passages, old.sum, old.analysis
				if !old.shown(d) {
					now.sum = d.sum(old.passages)
				}
				ix.docs[d.Key] = now
				continue
			}
		}
		now.passages = d.passages()
		now.sum = d.sum(now.passages)
		now.analysis = sync.OnceValue(func() *analyzed { return ix.vocabulary.analyze(now) })
		changes = append(changes, change{old, now})
	}
	if kept == len(ix.docs) {
		return changes
	}
	keep := make(map[string]bool, len(docs))
	for _, d := range docs {
		keep[d.Key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(ix.docs)) {
		if !keep[key] {
			changes = append(changes, change{before: ix.docs[key]})
		}
	}
	return changes
}

// none is the slot of a document that has none yet.
const none = ^uint32(0)

// update brings the changes to Bleve.
func (ix *Index) update(changes []change) error {
	batch, pending := ix.bleve.NewBatch(), 0
	flush := func() error {
		err := ix.bleve.Batch(batch)
		batch, pending = ix.bleve.NewBatch(), 0
		return err
	}
	for _, c := range changes {
		if c.before != nil {
			for n := range c.before.passages {
				batch.Delete(passageKey(c.before.Key, n))
			}
			ix.vocabulary.count(c.before.analysis().met, -1)
			delete(ix.docs, c.before.Key)
		}
		if c.after != nil {
			for n := range c.after.passages {
				if err := batch.IndexAdvanced(c.after.document(n, analyzer{vocabulary: ix.vocabulary, by: 1})); err != nil {
					return err
				}
			}
			ix.docs[c.after.Key] = c.after
			pending += len(c.after.passages)
		}
		if pending >= batchSize {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

func passageKey(key string, n int) string { return key + "\x00" + strconv.Itoa(n) }

// document makes what Bleve indexes of a passage.
func (d *indexed) document(n int, a analyzer) *document.Document {
	bd := document.NewDocument(passageKey(d.Key, n))
	for f := range fields {
		a.bare = f == title
		if text := d.text(f, d.passages, n); text != "" {
			bd.AddField(document.NewTextFieldCustom(f.name(), nil, []byte(text), index.IndexField, a))
		}
	}
	return bd
}

// analyzed is what Bleve finds in a document.
type analyzed struct {
	postings map[string]posting // by stem, without the slot
	lengths  [fields]uint32
	met      []occurrence
}

// analyze does for one document what Bleve does when it indexes its passages.
func (v *vocabulary) analyze(d *indexed) *analyzed {
	a := &analyzed{postings: map[string]posting{}}
	for n := range d.passages {
		for _, field := range d.document(n, analyzer{vocabulary: v, met: &a.met}).Fields {
			field.Analyze()
			f := fieldNamed(field.Name())
			a.lengths[f] += uint32(field.AnalyzedLength())
			for stem, t := range field.AnalyzedTokenFrequencies() {
				p := a.postings[stem]
				p.add(f, t.Frequency())
				if f != title {
					p.parts |= 1 << n
				}
				a.postings[stem] = p
			}
		}
	}
	return a
}
