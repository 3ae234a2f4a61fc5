package timeline

// clock is a time of the day as it is written.
type clock struct {
	ok      bool
	h, m, s int // h up to 24
	seconds bool
	half    byte // 'a' or 'p' when it was given, which h has in it already
	blank   bool // its place is held by something else, "HH:mm" or "14:??"; h, m and s mean nothing
}

// of is the clock in seconds of the day.
func (c clock) of() int { return c.h*3600 + c.m*60 + c.s }

// clockAt reads a time of the day at i and returns where it ends. A loose one may
// be written as "1600" or "14.02", since it stands where a time is expected.
func clockAt(s string, i int, loose bool) (c clock, end int) {
	if c, end = wordClock(s, i); c.ok {
		return c, end
	}
	if end := placeholder(s, i); end > i {
		return clock{ok: true, blank: true}, end
	}
	n, h := digits(s, i)
	switch {
	case n == i+4 && (loose || zoneFollows(s, n)) && h/100 < 24 && h%100 < 60:
		c, end = clock{ok: true, h: h / 100, m: h % 100}, n
		if end < len(s) && (s[end] == 'h' || s[end] == 'H') {
			end++
		}
		if end = bounded(s, i, end); end == i || end < len(s) && (s[end] == '/' || s[end] == '-' || s[end] == '.') && end+1 < len(s) && s[end+1] != ' ' {
			return clock{}, i // "2021/22-??"
		}
		return c, end
	case n == i || n > i+2 || h > 24:
		return clock{}, i
	}
	c.h, end = h, n
	var sep byte
	if n < len(s) {
		sep = s[n]
	}
	switch sep {
	case ':', '.', 'h', 'H':
		next, m := digits(s, n+1)
		switch {
		case next == n+3 && m < 60:
			c.ok, c.m, end = sep != '.' || loose || n == i+2 && next < len(s) && closes(s, next), m, next
		case sep == ':' && next == n+1 && openAt(s, n+1) == n+3:
			return clock{ok: true, blank: true}, bounded(s, i, n+3) // "14:??"
		case (sep == 'h' || sep == 'H') && next == n+1:
			c.ok, end = loose, n+1
		}
	}
	if c.ok && sep == ':' && end+1 < len(s) && s[end] == ':' && isDigit(s[end+1]) {
		next, sec := digits(s, end+1)
		if next != end+3 || sec > 60 {
			return clock{}, i // "12:30:7", or an address of hardware
		}
		c.s, c.seconds, end = min(sec, 59), true, next
		if end+1 < len(s) && (s[end] == '.' || s[end] == ',') && isDigit(s[end+1]) {
			end, _ = digits(s, end+1)
		}
	}
	if half, e := halfAt(s, end); half != 0 && h <= 12 && (h > 0 || c.m > 0 || end > n) {
		c.ok, c.half, end = true, half, e
		c.h = h % 12
		if half == 'p' {
			c.h += 12
		}
	} else if half != 0 && c.ok {
		end = e // "13:45 PM"
	}
	if !c.ok && sep == '.' && end > n && (unitAt(s, end) > end || zoneFollows(s, end)) {
		c.ok = true // "14.02 Uhr"
	}
	if !c.ok && end == n && h < 24 && wordAt(s, spaces(s, n), "uhr") > spaces(s, n) {
		c.ok = true // "9 Uhr"
	}
	if !c.ok || c.h == 24 && c.m+c.s > 0 {
		return clock{}, i
	}
	end = unitAt(s, end)
	if end+1 < len(s) && s[end] == ':' && isDigit(s[end+1]) {
		return clock{}, i
	}
	if e := bounded(s, i, end); e == i {
		return clock{}, i
	}
	return c, end
}

