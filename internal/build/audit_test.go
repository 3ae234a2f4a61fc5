package build_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"debrief/internal/build"
	"debrief/internal/parse"
	"debrief/internal/tree"
)

// policy is what the Content-Security-Policy of every page has to begin with.
const policy = "default-src 'none'; script-src 'self'; style-src 'self';"

// audit reads a whole output as a browser would and returns what is wrong with
// it: anything that could run, anything that leads nowhere, anything that is
// there twice. base is the site's address.
type audit struct {
	base     *url.URL
	all      map[string]string
	ids      map[string]map[string]bool // page -> ids on it
	problems []string
}

func audited(t *testing.T, s *build.Site) []string {
	t.Helper()
	a := &audit{base: s.Pages.Config.BaseURL, all: output(t, s), ids: map[string]map[string]bool{}}
	pages := map[string]*html.Node{}
	for p, text := range a.all {
		if path.Ext(p) == ".html" {
			pages[p] = parseHTML(t, []byte(text))
			a.collectIDs(p, pages[p])
		}
	}
	for _, p := range slices.Sorted(maps.Keys(pages)) {
		a.page(p, pages[p])
	}
	a.feeds()
	a.cards()
	return a.problems
}

func (a *audit) find(p, format string, args ...any) {
	a.problems = append(a.problems, p+": "+fmt.Sprintf(format, args...))
}

func (a *audit) collectIDs(p string, doc *html.Node) {
	a.ids[p] = map[string]bool{}
	for n := range doc.Descendants() {
		if id := attribute(n, "id"); has(n, "id") {
			switch {
			case a.ids[p][id]:
				a.find(p, "the id %q is there twice", id)
			case id == "" || strings.ContainsAny(id, " \t\n"):
				a.find(p, "%q is no id", id)
			}
			a.ids[p][id] = true
		}
	}
}

// names that a script may look up; an element with such an id would stand in
// its place.
var clobbered = []string{"location", "body", "head", "cookie", "forms", "currentscript", "createelement", "__proto__", "constructor", "title", "documentelement"}

func (a *audit) page(p string, doc *html.Node) {
	text := a.all[p]
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		a.find(p, "the text is not clean")
	}
	if strings.Contains(text, "ZgotmplZ") {
		a.find(p, "html/template has refused a value")
	}
	redirect := false
	count := map[string]int{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		switch n.Data {
		case "script":
			if !has(n, "src") || n.FirstChild != nil {
				a.find(p, "a script in the page: %s", words(n))
			}
		case "style", "base", "iframe", "object", "embed", "frame", "frameset", "applet", "math", "template", "marquee", "video", "audio":
			a.find(p, "the element <%s>", n.Data)
		case "img":
			if !has(n, "alt") {
				a.find(p, "a picture without a text: %s", attribute(n, "src"))
			}
		case "html":
			if attribute(n, "lang") == "" {
				a.find(p, "the page has no language")
			}
		case "meta":
			if attribute(n, "http-equiv") == "refresh" {
				redirect = true
				_, to, _ := strings.Cut(attribute(n, "content"), "url=")
				a.leads(p, to)
			}
			if attribute(n, "property") == "og:url" {
				a.leads(p, attribute(n, "content"))
			}
		}
		a.attributes(p, n)
	}
	if redirect {
		return
	}
	if count["h1"] != 1 || count["title"] < 1 || count["main"] != 1 {
		a.find(p, "%d <h1>, %d <title>, %d <main>", count["h1"], count["title"], count["main"])
	}
	if !strings.Contains(html.UnescapeString(text), `<meta http-equiv="Content-Security-Policy" content="`+policy) {
		a.find(p, "no Content-Security-Policy")
	}
}

