package preview

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"debrief/internal/tree"
)

const (
	burst  = 4 * time.Millisecond   // how long to wait for more events of one save
	settle = 150 * time.Millisecond // after the last event, look at everything
	patrol = 2 * time.Second        // look at everything this often all the same
)

// watcher tells which files may have changed.
type watcher struct {
	notify *fsnotify.Watcher // nil when the system has no more watches to give
	warn   func(string)
	warned bool
}

func newWatcher(warn func(string)) *watcher {
	n, err := fsnotify.NewWatcher()
	w := &watcher{notify: n, warn: warn}
	if err != nil {
		w.notify = nil
		w.complain(err)
	}
	return w
}

func (w *watcher) close() {
	if w.notify != nil {
		_ = w.notify.Close()
	}
}

// watch adds folders. Those that are watched already cost nothing.
func (w *watcher) watch(dirs []string) {
	if w.notify == nil {
		return
	}
	for _, d := range dirs {
		if err := w.notify.Add(d); err != nil && !errors.Is(err, syscall.ENOENT) {
			w.complain(err)
			return
		}
	}
}

// complain says once that changes will be noticed later than they could be.
func (w *watcher) complain(err error) {
	if w.warned {
		return
	}
	w.warned = true
	hint := ""
	switch {
	case errors.Is(err, syscall.ENOSPC):
		hint = "; raise fs.inotify.max_user_watches with sysctl"
	case errors.Is(err, syscall.EMFILE):
		hint = "; raise fs.inotify.max_user_instances with sysctl"
	}
	w.warn(fmt.Sprintf("files cannot be watched (%v%s), so changes are looked for every two seconds", err, hint))
}

// change is what a burst of events was about. all means: look at everything.
type change struct {
	content, layouts []string // paths inside the folders
	all              bool
}

// run calls look with each burst of events, until ctx is done. After a burst it
// calls look for everything, since events may have been lost.
func (w *watcher) run(ctx context.Context, folders *Folders, look func(change)) {
	var events chan fsnotify.Event
	var failures chan error
	if w.notify != nil {
		events, failures = w.notify.Events, w.notify.Errors
	}
	var pending change
	flush, quiet := time.NewTimer(time.Hour), time.NewTimer(time.Hour)
	tick := time.NewTicker(patrol)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-events:
			if !ok {
				return
			}
			if !pending.add(e, folders) {
				continue
			}
			flush.Reset(burst)
			quiet.Reset(settle)
		case <-failures: // an overflow, above all
			pending.all = true
			flush.Reset(burst)
		case <-flush.C:
			look(pending)
			pending = change{}
		case <-quiet.C:
			look(change{all: true})
		case <-tick.C:
			look(change{all: true})
		}
	}
}

// add notes what an event is about, and tells whether it is about anything.
func (c *change) add(e fsnotify.Event, folders *Folders) bool {
	if e.Op == fsnotify.Chmod || tree.Ignored(filepath.Base(e.Name)) {
		return false
	}
	if p, ok := inside(folders.Content, e.Name); ok {
		c.content = append(c.content, p)
	} else if p, ok := inside(folders.Layouts, e.Name); ok {
		c.layouts = append(c.layouts, p)
	}
	if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
		c.all = true
	}
	return true
}

func inside(r *tree.Reader, name string) (string, bool) {
	if r == nil {
		return "", false
	}
	rel, err := filepath.Rel(r.Dir(), name)
	if err != nil || rel == "." || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
