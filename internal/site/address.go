package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/parse"
)

// The length of a slug in characters and in bytes; the rest of a long title
// helps nobody in an address, and no file name may be longer than 255 bytes.
const (
	maxSlug      = 80
	maxSlugBytes = 200
)

// Slug makes words into a part of an address: lower case, letters and digits
// of any script, hyphens between. It is empty if there are none.
func Slug(words string) string {
	var b strings.Builder
	gap, n := false, 0
	for _, r := range strings.ToLower(norm.NFC.String(words)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
				n++
			}
			gap = false
			if n++; n > maxSlug || b.Len() > maxSlugBytes {
				return strings.TrimRight(b.String(), "-")
			}
			b.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	return b.String()
}

// reserved are names that some systems cannot give to a file.
var reserved = []string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}

// slugOr is the slug of words, or one made of a hash where that has no letters
// or is a name that cannot be used.
func slugOr(words string) string {
	s := Slug(words)
	switch {
	case s == "":
		return "x-" + hash(words)
	case slices.Contains(reserved, s):
		return s + "-"
	}
	return s
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:3])
}

// fold is what two names have in common that people take for the same.
func fold(s string) string {
	ascii, spaced := true, false
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] < 0x80
		spaced = spaced || s[i] < ' ' || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ')
	}
	if spaced || !ascii {
		s = strings.Join(strings.Fields(s), " ")
	}
	if ascii {
		return strings.ToLower(s)
	}
	return cases.Fold().String(norm.NFC.String(s))
}

// Fold is what two names have in common that people take for the same, such as
// those of a service or an owner.
func Fold(s string) string { return fold(s) }

// Addresses gives each of some names its address below a folder. Of names with one
// slug ("C++" and "C#"), only that which is the slug has it plain.
func Addresses(folder string, names []string) []string {
	bySlug := map[string]int{}
	for _, name := range names {
		bySlug[slugOr(name)]++
	}
	list := make([]string, len(names))
	for i, name := range names {
		slug := slugOr(name)
		if bySlug[slug] > 1 && fold(name) != slug {
			slug += "-" + hash(fold(name))
		}
		list[i] = folder + slug + "/"
	}
	return list
}

// claim is how strong a page's claim to its address is.
type claim int

const (
	chosen  claim = iota // by an id or a slug
	exact                // it is the file's path as it stands
	derived              // it is what a slug leaves of the path
	claims               // how many there are
)

// wanted returns the address that a page would like.
func wanted(e *Entry) (address string, strength claim) {
	dir := path.Dir(e.Path) + "/"
	if dir == "./" {
		dir = ""
	}
	switch {
	case e.Slug != "" && e.Kind != kb.KindPlain:
		section, _, _ := strings.Cut(dir, "/")
		return section + "/" + slugOr(e.Slug) + "/", chosen
	case e.Slug != "":
		return slugPath(dir) + slugOr(e.Slug) + "/", chosen
	case e.Kind == kb.KindIncident && e.Incident.IDGiven:
		return "incidents/" + slugOr(e.Incident.ID) + "/", chosen
	case e.Kind == kb.KindIncident && e.Incident.ID != parse.Name(e.Path):
		return "incidents/" + slugOr(e.Incident.ID) + "/", derived // an id out of the file's name
	}
	plain := dir
	if !parse.IsIndex(e.Path) {
		plain += parse.Name(e.Path) + "/"
	}
	if address = slugPath(plain); address == plain {
		return address, exact
	}
	return address, derived
}

// slugPath makes each folder of a path, which ends with a slash, into a slug.
func slugPath(dir string) string {
	if dir == "" {
		return ""
	}
	parts := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	for i, p := range parts {
		parts[i] = slugOr(p)
	}
	return strings.Join(parts, "/") + "/"
}

// assignAddresses gives each page its address. An address comes from the
// page's id, or else from its path, so that a new title leaves it as it is.
// Where two paths differ only in what a slug drops, a hash of the path is added.
func (s *Site) assignAddresses(before *Site) {
	s.want(before)
	s.oneIndex()
	addresses := make(map[string]*Entry, len(s.Entries))
	ids := make(map[string]*Entry, len(s.Entries))
	for pass := range claims { // the strongest first
		for _, e := range s.Entries {
			if e.claim != pass {
				continue
			}
			address := e.wants
			if e.Incident != nil && e.Incident.IDGiven {
				id := fold(e.Incident.ID)
				if first, taken := ids[id]; taken {
					s.clash(e, "duplicate-id", keyPos(e, "id", "uuid"), fmt.Sprintf("the id %s is also that of %s", e.Incident.ID, first.Path), "give one of the two another id")
					continue
				}
				ids[id] = e
			}
			if first, taken := addresses[address]; taken {
				if e.claim == chosen {
					s.clash(e, "duplicate-address", keyPos(e, "slug", "id"), fmt.Sprintf("the address /%s is also that of %s", address, first.Path), "give one of the two another slug")
					continue
				}
				address = strings.TrimSuffix(address, "/") + "-" + hash(e.Path) + "/"
			}
			e.Address = address
			addresses[address] = e
		}
	}
	s.Entries = slices.DeleteFunc(s.Entries, func(e *Entry) bool { return s.hidden[e.Path] == e.Page })
	s.byAddress = make(map[string]int32, len(s.Entries))
	s.byPath = make(map[string]int32, len(s.Entries))
	for i, e := range s.Entries {
		e.number = i
		s.byAddress[e.Address], s.byPath[norm.NFC.String(e.Path)] = int32(i), int32(i)
	}
}

