package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestParse reads queries: words, phrases, filters, each turned round or not.
func TestParse(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"anchor", "anchor…"},
		{"anchor ", "anchor"},
		{"Anchor ROTATION ", "anchor rotation"},
		{"anchor anchor anchors ", "anchor anchors"},
		{"key-rotation ", "key rotation"},
		{"can't node.js max_connections ", "can't node.js max_connections"},
		{"-drill anchor ", "-drill anchor"},
		{"- drill ", "drill"},
		{"--drill ", "drill"},
		{`"map rejected" -drill`, `-drill "map rejected"`},
		{`“map rejected”`, `"map rejected"`},
		{`„map rejected“`, `"map rejected"`},
		{`-"map rejected"`, `-"map rejected"`},
		{`"map rejected`, `"map rejected"`},
		{`map "`, "map"},
		{`""`, ""},
		{"service:anchor-api", "[service anchor-api]"},
		{"service:anchor-api,session", "[service anchor-api|session]"},
		{"services:a sev:SEV1 tags:x factors:y", "[service a] [severity SEV1] [tag x] [factor y]"},
		{"is:term kind:page", "[kind term] [kind page]"},
		{`service:"Anchor API",x`, "[service Anchor API|x]"},
		{`service:"Anchor API`, "[service Anchor API]"},
		{`service:"Search, EU",x`, "[service Search, EU|x]"},
		{`service:"Search, EU`, "[service Search, EU]"},
		{`service:,x,,"y`, "[service x|y]"},
		{"-service:a", "-[service a]"},
		{"SERVICE:a", "[service a]"},
		{"service: a ", "service a"},
		{"service:", "service"},
		{"service:,,", ""},
		{"servce:a", "[? a]"},     // nearly a name: said to be none
		{"wibble:a ", "wibble a"}, // no name at all
		{"http://host/x ", "http host x"},
		{"14:21 ", "14 21"},
		{"constructor:x ", "constructor x"},
		{"after:2026-01-01 before:2026-03", "[after 2026-01-01] [before 2026-03]"},
		{"one two\nthree -four \"five six\" service:a", "one two three four five six service"}, // pasted
		{"a1b2c3d4 7f3a 10.0.0.1\nERROR anchor", "error anchor"},                               // numbers in it say nothing
		{"anchor\n", "anchor"},
		{"anchor\ufeff", "anchor"},
		{"anchor\u00a0drift\u0085x", "anchor drift x…"},
	}
	for _, test := range tests {
		if got := inWords(parse(test.text)); got != test.want {
			t.Errorf("%q is read as %s, want %s", test.text, got, test.want)
		}
	}
}

func inWords(q query) string {
	var list []string
	sign := func(not bool, s string) {
		if not {
			s = "-" + s
		}
		list = append(list, s)
	}
	for _, w := range q.words {
		text := w.text
		if !w.not && w.text == q.typing {
			text += "…"
		}
		sign(w.not, text)
	}
	for _, p := range q.phrases {
		sign(p.not, `"`+p.text+`"`)
	}
	for _, f := range q.filters {
		name := f.name
		if name == "" {
			name = "?"
		}
		sign(f.not, fmt.Sprintf("[%s %s]", name, strings.Join(f.values, "|")))
	}
	return strings.Join(list, " ")
}

// TestFilters narrows by fields, and says what it could not take.
func TestFilters(t *testing.T) {
	b := baseOf(t, "en", some...)
	tests := []struct {
		query string
		want  string // keys, sorted
		notes string
	}{
		{"service:session", "anchors cert", ""},
		{"service:anchor-api", "anchors", ""}, // its name is "Anchor API"
		{`service:"anchor api"`, "anchors", ""},
		{"service:session service:runtime", "cert", ""},
		{"service:device-updater,runtime", "boot cert", ""},
		{"-service:session", "boot drift", ""},
		{"sev:sev1", "boot cert", ""},
		{"tag:dns", "anchors cert", ""}, // one of them writes DNS
		{"factor:key_rotation", "anchors", ""},
		{"status:draft", "boot", ""},
		{"year:2026", "anchors boot", ""},
		{"year:2025,2026 -sev:SEV2", "boot cert", ""},
		{"after:2026-03-12", "anchors boot", ""},
		{"before:2026-03-12", "cert", ""},
		{"before:2026-03", "cert", ""},
		{"after:2026-03 before:2026-04", "anchors", ""},
		{"-after:2026", "cert drift", ""},
		{"is:term", "drift", ""},
		{"rotation service:runtime", "cert", ""},
		{"certificate before:2020", "", ""},
		{"service:sesion", "anchors boot cert drift", "value service sesion near session"},
		{"service:sesion,runtime", "cert", "value service sesion near session"},
		{"servce:session", "anchors boot cert drift", "field servce near service"},
		{"after:2026-13-01 certificate ", "cert", "date after 2026-13-01"},
		{"before:2026-2-1", "anchors boot cert drift", "date before 2026-2-1"},
		{"after:2023-02-29", "anchors boot cert drift", "date after 2023-02-29"},
		{"sev:sev9", "anchors boot cert drift", "value sev sev9 near SEV1,SEV2"},
	}
	for _, test := range tests {
		a, got := ask(t, b, test.query)
		slices.Sort(got)
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q finds %q, want %q", test.query, got, test.want)
		}
		if notes := notesOf(a); notes != test.notes {
			t.Errorf("%q notes %q, want %q", test.query, notes, test.notes)
		}
	}
}

