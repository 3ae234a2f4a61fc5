package search

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

// Hit is a document that a query found.
type Hit struct {
	Document
	Number int
	Score  uint64
	Has    int // how many of the query's words it has
}

// Answer is what a query found, best first.
type Answer struct {
	Hits    []Hit
	Missing []string        // words that no document has
	Marked  map[string]bool // words, in lower case, to mark in excerpts
}

// Limits on a query, so that a pasted file is no burden.
const (
	maxQuery      = 256 // characters
	maxQueryWords = 32
)

// Query ranks the documents for the words of a query. Every word is wished
// for; a document that lacks some comes after those that have more of them.
func (l *Lists) Query(text string) Answer {
	answer := Answer{Marked: map[string]bool{}}
	type sum struct {
		score uint64
		has   int
	}
	sums := map[uint32]sum{}
	asked := map[string]bool{}
	for _, word := range queryWords(text) {
		stem, i, ok := l.stem(word)
		if !ok {
			if !slices.Contains(l.Stop, word) {
				answer.Missing = append(answer.Missing, word)
			}
			continue
		}
		if asked[stem] {
			continue
		}
		asked[stem] = true
		for _, p := range l.Terms[i].Postings {
			s := sums[p.Doc]
			sums[p.Doc] = sum{s.score + uint64(l.Terms[i].Rarity)*uint64(p.Impact), s.has + 1}
		}
		answer.Marked[stem] = true
	}
	for _, w := range l.Words {
		if asked[w.Stem] {
			answer.Marked[w.Word] = true
		}
	}
	for doc, s := range sums {
		answer.Hits = append(answer.Hits, Hit{l.Docs[doc], int(doc), s.score * uint64(s.has*s.has), s.has})
	}
	slices.SortFunc(answer.Hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Number, b.Number))
	})
	return answer
}

// queryWords are the words of a query in lower case, in order.
func queryWords(text string) []string {
	if utf8.RuneCountInString(text) > maxQuery {
		text = string([]rune(text)[:maxQuery])
	}
	var words []string
	for _, t := range unicode.NewUnicodeTokenizer().Tokenize([]byte(text)) {
		if w := strings.ToLower(string(t.Term)); len(words) < maxQueryWords && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// A word that does not occur itself may be meant by one that does: "rollbacks"
// by "rollback", "certificate" by "certificates". The two share all but the last
// maxEnding characters of each, and at least minShared.
const (
	minShared = 4
	maxEnding = 3
)

// stem returns the stem that a word is looked up under, and its place in Terms:
// that of the word itself or, where it does not occur, of the one nearest to it.
func (l *Lists) stem(word string) (stem string, place int, ok bool) {
	runes := []rune(word)
	for n := len(runes); n >= max(1, len(runes)-maxEnding) && (n == len(runes) || n >= minShared); n-- {
		start := string(runes[:n])
		if stem, place, ok = l.exactly(start); ok {
			return stem, place, true
		}
		if n < minShared {
			continue
		}
		if longer, ok := longer(start, len(l.Words), func(i int) string { return l.Words[i].Word }); ok {
			return l.exactly(longer)
		}
		if longer, ok := longer(start, len(l.Terms), func(i int) string { return l.Terms[i].Stem }); ok {
			return l.exactly(longer)
		}
	}
	return "", 0, false
}

// exactly looks up a word or a stem that occurs.
func (l *Lists) exactly(word string) (stem string, place int, ok bool) {
	stem = word
	if i, ok := sort.Find(len(l.Words), func(i int) int { return cmp.Compare(word, l.Words[i].Word) }); ok {
		stem = l.Words[i].Stem
	}
	place, ok = l.find(stem)
	return stem, place, ok
}

// longer returns the first text of a sorted list that begins with start and is
// at most maxEnding characters longer.
func longer(start string, n int, at func(int) string) (string, bool) {
	for i := sort.Search(n, func(i int) bool { return at(i) >= start }); i < n && strings.HasPrefix(at(i), start); i++ {
		if utf8.RuneCountInString(at(i)[len(start):]) <= maxEnding {
			return at(i), true
		}
	}
	return "", false
}
