package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"debrief/internal/search"
)

func searchCommand(c console) *cobra.Command {
	var src source
	o := searchOptions{limit: 10}
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Find pages by their words",
		Long: `search ranks the pages for a query, in the same order as the search page of
the site. The query is

  words              wished for, the more of them the better
  "exact phrase"     demanded
  -word, -"phrase"   not to be there
  service:a,b        one of these values; also severity: tag: factor: status:
                     year: is:incident|playbook|term|page
  after:2026-01      on or after its first day; before:2026-03-12

Several filters must all be met. An index is kept in the user's cache folder and
made anew when the content has changed.`,
		Example: `  debrief search relocalisation after key rotation
  debrief search certificate severity:SEV1,SEV2 year:2026
  debrief search --url https://kb.example.org/ boot loop
  debrief search --file crash.log`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.query = asQuery(args)
			if err := o.check(cmd, args); err != nil {
				return err
			}
			if o.file != "" {
				if err := o.readFile(cmd, c); err != nil {
					return err
				}
			}
			return o.run(cmd, c, src)
		},
	}
	src.flags(cmd)
	f := cmd.Flags()
	f.IntVar(&o.limit, "limit", 10, "how many pages to show")
	f.BoolVar(&o.json, "json", false, "print JSON")
	f.IntVar(&o.open, "open", 0, "open the page of this result in the browser")
	f.StringVar(&o.url, "url", "", "address of a published site, to search that one")
	f.StringVar(&o.file, "file", "", "look for what a log says, - for standard input")
	_ = cmd.MarkFlagFilename("file")
	return cmd
}

// searchOptions are the flags of search.
type searchOptions struct {
	query     string
	limit     int
	json      bool
	open      int
	url, file string
	log       []string // the telling lines of the file
}

func (o *searchOptions) check(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 && o.file == "":
		return usage(cmd, errors.New("the query is missing"))
	case o.limit < 1:
		return usage(cmd, errors.New("--limit must be at least 1"))
	case cmd.Flags().Changed("open") && o.open < 1:
		return usage(cmd, errors.New("--open must be at least 1"))
	}
	return nil
}

// asQuery puts the words of the command line together. Of several, one that has
// spaces was in quotes, which the shell has taken away.
func asQuery(args []string) string {
	words := slices.Clone(args)
	for i, w := range words {
		sign, rest := "", strings.TrimSpace(w)
		if after, ok := strings.CutPrefix(rest, "-"); ok {
			sign, rest = "-", after
		}
		if len(args) > 1 && strings.Contains(rest, " ") && !strings.ContainsAny(rest, "\":") {
			words[i] = sign + `"` + rest + `"`
		}
	}
	return strings.Join(words, " ")
}

// maxLog is how much of a log is looked at, in bytes: its end, where the crash is.
const maxLog = 8 << 20

// tail keeps the end of what is written to it.
type tail struct {
	kept []byte // up to twice as much, so that little is copied
	cut  bool
}

// Write adds to the end. It never fails.
func (t *tail) Write(p []byte) (int, error) {
	if t.kept = append(t.kept, p...); len(t.kept) > 2*maxLog {
		t.trim()
	}
	return len(p), nil
}

// trim leaves what is to be looked at.
func (t *tail) trim() {
	if extra := len(t.kept) - maxLog; extra > 0 {
		t.kept, t.cut = slices.Delete(t.kept, 0, extra), true
	}
}

// readFile adds the telling lines of a log to the query.
func (o *searchOptions) readFile(cmd *cobra.Command, c console) error {
	in := cmd.InOrStdin()
	if o.file != "-" {
		f, err := os.Open(o.file)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	var log tail
	if _, err := io.Copy(&log, in); err != nil {
		return err
	}
	if log.trim(); log.cut {
		fmt.Fprintln(c.err, "only the end of the log is looked at")
	}
	if bytes.IndexByte(log.kept, 0) < 0 {
		o.log = search.Telling(string(log.kept))
	}
	if len(o.log) == 0 {
		return hintError{fmt.Errorf("%s holds no words to look for", o.file), "name a text file, such as a log"}
	}
	for _, l := range o.log {
		fmt.Fprintf(c.err, "looking for: %s\n", clean(l))
	}
	return nil
}

// run asks and prints.
func (o *searchOptions) run(cmd *cobra.Command, c console, src source) error {
	kb, err := o.base(cmd, c, src)
	if err != nil {
		return err
	}
	defer kb.close()
	var results []result
	answer, err := kb.AskLog(o.log, o.query)
	if err == nil {
		results, err = o.results(kb, answer)
	}
	if err != nil && kb.anew != nil && (search.IsDamaged(err) || search.IsStale(err) || errors.Is(err, errMissing)) {
		again, e := kb.anew(err)
		if e != nil {
			return e
		}
		defer again.close()
		kb = again
		if answer, err = kb.AskLog(o.log, o.query); err == nil {
			results, err = o.results(kb, answer)
		}
	}
	if err != nil {
		return err
	}
	if o.json {
		err = o.printJSON(c, answer, results)
	} else {
		err = o.print(c, answer, results)
	}
	if err != nil {
		return err
	}
	if o.open > 0 && len(results) > 0 {
		if o.open > len(results) {
			return hintError{fmt.Errorf("there is no result %d", o.open), fmt.Sprintf("%d results are shown; see --limit", len(results))}
		}
		if err := open(c, kb, results[o.open-1].URL); err != nil {
			return err
		}
	}
	if len(answer.Hits) == 0 {
		return errFindings
	}
	if kb.errors > 0 && !o.json {
		fmt.Fprintln(c.err, "there are errors in the content; debrief check lists them")
	}
	return nil
}

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
