package action

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"debrief/internal/kb"
)

// What has the shape of a day. A month may be written in full or in short.
const (
	monthShape = `(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.?`
	dayShape   = `(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}(?:st|nd|rd|th)? (?:of )?` + monthShape + `,? \d{4}|` + monthShape + ` \d{1,2}(?:st|nd|rd|th)?,? \d{4})`
)

var (
	wholeDay  = regexp.MustCompile(`(?i)^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(` + dayShape + `)(?:[T ]\d{1,2}:\d{2}\S*)?$`)
	dayParts  = regexp.MustCompile(`\d+|[A-Za-z]{3,}`)
	ordinals  = regexp.MustCompile(`(?i)(\d)(?:st|nd|rd|th)\b`)
	monthName = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)

// dayOf reads a day. shaped tells whether the text looks like one at all; without
// ok it is none, such as 31 February, or one that can be read in two ways.
func dayOf(text string) (day kb.Date, ok, shaped bool) {
	if len(text) < len("1.4.2026") || !strings.ContainsAny(text, "0123456789") {
		return kb.Date{}, false, false
	}
	m := wholeDay.FindStringSubmatch(strings.Join(strings.Fields(text), " "))
	if m == nil {
		return kb.Date{}, false, false
	}
	parts := dayParts.FindAllString(ordinals.ReplaceAllString(m[1], "$1"), -1)
	if len(parts) != 3 {
		return kb.Date{}, false, true
	}
	n := [3]int{}
	named := -1
	for i, p := range parts {
		if v, err := strconv.Atoi(p); err == nil {
			n[i] = v
			continue
		}
		for k, name := range monthName {
			if strings.HasPrefix(strings.ToLower(p), name) {
				n[i], named = k+1, i
			}
		}
	}
	var y, mo, d int
	switch {
	case named == 0: // April 1, 2026
		y, mo, d = n[2], n[0], n[1]
	case named == 1: // 1 April 2026
		y, mo, d = n[2], n[1], n[0]
	case len(parts[0]) == 4:
		y, mo, d = n[0], n[1], n[2]
	case strings.Contains(m[1], "."): // 01.04.2026
		y, mo, d = n[2], n[1], n[0]
	case n[0] > 12 || n[0] == n[1]: // 13/04/2026
		y, mo, d = n[2], n[1], n[0]
	case n[1] > 12: // 04/13/2026
		y, mo, d = n[2], n[0], n[1]
	default:
		return kb.Date{}, false, true
	}
	day = kb.Date{Year: y, Month: time.Month(mo), Day: d}
	if t := time.Date(y, day.Month, d, 0, 0, 0, 0, time.UTC); y == 0 || kb.DateOf(t) != day {
		return kb.Date{}, false, true
	}
	return day, true, true
}
