package site_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"debrief/internal/diag"
	"debrief/internal/site"
)

// linked is the site around the page whose links are tried.
var linked = files{
	"index.md": "# Home",
	"about.md": "# About",
	"incidents/2026/near.md": "---\nid: INC-2026-007\ntitle: Cache melted\nservices: [Edge cache]\nstarted: 2026-02-03\naliases: [/old/near/]\nactions: [{title: Alert, owner: edge}]\n---\n# Cache melted\n\n" +
		"## What happened\n\n## What happened\n\n## Ünïcode & more\n\n## H-bridge failed\n\n## 3.2 % of `errors`\n",
	"incidents/2026/graph.png":     "",
	"incidents/2026/über graf.png": "",
	"incidents/2026/trace.html":    "<p>",
	"incidents/2026/core":          "\x7fELF",
	"incidents/logs/app.log":       "",
	"incidents/draft.md":           "---\ndraft: true\n---\n",
	"incidents/later.md":           "---\npublish: 2026-12-24\n---\n",
	"playbook/index.md":            "# Playbook",
	"playbook/prompts.md":          "# What to say",
	"playbook/script.md":           "---\nrun_sheet: script\n---\n## Agenda\n\n| Step | 30 | 60 |\n|---|---|---|\n| Open | 5 | 10 |\n\n## Open\n\n**Facilitator:** \"Hello\"\n",
	"glossary/drift.md":            "---\ntitle: Drift\nalso: [creep, slow slide]\n---\n",
	"docs/README.md":               "# Docs",
	"docs/My Notes.md":             "# My notes",
	"docs/café.md":                 "# Café",
	norm.NFD.String("docs/für.md"): "# Written on another system",
	"docs/100%.md":                 "# Everything",
	"team/ops/_index.md":           "# Operations",
}

// with returns the files and one more.
func (f files) with(path, text string) files {
	all := maps.Clone(f)
	all[path] = text
	return all
}

// resolve returns where the only link of the text leads, when the text is that
// of incidents/2026/from.md, and all findings.
func resolve(t *testing.T, text string) (url, html string, findings []diag.Finding) {
	t.Helper()
	s := linked.with("incidents/2026/from.md", text).make(t, site.Options{})
	e := entry(t, s, "incidents/2026/from.md")
	targets := s.Targets(e)
	if len(targets) != 1 {
		t.Fatalf("%q holds %d links, want 1", text, len(targets))
	}
	return targets[0].URL, e.Doc.HTML(targets, 2), s.Findings()
}

