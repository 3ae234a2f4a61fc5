package search

import (
	"slices"
	"strings"
)

// maxTelling is how many lines of a log are searched for.
const maxTelling = 3

// signs are what lines of a log say when something has gone wrong, the gravest
// first.
var signs = [][]string{
	{"panic", "fatal", "caused by", "oom", "out of memory", "segfault", "killed"},
	{"exception", "error", "failed", "failure", "denied", "refused", "unreachable", "expired", "exceeded", "exhausted", "corrupt", "no space"},
	{"timeout", "timed out", "cannot", "can't", "could not", "unable", "unavailable", "invalid", "not found", "rejected", "unhealthy", "crash", "lost", "backoff"},
	{"warn", "retry", "retrying", "slow", "dropped"},
}

// Telling picks the lines of a log that say most about what went wrong, in their
// order: at most three, no two of the same words. Of a text in which nothing
// seems to be wrong these are its first lines.
func Telling(log string) []string {
	type line struct {
		at, grave int
		text      string
		words     string
	}
	var list []line
	seen := map[string]bool{}
	n := 0
	for text := range strings.Lines(log) {
		n++
		text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
		var kept []queryWord
		for _, w := range words(text) {
			kept = append(kept, queryWord{text: w.text})
		}
		kept = tellingWords(kept)
		if len(kept) == 0 {
			continue
		}
		var key strings.Builder
		for _, w := range kept {
			key.WriteString(w.text + " ")
		}
		if seen[key.String()] {
			continue
		}
		seen[key.String()] = true
		low := lower(text)
		grave := slices.IndexFunc(signs, func(of []string) bool {
			return slices.ContainsFunc(of, func(s string) bool { return strings.Contains(low, s) })
		})
		if grave < 0 {
			grave = len(signs)
		}
		if strings.HasPrefix(low, "at ") || strings.HasPrefix(low, "goroutine ") { // where in the code, not what
			grave = len(signs) + 1
		}
		list = append(list, line{n, grave, text, key.String()})
	}
	slices.SortStableFunc(list, func(a, b line) int { return a.grave - b.grave })
	list = list[:min(len(list), maxTelling)]
	slices.SortFunc(list, func(a, b line) int { return a.at - b.at })
	var lines []string
	for _, l := range list {
		lines = append(lines, l.text)
	}
	return lines
}
