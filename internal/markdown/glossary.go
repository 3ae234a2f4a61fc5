package markdown

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Explained is a term that is explained on a page of its own.
type Explained struct {
	Names []string // its title and its other names
	Title string
	Text  string // its definition, in a sentence
	URL   string
	ID    string // of the element on a page that holds its definition
}

// Glossary finds terms in pages. It is safe for concurrent use.
type Glossary struct {
	terms []Explained
	names map[string][]name             // by their first word in lower case, the longest first
	begin [utf8.RuneSelf][longWord]bool // whether a first word has this last byte and this length; most words of a text have not
}

// longWord is a length in bytes that words beyond it share.
const longWord = 24

func (g *Glossary) may(word string) *bool {
	last := word[len(word)-1] | 0x20 // in lower case
	if last >= utf8.RuneSelf {
		last = 0
	}
	return &g.begin[last][min(len(word), longWord-1)]
}

// name is a name of a term, cut into words.
type name struct {
	term  int
	words []string // in lower case, but as written where exact is set
	exact bool     // an acronym: "SLAM" is no "slam"
}

// NewGlossary returns a glossary. plurals tells whether the last word of a name
// may have an English plural's ending.
func NewGlossary(terms []Explained, plurals bool) *Glossary {
	g := &Glossary{terms: terms, names: map[string][]name{}}
	for i, t := range terms {
		for _, text := range t.Names {
			g.add(i, text)
			if plurals {
				g.add(i, plural(text))
			}
		}
	}
	for _, list := range g.names {
		slices.SortStableFunc(list, func(a, b name) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	return g
}

func (g *Glossary) add(term int, text string) {
	words := strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) })
	if len(words) == 0 {
		return
	}
	n := name{term: term, words: words, exact: acronym(words)}
	if !n.exact {
		for i := range words {
			words[i] = strings.ToLower(words[i])
		}
	}
	first := strings.ToLower(words[0])
	g.names[first] = append(g.names[first], n)
	*g.may(first) = true
}

