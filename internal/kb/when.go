package kb

import (
	"fmt"
	"strings"
	"time"
)

// Precision is how exactly a time is known.
type Precision int

const (
	Unknown Precision = iota
	Day               // the date alone
	Instant           // date and time
)

// When is a point in time as far as it is known. The zero When is unknown.
type When struct {
	Time      time.Time // for a Day midnight, in whichever zone
	Precision Precision
}

// Known tells whether anything is known.
func (w When) Known() bool { return w.Precision != Unknown }

// DateIn is the day on which it is in a zone. A day without an hour is the same one
// everywhere. It is none when nothing is known.
func (w When) DateIn(zone *time.Location) Date {
	switch w.Precision {
	case Day:
		return DateOf(w.Time)
	case Instant:
		return DateOf(w.Time.In(zone))
	}
	return Date{}
}

// ParseWhen reads RFC 3339, the same without seconds or with a space for the
// "T", or a date. A time without an offset is in zone. An empty text is unknown.
func ParseWhen(text string, zone *time.Location) (When, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return When{}, nil
	}
	if t, err := time.ParseInLocation("2006-01-02", text, zone); err == nil {
		return When{t, Day}, nil
	}
	normal := strings.Replace(strings.ToUpper(text), " ", "T", 1)
	normal = strings.ReplaceAll(normal, " ", "") // "10:00:00 +01:00"
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, normal); err == nil {
			return When{t, Instant}, nil
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, normal, zone); err == nil {
			return When{t, Instant}, nil
		}
	}
	return When{}, fmt.Errorf("%q is not a time", text)
}

// Date is a day of the calendar without a place on earth. The zero Date is none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of t in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads "2026-04-01".
func ParseDate(text string) (Date, error) {
	t, err := time.Parse("2006-01-02", strings.TrimSpace(text))
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date", text)
	}
	return DateOf(t), nil
}

// String returns "2026-04-01".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Time is the midnight at which the day begins in UTC.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// After tells whether d is a later day than e.
func (d Date) After(e Date) bool {
	return d.Year*10000+int(d.Month)*100+d.Day > e.Year*10000+int(e.Month)*100+e.Day
}

// IsZero tells whether d is none.
func (d Date) IsZero() bool { return d == Date{} }
