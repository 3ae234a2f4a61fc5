package tree

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// of makes a tree of "path=text" words, and text turns a tree back into them.
func of(t *testing.T, words string) Tree {
	t.Helper()
	var files []File
	for _, w := range strings.Fields(words) {
		path, data, _ := strings.Cut(w, "=")
		files = append(files, NewFile(path, []byte(data)))
	}
	tree, err := New(files)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func text(t Tree) string {
	var words []string
	for _, f := range t.Files() {
		words = append(words, f.Path+"="+string(f.Data))
	}
	return strings.Join(words, " ")
}

func TestNew(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"b=1 a=2", "a=2 b=1"},
		{"a/b=1 a.b=2 a=3 a-b=4", "a=3 a-b=4 a.b=2 a/b=1"}, // by bytes, not by folders
		{"ä=1 z=2 Z=3", "Z=3 z=2 ä=1"},
	} {
		if got := text(of(t, test.in)); got != test.want {
			t.Errorf("New(%s) = %s, want %s", test.in, got, test.want)
		}
	}
	files := []File{NewFile("b", nil), NewFile("a", nil)}
	if _, err := New(files); err != nil || files[0].Path != "b" {
		t.Errorf("New sorts the caller's slice, or fails: %v", err)
	}
	if _, err := New([]File{NewFile("a", nil), NewFile("b", nil), NewFile("a", nil)}); err == nil || !strings.Contains(err.Error(), "path a") {
		t.Errorf("two files of one path: error %v, want one that names it", err)
	}
	if empty := (Tree{}); len(empty.Files()) != 0 {
		t.Error("the zero Tree is not empty")
	}
}

func TestFile(t *testing.T) {
	tree := of(t, "a=1 b/c=2")
	if f, ok := tree.File("b/c"); !ok || string(f.Data) != "2" || f.Size != 1 {
		t.Errorf("b/c is %+v, %v", f, ok)
	}
	for _, path := range []string{"", "b", "b/", "c", "A"} {
		if f, ok := tree.File(path); ok {
			t.Errorf("%q is there: %+v", path, f)
		}
	}
	if a, b := NewFile("a", []byte("x")), NewFile("b", []byte("x")); a.Sum != b.Sum {
		t.Error("two files of the same bytes have different sums")
	}
	if a, b := NewFile("a", []byte("x")), NewFile("a", []byte("y")); a.Sum == b.Sum {
		t.Error("two files of different bytes have the same sum")
	}
}

// A tree is a value: what With and Without return leaves the tree they are
// called on as it was, even when both are called on the same one.
func TestWithAndWithout(t *testing.T) {
	for _, test := range []struct{ in, with, without, want string }{
		{"", "a=1", "", "a=1"},
		{"b=1", "a=2", "", "a=2 b=1"},
		{"a=1", "b=2", "", "a=1 b=2"},
		{"a=1 c=3", "b=2", "", "a=1 b=2 c=3"},
		{"a=1 b=2 c=3", "b=4", "", "a=1 b=4 c=3"},
		{"a=1 b=2 c=3", "", "a", "b=2 c=3"},
		{"a=1 b=2 c=3", "", "b", "a=1 c=3"},
		{"a=1 b=2 c=3", "", "c", "a=1 b=2"},
		{"a=1", "", "a", ""},
		{"a=1", "", "b", "a=1"},
		{"", "", "a", ""},
	} {
		tree := of(t, test.in)
		before := text(tree)
		got := tree
		if test.with != "" {
			path, data, _ := strings.Cut(test.with, "=")
			tree.With(NewFile("zz", nil)) // must not be seen in got
			got = tree.With(NewFile(path, []byte(data)))
			tree.With(NewFile("zz", nil))
		}
		if test.without != "" {
			got = tree.Without(test.without)
			got.With(NewFile("zz", nil))
		}
		if text(got) != test.want {
			t.Errorf("%s with %q without %q: got %s, want %s", test.in, test.with, test.without, text(got), test.want)
		}
		if text(tree) != before {
			t.Errorf("%s with %q without %q: the tree itself is now %s", test.in, test.with, test.without, text(tree))
		}
	}
}

func TestOverlay(t *testing.T) {
	for _, test := range []struct{ base, over, want string }{
		{"", "", ""},
		{"a=1", "", "a=1"},
		{"", "a=1", "a=1"},
		{"a=1 c=1", "b=2", "a=1 b=2 c=1"},
		{"a=1 b=1", "b=2", "a=1 b=2"},
		{"a=1 b=1 c=1", "a=2 b=2 c=2", "a=2 b=2 c=2"},
		{"c=1 d=1", "a=2 b=2", "a=2 b=2 c=1 d=1"},
		{"a=1 c=1 e=1", "b=2 c=2 d=2 f=2", "a=1 b=2 c=2 d=2 e=1 f=2"},
	} {
		base, over := of(t, test.base), of(t, test.over)
		if got := text(Overlay(base, over)); got != test.want {
			t.Errorf("Overlay(%s, %s) = %s, want %s", test.base, test.over, got, test.want)
		}
		if text(base) != test.base || text(over) != test.over {
			t.Errorf("Overlay(%s, %s) changes them", test.base, test.over)
		}
	}
}

func TestDiff(t *testing.T) {
	for _, test := range []struct{ a, b, want string }{
		{"", "", ""},
		{"a=1", "a=1", ""},
		{"a=1", "a=2", "a"},
		{"a=1", "", "a"},
		{"", "a=1", "a"},
		{"a=1 b=1 c=1 d=1", "b=2 c=1 d=1 e=1", "a b e"},
		{"b=1", "a=1", "a b"},
	} {
		if got := strings.Join(Diff(of(t, test.a), of(t, test.b)), " "); got != test.want {
			t.Errorf("Diff(%s, %s) = %s, want %s", test.a, test.b, got, test.want)
		}
		if got := strings.Join(Diff(of(t, test.b), of(t, test.a)), " "); got != test.want {
			t.Errorf("Diff(%s, %s) = %s, want %s", test.b, test.a, got, test.want)
		}
	}
}

func TestFromFS(t *testing.T) {
	tree, err := FromFS(fstest.MapFS{"b/c.md": {Data: []byte("1")}, "a.md": {Data: []byte("2")}, "empty": {}})
	if err != nil || text(tree) != "a.md=2 b/c.md=1 empty=" {
		t.Errorf("got %s, %v", text(tree), err)
	}
	sub, err := fs.Sub(fstest.MapFS{}, "missing")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := FromFS(sub); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is missing: error %v", err)
	}
}
