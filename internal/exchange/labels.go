package exchange

import (
	"regexp"
	"strings"
	"unicode"

	"debrief/internal/markdown"
)

// label is a piece of a text that says what it is: "**Severity:** SEV2", a row of
// a table, a heading with a line below it.
type label struct {
	name  string // as in known
	note  string // what stood in brackets behind the name: "Started (UTC)"
	value string
	list  []string // the items, where the value is a list
	links []int    // places in Doc.Links
	line  int
}

// names by which a label is known, and the keys of the front matter that they fill.
var known = map[string]string{
	"id": "id", "incident id": "id", "incident number": "id", "incident no": "id", "reference": "id",
	"title": "title", "incident title": "title", "incident name": "title",
	"severity": "severity", "sev": "severity", "incident severity": "severity", "severity level": "severity",
	"status": "status", "postmortem status": "status", "document status": "status", "review status": "status",
	"date": "date", "incident date": "date", "date of incident": "date", "date of the incident": "date", "day": "date",
	"start": "started", "started": "started", "started at": "started", "start time": "started", "start date": "started", "incident start": "started",
	"incident started": "started", "impact start": "started", "began": "started", "outage start": "started", "time started": "started",
	"detected": "detected", "detected at": "detected", "detection time": "detected", "time detected": "detected", "time of detection": "detected",
	"first detected": "detected", "incident detected": "detected",
	"acknowledged": "acknowledged", "acknowledged at": "acknowledged", "time acknowledged": "acknowledged",
	"mitigated": "mitigated", "mitigated at": "mitigated", "time mitigated": "mitigated", "impact end": "mitigated", "repaired": "mitigated",
	"end": "resolved", "ended": "resolved", "ended at": "resolved", "end time": "resolved", "end date": "resolved", "incident end": "resolved", "outage end": "resolved",
	"resolved": "resolved", "resolved at": "resolved", "time resolved": "resolved", "incident resolved": "resolved",
	"timezone": "timezone", "time zone": "timezone",
	"service": "services", "services": "services", "affected service": "services", "affected services": "services", "services affected": "services",
	"impacted service": "services", "impacted services": "services", "services impacted": "services", "product": "services", "products": "services",
	"component": "components", "components": "components", "affected component": "components", "affected components": "components",
	"components affected": "components", "subsystem": "components", "subsystems": "components",
	"platform": "platforms", "platforms": "platforms", "affected platforms": "platforms", "devices": "platforms", "affected devices": "platforms",
	"tag": "tags", "tags": "tags", "label": "tags", "labels": "tags", "keywords": "tags", "category": "tags", "categories": "tags",
	"trigger": "trigger", "detection": "detection", "detected by": "detection", "detection method": "detection", "detection source": "detection",
	"impact": "impact", "user impact": "impact", "customer impact": "impact", "safety": "safety",
	"summary": "summary", "issue summary": "summary", "tldr": "summary", "tl dr": "summary",
	"author": "authors", "authors": "authors", "written by": "authors", "prepared by": "authors",
	"owner": "owner", "postmortem owner": "owner", "incident owner": "owner", "document owner": "owner",
	"commander": "commander", "incident commander": "commander", "ic": "commander", "incident lead": "commander",
	"scribe": "scribe", "facilitator": "facilitator",
	"meeting": "meeting", "postmortem meeting": "meeting", "meeting scheduled for": "meeting", "review meeting": "meeting", "meeting date": "meeting",
	"organisation": "organisation", "organization": "organisation", "company": "organisation",
	"status page": "links", "ticket": "links", "tracking issue": "links", "call recording": "links", "recording": "links", "original report": "links",
	"source": "links", "dashboard": "links", "incident ticket": "links",
}

// aside are headings of sections that hold such facts and no story.
var aside = map[string]bool{
	"stats": true, "statistics": true, "metadata": true, "details": true, "incident details": true, "overview": true, "incident overview": true,
	"information": true, "general information": true, "incident information": true, "key facts": true, "facts": true, "at a glance": true,
	"incident": true, "incident metadata": true, "metrics": true, "header": true,
}

