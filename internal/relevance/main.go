// Command relevance measures how well debrief's search puts the right page
// first, and what an index costs.
//
//	go run ./internal/relevance                                 the starter alone
//	go run ./internal/relevance -corpus DIR                     and real post-mortems
//	go run ./internal/relevance -corpus DIR -compare            other rankings too
//	go run ./internal/relevance -corpus DIR -half tuning -misses
//	go run ./internal/relevance -corpus DIR -mix 1000 -out SITE a site of mixed real paragraphs
//	go run ./internal/relevance -corpus DIR -figures            costs, see figures.go
//
// DIR is any folder with sub-folders of post-mortems named icco, dfds or moj, see
// collect.go. Run it from the repository's root, where the folder content is.
//
// With Pagefind, over the same words:
//
//	go run ./internal/relevance -corpus DIR -pages TMP
//	node internal/relevance/pagefind.mjs TMP
//	go run ./internal/relevance -corpus DIR -compare -results TMP/pagefind-results.json
//
// # Queries
//
// Natural queries are written and judged by hand, in queries.tsv. Known-item
// queries are drawn from titles and sentences by a seed; whoever types one
// knows the page and wants it back. Without -corpus only queries count whose
// right pages are all in the starter. Every kind has a tuning half, by which a
// ranking may be changed, and a held-out half, by which it is judged and whose
// queries nobody looks at. No ranking sees which half a query is in.
//
// # Figures
//
// MRR@10 is the mean of 1/rank of the first right page, 0 where none is among
// the first ten. success@3 is the share of queries with a right page among the
// first three.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"debrief/internal/site"
)

// options are the flags.
type options struct {
	content, corpus string
	seed            uint64
	half            half
	compare, misses bool
	json            bool
	results, pages  string
	mix             int
	out             string
	figures         figureOptions
}

func main() {
	log.SetFlags(0)
	var o options
	flag.StringVar(&o.content, "content", "content", "`folder` of the starter's content")
	flag.StringVar(&o.corpus, "corpus", "", "`folder` with collections of real post-mortems: icco, dfds, moj")
	flag.Uint64Var(&o.seed, "seed", 1, "of what is drawn")
	flag.StringVar((*string)(&o.half), "half", string(both), "of the queries: tuning, held-out or both")
	flag.BoolVar(&o.compare, "compare", false, "compare rankings, on each half")
	flag.BoolVar(&o.misses, "misses", false, "list the queries whose first result is wrong; with -half tuning only")
	flag.BoolVar(&o.json, "json", false, "print JSON")
	flag.StringVar(&o.results, "results", "", "`file` that pagefind.mjs wrote, to compare")
	flag.StringVar(&o.pages, "pages", "", "write the pages and queries for pagefind.mjs into this `folder`")
	flag.IntVar(&o.mix, "mix", 0, "write a site of so many documents mixed from real paragraphs into -out")
	flag.StringVar(&o.out, "out", "", "`folder` that -mix writes, with a folder content")
	o.figures.flags()
	flag.Parse()
	if err := run(o); err != nil {
		log.Fatal(err)
	}
}

func run(o options) error {
	if !slices.Contains([]half{tuning, heldOut, both}, o.half) {
		return fmt.Errorf("-half is tuning, held-out or both")
	}
	if o.misses && o.half != tuning {
		return fmt.Errorf("-misses needs -half tuning: whoever looks at the held-out queries tunes on them")
	}
	if o.misses && o.compare {
		return fmt.Errorf("-misses is about debrief's own ranking; leave out -compare, which asks both halves")
	}
	switch {
	case o.figures.child != "":
		return child(o.figures.child, o.out)
	case o.figures.run:
		return figures(o)
	}
	content, err := collect(o.content, o.corpus)
	if err != nil {
		return err
	}
	switch {
	case o.figures.prepare != "":
		return prepare(content, o.mix, o.seed, o.figures.prepare)
	case o.mix > 0 && o.out == "":
		return fmt.Errorf("name a folder with -out")
	case o.mix > 0:
		return writeMix(content, o.mix, o.seed, o.out)
	}

	pages, s := readPages(content)
	queries, err := allQueries(pages, o.seed)
	if err != nil {
		return err
	}
	if o.pages != "" {
		if err := writePages(pages, s.Config.Language, o.pages); err != nil {
			return err
		}
		return writeJSON(filepath.Join(o.pages, queriesFile), queries)
	}
	return measure(o, pages, s, queries)
}

// allQueries are the hand-written queries that these pages can answer, and the
// drawn ones.
func allQueries(pages []page, seed uint64) ([]query, error) {
	list, err := parseQueries(written)
	if err != nil {
		return nil, err
	}
	if list, err = present(list, pages); err != nil {
		return nil, err
	}
	return append(list, draw(pages, seed)...), nil
}

// measure asks and prints.
func measure(o options, pages []page, s *site.Site, queries []query) error {
	debrief, err := own(s)
	if err != nil {
		return err
	}
	rankers := map[string]ranker{"debrief": debrief}
	order := []string{"debrief"}
	halves := []half{o.half}
	if o.compare {
		halves = []half{tuning, heldOut}
		others, err := variants(s)
		if err != nil {
			return err
		}
		theirs, close, err := bleveRankers(pages)
		if err != nil {
			return err
		}
		defer close()
		for _, more := range []map[string]ranker{others, theirs} {
			order = append(order, slices.Sorted(maps.Keys(more))...)
			maps.Copy(rankers, more)
		}
	}
	if o.results != "" {
		if rankers["pagefind"], err = readResults(o.results); err != nil {
			return err
		}
		order = append(order, "pagefind")
	}

	var all []result
	for _, h := range halves {
		asked := h.of(queries)
		for _, name := range order {
			answers, err := answer(asked, rankers[name])
			if err != nil {
				return err
			}
			all = append(all, result{name, h, summarize(answers)})
			if o.misses && name == "debrief" {
				printMisses(os.Stdout, answers)
			}
		}
	}
	switch {
	case o.json:
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", " ")
		return e.Encode(struct {
			Pages   int      `json:"pages"`
			Seed    uint64   `json:"seed"`
			Results []result `json:"results"`
		}{len(pages), o.seed, all})
	case o.misses:
		return nil
	}
	fmt.Printf("%d pages, %d queries, seed %d\n\n", len(pages), len(queries), o.seed)
	if len(all) > 1 {
		return printComparison(os.Stdout, all)
	}
	return printRows(os.Stdout, all[0])
}
