package timeline

import (
	"time"

	"debrief/internal/kb"
)

// date is a day as it is written.
type date struct {
	kind  dateKind
	year  int // 0 when it is not written; below 100 when two digits are
	month time.Month
	day   int
	a, b  int // of an eitherDate, in the order written
	week  time.Weekday
	sure  bool // written so that nothing but a day can be meant, even within a sentence
}

type dateKind int

const (
	noDate      dateKind = iota
	fullDate             // the month and the day, perhaps without the year
	eitherDate           // two numbers, of which either may be the month
	weekdayDate          // only the day of the week
	nextDate             // the day after the one before
)

var (
	months   = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	monate   = []string{"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"}
	weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
)

// dateAt reads a day at i and returns where it ends.
func dateAt(s string, i int) (d date, end int) {
	if i >= len(s) {
		return date{}, i
	}
	if isDigit(s[i]) {
		if d, end = numericDate(s, i); d.kind == noDate {
			d, end = dayFirst(s, i)
		}
	} else if isLetter(s[i]) {
		d, end = wordDate(s, i)
	}
	if end < len(s) && isDigit(s[end]) {
		return date{}, i
	}
	return d, end
}

// numericDate reads "2020-01-20", "2020/1/20", "20.01.2020", "01/20/2020", "1/20".
func numericDate(s string, i int) (date, int) {
	j, x := digits(s, i)
	if j >= len(s) || s[j] != '-' && s[j] != '/' && s[j] != '.' {
		return date{}, i
	}
	sep, first := s[j], j-i
	k, y := digits(s, j+1)
	if k == j+1 || k > j+3 {
		return date{}, i
	}
	third := k < len(s) && s[k] == sep
	l, z := k, 0
	if third {
		l, z = digits(s, k+1)
	}
	switch {
	case first == 4 && third && l > k+1 && l <= k+3:
		return valid(date{kind: fullDate, year: x, month: time.Month(y), day: z, sure: true}, i, l)
	case first > 2 || first == 4:
		return date{}, i
	case third && l == k+5 && sep == '.':
		return valid(date{kind: fullDate, year: z, month: time.Month(y), day: x, sure: true}, i, l)
	case third && (l == k+5 || l == k+3 && sep == '/'):
		return either(x, y, z, i, l)
	case !third && sep == '/':
		d, end := either(x, y, 0, i, k)
		if c, _ := clockAt(s, afterDate(s, end), false); !c.ok {
			return date{}, i // "1/2 of the nodes"
		}
		return d, end
	}
	return date{}, i
}

// either is a day given by two numbers whose order nobody has told yet.
func either(a, b, year, i, end int) (date, int) {
	d := date{kind: eitherDate, a: a, b: b, year: year, sure: year > 0}
	switch {
	case a < 1 || b < 1 || a > 12 && b > 12 || a > 31 || b > 31:
		return date{}, i
	case a > 12 || a == b:
		d.kind, d.day, d.month = fullDate, a, time.Month(b)
	case b > 12:
		d.kind, d.day, d.month = fullDate, b, time.Month(a)
	}
	if d.kind == fullDate {
		return valid(d, i, end)
	}
	return d, end
}

// valid is d if the calendar has it.
func valid(d date, i, end int) (date, int) {
	year := d.year
	if year == 0 {
		year = 2000 // a leap year
	}
	if d.month < 1 || d.month > 12 || d.day < 1 || time.Date(year, d.month, d.day, 0, 0, 0, 0, time.UTC).Day() != d.day {
		return date{}, i
	}
	return d, end
}

// dayFirst reads "12 March 2026", "12th of March", "12. März", "12-Mar-2026" and
// "2026-Mar-12".
func dayFirst(s string, i int) (date, int) {
	j, n := digits(s, i)
	if j > i+2 && j != i+4 {
		return date{}, i
	}
	k := ordinal(s, j)
	for k < len(s) && (s[k] == ' ' || s[k] == '-' || s[k] == '.' || s[k] == '/' || s[k] == ',') && k < j+4 {
		k++
	}
	if end := wordAt(s, k, "of"); end > k {
		k = spaces(s, end)
	}
	m, end := monthAt(s, k)
	if m == 0 {
		return date{}, i
	}
	if j == i+4 {
		next, day := digits(s, min(len(s), end+1))
		if next == end+1 || next > end+3 {
			return date{}, i
		}
		return valid(date{kind: fullDate, year: n, month: m, day: day, sure: true}, i, next)
	}
	year, end := yearAt(s, end)
	return valid(date{kind: fullDate, year: year, month: m, day: n, sure: year > 0 || k > j+1}, i, end)
}

