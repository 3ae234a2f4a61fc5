package meeting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// The words in bold that are directions. All others speak.
var directions = map[string]kb.LineKind{
	"cue": kb.LineCue, "pause": kb.LinePause, "listen for": kb.LineListen, "if it goes wrong": kb.LineTrouble, "note": kb.LineNote,
}

// agenda is the heading above the table of steps.
const agenda = "agenda"

// Script reads a script. It is nil, with a finding, when there is no agenda.
func Script(blocks []markdown.Block) (*kb.Script, []diag.Finding) {
	r := reader{script: &kb.Script{}}
	start := slices.IndexFunc(blocks, func(b markdown.Block) bool {
		return b.Kind == markdown.HeadingBlock && strings.EqualFold(oneLine(b.Text), agenda)
	})
	if start < 0 {
		r.find(diag.Pos{Line: 1, Col: 1}, `the script has no heading "Agenda" with a table of its steps below it`, "for example: | Step | 30 | 60 |")
		return nil, r.findings
	}
	rows := r.agenda(blocks[start+1:])
	if len(rows) == 0 {
		r.find(blocks[start].Pos, "there is no table of steps under this heading", "for example: | Step | 30 | 60 |")
		return nil, r.findings
	}
	for _, row := range rows {
		r.step(row, blocks)
	}
	return r.script, r.findings
}

type reader struct {
	script   *kb.Script
	findings []diag.Finding
}

func (r *reader) find(pos diag.Pos, text, hint string) {
	r.findings = append(r.findings, diag.Finding{Pos: pos, Level: diag.Warning, Rule: "script", Text: text, Hint: hint})
}

// agenda reads the head of the table, and returns its rows.
func (r *reader) agenda(blocks []markdown.Block) []markdown.Block {
	var rows []markdown.Block
	for _, b := range blocks {
		if b.Kind == markdown.HeadingBlock {
			break
		}
		switch {
		case b.Kind != markdown.RowBlock || len(b.Cells) < 2:
		case b.Head:
			for _, c := range b.Cells[1:] {
				n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(c.Text), "min")))
				if err != nil || n <= 0 || len(r.script.Lengths) > 0 && n <= r.script.Lengths[len(r.script.Lengths)-1] {
					r.find(b.Pos, fmt.Sprintf("%q is not the length of a meeting in minutes, or not a longer one", c.Text), "for example: | Step | 30 | 60 |")
					return nil
				}
				r.script.Lengths = append(r.script.Lengths, n)
			}
		case len(r.script.Lengths) > 0:
			rows = append(rows, b)
		}
	}
	return rows
}

// step reads a row of the agenda and the section that it names.
func (r *reader) step(row markdown.Block, blocks []markdown.Block) {
	title := oneLine(row.Cells[0].Text)
	s := kb.Step{Title: title}
	for i := range r.script.Lengths {
		n, err := 0, error(nil)
		if i+1 < len(row.Cells) {
			n, err = strconv.Atoi(strings.TrimSpace(row.Cells[i+1].Text))
		}
		if err != nil || n < 0 {
			r.find(row.Pos, fmt.Sprintf("%q is not a number of minutes", row.Cells[i+1].Text), "")
			n = 0
		}
		s.Minutes = append(s.Minutes, n)
	}
	start := slices.IndexFunc(blocks, func(b markdown.Block) bool {
		return b.Kind == markdown.HeadingBlock && strings.EqualFold(oneLine(b.Text), title)
	})
	if start < 0 {
		r.find(row.Pos, fmt.Sprintf("the agenda names the step %q, and no heading has its name", title), nearHeading(title, blocks))
		return
	}
	s.ID = blocks[start].ID
	under := ""
	for _, b := range blocks[start+1:] {
		if b.Kind == markdown.HeadingBlock {
			if b.Level <= blocks[start].Level {
				break
			}
			under = oneLine(b.Text)
			continue
		}
		if b.Kind == markdown.ItemBlock && b.Box != markdown.NoBox {
			s.Done = append(s.Done, oneLine(b.Text))
			continue
		}
		if l := line(b); l.Text != "" {
			l.Under = under
			s.Lines = append(s.Lines, l)
		}
	}
	r.script.Steps = append(r.script.Steps, s)
}

func nearHeading(title string, blocks []markdown.Block) string {
	var headings []string
	for _, b := range blocks {
		if b.Kind == markdown.HeadingBlock {
			headings = append(headings, oneLine(b.Text))
		}
	}
	if near := diag.Suggest(title, headings); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// line reads a paragraph of a step.
func line(b markdown.Block) kb.Line {
	if b.Kind != markdown.ParagraphBlock && b.Kind != markdown.ItemBlock {
		return kb.Line{}
	}
	l := kb.Line{Kind: kb.LineNote, Text: oneLine(b.Text), Links: b.Links}
	label, colon := strings.CutSuffix(oneLine(b.Bold), ":")
	if !colon {
		if rest, ok := strings.CutPrefix(l.Text, oneLine(b.Bold)+":"); !ok || b.Bold == "" || rest == "" {
			return l
		}
	}
	l.Text = after(b)
	if kind, ok := directions[strings.ToLower(label)]; ok {
		l.Kind = kind
	} else {
		l.Kind, l.Speaker = kb.LineSay, label
	}
	return l
}
