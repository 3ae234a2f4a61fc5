package exchange

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/tree"
)

// Texts come in the encodings of the machines on which they were written.
func TestEncodings(t *testing.T) {
	latin := func(s string) string {
		out, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("# “Räume”\r\n\r\nText.\r\n")
	if err != nil {
		t.Fatal(err)
	}
	const head = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\"></head><body>"
	from, content := folder(t, map[string]string{
		"bom.md":     "\ufeff---\r\ntitle: “Räume”\r\n---\r\nText.\r\nMore.\r\n",
		"latin.md":   latin("# “Räume”\n\nText.\n"),
		"wide.md":    wide,
		"word.html":  latin(head + "<h1>“Räume”</h1><p>Text.</p></body></html>"),
		"plain.html": "<h1>“Räume”</h1><p>Text.</p>",
		"binary.md":  "# x\x00\x01",
		"large.md":   "# x\n" + strings.Repeat("word ", maxText/5),
		"large.html": "<p>" + strings.Repeat("word ", maxText/5) + "</p>",
		"deep.html":  strings.Repeat("<div>", 100000),
		"empty.md":   "",
	}), t.TempDir()
	r := bringIn(t, from, content, nil)
	for _, name := range []string{"bom.md", "latin.md", "wide.md", "word.html", "plain.html"} {
		f := state(r, name)
		if text := texts(t, content)[f.To]; f.State != New || !strings.Contains(text, "title: “Räume”\n") || strings.ContainsAny(text, "\r\ufeff") || !strings.Contains(text, "Text.") {
			t.Errorf("%s: %q\n%s", name, text, reportText(r))
		}
	}
	for name, want := range map[string]State{"binary.md": Skipped, "large.md": Failed, "large.html": Failed, "deep.html": Failed, "empty.md": New} {
		if f := state(r, name); f.State != want || want != New && f.Why == "" {
			t.Errorf("%s is %s (%s), want %s", name, f.State, f.Why, want)
		}
	}
	reads(t, content)
}

func TestTimeIn(t *testing.T) {
	day := kb.Date{Year: 2031, Month: time.May, Day: 8}
	for _, test := range []struct {
		text string
		h    hints
		want string // "" when it cannot be read
	}{
		{"2031-05-08", hints{}, "2031-05-08"},
		{"2031-05-08T14:02:00Z", hints{}, "2031-05-08T14:02:00Z"},
		{"2031-05-08T14:02:00-07:00", hints{zone: "UTC"}, "2031-05-08T14:02:00-07:00"},
		{"2031-05-08 14:02", hints{}, "2031-05-08T14:02:00"},
		{"2031-05-08 14:02", hints{zone: "UTC"}, "2031-05-08T14:02:00Z"},
		{"2031-05-08 14:02 UTC", hints{zone: "CET"}, "2031-05-08T14:02:00Z"},
		{"2031-05-08 14:02 (CEST)", hints{}, "2031-05-08T14:02:00+02:00"},
		{"2031-05-08 14:02 UTC+2", hints{}, ""},
		{"2031-05-08 14:02 UTC+02:00", hints{}, "2031-05-08T14:02:00+02:00"},
		{"2031-05-08 14:02 +0530", hints{}, "2031-05-08T14:02:00+05:30"},
		{"8 May 2031", hints{}, "2031-05-08"},
		{"Thursday, May 8th, 2031 at 2:21 PM PDT", hints{}, "2031-05-08T14:21:00-07:00"},
		{"Sept 3 2031", hints{}, "2031-09-03"},
		{"2031/05/08 07:00:30 GMT", hints{}, "2031-05-08T07:00:30Z"},
		{"14:02", hints{day: day, zone: "UTC"}, "2031-05-08T14:02:00Z"},
		{"2:02 pm PST", hints{day: day}, "2031-05-08T14:02:00-08:00"},
		{"14:02", hints{}, ""},
		{"1628-08-10", hints{}, "1628-08-10"},
		{"8/5/2031", hints{}, ""},
		{"2031-05-08 14:02 CST", hints{}, ""}, // in America, in China, or in Cuba
		{"~14:02", hints{day: day}, ""},
		{"2031-02-30", hints{}, ""},
		{"2031-05-08 14:02 - 15:00 UTC", hints{}, ""},
		{"soon", hints{day: day}, ""},
		{"", hints{day: day}, ""},
	} {
		got, ok := timeIn(test.text, test.h)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
		if w, err := kb.ParseWhen(got, time.UTC); ok && (err != nil || !w.Known()) {
			t.Errorf("%q gives %q, which debrief does not read", test.text, got)
		}
	}
}

// What is filled in is what debrief reads.
func TestReadsBack(t *testing.T) {
	from, content := folder(t, map[string]string{"a.md": `# Yes: "it" is #1

**Severity:** 2
**Services:** on, 0x1F, null, 2026-01-02, a:b
**Summary:** - no: 'quotes' # or comments
**Started:** 2031-05-08 14:02 UTC
**Author:** @no
**Owner:** yes
**Impact:** {18400} people, "rooms": gone
`}), t.TempDir()
	scale := kb.DefaultConfig()
	scale.Severities = []kb.Severity{{ID: "1"}, {ID: "2"}}
	r := bringIn(t, from, content, func(im *Import) { im.Config = scale })
	to := state(r, "a.md").To
	text := texts(t, content)[to]
	result := parse.NewParser(scale).File(tree.NewFile(to, []byte(text)))
	in := result.Incident
	if in == nil || diag.Count(result.Findings, diag.Error) > 0 {
		t.Fatalf("%v\n%s", result.Findings, text)
	}
	got := fmt.Sprintf("%s|%s|%s|%s|%s|%s|%v|%s", in.Title, in.Severity, strings.Join(in.Services, "+"), in.Summary,
		in.Started.Time.Format(time.RFC3339), strings.Join(in.Authors, "+"), in.Roles, in.Impact.Summary)
	const want = `Yes: "it" is #1|2|on+0x1F+null+2026-01-02+a:b|- no: 'quotes' # or comments|2031-05-08T14:02:00Z|no|[{owner yes}]|{18400} people, "rooms": gone`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s\nof\n%s", got, want, text)
	}
}

// TestCorpora imports real post-mortems, where they are there, into empty sites.
func TestCorpora(t *testing.T) {
	for name, want := range map[string]int{"dfds": 39, "moj": 39, "icco": 121} {
		from := filepath.Join("../../../shared/corpus", name)
		if _, err := os.Stat(from); err != nil {
			t.Skip("the corpora are not here")
		}
		content := t.TempDir()
		r := bringIn(t, from, content, nil)
		if r.Count(New) != want || r.Count(Failed) > 0 {
			t.Errorf("%s: %d are new, want %d", name, r.Count(New), want)
		}
		reads(t, content)
		ids := map[string]string{}
		p := parse.NewParser(kb.DefaultConfig())
		for path, text := range texts(t, content) {
			if in := p.File(tree.NewFile(path, []byte(text))).Incident; in != nil {
				if other, twice := ids[in.ID]; twice {
					t.Errorf("%s and %s have one id", path, other)
				}
				ids[in.ID] = path
			}
		}
		before := texts(t, content)
		if r = bringIn(t, from, content, nil); r.Count(Unchanged) != want {
			t.Errorf("%s: %d of %d are unchanged", name, r.Count(Unchanged), want)
		}
		unchanged(t, before, texts(t, content))
	}
}
