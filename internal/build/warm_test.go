package build_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/build"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
)

// TestWarmEqualsCold is the test of everything that a Builder remembers. One
// Builder lives through a random history of edits; after each of them its site
// has to be, path by path, byte by byte and finding by finding, what a new
// Builder makes of the same input. There is nothing else to get right about
// remembering.
//
// Most histories begin with a small site in which every page is linked to in
// many ways, so that nearly every edit changes other pages than its own. On
// failure the test prints the seed and the edits so far; run that seed alone
// with go test -run 'TestWarmEqualsCold/seed_7'.
func TestWarmEqualsCold(t *testing.T) {
	t.Run("starter", func(t *testing.T) { history(t, 1, 6, starter(t)) })
	for seed := uint64(1); seed <= 2; seed++ {
		if seed > 1 && testing.Short() {
			break
		}
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { history(t, seed, 45, contentOf(t, tangled)) })
	}
}

// tangled is a small site in which everything has to do with everything.
var tangled = map[string]string{
	"site.yaml": "title: Tangled\nbase_url: https://example.org/\n",
	"index.md":  "# Home\n\n[[Drift]] [[INC-1]] [a](/incidents/a.md) [t](/tags/keys/) [r](/services/runtime/) [o](/actions/owners/edge/) [p](/actions/owners/page/)\n",
	"incidents/a.md": "---\nid: INC-1\ntitle: First\nstarted: 2026-01-01\nseverity: SEV1\nstatus: closed\ntags: [keys]\nservices: [runtime]\n---\n\n" +
		"[[Drift]] [[slide]] [[drift#later]] [b](b.md#impact) [c](b.md#second-as-told) ![g](graph.svg)\n\n## Impact\n\nAnchors were lost.\n\n## Actions\n\n- [ ] [Alert](b.md) (@edge, due 2026-01-02, detect)\n- [x] Mend\n",
	"incidents/b.md": "---\nid: INC-2\ntitle: Second\nstarted: 2025-12-31T23:30:00Z\nseverity: SEV2\nstatus: draft\ntags: [keys]\n---\n# Second, as told\n\n" +
		"[[INC-1]] [[First]] [[a#impact]] [x](#second-as-told) [d](../draft.md)\n\n## Impact\n\n## Later\n",
	"incidents/graph.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`,
	"glossary/drift.md":   "---\ntitle: Drift\nalso: [slide]\n---\n\nMoves. [[Jump]] [home](/)\n\n## Later\n",
	"glossary/jump.md":    "# Jump\n\nNot [[drift]]. [t](#jump) [b](/incidents/inc-2/#later)\n",
	"playbook/1.md":       "---\norder: 1\n---\n# Before\n\n[[slide]], [[INC-2]], [[Sceond]], [next](2.md)\n",
	"playbook/2.md":       "---\norder: 2\n---\n# After\n\n[before](1.md#before) [all](/incidents/) [missing](3.md)\n",
	"draft.md":            "---\ndraft: true\n---\n# Draft\n\n[[Drift]]\n",
}

// state is a site's input in the middle of a history of edits.
type state struct {
	*rand.Rand
	in      build.Input
	first   build.Input
	deleted []tree.File
	n       int // makes new names
}

func history(t *testing.T, seed uint64, length int, content tree.Tree) {
	st := &state{Rand: rand.New(rand.NewPCG(seed, seed)), in: build.Input{Content: content, Layouts: theme(t), Options: site.Options{Today: today}}}
	st.first = st.in
	first := build.New()
	defer first.Close()
	first.Build(st.in).Findings()
	warm := first.Cold()
	defer warm.Close()
	warm.Build(st.in).Findings()

	var log []string
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s\nseed %d, edits:\n%s", fmt.Sprintf(format, args...), seed, strings.Join(log, "\n"))
	}
	var old *build.Site // an earlier site, still being shown to somebody
	var oldOutput map[string]string
	var oldFindings string
	for len(log) < length {
		list := edits
		if st.IntN(2) == 0 {
			list = texts
		}
		e := list[st.IntN(len(list))]
		what := e.do(st)
		if what == "" {
			continue
		}
		log = append(log, fmt.Sprintf("%d. %s: %s", len(log)+1, e.name, what))
		s := warm.Build(st.in)
		if st.IntN(4) == 0 {
			continue // nobody asks for anything between two edits
		}
		cold := first.Cold()
		c := cold.Build(st.in)
		want, wantFindings := files(t, c), findings(c)
		if st.IntN(2) == 0 { // what is asked for first makes no difference
			if got := findings(s); got != wantFindings {
				fail("findings differ: %s", firstDifference(got, wantFindings))
			}
		}
		if d := difference(files(t, s), want); d != "" {
			fail("the output differs:\n%s", d)
		}
		if got := findings(s); got != wantFindings {
			fail("findings differ: %s", firstDifference(got, wantFindings))
		}
		if err := cold.Close(); err != nil {
			fail("%v", err)
		}
		if old != nil && st.IntN(4) == 0 {
			if d := difference(files(t, old), oldOutput); d != "" {
				fail("an earlier site has changed:\n%s", d)
			}
			if got := findings(old); got != oldFindings {
				fail("the findings of an earlier site have changed: %s", firstDifference(got, oldFindings))
			}
		}
		old, oldOutput, oldFindings = s, want, wantFindings
	}
}

