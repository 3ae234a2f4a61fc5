package diag

import "strings"

// Suggest returns the candidate nearest to word by edit distance, or "" when
// none is near: at most a third of the word may differ.
func Suggest(word string, candidates []string) string {
	if len(word) > maxSuggest {
		return ""
	}
	best, bestDistance := "", max(1, len([]rune(word))/3)+1
	low := strings.ToLower(word)
	for _, c := range candidates {
		if len(c) > 2*maxSuggest {
			continue
		}
		if d := distance(low, strings.ToLower(c), bestDistance); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// maxSuggest is the length in bytes from which nobody mistypes a word.
const maxSuggest = 200

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours each cost one. It gives up, returning
// limit, once the distance cannot be below limit.
func distance(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if abs(len(s)-len(t)) >= limit {
		return limit
	}
	prev2, prev, cur := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(s); i++ {
		cur[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
			least = min(least, cur[j])
		}
		if least >= limit {
			return limit
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return min(prev[len(t)], limit)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
