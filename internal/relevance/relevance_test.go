package main

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"debrief/internal/site"
)

func TestRank(t *testing.T) {
	eleven := strings.Fields("a b c d e f g h i j k")
	for _, c := range []struct {
		name         string
		found, right []string
		want         int
	}{
		{"first", []string{"a", "b"}, []string{"a"}, 1},
		{"third", []string{"a", "b", "c"}, []string{"c"}, 3},
		{"the best of two right ones", []string{"a", "b", "c"}, []string{"c", "b"}, 2},
		{"not found", []string{"a", "b"}, []string{"x"}, 0},
		{"nothing found", nil, []string{"x"}, 0},
		{"the tenth counts", eleven, []string{"j"}, 10},
		{"the eleventh does not", eleven, []string{"k"}, 0},
	} {
		if got := rank(c.found, c.right); got != c.want {
			t.Errorf("%s: rank %d, want %d", c.name, got, c.want)
		}
	}
}

func TestSummarize(t *testing.T) {
	of := func(kind string, ranks ...int) (all []answered) {
		for _, r := range ranks {
			all = append(all, answered{query: query{Kind: kind}, Rank: r})
		}
		return all
	}
	got := summarize(slices.Concat(of("known-title", 1, 1), of("typo", 1, 2, 4, 0), of("error", 1)))
	want := []score{
		{"error", 1, 1, 1, 1},
		{"typo", 4, (1 + .5 + .25 + 0) / 4, 1. / 4, 2. / 4},
		{"known-title", 2, 1, 1, 1},
		{allNatural, 5, (1 + 1 + .5 + .25 + 0) / 5, 2. / 5, 3. / 5}, // of queries, not of kinds
		{allKnown, 2, 1, 1, 1},
	}
	if len(got) != len(want) {
		t.Fatalf("rows %v, want %v", got, want)
	}
	for i, w := range want {
		g := got[i]
		near := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
		if g.Kind != w.Kind || g.N != w.N || !near(g.MRR, w.MRR) || !near(g.Success1, w.Success1) || !near(g.Success3, w.Success3) {
			t.Errorf("row %+v, want %+v", g, w)
		}
	}
}

func TestMedian(t *testing.T) {
	all := []cost{{Files: 9}, {Files: 1}, {Files: 4}}
	if got := medians(all).Files; got != 4 {
		t.Errorf("median %d of 9, 1, 4", got)
	}
}

// fleet is a small collection: two pages share their title, two a sentence.
func fleet() []page {
	shared := "Nobody had tried the backup since the move to the new hall."
	return []page{
		{Name: "starter/a.md", Title: "All rooms were empty", Sections: []section{{"", shared + " The relay that joins the two halls had been switched off by hand on Friday."}}},
		{Name: "starter/b.md", Title: "All rooms were empty", Sections: []section{{"", shared}}},
		{Name: "starter/c.md", Title: "Drift", Sections: []section{{"", "Too short to draw."}, {"Cause", "A stale map was served to every headset in the western region for an hour."}}},
	}
}

func TestDraw(t *testing.T) {
	drawn := draw(fleet(), 1)
	if again := draw(fleet(), 1); !reflect.DeepEqual(drawn, again) {
		t.Errorf("the same seed drew\n%v\nand then\n%v", drawn, again)
	}
	var sentences []string
	for _, q := range drawn {
		switch {
		case q.Kind == knownSentence:
			sentences = append(sentences, q.Text)
			if n := len(strings.Fields(q.Text)); n != runWords {
				t.Errorf("%q has %d words", q.Text, n)
			}
			if strings.Contains(q.Text, "backup") || q.Right[0] == "starter/b.md" {
				t.Errorf("%q is on two pages", q.Text)
			}
		case q.Text == "All rooms were empty":
			if !slices.Equal(q.Right, []string{"starter/a.md", "starter/b.md"}) {
				t.Errorf("%s %q: right are %q; pages of the same title are equally right", q.Kind, q.Text, q.Right)
			}
		case q.Kind == knownTitle:
			t.Errorf("the title %q is too short for its first words to be a query", q.Text)
		}
	}
	if len(sentences) != 2 {
		t.Errorf("drew %q, want one run of words of a.md and one of c.md", sentences)
	}
	for seed := range uint64(20) {
		if !reflect.DeepEqual(draw(fleet(), seed), drawn) {
			return
		}
	}
	t.Error("twenty seeds all draw the same")
}

func TestHalves(t *testing.T) {
	// These must stay where they are for ever: see halfSalt.
	for text, want := range map[string]half{"pods stuck pending": tuning, "random 502 alb": heldOut} {
		if len(want.of([]query{{Text: text}})) != 1 {
			t.Errorf("%q has left the %s half", text, want)
		}
	}
	list := draw(fleet(), 1)
	first, second := tuning.of(list), heldOut.of(list)
	if len(first)+len(second) != len(list) || len(both.of(list)) != len(list) {
		t.Errorf("%d and %d of %d queries", len(first), len(second), len(list))
	}
	for _, q := range first {
		if slices.ContainsFunc(second, func(o query) bool { return o.Text == q.Text }) {
			t.Errorf("%q is in both halves", q.Text)
		}
	}
}

