package exchange

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"debrief/internal/parse"
	"debrief/internal/tree"
)

// Limits in bytes. A text must be small enough for the site, a file beside it as
// well; the HTML that a text is made of may be much larger than it.
const (
	maxText = tree.MaxLoaded
	maxHTML = 16 << 20
	maxFile = 64 << 20
)

// Source is a folder from which post-mortems are brought in, or one file of it.
// Nothing outside of the folder is ever read, and no link is followed.
type Source struct {
	root *os.Root
	dir  string // absolute
	only string // the one file of it that is asked for, or empty
}

// OpenSource opens a folder or a file. The caller closes the source.
func OpenSource(name string) (*Source, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Lstat(abs)
	if err != nil {
		return nil, err
	}
	s := &Source{dir: abs}
	switch {
	case info.Mode().IsRegular():
		s.dir, s.only = filepath.Dir(abs), filepath.Base(abs)
	case !info.IsDir():
		return nil, fmt.Errorf("%s is neither a folder nor a regular file, and links are not followed", name)
	}
	s.root, err = os.OpenRoot(s.dir)
	return s, err
}

// Dir returns the folder's path on disk.
func (s *Source) Dir() string { return s.dir }

// Close releases the folder.
func (s *Source) Close() error { return s.root.Close() }

// list returns the paths of all files, and what cannot be looked at.
func (s *Source) list() (paths []string, skipped []File, err error) {
	if s.only != "" {
		return []string{s.only}, nil, nil
	}
	err = fs.WalkDir(s.root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		skip := func(state State, why string) { skipped = append(skipped, File{From: p, State: state, Why: why}) }
		switch {
		case p == "." || err == nil && d.IsDir() && !tree.Ignored(d.Name()):
			return err
		case err != nil:
			skip(Failed, "cannot be read: "+reason(err))
			return nil
		case d.IsDir():
			return fs.SkipDir
		case tree.Ignored(d.Name()):
		case !utf8.ValidString(p):
			skipped = append(skipped, File{From: strings.ToValidUTF8(p, "\uFFFD"), State: Failed, Why: "its name is not valid UTF-8"})
		case d.Type()&fs.ModeSymlink != 0:
			skip(Skipped, "a symbolic link, and links are not followed")
		case d.Type().IsRegular():
			paths = append(paths, p)
		}
		return nil
	})
	return paths, skipped, err
}

// regular tells whether a path leads to a regular file, through no link.
func (s *Source) regular(p string) bool {
	if !fs.ValidPath(p) {
		return false
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if info, err := s.root.Lstat(filepath.FromSlash(dir)); err != nil || !info.IsDir() {
			return false
		}
	}
	info, err := s.root.Lstat(filepath.FromSlash(p))
	return err == nil && info.Mode().IsRegular()
}

// read returns the bytes of a regular file of at most limit bytes.
func (s *Source) read(p string, limit int64) ([]byte, error) {
	if !s.regular(p) {
		return nil, errors.New("is no regular file")
	}
	info, err := s.root.Stat(filepath.FromSlash(p))
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("is larger than %d MiB", limit>>20)
	}
	return s.root.ReadFile(filepath.FromSlash(p))
}

func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}

// form is how a source is written.
type form int

const (
	noText form = iota
	markdownText
	htmlText
)

// formOf tells it by the name or, of one without an extension, by the first bytes.
func formOf(p string, start []byte) form {
	switch low := strings.ToLower(p); {
	case strings.HasSuffix(low, ".html"), strings.HasSuffix(low, ".htm"), strings.HasSuffix(low, ".html.erb"):
		return htmlText
	case parse.IsText(tree.File{Path: p, Data: start}):
		return markdownText
	}
	return noText
}

var (
	templateName = regexp.MustCompile(`(?i)(^|[^\p{L}])template([^\p{L}]|$)`)
	houseFile    = regexp.MustCompile(`(?i)^(licen[cs]e|contributing|changelog|code[-_]of[-_]conduct|security|authors|codeowners|pull_request_template)$`)
	officeFile   = regexp.MustCompile(`(?i)\.(docx?|odt|rtf)$`)
)

// noPostMortem says why a file is none, by its name; empty when it may be one.
func noPostMortem(p string) string {
	name := parse.Name(p)
	_, date, _ := parse.InName(p)
	switch {
	case officeFile.MatchString(p):
		return `save it as HTML (in Word: "Web Page, Filtered") and import that`
	case strings.EqualFold(path.Ext(p), ".pdf"):
		return "debrief does not read PDF"
	case templateName.MatchString(name):
		return "a template, by its name"
	case houseFile.MatchString(name):
		return "belongs to the folder, not to an incident"
	case parse.IsIndex(p) && (path.Dir(p) == "." || date.IsZero()):
		return "the index of its folder"
	}
	return ""
}
