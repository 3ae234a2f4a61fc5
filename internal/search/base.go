package search

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"

	"golang.org/x/sync/errgroup"
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
	shards    map[int]opened
	longs     map[int][]impact
	typos     map[int][]spellingEntry
	cards     map[[2]int]Card // by document and passage
}

// Open reads what leads to all other files. fetch returns the file at a path of
// the site, "search/index.json".
func Open(fetch func(path string) ([]byte, error)) (*Base, error) {
	b := &Base{Ranking: DefaultRanking(), fetch: fetch, shards: map[int]opened{}, longs: map[int][]impact{}, typos: map[int][]spellingEntry{}, cards: map[[2]int]Card{}}
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

// fetched fetches a file and reads it. An error names the file.
func fetched[V any](b *Base, path string, read func(data []byte) (V, error)) (v V, err error) {
	data, err := b.fetch(path)
	if err == nil {
		v, err = read(data)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return v, err
}

// fetchAll fetches files that are not there yet, all at once.
func fetchAll[K comparable, V any](b *Base, there map[K]V, wanted []K, path func(K) string, read func(k K, data []byte) (V, error)) error {
	wanted = slices.DeleteFunc(wanted, func(k K) bool { _, ok := there[k]; return ok })
	values := make([]V, len(wanted))
	var all errgroup.Group
	for i, k := range wanted {
		if slices.Index(wanted, k) < i {
			continue
		}
		all.Go(func() (err error) {
			values[i], err = fetched(b, path(k), func(data []byte) (V, error) { return read(k, data) })
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return err
	}
	for i, k := range wanted {
		if slices.Index(wanted, k) == i {
			there[k] = values[i]
		}
	}
	return nil
}

// parsed reads a file of JSON that carries the generation of the site.
func parsed[V any](b *Base) func(data []byte) (V, error) {
	return func(data []byte) (v V, err error) {
		var head struct{ Generation string }
		if json.Unmarshal(data, &head) != nil || json.Unmarshal(data, &v) != nil {
			return v, errDamaged
		}
		if head.Generation != b.meta.Generation {
			return v, errStale
		}
		return v, nil
	}
}

// shardOf is the number of the shard whose range a text falls in, or -1.
func (b *Base) shardOf(text string) int {
	p := prefix(text)
	return sort.Search(len(b.meta.Shards), func(i int) bool { return b.meta.Shards[i] > p }) - 1
}

// load fetches the shards that hold some texts.
func (b *Base) load(texts ...string) error {
	var wanted []int
	for _, t := range texts {
		if n := b.shardOf(t); n >= 0 {
			wanted = append(wanted, n)
		}
	}
	return fetchAll(b, b.shards, wanted, func(n int) string { return numbered(shardFiles, n) }, func(_ int, data []byte) (opened, error) {
		return decode(data, b.meta.Generation, b.meta.Docs)
	})
}

// shard is the shard that holds a text. It has been loaded, unless the load
// failed; then the zero shard will do, since the error has been kept.
func (b *Base) shard(text string) (opened, error) {
	if err := b.load(text); err != nil {
		return opened{}, err
	}
	return b.shards[b.shardOf(text)], nil
}

// fill fetches the postings of terms that have not got them yet.
func (b *Base) fill(terms ...*found) error {
	sizes := map[int]int{}
	var wanted []int
	for _, t := range terms {
		if t.n > longList {
			sizes[t.long] = t.n
			wanted = append(wanted, t.long)
		}
	}
	err := fetchAll(b, b.longs, wanted, func(n int) string { return numbered(longFiles, n) }, func(n int, data []byte) ([]impact, error) {
		return decodeLong(data, b.meta.Generation, sizes[n], b.meta.Docs)
	})
	for _, t := range terms {
		if t.n > longList {
			t.postings = b.longs[t.long]
		}
	}
	return err
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

// loadFacets fetches what pages can be filtered by and are counted by, and their
// labels too when there is a filter about those.
func (b *Base) loadFacets(filters []filter) error {
	if b.facets == nil {
		f, err := fetched(b, facetsPath, func(data []byte) (*facets, error) {
			return decodeFacets(data, b.meta.Generation, b.meta.Docs)
		})
		if err != nil {
			return err
		}
		for name, field := range f.fields {
			if field.in != inOwn {
				continue
			}
			if _, err = fetched(b, fieldPath(name), func(data []byte) (*facets, error) { return f, f.decodeOwn(data, b.meta.Generation, name) }); err != nil {
				return err
			}
		}
		b.facets = f
	}
	if !slices.ContainsFunc(filters, func(w filter) bool { f := b.facets.fields[w.name]; return f != nil && f.in == inLabels }) {
		return nil
	}
	names, err := fetched(b, namesPath, parsed[facetNames](b))
	if err != nil {
		return err
	}
	_, err = fetched(b, labelsPath, func(data []byte) (*facets, error) { return b.facets, b.facets.decodeLabels(data, names) })
	return err
}

// Card fetches what a result shows.
func (b *Base) Card(h Hit) (Card, error) {
	cards, err := b.read([]Hit{h})
	return cards[0], err
}

// read fetches what some results show.
func (b *Base) read(hits []Hit) ([]Card, error) {
	wanted := make([][2]int, len(hits))
	for i, h := range hits {
		wanted[i] = [2]int{h.Doc, h.Part}
	}
	err := fetchAll(b, b.cards, slices.Clone(wanted), func(k [2]int) string { return cardPath(k[0], k[1]) }, func(_ [2]int, data []byte) (Card, error) {
		return parsed[Card](b)(data)
	})
	cards := make([]Card, len(hits))
	for i, k := range wanted {
		cards[i] = b.cards[k]
	}
	return cards, err
}

// IsStale tells whether an error means that the site was published anew while
// it was being searched, so that opening it again will do.
func IsStale(err error) bool { return errors.Is(err, errStale) }

func (b *Base) loadHeads() error {
	if b.heads != nil {
		return nil
	}
	file, err := fetched(b, headsPath, parsed[struct{ Words []string }](b))
	if err == nil {
		b.heads = append([]string{}, file.Words...)
	}
	return err
}