// bounded is end, unless a word goes on there.
func bounded(s string, i, end int) int {
	if end >= len(s) || dash(s, end) || wordAt(s, end, "z") > end || wordAt(s, end, "ish") > end {
		return end
	}
	if _, e := zoneName(s, end); e > end && 'A' <= s[end] && s[end] <= 'Z' {
		return end // "14:02UTC"
	}
	if isLetter(s[end]) || isDigit(s[end]) || s[end] == '%' || s[end] == '_' {
		return i
	}
	return end
}

// wordClock reads "noon" and "midnight".
func wordClock(s string, i int) (clock, int) {
	if end := max(wordAt(s, i, "noon"), wordAt(s, i, "midday")); end > i {
		return clock{ok: true, h: 12}, end
	}
	if end := wordAt(s, i, "midnight"); end > i {
		return clock{ok: true}, end
	}
	return clock{}, i
}

// halfAt reads "AM", "pm" or "p.m.", perhaps after a space, and returns 'a' or 'p'.
func halfAt(s string, i int) (half byte, end int) {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	if i+1 >= len(s) {
		return 0, i
	}
	half, end = s[i]|0x20, i+1
	if half != 'a' && half != 'p' {
		return 0, i
	}
	dotted := s[end] == '.'
	if dotted {
		end++
	}
	if end >= len(s) || s[end]|0x20 != 'm' {
		return 0, i
	}
	end++
	if dotted && end < len(s) && s[end] == '.' {
		end++
	}
	if end < len(s) && (isLetter(s[end]) || isDigit(s[end])) {
		return 0, i
	}
	return half, end
}

// unitAt skips "h", "hrs" or "Uhr" after a time.
func unitAt(s string, i int) int {
	j := spaces(s, i)
	for _, unit := range []string{"hours", "hrs", "uhr", "h"} {
		if end := wordAt(s, j, unit); end > j && (j > i || unit != "hours") {
			return end
		}
	}
	return i
}

// placeholder skips what stands in for a time: "HH:mm", "??:??", "--:--", "TBC".
func placeholder(s string, i int) int {
	if mid := openAt(s, i); mid > i && mid < len(s) && (s[mid] == ':' || s[mid] == '.') {
		if end := openAt(s, mid+1); end > mid+1 {
			return end
		}
	}
	j := i
	if end := wordAt(s, i, "time"); end > i {
		j = spaces(s, end)
	}
	for _, word := range []string{"tbc", "tbd", "unknown", "n/a", "?"} {
		if end := wordAt(s, j, word); end > j {
			return end
		}
	}
	return i
}

// openAt skips two signs which stand in for the digits of an hour or a minute.
func openAt(s string, i int) int {
	if i+2 > len(s) || s[i]|0x20 != s[i+1]|0x20 {
		return i
	}
	switch s[i] | 0x20 {
	case '?', '-' | 0x20, 'h', 'm', 'x', '_' | 0x20:
		return i + 2
	}
	return i
}

// digits reads a number of up to eight digits at i.
func digits(s string, i int) (end, n int) {
	for end = i; end < len(s) && isDigit(s[end]) && end < i+8; end++ {
		n = n*10 + int(s[end]-'0')
	}
	return end, n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isLetter tells whether a byte is of a letter; those of other scripts count as
// letters too.
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80 }

// spaces skips blanks.
func spaces(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n') {
		i++
	}
	return i
}

// wordAt skips a word given in small letters, in whichever letters it is written,
// when it ends there.
func wordAt(s string, i int, word string) int {
	if len(s)-i < len(word) {
		return i
	}
	for k := range len(word) {
		c := s[i+k]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != word[k] {
			return i
		}
	}
	end := i + len(word)
	last := word[len(word)-1]
	if end < len(s) && isLetter(last) && (isLetter(s[end]) && !dash(s, end) || isDigit(s[end])) {
		return i
	}
	return end
}

// dash tells whether a long dash or an arrow stands at i. Each takes three bytes.
func dash(s string, i int) bool {
	if i+2 >= len(s) || s[i] != 0xE2 {
		return false
	}
	switch s[i : i+3] {
	case "–", "—", "―", "→", "⇒":
		return true
	}
	return false
}
