package search

import (
	"cmp"
	"slices"
)

// closest is how many of the best pages are read to see which has the words
// next to each other. Their cards are shown anyway, so this fetches nothing more.
const closest = 10

// smallWorth is what a word counts in a run that is in every text, beside the
// rarity of others.
const smallWorth = 100

// closer puts those of the first pages first that have the words of the query one
// after the other, as they were typed, in the title, a heading or the passage, and
// above all those whose title they are or whose id they hold.
func (b *Base) closer(a *Answer, text string, groups []group) error {
	asked := a.keys(words(text))
	top := a.Hits[:min(closest, len(a.Hits))]
	if len(asked) == 0 || len(top) < 2 {
		return nil
	}
	worths := make([]uint64, len(asked))
	total := uint64(0)
	for i, key := range asked {
		worths[i] = smallWorth
		for _, g := range groups {
			if slices.ContainsFunc(g.meanings, func(m meaning) bool { return m.terms[0].stem == key }) {
				worths[i] = smallWorth + uint64(g.rarity())
			}
		}
		total += worths[i]
	}
	cards, err := b.read(top)
	if err != nil {
		return err
	}
	for i, c := range cards {
		title := a.keys(words(c.Title))
		run := bestRun(asked, worths, title)
		for _, s := range c.Sections {
			run = max(run, bestRun(asked, worths, a.keys(words(s[1]))), bestRun(asked, worths, a.keys(words(s[2]))))
		}
		steps := run * runSteps / total // so that the numbers stay small
		factor := runSteps + b.Ranking.Run*steps*steps/runSteps
		if slices.Equal(asked, title) || holds(asked, a.keys(words(c.ID))) {
			factor *= namedFactor
		}
		top[i].Score *= factor
	}
	slices.SortStableFunc(top, func(x, y Hit) int { return cmp.Compare(y.Score, x.Score) })
	return nil
}

const runSteps = 16

// namedFactor is what a page counts more for whose title or id is asked for.
const namedFactor = 8

// holds tells whether a query has all words of an id, one after the other.
func holds(asked, id []string) bool {
	for i := 0; len(id) > 0 && i+len(id) <= len(asked); i++ {
		if slices.Equal(asked[i:i+len(id)], id) {
			return true
		}
	}
	return false
}

// keys are the words of a text, those of one stem alike.
func (a *Answer) keys(list []word) []string {
	keys := make([]string, len(list))
	for i, w := range list {
		keys[i] = w.text
		if stem := a.Marks[w.text]; stem != "" {
			keys[i] = stem
		}
	}
	return keys
}

// bestRun is the worth of the best run of two words or more that the query and
// a text share.
func bestRun(asked []string, worths []uint64, text []string) uint64 {
	best := uint64(0)
	before, now := make([]uint64, len(asked)+1), make([]uint64, len(asked)+1)
	for _, w := range text {
		for i, q := range asked {
			now[i+1] = 0
			if q == w {
				now[i+1] = before[i] + worths[i]
				if before[i] > 0 {
					best = max(best, now[i+1])
				}
			}
		}
		before, now = now, before
	}
	return best
}
