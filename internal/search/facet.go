package search

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"math/bits"
	"slices"
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
// What else is counted beside the results has a file for each field,
// search/field/NAME.bin, which is fetched once somebody sees the counts, or for a
// filter that needs it. It is
//
//	"DF4" and the generation
//	length in bytes of what follows next: a facetHead in JSON, compressed with gzip
//	by the coder, the column of its field
//
// The values of the fields that are not in search/facets.bin are in
// search/names.json too, a facetNames, with the names of glossary terms, to suggest
// them. Fields that are not counted have their columns in search/labels.bin,
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
	inFacets = ""
	inOwn    = "own"
	inLabels = "labels"
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
	{"service", inOwn, func(d *Document) []string { return d.Services }},
	{"factor", inOwn, func(d *Document) []string { return d.Factors }},
	{"status", inLabels, func(d *Document) []string { return known(d.Status) }},
	{"tag", inLabels, func(d *Document) []string { return d.Tags }},
}

// facetFiles are all these files.
type facetFiles struct {
	facets, labels, names []byte
	own                   map[string][]byte // by path
}

func (l *Lists) makeFacets() facetFiles {
	var head facetHead
	own := map[string][]byte{}
	names := facetNames{Generation: l.current(), Fields: []facetField{}, Terms: [][2]string{}}
	columns, labels := newEncoder(nil, numberKinds), newEncoder(l.head(facetMagic), 0)
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
		if f.in == inFacets {
			field.encode(columns, column)
			head.Fields = append(head.Fields, field.uncounted())
			continue
		}
		head.Fields = append(head.Fields, facetField{Field: f.name, In: f.in})
		field.In = f.in
		names.Fields = append(names.Fields, field)
		if f.in == inLabels {
			field.encode(labels, column)
		} else {
			alone := newEncoder(nil, 0)
			field.encode(alone, column)
			own[fieldPath(f.name)] = l.headed(facetHead{[]facetField{field.uncounted()}}, alone)
		}
	}
	terms, _ := json.Marshal(names)
	return facetFiles{l.headed(head, columns), labels.end(), terms, own}
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

// uncounted is the field without what only suggestions need.
func (f facetField) uncounted() facetField {
	f.N, f.In = nil, ""
	return f
}

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
