package main

import (
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"debrief/internal/diag"
	"debrief/internal/preview"
	"debrief/internal/tree"
	"debrief/layouts"
)

const defaultPort = 4321

func serveCommand(c console) *cobra.Command {
	var src source
	var port int
	cmd := &cobra.Command{
		Use:     "serve",
		Aliases: []string{"preview"},
		Short:   "Show the site live while you write",
		Long: `serve shows the site on this machine only and follows every change: save a file, and
the page in the browser has it. A mistake in a file is shown with its place, here and
on the page, while the last good version stays up.`,
		Example: "  debrief serve --site ~/kb --drafts",
		Args:    arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if port < 0 || port > 65535 {
				return usage(cmd, fmt.Errorf("--port: %d is not a port", port))
			}
			base, err := src.base(cmd)
			if err != nil {
				return err
			}
			content, own, err := src.open()
			if err != nil {
				return err
			}
			theme, err := tree.FromFS(layouts.FS)
			if err != nil {
				return err
			}
			listener, err := preview.Listen(port, cmd.Flags().Changed("port"))
			if err != nil {
				return hintError{err, "name another with --port"}
			}
			begin := time.Now()
			server, err := preview.New(
				preview.Folders{Content: content, Layouts: own, Own: filepath.Join(src.dir, "layouts"), Theme: theme},
				preview.Settings{BaseURL: base, Options: src.options(), Now: c.now},
				listener, c.report())
			if err != nil {
				listener.Close()
				return err
			}
			if taken := listener.Addr().(*net.TCPAddr).Port; taken != port && port != 0 {
				fmt.Fprintf(c.err, "port %d is taken, so this is another\n", port)
			}
			fmt.Fprintf(c.out, "%s  (ready in %s; Ctrl-C ends it)\n", server.URL(), time.Since(begin).Round(time.Millisecond))
			// The other commands end at once when they are told to: a build that was cut
			// off is made whole by the next. Here, a second signal ends at once too.
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			go func() {
				<-ctx.Done()
				stop()
			}()
			err = server.Run(ctx)
			if c.progress {
				fmt.Fprintln(c.err) // after the terminal's own ^C
			}
			return err
		},
	}
	src.flags(cmd)
	cmd.Flags().IntVar(&port, "port", defaultPort, "port on 127.0.0.1; the next free one is taken unless this is given")
	return cmd
}

// report prints what happens in a preview.
func (c console) report() preview.Report {
	var before []diag.Finding
	return preview.Report{
		Changed: func(took time.Duration) {
			fmt.Fprintf(c.out, "%s  changed, ready in %s\n", time.Now().Format("15:04:05"), took.Round(100*time.Microsecond))
		},
		Findings: func(findings []diag.Finding, source func(string) []byte) {
			errs := slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool { return f.Level < diag.Error })
			if slices.Equal(errs, before) {
				return
			}
			if err := c.print(errs, diag.Error, source); err != nil {
				return
			}
			if len(errs) == 0 {
				fmt.Fprintln(c.out, "all errors are mended")
			}
			before = errs
		},
		Warning: func(text string) { fmt.Fprintf(c.err, "warning: %s\n", text) },
	}
}
