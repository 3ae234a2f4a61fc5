package timeline

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// zone is a time zone as it is written.
type zone struct {
	name string         // empty when none is written
	loc  *time.Location // nil when nobody can tell which one is meant
}

const hour = 3600

// zones are the abbreviations that are read. Those of summer and winter mean a
// fixed offset, the others the place's own time on that day.
var zones = sync.OnceValue(func() map[string]*time.Location {
	m := map[string]*time.Location{"UTC": time.UTC, "GMT": time.UTC, "Z": time.UTC, "WET": time.FixedZone("WET", 0)}
	for name, hours := range map[string]float64{
		"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "BST": 1, "WEST": 1, "EET": 2, "EEST": 3, "MSK": 3, "SAST": 2,
		"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
		"JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "AWST": 8, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3,
	} {
		m[name] = time.FixedZone(name, int(hours*hour))
	}
	m["IST"] = nil // India's, Ireland's or Israel's
	for name, place := range map[string]string{"PT": "America/Los_Angeles", "MT": "America/Denver", "CT": "America/Chicago", "ET": "America/New_York"} {
		m[name] = zoneOf(place)
	}
	return m
})

// zoneOf is the zone of a place, or nil where the machine does not know it.
func zoneOf(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return loc
}

// zoneWords are names in words, with the abbreviation that means the same.
var zoneWords = []struct{ word, short string }{
	{"pacific", "P"}, {"mountain", "M"}, {"central european summer", "CEST"}, {"central european", "CET"}, {"central", "C"}, {"eastern", "E"},
	{"british summer", "BST"}, {"greenwich mean", "GMT"}, {"coordinated universal", "UTC"}, {"universal", "UTC"}, {"japan standard", "JST"},
	{"mitteleuropäische sommerzeit", "MESZ"}, {"mitteleuropäische zeit", "MEZ"},
}

// zoneAt reads a zone at i, perhaps after blanks and an opening bracket, and
// returns where it ends.
func zoneAt(s string, i int) (zone, int) {
	j := spaces(s, i)
	bracket := j < len(s) && (s[j] == '(' || s[j] == '[')
	if bracket {
		j++
	}
	z, end := zoneName(s, j)
	if z.name == "" {
		return zone{}, i
	}
	if bracket {
		if end = spaces(s, end); end >= len(s) || s[end] != ')' && s[end] != ']' {
			return zone{}, i
		}
		end++
	} else if k := spaces(s, end); k+1 < len(s) && s[k] == '(' { // "PST (UTC-8)"
		if again, e := zoneAt(s, k); again.name != "" {
			end = e
		}
	}
	return z, end
}

func zoneName(s string, j int) (zone, int) {
	k := j
	for k < len(s) && k < j+5 && ('A' <= s[k]&^0x20 && s[k]&^0x20 <= 'Z') {
		k++
	}
	word := s[j:k]
	if k < len(s) && isLetter(s[k]) && !dash(s, k) {
		return longZone(s, j)
	}
	name := word
	switch word {
	case "utc", "gmt", "cet", "cest", "pst", "pdt", "Utc":
		name = strings.ToUpper(word)
	case "z", "Z":
		return zone{}, j // only right behind a time, which offsetAt sees
	}
	loc, known := zones()[name]
	if !known || k < len(s) && isDigit(s[k]) {
		return longZone(s, j)
	}
	if name == "UTC" || name == "GMT" {
		if off, end := offset(s, spaces(s, k), true); off.name != "" {
			return zone{name + off.name, off.loc}, end
		}
	}
	for _, p := range pairs {
		if name == p.winter && k < len(s) && s[k] == '/' && wordAt(s, k+1, p.summer) > k+1 {
			k = wordAt(s, k+1, p.summer)
			return zone{s[j:k], zoneOf(p.place)}, k
		}
	}
	if j := spaces(s, k); wordAt(s, j, "time") > j {
		k = wordAt(s, j, "time")
	}
	return zone{name, loc}, k
}

// pairs are the names of winter and summer that mean a place's own time when they
// stand together, "CET/CEST".
var pairs = []struct{ winter, summer, place string }{
	{"PST", "pdt", "America/Los_Angeles"}, {"MST", "mdt", "America/Denver"}, {"CST", "cdt", "America/Chicago"}, {"EST", "edt", "America/New_York"},
	{"CET", "cest", "Europe/Berlin"}, {"MEZ", "mesz", "Europe/Berlin"}, {"GMT", "bst", "Europe/London"},
}

