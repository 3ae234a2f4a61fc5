package tree

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// past is a time of change that every file system can tell from now.
var past = time.Now().Add(-time.Hour).Truncate(time.Second)

// put writes a file below dir, with its folders, and dates it back, so that the
// reader takes it for settled.
func put(t *testing.T, dir, path, data string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	date(t, dir, path, past)
}

func date(t *testing.T, dir, path string, when time.Time) {
	t.Helper()
	if err := os.Chtimes(filepath.Join(dir, filepath.FromSlash(path)), when, when); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, target, dir, path string) {
	t.Helper()
	if err := os.Symlink(target, filepath.Join(dir, filepath.FromSlash(path))); err != nil {
		t.Fatal(err)
	}
}

func newReader(t *testing.T, dir string) *Reader {
	t.Helper()
	r, err := NewReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// read returns the tree as text, and the problems.
func read(t *testing.T, r *Reader) (Tree, string) {
	t.Helper()
	tree, problems, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, p := range problems {
		list = append(list, p.Path+" "+p.Text)
	}
	return tree, strings.Join(list, "; ")
}

func TestReader(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "b/c.md", "1")
	put(t, dir, "a.md", "2")
	put(t, dir, "b.md", "")
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	r := newReader(t, dir)
	tree, problems := read(t, r)
	if text(tree) != "a.md=2 b.md= b/c.md=1" || problems != "" {
		t.Errorf("got %s, problems %s", text(tree), problems)
	}
	if r.Dir() != dir {
		t.Errorf("Dir() = %s, want %s", r.Dir(), dir)
	}

	// What was added, changed and removed since.
	put(t, dir, "new/d.md", "3")
	put(t, dir, "a.md", "22")
	if err := os.RemoveAll(filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	if tree, _ = read(t, r); text(tree) != "a.md=22 b.md= new/d.md=3" {
		t.Errorf("after changes: %s", text(tree))
	}
}

func TestReaderRoot(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "real/a.md", "1")
	link(t, "real", dir, "link")
	if _, err := NewReader(filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing folder: error %v, want one that wraps fs.ErrNotExist", err)
	}
	if _, err := NewReader(filepath.Join(dir, "real", "a.md")); err == nil {
		t.Error("a file is taken for a folder")
	}
	// A slash at the end makes the system follow the link before we see it.
	for _, name := range []string{"link", "link/", "link/."} {
		if r, err := NewReader(dir + "/" + name); err == nil || !strings.Contains(err.Error(), "symbolic link") {
			t.Errorf("%s: error %v, want one about the symbolic link", name, err)
			if r != nil {
				r.Close()
			}
		}
	}
}

// A link could make a file from anywhere on the machine public. Each is named,
// and none is followed.
func TestReaderLinks(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "secret.md", "secret")
	dir := t.TempDir()
	put(t, dir, "a.md", "1")
	put(t, dir, "sub/b.md", "2")
	link(t, filepath.Join(outside, "secret.md"), dir, "file.md")
	link(t, outside, dir, "folder")
	link(t, "a.md", dir, "inside.md")
	link(t, "sub", dir, "inside")
	link(t, "nowhere", dir, "dangling.md")
	link(t, "..", dir, "sub/loop")
	link(t, "self", dir, "self")
	link(t, "a.md", dir, ".hidden")
	tree, problems := read(t, newReader(t, dir))
	if text(tree) != "a.md=1 sub/b.md=2" {
		t.Errorf("got %s", text(tree))
	}
	const why = " is a symbolic link, and links are not followed"
	want := []string{"dangling.md", "file.md", "folder", "inside", "inside.md", "self", "sub/loop"}
	if got := strings.Split(problems, "; "); strings.Join(got, ";") != strings.Join(want, why+";")+why {
		t.Errorf("problems:\n%s\nwant each of %q", strings.Join(got, "\n"), want)
	}
	// A link that is gone is no problem any more.
	r := newReader(t, dir)
	read(t, r)
	for _, p := range want {
		if err := os.Remove(filepath.Join(dir, p)); err != nil {
			t.Fatal(err)
		}
	}
	if _, problems := read(t, r); problems != "" {
		t.Errorf("problems of files that are gone: %s", problems)
	}
}

