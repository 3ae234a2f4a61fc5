package insight_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/insight"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/site"
)

var today = kb.Date{Year: 2026, Month: time.November, Day: 23}

// newSite puts incidents onto a site whose zone is two hours ahead of UTC.
func newSite(t *testing.T, incidents ...kb.Incident) *site.Site {
	t.Helper()
	config := kb.DefaultConfig()
	config.Zone = time.FixedZone("EET", 2*60*60)
	var corpus kb.Corpus
	for n := range incidents {
		i := &incidents[n]
		i.Path = fmt.Sprintf("incidents/%03d.md", n)
		i.ID, i.Title, i.Doc, i.Public = fmt.Sprintf("%03d", n), "An incident", &markdown.Doc{}, true
		corpus.Incidents = append(corpus.Incidents, i)
	}
	s := site.New(corpus, config, site.Options{Today: today}, nil)
	if f := s.Findings(); len(f) > 0 {
		t.Fatal(f)
	}
	return s
}

// at reads a time; an empty one is unknown.
func at(t *testing.T, text string) kb.When {
	t.Helper()
	w, err := kb.ParseWhen(text, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestQuantile(t *testing.T) {
	for _, test := range []struct {
		sorted []float64
		p      float64
		want   float64
	}{
		{[]float64{7}, .5, 7},
		{[]float64{7}, 0, 7},
		{[]float64{7}, 1, 7},
		{[]float64{1, 2}, .5, 1.5},
		{[]float64{1, 2}, .25, 1.25},
		{[]float64{1, 2, 3}, .25, 1.5},
		{[]float64{1, 2, 3, 4}, .25, 1.75}, // what R's quantile(1:4, .25) gives
		{[]float64{1, 2, 3, 4}, .75, 3.25},
		{[]float64{1, 2, 3, 4, 5}, .25, 2},
		{[]float64{1, 10, 100}, .9, 82},
		{[]float64{5, 5, 5, 5}, .3, 5},
	} {
		if got := insight.Quantile(test.sorted, test.p); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("Quantile(%v, %v) = %v, want %v", test.sorted, test.p, got, test.want)
		}
	}
}

func TestSummarise(t *testing.T) {
	if got := insight.Summarise(nil); got != (insight.Summary{}) {
		t.Errorf("of none: %+v", got)
	}
	values := []float64{9, 1, 5, 3, 7}
	if got, want := insight.Summarise(values), (insight.Summary{N: 5, Low: 1, Q1: 3, Median: 5, Q3: 7, High: 9}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if values[0] != 9 {
		t.Error("the numbers were put in order where they stood")
	}
}

func TestPeriods(t *testing.T) {
	m := insight.NewMonth
	for _, test := range []struct {
		first, last insight.Month
		step, n     int
		from        string
	}{
		{m(2026, 3), m(2026, 3), 1, 1, "2026-03-01"},
		{m(2025, 11), m(2026, 2), 1, 4, "2025-11-01"},
		{m(2021, 12), m(2026, 11), 1, 60, "2021-12-01"},
		{m(2021, 11), m(2026, 11), 12, 6, "2021-01-01"},
		{m(1967, 6), m(2026, 1), 12, 60, "1967-01-01"},
		{m(1966, 6), m(2026, 1), 120, 7, "1960-01-01"},
		{m(1628, 8), m(2026, 1), 120, 41, "1620-01-01"},
		{m(79, 8), m(2026, 1), 1200, 21, "0000-01-01"},
	} {
		p := insight.NewPeriods(test.first, test.last, 60, insight.PerMonth, insight.PerYear, insight.PerDecade, insight.PerCentury)
		if p.Step != test.step || p.N != test.n || p.At(0).First().String() != test.from {
			t.Errorf("from %d to %d: %d periods of %d months from %s; want %d of %d from %s", test.first, test.last, p.N, p.Step, p.At(0).First(), test.n, test.step, test.from)
		}
		if p.Of(test.first) != 0 || p.Of(test.last) != p.N-1 || p.Of(p.First-1) != -1 || p.Of(p.At(p.N)) != -1 || p.Of(p.At(p.N)-1) != p.N-1 {
			t.Errorf("%+v puts months where they do not belong", p)
		}
	}
}

func TestQuarters(t *testing.T) {
	p := insight.NewPeriods(insight.NewMonth(2023, 6), insight.NewMonth(2026, 11), 24, insight.PerMonth, insight.PerQuarter)
	if p.Step != 3 || p.N != 15 || p.At(0).First().String() != "2023-04-01" {
		t.Errorf("%+v from %s", p, p.At(0).First())
	}
}

// TestPerPeriod counts starts in the incidents' zone, and leaves room for months
// without any.
func TestPerPeriod(t *testing.T) {
	s := newSite(t,
		kb.Incident{Severity: "SEV1", Started: at(t, "2026-07-31T22:30:00Z")}, // August in its zone
		kb.Incident{Severity: "sev1", Started: at(t, "2026-08-31")},
		kb.Incident{Severity: "SEV3", Started: at(t, "2026-10-01")},
		kb.Incident{Severity: "purple", Started: at(t, "2026-10-02")},
		kb.Incident{Severity: "green", Started: at(t, "2026-10-03")},
		kb.Incident{Started: at(t, "2026-10-04")},
		kb.Incident{Severity: "SEV2"},
	)
	o := insight.PerPeriod(s, s.Incidents, 0)
	want := insight.OverTime{
		Periods:    insight.Periods{First: insight.NewMonth(2026, 8), Step: 1, N: 4},
		Severities: []insight.Grade{{Name: "SEV1", Rank: 1, N: 2}, {Name: "SEV3", Rank: 3, N: 1}, {Name: insight.Other, N: 2}, {N: 1}},
		Counts:     [][]int{{2, 0, 0, 0}, {0, 0, 0, 0}, {0, 1, 2, 1}, {0, 0, 0, 0}},
		Undated:    1,
	}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("got\n%+v\nwant\n%+v", o, want)
	}
	if o := insight.PerPeriod(s, s.Incidents, 2026); o.N != 12 || o.First != insight.NewMonth(2026, 1) {
		t.Errorf("the year has %d months from %s", o.N, o.First.First())
	}
	empty := newSite(t, kb.Incident{})
	if o := insight.PerPeriod(empty, empty.Incidents, 0); o.N != 0 || o.Undated != 1 {
		t.Errorf("without any start: %+v", o)
	}
}

func TestUntil(t *testing.T) {
	hours := func(n int) kb.Length { return kb.Length{Duration: time.Duration(n) * time.Hour, Known: true} }
	for _, test := range []struct {
		name             string
		started, mark    string
		stated           kb.Stated
		want             string
		unknown, negated int
	}{
		{"both", "2026-01-01T10:00:00Z", "2026-01-01T10:05:00Z", kb.Stated{}, "300", 0, 0},
		{"at once", "2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z", kb.Stated{}, "0", 0, 0},
		{"other zones", "2026-01-01T10:00:00+01:00", "2026-01-01T10:00:00Z", kb.Stated{}, "3600", 0, 0},
		{"days alone", "2026-01-01", "2026-01-02", kb.Stated{}, "", 1, 0},
		{"one day alone", "2026-01-01", "2026-01-02T10:00:00Z", kb.Stated{}, "", 1, 0},
		{"stated", "", "", kb.Stated{ToResolve: hours(2)}, "7200 stated", 0, 0},
		{"stated with days", "2026-01-01", "2026-01-02", kb.Stated{ToResolve: hours(2)}, "7200 stated", 0, 0},
		{"the times come first", "2026-01-01T10:00:00Z", "2026-01-01T10:05:00Z", kb.Stated{ToResolve: hours(2)}, "300", 0, 0},
		{"something else stated", "", "", kb.Stated{ToDetect: hours(2)}, "", 1, 0},
		{"the wrong way round", "2026-01-01T10:00:00Z", "2026-01-01T09:59:59Z", kb.Stated{}, "", 0, 1},
		{"nothing", "", "", kb.Stated{}, "", 1, 0},
		{"longer than a Duration", "1628-08-10T16:00:00Z", "1961-04-24T12:00:00Z", kb.Stated{}, "10499054400", 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, kb.Incident{Started: at(t, test.started), Resolved: at(t, test.mark), Stated: test.stated})
			l := insight.Until(s.Incidents, kb.MarkResolved)
			got := ""
			for _, k := range l.Known {
				got = fmt.Sprintf("%.0f", k.Seconds)
				if k.Stated {
					got += " stated"
				}
			}
			if got != test.want || l.Unknown != test.unknown || l.Negative != test.negated {
				t.Errorf("%q, %d unknown, %d negative; want %q, %d, %d", got, l.Unknown, l.Negative, test.want, test.unknown, test.negated)
			}
		})
	}
}

