package parse

import (
	"slices"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/tree"
)

// TestRelated reads the pages that an author calls related, however they are
// written down.
func TestRelated(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a list", "related: [INC-2026-004, Drift, ../other.md]", []string{"INC-2026-004", "Drift", "../other.md"}},
		{"a list on lines", "related:\n  - INC-2026-004\n  - \"A title: with a colon\"", []string{"INC-2026-004", "A title: with a colon"}},
		{"one", "related: INC-2026-004", []string{"INC-2026-004"}},
		{"a number", "related: [2026]", []string{"2026"}},
		{"none", "related: []", nil},
		{"nothing", "related:", nil},
		{"not at all", "tags: [x]", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := incident(t, "incidents/a.md", "---\ntitle: A\n"+test.text+"\n---\n")
			if !slices.Equal(in.Related, test.want) {
				t.Errorf("related are %q, want %q", in.Related, test.want)
			}
		})
	}
	in := incident(t, "incidents/a.md", "---\ntitle: A\nrelated: [b]\n---\n")
	if at := in.At["related"]; at.Line != 3 || at.Col != 10 {
		t.Errorf("they are said to stand at %v", at)
	}
}

// TestRelatedMistakes tells of values that name no pages.
func TestRelatedMistakes(t *testing.T) {
	for _, text := range []string{"related: {a: b}", "related: [[a]]", "related: [{a: b}]"} {
		r := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/a.md", []byte("---\ntitle: A\n"+text+"\n---\n")))
		if len(r.Findings) != 1 || r.Findings[0].Pos.Line != 3 {
			t.Errorf("%s: findings %v, want one on line 3", text, r.Findings)
		}
	}
}
