package scaffold

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"debrief/internal/kb"
	"debrief/internal/schema"
)

// SchemaFolder is the folder in the content folder that holds the schemas for
// editors. It is hidden, so it is no part of the site.
const SchemaFolder = ".schema"

// Schemas makes the schemas in the content folder say what a site with these
// settings may hold, and returns the paths of those that it wrote. Unlike pages,
// they are debrief's own, and replaced.
func Schemas(contentDir string, config kb.Config) ([]string, error) {
	root, err := os.OpenRoot(contentDir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if err := root.MkdirAll(SchemaFolder, 0o755); err != nil {
		return nil, err
	}
	var written []string
	for _, f := range []struct {
		name   string
		schema *schema.Schema
	}{{"incident.json", schema.Incident(config)}, {"site.json", schema.Site()}} {
		name, data := path.Join(SchemaFolder, f.name), f.schema.JSON()
		old, err := root.ReadFile(filepath.FromSlash(name))
		if err == nil && bytes.Equal(old, data) {
			continue
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return written, err
		}
		if err := root.WriteFile(filepath.FromSlash(name), data, 0o644); err != nil {
			return written, fmt.Errorf("write the schemas for editors: %w", err)
		}
		written = append(written, name)
	}
	return written, nil
}

// NamesSchema tells whether a text asks an editor to look at the schemas.
func NamesSchema(text []byte) bool { return bytes.Contains(text, []byte("/"+SchemaFolder+"/")) }
