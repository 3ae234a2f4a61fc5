package diag

import (
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestFindingString(t *testing.T) {
	for _, test := range []struct {
		f    Finding
		want string
	}{
		{Finding{"a.md", Pos{2, 3}, Error, "r", "wrong", "mend it"}, "a.md:2:3: error: wrong (mend it) [r]"},
		{Finding{"a.md", Pos{2, 0}, Warning, "r", "wrong", ""}, "a.md:2: warning: wrong [r]"},
		{Finding{"a.md", Pos{}, Note, "r", "wrong", ""}, "a.md: note: wrong [r]"},
	} {
		if got := test.f.String(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestSort(t *testing.T) {
	want := []Finding{
		{Path: "a.md", Pos: Pos{}, Rule: "z"},
		{Path: "a.md", Pos: Pos{2, 1}, Level: Note, Rule: "z"},
		{Path: "a.md", Pos: Pos{2, 9}, Level: Error, Rule: "b"}, // the worst of a place first
		{Path: "a.md", Pos: Pos{2, 9}, Level: Warning, Rule: "a"},
		{Path: "a.md", Pos: Pos{2, 9}, Level: Note, Rule: "a", Text: "1"},
		{Path: "a.md", Pos: Pos{2, 9}, Level: Note, Rule: "a", Text: "2"},
		{Path: "a.md", Pos: Pos{2, 9}, Level: Note, Rule: "b"},
		{Path: "a.md", Pos: Pos{10, 1}, Rule: "a"}, // by number, not by digit
		{Path: "b.md", Pos: Pos{1, 1}, Rule: "a"},
	}
	shuffled := slices.Concat(want[5:], want[2:4], want[:6], want) // with repeats
	slices.Reverse(shuffled)
	if got := Sort(shuffled); !slices.Equal(got, want) {
		t.Errorf("got:\n%v\nwant:\n%v", got, want)
	}
	if got := Sort(nil); len(got) != 0 {
		t.Errorf("Sort(nil) = %v", got)
	}
}

// Findings that differ in their hint alone are not exact repeats.
func TestSortKeepsHints(t *testing.T) {
	if got := Sort([]Finding{{Rule: "a", Hint: "x"}, {Rule: "a", Hint: "y"}, {Rule: "a", Hint: "x"}}); len(got) != 2 {
		t.Errorf("got %d findings, want the two that differ: %v", len(got), got)
	}
}

func TestCount(t *testing.T) {
	fs := []Finding{{Level: Error}, {Level: Note}, {Level: Error}}
	if e, w, n := Count(fs, Error), Count(fs, Warning), Count(fs, Note); e != 2 || w != 0 || n != 1 {
		t.Errorf("got %d errors, %d warnings, %d notes", e, w, n)
	}
}

// sources are the files that the findings of TestPrint point into.
var sources = map[string]string{
	"a.md":     "# Title\n\nSee [[Anker]] for more.\n\tindented [x](y)\nlast line",
	"crlf.md":  "one\r\ntwo [[x]]\r\n",
	"wide.md":  strings.Repeat("word ", 30) + "[[target]] " + strings.Repeat("more ", 30) + "\n" + strings.Repeat("x", 100) + "\n",
	"text.md":  "größe 時間 [[x]]\n",
	"evil.md":  "\x1b[2J\x1b]0;pwned\x07 \u202etxt.exe\u202c \u200b[[x]]\x00 \x9b31m\n",
	"bad.md":   "a \xff\xfe b\n",
	"empty.md": "",
}

var printed = []Finding{
	{"a.md", Pos{3, 5}, Error, "broken-link", `there is no page "Anker"`, `did you mean "Anchor"?`},
	{"a.md", Pos{1, 1}, Warning, "first-column", "at the start", ""},
	{"a.md", Pos{4, 11}, Note, "tab", "a tab is one column", ""},
	{"a.md", Pos{5, 10}, Note, "line-end", "behind the last character", ""},
	{"a.md", Pos{}, Error, "file", "the file as a whole", "with a hint"},
	{"a.md", Pos{3, 0}, Note, "line", "the line as a whole", ""},
	{"a.md", Pos{2, 1}, Note, "blank", "a blank line has no excerpt", ""},
	{"a.md", Pos{99, 1}, Note, "beyond", "behind the last line", ""},
	{"a.md", Pos{3, 99}, Note, "beyond", "behind the line's end", ""},
	{"missing.md", Pos{1, 1}, Error, "missing", "no source at hand", ""},
	{"empty.md", Pos{1, 1}, Error, "empty", "an empty file", ""},
	{"crlf.md", Pos{2, 5}, Error, "crlf", "a line that ends in CRLF", ""},
	{"wide.md", Pos{1, 151}, Error, "wide", "the middle of a long line", ""},
	{"wide.md", Pos{1, 80}, Error, "wide", "the last column that is shown from the start", ""},
	{"wide.md", Pos{1, 81}, Error, "wide", "one further", ""},
	{"wide.md", Pos{1, 311}, Error, "wide", "the end of a long line", ""},
	{"wide.md", Pos{2, 101}, Error, "wide", "behind a line of just the width", ""},
	{"text.md", Pos{1, 10}, Error, "unicode", "columns are characters", ""},
	{"evil.md", Pos{1, 27}, Error, "evil", "a \x1b[31mcontrol\x1b[0m character in the words \u202e", ""},
	{"bad.md", Pos{1, 3}, Error, "encoding", "not UTF-8", ""},
}

// TestPrint shows what people see in a terminal, without and with colours (ESC
// is written as "^[").
func TestPrint(t *testing.T) {
	source := func(path string) []byte {
		if s, ok := sources[path]; ok {
			return []byte(s)
		}
		return nil
	}
	for name, style := range map[string]Style{"plain": {}, "color": {Color: true}} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := Print(&b, printed, source, style); err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(b.String(), "\x1b", "^[")
			file := "testdata/" + name + ".golden"
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v (write it with: go test ./internal/diag -update)", err)
			}
			if got != string(want) {
				t.Errorf("differs from %s; if that is meant, run: go test ./internal/diag -update\ngot:\n%s", file, got)
			}
		})
	}
}