// want notes the address that each page would like. That depends on the page
// alone, so the site before knows it of every page that has not changed.
func (s *Site) want(before *Site) {
	var known []*Entry
	if before != nil {
		known = before.Entries
	}
	for _, e := range s.Entries { // both are in path order
		for len(known) > 0 && known[0].Path < e.Path {
			known = known[1:]
		}
		if len(known) > 0 && known[0].Page == e.Page {
			e.wants, e.claim = known[0].wants, known[0].claim
		} else {
			e.wants, e.claim = wanted(e)
		}
	}
}

// oneIndex leaves out the pages that would be the page of a folder which has a
// better one, such as a README.md beside an index.md.
func (s *Site) oneIndex() {
	candidate := func(e *Entry) bool { return e.claim != chosen && parse.IsIndex(e.Path) }
	best := map[string]*Entry{} // by folder
	for _, e := range s.Entries {
		if !candidate(e) {
			continue
		}
		dir := path.Dir(e.Path)
		if b := best[dir]; b == nil || parse.IndexRank(e.Path) < parse.IndexRank(b.Path) {
			best[dir] = e
		}
	}
	s.Entries = slices.DeleteFunc(s.Entries, func(e *Entry) bool {
		if !candidate(e) || best[path.Dir(e.Path)] == e {
			return false
		}
		first := best[path.Dir(e.Path)]
		s.clash(e, "duplicate-address", keyPos(e), fmt.Sprintf("%s is the page of this folder already", first.Path), "keep one of the two, or give this one a slug")
		return true
	})
}

func (s *Site) clash(e *Entry, rule string, pos diag.Pos, text, hint string) {
	s.leaveOut(e.Page, "is left out: "+text)
	s.findings = append(s.findings, diag.Finding{Path: e.Path, Pos: pos, Level: diag.Error, Rule: rule, Text: text, Hint: hint})
}

func keyPos(e *Entry, keys ...string) diag.Pos {
	for _, k := range keys {
		if p, ok := e.At[k]; ok {
			return p
		}
	}
	return diag.Pos{Line: 1, Col: 1}
}

// goodNames tells whether each part of a path can be a file's name on every
// system, and is none that debrief keeps for itself.
func goodNames(p string) bool {
	for _, own := range []string{"assets/", "search/doc/", "search/shard/", "search/index.json"} {
		if strings.HasPrefix(strings.ToLower(p), own) {
			return false
		}
	}
	for part := range strings.SplitSeq(p, "/") {
		stem, _, _ := strings.Cut(strings.ToLower(part), ".")
		if strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || len(part) > 255 ||
			slices.Contains(reserved, stem) || strings.ContainsAny(part, `\:*?"<>|`) || strings.ContainsFunc(part, unicode.IsControl) {
			return false
		}
	}
	return true
}

// redirects makes a page for each alias.
func (s *Site) redirects() {
	taken := map[string]*Entry{}
	for _, e := range s.Entries {
		for _, alias := range e.Aliases {
			p := strings.TrimPrefix(norm.NFC.String(alias), "/")
			if path.Ext(p) != ".html" {
				p = path.Join(p, "index.html")
			}
			bad := func(text, hint string) {
				s.findings = append(s.findings, diag.Finding{Path: e.Path, Pos: keyPos(e, "aliases", "alias"), Level: diag.Error, Rule: "alias", Text: text, Hint: hint})
			}
			address := strings.TrimSuffix(p, "index.html")
			owner, _ := s.At(address)
			switch first := taken[p]; {
			case !fs.ValidPath(p) || !goodNames(p) || strings.ContainsAny(p, "\\:*?\"<>|%#") || strings.ContainsFunc(p, unicode.IsControl):
				bad(fmt.Sprintf("the alias %q is not a path on the site", alias), "write it as /old/path/")
			case owner == e:
			case owner != nil:
				bad(fmt.Sprintf("the alias %s is the address of %s", alias, owner.Path), "")
			case first != nil && first != e:
				bad(fmt.Sprintf("the alias %s is also one of %s", alias, first.Path), "")
			case first == nil:
				taken[p] = e
				s.Redirects = append(s.Redirects, Redirect{p, e})
			}
		}
	}
	slices.SortFunc(s.Redirects, func(a, b Redirect) int { return strings.Compare(a.Path, b.Path) })
}

// escapePath escapes each part of a path for use in a URL.
func escapePath(p string) string {
	return (&url.URL{Path: p}).EscapedPath()
}
