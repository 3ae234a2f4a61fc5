package parse

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"debrief/internal/kb"
)

// indexes are what the page of a folder may be called. Of several, the first is it.
var indexes = []string{"index", "_index", "readme"}

// IsIndex tells whether the file is the page of its folder.
func IsIndex(p string) bool { return IndexRank(p) >= 0 }

// IndexRank is the place of the file among those that may be the page of their
// folder: the lowest is. It is -1 for all other files.
func IndexRank(p string) int { return slices.Index(indexes, strings.ToLower(stem(p))) }

// stem is the file's name without its extensions.
func stem(p string) string {
	name := path.Base(p)
	for _, ext := range []string{".erb", ".md", ".markdown", ".html"} {
		if n := len(name) - len(ext); n > 0 && strings.EqualFold(name[n:], ext) {
			name = name[:n]
		}
	}
	return name
}

// Name is the part of a path that names its page: the file's stem or, for the
// index of a folder, the folder.
func Name(p string) string {
	if dir := path.Dir(p); IsIndex(p) && dir != "." {
		return path.Base(dir)
	}
	return stem(p)
}

// idInName finds an id at the start of a file's name, as in
// "PM2021-008 - Title.md" or "INC-2026-014-title.md".
var idInName = regexp.MustCompile(`^([A-Za-z]{2,}[-_]?[0-9]{2,4}[-_][0-9]+)(?:$|[ _:.-]+)`)

// dateInName finds a date at the start of a file's name, alone or before a title.
var dateInName = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:$|[ _.-]+)`)

// yearFolder is the name of a folder that holds a year's or a month's pages.
var yearFolder = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2})?$`)

// idFromName returns the id that a file's name gives, and the rest of the name.
func idFromName(p string) (id, rest string) {
	name := Name(p)
	if m := idInName.FindStringSubmatch(name); m != nil {
		return m[1], name[len(m[0]):]
	}
	return name, name
}

// InName is what the name of a file says: an id, a day, and the words after them.
// Each may be missing.
func InName(p string) (id string, date kb.Date, words string) {
	given, rest := idFromName(p)
	if given != rest {
		id = given
	}
	if m := dateInName.FindStringSubmatch(rest); m != nil {
		if d, err := kb.ParseDate(m[1]); err == nil {
			date, rest = d, rest[len(m[0]):]
		}
	}
	return id, date, rest
}

func dateFromName(p string, zone *time.Location) kb.When {
	m := dateInName.FindStringSubmatch(Name(p))
	if m == nil {
		return kb.When{}
	}
	w, err := kb.ParseWhen(m[1], zone)
	if err != nil {
		return kb.When{}
	}
	return w
}

// titleFromName makes a readable title of a file's name.
func titleFromName(p string) string {
	id, rest := idFromName(p)
	if m := dateInName.FindString(rest); m != "" && len(m) < len(rest) {
		rest = rest[len(m):]
	}
	if !strings.ContainsAny(rest, " ") {
		rest = strings.NewReplacer("-", " ", "_", " ").Replace(rest)
		if dateInName.MatchString(Name(p)) && strings.TrimSpace(strings.Trim(rest, "0123456789 ")) == "" {
			rest = Name(p)
		}
	}
	rest = strings.Join(strings.Fields(rest), " ")
	if rest == "" {
		return id
	}
	first, size := utf8.DecodeRuneInString(rest)
	return string(unicode.ToUpper(first)) + rest[size:]
}
