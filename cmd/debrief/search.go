package main

import (
	"bytes"
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
