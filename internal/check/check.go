// Package check holds the rules about what a good knowledge base has. What
// makes a page impossible to build is found where it is built; the rules here
// are about what is missing or makes no sense in a page that can be shown.
package check

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
)

// All applies every rule to the site. Paths are inside the content folder.
func All(s *site.Site) []diag.Finding {
	findings := navigation(s)
	for _, e := range s.Entries {
		r := report{e: e, findings: &findings}
		if e.Incident != nil {
			incident(s.Config, e.Incident, r)
			record(s.Config, e.Incident, s.Today(), r)
			actions(e.Incident, s.Today(), r)
		}
		if e.Term != nil && e.Summary == "" {
			r.add(diag.Warning, "missing-summary", "", "the term is not explained", "write a sentence under the front matter, or add summary:")
		}
	}
	words(s, &findings)
	return findings
}

// navigation finds entries of the navigation that lead nowhere.
func navigation(s *site.Site) []diag.Finding {
	var findings []diag.Finding
	for _, n := range s.Config.Navigation {
		u, err := url.Parse(n.URL)
		if err != nil || u.Host != "" || !strings.HasPrefix(u.Path, "/") || s.Has(strings.TrimPrefix(u.Path, "/")) {
			continue
		}
		f := diag.Finding{Path: parse.ConfigPath, Pos: n.At, Level: diag.Error, Rule: "broken-link",
			Text: fmt.Sprintf("the navigation leads to %s, and there is no such page", n.URL)}
		if s.Has(strings.TrimPrefix(u.Path, "/") + "/") {
			f.Hint = "end it with a slash"
		}
		findings = append(findings, f)
	}
	return findings
}

// report adds findings about one page.
type report struct {
	e        *site.Entry
	findings *[]diag.Finding
}

// add notes a finding where the front matter key stands, or at the file's top.
func (r report) add(level diag.Level, rule, key, text, hint string) {
	pos, ok := r.e.At[key]
	if !ok {
		pos = diag.Pos{Line: 1, Col: 1}
	}
	r.at(pos, level, rule, text, hint)
}

// at notes a finding at a place of the file.
func (r report) at(pos diag.Pos, level diag.Level, rule, text, hint string) {
	*r.findings = append(*r.findings, diag.Finding{Path: r.e.Path, Pos: pos, Level: level, Rule: rule, Text: text, Hint: hint})
}

func incident(c kb.Config, i *kb.Incident, r report) {
	missing := func(what, key, hint string) {
		r.add(diag.Warning, "missing-"+what, key, "the "+what+" is unknown", hint)
	}
	if _, ok := i.At["title"]; !ok && i.Doc.Title == "" {
		missing("title", "title", "add title: to the front matter, or a heading of level 1")
	}
	ids := make([]string, len(c.Severities))
	for n, s := range c.Severities {
		ids[n] = s.ID
	}
	switch {
	case i.Severity == "":
		missing("severity", "severity", "add severity: one of "+strings.Join(ids, ", "))
	case c.SeverityRank(i.Severity) == 0:
		r.add(diag.Warning, "unknown-severity", "severity", fmt.Sprintf("%q is not on this site's scale of severities", i.Severity),
			didYouMean(i.Severity, ids))
	}
	switch {
	case i.Status == "":
		missing("status", "status", "add status: one of "+strings.Join(kb.Statuses, ", "))
	case !slices.Contains(kb.Statuses, i.Status):
		r.add(diag.Warning, "unknown-status", "status", fmt.Sprintf("%q is not a status that a post-mortem goes through", i.Status),
			didYouMean(i.Status, kb.Statuses))
	}
	if !i.Started.Known() {
		missing("start", "started", "add started: 2026-03-12T13:58:00Z, or only the day")
	}
	times(i, r)
	timeline(i, r)
	for _, l := range i.Links {
		if !site.AllowedURL(l.URL) {
			r.add(diag.Warning, "link-scheme", l.Key, fmt.Sprintf("%q is not an address to link to", l.URL), "use http, https or mailto")
		}
	}
}

func didYouMean(word string, known []string) string {
	if s := diag.Suggest(word, known); s != "" {
		return fmt.Sprintf("did you mean %q?", s)
	}
	return "the known ones are " + strings.Join(known, ", ")
}

// earlier tells whether a is certainly before b. Of a time whose hour is not
// known, only the day can be compared.
func earlier(a, b kb.When, zone *time.Location) bool {
	switch {
	case !a.Known() || !b.Known():
		return false
	case a.Precision == kb.Instant && b.Precision == kb.Instant:
		return a.Time.Before(b.Time)
	}
	return b.DateIn(zone).After(a.DateIn(zone))
}

// times checks that what came later has the later time. The start is left out
// when only the name of the file tells it, which may be the day of the report.
func times(i *kb.Incident, r report) {
	for n, m := range kb.Marks {
		pos, _ := given(i, m)
		if e, ok := marked(i, m); ok && pos.Line == 0 {
			pos = diag.Pos{Line: e.Line, Col: 1}
		}
		for _, before := range kb.Marks[:n] {
			if before == kb.MarkStarted {
				_, front := given(i, before)
				if _, event := marked(i, before); !front && !event {
					continue
				}
			}
			if earlier(i.Moment(m), i.Moment(before), i.Zone) {
				r.at(pos, diag.Warning, "time-order", fmt.Sprintf("%s comes before %s", m, before), "check the day and the offset from UTC")
				break
			}
		}
	}
}
