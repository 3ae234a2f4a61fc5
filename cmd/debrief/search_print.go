package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"debrief/internal/search"
)

// How the answer to a search is printed: for people, and as JSON.

// result is a page that was found, as it is printed.
type result struct {
	search.Card
	Sections *struct{}      `json:"sections,omitempty"` // hides the card's: an excerpt will do
	Title    []search.Span  `json:"-"`
	Excerpt  search.Excerpt `json:"excerpt"`
	Has      int            `json:"has"` // how many of the words
	hidden   bool           // nothing that is printed has a word that was asked for
}

func (o *searchOptions) results(kb *opened, a *search.Answer) ([]result, error) {
	var list []result
	for _, h := range a.Hits[:min(o.limit, len(a.Hits))] {
		card, err := kb.Card(h)
		if err != nil {
			return nil, err
		}
		r := result{Card: card, Title: a.Mark(card.Title), Excerpt: a.Excerpt(card), Has: h.Has}
		marked := func(s search.Span) bool { return s.Marked }
		r.hidden = len(a.Marks) > 0 && !slices.ContainsFunc(slices.Concat(r.Title, r.Excerpt.Spans,
			a.Mark(r.Excerpt.Heading), a.Mark(card.ID), a.Mark(strings.Join(card.Services, ", "))), marked)
		list = append(list, r)
	}
	return list, nil
}

func (o *searchOptions) printJSON(c console, a *search.Answer, results []result) error {
	if results == nil {
		results = []result{}
	}
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Query     string              `json:"query"`
		Log       []string            `json:"log,omitempty"` // the lines that were looked for
		Total     int                 `json:"total"`
		Results   []result            `json:"results"`
		Without   []string            `json:"without,omitempty"`
		Corrected []search.Correction `json:"corrected,omitempty"`
		Notes     []search.Note       `json:"notes,omitempty"`
		Facets    []search.Facet      `json:"facets,omitempty"`
	}{o.query, o.log, len(a.Hits), results, a.Without, a.Corrected, a.Notes, a.Facets})
}

func (o *searchOptions) print(c console, a *search.Answer, results []result) error {
	for _, line := range remarks(a) {
		fmt.Fprintln(c.err, clean(line))
	}
	for i, r := range results {
		c.result(i+1, r)
	}
	if more := len(a.Hits) - len(results); more > 0 {
		fmt.Fprintf(c.out, "%d more; see --limit\n", more)
	}
	if len(a.Hits) == 0 {
		fmt.Fprintln(c.err, "no page matches")
		return nil
	}
	c.facets(a.Facets)
	return nil
}

// remarks say what of a query was not taken as it was written.
func remarks(a *search.Answer) []string {
	var lines []string
	for _, x := range a.Corrected {
		lines = append(lines, fmt.Sprintf("showing results for %q instead of %q, which no page has", x.Taken, x.Typed))
	}
	if len(a.Without) > 0 {
		lines = append(lines, fmt.Sprintf("without: %s, which no page has", strings.Join(a.Without, ", ")))
	}
	for _, n := range a.Notes {
		var line string
		switch n.Kind {
		case "value":
			line = fmt.Sprintf("no %s is called %q", fieldName(n.Field), n.Typed)
		case "field":
			line = fmt.Sprintf("there is no filter %s:", n.Typed)
		case "date":
			line = fmt.Sprintf("%s:%s is no date; write 2026, 2026-03 or 2026-03-12", n.Field, n.Typed)
		case "phrase":
			line = fmt.Sprintf("no page has the phrase %q; these have some of its words", n.Typed)
		case "cap":
			line = fmt.Sprintf("the phrase was looked for in the best %d of %d pages that have its words", n.Read, n.Of)
		}
		if len(n.Near) > 0 {
			line += "; did you mean " + strings.Join(n.Near, " or ") + "?"
		} else if len(n.All) > 0 {
			line += "; there is " + strings.Join(n.All, ", ")
		}
		lines = append(lines, line)
	}
	return lines
}

// fieldName is what a filter is about.
func fieldName(filter string) string {
	if filter == "is" || filter == "kind" {
		return "kind of page"
	}
	return filter
}

func (c console) paint(code, text string) string { return c.style().Paint(code, text) }

// result writes one result.
func (c console) result(n int, r result) {
	fmt.Fprintf(c.out, "%2d. %s\n", n, c.marked(r.Title, "1"))
	var facts []string
	for _, f := range []string{r.Kind, r.Severity, r.Date, strings.Join(r.Services, ", "), "content/" + r.Key} {
		if f != "" {
			facts = append(facts, clean(f))
		}
	}
	fmt.Fprintf(c.out, "    %s\n", c.paint("2", strings.Join(facts, " · ")))
	text := c.marked(r.Excerpt.Spans, "")
	if r.Excerpt.Heading != "" && text != "" {
		text = c.paint("2", clean(r.Excerpt.Heading)+":") + " " + text
	}
	if text != "" {
		fmt.Fprintf(c.out, "    %s\n", text)
	}
	if r.hidden {
		fmt.Fprintf(c.out, "    %s\n", c.paint("2", "found by its front matter: a tag, a factor, another name"))
	}
}

func (c console) marked(spans []search.Span, plain string) string {
	var b strings.Builder
	for _, s := range spans {
		switch {
		case s.Marked:
			b.WriteString(c.paint("1;33", clean(s.Text)))
		case plain != "":
			b.WriteString(c.paint(plain, clean(s.Text)))
		default:
			b.WriteString(clean(s.Text))
		}
	}
	return b.String()
}

// maxFacetValues is how many values of a facet are printed.
const maxFacetValues = 5

// facets writes how the answer can be narrowed.
func (c console) facets(list []search.Facet) {
	names := map[string]string{"kind": "is"}
	first := true
	for _, f := range list {
		if len(f.Values) < 2 {
			continue
		}
		if first {
			fmt.Fprintln(c.out)
			first = false
		}
		name := f.Field
		if other, ok := names[name]; ok {
			name = other
		}
		var values []string
		for _, v := range f.Values[:min(maxFacetValues, len(f.Values))] {
			text := fmt.Sprintf("%s %d", clean(v.Value), v.N)
			if v.On {
				text = c.paint("1", text)
			}
			values = append(values, text)
		}
		if more := len(f.Values) - maxFacetValues; more > 0 {
			values = append(values, fmt.Sprintf("%d more", more))
		}
		fmt.Fprintf(c.out, "    %s %s\n", c.paint("2", fmt.Sprintf("%-9s", name+":")), strings.Join(values, ", "))
	}
}

// clean takes out what would steer the terminal, or turn its lines round.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == 0x2028 || r == 0x2029:
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}

// cleanLines is clean for a text of several lines.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = clean(l)
	}
	return strings.Join(lines, "\n")
}
