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
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
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
		case xml.StartElement:
			switch strings.ToLower(t.Name.Local) {
			case "script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate":
				return refuse(fmt.Sprintf("the element <%s>", t.Name.Local))
			}
			for _, a := range t.Attr {
				name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
				switch {
				case strings.HasPrefix(name, "on"):
					return refuse(fmt.Sprintf("the attribute %s", a.Name.Local))
				case name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png") && !strings.HasPrefix(value, "data:image/jpeg"):
					return refuse("a link")
				}
			}
		}
	}
}
