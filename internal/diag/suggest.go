package diag

import (
	"slices"
	"strings"
)

// Suggest returns the candidate nearest to word by edit distance, or "" when
// none is near: at most a third of the word may differ.
func Suggest(word string, candidates []string) string {
	if len(word) > maxSuggest {
		return ""
	}
	low := []rune(strings.ToLower(word))
	best, limit := "", max(1, len(low)/3)
	for _, c := range candidates {
		if len(c) > 2*maxSuggest {
			continue
		}
		if d := Distance(low, []rune(strings.ToLower(c)), limit); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// maxSuggest is the length in bytes from which nobody mistypes a word.
const maxSuggest = 200

// Distance is the number of letters that were left out, added, mistaken or
// swapped with their neighbour between two words (optimal string alignment), or
// limit+1 when it is more than the limit.
func Distance(a, b []rune, limit int) int {
	if d := len(a) - len(b); limit < 0 || d > limit || -d > limit {
		return limit + 1
	}
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		if slices.Min(now) > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(b)], limit+1)
}
