package meeting

import (
	"fmt"
	"slices"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// Cards reads the cards of a page to practise with: a heading each, a scene, a
// quotation with what is said to the facilitator, and a list of replies with what
// each leads to and why. A section without replies is no card.
func Cards(blocks []markdown.Block) ([]kb.Card, []diag.Finding) {
	var list []kb.Card
	var at []diag.Pos
	now := -1 // the card that is being read
	for _, b := range blocks {
		if b.Kind == markdown.HeadingBlock {
			list, at = append(list, kb.Card{Title: oneLine(b.Text), ID: b.ID}), append(at, b.Pos)
			now = len(list) - 1
			continue
		}
		if now < 0 {
			continue
		}
		c := &list[now]
		text := oneLine(b.Text)
		switch {
		case b.Kind == markdown.ParagraphBlock && b.Quote:
			c.Heated = join(c.Heated, text)
		case b.Kind == markdown.ParagraphBlock && b.Level == 0:
			c.Scene = join(c.Scene, text)
		case b.Kind == markdown.ItemBlock && b.Level == 1 && label(b) == "next":
			c.Next = after(b)
		case b.Kind == markdown.ItemBlock && b.Level == 1:
			c.Replies = append(c.Replies, kb.Reply{Text: text})
		case b.Kind == markdown.ItemBlock && len(c.Replies) > 0:
			r := &c.Replies[len(c.Replies)-1]
			switch label(b) {
			case "leads to":
				r.LeadsTo = after(b)
			case "why":
				r.Why = after(b)
			case "best":
				r.Best = strings.EqualFold(after(b), "yes")
			case "next":
				r.Next = after(b)
			}
		}
	}
	return played(list, at)
}

// played keeps the cards that can be played, and says what is missing in them.
func played(list []kb.Card, at []diag.Pos) (cards []kb.Card, findings []diag.Finding) {
	find := func(i int, text, hint string) {
		findings = append(findings, diag.Finding{Pos: at[i], Level: diag.Warning, Rule: "practice", Text: fmt.Sprintf("the card %q %s", list[i].Title, text), Hint: hint})
	}
	for i, c := range list {
		if len(c.Replies) == 0 {
			continue
		}
		best := 0
		for _, r := range c.Replies {
			if r.Best {
				best++
			}
			if r.LeadsTo == "" || r.Why == "" {
				find(i, fmt.Sprintf("does not say what the reply %q leads to and why", short(r.Text)), "list - **Leads to:** and - **Why:** below it")
			}
			if r.Next != "" && !slices.ContainsFunc(list, func(o kb.Card) bool { return o.Title == r.Next && len(o.Replies) > 0 }) {
				find(i, fmt.Sprintf("goes on at %q after the reply %q, and there is no such card", r.Next, short(r.Text)), "link to the heading of a card of this page, with its words")
			}
		}
		switch {
		case len(c.Replies) < 2:
			find(i, "has one reply only", "give at least two to choose from")
		case best != 1:
			find(i, fmt.Sprintf("has %d best replies", best), "list - **Best:** yes below one of them")
		}
		if c.Heated == "" {
			find(i, "does not say what is said to the facilitator", "put it into a quotation: > \"...\"")
		}
		cards = append(cards, c)
	}
	return cards, findings
}

// label is the word in bold that an item begins with, in lower case.
func label(b markdown.Block) string {
	return strings.ToLower(strings.TrimSuffix(oneLine(b.Bold), ":"))
}

func join(a, b string) string { return strings.TrimSpace(a + "\n\n" + b) }

func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "..."
	}
	return s
}
