package build

import (
	"fmt"
	"runtime"

	"debrief/internal/diag"
	"debrief/internal/tree"
)

// Publish makes the folder dir equal to the site. Pages are made on all
// processors a little ahead of being written, so that memory does not grow with
// the site; the builder's index is let go of first. progress is called after each
// file, with how many are done.
func (s *Site) Publish(dir string, progress func(done, all int)) (tree.Changes, error) {
	paths, err := s.Paths()
	if err != nil {
		return tree.Changes{}, err
	}
	if err := s.builder.Close(); err != nil { // the lists are read out, and memory is needed for the pages
		return tree.Changes{}, err
	}
	next, stop := s.ahead(paths)
	defer stop()
	done := 0
	return tree.Publish(dir, paths, func(string) ([]byte, error) {
		made := <-next()
		if done++; progress != nil {
			progress(done, len(paths))
		}
		return made.data, made.err
	})
}

// Try makes every page once, throws it away, and returns what is wrong with the
// layouts. A mistake in a layout of the site's own may show on one page only, and
// must be known before anything is written.
func (s *Site) Try() []diag.Finding {
	paths := s.plan.Paths()
	found := make([]*diag.Finding, len(paths))
	inParallel(len(paths), func(i int) {
		page, _ := s.plan.Page(paths[i])
		_, found[i] = s.theme.renderer.Page(page)
	})
	var findings []diag.Finding
	seen := map[diag.Pos]bool{} // one page is enough of an example
	for _, f := range found {
		if f != nil && !seen[f.Pos] {
			seen[f.Pos] = true
			f.Path = LayoutsFolder + f.Path
			findings = append(findings, *f)
		}
	}
	return diag.Sort(findings)
}

type made struct {
	data []byte
	err  error
}

// ahead makes files in the background, in order, at most a few ahead of the
// one that is asked for. next returns where the next one will arrive.
func (s *Site) ahead(paths []string) (next func() <-chan made, stop func()) {
	workers := runtime.GOMAXPROCS(0)
	results := make(chan (<-chan made), 4*workers)
	quit := make(chan struct{})
	slots := make(chan struct{}, workers)
	go func() {
		for _, p := range paths {
			result := make(chan made, 1)
			select {
			case results <- result:
			case <-quit:
				return
			}
			select {
			case slots <- struct{}{}:
			case <-quit:
				return
			}
			go func() {
				defer func() { <-slots }()
				data, ok, err := s.File(p)
				if err == nil && !ok {
					err = fmt.Errorf("%s is in the plan and cannot be made", p)
				}
				result <- made{data, err}
			}()
		}
	}()
	return func() <-chan made { return <-results }, func() { close(quit) }
}
