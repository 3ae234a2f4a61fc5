package record_test

import (
	"reflect"
	"strings"
	"testing"

	"debrief/internal/record"
)

// TestFields tells that what is explained is what there is. Times and measures are
// explained once.
func TestFields(t *testing.T) {
	once := map[reflect.Type]bool{}
	var got []string
	var walk func(typ reflect.Type, prefix string)
	walk = func(typ reflect.Type, prefix string) {
		switch typ.Kind() {
		case reflect.Pointer:
			walk(typ.Elem(), prefix)
		case reflect.Slice:
			walk(typ.Elem(), prefix+"[]")
		case reflect.Struct:
			if typ == reflect.TypeFor[record.Time]() || typ == reflect.TypeFor[record.Measure]() {
				if once[typ] {
					return
				}
				once[typ] = true
			}
			for i := range typ.NumField() {
				name := typ.Field(i).Tag.Get("json")
				if prefix != "" {
					name = prefix + "." + name
				}
				got = append(got, name)
				walk(typ.Field(i).Type, name)
			}
		}
	}
	walk(reflect.TypeFor[record.Incident](), "")
	var want []string
	for _, f := range record.Fields() {
		want = append(want, f.Name)
		if f.Type == "" {
			t.Errorf("%s has no type", f.Name)
		}
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("the fields are\n%s\nand explained are\n%s", g, w)
	}
}
