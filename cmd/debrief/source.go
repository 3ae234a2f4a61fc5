package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"debrief/internal/build"
	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/layouts"
)

// source is the flags that say which site a command is about.
type source struct {
	dir     string
	baseURL string
	drafts  bool
	future  bool
}

func (s *source) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&s.dir, "site", ".", "folder of the site, which holds content/ and perhaps layouts/")
	f.StringVar(&s.baseURL, "base-url", "", "address of the published site, instead of base_url in site.yaml")
	f.BoolVar(&s.drafts, "drafts", false, `show pages with "draft: true" too`)
	f.BoolVar(&s.future, "future", false, "show pages too whose publish day has not come")
	_ = cmd.MarkFlagDirname("site")
}

// options are the choices that become part of a site.
func (s *source) options() site.Options {
	return site.Options{Drafts: s.drafts, Future: s.future}
}

func (s *source) base(cmd *cobra.Command) (*url.URL, error) {
	if s.baseURL == "" {
		return nil, nil
	}
	u, err := parse.BaseURL(s.baseURL)
	if err != nil {
		return nil, usage(cmd, fmt.Errorf("--base-url: %w", err))
	}
	return u, nil
}

// open returns readers of the site's folders. layouts is nil when the site has
// none of its own. The caller closes them.
func (s *source) open() (content, layouts *tree.Reader, err error) {
	content, err = tree.NewReader(filepath.Join(s.dir, "content"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, hintError{fmt.Errorf("there is no content folder in %s", s.dir), "begin a site with: debrief init, or name its folder with --site"}
	}
	if err != nil {
		return nil, nil, err
	}
	layouts, err = tree.NewReader(filepath.Join(s.dir, "layouts"))
	if errors.Is(err, fs.ErrNotExist) {
		return content, nil, nil
	}
	if err != nil {
		content.Close()
		return nil, nil, err
	}
	return content, layouts, nil
}

// incidents returns the settings and all incidents, also those that the site does
// not show: drafts, those of the future, those for internal readers. Their ids are
// taken too.
func (s *source) incidents() (kb.Config, []*kb.Incident, error) {
	content, own, err := s.open()
	if err != nil {
		return kb.Config{}, nil, err
	}
	defer content.Close()
	if own != nil {
		own.Close()
	}
	files, _, err := content.Read()
	if err != nil {
		return kb.Config{}, nil, err
	}
	config, list := build.Read(files)
	return config, list, nil
}

// loaded is a site as its files are now.
type loaded struct {
	*build.Site
	ownLayouts bool
}

// all returns the site's findings and, where it has layouts of its own, what
// goes wrong when they are used.
func (l *loaded) all() []diag.Finding {
	findings := l.Findings()
	if l.ownLayouts && !l.ThemeBroken() {
		findings = diag.Sort(append(slices.Clone(findings), l.Try()...))
	}
	return findings
}

// load reads the site once and builds it.
func (s *source) load(cmd *cobra.Command, c console) (*loaded, func(string) []byte, func(), error) {
	base, err := s.base(cmd)
	if err != nil {
		return nil, nil, nil, err
	}
	content, own, err := s.open()
	if err != nil {
		return nil, nil, nil, err
	}
	closers := []func() error{content.Close}
	theme, err := tree.FromFS(layouts.FS)
	if err != nil {
		return nil, nil, nil, err
	}
	in := build.Input{BaseURL: base, Options: s.options(), Now: c.now()}
	var problems []tree.Problem
	if in.Content, problems, err = content.Read(); err != nil {
		return nil, nil, nil, err
	}
	in.Problems = build.Problems(build.ContentFolder, problems)
	in.Layouts = theme
	if own != nil {
		closers = append(closers, own.Close)
		over, problems, err := own.Read()
		if err != nil {
			return nil, nil, nil, err
		}
		in.Layouts = tree.Overlay(theme, over)
		in.Problems = append(in.Problems, build.Problems(build.LayoutsFolder, problems)...)
	}
	b := build.New()
	closers = append(closers, b.Close)
	return &loaded{b.Build(in), own != nil}, in.Source, func() {
		for _, f := range closers {
			_ = f()
		}
	}, nil
}

// refuse stops a build that would write where the site itself is.
func (s *source) refuse(out string) error {
	outAbs, err := real(out)
	if err != nil {
		return err
	}
	for _, folder := range []string{".", "content", "layouts"} {
		own, err := real(filepath.Join(s.dir, folder))
		if err != nil {
			return err
		}
		if outAbs == own || inside(own, outAbs) || folder != "." && inside(outAbs, own) {
			return hintError{fmt.Errorf("the output folder %s would mix with the site's own files", out), "build into a folder of its own, such as public"}
		}
	}
	return nil
}

// real is where a path leads, its links followed as far as it exists.
func real(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rest := ""
	for {
		if target, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Join(target, rest), nil
		}
		parent := filepath.Dir(path)
		if parent == path {
			return filepath.Join(path, rest), nil
		}
		path, rest = parent, filepath.Join(filepath.Base(path), rest)
	}
}

// worst is the gravest level among findings.
func worst(findings []diag.Finding) diag.Level {
	level := diag.Note
	for _, f := range findings {
		level = max(level, f.Level)
	}
	return level
}
