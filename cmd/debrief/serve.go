package main

import (
	"fmt"
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
			begin := time.Now()
			server, err := src.preview(cmd, c, port)
			if err != nil {
				return err
			}
			c.otherPort(server, port)
			fmt.Fprintf(c.out, "%s  (ready in %s; Ctrl-C ends it)\n", server.URL(), time.Since(begin).Round(time.Millisecond))
			return c.follow(cmd, server)
		},
	}
	src.flags(cmd)
	portFlag(cmd, &port)
	return cmd
}

func portFlag(cmd *cobra.Command, port *int) {
	cmd.Flags().IntVar(port, "port", defaultPort, "port on 127.0.0.1; the next free one is taken unless this is given")
}

// preview starts to show the site on a port.
func (s *source) preview(cmd *cobra.Command, c console, port int) (*preview.Server, error) {
	if port < 0 || port > 65535 {
		return nil, usage(cmd, fmt.Errorf("--port: %d is not a port", port))
	}
	base, err := s.base(cmd)
	if err != nil {
		return nil, err
	}
	content, own, err := s.open()
	if err != nil {
		return nil, err
	}
	theme, err := tree.FromFS(layouts.FS)
	if err != nil {
		return nil, err
	}
	listener, err := preview.Listen(port, cmd.Flags().Changed("port"))
	if err != nil {
		return nil, hintError{err, "name another with --port"}
	}
	server, err := preview.New(
		preview.Folders{Content: content, Layouts: own, Own: filepath.Join(s.dir, "layouts"), Theme: theme},
		preview.Settings{BaseURL: base, Options: s.options(), Now: c.now},
		listener, c.report())
	if err != nil {
		listener.Close()
		return nil, err
	}
	return server, nil
}

// otherPort tells that a preview did not get the port that it wanted.
func (c console) otherPort(server *preview.Server, wanted int) {
	if server.Port() != wanted && wanted != 0 {
		fmt.Fprintf(c.err, "port %d is taken, so this is another\n", wanted)
	}
}

// follow serves until it is told to end. The other commands end at once then: a
// build that was cut off is made whole by the next. Here, a second signal ends at
// once too.
func (c console) follow(cmd *cobra.Command, server *preview.Server) error {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop()
	}()
	err := server.Run(ctx)
	if c.progress {
		fmt.Fprintln(c.err) // after the terminal's own ^C
	}
	return err
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
