package timeline_test

import (
	"bufio"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/tree"
)

// corpus is the folder of real post-mortems, which are no part of the project, or
// empty where they are not.
func corpus() string {
	if dir := os.Getenv("DEBRIEF_CORPUS"); dir != "" {
		return dir
	}
	if dir := "../../../shared/corpus"; exists(dir) {
		return dir
	}
	return ""
}

func exists(dir string) bool {
	_, err := os.Stat(dir)
	return err == nil
}

// documents reads all post-mortems of the corpus, by their folder and file.
func documents(t *testing.T) map[string]*kb.Incident {
	dir := corpus()
	if dir == "" {
		t.Skip("there are no real post-mortems here to try; the rest of the tests need none")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	p := parse.NewParser(kb.DefaultConfig())
	all := map[string]*kb.Incident{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		f := tree.NewFile("incidents/"+filepath.Base(file), data)
		if !parse.IsText(f) {
			continue
		}
		if r := p.File(f); r.Incident != nil {
			all[path.Join(filepath.Base(filepath.Dir(file)), filepath.Base(file))] = r.Incident
		}
	}
	return all
}

// judgement is what a person reads on a line: a time as in judged.txt, and a mark.
type judgement struct{ at, mark string }

// judged returns those of testdata/judged.txt, by the beginning of a document's
// path and by line.
func judged(t *testing.T) map[string]map[int]judgement {
	file, err := os.Open("testdata/judged.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all := map[string]map[int]judgement{}
	name := ""
	for in := bufio.NewScanner(file); in.Scan(); {
		words := strings.Fields(in.Text())
		switch {
		case len(words) == 0 || words[0] == "#":
		case len(words) == 1:
			name = words[0]
			all[name] = map[int]judgement{}
		default:
			line, err := strconv.Atoi(words[0])
			if err != nil {
				t.Fatal(in.Text())
			}
			all[name][line] = judgement{words[1], strings.Join(words[2:], "")}
		}
	}
	return all
}

func readAs(e kb.Event) string {
	switch e.At.Precision {
	case kb.Day:
		return e.At.Time.Format("2006-01-02")
	case kb.Instant:
		return e.At.Time.Format("2006-01-02T15:04Z07:00")
	}
	return "unknown"
}

// TestJudged compares the events of real post-mortems with what a person reads. Of
// the documents nine in ten must have nine in ten of their events at the right
// time. An event that nobody else sees counts as a wrong one.
func TestJudged(t *testing.T) {
	all := documents(t)
	good, marks, wrongMarks := 0, 0, 0
	sample := judged(t)
	if len(sample) < 20 {
		t.Fatalf("only %d documents are judged", len(sample))
	}
	for prefix, lines := range sample {
		if len(lines) == 0 {
			t.Errorf("%s has no judged events", prefix)
		}
		var in *kb.Incident
		for name, one := range all {
			if strings.HasPrefix(name, prefix) {
				in = one
			}
		}
		if in == nil {
			t.Errorf("%s is not in the corpus", prefix)
			continue
		}
		right := 0
		for _, e := range in.Events {
			j, ok := lines[e.Line]
			if same := ok && sameTime(j.at, readAs(e)); same {
				right++
			} else {
				t.Logf("%s:%d: read as %s, judged %q", prefix, e.Line, readAs(e), j.at)
			}
			if j.mark != "" {
				marks++
			}
			if j.mark != string(e.Mark) {
				wrongMarks++
				t.Logf("%s:%d: marked %q, judged %q", prefix, e.Line, e.Mark, j.mark)
			}
		}
		if n := max(len(lines), len(in.Events)); 10*right >= 9*n {
			good++
		} else {
			t.Logf("%s: %d of %d events have the right time", prefix, right, n)
		}
	}
	t.Logf("%d of %d documents have nine in ten of their events at the right time; %d marks judged, %d differ", good, len(sample), marks, wrongMarks)
	if 10*good < 9*len(sample) {
		t.Error("fewer than nine in ten documents are read well")
	}
	if 10*wrongMarks > marks {
		t.Error("more than one mark in ten is another than judged")
	}
}

func sameTime(a, b string) bool {
	if a == b {
		return true
	}
	x, err := time.Parse("2006-01-02T15:04Z07:00", a)
	y, err2 := time.Parse("2006-01-02T15:04Z07:00", b)
	return err == nil && err2 == nil && x.Equal(y)
}

// TestCorpus counts the events of all real post-mortems, folder by folder. Run it
// with -v to see the figures.
func TestCorpus(t *testing.T) {
	type tally struct{ documents, with, events, times, days, marks int }
	folders := map[string]*tally{}
	for name, in := range documents(t) {
		dir := path.Dir(name)
		if folders[dir] == nil {
			folders[dir] = &tally{}
		}
		n := folders[dir]
		if n.documents++; len(in.Events) > 0 {
			n.with++
		}
		for _, e := range in.Events {
			n.events++
			switch e.At.Precision {
			case kb.Instant:
				n.times++
			case kb.Day:
				n.days++
			}
			if e.Mark != "" {
				n.marks++
			}
			if e.Text == "" || e.ID == "" || e.Line < 1 {
				t.Errorf("%s: an event without a text, a name or a line: %+v", name, e)
			}
		}
	}
	for dir, n := range folders {
		t.Logf("%s: %d documents, %d with a timeline; %d events: %d with a time, %d with a day, %d with neither; %d marks",
			dir, n.documents, n.with, n.events, n.times, n.days, n.events-n.times-n.days, n.marks)
	}
}
