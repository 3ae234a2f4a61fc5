package chart

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	v, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// points are a timeline with nothing but points.
func points(t *testing.T, times ...string) Timeline {
	t.Helper()
	tl := Timeline{Zone: time.UTC}
	for _, text := range times {
		tl.Points = append(tl.Points, Point{At: at(t, text), Title: text})
	}
	return tl
}

// TestCuts tells what is left out of the scale: long lengths without anything in
// them, and only where something else has no room.
func TestCuts(t *testing.T) {
	minutes := []string{"2026-03-12 10:00", "2026-03-12 10:02", "2026-03-12 10:05", "2026-03-12 10:10"}
	for _, test := range []struct {
		name  string
		times []string
		want  string
	}{
		{"even", []string{"2026-03-12 10:00", "2026-03-12 11:00", "2026-03-12 12:00"}, ""},
		{"some quiet", []string{"2026-03-12 10:00", "2026-03-12 10:10", "2026-03-12 12:00"}, ""},
		{"three days of nothing before ten minutes", append([]string{"2026-03-09 10:00"}, minutes...), "3 d"},
		{"and after", append([]string{"2026-03-09 10:00", "2026-03-14 10:00"}, minutes...), "3 d, 2 d"},
		{"years", append([]string{"1999-03-12 10:00"}, minutes...), "27 y"},
		{"days that are all there is", []string{"2026-03-12 10:00", "2026-03-14 10:00", "2026-03-17 10:00", "2026-03-18 09:00"}, ""},
	} {
		s, ok := points(t, test.times...).scale()
		if !ok {
			t.Errorf("%s: no scale", test.name)
			continue
		}
		var cuts []string
		for _, c := range s.cuts {
			cuts = append(cuts, short(c.length))
		}
		if got := strings.Join(cuts, ", "); got != test.want {
			t.Errorf("%s: cut %q, want %q", test.name, got, test.want)
		}
		for n := range s.xs {
			if x := s.xs[n]; x < 0 || x > 100 || n > 0 && x <= s.xs[n-1] {
				t.Errorf("%s: the places are %v", test.name, s.xs)
				break
			}
		}
	}
}

// A phase must be seen, even where there are few points.
func TestCutsForPhases(t *testing.T) {
	tl := Timeline{Zone: time.UTC}
	for i, m := range []string{"2026-03-12 10:00", "2026-03-12 10:05", "2026-03-15 10:00"} {
		tl.Labels = append(tl.Labels, Label{at(t, m), fmt.Sprint(i)})
	}
	tl.Phases = []Phase{{tl.Labels[0].At, tl.Labels[1].At, "undetected"}, {tl.Labels[1].At, tl.Labels[2].At, "response"}}
	s, _ := tl.scale()
	if len(s.cuts) != 1 || s.at(tl.Phases[0].To)-s.at(tl.Phases[0].From) < 4 {
		t.Errorf("cuts %v, places %v", s.cuts, s.xs)
	}
}

func TestTooLittleToDraw(t *testing.T) {
	for _, times := range [][]string{{}, {"2026-03-12 10:00"}, {"2026-03-12 10:00", "2026-03-12 10:00", "2026-03-12 11:00"}} {
		if got := points(t, times...).SVG(); got != "" {
			t.Errorf("%v are drawn as %s", times, got)
		}
	}
}

// TestLanes tells that points at the same time do not hide each other.
func TestLanes(t *testing.T) {
	tl := points(t, "2026-03-12 10:00", "2026-03-12 10:00", "2026-03-12 10:01", "2026-03-12 12:00", "2026-03-12 11:00")
	tl.Points[4].Until = at(t, "2026-03-12 12:30")
	s, _ := tl.scale()
	lanes, of := tl.placePoints(s)
	if lanes != 3 || fmt.Sprint(of) != "[0 1 2 1 0]" {
		t.Errorf("%d lanes: %v", lanes, of)
	}
	labels := Timeline{Zone: time.UTC, Labels: []Label{{at(t, "2026-03-12 10:00"), "Started"}, {at(t, "2026-03-12 10:01"), "Detected"}, {at(t, "2026-03-12 12:00"), "Resolved"}}}
	s, _ = labels.scale()
	rows, placed := labels.placeLabels(s)
	if rows != 2 || placed[0].row != 1 || placed[1].row != 0 || placed[2].row != 1 || !placed[2].end {
		t.Errorf("%d rows: %+v", rows, placed)
	}
}

var tickText = regexp.MustCompile(`<text class="(at|on)"[^>]*>([^<]*)</text>`)

// axis writes the ticks of a drawing: "14:00 12 Mar 2026, 14:30, ...".
func axis(svg SVG) string {
	var b strings.Builder
	for _, m := range tickText.FindAllStringSubmatch(string(svg), -1) {
		switch {
		case m[1] == "at" && b.Len() > 0:
			b.WriteString(", " + m[2])
		case m[1] == "at":
			b.WriteString(m[2])
		case m[2] != "":
			b.WriteString(" " + m[2])
		}
	}
	return b.String()
}

