package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestEveryValueIsFound asks for every value that a document has: the documents
// with it are found, and no others.
func TestEveryValueIsFound(t *testing.T) {
	docs := append(fillers(3), some...)
	docs = append(docs, doc("old", "Old", "Text.").with(func(d *Document) { d.Date = "1969-12-31" }))
	b := baseOf(t, "en", docs...)
	columns := map[string]func(*Document) []string{
		"is":       func(d *Document) []string { return []string{d.Kind} },
		"severity": func(d *Document) []string { return known(d.Severity) },
		"status":   func(d *Document) []string { return known(d.Status) },
		"service":  func(d *Document) []string { return d.Services },
		"factor":   func(d *Document) []string { return d.Factors },
		"tag":      func(d *Document) []string { return d.Tags },
		"year":     func(d *Document) []string { return known(strings.Split(d.Date, "-")[0]) },
	}
	for field, of := range columns {
		asked := map[string]bool{}
		for _, d := range docs {
			for _, value := range of(d) {
				var want []string
				for _, o := range docs {
					if slices.ContainsFunc(of(o), func(v string) bool { return fold(v) == fold(value) }) {
						want = append(want, o.Key)
					}
				}
				slices.Sort(want)
				query := fmt.Sprintf("%s:%q", field, value)
				asked[query] = true
				a, got := ask(t, b, query)
				slices.Sort(got)
				if !slices.Equal(got, want) || len(a.Notes) > 0 {
					t.Errorf("%s finds %v, want %v; notes %v", query, got, want, a.Notes)
				}
			}
		}
		if len(asked) == 0 {
			t.Errorf("no document has a %s, so that is not tested", field)
		}
	}
	for _, d := range docs {
		if d.Date == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			t.Fatal(err)
		}
		query := "after:" + d.Date + " before:" + day.AddDate(0, 0, 1).Format(time.DateOnly)
		if _, got := ask(t, b, query); !slices.Equal(got, []string{d.Key}) {
			t.Errorf("%s finds %v, want %s", query, got, d.Key)
		}
	}
}

// TestOrderOfValues tells the values that there are: those that are used most
// first, severities from the worst on, and names that differ in case and signs only
// once. A document that names one twice has it once.
func TestOrderOfValues(t *testing.T) {
	var docs []*Document
	for i, d := range []struct {
		severity string
		rank     int
		services string
	}{{"minor", 3, "api,db"}, {"critical", 1, "API"}, {"minor", 3, "db,cache"}, {"odd", 0, "Api,a p i"}, {"major", 2, "db"}, {"", 0, "db,d-b,db"}} {
		one := named(doc(string(rune('a'+i)), "T", "Text."), d.services, "", "")
		one.Severity, one.Rank = d.severity, d.rank
		docs = append(docs, one)
	}
	b := baseOf(t, "en", docs...)
	for _, test := range []struct{ query, all, facets string }{
		{"severity:zzzzzz ", "critical major minor odd", "critical 1, major 1, minor 2, odd 1"},
		{"service:zzzzzz ", "db api a p i cache d-b", "db 4, api 3, a p i 1, cache 1, d-b 1"},
	} {
		a, _ := ask(t, b, test.query)
		if len(a.Notes) != 1 || strings.Join(a.Notes[0].All, " ") != test.all {
			t.Errorf("%s: there is %v, want %s", test.query, a.Notes, test.all)
		}
		field, _, _ := strings.Cut(test.query, ":")
		for _, f := range a.Facets {
			if f.Field != field {
				continue
			}
			var values []string
			for _, v := range f.Values {
				values = append(values, fmt.Sprintf("%s %d", v.Value, v.N))
			}
			if got := strings.Join(values, ", "); got != test.facets {
				t.Errorf("%s is counted as %s, want %s", field, got, test.facets)
			}
		}
	}
}

// TestDaysOf reads dates of three lengths.
func TestDaysOf(t *testing.T) {
	tests := []struct {
		text, first, last string // empty for what is no date
	}{
		{"2026", "2026-01-01", "2026-12-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2026-12", "2026-12-01", "2026-12-31"},
		{"2026-03-12", "2026-03-12", "2026-03-12"},
		{"1969-12-31", "1969-12-31", "1969-12-31"},
		{"1966", "1966-01-01", "1966-12-31"},
		{"0001-01-01", "0001-01-01", "0001-01-01"},
		{"9999", "9999-01-01", "9999-12-31"},
		{"2023-02-29", "", ""}, {"2026-13", "", ""}, {"2026-1", "", ""}, {"26", "", ""}, {"12.3.2026", "", ""}, {"today", "", ""}, {"", "", ""}, {"20260312", "", ""},
	}
	for _, test := range tests {
		first, last, ok := daysOf(test.text)
		switch {
		case ok != (test.first != ""):
			t.Errorf("%q is a date: %v", test.text, ok)
		case ok && (dayText(first) != test.first || dayText(last) != test.last):
			t.Errorf("%q is from %s to %s, want %s to %s", test.text, dayText(first), dayText(last), test.first, test.last)
		}
	}
}

// TestNear suggests values for one that does not exist.
func TestNear(t *testing.T) {
	values := []string{"Anchor API", "session-server", "device-updater", "runtime", "SEV1", "SEV2", "SEV3", "SEV4"}
	tests := []struct{ typed, want string }{
		{"anchor-apy", "Anchor API"},
		{"anchor", "Anchor API"},     // its beginning
		{"server", "session-server"}, // a word of it
		{"runtme", "runtime"},
		{"devise-updatr", "device-updater"}, // two mistakes in a long one
		{"sev9", "SEV1|SEV2|SEV3"},          // at most three
		{"runtime-v2", "runtime"},           // more than there is
		{"kafka", ""},
		{"", ""},
		{"an", ""}, // too short to be a beginning
	}
	for _, test := range tests {
		if got := strings.Join(near(test.typed, values), "|"); got != test.want {
			t.Errorf("near to %q are %s, want %s", test.typed, got, test.want)
		}
	}
}

// TestFold makes names comparable.
func TestFold(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"Anchor API", "anchor-api"}, {"anchor_api", "anchor-api"}, {" anchor  api! ", "anchor-api"}, {"Größe", "größe"}, {"温度", "温度"}, {"!!", ""}, {"", ""},
	} {
		if got := fold(test.name); got != test.want {
			t.Errorf("%q becomes %q, want %q", test.name, got, test.want)
		}
	}
}
