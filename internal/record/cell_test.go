package record_test

import (
	"testing"

	"debrief/internal/record"
)

// No cell is a formula, and what is none stays as it is.
func TestCell(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "text": "text", "a=b": "a=b", "12": "12", "über": "über", "\xff": "\xff",
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"＝1+1": "'＝1+1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x",
	} {
		if got := record.Cell(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
