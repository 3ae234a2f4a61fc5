package search

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Folder is where the files of the search are in the output.
const Folder = "search/"

// Paths of the search's files. Those of shards and the like have a
// number in their names.
const (
	metaPath      = Folder + "index.json"
	facetsPath    = Folder + "facets.bin"
	labelsPath    = Folder + "labels.bin"
	namesPath     = Folder + "names.json"
	headsPath     = Folder + "heads.json"
	spellingPath  = Folder + "spelling.json"
	fieldFiles    = Folder + "field/"
	shardFiles    = Folder + "shard/"
	longFiles     = Folder + "long/"
	spellingFiles = Folder + "spelling/"
	cardFiles     = Folder + "doc/"
)

// meta is the contents of search/index.json, which leads to the other files.
type meta struct {
	Version    int      `json:"version"`
	Generation string   `json:"generation"` // changes with any document
	Docs       int      `json:"docs"`
	Pairs      bool     `json:"pairs,omitempty"` // ideographs are indexed by pairs
	Stop       []string `json:"stop"`            // words that are not indexed
	Small      []string `json:"small"`           // words that count for less
	Endings    []string `json:"endings"`         // that words of the language take
	Shards     []string `json:"shards"`          // where the range of each begins
}

// Version is that of the files' format.
const Version = 5

// generation is a hash of everything that the files hold: of the documents, and of
// what makes lists out of them.
func (l *Lists) generation() string {
	h := sha256.New()
	fmt.Fprint(h, Version, l.vocabulary.language, l.ranking, len(l.docs))
	for _, d := range l.docs {
		fmt.Fprintf(h, " %x", d.sum)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

func (l *Lists) makeMeta() []byte {
	m := meta{Version: Version, Generation: l.current(), Docs: len(l.docs), Pairs: l.vocabulary.language.pairs, Stop: l.vocabulary.language.stop, Small: l.vocabulary.language.small, Endings: l.endings(), Shards: []string{}}
	for _, list := range []*[]string{&m.Stop, &m.Small} {
		if *list == nil {
			*list = []string{}
		}
	}
	for _, s := range l.shards() {
		m.Shards = append(m.Shards, s.first)
	}
	data, _ := json.Marshal(m) // strings, numbers and lists of them
	return data
}

// endings learns from the lexicon what words add to their stems, so that a word
// which does not occur can be traced to one that does, in any language.
func (l *Lists) endings() []string {
	counts, pairs := map[string]int{}, 0
	for _, w := range l.words {
		if rest, ok := strings.CutPrefix(w.word, w.stem); ok && rest != "" && utf8.RuneCountInString(w.stem) >= 3 && utf8.RuneCountInString(rest) <= 5 && !strings.ContainsFunc(rest, isInner) {
			counts[rest]++
			pairs++
		}
	}
	list := []string{}
	for rest, n := range counts {
		if n >= 3 && n*200 >= pairs {
			list = append(list, rest)
		}
	}
	slices.Sort(list)
	return list
}

// headsWords is how many words are listed for completing two or three letters.
const headsWords = 1000

// makeHeads lists the words that are used most.
func (l *Lists) makeHeads() []byte {
	var list []spelling
	for _, w := range l.words {
		if utf8.RuneCountInString(w.word) > 2 {
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(a, b spelling) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.word, b.word)) })
	words := []string{}
	for _, w := range list[:min(headsWords, len(list))] {
		words = append(words, w.word)
	}
	data, _ := json.Marshal(struct {
		Generation string   `json:"generation"`
		Words      []string `json:"words"` // the most used first
	}{l.current(), words})
	return data
}