func (a *audit) attributes(p string, n *html.Node) {
	for _, at := range n.Attr {
		switch key := at.Key; {
		case strings.HasPrefix(key, "on"), key == "style", key == "srcdoc", key == "srcset", key == "formaction", key == "ping", key == "background":
			a.find(p, "the attribute %s=%q of <%s>", key, at.Val, n.Data)
		case key == "href" || key == "src" || key == "action" || key == "data-index" || key == "poster" || key == "cite":
			if n.Data == "img" || n.Data == "script" || n.Data == "link" && attribute(n, "rel") == "stylesheet" {
				if u, err := url.Parse(at.Val); err != nil || u.Host != "" || u.Scheme != "" && u.Scheme != "data" {
					a.find(p, "<%s> loads %s", n.Data, at.Val)
				}
			}
			a.leads(p, at.Val)
		case key == "aria-labelledby" || key == "aria-describedby" || key == "for":
			if !a.ids[p][at.Val] {
				a.find(p, "%s=%q means nothing on the page", key, at.Val)
			}
		case key == "id" && slices.Contains(clobbered, strings.ToLower(at.Val)):
			a.find(p, "the id %q stands in the way of a script", at.Val)
		case key == "name" && n.Data != "meta" && n.Data != "input" && n.Data != "slot":
			a.find(p, "<%s name=%q>", n.Data, at.Val)
		case strings.ContainsAny(key, "\"'<>={}"):
			a.find(p, "the attribute %q of <%s>", key, n.Data)
		}
	}
}

// leads checks an address on the page p: it is of a kind that cannot run, and
// one on the site is that of a file and of something on it.
func (a *audit) leads(p, address string) {
	if strings.ContainsFunc(address, func(r rune) bool { return r < ' ' }) {
		a.find(p, "control characters in the address %q", address)
		return
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		a.find(p, "%q is no address", address)
		return
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https", "mailto":
	default:
		a.find(p, "the address %q", address)
		return
	}
	here := *a.base
	here.Path += strings.TrimSuffix(p, "index.html")
	to := here.ResolveReference(u)
	if to.Host != a.base.Host || to.Scheme == "mailto" {
		return
	}
	rest, inside := strings.CutPrefix(to.Path, a.base.Path)
	if !inside {
		a.find(p, "%q leads out of the site", address)
		return
	}
	if rest == "" || strings.HasSuffix(rest, "/") {
		rest += "index.html"
	}
	if _, ok := a.all[rest]; !ok {
		a.find(p, "%q leads to %s, which is not there", address, rest)
		return
	}
	if ids := a.ids[rest]; ids != nil && to.Fragment != "" && !ids[to.Fragment] {
		a.find(p, "%q leads to nothing on %s", address, rest)
	}
}

// feeds checks the addresses in the feed, the sitemap and robots.txt, all of
// which have to be absolute.
func (a *audit) feeds() {
	absolute := func(p, address string) {
		if !strings.HasPrefix(address, a.base.String()) {
			a.find(p, "%q is not below %s", address, a.base)
		}
		a.leads(p, address)
	}
	for _, p := range []string{"feed.xml", "sitemap.xml"} {
		d := xml.NewDecoder(strings.NewReader(a.all[p]))
		inLoc, n := false, 0
		for {
			token, err := d.Token()
			if err != nil {
				if err.Error() != "EOF" {
					a.find(p, "%v", err)
				}
				break
			}
			switch token := token.(type) {
			case xml.StartElement:
				inLoc = token.Name.Local == "loc" || token.Name.Local == "id"
				for _, at := range token.Attr {
					if at.Name.Local == "href" {
						n++
						absolute(p, at.Value)
					}
				}
			case xml.CharData:
				if inLoc {
					n++
					absolute(p, string(token))
				}
				inLoc = false
			}
		}
		if n == 0 {
			a.find(p, "holds no addresses")
		}
	}
	_, sitemap, _ := strings.Cut(a.all["robots.txt"], "Sitemap: ")
	absolute("robots.txt", strings.TrimSpace(sitemap))
}

// cards checks where the results of a search lead: to a page, and to a heading on it.
func (a *audit) cards() {
	for p, text := range a.all {
		if !strings.HasPrefix(p, "search/doc/") {
			continue
		}
		var card struct {
			URL      string      `json:"url"`
			Sections [][3]string `json:"sections"`
		}
		if err := json.Unmarshal([]byte(text), &card); err != nil {
			a.find(p, "%v", err)
		}
		a.leads(p, card.URL)
		for _, s := range card.Sections {
			if s[0] != "" {
				a.leads(p, card.URL+"#"+s[0])
			}
		}
	}
}

