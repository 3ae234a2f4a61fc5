package parse

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"debrief/internal/diag"
)

// Limits on front matter, far above what people write.
const (
	maxFrontMatter = 64 << 10 // bytes
	maxKeys        = 200
	maxDepth       = 8
)

// normal returns the text with LF line ends and without a byte order mark, or
// a finding that says why it is no text.
func normal(data []byte) ([]byte, *diag.Finding) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, &diag.Finding{Level: diag.Error, Rule: "encoding", Text: "the file is in UTF-16", Hint: "save it as UTF-8"}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, &diag.Finding{Pos: posAt(data, i), Level: diag.Error, Rule: "encoding", Text: "the file holds a NUL byte", Hint: "is this a text file? save it as UTF-8"}
	}
	if !utf8.Valid(data) {
		i := 0
		for i < len(data) {
			r, n := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		return nil, &diag.Finding{Pos: posAt(data, i), Level: diag.Error, Rule: "encoding", Text: "the file is not valid UTF-8", Hint: "save it as UTF-8"}
	}
	return data, nil
}

func posAt(data []byte, offset int) diag.Pos {
	line := 1 + bytes.Count(data[:offset], []byte("\n"))
	start := bytes.LastIndexByte(data[:offset], '\n') + 1
	return diag.Pos{Line: line, Col: 1 + utf8.RuneCount(data[start:offset])}
}

// Front matter that would be taken for text, and might say that the page is a
// draft: after blank lines, and in TOML.
var (
	misplaced = regexp.MustCompile(`^[ \t]*\n\s*---[ \t]*\n[ \t]*[A-Za-z_-]+[ \t]*:`)
	toml      = regexp.MustCompile(`^\s*\+\+\+[ \t]*\n`)
)

// FrontMatter parts the bytes of a file into its front matter, which is YAML, and
// its body, both with LF line ends. Where that cannot be done, the finding says why.
func FrontMatter(data []byte) (front, body []byte, finding *diag.Finding) {
	data, finding = normal(data)
	if finding != nil {
		return nil, nil, finding
	}
	front, body, _, finding = split(data)
	return front, body, finding
}

// split parts a text into its front matter and its body, and says on which
// lines they begin. A text without front matter is all body.
func split(data []byte) (front []byte, body []byte, bodyLine int, finding *diag.Finding) {
	if misplaced.Match(data) {
		return nil, nil, 0, &diag.Finding{Pos: diag.Pos{Line: 1, Col: 1}, Level: diag.Error, Rule: "front-matter",
			Text: "there is front matter, and it does not begin on the first line", Hint: "remove what stands before the line ---"}
	}
	if toml.Match(data) {
		return nil, nil, 0, &diag.Finding{Pos: diag.Pos{Line: 1, Col: 1}, Level: diag.Error, Rule: "front-matter",
			Text: "the front matter is TOML, which debrief does not read", Hint: "write it as YAML between two lines of ---, with \"key: value\" lines"}
	}
	first, rest, found := bytes.Cut(data, []byte("\n"))
	if strings.TrimRight(string(first), " \t") != "---" || !found {
		return nil, data, 1, nil
	}
	for start, line := 0, 2; start < len(rest); line++ {
		text := rest[start:]
		next := len(rest)
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			text, next = text[:i], start+i+1
		}
		if s := strings.TrimRight(string(text), " \t"); s == "---" || s == "..." {
			if start > maxFrontMatter {
				return nil, nil, 0, &diag.Finding{Pos: diag.Pos{Line: 1, Col: 1}, Level: diag.Error, Rule: "front-matter", Text: "the front matter is larger than 64 KiB"}
			}
			return rest[:start], rest[next:], line + 1, nil
		}
		start = next
	}
	return nil, nil, 0, &diag.Finding{Pos: diag.Pos{Line: 1, Col: 1}, Level: diag.Error, Rule: "front-matter",
		Text: "the front matter begins here and never ends", Hint: "close it with a line of three hyphens: ---"}
}
