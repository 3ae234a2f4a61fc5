package view

import (
	"html/template"
	"slices"
	"strings"

	"debrief/internal/site"
)

// Situation is the page of a heated moment and what to say in it.
type Situation struct {
	Frame
	Heading  string
	Cue      string // what one hears
	Move     string // what to do
	Key      int    // the key that brings it up in a run-sheet; 0 for none
	Chapters []Chapter
	Body     template.HTML
	Mentions []Mention
	Previous *Ref
	Next     *Ref
}

func (p *Plan) situation(n int) Situation {
	e := p.site.Situations[n]
	s := e.Guide.Situation
	above := []Ref{p.section("Playbook", "playbook/")}
	current := -1
	for i, g := range p.site.Guides {
		if g.Address == "playbook/situations/" {
			above, current = append(above, *p.ref(g)), i
		}
	}
	v := Situation{
		Frame:   p.frame("situation", e.Address, e.Title, s.Move, e, above...),
		Heading: e.Title, Cue: s.Cue, Move: s.Move, Key: s.Key, Chapters: p.chapters(current),
		Body: p.body(e), Mentions: p.mentions(e),
	}
	v.Previous, v.Next = p.neighbours(p.site.Situations, n)
	return v
}

// Practice is a chapter of cards to practise with. Without its script all replies
// and what they lead to are there to read.
type Practice struct {
	Frame
	Script   string // URL of its script, fingerprinted
	Style    string // URL of its style sheet, fingerprinted
	Heading  string
	Summary  string
	Number   int
	Chapters []Chapter
	Intro    string
	Cards    []PracticeCard
	Mentions []Mention
}

// PracticeCard is a moment to practise.
type PracticeCard struct {
	ID, Title     string
	Scene, Heated []string // paragraphs
	Replies       []Reply
	Next          *Ref
}

// Reply is an answer that one may give, and what comes of it.
type Reply struct {
	Text, LeadsTo, Why string
	Best               bool
	Next               *Ref // of the card that this one leads to, nil for the card's own next
}

func (p *Plan) practice(n int) Practice {
	e := p.site.Guides[n]
	v := Practice{
		Frame:  p.frame("practice", e.Address, e.Title, e.Summary, e, p.section("Playbook", "playbook/")),
		Script: p.site.URL(p.assets.Practice), Style: p.site.URL(p.assets.Meeting), Heading: e.Title, Number: n + 1, Chapters: p.chapters(n), Mentions: p.mentions(e),
	}
	if e.Summary != e.Doc.Lead {
		v.Summary, v.Intro = e.Summary, e.Doc.Lead
	}
	ids := map[string]string{}
	for _, c := range e.Guide.Cards {
		ids[c.Title] = c.ID
	}
	next := func(title string) *Ref {
		if id, ok := ids[title]; ok {
			return &Ref{title, "#" + id}
		}
		return nil
	}
	for i, c := range e.Guide.Cards {
		card := PracticeCard{ID: c.ID, Title: c.Title, Scene: paragraphs(c.Scene), Heated: paragraphs(c.Heated)}
		for _, r := range c.Replies {
			card.Replies = append(card.Replies, Reply{r.Text, r.LeadsTo, r.Why, r.Best, next(r.Next)})
		}
		if card.Next = next(c.Next); card.Next == nil {
			card.Next = p.chapterAfter(n, c.Next, i+1 == len(e.Guide.Cards))
		}
		v.Cards = append(v.Cards, card)
	}
	return v
}

// chapterAfter is the chapter with a title that cards may lead to, or else, for the
// last card, the one after theirs.
func (p *Plan) chapterAfter(n int, title string, last bool) *Ref {
	if i := slices.IndexFunc(p.site.Guides, func(g *site.Entry) bool { return g.Title == title }); i >= 0 {
		return p.ref(p.site.Guides[i])
	}
	if last && n+1 < len(p.site.Guides) {
		return p.ref(p.site.Guides[n+1])
	}
	return nil
}

func paragraphs(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n\n")
}