func TestLinks(t *testing.T) {
	const near = "/kb/incidents/inc-2026-007/"
	for _, test := range []struct{ text, url string }{
		// To a page, by its file.
		{"[x](near.md)", near},
		{"[x](near)", near},
		{"[x](./near.md)", near},
		{"[x](../2026/near.md)", near},
		{"[x](/incidents/2026/near.md)", near},
		{"[x](/incidents/2026/near)", near},
		{"[x](../../about.md)", "/kb/about/"},
		{"[x](../../playbook/prompts.md)", "/kb/playbook/prompts/"},
		{"[x](../../docs/README.md)", "/kb/docs/"},
		{"[x][r]\n\n[r]: near.md", near},
		// By its address.
		{"[x](/incidents/inc-2026-007/)", near},
		{"[x](/incidents/inc-2026-007)", near},
		{"[x](/about/)", "/kb/about/"},
		// By its folder.
		{"[x](../../docs/)", "/kb/docs/"},
		{"[x](/docs)", "/kb/docs/"},
		{"[x](/playbook/)", "/kb/playbook/"},
		{"[x](/team/ops/)", "/kb/team/ops/"},
		{"[x](/)", "/kb/"},
		{"[x](../..)", "/kb/"},
		// To a page that has no file.
		{"[x](/incidents/)", "/kb/incidents/"},
		{"[x](../)", "/kb/incidents/"},
		{"[x](/glossary/)", "/kb/glossary/"},
		{"[x](/search/)", "/kb/search/"},
		{"[x](/services/)", "/kb/services/"},
		{"[x](/services/edge-cache/)", "/kb/services/edge-cache/"},
		{"[x](/years/2026/)", "/kb/years/2026/"},
		{"[x](/insights/2026/)", "/kb/insights/2026/"},
		{"[x](/on-this-day/02-03/)", "/kb/on-this-day/02-03/"},
		{"[x](/actions/owners/)", "/kb/actions/owners/"},
		{"[x](/actions/owners/edge)", "/kb/actions/owners/edge/"},
		{"[x](/actions/services/edge-cache/)", "/kb/actions/services/edge-cache/"},
		{"[x](/incidents/inc-2026-007/run-sheet/)", near + "run-sheet/"},
		{"[x](/old/near/)", "/kb/old/near/"}, // an alias
		{"[x](/search/?q=melted&is=b#results)", "/kb/search/?q=melted&is=b#results"},
		// To a file for programs.
		{"[x](/feed.xml)", "/kb/feed.xml"},
		{"[x](../../feed.json)", "/kb/feed.json"},
		{"[x](/calendar.ics)", "/kb/calendar.ics"},
		{"[x](/actions.csv)", "/kb/actions.csv"},
		{"[x](/actions/owners/edge/actions.ics)", "/kb/actions/owners/edge/actions.ics"},
		{"[x](/services/edge-cache/feed.xml)", "/kb/services/edge-cache/feed.xml"},
		{"[x](/incidents/inc-2026-007/index.json)", near + "index.json"},
		{"[x](/index.json)", "/kb/index.json"},
		{"[x](/llms.txt)", "/kb/llms.txt"},
		{"[x](/sitemap.xml)", "/kb/sitemap.xml"},
		{"[x](/schema/incident.json)", "/kb/schema/incident.json"},
		// To a heading: as GitHub names it, with our prefix, as words, the title.
		{"[x](near.md#what-happened)", near + "#h-what-happened"},
		{"[x](near.md#what-happened-1)", near + "#h-what-happened-1"},
		{"[x](near.md#h-what-happened)", near + "#h-what-happened"},
		{"[x](near.md#What%20happened)", near + "#h-what-happened"},
		{"[x](near.md#cache-melted)", near},
		{"[x](near.md#)", near},
		{"[x](near.md#%C3%BCn%C3%AFcode--more)", near + "#h-%C3%BCn%C3%AFcode--more"},
		{"[x](near.md#ünïcode--more)", near + "#h-%C3%BCn%C3%AFcode--more"},
		{"[x](near.md#h-bridge-failed)", near + "#h-h-bridge-failed"},
		{"[x](near.md#32--of-errors)", near + "#h-32--of-errors"},
		{"[x](#below)\n\n## Below", "/kb/incidents/2026/from/#h-below"},
		{"[x](#)", "/kb/incidents/2026/from/"},
		{"# Top\n\n[x](#top)", "/kb/incidents/2026/from/"},
		// A wiki link: id, title, another name, file name, heading.
		{"[[INC-2026-007]]", near},
		{"[[inc-2026-007]]", near},
		{"[[Cache melted]]", near},
		{"[[ cache   MELTED | words]]", near},
		{"[[near]]", near},
		{"[[near#what-happened]]", near + "#h-what-happened"},
		{"[[near#What happened|words]]", near + "#h-what-happened"},
		{"[[drift]]", "/kb/glossary/drift/"},
		{"[[Slow slide]]", "/kb/glossary/drift/"},
		{"[[What to say]]", "/kb/playbook/prompts/"},
		{"[[#below]]\n\n## Below", "/kb/incidents/2026/from/#h-below"},
		// To a file.
		{"![x](graph.png)", "/kb/incidents/2026/graph.png"},
		{"[x](graph.png)", "/kb/incidents/2026/graph.png"},
		{"[x](../logs/app.log)", "/kb/incidents/logs/app.log"},
		{"![x](/incidents/2026/graph.png)", "/kb/incidents/2026/graph.png"},
		{"![x](<über graf.png>)", "/kb/incidents/2026/%C3%BCber%20graf.png"},
		{"![x](%C3%BCber%20graf.png)", "/kb/incidents/2026/%C3%BCber%20graf.png"},
		// Names that need escaping.
		{"[x](<../../docs/My Notes.md>)", "/kb/docs/my-notes/"},
		{"[x](../../docs/My%20Notes.md)", "/kb/docs/my-notes/"},
		{"[x](/docs/caf%C3%A9.md)", "/kb/docs/caf%C3%A9/"},
		{"[x](/docs/café.md)", "/kb/docs/caf%C3%A9/"},
		{"[x](/docs/100%25.md)", "/kb/docs/100/"},
		// A name has several spellings in Unicode, and systems differ in which they write.
		{norm.NFD.String("[x](/docs/café.md)"), "/kb/docs/caf%C3%A9/"},
		{norm.NFC.String("[x](/docs/für.md)"), "/kb/docs/f%C3%BCr/"},
		{norm.NFD.String("[x](/docs/café/)"), "/kb/docs/caf%C3%A9/"},
		// Elsewhere.
		{"[x](https://example.com/a?b=c#d)", "https://example.com/a?b=c#d"},
		{"[x](HTTP://EXAMPLE.COM/)", "HTTP://EXAMPLE.COM/"},
		{"[x](//example.com/a)", "//example.com/a"},
		{"[x](mailto:team@example.com)", "mailto:team@example.com"},
		{"<https://example.com/>", "https://example.com/"},
		{"<team@example.com>", "mailto:team@example.com"},
		{"See www.example.com for more.", "http://www.example.com"},
	} {
		t.Run(test.text, func(t *testing.T) {
			url, html, findings := resolve(t, test.text)
			if url != test.url || len(findings) > 0 {
				t.Errorf("%q\n leads to %q\n     want %q\n findings %v", test.text, url, test.url, findings)
			}
			if strings.Contains(html, "broken") {
				t.Errorf("%q is shown as broken: %s", test.text, html)
			}
		})
	}
}

