package timeline

import (
	"slices"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/markdown"
)

// entry is something that a timeline says, with its time as it is written.
type entry struct {
	part  int // which timeline
	block int
	line  int
	pos   diag.Pos
	stamp stamp
	zone  zone   // that of the column
	text  string // without the time
	label string // what the entry calls itself, "Detected"
	links []int
	bad   string // what stands in the place of the time and cannot be read
	group bool   // a day with entries below it, and no event unless they have no time
}

// reader collects the entries of timelines.
type reader struct {
	blocks  []markdown.Block
	links   []markdown.Link
	entries []entry
	zones   []zone // of each part, by its name or a sentence in it
	open    int    // the entry that what has no time belongs to, or -1
	inside  bool   // below a heading that is an event
	list    int    // the level of the outermost items of this list that are events, or 0
}

func (r *reader) add(e entry) {
	e.part = len(r.zones) - 1
	r.entries = append(r.entries, e)
	r.open = len(r.entries) - 1
}

// section reads a timeline.
func (r *reader) section(p part) {
	head := &r.blocks[p.head]
	first, rest, more := strings.Cut(head.Text, "\n")
	r.zones = append(r.zones, zoneIn(first[:min(len(first), maxName)]))
	r.open, r.inside, r.list = -1, false, 0
	if d := dayIn(first); d.kind != noDate {
		r.add(entry{block: p.head, line: head.Pos.Line, pos: head.Pos, stamp: stamp{date: d}, group: true})
		r.open = -1
	}
	if more && head.Kind != markdown.HeadingBlock {
		r.prose(p.head, strings.Count(first, "\n")+1, rest)
	}
	skip := 0 // the level of a heading about something else, whose part is left out
	for i := p.from; i < p.to; i++ {
		b := &r.blocks[i]
		if b.Kind == markdown.HeadingBlock {
			if skip > 0 && b.Level > skip {
				continue
			}
			skip = 0
			if !r.heading(i) && isAside(b.Text) {
				skip = b.Level
			}
			continue
		}
		if skip > 0 || b.Kind == markdown.CodeBlock {
			continue
		}
		z := &r.zones[len(r.zones)-1]
		if z.name == "" && (b.Kind == markdown.ParagraphBlock || b.Kind == markdown.ItemBlock) {
			if _, _, timed := lead(b.Text); !timed {
				*z = zoneSentence(b.Text)
			}
		}
		switch {
		case b.Quote:
		case b.Kind == markdown.RowBlock:
			end := i + 1
			for end < p.to && r.blocks[end].Kind == markdown.RowBlock && !r.blocks[end].Head {
				end++
			}
			r.table(i, end)
			r.open = -1
			i = end - 1
		default:
			r.prose(i, 0, b.Text)
		}
	}
}

// heading reads a heading below a timeline's name, and tells whether it has a time.
func (r *reader) heading(i int) bool {
	b := &r.blocks[i]
	e := entry{block: i, line: b.Pos.Line, pos: b.Pos, links: slices.Clone(b.Links)}
	st, rest, ok := lead(b.Text)
	if !ok {
		st, rest, e.label, ok = labelled(b.Text, b.Bold)
	}
	if !ok {
		if st, rest, ok = tail(b.Text); ok && !st.clock.ok {
			ok = false
		}
	}
	if !ok && attempt(firstWord(b.Text)) {
		e.bad, rest, ok = firstWord(b.Text), b.Text, true
	}
	r.open, r.inside, r.list = -1, false, 0
	if !ok {
		d := dayIn(b.Text)
		if d.kind == noDate || isAside(b.Text) {
			return false
		}
		st.date, rest = d, b.Text // "### The second day (13 March)"
	}
	e.stamp, e.text = st, oneLine(rest)
	e.group = !st.clock.ok && e.bad == ""
	if e.group && e.stamp.zone.name == "" {
		if z, end := zoneAt(rest, 0); z.name != "" { // "### 12 March (UTC)"
			e.stamp.zone = z
			e.text, _ = trimmed(rest[end:])
		}
	}
	if e.label == "" {
		e.label = labelOf(e.text)
	}
	r.inside = !e.group
	r.add(e)
	return true
}

