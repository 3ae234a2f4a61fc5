package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/site"
)

// Document is what search knows of a page.
type Document struct {
	Key      string // the page's path in the content folder; unique
	ID       string // of an incident
	Title    string
	Kind     string // incident, playbook, term or page
	URL      string
	Severity string
	Rank     int    // of the severity, 0 when unknown
	Status   string // of the post-mortem
	Date     string // 2026-03-12, or empty
	Services []string
	Factors  []string
	Tags     []string
	Front    []string // sentences of the front matter: its summary, the impact, actions
	Terms    []string // id, severity, services, factors, tags, trigger, what else it is called: searched like headings
	Also     []string // other names of a glossary term
	Doc      *markdown.Doc

	from *site.Entry
}

// Documents returns the site's pages as search sees them, in the order of
// their paths. A document's place in the list is its number. before are the
// documents of an earlier site, or nil: a site that was made from an earlier one
// shares with it the entries of pages that are as they were.
func Documents(s *site.Site, before []*Document) []*Document {
	docs := make([]*Document, 0, len(s.Entries))
	for i, e := range s.Entries {
		if i < len(before) && before[i].from == e {
			docs = append(docs, before[i])
			continue
		}
		d := &Document{Key: e.Path, Title: e.Title, Kind: kinds[e.Kind], URL: s.URL(e.Address), Doc: e.Doc, from: e}
		if e.Summary != e.Doc.Lead {
			d.Front = append(d.Front, e.Summary)
		}
		if i := e.Incident; i != nil {
			d.Front = append(d.Front, i.Impact.Summary)
			for _, a := range i.Actions {
				if a.Anchor == "" { // it does not stand in the text
					d.Front = append(d.Front, a.Title, a.Result)
				}
			}
			d.ID, d.Status = i.ID, i.Status
			d.Severity, d.Rank = i.Severity, s.Config.SeverityRank(i.Severity)
			d.Services, d.Factors, d.Tags = i.Services, i.Factors, i.Tags
			if day, ok := s.Day(i); ok {
				d.Date = day.String()
			}
			d.Terms = slices.Concat([]string{i.ID, i.Organisation, i.Severity}, i.Services, i.Factors, i.Tags, i.Components, i.Authors, []string{i.Trigger, i.Detection})
			for _, link := range i.Links {
				d.Terms = append(d.Terms, link.Title)
			}
			for _, p := range i.Platforms {
				d.Terms = append(d.Terms, p.Device, p.Firmware, p.Build)
			}
			if d.Date != "" {
				d.Terms = append(d.Terms, d.Date[:4])
			}
		}
		if e.Term != nil {
			d.Also = e.Also
		}
		if e.Guide != nil && e.Guide.Situation != nil { // what one hears is what one looks for
			d.Terms = []string{e.Guide.Situation.Cue, e.Guide.Situation.Move}
		}
		d.Terms = append(d.Terms, e.Also...)
		d.Front = slices.DeleteFunc(d.Front, func(s string) bool { return s == "" })
		docs = append(docs, d)
	}
	return docs
}

// kinds are the kinds of pages as a query names them.
var kinds = map[kb.Kind]string{kb.KindIncident: "incident", kb.KindGuide: "playbook", kb.KindTerm: "term", kb.KindPlain: "page"}

// same tells whether two documents have the same words.
func (d *Document) same(o *Document) bool {
	return d.Doc == o.Doc && d.Title == o.Title && slices.Equal(d.Front, o.Front) && slices.Equal(d.Terms, o.Terms)
}

// shown tells whether two documents with the same words look the same too.
func (d *Document) shown(o *Document) bool {
	return d.ID == o.ID && d.Kind == o.Kind && d.URL == o.URL && d.Severity == o.Severity && d.Rank == o.Rank && d.Status == o.Status && d.Date == o.Date &&
		slices.Equal(d.Services, o.Services) && slices.Equal(d.Factors, o.Factors) && slices.Equal(d.Tags, o.Tags)
}