func TestBrokenLinks(t *testing.T) {
	for _, test := range []struct{ text, want string }{ // want is the only finding, without its path
		{"A [x](near2.md)", `1:3: error: there is no page incidents/2026/near2.md (did you mean "incidents/2026/near.md"?) [broken-link]`},
		{"\n\nA *b [x](../near.md)*", `3:6: error: there is no page incidents/near.md (did you mean incidents/2026/near.md?) [broken-link]`},
		{"[x](quite-another-thing.md)", `1:1: error: there is no page incidents/2026/quite-another-thing.md [broken-link]`},
		{"[x](near.md#what-hapened)", `1:1: error: incidents/2026/near.md has no heading "what-hapened" (did you mean near.md#what-happened?) [broken-anchor]`},
		{"[x](near.md#zzz)", `1:1: error: incidents/2026/near.md has no heading "zzz" (its headings are what-happened, what-happened-1, ünïcode--more, h-bridge-failed, 32--of-errors) [broken-anchor]`},
		{"[x](/about.md#zzz)", `1:1: error: about.md has no heading "zzz" [broken-anchor]`},
		{"[x](#belo)\n\n## Below", `1:1: error: incidents/2026/from.md has no heading "belo" (did you mean #below?) [broken-anchor]`},
		{"[[INC-2026-008]]", `1:1: error: there is no page called "INC-2026-008" [broken-link]`},
		{"[[inc-2025-007]]", `1:1: error: there is no page called "inc-2025-007" [broken-link]`},
		{"[[INC-2026-070]]", `1:1: error: there is no page called "INC-2026-070" (did you mean "INC-2026-007"?) [broken-link]`},
		{"[[INC-2026-0007]]", `1:1: error: there is no page called "INC-2026-0007" (did you mean "INC-2026-007"?) [broken-link]`},
		{"[[ICN-2026-007]]", `1:1: error: there is no page called "ICN-2026-007" (did you mean "INC-2026-007"?) [broken-link]`},
		{"[[INC2026-007]]", `1:1: error: there is no page called "INC2026-007" (did you mean "INC-2026-007"?) [broken-link]`},
		{"[[Cache meltd]]", `1:1: error: there is no page called "Cache meltd" (did you mean "Cache melted"?) [broken-link]`},
		{"[[near#what]]", `1:1: error: incidents/2026/near.md has no heading "what" (its headings are what-happened, what-happened-1, ünïcode--more, h-bridge-failed, 32--of-errors) [broken-anchor]`},
		{"[x](../draft.md)", `1:1: error: incidents/draft.md is a draft [broken-link]`},
		{"[x](../later.md)", `1:1: error: incidents/later.md is to be published on 2026-12-24 [broken-link]`},
		{"![x](../graph.png)", `1:1: error: there is no picture incidents/graph.png (did you mean incidents/2026/graph.png?) [broken-image]`},
		{"![x](near.md)", `1:1: error: there is no picture incidents/2026/near.md (did you mean incidents/2026/near.md?) [broken-image]`},
		{"[x](/actions/owners/nobody-else/)", `1:1: error: there is no page actions/owners/nobody-else [broken-link]`},
		{"[x](/actions/owners/ede/actions.ics)", `1:1: error: there is no page actions/owners/ede/actions.ics [broken-link]`},
		{"[x](/incidents/page/2/)", `1:1: error: there is no page incidents/page/2 [broken-link]`},
		{"[x](/on-this-day/02-04/)", `1:1: error: there is no page on-this-day/02-04 [broken-link]`},
		{"[x](/tags/cache/feed.xml)", `1:1: error: there is no page tags/cache/feed.xml [broken-link]`},
		{"[x](trace.html)", `1:1: error: files of the type .html are not published [file-type]`},
		{"[x](core)", `1:1: error: core has no extension, so a browser cannot tell what it is [file-type]`},
		{"[x](../../../secret.md)", `1:1: error: ../../../secret.md leads out of the content folder [broken-link]`},
		{"[x](/../secret.md)", `1:1: error: /../secret.md leads out of the content folder [broken-link]`},
		{"[x](%2e%2e/%2e%2e/%2e%2e/etc/passwd)", `1:1: error: ../../../etc/passwd leads out of the content folder [broken-link]`},
		{"![x](../../../etc/shadow.png)", `1:1: error: ../../../etc/shadow.png leads out of the content folder [broken-link]`},
		{"[x](%zz.md)", `1:1: error: "%zz.md" is not an address [broken-link]`},
		{`[x](/\evil.example/)`, `1:1: error: there is no page \evil.example [broken-link]`},
	} {
		t.Run(test.text, func(t *testing.T) {
			url, html, findings := resolve(t, test.text)
			got := strings.TrimSpace(strings.ReplaceAll(lines(findings), "incidents/2026/from.md:", ""))
			if got != test.want {
				t.Errorf("%q\n got %s\nwant %s", test.text, got, test.want)
			}
			if url != "" || strings.Contains(html, "<a ") && !strings.Contains(html, `class="anchor"`) || !strings.Contains(html, `class="broken"`) {
				t.Errorf("%q is not shown as broken: %s", test.text, html)
			}
		})
	}
}

