package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"debrief/internal/diag"
)

// mistyped changes a word at one place that is drawn, and says what was done.
func mistyped(r *rand.Rand, letters []rune) (typed []rune, how string) {
	letters = slices.Clone(letters)
	other := rune('a' + r.IntN(26))
	switch i := r.IntN(len(letters)); r.IntN(4) {
	case 0:
		return slices.Delete(letters, i, i+1), "left out"
	case 1:
		i = r.IntN(len(letters) + 1)
		return slices.Insert(letters, i, other), "added"
	case 2:
		letters[i] = other
		return letters, "mistaken"
	default:
		i = r.IntN(len(letters) - 1)
		letters[i], letters[i+1] = letters[i+1], letters[i]
		return letters, "swapped"
	}
}

// TestEveryMistakeIsFound draws words and mistakes in them: the word that was
// meant is always listed where a reader looks. A word of eight letters or more may
// hold two mistakes.
func TestEveryMistakeIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	tried := map[int]int{} // by number of mistakes
	for range 100_000 {
		word := make([]rune, minMistyped+r.IntN(maxMistyped-minMistyped+1))
		for i := range word {
			word[i] = rune('a' + r.IntN(4)) // few letters, so that many are the same
		}
		typed, how := mistyped(r, word)
		mistakes := 1
		if len(word) >= longWord && r.IntN(2) == 0 {
			var also string
			typed, also = mistyped(r, typed)
			how, mistakes = how+" and "+also, 2
		}
		if !canBeMistyped(typed) || mistakes == 2 && len(typed) < longWord {
			continue // not corrected, as a reader knows by the length
		}
		tried[mistakes]++
		ranges := spellingRanges(typed, mistakes)
		if !slices.ContainsFunc(spellingKeys(word), func(key string) bool {
			entry := key + string(word)
			return slices.ContainsFunc(ranges, func(k keyRange) bool { return entry >= k.from && entry < k.to })
		}) {
			t.Errorf("%s, typed for %s (%s), is looked for in %q; the word is listed under %q", string(typed), string(word), how, ranges, spellingKeys(word))
		}
	}
	if tried[1] < 50_000 || tried[2] < 20_000 {
		t.Errorf("only %v mistakes were tried", tried)
	}
}

// TestSpellingKeys lists a word under the letters that it shares with what is
// typed for it.
func TestSpellingKeys(t *testing.T) {
	tests := []struct{ word, want string }{
		{"loop", "aloe bope"},
		{"quorum", "aqug bumg"},
		{"database", "adai bsei cabi"},
		{"größe", "agrf bßef"},
	}
	for _, test := range tests {
		if got := strings.Join(spellingKeys([]rune(test.word)), " "); got != test.want {
			t.Errorf("%s is listed under %s, want %s", test.word, got, test.want)
		}
	}
}

// TestCanBeMistyped tells which words are worth correcting.
func TestCanBeMistyped(t *testing.T) {
	tests := []struct {
		word string
		want bool
	}{
		{"loop", true}, {"größe", true}, {"сертификат", true}, {"sha256", false}, {"ipv42", false}, {"http2", true}, {"oauth2", true},
		{"the", false}, {"", false}, {"温度センサー", false}, {"node.js", false}, {"7f3ab9", false}, {"2026", false},
		{strings.Repeat("a", maxMistyped), true}, {strings.Repeat("a", maxMistyped+1), false},
	}
	for _, test := range tests {
		if got := canBeMistyped([]rune(test.word)); got != test.want {
			t.Errorf("%q: %v, want %v", test.word, got, test.want)
		}
	}
}

// TestDistance counts mistakes up to a limit.
func TestDistance(t *testing.T) {
	tests := []struct {
		a, b  string
		limit int
		want  int
	}{
		{"quorum", "quorum", 2, 0},
		{"quorum", "qorum", 2, 1},
		{"quorum", "quorrum", 2, 1},
		{"quorum", "quarum", 2, 1},
		{"quorum", "qourum", 2, 1},
		{"quorum", "uqoru", 2, 2},
		{"quorum", "uqoru", 1, 2}, // more than the limit
		{"quorum", "anchor", 2, 3},
		{"quorum", "quo", 2, 3},
		{"größe", "grösse", 2, 2},
		{"", "", 1, 0},
		{"", "a", 1, 1},
	}
	for _, test := range tests {
		for range 2 { // the same the other way round
			if got := diag.Distance([]rune(test.a), []rune(test.b), test.limit); got != test.want {
				t.Errorf("from %q to %q are %d mistakes, want %d", test.a, test.b, got, test.want)
			}
			test.a, test.b = test.b, test.a
		}
	}
}

// TestCorrected takes mistyped words to the one that was most likely meant: fewer
// mistakes first, then the same first letter, then the one that is used more.
func TestCorrected(t *testing.T) {
	b := baseOf(t, "en",
		doc("a", "A", "certificate certificates quorum timeouts session"),
		doc("b", "B", "session lession lession lession quantum band bend bend bend bind"))
	tests := []struct {
		typed    string
		mistakes int
		want     string
	}{
		{"certificat", 1, "certificate"},
		{"certifcatess", 2, "certificates"},
		{"qourum", 1, "quorum"},
		{"ession", 1, "lession"}, // both begin with another letter; it is used more
		{"sassion", 1, "session"},
		{"bond", 1, "bend"}, // three are as near; it is used most
		{"xyzzy", 2, ""},
		{"quo", 1, ""},      // too short
		{"quorum99", 1, ""}, // two mistakes
		{"quorum99", 2, "quorum"},
	}
	for _, test := range tests {
		got, err := b.corrected(test.typed, test.mistakes)
		if err != nil || got != test.want {
			t.Errorf("%q with %d mistakes is taken for %q, want %q; error %v", test.typed, test.mistakes, got, test.want, err)
		}
	}
}
