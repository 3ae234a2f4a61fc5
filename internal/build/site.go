package build

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"debrief/internal/asset"
	"debrief/internal/diag"
	"debrief/internal/feed"
	"debrief/internal/search"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/internal/view"
)

// Site is a built site: it knows all paths of its output and makes the bytes of
// any of them when asked. It never changes and is safe for concurrent use.
type Site struct {
	Pages    *site.Site
	builder  *Builder
	content  tree.Tree
	plan     *view.Plan
	theme    themed
	broken   []string
	search   func() (*search.Lists, error)
	files    func() (fine []string, findings []diag.Finding) // see checkFiles
	findings func() []diag.Finding
}

// Findings returns everything that is wrong with the content and the layouts,
// sorted. Paths begin with "content/" or "layouts/".
func (s *Site) Findings() []diag.Finding { return s.findings() }

// Broken returns the content files of which nothing could be made, by their
// paths in the content folder, the settings among them.
func (s *Site) Broken() []string { return s.broken }

// ThemeBroken tells whether some of the layouts cannot be used.
func (s *Site) ThemeBroken() bool { return diag.Count(s.theme.findings, diag.Error) > 0 }

// Search opens the site's search.
func (s *Site) Search() (*search.Base, error) {
	lists, err := s.search()
	if err != nil {
		return nil, err
	}
	return search.Open(lists.Fetch)
}

// related finds the incidents that are like one. Without an index there are
// none; that there is none is said when the files of the search are made.
func (s *Site) related(e *site.Entry) []view.Alike {
	lists, err := s.search()
	if err != nil {
		return nil
	}
	var list []view.Alike
	for _, k := range lists.Related(e.Path, maxRelated) {
		list = append(list, view.Alike{Path: k.Key, Factors: k.Factors, Services: k.Services, Tags: k.Tags, Words: k.Words})
	}
	return list
}

// maxRelated is how many incidents are looked for that are like one. Some may
// have been named by the author already.
const maxRelated = 8

// Lists returns what the files of the search are made of.
func (s *Site) Lists() (*search.Lists, error) { return s.search() }

// index indexes the pages.
func (s *Site) index() (*search.Lists, error) {
	s.builder.searching.Lock()
	defer s.builder.searching.Unlock()
	language := s.Pages.Config.Language
	if s.builder.index == nil || s.builder.spoken != language {
		if s.builder.index != nil {
			if err := s.builder.index.Close(); err != nil {
				return nil, err
			}
		}
		index, err := search.NewIndex(language)
		if err != nil {
			return nil, err
		}
		s.builder.index, s.builder.spoken = index, language
	}
	s.builder.documents = search.Documents(s.Pages, s.builder.documents)
	return s.builder.index.Lists(s.builder.documents)
}

// RunSheet returns what the run-sheet of an incident holds, by its place in Pages.
func (s *Site) RunSheet(n int) view.RunSheet { return s.plan.RunSheet(n) }

// Paths returns all paths of the output in the order in which they are to be
// published: what a page needs comes before the page.
func (s *Site) Paths() ([]string, error) {
	var paths []string
	for p := range s.theme.bundle.Files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	files, _ := s.files()
	paths = append(paths, files...)
	lists, err := s.search()
	if err != nil {
		return nil, err
	}
	found := lists.Paths()
	slices.Sort(found[:len(found)-1]) // the last leads to the others, so it stays the last
	paths = append(paths, found...)
	pages := slices.Concat(s.plan.Paths(), s.plan.Files())
	slices.Sort(pages) // those of one folder together
	paths = append(paths, pages...)
	return append(paths, view.OpenSearchPath, view.SitemapPath, view.RobotsPath, view.SchemaPath, view.LLMSPath, view.WordsPath), nil
}

// File returns the bytes of a path. ok is false where the site has none. An
// error is a layout that cannot be used or a machine that failed.
func (s *Site) File(p string) (data []byte, ok bool, err error) {
	if page, ok := s.plan.Page(p); ok {
		data, f := s.theme.renderer.Page(page)
		if f != nil {
			f.Path = LayoutsFolder + f.Path
			return nil, true, &LayoutError{*f}
		}
		return data, true, nil
	}
	if file, ok := s.plan.File(p); ok {
		data, err := feed.File(s.Pages, file)
		return data, true, err
	}
	switch p {
	case view.OpenSearchPath:
		data, err = feed.OpenSearch(s.Pages, s.theme.bundle.Names[asset.Icon])
		return data, true, err
	case view.SitemapPath:
		data, err = feed.Sitemap(s.Pages, s.plan)
		return data, true, err
	case view.LLMSPath:
		return feed.LLMS(s.Pages), true, nil
	case view.WordsPath:
		data, err = json.Marshal(s.plan.Words())
		return data, true, err
	case view.RobotsPath:
		return feed.Robots(s.Pages), true, nil
	case view.SchemaPath:
		return feed.Schema(s.Pages), true, nil
	}
	if data, ok := s.theme.bundle.Files[p]; ok {
		return data, true, nil
	}
	if strings.HasPrefix(p, search.Folder) {
		lists, err := s.search()
		if err != nil {
			return nil, true, err
		}
		data, ok := lists.File(p)
		return data, ok, nil
	}
	files, _ := s.files()
	if _, fine := slices.BinarySearch(files, p); fine {
		f, _ := s.content.File(p)
		data, err := f.Bytes()
		if err != nil {
			return nil, true, fmt.Errorf("read %s: %w", ContentFolder+p, err)
		}
		return data, true, nil
	}
	return nil, false, nil
}

// LayoutError is a layout that failed while a page was made.
type LayoutError struct {
	Finding diag.Finding
}

// Error returns the finding on one line.
func (e *LayoutError) Error() string { return e.Finding.String() }

// maxFile is the size in bytes up to which a co-located file may be part of the
// site. A page is no place for more, and it is held in memory while it is written.
const maxFile = 64 << 20

// checkFiles looks at the co-located files that are part of the site. A file with
// a finding is refused: it is not among the fine ones, and never published.
func (s *Site) checkFiles() (fine []string, findings []diag.Finding) {
	seen := map[string]string{} // path, folded -> path
	for _, p := range s.Pages.Files() {
		before := len(findings)
		refuse := func(f diag.Finding) {
			f.Path, f.Level = p, diag.Error
			findings = append(findings, f)
		}
		low := strings.ToLower(p)
		first, twice := seen[low]
		switch {
		case s.plan.Taken(p):
			refuse(diag.Finding{Rule: "duplicate-address", Text: "a page of the site has this path too", Hint: "give the file another name"})
		case twice:
			refuse(diag.Finding{Rule: "duplicate-address",
				Text: fmt.Sprintf("%s differs in case only, and is the same file on many systems", first), Hint: "give one of the two another name"})
		}
		seen[low] = p
		f, _ := s.content.File(p)
		switch {
		case f.Size > maxFile:
			refuse(diag.Finding{Rule: "too-large", Text: "the file is larger than 64 MiB", Hint: "put it where large files are kept, and link to it there"})
		case strings.EqualFold(path.Ext(p), ".svg"):
			if data, err := f.Bytes(); err == nil { // File reports one that cannot be read
				if bad := checkSVG(data); bad != nil {
					refuse(*bad)
				}
			}
		}
		if len(findings) == before {
			fine = append(fine, p)
		}
	}
	return fine, findings
}