// acronym tells whether a name is of capitals and digits, which lower-case
// letters do not mean: "SLAM", "OTA", but not "6DoF".
func acronym(words []string) bool {
	if len(words) != 1 {
		return false
	}
	letters := 0
	for _, r := range strings.TrimSuffix(words[0], "s") {
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 1
}

// plural is the plural of an English name, more or less.
func plural(text string) string {
	low := strings.ToLower(text)
	end := func(s string) bool { return strings.HasSuffix(low, s) }
	switch {
	case text == "":
		return text
	case end("s"), end("x"), end("ch"), end("sh"):
		return text + "es"
	case end("y") && !end("ay") && !end("ey") && !end("oy"):
		return text[:len(text)-1] + "ies"
	}
	return text + "s"
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// Mark makes the first use of each term in the HTML of a page a link to its
// explanation, and adds the definitions to the end of the page, where the links
// refer to them and a script finds them. Code, links, headings, quotations and
// drawings stay as they are. skip tells which terms are left alone. used are the
// terms that were found, in order.
func (g *Glossary) Mark(page string, skip func(term int) bool) (marked string, used []int) {
	if len(g.names) == 0 {
		return page, nil
	}
	m := marker{g: g, page: page, seen: make([]bool, len(g.terms))}
	for i := range m.seen {
		m.seen[i] = skip != nil && skip(i)
	}
	m.run()
	if len(m.used) == 0 {
		return page, nil
	}
	m.out.WriteString(page[m.written:])
	m.out.WriteString("<div class=\"term-notes\" hidden>\n")
	for _, i := range m.used {
		t := g.terms[i]
		m.out.WriteString("<p" + attr("id", t.ID) + "><strong>" + html.EscapeString(t.Title) + "</strong> " + html.EscapeString(t.Text) + "</p>\n")
	}
	m.out.WriteString("</div>\n")
	return m.out.String(), m.used
}

// marker steps through a page.
type marker struct {
	g       *Glossary
	page    string
	seen    []bool // terms that are marked already
	used    []int
	out     strings.Builder
	written int // bytes of page that out has
	closed  int // elements around this place in which nothing is marked
	drawn   int // drawings and formulas around this place; of their elements only these are counted
}

// unmarked are the elements in which no term is marked.
var unmarked = map[string]bool{
	"a": true, "code": true, "pre": true, "kbd": true, "button": true, "summary": true, "dt": true, "th": true, "sup": true, "blockquote": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
}

// verbatim are the elements that hold text alone, in which a "<" begins no tag.
var verbatim = map[string]bool{"script": true, "style": true, "textarea": true, "title": true}

func (m *marker) run() {
	for at := 0; at < len(m.page); {
		next := strings.IndexByte(m.page[at:], '<')
		if next < 0 {
			next = len(m.page) - at
		}
		if m.closed == 0 && m.drawn == 0 {
			m.text(at, at+next)
		}
		if at += next; at < len(m.page) {
			at = m.tag(at)
		}
	}
}

// tag steps over the tag or comment at a place, as a browser does: raw HTML may
// hold anything. What only looks like a tag is stepped into.
func (m *marker) tag(at int) int {
	rest := m.page[at:]
	element, closing := strings.CutPrefix(rest[1:], "/")
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return m.after("-->", at+len("<!")) // "<!-->" is a comment
	case element != "" && letter(element[0]):
	case closing, strings.HasPrefix(rest, "<!"), strings.HasPrefix(rest, "<?"): // comments of another kind
		return m.after(">", at)
	default:
		return at + 1
	}
	n := until(element, blank+"/>")
	name := strings.ToLower(element[:n])
	end := m.attributes(len(m.page) - len(element) + n)
	switch {
	case name == "svg" || name == "math":
		if closing {
			m.drawn = max(0, m.drawn-1)
		} else if !strings.HasSuffix(m.page[at:end], "/>") {
			m.drawn++
		}
	case m.drawn > 0:
	case unmarked[name] && closing:
		m.closed = max(0, m.closed-1)
	case unmarked[name]:
		m.closed++
	case verbatim[name] && !closing:
		return m.endTag(name, end)
	}
	return end
}

// attributes steps over the attributes of a tag and its ">". A value in quotes may
// hold a ">"; a quote elsewhere begins nothing.
func (m *marker) attributes(at int) int {
	rest := m.page[at:]
	for {
		rest = strings.TrimLeft(rest, blank+"/")
		if rest == "" || rest[0] == '>' {
			return len(m.page) - len(strings.TrimPrefix(rest, ">"))
		}
		rest = rest[1:] // a name may begin with "="
		rest = strings.TrimLeft(rest[until(rest, blank+"/>="):], blank)
		value, ok := strings.CutPrefix(rest, "=")
		if !ok {
			continue
		}
		rest = strings.TrimLeft(value, blank)
		if strings.HasPrefix(rest, `"`) || strings.HasPrefix(rest, "'") {
			_, rest, _ = strings.Cut(rest[1:], rest[:1])
		} else {
			rest = rest[until(rest, blank+">"):]
		}
	}
}

// endTag is where the next end tag of an element is, from a place on.
func (m *marker) endTag(name string, at int) int {
	for at < len(m.page) {
		at = m.after("</", at)
		if n := until(m.page[at:], blank+"/>"); strings.EqualFold(m.page[at:at+n], name) {
			return at - len("</")
		}
	}
	return at
}

// after is the place after the next mark, or the end of the page.
func (m *marker) after(mark string, at int) int {
	if i := strings.Index(m.page[at:], mark); i >= 0 {
		return at + i + len(mark)
	}
	return len(m.page)
}

const blank = " \t\n\f\r"

// until is how far a text goes before one of the characters.
func until(text, chars string) int {
	if i := strings.IndexAny(text, chars); i >= 0 {
		return i
	}
	return len(text)
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// text looks for terms in a run of text.
func (m *marker) text(at, end int) {
	for at < end {
		start, stop := m.word(at, end)
		if start == stop {
			return
		}
		at = stop
		if term, last, ok := m.match(start, stop, end); ok {
			t := m.g.terms[term]
			m.out.WriteString(m.page[m.written:start])
			m.out.WriteString("<a" + attr("class", "term") + attr("href", t.URL) + attr("aria-describedby", t.ID) + ">")
			m.out.WriteString(m.page[start:last] + "</a>")
			m.written, at = last, last
			m.seen[term] = true
			m.used = append(m.used, term)
		}
	}
}

// word is the next word of the text: where it begins and ends.
func (m *marker) word(at, end int) (start, stop int) {
	start = -1
	for i := at; i < end; {
		r, size := rune(m.page[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(m.page[i:end])
		}
		switch {
		case isWord(r):
			if start < 0 {
				start = i
			}
		case start >= 0:
			return start, i
		case r == '&': // an entity is no word
			if semi := strings.IndexByte(m.page[i:min(end, i+maxEntity)], ';'); semi > 0 {
				size = semi + 1
			}
		}
		i += size
	}
	if start < 0 {
		return end, end
	}
	return start, end
}

// match finds the longest name that begins with the word.
func (m *marker) match(start, stop, end int) (term, last int, ok bool) {
	word := m.page[start:stop]
	if !*m.g.may(word) {
		return 0, 0, false
	}
	for _, n := range m.g.names[strings.ToLower(word)] {
		if m.seen[n.term] || n.exact && word != n.words[0] {
			continue
		}
		last, fits := stop, true
		for _, w := range n.words[1:] {
			from, to := m.word(last, end)
			if fits = from < to && joins(m.page[last:from]) && strings.EqualFold(m.page[from:to], w); !fits {
				break
			}
			last = to
		}
		if fits && !strings.HasPrefix(m.page[last:end], "_") {
			return n.term, last, true
		}
	}
	return 0, 0, false
}

// joins tells whether what stands between two words leaves them one name.
func joins(between string) bool {
	between = html.UnescapeString(between)
	return between == "-" || between == " " || between == "\n" || between == "\u00a0" || between == "\u2011" || between == "/"
}
