package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"debrief/internal/exchange"
)

func importCommand(c console) *cobra.Command {
	var src source
	var into string
	var dry, asJSON bool
	cmd := &cobra.Command{
		Use:   "import FILE|DIR",
		Short: "Bring post-mortems of another house in",
		Long: `import reads post-mortems in Markdown or HTML, also as Word saves it ("Web Page, Filtered"),
and writes each into the content folder, with front matter made of what it says: its own
front matter, its name, labels such as "**Severity:** SEV2", tables of them, lists under
"Stats". Nothing is invented, and the text stays as it is. Pictures and files that a text
links to go with it.

It may be run again and again: what has not changed is not touched, and what you have
edited since is left alone. content/` + exchange.RecordPath + ` keeps the record of that; it
belongs into version control.

The report says of each file what was read, guessed and left. The exit code is 1 when a file
could not be read.`,
		Example: "  debrief import ../old-wiki/postmortems --dry-run",
		Args:    arguments(1, 1, "the file or folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, err := exchange.OpenSource(args[0])
			if errors.Is(err, fs.ErrNotExist) {
				return hintError{fmt.Errorf("there is no %s", args[0]), "name a file, or a folder of them"}
			}
			if err != nil {
				return err
			}
			defer from.Close()
			im, err := src.importInto(cmd, from.Dir(), into)
			if err != nil {
				return err
			}
			im.DryRun = dry
			report, err := im.Run(from)
			if err != nil {
				return err
			}
			if asJSON {
				e := json.NewEncoder(c.out)
				e.SetIndent("", "  ")
				e.SetEscapeHTML(false)
				err = e.Encode(struct {
					exchange.Report
					Totals map[exchange.State]int `json:"totals"`
					DryRun bool                   `json:"dry_run"`
				}{report, totals(report), dry})
			} else {
				_, err = fmt.Fprint(c.out, importText(report, dry))
			}
			if err == nil && report.Count(exchange.Failed) > 0 {
				return errFindings
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&src.dir, "site", ".", "folder of the site")
	f.StringVar(&into, "into", "content/incidents", "folder in the site to write to, by year")
	f.BoolVar(&dry, "dry-run", false, "say what would be done, and write nothing")
	f.BoolVar(&asJSON, "json", false, "print the report as JSON")
	_ = cmd.MarkFlagDirname("site")
	return cmd
}

// importInto prepares an import from a folder.
func (s *source) importInto(cmd *cobra.Command, from, into string) (exchange.Import, error) {
	none := exchange.Import{}
	folder := filepath.ToSlash(filepath.Clean(into))
	rest, ok := strings.CutPrefix(folder, "content/")
	if !ok || rest != "incidents" && !strings.HasPrefix(rest, "incidents/") {
		return none, usage(cmd, fmt.Errorf("--into: %q is not content/incidents or a folder in it", into))
	}
	content := filepath.Join(s.dir, "content")
	site, err := real(s.dir)
	if err != nil {
		return none, err
	}
	own, err := real(content)
	if err != nil {
		return none, err
	}
	if from, err = real(from); err != nil {
		return none, err
	}
	if inside(own, from) || inside(from, own) {
		return none, hintError{fmt.Errorf("%s is in the content folder, or holds it", from), "import from a folder outside of the site"}
	}
	name, err := filepath.Rel(site, from)
	if err != nil { // on another drive
		name = from
	}
	config, incidents, err := s.incidents()
	if err != nil {
		return none, err
	}
	ids := map[string]string{}
	for _, i := range incidents {
		if i.IDGiven {
			ids[exchange.FoldID(i.ID)] = i.Path
		}
	}
	return exchange.Import{Config: config, Content: content, Into: rest, Name: filepath.ToSlash(name), IDs: ids}, nil
}

// inside tells whether a path is in a folder, or is that folder.
func inside(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func totals(r exchange.Report) map[exchange.State]int {
	m := map[exchange.State]int{}
	for _, s := range exchange.States {
		m[s] = r.Count(s)
	}
	return m
}

// importText is the report for people. Files to which nothing happened are only
// counted.
func importText(r exchange.Report, dry bool) string {
	var b strings.Builder
	read, guessed, left := 0, 0, 0
	for _, f := range r.Files {
		if f.State == exchange.Unchanged {
			continue
		}
		read, guessed, left = read+len(f.Read), guessed+len(f.Guessed), left+len(f.Left)
		fmt.Fprintf(&b, "%s: %s", strings.ReplaceAll(f.From, "\n", " "), f.State) // a name may hold the end of a line
		if f.To != "" {
			fmt.Fprintf(&b, ", content/%s", f.To)
		}
		if f.Why != "" {
			fmt.Fprintf(&b, ": %s", f.Why)
		}
		b.WriteByte('\n')
		if f.State != exchange.New && f.State != exchange.Changed {
			continue
		}
		facts(&b, "read", f.Read)
		facts(&b, "guessed", f.Guessed)
		for _, l := range f.Left {
			fmt.Fprintf(&b, "    left     %s: %s\n", l.What, l.Why)
		}
		for _, p := range f.Copied {
			fmt.Fprintf(&b, "    copied   content/%s\n", p)
		}
	}
	var parts []string
	for _, s := range exchange.States {
		if n := r.Count(s); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "no post-mortems")
	}
	if r.Other > 0 {
		parts = append(parts, fmt.Sprintf("%d other files", r.Other))
	}
	fmt.Fprintf(&b, "%s; %d facts read, %d guessed, %d left", strings.Join(parts, ", "), read, guessed, left)
	if dry {
		b.WriteString("; nothing was written (--dry-run)")
	}
	return cleanLines(b.String()) + "\n"
}

func facts(b *strings.Builder, what string, list []exchange.Fact) {
	for _, f := range list {
		fmt.Fprintf(b, "    %-8s %s: %s (%s)\n", what, f.Key, f.Value, f.From)
	}
}
