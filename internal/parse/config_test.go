package parse

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/tree"
)

// badConfigs are settings that cannot be relied on, each with one mistake or a
// few of a kind. The golden file shows the words that an author reads.
var badConfigs = []sample{
	{"UTF-16", "\xff\xfet\x00"},
	{"NUL", "title: a\x00"},
	{"not YAML", "title: a: b\n"},
	{"a list", "- title\n"},
	{"second document", "title: a\n---\ntitle: b\n"},
	{"duplicate key", "title: a\ntitle: b\n"},
	{"anchor", "title: &a b\n"},
	{"misspelt keys", "titel: a\nbase-url: https://example.com/\nTitle: b\ntimezone: UTC\n"},
	{"unknown keys", "theme: dark\nplugins: []\n"},
	{"key of front matter", "draft: true\n"},
	{"title that is a list", "title: [a]\n"},
	{"base_url without a scheme", "base_url: example.com\n"},
	{"base_url of another scheme", "base_url: ftp://example.com/\n"},
	{"base_url without a host", "base_url: https:///kb/\n"},
	{"base_url with a query", "base_url: https://example.com/?a=b\n"},
	{"base_url with a fragment", "base_url: https://example.com/#a\n"},
	{"base_url with a user", "base_url: https://user@example.com/\n"},
	{"base_url that climbs", "base_url: https://example.com/a/../b/\n"},
	{"base_url with two slashes", "base_url: https://example.com//kb/\n"},
	{"base_url with a script", "base_url: javascript:alert(1)\n"},
	{"base_url with a broken escape", "base_url: https://example.com/%zz\n"},
	{"language by its name", "language: English\n"},
	{"language with odd characters", "language: \"en\\\"><script>\"\n"},
	{"time_zone that is none", "time_zone: Berlin\n"},
	{"time_zone of the machine", "time_zone: Local\n"},
	{"time_zone that climbs", "time_zone: ../../etc/passwd\n"},
	{"severities that are words", "severities: [SEV1]\n"},
	{"severities that are a mapping", "severities: {id: SEV1}\n"},
	{"severity without an id", "severities:\n  - {id: SEV1}\n  - {name: a}\n"},
	{"severity twice", "severities:\n  - {id: SEV1}\n  - {id: sev-1}\n"},
	{"severity with a misspelt key", "severities:\n  - {id: SEV1, nmae: a}\n"},
	{"navigation that is a word", "navigation: /a/\n"},
	{"navigation without a title", "navigation:\n  - {url: /a/}\n"},
	{"navigation without an address", "navigation:\n  - {title: a}\n"},
	{"navigation without a slash", "navigation:\n  - {title: a, url: incidents}\n"},
	{"navigation with a script", "navigation:\n  - {title: a, url: \"javascript:alert(1)\"}\n"},
	{"navigation to nowhere", "navigation:\n  - {title: a, url: \"%zz\"}\n"},
	{"navigation with a misspelt key", "navigation:\n  - {title: a, url: /a/, weigth: 1}\n"},
	{"edit_url without a place for the path", "edit_url: https://example.com/edit\n"},
	{"edit_url of another scheme", "edit_url: \"javascript:{path}\"\n"},
	{"edit_url without a scheme", "edit_url: example.com/{path}\n"},
	{"raw_html that is neither", "raw_html: sometimes\n"},
	{"audience that is neither", "audience: staff\n"},
	{"audience that is empty", "audience:\n"},
	{"audience by other names", "audiance: public\nvisibility: public\n"},
	{"services with mistakes", "services:\n  - a\n  - {id: A, owner: b}\n  - {owner: c}\n  - {id: d, url: \"javascript:x\", onwer: e}\n"},
	{"factors that are numbers of lists", "factors: [[a], b]\n"},
	{"start_here without an incident", "start_here:\n  - {why: because}\n"},
	{"ticket_url without a ticket", "ticket_url: https://tickets.example.org/\n"},
	{"clock with mistakes", "clock:\n  meeting: soon\n  plna: 24 hours\n  weekend: [saturday, caturday]\n  holidays: [christmas]\n  severities:\n    SEV9: {meeting: 1 day}\n    SEV1: {plan: 99999 hours}\n"},
	{"a week of weekends", "clock: {weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}\n"},
	{"many mistakes at once", "titel: a\nlanguage: x\ntime_zone: y\n"},
}

