package search

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// storeQueries ask for something of every kind of file that a store holds.
var storeQueries = []string{"anchors ", "certifcate ", "he", "key rotation year:2026 ", `"leader lost quorum"`, "kafka service:sesion"}

// stored is the store of some documents as bytes.
func stored(t testing.TB, label Label, docs ...*Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteStore(&b, label, listsOf(t, "en", docs...)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// storeAnswers opens a store and writes down what it answers to all queries.
func storeAnswers(data []byte) (string, error) {
	store, err := OpenStore(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", err
	}
	b, err := Open(store.Fetch)
	if err != nil {
		return "", err
	}
	return baseAnswers(b)
}

// baseAnswers writes down all that is shown of the answers to all queries.
func baseAnswers(b *Base) (string, error) {
	var text bytes.Buffer
	for _, q := range storeQueries {
		a, err := b.Ask(q)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&text, "%s: %v %v %v %v %v\n", q, a.Hits, a.Without, a.Corrected, a.Notes, a.Facets)
		for _, h := range a.Hits {
			c, err := b.Card(h)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&text, "  %v %v\n", c, a.Excerpt(c))
		}
	}
	return text.String(), nil
}

// TestStore writes a store and reads it back: the label, every file, the answers.
func TestStore(t *testing.T) {
	lists := listsOf(t, "en", some...)
	label := Label{Stamp: "abc", BaseURL: "https://kb.example.org/x/", Errors: 3}
	data := stored(t, label, some...)
	store, err := OpenStore(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if store.Label != label {
		t.Errorf("the label comes back as %+v", store.Label)
	}
	for _, p := range lists.Paths() {
		want, _ := lists.File(p)
		got, err := store.Fetch(p)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s comes back otherwise, error %v", p, err)
		}
	}
	b, err := Open(lists.Fetch)
	if err != nil {
		t.Fatal(err)
	}
	want, err := baseAnswers(b)
	if err != nil {
		t.Fatal(err)
	}
	got, err := storeAnswers(data)
	if err != nil || got != want {
		t.Errorf("error %v; the store answers\n%s\nwant\n%s", err, got, want)
	}
	if _, err := store.Fetch("search/nope.json"); !IsDamaged(err) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestEmptyStore keeps the search of a site without pages.
func TestEmptyStore(t *testing.T) {
	if _, err := storeAnswers(stored(t, Label{})); err != nil {
		t.Error(err)
	}
}

// usable tells whether damaged bytes are dealt with: they are refused with an
// error that says so, or the damage is where it does no harm.
func usable(t *testing.T, what string, data []byte, want string) (refused bool) {
	t.Helper()
	got, err := storeAnswers(data)
	if err != nil && !IsDamaged(err) {
		t.Errorf("%s: %v, which IsDamaged does not know", what, err)
	}
	if err == nil && got != want {
		t.Errorf("%s: the answers are others:\n%s\nwant\n%s", what, got, want)
	}
	return err != nil
}

// TestStoreCutOff cuts a store off at every byte.
func TestStoreCutOff(t *testing.T) {
	data := stored(t, Label{Stamp: "abc"}, some...)
	for n := range data {
		if _, err := storeAnswers(data[:n]); !IsDamaged(err) {
			t.Errorf("the first %d of %d bytes: %v", n, len(data), err)
		}
	}
}

// TestStoreChanged changes bytes of a store, one at a time: the directory at its
// end altogether, of the rest a part that is drawn by a seed.
func TestStoreChanged(t *testing.T) {
	data := stored(t, Label{Stamp: "abc"}, some...)
	want, err := storeAnswers(data)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	last, err := z.File[len(z.File)-1].DataOffset()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(11, 12))
	refused := 0
	for i := range data {
		if i < int(last) && r.IntN(4) > 0 {
			continue
		}
		changed := slices.Clone(data)
		changed[i] ^= byte(1 + r.IntN(255))
		if usable(t, fmt.Sprintf("byte %d of %d as %d", i, len(data), changed[i]), changed, want) {
			refused++
		}
	}
	if refused < 100 {
		t.Errorf("only %d changes were refused, so this tests little", refused)
	}
}

// TestStoreOfSomethingElse opens files that are no store.
func TestStoreOfSomethingElse(t *testing.T) {
	archive := func(files map[string]string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, text := range files {
			f, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	tests := []struct {
		name string
		data []byte
	}{
		{"nothing", nil},
		{"garbage", bytes.Repeat([]byte("garbage "), 1000)},
		{"an archive of nothing", archive(nil)},
		{"an archive of something else", archive(map[string]string{"holiday.jpg": "x"})},
		{"a label that is none", archive(map[string]string{labelName: "<html>"})},
		{"a label of another kind", archive(map[string]string{labelName: `{"Stamp":7}`})},
		{"a label and no more", archive(map[string]string{labelName: `{"Stamp":"abc"}`})},
		{"an index that is none", archive(map[string]string{labelName: `{}`, metaPath: "[]"})},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := storeAnswers(test.data); !IsDamaged(err) {
				t.Errorf("error %v, which IsDamaged does not know", err)
			}
		})
	}
}

// TestStoreMixed puts a file of another site into a store: that is seen by its
// generation and never answered from.
func TestStoreMixed(t *testing.T) {
	lists, other := listsOf(t, "en", some...), listsOf(t, "en", some[:2]...)
	fetch := func(path string) ([]byte, error) {
		if path == facetsPath {
			return other.Fetch(path)
		}
		return lists.Fetch(path)
	}
	b, err := Open(fetch)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Ask("anchors"); !IsDamaged(err) {
		t.Errorf("error %v, which IsDamaged does not know", err)
	}
}

// FuzzStore opens any bytes as a store: they are refused or answer, and nothing
// panics.
func FuzzStore(f *testing.F) {
	whole := stored(f, Label{Stamp: "abc", BaseURL: "https://kb.example.org/"}, some[:1]...)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(whole[len(whole)/2:])
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18)))) // an archive of nothing
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := storeAnswers(data); err != nil && !IsDamaged(err) {
			t.Errorf("%v, which IsDamaged does not know", err)
		}
	})
}
