package timeline

import (
	"testing"
	"time"

	"debrief/internal/markdown"
)

func TestLength(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"544 minutes": 544 * time.Minute, "4 hours 42 minutes": 282 * time.Minute, "19 hours 43 minutes.": 1183 * time.Minute, "0h 16m": 16 * time.Minute, "8m": 8 * time.Minute,
		"1d 5h 47m": 29*time.Hour + 47*time.Minute, "11 Days": 264 * time.Hour, "22 hours": 22 * time.Hour, "1 minutes": time.Minute, "0 minutes": 0, "90 min": 90 * time.Minute,
		"2.5 hours": 150 * time.Minute, "1 hour and 5 minutes": 65 * time.Minute, "1 hour, 5 minutes": 65 * time.Minute, "~ 10 minutes": 10 * time.Minute, "about 2 hours": 2 * time.Hour,
		"673h 34m": 673*time.Hour + 34*time.Minute, "2 weeks": 336 * time.Hour, "45 seconds": 45 * time.Second, "12 minutes (estimated)": 12 * time.Minute, "1h30m": 90 * time.Minute,
	} {
		if got, ok := lengthOf(text); !ok || got != want {
			t.Errorf("%q: got %v (%v), want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "?", "N/A", "unknown", "YYY", "5", "minutes", "less than an hour", "5 minutes to an hour", "5 minutes after the alert", "7h (during office hours 10:00-17:00)", "1-2 hours", "5 parsecs",
		"42 minutes 4 hours", "10 minutes 5 minutes", "-5 minutes", "1e9 hours", "99999999999 days", "14:02", "2 hours / 3 hours",
	} {
		if got, ok := lengthOf(text); ok {
			t.Errorf("%q: got %v, want none", text, got)
		}
	}
}

func TestStated(t *testing.T) {
	for src, want := range map[string]string{
		"## Stats\n\n- Category: network\n- Time to detection: 544 minutes\n- Time to recovery: 4 hours 42 minutes\n":    "9h4m0s 4h42m0s 0s",
		"- **Time to repair**: 0h 30m\n\n- **Time to resolve**: 5h 09m (during office hours)\n":                          "0s 30m0s 0s",
		"- Time to detect: ?\n- Time to detect: 5 min\n- Time to detect: 6 min\n":                                        "5m0s 0s 0s",
		"| Measure | Value |\n|--|--|\n| Time to mitigate | 12 min |\n| Time to resolution | 2 h |\n":                    "0s 12m0s 2h0m0s",
		"**Time to discover:** 3 hours\n**Time to restore:** 4 hours\n":                                                  "3h0m0s 4h0m0s 0s",
		"It was time to detect: 5 minutes late.\n\n> Time to detect: 5 minutes\n\nTime to detect the cause: 5 minutes\n": "0s 0s 0s",
	} {
		s := Stated(markdown.NewParser(markdown.Options{}).Read([]byte(src), 1).Blocks)
		if got := s.ToDetect.String() + " " + s.ToMitigate.String() + " " + s.ToResolve.String(); got != want {
			t.Errorf("%q: got %s, want %s", src, got, want)
		}
	}
}
