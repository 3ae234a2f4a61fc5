package feed

import (
	"encoding/xml"
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/internal/site"
)

// The parts of OpenSearch 1.1 that browsers read.
type openSearch struct {
	XMLName     xml.Name     `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string       `xml:"ShortName"`
	LongName    string       `xml:"LongName"`
	Description string       `xml:"Description"`
	Encoding    string       `xml:"InputEncoding"`
	Image       *searchImage `xml:"Image"`
	URL         searchURL    `xml:"Url"`
}

type searchImage struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	Type   string `xml:"type,attr"`
	URL    string `xml:",chardata"`
}

type searchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

// How many characters OpenSearch allows.
const (
	shortName   = 16
	longName    = 48
	description = 1024
)

// OpenSearch returns what tells a browser how to search the site from its address
// bar. icon is the path of the site's icon in the output, or empty.
func OpenSearch(s *site.Site, icon string) ([]byte, error) {
	c := s.Config
	o := openSearch{
		ShortName: cut(c.Title, shortName), LongName: cut(c.Title, longName),
		Description: cut(c.Description, description), Encoding: "UTF-8",
		URL: searchURL{"text/html", s.AbsoluteURL("search/") + "?q={searchTerms}"},
	}
	if o.Description == "" { // it may not be
		o.Description = cut("Search "+c.Title, description)
	}
	if icon != "" {
		o.Image = &searchImage{16, 16, "image/svg+xml", s.AbsoluteURL(icon)}
	}
	return encode(o)
}

// cut shortens a text to at most n characters, after a word where there is one.
func cut(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	runes := []rune(text)
	for i := n; i > 0; i-- {
		if unicode.IsSpace(runes[i]) {
			return strings.TrimRightFunc(string(runes[:i]), func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
		}
	}
	return string(runes[:n])
}
