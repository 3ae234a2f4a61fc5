package exchange

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// maxWords is how many words an entry of a list may have; a sentence is none.
const maxWords = 6

// nobodyKnows are values that say that there is none.
var nobodyKnows = []string{"", "?", "??", "-", "--", "—", "–", "n/a", "na", "tbd", "tba", "todo", "none", "unknown", "not known", "…", "..."}

// takeLabels fills in what the text says with a clear label.
func (d *draft) takeLabels(text *markdown.Text, doc *markdown.Doc) {
	found := labels(text.Blocks)
	h := hints{zone: zoneOf(d.body), day: d.date}
	for _, l := range found { // the day first: times may leave it out
		if known[l.name] == "date" && h.day.IsZero() {
			if s, ok := timeIn(l.value, hints{}); ok {
				if day, err := kb.ParseDate(s[:min(len(s), 10)]); err == nil {
					d.date, h.day = day, day
					d.file.Guessed = append(d.file.Guessed, Fact{"date", day.String(), at(l)})
				}
			}
		}
	}
	var roles []pair
	var links []*yaml.Node
	for _, l := range found {
		value := strings.TrimSpace(l.value)
		if len(l.list) == 0 && slices.Contains(nobodyKnows, strings.ToLower(strings.Trim(value, " .`"))) && known[l.name] != "safety" {
			continue
		}
		switch key := known[l.name]; key {
		case "date":
		case "started", "detected", "acknowledged", "mitigated", "resolved", "meeting":
			d.takeTime(key, l, h)
		case "severity":
			d.takeSeverity(l)
		case "status":
			if s := choice(firstPart(value), kb.Statuses); s != "" {
				d.fill(key, word(s), at(l), false)
			} else if !d.has(key) {
				d.left("status: "+cut(value), "is none of "+strings.Join(kb.Statuses, ", "))
			}
		case "trigger":
			d.takeWord(key, l, d.reader.config.TriggerIDs())
		case "detection":
			d.takeWord(key, l, d.reader.config.DetectionIDs())
		case "safety":
			d.takeWord(key, l, kb.Safeties)
		case "services", "components", "platforms", "tags", "authors":
			d.takeList(key, l)
		case "owner", "commander", "scribe", "facilitator":
			who := strings.Join(entries(l), ", ")
			if who != "" && !slices.ContainsFunc(roles, func(p pair) bool { return p.key == key }) {
				roles = append(roles, pair{key, word(who)})
			}
		case "impact":
			if len(l.list) == 0 && !d.has("impact") {
				d.fill("impact", group(pair{"summary", word(value)}), at(l), false)
			}
		case "links":
			for _, i := range l.links {
				if u, err := url.Parse(doc.Links[i].Dest); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
					links = append(links, group(pair{"title", word(titled(l.name))}, pair{"url", word(doc.Links[i].Dest)}))
					break
				}
			}
		case "id":
			if len(strings.Fields(value)) == 1 {
				d.fill(key, word(value), at(l), false)
			}
		case "title":
			d.takeTitle(value, at(l))
		case "timezone":
			if _, err := time.LoadLocation(value); err == nil && value != "Local" {
				d.fill(key, word(value), at(l), false)
			}
		default: // summary, organisation
			if len(l.list) == 0 {
				d.fill(key, word(value), at(l), false)
			}
		}
	}
	if len(roles) > 0 {
		d.fill("roles", group(roles...), "its labels", false)
	}
	if len(links) > 0 {
		d.fill("links", &yaml.Node{Kind: yaml.SequenceNode, Content: links}, "its labels", false)
	}
}

func at(l label) string { return fmt.Sprintf("line %d", l.line) }

func titled(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

func (d *draft) takeTime(key string, l label, h hints) {
	if d.has(key) {
		return
	}
	if l.note != "" && (zones[strings.ToUpper(l.note)] != "") {
		h.zone = l.note
	}
	s, ok := timeIn(l.value, h)
	if !ok {
		d.left(key+": "+cut(l.value), "is no time that can be read in one way only; write it as 2026-03-12T14:21:00Z")
		return
	}
	guessed := clockOnly.MatchString(strings.TrimSpace(zoneAtEnd.ReplaceAllString(l.value, "")))
	from := at(l)
	if guessed {
		from += ", on the day of the incident"
	}
	d.fill(key, moment(s), from, guessed)
}

// takeSeverity fills in the grade of the site's scale that the value begins with
// or, where it is none of these, the value if it is as short as a grade.
func (d *draft) takeSeverity(l label) {
	if d.has("severity") {
		return
	}
	value := strings.TrimSpace(l.value)
	for n := len(strings.Fields(value)); n > 0; n-- {
		start := strings.Trim(strings.Join(strings.Fields(value)[:n], " "), ".,;:()-–— ")
		for _, s := range d.reader.config.Severities {
			if same(start, s.ID) || same(start, s.Name) {
				d.fill("severity", word(s.ID), at(l), false)
				return
			}
		}
	}
	if first := firstPart(value); len(strings.Fields(first)) <= 2 && len(first) <= 20 {
		// It is not on this site's scale, which check will say; the document said it.
		d.pairs = append(d.pairs, pair{"severity", word(first)})
		d.file.Read = append(d.file.Read, Fact{"severity", first, at(l)})
		return
	}
	d.left("severity: "+cut(value), "is not on this site's scale")
}

// takeWord fills in a word of a vocabulary. A sentence stays in the text.
func (d *draft) takeWord(key string, l label, vocabulary []string) {
	if w := choice(firstPart(l.value), vocabulary); w != "" {
		d.fill(key, word(w), at(l), false)
	}
}

func (d *draft) takeList(key string, l label) {
	if d.has(key) {
		return
	}
	words := entries(l)
	if len(words) == 0 {
		d.left(key+": "+cut(l.value), "is a sentence, and stays in the text")
		return
	}
	from, guessed := at(l), l.name == "category" || l.name == "categories"
	d.fill(key, list(words), from, guessed)
}

// entries are the words of a list, or none when they are sentences.
func entries(l label) []string {
	parts := l.list
	if len(parts) == 0 {
		parts = strings.FieldsFunc(l.value, func(r rune) bool { return r == ',' || r == ';' })
	}
	var words []string
	for _, p := range parts {
		p = strings.TrimPrefix(strings.Trim(strings.Join(strings.Fields(p), " "), ". `"), "@")
		if len(strings.Fields(p)) > maxWords {
			return nil
		}
		if strings.ContainsAny(p, ",") || slices.Contains(nobodyKnows, strings.ToLower(p)) {
			continue
		}
		words = append(words, p)
	}
	return words
}

// firstPart is what stands before the first comma, semicolon, bracket or dash.
func firstPart(s string) string {
	if i := strings.IndexAny(s, ",;(–—"); i >= 0 {
		s = s[:i]
	}
	s, _, _ = strings.Cut(s, " - ")
	return strings.Trim(s, " .`")
}

func choice(s string, of []string) string {
	for _, w := range of {
		if same(s, w) {
			return w
		}
	}
	return ""
}

// same tells whether two words are written alike but for hyphens, spaces and case.
func same(a, b string) bool {
	return kb.Squash(a) != "" && kb.Squash(a) == kb.Squash(b)
}
