package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"debrief/internal/build"
	"debrief/internal/site"
	"debrief/internal/tree"
)

// starter is the collection that comes with debrief.
const starter = "starter"

// collections are the folders of real post-mortems that -corpus may have. Any
// folder with sub-folders of these names will do; upstream they are
//
//	icco   github.com/icco/postmortems, its folder data
//	dfds   github.com/dfds/postmortems
//	moj    github.com/ministryofjustice/cloud-platform, its incident log
//
// None of their text is part of this repository.
var collections = []string{"icco", "dfds", "moj"}

// folder is where a collection is in the content of the one site that holds all.
func folder(collection string) string {
	if collection == starter {
		return ""
	}
	return "incidents/" + collection + "/"
}

// nameOf turns a path of that site's content into the name by which queries.tsv
// knows the page: COLLECTION/path.
func nameOf(path string) string {
	for _, c := range collections {
		if rest, ok := strings.CutPrefix(path, folder(c)); ok {
			return c + "/" + rest
		}
	}
	return starter + "/" + path
}

// collect reads the starter and, unless corpus is empty, the collections of
// real post-mortems into one tree.
func collect(content, corpus string) (tree.Tree, error) {
	files, err := readFolder(content, "")
	if err != nil {
		return tree.Tree{}, err
	}
	if corpus != "" {
		for _, c := range collections {
			more, err := readFolder(filepath.Join(corpus, c), folder(c))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return tree.Tree{}, err
			}
			files = append(files, more...)
		}
	}
	return tree.New(files)
}

// readFolder returns the files of a folder with a prefix before their paths.
func readFolder(dir, prefix string) ([]tree.File, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, err
	}
	r, err := tree.NewReader(dir)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, _, err := r.Read()
	if err != nil {
		return nil, err
	}
	files := make([]tree.File, 0, len(content.Files()))
	for _, f := range content.Files() {
		files = append(files, tree.NewFile(prefix+f.Path, f.Data))
	}
	return files, nil
}

// siteOf puts the pages in relation to each other. Those that cannot be read
// are left out; drafts are kept, since a strange front matter makes one.
func siteOf(content tree.Tree) *site.Site {
	b := build.New()
	defer b.Close()
	return b.Build(build.Input{Content: content, Options: site.Options{Drafts: true, Future: true}}).Pages
}

// readPages returns the pages of the content as the benchmark sees them, in the
// order of their paths.
func readPages(content tree.Tree) ([]page, *site.Site) {
	s := siteOf(content)
	return pagesOf(s), s
}
