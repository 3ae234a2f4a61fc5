package search

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// parting is a tokenizer that gives the words of another one and, after each,
// what else people call it by: the parts of "max_connections", "io.netty" and
// "CrashLoopBackOff".
type parting struct {
	analysis.Tokenizer
}

// Tokenize cuts a text into tokens.
func (p parting) Tokenize(text []byte) analysis.TokenStream {
	whole := p.Tokenizer.Tokenize(text)
	tokens := make(analysis.TokenStream, 0, len(whole)+len(whole)/8)
	for _, t := range whole {
		tokens = append(tokens, t)
		if t.Type == analysis.Ideographic {
			continue
		}
		tokens = appendParts(tokens, t)
	}
	return tokens
}

// isPlain tells whether a token is of letters only, and at least two of them.
func isPlain(term []byte) bool {
	return utf8.RuneCount(term) > 1 && bytes.IndexFunc(term, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}

// appendParts adds the parts of a token that has signs or humps inside.
func appendParts(tokens analysis.TokenStream, t *analysis.Token) analysis.TokenStream {
	start, found := 0, false
	var before rune
	add := func(end int) {
		if end > start && (start > 0 || end < len(t.Term)) {
			tokens = append(tokens, &analysis.Token{
				Start: t.Start + start, End: t.Start + end, Position: t.Position, Type: t.Type, Term: bytes.Clone(t.Term[start:end]),
			})
		}
		start = end
	}
	for i := 0; i < len(t.Term); {
		r, size := utf8.DecodeRune(t.Term[i:])
		switch {
		case r == '\'' || r == '’':
			return tokens // an apostrophe parts nothing
		case !isWordRune(r):
			add(i)
			start, found = i+size, true
		case unicode.IsUpper(r) && unicode.IsLower(before):
			add(i)
			found = true
		case unicode.IsLower(r) && unicode.IsUpper(before) && i-utf8.RuneLen(before) > start: // "HTTPServer"
			add(i - utf8.RuneLen(before))
			found = true
		}
		before = r
		i += size
	}
	if found {
		add(len(t.Term))
	}
	return tokens
}
