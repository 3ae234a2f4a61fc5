package markdown

import (
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/util"
)

// HTML returns the text as HTML with its links filled in: targets[i] is where
// Links[i] leads; a link without a target leads where it says. The title
// heading is written at the level titleLevel, or left out when that is 0.
func (d *Doc) HTML(targets []Target, titleLevel int) string {
	src := d.html
	if before, rest, ok := strings.Cut(src, titleStart); ok {
		title, after, _ := strings.Cut(rest, titleEnd)
		src = before + after
		if titleLevel > 0 {
			tag := "h" + itoa(titleLevel) + ">"
			src = before + "<" + tag + title + "</" + tag + "\n" + after
		}
	}
	var b strings.Builder
	b.Grow(len(src) + 64*len(d.Links))
	for {
		i := strings.IndexByte(src, 0)
		if i < 0 {
			b.WriteString(src)
			return b.String()
		}
		b.WriteString(src[:i])
		mark, rest, _ := strings.Cut(src[i+1:], "\x00")
		src = rest
		n, err := strconv.Atoi(mark[1:])
		if err != nil || n >= len(d.Links) {
			continue
		}
		target := Target{URL: d.Links[n].Dest, Text: d.Links[n].Dest}
		if n < len(targets) {
			target = targets[n]
		}
		fill(&b, mark[:1], d.Links[n], target)
	}
}

func fill(b *strings.Builder, mark string, l Link, t Target) {
	switch {
	case l.Kind == Image:
		image(b, l, t)
	case mark == holeOpen:
		open(b, l, t)
	case mark == holeClose:
		closing(b, l, t)
	default:
		open(b, l, t)
		b.WriteString(html.EscapeString(t.Text))
		closing(b, l, t)
	}
}

func open(b *strings.Builder, l Link, t Target) {
	if t.Broken != "" {
		b.WriteString(`<span class="broken"` + attr("title", t.Broken) + ">")
		return
	}
	if l.Inner {
		return
	}
	b.WriteString("<a" + attr("href", string(util.URLEscape([]byte(t.URL), false))))
	if l.Title != "" {
		b.WriteString(attr("title", l.Title))
	}
	if t.External {
		b.WriteString(` class="external" rel="noopener noreferrer"`)
	}
	b.WriteByte('>')
}

func closing(b *strings.Builder, l Link, t Target) {
	switch {
	case t.Broken != "":
		b.WriteString("</span>")
	case !l.Inner:
		b.WriteString("</a>")
	}
}

// image writes a picture of the site itself. One from elsewhere becomes a link:
// a page must not tell another host who is reading it.
func image(b *strings.Builder, l Link, t Target) {
	alt := l.Text
	switch {
	case t.Broken != "":
		if alt == "" {
			alt = l.Dest
		}
		b.WriteString(`<span class="broken"` + attr("title", t.Broken) + ">" + html.EscapeString(alt) + "</span>")
	case t.External:
		if alt == "" {
			alt = "image"
		}
		open(b, l, t)
		b.WriteString(html.EscapeString(alt))
		closing(b, l, t)
	default:
		b.WriteString("<img" + attr("src", string(util.URLEscape([]byte(t.URL), false))) + attr("alt", alt))
		if l.Title != "" {
			b.WriteString(attr("title", l.Title))
		}
		b.WriteString(` loading="lazy">`)
	}
}
