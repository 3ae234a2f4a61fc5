package preview

import (
	"encoding/json"
	"sync"

	"debrief/internal/diag"
)

// maxClients is how many pages may listen for changes at once.
const maxClients = 200

// message is what a page is told: which version is served, and what is wrong.
type message struct {
	Version  int     `json:"version"`
	Findings []issue `json:"findings"`
}

// issue is a finding as the page shows it.
type issue struct {
	Where   string `json:"where"`
	Text    string `json:"text"`
	Hint    string `json:"hint,omitempty"`
	Excerpt string `json:"excerpt,omitempty"`
}

// maxExcerpts is how many errors come with their line of source; the page shows
// no more than these.
const maxExcerpts = 20

func issues(v *version) []issue {
	list := []issue{}
	for _, f := range v.findings() {
		if f.Level != diag.Error {
			continue
		}
		i := issue{Where: f.Where(), Text: f.Text, Hint: f.Hint}
		if len(list) < maxExcerpts {
			i.Excerpt = diag.Excerpt(v.in.Source(f.Path), f.Pos, diag.Style{})
		}
		list = append(list, i)
	}
	return list
}

// hub hands messages to the pages that listen. A page that reads too slowly
// gets the newest message only.
type hub struct {
	mu      sync.Mutex
	last    []byte
	clients map[chan []byte]bool
}

func newHub() *hub { return &hub{clients: map[chan []byte]bool{}} }

// send gives a message to every page and keeps it for those to come.
func (h *hub) send(m message) {
	data, err := json.Marshal(m)
	if err != nil {
		return // strings and numbers always marshal
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = data
	for c := range h.clients {
		select {
		case <-c: // an older message that was not fetched
		default:
		}
		c <- data
	}
}

// join returns a channel of messages that begins with the newest one. ok is
// false when there are too many pages.
func (h *hub) join() (c chan []byte, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.clients) >= maxClients {
		return nil, false
	}
	c = make(chan []byte, 1)
	if h.last != nil {
		c <- h.last
	}
	h.clients[c] = true
	return c, true
}

func (h *hub) leave(c chan []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, c)
}
