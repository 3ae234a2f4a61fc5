// Package scaffold writes new files for authors: a whole knowledge base, or one
// page from an archetype. It never replaces a file.
package scaffold

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"debrief/internal/kb"
	"debrief/internal/site"
	"debrief/internal/tree"
)

// Init writes the starter into the folder dir, which is made when it is not
// there. When any of its files is there already, nothing is written and the
// error wraps fs.ErrExist.
func Init(dir string, starter tree.Tree) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range starter.Files() {
		if _, err := root.Lstat(filepath.FromSlash(f.Path)); err == nil {
			return fmt.Errorf("%s: %w", filepath.Join(dir, filepath.FromSlash(f.Path)), fs.ErrExist)
		}
	}
	for _, f := range starter.Files() {
		if err := create(root, f.Path, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// create writes a file that must not be there yet.
func create(root *os.Root, p string, data []byte) error {
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(p)), 0o755); err != nil {
		return err
	}
	f, err := root.OpenFile(filepath.FromSlash(p), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// Page is a page to be written.
type Page struct {
	Kind  string // "incident", "page" or "term"
	Title string
	Today kb.Date
	ID    string // of an incident
}

// Path returns where in the content folder the page belongs.
func (p Page) Path() string {
	slug := site.Slug(p.Title)
	if slug == "" {
		slug = "untitled"
	}
	switch p.Kind {
	case "incident":
		return fmt.Sprintf("incidents/%04d/%s-%s.md", p.Today.Year, p.Today, slug)
	case "term":
		return "glossary/" + slug + ".md"
	}
	return slug + ".md"
}

// New writes the page into the content folder from the archetype and returns
// its path there. The error wraps fs.ErrExist when the file is there already.
func New(contentDir string, archetype []byte, p Page) (string, error) {
	root, err := os.OpenRoot(contentDir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	text := strings.NewReplacer("{id}", p.ID, "{title}", quote(p.Title), "{date}", p.Today.String()).Replace(string(archetype))
	return p.Path(), create(root, p.Path(), []byte(text))
}

// plainTitle matches titles that need no quotes in YAML.
var plainTitle = regexp.MustCompile(`^[\p{L}][\p{L}\p{N} ,.()/+-]*$`)

// quote writes a text as a YAML scalar: in double quotes where it must be.
func quote(s string) string {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null":
		return strconv.Quote(s)
	}
	if plainTitle.MatchString(s) && strings.TrimSpace(s) == s {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// numbered is an id with a year and a number, "INC-2026-014".
var numbered = regexp.MustCompile(`^(.*?)([0-9]{4})-([0-9]+)$`)

// NextID returns the first id of the year that no incident has yet, in the form
// that most incidents have; INC-2026-001 where there are none.
func NextID(incidents []*kb.Incident, year int) string {
	prefixes := map[string]int{}
	best := "INC-"
	for _, i := range incidents {
		if m := numbered.FindStringSubmatch(i.ID); m != nil && m[1] != "" {
			if prefixes[m[1]]++; prefixes[m[1]] > prefixes[best] || prefixes[m[1]] == prefixes[best] && m[1] < best {
				best = m[1]
			}
		}
	}
	next := 1
	filled, shortest := 0, 0 // widths of numbers: with a zero in front, which fills them up, and of all
	for _, i := range incidents {
		m := numbered.FindStringSubmatch(i.ID)
		if m == nil || !strings.EqualFold(m[1], best) {
			continue
		}
		n, err := strconv.Atoi(m[3])
		if err != nil {
			continue
		}
		if m[2] == fmt.Sprintf("%04d", year) {
			next = max(next, n+1)
		}
		width := len(m[3])
		if shortest == 0 || width < shortest {
			shortest = width
		}
		if m[3][0] == '0' {
			filled = max(filled, width)
		}
	}
	return fmt.Sprintf("%s%04d-%0*d", best, year, cmp.Or(filled, shortest, 3), next)
}