func TestReaderIgnores(t *testing.T) {
	dir := t.TempDir()
	ignored := []string{".a.md", ".git/config", "sub/.b/c.md", "a.md~", "#a.md#", ".#a.md", "a.md.swp", "a.md.swx", "a.tmp", "4913", "a.md___jb_tmp___", "a.md___jb_old___"}
	seen := []string{"#a.md", "4913.md", "a#", "a.swp.md", "sub/a.md", "tmp", "~a.md"}
	for _, p := range append(ignored, seen...) {
		put(t, dir, p, "1")
	}
	tree, problems := read(t, newReader(t, dir))
	if want := strings.Join(seen, "=1 ") + "=1"; text(tree) != want || problems != "" {
		t.Errorf("got %s, problems %s, want %s", text(tree), problems, want)
	}
}

// Looking again costs a stat for a file whose size and time have stayed the
// same: even its changed bytes are not seen, which shows that it is not read.
func TestReaderKeepsUnchangedFiles(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.md", "one")
	put(t, dir, "b.md", "one")
	r := newReader(t, dir)
	first, _ := read(t, r)
	put(t, dir, "a.md", "two") // the same size, and dated back to the same time
	put(t, dir, "b.md", "three")
	second, _ := read(t, r)
	if text(second) != "a.md=one b.md=three" {
		t.Errorf("got %s", text(second))
	}
	a1, _ := first.File("a.md")
	a2, _ := second.File("a.md")
	if &a1.Data[0] != &a2.Data[0] {
		t.Error("the data of an unchanged file is in a new place")
	}
	if text(first) != "a.md=one b.md=one" {
		t.Errorf("the first tree has become %s", text(first))
	}
	// A new time is enough to look; the same bytes stay where they are.
	put(t, dir, "a.md", "one")
	date(t, dir, "a.md", past.Add(time.Minute))
	third, _ := read(t, r)
	if a3, _ := third.File("a.md"); &a3.Data[0] != &a1.Data[0] {
		t.Error("the same bytes, written again, are in a new place")
	}
}

// Two writes within the settle time can leave the same size and time behind.
// A file as young as that is read again. Its time is set into the future here,
// which is as young as can be, so that the test need not be quick.
func TestReaderReadsYoungFilesAgain(t *testing.T) {
	dir := t.TempDir()
	future := time.Now().Add(time.Hour).Truncate(time.Second)
	put(t, dir, "a.md", "one")
	date(t, dir, "a.md", future)
	r := newReader(t, dir)
	read(t, r)
	put(t, dir, "a.md", "two")
	date(t, dir, "a.md", future)
	if tree, _ := read(t, r); text(tree) != "a.md=two" {
		t.Errorf("got %s, want the second write", text(tree))
	}
	put(t, dir, "a.md", "ten")
	date(t, dir, "a.md", future)
	if tree, ok, err := r.Look("a.md"); text(tree) != "a.md=ten" || !ok || err != nil {
		t.Errorf("Look: got %s, %v, %v, want the third write", text(tree), ok, err)
	}
}

