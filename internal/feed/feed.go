// Package feed makes the files of a site that are read by programs: feeds, records
// in JSON, the guide for language models, the description of its search, the
// sitemap and robots.txt.
package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"

	"debrief/internal/ledger"
	"debrief/internal/site"
	"debrief/internal/view"
)

// File returns the bytes of a file that is planned with its value.
func File(s *site.Site, f view.File) ([]byte, error) {
	switch v := f.Value(); f.Format {
	case view.JSON:
		return plainJSON(v)
	case view.Atom:
		if list, ok := v.(view.Feed); ok {
			return Atom(s, list)
		}
	case view.JSONFeed:
		if list, ok := v.(view.Feed); ok {
			return JSON(s, list)
		}
	case view.ActionsJSON, view.ActionsCSV:
		l, ok := v.(*ledger.Ledger)
		switch {
		case ok && f.Format == view.ActionsJSON:
			return ActionsJSON(s, l)
		case ok:
			return ActionsCSV(s, l)
		}
	case view.Calendar:
		if c, ok := v.(view.CalendarFile); ok {
			return Calendar(s, c), nil
		}
	}
	return nil, fmt.Errorf("%s is planned as something that it is not", f.Path)
}

// plainJSON is the JSON of a value on one line, with <, > and & as they are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

type urlSet struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []siteURL `xml:"url"`
}

type siteURL struct {
	Loc string `xml:"loc"`
}

// Sitemap returns the list of all pages that are worth finding.
func Sitemap(s *site.Site, p *view.Plan) ([]byte, error) {
	var set urlSet
	for _, path := range p.Paths() {
		page, _ := p.Page(path)
		if page.To != "" || path == view.NotFoundPath || page.Layout == "search" || page.Layout == "runsheet" { // which are tools, not texts
			continue
		}
		set.URLs = append(set.URLs, siteURL{s.AbsoluteURL(strings.TrimSuffix(path, "index.html"))})
	}
	return encode(set)
}

// Robots returns robots.txt, which names the sitemap.
func Robots(s *site.Site) []byte {
	return []byte("User-agent: *\nAllow: /\n\nSitemap: " + s.AbsoluteURL(view.SitemapPath) + "\n")
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
