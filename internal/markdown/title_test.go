package markdown

import (
	"strings"
	"testing"
)

// The title is written at the level that the page has for it, or not at all
// when the layout shows it in a place of its own.
func TestTitleLevel(t *testing.T) {
	const text = "# The *title* of [[Anchor]]\n\nText.\n\n## Next\n"
	const rest = "<p>Text.</p>\n<h2 id=\"h-next\">Next <a class=\"anchor\" href=\"#h-next\" aria-label=\"Link to this section\">#</a></h2>\n"
	for _, test := range []struct {
		name, src string
		level     int
		want      string
	}{
		{"left out", text, 0, rest},
		{"first level", text, 1, "<h1>The <em>title</em> of <a href=\"Anchor\">Anchor</a></h1>\n" + rest},
		{"second level", text, 2, "<h2>The <em>title</em> of <a href=\"Anchor\">Anchor</a></h2>\n" + rest},
		{"underlined title", "Title\n===\n", 1, "<h1>Title</h1>\n"},
		{"a title like the mark of its end", "# T\n", 1, "<h1>T</h1>\n"},
		{"a title like the mark of its start", "# t\n", 1, "<h1>t</h1>\n"},
		{"empty title", "#\n", 1, "<h1></h1>\n"},
		{"no title, left out", "Text.\n\n## Next\n", 0, rest},
		{"no title, first level", "Text.\n\n## Next\n", 1, rest},
		{"nothing at all", "", 1, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := NewParser(Options{}).Parse([]byte(test.src), 1).HTML(nil, test.level); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

// Which heading is the title decides on the page's name, so each case is spelt out.
func TestTitle(t *testing.T) {
	for _, test := range []struct{ name, src, title, headings string }{
		{"first line", "# A\n", "A", ""},
		{"after a comment", "<!-- c -->\n\n# A\n", "A", ""},
		{"after a link definition", "[x]: y.md\n\n# A [x]\n", "A x", ""},
		{"after text", "Text.\n\n# A\n", "", "2:A"},
		{"after a lower heading", "## B\n\n# A\n", "", "3:B 2:A"},
		{"second of its level", "# A\n\n# B\n\n## C\n", "A", "2:B 3:C"},
		{"in a quote", "> # A\n", "", "2:A"},
		{"lowest level stays within six", "# A\n\n# B\n\n###### C\n", "A", "2:B 6:C"},
		{"level skipped", "# A\n\n#### B\n", "A", "4:B"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := NewParser(Options{}).Parse([]byte(test.src), 1)
			var headings []string
			for _, h := range doc.Headings {
				headings = append(headings, itoa(h.Level)+":"+h.Text)
			}
			if got := strings.Join(headings, " "); doc.Title != test.title || got != test.headings {
				t.Errorf("title %q and headings %q, want %q and %q", doc.Title, got, test.title, test.headings)
			}
		})
	}
}

// Title, Lead, headings and sections are what lists, feeds and the search show:
// they hold what a reader sees on the page, no more and no less.
func TestPlainText(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"mark-up vanishes", "a *b* **c** ~~d~~ [e](f.md) `g`", "a b c d e g"},
		{"entities", "a &amp; b &copy; &#60; &#x3c; &nosuch;", "a & b © < < &nosuch;"},
		{"escapes", `a \* b \_ c \\ d \q`, `a * b _ c \ d \q`},
		{"an escaped entity is none", `a \&lt; b &amp;lt; c &#38;lt; d`, "a &lt; b &lt; c &lt; d"},
		{"code is literal", "`&lt;b&gt;` and `a\\_b` and `[[x]]`", `&lt;b&gt; and a\_b and [[x]]`},
		{"line ends", "a\nb  \nc\\\nd", "a b c d"},
		{"pictures give their words", "a ![b *c*](d.png) e", "a b c e"},
		{"addresses", "<https://example.com> b@example.com", "https://example.com b@example.com"},
		{"wiki links give what is shown", "[[a]] [[b|c]]", "a c"},
		{"raw HTML is text", "restart <service> now", "restart <service> now"},
		{"a line break is a space", "a<br>b", "a b"},
		{"a comment is nothing", "a <!-- b -->c", "a c"},
		{"footnote marks vanish", "a[^1] b\n\n[^1]: c", "a b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := NewParser(Options{})
			if got := p.Parse([]byte(test.src), 1).Lead; got != test.want {
				t.Errorf("lead %q, want %q", got, test.want)
			}
			if strings.ContainsAny(test.src, "\n") {
				return
			}
			doc := p.Parse([]byte("## "+test.src+"\n\nText.\n"), 1)
			if got := strings.Join(strings.Fields(doc.Headings[0].Text), " "); got != test.want {
				t.Errorf("heading %q, want %q", got, test.want)
			}
			// A heading's words are in Section.Heading and not again in its text.
			if got := doc.Sections[1].Text; got != "Text." {
				t.Errorf("section %q, want %q", got, "Text.")
			}
		})
	}
}

// The text of a section is all that the search knows of it.
func TestSections(t *testing.T) {
	src := "# Title\n\nLead.\n\n## One\n\n| a | b |\n|---|---|\n| c | d |\n\n```go\ncode()\n```\n\n## Two\n\n- e\n- <f>\n\nTerm\n: g\n"
	doc := NewParser(Options{}).Parse([]byte(src), 1)
	var got []string
	for _, s := range doc.Sections {
		got = append(got, s.ID+"|"+s.Heading+"|"+strings.Join(strings.Fields(s.Text), " "))
	}
	want := "||Lead.\nh-one|One|a b c d code()\nh-two|Two|e <f> Term g"
	if strings.Join(got, "\n") != want {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), want)
	}
}

// Anchor is used for headings and for links to them, so its rules are fixed:
// they are GitHub's.
func TestAnchor(t *testing.T) {
	for words, want := range map[string]string{
		"Timeline": "timeline", "What went well?": "what-went-well", "A  B": "a--b", "a_b-c": "a_b-c",
		"Größe": "größe", "ΑΒΓ": "αβγ", "e\u0301": "e\u0301", "1.2.3": "123", "🚀 go": "-go", "": "", "\"><x>": "x", "a\u00a0b": "a-b",
	} {
		if got := Anchor(words); got != want {
			t.Errorf("Anchor(%q) = %q, want %q", words, got, want)
		}
	}
}

// TestLettersOfMarks has links whose words are the letters that mark the title, and
// holes that touch it: nothing is lost.
func TestLettersOfMarks(t *testing.T) {
	for src, want := range map[string]string{
		"A [t](/x) tail.":                `<p>A <a href="/x">t</a> tail.</p>`,
		"[t](/x)[T](/y) tail":            `<p><a href="/x">t</a><a href="/y">T</a> tail</p>`,
		"# See [T](/x) end\n\nTail.":     `<h1>See <a href="/x">T</a> end</h1> <p>Tail.</p>`,
		"# [t](/x)\n\n[T](/y)":           `<h1><a href="/x">t</a></h1> <p><a href="/y">T</a></p>`,
		"Intro [t](/x).\n\nTail [T](/y)": `<p>Intro <a href="/x">t</a>.</p> <p>Tail <a href="/y">T</a></p>`,
		"# [](/x)t[](/y)\n\nTail":        `<h1><a href="/x"></a>t<a href="/y"></a></h1> <p>Tail</p>`,
	} {
		doc := NewParser(Options{}).Parse([]byte(src), 1)
		got := strings.Join(strings.Fields(doc.HTML(nil, 1)), " ")
		if got != want {
			t.Errorf("%q becomes\n%s, want\n%s", src, got, want)
		}
	}
}
