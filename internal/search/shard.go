package search

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// A shard holds the terms and the words of one range of the alphabet. Before
// compression with gzip it is
//
//	"DS1"
//	number of terms, then for each
//	    front-coded stem, rarity, number of postings, length of the postings in bytes,
//	    and for each posting the difference to the document before, and the impact as one byte
//	number of words, then for each
//	    front-coded word, and its stem front-coded against the word
//
// where every number is an unsigned varint, and a front-coded text is the
// number of bytes that it shares with the text before, the number of bytes that
// follow, and those bytes.
//
// All terms and words that share their first cutPrefix characters are in one
// shard, so that a word and its stem are nearly always fetched together.
type shard struct {
	terms []Term
	words []Spelling
}

const (
	shardMagic = "DS1"
	shardSize  = 8 << 10 // bytes before compression, about
	cutPrefix  = 4       // characters; no longer than minShared
)

// shards parts the lists. The first element of each pair is the first key of
// the shard's range.
func (l *Lists) shards() (firsts []string, list []shard) {
	var current shard
	size, first, group := 0, "", ""
	cut := func() {
		if size > 0 {
			firsts, list = append(firsts, first), append(list, current)
		}
		current, size = shard{}, 0
	}
	terms, words := l.Terms, l.Words
	for len(terms) > 0 || len(words) > 0 {
		isTerm := len(words) == 0 || len(terms) > 0 && terms[0].Stem <= words[0].Word
		key := ""
		if isTerm {
			key = terms[0].Stem
		} else {
			key = words[0].Word
		}
		if p := prefix(key); p != group {
			if size >= shardSize {
				cut()
			}
			group = p
		}
		if size == 0 {
			first = prefix(key)
		}
		if isTerm {
			current.terms = append(current.terms, terms[0])
			size += len(key) + 4 + 2*len(terms[0].Postings)
			terms = terms[1:]
		} else {
			current.words = append(current.words, words[0])
			size += len(key) + 3
			words = words[1:]
		}
	}
	cut()
	return firsts, list
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

func (s shard) encode() []byte {
	b := []byte(shardMagic)
	b = binary.AppendUvarint(b, uint64(len(s.terms)))
	before := ""
	var postings []byte
	for _, t := range s.terms {
		b = appendFront(b, before, t.Stem)
		before = t.Stem
		postings = postings[:0]
		last := uint32(0)
		for _, p := range t.Postings {
			postings = append(binary.AppendUvarint(postings, uint64(p.Doc-last)), p.Impact)
			last = p.Doc
		}
		b = binary.AppendUvarint(b, uint64(t.Rarity))
		b = binary.AppendUvarint(b, uint64(len(t.Postings)))
		b = binary.AppendUvarint(b, uint64(len(postings)))
		b = append(b, postings...)
	}
	b = binary.AppendUvarint(b, uint64(len(s.words)))
	before = ""
	for _, w := range s.words {
		b = appendFront(b, before, w.Word)
		before = w.Word
		b = appendFront(b, w.Word, w.Stem)
	}
	return b
}

func appendFront(b []byte, before, text string) []byte {
	n := 0
	for n < len(before) && n < len(text) && before[n] == text[n] {
		n++
	}
	b = binary.AppendUvarint(b, uint64(n))
	b = binary.AppendUvarint(b, uint64(len(text)-n))
	return append(b, text[n:]...)
}

// errShard says that a shard's bytes make no sense.
var errShard = errors.New("damaged search shard")

// decodeShard reads what encode wrote.
func decodeShard(data []byte, docs int) (s shard, err error) {
	r := shardReader{data: data}
	if string(r.bytes(uint64(len(shardMagic)))) != shardMagic {
		return s, errShard
	}
	before := ""
	for n := r.number(); n > 0 && r.err == nil; n-- {
		t := Term{Stem: r.front(before), Rarity: uint32(r.number())}
		before = t.Stem
		count := r.number()
		postings := shardReader{data: r.bytes(r.number()), err: r.err}
		doc := uint64(0)
		for ; count > 0 && postings.err == nil; count-- {
			doc += postings.number()
			impact := postings.bytes(1)
			if postings.err == nil && doc < uint64(docs) {
				t.Postings = append(t.Postings, Posting{uint32(doc), impact[0]})
			} else {
				postings.err = errShard
			}
		}
		r.err = errors.Join(r.err, postings.err)
		s.terms = append(s.terms, t)
	}
	before = ""
	for n := r.number(); n > 0 && r.err == nil; n-- {
		w := Spelling{Word: r.front(before)}
		w.Stem = r.front(w.Word)
		before = w.Word
		s.words = append(s.words, w)
	}
	if r.err != nil || len(r.data) > 0 {
		return shard{}, errShard
	}
	return s, nil
}

type shardReader struct {
	data []byte
	err  error
}

func (r *shardReader) number() uint64 {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || r.err != nil {
		r.err = errShard
		return 0
	}
	r.data = r.data[size:]
	return n
}

func (r *shardReader) bytes(n uint64) []byte {
	if r.err != nil || n > uint64(len(r.data)) {
		r.err = errShard
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *shardReader) front(before string) string {
	shared := r.number()
	rest := r.bytes(r.number())
	if r.err != nil || shared > uint64(len(before)) {
		r.err = errShard
		return ""
	}
	return before[:shared] + string(rest)
}

// pack compresses a shard, the same bytes for the same shard.
func pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// unpack is the reverse of pack, for shards of up to 64 MB.
func unpack(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errShard, err)
	}
	out, err := io.ReadAll(io.LimitReader(z, 64<<20))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errShard, err)
	}
	return out, nil
}

func shardName(packed []byte) string {
	sum := sha256.Sum256(packed)
	return hex.EncodeToString(sum[:6])
}
