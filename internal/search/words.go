package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text is cut into words in two places: by Bleve's tokenizer when a page is
// indexed, and here when a query is read or an excerpt marked. Here a word is
// a run of letters, marks and digits, with single full stops, apostrophes and
// underscores inside ("node.js", "can't", "max_connections"). The browser's half
// is words.js. Where the two cuts differ nothing is lost, since every part of a
// word with such signs is indexed and looked up too.

// word is a word of a text: where it stands, in bytes, as it is written there
// and in lower case.
type word struct {
	start, end int
	raw, text  string
}

func wordAt(text string, start, end int) word {
	return word{start, end, text[start:end], lower(text[start:end])}
}

// words returns the words of a text in order.
func words(text string) []word {
	var list []word
	start, before := -1, rune(0) // before is the character before this one
	flush := func(end int) {
		if start >= 0 {
			list = append(list, wordAt(text, start, end))
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case isIdeograph(r):
			if start >= 0 && !isIdeograph(before) {
				flush(i)
			}
			if start < 0 {
				start = i
			}
		case isWordRune(r):
			if start >= 0 && isIdeograph(before) {
				flush(i)
			}
			if start < 0 {
				start = i
			}
		default:
			if start >= 0 && isInner(r) && isWordRune(before) && !isIdeograph(before) {
				next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
				if isWordRune(next) && !isIdeograph(next) {
					break
				}
			}
			flush(i)
		}
		before = r
	}
	flush(len(text))
	return list
}

func isWordRune(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }

func isInner(r rune) bool { return r == '.' || r == '_' || r == '\'' || r == '’' }

// isIdeograph tells whether a character belongs to a script that is written
// without spaces and indexed by pairs of characters.
func isIdeograph(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー'
}

// parts returns the pieces of a word that has signs inside, with their places,
// or the pairs of characters of a run of ideographs. A word that is one piece
// has none.
func (w word) parts() []word {
	var list []word
	add := func(start, end int) {
		list = append(list, word{w.start + start, w.start + end, w.raw[start:end], lower(w.raw[start:end])})
	}
	first, _ := utf8.DecodeRuneInString(w.raw)
	if isIdeograph(first) {
		var at []int
		for i := range w.raw {
			at = append(at, i)
		}
		at = append(at, len(w.raw))
		for i := 0; i+2 < len(at) && len(at) > 3; i++ {
			add(at[i], at[i+2])
		}
		return list
	}
	if !strings.ContainsFunc(w.raw, isInner) {
		return nil
	}
	apostrophe := strings.ContainsAny(w.raw, "'’")
	start := 0
	flush := func(end int) {
		if end > start && (start == 0 || !apostrophe || utf8.RuneCountInString(w.raw[start:end]) > 1) { // not the "s" of "host's"
			add(start, end)
		}
	}
	for i, r := range w.raw {
		if isInner(r) {
			flush(i)
			start = i + utf8.RuneLen(r)
		}
	}
	flush(len(w.raw))
	return list
}

// lower is a text in lower case, character by character, as both Bleve and the
// browser do it: a text keeps its number of characters.
func lower(s string) string { return strings.Map(unicode.ToLower, s) }

// fold makes names comparable that differ in case, spaces and signs only:
// "Anchor API" and "anchor-api".
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(lower(s), func(r rune) bool { return !isWordRune(r) && r != '+' && r != '#' }), "-")
}
