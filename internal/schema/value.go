package schema

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// What an author may leave empty is null in YAML, so every value may be null but
// those that keep a page back; and as debrief keeps scalars as they are written, a text may look like a number.
var (
	scalar = Types{"string", "number", "boolean", "null"}
	listed = Types{"array", "string", "number", "boolean", "null"}
)

// text is a single value.
func text(description string, examples ...string) *Schema {
	return &Schema{Description: description, Type: scalar, Examples: anys(examples)}
}

// words is a list of words, or one, or some with commas between.
func words(description string, examples ...string) *Schema {
	return &Schema{Description: description, Type: listed, Items: &Schema{Type: Types{"string", "number", "boolean", "null"}, Examples: anys(examples)}}
}

// declared is a list of words that a site has declared, which check holds it to;
// where it has declared none, any will do.
func declared(description string, known []string) *Schema {
	s := words(description)
	if len(known) > 0 {
		s.Items = choice("", known)
	}
	return s
}

// choice is one of a few words, or empty.
func choice(description string, known []string) *Schema {
	s := &Schema{Description: description}
	for _, k := range known {
		s.Enum = append(s.Enum, k)
	}
	for _, k := range known {
		if number.MatchString(k) { // severity: 1
			s.Enum = append(s.Enum, json.Number(k))
		}
	}
	s.Enum = append(s.Enum, "", nil)
	return s
}

var number = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})$`)

// moment is a point in time, or a day, or empty.
func moment(description string) *Schema {
	return &Schema{
		Description: description + " A time with its offset from UTC, or only the day; empty when nobody knows.",
		Type:        Types{"string", "null"}, Examples: []any{"2026-03-12T13:58:00Z", "2026-03-12T14:58:00+01:00", "2026-03-12"},
		Pattern:   `^\s*([0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?([Zz]|[+-][0-9]{2}:[0-9]{2}))?)?)?\s*$`,
		Complaint: "Write 2026-03-12T13:58:00Z, with an offset such as +01:00, or only the day.",
	}
}

// day is a day of the calendar, or empty.
func day(description string) *Schema {
	return &Schema{Description: description, Type: Types{"string", "null"}, Examples: []any{"2026-04-01"},
		Pattern: `^\s*([0-9]{4}-[0-9]{2}-[0-9]{2})?\s*$`, Complaint: "Write the day as 2026-04-01."}
}

// yes is true or false.
func yes(description string) *Schema {
	return &Schema{Description: description, Enum: []any{true, false, "yes", "no", "", nil}}
}

// stated is a value that may not be empty, as nobody can tell then who may see the
// page.
func stated(s *Schema) *Schema {
	s.Enum = slices.DeleteFunc(s.Enum, func(v any) bool { return v == "" || v == nil })
	s.Type = slices.DeleteFunc(s.Type, func(t string) bool { return t == "null" })
	if s.Pattern != "" {
		s.Pattern = strings.Replace(s.Pattern, ")?", ")", 1)
	}
	return s
}

// amount is a whole number that is not negative.
func amount(description string) *Schema {
	zero := 0
	return &Schema{Description: description, Type: Types{"integer", "string", "null"}, Minimum: &zero, Pattern: `^[0-9,_' ]*$`,
		Complaint: "Write a whole number, or leave it out when nobody knows."}
}

// mapping is a group of keys.
func mapping(description string, properties Properties, required ...string) *Schema {
	return &Schema{Description: description, Type: Types{"object", "null"}, Properties: properties, Required: required}
}

// mappings is a list of groups of keys.
func mappings(description string, item *Schema) *Schema {
	item.Type = Types{"object"}
	return &Schema{Description: description, Type: Types{"array", "null"}, Items: item}
}

// instead is a key of another tool that is read as one of debrief's.
func instead(of *Schema, name string) *Schema {
	s := *of
	s.Deprecated, s.Instead = true, "Read as "+name+", which is debrief's own name for it."
	s.Description = "Another name for " + name + "."
	return &s
}

// unused is a key of another tool that is allowed and means nothing.
func unused() *Schema {
	return &Schema{Description: "A key of another tool. debrief keeps it and makes nothing of it.", Deprecated: true, Instead: "It means nothing to debrief."}
}

func anys(list []string) []any {
	var all []any
	for _, s := range list {
		all = append(all, s)
	}
	return all
}
