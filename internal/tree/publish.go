package tree

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Manifest is the file in a published folder that lists what debrief made
// there, so that a later build removes its own stale files and no others.
const Manifest = ".debrief.json"

// Changes counts what Publish did, in files.
type Changes struct {
	Written, Unchanged, Removed int
}

type manifest struct {
	Note  string            `json:"note"`
	Files map[string]string `json:"files"` // path -> SHA-256 in hex, empty while a publish is under way
}

const manifestNote = "The files that debrief made in this folder. It replaces and removes these, and touches no others."

// Publish makes dir hold the files at paths, in their order: every file whose
// bytes differ is written to a temporary file and renamed into place. Files of
// an earlier publish that are not among paths are removed at the end. read is
// called once for each path, one call at a time.
//
// A file that debrief did not make is never replaced; when one is in the way,
// nothing is written at all and the error names it.
func Publish(dir string, paths []string, read func(path string) ([]byte, error)) (Changes, error) {
	var done Changes
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return done, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return done, err
	}
	defer root.Close()
	old, err := readManifest(root)
	if err != nil {
		return done, fmt.Errorf("%s: %w", filepath.Join(dir, Manifest), err)
	}
	sweep(root, old)
	if err := refuseForeign(root, dir, old, paths); err != nil {
		return done, err
	}

	// Whatever happens from here on, the next publish must know these files as ours.
	during := manifest{manifestNote, map[string]string{}}
	for p, sum := range old.Files {
		during.Files[p] = sum
	}
	grown := false
	for _, p := range paths {
		if _, ok := during.Files[p]; !ok {
			during.Files[p], grown = "", true
		}
	}
	if grown {
		if err := writeManifest(root, during); err != nil {
			return done, err
		}
	}

	if done.Removed, err = makeWay(root, old, paths); err != nil {
		return done, err
	}
	now := manifest{manifestNote, make(map[string]string, len(paths))}
	var in folder
	defer in.close()
	for _, p := range paths {
		data, err := read(p)
		if err != nil {
			return done, err
		}
		sum := sha256.Sum256(data)
		now.Files[p] = hex.EncodeToString(sum[:])
		if err := in.open(root, path.Dir(p)); err != nil {
			return done, fmt.Errorf("write %s: %w", filepath.Join(dir, filepath.FromSlash(p)), err)
		}
		same := false
		if _, ours := old.Files[p]; ours { // any other is known not to be there
			if same, err = equal(in.root, path.Base(p), data); err != nil {
				return done, fmt.Errorf("read %s: %w", filepath.Join(dir, filepath.FromSlash(p)), err)
			}
		}
		if same {
			done.Unchanged++
			continue
		}
		if err := writeFile(in.root, path.Base(p), data); err != nil {
			return done, fmt.Errorf("write %s: %w", filepath.Join(dir, filepath.FromSlash(p)), err)
		}
		done.Written++
	}
	for p := range old.Files {
		if _, keep := now.Files[p]; keep {
			continue
		}
		removed, err := remove(root, p)
		if err != nil {
			return done, err
		}
		if removed {
			done.Removed++
		}
	}
	return done, writeManifest(root, now)
}

// refuseForeign fails when something that debrief did not make is where a file
// or a folder above one has to be.
func refuseForeign(root *os.Root, dir string, old manifest, paths []string) error {
	ours := foldersOf(old.Files)
	there := map[string]bool{} // by folder
	foreign := func(p string) error {
		return fmt.Errorf("%s was not made by debrief and is in the way of a page; move it, or build into another folder with --out",
			filepath.Join(dir, filepath.FromSlash(p)))
	}
	for _, p := range paths {
		if !fs.ValidPath(p) {
			return fmt.Errorf("%q is not a valid path", p)
		}
		for d := path.Dir(p); d != "."; d = path.Dir(d) {
			if _, checked := there[d]; checked {
				break
			}
			_, file := old.Files[d]
			info, err := root.Lstat(filepath.FromSlash(d))
			if there[d] = err == nil && info.IsDir(); err == nil && !there[d] && !file {
				return foreign(d)
			}
		}
		if _, file := old.Files[p]; file {
			continue
		}
		if d := path.Dir(p); d != "." && !there[d] {
			continue
		}
		if info, err := root.Lstat(filepath.FromSlash(p)); err == nil && !(ours[p] && info.IsDir()) {
			return foreign(p)
		}
	}
	return nil
}

// foldersOf returns the folders above the files.
func foldersOf(files map[string]string) map[string]bool {
	folders := map[string]bool{}
	for p := range files {
		for d := path.Dir(p); d != "." && !folders[d]; d = path.Dir(d) {
			folders[d] = true
		}
	}
	return folders
}