// prose reads an item or a paragraph from a line of its on.
func (r *reader) prose(i, from int, text string) {
	b := &r.blocks[i]
	if b.Level < r.list {
		r.list = 0
	}
	lines := strings.Split(text, "\n")
	starts := r.starts(b, lines)
	if len(starts) == 0 {
		r.untimed(i, text)
		return
	}
	links := b.Links
	for n, at := range starts {
		end := len(lines)
		if n+1 < len(starts) {
			end = starts[n+1].line
		}
		e := at.entry
		e.block, e.line, e.pos = i, b.Line(from+at.line), b.Pos
		if from+at.line > 0 {
			e.pos = diag.Pos{Line: e.line, Col: 1}
		}
		if more := lines[at.line+1 : end]; len(more) > 0 {
			e.text += " " + strings.Join(more, " ")
		}
		e.text = oneLine(e.text)
		if e.label == "" {
			e.label = labelOf(e.text)
		}
		next := b.Line(from + end)
		for n+1 < len(starts) && len(links) > 0 && links[0] < len(r.links) && r.links[links[0]].Pos.Line < next {
			e.links, links = append(e.links, links[0]), links[1:]
		}
		if n+1 == len(starts) {
			e.links = slices.Clone(links)
		}
		r.add(e)
	}
	if b.Kind == markdown.ItemBlock && (r.list == 0 || b.Level < r.list) && !r.entries[r.open].group {
		r.list = b.Level
	}
}

// start is a line with which an entry begins.
type start struct {
	line int
	entry
}

// starts finds the lines of a paragraph or an item with which entries begin.
func (r *reader) starts(b *markdown.Block, lines []string) []start {
	var list []start
	for n, line := range lines {
		e, ok := entry{}, false
		if n == 0 {
			e, ok = r.first(b, line, len(lines) == 1)
		} else if !wraps(lines[n-1]) {
			e.stamp, e.text, ok = lead(line)
			ok = ok && (e.stamp.clock.ok || e.stamp.date.sure)
		}
		if ok {
			list = append(list, start{n, e})
		}
	}
	if len(list) > 0 && list[0].line > 0 && len(list) < len(lines)-1 && !strings.HasSuffix(strings.TrimSpace(lines[list[0].line-1]), ":") {
		if z := zoneSentence(strings.Join(lines[:list[0].line], " ")); z.name == "" {
			return nil // prose, of which some line happens to begin with a time
		}
	}
	return list
}

// first reads the first line of a paragraph or an item.
func (r *reader) first(b *markdown.Block, line string, alone bool) (e entry, ok bool) {
	if e.stamp, e.text, ok = lead(line); ok {
		e.group = !e.stamp.clock.ok && alone && strings.TrimSpace(e.text) == ""
		return e, true
	}
	if e.stamp, e.text, e.label, ok = labelled(line, b.Bold); ok {
		return e, true
	}
	if alone && b.Bold != "" && strings.TrimRight(b.Bold, ": ") == strings.TrimRight(line, ": ") && len(line) <= maxName {
		if d := dayIn(line); d.kind != noDate { // a bold line that is a heading
			return entry{stamp: stamp{date: d}, text: line, group: true}, true
		}
	}
	if b.Kind == markdown.ItemBlock && !r.within(b) && len(line) <= maxTail {
		if e.stamp, e.text, ok = tail(line); ok && e.text != "" {
			return e, true
		}
		if bad := lastAttempt(strings.TrimSpace(line)); bad != "" {
			return entry{bad: bad, text: line}, true
		}
	}
	if w := firstWord(line); attempt(w) {
		return entry{bad: w, text: line}, true
	}
	return entry{}, false
}

