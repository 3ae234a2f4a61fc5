package timeline

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // for machines that know no zones

	"debrief/internal/kb"
	"debrief/internal/markdown"
)

var update = flag.Bool("update", false, "write the golden files anew")

// read reads a text as parse does. Its first line may say what is known beside
// it: <!-- day: 2026-03-12 zone: Europe/Berlin -->, and started: for a moment.
func read(t testing.TB, src string) ([]Event, *markdown.Text, string) {
	t.Helper()
	text := markdown.NewParser(markdown.Options{}).Read([]byte(src), 1)
	o := Options{Zone: time.UTC, Links: text.Head().Links}
	first, _, _ := strings.Cut(src, "\n")
	words := strings.Fields(first)
	for i := 0; i+1 < len(words) && words[0] == "<!--"; i++ {
		switch words[i] {
		case "zone:":
			zone, err := time.LoadLocation(words[i+1])
			if err != nil {
				t.Fatal(err)
			}
			o.Zone = zone
		case "day:", "started:":
			day, err := kb.ParseWhen(words[i+1], time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			o.Day = day
		}
	}
	events, findings := Read(text.Blocks, o)
	var b strings.Builder
	for _, e := range events {
		b.WriteString(inShort(e.Event) + "\n")
	}
	for _, f := range findings {
		f.Path = "x"
		fmt.Fprintf(&b, "- %s\n", f)
	}
	if s := Stated(text.Blocks); s != (kb.Stated{}) {
		fmt.Fprintf(&b, "stated: %v, %v, %v\n", s.ToDetect.Duration, s.ToMitigate.Duration, s.ToResolve.Duration)
	}
	return events, text, b.String()
}

// inShort writes an event on a line: its line, moment, mark, links and text.
func inShort(e kb.Event) string {
	at := moments(e.At)
	if e.Seconds {
		at += " to the second"
	}
	if e.Until.Known() {
		at += " .. " + moments(e.Until)
	}
	if e.About {
		at = "~" + at
	}
	if e.Mark != "" {
		at += " [" + string(e.Mark) + "]"
	}
	if len(e.Links) > 0 {
		at += fmt.Sprint(" links ", e.Links)
	}
	return fmt.Sprintf("%d: %s %q", e.Line, at, e.Text)
}

func moments(w kb.When) string {
	switch w.Precision {
	case kb.Day:
		return w.Time.Format("2006-01-02")
	case kb.Instant:
		return w.Time.Format(time.RFC3339)
	}
	return "unknown"
}

// TestGolden reads whole timelines in every form that people give them.
func TestGolden(t *testing.T) {
	sources, err := filepath.Glob("testdata/golden/*.md")
	if err != nil || len(sources) == 0 {
		t.Fatal(err, sources)
	}
	for _, source := range sources {
		t.Run(strings.TrimSuffix(filepath.Base(source), ".md"), func(t *testing.T) {
			src, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			_, _, got := read(t, string(src))
			file := strings.TrimSuffix(source, ".md") + ".events"
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v (write it with: go test ./internal/timeline -update)", err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}
