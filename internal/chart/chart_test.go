package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares a drawing with the one that was looked at.
func golden(t *testing.T, name string, s SVG) {
	t.Helper()
	file := filepath.Join("testdata", name+".svg")
	got := strings.ReplaceAll(string(s), "><", ">\n<") + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it, and run with -update if it is right. It is now\n%s", file, got)
	}
}

func fewMonths() Columns {
	return Columns{
		ID: "months", Title: "Incidents per month", Desc: "Four incidents from November 2025 to February 2026.",
		Series: []Series{{"SEV1", "sev-1"}, {"SEV2", "sev-2"}},
		Columns: []Column{
			{Name: "November 2025", Label: "Nov", Group: "2025", Number: 10, Counts: []int{1, 2}, URL: "/kb/search/?q=a&b", Says: "3 incidents"},
			{Name: "December 2025", Label: "Dec", Number: 11, Counts: []int{0, 0}, Says: "none"},
			{Name: "January 2026", Label: "Jan", Group: "2026", Number: 0, Counts: []int{0, 1}, Says: `1 <incident> & "more"`},
			{Name: "February 2026", Label: "Feb", Number: 1, Counts: []int{0, 0}},
		},
		Every: []int{1, 2, 3, 6, 12},
	}
}

func someLengths() Spread {
	return Spread{
		ID: "detect", Title: "Time to detect", Desc: "Five lengths.", Scale: NewDurations(7200),
		Dots: []Dot{
			{Seconds: 0, Name: "A: at once", URL: "/a/"}, {Seconds: 61, Name: "B: 1 min", URL: "/b/"}, {Seconds: 62, Name: "C: 1 min", Hollow: true},
			{Seconds: 600, Name: "D: 10 min", URL: "/d/"}, {Seconds: 7200, Name: "E: 2 h", URL: "/e/"},
		},
		Box: &Box{Low: 0, Q1: 61, Median: 62, Q3: 600, High: 7200},
	}
}

func TestGolden(t *testing.T) {
	golden(t, "columns", fewMonths().SVG())
	golden(t, "swatch", fewMonths().Swatch(1))
	golden(t, "spread", someLengths().SVG())
	golden(t, "bins", Spread{ID: "x", Title: "T", Desc: "D", Scale: NewDurations(3600), Bins: []Bin{{0, 60, 3, "under 1 min: 3"}, {60, 120, 0, ""}, {120, 240, 12, "2 to 4 min: 12"}}}.SVG())
	golden(t, "bar", Bar(.375))
}

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		max  int
		want []int
	}{
		{0, []int{0, 1}}, {1, []int{0, 1}}, {4, []int{0, 1, 2, 3, 4}}, {5, []int{0, 2, 4, 6}}, {8, []int{0, 2, 4, 6, 8}}, {9, []int{0, 5, 10}},
		{20, []int{0, 5, 10, 15, 20}}, {21, []int{0, 10, 20, 30}}, {100, []int{0, 50, 100}}, {10000, []int{0, 5000, 10000}},
	} {
		if got := ticks(test.max); !slices.Equal(got, test.want) {
			t.Errorf("ticks(%d) = %v, want %v", test.max, got, test.want)
		}
	}
	for max := range 5000 {
		list := ticks(max)
		last := list[len(list)-1]
		if last < max || len(list) > 5 || len(list) < 2 || last > 2*max+1 {
			t.Fatalf("ticks(%d) = %v", max, list)
		}
	}
}

func TestDurations(t *testing.T) {
	for _, test := range []struct {
		longest float64
		want    string
	}{
		{0, "1 min, 10 min, 1 h"},
		{3600, "1 min, 10 min, 1 h"},
		{3601, "1 min, 10 min, 1 h, 6 h"},
		{25 * 3600, "1 min, 10 min, 1 h, 6 h, 1 d, 7 d"},
		{20 * 24 * 3600, "1 min, 10 min, 1 h, 6 h, 1 d, 30 d"},
		{1e11, "1 min, 1 h, 1 d, 30 d, 10 y, 1000 y"},
		{1e13, "1 min, 1 h, 1 d, 30 d, 10 y, 1000 y"},
	} {
		d := NewDurations(test.longest)
		var labels []string
		for _, tick := range d.Ticks {
			labels = append(labels, tick.Label)
		}
		if got := strings.Join(labels, ", "); got != test.want {
			t.Errorf("up to %v: %s, want %s", test.longest, got, test.want)
		}
	}
	d := NewDurations(3600)
	for seconds, want := range map[float64]float64{-1: 0, 0: 0, 30: 2.5, 60: 5, 3600: 100, 1e9: 100, math.NaN(): 0, math.Inf(1): 100, math.Sqrt(60 * 3600): 52.5} {
		if got := d.at(seconds); math.Abs(got-want) > 1e-9 {
			t.Errorf("%v s is at %v %%, want %v", seconds, got, want)
		}
	}
}

