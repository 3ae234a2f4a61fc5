package exchange

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// Import brings the post-mortems of a Source into a content folder.
type Import struct {
	Config  kb.Config
	Content string            // the content folder on disk
	Into    string            // the folder in it, "incidents"
	Name    string            // what the source's folder is called in the record; it must stay the same
	IDs     map[string]string // the ids that incidents of the site have, folded by FoldID -> path
	DryRun  bool              // say what would be done, and write nothing
}

// FoldID is what two ids have in common that are the same for a site.
func FoldID(id string) string { return strings.ToLower(strings.Join(strings.Fields(id), " ")) }

// Run brings everything in that is new or has changed. What could not be read is
// in the report; an error is a machine that failed.
func (im Import) Run(src *Source) (report Report, err error) {
	root, err := os.OpenRoot(im.Content)
	if err != nil {
		return Report{}, err
	}
	defer root.Close()
	r := &run{Import: im, src: src, root: root, reader: newReader(im.Config), text: markdown.NewParser(markdown.Options{}), to: map[string]string{}, used: map[string]bool{}}
	if r.record, err = readRecord(root); err != nil {
		return Report{}, err
	}
	if !im.DryRun {
		defer func() { err = errors.Join(err, r.record.write(root)) }()
	}
	return r.all()
}

// run is an import while it goes on.
type run struct {
	Import
	src    *Source
	root   *os.Root
	reader *reader
	text   *markdown.Parser
	record history
	to     map[string]string // source -> its path in the content folder
	used   map[string]bool   // paths that are given away, folded
}

// source is a file that may be a post-mortem.
type source struct {
	draft *draft
	data  string // its sum
	doc   *markdown.Doc
}

func (r *run) all() (Report, error) {
	paths, skipped, err := r.src.list()
	if err != nil {
		return Report{}, err
	}
	report := Report{Files: skipped}
	others := map[string]bool{}
	var found []*source
	for _, p := range paths {
		switch f, s := r.take(p); {
		case s != nil:
			found = append(found, s)
		case f.State == "":
			others[p] = true
		default:
			report.Files = append(report.Files, f)
		}
	}
	r.renamed(found, paths)
	found = r.alike(found, &report)
	for _, e := range r.record.Files {
		r.used[strings.ToLower(e.To)] = true
	}
	for _, s := range found {
		r.place(s)
	}
	for _, s := range found {
		copies := s.draft.mendLinks(r.src, s.doc, r.moved)
		for _, c := range copies {
			delete(others, c.from)
		}
		if err := r.bring(s, copies); err != nil {
			return report, err
		}
		report.Files = append(report.Files, s.draft.file)
	}
	report.Files = append(report.Files, r.gone(paths)...)
	report.Other = len(others)
	for i := range report.Files {
		f := &report.Files[i]
		f.Read, f.Guessed, f.Left, f.Copied = whole(f.Read), whole(f.Guessed), whole(f.Left), whole(f.Copied)
	}
	slices.SortStableFunc(report.Files, func(a, b File) int { return strings.Compare(a.From, b.From) })
	return report, nil
}

