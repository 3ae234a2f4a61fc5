package tree

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// pages publishes the files of "path=text" words into dir, in their order.
func pages(dir, words string) (Changes, error) {
	var paths []string
	data := map[string]string{}
	for _, w := range strings.Fields(words) {
		path, text, _ := strings.Cut(w, "=")
		paths = append(paths, path)
		data[path] = text
	}
	return Publish(dir, paths, func(path string) ([]byte, error) { return []byte(data[path]), nil })
}

func publish(t *testing.T, dir, words string, want Changes) {
	t.Helper()
	got, err := pages(dir, words)
	if err != nil {
		t.Fatalf("publish %s: %v", words, err)
	}
	if got != want {
		t.Errorf("publish %s: %+v, want %+v", words, got, want)
	}
}

// list is what a folder holds, as "path=text" words, with "path/" for an empty
// folder; the manifest is left out.
func list(t *testing.T, dir string) string {
	t.Helper()
	var words []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		path = filepath.ToSlash(path)
		if d.IsDir() {
			entries, err := os.ReadDir(name)
			if err == nil && len(entries) == 0 && path != "." {
				words = append(words, path+"/")
			}
			return err
		}
		data, err := os.ReadFile(name)
		if path != Manifest {
			words = append(words, path+"="+string(data))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(words, " ")
}

func want(t *testing.T, dir, files string) {
	t.Helper()
	if got := list(t, dir); got != files {
		t.Errorf("the folder holds %s, want %s", got, files)
	}
}

// stats tells for each file which one on the disk it is: a file that was
// written again is another one.
func stats(t *testing.T, dir string) map[string]fs.FileInfo {
	t.Helper()
	infos := map[string]fs.FileInfo{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			infos[filepath.Base(name)], err = os.Lstat(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return infos
}

func TestPublish(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "public") // is made
	publish(t, dir, "b/index.html=1 a.html=2 b/c/d.css=3", Changes{Written: 3})
	want(t, dir, "a.html=2 b/c/d.css=3 b/index.html=1")

	data, err := os.ReadFile(filepath.Join(dir, Manifest))
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil || len(m.Files) != 3 || len(m.Files["a.html"]) != 64 || m.Note == "" {
		t.Errorf("manifest %s: %v", data, err)
	}
}

// A second run writes nothing at all, not even the manifest, and a third only
// what differs: a web server or a synchronising tool sees just that.
func TestPublishWritesOnlyWhatDiffers(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, "a=1 b=1 c/d=1", Changes{Written: 3})
	first := stats(t, dir)
	publish(t, dir, "a=1 b=1 c/d=1", Changes{Unchanged: 3})
	for name, info := range stats(t, dir) {
		if !os.SameFile(info, first[name]) || !info.ModTime().Equal(first[name].ModTime()) {
			t.Errorf("%s was written again", name)
		}
	}
	publish(t, dir, "a=1 b=2 c/d=1", Changes{Written: 1, Unchanged: 2})
	for name, info := range stats(t, dir) {
		if written := !os.SameFile(info, first[name]); written != (name == "b" || name == Manifest) {
			t.Errorf("that %s was written again is %v", name, written)
		}
	}
	// What somebody has spoilt is mended, of the same size or not.
	put(t, dir, "a", "x")
	put(t, dir, "c/d", "longer")
	if err := os.Remove(filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	publish(t, dir, "a=1 b=2 c/d=1", Changes{Written: 3})
	want(t, dir, "a=1 b=2 c/d=1")
}

// A page whose source is gone must not stay public.
func TestPublishRemovesStaleFiles(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, "a=1 b/c/d=1 b/e=1 f/g=1", Changes{Written: 4})
	put(t, dir, "f/foreign", "keep")
	publish(t, dir, "a=1 b/e=1", Changes{Unchanged: 2, Removed: 2})
	want(t, dir, "a=1 b/e=1 f/foreign=keep")
	publish(t, dir, "a=1", Changes{Unchanged: 1, Removed: 1})
	want(t, dir, "a=1 f/foreign=keep")
	publish(t, dir, "", Changes{Removed: 1})
	want(t, dir, "f/foreign=keep")
	publish(t, dir, "a=1", Changes{Written: 1})
	want(t, dir, "a=1 f/foreign=keep")
	// One that is gone already is no reason to fail, and is not counted.
	if err := os.Remove(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	publish(t, dir, "b=1", Changes{Written: 1})
	want(t, dir, "b=1 f/foreign=keep")
}

// What debrief did not make is never replaced. When it is in the way, nothing
// is written: not the pages before it either.
func TestPublishRefusesForeignFiles(t *testing.T) {
	for _, test := range []struct{ name, foreign, pages string }{
		{"a file of the same name", "b", "a=1 b=1 c=1"},
		{"a file of the same name and bytes", "b", "a=1 b=foreign"},
		{"a file further down", "b/c/d", "a=1 b/c/d=1"},
		{"a folder of the same name", "b/x", "a=1 b=1"},
		{"a file where a folder must be", "b", "a=1 b/c=1"},
		{"a file where a folder above must be", "b", "a=1 b/c/d=1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, test.foreign, "foreign")
			_, err := pages(dir, test.pages)
			if err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "b")) {
				t.Errorf("error %v, want one that names %s", err, filepath.Join(dir, "b"))
			}
			want(t, dir, test.foreign+"=foreign")
			if _, err := os.Lstat(filepath.Join(dir, Manifest)); err == nil {
				t.Error("a manifest was written")
			}
		})
	}
	t.Run("after an earlier publish", func(t *testing.T) {
		dir := t.TempDir()
		publish(t, dir, "a=1 b=1", Changes{Written: 2})
		put(t, dir, "c", "foreign")
		if _, err := pages(dir, "a=2 c=2"); err == nil {
			t.Error("no error")
		}
		want(t, dir, "a=1 b=1 c=foreign")
	})
}

