// Package diag says what is wrong with the content, and where.
//
// A mistake in the content is a Finding, never an error value: findings are
// collected from every file and shown together, while an error means that the
// machine could not do its work.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Level is how much a finding weighs.
type Level int

const (
	Note    Level = iota // worth knowing; never changes an exit code
	Warning              // the page is built, but says less than it could; `check` fails
	Error                // a build stops after all findings are listed
)

// String returns "note", "warning" or "error".
func (l Level) String() string {
	return [...]string{"note", "warning", "error"}[l]
}

// Pos is a place in a file. Line and Col count from 1, Col in characters;
// a zero Line means the file as a whole.
type Pos struct {
	Line, Col int
}

// Finding is one thing that is wrong with the content.
type Finding struct {
	Path  string // slash-separated, as the author knows it: "content/incidents/x.md"
	Pos   Pos
	Level Level
	Rule  string // a stable name, "broken-link"
	Text  string // what is wrong
	Hint  string // how to mend it, or empty
}

// String formats the finding on one line, "path:line:col: level: text (hint) [rule]".
func (f Finding) String() string {
	s := fmt.Sprintf("%s: %s: %s", f.Where(), f.Level, f.Text)
	if f.Hint != "" {
		s += " (" + f.Hint + ")"
	}
	return s + " [" + f.Rule + "]"
}

// Where returns "path:line:col", without the zero parts.
func (f Finding) Where() string {
	switch {
	case f.Pos.Line == 0:
		return f.Path
	case f.Pos.Col == 0:
		return fmt.Sprintf("%s:%d", f.Path, f.Pos.Line)
	}
	return fmt.Sprintf("%s:%d:%d", f.Path, f.Pos.Line, f.Pos.Col)
}

// Sort orders findings by path, position and rule, and drops exact repeats.
func Sort(fs []Finding) []Finding {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(b.Level, a.Level),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Text, b.Text),
			cmp.Compare(a.Hint, b.Hint),
		)
	})
	return slices.Compact(fs)
}

// Count returns how many findings have the level.
func Count(fs []Finding, l Level) int {
	n := 0
	for _, f := range fs {
		if f.Level == l {
			n++
		}
	}
	return n
}