// hostile are texts that are dangerous in one place or another.
var hostile = []string{
	`"><script>alert(1)</script>`, `</title><script>alert(1)</script>`, `'><img src=x onerror=alert(1)>`, `{{.}}`, `{{template "main" .}}`,
	`javascript:alert(1)`, "abc\u202etxt.exe", "🧨 boom", `&lt;script&gt;alert(1)&lt;/script&gt;`, `]]><script>alert(1)</script>`, `--><script>alert(1)</script>`,
	"` onmouseover=alert(1) `", `\u003cscript\u003ealert(1)`, `__proto__`, `constructor`, `<svg onload=alert(1)>`, "location", `%22%3E%3Cscript%3E`, `#"><b>`, `../../../etc/passwd`,
	`x" style="color:red`, `</script><script>alert(1)</script>`, `<!--`, "{#id onclick=alert(1)}", "${alert(1)}",
}

// hostileSite puts each of the hostile texts wherever an author can put one.
func hostileSite(t *testing.T) tree.Tree {
	t.Helper()
	quote := func(s string) string { // as YAML, which takes the escapes of JSON
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	site := map[string]string{
		"site.yaml": "title: " + quote(hostile[0]) + "\ndescription: " + quote(hostile[1]) + "\nseverities:\n- {id: " + quote(hostile[2]) + ", name: " + quote(hostile[0]) +
			", description: " + quote(hostile[1]) + "}\nnavigation:\n- {title: " + quote(hostile[2]) + ", url: /incidents/}\n- {title: A, url: \"https://example.com/\\\"><script>\"}\n" +
			"edit_url: \"https://git.example.org/\\\"><script>/{path}\"\n",
		"index.md": "# " + hostile[0] + "\n",
		"hub.md":   "# Hub\n",
	}
	for n, h := range hostile {
		q := quote(h)
		next := hostile[(n+1)%len(hostile)]
		text := "---\nid: " + quote(fmt.Sprint(n, h)) + "\ntitle: " + q + "\nsummary: " + q + "\nstatus: " + q + "\nseverity: " + q + "\nstarted: 2026-01-02\n" +
			"services: [" + q + "]\ncomponents: [" + q + "]\nplatforms: [" + q + "]\nfactors: [" + q + "]\ntags: [" + q + ", " + quote(next) + "]\nauthors: [" + q + "]\norganisation: " + q + "\n" +
			"aliases: [" + q + "]\nlinks:\n- {title: " + q + ", url: " + q + "}\n- {title: " + q + ", url: " + quote("https://example.com/"+h) + "}\n---\n\n" +
			body(h)
		site[fmt.Sprintf("incidents/%02d.md", n)] = text
		site[fmt.Sprintf("glossary/%02d.md", n)] = "---\ntitle: " + q + "\nalso: [" + q + "]\n---\n\n" + body(h)
		site[fmt.Sprintf("playbook/%02d.md", n)] = "---\nsummary: " + q + "\n---\n# " + h + "\n\n" + body(h)
		site["hub.md"] += fmt.Sprintf("\n[a](incidents/%02d.md) [b](glossary/%02d.md#h-end) [c](playbook/%02d.md)\n", n, n, n)
		if !strings.ContainsAny(h, "/\x00") {
			site["docs/"+h+".md"] = "Text of a file with a hostile name.\n"
			site["docs/"+h+".png"] = "picture"
			site["docs/"+h+"/index.md"] = "![x](<../" + strings.NewReplacer("<", `\<`, ">", `\>`, "%", "%25", "#", "%23").Replace(h) + ".png>)\n"
		}
	}
	return contentOf(t, site)
}

// body is a text with a hostile one in every place that Markdown has.
func body(h string) string {
	line := strings.ReplaceAll(h, "\n", " ")
	return line + "\n\n## " + line + "\n\n### " + line + "\n\n## location\n\n## currentScript\n\n" +
		"[" + line + "](https://example.com/ \"" + strings.ReplaceAll(line, `"`, `\"`) + "\") [x](https://example.com/" + strings.ReplaceAll(line, " ", "%20") + ") [x](<" + line + ">) [x](" + line + ")\n\n" +
		"![" + line + "](https://example.com/x.png) ![" + line + "](<" + line + ">) <" + line + "> <https://example.com/" + line + ">\n\n" +
		"[[" + line + "]] [[" + line + "|" + line + "]] [[#" + line + "]]\n\n" +
		"```" + strings.ReplaceAll(line, "`", "") + "\n" + line + "\n```\n\n~~~go " + line + "\n// " + line + "\n~~~\n\n    " + line + "\n\n`` " + line + " ``\n\n" +
		"| " + line + " | b |\n|:--|--:|\n| " + line + " | `" + line + "` |\n\n- [ ] " + line + "\n- [x] " + line + "\n\n> [!NOTE]\n> " + line + "\n\n> " + line + "\n\n" +
		"Note[^" + strings.ReplaceAll(line, "]", "") + "] and[^n].\n\n[^n]: " + line + "\n\n[^" + strings.ReplaceAll(line, "]", "") + "]: " + line + "\n\n" +
		line + "\n: " + line + "\n\n[r]: <" + line + "> '" + strings.ReplaceAll(line, "'", "") + "'\n\n[r] ![r]\n\n<div onclick=\"alert(1)\">" + line + "</div>\n\n" +
		"inline <b onclick=\"alert(1)\">b</b> <!-- " + line + " -->\n\n~~" + line + "~~ **" + line + "** _" + line + "_\n\n<!-- " + line + "\n\n## End\n"
}

// TestAudit audits every page of the starter site and of a site in which every
// text is hostile, at the root of a host and below it.
func TestAudit(t *testing.T) {
	for name, content := range map[string]tree.Tree{"starter": starter(t), "hostile": hostileSite(t), "tangled": contentOf(t, tangled), "empty": {}} {
		for _, address := range []string{"http://localhost:4321/", "https://example.org/kb/", "https://example.org/a%20b/ü/"} {
			t.Run(name+" at "+address, func(t *testing.T) {
				base, err := parse.BaseURL(address)
				if err != nil {
					t.Fatal(err)
				}
				s := built(t, build.Input{Content: content, Layouts: theme(t), BaseURL: base})
				if pages := len(s.Pages.Entries); pages != pagesIn(content) {
					t.Errorf("%d of %d pages are part of the site, and so audited", pages, pagesIn(content))
				}
				problems := audited(t, s)
				for _, p := range problems[:min(len(problems), 20)] {
					t.Error(p)
				}
				if len(problems) > 20 {
					t.Errorf("and %d more", len(problems)-20)
				}
			})
		}
	}
}

// pagesIn counts the Markdown files.
func pagesIn(content tree.Tree) int {
	n := 0
	for _, f := range content.Files() {
		if strings.HasSuffix(f.Path, ".md") && !strings.HasPrefix(string(f.Data), "---\ndraft: true") {
			n++
		}
	}
	return n
}

// TestAuditFinds tries the audit on what it has to find, lest it find nothing.
func TestAuditFinds(t *testing.T) {
	for _, test := range []struct{ page, want string }{
		{`<script>alert(1)</script>`, "a script in the page"},
		{`<style>a{}</style>`, "the element <style>"},
		{`<p style="color: red">`, "the attribute style"},
		{`<p onclick="x()">`, "the attribute onclick"},
		{`<a href="javascript:x()">x</a>`, "the address"},
		{`<a href="JAVASCRIPT:x()">x</a>`, "the address"},
		{`<a href="data:text/html,x">x</a>`, "the address"},
		{`<a href="/kb/nowhere/">x</a>`, "which is not there"},
		{`<a href="/elsewhere/">x</a>`, "leads out of the site"},
		{`<a href="#nowhere">x</a>`, "leads to nothing on"},
		{`<p id="a"><p id="a">`, "is there twice"},
		{`<img src="/kb/x/">`, "a picture without a text"},
		{`<img alt="" src="https://example.com/pixel.png">`, "<img> loads"},
		{`<h1>a</h1><h1>b</h1>`, "2 <h1>"},
		{`<p id="location">`, "stands in the way"},
		{`<p>`, "no Content-Security-Policy"},
	} {
		base, err := parse.BaseURL("https://example.org/kb/")
		if err != nil {
			t.Fatal(err)
		}
		a := &audit{base: base, all: map[string]string{"x/index.html": test.page}, ids: map[string]map[string]bool{}}
		doc := parseHTML(t, []byte(test.page))
		a.collectIDs("x/index.html", doc)
		a.page("x/index.html", doc)
		if got := strings.Join(a.problems, "\n"); !strings.Contains(got, test.want) {
			t.Errorf("%s: no %q among\n%s", test.page, test.want, got)
		}
	}
}
