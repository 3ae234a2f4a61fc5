package search

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"
)

// Base is a knowledge base as its readers see it: by the files that Lists
// makes, wherever they are. It fetches what a query needs and keeps it. The
// browser has the same thing in layouts/assets/js/search/base.js. A Base is for
// one goroutine.
type Base struct {
	Ranking Ranking

	fetch     func(path string) ([]byte, error)
	meta      meta
	facets    *facets
	heads     []string
	spellings *spellingMeta

	mu     sync.Mutex
	shards map[int]opened
	longs  map[int][]impact
	typos  map[int][]spellingEntry
}

// Open reads what leads to all other files. fetch returns the file at a path of
// the site, "search/index.json".
func Open(fetch func(path string) ([]byte, error)) (*Base, error) {
	b := &Base{Ranking: DefaultRanking(), fetch: fetch, shards: map[int]opened{}, longs: map[int][]impact{}, typos: map[int][]spellingEntry{}}
	data, err := fetch(metaPath)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &b.meta); err != nil {
		return nil, fmt.Errorf("%s: %w", metaPath, errDamaged)
	}
	if b.meta.Version != Version {
		return nil, fmt.Errorf("%s: the site was built by another version of debrief (its search files are of version %d, this is %d)", metaPath, b.meta.Version, Version)
	}
	if len(b.meta.Generation) != 12 || b.meta.Docs < 0 || b.meta.Docs > 1<<24 {
		return nil, fmt.Errorf("%s: %w", metaPath, errDamaged)
	}
	return b, nil
}

// Docs is the number of documents.
func (b *Base) Docs() int { return b.meta.Docs }

// shardOf is the number of the shard whose range a text falls in, or -1.
func (b *Base) shardOf(text string) int {
	p := prefix(text)
	return sort.Search(len(b.meta.Shards), func(i int) bool { return b.meta.Shards[i] > p }) - 1
}

// load fetches the shards that hold some texts, all at once.
func (b *Base) load(texts ...string) error {
	var wg sync.WaitGroup
	var failed error
	asked := map[int]bool{}
	for _, t := range texts {
		n := b.shardOf(t)
		if _, have := b.shards[n]; n < 0 || have || asked[n] {
			continue
		}
		asked[n] = true
	}
	for n := range asked {
		wg.Go(func() {
			s, err := b.read(n)
			b.mu.Lock()
			defer b.mu.Unlock()
			if err != nil {
				failed = fmt.Errorf("%s: %w", numbered(shardFiles, n), err)
				return
			}
			b.shards[n] = s
		})
	}
	wg.Wait()
	return failed
}

func (b *Base) read(n int) (opened, error) {
	data, err := b.fetch(numbered(shardFiles, n))
	if err != nil {
		return opened{}, err
	}
	return decode(data, b.meta.Generation, b.meta.Docs)
}

// shard is the shard that holds a text. It has been loaded, unless the load
// failed; then the zero shard will do, since the error has been kept.
func (b *Base) shard(text string) (opened, error) {
	if err := b.load(text); err != nil {
		return opened{}, err
	}
	return b.shards[b.shardOf(text)], nil
}

// fill fetches the postings of terms that have not got them yet, all at once.
func (b *Base) fill(terms ...*found) error {
	var wg sync.WaitGroup
	var failed error
	asked := map[int]int{}
	for _, t := range terms {
		if _, have := b.longs[t.long]; t.n > longList && !have {
			asked[t.long] = t.n
		}
	}
	for long, n := range asked {
		wg.Go(func() {
			path := numbered(longFiles, long)
			list, err := b.readLong(path, n)
			b.mu.Lock()
			defer b.mu.Unlock()
			if err != nil {
				failed = fmt.Errorf("%s: %w", path, err)
				return
			}
			b.longs[long] = list
		})
	}
	wg.Wait()
	for _, t := range terms {
		if t.n > longList {
			t.postings = b.longs[t.long]
		}
	}
	return failed
}

func (b *Base) readLong(path string, n int) ([]impact, error) {
	data, err := b.fetch(path)
	if err != nil {
		return nil, err
	}
	return decodeLong(data, b.meta.Generation, n, b.meta.Docs)
}

// term finds a stem.
func (b *Base) term(stem string) (found, bool, error) {
	s, err := b.shard(stem)
	if err != nil {
		return found{}, false, err
	}
	i, ok := sort.Find(len(s.terms), func(i int) int { return cmp.Compare(stem, s.terms[i].stem) })
	if !ok {
		return found{}, false, nil
	}
	return s.terms[i], true, nil
}

// word finds the term of a word that occurs, or of a stem.
func (b *Base) word(word string) (found, bool, error) {
	s, err := b.shard(word)
	if err != nil {
		return found{}, false, err
	}
	if i, ok := sort.Find(len(s.words), func(i int) int { return cmp.Compare(word, s.words[i].word) }); ok {
		return b.term(s.words[i].stem)
	}
	return b.term(word)
}

// isStop tells whether a word is not indexed since every text has it.
func (b *Base) isStop(word string) bool {
	_, ok := slices.BinarySearch(b.meta.Stop, word)
	return ok
}

// loadFacets fetches what pages can be filtered by, and their labels too when
// there is a filter about those.
func (b *Base) loadFacets(filters []filter) error {
	if b.facets == nil {
		data, err := b.fetchPacked(facetsPath)
		if err != nil {
			return err
		}
		if b.facets, err = decodeFacets(data, b.meta.Generation, b.meta.Docs); err != nil {
			return fmt.Errorf("%s: %w", facetsPath, err)
		}
	}
	if !slices.ContainsFunc(b.facets.apart, func(f *facet) bool {
		return slices.ContainsFunc(filters, func(w filter) bool { return w.name == f.head.Field })
	}) {
		return nil
	}
	data, err := b.fetchPacked(labelsPath)
	if err != nil {
		return err
	}
	if err := b.facets.decodeLabels(data, b.meta.Generation); err != nil {
		return fmt.Errorf("%s: %w", labelsPath, err)
	}
	return nil
}

func (b *Base) fetchPacked(path string) ([]byte, error) {
	data, err := b.fetch(path)
	if err != nil {
		return nil, err
	}
	if data, err = unpack(data); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// Card fetches what a result shows.
func (b *Base) Card(h Hit) (Card, error) {
	var c Card
	path := cardPath(h.Doc, h.Part)
	data, err := b.fetch(path)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, fmt.Errorf("%s: %w", path, errDamaged)
	}
	if c.Generation != b.meta.Generation {
		return c, fmt.Errorf("%s: %w", path, errStale)
	}
	return c, nil
}

// IsStale tells whether an error means that the site was published anew while
// it was being searched, so that opening it again will do.
func IsStale(err error) bool { return errors.Is(err, errStale) }

func (b *Base) loadHeads() error {
	if b.heads != nil {
		return nil
	}
	data, err := b.fetch(headsPath)
	if err != nil {
		return err
	}
	var file struct {
		Generation string
		Words      []string
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return fmt.Errorf("%s: %w", headsPath, errDamaged)
	}
	if file.Generation != b.meta.Generation {
		return fmt.Errorf("%s: %w", headsPath, errStale)
	}
	b.heads = append([]string{}, file.Words...)
	return nil
}
