//go:build unix

package tree

import (
	"path/filepath"
	"syscall"
	"testing"
)

// Opening a pipe would wait for a writer for ever.
func TestReaderRefusesPipes(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := newReader(t, dir)
	if tree, problems := read(t, r); text(tree) != "" || problems != "pipe.md is not a regular file" {
		t.Errorf("got %s, problems %s", text(tree), problems)
	}
	if _, ok, err := r.Look("pipe.md"); ok || err != nil {
		t.Errorf("Look: %v, %v", ok, err)
	}
}
