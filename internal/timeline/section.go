package timeline

import (
	"strings"
	"unicode"

	"debrief/internal/markdown"
)

// part is a part of the outline that is a timeline: what has its name, and the
// blocks from..to in it.
type part struct {
	head     int
	from, to int
	level    int // of the head, when it is a heading
}

// sections finds the timelines of a text, by their names.
func sections(blocks []markdown.Block) []part {
	var list []part
	for i := 0; i < len(blocks); i++ {
		b := &blocks[i]
		if b.Quote || !named(b) {
			continue
		}
		end := i + 1
		for end < len(blocks) && !ends(b, &blocks[end]) {
			end++
		}
		if end > i+1 || strings.Contains(b.Text, "\n") {
			p := part{head: i, from: i + 1, to: end}
			if b.Kind == markdown.HeadingBlock {
				p.level = b.Level
			}
			list = append(list, p)
			i = end - 1
		}
	}
	return list
}

// named tells whether a block is the name of a timeline: a heading, or an item
// or a paragraph used as one, in bold or with a colon.
func named(b *markdown.Block) bool {
	switch b.Kind {
	case markdown.HeadingBlock:
		return b.Level > 1 && isName(b.Text)
	case markdown.ItemBlock, markdown.ParagraphBlock:
		first, _, _ := strings.Cut(b.Text, "\n")
		first = strings.TrimSpace(first)
		bare := strings.TrimRight(first, ": ")
		if b.Bold == "" && bare == first {
			return false
		}
		return (b.Bold == "" || bare == strings.TrimRight(b.Bold, ": ")) && isName(bare)
	}
	return false
}

// ends tells whether a timeline whose name is in head ends before b.
func ends(head, b *markdown.Block) bool {
	switch head.Kind {
	case markdown.HeadingBlock:
		if b.Kind != markdown.HeadingBlock || b.Level > head.Level {
			return false
		}
		st, _, ok := lead(b.Text)
		return b.Level < head.Level || !ok || !st.clock.ok // "## 14:49" below "## Timeline"
	case markdown.ItemBlock:
		return b.Kind == markdown.HeadingBlock || b.Level < head.Level || b.Kind == markdown.ItemBlock && b.Level == head.Level
	}
	title := b.Kind == markdown.ParagraphBlock && b.Bold != "" && strings.TrimRight(b.Text, ": ") == strings.TrimRight(b.Bold, ": ")
	if title {
		_, _, timed := lead(b.Text)
		title = !timed
	}
	return b.Kind == markdown.HeadingBlock || b.Level < head.Level || title
}

// names are the words by which a timeline is known, in small letters.
var names = []string{
	"timeline", "time line", "chronology", "key events", "key moments", "sequence of events", "course of events", "order of events",
	"list of events", "log of events", "event log", "incident log", "what happened when",
	"zeitachse", "zeitleiste", "zeitlicher ablauf", "zeitlicher verlauf", "chronologie", "cronología", "cronologia", "línea de tiempo", "linha do tempo",
}

// wholeNames are those that say it only when they stand alone.
var wholeNames = []string{"events", "log", "verlauf", "ablauf", "déroulement"}

// aside are words of headings that speak of something else, such as what is to
// be done and by when.
var aside = []string{
	"action", "next", "future", "follow", "plan", "roadmap", "deadline", "lesson", "stats", "statistic", "impact", "cause", "factor",
	"remediation", "prevent", "corrective", "improve", "maßnahmen",
}

const maxName = 90 // bytes of a heading that names a timeline

func isName(text string) bool {
	if len(text) > maxName {
		return false
	}
	text = strings.ToLower(text)
	if before, _, ok := strings.Cut(text, "("); ok && strings.TrimSpace(before) != "" {
		text = before
	}
	bare := strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, n := range wholeNames {
		if bare == n {
			return true
		}
	}
	for _, n := range names {
		if i := strings.Index(text, n); i >= 0 {
			return !isAside(text)
		}
	}
	return false
}

// isAside tells whether a heading is about something other than what happened.
func isAside(text string) bool {
	if len(text) > maxName {
		return false
	}
	text = strings.ToLower(text)
	for _, a := range aside {
		if strings.Contains(text, a) {
			return true
		}
	}
	return false
}
