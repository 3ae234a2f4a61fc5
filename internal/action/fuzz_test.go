package action

import (
	"os"
	"strings"
	"testing"

	"debrief/internal/markdown"
)

// Whatever a text holds, reading it does not fail, every action has a title whose
// words are in the text, and they come in the order of the text.
func FuzzRead(f *testing.F) {
	src, err := os.ReadFile("testdata/forms.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(src))
	for part := range strings.SplitSeq(string(src), "\n") {
		f.Add("## Actions\n\n" + part + "\n")
	}
	f.Add("- **Actions**: (((@a)))\n  - Owner:\n    - [x] (, ;|)\n")
	f.Add("# Next steps\n\n| Action | Owner |\n|-|-|\n| [a](b) (declined: ) |\n")
	f.Fuzz(func(t *testing.T, src string) {
		text := markdown.NewParser(markdown.Options{}).Read([]byte(src), 1)
		actions, _ := Read(text)
		var words strings.Builder
		for _, b := range text.Blocks {
			words.WriteString(b.Text + "\n")
			for _, n := range b.Links {
				words.WriteString(text.Links()[n].Text + " " + text.Links()[n].Dest + "\n")
			}
		}
		all := words.String()
		line, anchors := 0, map[string]bool{}
		for _, a := range actions {
			if a.Title == "" || a.Status == "" || a.Anchor == "" || anchors[a.Anchor] {
				t.Errorf("%+v", a)
			}
			for _, w := range strings.Fields(a.Title) {
				if !strings.Contains(all, strings.Trim(w, "(),")) {
					t.Errorf("%q of %q is not in the text", w, a.Title)
				}
			}
			if a.At.Line < line {
				t.Errorf("line %d comes after %d", a.At.Line, line)
			}
			line, anchors[a.Anchor] = a.At.Line, true
		}
		text.Doc()
	})
}