// files makes every file of a site. A page whose layout fails stands for its error.
func files(t *testing.T, s *build.Site) map[string]string {
	t.Helper()
	paths, err := s.Paths()
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]string, len(paths))
	for _, p := range paths {
		data, ok, err := s.File(p)
		switch {
		case err != nil:
			all[p] = "error: " + err.Error()
		case !ok:
			t.Fatalf("%s is listed and not there", p)
		default:
			all[p] = string(data)
		}
	}
	return all
}

// page picks one of the Markdown files.
func (s *state) page() (tree.File, bool) {
	var all []tree.File
	for _, f := range s.in.Content.Files() {
		if strings.HasSuffix(f.Path, ".md") {
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		return tree.File{}, false
	}
	return all[s.IntN(len(all))], true
}

// put writes a file of the content.
func (s *state) put(path, text string) string {
	s.in.Content = s.in.Content.With(tree.NewFile(path, []byte(text)))
	return path
}

// rewrite changes the text of a random page; it does nothing where change does nothing.
func (s *state) rewrite(change func(text string) string) string {
	f, ok := s.page()
	if !ok {
		return ""
	}
	text := change(string(f.Data))
	if text == string(f.Data) {
		return ""
	}
	return s.put(f.Path, text)
}

func (s *state) pick(words ...string) string { return words[s.IntN(len(words))] }

func (s *state) number() int {
	s.n++
	return s.n
}

// set gives a key of the front matter a value, or takes the key away.
func set(text, key, value string) string {
	if !strings.HasPrefix(text, "---\n") {
		text = "---\n---\n" + text
	}
	line := regexp.MustCompile(`(?m)^` + key + `:.*\n`)
	text = line.ReplaceAllString(text, "")
	if value == "" {
		return text
	}
	return "---\n" + key + ": " + value + "\n" + strings.TrimPrefix(text, "---\n")
}

var (
	wikiLink = regexp.MustCompile(`\[\[[^\]]*\]\]`)
	heading1 = regexp.MustCompile(`(?m)^# .*$`)
	heading2 = regexp.MustCompile(`(?m)^## .*$`)
	words8   = []string{"anchor", "cache", "rotation", "dropped", "quietly", "Überlast", "retry", "headset"}
)

func (s *state) sentence() string {
	var b strings.Builder
	for range 3 + s.IntN(5) {
		b.WriteString(s.pick(words8...) + " ")
	}
	return b.String()
}

// edit is something that people do to a site. do returns what it did, or
// nothing when there was nothing to do it to.
type edit struct {
	name string
	do   func(s *state) string
}

// texts are the edits of an author at work: they change what one page says, and
// what others say of it.
var texts = []edit{
	{"write", func(s *state) string {
		return s.rewrite(func(text string) string { return text + "\n" + s.sentence() + "\n" })
	}},
	{"write at the top", func(s *state) string {
		return s.rewrite(func(text string) string {
			front, body, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
			return "---\n" + front + "\n---\n\n" + s.sentence() + "\n" + body
		})
	}},
	{"new title", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "title", fmt.Sprintf("%s %d", s.sentence(), s.number())) })
	}},
	{"title of another", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "title", s.pick("Drift", "Boot loop", "Same")) })
	}},
	{"another name", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "also", s.pick("[slide]", "[jump, Drift]", "")) })
	}},
	{"add link", func(s *state) string {
		to, ok := s.page()
		if !ok {
			return ""
		}
		link := s.pick("[x](/"+strings.ReplaceAll(to.Path, " ", "%20")+")", "[[drift]]", "[[slide]]", "[[INC-2]]", "[[Drfit]]", "[[Same]]", "[x](/glossary/drift.md#h-later)", "[x](/services/runtime/)", "[x](/tags/keys/)", "[x](#later)")
		return s.rewrite(func(text string) string { return text + "\n" + link + "\n" })
	}},
	{"remove link", func(s *state) string {
		return s.rewrite(func(text string) string {
			if at := wikiLink.FindStringIndex(text); at != nil {
				return text[:at[0]] + text[at[1]:]
			}
			return text
		})
	}},
	{"add heading", func(s *state) string {
		return s.rewrite(func(text string) string { return text + "\n## " + s.pick("Later", "Still later", "Impact") + "\n" })
	}},
	{"change heading", func(s *state) string {
		return s.rewrite(func(text string) string { return heading2.ReplaceAllString(text, "## "+s.pick("Later", "Now")) })
	}},
	{"change the title in the text", func(s *state) string {
		return s.rewrite(func(text string) string {
			return heading1.ReplaceAllString(text, "# "+s.pick("Second, as told", "Told again", "Jump"))
		})
	}},
	{"summary", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "summary", s.pick("", s.sentence())) })
	}},
	{"status", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "status", s.pick("draft", "closed", "")) })
	}},
	{"record", func(s *state) string {
		return s.rewrite(func(text string) string {
			key := s.pick("timezone", "meeting", "resolved", "roles", "impact", "trigger", "safety", "actions", "detected")
			value := map[string][]string{
				"timezone": {"Asia/Tokyo", "America/New_York", ""}, "meeting": {"2026-01-05T10:00:00Z", ""}, "resolved": {"2026-01-01T23:30:00Z", "2026-11-20", ""},
				"roles": {"{owner: runtime, scribe: edge}", "{owner: '<b>'}", ""}, "impact": {"Many waited", "{summary: Few, users: 12}", ""},
				"trigger": {"load", "odd", ""}, "safety": {"injury", "unknown", ""}, "detected": {"2026-01-01T23:40:00Z", ""},
				"actions": {"[{title: Alert, owner: edge, due: 2026-02-01}]", "[{title: Alert, owner: Edge, due: 2026-12-24, type: detect}]", "[{title: Other, owner: 'runtime, page', status: done, closed: 2026-03-01}]", "[{title: A, owner: 🔥}, {title: B, owner: 🦊}]", ""},
			}[key]
			return set(text, key, s.pick(value...))
		})
	}},
	{"owner of an action", func(s *state) string {
		return s.rewrite(func(text string) string {
			return regexp.MustCompile(`@[a-z]+`).ReplaceAllString(text, "@"+s.pick("edge", "runtime", "nobody", "page"))
		})
	}},
	{"event", func(s *state) string {
		return s.rewrite(func(text string) string {
			return text + "\n## Timeline\n\n- 14:0" + s.pick("1", "2") + " UTC " + s.sentence() + "\n- 14:30 " + s.pick("Detected: ", "**Resolved** ", "") + s.sentence() + "\n"
		})
	}},
	{"use a term", func(s *state) string {
		return s.rewrite(func(text string) string {
			return text + "\nThe " + s.pick("drift", "Drift", "slide", "jump") + " came back.\n"
		})
	}},
	{"linked", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "linked", s.pick("false", "true", "")) })
	}},
	{"situation", func(s *state) string {
		return s.rewrite(func(text string) string {
			key := s.pick("cue", "move", "key", "also", "run_sheet", "practice")
			return set(text, key, map[string][]string{
				"cue": {"Who did it?", "When is it done?", ""}, "move": {"Wait", "Ask"}, "key": {"1", "2", ""}, "also": {"[blame]", "[who, slide]", ""},
				"run_sheet": {"script", "after", "preparation", ""}, "practice": {"true", ""},
			}[key][s.IntN(2)])
		})
	}},
	{"script", func(s *state) string {
		return s.rewrite(func(text string) string {
			text = regexp.MustCompile(`(?s)\n## Agenda.*`).ReplaceAllString(text, "")
			return set(text, "run_sheet", "script") + fmt.Sprintf("\n## Agenda\n\n| Step | 30 | 60 |\n|---|---|---|\n| Open | %d | 10 |\n| Close | 5 | 50 |\n\n## Open\n\n**Facilitator:** \"Hello, this is [Outage Name], about [Service].\"\n\n## Close\n\n**Facilitator:** \"Thank you, [Owner].\"\n", 20+s.IntN(9))
		})
	}},
}

