package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"debrief/internal/diag"
	"debrief/internal/feed"
	"debrief/internal/ledger"
	"debrief/internal/view"
)

func actionsCommand(c console) *cobra.Command {
	var src source
	o := actionOptions{}
	cmd := &cobra.Command{
		Use:   "actions",
		Short: "List what is to be done after incidents",
		Long: `actions lists the actions of all post-mortems that are not settled, the overdue
ones first: what the page /actions/ of the site shows.

With --overdue it lists those alone and exits with 1 when there are any, so that a
scheduled job can remind people.`,
		Example: `  debrief actions
  debrief actions --owner platform-anchors --type detect
  debrief actions --state done --csv > done.csv
  debrief actions --overdue || echo "something is overdue"`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(cmd); err != nil {
				return err
			}
			s, _, done, err := src.load(cmd, c)
			if err != nil {
				return err
			}
			defer done()
			return o.run(cmd, c, s)
		},
	}
	src.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.owner, "owner", "", `only those of an owner; "nobody" for those without`)
	f.StringVar(&o.service, "service", "", "only those after incidents of a service")
	f.StringVar(&o.kind, "type", "", "only those of a type: prevent, detect, mitigate, respond or safety")
	f.StringVar(&o.state, "state", "", "only those in a state: "+strings.Join(ledger.States, ", ")+"; or all")
	f.BoolVar(&o.overdue, "overdue", false, "only those that are overdue; exits with 1 when there are any")
	f.BoolVar(&o.json, "json", false, "print JSON, as in the site's actions.json")
	f.BoolVar(&o.csv, "csv", false, "print CSV, as in the site's actions.csv")
	f.IntVar(&o.limit, "limit", 0, "how many to print at most; 0 for all")
	return cmd
}

// actionOptions are the flags of actions.
type actionOptions struct {
	owner, service, kind, state string
	overdue, json, csv          bool
	limit                       int
}

func (o *actionOptions) check(cmd *cobra.Command) error {
	switch {
	case o.limit < 0:
		return usage(cmd, errors.New("--limit must be at least 0"))
	case o.json && o.csv:
		return usage(cmd, errors.New("there is one output: --json or --csv"))
	case o.overdue && o.state != "" && o.state != ledger.Overdue:
		return usage(cmd, fmt.Errorf("--overdue says which state, and so does --state %s", o.state))
	}
	if o.overdue {
		o.state = ledger.Overdue
	}
	return nil
}

func (o *actionOptions) run(cmd *cobra.Command, c console, s *loaded) error {
	all := ledger.New(s.Pages)
	keep, err := o.filter(cmd, all)
	if err != nil {
		return err
	}
	found := all.Only(keep)
	shown := found
	if o.limit > 0 && len(found.Rows) > o.limit {
		n := 0
		shown = found.Only(func(*ledger.Row) bool { n++; return n <= o.limit })
	}
	switch {
	case o.json, o.csv:
		write := feed.ActionsJSON
		if o.csv {
			write = feed.ActionsCSV
		}
		data, err := write(s.Pages, shown)
		if err != nil {
			return err
		}
		if _, err := c.out.Write(data); err != nil {
			return err
		}
	default:
		c.actions(shown.Rows)
		if more := len(found.Rows) - len(shown.Rows); more > 0 {
			fmt.Fprintf(c.out, "%d more; see --limit\n", more)
		}
		fmt.Fprintln(c.out, tally(found.Totals))
	}
	if diag.Count(s.Findings(), diag.Error) > 0 {
		fmt.Fprintln(c.err, "there are errors in the content; debrief check lists them")
	}
	if o.overdue && found.Totals.Overdue > 0 {
		return errFindings
	}
	return nil
}

