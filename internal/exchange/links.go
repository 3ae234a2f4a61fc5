package exchange

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"debrief/internal/markdown"
)

// beside is a picture or a file that a text links to, and that goes with it.
type beside struct {
	from string // in the source
	to   string // in the content folder
}

// moved tells where a source has gone in the content folder. known is false for a
// path that is none of the sources.
type moved func(from string) (to string, known bool)

// mendLinks makes relative links lead to where their targets are now, and returns
// the files that are to be copied. A link that leads nowhere stays as it is.
func (d *draft) mendLinks(src *Source, doc *markdown.Doc, where moved) []beside {
	var copies []beside
	lines := strings.Split(d.body, "\n")
	folder := strings.TrimSuffix(d.file.To, path.Ext(d.file.To))
	for _, l := range doc.Links {
		u, err := url.Parse(l.Dest)
		if l.Kind != markdown.Inline && l.Kind != markdown.Image || err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
			continue
		}
		left := func(why string) {
			d.left("the link "+cut(l.Dest), fmt.Sprintf("%s (line %d)", why, l.Pos.Line))
		}
		if strings.HasPrefix(u.Path, "/") {
			left("leads to a place on the site where this text was")
			continue
		}
		target := path.Join(path.Dir(d.file.From), u.Path)
		if target == ".." || strings.HasPrefix(target, "../") {
			left("leads out of the folder that was imported")
			continue
		}
		to := ""
		for _, p := range spellings(target) {
			if t, ok := where(p); ok {
				to = t
				break
			}
		}
		if to == "" {
			switch info, err := src.root.Stat(filepath.FromSlash(target)); {
			case !src.regular(target):
				left("leads nowhere")
				continue
			case err != nil || info.Size() > maxFile:
				left("leads to a file that is larger than 64 MiB")
				continue
			case formOf(target, nil) != noText:
				left("leads to a text that was not brought in")
				continue
			}
			to = besideName(folder, target, copies)
			if !contains(copies, target) {
				copies = append(copies, beside{target, to})
			}
		}
		fresh := url.URL{Path: relative(path.Dir(d.file.To), to), RawQuery: u.RawQuery, Fragment: u.Fragment}
		if !redirect(lines, l.Pos.Line-d.line, l.Dest, fresh.String()) {
			left("could not be changed to " + fresh.String())
		}
	}
	d.body = strings.Join(lines, "\n")
	return copies
}

// spellings are the files that a link may mean: with or without what a generator
// takes off or puts on.
func spellings(target string) []string {
	stem := strings.TrimSuffix(strings.TrimSuffix(target, ".html"), "/")
	return []string{target, stem, stem + ".md", stem + ".html.md.erb", stem + ".markdown", stem + ".html", stem + "/index.md"}
}

// besideName is where a file goes: into a folder that is named for the text, under
// its own name, or with a number where two of one text have the same.
func besideName(folder, from string, copies []beside) string {
	for _, c := range copies {
		if c.from == from {
			return c.to
		}
	}
	ext := path.Ext(from)
	stem := strings.TrimSuffix(path.Base(from), ext)
	to := path.Join(folder, stem+ext)
	for n := 2; taken(copies, to); n++ {
		to = path.Join(folder, fmt.Sprintf("%s-%d%s", stem, n, ext))
	}
	return to
}

func contains(copies []beside, from string) bool {
	for _, c := range copies {
		if c.from == from {
			return true
		}
	}
	return false
}

func taken(copies []beside, to string) bool {
	for _, c := range copies {
		if strings.EqualFold(c.to, to) {
			return true
		}
	}
	return false
}

// relative is the way from a folder to a path.
func relative(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	for len(a) > 0 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return strings.Repeat("../", len(a)) + strings.Join(b, "/")
}

// redirect changes where a link leads that begins on a line, or the definition
// that it refers to.
func redirect(lines []string, line int, old, fresh string) bool {
	if strings.ContainsAny(fresh, "()") {
		fresh = "<" + fresh + ">"
	}
	raws := []string{old, strings.ReplaceAll(old, " ", "%20"), (&url.URL{Path: old}).EscapedPath(), "<" + old + ">"}
	for n := line; n >= 0 && n < len(lines) && n < line+20; n++ {
		for _, raw := range raws {
			for _, end := range []string{")", " "} {
				if before, after, ok := strings.Cut(lines[n], "]("+raw+end); ok {
					lines[n] = before + "](" + fresh + end + after
					return true
				}
			}
		}
	}
	done := false
	for n, l := range lines {
		m := definition.FindStringSubmatch(l)
		for _, raw := range raws {
			if m != nil && m[2] == raw {
				lines[n], done = m[1]+fresh+m[3], true
				break
			}
			done = done || m != nil && m[2] == fresh // changed for another link
		}
	}
	return done
}

var definition = regexp.MustCompile(`^( {0,3}\[[^\]]+\]:\s*)(<[^>]*>|\S+)(.*)$`)
