package search

import (
	"strings"
	"sync"
	"testing"
)

// TestAnalyzer cuts a text into terms as they are indexed, with their places.
func TestAnalyzer(t *testing.T) {
	tests := []struct{ language, text, want string }{
		{"en", "The databases failed", "databas fail"},
		{"en", "a boot-loop or Boot-Loops", "boot loop bootloop boot loop bootloop"}, // both parts, and the two as one
		{"en", "the fail-over", "fail failov"},                                       // a stop word in it
		{"en", "x-1 2026-03-12", "x 1 2026 03 12"},                                   // no hyphen between words
		{"en", "max_connections", "max_connect max connect"},
		{"en", strings.Repeat("a", maxTerm) + " " + strings.Repeat("b", maxTerm+1), strings.Repeat("a", maxTerm)}, // nobody types that
		{"en", "", ""},
		{"de", "Die Häuser", "haus"},
		{"ja", "温度センサー", "温度 度セ セン ンサ サー"},
	}
	for _, test := range tests {
		l, err := languageOf(test.language)
		if err != nil {
			t.Fatal(err)
		}
		v := newVocabulary(l)
		for range 2 { // what is remembered says the same
			var got []string
			for _, token := range (analyzer{vocabulary: v}).Analyze([]byte(test.text)) {
				got = append(got, string(token.Term))
				if token.Start < 0 || token.Start >= token.End || token.End > len(test.text) {
					t.Errorf("%s: %q: the term %s is said to be at %d to %d", test.language, test.text, token.Term, token.Start, token.End)
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%s: %q becomes %v, want %s", test.language, test.text, got, test.want)
			}
		}
	}
}

// TestCounts counts words as documents come and go.
func TestCounts(t *testing.T) {
	l, err := languageOf("en")
	if err != nil {
		t.Fatal(err)
	}
	v := newVocabulary(l)
	add := func(text string, by int) { analyzer{vocabulary: v, by: by}.Analyze([]byte(text)) }
	add("Anchors, anchors and an ANCHOR", 1)
	add("anchors", 1)
	steps := []struct {
		word, stem string
		n          int
	}{{"anchors", "anchor", 3}, {"anchor", "anchor", 1}, {"and", "", 0}, {"nowhere", "", 0}}
	for _, s := range steps {
		if got := v.spelled(s.word); got.n != s.n || got.stem != s.stem {
			t.Errorf("%s occurs %d times with the stem %q, want %d and %q", s.word, got.n, got.stem, s.n, s.stem)
		}
	}
	add("Anchors, anchors and an ANCHOR", -1)
	if a, b := v.spelled("anchors").n, v.spelled("anchor").n; a != 1 || b != 0 {
		t.Errorf("after a document has gone the words occur %d and %d times", a, b)
	}
}

// TestVocabularyTogether uses one vocabulary from several goroutines, as Bleve
// does: nothing is counted twice or lost. It is of use with -race.
func TestVocabularyTogether(t *testing.T) {
	l, err := languageOf("en")
	if err != nil {
		t.Fatal(err)
	}
	v := newVocabulary(l)
	const many = 50
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range many {
				analyzer{vocabulary: v, by: 1}.Analyze([]byte("quorum lost by CrashLoopBackOff"))
			}
		})
	}
	wg.Wait()
	for _, w := range []string{"quorum", "lost", "crash", "loop", "crashloopbackoff"} {
		if n := v.spelled(w).n; n != 8*many {
			t.Errorf("%s was counted %d times of %d", w, n, 8*many)
		}
	}
}

// TestVocabularyOrder tells that what becomes of a word does not depend on the words before it.
func TestVocabularyOrder(t *testing.T) {
	l, err := languageOf("en")
	if err != nil {
		t.Fatal(err)
	}
	terms := func(v *vocabulary, text string) string {
		var list []string
		for _, token := range (analyzer{vocabulary: v}).Analyze([]byte(text)) {
			list = append(list, string(token.Term))
		}
		return strings.Join(list, " ")
	}
	v := newVocabulary(l)
	for _, text := range []string{"CrashLoopRestart", "crashlooprestart", "Crashlooprestart", "CRASHLOOPRESTART", "Boot-Loops", "boot-loops", "BootLoops", "bootloops"} {
		if got, want := terms(v, text), terms(newVocabulary(l), text); got != want {
			t.Errorf("%s becomes %s after other words, and %s by itself", text, got, want)
		}
	}
}
