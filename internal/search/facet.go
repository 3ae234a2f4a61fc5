package search

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// What every document can be filtered by is in search/facets.bin, but for what is
// not counted beside the results: that is in search/labels.bin, which is fetched
// for the filters that need it. Before compression with gzip the first is
//
//	"DF2" and the generation
//	length in bytes of what follows next, a facetHead in JSON
//	for each document: 0 when it has no date, or else the days since the date of
//	    the document before, as a zigzag number, plus 1
//	for each field that is not apart, its column
//
// and the second
//
//	"DF2" and the generation
//	for each field that is apart, its column
//
// A column is, for a field of which no document has more than one value, for each
// document its value's number plus 1, or 0; and for other fields first for each
// document how many values it has, and then all their numbers. Numbers are
// unsigned varints.
const facetMagic = "DF2"

type facetHead struct {
	Fields []facetField `json:"fields"`
	Terms  [][2]string  `json:"terms"` // name and address of glossary terms, to suggest them
}

type facetField struct {
	Field  string   `json:"field"`
	Values []string `json:"values"` // most used first; severities from the worst on
	Single bool     `json:"single,omitempty"`
	Apart  bool     `json:"apart,omitempty"`
	N      []int    `json:"n,omitempty"` // how many documents have each, of fields that are apart
}

// filterFields are the fields by which a query can be narrowed, "service:anchor-api",
// but for the year, which is in the date.
var filterFields = []struct {
	name  string
	apart bool
	of    func(*Document) []string
}{
	{"kind", false, func(d *Document) []string { return []string{d.Kind} }},
	{"severity", false, func(d *Document) []string { return known(d.Severity) }},
	{"service", false, func(d *Document) []string { return d.Services }},
	{"factor", false, func(d *Document) []string { return d.Factors }},
	{"status", true, func(d *Document) []string { return known(d.Status) }},
	{"tag", true, func(d *Document) []string { return d.Tags }},
}

// facetFiles are the two files.
type facetFiles struct {
	facets, labels []byte
}

func (l *Lists) makeFacets() facetFiles {
	head := facetHead{Terms: [][2]string{}}
	var columns, labels []byte
	for _, f := range filterFields {
		field, column := l.column(f.name, f.of)
		if field.Apart = f.apart; f.apart {
			labels = append(labels, column...)
		} else {
			columns, field.N = append(columns, column...), nil
		}
		head.Fields = append(head.Fields, field)
	}
	var days []byte
	last := 0
	for _, d := range l.docs {
		if d.Kind == "term" {
			head.Terms = append(head.Terms, [2]string{d.Title, d.URL})
		}
		day, _, ok := daysOf(d.Date)
		if !ok {
			days = append(days, 0)
			continue
		}
		step := int64(day - last)
		days = binary.AppendUvarint(days, uint64(step<<1^step>>63)+1)
		last = day
	}
	text, _ := json.Marshal(head) // strings, numbers and lists of them
	data := binary.AppendUvarint(append([]byte(facetMagic), l.current()...), uint64(len(text)))
	data = slices.Concat(data, text, days, columns)
	return facetFiles{l.packer.pack(data), l.packer.pack(slices.Concat([]byte(facetMagic), []byte(l.current()), labels))}
}

func known(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// column makes one field. Values that differ in case or signs only are one.
func (l *Lists) column(field string, of func(*Document) []string) (facetField, []byte) {
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
	number := make(map[string]uint64, len(keys))
	f := facetField{Field: field, Values: make([]string, 0, len(keys)), Single: single}
	for i, k := range keys {
		number[k] = uint64(i)
		f.Values = append(f.Values, values[k].name)
		f.N = append(f.N, values[k].n)
	}
	var counts, all []byte
	for _, d := range l.docs {
		var has []uint64
		for _, name := range of(d.Document) {
			if n, ok := number[fold(name)]; ok && !slices.Contains(has, n) {
				has = append(has, n)
			}
		}
		if !single {
			counts = binary.AppendUvarint(counts, uint64(len(has)))
		} else if len(has) == 0 {
			all = append(all, 0)
		}
		for _, n := range has {
			if single {
				n++
			}
			all = binary.AppendUvarint(all, n)
		}
	}
	return f, append(counts, all...)
}

// facets are the columns as a reader uses them.
type facets struct {
	fields map[string]*facet
	days   []int // of each document since 1970, or noDay
	terms  [][2]string
	apart  []*facet // whose columns are not there yet
}

// facet is one field: of each document, the numbers of its values. Those of a
// field that is apart may not be there yet.
type facet struct {
	values []string
	docs   [][]int
	head   facetField
}

const noDay = -1 << 40

// decodeFacets reads search/facets.bin.
func decodeFacets(data []byte, generation string, docs int) (*facets, error) {
	r, err := facetReader(data, generation)
	if err != nil {
		return nil, err
	}
	var head facetHead
	if err := json.Unmarshal(r.bytes(r.number()), &head); err != nil || r.err != nil {
		return nil, errDamaged
	}
	f := &facets{fields: map[string]*facet{}, days: make([]int, docs), terms: head.Terms}
	last := int64(0)
	for i := range docs {
		f.days[i] = noDay
		if n := r.number(); n > 0 && r.err == nil {
			last += int64(n-1)>>1 ^ -int64((n-1)&1)
			f.days[i] = int(last)
			if last < -4e6 || last > 4e6 { // no year that a date is written with
				r.err = errDamaged
			}
		}
	}
	for _, h := range head.Fields {
		column := &facet{values: h.Values, head: h}
		if f.fields[h.Field] = column; !h.Apart {
			column.read(&r, docs)
		} else {
			f.apart = append(f.apart, column)
		}
	}
	if r.err != nil || len(r.data) > 0 {
		return nil, errDamaged
	}
	f.years()
	return f, nil
}

// decodeLabels reads search/labels.bin.
func (f *facets) decodeLabels(data []byte, generation string) error {
	r, err := facetReader(data, generation)
	if err != nil {
		return err
	}
	for _, column := range f.apart {
		column.read(&r, len(f.days))
	}
	if r.err != nil || len(r.data) > 0 {
		return errDamaged
	}
	f.apart = nil
	return nil
}

func facetReader(data []byte, generation string) (reader, error) {
	r := reader{data: data}
	if string(r.bytes(uint64(len(facetMagic)))) != facetMagic {
		return r, errDamaged
	}
	if string(r.bytes(uint64(len(generation)))) != generation {
		return r, errStale
	}
	return r, nil
}

// read reads a column.
func (f *facet) read(r *reader, docs int) {
	counts := make([]uint64, docs)
	for i := range counts {
		if counts[i] = 1; !f.head.Single {
			if counts[i] = r.number(); counts[i] > uint64(len(r.data)) {
				r.err = errDamaged
			}
		}
	}
	f.docs = make([][]int, docs)
	for i := range f.docs {
		for n := counts[i]; n > 0 && r.err == nil; n-- {
			v := r.number()
			if f.head.Single {
				if v == 0 {
					continue
				}
				v--
			}
			if v >= uint64(len(f.values)) {
				r.err = errDamaged
				return
			}
			f.docs[i] = append(f.docs[i], int(v))
		}
	}
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
