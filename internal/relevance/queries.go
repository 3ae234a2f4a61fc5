package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// query is what somebody types, and the pages any of which is a right answer.
type query struct {
	Kind  string   `json:"kind"`
	Text  string   `json:"query"`
	Right []string `json:"right"` // names of pages
}

// known tells whether the query was drawn from a page instead of written by a
// person who wants to know something.
func (q query) known() bool { return strings.HasPrefix(q.Kind, "known-") }

//go:embed queries.tsv
var written string

// parseQueries reads hand-written queries: a line each, with kind, query and
// the names of the right pages with " | " between them, parted by tabs. The
// first line is a header; lines that begin with # and empty ones are skipped.
func parseQueries(text string) ([]query, error) {
	var list []query
	header := false
	seen := map[string]int{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !header {
			header = true
			continue
		}
		bad := func(why string) error { return fmt.Errorf("queries.tsv:%d: %s", i+1, why) }
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			return nil, bad(fmt.Sprintf("%d cells instead of kind, query and names", len(cells)))
		}
		q := query{Kind: strings.TrimSpace(cells[0]), Text: strings.TrimSpace(cells[1])}
		if q.Kind == "" || q.Text == "" {
			return nil, bad("a kind and a query are needed")
		}
		if q.known() {
			return nil, bad("kinds that begin with known- are for drawn queries")
		}
		if first, twice := seen[q.Text]; twice {
			return nil, bad(fmt.Sprintf("the query is in line %d already", first))
		}
		seen[q.Text] = i + 1
		for name := range strings.SplitSeq(cells[2], "|") {
			name = strings.TrimSpace(name)
			c, _, _ := strings.Cut(name, "/")
			switch {
			case c != starter && !slices.Contains(collections, c):
				return nil, bad(fmt.Sprintf("%q does not begin with the name of a collection", name))
			case slices.Contains(q.Right, name):
				return nil, bad(fmt.Sprintf("%q is named twice", name))
			}
			q.Right = append(q.Right, name)
		}
		list = append(list, q)
	}
	return list, nil
}

// present keeps the queries whose right pages are all in collections that were
// read. A name that such a collection does not have is an error.
func present(list []query, pages []page) ([]query, error) {
	names, read := map[string]bool{}, map[string]bool{}
	for _, p := range pages {
		names[p.Name] = true
		c, _, _ := strings.Cut(p.Name, "/")
		read[c] = true
	}
	var kept []query
	for _, q := range list {
		all := true
		right := slices.Clone(q.Right)
		for i, name := range right {
			c, _, _ := strings.Cut(name, "/")
			switch {
			case !read[c]:
				all = false
			case names[name]:
			case names[strings.TrimSuffix(name, ".md")]: // a file without an extension, under the name that it should have
				right[i] = strings.TrimSuffix(name, ".md")
			default:
				return nil, fmt.Errorf("queries.tsv: %q: there is no page %q", q.Text, name)
			}
		}
		if all {
			q.Right = right
			kept = append(kept, q)
		}
	}
	return kept, nil
}

// Kinds of drawn queries.
const (
	knownTitle      = "known-title"       // the first titleWords words of a title
	knownTitleWhole = "known-title-whole" // all of it
	knownSentence   = "known-sentence"    // runWords words in a row of a sentence of the body
)

const (
	titleWords    = 4
	leastTitle    = 3 // words, for the first words of a title to be a query
	runWords      = 6
	leastSentence = 8 // words, for a sentence to be drawn from
)

// draw makes known-item queries. What is drawn from a page depends on the seed
// and its name only, so more pages change it for those alone which share words.
func draw(pages []page, seed uint64) []query {
	var list []query
	add := func(kind string, words []string, right []string) {
		q := query{kind, strings.Join(words, " "), right}
		if !slices.ContainsFunc(list, func(o query) bool { return o.Kind == q.Kind && o.Text == q.Text }) {
			list = append(list, q)
		}
	}
	titled := func(start []string, whole bool) (names []string) {
		for _, p := range pages {
			w := wordsOf(p.Title)
			if len(w) >= len(start) && (!whole || len(w) == len(start)) && fold(w[:len(start)]) == fold(start) {
				names = append(names, p.Name)
			}
		}
		return names
	}
	runs := countRuns(pages)
	for _, p := range pages {
		title := wordsOf(p.Title)
		if len(title) >= leastTitle {
			start := title[:min(titleWords, len(title))]
			add(knownTitle, start, titled(start, false))
		}
		if len(title) > 0 {
			add(knownTitleWhole, title, titled(title, true))
		}
		r := rand.New(rand.NewPCG(seed, hash(seed, p.Name)))
		var sentences [][]string
		for _, s := range sentencesOf(p) {
			if len(s) >= leastSentence {
				sentences = append(sentences, s)
			}
		}
		r.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
		left := 1 + r.IntN(2)
		for _, s := range sentences {
			at := r.IntN(len(s) - runWords + 1)
			run := s[at : at+runWords]
			if left == 0 || runs[fold(run)] > 1 {
				continue
			}
			left--
			add(knownSentence, run, []string{p.Name})
		}
	}
	return list
}

// countRuns tells for each run of runWords words how many pages have it.
func countRuns(pages []page) map[string]int {
	counts := map[string]int{}
	for _, p := range pages {
		seen := map[string]bool{}
		for _, s := range sentencesOf(p) {
			for i := 0; i+runWords <= len(s); i++ {
				if key := fold(s[i : i+runWords]); !seen[key] {
					seen[key] = true
					counts[key]++
				}
			}
		}
	}
	return counts
}

// sentencesOf are the sentences of a page's body, each as its words. Every line
// of a section (a paragraph, an item of a list, a cell) ends one too.
func sentencesOf(p page) [][]string {
	var all [][]string
	for _, s := range p.Sections {
		for line := range strings.SplitSeq(s.Text, "\n") {
			var current []string
			for _, w := range wordsOf(line) {
				current = append(current, w)
				if strings.ContainsAny(w[len(w)-1:], ".!?") {
					all = append(all, current)
					current = nil
				}
			}
			all = append(all, current)
		}
	}
	return all
}

// wordsOf splits at white space and leaves out what has no letter or digit.
func wordsOf(text string) []string {
	return slices.DeleteFunc(strings.Fields(text), func(w string) bool {
		return !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	})
}

func fold(words []string) string { return strings.ToLower(strings.Join(words, " ")) }

// hash is the same number for the same seed and text on every machine.
func hash(seed uint64, text string) uint64 {
	sum := sha256.Sum256([]byte(strconv.FormatUint(seed, 10) + "\n" + text))
	return binary.LittleEndian.Uint64(sum[:])
}

// half is a part of the queries. Rankings may be tuned on one of the two only,
// and are judged by the other.
type half string

const (
	tuning  half = "tuning"
	heldOut half = "held-out"
	both    half = "both"
)

// halfSalt decides about the halves. It is no flag and must never change, since
// with another one queries that somebody has tuned on would count as held out.
const halfSalt = "half"

// of returns the queries of the half. A query's text alone says where it
// belongs, whatever its kind is and whatever else was drawn.
func (h half) of(list []query) []query {
	var kept []query
	for _, q := range list {
		sum := fnv.New32a()
		io.WriteString(sum, halfSalt+q.Text)
		mine := tuning
		if sum.Sum32()>>7%2 == 1 { // the lowest bits of this hash are poor
			mine = heldOut
		}
		if h == both || h == mine {
			kept = append(kept, q)
		}
	}
	return kept
}
