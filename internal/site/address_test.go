package site_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"debrief/internal/diag"
	"debrief/internal/site"
)

// hashes matches the hash at the end of an address that another page has too.
var hashes = regexp.MustCompile(`-[0-9a-f]{6}/`)

func TestSlug(t *testing.T) {
	for _, test := range []struct{ words, want string }{
		{"Anchors not found", "anchors-not-found"},
		{"  --A__b  ", "a-b"},
		{"Don’t panic, it's DNS", "dont-panic-its-dns"},
		{"Über Größe", "über-größe"},
		{"再ローカライズ 失敗", "再ローカライズ-失敗"},
		{"кэш: всё упало", "кэш-всё-упало"},
		{norm.NFD.String("Café"), norm.NFC.String("café")},
		{"🔥🔥", ""},
		{"../../etc/passwd", "etc-passwd"},
		{"a%2fb\\c:d*?\"<>|", "a-2fb-c-d"},
		{"x\u202ey\x00z", "x-y-z"},
		{"", ""},
	} {
		if got := site.Slug(test.words); got != test.want {
			t.Errorf("Slug(%q) = %q, want %q", test.words, got, test.want)
		}
	}
}

// TestSlugLength tells that a slug fits into a file's name, which most file
// systems limit to 255 bytes, with room for a date and an extension.
func TestSlugLength(t *testing.T) {
	for _, letter := range []string{"a", "a ", "é", "失", "𠀀", "𝔞"} {
		got := site.Slug(strings.Repeat(letter, 300))
		if len(got) > 255-len("2026-03-12-")-len(".md") || utf8.RuneCountInString(got) > 80 {
			t.Errorf("the slug of many %q is %d bytes, %d characters long", letter, len(got), utf8.RuneCountInString(got))
		}
		if strings.HasSuffix(got, "-") || got == "" || !utf8.ValidString(got) {
			t.Errorf("the slug of many %q is %q", letter, got)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, test := range []struct {
		name    string
		content files
		want    map[string]string // path -> address, with HASH for a hash
	}{
		{"an id", files{"incidents/2026/x.md": "---\nid: INC-2026-014\n---\n"},
			map[string]string{"incidents/2026/x.md": "incidents/inc-2026-014/"}},
		{"a uuid", files{"incidents/x.md": "---\nuuid: 0fbd6c81-6f6e-4f5b-9a41-0bb1bb7d1a55\n---\n"},
			map[string]string{"incidents/x.md": "incidents/0fbd6c81-6f6e-4f5b-9a41-0bb1bb7d1a55/"}},
		{"a slug before an id", files{"incidents/2026/x.md": "---\nid: INC-1\nslug: The Big One\n---\n"},
			map[string]string{"incidents/2026/x.md": "incidents/the-big-one/"}},
		{"a slug of a plain page stays in its folder", files{"docs/how to/x.md": "---\nslug: y\n---\n"},
			map[string]string{"docs/how to/x.md": "docs/how-to/y/"}},
		{"an id in the file's name", files{"incidents/PM2021-008 - The cache.md": "# The cache"},
			map[string]string{"incidents/PM2021-008 - The cache.md": "incidents/pm2021-008/"}},
		{"the path, not the title", files{"incidents/2026/2026-03-12-anchors.md": "# Another title", "glossary/Spatial Anchor.md": ""},
			map[string]string{"incidents/2026/2026-03-12-anchors.md": "incidents/2026/2026-03-12-anchors/", "glossary/Spatial Anchor.md": "glossary/spatial-anchor/"}},
		{"index files", files{"index.md": "", "playbook/index.md": "", "docs/README.md": "", "docs/api/_index.md": "", "incidents/2026/big/index.md": ""},
			map[string]string{"index.md": "", "playbook/index.md": "playbook/", "docs/README.md": "docs/", "docs/api/_index.md": "docs/api/",
				"incidents/2026/big/index.md": "incidents/2026/big/"}},
		{"an index file beside another that has an address of its own", files{"docs/README.md": "---\nslug: notes\n---\n", "docs/index.md": "",
			"incidents/x/index.md": "---\nid: INC-1\n---\n", "incidents/x/README.md": "---\nid: INC-2\n---\n"},
			map[string]string{"docs/index.md": "docs/", "docs/README.md": "docs/notes/", "incidents/x/index.md": "incidents/inc-1/", "incidents/x/README.md": "incidents/inc-2/"}},
		{"three files of one title", files{"incidents/PM2021-005 - Down.md": "# Down", "incidents/PM2021-006 - Down.md": "# Down", "incidents/PM2021-007 - Down.md": "# Down"},
			map[string]string{"incidents/PM2021-005 - Down.md": "incidents/pm2021-005/", "incidents/PM2021-006 - Down.md": "incidents/pm2021-006/",
				"incidents/PM2021-007 - Down.md": "incidents/pm2021-007/"}},
		{"an id comes before a path", files{"incidents/a/inc-1.md": "", "incidents/inc-2.md": "", "incidents/z.md": "---\nid: INC-2\n---\n"},
			map[string]string{"incidents/z.md": "incidents/inc-2/", "incidents/inc-2.md": "incidents/inc-2-HASH/"}},
		{"Unicode", files{"glossary/Überlast.md": "", "glossary/再ローカライズ.md": ""},
			map[string]string{"glossary/Überlast.md": "glossary/überlast/", "glossary/再ローカライズ.md": "glossary/再ローカライズ/"}},
		{"decomposed letters", files{norm.NFD.String("glossary/café.md"): ""},
			map[string]string{norm.NFD.String("glossary/café.md"): norm.NFC.String("glossary/café/")}},
		{"names that Windows keeps for itself", files{"con.md": "", "aux/nul.md": "", "docs/COM1.md": "", "docs/com9.md": "", "docs/lpt9.md": ""},
			map[string]string{"con.md": "con-/", "aux/nul.md": "aux-/nul-/", "docs/COM1.md": "docs/com1-/", "docs/com9.md": "docs/com9-/", "docs/lpt9.md": "docs/lpt9-/"}},
		{"names without a letter", files{"glossary/!!!.md": "", "glossary/🔥.md": ""},
			map[string]string{"glossary/!!!.md": "glossary/x-HASH/", "glossary/🔥.md": "glossary/x-HASH/"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := test.content.make(t, site.Options{})
			for p, want := range test.want {
				e := entry(t, s, p)
				if got := hashes.ReplaceAllString(e.Address, "-HASH/"); got != want {
					t.Errorf("%s is at %q, want %q", p, got, want)
				}
				if at, ok := s.At(e.Address); !ok || at != e {
					t.Errorf("At(%q) is not %s", e.Address, p)
				}
			}
			unique(t, s)
		})
	}
}

// unique checks what is true of all addresses: no two are the same, not even
// on a file system that takes capitals for small letters, and each can be a path.
func unique(t *testing.T, s *site.Site) {
	t.Helper()
	seen := map[string]string{}
	for _, e := range s.Entries {
		key := strings.ToLower(norm.NFC.String(e.Address))
		if other, twice := seen[key]; twice {
			t.Errorf("%s and %s are both at %q", e.Path, other, e.Address)
		}
		seen[key] = e.Path
		if p := e.Address + "index.html"; !fs.ValidPath(p) {
			t.Errorf("the address %q of %s is no path", e.Address, e.Path)
		}
	}
}

// TestAddressesOfLikeNames is about files whose names differ only in what a
// slug drops. Each keeps its address when others come: people have it in
// their bookmarks.
func TestAddressesOfLikeNames(t *testing.T) {
	before := files{"glossary/a-b.md": "", "glossary/a_b.md": ""}
	addresses := func(content files) map[string]string {
		s := content.make(t, site.Options{})
		unique(t, s)
		all := map[string]string{}
		for _, e := range s.Entries {
			all[e.Path] = e.Address
		}
		return all
	}
	old := addresses(before)
	if got := old["glossary/a-b.md"]; got != "glossary/a-b/" {
		t.Errorf("the file that is named like its address is at %s", got)
	}
	if got := hashes.ReplaceAllString(old["glossary/a_b.md"], "-HASH/"); got != "glossary/a-b-HASH/" {
		t.Errorf("the other one is at %s", got)
	}
	for _, other := range []string{"glossary/zebra.md", "glossary/aardvark.md", "glossary/a~b.md", "glossary/A-b.md", "glossary/a b.md", "glossary/a!b.md"} {
		after := files{other: ""}
		for p := range before {
			after[p] = ""
		}
		now := addresses(after)
		for p, address := range old {
			if now[p] != address {
				t.Errorf("%s moves from %s to %s when %s is added", p, address, now[p], other)
			}
		}
	}
}

func TestDuplicates(t *testing.T) {
	for _, test := range []struct {
		name    string
		content files
		want    string // the only finding
		kept    string
	}{
		{"one id twice", files{"incidents/a.md": "---\nid: INC-1\n---\n", "incidents/b.md": "---\ntitle: B\nid: inc-1\n---\n"},
			"incidents/b.md:3:5: error: the id inc-1 is also that of incidents/a.md (give one of the two another id) [duplicate-id]", "incidents/a.md"},
		{"one uuid twice", files{"incidents/a.md": "---\nuuid: u-1\n---\n", "incidents/b.md": "---\nuuid: u-1\n---\n"},
			"incidents/b.md:2:7: error: the id u-1 is also that of incidents/a.md (give one of the two another id) [duplicate-id]", "incidents/a.md"},
		{"ids that differ only in what a slug drops", files{"incidents/a.md": "---\nid: INC 1\n---\n", "incidents/b.md": "---\nid: INC-1\n---\n"},
			"incidents/b.md:2:5: error: the address /incidents/inc-1/ is also that of incidents/a.md (give one of the two another slug) [duplicate-address]", "incidents/a.md"},
		{"one slug twice", files{"docs/a.md": "---\nslug: same\n---\n", "docs/b.md": "---\nslug: Same\n---\n"},
			"docs/b.md:2:7: error: the address /docs/same/ is also that of docs/a.md (give one of the two another slug) [duplicate-address]", "docs/a.md"},
		{"two pages of one folder", files{"README.md": "", "index.md": ""},
			"README.md:1:1: error: index.md is the page of this folder already (keep one of the two, or give this one a slug) [duplicate-address]", "index.md"},
		{"two pages of a folder, one in Hugo's way", files{"docs/README.md": "", "docs/_index.md": ""},
			"docs/README.md:1:1: error: docs/_index.md is the page of this folder already (keep one of the two, or give this one a slug) [duplicate-address]", "docs/_index.md"},
		{"two pages of an incident's folder", files{"incidents/PM-1 - Down/_index.md": "", "incidents/PM-1 - Down/index.md": ""},
			"incidents/PM-1 - Down/_index.md:1:1: error: incidents/PM-1 - Down/index.md is the page of this folder already (keep one of the two, or give this one a slug) [duplicate-address]", "incidents/PM-1 - Down/index.md"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := test.content.make(t, site.Options{})
			if got := strings.TrimSpace(lines(s.Findings())); got != test.want {
				t.Errorf("findings\n got %s\nwant %s", got, test.want)
			}
			if got := paths(s.Entries); got != test.kept {
				t.Errorf("kept %s, want %s", got, test.kept)
			}
		})
	}
}

// TestLinkToLeftOut tells that a page that has lost its address says so to
// those who link to it.
func TestLinkToLeftOut(t *testing.T) {
	s := files{"incidents/a.md": "---\nid: I\n---\n", "incidents/b.md": "---\nid: I\n---\n", "about.md": "[b](incidents/b.md)"}.make(t, site.Options{})
	got := lines(s.Findings())
	if !strings.Contains(got, "about.md:1:1: error: incidents/b.md is left out: the id I is also that of incidents/a.md") {
		t.Errorf("findings\n%s", got)
	}
}

func TestRedirects(t *testing.T) {
	for _, test := range []struct {
		alias string
		want  string // path of the redirect, or part of the finding
	}{
		{"/old/path/", "old/path/index.html"},
		{"old/path", "old/path/index.html"},
		{"/old.html", "old.html"},
		{"/a/./b/../c/", "a/c/index.html"},
		{"/alt/ünï/", "alt/ünï/index.html"},
		{norm.NFD.String("/café/"), norm.NFC.String("café/index.html")},
		{"../../x", "is not a path on the site"},
		{"/../x", "is not a path on the site"},
		{"a/../../x", "is not a path on the site"},
		{"../x.html", "is not a path on the site"},
		{"//evil.example/x", "is not a path on the site"},
		{"https://evil.example/", "is not a path on the site"},
		{`..\\..\\x`, "is not a path on the site"},
		{"%2e%2e%2fx", "is not a path on the site"},
		{"/a%2fb/", "is not a path on the site"},
		{"/x#y/", "is not a path on the site"},
		{"/x?y/", "is not a path on the site"},
		{`/x\u0007/`, "is not a path on the site"},
		{"/other/", "is the address of other.md"},
		{"/other/index.html", "is the address of other.md"},
		{"/shared/", "is also one of about.md"},
	} {
		t.Run(test.alias, func(t *testing.T) {
			s := files{
				"page.md":  "---\ntitle: T\naliases: [\"" + test.alias + "\"]\n---\n",
				"other.md": "# Other",
				"about.md": "---\naliases: /shared/\n---\n",
			}.make(t, site.Options{})
			if finding, ok := strings.CutPrefix(test.want, "is "); ok {
				got := lines(s.Findings())
				if len(s.Findings()) != 1 || !strings.Contains(got, "is "+finding) || !strings.HasPrefix(got, "page.md:3:10: error: the alias ") {
					t.Errorf("findings\n%swant one: %s", got, test.want)
				}
				if len(s.Redirects) != 1 {
					t.Errorf("redirects %v, want that of about.md only", s.Redirects)
				}
				return
			}
			if f := s.Findings(); len(f) > 0 {
				t.Errorf("findings %v", f)
			}
			for _, r := range s.Redirects {
				if r.To.Path == "page.md" && r.Path == test.want {
					return
				}
			}
			t.Errorf("there is no redirect at %s", test.want)
		})
	}
}

// TestRedirectOfEtc tells that an absolute path is one on the site, not on the machine.
func TestRedirectOfEtc(t *testing.T) {
	s := files{"page.md": "---\naliases: [/etc, /etc/passwd]\n---\n"}.make(t, site.Options{})
	var got []string
	for _, r := range s.Redirects {
		got = append(got, r.Path)
	}
	if g := strings.Join(got, " "); g != "etc/index.html etc/passwd/index.html" {
		t.Errorf("redirects %s", g)
	}
}

// TestOwnAlias tells that an alias which is the page's own address, or is
// written twice, is no mistake.
func TestOwnAlias(t *testing.T) {
	s := files{"page.md": "---\naliases: [/page/, page, /old/, /old, /old/index.html]\n---\n"}.make(t, site.Options{})
	if n := diag.Count(s.Findings(), diag.Error); n > 0 || len(s.Redirects) != 1 {
		t.Errorf("findings %v, redirects %v", s.Findings(), s.Redirects)
	}
}
