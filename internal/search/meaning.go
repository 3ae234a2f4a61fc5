package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// group is a word of a query and the terms that it may stand for.
type group struct {
	typed    string
	meanings []meaning
	small    bool // it says little, and counts for less
}

// meaning is one or more terms that a document has all of.
type meaning struct {
	terms  []found
	weight int
}

// groups finds the terms of the words.
func (b *Base) groups(wished []queryWord, typing string, a *Answer) ([]group, error) {
	var texts []string
	for _, w := range wished {
		texts = append(texts, w.text)
	}
	if err := b.load(texts...); err != nil {
		return nil, err
	}
	bare := !slices.ContainsFunc(wished, func(w queryWord) bool { return !w.not && !b.isStop(w.text) })
	var groups []group
	at := map[int]int{} // which group a word has
	for i, w := range wished {
		if w.not {
			continue
		}
		found, err := b.meanings(w.text, w.text == typing, bare, a)
		if err != nil {
			return nil, err
		}
		for _, g := range found {
			at[i] = len(groups)
			groups = append(groups, g)
		}
		if len(groups) > maxGroups {
			break
		}
	}
	// Two words may be written as one elsewhere, and two, three or four stand for one.
	for i := range wished {
		for n := 2; n <= maxShort && i+n <= len(wished); n++ {
			run := wished[i : i+n]
			if slices.ContainsFunc(run[1:], func(w queryWord) bool { return !w.near }) || slices.ContainsFunc(run, func(w queryWord) bool { return w.not }) {
				break
			}
			list, err := b.together(run)
			if err != nil {
				return nil, err
			}
			if len(list) == 0 {
				continue
			}
			known := false
			for k := i; k < i+n; k++ {
				if g, ok := at[k]; ok {
					groups[g].meanings = append(groups[g].meanings, list...)
					known = true
				}
			}
			if !known {
				at[i] = len(groups)
				groups = append(groups, group{typed: run[0].text, meanings: list})
			}
			a.Without = slices.DeleteFunc(a.Without, func(w string) bool {
				return slices.ContainsFunc(run, func(o queryWord) bool { return o.text == w })
			})
		}
	}
	// Words that come to the same are one wish.
	var different []group
	for _, g := range groups {
		if !slices.ContainsFunc(different, func(o group) bool { return g.meanings[0].same(o.meanings[0]) }) {
			different = append(different, g)
		}
	}
	different = different[:min(len(different), maxGroups)]
	b.mark(different, a)
	var terms []*found
	for _, g := range different {
		for _, m := range g.meanings {
			for i := range m.terms {
				terms = append(terms, &m.terms[i])
			}
		}
	}
	if err := b.fill(terms...); err != nil {
		return nil, err
	}
	some := false
	for i, g := range different {
		_, small := slices.BinarySearch(b.meta.Small, g.typed)
		different[i].small = small || b.isStop(g.typed) // which only stands here as what is being typed
		some = some || !different[i].small
	}
	for i := range different {
		different[i].small = different[i].small && some
	}
	return different, nil
}

// one is a word that stands for one term.
func one(typed string, t found) group {
	return group{typed: typed, meanings: []meaning{{[]found{t}, exactWeight}}}
}

func (m meaning) same(o meaning) bool {
	return slices.EqualFunc(m.terms, o.terms, func(x, y found) bool { return x.stem == y.stem })
}

// together is what some words mean that are written as one, or stand for one.
func (b *Base) together(run []queryWord) ([]meaning, error) {
	texts := make([]string, len(run))
	for i, w := range run {
		texts[i] = w.text
	}
	list, err := b.short(strings.Join(texts, " "))
	if err != nil || len(run) > 2 {
		return list, err
	}
	t, ok, err := b.word(texts[0] + texts[1])
	if ok {
		list = append(list, meaning{[]found{t}, joinedWeight})
	}
	return list, err
}

// short is what a short form stands for, or what is written short.
func (b *Base) short(word string) ([]meaning, error) {
	s, err := b.shard(word)
	if err != nil {
		return nil, err
	}
	i, ok := slices.BinarySearchFunc(s.also, word, func(a short, w string) int { return cmp.Compare(a.word, w) })
	if !ok {
		return nil, nil
	}
	var list []meaning
	for _, text := range s.also[i].meanings {
		stems := strings.Split(text, " ")
		if err := b.load(stems...); err != nil {
			return nil, err
		}
		m := meaning{weight: shortWeight}
		for _, stem := range stems {
			t, ok, err := b.term(stem)
			if err != nil {
				return nil, err
			}
			if ok {
				m.terms = append(m.terms, t)
			}
		}
		if len(m.terms) == len(stems) {
			list = append(list, m)
		}
	}
	return list, nil
}

// meanings finds what a word stands for: nothing for a word that no page has, or
// for a stop word unless there are only such; several groups for a compound of
// which only the parts occur.
func (b *Base) meanings(word string, typing, bare bool, a *Answer) ([]group, error) {
	g := group{typed: word}
	t, occurs, err := b.word(word)
	if err != nil {
		return nil, err
	}
	if occurs = occurs && (bare || !b.isStop(word)); occurs {
		g.meanings = append(g.meanings, meaning{[]found{t}, exactWeight})
	}
	shorts, err := b.short(word)
	if err != nil {
		return nil, err
	}
	g.meanings = append(g.meanings, shorts...)
	if typing && utf8.RuneCountInString(word) >= 2 {
		longer, err := b.completions(word)
		if err != nil {
			return nil, err
		}
		for _, l := range longer {
			m := meaning{[]found{l}, exactWeight}
			if len(g.meanings) > 0 && (occurs || len(shorts) > 0) {
				m.weight = longerWeight
			}
			if !slices.ContainsFunc(g.meanings, m.same) {
				g.meanings = append(g.meanings, m)
			}
		}
	}
	if len(g.meanings) > 0 {
		return []group{g}, nil
	}
	if b.isStop(word) {
		return nil, nil
	}
	w := words(word)
	if len(w) == 1 {
		if parts := w[0].parts(); len(parts) > 0 {
			var groups []group
			for _, p := range parts {
				more, err := b.meanings(p.text, false, false, a)
				if err != nil {
					return nil, err
				}
				groups = append(groups, more...)
			}
			return groups, nil
		}
	}
	return b.guesses(word, a)
}
