package timeline

import (
	"strings"
	"time"
)

// stamp is the time of an entry as it is written.
type stamp struct {
	date     date
	clock    clock
	zone     zone
	end      clock // of a range
	last     date  // the day of the range's end, when it is written
	lastZone zone  // of the range's end, when it is written there
	about    bool
	plus     int // "+1d": days after the day that was written last
}

func (st stamp) empty() bool { return st.date.kind == noDate && !st.clock.ok }

// stampAt reads a stamp at i and returns where it ends. firm tells that a word
// before it, "on" or "at", says that a time comes.
func stampAt(s string, i int, loose bool) (st stamp, end int, firm bool) {
	start := i
	between := false
	for range 4 {
		if e, about, word := before(s, i); e > i {
			i, st.about, firm = e, st.about || about, firm || word != ""
			between = between || word == "between"
		}
	}
	day, e := dateAt(s, i)
	if day.kind != noDate {
		st.date, end = day, e
		j := afterDate(s, e)
		joined := j == e+1 && (s[e] == 'T' || s[e] == 't')
		if k, about, _ := before(s, j); k > j {
			j, st.about = k, st.about || about
		}
		if c, ce := clockAt(s, j, true); c.ok && (!isLongYear(s, j, ce) || joined) {
			st.clock, end = c, ce
		} else {
			j = end
		}
		if st.clock.ok {
			end = st.ending(s, end, joined, &st.zone)
		}
	} else if c, ce := clockAt(s, i, loose || firm && i > start); c.ok {
		st.clock = c
		end = st.ending(s, ce, false, &st.zone)
		if !c.blank || loose {
			end = st.dateBehind(s, end)
		}
	} else {
		return stamp{}, start, false
	}
	if st.date.kind == fullDate && st.date.year == 0 && st.clock.ok { // "Mon Mar 12 14:02:33 UTC 2026"
		if year, e := yearAt(s, end); year >= 1900 {
			st.date.year, end = year, e
		}
	}
	end = st.span(s, end, between)
	if st.clock.ok {
		end = again(s, st.hint(s, end))
	}
	return st, end, firm
}

// again skips the same time in another zone, "14:02 UTC / 06:02 PST".
func again(s string, i int) int {
	j := spaces(s, i)
	if j >= len(s) || s[j] != '/' && s[j] != '(' {
		return i
	}
	c, end := clockAt(s, spaces(s, j+1), false)
	if !c.ok || c.blank {
		return i
	}
	z, end := zoneAt(s, end)
	if z.name == "" {
		return i
	}
	if s[j] == '(' && end < len(s) && s[end] == ')' {
		end++
	}
	return end
}

// isLongYear tells whether what was read as "1600" is a year by itself.
func isLongYear(s string, i, end int) bool {
	k, n := digits(s, i)
	return k == end && k == i+4 && n >= 1900 && n < 2100
}

// before skips a word that may stand before a time.
func before(s string, i int) (end int, about bool, word string) {
	if i >= len(s) {
		return i, false, ""
	}
	switch c := s[i]; {
	case c == '~':
		return spaces(s, i+1), true, ""
	case strings.HasPrefix(s[i:], "≈"):
		return spaces(s, i+len("≈")), true, ""
	case !isLetter(c):
		return i, false, ""
	}
	for _, w := range leading {
		if end := wordAt(s, i, w.word); end > i && end < len(s) {
			if j := spaces(s, end); j > end || w.word[len(w.word)-1] == '.' {
				return j, w.about, w.word
			}
		}
	}
	return i, false, ""
}

var leading = []struct {
	word  string
	about bool
}{
	{"at", false}, {"on", false}, {"from", false}, {"between", false}, {"um", false}, {"am", false}, {"the", false}, {"by", true},
	{"around", true}, {"about", true}, {"approximately", true}, {"approx.", true}, {"approx", true}, {"roughly", true}, {"circa", true}, {"ca.", true}, {"ca", true},
	{"gegen", true}, {"etwa", true}, {"ungefähr", true},
}

// ending reads what may stand right behind a time: its zone, into of, and signs
// that it is not exact.
func (st *stamp) ending(s string, i int, joined bool, of *zone) int {
	i = st.roughly(s, i)
	if i < len(s) && (s[i] == 'Z' || s[i] == 'z') {
		*of = zone{"Z", time.UTC}
		return i + 1
	}
	j := i
	if !joined {
		j = spaces(s, i)
	}
	if z, end := offset(s, j, false); z.name != "" && (s[j] == '+' || joined || isOffset(st, s[j:end])) {
		*of = z
		return end
	}
	if z, end := zoneAt(s, i); z.name != "" {
		*of = z
		return st.roughly(s, end)
	}
	for _, word := range []string{"local time", "(local time)", "(local)", "local"} {
		if end := wordAt(s, spaces(s, i), word); end > spaces(s, i) {
			return end
		}
	}
	return i
}

// isOffset tells whether "-07:00" behind a time is its offset from UTC rather
// than the end of a range.
func isOffset(st *stamp, text string) bool {
	if len(text) == len("-0700") {
		return true
	}
	_, h := digits(text, 1)
	return len(text) == len("-07:00") && st.date.kind != noDate && st.clock.seconds && h*3600 < st.clock.of() && (text[4:] == "00" || text[4:] == "30")
}

