package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"debrief/internal/kb"
)

// stampIn writes a time in a zone, as exactly as it is known.
func stampIn(w kb.When, zone *time.Location) Stamp {
	switch w.Precision {
	case kb.Day:
		return Stamp{w.Time.Format("2 January 2006"), w.Time.Format("2006-01-02")}
	case kb.Instant:
		t := w.Time.In(zone)
		return Stamp{t.Format("2 January 2006, 15:04 MST"), t.Format(time.RFC3339)}
	}
	return Stamp{}
}

// shortDay writes a day, or nothing for none.
func shortDay(d kb.Date) Stamp {
	if d.IsZero() {
		return Stamp{}
	}
	return Stamp{d.Time().Format("2 Jan 2006"), d.String()}
}

// day writes the day on which an incident started, short.
func (p *Plan) day(i *kb.Incident) Stamp {
	s := stampIn(i.Started, p.site.ZoneOf(i))
	if d, ok := p.site.Day(i); ok {
		s.Text = shortDay(d).Text
	}
	return s
}

// between is the time from one moment to another, or empty when it is not
// known or makes no sense.
func between(from, to kb.When) string {
	if !from.Known() || !to.Known() || to.Time.Before(from.Time) {
		return ""
	}
	// A time.Duration ends at 292 years, and some incidents are older.
	days := (to.Time.Unix() - from.Time.Unix() + 12*60*60) / (24 * 60 * 60)
	switch {
	case from.Precision == kb.Instant && to.Precision == kb.Instant && days < 365:
		return Duration(to.Time.Sub(from.Time))
	case days > 0:
		return fmt.Sprintf("%d d", days)
	}
	return ""
}

// Duration writes a length of time in its two largest units.
func Duration(d time.Duration) string {
	minutes := int((d + 30*time.Second).Minutes())
	switch {
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes < 48*60:
		return join(minutes/60, "h", minutes%60, "min")
	}
	hours := (minutes + 30) / 60
	return join(hours/24, "d", hours%24, "h")
}

func join(a int, unitA string, b int, unitB string) string {
	if b == 0 {
		return fmt.Sprintf("%d %s", a, unitA)
	}
	return fmt.Sprintf("%d %s %d %s", a, unitA, b, unitB)
}

// words writes a word of a vocabulary as people say it: "near-miss" is "near miss".
func words(id string) string {
	return strings.NewReplacer("-", " ", "_", " ").Replace(id)
}

// capital begins an English word with a capital letter.
func capital(word string) string {
	if word == "" || word[0] < 'a' || word[0] > 'z' {
		return word
	}
	return string(word[0]-'a'+'A') + word[1:]
}

// thousands writes a number that is not negative as "11,300".
func thousands(n int) string {
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// shorten cuts a text at a space, so that it has about n characters at the most.
func shorten(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	cut := n
	for at := n; at > n-20 && at > 0; at-- {
		if unicode.IsSpace(runes[at]) {
			cut = at
			break
		}
	}
	return strings.TrimRight(string(runes[:cut]), " ,;:.-") + "…"
}
