package search

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// A shard holds the terms and the words of one range of the alphabet. Before
// compression with gzip it is
//
//	"DS2" and the generation of the site, 12 letters
//	number of terms, then for each
//	    front-coded stem, rarity, number of postings, and those, if they are no more than longList
//	number of words, then for each
//	    front-coded word, and its stem front-coded against the word
//	number of short forms, then for each
//	    front-coded short form, number of meanings, and each as length and text: stems with spaces between
//
// where every number is an unsigned varint, and a front-coded text is the
// number of bytes that it shares with the text before, the number of bytes that
// follow, and those bytes.
//
// Postings are the length in bytes of what follows next, the differences between
// the documents' numbers, an impact of one byte for each, and a byte for each with
// a bit for each passage. More than longList of them are in a file of their own,
//
//	"DL2", the generation, and the postings
//
// so that a word which is everywhere costs only those who ask for it. These files
// are numbered in the order of the stems; the number is where the postings would be.
//
// All that shares its first cutPrefix characters is in one shard, so that a word
// and its stem are nearly always fetched together.
type shard struct {
	first string // where its range begins
	terms []term
	words []spelling
	also  []short
}

const (
	shardMagic = "DS2"
	longMagic  = "DL2"
	longList   = 1000
	shardSize  = 2500 // bytes before compression, about
	cutPrefix  = 4    // characters
)

// cut parts the lists.
func (l *Lists) cut() []shard {
	var list []shard
	var now shard
	size, group := 0, ""
	terms, words, also := l.terms, l.words, l.shorts()
	for len(terms) > 0 || len(words) > 0 || len(also) > 0 {
		key, kind := "", -1
		for k, next := range [...]func() (string, bool){
			func() (string, bool) { return peek(terms, func(t term) string { return t.stem }) },
			func() (string, bool) { return peek(words, func(w spelling) string { return w.word }) },
			func() (string, bool) { return peek(also, func(s short) string { return s.word }) },
		} {
			if s, ok := next(); ok && (kind < 0 || s < key) {
				key, kind = s, k
			}
		}
		if p := prefix(key); p != group {
			if size >= shardSize {
				list = append(list, now)
				now, size = shard{}, 0
			}
			group = p
		}
		if size == 0 {
			now.first = prefix(key)
		}
		switch kind {
		case 0:
			now.terms = append(now.terms, terms[0])
			size += len(key)/2 + 4
			if n := len(terms[0].postings); n <= longList {
				size += 3 * n
			}
			terms = terms[1:]
		case 1:
			if words[0].word != words[0].stem {
				now.words = append(now.words, words[0])
				size += len(key)/2 + 3
			}
			words = words[1:]
		case 2:
			now.also = append(now.also, also[0])
			size += 2 * len(key)
			also = also[1:]
		}
	}
	if size > 0 {
		list = append(list, now)
	}
	return list
}

func peek[E any](list []E, key func(E) string) (string, bool) {
	if len(list) == 0 {
		return "", false
	}
	return key(list[0]), true
}

// prefix is the first cutPrefix characters of a text.
func prefix(s string) string {
	n := 0
	for i := range s {
		if n == cutPrefix {
			return s[:i]
		}
		n++
	}
	return s
}

func (l *Lists) encode(s shard) []byte {
	b := append([]byte(shardMagic), l.current()...)
	b = binary.AppendUvarint(b, uint64(len(s.terms)))
	before := ""
	for _, t := range s.terms {
		b = appendFront(b, before, t.stem)
		before = t.stem
		b = binary.AppendUvarint(b, uint64(rarity(len(t.postings), len(l.docs))))
		b = binary.AppendUvarint(b, uint64(len(t.postings)))
		if n, long := slices.BinarySearchFunc(l.long(), t.stem, func(t term, stem string) int { return cmp.Compare(t.stem, stem) }); long {
			b = binary.AppendUvarint(b, uint64(n))
		} else {
			b = l.appendPostings(b, t)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(s.words)))
	before = ""
	for _, w := range s.words {
		b = appendFront(b, before, w.word)
		before = w.word
		b = appendFront(b, w.word, w.stem)
	}
	b = binary.AppendUvarint(b, uint64(len(s.also)))
	before = ""
	for _, a := range s.also {
		b = appendFront(b, before, a.word)
		before = a.word
		b = binary.AppendUvarint(b, uint64(len(a.meanings)))
		for _, m := range a.meanings {
			b = append(binary.AppendUvarint(b, uint64(len(m))), m...)
		}
	}
	return b
}

