// Package schema describes the front matter of an incident and the settings of
// a site for editors, as JSON Schema.
//
// It says what package parse reads, in the words of its authors. A test there
// keeps the two together. The dialect is draft-07, the newest one that
// yaml-language-server understands; deprecationMessage is its own addition.
package schema

import (
	"bytes"
	"encoding/json"
)

// Schema is a JSON Schema of draft-07, as far as it is needed here.
type Schema struct {
	Dialect     string      `json:"$schema,omitempty"`
	Title       string      `json:"title,omitempty"`
	Description string      `json:"description,omitempty"`
	Deprecated  bool        `json:"deprecated,omitempty"`
	Instead     string      `json:"deprecationMessage,omitempty"`
	Type        Types       `json:"type,omitempty"`
	Enum        []any       `json:"enum,omitempty"`
	Examples    []any       `json:"examples,omitempty"`
	Pattern     string      `json:"pattern,omitempty"`
	Complaint   string      `json:"patternErrorMessage,omitempty"` // for editors, instead of the pattern
	Minimum     *int        `json:"minimum,omitempty"`
	Properties  Properties  `json:"properties,omitempty"`
	Required    []string    `json:"required,omitempty"`
	Other       *Additional `json:"additionalProperties,omitempty"`
	Items       *Schema     `json:"items,omitempty"`
}

// Types are the types that a value may have. Type applies to the value;
// Properties, Items and Pattern only to values of the type that they are about.
type Types []string

// MarshalJSON writes a single type as a word.
func (t Types) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

// Property is a key and what it may hold.
type Property struct {
	Name string
	*Schema
}

// Properties are written in their own order, which is the one in which editors
// offer them.
type Properties []Property

// Get returns the schema of a key, or nil.
func (p Properties) Get(name string) *Schema {
	for _, one := range p {
		if one.Name == name {
			return one.Schema
		}
	}
	return nil
}

// MarshalJSON writes the properties as an object.
func (p Properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, one := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(one.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(one.Schema)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Additional says what keys beyond the properties may hold: nothing, as they may
// not be there, where Schema is nil.
type Additional struct{ *Schema }

// MarshalJSON writes false or the schema.
func (a Additional) MarshalJSON() ([]byte, error) {
	if a.Schema == nil {
		return []byte("false"), nil
	}
	return json.Marshal(a.Schema)
}

// JSON returns the schema as a file.
func (s *Schema) JSON() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		panic(err) // there is nothing in a Schema that JSON cannot hold
	}
	return b.Bytes()
}

const dialect = "http://json-schema.org/draft-07/schema#"