func TestBadConfig(t *testing.T) {
	var b strings.Builder
	for _, s := range badConfigs {
		_, findings, ok := Config(tree.NewFile(ConfigPath, []byte(s.src)))
		if ok || diag.Count(findings, diag.Error) == 0 {
			t.Errorf("%s: ok is %v with the findings %v", s.name, ok, findings)
		}
		b.WriteString(report(s, "refused", findings))
	}
	golden(t, "testdata/config.golden", b.String())
}

// Two severities without an id are two mistakes, not a crash.
func TestConfigSeveritiesWithoutID(t *testing.T) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("panic: %v", r)
		}
	}()
	_, findings, ok := Config(tree.NewFile(ConfigPath, []byte("severities:\n  - {name: a}\n  - {name: b}\n")))
	if ok || len(findings) == 0 {
		t.Errorf("ok is %v, findings %v", ok, findings)
	}
}

// A site.yaml too large to be held in memory arrives without its data, and must
// not be taken for an empty one.
func TestConfigTooLarge(t *testing.T) {
	if _, findings, ok := Config(tree.File{Path: ConfigPath, Size: tree.MaxLoaded + 1}); ok {
		t.Errorf("ok, with the findings %v", findings)
	}
}

// No settings, or empty ones, are the default ones.
func TestConfigDefault(t *testing.T) {
	for _, src := range []string{"", "# nothing\n", "---\n", "~\n", "title:\nbase_url: ''\nlanguage: \"\"\ntime_zone: ~\nseverities:\nnavigation:\nedit_url:\nraw_html:\ndescription:\n"} {
		c, findings, ok := Config(tree.NewFile(ConfigPath, []byte(src)))
		if !ok || len(findings) > 0 || !reflect.DeepEqual(c, kb.DefaultConfig()) {
			t.Errorf("%q: ok is %v, findings %v, config %+v", src, ok, findings, c)
		}
	}
}

// Each key as it should be.
func TestConfig(t *testing.T) {
	read := func(t *testing.T, src string) kb.Config {
		t.Helper()
		c, findings, ok := Config(tree.NewFile(ConfigPath, []byte(src)))
		if !ok || len(findings) > 0 {
			t.Fatalf("%q: ok is %v, findings %v", src, ok, findings)
		}
		return c
	}
	for _, test := range []struct {
		src  string
		get  func(kb.Config) string
		want string
	}{
		{"title: Lessons", func(c kb.Config) string { return c.Title }, "Lessons"},
		{"title: ' a '", func(c kb.Config) string { return c.Title }, "a"},
		{"description: What we learn.", func(c kb.Config) string { return c.Description }, "What we learn."},
		{"base_url: https://example.com", func(c kb.Config) string { return c.BaseURL.String() }, "https://example.com/"},
		{"base_url: http://localhost:8080/kb", func(c kb.Config) string { return c.BaseURL.String() }, "http://localhost:8080/kb/"},
		{"base_url: https://example.com/a/b/", func(c kb.Config) string { return c.BaseURL.String() }, "https://example.com/a/b/"},
		{"language: de", func(c kb.Config) string { return c.Language }, "de"},
		{"language: pt-br", func(c kb.Config) string { return c.Language }, "pt-BR"},
		{"language: zh-hant-TW", func(c kb.Config) string { return c.Language }, "zh-Hant-TW"},
		{"time_zone: UTC", func(c kb.Config) string { return c.Zone.String() }, "UTC"},
		{"time_zone: Europe/Berlin", func(c kb.Config) string { return c.Zone.String() }, "Europe/Berlin"},
		{"severities: [{id: P1, name: Bad, description: d}, {id: P2}]", func(c kb.Config) string { return fmt.Sprint(c.Severities) }, "[{P1 Bad d} {P2  }]"},
		{"navigation: [{title: a, url: /b/}, {title: c, url: \"https://example.com\"}]", func(c kb.Config) string { return fmt.Sprint(c.Navigation) }, "[{a /b/ {1 30}} {c https://example.com {1 52}}]"},
		{"navigation: []", func(c kb.Config) string { return fmt.Sprint(len(c.Navigation)) }, "0"},
		{"edit_url: https://example.com/edit/{path}", func(c kb.Config) string { return c.EditURL }, "https://example.com/edit/{path}"},
		{"raw_html: true", func(c kb.Config) string { return fmt.Sprint(c.RawHTML) }, "true"},
		{"raw_html: No", func(c kb.Config) string { return fmt.Sprint(c.RawHTML) }, "false"},
		{"\ufefftitle: a\r\ndescription: b\r\n", func(c kb.Config) string { return c.Title + c.Description }, "ab"},
	} {
		if got := test.get(read(t, test.src)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.src, got, test.want)
		}
	}
}
