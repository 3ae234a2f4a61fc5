package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"debrief/internal/build"
	"debrief/internal/diag"
)

// Server is a preview that is running.
type Server struct {
	state    *state
	handler  *handler
	listener net.Listener
	report   Report
	warned   string        // the warning that was given last
	patience time.Duration // how long the end waits for each thing that is still under way
}

// warn gives a warning, once as long as it stays the same.
func (s *Server) warn(text string) {
	if text != s.warned {
		s.warned = text
		s.report.Warning(text)
	}
}

// Report is how a preview tells its terminal what happens. It is called from
// one goroutine.
type Report struct {
	Changed  func(took time.Duration)
	Findings func(findings []diag.Finding, source func(path string) []byte) // when they are others than before
	Warning  func(text string)
}

// tries is how many ports after the wanted one are tried.
const tries = 20

// Listen takes a port on the loopback address: the wanted one or, unless it
// must be that one, the next that is free.
func Listen(port int, exact bool) (net.Listener, error) {
	for p := port; ; p++ {
		l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(p)))
		if err == nil {
			return l, nil
		}
		if !taken(err) || exact || p >= port+tries || p >= 65535 {
			return nil, fmt.Errorf("port %d cannot be used: %w", p, err)
		}
	}
}

// wsaEADDRINUSE is what Windows says of a port that is taken. The syscall package
// has a number of its own invention for EADDRINUSE there.
const wsaEADDRINUSE = syscall.Errno(10048)

// taken tells whether somebody else has the port.
func taken(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaEADDRINUSE)
}

// New reads and builds the site, and serves it on the listener once Run is
// called. Run closes the folders when it ends.
func New(f Folders, s Settings, l net.Listener, report Report) (*Server, error) {
	srv := &Server{state: newState(f, s), listener: l, report: report, patience: time.Second,
		handler: &handler{hub: newHub(), closing: make(chan struct{})}}
	if _, err := srv.state.readAll(); err != nil {
		return nil, err
	}
	srv.show(srv.state.build())
	return srv, nil
}

// URL returns the address of the site's home page.
func (s *Server) URL() string {
	return "http://" + s.listener.Addr().String() + s.handler.current.Load().site.Pages.URL("")
}

// Site returns the site as it is shown now.
func (s *Server) Site() *build.Site { return s.handler.current.Load().site }

// Port returns the port that it listens on.
func (s *Server) Port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// Close ends a preview that is not to be run. After Run there is no need for it.
func (s *Server) Close() {
	s.listener.Close()
	s.state.close()
}

// Run serves until ctx is done.
func (s *Server) Run(ctx context.Context) error {
	w := newWatcher(s.report.Warning)
	defer w.close()
	s.watchAll(w)

	_, port, err := net.SplitHostPort(s.listener.Addr().String())
	if err != nil {
		s.state.close()
		return err
	}
	server := &http.Server{
		Handler:           guard(port, s.handler),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.listener) }()

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		w.run(ctx, &s.state.folders, func(c change) { s.look(c, w) })
	}()
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = nil
	}
	cancel()
	close(s.handler.closing)
	grace, done := context.WithTimeout(context.Background(), s.patience)
	defer done()
	if server.Shutdown(grace) != nil {
		_ = server.Close()
	}
	closed := make(chan struct{})
	go func() { // nothing is closed that is still in use
		defer close(closed)
		<-watching
		s.state.close()
	}()
	select {
	case <-closed:
	case <-time.After(s.patience): // a large site is being built or indexed, which ends with the process
	}
	return err
}

// look reads what may have changed and shows the site anew if it has.
func (s *Server) look(c change, w *watcher) {
	begin := time.Now()
	changed, complete := false, false
	var err error
	if !c.all && len(c.content)+len(c.layouts) > 0 {
		if changed, complete, err = s.state.readSome(c.content, c.layouts); err != nil {
			s.warn(err.Error())
		}
	}
	if !complete {
		if changed, err = s.state.readAll(); err != nil {
			s.warn(err.Error())
			return
		}
		s.warned = ""
		s.watchAll(w)
	}
	if changed || s.state.newDay(s.handler.current.Load()) {
		v := s.state.build()
		s.handler.current.Store(v)
		// The index follows at once: pages show what is related to them. An error
		// comes up again where the search is used.
		go func() { _, _ = v.site.Lists() }()
		s.report.Changed(time.Since(begin))
		s.tell(v)
	}
}

func (s *Server) watchAll(w *watcher) {
	w.watch(s.state.folders.Content.Dirs())
	if s.state.folders.Layouts != nil {
		w.watch(s.state.folders.Layouts.Dirs())
	}
}

func (s *Server) show(v *version) {
	s.handler.current.Store(v)
	s.tell(v)
}

// tell lets the pages fetch the new version, and then says what is wrong.
func (s *Server) tell(v *version) {
	s.handler.hub.send(message{Version: v.number, Findings: nil})
	list := issues(v)
	s.handler.hub.send(message{Version: v.number, Findings: list})
	s.report.Findings(v.findings(), v.in.Source)
}
