package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// hostile are texts that try to get a script, a handler, a style or a name of
// their own onto the page, one way each.
var hostile = []string{
	// Schemes, plain and in disguise.
	`[x](javascript:alert(1))`,
	`[x](JaVaScRiPt:alert(1))`,
	`[x](<javascript:alert(1)>)`,
	`[x](<java script:alert(1)>)`,
	"[x](<java\tscript:alert(1)>)",
	`[x](javascript&colon;alert(1))`,
	`[x](javascript&#58;alert(1))`,
	`[x](javascript&#x3a;alert(1))`,
	`[x](javascript&#0000058alert(1))`,
	`[x](&#106;avascript:alert(1))`,
	`[x](java&Tab;script:alert(1))`,
	`[x](java&NewLine;script:alert(1))`,
	`[x](&#1;javascript:alert(1))`,
	`[x](%6aavascript:alert(1))`,
	`[x](javascript\:alert(1))`,
	`[x](vbscript:msgbox(1))`,
	`[x](data:text/html,<script>alert(1)</script>)`,
	`[x](data:text/html;base64,PHNjcmlwdD4=)`,
	`[x](blob:https://example.com/1)`,
	"[x]\n\n[x]: javascript:alert(1)",
	"[x]\n\n[x]: <javascript:alert(1)> 'y'",
	`<javascript:alert(1)>`,
	`<javascript:alert&lpar;1)>`,
	`<data:text/html,x>`,
	`![x](javascript:alert(1))`,
	`![x](data:image/svg+xml,<svg/onload=alert(1)>)`,
	`[![x](javascript:alert(1))](javascript:alert(2))`,
	`[[javascript:alert(1)]]`,
	`[[javascript:alert(1)|x]]`,
	// Out of an attribute.
	`[x](a"onmouseover="alert(1))`,
	`[x](<a" onmouseover="alert(1)>)`,
	`[x](a&quot;onmouseover=&quot;alert(1))`,
	`[x](a&#34;&#62;&#60;script&#62;)`,
	`[x](<a'onmouseover='alert(1)>)`,
	`[x](a "b\" onmouseover=\"alert(1)")`,
	`[x](a 'b" onmouseover="alert(1)')`,
	`[x](a "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;")`,
	`[x](a (b"><img src=x onerror=alert(1)>))`,
	`![a" onerror="alert(1)](x.png)`,
	`![a&quot; onerror=&quot;alert(1)](x.png)`,
	`![<img src=x onerror=alert(1)>](x.png)`,
	"![`\"><script>alert(1)</script>`](x.png)",
	`![x](x.png "\" onerror=\"alert(1)")`,
	`![x](x.png"onerror="alert(1))`,
	`<https://example.com/"onmouseover="alert(1)>`,
	`<https://example.com/'><script>alert(1)</script>>`,
	`https://example.com/"onmouseover="alert(1)`,
	`https://example.com/"><script>alert(1)</script>`,
	`www.example.com/"style="x`,
	`[[a" onmouseover="alert(1)]]`,
	`[[a|b"><script>alert(1)</script>]]`,
	`[[<img src=x onerror=alert(1)>]]`,
	`[[a|<img src=x onerror=alert(1)>]]`,
	"| [[a\\|<img src=x onerror=alert(1)>]] |\n|---|",
	// Into text.
	`<script>alert(1)</script>`,
	`<SCRIPT SRC=//example.com/x.js></SCRIPT>`,
	`<img src=x onerror=alert(1)>`,
	`<svg/onload=alert(1)>`,
	`<a href="javascript:alert(1)">x</a>`,
	`<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">`,
	`<form><input name=location></form>`,
	`<style>*{display:none}</style>`,
	`<base href="https://example.com/">`,
	`<meta http-equiv="refresh" content="0;url=javascript:alert(1)">`,
	`<br onclick=alert(1)>`,
	"<br\nonclick=alert(1)>",
	`<br/onclick=alert(1)>`,
	`<!--><script>alert(1)</script>-->`,
	`<!---><script>alert(1)</script>-->`,
	`a <!--><img src=x onerror=alert(1)>-->`,
	`a <!-- --><img src=x onerror=alert(1)><!-- -->`,
	`<!-- --><script>alert(1)</script><!-- -->`,
	"<!--\n--><script>alert(1)</script>\n<!-- -->",
	"<!--\n<script>\n--!><script>alert(1)</script>",
	`<![CDATA[<script>alert(1)</script>]]>`,
	`<?x <script>alert(1)</script>?>`,
	`<!X <script>alert(1)</script>>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`,
	`&#60;script&#62;alert(1)`,
	`\<script>alert(1)\</script>`,
	"`<script>alert(1)</script>`",
	"    <script>alert(1)</script>",
	"<scr<script>ipt>alert(1)</scr</script>ipt>",
	// Headings, whose words become ids.
	`# <img src=x onerror=alert(1)>`,
	`## <img src=x onerror=alert(1)>`,
	`## "onmouseover="alert(1)`,
	`## " autofocus onfocus=alert(1) x="`,
	`## x {#location onclick=alert(1)}`,
	`## x {style="x" onclick="alert(1)"}`,
	"## `\"><script>alert(1)</script>`",
	"x {onclick=alert(1)}\n===",
	`## [x](javascript:alert(1))`,
	// Info strings, whose first word is an attribute.
	"```\"><script>alert(1)</script>\nx\n```",
	"```go\"onclick=\"alert(1)\nx\n```",
	"```go onclick=alert(1)\nx\n```",
	"```&quot;&gt;&lt;script&gt;\nx\n```",
	"```go&quot;\nx\n```",
	"~~~<script>\nx\n~~~",
	"```js\n</code></pre><script>alert(1)</script>\n```",
	"```html\n<script>alert(1)</script>\n```",
	"```\n</code></pre><script>alert(1)</script>",
	// Other constructs.
	"| a |\n|:--\"onclick=alert(1)-:|\n| b |",
	"| <script>alert(1)</script> |\n|---|\n| <svg onload=alert(1)> |",
	"x[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: y",
	"x[^location]\n\n[^location]: <img src=x onerror=alert(1)>",
	"> [!NOTE\" onclick=\"alert(1)]\n> x",
	"> [!NOTE]\n> <script>alert(1)</script>",
	"- [x\" onclick=\"alert(1)] y",
	"<b>\n: <script>alert(1)</script>",
	"7<script>. x",
	// Marks that the package uses itself.
	"a \x00o0\x00 b [x](y)",
	"\x00t\x00 <b> \x00T\x00",
	"[x](y) &#0;o0&#0;",
}

