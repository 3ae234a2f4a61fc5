package search

import (
	"slices"
	"strings"
)

// excerptWords is the length of an excerpt.
const excerptWords = 30

// Span is a piece of a text.
type Span struct {
	Text   string `json:"text"`
	Marked bool   `json:"marked,omitempty"` // it is one of the words that were asked for
}

// Excerpt is the part of a passage that has most of the words asked for.
type Excerpt struct {
	Heading string `json:"heading,omitempty"` // of the section it is from, or empty
	ID      string `json:"id,omitempty"`      // of that heading
	Spans   []Span `json:"spans,omitempty"`
	Before  bool   `json:"before,omitempty"` // text was left out before it
	After   bool   `json:"after,omitempty"`  // and after
}

// Excerpt returns the stretch of a card's text with the most different marked
// words, the first of those that are equal. Phrases count more than words.
// Without any it is the beginning; of an incident, what its front matter says or else
// its first section, since what stands above all headings is often a note.
func (a *Answer) Excerpt(c Card) Excerpt {
	var best Excerpt
	bestScore := -2
	for i, s := range c.Sections {
		text := s[2]
		if text == "" {
			continue
		}
		list := words(text)
		hits := a.hits(list)
		from, score := window(hits)
		if slices.ContainsFunc(words(s[1]), func(w word) bool { return a.Marks[w.text] != "" }) {
			score += 50 // the heading has one of the words
		}
		if score == 0 && s[1] == "" && c.Kind == "incident" && !(c.Front && i == 0) {
			score = -1
		}
		if score <= bestScore {
			continue
		}
		bestScore = score
		to := min(len(list), from+excerptWords)
		best = Excerpt{Heading: s[1], ID: s[0], Before: from > 0, After: to < len(list)}
		at, end := 0, len(text)
		if from > 0 {
			at = list[from].start
		}
		if to < len(list) {
			end = list[to-1].end
		}
		best.Spans = spans(text, at, end, a.places(list[from:to]))
	}
	return best
}

// Mark returns a text with the words that were asked for.
func (a *Answer) Mark(text string) []Span {
	return spans(text, 0, len(text), a.places(words(text)))
}

// hits tells of each word what it is marked for, or is empty.
func (a *Answer) hits(list []word) []string {
	hits := make([]string, len(list))
	for i, w := range list {
		if a.Marks[w.text] != "" {
			hits[i] = w.text
			continue
		}
		for _, p := range w.parts() {
			if a.Marks[p.text] != "" {
				hits[i] = p.text
				break
			}
		}
	}
	for _, p := range a.phrases {
		if p.not {
			continue
		}
		for i := range list {
			if phraseAt(list[i:], p.words) {
				for k := range p.words {
					hits[i+k] = p.words[k] + "\x00" // more than the word alone
				}
			}
		}
	}
	return hits
}

// places are the stretches of a text that are marked.
func (a *Answer) places(list []word) [][2]int {
	var places [][2]int
	add := func(start, end int) {
		if n := len(places); n > 0 && places[n-1][1] >= start {
			places[n-1][1] = max(end, places[n-1][1]) // pairs of ideographs overlap
			return
		}
		places = append(places, [2]int{start, end})
	}
	hits := a.hits(list)
	for i, w := range list {
		switch {
		case hits[i] == "":
		case a.Marks[w.text] != "" || strings.HasSuffix(hits[i], "\x00"):
			add(w.start, w.end)
		default:
			for _, p := range w.parts() {
				if a.Marks[p.text] != "" {
					add(p.start, p.end)
				}
			}
		}
	}
	return places
}

func spans(text string, at, end int, places [][2]int) []Span {
	var list []Span
	for _, p := range places {
		if p[0] > at {
			list = append(list, Span{Text: text[at:p[0]]})
		}
		list = append(list, Span{Text: text[p[0]:p[1]], Marked: true})
		at = p[1]
	}
	if end > at {
		list = append(list, Span{Text: text[at:end]})
	}
	return list
}

// window returns where the best run of excerptWords words begins, a few words
// before its first mark, and its score: different words count most.
func window(hits []string) (from, score int) {
	counts := map[string]int{}
	marks, first := 0, -1
	for i, w := range hits {
		if w != "" {
			counts[w]++
			marks++
		}
		if out := i - excerptWords; out >= 0 && hits[out] != "" {
			if counts[hits[out]]--; counts[hits[out]] == 0 {
				delete(counts, hits[out])
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
	for first < len(hits) && hits[first] == "" {
		first++
	}
	return max(0, min(first-4, len(hits)-excerptWords)), score
}

// phraseAt tells whether a text goes on with the words of a phrase.
func phraseAt(list []word, phrase []string) bool {
	if len(list) < len(phrase) {
		return false
	}
	for i, w := range phrase {
		if list[i].text != w {
			return false
		}
	}
	return true
}

// has tells whether a text has a phrase: its words one after the other, whatever
// stands between them that is no word.
func (p phrase) in(text string) bool {
	list := words(text)
	for i := range list {
		if phraseAt(list[i:], p.words) {
			return true
		}
	}
	return false
}