// sum is a hash of everything that the files of the search show of a document.
func (d *Document) sum(passages []Passage) uint64 {
	h := sha256.New()
	fmt.Fprintf(h, "%q%q%q%q%q%q%d%q%q%q%q%q%q", d.Key, d.ID, d.Title, d.Kind, d.URL, d.Severity, d.Rank, d.Status, d.Date, d.Services, d.Factors, d.Tags, d.Terms)
	for _, p := range passages {
		for _, s := range p {
			io.WriteString(h, s.ID+"\x00"+s.Heading+"\x00"+s.Text+"\x00")
		}
		h.Write([]byte{1})
	}
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// Passage is a part of a document that is fetched as a whole when a result
// shows an excerpt of it.
type Passage []Piece

// Piece is a section of a document, or as much of one as fits a passage.
type Piece struct {
	Heading string // of the section, empty before the first
	ID      string // of that heading
	Text    string // on one line
	More    bool   // the section has begun in the passage before
}

// The size of passages. Small ones are quick to fetch, and words that stand in
// one passage are near each other; there is a bit for each in a posting.
const (
	passageSize = 1400 // bytes of text, about
	maxPassages = 8
)

// passages parts a document: what its front matter says, and its sections. There
// is always one, though it may hold nothing.
func (d *Document) passages() []Passage {
	sections := d.Doc.Sections
	if len(d.Front) > 0 {
		sections = slices.Insert(slices.Clone(sections), 0, markdown.Section{Text: joinedFront(d.Front)})
	}
	total := 0
	for _, s := range sections {
		total += len(s.Text) + len(s.Heading)
	}
	limit := max(passageSize, total/(maxPassages-1))
	list := []Passage{nil}
	size := 0
	var text bytes.Buffer
	for _, s := range sections {
		piece := Piece{Heading: s.Heading, ID: s.ID}
		size += len(s.Heading)
		flush := func() {
			piece.Text = text.String()
			if piece.Text != "" || piece.Heading != "" && !piece.More {
				list[len(list)-1] = append(list[len(list)-1], piece)
			}
			piece.More = true
			text.Reset()
		}
		for line := range strings.Lines(s.Text) {
			for line = strings.Join(strings.Fields(line), " "); line != ""; {
				head, rest := cutText(line, limit)
				if size+len(head) > limit && size > limit/2 && len(list) < maxPassages {
					if text.Len() > 0 || piece.More {
						flush()
					}
					list, size = append(list, nil), len(piece.Heading)
				}
				if text.Len() > 0 {
					text.WriteByte(' ')
				}
				text.WriteString(head)
				size += len(head) + 1
				line = rest
			}
		}
		flush()
	}
	return list
}

// joinedFront is sentences as an excerpt shows them. The titles of actions often end
// without a full stop, and the next one would read as their end.
func joinedFront(sentences []string) string {
	list := slices.Clone(sentences)
	for i, s := range list[:len(list)-1] {
		if last, _ := utf8.DecodeLastRuneInString(s); !unicode.IsPunct(last) {
			list[i] += " ·"
		}
	}
	return strings.Join(list, "\n")
}

// cutText parts a long line at a space.
func cutText(line string, limit int) (head, rest string) {
	if len(line) <= limit {
		return line, ""
	}
	if i := strings.LastIndexByte(line[:limit], ' '); i > 0 {
		return line[:i], line[i+1:]
	}
	return line, ""
}

// text is the words of one field of a passage. The title and the front matter's
// words belong to the first.
func (d *Document) text(f field, passages []Passage, n int) string {
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	switch {
	case f == title && n == 0:
		line(d.Title)
	case f == headings:
		if n == 0 {
			for _, t := range d.Terms {
				line(t)
			}
		}
		for _, p := range passages[n] {
			if !p.More {
				line(p.Heading)
			}
		}
	case f == body:
		for _, p := range passages[n] {
			line(p.Text)
		}
	}
	return b.String()
}

// field is a part of a document with a weight of its own.
type field int

const (
	title field = iota
	headings
	body
	fields // how many there are
)

var fieldNames = [fields]string{"title", "headings", "body"}

func (f field) name() string { return fieldNames[f] }

func fieldNamed(name string) field { return field(slices.Index(fieldNames[:], name)) }
