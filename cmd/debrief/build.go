package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"debrief/internal/build"
	"debrief/internal/diag"
)

func buildCommand(c console) *cobra.Command {
	var src source
	var out string
	var lenient bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Write the site as static files",
		Long: `build makes the output folder equal to the site. It writes only the files whose
bytes differ, removes those that an earlier build made and this one does not, and
never touches any others. When the content has errors, all of them are listed and
the output stays as it was.`,
		Example: "  debrief build --base-url https://example.org/kb/ --out public",
		Args:    arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				out = filepath.Join(src.dir, "public")
			}
			if err := src.refuse(out); err != nil {
				return err
			}
			begin := c.now()
			s, text, done, err := src.load(cmd, c)
			if err != nil {
				return err
			}
			defer done()
			findings := s.all()
			if err := c.print(findings, diag.Error, text); err != nil {
				return err
			}
			if errs := diag.Count(findings, diag.Error); errs > 0 && !lenient {
				fmt.Fprintf(c.err, "debrief: %s; nothing was written\nhint: mend the errors, or leave out what is broken with --lenient\n", count(findings))
				return errFindings
			}
			if os.Getenv("GOGC") == "" {
				debug.SetGCPercent(50) // everything is in memory by now: a fifth less of it for a twentieth more time
			}
			changes, err := s.Publish(out, c.bar("writing"))
			var layout *build.LayoutError
			if errors.As(err, &layout) {
				if err := c.print([]diag.Finding{layout.Finding}, diag.Error, text); err != nil {
					return err
				}
				return errFindings
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(c.out, "%s: %d written, %d unchanged, %d removed in %s\n", out,
				changes.Written, changes.Unchanged, changes.Removed, c.now().Sub(begin).Round(time.Millisecond))
			if worst(findings) > diag.Note {
				fmt.Fprintf(c.err, "%s; debrief check lists them\n", count(findings))
			}
			return nil
		},
	}
	src.flags(cmd)
	cmd.Flags().StringVar(&out, "out", "", "folder to write to (default SITE/public)")
	cmd.Flags().BoolVar(&lenient, "lenient", false, "leave out what is broken and write the rest")
	_ = cmd.MarkFlagDirname("out")
	return cmd
}

// bar returns a function that shows progress, or nil when nobody is watching.
func (c console) bar(what string) func(done, all int) {
	if !c.progress {
		return nil
	}
	var last time.Time
	return func(done, all int) {
		switch now := time.Now(); {
		case done == all:
			fmt.Fprint(c.err, "\r\x1b[K")
		case now.Sub(last) > 100*time.Millisecond:
			last = now
			fmt.Fprintf(c.err, "\r\x1b[K%s %d of %d", what, done, all)
		}
	}
}
