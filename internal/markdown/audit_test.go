package markdown

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// allowedHTML is every element that this package may write while
// Options.RawHTML is off, with the attributes that it may have. A test that
// meets anything else fails, so a new construct has to be let in here, by
// somebody who has thought about what a hostile text can make of it.
var allowedHTML = map[string][]string{
	"a":          {"href", "title", "class", "rel", "role", "aria-label"},
	"aside":      {"class", "role", "aria-label"},
	"blockquote": {}, "br": {}, "code": {}, "dd": {}, "del": {}, "dl": {}, "dt": {}, "em": {},
	"section": {"class", "role", "aria-label"},
	"div":     {"class", "role", "tabindex", "aria-label"},
	"figure":  {"class", "data-lang"},
	"h1":      {}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "hr": {},
	"img":   {"src", "alt", "title", "loading"},
	"input": {"type", "checked", "disabled", "aria-label"},
	"li":    {"id", "class"}, "ol": {"start"}, "p": {"class"}, "pre": {"class", "tabindex"},
	"span": {"class", "title"}, "strong": {}, "sup": {"id"},
	"table": {}, "tbody": {}, "td": {"class"}, "th": {"class"}, "thead": {}, "tr": {}, "ul": {},
}

// allowedID is the shape of every id: no text can take a name that a script
// looks up, such as "location". A colon would have to be escaped in CSS.
var allowedID = regexp.MustCompile(`^(h-|fn-|fnref)[^:]*$`)

var voidElements = []string{"br", "hr", "img", "input"}

// startTag is an element as it was opened.
type startTag struct {
	name  string
	attrs map[string]string // values as written, still escaped
}

var (
	startPattern  = regexp.MustCompile(`^<([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>`)
	endPattern    = regexp.MustCompile(`^</([a-z][a-z0-9]*)>`)
	attrPattern   = regexp.MustCompile(` ([a-z-]+)(?:="([^"]*)")?`)
	entityPattern = regexp.MustCompile(`^&(?:[a-z]+|#[0-9]+|#x[0-9a-f]+);`)
)

// audit reads HTML as strictly as this package promises to write it, far more
// strictly than a browser does: lower case, every value in double quotes, every
// "<", ">" and "&" of the text escaped, every element closed in order, no link
// inside a link, only allowedHTML, only ids that match allowedID. It returns
// the elements in order and the first offence.
func audit(html string) ([]startTag, error) {
	var tags []startTag
	var open []string
	for i := 0; i < len(html); {
		rest := html[i:]
		offence := func(what string) error {
			return fmt.Errorf("%s at byte %d: %.60q", what, i, rest)
		}
		switch rest[0] {
		case 0:
			return tags, offence("a NUL byte")
		case '>':
			return tags, offence("an unescaped >")
		case '&':
			m := entityPattern.FindString(rest)
			if m == "" {
				return tags, offence("an unescaped &")
			}
			i += len(m)
		case '<':
			if m := endPattern.FindStringSubmatch(rest); m != nil {
				if len(open) == 0 || open[len(open)-1] != m[1] {
					return tags, offence(fmt.Sprintf("an end tag while %q are open", open))
				}
				open = open[:len(open)-1]
				i += len(m[0])
				continue
			}
			m := startPattern.FindStringSubmatch(rest)
			if m == nil {
				return tags, offence("an unescaped < or a malformed tag")
			}
			tag := startTag{m[1], map[string]string{}}
			known, ok := allowedHTML[tag.name]
			if !ok {
				return tags, offence("an element that is not allowed")
			}
			for _, a := range attrPattern.FindAllStringSubmatch(m[2], -1) {
				if !slices.Contains(known, a[1]) {
					return tags, offence("an attribute that is not allowed")
				}
				if _, twice := tag.attrs[a[1]]; twice {
					return tags, offence("an attribute that is there twice")
				}
				if strings.Contains(a[2], "\x00") {
					return tags, offence("a NUL byte in an attribute")
				}
				tag.attrs[a[1]] = a[2]
			}
			if id, ok := tag.attrs["id"]; ok && !allowedID.MatchString(id) {
				return tags, offence("an id without our prefix")
			}
			// goldmark writes a footnote's mark inside a link as it stands there.
			if tag.name == "a" && slices.Contains(open, "a") && tag.attrs["class"] != "footnote-ref" {
				return tags, offence("a link inside a link")
			}
			tags = append(tags, tag)
			if !slices.Contains(voidElements, tag.name) {
				open = append(open, tag.name)
			}
			i += len(m[0])
		default:
			i++
		}
	}
	if len(open) > 0 {
		return tags, fmt.Errorf("%q are never closed", open)
	}
	return tags, nil
}

// Everything below rests on audit, so it is itself shown bad HTML of every kind.
func TestAudit(t *testing.T) {
	good := `<p>a &lt; b<br><a href="x">y</a> <img src="i" alt=""></p><h2 id="h-x">x</h2>`
	if _, err := audit(good); err != nil {
		t.Errorf("%s\nis refused: %v", good, err)
	}
	for _, bad := range []string{
		"<script></script>", "<p onclick=\"x\"></p>", "<p style=\"x\"></p>", "<a href=x></a>", "<a href='x'></a>",
		"<a href=\"x\" href=\"y\"></a>", "<a href=\"<\"></a>", "<P></P>", "<p>", "</p>", "<p><em></p></em>",
		"a < b", "a > b", "a & b", "&", "\x00", "<h2 id=\"location\"></h2>", "<a href=\"x\"><em><a href=\"y\"></a></em></a>",
		"<!-- c -->", "<p", "<svg/onload=x>", "<a\nhref=\"x\"></a>",
	} {
		if _, err := audit(bad); err == nil {
			t.Errorf("%q passes the audit", bad)
		}
	}
}