// whole is a list that is [] in JSON where it is empty.
func whole[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// take reads a source. Without a draft, the file says why; one that is no text at
// all has no state.
func (r *run) take(p string) (File, *source) {
	f := File{From: p}
	start, _ := r.start(p)
	form := formOf(p, start)
	why := noPostMortem(p)
	if form == noText {
		if officeFile.MatchString(p) || strings.EqualFold(path.Ext(p), ".pdf") || r.src.only != "" {
			f.State, f.Why = Skipped, why
			if why == "" {
				f.Why = "neither Markdown nor HTML"
			}
		}
		return f, nil
	}
	if why != "" && r.src.only == "" {
		f.State, f.Why = Skipped, why
		return f, nil
	}
	limit := int64(maxText)
	if form == htmlText {
		limit = maxHTML
	}
	data, err := r.src.read(p, limit)
	if err != nil {
		f.State, f.Why = Failed, reason(err)
		return f, nil
	}
	d := &draft{reader: r.reader, file: f}
	switch err := d.read(data, form == htmlText); {
	case errors.Is(err, errBinary):
		f.State, f.Why = Skipped, err.Error()
		return f, nil
	case err != nil:
		f.State, f.Why = Failed, err.Error()
		return f, nil
	}
	text := r.text.Read([]byte(d.body), d.line)
	doc := text.Doc()
	for _, finding := range doc.Findings {
		if finding.Rule == "too-complex" {
			f.State, f.Why = Failed, finding.Text
			return f, nil
		}
	}
	if !d.has("title") && doc.Title != "" {
		d.takeTitle(doc.Title, "the first heading")
	}
	d.takeLabels(text, doc)
	if !d.has("title") && d.htmlTitle != "" {
		d.takeTitle(d.htmlTitle, "the title of the page")
	}
	if tags := strings.Count(d.body, "<%"); tags > 0 {
		d.left(plural(tags, "ERB tag"), "is shown as it stands")
	}
	if comments := strings.Count(d.body, "<!--"); comments > 0 {
		d.left(plural(comments, "HTML comment"), "is kept, and nobody sees it on the page")
	}
	return f, &source{draft: d, data: sumOf(data), doc: doc}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// start returns the first bytes of a file whose name does not tell what it is.
func (r *run) start(p string) ([]byte, error) {
	if !r.src.regular(p) {
		return nil, fs.ErrNotExist
	}
	f, err := r.src.root.Open(filepath.FromSlash(p))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	start := make([]byte, 64)
	n, err := f.Read(start)
	return start[:n], err
}

// read makes a draft of the bytes of a source.
func (d *draft) read(data []byte, isHTML bool) error {
	text, encoding, err := decode(data, isHTML)
	if err != nil {
		return err
	}
	if encoding != "" {
		d.file.Guessed = append(d.file.Guessed, Fact{"encoding", encoding, "its bytes"})
	}
	d.takeName(d.file.From)
	defer func() {
		if d.named != "" {
			d.fill("id", word(d.named), "the file's name", false)
		}
	}()
	if !isHTML {
		return d.takeFront(text)
	}
	var p page
	d.line = 1
	if d.body, p, err = fromHTML(text); err != nil {
		return err
	}
	d.htmlTitle = p.title
	if authors := entries(label{value: p.author}); len(authors) > 0 {
		d.fill("authors", list(authors), "the head of the page", false)
	}
	if tags := entries(label{value: p.keywords}); len(tags) > 0 {
		d.fill("tags", list(tags), "the head of the page", false)
	}
	return nil
}

// full is what a source is called in the record.
func (r *run) full(p string) string { return path.Join(r.Name, p) }

// renamed finds sources that have another name now and the same bytes.
func (r *run) renamed(found []*source, paths []string) {
	there := map[string]bool{}
	for _, p := range paths {
		there[r.full(p)] = true
	}
	for _, s := range found {
		if r.record.find(r.full(s.draft.file.From)) != nil || r.src.only != "" {
			continue
		}
		for i := range r.record.Files {
			if e := &r.record.Files[i]; e.Sum == s.data && !there[e.From] && strings.HasPrefix(e.From, r.Name+"/") {
				e.From = r.full(s.draft.file.From)
				break
			}
		}
	}
}

// alike takes out the sources whose bytes are here already from a file of the same
// name, elsewhere.
func (r *run) alike(found []*source, report *Report) []*source {
	first := map[string]string{}
	for _, e := range r.record.Files {
		first[path.Base(e.From)+"\n"+e.Sum] = e.From
	}
	var rest []*source
	for _, s := range found {
		full := r.full(s.draft.file.From)
		key := path.Base(full) + "\n" + s.data
		if other, ok := first[key]; ok && other != full && r.record.find(full) == nil {
			report.Files = append(report.Files, File{From: s.draft.file.From, State: Same, Why: "the same as " + other})
			continue
		}
		first[key] = full
		rest = append(rest, s)
	}
	return rest
}

// place settles the id and the path of a draft.
func (r *run) place(s *source) {
	d, e := s.draft, r.record.find(r.full(s.draft.file.From))
	if id := d.text("id"); id != "" {
		if p, ok := r.IDs[FoldID(id)]; ok && (e == nil || p != e.To) {
			d.pairs = slices.DeleteFunc(d.pairs, func(p pair) bool { return p.key == "id" })
			d.file.Read = slices.DeleteFunc(d.file.Read, func(f Fact) bool { return f.Key == "id" })
			d.left("id: "+id, "is the id of "+p+" already")
		}
	}
	if e != nil {
		d.file.To = e.To
	} else {
		wanted := d.wanted(r.Into)
		d.file.To = wanted
		for n := 2; r.occupied(d.file.To); n++ {
			d.file.To = fmt.Sprintf("%s-%d.md", strings.TrimSuffix(wanted, ".md"), n)
		}
	}
	r.used[strings.ToLower(d.file.To)] = true
	r.to[d.file.From] = d.file.To
	if id := d.text("id"); id != "" {
		r.IDs[FoldID(id)] = d.file.To
	}
}

// occupied tells whether a path, or its name in another case, is not free.
func (r *run) occupied(p string) bool {
	if r.used[strings.ToLower(p)] {
		return true
	}
	_, err := r.root.Lstat(filepath.FromSlash(p))
	return err == nil // what cannot be looked at cannot be written either, and that error says why
}

func (r *run) moved(from string) (string, bool) {
	if to, ok := r.to[from]; ok {
		return to, true
	}
	if e := r.record.find(r.full(from)); e != nil {
		return e.To, true
	}
	return "", false
}

// gone lists what was brought in from this folder and is no longer there.
func (r *run) gone(paths []string) []File {
	if r.src.only != "" {
		return nil
	}
	there := map[string]bool{}
	for _, p := range paths {
		there[r.full(p)] = true
	}
	var list []File
	for _, e := range r.record.Files {
		if rest, ours := strings.CutPrefix(e.From, r.Name+"/"); ours && !there[e.From] {
			list = append(list, File{From: rest, To: e.To, State: Gone, Why: "is no longer in the folder; what was made of it stays"})
		}
	}
	return list
}
