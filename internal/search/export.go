package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Folder is where the files of the search are in the output.
const Folder = "search/"

// Paths of the search's files.
const (
	metaPath   = Folder + "index.json"
	shardFiles = Folder + "shard/"
	docFiles   = Folder + "doc/"
)

// Export is the files that the browser searches with: one that leads to the
// others, the shards, and one for each document with what a result shows.
type Export struct {
	docs   []Document
	meta   []byte
	shards map[string][]byte // by path
}

// meta is the contents of search/index.json.
type meta struct {
	Version    int         `json:"version"`
	Docs       int         `json:"docs"`
	Generation string      `json:"generation"` // changes with any document
	Stop       []string    `json:"stop"`
	Shards     [][2]string `json:"shards"` // first key of the range, name
}

// Export makes the files.
func (l *Lists) Export() (*Export, error) {
	e := &Export{docs: l.Docs, shards: map[string][]byte{}}
	m := meta{Version: 1, Docs: len(l.Docs), Generation: generation(l.Docs), Stop: l.Stop, Shards: [][2]string{}}
	if m.Stop == nil {
		m.Stop = []string{}
	}
	firsts, list := l.shards()
	for i, s := range list {
		packed, err := pack(s.encode())
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		name := shardName(packed)
		e.shards[shardFiles+name+".bin"] = packed
		m.Shards = append(m.Shards, [2]string{firsts[i], name})
	}
	data, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	e.meta = data
	return e, nil
}

// generation is a hash of everything that the files of the documents hold.
func generation(docs []Document) string {
	h := sha256.New()
	for _, d := range docs {
		fmt.Fprintf(h, "%q%q%q%q%q%q%q%q", d.Key, d.ID, d.Title, d.Kind, d.URL, d.Severity, d.Date, d.Services)
		for _, s := range d.Doc.Sections {
			io.WriteString(h, s.ID)
			io.WriteString(h, s.Heading)
			io.WriteString(h, s.Text)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// Paths returns the paths of all files. The one that leads to the others is
// the last.
func (e *Export) Paths() []string {
	paths := make([]string, 0, len(e.shards)+len(e.docs)+1)
	for p := range e.shards {
		paths = append(paths, p)
	}
	for n := range e.docs {
		paths = append(paths, docPath(n))
	}
	return append(paths, metaPath)
}

func docPath(n int) string { return docFiles + strconv.Itoa(n) + ".json" }

// File returns the file at a path.
func (e *Export) File(path string) ([]byte, bool) {
	if path == metaPath {
		return e.meta, true
	}
	if data, ok := e.shards[path]; ok {
		return data, true
	}
	name, isDoc := strings.CutPrefix(strings.TrimSuffix(path, ".json"), docFiles)
	n, err := strconv.Atoi(name)
	if !isDoc || err != nil || n < 0 || n >= len(e.docs) || path != docPath(n) {
		return nil, false
	}
	data, err := json.Marshal(card(e.docs[n]))
	return data, err == nil
}

// resultCard is what a result shows of a document, and its text for the
// excerpt. Names are short because there are many of these files.
type resultCard struct {
	ID       string      `json:"id,omitempty"`
	Title    string      `json:"title"`
	Kind     string      `json:"kind"`
	URL      string      `json:"url"`
	Severity string      `json:"severity,omitempty"`
	Rank     int         `json:"rank,omitempty"`
	Date     string      `json:"date,omitempty"`
	Services []string    `json:"services,omitempty"`
	Sections [][3]string `json:"sections"` // id, heading, text
}

func card(d Document) resultCard {
	c := resultCard{d.ID, d.Title, d.Kind, d.URL, d.Severity, d.Rank, d.Date, d.Services, [][3]string{}}
	for _, s := range d.Doc.Sections {
		if text := strings.Join(strings.Fields(s.Text), " "); text != "" || s.Heading != "" {
			c.Sections = append(c.Sections, [3]string{s.ID, s.Heading, text})
		}
	}
	return c
}