// A file's name, its words and what is quoted of it in a hint must not steer
// the terminal that shows them.
func TestPrintNeutralisesControlCharacters(t *testing.T) {
	const evil = "\x1b[2J\a\r\u202e\u009b\x00\x7f\u0085\u2028\xff"
	f := Finding{Path: evil + ".md", Pos: Pos{1, 2}, Level: Error, Rule: "r", Text: evil, Hint: evil}
	var b strings.Builder
	if err := Print(&b, []Finding{f}, func(string) []byte { return []byte("a" + evil) }, Style{}); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if !utf8.ValidString(line) || strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("not for a terminal: %q", line)
		}
	}
}

// In any line and at any column, the caret stands below the character.
func TestCaret(t *testing.T) {
	line := strings.Repeat("äb\tc", 100)
	runes := []rune(strings.ReplaceAll(line, "\t", " "))
	for col := 1; col <= len(runes); col++ {
		var b strings.Builder
		if err := Print(&b, []Finding{{Pos: Pos{1, col}}}, func(string) []byte { return []byte(line) }, Style{}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(b.String(), "\n")
		if len(lines) < 3 {
			t.Fatalf("column %d: no excerpt in %q", col, b.String())
		}
		shown, caret := []rune(lines[1]), strings.Index(lines[2], "^")
		if caret < 0 || caret >= len(shown) || shown[caret] != runes[col-1] {
			t.Fatalf("column %d: the caret is at %d of:\n%s\n%s", col, caret, lines[1], lines[2])
		}
	}
}

type failing struct{ error }

func (f failing) Write([]byte) (int, error) { return 0, f.error }

func TestPrintError(t *testing.T) {
	full := errors.New("disk full")
	if err := Print(failing{full}, printed, func(string) []byte { return nil }, Style{}); !errors.Is(err, full) {
		t.Errorf("error %v, want the writer's", err)
	}
}
