package exchange

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mendWord makes plain HTML of what Word writes: its lists are paragraphs with a
// sign before them, its title is a paragraph, and spaces are held with no-break
// spaces. Pages that Word did not write have none of this.
func mendWord(doc *html.Node) {
	for _, n := range elements(doc) {
		switch class := attr(n, "class"); {
		case n.Data == "o:p":
			unwrap(n)
		case n.DataAtom == atom.P && class == "MsoTitle":
			n.Data, n.DataAtom = "h1", atom.H1
		case n.DataAtom == atom.P && strings.HasPrefix(class, "MsoListParagraph") && n.Parent != nil: // not in a list yet
			if before := previous(n); before == nil || !strings.HasPrefix(attr(before, "class"), "MsoListParagraph") {
				wordList(n)
			}
		}
	}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && (n.Parent == nil || n.Parent.DataAtom != atom.Pre) {
			n.Data = strings.ReplaceAll(n.Data, "\u00a0", " ")
		}
	}
}

func previous(n *html.Node) *html.Node {
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		if p.Type == html.ElementNode || p.Type == html.TextNode && strings.TrimSpace(p.Data) != "" {
			return p
		}
	}
	return nil
}

func following(n *html.Node) *html.Node {
	for p := n.NextSibling; p != nil; p = p.NextSibling {
		if p.Type == html.ElementNode || p.Type == html.TextNode && strings.TrimSpace(p.Data) != "" {
			return p
		}
	}
	return nil
}

// wordList makes a list of a run of list paragraphs.
func wordList(first *html.Node) {
	var run []*html.Node
	for n := first; n != nil && n.Type == html.ElementNode && n.DataAtom == atom.P && strings.HasPrefix(attr(n, "class"), "MsoListParagraph"); n = following(n) {
		run = append(run, n)
	}
	var open []*html.Node // the lists that are open, from the outermost on
	parent := first.Parent
	before := run[len(run)-1].NextSibling
	for _, p := range run {
		level := min(wordLevel(attr(p, "style")), len(open)+1)
		marker := takeMarker(p)
		open = open[:min(level, len(open))]
		if len(open) < level {
			list := &html.Node{Type: html.ElementNode, Data: "ul", DataAtom: atom.Ul}
			if numbered.MatchString(marker) {
				list.Data, list.DataAtom = "ol", atom.Ol
			}
			if len(open) == 0 {
				parent.InsertBefore(list, before)
			} else {
				open[len(open)-1].LastChild.AppendChild(list) // a list has an item when another is opened in it
			}
			open = append(open, list)
		}
		parent.RemoveChild(p)
		item := &html.Node{Type: html.ElementNode, Data: "li", DataAtom: atom.Li}
		open[len(open)-1].AppendChild(item)
		for c := p.FirstChild; c != nil; c = p.FirstChild {
			p.RemoveChild(c)
			item.AppendChild(c)
		}
	}
}

var (
	wordListLevel = regexp.MustCompile(`mso-list:[^;]*level([1-9])`)
	wordMargin    = regexp.MustCompile(`margin-left:\s*([0-9.]+)(in|pt|cm|mm)`)
	numbered      = regexp.MustCompile(`^\(?([0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]$`)
	bullet        = regexp.MustCompile("^[\u00b7\u2022\u25aa\u25cf\u25e6\uf0a7\uf0b7\u00a7o–-][\\s\u00a0]+")
)

// wordLevel is how deep a list paragraph is, by Word's own word for it or, where
// that was filtered out, by its margin: half an inch a level.
func wordLevel(style string) int {
	if m := wordListLevel.FindStringSubmatch(style); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	m := wordMargin.FindStringSubmatch(style)
	if m == nil {
		return 1
	}
	size, _ := strconv.ParseFloat(m[1], 64)
	inches := size / map[string]float64{"in": 1, "pt": 72, "cm": 2.54, "mm": 25.4}[m[2]]
	return min(9, max(1, int(inches*2+0.5)))
}

// takeMarker removes the sign or number that Word wrote before a list paragraph,
// and returns it. Behind it are spaces in a span of their own, in a small type.
func takeMarker(p *html.Node) string {
	for _, n := range elements(p) {
		if n.DataAtom != atom.Span || !strings.Contains(attr(n, "style"), "7.0pt") || strings.TrimSpace(strings.ReplaceAll(words(n), "\u00a0", "")) != "" {
			continue
		}
		holder := n
		for holder.Parent != p && holder.Parent.DataAtom == atom.Span {
			holder = holder.Parent
		}
		marker := strings.TrimSpace(strings.ReplaceAll(words(holder), "\u00a0", " "))
		if len(marker) > 8 {
			return ""
		}
		if holder == n { // the sign is bare text before the spaces
			if t := n.PrevSibling; t != nil && t.Type == html.TextNode && len(t.Data) <= 8 {
				marker = strings.TrimSpace(t.Data)
				n.Parent.RemoveChild(t)
			}
		}
		holder.Parent.RemoveChild(holder)
		return marker
	}
	for t := range p.Descendants() {
		if t.Type == html.TextNode && strings.TrimSpace(t.Data) != "" {
			t.Data = bullet.ReplaceAllString(t.Data, "")
			break
		}
	}
	return ""
}
