package main

import (
	"encoding/json"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
)

// For Pagefind the pages are written as minimal HTML, so that it sees the words
// that debrief's search sees, and no navigation. Into a folder go
//
//	html/N.html            a page; N is its place in names.json
//	names.json             the pages' names
//	queries.json           the queries
//	pagefind-results.json  what pagefind.mjs found, for -results
const (
	htmlFolder  = "html"
	namesFile   = "names.json"
	queriesFile = "queries.json"
)

var pageTemplate = template.Must(template.New("").Parse(`<!doctype html>
<html lang="{{.Language}}">
<head><meta charset="utf-8"><title>{{.Title}}</title></head>
<body>
<h1>{{.Title}}</h1>
<p>{{.Terms}}</p>
{{range .Sections}}{{if .Heading}}<h2>{{.Heading}}</h2>
{{end}}{{range .Paragraphs}}<p>{{.}}</p>
{{end}}{{end}}</body>
</html>
`))

// writePages writes the pages as HTML, and their names.
func writePages(pages []page, language, dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, htmlFolder), 0o755); err != nil {
		return err
	}
	type sectionView struct {
		Heading    string
		Paragraphs []string
	}
	var names []string
	for i, p := range pages {
		names = append(names, p.Name)
		var sections []sectionView
		for _, s := range p.Sections {
			v := sectionView{Heading: s.Heading}
			for line := range strings.SplitSeq(s.Text, "\n") {
				if line = strings.TrimSpace(line); line != "" {
					v.Paragraphs = append(v.Paragraphs, line)
				}
			}
			sections = append(sections, v)
		}
		var b strings.Builder
		err := pageTemplate.Execute(&b, map[string]any{
			"Language": language, "Title": p.Title, "Terms": strings.Join(p.Terms, ", "), "Sections": sections,
		})
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, htmlFolder, fmt.Sprintf("%d.html", i)), []byte(b.String()), 0o644); err != nil {
			return err
		}
	}
	return writeJSON(filepath.Join(dir, namesFile), names)
}

func writeJSON(path string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}

// results is what pagefind.mjs writes.
type results struct {
	Version string              `json:"version"`
	Found   map[string][]string `json:"found"` // query -> names of pages, best first
}

// readResults returns a ranker that knows the answers to the queries that
// pagefind.mjs was given, and no others.
func readResults(path string) (ranker, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var r results
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return func(query string) ([]string, error) {
		found, ok := r.Found[query]
		if !ok {
			return nil, fmt.Errorf("%s has no answer to %q: write the pages and run pagefind.mjs again, with this seed and these collections", path, query)
		}
		return found, nil
	}, nil
}