// TestLabels tells that labels of time do not touch each other in the narrowest
// drawing, and that those that are left are the round ones.
func TestLabels(t *testing.T) {
	for _, test := range []struct {
		months int
		want   string
	}{
		{12, "Jan 2025 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"},
		{16, "Jan 2025 Mar May Jul Sep Nov Jan 2026 Mar"},
		{24, "Jan 2025 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan 2026 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"},
		{60, "Jan 2025 Apr Jul Oct Jan 2026 Apr Jul Oct Jan 2027 Apr Jul Oct Jan 2028 Apr Jul Oct Jan 2029 Apr Jul Oct"},
	} {
		c := Columns{ID: "m", Series: []Series{{"all", "ink"}}, Every: []int{1, 2, 3, 6, 12}}
		for n := range test.months {
			col := Column{Label: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"[n%12*4:][:3], Number: n % 12, Counts: []int{1}}
			if n%12 == 0 {
				col.Group = strconv.Itoa(2025 + n/12)
			}
			c.Columns = append(c.Columns, col)
		}
		_, labels, _ := strings.Cut(string(c.SVG()), `class="labels"`)
		labels, _, _ = strings.Cut(labels, "</g>")
		var got []string
		for _, part := range strings.Split(labels, "</text>") {
			if i := strings.LastIndexByte(part, '>'); i >= 0 && part[i+1:] != "" {
				got = append(got, part[i+1:])
			}
		}
		if text := strings.Join(got, " "); text != test.want {
			t.Errorf("%d months: %s, want %s", test.months, text, test.want)
		}
	}
}

// TestWhatever draws all sorts of numbers. The drawing is well-formed, everything
// in it lies within it, and no text breaks out of its place.
func TestWhatever(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	hostile := `"'></title><script>alert(1)</script>&`
	for range 300 {
		c := Columns{ID: "c", Title: hostile, Desc: hostile, Every: []int{1, 2, 5}}
		for range 1 + r.IntN(9) {
			c.Series = append(c.Series, Series{hostile, "ink"})
		}
		for n := range r.IntN(80) {
			col := Column{Name: hostile, Label: hostile[:r.IntN(10)], Group: hostile[:r.IntN(3)], Number: n, Says: hostile, URL: hostile[:r.IntN(5)]}
			for range c.Series {
				col.Counts = append(col.Counts, max(0, r.IntN(1<<r.IntN(30))-1))
			}
			c.Columns = append(c.Columns, col)
		}
		within(t, c.SVG())

		s := Spread{ID: "s", Title: hostile, Desc: hostile, Scale: NewDurations(math.Pow(10, r.Float64()*14))}
		any := func() float64 {
			return []float64{0, 59, 60, math.NaN(), math.Inf(1), math.Pow(10, r.Float64()*14), 3600}[r.IntN(7)]
		}
		if r.IntN(2) == 0 {
			for range r.IntN(200) {
				s.Dots = append(s.Dots, Dot{any(), r.IntN(2) == 0, hostile, hostile[:r.IntN(3)]})
			}
		} else {
			for range 1 + r.IntN(20) {
				s.Bins = append(s.Bins, Bin{any(), any(), r.IntN(100), hostile})
			}
		}
		if r.IntN(2) == 0 {
			s.Box = &Box{any(), any(), any(), any(), any()}
		}
		within(t, s.SVG())
		within(t, Bar(r.Float64()*3-1))
		within(t, Bar(math.NaN()))
	}
}

// within fails the test when a drawing is not well-formed or has something outside
// of it.
func within(t *testing.T, s SVG) {
	t.Helper()
	for _, bad := range []string{"NaN", "Inf", "<script", "style="} {
		if strings.Contains(string(s), bad) {
			t.Fatalf("the drawing holds %s:\n%s", bad, s)
		}
	}
	d := xml.NewDecoder(strings.NewReader(string(s)))
	height, defs := 0.0, false
	ids := map[string]bool{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, s)
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "defs" {
			defs = false
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		defs = defs || e.Name.Local == "defs"
		a := map[string]float64{}
		for _, attr := range e.Attr {
			if attr.Name.Local == "id" {
				if ids[attr.Value] {
					t.Fatalf("the id %s is there twice", attr.Value)
				}
				ids[attr.Value] = true
			}
			n, err := strconv.ParseFloat(strings.TrimSuffix(attr.Value, "%"), 64)
			if err != nil {
				continue
			}
			a[attr.Name.Local] = n
			if strings.HasSuffix(attr.Value, "%") && (n < 0 || n > 100) {
				t.Fatalf("%s of <%s> is %s", attr.Name.Local, e.Name.Local, attr.Value)
			}
		}
		if height == 0 {
			height = a["height"]
		}
		if defs {
			continue
		}
		if a["x"]+a["width"] > 100.1 && e.Name.Local != "svg" && a["width"] > 14 {
			t.Fatalf("<%s> ends at %v %%", e.Name.Local, a["x"]+a["width"])
		}
		for _, key := range []string{"y", "y1", "y2", "cy"} {
			if y, has := a[key]; has && (y < -1 || y+0 > height || key == "y" && y+a["height"] > height+.2) {
				t.Fatalf("%s of <%s> is %v in a drawing %v high: %v\n%s", key, e.Name.Local, y, height, e.Attr, s)
			}
		}
	}
}

func ExampleBar() {
	fmt.Println(Bar(.5))
	// Output: <svg class="drawing bar" width="100%" height="12" aria-hidden="true"><rect class="track" width="100%" height="12"/><rect class="share" width="50%" height="12"/></svg>
}