func TestAxis(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	kathmandu, err := time.LoadLocation("Asia/Kathmandu")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		zone  *time.Location
		times []string // in UTC
		want  string
	}{
		{time.UTC, []string{"2026-03-12 13:58", "2026-03-12 14:21", "2026-03-12 16:05"}, "14:00 12 Mar 2026, 14:30, 15:00, 15:30, 16:00"},
		{berlin, []string{"2026-03-12 22:10", "2026-03-12 22:50", "2026-03-12 23:40"}, "23:15 12 Mar 2026, 23:30, 23:45, 00:00 13 Mar, 00:15, 00:30"},
		{kathmandu, []string{"2026-03-12 10:00", "2026-03-12 11:00", "2026-03-12 12:00"}, "16:00 12 Mar 2026, 16:30, 17:00, 17:30"},
		{berlin, []string{"2026-03-28 22:00", "2026-03-29 00:30", "2026-03-29 02:30"}, "23:00 28 Mar 2026, 00:00 29 Mar, 01:00, 03:00, 04:00"},
		{time.UTC, []string{"2026-03-12 10:00", "2026-03-14 10:00", "2026-03-17 10:00"}, "13 Mar 2026, 14 Mar, 15 Mar, 16 Mar, 17 Mar"},
		{time.UTC, []string{"2025-11-12 10:00", "2026-01-14 10:00", "2026-06-17 10:00"}, "1 Jan 2026, 1 Apr"},
		{time.UTC, []string{"1628-08-10 10:00", "1700-01-14 10:00", "2026-06-17 10:00"}, "1700, 1800, 1900, 2000"},
		{time.UTC, []string{"2026-03-12 10:00", "2026-03-12 10:01", "2026-03-12 10:02"}, "10:00 12 Mar 2026, 10:01, 10:02"},
		{time.UTC, []string{"2026-03-02 10:07", "2026-03-12 10:01", "2026-03-12 10:02", "2026-03-12 10:04"}, "10:07 2 Mar 2026, 10:02 12 Mar, 10:03, 10:04"},
	} {
		if got := axis(points(t, test.times...).inZone(test.zone).SVG()); got != test.want {
			t.Errorf("%v\n got %s\nwant %s", test.times, got, test.want)
		}
	}
}

func (t Timeline) inZone(zone *time.Location) Timeline {
	t.Zone = zone
	return t
}

// TestTimelineDrawing tells that the drawing is well-formed, whatever the words are, and
// holds a link for each point.
func TestTimelineDrawing(t *testing.T) {
	tl := points(t, "2026-03-12 10:00", "2026-03-12 10:30", "2026-03-12 11:00", "2026-03-19 10:00")
	tl.Labels = []Label{{at(t, "2026-03-12 10:00"), "Started"}}
	tl.Phases = []Phase{{at(t, "2026-03-12 10:00"), at(t, "2026-03-12 10:30"), "undetected"}}
	for i := range tl.Points {
		tl.Points[i].Href, tl.Points[i].Title = "#e-"+strconv.Itoa(i), `"<script>" & 'more'`
	}
	tl.Points[1].About, tl.Points[2].Evidence, tl.Points[0].Marked = true, true, true
	svg := string(tl.SVG())
	for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
		_, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
	}
	for what, n := range map[string]int{
		"<a href=": 4, "<title>": 4, "<script": 0, "style=": 0, `class="phase undetected"`: 1, `class="left-out"`: 1, "point about bare": 1,
		`class="point"`: 1, "point marked bare": 1, `tabindex="-1"`: 4, `aria-hidden="true"`: 1,
	} {
		if got := strings.Count(svg, what); got != n {
			t.Errorf("%d times %s, want %d", got, what, n)
		}
	}
}

// Two hundred events are drawn small, and no place is without a drawing.
func TestManyPoints(t *testing.T) {
	tl := Timeline{Zone: time.UTC}
	start := at(t, "2026-03-12 10:00")
	for i := range 200 {
		tl.Points = append(tl.Points, Point{At: start.Add(time.Duration(i*i) * time.Second), Href: "#e-" + strconv.Itoa(i), Title: "+54 min The on-call compares the dates"})
	}
	svg := string(tl.SVG())
	if n := strings.Count(svg, "<circle"); n < 190 {
		t.Errorf("%d of 200 points are drawn", n)
	}
	if len(svg) > 35_000 {
		t.Errorf("%d bytes", len(svg))
	}
	if h := regexp.MustCompile(`height="(\d+)"`).FindStringSubmatch(svg); len(h[1]) > 3 || h[1] > "250" && len(h[1]) == 3 {
		t.Errorf("it is %s pixels high", h[1])
	}
}
