package main

import (
	"slices"
)

// depth is how many results of a query are looked at.
const depth = 10

// ranker returns the names of the pages that it finds, best first. What comes
// after the first ten does not matter.
type ranker func(query string) ([]string, error)

// rank is the place of the first right name, from 1, or 0 when none is among
// the first ten.
func rank(found, right []string) int {
	for i, name := range found[:min(depth, len(found))] {
		if slices.Contains(right, name) {
			return i + 1
		}
	}
	return 0
}

// Names of the rows that sum up.
const (
	allNatural = "all natural"
	allKnown   = "all known-item"
)

// score is how well a ranker did on the queries of one kind. All but N are
// from 0 to 1.
type score struct {
	Kind     string  `json:"kind"`
	N        int     `json:"n"`        // queries
	MRR      float64 `json:"mrr10"`    // mean of 1/rank, 0 where nothing right is among the first ten
	Success1 float64 `json:"success1"` // share of the queries whose first result is right
	Success3 float64 `json:"success3"` // share of those with a right result among the first three
}

// answered is a query, what a ranker found, and the first right rank.
type answered struct {
	query
	Found []string
	Rank  int
}

// answer asks a ranker all queries.
func answer(list []query, r ranker) ([]answered, error) {
	all := make([]answered, 0, len(list))
	for _, q := range list {
		found, err := r(q.Text)
		if err != nil {
			return nil, err
		}
		found = found[:min(depth, len(found))]
		all = append(all, answered{q, found, rank(found, q.Right)})
	}
	return all, nil
}

// summarize returns a row for each kind, in the order of the alphabet with
// drawn kinds last, and then one for all natural queries and one for all drawn
// ones. These two are means over queries, not over kinds.
func summarize(all []answered) []score {
	var kinds []string
	for _, a := range all {
		if !slices.Contains(kinds, a.Kind) {
			kinds = append(kinds, a.Kind)
		}
	}
	slices.SortFunc(kinds, compareKinds)
	var rows []score
	for _, k := range kinds {
		rows = append(rows, mean(k, all, func(q query) bool { return q.Kind == k }))
	}
	for _, total := range []score{
		mean(allNatural, all, func(q query) bool { return !q.known() }),
		mean(allKnown, all, query.known),
	} {
		if total.N > 0 {
			rows = append(rows, total)
		}
	}
	return rows
}

func compareKinds(a, b string) int {
	if x, y := (query{Kind: a}).known(), (query{Kind: b}).known(); x != y {
		if x {
			return 1
		}
		return -1
	}
	if a < b {
		return -1
	}
	return 1
}

func mean(name string, all []answered, of func(query) bool) score {
	s := score{Kind: name}
	for _, a := range all {
		if !of(a.query) {
			continue
		}
		s.N++
		if a.Rank > 0 {
			s.MRR += 1 / float64(a.Rank)
		}
		if a.Rank == 1 {
			s.Success1++
		}
		if a.Rank >= 1 && a.Rank <= 3 {
			s.Success3++
		}
	}
	if s.N > 0 {
		n := float64(s.N)
		s.MRR, s.Success1, s.Success3 = s.MRR/n, s.Success1/n, s.Success3/n
	}
	return s
}