// longZone reads "Pacific Time" and "Europe/Berlin".
func longZone(s string, j int) (zone, int) {
	if j >= len(s) || !isLetter(s[j]) {
		return zone{}, j
	}
	for _, w := range zoneWords {
		end := wordAt(s, j, w.word)
		if end == j {
			continue
		}
		short := w.short
		if len(short) == 1 {
			kind := "T"
			next := spaces(s, end)
			if e := wordAt(s, next, "standard"); e > next {
				kind, end = "ST", e
			} else if e := wordAt(s, next, "daylight"); e > next {
				kind, end = "DT", e
			}
			short += kind
		}
		timed := wordAt(s, spaces(s, end), "time")
		if timed > spaces(s, end) {
			end = timed
		} else if w.word != "pacific" && w.word != "eastern" && len(short) == 2 {
			return zone{}, j // "Central cluster"
		}
		return zone{short, zones()[short]}, end
	}
	k := j
	slash := false
	for k < len(s) && k < j+32 && (isLetter(s[k]) && s[k] < 0x80 || s[k] == '_' || s[k] == '/') {
		slash = slash || s[k] == '/'
		k++
	}
	if !slash || s[j] < 'A' || s[j] > 'Z' || k < len(s) && isLetter(s[k]) {
		return zone{}, j
	}
	if loc := zoneOf(s[j:k]); loc != nil {
		return zone{s[j:k], loc}, k
	}
	return zone{}, j
}

// offset reads "+01:00", "+0100", and with short also "+1".
func offset(s string, i int, short bool) (zone, int) {
	if i >= len(s) || s[i] != '+' && s[i] != '-' {
		return zone{}, i
	}
	j, h := digits(s, i+1)
	m, end := 0, j
	switch n := j - i - 1; {
	case n == 4:
		h, m = h/100, h%100
	case n == 2 || n == 1 && short:
		if j < len(s) && s[j] == ':' {
			k, min := digits(s, j+1)
			if k != j+3 {
				return zone{}, i
			}
			m, end = min, k
		} else if !short {
			return zone{}, i
		}
	default:
		return zone{}, i
	}
	if h > 14 || m > 59 || end < len(s) && (isDigit(s[end]) || isLetter(s[end]) && !dash(s, end)) {
		return zone{}, i
	}
	seconds := h*hour + m*60
	if s[i] == '-' {
		seconds = -seconds
	}
	return zone{s[i:end], time.FixedZone(fmt.Sprintf("UTC%c%02d:%02d", s[i], h, m), seconds)}, end
}

// zoneFollows tells whether a zone stands at i.
func zoneFollows(s string, i int) bool {
	if i < len(s) && s[i] == 'Z' && (i+1 == len(s) || !isLetter(s[i+1]) && !isDigit(s[i+1])) {
		return true
	}
	z, _ := zoneAt(s, i)
	return z.name != ""
}

// zoneIn finds the zone that a heading, the head of a column or a sentence names.
func zoneIn(s string) zone {
	for i := 0; i < len(s) && i < maxSentence; i++ {
		if isLetter(s[i]) && (i == 0 || !isLetter(s[i-1]) && !isDigit(s[i-1])) {
			if z, _ := zoneName(s, i); z.name != "" {
				return z
			}
		}
	}
	return zone{}
}

const maxSentence = 400 // bytes of a sentence about the zone of times

// zoneSentence finds the zone in a sentence about the times of a document, "All
// times in CET."
func zoneSentence(text string) zone {
	if len(text) > maxSentence {
		text = text[:maxSentence]
	}
	for sentence := range strings.SplitSeq(strings.ReplaceAll(text, "\n", " "), ". ") {
		low := strings.ToLower(sentence)
		for _, word := range []string{"times", "timestamps", "time zone", "timezone", "time is", "clock", "zeiten", "headings"} {
			if strings.Contains(low, word) {
				if z := zoneIn(sentence); z.name != "" {
					return z
				}
			}
		}
	}
	return zone{}
}
