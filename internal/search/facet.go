package search

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"math/bits"
	"slices"
	"strings"
	"time"

	"debrief/internal/diag"
)

// What the order of the results depends on, and what little says most about them,
// is in search/facets.bin:
//
//	"DF4" and the generation
//	length in bytes of what follows next: a facetHead in JSON, compressed with gzip
//	by the coder, for each document: 0 when it has no date, or else the days since
//	    the date of the document before, as a zigzag number, plus 1
//	for each field that is there, its column
//
// What else is counted beside the results is in search/involved.bin, which is
// fetched once the results are shown, or for a filter that needs it. It is
//
//	"DF4" and the generation
//	length in bytes of what follows next: a facetHead in JSON, compressed with gzip
//	by the coder, for each of its fields, its column
//
// Fields that are not counted have their values in search/names.json, a facetNames,
// with the names of glossary terms, to suggest them; and their columns in
// search/labels.bin,
//
//	"DF4" and the generation
//	for each of its fields, its column
//
// which is fetched for the filters that need it. A column is, for a field of which
// no document has more than one value, for each document its value's number plus 1,
// or 0; and for other fields how many values it has, and their numbers in order.
const facetMagic = "DF4"

type facetHead struct {
	Fields []facetField `json:"fields"`
}

// The files that fields are in.
const (
	inFacets   = ""
	inInvolved = "involved"
	inLabels   = "labels"
)

type facetNames struct {
	Generation string       `json:"generation"`
	Fields     []facetField `json:"fields"`
	Terms      [][2]string  `json:"terms"` // name and address
}

type facetField struct {
	Field  string   `json:"field"`
	Values []string `json:"values,omitempty"` // most used first; severities from the worst on
	Single bool     `json:"single,omitempty"`
	In     string   `json:"in,omitempty"`
	N      []int    `json:"n,omitempty"` // how many documents have each, of fields in search/names.json
}

// filterFields are the fields by which a query can be narrowed, "service:anchor-api",
// but for the year, which is in the date.
var filterFields = []struct {
	name string
	in   string
	of   func(*Document) []string
}{
	{"kind", inFacets, func(d *Document) []string { return []string{d.Kind} }},
	{"severity", inFacets, func(d *Document) []string { return known(d.Severity) }},
	{"service", inInvolved, func(d *Document) []string { return d.Services }},
	{"factor", inInvolved, func(d *Document) []string { return d.Factors }},
	{"status", inLabels, func(d *Document) []string { return known(d.Status) }},
	{"tag", inLabels, func(d *Document) []string { return d.Tags }},
}

// facetFiles are the four files.
type facetFiles struct {
	facets, involved, labels, names []byte
}

func (l *Lists) makeFacets() facetFiles {
	var head, involved facetHead
	names := facetNames{Generation: l.current(), Fields: []facetField{}, Terms: [][2]string{}}
	columns, more, labels := newEncoder(nil, numberKinds), newEncoder(nil, 0), newEncoder(l.head(facetMagic), 0)
	last := 0
	for _, d := range l.docs {
		if d.Kind == "term" {
			names.Terms = append(names.Terms, [2]string{d.Title, d.URL})
		}
		day, _, ok := daysOf(d.Date)
		if !ok {
			columns.number(0, 0)
			continue
		}
		step := day - last
		columns.number(0, (step<<1^step>>63)+1)
		last = day
	}
	for _, f := range filterFields {
		field, column := l.column(f.name, f.of)
		if f.in == inLabels {
			field.encode(labels, column)
			names.Fields = append(names.Fields, field)
		}
		field.N = nil
		switch f.in {
		case inFacets:
			field.encode(columns, column)
			head.Fields = append(head.Fields, field)
			continue
		case inInvolved:
			field.encode(more, column)
			involved.Fields = append(involved.Fields, field)
		}
		head.Fields = append(head.Fields, facetField{Field: f.name, In: f.in})
	}
	terms, _ := json.Marshal(names)
	return facetFiles{l.headed(head, columns), l.headed(involved, more), labels.end(), terms}
}

// headed is a file that says itself what its columns are of.
func (l *Lists) headed(head facetHead, columns *encoder) []byte {
	text, _ := json.Marshal(head) // strings, numbers and lists of them
	text = l.packer.pack(text)
	data := binary.AppendUvarint(l.head(facetMagic), uint64(len(text)))
	return slices.Concat(data, text, columns.end())
}

// The kinds of bits of a column: those of how many values, and of each value as
// the first, second or further one of one, two or more.
const (
	valueKind     = numberKinds
	mostTold      = 3
	mostValueBits = 20
)

func (f *facetField) size() int  { return bits.Len(uint(len(f.Values))) }
func (f *facetField) kinds() int { return valueKind + mostTold*mostTold<<f.size() }
func (f *facetField) kind(i, of int) int {
	return valueKind + ((min(of, mostTold)-1)*mostTold+min(i, mostTold-1))<<f.size()
}