// TestLinkWithoutHost tells that the advice fits: "use http" helps nobody who has.
func TestLinkWithoutHost(t *testing.T) {
	for _, dest := range []string{"http:///nowhere", "https:example.com"} {
		_, _, findings := resolve(t, "[x]("+dest+")")
		if len(findings) != 1 || strings.Contains(findings[0].Text, "not allowed") || strings.Contains(findings[0].Hint, "use http,") {
			t.Errorf("%s: findings %v", dest, findings)
		}
	}
}

// TestNearNames asks for a near name where the best one is of another kind
// than a page's title or path.
func TestNearNames(t *testing.T) {
	for _, test := range []struct{ text, near string }{
		{"[[creap]]", "creep"},                                       // another name of a term
		{"[[prompt]]", "prompts"},                                    // a file's name
		{"![x](../2026/graf.png)", "incidents/2026/graph.png"},       // a picture in a file's own folder
		{"[x](../log/app.log)", "incidents/logs/app.log"},            // a file elsewhere
		{"[x](/services/edge-cach/)", "/services/edge-cache/"},       // a list
		{"[x](/incidents/inc-2026-07/)", "/incidents/inc-2026-007/"}, // an address
	} {
		_, _, findings := resolve(t, test.text)
		if len(findings) != 1 || !strings.Contains(findings[0].Hint, test.near) {
			t.Errorf("%s: no suggestion of %s in %v", test.text, test.near, findings)
		}
	}
}

