package diag

import (
	"strings"
	"testing"
)

// However many findings a file has, each is listed.
func TestPrintListsAll(t *testing.T) {
	const n = 5000
	src := strings.Repeat("a line\n", n)
	var fs []Finding
	for i := range n {
		fs = append(fs, Finding{Path: "x.md", Pos: Pos{Line: i + 1, Col: 3}, Level: Error, Rule: "r", Text: "wrong"})
	}
	var b strings.Builder
	if err := Print(&b, fs, func(string) []byte { return []byte(src) }, Style{}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(b.String(), "error: wrong"); got != n {
		t.Errorf("%d of %d findings are listed", got, n)
	}
	if got := strings.Count(b.String(), " | a line\n"); got != n {
		t.Errorf("%d of %d findings show their line", got, n)
	}
}