func (st *stamp) roughly(s string, i int) int {
	if i < len(s) && s[i] == '~' {
		st.about = true
		return i + 1
	}
	if i+1 < len(s) && s[i] == '?' && !isLetter(s[i+1]) || i+1 == len(s) && s[i] == '?' {
		st.about = true
		return i + 1
	}
	for _, word := range []string{"ish", "-ish"} {
		if end := wordAt(s, i, word); end > i {
			st.about = true
			return end
		}
	}
	j := spaces(s, i)
	for _, word := range []string{"(approx.)", "(approx)", "(approximately)", "(approximate)", "(estimated)", "(ca.)", "(roughly)", "(about)", "approx.", "approx"} {
		if end := wordAt(s, j, word); end > j {
			st.about = true
			return end
		}
	}
	return i
}

// dateBehind reads a day that follows a time, "14:02 on 12 March".
func (st *stamp) dateBehind(s string, i int) int {
	j := i
	for j < len(s) && strings.IndexByte(" ,(/@", s[j]) >= 0 {
		j++
	}
	on := wordAt(s, j, "on")
	if on > j {
		j = spaces(s, on)
	}
	if j == i {
		return i
	}
	d, end := dateAt(s, j)
	if d.kind == noDate || d.kind == nextDate || d.kind == weekdayDate && on == j || !d.sure && d.kind == fullDate && on <= j && !closes(s, end) {
		return i
	}
	if c, _ := clockAt(s, afterDate(s, end), false); c.ok {
		return i // it is the day of the next time
	}
	st.date = d
	if end < len(s) && s[end] == ')' {
		end++
	}
	if st.zone.name == "" {
		if z, e := zoneAt(s, end); z.name != "" {
			st.zone, end = z, e
		}
	}
	return end
}

// closes tells whether nothing but a sign or the end follows.
func closes(s string, i int) bool {
	return i >= len(s) || strings.IndexByte(")],:;-|\n", s[i]) >= 0 || dash(s, spaces(s, i)) || s[spaces(s, i):] == "" || s[spaces(s, i)] == '-'
}

// span reads the second half of a range, "- 14:10", "to 15:00 UTC".
func (st *stamp) span(s string, i int, between bool) int {
	j := spaces(s, i)
	k := j
	switch {
	case j < len(s) && s[j] == '-':
		k = j + 1
	case dash(s, j):
		k = j + 3
	case strings.HasPrefix(s[j:], "->"), strings.HasPrefix(s[j:], ".."):
		k = j + 2
	default:
		for _, word := range []string{"to", "until", "till", "through", "bis", "and"} {
			if end := wordAt(s, j, word); end > j && j > i && (word != "and" || between) {
				k = end
			}
		}
	}
	if k == j {
		return i
	}
	k = spaces(s, k)
	if k < len(s) && s[k] == '>' {
		k = spaces(s, k+1)
	}
	about := st.about
	if e, a, word := before(s, k); e > k && (a || word == "") {
		k, about = e, about || a
	}
	day, e := dateAt(s, k)
	if day.kind == weekdayDate || day.kind == nextDate && !st.clock.ok || day.kind == eitherDate && day.year == 0 {
		return i
	}
	if day.kind != noDate {
		if !st.clock.ok {
			if day.kind == fullDate && st.date.kind == fullDate {
				st.last, st.about = day, about
				return e
			}
			return i
		}
		k = afterDate(s, e)
	}
	if !st.clock.ok {
		return i
	}
	c, end := clockAt(s, k, false)
	if !c.ok || k < len(s) && c.blank && day.kind == noDate && !isDigit(s[k]) && s[k] != '?' && s[k] != '-' {
		return i
	}
	if c.half != 0 && st.clock.half == 0 && st.clock.h <= 12 && !st.clock.blank { // "1:30-2:10 PM"
		first := st.clock
		first.h %= 12
		if c.half == 'p' && first.of()+12*hour <= c.of() {
			first.h += 12
		}
		st.clock = first
	}
	st.end, st.last, st.about = c, day, about
	end = st.ending(s, end, false, &st.lastZone)
	if st.zone.name == "" {
		st.zone = st.lastZone
	}
	return end
}

// hint reads "+1d" and "(next day)" behind a time.
func (st *stamp) hint(s string, i int) int {
	j := spaces(s, i)
	bracket := j < len(s) && (s[j] == '(' || s[j] == '[')
	if bracket {
		j++
	}
	end := j
	if j < len(s) && s[j] == '+' {
		k, n := digits(s, j+1)
		if k == j+2 {
			for _, word := range []string{"d", " day", "day", "days", " days"} {
				if e := wordAt(s, k, word); e > k {
					st.plus, end = n, e
				}
			}
			if end == j && (bracket || k == len(s) || s[k] == ' ') {
				st.plus, end = n, k
			}
		}
	} else if st.date.kind == noDate {
		if d, e := nextDay(s, j); d.kind == nextDate && (bracket || closes(s, e) && e < len(s)) {
			st.plus, end = 1, e
		}
	}
	if end == j || bracket && (end >= len(s) || s[end] != ')' && s[end] != ']') {
		st.plus = 0
		return i
	}
	if bracket {
		end++
	}
	return st.ending(s, end, false, &st.zone)
}
