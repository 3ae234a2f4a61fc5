package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// result is how one ranker did on one half.
type result struct {
	Ranker string  `json:"ranker"`
	Half   half    `json:"half"`
	Rows   []score `json:"kinds"`
}

// printRows writes the figures of one ranker, a line for each kind.
func printRows(w io.Writer, r result) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s, %s half\tn\tMRR@10\tsuccess@1\tsuccess@3\t\n", r.Ranker, r.Half)
	for _, s := range r.Rows {
		fmt.Fprintf(t, "%s\t%d\t%.3f\t%.3f\t%.3f\t\n", s.Kind, s.N, s.MRR, s.Success1, s.Success3)
	}
	return t.Flush()
}

// printComparison writes a table for each half and each measure: a line for
// each kind, a column for each ranker.
func printComparison(w io.Writer, all []result) error {
	measures := []struct {
		name string
		of   func(score) float64
	}{
		{"MRR@10", func(s score) float64 { return s.MRR }},
		{"success@1", func(s score) float64 { return s.Success1 }},
		{"success@3", func(s score) float64 { return s.Success3 }},
	}
	for _, h := range []half{tuning, heldOut, both} {
		var of []result
		for _, r := range all {
			if r.Half == h {
				of = append(of, r)
			}
		}
		if len(of) == 0 {
			continue
		}
		for _, m := range measures {
			t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
			fmt.Fprintf(t, "%s, %s half\tn\t", m.name, h)
			for _, r := range of {
				fmt.Fprintf(t, "%s\t", r.Ranker)
			}
			fmt.Fprintln(t)
			for i, s := range of[0].Rows {
				fmt.Fprintf(t, "%s\t%d\t", s.Kind, s.N)
				for _, r := range of {
					fmt.Fprintf(t, "%.3f\t", m.of(r.Rows[i]))
				}
				fmt.Fprintln(t)
			}
			if err := t.Flush(); err != nil {
				return err
			}
			fmt.Fprintln(w)
		}
	}
	return nil
}

// printMisses writes every query whose first result is not right.
func printMisses(w io.Writer, all []answered) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b answered) int {
		if a.Kind == b.Kind {
			return 0
		}
		return compareKinds(a.Kind, b.Kind)
	})
	for _, a := range all {
		if a.Rank == 1 {
			continue
		}
		place := fmt.Sprintf("rank %d", a.Rank)
		if a.Rank == 0 {
			place = fmt.Sprintf("not among the first %d", depth)
		}
		fmt.Fprintf(w, "%s  %q  %s\n  wanted  %s\n", a.Kind, a.Text, place, strings.Join(a.Right, " | "))
		for _, name := range a.Found[:min(3, len(a.Found))] {
			fmt.Fprintf(w, "  found   %s\n", name)
		}
	}
}