// maxTail is how long a line may be that ends with its time. In a longer one the
// time is most likely part of what it tells.
const maxTail = 160

// within tells whether a block is a detail of an event above it.
func (r *reader) within(b *markdown.Block) bool {
	return r.inside || r.list > 0 && (b.Level > r.list || b.Level == r.list && b.Kind == markdown.ParagraphBlock)
}

// untimed gives what has no time to the entry that it belongs to: its links, and
// its words where the entry has none.
func (r *reader) untimed(i int, text string) {
	b := &r.blocks[i]
	if r.open < 0 {
		return
	}
	e := &r.entries[r.open]
	over := &r.blocks[e.block]
	if !(over.Kind == markdown.HeadingBlock || over.Kind == markdown.ParagraphBlock && b.Level >= over.Level || r.within(b) || e.group) {
		r.open = -1
		return
	}
	if e.text == "" {
		e.text = oneLine(text)
	}
	if e.label == "" && markOf(b.Bold) != "" && over.Kind == markdown.HeadingBlock {
		e.label = strings.TrimRight(b.Bold, " :.;-")
	}
	if e.block != i {
		e.links = append(e.links, b.Links...)
	}
}

// labelled reads "Detected: 2020-01-20 14:02 by an alert": a word, a stamp, and
// the rest.
func labelled(line, bold string) (st stamp, text, label string, ok bool) {
	i := strings.IndexByte(line[:min(len(line), maxLabel)], ':')
	if bold != "" && len(bold) < maxLabel && strings.HasPrefix(line, bold) {
		i = len(bold)
		label = strings.TrimRight(bold, " :.-")
	} else if strings.HasPrefix(line, "[") {
		if i = strings.IndexByte(line[:min(len(line), maxLabel)], ']'); i > 0 {
			label = line[1:i]
			i++
		}
	} else if i > 0 {
		label = line[:i]
	}
	if i <= 0 || i > len(line) || isDigit(line[i-1]) {
		return stamp{}, "", "", false
	}
	st, rest, ok := lead(strings.TrimLeft(line[i:], ": –—-"))
	if !ok || !st.clock.ok && (st.date.kind != fullDate || st.date.year == 0) {
		return stamp{}, "", "", false
	}
	if rest == "" {
		return st, label, label, true
	}
	if markOf(label) != "" {
		return st, rest, label, true
	}
	return st, label + ": " + rest, label, true
}

// maxLabel is how long the label of an entry may be, in bytes.
const maxLabel = 40

// wraps tells whether a sentence goes on in the next line, so that a time at its
// beginning is part of it.
func wraps(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" {
		return false
	}
	switch line[len(line)-1] {
	case ',', '(', '-', '/', '~', '&':
		return true
	}
	w := strings.ToLower(lastWord(line))
	_, found := slices.BinarySearch(joints, w)
	return found
}

// joints are words after which a sentence goes on.
var joints = []string{
	"a", "about", "after", "ago", "an", "and", "approximately", "around", "as", "at", "before", "between", "but", "by", "during", "for", "from",
	"in", "is", "my", "near", "of", "on", "or", "our", "since", "than", "that", "the", "their", "this", "through", "till", "to", "until", "was", "were", "when", "with",
}

// dayIn finds the day that the name of a timeline gives.
func dayIn(text string) date {
	text = text[:min(len(text), maxName)]
	for i := range len(text) {
		if begins(text[i]) && (i == 0 || !isLetter(text[i-1]) && !isDigit(text[i-1])) {
			if d, _ := dateAt(text, i); (d.kind == fullDate || d.kind == eitherDate) && d.sure {
				return d
			}
		}
	}
	return date{}
}

// oneLine is a text without the breaks and the blanks that a page does not show.
func oneLine(s string) string {
	if s = strings.TrimSpace(s); !strings.ContainsAny(s, "\n\t\r\f\v\u00a0\u202f\u2028\u2029\u0085") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