// A link in the folder could lead the writer anywhere.
func TestPublishRefusesLinks(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "a", "outside")
	for _, page := range []string{"link", "folder/a", "folder/b"} {
		dir := t.TempDir()
		link(t, filepath.Join(outside, "a"), dir, "link")
		link(t, outside, dir, "folder")
		if _, err := pages(dir, "0=1 "+page+"=2"); err == nil {
			t.Errorf("%s: no error", page)
		}
		if _, err := os.Lstat(filepath.Join(dir, "0")); err == nil {
			t.Errorf("%s: a page was written before it was refused", page)
		}
		want(t, outside, "a=outside")
	}
}

func TestPublishRefusesInvalidPaths(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	for _, path := range []string{"", ".", "..", "/a", "../a", "a/../../b", "a/../b", "a//b", "a/", "./a"} {
		_, err := Publish(dir, []string{"first", path}, func(string) ([]byte, error) { return []byte("x"), nil })
		if err == nil {
			t.Errorf("%q: no error", path)
		}
		want(t, dir, "")
	}
	if got := list(t, parent); got != "public/" {
		t.Errorf("beside the folder there is %s", got)
	}
}

// Pages are computed as they are written, so the order is that of the paths,
// and each is on the disk before the next is asked for.
func TestPublishOrder(t *testing.T) {
	dir := t.TempDir()
	order := []string{"z", "a", "m/n", "b"}
	var asked []string
	_, err := Publish(dir, order, func(path string) ([]byte, error) {
		for _, before := range asked {
			if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(before))); err != nil {
				t.Errorf("%s is asked for before %s is written", path, before)
			}
		}
		asked = append(asked, path)
		return []byte(path), nil
	})
	if err != nil || !slices.Equal(asked, order) {
		t.Errorf("asked for %q, %v, want %q", asked, err, order)
	}
}

// A page that cannot be made stops a publish halfway, as a full disk or a lost
// machine would. The next one must take up from there: know its own files, with
// those that the broken one began, and no others.
func TestPublishAfterFailure(t *testing.T) {
	broken := errors.New("broken")
	for _, failing := range []string{"a", "b", "c/d", "new"} {
		t.Run(failing, func(t *testing.T) {
			dir := t.TempDir()
			publish(t, dir, "a=1 b=1 c/d=1 old=1", Changes{Written: 4})
			put(t, dir, "foreign", "keep")
			_, err := Publish(dir, []string{"a", "b", "c/d", "new"}, func(path string) ([]byte, error) {
				if path == failing {
					return nil, broken
				}
				return []byte("2"), nil
			})
			if !errors.Is(err, broken) {
				t.Fatalf("error %v, want the reader's", err)
			}
			for _, file := range strings.Fields(list(t, dir)) {
				if strings.Contains(file, ".debrief-") {
					t.Errorf("a temporary file is left: %s", file)
				}
			}
			if _, err := os.Lstat(filepath.Join(dir, "old")); err != nil {
				t.Error("a stale file was removed before all pages were written")
			}
			if _, err := pages(dir, "a=2 b=2 c/d=2 new=2"); err != nil {
				t.Fatalf("the next publish: %v", err)
			}
			want(t, dir, "a=2 b=2 c/d=2 foreign=keep new=2")
			publish(t, dir, "a=2", Changes{Unchanged: 1, Removed: 3})
			want(t, dir, "a=2 foreign=keep")
		})
	}
	t.Run("the first publish", func(t *testing.T) {
		dir := t.TempDir()
		_, err := Publish(dir, []string{"a", "b", "c"}, func(path string) ([]byte, error) {
			if path == "b" {
				return nil, broken
			}
			return []byte("1"), nil
		})
		if !errors.Is(err, broken) {
			t.Fatalf("error %v, want the reader's", err)
		}
		want(t, dir, "a=1")
		// The page that could not be made is gone from the site.
		if _, err := pages(dir, "c=1"); err != nil {
			t.Fatalf("the next publish: %v", err)
		}
		want(t, dir, "c=1")
	})
}

