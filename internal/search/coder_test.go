package search

import (
	"math/rand/v2"
	"testing"
)

// TestCoder writes numbers of several kinds and reads them back; a file that is cut
// off is known to be.
func TestCoder(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, most := range []int{1, 2, 31, 5000, 1 << 25} {
		numbers := make([]int, 500)
		for i := range numbers {
			numbers[i] = r.IntN(most)
		}
		const kinds = numberKinds + 32
		e := newEncoder(nil, kinds)
		for _, n := range numbers {
			e.number(0, n)
			e.tree(numberKinds, 5, n%32)
			e.bit(numberKinds, n&1)
		}
		data := e.end()
		for _, missing := range []int{0, 1} {
			d := newDecoder(data[:len(data)-missing], kinds)
			same := true
			for _, n := range numbers {
				got := [...]int{d.number(0), d.tree(numberKinds, 5), d.bit(numberKinds)}
				same = same && got == [...]int{n, n % 32, n & 1}
			}
			if missing == 0 && !same {
				t.Errorf("numbers below %d come back as others", most)
			}
			if d.ended() != (missing == 0) {
				t.Errorf("numbers below %d without %d bytes: ended is %v", most, missing, d.ended())
			}
		}
	}
}
