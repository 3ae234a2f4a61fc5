package timeline

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// Stated reads the lengths that a text gives in words, where they stand as "Time
// to detection: 4 hours 42 minutes" in a list, a paragraph or a table. Of several
// for the same thing the first counts.
func Stated(blocks []markdown.Block) kb.Stated {
	var s kb.Stated
	for i := range blocks {
		b := &blocks[i]
		switch {
		case b.Quote:
		case b.Kind == markdown.RowBlock:
			if len(b.Cells) >= 2 {
				state(&s, b.Cells[0].Text, b.Cells[1].Text)
			}
		case b.Kind == markdown.ItemBlock, b.Kind == markdown.ParagraphBlock:
			for line := range strings.SplitSeq(b.Text, "\n") {
				if wordAt(line, 0, "time to") == 0 {
					continue
				}
				if name, length, ok := strings.Cut(line[:min(len(line), near)], ":"); ok {
					state(&s, name, length)
				}
			}
		}
	}
	return s
}

// stated are the beginnings of the words for what a length leads to.
var stated = []struct {
	word string
	of   func(*kb.Stated) *kb.Length
}{
	{"detect", func(s *kb.Stated) *kb.Length { return &s.ToDetect }},
	{"discover", func(s *kb.Stated) *kb.Length { return &s.ToDetect }},
	{"mitigat", func(s *kb.Stated) *kb.Length { return &s.ToMitigate }},
	{"repair", func(s *kb.Stated) *kb.Length { return &s.ToMitigate }},
	{"recover", func(s *kb.Stated) *kb.Length { return &s.ToMitigate }},
	{"restor", func(s *kb.Stated) *kb.Length { return &s.ToMitigate }},
	{"resol", func(s *kb.Stated) *kb.Length { return &s.ToResolve }},
}

func state(s *kb.Stated, name, length string) {
	end := wordAt(name, 0, "time to")
	if end == 0 || len(name) > maxLabel {
		return
	}
	what := strings.ToLower(strings.TrimSpace(name[end:]))
	for _, x := range stated {
		if !strings.HasPrefix(what, x.word) || strings.ContainsRune(what, ' ') {
			continue
		}
		if l := x.of(s); !l.Known {
			l.Duration, l.Known = lengthOf(length)
		}
	}
}

// maxLength is longer than any incident.
const maxLength = 100 * 366 * 24 * time.Hour

var units = []struct {
	words []string
	unit  time.Duration
}{
	{[]string{"minutes", "minute", "mins", "min", "m", "minuten"}, time.Minute},
	{[]string{"hours", "hour", "hrs", "hr", "h", "stunden", "stunde"}, time.Hour},
	{[]string{"days", "day", "d", "tage", "tag"}, 24 * time.Hour},
	{[]string{"weeks", "week", "w"}, 7 * 24 * time.Hour},
	{[]string{"seconds", "second", "secs", "sec", "s"}, time.Second},
}

// lengthOf reads "544 minutes", "4 hours 42 minutes", "1d 5h 47m" or "2.5 hours".
// It reads nothing else: not "?", not "less than an hour", and not the hours in
// which an office was open.
func lengthOf(text string) (time.Duration, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, word := range []string{"~", "about ", "around ", "approximately ", "approx. ", "ca. "} {
		text = strings.TrimSpace(strings.TrimPrefix(text, word))
	}
	if before, after, ok := strings.Cut(text, "("); ok {
		if strings.Contains(after, "hours") {
			return 0, false // "7h (during support hours)"
		}
		text = before
	}
	text = strings.TrimRight(text, " .*")
	var sum time.Duration
	last := maxLength
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && (isDigit(text[end]) || text[end] == '.' && end > i) {
			end++
		}
		n, err := strconv.ParseFloat(text[i:end], 64)
		if err != nil || n > 1e7 {
			return 0, false
		}
		unit, next := unitOf(text, spaces(text, end))
		if unit == 0 || unit >= last {
			return 0, false
		}
		last = unit
		if sum += time.Duration(n * float64(unit)); sum > maxLength {
			return 0, false
		}
		for i = next; i < len(text) && (text[i] == ' ' || text[i] == ','); i++ {
		}
		if end := wordAt(text, i, "and"); end > i {
			i = spaces(text, end)
		}
		if i == len(text) {
			return sum, true
		}
	}
	return 0, false
}

func unitOf(s string, i int) (time.Duration, int) {
	end := i
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	for _, u := range units {
		if slices.Contains(u.words, s[i:end]) {
			return u.unit, end
		}
	}
	return 0, i
}