// makeWay removes those files of an earlier publish that stand where a folder
// has to be now, or in a folder that is a file now, and forgets them. It counts
// those that it removed.
func makeWay(root *os.Root, old manifest, paths []string) (n int, err error) {
	files := make(map[string]string, len(paths))
	for _, p := range paths {
		files[p] = ""
	}
	folders := foldersOf(files)
	for p := range old.Files {
		clash := folders[p]
		for d := path.Dir(p); d != "." && !clash; d = path.Dir(d) {
			_, clash = files[d]
		}
		if clash {
			removed, err := remove(root, p)
			if err != nil {
				return n, err
			}
			if removed {
				n++
			}
			delete(old.Files, p)
		}
	}
	return n, nil
}

func readManifest(root *os.Root) (manifest, error) {
	var m manifest
	data, err := root.ReadFile(Manifest)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("damaged: %w; remove the folder and build again", err)
	}
	for p := range m.Files {
		if !fs.ValidPath(p) || p == "." {
			return m, fmt.Errorf("damaged: it lists %q; remove the folder and build again", p)
		}
	}
	return m, nil
}

func writeManifest(root *os.Root, m manifest) error {
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	data = append(data, '\n')
	if same, err := equal(root, Manifest, data); same || err != nil {
		return err
	}
	return writeFile(root, Manifest, data)
}

// folder is the folder of the file that is being written. Most files lie in the
// same one as the file before, and finding it again from the top costs more than
// writing them.
type folder struct {
	root *os.Root
	path string
}

// open goes to a folder, which is made when it is not there.
func (f *folder) open(root *os.Root, p string) error {
	if f.root != nil && f.path == p {
		return nil
	}
	f.close()
	name := filepath.FromSlash(p)
	r, err := root.OpenRoot(name)
	if errors.Is(err, fs.ErrNotExist) {
		if err = root.MkdirAll(name, 0o755); err == nil {
			r, err = root.OpenRoot(name)
		}
	}
	if err != nil {
		return err
	}
	f.root, f.path = r, p
	return nil
}

func (f *folder) close() {
	if f.root != nil {
		_ = f.root.Close() // nothing is written through it
		f.root = nil
	}
}

// equal tells whether a regular file of the folder holds exactly data.
func equal(in *os.Root, name string, data []byte) (bool, error) {
	info, err := in.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false, nil
	}
	old, err := in.ReadFile(name)
	if err != nil {
		return false, err
	}
	return bytes.Equal(old, data), nil
}

// temporaryPrefix begins the name under which a file is written before it gets
// its own. A publish that was killed may leave one behind, in any of its folders.
const temporaryPrefix = ".debrief-temporary-"

// sweep removes what a publish left behind that was killed long ago.
func sweep(root *os.Root, old manifest) {
	sweepFolder(root, ".")
	for _, sum := range old.Files {
		if sum == "" { // it never came to its end
			for p := range foldersOf(old.Files) {
				sweepFolder(root, p)
			}
			return
		}
	}
}

func sweepFolder(root *os.Root, p string) {
	dir, err := root.Open(filepath.FromSlash(p))
	if err != nil {
		return
	}
	defer dir.Close()
	entries, _ := dir.ReadDir(-1)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), temporaryPrefix) {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = root.Remove(filepath.FromSlash(path.Join(p, e.Name())))
		}
	}
}

// writeFile writes a file of the folder, whole or not at all.
func writeFile(in *os.Root, name string, data []byte) error {
	temporary := temporaryPrefix + strconv.Itoa(os.Getpid())
	if err := in.WriteFile(temporary, data, 0o644); err != nil {
		_ = in.Remove(temporary) // a full disk leaves a part behind
		return err
	}
	if err := in.Rename(temporary, name); err != nil {
		_ = in.Remove(temporary)
		return err
	}
	return nil
}

// remove deletes the file and then the folders above it that have become empty.
// Where somebody has put a folder in its place, or a file in that of a folder above
// it, the file has gone already, and removed is false.
func remove(root *os.Root, p string) (removed bool, err error) {
	name := filepath.FromSlash(p)
	if info, err := root.Lstat(name); err == nil && !info.IsDir() {
		if err := root.Remove(name); err != nil {
			return false, err
		}
		removed = true
	} else if errors.Is(err, fs.ErrPermission) {
		return false, err
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		name := filepath.FromSlash(dir)
		if info, err := root.Lstat(name); err != nil || !info.IsDir() || root.Remove(name) != nil {
			break // not empty, or no folder any more
		}
	}
	return removed, nil
}
