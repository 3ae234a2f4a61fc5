package insight

import (
	"cmp"
	"slices"
	"strings"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// Tally is how many incidents have each of some words.
type Tally struct {
	Words   []Word // the most frequent first
	Without int    // incidents that have none
}

// Word is a word with the number of incidents that have it.
type Word struct {
	Name string
	N    int
}

// TallyOf counts the word that pick finds in each incident; an empty one is none.
// Words that differ in case only are one, in its most frequent spelling.
func TallyOf(list []*site.Entry, pick func(*kb.Incident) string) Tally {
	var t Tally
	byKey := map[string]map[string]int{}
	for _, e := range list {
		word := strings.TrimSpace(pick(e.Incident))
		if word == "" {
			t.Without++
			continue
		}
		key := strings.ToLower(word)
		if byKey[key] == nil {
			byKey[key] = map[string]int{}
		}
		byKey[key][word]++
	}
	for _, spellings := range byKey {
		w, most := Word{}, 0
		for s, n := range spellings {
			w.N += n
			if n > most || n == most && s < w.Name {
				w.Name, most = s, n
			}
		}
		t.Words = append(t.Words, w)
	}
	slices.SortFunc(t.Words, func(a, b Word) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return t
}

// Involved is how often a service or factor is involved in incidents.
type Involved struct {
	Group *site.Group
	N     int
}

// MostInvolved counts the terms of a taxonomy that the incidents have, the most
// frequent first. without is how many have none of them.
func MostInvolved(t *site.Taxonomy, list []*site.Entry, pick func(*kb.Incident) []string) (found []Involved, without int) {
	counts := map[*site.Group]int{}
	for _, e := range list {
		groups := groupsOf(t, pick(e.Incident))
		for _, g := range groups {
			counts[g]++
		}
		if len(groups) == 0 {
			without++
		}
	}
	for g, n := range counts {
		found = append(found, Involved{g, n})
	}
	slices.SortFunc(found, func(a, b Involved) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Group.Address, b.Group.Address))
	})
	return found, without
}

// groupsOf are the terms with these names, each once.
func groupsOf(t *site.Taxonomy, names []string) []*site.Group {
	var groups []*site.Group
	for _, name := range names {
		if g, ok := t.Find(name); ok && !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups
}

// Together is how many incidents have both of two terms.
type Together struct {
	Rows, Columns []Involved
	Counts        [][]int // of each row, of each column
}

// Pairs counts which factors and which services go together: the rows are factors,
// the columns services.
func Pairs(s *site.Site, list []*site.Entry, factors, services []Involved) Together {
	t := Together{Rows: factors, Columns: services, Counts: table(len(factors), len(services))}
	at := func(list []Involved) map[*site.Group]int {
		m := map[*site.Group]int{}
		for i, v := range list {
			m[v.Group] = i
		}
		return m
	}
	row, column := at(factors), at(services)
	for _, e := range list {
		columns := groupsOf(s.Taxonomy("services"), e.Incident.Services)
		for _, f := range groupsOf(s.Taxonomy("factors"), e.Incident.Factors) {
			i, ok := row[f]
			if !ok {
				continue
			}
			for _, g := range columns {
				if k, ok := column[g]; ok {
					t.Counts[i][k]++
				}
			}
		}
	}
	return t
}

// Most returns the pair that most incidents have, the first of several, and how many
// others as many incidents have; n is 0 where no incident has any.
func (t Together) Most() (row, column, n, others int) {
	for i, counts := range t.Counts {
		for k, c := range counts {
			switch {
			case c > n:
				row, column, n, others = i, k, c, 0
			case c == n && n > 0:
				others++
			}
		}
	}
	return row, column, n, others
}

// Expected returns how many of all incidents would have both terms of a pair if the
// two had nothing to do with each other.
func (t Together) Expected(row, column, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(t.Rows[row].N) * float64(t.Columns[column].N) / float64(all)
}
