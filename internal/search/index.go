package search

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// batchSize is how many documents are given to Bleve at once. Memory grows
// with it, speed hardly.
const batchSize = 200

// Index is a Bleve index of documents, in memory. It is safe for concurrent
// use. The caller closes it.
type Index struct {
	mu       sync.Mutex
	bleve    bleve.Index
	analyzer analysis.Analyzer
	stop     []string
	docs     map[string]indexed
	words    map[string]uint32 // interned
	spelling []word            // by interned number
}

// indexed is a document in the index and the words that its text has beside
// their stems.
type indexed struct {
	Document
	words []uint32
}

// word is a word as written, in lower case, and its stem.
type word struct {
	surface, stem string
}

// NewIndex returns an empty index for texts in a language, a BCP 47 tag.
func NewIndex(language string) (*Index, error) {
	a, stop, err := analyzer(language)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	// NewMemOnly would be an index of an older kind, five times slower.
	b, err := bleve.NewUsing("", bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return &Index{bleve: b, analyzer: a, stop: stop, docs: map[string]indexed{}, words: map[string]uint32{}}, nil
}

// Close releases the index. Closing it again does nothing.
func (ix *Index) Close() error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.bleve == nil {
		return nil
	}
	b := ix.bleve
	ix.bleve = nil // Bleve panics when closed twice
	return b.Close()
}

// update makes the index hold exactly these documents. Those that it has
// already are left as they are.
func (ix *Index) update(docs []Document) error {
	keep := make(map[string]bool, len(docs))
	batch := ix.bleve.NewBatch()
	var recorders []*recorder
	flush := func() error {
		if err := ix.bleve.Batch(batch); err != nil {
			return err
		}
		batch = ix.bleve.NewBatch()
		for _, r := range recorders {
			ix.docs[r.doc.Key] = indexed{r.doc, ix.intern(r.seen)}
		}
		recorders = recorders[:0]
		return nil
	}
	for _, d := range docs {
		keep[d.Key] = true
		if old, ok := ix.docs[d.Key]; ok && old.same(d) {
			continue
		}
		r := &recorder{Analyzer: ix.analyzer, doc: d, seen: map[string]string{}}
		bd := document.NewDocument(d.Key)
		for f := range fields {
			bd.AddField(document.NewTextFieldCustom(f.name(), nil, []byte(d.text(f)), index.IndexField, r))
		}
		if err := batch.IndexAdvanced(bd); err != nil {
			return err
		}
		if recorders = append(recorders, r); len(recorders) == batchSize {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	for key := range ix.docs {
		if !keep[key] {
			batch.Delete(key)
			delete(ix.docs, key)
		}
	}
	return flush()
}

// intern keeps each pair of word and stem once for all documents.
func (ix *Index) intern(seen map[string]string) []uint32 {
	numbers := make([]uint32, 0, len(seen))
	for surface, stem := range seen {
		key := surface + "\x00" + stem
		n, ok := ix.words[key]
		if !ok {
			n = uint32(len(ix.spelling))
			ix.words[key] = n
			ix.spelling = append(ix.spelling, word{surface, stem})
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// recorder is an analyzer that notes which word each stem of one document came
// from. Bleve analyzes a document's fields one after the other.
type recorder struct {
	analysis.Analyzer
	doc  Document
	seen map[string]string // surface -> stem, where they differ
}

func (r *recorder) Analyze(text []byte) analysis.TokenStream {
	tokens := r.Analyzer.Analyze(text)
	kept := tokens[:0]
	for _, t := range tokens {
		if len(t.Term) > maxTerm {
			continue // base64, hashes: nobody types them
		}
		kept = append(kept, t)
		surface := text[t.Start:t.End]
		if bytes.Equal(surface, t.Term) {
			continue
		}
		if s := strings.ToLower(string(surface)); s != string(t.Term) {
			r.seen[s] = string(t.Term)
		}
	}
	return kept
}

// maxTerm is the length in bytes from which a term is not indexed.
const maxTerm = 64