// TestLinkSchemes tries addresses that a browser may run, or hand to another
// program, in the spellings that filters have let through before.
func TestLinkSchemes(t *testing.T) {
	for _, dest := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript://example.com/%0aalert(1)", "java%73cript:alert(1)",
		"javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript&#x3a;alert(1)",
		"java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "java&#10;script:alert(1)", "&#1;javascript:alert(1)", "%01javascript:alert(1)",
		"&#32;javascript:alert(1)", "&nbsp;javascript:alert(1)", "&#x202e;javascript:alert(1)", `java\script:alert(1)`, `javascript\:alert(1)`,
		"vbscript:msgbox(1)", "data:text/html,x", "data:image/svg+xml;base64,PHN2Zz4=", "DATA:text/html;base64,PHNjcmlwdD4=",
		"feed:https://example.com/", "feed:javascript:alert(1)", "intent://x#Intent;scheme=javascript;end", "view-source:https://example.com/",
		"jar:https://example.com/!/x", "blob:https://example.com/1", "filesystem:https://example.com/t/x", "file:///etc/passwd", "ms-msdt:/id",
		"search-ms:query=x", "mhtml:file://x", "about:blank", "tel:123", "ftp://example.com/", "ws://example.com/", "x:y", "mailto\t:x", "http:example.com", "https:",
	} {
		for _, form := range []string{"[x](<%s>)", "![x](<%s>)", "[x][r]\n\n[r]: <%s>", "[x](<%s> \"t\")"} {
			text := fmt.Sprintf(form, dest)
			t.Run(text, func(t *testing.T) {
				_, html, findings := resolve(t, text)
				if len(findings) != 1 || findings[0].Level != diag.Error || findings[0].Pos.Line != 1 || findings[0].Pos.Col != 1 {
					t.Errorf("findings %v, want one error at 1:1", findings)
				}
				if strings.Contains(html, "href=") || strings.Contains(html, "src=") || strings.Contains(html, "<img") {
					t.Errorf("the link is still one: %s", html)
				}
			})
		}
	}
	for _, auto := range []string{"javascript:alert(1)", "data:text/html,x", "vbscript:x", "feed:x", "intent:x"} {
		_, html, findings := resolve(t, "<"+auto+">")
		if len(findings) != 1 || strings.Contains(html, "href") {
			t.Errorf("<%s>: findings %v, HTML %s", auto, findings, html)
		}
	}
}

// TestExternalPicture tells that a page never loads a picture from elsewhere:
// it would tell that host who is reading.
func TestExternalPicture(t *testing.T) {
	for _, dest := range []string{"https://example.com/pixel.png", "//example.com/pixel.png"} {
		_, html, findings := resolve(t, "![x]("+dest+")")
		if strings.Contains(html, "<img") || len(findings) > 0 {
			t.Errorf("%s: findings %v, HTML %s", dest, findings, html)
		}
	}
}

// TestManyBrokenLinks tells that looking for near names stops somewhere: a
// whole archive of broken links must not take minutes.
func TestManyBrokenLinks(t *testing.T) {
	s := linked.with("many.md", strings.Repeat("[x](nera.md)\n\n", 3000)).make(t, site.Options{})
	if n := len(s.Findings()); n != 3000 {
		t.Errorf("%d findings, want one for each of 3000 links", n)
	}
}

// TestFurtherPages links to the pages that a long list goes on at.
func TestFurtherPages(t *testing.T) {
	content := files{"index.md": "[2](/incidents/page/2/) [3](/incidents/page/3/) [2](/tags/x/page/2/)"}
	for n := range 60 {
		content[fmt.Sprintf("incidents/the-%d-th-of-them.md", n)] = "---\ntags: [x]\n---\n"
	}
	got := lines(content.make(t, site.Options{}).Findings())
	if want := "index.md:1:25: error: there is no page incidents/page/3 [broken-link]\n"; got != want {
		t.Errorf("findings\n got %swant %s", got, want)
	}
}

func TestBasePath(t *testing.T) {
	for _, test := range []struct{ base, address, url, absolute string }{
		{"https://example.org", "incidents/x/", "/incidents/x/", "https://example.org/incidents/x/"},
		{"https://example.org/kb", "", "/kb/", "https://example.org/kb/"},
		{"https://example.org/kb/", "a b/ü/", "/kb/a%20b/%C3%BC/", "https://example.org/kb/a%20b/%C3%BC/"},
		{"https://example.org/a%20b/", "x/", "/a%20b/x/", "https://example.org/a%20b/x/"},
		{"https://example.org/kb/", "100%/#?/", "/kb/100%25/%23%3F/", "https://example.org/kb/100%25/%23%3F/"},
	} {
		s := files{"site.yaml": "base_url: " + test.base + "\n"}.make(t, site.Options{})
		if got := s.URL(test.address); got != test.url {
			t.Errorf("under %s, URL(%q) = %q, want %q", test.base, test.address, got, test.url)
		}
		if got := s.AbsoluteURL(test.address); got != test.absolute {
			t.Errorf("under %s, AbsoluteURL(%q) = %q, want %q", test.base, test.address, got, test.absolute)
		}
	}
}
