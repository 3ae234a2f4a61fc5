package timeline

import (
	"slices"
	"strings"
	"unicode"

	"debrief/internal/markdown"
)

// part is a part of the outline that is a timeline: what has its name, and the
// blocks from..to in it.
type part struct {
	head     int
	from, to int
}

// sections finds the timelines of a text by their names or, where none has one,
// by what is in them.
func sections(blocks []markdown.Block) []part {
	list := namedParts(blocks)
	if len(list) == 0 {
		list = unnamedParts(blocks)
	}
	return list
}

func namedParts(blocks []markdown.Block) []part {
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
			list = append(list, part{i, i + 1, end})
			i = end - 1
		}
	}
	return list
}

// enough is how many entries make a timeline of a part that is not called one.
const enough = 3

// unnamedParts finds what stands under one heading and mostly begins with the time
// of day: "What happened", with a line for each event.
func unnamedParts(blocks []markdown.Block) []part {
	var list []part
	for i := 0; i < len(blocks); {
		head := i
		times, all := 0, 0
		for i++; i < len(blocks) && blocks[i].Kind != markdown.HeadingBlock; i++ {
			b := &blocks[i]
			if b.Kind == markdown.CodeBlock || b.Quote || b.Head || b.Kind == markdown.ItemBlock && b.Level > 1 {
				continue
			}
			all++
			if st, _, ok := lead(b.Text); ok && st.clock.ok && !st.clock.blank {
				times++
			}
		}
		if blocks[head].Kind == markdown.HeadingBlock && times >= enough && 2*times >= all && !isAside(blocks[head].Text) {
			list = append(list, part{head, head + 1, i})
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
		_, _, ok := lead(b.Text)
		return b.Level < head.Level || !ok // "## 14:49" below "## Timeline"
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

// aside are words of headings about what is to be done, with days by which it
// will be.
var aside = []string{
	"action item", "actions", "next step", "future", "follow-up", "follow up", "followup", "roadmap", "deadline", "lesson", "corrective", "improvement", "to do", "todo", "maßnahmen",
}

// plans are words before or after the name that make it that of a plan.
var plans = []string{"action", "next", "future", "follow", "plan", "roadmap", "deadline", "remediation", "fix", "improve", "deprecation", "migration"}

const maxName = 90 // bytes of a heading that names a timeline

func isName(text string) bool {
	if len(text) > maxName || len(text) < len("log") || isDigit(text[0]) {
		return false
	}
	text = strings.ToLower(text)
	if before, _, ok := strings.Cut(text, "("); ok && strings.TrimSpace(before) != "" {
		text = before
	}
	bare := strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if slices.Contains(wholeNames, bare) {
		return true
	}
	for _, n := range names {
		if before, after, ok := strings.Cut(text, n); ok {
			ahead := strings.HasPrefix(after, " for ") || strings.HasPrefix(after, " of ")
			return !holds(before, plans) && !(ahead && holds(after, plans))
		}
	}
	return false
}

// isAside tells whether a heading is about something other than what happened.
func isAside(text string) bool {
	return len(text) <= maxName && holds(strings.ToLower(text), aside)
}

func holds(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}
