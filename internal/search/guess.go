package search

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"debrief/internal/diag"
)

// completions are the terms of words that begin with a text, those of most
// documents first.
func (b *Base) completions(start string) ([]found, error) {
	n := utf8.RuneCountInString(start)
	var list []found
	if n < cutPrefix {
		if err := b.loadHeads(); err != nil {
			return nil, err
		}
		var some []string
		for _, w := range b.heads {
			if strings.HasPrefix(w, start) && len(some) < maxCompletions {
				some = append(some, w)
			}
		}
		if err := b.load(some...); err != nil {
			return nil, err
		}
		for _, w := range some {
			t, ok, err := b.word(w)
			if err != nil {
				return nil, err
			}
			if ok && !slices.ContainsFunc(list, func(o found) bool { return o.stem == t.stem }) {
				list = append(list, t)
			}
		}
		if len(list) > 0 {
			return list, nil
		}
	}
	s, err := b.shard(start)
	if err != nil {
		return nil, err
	}
	stems := map[string]bool{}
	for _, w := range s.words {
		if strings.HasPrefix(w.word, start) {
			stems[w.stem] = true
		}
	}
	for _, t := range s.terms {
		if strings.HasPrefix(t.stem, start) {
			stems[t.stem] = true
		}
	}
	for _, t := range s.terms {
		if stems[t.stem] {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(b.n, a.n) })
	return list[:min(len(list), maxCompletions)], nil
}

const maxCompletions = 4

// traced finds the term of a word that does not occur by taking off an ending
// that words of this language have.
func (b *Base) traced(word string) (found, bool, error) {
	letters := []rune(word)
	for n := len(letters) - 1; n >= 3 && n >= len(letters)-5; n-- {
		if _, ok := slices.BinarySearch(b.meta.Endings, string(letters[n:])); !ok {
			continue
		}
		if t, ok, err := b.word(string(letters[:n])); ok || err != nil {
			return t, ok, err
		}
	}
	return found{}, false, nil
}

// corrected returns the word that a mistyped one most likely is: with the fewest
// mistakes, the same first letter, used most.
func (b *Base) corrected(word string, mistakes int) (string, error) {
	letters := []rune(word)
	if !canBeMistyped(letters) {
		return "", nil
	}
	if b.spellings == nil {
		m, err := fetched(b, spellingPath, parsed[spellingMeta](b))
		if err != nil {
			return "", err
		}
		b.spellings = &m
	}
	type candidate struct {
		word     string
		far      int
		elsewise bool // begins with another letter
		n        int
	}
	best := candidate{far: mistakes + 1}
	better := func(a, b candidate) bool {
		if a.far != b.far {
			return a.far < b.far
		}
		if a.elsewise != b.elsewise {
			return b.elsewise
		}
		if a.n != b.n {
			return a.n > b.n
		}
		return a.word < b.word
	}
	for _, r := range spellingRanges(letters, mistakes) {
		entries, err := b.entries(r.from, r.to)
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			w := []rune(e.text)[spellingKeyLength:]
			far := diag.Distance(letters, w, mistakes)
			if far > mistakes {
				continue
			}
			c := candidate{string(w), far, w[0] != letters[0], e.n}
			if better(c, best) {
				best = c
			}
		}
	}
	return best.word, nil
}

// entries are the spellings from one key up to another.
func (b *Base) entries(from, to string) ([]spellingEntry, error) {
	firsts := b.spellings.Firsts
	start := max(0, sort.SearchStrings(firsts, from)-1)
	var wanted []int
	for n := start; n < len(firsts) && firsts[n] < to; n++ {
		wanted = append(wanted, n)
	}
	err := fetchAll(b, b.typos, slices.Clone(wanted), func(n int) string { return numbered(spellingFiles, n) }, func(_ int, data []byte) ([]spellingEntry, error) {
		return decodeSpellings(data, b.meta.Generation)
	})
	if err != nil {
		return nil, err
	}
	var list []spellingEntry
	for _, n := range wanted {
		for _, e := range b.typos[n] {
			if e.text >= from && e.text < to {
				list = append(list, e)
			}
		}
	}
	return list, nil
}

// guesses finds what a word that does not occur was meant for.
func (b *Base) guesses(word string, a *Answer) ([]group, error) {
	t, ok, err := b.traced(word)
	if err != nil {
		return nil, err
	}
	if ok {
		return []group{one(word, t)}, nil
	}
	mistakes := 1
	if utf8.RuneCountInString(word) >= longWord {
		mistakes = 2
	}
	right, err := b.corrected(word, mistakes)
	if err != nil {
		return nil, err
	}
	if right != "" && diag.Distance([]rune(word), []rune(right), 1) <= 1 {
		return b.instead(word, right, a)
	}
	if pair, err := b.split(word); err != nil || len(pair) > 0 {
		if err == nil {
			a.Corrected = append(a.Corrected, Correction{word, pair[0] + " " + pair[1]})
		}
		var groups []group
		for _, p := range pair {
			t, ok, err := b.word(p)
			if err != nil {
				return nil, err
			}
			if ok {
				groups = append(groups, one(p, t))
			}
		}
		return groups, err
	}
	if right != "" {
		return b.instead(word, right, a)
	}
	if t, ok, err = b.related(word); err != nil {
		return nil, err
	}
	if ok {
		return []group{one(word, t)}, nil
	}
	a.Without = append(a.Without, word)
	return nil, nil
}

func (b *Base) instead(word, right string, a *Answer) ([]group, error) {
	t, ok, err := b.word(right)
	if err != nil || !ok {
		return nil, err
	}
	a.Corrected = append(a.Corrected, Correction{word, right})
	return []group{one(word, t)}, nil
}

// split parts a word that is two run together: "loadbalancer". Of several ways
// it takes the one whose rarer word is the most frequent.
func (b *Base) split(word string) ([]string, error) {
	letters := []rune(word)
	var best []string
	most := 0
	for n := 3; n <= len(letters)-3; n++ {
		left, right := string(letters[:n]), string(letters[n:])
		l, ok, err := b.word(left)
		if err != nil {
			return nil, err
		}
		if !ok && !b.isStop(left) {
			continue
		}
		r, rightOK, err := b.word(right)
		if err != nil {
			return nil, err
		}
		if !rightOK && !b.isStop(right) || !ok && !rightOK {
			continue
		}
		often := l.n
		if !ok || rightOK && r.n < often {
			often = r.n
		}
		if often > most {
			most, best = often, []string{left, right}
		}
	}
	return best, nil
}

// related finds the term of a word that begins like this one and ends otherwise:
// of those that share most, the most frequent.
func (b *Base) related(word string) (found, bool, error) {
	letters := []rune(word)
	s, err := b.shard(word)
	if err != nil {
		return found{}, false, err
	}
	for n := len(letters) - 1; n >= max(4, len(letters)-3); n-- {
		start := string(letters[:n])
		var best found
		for _, t := range s.terms {
			if strings.HasPrefix(t.stem, start) && utf8.RuneCountInString(t.stem) <= n+3 && t.n > best.n {
				best = t
			}
		}
		if best.n > 0 {
			return best, true, nil
		}
	}
	return found{}, false, nil
}