// wordDate reads what begins with a word: "March 12th, 2026", "Mon, 20 Jan",
// "Tuesday", "next day".
func wordDate(s string, i int) (date, int) {
	if d, end := nextDay(s, i); d.kind != noDate {
		return d, end
	}
	if m, end := monthAt(s, i); m != 0 {
		j := end
		for j < len(s) && (s[j] == ' ' || s[j] == '.' || s[j] == '-') && j < end+2 {
			j++
		}
		k, day := digits(s, j)
		if j == end || k == j || k > j+2 {
			return date{}, i
		}
		after := ordinal(s, k)
		year, end := yearAt(s, after)
		if after < len(s) && s[after] == ':' && year == 0 && k+2 < len(s) && isDigit(s[k+1]) {
			return date{}, i // "May 14:02"
		}
		return valid(date{kind: fullDate, year: year, month: m, day: day, sure: year > 0 || after > k}, i, end)
	}
	w, end := weekdayAt(s, i)
	if end == i {
		return date{}, i
	}
	j := end
	for j < len(s) && (s[j] == ' ' || s[j] == ',' || s[j] == '.') {
		j++
	}
	if j < len(s) {
		if isDigit(s[j]) {
			if d, e := dateAt(s, j); d.kind != noDate {
				return d, e
			}
		} else if m, _ := monthAt(s, j); m != 0 {
			if d, e := wordDate(s, j); d.kind != noDate {
				return d, e
			}
		}
	}
	return date{kind: weekdayDate, week: w}, end
}

// nextDay reads "next day" and "the following day".
func nextDay(s string, i int) (date, int) {
	j := i
	if end := wordAt(s, j, "the"); end > j {
		j = spaces(s, end)
	}
	for _, word := range []string{"next day", "following day", "next morning", "following morning", "day after"} {
		if end := wordAt(s, j, word); end > j {
			return date{kind: nextDate}, end
		}
	}
	return date{}, i
}

// ordinal skips "st", "nd", "rd", "th".
func ordinal(s string, i int) int {
	for _, o := range []string{"st", "nd", "rd", "th"} {
		if end := wordAt(s, i, o); end > i {
			return end
		}
	}
	return i
}

// yearAt reads ", 2026" or " 2026" after a day and a month. What may be a time,
// "1600 UTC", is none.
func yearAt(s string, i int) (year, end int) {
	j := i
	for j < len(s) && (s[j] == ' ' || s[j] == ',' || s[j] == '-' || s[j] == '.' || s[j] == '/') && j < i+2 {
		j++
	}
	k, n := digits(s, j)
	if j == i || k != j+4 || n < 1000 || n > 2199 || k+1 < len(s) && s[k] == ':' && isDigit(s[k+1]) || zoneFollows(s, k) && n%100 < 60 {
		return 0, i
	}
	return n, k
}

// monthAt reads the name of a month, in full or by three letters.
func monthAt(s string, i int) (time.Month, int) {
	if i >= len(s) || !isLetter(s[i]) {
		return 0, i
	}
	for _, list := range [][]string{months, monate} {
		for n, name := range list {
			if end := wordAt(s, i, name); end > i {
				return time.Month(n + 1), end
			}
		}
	}
	for n, name := range months {
		if end := wordAt(s, i, name[:3]); end > i {
			return time.Month(n + 1), end
		}
	}
	for word, m := range shortMonths {
		if end := wordAt(s, i, word); end > i {
			return m, end
		}
	}
	return 0, i
}

var shortMonths = map[string]time.Month{"sept": 9, "mär": 3, "okt": 10, "dez": 12, "mai": 5}

// weekdayAt reads the name of a day of the week, in full or by three letters.
func weekdayAt(s string, i int) (time.Weekday, int) {
	if i >= len(s) {
		return 0, i
	}
	for n, name := range weekdays {
		if s[i]|0x20 != name[0] {
			continue
		}
		for _, short := range []string{name, name[:3], name[:min(len(name), 4)], name[:min(len(name), 5)]} {
			if end := wordAt(s, i, short); end > i {
				return time.Weekday(n), end
			}
		}
	}
	return 0, i
}

// afterDate skips what stands between a day and a time.
func afterDate(s string, i int) int {
	if i < len(s) && (s[i] == 'T' || s[i] == 't') && i+1 < len(s) && isDigit(s[i+1]) {
		return i + 1
	}
	for range 8 {
		j := i
		for j < len(s) && (s[j] == ' ' || s[j] == ',' || s[j] == '-' || s[j] == '|' || s[j] == '/' || s[j] == '(' || s[j] == '@' || s[j] == ':' || s[j] == '\t' || s[j] == '\n' || s[j] == ';') {
			if s[j] == '-' && openAt(s, j) > j { // "--:--"
				break
			}
			j++
		}
		if j < len(s) && dash(s, j) {
			j += 3
		}
		if _, end := weekdayAt(s, j); end > j && j > i { // "2019-03-27 (Wednesday)"
			j = end
			if j < len(s) && s[j] == ')' {
				j++
			}
		}
		for _, word := range []string{"at", "around", "um", "von", "from"} {
			if end := wordAt(s, j, word); end > j && end < len(s) && s[end] == ' ' && word != "around" {
				j = end
			}
		}
		if j == i {
			break
		}
		i = j
	}
	return min(i, len(s))
}

// on is the day that d means, when it has all that is needed.
func (d date) on(year int) kb.Date {
	return kb.Date{Year: year, Month: d.month, Day: d.day}
}
