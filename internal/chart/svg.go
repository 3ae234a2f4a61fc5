// Package chart draws numbers as SVG.
//
// A drawing holds no colours and no fonts: its elements have classes that the
// theme styles, so that it follows light and dark and prints. It needs no script,
// and every text and attribute in it is escaped by the one writer in svg.go.
// Beside each drawing a page shows the same data as a table, for those who cannot
// see it or want the numbers.
//
// There are libraries for this: go-chart and its descendant go-analyze/charts,
// gonum/plot on svgo. They write style attributes, which a strict
// Content-Security-Policy refuses, in colours and fonts of their own at one fixed
// size; none of them knows links, titles for screen readers or classes for a theme,
// and what a page needs of them is little.
package chart

import (
	"html"
	"strconv"
	"strings"
)

// SVG is a finished drawing, ready to stand in a page.
type SVG string

// drawing writes SVG elements. Their attributes are names and values in turn; those
// with an empty value are left out.
type drawing struct {
	b strings.Builder
}

// open begins an element.
func (d *drawing) open(name string, a ...string) {
	d.tag(name, a)
	d.b.WriteByte('>')
}

// close ends an element.
func (d *drawing) close(name string) { d.b.WriteString("</" + name + ">") }

// empty writes an element without anything in it.
func (d *drawing) empty(name string, a ...string) {
	d.tag(name, a)
	d.b.WriteString("/>")
}

// text writes an element that holds a text.
func (d *drawing) text(name, text string, a ...string) {
	d.open(name, a...)
	d.b.WriteString(html.EscapeString(text))
	d.close(name)
}

func (d *drawing) tag(name string, a []string) {
	d.b.WriteString("<" + name)
	for i := 0; i+1 < len(a); i += 2 {
		if a[i+1] != "" {
			d.b.WriteString(" " + a[i] + `="` + html.EscapeString(a[i+1]) + `"`)
		}
	}
}

// svg returns what was drawn.
func (d *drawing) svg() SVG { return SVG(d.b.String()) }

// num writes a coordinate, to a tenth.
func num(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}
