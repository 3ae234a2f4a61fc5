package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kin is an incident that is like another one, and what the two share.
type Kin struct {
	Key      string // of its document
	Factors  []string
	Services []string
	Tags     []string
	Words    []string // that tell most of both
}

// Of the words that a document is known by.
const (
	profileTerms = 25 // so many are looked for in others; at most 32, for the bits
	sharedWords  = 3  // so many are named as a reason
	// An incident is like another one when the words that they share are worth at
	// least this part of what its own are worth to itself, in hundredths.
	leastAlike = 8
	commonWord = 200 // documents; a word of more relates nothing, however many there are
)

// telling is a term that tells what a document is about.
type telling struct {
	term  int // its place in the lists
	worth uint64
}

// Related returns the incidents most like one, at most n, the most alike first:
// those that score best when the words which tell most of it are searched for.
// Without a factor, service or tag in common, at least three words have to be.
func (l *Lists) Related(key string, n int) []Kin {
	doc, ok := slices.BinarySearchFunc(l.docs, key, func(d *indexed, key string) int { return cmp.Compare(d.Key, key) })
	if !ok {
		if doc = slices.IndexFunc(l.docs, func(d *indexed) bool { return d.Key == key }); doc < 0 {
			return nil
		}
	}
	own := l.docs[doc]
	profile := l.profile(doc)
	var kin []Kin
	for _, c := range l.alike(doc, profile) {
		if len(kin) == n {
			break
		}
		other := l.docs[c.doc]
		k := Kin{Key: other.Key, Factors: l.common(own.Factors, other.Factors), Services: l.common(own.Services, other.Services), Tags: l.common(own.Tags, other.Tags)}
		if len(k.Factors)+len(k.Services)+len(k.Tags) == 0 && bits.OnesCount32(c.shared) < sharedWords {
			continue
		}
		said := map[string]bool{} // in the names that the two share
		for _, name := range slices.Concat(k.Factors, k.Services, k.Tags) {
			for _, stem := range l.vocabulary.language.stems(name) {
				said[stem] = true
			}
		}
		for i, t := range profile { // the most telling first
			stem := l.terms[t.term].stem
			if c.shared>>i&1 == 1 && !said[stem] && len(k.Words) < sharedWords {
				if word, ok := l.wordFor(stem); ok {
					k.Words = append(k.Words, word)
				}
			}
		}
		kin = append(kin, k)
	}
	return kin
}

// alike is a document that has words of another one's profile.
type alike struct {
	doc    int
	score  uint64
	shared uint32 // a bit for each word of the profile that it has
}

// alike finds the incidents that have enough of a document's profile, the most
// alike first.
func (l *Lists) alike(doc int, profile []telling) []alike {
	idle, ok := l.tallies.Get().(*[]alike)
	if !ok {
		fresh := make([]alike, len(l.docs))
		idle = &fresh
	}
	tally := *idle
	var touched []int
	average := l.average()
	for i, t := range profile {
		for _, p := range l.terms[t.term].postings {
			n := int(l.numbers[p.slot])
			if tally[n].score == 0 {
				touched = append(touched, n)
			}
			tally[n].score += t.worth * uint64(l.impact(p, average))
			tally[n].shared |= 1 << i
		}
	}
	least := tally[doc].score * leastAlike
	var list []alike
	for _, n := range touched {
		if n != doc && tally[n].score*100 >= least && l.docs[n].Kind == "incident" {
			list = append(list, alike{n, tally[n].score, tally[n].shared})
		}
		tally[n] = alike{}
	}
	l.tallies.Put(idle)
	slices.SortFunc(list, func(a, b alike) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc)) })
	return list
}

// common are the names of one list that are in the other too.
func (l *Lists) common(a, b []string) []string {
	var list []string
	for _, name := range a {
		if slices.ContainsFunc(b, func(o string) bool { return o == name || l.folded(o) == l.folded(name) }) {
			list = append(list, name)
		}
	}
	return list
}

// folded is fold of a name, of which there are few.
func (l *Lists) folded(name string) string {
	if known, ok := l.folds.Load(name); ok {
		return known.(string)
	}
	f := fold(name)
	l.folds.Store(name, f)
	return f
}

// fewAsked is up to how many times a document is read again to find the words
// that tell most of it. A build asks for all; then one pass through the lists is
// quicker.
const fewAsked = 20

// profile is what tells most of a document, the most telling first.
func (l *Lists) profile(doc int) []telling {
	if l.asked.Add(1) > fewAsked {
		return l.profiles()[doc]
	}
	var list []telling
	average := l.average()
	d := l.docs[doc]
	for stem, p := range d.analysis().postings {
		p.slot = d.slot
		if i, ok := l.find(stem); ok {
			if t, ok := l.tells(i, p, average); ok {
				list = append(list, t)
			}
		}
	}
	return mostTelling(list)
}

// makeProfiles finds them for all documents.
func (l *Lists) makeProfiles() [][]telling {
	lists := make([][]telling, len(l.docs))
	average := l.average()
	for i, t := range l.terms {
		for _, p := range t.postings {
			if x, ok := l.tells(i, p, average); ok {
				n := l.numbers[p.slot]
				if lists[n] = append(lists[n], x); len(lists[n]) == 4*profileTerms {
					lists[n] = mostTelling(lists[n])
				}
			}
		}
	}
	for n := range lists {
		lists[n] = slices.Clone(mostTelling(lists[n])) // without the room for the rest
	}
	return lists
}

// tells weighs a term of a document. Words that only it has, that a tenth of all
// documents have, and numbers relate nothing.
func (l *Lists) tells(term int, p posting, average [fields]float64) (telling, bool) {
	t := l.terms[term]
	with := len(t.postings)
	if with < 2 || with > min(10+len(l.docs)/10, commonWord) {
		return telling{}, false
	}
	if first, _ := utf8.DecodeRuneInString(t.stem); !unicode.IsLetter(first) || utf8.RuneCountInString(t.stem) < 3 && !isIdeograph(first) {
		return telling{}, false
	}
	return telling{term, uint64(rarity(with, len(l.docs))) * uint64(l.impact(p, average))}, true
}

func mostTelling(list []telling) []telling {
	slices.SortFunc(list, func(a, b telling) int { return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.term, b.term)) })
	return list[:min(len(list), profileTerms)]
}

// wordFor is the word that a stem is most often written as. Some stems have none:
// "asnormal", of "read-as-normal".
func (l *Lists) wordFor(stem string) (word string, ok bool) {
	if first, _ := utf8.DecodeRuneInString(stem); isIdeograph(first) {
		return stem, true
	}
	if known, ok := l.names.Load(stem); ok {
		return known.(string), known != ""
	}
	start := stem
	if letters := []rune(stem); len(letters) > 3 {
		start = string(letters[:3])
	}
	var best spelling
	consider := func(w spelling) {
		if w.stem == stem && w.n-w.joined > best.n-best.joined {
			best = w
		}
	}
	at, _ := l.spelled(start)
	for ; at < len(l.words) && strings.HasPrefix(l.words[at].word, start); at++ {
		consider(l.words[at])
	}
	if best.word == "" { // a stem may have other letters: "haus", of "häuser"
		for _, w := range l.words {
			consider(w)
		}
	}
	l.names.Store(stem, best.word)
	return best.word, best.word != ""
}
