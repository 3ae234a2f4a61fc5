package exchange

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// RecordPath is where a content folder keeps what was imported into it. It is
// hidden, so it is no part of the site; it belongs into version control.
const RecordPath = ".debrief-import.json"

const recordVersion = 1

// history says what was imported, and what was written for it.
type history struct {
	Version int     `json:"version"`
	Files   []entry `json:"files"`
}

// entry is an imported file. The sums are SHA-256, of the source and of what was
// written, so that a change of either can be told.
type entry struct {
	From   string  `json:"from"` // as seen from the site's folder
	Sum    string  `json:"sum"`
	To     string  `json:"to"` // in the content folder
	Wrote  string  `json:"wrote"`
	Copies []piece `json:"copies,omitempty"`
}

// piece is a file that was copied beside a text.
type piece struct {
	To    string `json:"to"`
	Wrote string `json:"wrote"`
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// readRecord reads the record of a content folder; without one it is empty.
func readRecord(root *os.Root) (history, error) {
	r := history{Version: recordVersion}
	data, err := root.ReadFile(RecordPath)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &r)
	}
	if err == nil && r.Version != recordVersion {
		err = fmt.Errorf("it is of version %d", r.Version)
	}
	for _, e := range r.Files {
		if err == nil {
			err = e.sound()
		}
	}
	if err != nil {
		return r, fmt.Errorf("the record of earlier imports, %s, cannot be used: %w", RecordPath, err)
	}
	return r, nil
}

// sound tells whether an entry names what an import may have written, and nothing
// else of the site: a text among the incidents, and files in the folder beside it.
func (e entry) sound() error {
	beside, text := strings.CutSuffix(e.To, ".md")
	if !fs.ValidPath(e.To) || !text || !strings.HasPrefix(e.To, "incidents/") {
		return fmt.Errorf("%q is no text among the incidents", e.To)
	}
	for _, p := range e.Copies {
		if !fs.ValidPath(p.To) || !strings.HasPrefix(p.To, beside+"/") || formOf(p.To, nil) != noText {
			return fmt.Errorf("%q is no file beside %s", p.To, e.To)
		}
	}
	return nil
}

// find returns the entry of a source, or nil.
func (r *history) find(from string) *entry {
	for i := range r.Files {
		if r.Files[i].From == from {
			return &r.Files[i]
		}
	}
	return nil
}

// write writes the record where it differs from before.
func (r *history) write(root *os.Root) error {
	slices.SortFunc(r.Files, func(a, b entry) int { return cmp.Compare(a.From, b.From) })
	data, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	data = append(data, '\n')
	if old, err := root.ReadFile(RecordPath); err == nil && string(old) == string(data) || errors.Is(err, fs.ErrNotExist) && len(r.Files) == 0 {
		return nil
	}
	return replace(root, RecordPath, data)
}

// replace writes a file so that it is there as a whole or not at all.
func replace(root *os.Root, p string, data []byte) error {
	name := filepath.FromSlash(p)
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(p)), 0o755); err != nil {
		return err
	}
	part := name + ".tmp"
	if err := root.WriteFile(part, data, 0o644); err != nil {
		return err
	}
	if err := root.Rename(part, name); err != nil {
		return errors.Join(err, root.Remove(part))
	}
	return nil
}
