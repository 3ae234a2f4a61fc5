package search

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Fields by which a query can be narrowed, "service:anchor-api". The first ones
// are counted beside the results.
var filterFields = []string{"kind", "severity", "service", "factor", "year", "status", "tag"}

// facetFile is the contents of search/facets.json: of every document, what it
// can be filtered by.
type facetFile struct {
	Generation string        `json:"generation"`
	Fields     []facetColumn `json:"fields"`
	Days       []*int        `json:"days"`  // from the day of the document before to that of this one, from 1970 on; null where it has none
	Terms      [][2]string   `json:"terms"` // name and address of glossary terms, to suggest them
}

// facetColumn is one field: its values, and of each document which it has.
type facetColumn struct {
	Field  string   `json:"field"`
	Values []string `json:"values"` // most used first; severities from the worst on
	Docs   []int    `json:"docs"`   // of each document: the number of its values, then each; or, when Single, its value and 1, or 0
	Single bool     `json:"single,omitempty"`
}

func (l *Lists) makeFacets() []byte {
	f := facetFile{Generation: l.current(), Fields: []facetColumn{}, Days: make([]*int, len(l.docs)), Terms: [][2]string{}}
	columns := map[string]func(*Document) []string{
		"kind":     func(d *Document) []string { return []string{d.Kind} },
		"severity": func(d *Document) []string { return known(d.Severity) },
		"service":  func(d *Document) []string { return d.Services },
		"factor":   func(d *Document) []string { return d.Factors },
		"status":   func(d *Document) []string { return known(d.Status) },
		"tag":      func(d *Document) []string { return d.Tags },
	}
	for _, field := range filterFields {
		if of := columns[field]; of != nil {
			f.Fields = append(f.Fields, l.column(field, of))
		}
	}
	last := 0
	for i, d := range l.docs {
		if t, err := time.Parse(time.DateOnly, d.Date); err == nil {
			day := int(t.Unix() / 86400)
			if t.Unix()%86400 < 0 {
				day--
			}
			step := day - last
			f.Days[i], last = &step, day
		}
		if d.Kind == "term" {
			f.Terms = append(f.Terms, [2]string{d.Title, d.URL})
		}
	}
	data, _ := json.Marshal(f) // numbers, strings and lists of them
	return data
}

func known(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// column makes one field. Values that differ in case or signs only are one.
func (l *Lists) column(field string, of func(*Document) []string) facetColumn {
	type value struct {
		name    string
		n, rank int
	}
	values := map[string]*value{}
	single := true
	for _, d := range l.docs {
		list := of(d.Document)
		single = single && len(list) <= 1
		for _, name := range list {
			key := fold(name)
			if key == "" {
				continue
			}
			if values[key] == nil {
				values[key] = &value{name: name}
			}
			values[key].n++
			if field == "severity" {
				values[key].rank = d.Rank
			}
		}
	}
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		x, y := values[a], values[b]
		if field == "severity" && x.rank != y.rank {
			return cmp.Compare(uint(x.rank-1), uint(y.rank-1)) // those without a rank last
		}
		return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(a, b))
	})
	number := make(map[string]int, len(keys))
	c := facetColumn{Field: field, Values: make([]string, 0, len(keys)), Docs: make([]int, 0, len(l.docs)), Single: single}
	for i, k := range keys {
		number[k] = i
		c.Values = append(c.Values, values[k].name)
	}
	for _, d := range l.docs {
		var has []int
		for _, name := range of(d.Document) {
			if n, ok := number[fold(name)]; ok && !slices.Contains(has, n) {
				has = append(has, n)
			}
		}
		switch {
		case !single:
			c.Docs = append(append(c.Docs, len(has)), has...)
		case len(has) == 0:
			c.Docs = append(c.Docs, 0)
		default:
			c.Docs = append(c.Docs, has[0]+1)
		}
	}
	return c
}

