package tree

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Problem is a file that cannot be part of a tree, and why.
type Problem struct {
	Path, Text string
}

// Reader reads a folder on disk again and again. Between two reads it keeps
// the files whose size and time of change have stayed the same, so that
// looking again costs a stat per file. A Reader is not safe for concurrent use.
//
// Symbolic links are never followed: a link is a Problem. Names that begin
// with a dot, and those that editors leave behind, are not seen at all.
type Reader struct {
	dir      string
	root     *os.Root
	known    map[string]known
	problems map[string]string
	dirs     []string
	tree     Tree
}

type known struct {
	file    File
	info    fs.FileInfo
	settled bool // the change is old enough for size and time to tell a newer one
}

// settleTime is how coarse the time of change may be on a file system: two
// writes within it can leave the same time behind.
const settleTime = 50 * time.Millisecond

// NewReader returns a reader of the folder. A folder that is missing is an
// error that wraps fs.ErrNotExist; one that is a symbolic link is refused.
// The caller closes the reader.
func NewReader(dir string) (*Reader, error) {
	dir = filepath.Clean(dir) // "link/" would be what the link leads to
	info, err := os.Lstat(dir)
	if err != nil {
		return nil, err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		return nil, fmt.Errorf("%s is a symbolic link, and links are not followed", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Reader{dir: dir, root: root, known: map[string]known{}, problems: map[string]string{}}, nil
}

// Close releases the folder.
func (r *Reader) Close() error { return r.root.Close() }

// Dir returns the folder's path as it was given.
func (r *Reader) Dir() string { return r.dir }

// Read looks at the whole folder and returns it as a tree.
func (r *Reader) Read() (Tree, []Problem, error) {
	if err := r.follow(); err != nil {
		return Tree{}, nil, err
	}
	seen := make(map[string]bool, len(r.known))
	clear(r.problems)
	r.dirs = r.dirs[:0]
	if err := r.walk(".", seen); err != nil {
		return Tree{}, nil, err
	}
	for p := range r.known {
		if !seen[p] {
			delete(r.known, p)
		}
	}
	files := make([]File, 0, len(r.known))
	for _, k := range r.known {
		files = append(files, k.file)
	}
	slices.SortFunc(files, byPath)
	r.tree = Tree{files}
	return r.tree, r.listProblems(), nil
}

// Look looks again at single files only and returns the tree. It may be asked
// only after a Read. Whatever is not a plain file now is left to the next Read,
// which Look asks for by returning false.
func (r *Reader) Look(paths ...string) (Tree, bool, error) {
	for _, p := range paths {
		if !fs.ValidPath(p) {
			return r.tree, false, nil
		}
		if slices.ContainsFunc(strings.Split(p, "/"), Ignored) {
			continue
		}
		if !r.plainFolders(path.Dir(p)) {
			return r.tree, false, nil
		}
		info, err := r.root.Lstat(filepath.FromSlash(p))
		if err != nil || !info.Mode().IsRegular() {
			return r.tree, false, nil
		}
		if err := r.take(p, info, true); err != nil {
			return r.tree, false, err
		}
		if k, ok := r.known[p]; ok {
			r.tree = r.tree.With(k.file)
		}
	}
	return r.tree, true, nil
}

// plainFolders tells whether a folder and those above it are no links.
func (r *Reader) plainFolders(dir string) bool {
	for ; dir != "."; dir = path.Dir(dir) {
		if info, err := r.root.Lstat(filepath.FromSlash(dir)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// Dirs returns the folders that the last Read saw, as paths on disk.
func (r *Reader) Dirs() []string { return r.dirs }

// follow opens the folder again when another one stands in its place now, as
// after a checkout.
func (r *Reader) follow() error {
	now, err := os.Lstat(r.dir)
	if err != nil {
		return err
	}
	if was, err := r.root.Stat("."); err == nil && os.SameFile(now, was) {
		return nil
	}
	fresh, err := NewReader(r.dir)
	if err != nil {
		return err
	}
	r.root.Close()
	r.root = fresh.root
	return nil
}

func (r *Reader) walk(dir string, seen map[string]bool) error {
	f, err := r.root.Open(filepath.FromSlash(dir))
	if errors.Is(err, fs.ErrPermission) && dir != "." {
		r.problems[dir] = "cannot be read: permission denied"
		return nil
	}
	if err != nil {
		return gone(err, dir != ".")
	}
	entries, err := f.ReadDir(-1)
	f.Close()
	if err != nil {
		return gone(err, dir != ".")
	}
	r.dirs = append(r.dirs, filepath.Join(r.dir, filepath.FromSlash(dir)))
	for _, e := range entries {
		if Ignored(e.Name()) {
			continue
		}
		p := path.Join(dir, e.Name())
		switch {
		case !utf8.ValidString(e.Name()):
			r.problems[strings.ToValidUTF8(p, "\uFFFD")] = "has a name that is not valid UTF-8"
		case e.IsDir():
			if err := r.walk(p, seen); err != nil {
				return err
			}
		case e.Type()&fs.ModeSymlink != 0:
			r.problems[p] = "is a symbolic link, and links are not followed"
		case !e.Type().IsRegular():
			r.problems[p] = "is not a regular file"
		default:
			info, err := e.Info()
			if err != nil {
				if err = gone(err, true); err != nil {
					return err
				}
				continue
			}
			seen[p] = true
			if err := r.take(p, info, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// gone forgives a file that vanished between being listed and being read.
func gone(err error, forgive bool) error {
	if forgive && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// readPlain reads a file that is no link.
func readPlain(name string) ([]byte, error) {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Lstat(filepath.Base(name))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file any more", name)
	}
	return root.ReadFile(filepath.Base(name))
}

// take reads the file at p unless it is known in this state and may be trusted
// to be in it still.
func (r *Reader) take(p string, info fs.FileInfo, force bool) error {
	k, ok := r.known[p]
	if ok && k.settled && !force && os.SameFile(k.info, info) && k.info.Size() == info.Size() && k.info.ModTime().Equal(info.ModTime()) {
		return nil
	}
	file := File{Path: p, Size: info.Size()}
	if info.Size() > MaxLoaded {
		name := filepath.Join(r.dir, filepath.FromSlash(p)) // not through r.root, which a checkout may replace
		file.load = func() ([]byte, error) { return readPlain(name) }
		copy(file.Sum[:], fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano()))
	} else {
		data, err := r.root.ReadFile(filepath.FromSlash(p))
		if err != nil {
			delete(r.known, p)
			if errors.Is(err, fs.ErrPermission) {
				r.problems[p] = "cannot be read: permission denied"
				return nil
			}
			return gone(err, true)
		}
		if ok && k.file.load == nil && string(data) == string(k.file.Data) {
			file = k.file
		} else {
			file = NewFile(p, data)
		}
	}
	r.known[p] = known{file, info, time.Since(info.ModTime()) > settleTime}
	return nil
}

func (r *Reader) listProblems() []Problem {
	var list []Problem
	for p, text := range r.problems {
		list = append(list, Problem{p, text})
	}
	slices.SortFunc(list, func(a, b Problem) int { return cmp.Compare(a.Path, b.Path) })
	return list
}

// Ignored tells whether a name is none of ours: hidden, or left behind by an
// editor in the middle of saving.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".swx") || strings.HasSuffix(name, ".tmp") ||
		strings.HasSuffix(name, "___jb_tmp___") || strings.HasSuffix(name, "___jb_old___") ||
		name == "4913" // vim's probe for a writable folder
}