// Whatever an author writes, only the elements and attributes of allowedHTML
// come out, quoted and escaped.
//
// The one thing that this package does not judge is where a link leads: without
// a target it leads where it says, "javascript:" included. Package site gives
// every link its target and refuses schemes there, so in the second pass, where
// all links are refused, no address of the text's own may be left.
func TestHostileText(t *testing.T) {
	p := NewParser(Options{})
	for _, src := range hostile {
		t.Run(fmt.Sprintf("%.40q", src), func(t *testing.T) {
			doc := p.Parse([]byte(src), 1)
			for level := range 3 {
				if _, err := audit(doc.HTML(nil, level)); err != nil {
					t.Errorf("%s\n%v", src, err)
				}
			}
			refused := make([]Target, len(doc.Links))
			for i := range refused {
				refused[i] = Target{Broken: "refused"}
			}
			html := doc.HTML(refused, 1)
			tags, err := audit(html)
			if err != nil {
				t.Errorf("%s\n%v", src, err)
			}
			for _, tag := range tags {
				href, isLink := tag.attrs["href"]
				if _, isImage := tag.attrs["src"]; isImage || isLink && !strings.HasPrefix(href, "#") {
					t.Errorf("%s\nan address is left in %s", src, html)
				}
			}
		})
	}
}

