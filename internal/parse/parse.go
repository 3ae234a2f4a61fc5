// Package parse turns a file of the content folder into one of kb's nouns, and
// says what is wrong with it.
//
// What comes out depends on the file's path and bytes and on the site's
// settings alone, never on another file, so it can be kept for as long as these
// stay the same.
package parse

import (
	"path"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/tree"
)

// ConfigPath is where a site's settings are in its content folder.
const ConfigPath = "site.yaml"

// Result is what became of a file. At most one of the nouns is set; none is
// when the file cannot be read at all, and then Findings holds an error.
type Result struct {
	Incident *kb.Incident
	Guide    *kb.Guide
	Term     *kb.Term
	Page     *kb.Page
	Findings []diag.Finding // with paths inside the content folder
}

// Broken tells whether nothing could be made of the file.
func (r Result) Broken() bool {
	return r.Incident == nil && r.Guide == nil && r.Term == nil && r.Page == nil
}

// Parser parses the files of one site. It is safe for concurrent use.
type Parser struct {
	config   kb.Config
	markdown *markdown.Parser
}

// NewParser returns a parser for a site with these settings.
func NewParser(config kb.Config) *Parser {
	return &Parser{config: config, markdown: markdown.NewParser(markdown.Options{RawHTML: config.RawHTML})}
}

// IsText tells whether a file holds Markdown: by its name or, where the name
// has no extension, by its first bytes.
func IsText(f tree.File) bool {
	switch name := strings.ToLower(path.Base(f.Path)); {
	case strings.HasSuffix(name, ".md"), strings.HasSuffix(name, ".markdown"), strings.HasSuffix(name, ".md.erb"):
		return true
	case path.Ext(strings.ReplaceAll(name, ". ", " ")) != "":
		return false
	}
	start := strings.TrimLeft(strings.TrimPrefix(string(f.Data[:min(len(f.Data), 64)]), "\ufeff"), " \r\n")
	return strings.HasPrefix(start, "# ") || strings.HasPrefix(start, "---\n") || strings.HasPrefix(start, "---\r\n")
}

// File parses a file for which IsText is true.
func (p *Parser) File(f tree.File) Result {
	var findings []diag.Finding
	result := p.file(f, &findings)
	for i := range findings {
		findings[i].Path = f.Path
	}
	result.Findings = findings
	return result
}

func (p *Parser) file(f tree.File, findings *[]diag.Finding) Result {
	fail := func(finding *diag.Finding) Result {
		*findings = append(*findings, *finding)
		return Result{}
	}
	if f.Size > tree.MaxLoaded {
		return fail(&diag.Finding{Level: diag.Error, Rule: "too-large", Text: "the file is larger than 1 MiB", Hint: "split it, or put logs into a file of their own beside it"})
	}
	data, bad := normal(f.Data)
	if bad != nil {
		return fail(bad)
	}
	front, body, bodyLine, bad := split(data)
	if bad != nil {
		return fail(bad)
	}
	m, ok := readMapping(front, 1, findings)
	if !ok {
		// Without its front matter nobody can tell whether this is a draft, so it is not shown.
		return Result{}
	}
	text := p.markdown.Read(body, bodyLine)
	kind := kindOf(f.Path)
	doc := text.Head()
	if diag.Count(doc.Findings, diag.Error) > 0 {
		*findings = append(*findings, doc.Findings...)
		return Result{} // the text could not be read, and a page without it would say that there is none
	}
	page := p.page(f.Path, m, doc)

	var result Result
	switch kind {
	case kb.KindIncident:
		result.Incident = p.incident(page, m)
		result.Incident.Actions = oneOf(result.Incident.Actions, actionsOf(text, findings))
		course(result.Incident, m, text, findings)
	case kb.KindGuide:
		result.Guide = p.guide(page, m, text.Blocks)
	case kb.KindTerm:
		result.Term = &kb.Term{Page: page, Unlinked: !m.yesOr("linked", true)}
	default:
		result.Page = &page
	}
	m.ignore(meaningless...)
	if m.unknown(diag.Note) {
		result.keepBack()
	}
	text.Doc() // its parts have their names by now
	*findings = append(*findings, doc.Findings...)
	if diag.Count(doc.Findings, diag.Error) > 0 {
		return Result{}
	}
	return result
}

// meaningless are keys of other tools that nothing is made of.
var meaningless = []string{"weight", "source_published_at", "source_fetched_at"}

// keepBack makes a draft of the page.
func (r *Result) keepBack() {
	switch {
	case r.Incident != nil:
		r.Incident.Draft = true
	case r.Guide != nil:
		r.Guide.Draft = true
	case r.Term != nil:
		r.Term.Draft = true
	case r.Page != nil:
		r.Page.Draft = true
	}
}

// kindOf tells by its folder what a page is about. The index of a section is a
// plain page, the words above its list, and so is that of a year's folder. Any
// other is the page of a folder that holds its pictures and files.
func kindOf(p string) kb.Kind {
	folder, rest, _ := strings.Cut(p, "/")
	if IsIndex(rest) && (!strings.Contains(rest, "/") || yearFolder.MatchString(Name(p))) {
		return kb.KindPlain
	}
	switch folder {
	case "incidents":
		return kb.KindIncident
	case "playbook":
		return kb.KindGuide
	case "glossary":
		return kb.KindTerm
	}
	return kb.KindPlain
}

// page reads what all kinds have in common.
func (p *Parser) page(filePath string, m *mapping, doc *markdown.Doc) kb.Page {
	publish, ok := m.publish()
	return kb.Page{
		Kind:    kindOf(filePath),
		Path:    filePath,
		Title:   firstOf(m.text("title"), doc.Title, titleFromName(filePath)),
		Summary: strings.Join(strings.Fields(firstOf(m.text("summary", "description"), doc.Lead)), " "),
		Slug:    m.text("slug"),
		Aliases: m.list("aliases", "alias"),
		Also:    m.list("also", "synonyms"),
		Draft:   m.draft() || !ok,
		Public:  m.public(),
		Publish: publish,
		NoTerms: !m.yesOr("mark_terms", true),
		Doc:     doc,
		At:      m.at(),
	}
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}
