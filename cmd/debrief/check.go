package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"debrief/internal/diag"
)

func checkCommand(c console) *cobra.Command {
	var src source
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Say what is wrong with the content",
		Long: `check lists everything that is wrong with the content or missing in it, with the
place and a hint, and writes nothing. It fails when there are errors or warnings.`,
		Example: "  debrief check --site ~/kb",
		Args:    arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, text, done, err := src.load(cmd, c)
			if err != nil {
				return err
			}
			defer done()
			findings := s.all()
			if err := c.print(findings, diag.Note, text); err != nil {
				return err
			}
			pages := "1 page"
			if n := len(s.Pages.Entries); n != 1 {
				pages = fmt.Sprintf("%d pages", n)
			}
			fmt.Fprintf(c.out, "%s: %s\n", pages, count(findings))
			if worst(findings) > diag.Note {
				return errFindings
			}
			return nil
		},
	}
	src.flags(cmd)
	return cmd
}
