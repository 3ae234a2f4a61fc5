package exchange

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"debrief/internal/kb"
)

// zones are the names of zones that post-mortems use, with their offsets. A name
// that means different offsets in different countries is not among them.
var zones = map[string]string{
	"UTC": "Z", "GMT": "Z", "Z": "Z", "CET": "+01:00", "CEST": "+02:00", "BST": "+01:00", "EST": "-05:00", "EDT": "-04:00",
	"CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "EET": "+02:00", "EEST": "+03:00", "JST": "+09:00",
}

// hints are what a time may leave to the text around it.
type hints struct {
	zone string // a name or an offset, or empty
	day  kb.Date
}

var (
	zoneAtEnd = regexp.MustCompile(`(?i)\s*\(?\b(UTC|GMT|CES?T|BST|[ECMP][SD]T|EES?T|JST|Z)\)?$|\s*\(?(?:UTC|GMT)?\s?([+-][0-9]{2}:?[0-9]{2})\)?$`)
	ordinal   = regexp.MustCompile(`\b([0-9]{1,2})(st|nd|rd|th)\b`)
	weekday   = regexp.MustCompile(`(?i)^(mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(day)?,?\s+`)
	spanned   = regexp.MustCompile(`:[0-9]{2}( ?[AaPp][Mm])?(\s+(-|to|until)\s+|\s*[–—]\s*)[0-9]`)
	clockOnly = regexp.MustCompile(`^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?$`)
)

// layouts of days; the month has a name where it could be taken for the day.
var layouts = []string{"2006-01-02", "2006/01/02", "2006.01.02", "2 January 2006", "2 Jan 2006", "January 2 2006", "Jan 2 2006", "2-Jan-2006"}

// timeIn reads a time or a day in any of the ways in which people label one, and
// returns it as debrief writes it. Nothing is read out of a text that may mean two
// things.
func timeIn(text string, h hints) (string, bool) {
	text = strings.Trim(strings.Join(strings.Fields(text), " "), ".`")
	if spanned.MatchString(text) {
		return "", false
	}
	zone := h.zone
	rest := text
	if m := zoneAtEnd.FindStringSubmatch(text); m != nil && strings.Contains(text, ":") {
		rest = strings.TrimSuffix(text, m[0])
		if zone = m[1]; zone == "" {
			zone = m[2]
		}
		if !clockLike(rest) { // "2026-03-12": the offset was a part of the day
			rest, zone = text, h.zone
		}
	}
	offset := zones[strings.ToUpper(zone)]
	switch {
	case len(zone) >= 5 && (zone[0] == '+' || zone[0] == '-'):
		offset = zone[:3] + ":" + zone[len(zone)-2:]
	case zone != "" && offset == "":
		return "", false
	}
	if w, err := kb.ParseWhen(rest, time.UTC); err == nil && w.Known() {
		if w.Precision == kb.Day {
			return w.Time.Format(time.DateOnly), true
		}
		if strings.HasSuffix(strings.ToUpper(rest), "Z") { // a "Z" that zoneAtEnd left
			offset = "Z"
		}
		return stamp(w.Time, offset), true
	}
	rest = weekday.ReplaceAllString(ordinal.ReplaceAllString(rest, "$1"), "")
	rest = strings.NewReplacer(",", "", " at ", " ", " - ", " ", " @ ", " ", "Sept ", "Sep ").Replace(rest)
	if clockOnly.MatchString(rest) && !h.day.IsZero() {
		rest = h.day.String() + " " + rest
	}
	for _, day := range layouts {
		if t, err := time.Parse(day, rest); err == nil {
			return t.Format(time.DateOnly), true
		}
		for _, clock := range []string{"15:04", "15:04:05", "3:04 PM", "3:04PM", "3:04 pm", "3:04pm"} {
			if t, err := time.Parse(day+" "+clock, rest); err == nil {
				return stamp(t, offset), true
			}
		}
	}
	return "", false
}

var clockInText = regexp.MustCompile(`[0-9]{1,2}:[0-9]{2}`)

func clockLike(s string) bool { return clockInText.MatchString(s) }

// stamp writes a time with its offset; without one it is of the document's zone.
func stamp(t time.Time, offset string) string {
	clock := "15:04:05"
	if t.Nanosecond() != 0 {
		clock = "15:04:05.999999999"
	}
	return fmt.Sprintf("%s%s", t.Format("2006-01-02T"+clock), offset)
}

// zoneOf is the zone that a text says its times are in: "All times are in UTC."
var allTimes = regexp.MustCompile(`(?i)\b(?:all )?times (?:are |below |listed |shown |given )*(?:in )?(UTC|GMT)\b`)

func zoneOf(text string) string {
	if m := allTimes.FindStringSubmatch(text); m != nil {
		return strings.ToUpper(m[1])
	}
	return ""
}