// NUL bytes mark the holes for links in a Doc's HTML, so a text's own must not
// get there. CommonMark wants U+FFFD in their place.
func TestNUL(t *testing.T) {
	for _, src := range []string{
		"a \x00o0\x00 b",
		"```\n\x00o0\x00\n```",
		"```\n\x00\x00\n```",
		"    \x00\x00",
		"`\x00o0\x00`",
		"[[a|\x00o0\x00]]",
		"<b \x00o0\x00>",
		"<div>\n\x00t\x00\n\x00T\x00\n</div>",
		"<https://example.com/\x00o0\x00>",
		"```go\nx := \"\x00w0\x00\"\n```",
		"# \x00T\x00 \x00t\x00",
		"[b](c \"\x00o0\x00\")",
	} {
		t.Run(fmt.Sprintf("%q", src), func(t *testing.T) {
			defer func() {
				if r := recover(); r != nil {
					t.Errorf("panic: %v", r)
				}
			}()
			html := NewParser(Options{}).Parse([]byte("[x](y)\n\n"+src), 1).HTML(nil, 1)
			if _, err := audit(html); err != nil || !strings.Contains(html, "\ufffd") && !strings.Contains(html, "%EF%BF%BD") {
				t.Errorf("%q: %v", html, err)
			}
		})
	}
}

// A target comes from titles and file names, which are as hostile as the text.
func TestHostileTargets(t *testing.T) {
	doc := NewParser(Options{}).Parse([]byte("[a](b \"c\") ![d](e \"f\") [[g]] [[h|i]] <https://example.com>"), 1)
	for _, bad := range []string{`"><script>alert(1)</script>`, `' onclick='x`, "<b>&\"'", "a\nb", "&quot;&#34;", "`"} {
		for _, target := range []Target{
			{URL: bad, Text: bad},
			{URL: bad, Text: bad, External: true},
			{Text: bad, Broken: bad},
		} {
			targets := make([]Target, len(doc.Links))
			for i := range targets {
				targets[i] = target
			}
			if _, err := audit(doc.HTML(targets, 1)); err != nil {
				t.Errorf("%+v: %v", target, err)
			}
		}
	}
}

// A browser closes a link when another begins in it, and what follows is not
// what the author wrote.
func TestLinksDoNotNest(t *testing.T) {
	for _, src := range []string{
		"[a [b](c) d](e)",
		"[a [[b]] c](d)",
		"[[[a]]](b)",
		"[a <https://example.com> b](c)",
		"[a https://example.com b](c)",
		"[![a](https://example.com/b.png)](c)",
		"## [a [[b]]](c)",
	} {
		doc := NewParser(Options{}).Parse([]byte(src), 1)
		var targets []Target
		for _, l := range doc.Links {
			targets = append(targets, target(l))
		}
		html := doc.HTML(targets, 1)
		if _, err := audit(html); err != nil {
			t.Errorf("%s\n%s\n%v", src, html, err)
		}
	}
}

// Options.RawHTML is for sites whose authors are trusted: then raw HTML is
// written as it is, and nothing is said about it.
func TestRawHTML(t *testing.T) {
	const src = "# A\n\n<div class=\"x\">\n\nb <i>c</i>\n\n</div>\n\n<!-- d -->\n"
	doc := NewParser(Options{RawHTML: true}).Parse([]byte(src), 1)
	const want = "<div class=\"x\">\n<p>b <i>c</i></p>\n</div>\n<!-- d -->\n"
	if got := doc.HTML(nil, 0); got != want || len(doc.Findings) > 0 {
		t.Errorf("got:\n%s\nwant:\n%s\nfindings: %v", got, want, doc.Findings)
	}
	if doc.Lead != "b c" {
		t.Errorf("lead %q, want %q", doc.Lead, "b c")
	}
}