// A page may become a folder of pages, and a folder a page.
func TestPublishFileBecomesFolder(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, "a=1 b/c=1 b/d/e=1", Changes{Written: 3})
	publish(t, dir, "a/x=1 b=1", Changes{Written: 2, Removed: 3})
	want(t, dir, "a/x=1 b=1")
}

// TestPublishReplaced has somebody put a file where a folder of debrief's was, and
// a folder where a file was: they stay, and stand in the way of what needs their
// place only.
func TestPublishReplaced(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, "a/b=1 c=2 d=3", Changes{Written: 3})
	for _, name := range []string{"a", "c"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	put(t, dir, "a", "mine")
	put(t, dir, "c/own", "mine")
	for _, words := range []string{"a/b=1 d=3", "a=4 d=3"} {
		if _, err := pages(dir, words); err == nil || !strings.Contains(err.Error(), "was not made by debrief") {
			t.Errorf("publish %s: %v", words, err)
		}
	}
	publish(t, dir, "d=3", Changes{Unchanged: 1})
	if got := list(t, dir); got != "a=mine c/own=mine d=3" {
		t.Errorf("what somebody put there has become %s", got)
	}
}

// TestPublishFolderInTheWay wants a file where a folder of debrief's is that holds
// somebody's file. That fails, and the site as it was can be published again.
func TestPublishFolderInTheWay(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, "a/b=1", Changes{Written: 1})
	put(t, dir, "a/own", "mine")
	if _, err := pages(dir, "a=2"); err == nil {
		t.Error("a folder with a file in it was replaced")
	}
	publish(t, dir, "a/b=1", Changes{Written: 1})
	if got := list(t, dir); got != "a/b=1 a/own=mine" {
		t.Errorf("the folder holds %s", got)
	}
}

func TestPublishDamagedManifest(t *testing.T) {
	for name, data := range map[string]string{
		"empty":            "",
		"cut off":          `{"note": "x", "files": {"a": "`,
		"no JSON":          "hello",
		"wrong kind":       `{"files": ["a"]}`,
		"path outside":     `{"files": {"../outside": ""}}`,
		"absolute path":    `{"files": {"/etc/passwd": ""}}`,
		"the folder":       `{"files": {".": ""}}`,
		"path that climbs": `{"files": {"a/../../outside": ""}}`,
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			put(t, parent, "outside", "keep")
			dir := filepath.Join(parent, "public")
			put(t, dir, "a", "1")
			put(t, dir, Manifest, data)
			_, err := pages(dir, "b=1")
			if err == nil || !strings.Contains(err.Error(), Manifest) || !strings.Contains(err.Error(), "build again") {
				t.Errorf("error %v, want one that names the manifest and says what to do", err)
			}
			want(t, parent, "outside=keep public/.debrief.json="+data+" public/a=1")
		})
	}
}

// The manifest decides what is removed, so it must not be a way out of the folder.
func TestPublishManifestThatIsALink(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "m", `{"files": {"a": ""}}`)
	dir := t.TempDir()
	put(t, dir, "a", "foreign")
	link(t, filepath.Join(outside, "m"), dir, Manifest)
	if _, err := pages(dir, "b=1"); err == nil {
		t.Error("a manifest that is a link out of the folder is read")
	}
	want(t, outside, `m={"files": {"a": ""}}`)
}

func TestPublishIntoAFile(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "public", "a file")
	if _, err := pages(filepath.Join(dir, "public"), "a=1"); err == nil {
		t.Error("no error")
	}
	want(t, dir, "public=a file")
}

// The name of the temporary file must not be longer than file systems allow.
func TestPublishLongNames(t *testing.T) {
	dir := t.TempDir()
	words := "a/" + strings.Repeat("x", 255) + "=1 a/" + strings.Repeat("y", 250) + "=2 a/" + strings.Repeat("z", 200) + "=3"
	publish(t, dir, words, Changes{Written: 3})
	want(t, dir, words)
	publish(t, dir, words, Changes{Unchanged: 3})
}

// A publish that was killed leaves its temporary file in whatever folder it was
// writing to. The next one takes it away, when it is old.
func TestSweepFolders(t *testing.T) {
	dir := t.TempDir()
	read := func(string) ([]byte, error) { return []byte("x"), nil }
	if _, err := Publish(dir, []string{"a/b/c.html"}, read); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, "a", "b", ".debrief-temporary-1")
	if err := os.WriteFile(left, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(left, long, long); err != nil {
		t.Fatal(err)
	}
	killed := []byte(`{"note":"","files":{"a/b/c.html":""}}`)
	if err := os.WriteFile(filepath.Join(dir, Manifest), killed, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Publish(dir, []string{"a/b/c.html"}, read); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("the temporary file is still there")
	}
}