// byHeading are the keys that a heading may name whose section is the value.
var byHeading = map[string]bool{
	"severity": true, "status": true, "authors": true, "services": true, "components": true, "date": true, "platforms": true, "owner": true,
	"commander": true, "started": true, "detected": true, "mitigated": true, "resolved": true,
}

var (
	labelled = regexp.MustCompile(`^([^:|\n]{2,40}?)\s*:\s+(\S.*)$`)
	brackets = regexp.MustCompile(`\s*[(\[]([^)\]]*)[)\]]\s*$`)
)

// nameOf makes a label's name comparable, and takes what is in brackets behind it
// off: "Service(s)", "Start time (UTC)".
func nameOf(s string) (name, note string) {
	s = strings.TrimRight(strings.TrimSpace(s), ":")
	s = strings.Replace(s, "(s)", "s", 1)
	if m := brackets.FindStringSubmatch(s); m != nil {
		s, note = strings.TrimSuffix(s, m[0]), m[1]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		case r == '\'' || r == '’':
			return -1
		}
		return ' '
	}, strings.ReplaceAll(strings.ReplaceAll(s, "Post-", "Post"), "post-", "post"))
	return strings.Join(strings.Fields(s), " "), note
}

// labels finds the labels at the top of a text, in sections that hold nothing
// else, and in headings.
func labels(blocks []markdown.Block) []label {
	var found []label
	allowed := true // where plain labels count
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		switch {
		case b.Quote && b.Kind != markdown.ParagraphBlock:
		case b.Kind == markdown.HeadingBlock:
			name, note := nameOf(b.Text)
			if l, ok := below(blocks[i+1:]); ok && byHeading[known[name]] {
				l.name, l.note = name, note
				found = append(found, l)
			}
			if b.Level > 1 {
				allowed = aside[name]
			}
		case !allowed:
		case b.Kind == markdown.RowBlock:
			found = append(found, rows(blocks, i)...)
		case b.Kind == markdown.ParagraphBlock && b.Level == 0, b.Kind == markdown.ItemBlock && b.Level == 1:
			n := 0
			for line := range strings.Lines(b.Text) {
				if m := labelled.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
					if name, note := nameOf(m[1]); known[name] != "" {
						found = append(found, label{name: name, note: note, value: m[2], links: b.Links, line: b.Pos.Line + n})
					}
				}
				n++
			}
		}
	}
	return found
}

// below is the text of a section that is a line or a list.
func below(blocks []markdown.Block) (label, bool) {
	var l label
	for i, b := range blocks {
		switch {
		case b.Kind == markdown.HeadingBlock:
			return l, i > 0
		case b.Kind == markdown.ParagraphBlock && i == 0 && b.Level == 0 && !strings.Contains(b.Text, "\n") && len(b.Text) <= 120:
			l.value, l.line = b.Text, b.Pos.Line
		case b.Kind == markdown.ItemBlock && b.Level == 1 && l.value == "" && !strings.Contains(b.Text, "\n"):
			l.list = append(l.list, b.Text)
			if l.line == 0 {
				l.line = b.Pos.Line
			}
		default:
			return label{}, false
		}
	}
	return l, len(blocks) > 0
}

// rows reads a row of a table of names and values or, at its head, a table whose
// one row holds the values.
func rows(blocks []markdown.Block, i int) []label {
	b := blocks[i]
	if len(b.Cells) == 2 {
		name, note := nameOf(b.Cells[0].Text)
		if known[name] == "" || b.Cells[1].Text == "" {
			return nil
		}
		return []label{{name: name, note: note, value: b.Cells[1].Text, links: b.Cells[1].Links, line: b.Pos.Line}}
	}
	one := b.Head && i+1 < len(blocks) && blocks[i+1].Kind == markdown.RowBlock && !blocks[i+1].Head && len(blocks[i+1].Cells) == len(b.Cells) &&
		(i+2 >= len(blocks) || blocks[i+2].Kind != markdown.RowBlock || blocks[i+2].Head)
	if !one {
		return nil
	}
	var found []label
	for c, cell := range b.Cells {
		name, note := nameOf(cell.Text)
		if value := blocks[i+1].Cells[c]; known[name] != "" && value.Text != "" {
			found = append(found, label{name: name, note: note, value: value.Text, links: value.Links, line: blocks[i+1].Pos.Line})
		}
	}
	return found
}
