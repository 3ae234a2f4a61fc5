package build

import (
	"strings"

	"debrief/internal/diag"
	"debrief/internal/tree"
)

// Problems makes findings of the files that could not be read from a folder,
// ContentFolder or LayoutsFolder.
func Problems(folder string, problems []tree.Problem) []diag.Finding {
	var findings []diag.Finding
	for _, p := range problems {
		findings = append(findings, diag.Finding{Path: folder + p.Path, Level: diag.Error, Rule: "file", Text: p.Text,
			Hint: "put the file itself here, or remove it"})
	}
	return findings
}

// Source returns the bytes of the file that a finding is about, or nil.
func (in Input) Source(path string) []byte {
	from, rest := in.Content, path
	if p, ok := strings.CutPrefix(path, ContentFolder); ok {
		rest = p
	} else if p, ok := strings.CutPrefix(path, LayoutsFolder); ok {
		from, rest = in.Layouts, p
	}
	f, ok := from.File(rest)
	if !ok {
		return nil
	}
	return f.Data
}
