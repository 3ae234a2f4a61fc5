package search

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
)

// A store is the files of the search in one, kept on disk so that the terminal
// need not index a site again that has not changed. It is a zip archive of what
// Lists.File returns, and of a label that says what it was made from. It can be
// thrown away at any time.

// Label says what a store was made from.
type Label struct {
	Stamp   string // changes with anything that the files of the search are made from
	BaseURL string // of the site
	Errors  int    // in the content
}

const labelName = "label.json"

// ErrStore is a store that cannot be used: cut off, changed, or of another
// version.
var ErrStore = errors.New("the stored index cannot be used")

// WriteStore writes the files of the search.
func WriteStore(w io.Writer, label Label, l *Lists) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	add := func(name string, data []byte) error {
		method := zip.Deflate
		if path.Ext(name) == ".bin" {
			method = zip.Store // compressed already
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return err
	}
	data, err := json.Marshal(label)
	if err != nil {
		return err
	}
	if err := add(labelName, data); err != nil {
		return err
	}
	for _, p := range l.Paths() {
		data, ok := l.File(p)
		if !ok {
			return fmt.Errorf("search: there is no %s", p)
		}
		if err := add(p, data); err != nil {
			return err
		}
	}
	return z.Close()
}

// Store is a store that has been opened.
type Store struct {
	Label
	files map[string]*zip.File
}

// OpenStore reads what WriteStore wrote. The error wraps ErrStore when the
// bytes make no sense.
func OpenStore(r io.ReaderAt, size int64) (*Store, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	s := &Store{files: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		s.files[f.Name] = f
	}
	data, err := s.Fetch(labelName)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &s.Label); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	return s, nil
}

// Fetch returns a file, for Open. The error wraps ErrStore when it is not there
// or damaged.
func (s *Store) Fetch(path string) ([]byte, error) {
	f, ok := s.files[path]
	if !ok {
		return nil, fmt.Errorf("%w: there is no %s in it", ErrStore, path)
	}
	if f.UncompressedSize64 > maxUnpacked {
		return nil, fmt.Errorf("%w: %s is too large", ErrStore, path)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	defer r.Close()
	var b bytes.Buffer
	if _, err := io.Copy(&b, r); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	return b.Bytes(), nil
}

// IsDamaged tells whether an error means that the files of the search make no
// sense, so that making them anew will do.
func IsDamaged(err error) bool {
	return errors.Is(err, ErrStore) || errors.Is(err, errDamaged) || errors.Is(err, errStale)
}
