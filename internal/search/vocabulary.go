package search

import (
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
)

// vocabulary remembers what Bleve's analyzer makes of each word, and how often
// each occurs. A knowledge base says the same words again and again, so that
// nearly all of its text need only be cut, not folded and stemmed once more. It
// is safe for concurrent use.
type vocabulary struct {
	language *language

	mu    sync.RWMutex
	known map[string]lexeme    // by the word exactly as written
	words map[string]*spelling // by the word in lower case
}

// spelling is a word as people write it, its stem, and how often it occurs. Where
// it is two words with a hyphen between them it is counted as joined too.
type spelling struct {
	word, stem string
	n, joined  int
}

// occurrence is a place where a word stands.
type occurrence struct {
	*spelling
	joined bool
}

// lexeme is the terms of a word as written: none for a stop word, several for a
// compound.
type lexeme []form

type form struct {
	start, end int // in the word, in bytes
	term       []byte
	word       *spelling
}

func newVocabulary(l *language) *vocabulary {
	return &vocabulary{language: l, known: map[string]lexeme{}, words: map[string]*spelling{}}
}

// analyzer is a Bleve analyzer over the vocabulary. by is added to the number of
// each word that it meets; met, unless nil, takes them all. With bare, a text of
// nothing but stop words ("If only we had") has these for its terms: a title has
// to be found.
type analyzer struct {
	*vocabulary
	by   int
	met  *[]occurrence
	bare bool
}

// Analyze cuts a text into terms. Those that nobody types are left out: base64,
// hashes.
func (a analyzer) Analyze(text []byte) analysis.TokenStream {
	if a.language.pairs {
		return a.inPairs(text)
	}
	whole := a.language.tokenizer.Tokenize(text)
	list := make(analysis.TokenStream, 0, len(whole)+len(whole)/8)
	met := make([]occurrence, 0, cap(list))
	add := func(word []byte, start int, joined bool, t *analysis.Token) {
		for _, p := range a.lexeme(word) {
			if joined && p.end-p.start < len(word) {
				continue // the parts are there already
			}
			list = append(list, &analysis.Token{Start: start + p.start, End: min(start+p.end, len(text)), Term: p.term, Position: t.Position, Type: t.Type})
			met = append(met, occurrence{p.word, joined})
		}
	}
	before := analysis.Token{End: -1}
	for _, t := range whole {
		now := *t
		if forms := a.lexeme(now.Term); len(forms) == 1 && forms[0].start == 0 && forms[0].end == len(now.Term) {
			t.Term = forms[0].term // most words are one term, and need no token of their own
			list = append(list, t)
			met = append(met, occurrence{forms[0].word, false})
		} else {
			add(now.Term, now.Start, false, &now)
		}
		if before.End >= 0 && before.End+1 == now.Start && text[before.End] == '-' && isPlain(before.Term) && isPlain(now.Term) {
			add(append(append(make([]byte, 0, 32), before.Term...), now.Term...), before.Start, true, &now)
		}
		before = now
	}
	if a.bare && len(list) == 0 {
		for _, t := range whole {
			word := lower(string(t.Term))
			list = append(list, &analysis.Token{Start: t.Start, End: t.End, Term: []byte(word), Position: t.Position, Type: t.Type})
			met = append(met, occurrence{a.spelling(word, word), false})
		}
	}
	a.meet(met)
	return list
}

// inPairs is Analyze for languages that are not written in words. What a
// character becomes depends on its neighbour.
func (a analyzer) inPairs(text []byte) analysis.TokenStream {
	var list analysis.TokenStream
	var met []occurrence
	for _, t := range a.language.analyzer.Analyze(text) {
		if len(t.Term) > maxTerm {
			continue
		}
		list = append(list, t)
		if t.Type != analysis.Single && t.Type != analysis.Double && t.End <= len(text) {
			met = append(met, occurrence{a.spelling(lower(string(text[t.Start:t.End])), string(t.Term)), false})
		}
	}
	a.meet(met)
	return list
}

func (a analyzer) meet(met []occurrence) {
	if a.by != 0 {
		a.count(met, a.by)
	}
	if a.met != nil {
		*a.met = append(*a.met, met...)
	}
}

func (v *vocabulary) count(met []occurrence, by int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, o := range met {
		o.n += by
		if o.joined {
			o.spelling.joined += by
		}
	}
}

// lexeme returns the terms of a word.
func (v *vocabulary) lexeme(word []byte) lexeme {
	v.mu.RLock()
	l, ok := v.known[string(word)]
	v.mu.RUnlock()
	if ok {
		return l
	}
	l = lexeme{}
	written := string(word) // Bleve's filters change the bytes in place
	for _, t := range v.language.analyzer.Analyze([]byte(written)) {
		if len(t.Term) <= maxTerm {
			l = append(l, form{t.Start, t.End, t.Term, v.spelling(lower(written[t.Start:t.End]), string(t.Term))})
		}
	}
	v.mu.Lock()
	v.known[written] = l
	v.mu.Unlock()
	return l
}

// forget lets go of what Bleve's analyzer made of the words.
func (v *vocabulary) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.known, v.words = map[string]lexeme{}, map[string]*spelling{}
}

func (v *vocabulary) spelling(word, stem string) *spelling {
	v.mu.Lock()
	defer v.mu.Unlock()
	s, ok := v.words[word]
	if !ok {
		s = &spelling{word: word, stem: stem}
		v.words[word] = s
	}
	return s
}

// spelled returns a word as it stands now.
func (v *vocabulary) spelled(word string) spelling {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if s := v.words[word]; s != nil {
		return *s
	}
	return spelling{}
}

// maxTerm is the length in bytes up to which a term is indexed.
const maxTerm = 64
