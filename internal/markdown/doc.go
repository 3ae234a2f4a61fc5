// Package markdown turns Markdown into a Doc: plain data that holds the HTML
// with holes where links go, and what the rest of the program wants to know of
// the text (headings, links, sections).
//
// It is the only package that knows goldmark and chroma. Parsing depends on the
// text alone, so a Doc can be kept for as long as the file stays the same; where
// a link leads depends on the whole site, so links are filled in by Doc.HTML.
//
// # What is understood
//
// CommonMark 0.31 and GitHub's tables, task lists, strikethrough, autolinks and
// alerts ("> [!NOTE]"), footnotes, definition lists, and [[wiki links]].
//
// # What never comes out
//
// Raw HTML is shown as the text it was written as, apart from <br> and comments,
// unless Options.RawHTML is set. Attributes are written by two helpers in
// html_write.go which escape them. Generated ids begin with "h-", so that no
// heading can take the name of something that a script looks up.
package markdown

import "debrief/internal/diag"

// Doc is a parsed text. It is never changed once made.
type Doc struct {
	Title    string    // text of the first heading of level 1, when nothing but text precedes it
	Lead     string    // text of the first paragraph
	Headings []Heading // in order, without the title
	Links    []Link    // in order
	Sections []Section // the text for searching, in order; the first has no heading
	Findings []diag.Finding
	html     string // holes are marked by NUL bytes, see html_write.go
}

// Heading is a heading of the text. Level is as shown on the page, from 2 to 6:
// level 1 is the page's title.
type Heading struct {
	Level int
	ID    string
	Text  string
	Pos   diag.Pos
}

// Section is the plain text under one heading, code included.
type Section struct {
	Heading string // empty before the first heading
	ID      string
	Text    string
}

// LinkKind tells how a link was written.
type LinkKind int

const (
	Inline LinkKind = iota // [text](destination), also by reference
	Auto                   // <https://example.com> or a bare address
	Wiki                   // [[target]] or [[target|text]]
	Image                  // ![text](destination)
)

// Link is a link as it was written.
type Link struct {
	Kind  LinkKind
	Dest  string // unescaped; for a wiki link the target
	Title string // the tooltip
	Text  string // the label, or an image's alternative text; empty for a bare wiki link
	Inner bool   // it stands in the label of another link, so it cannot be one in HTML
	Pos   diag.Pos
}

// Target is where a link leads on the site.
type Target struct {
	URL      string // for href or src; empty when broken
	Text     string // the words for a bare wiki link
	External bool   // leads away from the site
	Broken   string // why there is nowhere to go, or empty
}
