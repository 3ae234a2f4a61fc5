package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// inShort writes blocks a line each: kind, level, signs, text and id.
func inShort(blocks []Block) string {
	var b strings.Builder
	for _, x := range blocks {
		fmt.Fprintf(&b, "%d:%d %s%d", x.Pos.Line, x.Pos.Col, [...]string{"heading", "paragraph", "item", "row", "code"}[x.Kind], x.Level)
		for sign, on := range map[string]bool{" head": x.Head, " quote": x.Quote, " empty": x.Box == EmptyBox, " ticked": x.Box == TickedBox} {
			if on {
				b.WriteString(sign)
			}
		}
		fmt.Fprintf(&b, " %q", x.Text)
		if x.Bold != "" {
			fmt.Fprintf(&b, " bold=%q", x.Bold)
		}
		if x.Gone != "" {
			fmt.Fprintf(&b, " gone=%q", x.Gone)
		}
		if len(x.Links) > 0 {
			fmt.Fprintf(&b, " links=%v", x.Links)
		}
		if x.ID != "" {
			fmt.Fprintf(&b, " #%s", x.ID)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestOutline(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"headings", "# Title\n\n## `14:49` Pods [stuck](x)\n", `
1:1 heading1 "Title"
3:1 heading2 "14:49 Pods stuck" links=[0] #h-1449-pods-stuck`},
		{"lines of a paragraph", "**14:02** alert\n14:05  page  \n14:07 *quiet*\n", `
1:1 paragraph0 "14:02 alert\n14:05  page\n14:07 quiet" bold="14:02"`},
		{"a table", "| Time | Event |\n|--|--|\n| 14:02 | An [alert](a) |\n| **Detected** | `x` |\n", `
1:1 row0 head "Time\tEvent"
3:1 row0 "14:02\tAn alert" links=[0]
4:1 row0 "Detected\tx" bold="Detected"`},
		{"lists in lists", "- **Key events**\n  - Fault 07:15\n\n    More of it.\n- [ ] Open\n- [x] **Done** <https://t.example>\n", `
1:1 item1 "Key events" bold="Key events"
2:3 item2 "Fault 07:15"
4:5 paragraph2 "More of it."
5:1 item1 empty "Open"
6:1 item1 ticked "Done https://t.example" bold="Done" links=[0]`},
		{"struck through", "- [ ] ~~Not **this** one~~ Declined: [no](n)\n", `
1:1 item1 empty "Not this one Declined: no" gone="Not this one" links=[0]`},
		{"terms and what they mean", "14:02\n: Alert\n", `
1:1 paragraph0 "14:02"
2:3 paragraph0 "Alert"`},
		{"a quotation and code", "> 14:02 said\n\n```\n14:03 not prose\n```\n", `
1:3 paragraph0 quote "14:02 said"
3:1 code0 ""`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := "\n" + strings.TrimSuffix(inShort(NewParser(Options{}).Read([]byte(test.src), 1).Blocks), "\n"); got != test.want {
				t.Errorf("got%s\nwant%s", got, test.want)
			}
		})
	}
}

// A line that is parted by <br> is two of the text and one of the file.
func TestLine(t *testing.T) {
	text := NewParser(Options{}).Read([]byte("a<br>b\nc <br>\nd\n\n<br> <br>\ne\nf\n"), 3)
	var got []string
	for i := range text.Blocks {
		for n, line := range strings.Split(text.Blocks[i].Text, "\n") {
			got = append(got, fmt.Sprintf("%s%d", line, text.Blocks[i].Line(n)))
		}
	}
	if want := "[a3 b3 c 4 4 d5 e8 f9]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Rows, items and paragraphs can be led to; headings keep the name they have.
func TestName(t *testing.T) {
	src := "## Head\n\nWords.\n\n- item\n- \n\n| a |\n|--|\n| b |\n"
	text := NewParser(Options{}).Read([]byte(src), 1)
	for i := range text.Blocks {
		text.Name(i, fmt.Sprintf("t-%d", i))
	}
	page := text.Doc().HTML(nil, 0)
	for _, want := range []string{`<h2 id="h-head">`, `<p id="t-1">`, `<li id="t-2">item`, `<li id="t-3">`, `<tr id="t-5">`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}
