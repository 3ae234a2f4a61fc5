package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"debrief/internal/view"
)

// sheetWidth is how wide a run-sheet is printed, in characters.
const sheetWidth = 80

// sheetText is a run-sheet as a text to print.
func sheetText(s view.RunSheet) string {
	var p sheetPrinter
	p.line(strings.Join(present(s.ID, s.Severity.Text, s.Status), " - "))
	p.wrap("", "", s.Heading)
	if s.Impact != "" {
		p.line("")
		p.wrap("", "", s.Impact)
	}
	p.line("")
	minutes := 0
	for _, l := range s.Lengths {
		if l.Chosen {
			minutes = l.Minutes
		}
	}
	length := ""
	if minutes > 0 {
		length = fmt.Sprintf("%d minutes", minutes)
	}
	p.fact("Meeting", strings.Join(present(s.When.Text, length), ", "))
	p.fact("Duration", s.Duration)
	p.fact("Safety", s.Safety)
	for _, r := range s.Roles {
		p.fact(r.Name, r.Text)
	}
	p.line("\nIs it still dangerous tonight? ________________________________________________")
	p.slots = map[string]string{}
	for _, slot := range s.Slots {
		p.slots[slot.Name] = slot.Value
	}
	p.head("Before the meeting")
	p.tasks(s.Preparation)
	p.head("Agenda")
	at := 0
	for _, step := range s.Steps {
		p.line(fmt.Sprintf("%2d. %-48.48s %3d min, from %d:%02d", step.Number, clean(step.Title), step.Chosen, at/60, at%60))
		at += step.Chosen
	}
	p.head("The meeting")
	for i, step := range s.Steps {
		if i > 0 {
			p.line("")
		}
		p.wrap(fmt.Sprintf("%d. ", step.Number), "   ", fmt.Sprintf("%s (%d min)", step.Title, step.Chosen))
		for _, l := range step.Lines {
			p.runLine(l)
		}
		for i, d := range step.Done {
			if i == 0 {
				p.line("")
			}
			p.wrap("   [ ] ", "       ", d)
		}
	}
	p.head("Timeline")
	for _, e := range s.Events {
		if e.Day != "" {
			p.wrap("", "", e.Day)
		}
		text := e.Text
		if e.Mark != "" {
			text = e.Mark + ": " + text
		}
		at := e.At
		if at == "" {
			at = "?"
		}
		p.wrap(fmt.Sprintf("  %6s  ", at), "          ", text)
	}
	if len(s.Events) == 0 {
		p.line("The post-mortem has no timeline yet.")
	}
	p.head("When it gets hot")
	for _, o := range s.Situations {
		p.wrap("  - ", "    ", o.Title+": "+o.Cue)
	}
	p.head("After the meeting")
	p.tasks(s.After)
	return p.b.String()
}

func present(list ...string) []string {
	var there []string
	for _, t := range list {
		if t != "" {
			there = append(there, t)
		}
	}
	return there
}

// sheetPrinter writes lines that are no longer than sheetWidth.
type sheetPrinter struct {
	b     strings.Builder
	slots map[string]string // what is known
}

func (p *sheetPrinter) line(text string) { p.b.WriteString(text + "\n") }

func (p *sheetPrinter) head(title string) {
	p.line("\n" + strings.ToUpper(title) + "\n" + strings.Repeat("-", len(title)))
}

func (p *sheetPrinter) fact(name, text string) {
	if text != "" {
		p.wrap(fmt.Sprintf("%-14s ", clean(name)), strings.Repeat(" ", 15), text)
	}
}

func (p *sheetPrinter) tasks(groups []view.TaskGroup) {
	for i, g := range groups {
		if g.Title != "" {
			if i > 0 {
				p.line("")
			}
			p.wrap("", "", g.Title)
		}
		for _, t := range g.Tasks {
			p.wrap("  [ ] ", "      ", strings.TrimSpace(t.Title+" "+p.filled(t.Parts)))
		}
	}
}

func (p *sheetPrinter) filled(parts []view.LinePart) string {
	var text strings.Builder
	for _, part := range parts {
		switch {
		case part.Slot == "":
			text.WriteString(part.Text)
		case p.slots[part.Slot] != "":
			text.WriteString(p.slots[part.Slot])
		default:
			text.WriteString("[" + part.Slot + "]")
		}
	}
	return text.String()
}

func (p *sheetPrinter) runLine(l view.RunLine) {
	if l.Heading != "" {
		p.line("")
		p.wrap("   ", "   ", l.Heading)
	}
	text := p.filled(l.Parts)
	if l.Label != "" {
		text = l.Label + ": " + text
	}
	p.line("")
	p.wrap("   ", "     ", text)
}

// wrap writes a text in lines, the first behind one indent and the rest behind
// another. A longer word has a line of its own.
func (p *sheetPrinter) wrap(first, rest, text string) {
	line, empty := first, true
	for _, word := range strings.Fields(clean(text)) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > sheetWidth {
			p.line(line)
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	p.line(strings.TrimRight(line, " "))
}
