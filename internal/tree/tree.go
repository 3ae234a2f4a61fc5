// Package tree holds files as values.
//
// The content, the layouts, a test archive and the output are all trees of
// files. A Tree comes from an embedded file system (FromFS) or from a folder
// on disk (Reader); Publish makes a folder on disk equal to a list of files.
package tree

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
)

// Sum is the SHA-256 of a file's bytes.
type Sum [sha256.Size]byte

// File is a path and its bytes. A File is never changed once made.
type File struct {
	Path string // slash-separated, relative, valid for io/fs
	Data []byte // nil when the file is larger than MaxLoaded
	Sum  Sum    // of Data
	Size int64
	load func() ([]byte, error)
}

// MaxLoaded is the size in bytes up to which a file's data is kept in memory.
// Text beyond it is refused by the parser; a picture is read when it is asked for.
const MaxLoaded = 1 << 20

// NewFile returns a File that holds data.
func NewFile(path string, data []byte) File {
	return File{Path: path, Data: data, Sum: sha256.Sum256(data), Size: int64(len(data))}
}

// Bytes returns the file's data, reading it from disk when it is too large to be kept.
func (f File) Bytes() ([]byte, error) {
	if f.load != nil {
		return f.load()
	}
	return f.Data, nil
}

// Tree is a set of files, sorted by path. The zero Tree is empty.
type Tree struct {
	files []File
}

// New returns the tree of the files. Two files of one path are an error.
func New(files []File) (Tree, error) {
	files = slices.Clone(files)
	slices.SortFunc(files, byPath)
	for i := 1; i < len(files); i++ {
		if files[i].Path == files[i-1].Path {
			return Tree{}, fmt.Errorf("two files of the path %s", files[i].Path)
		}
	}
	return Tree{files}, nil
}

func byPath(a, b File) int { return cmp.Compare(a.Path, b.Path) }

// Files returns the files in path order. The caller must not change the slice.
func (t Tree) Files() []File { return t.files }

// File returns the file at the path.
func (t Tree) File(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(t.files, path, func(f File, p string) int { return cmp.Compare(f.Path, p) })
	if !ok {
		return File{}, false
	}
	return t.files[i], true
}

// With returns the tree with the file added or replaced.
func (t Tree) With(f File) Tree {
	i, ok := slices.BinarySearchFunc(t.files, f, byPath)
	files := make([]File, 0, len(t.files)+1)
	files = append(append(files, t.files[:i]...), f)
	if ok {
		i++
	}
	return Tree{append(files, t.files[i:]...)}
}

// Without returns the tree without the file at the path.
func (t Tree) Without(path string) Tree {
	i, ok := slices.BinarySearchFunc(t.files, path, func(f File, p string) int { return cmp.Compare(f.Path, p) })
	if !ok {
		return t
	}
	return Tree{append(slices.Clone(t.files[:i]), t.files[i+1:]...)}
}

// Overlay returns base with the files of over added, replacing those of the same path.
func Overlay(base, over Tree) Tree {
	merged := make([]File, 0, len(base.files)+len(over.files))
	b, o := base.files, over.files
	for len(b) > 0 && len(o) > 0 {
		switch c := byPath(b[0], o[0]); {
		case c < 0:
			merged, b = append(merged, b[0]), b[1:]
		case c > 0:
			merged, o = append(merged, o[0]), o[1:]
		default:
			merged, b, o = append(merged, o[0]), b[1:], o[1:]
		}
	}
	return Tree{append(append(merged, b...), o...)}
}

// Diff returns the paths that the two trees do not have in common with the
// same bytes, in order.
func Diff(a, b Tree) []string {
	var paths []string
	x, y := a.files, b.files
	for len(x) > 0 || len(y) > 0 {
		switch {
		case len(y) == 0 || len(x) > 0 && x[0].Path < y[0].Path:
			paths, x = append(paths, x[0].Path), x[1:]
		case len(x) == 0 || y[0].Path < x[0].Path:
			paths, y = append(paths, y[0].Path), y[1:]
		default:
			if x[0].Sum != y[0].Sum {
				paths = append(paths, x[0].Path)
			}
			x, y = x[1:], y[1:]
		}
	}
	return paths
}

// FromFS reads every file of a file system, as an embedded one.
func FromFS(fsys fs.FS) (Tree, error) {
	var files []File
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		files = append(files, NewFile(path, data))
		return nil
	})
	if err != nil {
		return Tree{}, fmt.Errorf("read files: %w", err)
	}
	return New(files)
}
