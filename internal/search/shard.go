package search

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// A shard holds the terms and the words of one range of the alphabet:
//
//	"DS3" and the generation of the site, 12 letters
//	length in bytes of what follows next, compressed with gzip:
//	    number of terms, and their stems, front-coded
//	    number of words, then for each
//	        front-coded word, and its stem front-coded against the word
//	    number of short forms, then for each
//	        front-coded short form, number of meanings, and each as length and text: stems with spaces between
//	for each term, by the coder:
//	    number of postings, rarity, and the postings, if they are no more than longList
//
// where every number in the first part is an unsigned varint, and a front-coded
// text is the number of bytes that it shares with the text before, the number of
// bytes that follow, and those bytes.
//
// A posting is the number of documents between it and the one before, a bit for
// each passage, and an impact. More than longList of them are in a file of their own,
//
//	"DL3", the generation, and the postings
//
// so that a word which is everywhere costs only those who ask for it. These files
// are numbered in the order of the stems; the number of the first that a shard
// leads to is where its postings would be.
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
	shardMagic = "DS3"
	longMagic  = "DL3"
	longList   = 256
	shardSize  = 900 // bytes, about
	cutPrefix  = 4   // characters
)

// cut parts the lists.
func (l *Lists) cut() []shard {
	var list []shard
	var now shard
	size, group := 0, ""
	terms, words, also := l.terms, l.words, l.shorts()
	for len(terms) > 0 || len(words) > 0 || len(also) > 0 {
		key := least(terms, words, also)
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
		switch {
		case len(terms) > 0 && terms[0].stem == key:
			now.terms = append(now.terms, terms[0])
			size += len(key)/2 + 4
			if n := len(terms[0].postings); n <= longList {
				size += 3 * n / 2
			}
			terms = terms[1:]
		case len(words) > 0 && words[0].word == key:
			if words[0].word != words[0].stem {
				now.words = append(now.words, words[0])
				size += len(key)/2 + 3
			}
			words = words[1:]
		default:
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

// least is the text that comes first of three lists, not all of them empty.
func least(terms []term, words []spelling, also []short) string {
	var heads []string
	if len(terms) > 0 {
		heads = append(heads, terms[0].stem)
	}
	if len(words) > 0 {
		heads = append(heads, words[0].word)
	}
	if len(also) > 0 {
		heads = append(heads, also[0].word)
	}
	return slices.Min(heads)
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
	text := binary.AppendUvarint(nil, uint64(len(s.terms)))
	before := ""
	for _, t := range s.terms {
		text = appendFront(text, before, t.stem)
		before = t.stem
	}
	text = binary.AppendUvarint(text, uint64(len(s.words)))
	before = ""
	for _, w := range s.words {
		text = appendFront(text, before, w.word)
		before = w.word
		text = appendFront(text, w.word, w.stem)
	}
	text = binary.AppendUvarint(text, uint64(len(s.also)))
	before = ""
	for _, a := range s.also {
		text = appendFront(text, before, a.word)
		before = a.word
		text = binary.AppendUvarint(text, uint64(len(a.meanings)))
		for _, m := range a.meanings {
			text = append(binary.AppendUvarint(text, uint64(len(m))), m...)
		}
	}
	text = l.packer.pack(text)
	b := l.head(shardMagic)
	b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	e := newEncoder(b, termKinds)
	long := -1
	for _, t := range s.terms {
		n := len(t.postings)
		e.number(countKind, n)
		e.number(rarityKind, int(rarity(n, len(l.docs))))
		if n <= longList {
			l.encodePostings(e, t)
		} else if long < 0 {
			long, _ = slices.BinarySearchFunc(l.long(), t.stem, func(t term, stem string) int { return cmp.Compare(t.stem, stem) })
			e.number(longKind, long)
		}
	}
	return e.end()
}

// head is what a file of some kind begins with.
func (l *Lists) head(magic string) []byte { return append([]byte(magic), l.current()...) }

// The kinds of bits of the terms in a shard. A long gap between documents is likely
// where a word is rare, and a high impact where it is in many passages.
const (
	countKind  = 0
	rarityKind = countKind + numberKinds
	longKind   = rarityKind + numberKinds
	partKind   = longKind + numberKinds
	impactKind = partKind + maxPassages<<2
	gapKind    = impactKind + 4<<impactBits
	termKinds  = gapKind + mostRare*numberKinds
	impactBits = 5
	mostRare   = 16
)

// gapKinds are those of a term that so many documents of all have.
func gapKinds(n, all int) int {
	return gapKind + numberKinds*min(bits.Len(uint(all/max(1, n))), mostRare-1)
}

func (l *Lists) encodePostings(e *encoder, t term) {
	gaps, next := gapKinds(len(t.postings), len(l.docs)), 0
	for _, p := range l.impacts(t) {
		e.number(gaps, int(p.doc)-next)
		next = int(p.doc) + 1
		some := 0 // passages, up to three
		for i := range maxPassages {
			bit := int(p.parts >> i & 1)
			e.bit(partKind+i<<2+some, bit)
			some = min(some+bit, 3)
		}
		e.tree(impactKind+some<<impactBits, impactBits, int(p.impact))
	}
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
	e := newEncoder(l.head(longMagic), termKinds)
	l.encodePostings(e, t)
	return e.end()
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
	r, err := openReader(data, shardMagic, generation)
	if err != nil {
		return s, err
	}
	text, err := unpack(r.bytes(r.number()))
	if err != nil || r.err != nil {
		return s, errDamaged
	}
	d := newDecoder(r.data, termKinds)
	r = reader{data: text}
	long := -1
	before := ""
	for n := r.number(); n > 0 && r.err == nil; n-- {
		t := found{stem: r.front(before), n: d.number(countKind), rarity: uint32(d.number(rarityKind))}
		before = t.stem
		switch {
		case t.n > docs || d.damaged():
			r.err = errDamaged
		case t.n <= longList:
			t.postings = d.postings(t.n, docs)
		case long < 0:
			long = d.number(longKind)
			t.long = long
		default:
			long++
			t.long = long
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
	if r.err != nil || len(r.data) > 0 || !d.ended() {
		return opened{}, errDamaged
	}
	return s, nil
}

// decodeLong reads what encodeLong wrote.
func decodeLong(data []byte, generation string, n, docs int) ([]impact, error) {
	r, err := openReader(data, longMagic, generation)
	if err != nil {
		return nil, err
	}
	d := newDecoder(r.data, termKinds)
	list := d.postings(n, docs)
	if !d.ended() {
		return nil, errDamaged
	}
	return list, nil
}

// postings reads so many of them. Of damaged ones it returns some.
func (d *decoder) postings(n, docs int) []impact {
	list := make([]impact, 0, min(n, docs))
	gaps, next := gapKinds(n, docs), 0
	for len(list) < n && !d.damaged() {
		doc := next + d.number(gaps)
		if doc >= docs {
			d.refuse()
			break
		}
		next = doc + 1
		parts, some := 0, 0
		for i := range maxPassages {
			bit := d.bit(partKind + i<<2 + some)
			parts |= bit << i
			some = min(some+bit, 3)
		}
		list = append(list, impact{uint32(doc), uint8(d.tree(impactKind+some<<impactBits, impactBits)), uint8(parts)})
	}
	return list
}