func TestReaderLargeFiles(t *testing.T) {
	dir := t.TempDir()
	large := strings.Repeat("x", MaxLoaded+1)
	put(t, dir, "large", large)
	put(t, dir, "limit", large[1:])
	r := newReader(t, dir)
	tree, _ := read(t, r)
	limit, _ := tree.File("limit")
	if len(limit.Data) != MaxLoaded {
		t.Errorf("a file of exactly MaxLoaded holds %d bytes", len(limit.Data))
	}
	f, _ := tree.File("large")
	if f.Data != nil || f.Size != MaxLoaded+1 {
		t.Errorf("a larger file holds %d bytes and says %d", len(f.Data), f.Size)
	}
	data, err := f.Bytes()
	if err != nil || string(data) != large {
		t.Errorf("Bytes gives %d bytes, %v", len(data), err)
	}
	again, _ := read(t, r)
	if d := Diff(tree, again); len(d) > 0 {
		t.Errorf("unchanged, but %q differ", d)
	}
	put(t, dir, "large", "y"+large[1:])
	date(t, dir, "large", past.Add(time.Minute))
	changed, _ := read(t, r)
	if d := strings.Join(Diff(tree, changed), " "); d != "large" {
		t.Errorf("%q differ, want large", d)
	}
	// One that is emptied holds as much in memory as before, and is another file.
	put(t, dir, "large", "")
	emptied, _ := read(t, r)
	if f, _ := emptied.File("large"); f.Size != 0 || f.Sum != NewFile("", nil).Sum {
		t.Errorf("a large file that was emptied has %d bytes", f.Size)
	}
}

func TestLook(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.md", "1")
	put(t, dir, "sub/b.md", "2")
	r := newReader(t, dir)
	read(t, r)

	look := func(want string, wantOK bool, paths ...string) {
		t.Helper()
		tree, ok, err := r.Look(paths...)
		if err != nil || ok != wantOK || ok && text(tree) != want {
			t.Errorf("Look(%q): got %s, %v, %v, want %s, %v", paths, text(tree), ok, err, want, wantOK)
		}
	}
	look("a.md=1 sub/b.md=2", true)
	look("a.md=1 sub/b.md=2", true, "a.md")
	put(t, dir, "a.md", "changed")
	put(t, dir, "sub/new.md", "3")
	put(t, dir, "c.md", "not asked for")
	look("a.md=changed sub/b.md=2 sub/new.md=3", true, "sub/new.md", "a.md")

	// Everything else is for Read to judge.
	if err := os.Remove(filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	look("", false, "a.md")
	look("", false, "sub")
	look("", false, "missing.md")
	look("", false, "../outside")
	link(t, "sub/b.md", dir, "link.md")
	look("", false, "link.md")
	if tree, problems := read(t, r); text(tree) != "c.md=not asked for sub/b.md=2 sub/new.md=3" || !strings.Contains(problems, "link.md") {
		t.Errorf("the Read after it: %s, problems %s", text(tree), problems)
	}
}

// Look must not let in by name what Read passes over.
func TestLookSeesNoMoreThanRead(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "secret.md", "secret")
	dir := t.TempDir()
	put(t, dir, "sub/a.md", "1")
	put(t, dir, ".hidden.md", "2")
	put(t, dir, "sub/a.md.swp", "3")
	put(t, dir, ".git/b.md", "4")
	link(t, "sub", dir, "inside")
	link(t, outside, dir, "folder")
	r := newReader(t, dir)
	want, _ := read(t, r)
	for _, p := range []string{".hidden.md", "sub/a.md.swp", ".git/b.md", "inside/a.md", "folder/secret.md"} {
		if got, ok, err := r.Look(p); err == nil && ok && text(got) != text(want) {
			t.Errorf("Look(%q) gives %s, Read %s", p, text(got), text(want))
		}
	}
	if got, _ := read(t, r); text(got) != text(want) {
		t.Errorf("the Read after it gives %s", text(got))
	}
}

// The tree that was returned is the caller's; looking again changes nothing in it.
func TestReaderTreesAreValues(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.md", "1")
	put(t, dir, "b.md", "1")
	r := newReader(t, dir)
	tree, _ := read(t, r)
	put(t, dir, "a.md", "22")
	if _, ok, err := r.Look("a.md"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	read(t, r)
	f, _ := tree.File("a.md")
	if text(tree) != "a.md=1 b.md=1" || !bytes.Equal(f.Data, []byte("1")) {
		t.Errorf("the first tree has become %s", text(tree))
	}
}