// facets are the columns as a reader uses them.
type facets struct {
	fields map[string]*facet
	days   []int // of each document, or noDay
	terms  [][2]string
}

// facet is one field: of each document, the numbers of its values.
type facet struct {
	values []string
	docs   [][]int
}

const noDay = -1 << 40

// decodeFacets reads search/facets.json.
func decodeFacets(data []byte, generation string, docs int) (*facets, error) {
	var file facetFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, errDamaged
	}
	if file.Generation != generation {
		return nil, errStale
	}
	if len(file.Days) != docs {
		return nil, errDamaged
	}
	f := &facets{fields: map[string]*facet{}, days: make([]int, docs), terms: file.Terms}
	for _, c := range file.Fields {
		into := &facet{values: c.Values, docs: make([][]int, docs)}
		at := 0
		for i := range docs {
			n := 1
			if !c.Single {
				if at >= len(c.Docs) || c.Docs[at] < 0 {
					return nil, errDamaged
				}
				n = c.Docs[at]
				at++
			}
			if n > len(c.Docs)-at {
				return nil, errDamaged
			}
			for _, v := range c.Docs[at : at+n] {
				if c.Single {
					v--
				}
				if v >= len(c.Values) || v < -1 {
					return nil, errDamaged
				}
				if v >= 0 {
					into.docs[i] = append(into.docs[i], v)
				}
			}
			at += n
		}
		f.fields[c.Field] = into
	}
	last := 0
	for i, step := range file.Days {
		f.days[i] = noDay
		if step != nil {
			last += *step
			f.days[i] = last
		}
	}
	f.years()
	return f, nil
}

// is tells whether a document is of a kind.
func (f *facets) is(doc int, kind string) bool {
	kinds := f.fields["kind"]
	return kinds != nil && len(kinds.docs[doc]) == 1 && kinds.values[kinds.docs[doc][0]] == kind
}

// years adds the field that is made of the days: the newest first.
func (f *facets) years() {
	into := &facet{docs: make([][]int, len(f.days))}
	var list []string
	for _, day := range f.days {
		if day != noDay {
			list = append(list, dayText(day)[:4])
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	slices.Reverse(list)
	into.values = list
	for i, day := range f.days {
		if day != noDay {
			into.docs[i] = []int{slices.Index(list, dayText(day)[:4])}
		}
	}
	f.fields["year"] = into
}

// dayText is a day since 1970 as a date.
func dayText(day int) string { return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly) }

// days returns the first and the last day of "2026", "2026-03" or "2026-03-12".
func daysOf(text string) (first, last int, ok bool) {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		end := map[string]time.Time{"2006": t.AddDate(1, 0, 0), "2006-01": t.AddDate(0, 1, 0), time.DateOnly: t.AddDate(0, 0, 1)}[layout]
		day := func(t time.Time) int { return int((t.Unix() - ((t.Unix()%86400)+86400)%86400) / 86400) }
		return day(t), day(end) - 1, true
	}
	return 0, 0, false
}

// near returns the values that a mistyped one may stand for, at most three.
func near(typed string, values []string) []string {
	typed = fold(typed)
	letters := []rune(typed)
	limit := 1
	if len(letters) >= longWord {
		limit = 2
	}
	type candidate struct {
		value string
		far   int
	}
	var list []candidate
	for _, v := range values {
		key := fold(v)
		far := distance(letters, []rune(key), limit)
		for part := range strings.SplitSeq(key, "-") { // "anchr" for "anchor-api"
			far = min(far, distance(letters, []rune(part), limit))
		}
		if far > limit && len(letters) >= 3 && (strings.HasPrefix(key, typed) || strings.Contains("-"+key, "-"+typed)) {
			far = limit
		}
		if far <= limit {
			list = append(list, candidate{v, far})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.far, b.far) })
	var found []string
	for _, c := range list[:min(3, len(list))] {
		found = append(found, c.value)
	}
	return found
}