func (l *Lists) appendPostings(b []byte, t term) []byte {
	list := l.impacts(t)
	var docs []byte
	last := uint32(0)
	for _, p := range list {
		docs = binary.AppendUvarint(docs, uint64(p.doc-last))
		last = p.doc
	}
	b = binary.AppendUvarint(b, uint64(len(docs)))
	b = append(b, docs...)
	for _, p := range list {
		b = append(b, p.impact)
	}
	for _, p := range list {
		b = append(b, p.parts)
	}
	return b
}

// makeLong lists the terms whose postings have files of their own.
func (l *Lists) makeLong() []term {
	var list []term
	for _, t := range l.terms {
		if len(t.postings) > longList {
			list = append(list, t)
		}
	}
	return list
}

// encodeLong makes such a file.
func (l *Lists) encodeLong(t term) []byte {
	return l.appendPostings(append([]byte(longMagic), l.current()...), t)
}

// found is a term as a reader sees it.
type found struct {
	stem     string
	rarity   uint32
	n        int      // documents that have it
	long     int      // the number of the file of its postings, if they are many
	postings []impact // once they are there
}

// opened is a shard as a reader sees it. Its lists are in order.
type opened struct {
	terms []found
	words []spelling
	also  []short
}

// decode reads what encode wrote.
func decode(data []byte, generation string, docs int) (s opened, err error) {
	r := reader{data: data}
	if string(r.bytes(uint64(len(shardMagic)))) != shardMagic {
		return s, errDamaged
	}
	if string(r.bytes(uint64(len(generation)))) != generation {
		return s, errStale
	}
	before := ""
	for n := r.number(); n > 0 && r.err == nil; n-- {
		t := found{stem: r.front(before), rarity: uint32(r.number())}
		before = t.stem
		if t.n = int(r.number()); t.n > longList {
			t.long = int(r.number())
		} else {
			t.postings = r.postings(t.n, docs)
		}
		if t.n > docs {
			r.err = errDamaged
		}
		s.terms = append(s.terms, t)
	}
	before = ""
	for n := r.number(); n > 0 && r.err == nil; n-- {
		w := spelling{word: r.front(before)}
		w.stem = r.front(w.word)
		before = w.word
		s.words = append(s.words, w)
	}
	before = ""
	for n := r.number(); n > 0 && r.err == nil; n-- {
		a := short{word: r.front(before)}
		before = a.word
		for m := r.number(); m > 0 && r.err == nil; m-- {
			a.meanings = append(a.meanings, string(r.bytes(r.number())))
		}
		s.also = append(s.also, a)
	}
	if r.err != nil || len(r.data) > 0 {
		return opened{}, errDamaged
	}
	return s, nil
}

// decodeLong reads what encodeLong wrote.
func decodeLong(data []byte, generation string, n, docs int) ([]impact, error) {
	r := reader{data: data}
	if string(r.bytes(uint64(len(longMagic)))) != longMagic {
		return nil, errDamaged
	}
	if string(r.bytes(uint64(len(generation)))) != generation {
		return nil, errStale
	}
	list := r.postings(n, docs)
	if r.err != nil || len(r.data) > 0 {
		return nil, errDamaged
	}
	return list, nil
}

// postings reads so many of them.
func (r *reader) postings(n, docs int) []impact {
	if n > docs {
		r.err = errDamaged
		return nil
	}
	numbers := reader{data: r.bytes(r.number()), err: r.err}
	impacts, parts := r.bytes(uint64(n)), r.bytes(uint64(n))
	var list []impact
	doc := uint64(0)
	for i := range impacts {
		doc += numbers.number()
		if doc >= uint64(docs) || numbers.err != nil || r.err != nil {
			r.err = errDamaged
			return nil
		}
		list = append(list, impact{uint32(doc), impacts[i], parts[i]})
	}
	if len(numbers.data) > 0 {
		r.err = errDamaged
	}
	return list
}
