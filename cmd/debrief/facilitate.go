package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"debrief/internal/build"
	"debrief/internal/diag"
	"debrief/internal/site"
	"debrief/internal/view"
)

func facilitateCommand(c console) *cobra.Command {
	var src source
	var port int
	var text bool
	cmd := &cobra.Command{
		Use:   "facilitate ID",
		Short: "Open the run-sheet of an incident, to lead its meeting",
		Long: `facilitate shows the run-sheet of an incident in the browser: what to prepare, the
script with its clock, the timeline, and what to say when it gets hot. It serves the site
like debrief serve until Ctrl-C ends it, or uses a preview of it that is running.

The browser keeps the notes, names and ticks of a meeting under the address of the
run-sheet, port included. With --text all of it is printed instead.`,
		Example: `  debrief facilitate INC-2026-014
  debrief facilitate INC-2026-014 --text | less`,
		Args: arguments(1, 1, "the incident's id"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if text {
				loaded, _, done, err := src.load(cmd, c)
				if err != nil {
					return err
				}
				defer done()
				n, err := incidentCalled(loaded.Pages, args[0])
				if err != nil {
					return err
				}
				_, err = io.WriteString(c.out, sheetText(loaded.RunSheet(n)))
				return err
			}
			return facilitate(cmd, c, &src, port, args[0])
		},
	}
	src.flags(cmd)
	portFlag(cmd, &port)
	cmd.Flags().BoolVar(&text, "text", false, "print it, for paper or a terminal")
	return cmd
}

func facilitate(cmd *cobra.Command, c console, src *source, port int, id string) error {
	server, err := src.preview(cmd, c, port)
	if err != nil {
		return err
	}
	pages := server.Site().Pages
	n, err := incidentCalled(pages, id)
	if err != nil {
		server.Close()
		return err
	}
	at := pages.Incidents[n].Address + view.RunSheetFolder
	home := server.URL()
	if server.Port() != port && port != 0 {
		if running, ok := alreadyShown(server.Site(), port, at); ok {
			server.Close()
			fmt.Fprintf(c.out, "%s  (in the preview that is running)\n", running)
			return browse(running)
		}
	}
	c.otherPort(server, port)
	address := home + at
	fmt.Fprintf(c.out, "%s  (Ctrl-C ends it)\n", address)
	go func() {
		if err := browse(address); err != nil {
			fmt.Fprintf(c.err, "%v; open the address yourself\n", err)
		}
	}()
	return c.follow(cmd, server)
}

// incidentCalled finds an incident by its id, the last part of its address or its
// path.
func incidentCalled(pages *site.Site, id string) (int, error) {
	low := strings.ToLower(strings.Trim(id, "/"))
	var known []string
	for n, e := range pages.Incidents {
		last := path.Base(e.Address)
		if strings.EqualFold(e.Incident.ID, id) || last == low || "content/"+e.Path == id || e.Path == id {
			return n, nil
		}
		if known = append(known, last); e.Incident.ID != "" {
			known = append(known, strings.ToLower(e.Incident.ID))
		}
	}
	hint := "debrief search finds incidents by their words; a draft is there with --drafts"
	if near := diag.Suggest(low, known); near != "" {
		for _, e := range pages.Incidents {
			if strings.EqualFold(e.Incident.ID, near) {
				near = e.Incident.ID
			}
		}
		hint = fmt.Sprintf("did you mean %s? %s", near, hint)
	}
	return 0, hintError{fmt.Errorf("there is no incident %q", id), hint}
}

// alreadyShown finds the very same page in a preview that is running on a port. The
// browser keeps notes by address, so that one is better than a second one.
func alreadyShown(s *build.Site, port int, at string) (address string, ok bool) {
	own, ok, err := s.File(at + "index.html")
	if err != nil || !ok {
		return "", false
	}
	if _, rest, found := bytes.Cut(own, []byte("<main")); found {
		own, _, _ = bytes.Cut(rest, []byte("</main>"))
	}
	address = fmt.Sprintf("http://127.0.0.1:%d%s", port, s.Pages.URL(at))
	client := http.Client{Timeout: time.Second}
	r, err := client.Get(address)
	if err != nil {
		return "", false
	}
	defer r.Body.Close()
	shown, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	return address, err == nil && bytes.Contains(shown, own)
}
