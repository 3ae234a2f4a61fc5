package search

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"debrief/internal/diag"
)

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

// decodeOwn reads the file of one field.
func (f *facets) decodeOwn(data []byte, generation, field string) error {
	head, columns, err := decodeHead(data, generation)
	if err != nil {
		return err
	}
	if len(head.Fields) != 1 || head.Fields[0].Field != field {
		return errDamaged
	}
	return f.decodeColumns(newDecoder(columns, 0), head.Fields)
}

// decodeLabels reads search/labels.bin, whose values are in search/names.json.
func (f *facets) decodeLabels(data []byte, names facetNames) error {
	r, err := openReader(data, facetMagic, names.Generation)
	if err != nil {
		return err
	}
	fields := slices.DeleteFunc(slices.Clone(names.Fields), func(h facetField) bool { return h.In != inLabels })
	if err := f.decodeColumns(newDecoder(r.data, 0), fields); err != nil {
		return err
	}
	for _, field := range f.fields {
		if field.in == inLabels { // and has no column
			return errDamaged
		}
	}
	return nil
}

// decodeColumns reads the columns of all fields that are in a file.
func (f *facets) decodeColumns(d *decoder, fields []facetField) error {
	for _, h := range fields {
		f.fields[h.Field] = &facet{values: h.Values, docs: h.decode(d, len(f.days))}
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
