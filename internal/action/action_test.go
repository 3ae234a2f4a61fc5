package action

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"debrief/internal/markdown"
)

var update = flag.Bool("update", false, "write the golden files")

// inShort writes what Read finds, a line each.
func inShort(src []byte) string {
	var b strings.Builder
	actions, findings := Read(markdown.NewParser(markdown.Options{}).Read(src, 1))
	for _, a := range actions {
		fmt.Fprintf(&b, "%3d #%-4s %-8s %s", a.At.Line, a.Anchor, a.Status, a.Title)
		for _, f := range []struct{ name, value string }{{"id", a.ID}, {"owner", a.Owner}, {"type", string(a.Type)}, {"ticket", a.Ticket}, {"result", a.Result}} {
			if f.value != "" {
				fmt.Fprintf(&b, " | %s %s", f.name, f.value)
			}
		}
		if !a.Due.IsZero() {
			fmt.Fprintf(&b, " | due %s", a.Due)
		}
		if !a.Closed.IsZero() {
			fmt.Fprintf(&b, " | closed %s", a.Closed)
		}
		b.WriteByte('\n')
	}
	for _, f := range findings {
		f.Path = "forms.md"
		fmt.Fprintln(&b, f)
	}
	return b.String()
}

// Every form that is read, in one file; look at the golden file beside it.
func TestForms(t *testing.T) {
	src, err := os.ReadFile("testdata/forms.md")
	if err != nil {
		t.Fatal(err)
	}
	got := inShort(src)
	if *update {
		if err := os.WriteFile("testdata/forms.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/forms.golden")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
