package diag

import "testing"

// At most a third of a word may be wrong, and at least one letter: a suggestion
// that is far off is worse than none.
func TestSuggest(t *testing.T) {
	keys := []string{"title", "started", "severity", "services", "time_zone", "id"}
	for _, test := range []struct {
		name, word string
		candidates []string
		want       string
	}{
		{"letter missing", "sevrity", keys, "severity"},
		{"letter too many", "titlle", keys, "title"},
		{"letter wrong", "starded", keys, "started"},
		{"neighbours swapped", "titel", keys, "title"},
		{"neighbours swapped in a short word", "di", keys, "id"},
		{"two swaps in six letters", "satrtde", []string{"started"}, "started"},
		{"case does not count", "TITLE", keys, "title"},
		{"case of the candidate is kept", "sev1", []string{"SEV1"}, "SEV1"},
		{"hyphen for underscore", "time-zone", keys, "time_zone"},
		{"the same word", "title", keys, "title"},
		{"nearest wins", "servces", []string{"serves", "services"}, "serves"},
		{"nearest wins, whatever the order", "service", []string{"severity", "services"}, "services"},
		{"first of two equally near", "bat", []string{"cat", "hat"}, "cat"},
		{"three of nine letters", "sxvxritxs", []string{"severitys"}, "severitys"},
		{"four of nine letters are too many", "sxvxrxtxs", []string{"severitys"}, ""},
		{"one of five letters", "titlx", []string{"title"}, "title"},
		{"two of five letters are too many", "titxx", []string{"title"}, ""},
		{"two of two letters are too many", "xy", []string{"id"}, ""},
		{"one of one letter", "a", []string{"b"}, "b"},
		{"too long", "titles_of_pages", keys, ""},
		{"letters are counted, not bytes", "größa", []string{"größe"}, "größe"},
		{"two of five letters of two bytes", "äöüäö", []string{"äöüxx"}, ""},
		{"nothing to choose from", "title", nil, ""},
		{"nothing asked", "", keys, ""},
		{"empty candidate", "ab", []string{""}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Suggest(test.word, test.candidates); got != test.want {
				t.Errorf("Suggest(%q) = %q, want %q", test.word, got, test.want)
			}
		})
	}
}

// Distance is symmetric, and its limit only cuts it off.
func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"abc", "abd", 1}, {"abc", "acb", 1}, {"abc", "ab", 1},
		{"abcd", "badc", 2}, {"ca", "abc", 3}, {"kitten", "sitting", 3}, {"größe", "grösse", 2}, {"abcdef", "uvwxyz", 6},
	} {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			for limit := 0; limit <= 8; limit++ {
				if got, want := Distance([]rune(pair[0]), []rune(pair[1]), limit), min(test.want, limit+1); got != want {
					t.Errorf("Distance(%q, %q, %d) = %d, want %d", pair[0], pair[1], limit, got, want)
				}
			}
		}
	}
}