// Paths returns the paths of all files. The one that leads to the others is
// the last.
func (l *Lists) Paths() []string {
	paths := []string{facetsPath, labelsPath, namesPath, headsPath, spellingPath}
	for _, f := range filterFields {
		if f.in == inOwn {
			paths = append(paths, fieldPath(f.name))
		}
	}
	for n, d := range l.docs {
		for part := range d.passages {
			paths = append(paths, cardPath(n, part))
		}
	}
	for n := range l.shards() {
		paths = append(paths, numbered(shardFiles, n))
	}
	for n := range l.long() {
		paths = append(paths, numbered(longFiles, n))
	}
	for n := range l.spell().files {
		paths = append(paths, numbered(spellingFiles, n))
	}
	return append(paths, metaPath)
}

func fieldPath(field string) string { return fieldFiles + field + ".bin" }

func numbered(folder string, n int) string { return folder + strconv.Itoa(n) + ".bin" }

func cardPath(n, part int) string {
	return cardFiles + strconv.Itoa(n) + "-" + strconv.Itoa(part) + ".json"
}

// File returns the file at a path. It is made when asked for.
func (l *Lists) File(path string) ([]byte, bool) {
	switch path {
	case metaPath:
		return l.meta(), true
	case facetsPath:
		return l.facets().facets, true
	case labelsPath:
		return l.facets().labels, true
	case namesPath:
		return l.facets().names, true
	case headsPath:
		return l.heads(), true
	case spellingPath:
		return l.spell().meta, true
	}
	if data, ok := l.facets().own[path]; ok {
		return data, true
	}
	if n, ok := number(path, shardFiles); ok && n < len(l.shards()) && path == numbered(shardFiles, n) {
		return l.encode(l.shards()[n]), true
	}
	if n, ok := number(path, longFiles); ok && n < len(l.long()) && path == numbered(longFiles, n) {
		return l.encodeLong(l.long()[n]), true
	}
	if n, ok := number(path, spellingFiles); ok && n < len(l.spell().files) && path == numbered(spellingFiles, n) {
		return l.spell().files[n], true
	}
	if n, ok := number(path, cardFiles); ok && n < len(l.docs) {
		_, after, _ := strings.Cut(strings.TrimSuffix(path, ".json"), "-")
		part, err := strconv.Atoi(after)
		if err != nil || part < 0 || part >= len(l.docs[n].passages) || path != cardPath(n, part) {
			return nil, false
		}
		data, err := json.Marshal(l.card(n, part))
		return data, err == nil
	}
	return nil, false
}

// number is the number in a file's name.
func number(path, folder string) (int, bool) {
	rest, ok := strings.CutPrefix(path, folder)
	digits := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if !ok || digits < 1 {
		return 0, false
	}
	n, err := strconv.Atoi(rest[:digits])
	return n, err == nil
}

// Card is what a result shows of a document, and the text of one passage of
// it. There are many of these files, so the sections are lists and not objects.
type Card struct {
	Generation string      `json:"generation"`
	Key        string      `json:"key"` // the page's path in the content folder
	ID         string      `json:"id,omitempty"`
	Title      string      `json:"title"`
	Kind       string      `json:"kind"`
	URL        string      `json:"url"`
	Severity   string      `json:"severity,omitempty"`
	Rank       int         `json:"rank,omitempty"` // of the severity, from 1, the worst
	Date       string      `json:"date,omitempty"`
	Services   []string    `json:"services,omitempty"`
	Front      bool        `json:"front,omitempty"` // the first section is what the front matter says
	Sections   [][3]string `json:"sections"`        // id of the heading, heading, text
}

func (l *Lists) card(n, part int) Card {
	d := l.docs[n]
	c := Card{l.current(), d.Key, d.ID, d.Title, d.Kind, d.URL, d.Severity, d.Rank, d.Date, d.Services, part == 0 && len(d.Front) > 0, [][3]string{}}
	for _, p := range d.passages[part] {
		c.Sections = append(c.Sections, [3]string{p.ID, p.Heading, p.Text})
	}
	return c
}

// Fetch is File for Open.
func (l *Lists) Fetch(path string) ([]byte, error) {
	if data, ok := l.File(path); ok {
		return data, nil
	}
	return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
}
