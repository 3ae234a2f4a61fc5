package search

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

// excerptWords is the length of an excerpt.
const excerptWords = 30

// Span is a piece of an excerpt.
type Span struct {
	Text   string
	Marked bool // it is one of the words that were asked for
}

// Excerpt is the part of a document that has most of the words asked for.
type Excerpt struct {
	Heading string // of the section it is from, or empty
	ID      string // of that heading
	Spans   []Span
	Before  bool // text was left out before it
	After   bool // and after
}

// Excerpt returns the passage of the document with the most different marked
// words, the first of those that are equal. Without any it is the beginning.
func (a Answer) Excerpt(d Document) Excerpt {
	var best Excerpt
	bestScore := -1
	for _, s := range d.Doc.Sections {
		text := strings.Join(strings.Fields(s.Text), " ")
		if text == "" {
			continue
		}
		tokens := unicode.NewUnicodeTokenizer().Tokenize([]byte(text))
		words := make([]string, len(tokens)) // marked ones in lower case, others empty
		for i, t := range tokens {
			if w := strings.ToLower(string(t.Term)); a.Marked[w] {
				words[i] = w
			}
		}
		from, score := window(words)
		if score <= bestScore {
			continue
		}
		bestScore = score
		to := min(len(tokens), from+excerptWords)
		best = Excerpt{Heading: s.Heading, ID: s.ID, Before: from > 0, After: to < len(tokens)}
		at, end := 0, len(text)
		if from > 0 {
			at = tokens[from].Start
		}
		if to < len(tokens) {
			end = tokens[to-1].End
		}
		for i := from; i < to; i++ {
			if words[i] == "" {
				continue
			}
			if tokens[i].Start > at {
				best.Spans = append(best.Spans, Span{Text: text[at:tokens[i].Start]})
			}
			best.Spans = append(best.Spans, Span{Text: text[tokens[i].Start:tokens[i].End], Marked: true})
			at = tokens[i].End
		}
		if end > at {
			best.Spans = append(best.Spans, Span{Text: text[at:end]})
		}
	}
	return best
}

// window returns where the best run of excerptWords words begins, a few words
// before its first mark, and its score: different words count most.
func window(words []string) (from, score int) {
	counts := map[string]int{}
	marks, first := 0, -1
	for i, w := range words {
		if w != "" {
			counts[w]++
			marks++
		}
		if out := i - excerptWords; out >= 0 && words[out] != "" {
			if counts[words[out]]--; counts[words[out]] == 0 {
				delete(counts, words[out])
			}
			marks--
		}
		if s := 100*len(counts) + marks; s > score {
			score, first = s, max(0, i-excerptWords+1)
		}
	}
	if first < 0 {
		return 0, 0
	}
	for first < len(words) && words[first] == "" {
		first++
	}
	return max(0, min(first-4, len(words)-excerptWords)), score
}
