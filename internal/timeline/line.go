package timeline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// near is how far from the beginning or the end of a line a time may reach.
const near = 100

// lead reads a stamp at the beginning of a line. rest is what follows, without
// the sign that parts it from the time.
func lead(s string) (st stamp, rest string, ok bool) {
	s = even(s)
	i, opened := 0, false
	for i < len(s) && i < 8 && (strings.IndexByte(" \t[(*-|>", s[i]) >= 0 || dash(s, i) || drawn(s, i)) {
		opened = opened || s[i] == '[' || s[i] == '('
		if s[i] == '-' && openAt(s, i) > i {
			break
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	if i >= len(s) || !begins(s[i]) {
		return stamp{}, s, false
	}
	st, end, firm := stampAt(s[:min(len(s), i+near)], i, false)
	if st.empty() {
		return stamp{}, s, false
	}
	rest, parted := trimmed(s[end:])
	if opened && !parted {
		return stamp{}, s, false
	}
	if !st.clock.ok && !parted && !firm && !st.date.sure {
		return stamp{}, s, false // "May 3 nodes", "Monday was quiet"
	}
	if st.clock.blank && st.date.kind == noDate && !parted {
		return stamp{}, s, false
	}
	return st, rest, true
}

// whole reads a text that is nothing but a stamp, such as a cell. What is left
// of it may be words, but no number.
func whole(s string) (stamp, bool) {
	s = strings.TrimSpace(even(s))
	if s == "" {
		return stamp{}, false
	}
	i := 0
	for i < len(s) && (strings.IndexByte("[(*\"' ", s[i]) >= 0 || drawn(s, i)) {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	s = s[:min(len(s), i+near)]
	st, end, _ := stampAt(s, i, true)
	if st.empty() {
		return stamp{}, false
	}
	rest := strings.TrimSpace(s[end:])
	if rest != "" && rest[0] != '(' && rest[0] != '/' && strings.ContainsAny(rest, "0123456789?") {
		return stamp{}, false // more than a time: "2022-02-?? ??:??", "3 of 5"
	}
	return st, rest == "" || !isDigit(rest[0])
}

// tail reads a stamp at the end of a line, "Fault occurs 2020-04-15 07:15".
// before is the line without it.
func tail(s string) (st stamp, before string, ok bool) {
	s = strings.TrimRight(even(s), " .)]*\n")
	from := max(0, len(s)-near)
	for i := from; i < len(s); i++ {
		if i > 0 && s[i-1] != ' ' && s[i-1] != '(' && s[i-1] != '[' && s[i-1] != '~' && s[i-1] != ':' || !begins(s[i]) {
			continue
		}
		st, end, _ := stampAt(s, i, false)
		if st.empty() || strings.Trim(s[end:], " .)]:,") != "" || !st.clock.ok && (st.date.kind != fullDate || st.date.year == 0) {
			continue
		}
		before = strings.TrimRight(s[:i], " (-:,[@|~\t")
		if i > 1 && s[i-1] == ':' && isDigit(s[i-2]) || attempt(lastWord(before)) {
			return stamp{}, s, false // the end of something that cannot be read as a whole
		}
		for cut := true; cut; {
			cut = false
			for _, d := range []string{"–", "—", "−", "≈"} {
				if t, found := strings.CutSuffix(before, d); found {
					before, cut = strings.TrimRight(t, " "), true
				}
			}
		}
		for _, word := range []string{" at", " on", " around", " from"} {
			if len(before) > len(word) && strings.EqualFold(before[len(before)-len(word):], word) {
				st.about = st.about || word == " around"
				before = before[:len(before)-len(word)]
			}
		}
		st.about = st.about || s[max(0, i-1)] == '~'
		return st, before, true
	}
	return stamp{}, s, false
}

// begins tells whether a stamp may begin with this byte.
func begins(c byte) bool { return isDigit(c) || isLetter(c) || c == '~' || c == '?' || c == '-' }

// trimmed is what follows a time, and whether a sign parts the two.
func trimmed(s string) (rest string, parted bool) {
	rest = s
	for rest != "" {
		if strings.IndexByte(" \t", rest[0]) >= 0 {
			rest = rest[1:]
			continue
		}
		if strings.IndexByte(")]*-:;,.>=|/\n", rest[0]) >= 0 || dash(rest, 0) || drawn(rest, 0) {
			_, size := utf8.DecodeRuneInString(rest)
			parted = true
			if rest[0] == '\n' {
				return rest[1:], true
			}
			rest = rest[size:]
			continue
		}
		if end := wordAt(rest, 0, "onwards"); end > 0 {
			rest = rest[end:]
			continue
		}
		break
	}
	return rest, parted || rest == ""
}

// drawn tells whether a sign stands at i that people draw lists with: a bullet or a
// picture.
func drawn(s string, i int) bool {
	if i >= len(s) || s[i] < 0xC2 || strings.HasPrefix(s[i:], "≈") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r == '•' || r == '·' || r == '\ufe0f' || r == '\u200d' || unicode.Is(unicode.So, r)
}

// attempt tells whether a word looks like a time or a day that cannot be read:
// "20202-01-16", "14:??", "25:99".
func attempt(word string) bool {
	word = strings.Trim(word, " ()[]*,;~\"'")
	if len(word) < 4 || len(word) > 20 {
		return false
	}
	numbers, colons, lines := 0, 0, 0
	for k := range len(word) {
		switch c := word[k]; {
		case isDigit(c):
			numbers++
		case c == ':':
			colons++
		case c == '-' || c == '/':
			lines++
		case strings.IndexByte("?xXyYmMdDhHsSTZ.", c) >= 0:
		default:
			return false
		}
	}
	clocklike := colons > 0 && colons <= 2 && isClocklike(word)
	daylike := (lines == 2 || lines == 3) && numbers >= 2 || lines == 2 && strings.Contains(strings.ToUpper(word), "YY")
	return clocklike || daylike
}

// isClocklike tells whether two signs stand on each side of a colon.
func isClocklike(word string) bool {
	k := strings.IndexByte(word, ':')
	if k < 1 || k+3 > len(word) {
		return false
	}
	side := func(c byte) bool { return isDigit(c) || strings.IndexByte("?-xXhHmM", c) >= 0 }
	return side(word[k-1]) && side(word[k+1]) && side(word[k+2]) && (k < 2 || side(word[k-2]))
}

func firstWord(s string) string {
	s = strings.TrimLeft(s[:min(len(s), near)], " ([*~")
	if i := strings.IndexAny(s, " \n\t"); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, ":,)]*")
}

// lastAttempt is what looks like a time at the end of a line and cannot be read,
// with the day before it.
func lastAttempt(s string) string {
	w := lastWord(s)
	if !attempt(w) {
		return ""
	}
	if day := lastWord(strings.TrimSpace(s[:len(s)-len(w)])); attempt(day) {
		return s[len(s)-len(w)-len(day)-1:]
	}
	return w
}

func lastWord(s string) string {
	s = s[max(0, len(s)-near):]
	return s[strings.LastIndexAny(s, " \n\t")+1:]
}

// even writes unusual blanks, hyphens and tildes as the usual ones.
func even(s string) string {
	if strings.IndexByte(s, 0xC2) < 0 && strings.IndexByte(s, 0xE2) < 0 {
		return s
	}
	return evener.Replace(s)
}

var evener = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u200b", "", "\u2212", "-", "\u2011", "-", "\u223c", "~")