// encode writes the numbers of the values of each document.
func (f *facetField) encode(e *encoder, column [][]int) {
	e.chances = newChances(f.kinds())
	for _, list := range column {
		if f.Single {
			list = append(list, -1)[:1]
			e.tree(f.kind(0, 1), f.size(), list[0]+1)
			continue
		}
		e.number(0, len(list))
		for i, v := range list {
			e.tree(f.kind(i, len(list)), f.size(), v)
		}
	}
}

func known(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// column makes one field, and the numbers of each document's values in order.
// Values that differ in case or signs only are one.
func (l *Lists) column(field string, of func(*Document) []string) (facetField, [][]int) {
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
	f := facetField{Field: field, Values: make([]string, 0, len(keys)), Single: single}
	for i, k := range keys {
		number[k] = i
		f.Values = append(f.Values, values[k].name)
		f.N = append(f.N, values[k].n)
	}
	column := make([][]int, len(l.docs))
	for i, d := range l.docs {
		for _, name := range of(d.Document) {
			if n, ok := number[fold(name)]; ok && !slices.Contains(column[i], n) {
				column[i] = append(column[i], n)
			}
		}
		slices.Sort(column[i])
	}
	return f, column
}

// facets are the columns as a reader uses them.
type facets struct {
	fields map[string]*facet
	days   []int // of each document since 1970, or noDay
}

// facet is one field: of each document, the numbers of its values. Those of a
// field in another file may not be there yet.
type facet struct {
	values []string
	docs   [][]int
	in     string
}

const noDay = -1 << 40

// decodeFacets reads search/facets.bin.
func decodeFacets(data []byte, generation string, docs int) (*facets, error) {
	head, columns, err := decodeHead(data, generation)
	if err != nil {
		return nil, err
	}
	f := &facets{fields: map[string]*facet{}, days: make([]int, docs)}
	d := newDecoder(columns, numberKinds)
	last := 0
	for i := range f.days {
		f.days[i] = noDay
		if n := d.number(0) - 1; n >= 0 {
			last += n>>1 ^ -(n & 1)
			f.days[i] = last
			if last < -4e6 || last > 4e6 { // no year that a date is written with
				return nil, errDamaged
			}
		}
	}
	for _, h := range head.Fields {
		f.fields[h.Field] = &facet{values: h.Values, in: h.In}
		if h.In == inFacets {
			f.fields[h.Field].docs = h.decode(d, docs)
		}
	}
	if !d.ended() {
		return nil, errDamaged
	}
	f.years()
	return f, nil
}

// decodeHead reads what a file's columns are of, and returns what comes after it.
func decodeHead(data []byte, generation string) (head facetHead, columns []byte, err error) {
	r, err := openReader(data, facetMagic, generation)
	if err != nil {
		return head, nil, err
	}
	text, err := unpack(r.bytes(r.number()))
	if err != nil || r.err != nil || json.Unmarshal(text, &head) != nil {
		return head, nil, errDamaged
	}
	return head, r.data, nil
}

// decodeInvolved reads search/involved.bin.
func (f *facets) decodeInvolved(data []byte, generation string) error {
	head, columns, err := decodeHead(data, generation)
	if err != nil {
		return err
	}
	return f.decodeColumns(newDecoder(columns, 0), head.Fields, inInvolved)
}

// decodeLabels reads search/labels.bin, whose values are in search/names.json.
func (f *facets) decodeLabels(data []byte, names facetNames) error {
	r, err := openReader(data, facetMagic, names.Generation)
	if err != nil {
		return err
	}
	return f.decodeColumns(newDecoder(r.data, 0), names.Fields, inLabels)
}

// decodeColumns reads the columns of all fields that are in a file.
func (f *facets) decodeColumns(d *decoder, fields []facetField, in string) error {
	for _, h := range fields {
		f.fields[h.Field] = &facet{values: h.Values, docs: h.decode(d, len(f.days))}
	}
	for _, field := range f.fields {
		if field.in == in { // and has no column
			return errDamaged
		}
	}
	if !d.ended() {
		return errDamaged
	}
	return nil
}

// decode reads a column. What makes no sense in it is left out, and the coder will
// not come to its end.
func (f *facetField) decode(d *decoder, docs int) [][]int {
	column := make([][]int, docs)
	if f.size() > mostValueBits {
		d.refuse()
		return column
	}
	d.chances = newChances(f.kinds())
	for i := 0; i < docs && !d.damaged(); i++ {
		if f.Single {
			if v := d.tree(f.kind(0, 1), f.size()); v > len(f.Values) {
				d.refuse()
			} else if v > 0 {
				column[i] = []int{v - 1}
			}
			continue
		}
		of := d.number(0)
		for k := 0; k < of && !d.damaged(); k++ {
			v := d.tree(f.kind(k, of), f.size())
			if v >= len(f.Values) || of > len(f.Values) {
				d.refuse()
				break
			}
			column[i] = append(column[i], v)
		}
	}
	return column
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
		far := diag.Distance(letters, []rune(key), limit)
		for part := range strings.SplitSeq(key, "-") { // "anchr" for "anchor-api"
			far = min(far, diag.Distance(letters, []rune(part), limit))
		}
		if far > limit && len(letters) >= 3 && (strings.Contains("-"+key, "-"+typed) || strings.HasPrefix(typed, key+"-")) { // "2021-06", of a year
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
