package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/internal/diag"
)

// A query is words, "exact phrases" and filters; each can be turned round with a
// minus before it:
//
//	relocalisation "map rejected" -drill service:anchor-api,session severity:SEV1
//	status:closed tag:dns factor:key-rotation year:2026 is:incident
//	after:2026-01-01 before:2026-03 (the first day that is in, the first that is not)
//
// Words are wished for; phrases and filters are demanded. A filter takes any of
// its values; several filters must all be met.
type query struct {
	words   []queryWord
	phrases []phrase
	filters []filter
	typing  string // the word that the text ends in, which may be the beginning of a longer one, or empty
	text    string // as far as it was read
}

type queryWord struct {
	text string
	not  bool
	near bool // nothing but a space or a hyphen stands before it and after the word before
}

type phrase struct {
	text  string
	words []string
	not   bool
}

type filter struct {
	name   string // as the field is called: "kind" for "is"
	typed  string
	values []string
	not    bool
}

// Limits on a query, so that a pasted log is no burden.
const (
	maxQuery      = 2000 // characters
	maxQueryWords = 24
	// A longer text was pasted: quotes and minus signs in it are no operators,
	// and its numbers say nothing.
	pastedWords = 12
)

// filterNames are the names of filters and the fields they are about.
var filterNames = map[string]string{
	"service": "service", "services": "service", "severity": "severity", "sev": "severity", "tag": "tag", "tags": "tag", "factor": "factor", "factors": "factor",
	"status": "status", "year": "year", "is": "kind", "kind": "kind", "after": "after", "before": "before",
}

// helpful are the names that people are told of.
var helpful = []string{"service", "severity", "tag", "factor", "status", "year", "after", "before", "is"}

// parse reads a query. Every text is one.
func parse(text string) query {
	if utf8.RuneCountInString(text) > maxQuery {
		text = string([]rune(text)[:maxQuery])
	}
	text = strings.Map(func(r rune) rune {
		if r == '“' || r == '”' || r == '„' {
			return '"'
		}
		return r
	}, text)
	q := query{text: text}
	pasted := len(words(text)) > pastedWords || strings.ContainsAny(strings.TrimSpace(text), "\n\r")
	var last token
	for _, t := range cutQuery(text, !pasted) {
		q.add(t, pasted)
		last = t
	}
	if end, _ := utf8.DecodeLastRuneInString(text); !pasted && isWordRune(end) && last.name == "" && !last.quoted && !last.not {
		list := words(last.text)
		q.typing = list[len(list)-1].text
	}
	if pasted {
		q.words = tellingWords(q.words)
	}
	q.words = q.words[:min(len(q.words), maxQueryWords)]
	return q
}

// token is a piece of a query between spaces.
type token struct {
	not    bool
	name   string // of a filter
	text   string
	quoted bool
}

// cutQuery parts a query at spaces that are not within quotes.
func cutQuery(text string, operators bool) []token {
	var list []token
	for {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		if text == "" {
			return list
		}
		t := token{}
		rest := text
		if operators && len(rest) > 1 && rest[0] == '-' && !unicode.IsSpace(rune(rest[1])) && rest[1] != '-' {
			t.not, rest = true, rest[1:]
		}
		if i := strings.IndexByte(rest, ':'); i > 0 && isName(rest[:i]) && len(rest) > i+1 {
			after, _ := utf8.DecodeRuneInString(rest[i+1:])
			// In a pasted text they are filters only where it begins, since that is
			// where the search page puts them.
			leading := operators || !slices.ContainsFunc(list, func(t token) bool { return t.name == "" })
			if !unicode.IsSpace(after) && (leading && filterNames[lower(rest[:i])] != "" || operators && after != '/' && nearName(rest[:i]) != "") {
				t.name, rest = lower(rest[:i]), rest[i+1:]
			}
		}
		quoting := operators || t.name != ""
		if quoting && rest[0] == '"' && t.name == "" {
			inside, after, closed := strings.Cut(rest[1:], `"`)
			if closed || inside != "" {
				t.text, t.quoted, text = inside, true, after
				list = append(list, t)
				continue
			}
		}
		end, within := 0, false
		for i, r := range rest {
			if r == '"' && quoting {
				within = !within
			}
			if unicode.IsSpace(r) && !within {
				break
			}
			end = i + utf8.RuneLen(r)
		}
		t.text, text = rest[:end], rest[end:]
		list = append(list, t)
	}
}

func isName(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' && r < 'a' || r > 'z' })
}

// nearName is the filter that a name was meant for, if it is hardly different.
func nearName(name string) string {
	if list := near(name, helpful); len(name) > 3 && len(list) > 0 && diag.Distance([]rune(lower(name)), []rune(list[0]), 2) <= 2 {
		return list[0]
	}
	return ""
}

func (q *query) add(t token, pasted bool) {
	switch {
	case t.name != "":
		f := filter{name: t.name, typed: t.name, not: t.not}
		if field := filterNames[t.name]; field != "" {
			f.name = field
		} else {
			f.name = ""
		}
		within := false
		for _, v := range strings.FieldsFunc(t.text, func(r rune) bool {
			if r == '"' {
				within = !within
			}
			return r == ',' && !within
		}) {
			if v = strings.Trim(strings.TrimSpace(v), `"`); v != "" {
				f.values = append(f.values, v)
			}
		}
		if len(f.values) > 0 {
			q.filters = append(q.filters, f)
		}
	case t.quoted:
		p := phrase{text: t.text, not: t.not}
		for _, w := range words(t.text) {
			p.words = append(p.words, w.text)
		}
		if len(p.words) > 0 {
			q.phrases = append(q.phrases, p)
		}
	default:
		before := -1
		for _, w := range words(t.text) {
			near := before < 0 || w.start == before+1 && t.text[before] == '-'
			before = w.end
			if !slices.ContainsFunc(q.words, func(o queryWord) bool { return o.text == w.text && o.not == t.not }) {
				q.words = append(q.words, queryWord{w.text, t.not, near && len(q.words) > 0 && !pasted})
			}
		}
	}
}

// tellingWords keeps of a pasted text what may stand in an incident too: no
// numbers, addresses, hashes and times.
func tellingWords(list []queryWord) []queryWord {
	var kept []queryWord
	for _, w := range list {
		digits, letters := 0, 0
		for _, r := range w.text {
			if unicode.IsNumber(r) {
				digits++
			} else if unicode.IsLetter(r) {
				letters++
			}
		}
		if letters >= 2 && digits <= letters/2 {
			kept = append(kept, w)
		}
	}
	return kept
}
