package timeline

import (
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// sound holds for the events of any text.
func sound(t *testing.T, src string, o Options) {
	t.Helper()
	text := markdown.NewParser(markdown.Options{}).Read([]byte(src), 1)
	o.Links = text.Head().Links
	events, findings := Read(text.Blocks, o)
	lines := strings.Count(src, "\n") + 1
	block := 0
	marks := map[kb.Mark]bool{}
	for _, e := range events {
		if e.Line < 1 || e.Line > lines {
			t.Errorf("an event is on line %d of %d", e.Line, lines)
		}
		if e.Block < block {
			t.Errorf("the event on line %d stands behind a later one", e.Line)
		}
		block = e.Block
		if e.Text == "" || strings.ContainsAny(e.Text, "\n\t") {
			t.Errorf("line %d: the text is %q", e.Line, e.Text)
		}
		if in := from(text.Blocks, e.Block); !inOrder(e.Text, in) {
			t.Errorf("line %d: %q is not in %q", e.Line, e.Text, in)
		}
		if in := text.Blocks[e.Block].Text; !written24(e, in) {
			t.Errorf("line %d: it is read as at %s, which is not in %q", e.Line, written(e.At), in)
		}
		for _, l := range e.Links {
			if l < 0 || l >= len(o.Links) {
				t.Errorf("line %d: there is no link %d", e.Line, l)
			}
		}
		if e.Mark != "" && marks[e.Mark] {
			t.Errorf("two events are marked %s", e.Mark)
		}
		marks[e.Mark] = true
		if e.Until.Known() && !e.At.Known() {
			t.Errorf("line %d ends and does not begin", e.Line)
		}
		if y := e.At.Time.Year(); e.At.Known() && (y < 0 || y > 9999) {
			t.Errorf("line %d is in the year %d", e.Line, y)
		}
	}
	if len(findings) > 2*(maxFindings+1) {
		t.Errorf("%d findings", len(findings))
	}
	for _, f := range findings {
		if f.Pos.Line < 1 || f.Pos.Line > lines || f.Text == "" {
			t.Errorf("the finding %+v", f)
		}
	}
	again, _ := Read(text.Blocks, o)
	if !reflect.DeepEqual(events, again) {
		t.Error("read again, the events are others")
	}
	Stated(text.Blocks)
}

// from is the words of a block and, for a heading or a day alone, of those below.
func from(blocks []markdown.Block, i int) string {
	var b strings.Builder
	b.WriteString(blocks[i].Text)
	for j := i + 1; j < len(blocks) && j < i+50; j++ {
		b.WriteString(" " + blocks[j].Text)
	}
	return b.String()
}

// inOrder tells whether the letters of a text are in another in the same order.
func inOrder(text, in string) bool {
	rest := []rune(even(in))
	for _, r := range even(text) {
		if unicode.IsSpace(r) || r == ':' {
			continue
		}
		i := 0
		for i < len(rest) && rest[i] != r {
			i++
		}
		if i == len(rest) {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

// written24 tells whether the hour and the minute of an event, or the day of its
// month, stand in its own block, so that none is made up or taken from another.
func written24(e Event, in string) bool {
	if e.At.Precision != kb.Instant {
		return true
	}
	in = even(strings.ToLower(in))
	for _, word := range []string{"noon", "midday", "midnight", "mittag", "mitternacht"} {
		if strings.Contains(in, word) {
			return true
		}
	}
	has := map[int]bool{}
	for _, digits := range strings.FieldsFunc(in, func(r rune) bool { return r < '0' || r > '9' }) {
		n, _ := strconv.Atoi(digits)
		if has[n] = true; len(digits) == 4 { // "1600"
			has[n/100], has[n%100] = true, true
		}
	}
	h, m, _ := e.At.Time.Clock()
	hours := has[h] || has[h+12] || has[h-12] || h == 0 && has[24]
	return hours && (m == 0 || has[m])
}

func FuzzRead(f *testing.F) {
	sources, _ := filepath.Glob("testdata/golden/*.md")
	for _, s := range sources {
		if src, err := os.ReadFile(s); err == nil {
			f.Add(string(src))
		}
	}
	for _, l := range leads {
		f.Add("## Timeline\n\n- " + l.line + "\n\n" + l.line + "\n\n### " + l.line + "\n\n| Time | Event |\n|--|--|\n| " + l.stamp + " | " + l.rest + " |\n")
	}
	f.Fuzz(func(t *testing.T, src string) {
		sound(t, src, Options{Zone: time.UTC})
		sound(t, "## Timeline\n\n"+src, Options{Zone: time.FixedZone("", 3600), Day: kb.When{Time: time.Date(2026, 3, 12, 13, 58, 0, 0, time.UTC), Precision: kb.Instant}})
	})
}

// FuzzStamp has one line at each of the places where a time may be.
func FuzzStamp(f *testing.F) {
	for _, l := range leads {
		f.Add(l.line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if st, rest, ok := lead(line); ok && (st.empty() || !strings.HasSuffix(even(line), rest)) {
			t.Errorf("%q: %v and %q", line, st, rest)
		}
		if st, before, ok := tail(line); ok && (st.empty() || !strings.HasPrefix(even(line), before)) {
			t.Errorf("%q: %v behind %q", line, st, before)
		}
		for _, st := range []stamp{first(whole(line)), first(lead3(line))} {
			if c := st.clock; c.ok && !c.blank && (c.h > 24 || c.m > 59 || c.s > 59 || c.h < 0) {
				t.Errorf("%q is read as %v", line, st)
			}
		}
		lengthOf(line)
	})
}

func first(st stamp, _ bool) stamp { return st }

func lead3(line string) (stamp, bool) {
	st, _, ok := lead(line)
	return st, ok
}

// TestHuge reads what nobody writes, in a time that is not noticed.
func TestHuge(t *testing.T) {
	for name, src := range map[string]string{
		"a long line":      "- 14:02 " + strings.Repeat("12:00 ", 50_000),
		"a long paragraph": strings.Repeat("14:02 alert\n", 20_000),
		"wrapped":          "14:02 alert\n" + strings.Repeat("and\n", 50_000),
		"no times":         "- " + strings.Repeat("2020-", 100_000),
		"items":            strings.Repeat("- 14:02 alert\n", 10_000),
		"rows":             "| Time | Event |\n|--|--|\n" + strings.Repeat("| 99:99 | alert |\n", 9_000),
		"headings":         strings.Repeat("### 14:02\n", 10_000),
		"names":            strings.Repeat("## Timeline\n\n14:02 alert\n\n", 5_000),
		"days":             strings.Repeat("### 12 March\n\nalert\n\n", 5_000),
		"breaks":           strings.Repeat("14:02 alert<br>", 10_000),
		"links":            strings.Repeat("14:02 [alert](b)\n", 900),
	} {
		t.Run(name, func(t *testing.T) {
			text := markdown.NewParser(markdown.Options{}).Read([]byte("## Timeline\n\n"+src), 1)
			events, _ := Read(text.Blocks, Options{Zone: time.UTC, Links: text.Head().Links})
			t.Log(len(text.Blocks), "blocks,", len(events), "events")
		})
	}
}
