package parse

import (
	"fmt"
	"slices"
	"strconv"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/meeting"
)

// guide reads a chapter of the playbook, and what a run-sheet or the practice
// takes from it.
func (p *Parser) guide(page kb.Page, m *mapping, blocks []markdown.Block) *kb.Guide {
	g := &kb.Guide{Page: page, Order: m.number("order", "weight"), Part: kb.Part(m.text("run_sheet"))}
	m.ignore("lengths", "key")
	switch g.Part {
	case "":
	case kb.PartScript:
		var findings []diag.Finding
		g.Script, findings = meeting.Script(blocks)
		*m.findings = append(*m.findings, findings...)
		if g.Script != nil {
			g.Script.Severity = p.lengths(m, g.Script.Lengths)
		}
	case kb.PartPreparation, kb.PartAfter:
		g.Tasks = meeting.Tasks(blocks)
	default:
		v, _ := m.value("run_sheet")
		m.find(v, diag.Warning, "unknown-part", fmt.Sprintf("run_sheet: %q is no part of a run-sheet", g.Part), "write preparation, script or after")
		g.Part = ""
	}
	if cue := m.text("cue"); cue != "" {
		s := &kb.Situation{Cue: cue, Move: m.text("move"), Key: m.number("key")}
		s.Say, s.DontSay = meeting.Words(blocks)
		if v, _ := m.value("key"); v != nil && (s.Key < 1 || s.Key > 9) {
			m.find(v, diag.Warning, "situation-key", fmt.Sprintf("key: %d is not one of the keys 1 to 9", s.Key), "leave it out for a situation without a key of its own")
			s.Key = 0
		}
		if len(s.Say) == 0 {
			v, _ := m.value("cue")
			m.find(v, diag.Warning, "situation-words", "the situation has no words to say", `list them under the heading "Say"`)
		}
		g.Situation = s
	}
	if m.yes("practice", false) {
		var findings []diag.Finding
		g.Cards, findings = meeting.Cards(blocks)
		*m.findings = append(*m.findings, findings...)
	}
	m.ignore("move")
	return g
}

// lengths reads how long a meeting is for each severity.
func (p *Parser) lengths(m *mapping, known []int) map[string]int {
	sub := m.mapping("lengths")
	if sub == nil {
		return nil
	}
	list := map[string]int{}
	for _, id := range sub.order {
		sub.asked[id] = true
		minutes := sub.number(id)
		if !slices.Contains(known, minutes) {
			texts := make([]string, len(known))
			for i, n := range known {
				texts[i] = strconv.Itoa(n)
			}
			sub.find(sub.values[id], diag.Warning, "script", fmt.Sprintf("the agenda has no meeting of %d minutes", minutes), fmt.Sprintf("it has %v", texts))
			continue
		}
		rank := p.config.SeverityRank(id)
		if rank == 0 {
			continue // a site may have another scale than the script that it uses
		}
		list[p.config.Severities[rank-1].ID] = minutes
	}
	return list
}
