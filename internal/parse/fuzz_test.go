package parse

import (
	"strings"
	"testing"
	"unicode/utf8"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/tree"
)

// sound holds for the findings of any text: each has a path, a rule and words
// for people, and points into the text or at the file as a whole.
func sound(t *testing.T, src string, findings []diag.Finding) {
	t.Helper()
	if data, bad := normal([]byte(src)); bad == nil {
		src = string(data)
	}
	lines := strings.Count(src, "\n") + 1
	for _, f := range findings {
		if f.Path == "" || f.Rule == "" || f.Text == "" || !utf8.ValidString(f.String()) {
			t.Errorf("a finding says too little: %+q", f)
		}
		if f.Pos != (diag.Pos{}) && (f.Pos.Line < 1 || f.Pos.Col < 1) {
			t.Errorf("a finding is nowhere: %+v", f)
		}
		if utf8.ValidString(src) && !strings.Contains(src, "\r") && f.Pos.Line > lines {
			t.Errorf("a finding is behind the last of %d lines: %+v", lines, f)
		}
	}
}

func FuzzFile(f *testing.F) {
	for _, s := range mistakes {
		f.Add("incidents/2026-01-02-a.md", s.src)
	}
	f.Add("playbook/index.md", "---\norder: 1\n---\n# A\n")
	f.Add("glossary/PM2021-008 - a.md", "---\nalso: a\n---\n")
	p := NewParser(kb.DefaultConfig())
	f.Fuzz(func(t *testing.T, path, src string) {
		if path == "" {
			return
		}
		r := p.File(tree.NewFile(path, []byte(src)))
		if r.Broken() && diag.Count(r.Findings, diag.Error) == 0 {
			t.Error("broken without an error")
		}
		if utf8.ValidString(path) {
			sound(t, src, r.Findings)
		}
		if !r.Broken() && r.Incident != nil && (r.Incident.ID == "" || r.Incident.Title == "") {
			t.Errorf("an incident without an id or a title: %+v", r.Incident)
		}
	})
}

func FuzzConfig(f *testing.F) {
	for _, s := range badConfigs {
		f.Add(s.src)
	}
	f.Add("title: a\nbase_url: https://example.com/kb\nseverities: [{id: a}, {id: b}]\nnavigation: [{title: a, url: /a}]\n")
	f.Fuzz(func(t *testing.T, src string) {
		c, findings, ok := Config(tree.NewFile(ConfigPath, []byte(src)))
		if ok == (diag.Count(findings, diag.Error) > 0) {
			t.Errorf("ok is %v with the findings %v", ok, findings)
		}
		sound(t, src, findings)
		if c.BaseURL == nil || c.Zone == nil || c.Language == "" || c.Title == "" {
			t.Errorf("settings with holes: %+v", c)
		}
		if ok && (!strings.HasPrefix(c.BaseURL.Path, "/") || !strings.HasSuffix(c.BaseURL.Path, "/")) {
			t.Errorf("the path of %s neither begins nor ends with a slash", c.BaseURL)
		}
	})
}
