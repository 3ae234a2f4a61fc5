package build

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"debrief/internal/diag"
)

const svgNamespace = "http://www.w3.org/2000/svg"

// drawing are the elements of SVG that only draw. Everything else, and
// everything of another namespace, is refused: a drawing that is opened by
// itself has all rights of the site (https://www.w3.org/TR/SVG2/eltindex.html).
var drawing = words(`svg g a defs symbol use title desc metadata style path rect circle ellipse line polyline polygon text tspan textPath
	linearGradient radialGradient stop pattern clipPath mask marker image switch view filter
	feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
	feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
	feSpotLight feTile feTurbulence`)

func words(text string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(text) {
		set[w] = true
	}
	return set
}

// checkSVG refuses drawings that do more than draw.
func checkSVG(data []byte) *diag.Finding {
	d := xml.NewDecoder(bytes.NewReader(data))
	refuse := func(what string) *diag.Finding {
		line, col := d.InputPos()
		return &diag.Finding{Pos: diag.Pos{Line: line, Col: col}, Level: diag.Error, Rule: "unsafe-svg",
			Text: "the drawing holds " + what, Hint: "export it again as a plain SVG, or as a PNG"}
	}
	var open []string
	var style strings.Builder // of the style that is open; its text may come in pieces, with comments between them
	rooted := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && rooted {
			return nil
		}
		if err != nil {
			return refuse("something that is not XML: " + err.Error())
		}
		switch t := token.(type) {
		case xml.Directive:
			return refuse("a document type or an entity")
		case xml.ProcInst:
			if t.Target != "xml" {
				return refuse("a processing instruction")
			}
		case xml.CharData:
			if inside(open, "style") {
				style.Write(t)
			}
		case xml.EndElement:
			open = open[:max(0, len(open)-1)]
			if t.Name.Local == "style" {
				if unsafeStyle(style.String()) {
					return refuse("a style from elsewhere")
				}
				style.Reset()
			}
		case xml.StartElement:
			name := t.Name.Local
			switch {
			case !rooted && name != "svg":
				return refuse(fmt.Sprintf("no drawing but <%s>", name))
			case inside(open, "style"): // a browser takes the text on both sides of it for one
				return refuse(fmt.Sprintf("a style with the element <%s> in it", name))
			case inside(open, "metadata") && len(t.Attr) == 0 && t.Name.Space != svgNamespace && !strings.Contains(t.Name.Space, "xhtml"):
			case t.Name.Space != svgNamespace && t.Name.Space != "" || !drawing[name]:
				return refuse(fmt.Sprintf("the element <%s>", name))
			}
			rooted = true
			if bad := unsafeAttribute(t.Attr); bad != "" {
				return refuse(bad)
			}
			open = append(open, name)
		}
	}
}

func inside(open []string, name string) bool {
	for _, o := range open {
		if o == name {
			return true
		}
	}
	return false
}

// unsafeAttribute returns what is wrong with the attributes, or nothing.
func unsafeAttribute(attributes []xml.Attr) string {
	for _, a := range attributes {
		name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
		switch {
		case strings.HasPrefix(name, "on"):
			return "the attribute " + a.Name.Local
		case name == "href" || name == "src" || name == "base" || name == "action" || name == "formaction":
			if !own(value) {
				return "a link"
			}
		case a.Name.Space != "xmlns" && name != "xmlns" && unsafeStyle(value):
			return "a style from elsewhere, in the attribute " + a.Name.Local
		}
	}
	return ""
}

// own tells whether an address is a part of the drawing itself.
func own(address string) bool {
	return strings.HasPrefix(address, "#") || strings.HasPrefix(address, "data:image/png") || strings.HasPrefix(address, "data:image/jpeg")
}

// unsafeStyle tells whether a style may load anything that is not part of the
// drawing. A backslash can spell url() in ways that a search does not find.
func unsafeStyle(style string) bool {
	style = strings.ToLower(style)
	if strings.Contains(style, `\`) || strings.Contains(style, "@import") || strings.Contains(style, "image-set") || strings.Contains(style, "src(") {
		return true
	}
	for _, part := range strings.Split(style, "url(")[1:] {
		if !own(strings.TrimLeft(part, " \t\n\"'")) {
			return true
		}
	}
	return false
}
