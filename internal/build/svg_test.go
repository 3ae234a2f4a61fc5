package build_test

import (
	"strings"
	"testing"

	"debrief/internal/build"
	"debrief/internal/tree"
)

// TestSVG tries drawings. One that is opened by itself is a document with all
// rights of the site, so what can act is refused; what only draws is fine.
func TestSVG(t *testing.T) {
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">`
	for _, test := range []struct {
		name, svg string
		want      string // part of the finding; empty for a drawing that is fine
	}{
		{"shapes", open + `<path d="M0 0h1"/><g fill="red"><circle r="1"/></g><text>on &amp; off</text></svg>`, ""},
		{"an XML declaration", `<?xml version="1.0" encoding="UTF-8"?>` + open + `</svg>`, ""},
		{"a comment", open + `<!-- script onload --></svg>`, ""},
		{"a reference to itself", open + `<defs><path id="a"/></defs><use href="#a"/><use xlink:href="#a"/></svg>`, ""},
		{"a gradient", open + `<linearGradient id="g"/><rect fill="url(#g)"/></svg>`, ""},
		{"a picture in it", open + `<image href="data:image/png;base64,iVBORw0KGgo="/></svg>`, ""},
		{"a style", open + `<style>.a { fill: red }</style><rect class="a" style="stroke: blue"/></svg>`, ""},
		{"a title", open + `<title>Frame times</title><desc>in ms</desc></svg>`, ""},

		{"a script", open + `<script>alert(1)</script></svg>`, "the element <script>"},
		{"a script in capitals", open + `<SCRIPT/></svg>`, "the element <SCRIPT>"},
		{"a script of another name space", open + `<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script></svg>`, "the element <script>"},
		{"a script of HTML", open + `<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></svg>`, "the element <script>"},
		{"onload", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "the attribute onload"},
		{"onclick in capitals", open + `<path ONCLICK="alert(1)"/></svg>`, "the attribute ONCLICK"},
		{"foreignObject", open + `<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject></svg>`, "the element <foreignObject>"},
		{"an iframe", open + `<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://example.com/"/></svg>`, "the element <iframe>"},
		{"set", open + `<a><set attributeName="href" to="javascript:alert(1)"/></a></svg>`, "the element <set>"},
		{"animate", open + `<animate attributeName="href" values="javascript:alert(1)"/></svg>`, "the element <animate>"},
		{"a handler", open + `<handler type="text/ecmascript">x</handler></svg>`, "the element <handler>"},
		{"a link to a script", open + `<a href="javascript:alert(1)"/></svg>`, "a link"},
		{"a link to a script with spaces", open + `<a xlink:href=" &#9;javascript:alert(1)"/></svg>`, "a link"},
		{"a link elsewhere", open + `<a href="https://example.com/"/></svg>`, "a link"},
		{"a drawing elsewhere", open + `<use href="other.svg#a"/></svg>`, "a link"},
		{"a picture elsewhere", open + `<image href="https://example.com/pixel.png"/></svg>`, "a link"},
		{"a drawing in the drawing", open + `<image href="data:image/svg+xml;base64,PHN2Zy8+"/></svg>`, "a link"},
		{"a style from elsewhere", open + `<style>@import url(https://example.com/x.css);</style></svg>`, "a style"},
		{"a style sheet from elsewhere", `<?xml-stylesheet href="https://example.com/x.css"?>` + open + `</svg>`, "a processing instruction"},
		{"a form of HTML", open + `<h:form xmlns:h="http://www.w3.org/1999/xhtml" action="javascript:alert(1)"/></svg>`, "the element <form>"},
		{"a refresh of HTML", open + `<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=http://example.com"/></svg>`, "the element <meta>"},
		{"HTML as metadata", open + `<metadata><h:img xmlns:h="http://www.w3.org/1999/xhtml"/></metadata></svg>`, "the element <img>"},
		{"a style in pieces", open + `<style>.a { <!-- red -->fill: <![CDATA[red]]> }</style><style>.b { fill: url(#b) }</style></svg>`, ""},
		{"an import with a comment in it", open + `<style>@imp<!---->ort "https://example.com/x.css";</style></svg>`, "a style"},
		{"an import in sections", open + `<style><![CDATA[@imp]]><![CDATA[ort "https://example.com/x.css";]]></style></svg>`, "a style"},
		{"an import half in a section", open + `<style>@imp<![CDATA[ort]]> "https://example.com/x.css";</style></svg>`, "a style"},
		{"an address in pieces", open + `<style>.a { fill: ur<!-- -->l(https://example.com/x.svg#a) }</style></svg>`, "a style"},
		{"an address with its beginning in pieces", open + `<style>.a { fill: url(<!-- -->#a) } .b { fill: url(<![CDATA[//example.com/x.svg#a]]>) }</style></svg>`, "a style"},
		{"an import with an element in it", open + `<style>@imp<g>x</g>ort "https://example.com/x.css";</style></svg>`, "a style"},
		{"an import with a style in it", open + `<style>@imp<style/>ort "https://example.com/x.css";</style></svg>`, "a style"},
		{"an import in the second style", open + `<style/><style>@import "https://example.com/x.css";</style></svg>`, "a style"},
		{"an import after an element", open + `<style><g/>@import "https://example.com/x.css";</style></svg>`, "a style"},
		{"an escaped address", open + `<rect style="fill: u\72l(https://example.com/x)"/></svg>`, "a style"},
		{"a colour from elsewhere", open + `<rect style="fill: url(https://example.com/x.svg#a)"/></svg>`, "a style"},
		{"a fill from elsewhere", open + `<rect fill="url('//example.com/x.svg#a')"/></svg>`, "fill"},
		{"an entity", `<!DOCTYPE svg [<!ENTITY a "aaaa">]>` + open + `<text>&a;</text></svg>`, "a document type or an entity"},
		{"an entity from the disk", `<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>` + open + `&a;</svg>`, "a document type or an entity"},
		{"an unknown entity", open + `&nope;</svg>`, "something that is not XML"},
		{"no XML", `<svg><path></svg>`, "something that is not XML"},
		{"cut off", open, "something that is not XML"},
		{"no drawing", `<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>`, "html"},
		{"nothing", ``, "something that is not XML"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := built(t, build.Input{Layouts: theme(t), Content: contentOf(t, map[string]string{"index.md": "![x](d.svg)", "d.svg": "\n" + test.svg, "unused.svg": "<script/>"})})
			got := findings(s)
			if test.want == "" {
				if got != "" {
					t.Errorf("a harmless drawing is refused: %s", got)
				}
				return
			}
			if len(s.Findings()) != 1 || !strings.HasPrefix(got, "content/d.svg:") || !strings.Contains(got, test.want) || !strings.Contains(got, "[unsafe-svg]") {
				t.Errorf("findings %q, want one about %s", got, test.want)
			}
		})
	}
}

// TestSVGInCapitals tells that the check goes by what a server would make of
// the name.
func TestSVGInCapitals(t *testing.T) {
	s := built(t, build.Input{Layouts: theme(t), Content: contentOf(t, map[string]string{"index.md": "![x](d.SVG)"}).With(tree.NewFile("d.SVG", []byte("<svg onload='x()'/>")))})
	if got := findings(s); !strings.Contains(got, "[unsafe-svg]") {
		t.Errorf("findings %q", got)
	}
}
