package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// maxShort is how many words a short form may stand for, and be asked for by.
const maxShort = 4

// short is a word that stands for others.
type short struct {
	word     string
	meanings []string // each one stem or more, with spaces between
}

// shorts are the short forms that stand for something which occurs, by word.
func (l *Lists) shorts() []short {
	meanings := map[string]map[string]bool{}
	add := func(word string, means string) {
		stems := l.vocabulary.language.stems(means)
		for _, s := range stems {
			if _, ok := l.find(s); !ok {
				return
			}
		}
		key := strings.Join(strings.FieldsFunc(lower(word), func(r rune) bool { return r == '-' || r == ' ' }), " ")
		if len(stems) == 0 || len(key) > maxText/4 || strings.Count(key, " ") >= maxShort || len(stems) == 1 && len(l.vocabulary.language.stems(word)) == 1 && l.vocabulary.language.stems(word)[0] == stems[0] {
			return
		}
		if meanings[key] == nil {
			meanings[key] = map[string]bool{}
		}
		meanings[key][strings.Join(stems, " ")] = true
	}
	for word, list := range l.vocabulary.language.synonyms {
		for _, means := range list {
			add(word, means)
		}
	}
	for _, d := range l.docs {
		for _, other := range d.Also { // the names of a glossary term
			add(other, d.Title)
			add(d.Title, other)
		}
	}
	list := make([]short, 0, len(meanings))
	for word, set := range meanings {
		list = append(list, short{word, slices.Sorted(maps.Keys(set))})
	}
	slices.SortFunc(list, func(a, b short) int { return cmp.Compare(a.word, b.word) })
	return list
}
