package search

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzDecode reads damaged files: they are refused, never followed.
func FuzzDecode(f *testing.F) {
	lists := listsOf(f, "en", some...)
	generation := lists.current()
	for _, s := range lists.shards() {
		f.Add(lists.encode(s))
	}
	for _, data := range lists.spell().files {
		raw, err := unpack(data)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		f.Add(data)
	}
	var names facetNames
	if err := json.Unmarshal(lists.facets().names, &names); err != nil {
		f.Fatal(err)
	}
	f.Add(lists.facets().facets)
	for _, data := range lists.facets().own {
		f.Add(data)
	}
	f.Add(lists.facets().labels)
	f.Add([]byte(facetMagic + generation + "\x2c" + `{"fields":[{"field":"kind","values":["x"]}]}` + "\x00\x00\x00\x00\xff\xff\xff\xff\xff\x01"))
	f.Add(lists.encodeLong(lists.terms[0]))
	f.Add([]byte(longMagic + generation + "\x04\x00\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01"))
	f.Add([]byte(shardMagic))
	f.Add([]byte(shardMagic + generation + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Add([]byte(shardMagic + generation + "\x01\x00\x01a\x05\xff\xff\x03"))
	f.Add([]byte(spellingMagic + generation + "\x00\x05aanch\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		refused := func(what string, err error) bool {
			if err != nil && !errors.Is(err, errDamaged) && !errors.Is(err, errStale) {
				t.Errorf("%s: %v", what, err)
			}
			return err != nil
		}
		if s, err := decode(data, generation, 4); !refused("a shard", err) {
			for _, term := range s.terms {
				for _, p := range term.postings {
					if p.doc >= 4 {
						t.Fatalf("a posting names document %d of 4", p.doc)
					}
				}
			}
		}
		_, err := decodeSpellings(data, generation)
		refused("spellings", err)
		_, err = decodeLong(data, generation, 4, 4)
		refused("a long list", err)
		if facets, err := decodeFacets(data, generation, 4); !refused("facets", err) {
			refused("labels", facets.decodeLabels(data, names))
			refused("services", facets.decodeOwn(data, generation, "service"))
			for name, field := range facets.fields {
				for _, list := range field.docs {
					for _, v := range list {
						if v < 0 || v >= len(field.values) {
							t.Fatalf("%s: there is no value %d", name, v)
						}
					}
				}
			}
		}
		_, err = unpack(data)
		refused("packed bytes", err)
		// Whatever file it is taken for, a reader survives it.
		for _, path := range []string{facetsPath, fieldPath("service"), labelsPath, headsPath, spellingPath, numbered(shardFiles, 0), numbered(spellingFiles, 0), metaPath} {
			b, err := Open(func(p string) ([]byte, error) {
				if p == path {
					return data, nil
				}
				return lists.Fetch(p)
			})
			if err != nil {
				continue
			}
			for _, q := range []string{"an", "certifcate", "key rotation year:2026", `"key rotation"`} {
				_, _ = b.Ask(q)
			}
		}
	})
}

// FuzzParse reads anything: it ends, within its limits, and what was read can be
// asked.
func FuzzParse(f *testing.F) {
	lists := listsOf(f, "en", some...)
	for _, q := range []string{"anchor", "rollbacks", "", "\x00", "Größe", "\xff\xfe", strings.Repeat("a ", 1000), "<b>", `"key rot`, "service:a,b -is:x", "after:2026-13", "温度", "温", "Ⱥ.b", "a\n-b \"c", strings.Repeat("a.b.", 400), strings.Repeat("温", 600), "-\u0085", "“x„"} {
		f.Add(q)
	}
	b, err := Open(lists.Fetch)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := parse(text)
		if len(q.words) > maxQueryWords {
			t.Errorf("%q has %d words", text, len(q.words))
		}
		if utf8.RuneCountInString(q.text) > maxQuery {
			t.Errorf("%d characters were read", utf8.RuneCountInString(q.text))
		}
		for _, p := range q.phrases {
			if len(p.words) == 0 {
				t.Errorf("%q has an empty phrase", text)
			}
		}
		for _, x := range q.filters {
			if len(x.values) == 0 {
				t.Errorf("%q has an empty filter", text)
			}
		}
		a, err := b.Ask(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if a.Wished > maxGroups {
			t.Errorf("%q wishes for %d words", text, a.Wished)
		}
		seen := map[int]bool{}
		for i, h := range a.Hits {
			if seen[h.Doc] || h.Score >= 1<<53 {
				t.Errorf("%q: %v", text, a.Hits)
			}
			seen[h.Doc] = true
			if i >= closest && a.Hits[i-1].Score < h.Score {
				t.Errorf("%q: the hits are out of order", text)
			}
			c, err := b.Card(h)
			if err != nil {
				t.Fatal(err)
			}
			whole := ""
			for _, s := range a.Mark(c.Title) {
				whole += s.Text
			}
			if whole != c.Title {
				t.Errorf("%q: the title becomes %q", text, whole)
			}
			a.Excerpt(c)
		}
		if _, err := json.Marshal(a); err != nil {
			t.Error(err)
		}
	})
}
