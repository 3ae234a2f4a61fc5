package search

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"debrief/internal/diag"
)

// many makes lists that fill several shards.
func many(t testing.TB) *Lists {
	var docs []*Document
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 60 {
		var text strings.Builder
		for range 300 {
			fmt.Fprintf(&text, "%c%c%d%s ", 'a'+r.IntN(26), 'a'+r.IntN(26), r.IntN(400), []string{"ing", "ed", "s", ""}[r.IntN(4)])
		}
		docs = append(docs, doc(fmt.Sprintf("d%02d", i), "T", text.String()))
	}
	return listsOf(t, "en", docs...)
}

// TestShards writes the lists as shards and reads them back.
func TestShards(t *testing.T) {
	lists := many(t)
	shards := lists.shards()
	if len(shards) < 3 {
		t.Fatalf("only %d shards, so cutting is not tested", len(shards))
	}
	var terms []found
	words := map[string]string{}
	for n, s := range shards {
		data, ok := lists.File(numbered(shardFiles, n))
		if !ok {
			t.Fatalf("there is no shard %d", n)
		}
		back, err := decode(data, lists.current(), len(lists.docs))
		if err != nil {
			t.Fatal(err)
		}
		terms = append(terms, back.terms...)
		for _, w := range back.words {
			words[w.word] = w.stem
		}
		// All that shares its first characters is in one shard.
		if n > 0 {
			if shards[n-1].first >= s.first {
				t.Errorf("the shards %q and %q are out of order", shards[n-1].first, s.first)
			}
			before := shards[n-1].terms
			if len(before) > 0 && prefix(before[len(before)-1].stem) >= s.first {
				t.Errorf("a shard ends inside the words that begin with %q", s.first)
			}
		}
	}
	if len(terms) != len(lists.terms) {
		t.Fatalf("the shards hold %d terms, the lists %d", len(terms), len(lists.terms))
	}
	for i, got := range terms {
		want := lists.terms[i]
		if got.stem != want.stem || got.rarity != rarity(len(want.postings), len(lists.docs)) || !slices.Equal(got.postings, lists.impacts(want)) {
			t.Fatalf("%q comes back as %v", want.stem, got)
		}
	}
	for _, w := range lists.words {
		if w.word != w.stem && words[w.word] != w.stem {
			t.Errorf("the stem of %q comes back as %q", w.word, words[w.word])
		}
	}
}

// TestSpellings writes the words by the letters that they share and finds every
// one again after a mistake.
func TestSpellings(t *testing.T) {
	lists := many(t)
	b, err := Open(lists.Fetch)
	if err != nil {
		t.Fatal(err)
	}
	if len(lists.spell().files) < 3 {
		t.Fatalf("only %d files of spellings", len(lists.spell().files))
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		w := lists.words[r.IntN(len(lists.words))].word
		letters := []rune(w)
		if !canBeMistyped(letters) {
			continue
		}
		i := r.IntN(len(letters) - 1)
		switch r.IntN(4) {
		case 0:
			letters[i], letters[i+1] = letters[i+1], letters[i]
		case 1:
			letters[i] = 'ß'
		case 2:
			letters = slices.Insert(letters, i, 'ß')
		case 3:
			letters = slices.Delete(letters, i, i+1)
		}
		right, err := b.corrected(string(letters), 1)
		if err != nil {
			t.Fatal(err)
		}
		if canBeMistyped(letters) && (right == "" || diag.Distance([]rune(right), letters, 1) > 1) {
			t.Errorf("%q, typed for %q, is taken for %q", string(letters), w, right)
		}
	}
}

// TestDamagedFiles puts nonsense in the place of each file: there is a clear
// error that names it.
func TestDamagedFiles(t *testing.T) {
	lists := listsOf(t, "en", some...)
	other := listsOf(t, "en", some[:2]...)
	queries := []string{"he", "anchors", "watched", "organisation", "certifcate", `"key rotation"`, "boot loop", "anchors tag:keys"}
	try := func(fetch func(string) ([]byte, error)) error {
		b, err := Open(fetch)
		if err != nil {
			return err
		}
		for _, q := range queries {
			if _, err := b.Ask(q); err != nil {
				return err
			}
		}
		return nil
	}
	for _, path := range lists.Paths() {
		whole, _ := lists.File(path)
		for _, data := range [][]byte{nil, []byte("nonsense"), []byte("{}"), []byte("null"), whole[:len(whole)/2], {0x1f, 0x8b, 1}, []byte(shardMagic), []byte(spellingMagic)} {
			err := try(func(p string) ([]byte, error) {
				if p == path {
					return data, nil
				}
				return lists.Fetch(p)
			})
			if err == nil && strings.Contains(path, "/doc/") {
				continue // not every card is read
			}
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("%s as %.20q: %v", path, data, err)
			}
		}
		// A file of another generation.
		stranger, ok := other.File(path)
		if !ok || path == metaPath {
			continue
		}
		err := try(func(p string) ([]byte, error) {
			if p == path {
				return stranger, nil
			}
			return lists.Fetch(p)
		})
		if err == nil && strings.Contains(path, "/doc/") {
			continue
		}
		if !IsStale(err) {
			t.Errorf("%s of another generation: %v", path, err)
		}
	}
	// A file that is not there.
	gone := errors.New("gone")
	for _, path := range lists.Paths() {
		err := try(func(p string) ([]byte, error) {
			if p == path {
				return nil, gone
			}
			return lists.Fetch(p)
		})
		if !errors.Is(err, gone) && !strings.Contains(path, "/doc/") {
			t.Errorf("without %s: %v", path, err)
		}
	}
	// A host that has unpacked the files already.
	if err := try(func(p string) ([]byte, error) {
		data, err := lists.Fetch(p)
		if err == nil {
			data, err = unpack(data)
		}
		return data, err
	}); err != nil {
		t.Errorf("unpacked by the host: %v", err)
	}
}

// TestGeneration tells files apart that the same documents make: with another
// language, and with another ranking.
func TestGeneration(t *testing.T) {
	of := func(language string, ranking Ranking) string {
		ix, err := NewIndex(language)
		if err != nil {
			t.Fatal(err)
		}
		defer ix.Close()
		ix.Ranking = ranking
		l, err := ix.Lists(some)
		if err != nil {
			t.Fatal(err)
		}
		return l.current()
	}
	usual, other := DefaultRanking(), DefaultRanking()
	other.Weight[title]++
	first := of("en", usual)
	if again := of("en", usual); again != first {
		t.Errorf("the same documents make the generations %s and %s", first, again)
	}
	if got := of("de", usual); got == first {
		t.Error("another language makes no other generation")
	}
	if got := of("en", other); got == first {
		t.Error("another ranking makes no other generation")
	}
}

// TestVersion opens the files of another version of debrief.
func TestVersion(t *testing.T) {
	for _, data := range []string{`{"version":1,"docs":3,"shards":[]}`, `{"version":99}`} {
		_, err := Open(func(string) ([]byte, error) { return []byte(data), nil })
		if err == nil || !strings.Contains(err.Error(), "another version") {
			t.Errorf("%s: %v", data, err)
		}
	}
}
