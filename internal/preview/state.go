package preview

import (
	"errors"
	"io/fs"
	"net/url"
	"slices"
	"time"

	"debrief/internal/build"
	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/site"
	"debrief/internal/tree"
)

// Folders are the readers of a site's folders.
type Folders struct {
	Content *tree.Reader
	Layouts *tree.Reader // nil while the site has no layouts of its own
	Own     string       // the folder that Layouts reads, or would if it were there
	Theme   tree.Tree    // the layouts that debrief carries with it
}

// Settings are what a preview is told by its command.
type Settings struct {
	BaseURL *url.URL
	Options site.Options
	Now     func() time.Time // asked at each look at the files, since the day changes
}

// version is a site at one moment, and what is wrong with its content.
type version struct {
	number int
	site   *build.Site
	in     build.Input // as it is on disk, mistakes included
	actual *build.Site // built from in; the same as site unless something is broken
}

// findings are those of the files as they are on disk.
func (v *version) findings() []diag.Finding { return v.actual.Findings() }

// state makes versions. It is used by one goroutine.
type state struct {
	folders  Folders
	settings Settings
	builder  *build.Builder
	content  tree.Tree
	own      tree.Tree
	problems []diag.Finding
	shown    tree.Tree  // the content as it was shown last, without mistakes that keep a file from being read
	layouts  *tree.Tree // the last layouts that could be used
	number   int
}

func newState(f Folders, s Settings) *state {
	return &state{folders: f, settings: s, builder: build.New()}
}

func (s *state) close() {
	_ = s.builder.Close()
	_ = s.folders.Content.Close()
	if s.folders.Layouts != nil {
		_ = s.folders.Layouts.Close()
	}
}

// readAll looks at every file and tells whether anything has changed.
func (s *state) readAll() (bool, error) {
	content, problems, err := s.folders.Content.Read()
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil // moved away for a moment, as by a checkout
	}
	if err != nil {
		return false, err
	}
	found := build.Problems(build.ContentFolder, problems)
	own := s.own
	if s.folders.Layouts == nil && s.folders.Own != "" {
		if s.folders.Layouts, err = tree.NewReader(s.folders.Own); err != nil {
			s.folders.Layouts = nil // not there yet
		}
	}
	if s.folders.Layouts != nil {
		var problems []tree.Problem
		if own, problems, err = s.folders.Layouts.Read(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
		found = append(found, build.Problems(build.LayoutsFolder, problems)...)
	}
	changed := s.number == 0 || len(tree.Diff(s.content, content)) > 0 || len(tree.Diff(s.own, own)) > 0 || !slices.Equal(s.problems, found)
	s.content, s.own, s.problems = content, own, found
	return changed, nil
}

// readSome looks at single files, by their paths in the folders, and tells
// whether anything has changed. complete is false when only readAll can tell.
func (s *state) readSome(content, own []string) (changed, complete bool, err error) {
	now, complete, err := s.folders.Content.Look(content...)
	if err != nil || !complete {
		return false, false, err
	}
	layouts := s.own
	if len(own) > 0 {
		if layouts, complete, err = s.folders.Layouts.Look(own...); err != nil || !complete {
			return false, false, err
		}
	}
	changed = differ(s.content, now, content) || differ(s.own, layouts, own)
	s.content, s.own = now, layouts
	return changed, true, nil
}

func differ(a, b tree.Tree, paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		x, okX := a.File(p)
		y, okY := b.File(p)
		return okX != okY || x.Sum != y.Sum
	})
}

// newDay tells whether the day of a version is over where the site is: what is due
// is overdue then, and pages may be published.
func (s *state) newDay(v *version) bool {
	pages := v.site.Pages
	return kb.DateOf(s.settings.Now().In(pages.Config.Zone)) != pages.Today()
}

// build makes the next version of what was read last.
func (s *state) build() *version {
	in := build.Input{
		Content: s.content, Layouts: tree.Overlay(s.folders.Theme, s.own), Problems: s.problems,
		BaseURL: s.settings.BaseURL, Options: s.settings.Options, Now: s.settings.Now(),
	}
	actual := s.builder.Build(in)
	s.number++
	v := &version{number: s.number, site: actual, in: in, actual: actual}

	shown, mended := in, false
	for _, p := range actual.Broken() {
		if f, ok := s.shown.File(p); ok {
			shown.Content, mended = shown.Content.With(f), true
		}
	}
	if !actual.ThemeBroken() {
		s.layouts = &in.Layouts
	} else if s.layouts != nil {
		shown.Layouts, mended = *s.layouts, true
	}
	if mended {
		v.site = s.builder.Build(shown)
	}
	s.shown = shown.Content
	return v
}
