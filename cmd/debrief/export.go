package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"debrief/internal/diag"
	"debrief/internal/exchange"
	"debrief/internal/site"
)

func exportCommand(c console) *cobra.Command {
	var src source
	var format, out string
	formats := map[string]func(io.Writer, *site.Site) error{"jsonl": exchange.JSONLines, "csv": exchange.CSV}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print all incidents for other programs",
		Long: `export prints the incidents of a site, the newest first: as JSON lines with everything that
is known of each, in the shape of the site's own records and with its text, or as CSV with
a row for each.

Drafts and pages of the future are left out, as they are from the site, unless they are
asked for.`,
		Example: "  debrief export --format csv --out incidents.csv",
		Args:    arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			write, ok := formats[format]
			if !ok {
				return usage(cmd, fmt.Errorf("--format: %q is neither jsonl nor csv", format))
			}
			s, text, done, err := src.load(cmd, c)
			if err != nil {
				return err
			}
			defer done()
			findings := s.Findings()
			if err := c.print(findings, diag.Error, text); err != nil {
				return err
			}
			if out == "" {
				b := bufio.NewWriter(c.out)
				if err := write(b, s.Pages); err != nil {
					return err
				}
				if err := b.Flush(); err != nil {
					return err
				}
			} else if err := writeWhole(out, func(w io.Writer) error { return write(w, s.Pages) }); err != nil {
				return err
			}
			if diag.Count(findings, diag.Error) > 0 { // what could not be read is missing
				fmt.Fprintf(c.err, "debrief: %s; the export may lack what they are about\n", count(findings))
				return errFindings
			}
			return nil
		},
	}
	src.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "jsonl", "jsonl or csv")
	cmd.Flags().StringVar(&out, "out", "", "file to write to, instead of printing")
	return cmd
}

// writeWhole writes a file so that it is there as a whole or not at all.
func writeWhole(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it has its name
	b := bufio.NewWriter(f)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return err
}
