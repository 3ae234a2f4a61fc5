package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/site"
)

// vocabulary is the words that a key of the front matter has on a site.
type vocabulary struct {
	one      string   // what a word of it is: "service"
	keys     []string // of the front matter
	of       func(*kb.Incident) []string
	declared []string // in site.yaml
	folded   bool     // words that differ in case only are one on the site
}

func vocabularies(c kb.Config) []vocabulary {
	services := make([]string, len(c.Services))
	for n, s := range c.Services {
		services[n] = s.ID
	}
	return []vocabulary{
		{"service", []string{"services", "service", "product"}, func(i *kb.Incident) []string { return i.Services }, services, true},
		{"factor", []string{"factors", "contributing_factors", "categories"}, func(i *kb.Incident) []string { return i.Factors }, kb.IDs(c.Factors), true},
		{"tag", []string{"tags", "keywords"}, func(i *kb.Incident) []string { return i.Tags }, nil, true},
		{"component", []string{"components"}, func(i *kb.Incident) []string { return i.Components }, nil, false},
		{"platform", []string{"platforms"}, devices, nil, false},
		{"organisation", []string{"organisation", "organization", "company"}, func(i *kb.Incident) []string {
			if i.Organisation == "" {
				return nil
			}
			return []string{i.Organisation}
		}, nil, false},
	}
}

func devices(i *kb.Incident) []string {
	var list []string
	for _, p := range i.Platforms {
		if p.Device != "" && !slices.Contains(list, p.Device) {
			list = append(list, p.Device)
		}
	}
	return list
}

// spelling is a way in which a word is written.
type spelling struct {
	word     string
	n        int         // incidents that write it so
	first    *site.Entry // the first of them, in path order
	declared bool
}

// words checks the words of the site's vocabularies: those that look like another
// one, and those that site.yaml should have and has not. Each is reported once, at
// the first incident that has it.
func words(s *site.Site, findings *[]diag.Finding) {
	for _, v := range vocabularies(s.Config) {
		byWord := map[string]*spelling{}
		for _, w := range v.declared {
			byWord[w] = &spelling{word: w, declared: true}
		}
		for _, e := range s.Entries {
			if e.Incident == nil {
				continue
			}
			for _, w := range v.of(e.Incident) {
				sp := byWord[w]
				if sp == nil {
					sp = &spelling{word: w}
					byWord[w] = sp
				}
				if sp.n++; sp.first == nil {
					sp.first = e
				}
			}
		}
		alike := map[string][]*spelling{}
		for _, sp := range byWord {
			key := kb.Squash(sp.word)
			alike[key] = append(alike[key], sp)
		}
		for _, list := range alike {
			v.check(list, findings)
		}
	}
}

// check reports what is wrong with the spellings of one word.
func (v vocabulary) check(list []*spelling, findings *[]diag.Finding) {
	slices.SortFunc(list, func(a, b *spelling) int { // the one to keep comes first
		switch {
		case a.declared != b.declared:
			if a.declared {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.word, b.word))
	})
	keep := list[0]
	if len(v.declared) > 0 && !keep.declared {
		v.add(findings, diag.Warning, "undeclared-"+v.one, keep, fmt.Sprintf("the %s %s is not declared in site.yaml; %s", v.one, keep.word, name(keep.n)),
			orDeclare(keep.word, v))
	}
	for _, sp := range list[1:] {
		if sp.n == 0 {
			continue // two declared ones; reading site.yaml reports that
		}
		level := diag.Warning
		if v.folded && strings.EqualFold(sp.word, keep.word) {
			level = diag.Note // the site takes them for one
		}
		other := fmt.Sprintf("%s in %d", keep.word, keep.n)
		if keep.declared {
			other = keep.word + " in site.yaml"
		}
		v.add(findings, level, "near-duplicate", sp, fmt.Sprintf("the %s is written %s in %s, and %s", v.one, sp.word, plural(sp.n), other), "write "+keep.word+" everywhere")
	}
}

func name(n int) string {
	if n == 1 {
		return "1 incident names it"
	}
	return fmt.Sprintf("%d incidents name it", n)
}

func plural(n int) string {
	if n == 1 {
		return "1 incident"
	}
	return fmt.Sprintf("%d incidents", n)
}

func orDeclare(word string, v vocabulary) string {
	if near := diag.Suggest(word, v.declared); near != "" {
		return fmt.Sprintf("did you mean %q? otherwise add it to %s: in site.yaml", near, v.keys[0])
	}
	return "add it to " + v.keys[0] + ": in site.yaml"
}

func (v vocabulary) add(findings *[]diag.Finding, level diag.Level, rule string, sp *spelling, text, hint string) {
	key := v.keys[0]
	for _, k := range v.keys {
		if _, ok := sp.first.At[k]; ok {
			key = k
			break
		}
	}
	report{e: sp.first, findings: findings}.add(level, rule, key, text, hint)
}
