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

// checkSVG refuses drawings that do more than draw. One that is opened by
// itself runs its scripts with all rights of the site.
func checkSVG(data []byte) *diag.Finding {
	d := xml.NewDecoder(bytes.NewReader(data))
	refuse := func(what string) *diag.Finding {
		line, col := d.InputPos()
		return &diag.Finding{Pos: diag.Pos{Line: line, Col: col}, Level: diag.Error, Rule: "unsafe-svg",
			Text: "the drawing holds " + what, Hint: "export it again as a plain SVG, or as a PNG"}
	}
	inStyle, root := false, ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && root != "" {
			return nil
		}
		if err != nil {
			return refuse("something that is not XML: " + err.Error())
		}
		switch t := token.(type) {
		case xml.CharData:
			if text := strings.ToLower(string(t)); inStyle && (strings.Contains(text, "@import") || reachesOut(text)) {
				return refuse("a style from elsewhere")
			}
		case xml.EndElement:
			inStyle = false
		case xml.Directive:
			return refuse("a document type or an entity")
		case xml.ProcInst:
			if t.Target != "xml" {
				return refuse("a processing instruction")
			}
		case xml.StartElement:
			if root == "" {
				if root = t.Name.Local; root != "svg" {
					return refuse(fmt.Sprintf("no drawing but <%s>", root))
				}
			}
			inStyle = strings.EqualFold(t.Name.Local, "style")
			switch strings.ToLower(t.Name.Local) {
			case "script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate":
				return refuse(fmt.Sprintf("the element <%s>", t.Name.Local))
			}
			for _, a := range t.Attr {
				name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
				switch {
				case strings.HasPrefix(name, "on"):
					return refuse(fmt.Sprintf("the attribute %s", a.Name.Local))
				case reachesOut(value):
					return refuse("a style from elsewhere, in the attribute " + a.Name.Local)
				case name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png") && !strings.HasPrefix(value, "data:image/jpeg"):
					return refuse("a link")
				}
			}
		}
	}
}

// reachesOut tells whether a style, in lower case, loads anything that is not
// part of the drawing.
func reachesOut(style string) bool {
	for _, part := range strings.Split(style, "url(")[1:] {
		if part = strings.TrimLeft(part, " \t\n\"'"); !strings.HasPrefix(part, "#") && !strings.HasPrefix(part, "data:image/png") && !strings.HasPrefix(part, "data:image/jpeg") {
			return true
		}
	}
	return false
}
