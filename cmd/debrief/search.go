package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"debrief/internal/diag"
	"debrief/internal/search"
)

func searchCommand(c console) *cobra.Command {
	var src source
	var limit int
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Find pages by their words",
		Long: `search ranks the pages for the words of the query, in the same order as the
search page of the site. Every word is wished for, none is demanded.`,
		Example: "  debrief search relocalisation after key rotation",
		Args:    arguments(1, -1, "the query"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 1 {
				return usage(cmd, fmt.Errorf("--limit must be at least 1"))
			}
			s, _, done, err := src.load(cmd, c)
			if err != nil {
				return err
			}
			defer done()
			lists, err := s.Lists()
			if err != nil {
				return err
			}
			answer := lists.Query(strings.Join(args, " "))
			for i, hit := range answer.Hits[:min(limit, len(answer.Hits))] {
				c.hit(i+1, hit, answer.Excerpt(hit.Document))
			}
			if more := len(answer.Hits) - limit; more > 0 {
				fmt.Fprintf(c.out, "%d more; see --limit\n", more)
			}
			if len(answer.Missing) > 0 {
				fmt.Fprintf(c.err, "without: %s, which no page has\n", strings.Join(answer.Missing, ", "))
			}
			if len(answer.Hits) == 0 {
				fmt.Fprintln(c.err, "no page matches")
				return errFindings
			}
			if diag.Count(s.Findings(), diag.Error) > 0 {
				fmt.Fprintln(c.err, "there are errors in the content; debrief check lists them")
			}
			return nil
		},
	}
	src.flags(cmd)
	cmd.Flags().IntVar(&limit, "limit", 10, "how many pages to show")
	return cmd
}

// hit writes one result.
func (c console) hit(n int, h search.Hit, e search.Excerpt) {
	paint := func(code, text string) string {
		if !c.color {
			return text
		}
		return "\x1b[" + code + "m" + text + "\x1b[0m"
	}
	fmt.Fprintf(c.out, "%2d. %s\n", n, paint("1", clean(h.Title)))
	var facts []string
	for _, f := range []string{h.Kind, h.Severity, h.Date, strings.Join(h.Services, ", "), "content/" + h.Key} {
		if f != "" {
			facts = append(facts, clean(f))
		}
	}
	fmt.Fprintf(c.out, "    %s\n", paint("2", strings.Join(facts, " · ")))
	var text strings.Builder
	for _, s := range e.Spans {
		if s.Marked {
			text.WriteString(paint("1;33", clean(s.Text)))
		} else {
			text.WriteString(clean(s.Text))
		}
	}
	if text.Len() > 0 {
		fmt.Fprintf(c.out, "    %s\n", text.String())
	}
}

// clean takes out what would steer the terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}
