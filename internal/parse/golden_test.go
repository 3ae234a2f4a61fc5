package parse

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"debrief/internal/diag"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is a file's text, and a name for what is special about it.
type sample struct{ name, src string }

// report is a chapter of a golden file: a sample, and what was said about it.
// The source is shown line by line as Go would write it, so that tabs, carriage
// returns and strange bytes can be seen.
func report(s sample, verdict string, findings []diag.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "== %s\n", s.name)
	lines := strings.SplitAfter(s.src, "\n")
	for i, line := range lines {
		if len(lines) > 12 && i == 10 {
			fmt.Fprintf(&b, "    ... and %d more lines\n", len(lines)-i)
			break
		}
		if len(line) > 80 {
			line = line[:80] + "..."
		}
		if line != "" {
			q := fmt.Sprintf("%q", line)
			fmt.Fprintf(&b, "    %s\n", strings.TrimSuffix(q[1:len(q)-1], `\n`))
		}
	}
	fmt.Fprintf(&b, "%s\n", verdict)
	for _, f := range diag.Sort(findings) {
		fmt.Fprintf(&b, "- %s\n", f)
	}
	return b.String() + "\n"
}

// golden compares got with a file under testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v (write it with: go test ./internal/parse -update)", err)
	}
	want := strings.SplitAfter(string(data), "\n")
	for i, line := range strings.SplitAfter(got, "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s differs at line %d, got:\n%s(if that is meant, run: go test ./internal/parse -update)", name, i+1, line)
		}
	}
	if got != string(data) {
		t.Fatalf("%s goes on where the output ends", name)
	}
}