func TestParseQueries(t *testing.T) {
	const header = "kind\tquery\trelevant\n"
	got, err := parseQueries("# a note\n" + header + "\ntypo\tdatabse\tstarter/a.md | icco/b.md\n")
	if want := []query{{"typo", "databse", []string{"starter/a.md", "icco/b.md"}}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	for name, bad := range map[string]string{
		"two cells":          "typo\tdatabse\n",
		"no kind":            "\tdatabse\tstarter/a.md\n",
		"a drawn kind":       "known-title\tdatabse\tstarter/a.md\n",
		"the query twice":    "typo\tdatabse\tstarter/a.md\nerror\tdatabse\tstarter/a.md\n",
		"a name twice":       "typo\tdatabse\tstarter/a.md | starter/a.md\n",
		"unknown collection": "typo\tdatabse\telsewhere/a.md\n",
	} {
		if _, err := parseQueries(header + bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestPresent(t *testing.T) {
	list := []query{
		{"typo", "one", []string{"starter/a.md"}},
		{"typo", "two", []string{"starter/a.md", "icco/x.md"}},
	}
	got, err := present(list, fleet())
	if err != nil || len(got) != 1 || got[0].Text != "one" {
		t.Errorf("%v, %v: want the query whose pages are all in the starter", got, err)
	}
	bare := []page{{Name: "dfds/PM1 - Without an extension"}}
	got, err = present([]query{{"typo", "four", []string{"dfds/PM1 - Without an extension.md"}}}, bare)
	if err != nil || len(got) != 1 || got[0].Right[0] != bare[0].Name {
		t.Errorf("%v, %v: want the file that lacks its extension", got, err)
	}
	if _, err := present([]query{{"typo", "three", []string{"starter/gone.md"}}}, fleet()); err == nil {
		t.Error("no error for a page that the starter does not have")
	}
}

// Nobody shall see the held-out queries that a ranking gets wrong.
func TestMissesAreOfTheTuningHalf(t *testing.T) {
	for _, o := range []options{{half: heldOut}, {half: both}, {half: tuning, compare: true}} {
		o.misses, o.content = true, "../../content"
		if err := run(o); err == nil {
			t.Errorf("-misses works with %+v", o)
		}
	}
}

func TestReadResults(t *testing.T) {
	dir := t.TempDir()
	if err := writeJSON(dir+"/r.json", results{"1", map[string][]string{"one": {"starter/a.md"}}}); err != nil {
		t.Fatal(err)
	}
	r, err := readResults(dir + "/r.json")
	if err != nil {
		t.Fatal(err)
	}
	if found, err := r("one"); err != nil || !slices.Equal(found, []string{"starter/a.md"}) {
		t.Errorf("%q, %v", found, err)
	}
	if _, err := r("two"); err == nil {
		t.Error("no error for a query that Pagefind was not asked")
	}
}

// readStarter returns the starter's pages.
func readStarter(t *testing.T) ([]page, *site.Site) {
	t.Helper()
	content, err := collect("../../content", "")
	if err != nil {
		t.Fatal(err)
	}
	return readPages(content)
}

// TestMix mixes the starter with itself: the same seed gives the same bytes,
// and every document is a page with nothing to mend.
func TestMix(t *testing.T) {
	content, err := collect("../../content", "")
	if err != nil {
		t.Fatal(err)
	}
	m := newMixer(content)
	const n = 20
	size := 0
	for i := range n {
		text := m.document(i, n, 1)
		size += len(text)
		if text != newMixer(content).document(i, n, 1) {
			t.Errorf("the document %d is different the second time", i)
		}
		if text == m.document(i, n, 2) {
			t.Errorf("the document %d is the same for another seed", i)
		}
	}
	if mean := size / n; mean < mixBytes/2 || mean > mixBytes*2 {
		t.Errorf("%d bytes in the mean, want about %d", mean, mixBytes)
	}
	dir := t.TempDir()
	if err := writeMix(content, n, 1, dir); err != nil {
		t.Fatal(err)
	}
	mixed, err := collect(dir+"/content", "")
	if err != nil {
		t.Fatal(err)
	}
	if pages, s := readPages(mixed); len(pages) != n || len(s.Incidents) != n {
		t.Errorf("%d pages, %d incidents, want %d", len(pages), len(s.Incidents), n)
	}
}

// TestWritten keeps the hand-written queries usable.
func TestWritten(t *testing.T) {
	list, err := parseQueries(written)
	if err != nil {
		t.Fatal(err)
	}
	const least, leastStarter = 60, 20
	if len(list) < least {
		t.Errorf("%d queries, want at least %d", len(list), least)
	}
	pages, _ := readStarter(t)
	of, err := present(list, pages)
	if err != nil {
		t.Fatal(err)
	}
	if len(of) < leastStarter {
		t.Errorf("%d queries are answered by the starter alone, want at least %d", len(of), leastStarter)
	}
	for _, q := range of {
		for _, name := range q.Right {
			if !strings.HasPrefix(name, starter+"/") {
				t.Errorf("%q: %s is not of the starter", q.Text, name)
			}
		}
	}
}

// TestFloor keeps debrief's own ranking of the starter from getting worse
// unseen. The floors are a little below what was true when they were set; the
// figures that count are those of the command, on the held-out half.
func TestFloor(t *testing.T) {
	floors := map[string]float64{allNatural: .86, allKnown: .96} // success@3
	pages, s := readStarter(t)
	queries, err := allQueries(pages, 1)
	if err != nil {
		t.Fatal(err)
	}
	debrief, err := own(s)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := answer(queries, debrief)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range summarize(answers) {
		if row.Success3 < floors[row.Kind] {
			t.Errorf("%s: success@3 is %.3f of %d queries, want %.2f", row.Kind, row.Success3, row.N, floors[row.Kind])
		}
	}
}

func TestRankerErrorsAreReported(t *testing.T) {
	broken := errors.New("broken")
	if _, err := answer([]query{{"typo", "x", nil}}, func(string) ([]string, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}