func TestBins(t *testing.T) {
	var l insight.Lengths
	for _, seconds := range []float64{0, 59, 60, 120, 1e12, 3600} {
		l.Known = append(l.Known, insight.Length{Seconds: seconds})
	}
	var got []string
	n := 0
	for _, b := range l.Bins() {
		if n += b.N; b.N > 0 {
			got = append(got, fmt.Sprintf("%.0f-%.0f:%d", b.From, b.To, b.N))
		}
	}
	if want := "0-60:2 60-120:1 120-240:1 3600-7200:1 1769472000-86400000000:1"; strings.Join(got, " ") != want || n != len(l.Known) {
		t.Errorf("bins %v, want %s", got, want)
	}
	if (insight.Lengths{}).Bins() != nil {
		t.Error("nothing has bins")
	}
	if b := (insight.Lengths{Known: l.Known[2:3]}).Bins(); len(b) != 1 {
		t.Errorf("one length has %d bins", len(b))
	}
}

func TestTally(t *testing.T) {
	s := newSite(t, kb.Incident{Trigger: "load"}, kb.Incident{Trigger: "Load "}, kb.Incident{Trigger: "load"}, kb.Incident{Trigger: "Expiry"}, kb.Incident{Trigger: "data"}, kb.Incident{}, kb.Incident{Trigger: " "})
	got := insight.TallyOf(s.Incidents, func(i *kb.Incident) string { return i.Trigger })
	want := insight.Tally{Words: []insight.Word{{Name: "load", N: 3}, {Name: "Expiry", N: 1}, {Name: "data", N: 1}}, Without: 2}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestInvolvedAndPairs(t *testing.T) {
	s := newSite(t,
		kb.Incident{Services: []string{"edge", "Login"}, Factors: []string{"no limit"}},
		kb.Incident{Services: []string{"login", "login"}, Factors: []string{"no limit", "expiry"}},
		kb.Incident{Services: []string{"login"}},
		kb.Incident{Factors: []string{"No Limit"}},
	)
	name := func(list []insight.Involved) string {
		var names []string
		for _, v := range list {
			names = append(names, fmt.Sprint(v.Group.Name, " ", v.N))
		}
		return strings.Join(names, ", ")
	}
	services, without := insight.MostInvolved(s.Taxonomy("services"), s.Incidents, func(i *kb.Incident) []string { return i.Services })
	if got := name(services); got != "login 3, edge 1" || without != 1 {
		t.Errorf("services %s; %d without", got, without)
	}
	factors, without := insight.MostInvolved(s.Taxonomy("factors"), s.Incidents, func(i *kb.Incident) []string { return i.Factors })
	if got := name(factors); got != "no limit 3, expiry 1" || without != 1 {
		t.Errorf("factors %s; %d without", got, without)
	}
	p := insight.Pairs(s, s.Incidents, factors, services)
	if want := [][]int{{2, 1}, {1, 0}}; !reflect.DeepEqual(p.Counts, want) {
		t.Errorf("pairs %v, want %v", p.Counts, want)
	}
	if row, column, n, others := p.Most(); row != 0 || column != 0 || n != 2 || others != 0 {
		t.Errorf("most often together: %d %d %d %d", row, column, n, others)
	}
	if got := p.Expected(0, 0, 4); got != 2.25 {
		t.Errorf("expected by chance %v, want 2.25", got)
	}
}

func TestActions(t *testing.T) {
	date := func(text string) kb.Date {
		if text == "" {
			return kb.Date{}
		}
		d, err := kb.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	action := func(kind, status, due, closed string) kb.Action {
		return kb.Action{Type: kb.ActionType(kind), Status: kb.ActionStatus(status), Due: date(due), Closed: date(closed)}
	}
	s := newSite(t,
		kb.Incident{Started: at(t, "2026-07-30"), Resolved: at(t, "2026-08-15T23:00:00Z"), Actions: []kb.Action{
			action("prevent", "open", "2026-09-30", ""),           // late from October on: on the last of September it is not yet
			action("prevent", "done", "2026-08-20", "2026-10-02"), // late in August and September
			action("detect", "declined", "", "2026-08-20"),
			action("", "proposed", "", ""),
			action("", "done", "", ""),           // nobody knows when
			action("", "done", "", "2026-08-01"), // before the incident was over
		}},
		kb.Incident{Started: at(t, "2026-11-01"), Actions: []kb.Action{action("", "open", "2026-11-22", "")}},
		kb.Incident{Actions: []kb.Action{action("safety", "open", "2020-01-01", ""), action("detect", "done", "", "2026-11-02")}},
	)
	got := insight.ActionsOf(s, s.Incidents)
	want := insight.Actions{
		Periods: insight.Periods{First: insight.NewMonth(2026, 8), Step: 1, N: 4},
		Types:   []kb.ActionType{"prevent", "detect", ""},
		Left:    [][]int{{2, 0, 1}, {2, 0, 1}, {1, 0, 1}, {1, 0, 2}},
		Closed:  [][]int{{0, 1, 1}, {0, 0, 0}, {1, 0, 0}, {0, 1, 0}},
		Overdue: [][]int{{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 1}},
		Total:   9, Settled: 5, Open: 3, Proposed: 1, OverdueNow: 3, ClosedUndated: 1, Undated: 1,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if a := insight.ActionsOf(s, nil); !reflect.DeepEqual(a, insight.Actions{}) {
		t.Errorf("of no incidents: %+v", a)
	}
}

// TestActionsToday tells that the last period agrees with the counts of today,
// whatever the days are.
func TestActionsToday(t *testing.T) {
	days := []string{"1999-12-31", "2026-10-31", "2026-11-01", "2026-11-22", "2026-11-23", "2026-11-24", "2031-01-01"}
	var incidents []kb.Incident
	for _, opened := range days {
		for _, due := range append(days, "") {
			d := kb.Date{}
			if due != "" {
				d, _ = kb.ParseDate(due)
			}
			incidents = append(incidents, kb.Incident{Started: at(t, opened), Actions: []kb.Action{{Status: kb.ActionOpen, Due: d}}})
		}
	}
	s := newSite(t, incidents...)
	for n := range incidents {
		list := s.Incidents[n:]
		a := insight.ActionsOf(s, list)
		if left, late := a.Left[a.N-1], a.Overdue[a.N-1]; !slices.Equal(left, []int{a.Open + a.Proposed}) || !slices.Equal(late, []int{a.OverdueNow}) {
			t.Errorf("from %d on: %v left and %v overdue in the last period, %d and %d today", n, left, late, a.Open+a.Proposed, a.OverdueNow)
		}
	}
}