func notesOf(a *Answer) string {
	var list []string
	for _, n := range a.Notes {
		s := n.Kind
		for _, part := range []string{n.Field, n.Typed} {
			if part != "" {
				s += " " + part
			}
		}
		if len(n.Near) > 0 {
			s += " near " + strings.Join(n.Near, ",")
		}
		list = append(list, s)
	}
	return strings.Join(list, "; ")
}

// TestPhrases demands words that stand next to each other.
func TestPhrases(t *testing.T) {
	b := baseOf(t, "en", some...)
	tests := []struct{ query, want, notes string }{
		{`"key rotation"`, "anchors", ""},
		{`"Key: ROTATION"`, "anchors", ""},
		{`"rotation key"`, "anchors cert", "phrase rotation key"}, // nowhere: its words are wished for
		{`"leader lost quorum"`, "boot", ""},
		{`"the leader"`, "boot", ""}, // with a stop word
		{`"of the"`, "cert drift", ""},
		{`key -"key rotation"`, "cert", ""},
		{`-"key rotation"`, "boot cert drift", ""},
		{`"key rotation" "leader lost quorum"`, "", ""},
		{`"key rotation" is:term`, "", ""},
		{`"err_quorum lost"`, "anchors", ""},
	}
	for _, test := range tests {
		a, got := ask(t, b, test.query)
		slices.Sort(got)
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q finds %q, want %q", test.query, got, test.want)
		}
		if notes := notesOf(a); notes != test.notes {
			t.Errorf("%q notes %q, want %q", test.query, notes, test.notes)
		}
	}
	// Of very many pages only the best are read, and that is said.
	var docs []*Document
	for i := range maxRead + 20 {
		docs = append(docs, doc(fmt.Sprintf("d%03d", i), "T", "The leader lost its quorum."))
	}
	if a, _ := ask(t, baseOf(t, "en", docs...), `"leader lost"`); len(a.Hits) != maxRead || notesOf(a) != "cap" || a.Notes[0].Of != maxRead+20 {
		t.Errorf("of many pages %d are found, %v", len(a.Hits), a.Notes)
	}
}

// TestFacets counts by what the answer can be narrowed.
func TestFacets(t *testing.T) {
	b := baseOf(t, "en", some...)
	tests := []struct{ query, facets, months string }{
		{"key rotation ", "kind: incident 2; severity: SEV1 1, SEV2 1; service: session 2, Anchor API 1, runtime 1; factor: key-rotation 1; year: 2026 1, 2025 1", "2025-11 1, 2026-03 1"},
		{"key rotation service:runtime ", "kind: incident 1; severity: SEV1 1; service: session 2, Anchor API 1, runtime* 1; year: 2025 1", "2025-11 1"},
		{"key rotation year:2026 ", "kind: incident 1; severity: SEV2 1; service: session 1, Anchor API 1; factor: key-rotation 1; year: 2026* 1, 2025 1", "2025-11 1, 2026-03 1"},
		{"after:2026-05", "kind: incident 1; severity: SEV1 1; service: device-updater 1; year: 2026 1", "2025-11 1, 2026-03 1, 2026-05 1"},
		{"drift service:runtime ", "service: runtime* 0", ""},
		{"", "", ""},
	}
	for _, test := range tests {
		a, _ := ask(t, b, test.query)
		var facets, months []string
		for _, f := range a.Facets {
			var values []string
			for _, v := range f.Values {
				on := ""
				if v.On {
					on = "*"
				}
				values = append(values, fmt.Sprintf("%s%s %d", v.Value, on, v.N))
			}
			facets = append(facets, f.Field+": "+strings.Join(values, ", "))
		}
		for _, m := range a.Months {
			months = append(months, fmt.Sprintf("%s %d", m.Month, m.N))
		}
		if got := strings.Join(facets, "; "); got != test.facets {
			t.Errorf("%q has the facets\n%s, want\n%s", test.query, got, test.facets)
		}
		if got := strings.Join(months, ", "); got != test.months {
			t.Errorf("%q has the months %s, want %s", test.query, got, test.months)
		}
	}
}
