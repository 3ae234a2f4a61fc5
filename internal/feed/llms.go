package feed

import (
	"strings"

	"debrief/internal/record"
	"debrief/internal/site"
	"debrief/internal/view"
)

// How much of a site llms.txt names, and how long its descriptions may be in
// characters: it is there to be read whole.
const (
	llmsChapters  = 40
	llmsIncidents = 20
	llmsNote      = 240
)

// LLMS returns llms.txt, which tells a language model what is here and where to go
// on, in the form that llmstxt.org proposes: a title, a summary, and lists of
// links with a line about each.
func LLMS(s *site.Site) []byte {
	l := llms{site: s}
	l.b.WriteString("# " + inLine(s.Config.Title, 0) + "\n\n")
	if about := s.Config.Description; about != "" {
		l.b.WriteString("> " + inLine(about, 0) + "\n\n")
	}
	l.b.WriteString("Post-mortems of incidents, a playbook for the meetings about them, and a glossary. They describe conditions, not people. " +
		"What is unknown is left open; please do not fill it in.\n")

	if s.PlaybookIntro != nil || len(s.Guides) > 0 {
		l.section("Playbook")
		if s.PlaybookIntro != nil {
			l.page(s.PlaybookIntro)
		}
		for _, e := range s.Guides[:min(llmsChapters, len(s.Guides))] {
			l.page(e)
		}
	}
	if start := s.StartHere(); len(start) > 0 {
		l.section("Incidents that explain the systems")
		for _, first := range start {
			note := first.Why
			if note == "" {
				note = first.Summary
			}
			l.link(first.Title, first.Address, note)
		}
	}
	if len(s.Incidents) > 0 {
		l.section("Newest incidents")
		for _, e := range s.Incidents[:min(llmsIncidents, len(s.Incidents))] {
			l.page(e)
		}
	}
	l.section("Data")
	l.link("Everything in short, as JSON", record.FileName, "every incident, chapter, term and group; each incident leads to its whole record")
	l.link("How the data is made", site.ProgramsAddress, "what each field means, and the other files for programs")
	l.link("Feed of the newest incidents", view.JSONFeedPath, "JSON Feed 1.1")
	l.link("Every page", view.SitemapPath, "sitemap")
	if s.GlossaryIntro != nil || len(s.Terms) > 0 {
		l.section("Optional")
		l.link("Glossary", "glossary/", "what the words mean")
	}
	return []byte(l.b.String())
}

// llms writes the text.
type llms struct {
	site *site.Site
	b    strings.Builder
}

func (l *llms) section(title string) { l.b.WriteString("\n## " + title + "\n\n") }

func (l *llms) page(e *site.Entry) { l.link(e.Title, e.Address, e.Summary) }

func (l *llms) link(title, address, note string) {
	l.b.WriteString("- [" + inLine(title, 0) + "](" + l.site.AbsoluteURL(address) + ")")
	if note != "" {
		l.b.WriteString(": " + inLine(note, llmsNote))
	}
	l.b.WriteByte('\n')
}

var markdownSigns = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, "<", `\<`, "`", "\\`")

// inLine writes a text on one line of Markdown, at most so many characters of it
// where that is not 0.
func inLine(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if most > 0 {
		if short := cut(text, most); short != text {
			text = short + " ..."
		}
	}
	return markdownSigns.Replace(text)
}