// filter returns what tells which rows are asked for.
func (o *actionOptions) filter(cmd *cobra.Command, l *ledger.Ledger) (func(*ledger.Row) bool, error) {
	var groups []*ledger.Group
	for _, f := range []struct {
		kind       ledger.Kind
		flag, want string
	}{{ledger.ByOwner, "owner", strings.TrimPrefix(o.owner, "@")}, {ledger.ByService, "service", o.service}, {ledger.ByType, "type", o.kind}, {ledger.ByState, "state", o.state}} {
		if f.want == "" || f.kind == ledger.ByState && f.want == "all" {
			continue
		}
		g, ok := l.Find(f.kind, f.want)
		if !ok {
			if g = empty(f.kind, f.want); g == nil {
				return nil, unknownValue(cmd, l, f.kind, f.flag, f.want)
			}
		}
		groups = append(groups, g)
	}
	return func(r *ledger.Row) bool {
		if o.state == "" && r.Settled() {
			return false
		}
		for _, g := range groups {
			if !r.In(g) {
				return false
			}
		}
		return true
	}, nil
}

// empty is the group of a type or a state that there is, and that no action has; or
// of those without an owner.
func empty(k ledger.Kind, name string) *ledger.Group {
	names := ledger.Known(k)
	if k == ledger.ByOwner {
		names = []string{"nobody"}
	}
	for _, known := range names {
		if strings.EqualFold(known, name) {
			return &ledger.Group{Kind: k, Name: known}
		}
	}
	return nil
}

// maxNamed is how many values are named when one is not known.
const maxNamed = 20

func unknownValue(cmd *cobra.Command, l *ledger.Ledger, k ledger.Kind, flag, want string) error {
	known := ledger.Known(k)
	if known == nil {
		for _, g := range l.Groups(k) {
			known = append(known, g.Name)
		}
	}
	err := usageError{fmt.Errorf("--%s: no %s is called %q", flag, flag, want), fmt.Sprintf("see %s --help", cmd.CommandPath())}
	if len(known) > 0 {
		err.hint = "there is " + strings.Join(known[:min(maxNamed, len(known))], ", ")
		if len(known) > maxNamed {
			err.hint += ", ..."
		}
	}
	if near := diag.Suggest(want, known); near != "" {
		err.hint = fmt.Sprintf("did you mean %s? %s", near, err.hint)
	}
	return err
}

// actions writes rows with their columns under each other.
func (c console) actions(rows []*ledger.Row) {
	const columns = 5
	table := make([][columns]string, len(rows))
	var width [columns]int
	for i, r := range rows {
		due, owner, kind := "no day", "nobody", "-"
		if !r.Due.IsZero() {
			due = r.Due.String()
		}
		if len(r.Owners) > 0 {
			owner = strings.Join(r.Owners, ", ")
		}
		if r.Type != "" {
			kind = string(r.Type)
		}
		late := ""
		if r.Late > 0 {
			late = view.LateBy(r.Late)
		}
		table[i] = [columns]string{due, late, clean(owner), string(r.Status), kind}
		for n, cell := range table[i] {
			width[n] = max(width[n], utf8.RuneCountInString(cell))
		}
	}
	for i, r := range rows {
		var line strings.Builder
		for n, cell := range table[i] {
			if width[n] == 0 {
				continue
			}
			padded := cell + strings.Repeat(" ", width[n]-utf8.RuneCountInString(cell))
			switch {
			case n == 1 && cell != "":
				padded = c.paint("1;31", padded)
			case n != 2:
				padded = c.paint("2", padded)
			}
			line.WriteString(padded + "  ")
		}
		from := r.Incident.Incident.ID
		if r.Ticket != "" {
			from += " " + r.Ticket
		}
		fmt.Fprintf(c.out, "%s%s %s\n", line.String(), clean(r.Title), c.paint("2", "("+clean(from)+")"))
	}
}

// tally says how many there are: "14 actions: 1 overdue, 12 open, 2 proposed".
func tally(t ledger.Totals) string {
	what := "1 action"
	if t.All != 1 {
		what = fmt.Sprintf("%d actions", t.All)
	}
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{t.Overdue, "overdue"}, {t.Open, "open"}, {t.Proposed, "proposed"}, {t.Done, "done"}, {t.Declined, "declined"}, {t.NoOwner, "without an owner"}, {t.NoDue, "without a due date"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	if len(parts) == 0 {
		return what
	}
	return what + ": " + strings.Join(parts, ", ")
}