// edits are all others.
var edits = []edit{
	{"delete", func(s *state) string {
		f, ok := s.page()
		if !ok {
			return ""
		}
		s.deleted = append(s.deleted, f)
		s.in.Content = s.in.Content.Without(f.Path)
		return f.Path
	}},
	{"restore", func(s *state) string {
		if len(s.deleted) == 0 {
			return ""
		}
		i := s.IntN(len(s.deleted))
		f := s.deleted[i]
		s.deleted = append(s.deleted[:i], s.deleted[i+1:]...)
		s.in.Content = s.in.Content.With(f)
		return f.Path
	}},
	{"rename", func(s *state) string {
		f, ok := s.page()
		if !ok {
			return ""
		}
		s.in.Content = s.in.Content.Without(f.Path)
		folder := s.pick("incidents/", "incidents/2026/", "glossary/", "playbook/", "")
		return f.Path + " to " + s.put(fmt.Sprintf("%s%s %d.md", folder, s.pick("moved", "Moved", "mo-ved"), s.number()), string(f.Data))
	}},
	{"new page", func(s *state) string {
		n := s.number()
		return s.put(fmt.Sprintf("%snew-%d.md", s.pick("incidents/", "incidents/2024/", "glossary/", "playbook/", "team/"), n),
			fmt.Sprintf("---\nid: NEW-%d\ntitle: New %d\nstarted: 2024-%02d-01\n---\n\n%s\n", n, n, 1+n%12, s.sentence()))
	}},
	{"new tag", func(s *state) string {
		return s.rewrite(func(text string) string {
			return set(text, "tags", "["+s.pick("keys, Keys", "C++, c#", "example", "new tag", "'!!!'")+"]")
		})
	}},
	{"new service", func(s *state) string {
		return s.rewrite(func(text string) string {
			return set(text, "services", s.pick("runtime", "Runtime", "asset-cdn, RUNTIME", ""))
		})
	}},
	{"severity", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "severity", s.pick("SEV1", "sev-4", "purple", "")) })
	}},
	{"start", func(s *state) string {
		return s.rewrite(func(text string) string {
			return set(text, "started", s.pick("2026-01-01", "2025-12-31T23:30:00Z", "1999-05-05", "", "soon"))
		})
	}},
	{"id", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "id", s.pick("INC-1", "INC-2", "X-1", "")) })
	}},
	{"slug", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "slug", s.pick("same", "drift", "")) })
	}},
	{"alias", func(s *state) string {
		return s.rewrite(func(text string) string {
			return set(text, "aliases", s.pick("[/old/]", "[/glossary/drift/]", "[/old/, /older/]", ""))
		})
	}},
	{"order", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "order", s.pick("1", "2", "")) })
	}},
	{"draft", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "draft", s.pick("true", "")) })
	}},
	{"publish", func(s *state) string {
		return s.rewrite(func(text string) string { return set(text, "publish", s.pick("2026-12-24", "2026-11-23", "")) })
	}},
	{"break front matter", func(s *state) string {
		return s.rewrite(func(text string) string { return "---\nbroken: [\n" + strings.TrimPrefix(text, "---\n") })
	}},
	{"mend front matter", func(s *state) string {
		for _, f := range s.in.Content.Files() {
			if text, broken := strings.CutPrefix(string(f.Data), "---\nbroken: [\n"); broken {
				return s.put(f.Path, "---\n"+text)
			}
		}
		return ""
	}},
	{"settings", func(s *state) string {
		f, _ := s.in.Content.File(parse.ConfigPath)
		text := string(f.Data)
		key := s.pick("services", "ticket_url", "start_here", "audience", "clock", "title", "base_url", "time_zone", "language", "severities", "navigation", "nonsense")
		value := map[string][]string{
			"title": {"Other", "Debrief"}, "base_url": {"https://example.org/kb/", "https://example.org/"}, "time_zone": {"Asia/Tokyo", "UTC", "Nowhere"},
			"language": {"de", "en", "ja"}, "severities": {"[{id: SEV2, name: Worst}, {id: SEV1, name: Best}]", "[{id: SEV1, name: Critical}]"},
			"navigation": {"[{title: X, url: /about/}]"},
			"services":   {"[{id: runtime, owner: edge, url: 'https://example.org/'}]", "[{id: Runtime, description: Draws}, {id: new, owner: x}]", ""},
			"ticket_url": {"https://example.org/{ticket}", ""}, "start_here": {"[{incident: INC-1, why: It is first}]", "[{incident: INC-2}]", ""}, "audience": {"public", "internal"}, "clock": {"{meeting: 2 days, weekend: [friday]}", ""}, "nonsense": {"1", ""},
		}[key]
		if key == "severities" || key == "navigation" || key == "services" || key == "start_here" || key == "clock" { // the lists of the starter go
			text = regexp.MustCompile(`(?m)^`+key+`:\n(  .*\n)*`).ReplaceAllString(text, "")
		}
		text = regexp.MustCompile(`(?m)^`+key+`:.*\n`).ReplaceAllString(text, "")
		if v := s.pick(value...); v != "" {
			text += "\n" + key + ": " + v + "\n"
		}
		if text == string(f.Data) {
			return ""
		}
		return s.put(parse.ConfigPath, text) + " " + key
	}},
	{"options", func(s *state) string {
		switch s.IntN(4) {
		case 0:
			s.in.Options.Drafts = !s.in.Options.Drafts
		case 1:
			s.in.Options.Future = !s.in.Options.Future
		case 2:
			s.in.Options.Today = kb.Date{Year: 2026, Month: 12, Day: 20 + s.IntN(8)}
		default:
			s.in.BaseURL = nil
			if s.IntN(2) == 0 {
				s.in.BaseURL = &url.URL{Scheme: "http", Host: "localhost:4321", Path: "/"}
			}
		}
		return fmt.Sprintf("%+v %v", s.in.Options, s.in.BaseURL)
	}},
	{"layout", func(s *state) string {
		name := s.pick("partials/footer.html", "term.html", "list.html", "home.html")
		f, _ := s.in.Layouts.File(name)
		text := strings.Replace(string(f.Data), "{{end}}", fmt.Sprintf("<p>%d</p>{{end}}", s.number()), 1)
		s.in.Layouts = s.in.Layouts.With(tree.NewFile(name, []byte(text)))
		return name
	}},
	{"break or mend a layout", func(s *state) string {
		f, _ := s.in.Layouts.File("guide.html")
		text, broken := strings.CutPrefix(string(f.Data), "{{if}}")
		if !broken {
			text = "{{if}}" + text
		}
		s.in.Layouts = s.in.Layouts.With(tree.NewFile("guide.html", []byte(text)))
		return fmt.Sprintf("guide.html, mended: %v", broken)
	}},
	{"style", func(s *state) string {
		f, _ := s.in.Layouts.File("assets/css/lists.css")
		s.in.Layouts = s.in.Layouts.With(tree.NewFile(f.Path, fmt.Appendf(f.Data[:len(f.Data):len(f.Data)], "\n.x%d { margin: 0 }\n", s.number())))
		return f.Path
	}},
	{"picture", func(s *state) string {
		name := fmt.Sprintf("graph-%d.svg", s.number())
		s.put("incidents/"+name, fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg"><text>%d</text></svg>`, s.n))
		return name + " in " + s.rewrite(func(text string) string { return text + "\n![graph](/incidents/" + name + ")\n" })
	}},
	{"change a picture", func(s *state) string {
		for _, f := range s.in.Content.Files() {
			if strings.HasSuffix(f.Path, ".svg") && s.IntN(2) == 0 {
				return s.put(f.Path, s.pick(`<svg xmlns="http://www.w3.org/2000/svg"/>`, `<svg><script/></svg>`, `<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>`))
			}
		}
		return ""
	}},
	{"delete a picture", func(s *state) string {
		for _, f := range s.in.Content.Files() {
			if strings.HasSuffix(f.Path, ".svg") && s.IntN(2) == 0 {
				s.deleted = append(s.deleted, f)
				s.in.Content = s.in.Content.Without(f.Path)
				return f.Path
			}
		}
		return ""
	}},
	{"nothing", func(s *state) string { return "saved without a change" }},
	{"back to the first version", func(s *state) string {
		s.in, s.deleted = s.first, nil
		return "everything"
	}},
	{"back to the first version again", func(s *state) string {
		s.in, s.deleted = s.first, nil
		return "everything"
	}},
	{"many at once", func(s *state) string {
		for _, f := range s.in.Content.Files() {
			if strings.HasSuffix(f.Path, ".md") {
				s.put(f.Path, string(f.Data)+"\n"+s.sentence()+"\n")
			}
		}
		return "a line in every page"
	}},
}
