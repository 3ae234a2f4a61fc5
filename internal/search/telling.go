package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits on what is taken of a log.
const (
	maxTelling     = 3   // lines
	maxTellingLine = 300 // characters of each
)

// signs are what lines of a log say when something has gone wrong, the gravest
// first.
var signs = [][]string{
	{"panic", "fatal", "emerg", "caused by", "oom", "oomkilled", "out of memory", "outofmemoryerror", "segfault", "killed"},
	{"exception", "traceback", "crit", "error", "errors", "failed", "failure", "failing", "fails", "aborted", "denied", "refused", "unreachable", "expired", "exceeded", "exhausted", "corrupt", "corrupted", "no space"},
	{"timeout", "timed out", "cannot", "can't", "could not", "unable", "unavailable", "invalid", "not found", "rejected", "unhealthy", "crash", "crashed", "lost", "backoff"},
	{"warn", "warning", "retry", "retrying", "slow", "dropped"},
}

// Telling picks the lines of a log that say most about what went wrong, in their
// order: at most three, no two of the same words, none longer than 300 characters.
// Of a text in which nothing seems to be wrong these are its first lines.
func Telling(log string) []string {
	type line struct {
		at, grave int
		text      string
	}
	var list []line
	seen := map[string]bool{}
	n := 0
	for text := range strings.Lines(log) {
		n++
		text = strings.TrimSpace(colours.ReplaceAllString(strings.ToValidUTF8(text, ""), ""))
		if utf8.RuneCountInString(text) > maxTellingLine {
			text = string([]rune(text)[:maxTellingLine])
		}
		var all []queryWord
		said := " "
		for _, w := range words(text) {
			all = append(all, queryWord{text: w.text})
			said += w.text + " "
		}
		key := ""
		for _, w := range tellingWords(all) {
			key += w.text + " "
		}
		if key == "" || seen[key] {
			continue
		}
		seen[key] = true
		list = append(list, line{n, gravity(said), text})
	}
	slices.SortStableFunc(list, func(a, b line) int { return a.grave - b.grave })
	if len(list) > 0 && list[0].grave < len(signs) {
		list = slices.DeleteFunc(list, func(l line) bool { return l.grave >= len(signs) })
	}
	list = list[:min(len(list), maxTelling)]
	slices.SortFunc(list, func(a, b line) int { return a.at - b.at })
	var lines []string
	for _, l := range list {
		lines = append(lines, l.text)
	}
	return lines
}

// colours are what steers a terminal.
var colours = regexp.MustCompile("\x1b(\\[[0-9;?]*[A-Za-z]|\\][^\x07\x1b]*(\x07|\x1b\\\\)?)")

// gravity is the place of a line's gravest sign. The words have a space before
// and after each.
func gravity(said string) int {
	if strings.HasPrefix(said, " at ") || strings.HasPrefix(said, " goroutine ") { // where in the code, not what
		return len(signs) + 1
	}
	for grave, of := range signs {
		for _, s := range of {
			ends := s == "exception" || s == "error" || s == "exceeded" || s == "backoff" // NullPointerException, CrashLoopBackOff
			if strings.Contains(said, " "+s+" ") || ends && strings.Contains(said, s+" ") {
				return grave
			}
		}
	}
	return len(signs)
}
