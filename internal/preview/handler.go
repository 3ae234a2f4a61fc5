package preview

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"html"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"debrief/internal/build"
	"debrief/internal/view"
)

// own is the path below which the preview serves what is not part of the site.
// No page can have it: slugs hold no underscore.
const own = "/_debrief/"

//go:embed live.js live.css
var live embed.FS

// inject is what each page gets so that it follows the changes. It is added on
// the way to the browser; the bytes of the Site are those of a build.
var inject = []byte(`<link rel="stylesheet" href="` + own + `live.css">
<script src="` + own + `live.js" defer></script>
</head>`)

// heartbeat keeps a silent connection from being taken for a dead one.
const heartbeat = 15 * time.Second

// handler answers from the newest version.
type handler struct {
	current atomic.Pointer[version]
	hub     *hub
	closing chan struct{} // closed when the server is about to stop
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == own+"events":
		h.events(w, r)
	case strings.HasPrefix(r.URL.Path, own):
		h.asset(w, strings.TrimPrefix(r.URL.Path, own))
	default:
		h.page(w, r)
	}
}

func (h *handler) asset(w http.ResponseWriter, name string) {
	data, err := live.ReadFile(name)
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", contentType(name))
	_, _ = w.Write(data)
}

func (h *handler) page(w http.ResponseWriter, r *http.Request) {
	s := h.current.Load().site
	base := s.Pages.Config.BaseURL.Path
	p, ok := strings.CutPrefix(r.URL.Path, base)
	if !ok {
		if r.URL.Path == "/" || r.URL.Path+"/" == base {
			redirect(w, r, s.Pages.URL(""))
			return
		}
		h.notFound(w, s)
		return
	}
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	data, ok, err := s.File(p)
	if !ok {
		if _, isFolder, _ := s.File(p + "/index.html"); isFolder {
			redirect(w, r, s.Pages.URL(p+"/"))
			return
		}
		h.notFound(w, s)
		return
	}
	if err != nil {
		h.failed(w, err)
		return
	}
	send(w, p, data, http.StatusOK)
}

// redirect leads to another path with the same question.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	http.Redirect(w, r, to, http.StatusFound)
}

func (h *handler) notFound(w http.ResponseWriter, s *build.Site) {
	data, ok, err := s.File(view.NotFoundPath)
	if !ok || err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	send(w, view.NotFoundPath, data, http.StatusNotFound)
}

// failed shows what went wrong while a page was made. The page follows the
// changes like any other, so that it appears once the mistake is mended.
func (h *handler) failed(w http.ResponseWriter, err error) {
	text := err.Error()
	var layout *build.LayoutError
	if errors.As(err, &layout) {
		text = layout.Finding.String()
	}
	send(w, "error.html", []byte("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<h1>This page cannot be made</h1>\n<pre>"+
		html.EscapeString(text)+"</pre>\n</body>\n</html>\n"), http.StatusInternalServerError)
}

func send(w http.ResponseWriter, p string, data []byte, status int) {
	t := contentType(p)
	if strings.HasPrefix(t, "text/html") {
		data = bytes.Replace(data, []byte("</head>"), inject, 1)
	}
	if t == types[".svg"] {
		// Opened by itself, a drawing has no business with the site.
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	}
	w.Header().Set("Content-Type", t)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

const plain = "text/plain; charset=utf-8"

// types are those of all files that a site can have. The tables of the machine,
// which differ, have no say.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".har": "application/json", ".xml": "application/xml",
	".txt": plain, ".log": plain, ".csv": plain, ".tsv": plain, ".yaml": plain, ".yml": plain, ".ics": "text/calendar; charset=utf-8",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
	".svg": "image/svg+xml", ".ico": "image/x-icon",
	".mp3": "audio/mpeg", ".mp4": "video/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav", ".webm": "video/webm",
	".pdf": "application/pdf", ".zip": "application/zip", ".gz": "application/gzip", ".tgz": "application/gzip", ".tar": "application/x-tar",
	".pcap": "application/vnd.tcpdump.pcap",
}

func contentType(p string) string {
	return cmp.Or(types[strings.ToLower(path.Ext(p))], "application/octet-stream")
}

// events streams messages (https://html.spec.whatwg.org/multipage/server-sent-events.html).
func (h *handler) events(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead || r.Header.Get("Sec-Fetch-Mode") == "navigate" {
		http.Error(w, "events are for pages", http.StatusForbidden)
		return
	}
	messages, ok := h.hub.join()
	if !ok {
		http.Error(w, "too many pages are open", http.StatusServiceUnavailable)
		return
	}
	defer h.hub.leave(messages)
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{}) // the request has been read, and listening has no end
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var text string
		select {
		case <-r.Context().Done():
			return
		case <-h.closing:
			return
		case m := <-messages:
			text = "data: " + string(m) + "\n\n"
		case <-beat.C:
			text = ": still here\n\n"
		}
		_ = control.SetWriteDeadline(time.Now().Add(heartbeat))
		if _, err := fmt.Fprint(w, text); err != nil {
			return
		}
		if err := control.Flush(); err != nil {
			return
		}
	}
}
