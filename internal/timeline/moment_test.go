package timeline

import (
	"testing"
	"time"

	"debrief/internal/kb"
)

// In the night in which the clocks go forward there is no 02:30.
func TestSkippedHour(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	day := kb.Date{Year: 2026, Month: time.March, Day: 8}
	for _, test := range []struct {
		c    clock
		want string
	}{
		{clock{h: 1, m: 59}, "2026-03-08T06:59:00Z"},
		{clock{h: 2, m: 30}, "2026-03-08T07:30:00Z"},
		{clock{h: 3}, "2026-03-08T07:00:00Z"},
	} {
		if got := at(day, test.c, zone).UTC().Format(time.RFC3339); got != test.want {
			t.Errorf("%02d:%02d is %s, want %s", test.c.h, test.c.m, got, test.want)
		}
	}
}
