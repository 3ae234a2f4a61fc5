package search

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"math/bits"
	"slices"
	"unicode"
)

// A word that was mistyped is looked for among words that share two letters
// with it. Each word is listed under its first two letters, its last two and,
// from longWord letters on, its fourth and fifth, each together with its length.
// One mistake leaves the first two or the last two as they are (but in the middle
// of four letters, where the two are swapped back first); two mistakes in a long
// word leave one of the three. So a reader fetches two or three of these short
// lists, and never a whole lexicon.
const (
	minMistyped = 4 // letters
	longWord    = 8
	maxMistyped = 24
)

// place in a word of the two letters that it is listed under
const (
	atStart  = 'a'
	atEnd    = 'b'
	atMiddle = 'c'
)

// spellingKey is what words of a length, which share two letters, are listed under.
func spellingKey(place rune, letters []rune, length int) string {
	return string([]rune{place, letters[0], letters[1], rune('a' + length)})
}

// spellingKeys are all keys of a word.
func spellingKeys(letters []rune) []string {
	n := len(letters)
	keys := []string{spellingKey(atStart, letters, n), spellingKey(atEnd, letters[n-2:], n)}
	if n >= longWord {
		keys = append(keys, spellingKey(atMiddle, letters[3:], n))
	}
	return keys
}

// spellings are the files of words by such keys. Before compression each is
//
//	"DW2" and the generation, then for each entry
//	    key and word front-coded, how often the word occurs as the number of bits of that number
type spellings struct {
	files [][]byte
	meta  []byte
}

const (
	spellingMagic = "DW2"
	spellingSize  = 4 << 10 // bytes before compression, about
)

// spellingMeta is the contents of search/spelling.json: the first entry of each file.
type spellingMeta struct {
	Generation string   `json:"generation"`
	Firsts     []string `json:"firsts"`
}

type spellingEntry struct {
	text string // key and word
	n    int
}

// canBeMistyped tells whether a word is worth correcting to, or from. Numbers,
// hashes and ids are not: one that is nearly the same is another one.
func canBeMistyped(letters []rune) bool {
	digits := 0
	for _, r := range letters {
		switch {
		case unicode.IsNumber(r):
			digits++
		case !unicode.IsLetter(r) || isIdeograph(r):
			return false
		}
	}
	return len(letters) >= minMistyped && len(letters) <= maxMistyped && digits <= 2 && len(letters)-digits >= minMistyped
}

func (l *Lists) makeSpellings() spellings {
	var entries []spellingEntry
	for _, w := range l.words {
		letters := []rune(w.word)
		if !canBeMistyped(letters) {
			continue
		}
		for _, k := range spellingKeys(letters) {
			entries = append(entries, spellingEntry{k + w.word, bits.Len(uint(w.n))})
		}
	}
	slices.SortFunc(entries, func(a, b spellingEntry) int { return cmp.Compare(a.text, b.text) })
	s := spellings{}
	meta := spellingMeta{Generation: l.current(), Firsts: []string{}}
	var now []byte
	before := ""
	for _, e := range entries {
		if len(now) >= spellingSize {
			s.files = append(s.files, l.packer.pack(now))
			now = nil
		}
		if now == nil {
			now = append([]byte(spellingMagic), l.current()...)
			before = ""
			meta.Firsts = append(meta.Firsts, e.text)
		}
		now = binary.AppendUvarint(appendFront(now, before, e.text), uint64(e.n))
		before = e.text
	}
	if now != nil {
		s.files = append(s.files, l.packer.pack(now))
	}
	s.meta, _ = json.Marshal(meta) // strings and lists of them
	return s
}

// decodeSpellings reads one file.
func decodeSpellings(data []byte, generation string) ([]spellingEntry, error) {
	data, err := unpack(data)
	if err != nil {
		return nil, err
	}
	r, err := openReader(data, spellingMagic, generation)
	if err != nil {
		return nil, err
	}
	var list []spellingEntry
	before := ""
	for len(r.data) > 0 && r.err == nil {
		e := spellingEntry{text: r.front(before)}
		e.n = int(r.number())
		before = e.text
		list = append(list, e)
	}
	return list, r.err
}

const spellingKeyLength = 4 // characters

// keyRange is a range of keys, the end not in it.
type keyRange struct {
	from, to string
}

// spellingRanges are the keys under which the word may stand that another one was
// typed for with so many mistakes.
func spellingRanges(letters []rune, mistakes int) []keyRange {
	n := len(letters)
	var list []keyRange
	add := func(place rune, two []rune) {
		r := keyRange{spellingKey(place, two, max(minMistyped, n-mistakes)), spellingKey(place, two, n+mistakes+1)}
		if !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	add(atStart, letters)
	add(atEnd, letters[n-2:])
	if n == 4 { // the two in the middle may be swapped
		add(atStart, []rune{letters[0], letters[2]})
	}
	if mistakes > 1 {
		for at := 2; at <= 4 && at+2 <= n; at++ { // what was added or left out before moves the fourth letter
			add(atMiddle, letters[at:])
		}
	}
	return list
}
