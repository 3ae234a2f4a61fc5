package insight

import (
	"math"
	"slices"
)

// Summary is five numbers about a list of them, and how many they are.
type Summary struct {
	N                         int
	Low, Q1, Median, Q3, High float64
}

// Summarise sums up numbers in any order. The zero Summary is that of none.
func Summarise(values []float64) Summary {
	if len(values) == 0 {
		return Summary{}
	}
	sorted := slices.Sorted(slices.Values(values))
	return Summary{
		N: len(sorted), Low: sorted[0], High: sorted[len(sorted)-1],
		Q1: Quantile(sorted, .25), Median: Quantile(sorted, .5), Q3: Quantile(sorted, .75),
	}
}

// Quantile returns the number below which the share p, from 0 to 1, of the sorted
// numbers lies. There are many definitions; this is the seventh of Hyndman and Fan
// ("Sample Quantiles in Statistical Packages", The American Statistician 50, 1996),
// which R and spreadsheets use: the least number is at 0, the greatest at 1, the
// others at equal distances between, and between two of them it is a straight line.
// sorted must not be empty.
func Quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(math.Floor(at))
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
