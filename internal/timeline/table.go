package timeline

import (
	"slices"
	"strings"
	"unicode"

	"debrief/internal/markdown"
)

// columns are the places of a table's columns, -1 for those that it does not have.
type columns struct {
	time, date, until, text, link, mark int
	zone                                zone
}

// role is what a column is for.
type role int

const (
	otherColumn role = iota
	timeColumn
	dateColumn
	untilColumn
	textColumn
	linkColumn
	markColumn
	whoColumn
)

// roleWords are the words by which the head of a column tells what it is for.
// The first that fits counts.
var roleWords = []struct {
	role  role
	words []string
}{
	{linkColumn, []string{"link", "links", "evidence", "url", "proof", "beleg"}},
	{timeColumn, []string{"time", "times", "timestamp", "timestamps", "when", "datetime", "zeit", "uhrzeit", "zeitpunkt", "clock", "hora", "heure"}},
	{dateColumn, []string{"date", "day", "datum", "tag", "fecha"}},
	{textColumn, []string{"event", "events", "description", "what", "happened", "entry", "activity", "action", "details", "detail", "message", "note", "notes", "comment", "comments", "ereignis", "beschreibung", "update", "observation", "summary"}},
	{untilColumn, []string{"end", "ended", "until", "bis", "finish", "finished"}},
	{timeColumn, []string{"start", "started", "begin", "from", "von"}},
	{markColumn, []string{"mark", "phase", "type", "milestone", "kind", "stage", "status"}},
	{linkColumn, []string{"source", "sources", "reference", "references", "data", "log", "logs", "graph", "quelle"}},
	{whoColumn, []string{"who", "actor", "owner", "person", "team", "by", "role"}},
}

func roleOf(head string) role {
	if len(head) > maxName {
		return otherColumn
	}
	words := strings.FieldsFunc(strings.ToLower(head), func(r rune) bool { return !unicode.IsLetter(r) })
	has := func(list ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	for _, r := range roleWords {
		if !has(r.words...) {
			continue
		}
		if r.role == timeColumn && (has("to", "spent", "duration", "elapsed", "since", "took") || has("end", "until") && has("time")) {
			if has("end", "until") {
				return untilColumn
			}
			continue
		}
		return r.role
	}
	if len(words) == 1 && zoneIn(head).name != "" {
		return timeColumn // "UTC"
	}
	return otherColumn
}

// table reads the rows from..to of one table.
func (r *reader) table(from, to int) {
	c, ok := r.columns(from, to)
	if !ok {
		return
	}
	for i := from; i < to; i++ {
		r.row(i, c)
	}
}

// columns tells which columns of a table are which, by its head or, when that
// says nothing, by what is in them. ok is false for a table that is no timeline.
func (r *reader) columns(from, to int) (c columns, ok bool) {
	head := &r.blocks[from]
	c = columns{-1, -1, -1, -1, -1, -1, zone{}}
	place := map[role]*int{timeColumn: &c.time, dateColumn: &c.date, untilColumn: &c.until, textColumn: &c.text, linkColumn: &c.link, markColumn: &c.mark}
	others := []int{}
	for n, cell := range head.Cells {
		role := roleOf(cell.Text)
		if p := place[role]; p != nil && *p < 0 {
			*p = n
		} else if role == otherColumn {
			others = append(others, n)
		}
	}
	if c.time < 0 && c.date < 0 {
		if c.time = r.timed(from, to); c.time < 0 {
			return c, false
		}
		others = slices.DeleteFunc(others, func(n int) bool { return n == c.time })
		for _, p := range []*int{&c.text, &c.link, &c.mark, &c.until} {
			if *p == c.time {
				*p = -1
			}
		}
	}
	if c.time >= 0 {
		c.zone = zoneIn(head.Cells[c.time].Text)
	} else {
		c.zone = zoneIn(head.Cells[c.date].Text)
	}
	if c.text < 0 {
		longest := 0
		if len(others) == 0 {
			for n := range head.Cells {
				if n != c.time && n != c.date && n != c.until {
					others = append(others, n)
				}
			}
		}
		for _, n := range others {
			size := 0
			for i := from; i < to; i++ {
				if n < len(r.blocks[i].Cells) {
					size += len(r.blocks[i].Cells[n].Text)
				}
			}
			if size > longest {
				longest, c.text = size, n
			}
		}
	}
	return c, c.text >= 0
}

// timed is the column most of whose cells are times, or -1.
func (r *reader) timed(from, to int) int {
	for n := range r.blocks[from].Cells {
		times, cells := 0, 0
		for i := from; i < to && cells < 20; i++ {
			if n >= len(r.blocks[i].Cells) || r.blocks[i].Cells[n].Text == "" {
				continue
			}
			cells++
			text := r.blocks[i].Cells[n].Text
			if _, rest, ok := lead(text); ok && len(rest) < 20 {
				times++
			}
		}
		if times > 0 && 2*times >= cells {
			return n
		}
	}
	return -1
}

// row reads a row. Its head is one too where it holds a time.
func (r *reader) row(i int, c columns) {
	b := &r.blocks[i]
	cell := func(n int) markdown.Cell {
		if n < 0 || n >= len(b.Cells) {
			return markdown.Cell{}
		}
		return b.Cells[n]
	}
	when, day := oneLine(cell(c.time).Text), oneLine(cell(c.date).Text)
	e := entry{block: i, line: b.Pos.Line, pos: b.Pos, zone: c.zone, text: oneLine(cell(c.text).Text), links: slices.Clone(b.Links)}
	st, ok := whole(when)
	if b.Head && !ok {
		return
	}
	if d, dated := whole(day); dated && d.date.kind != noDate {
		if !ok {
			st, ok = d, true
			if open(when) {
				st.clock = clock{ok: true, blank: true}
			}
		} else if st.date.kind == noDate {
			st.date, st.about = d.date, st.about || d.about
		}
	} else if day != "" && !dated && attempt(day) {
		e.bad = day
	}
	if c.until >= 0 && ok && st.clock.ok {
		if u, ends := whole(cell(c.until).Text); ends && u.clock.ok {
			st.end, st.last = u.clock, u.date
		}
	}
	e.stamp = st
	if !ok && when != "" && strings.Trim(when, "-–—. ") != "" {
		e.bad = when
	}
	if e.text == "" && (!ok || st.clock.ok) || e.bad != "" && when == oneLine(b.Text) {
		if e.text = oneLine(cell(c.mark).Text); e.text == "" {
			return // a row that parts others, or one that waits to be filled in
		}
	}
	if e.bad == "" && !ok && when == "" && day == "" && strings.TrimSpace(b.Text) == "" {
		return
	}
	e.group = e.text == "" && !st.clock.ok && ok
	e.label = cell(c.mark).Text
	if markOf(e.label) == "" {
		e.label = labelOf(e.text)
	}
	r.add(e)
}

// open tells whether a cell says that its time is not known.
func open(text string) bool {
	end := placeholder(text, 0)
	return end > 0 && strings.TrimSpace(text[end:]) == ""
}
