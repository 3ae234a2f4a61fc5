package main

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"debrief/internal/scaffold"
	"debrief/internal/tree"
)

// Names for the front matter of mixed documents: 40 services, 60 factors and
// 200 tags.
var (
	mixServices = product("billing identity catalog matchmaker telemetry fleet checkout mapping", "api worker store gateway cache")
	mixFactors  = product("expired missing untested stale hidden shared slow manual unbounded undocumented", "credential alert runbook dependency limit config")
	mixTags     = product("dns tls kubernetes postgres kafka redis network storage memory disk cpu queue cache deploy backup auth cdn gpu certificate monitoring", "latency outage upgrade migration limit failure config capacity security loss")
)

func product(firsts, seconds string) []string {
	var all []string
	for a := range strings.FieldsSeq(firsts) {
		for b := range strings.FieldsSeq(seconds) {
			all = append(all, a+"-"+b)
		}
	}
	return all
}

// mixBytes is the size of a mixed document in the mean.
const mixBytes = 6000

// mixer makes documents of any number out of the paragraphs, titles and
// headings of real ones. The words are those of people, with their frequencies;
// only rare words are rarer in real collections of that size, since a mixed one
// has no words that its sources lack, but for ids and dates.
type mixer struct {
	r          *rand.Rand
	titles     []string
	headings   []string
	paragraphs []string // blocks of Markdown without headings, code, HTML and links
}

// writeMix writes a site folder, whose folder content holds n mixed documents
// and the settings.
func writeMix(content tree.Tree, n int, seed uint64, dir string) error {
	m := newMixer(content)
	if len(m.paragraphs) == 0 {
		return fmt.Errorf("there are no paragraphs to mix")
	}
	files := []tree.File{tree.NewFile("site.yaml", []byte("title: Mixed\nbase_url: http://localhost:4321/\n"))}
	for i := range n {
		files = append(files, tree.NewFile(mixPath(i, n), []byte(m.document(i, n, seed))))
	}
	t, err := tree.New(files)
	if err != nil {
		return err
	}
	return scaffold.Init(filepath.Join(dir, "content"), t)
}

// Documents are numbered in the order of their dates, over eight years.
func mixID(i, n int) string { return fmt.Sprintf("INC-%d-%05d", mixStart(i, n).Year(), i) }
func mixPath(i, n int) string {
	return fmt.Sprintf("incidents/%d/%s.md", mixStart(i, n).Year(), mixID(i, n))
}

func mixStart(i, n int) time.Time {
	return time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(float64(i) / float64(n) * float64(8*365*24*time.Hour)))
}

// unfit matches blocks that mean nothing, or something else, away from their
// page: headings, code, HTML, alerts, rules, comments, and links to neighbours.
var unfit = regexp.MustCompile("(?m)^ *(#|```|~~~|<|>|---|===)|\\]\\(|\\]\\[|\\]:|<!--|\\[\\[")

func newMixer(content tree.Tree) *mixer {
	m := &mixer{}
	pages, _ := readPages(content)
	for _, p := range pages {
		if len(strings.Fields(p.Title)) >= 3 {
			m.titles = append(m.titles, p.Title)
		}
		for _, h := range p.Headings {
			if len(h) < 60 {
				m.headings = append(m.headings, h)
			}
		}
		file, _ := content.File(p.Path)
		text := strings.ReplaceAll(string(file.Data), "\r\n", "\n")
		if rest, ok := strings.CutPrefix(text, "---\n"); ok {
			_, text, _ = strings.Cut(rest, "\n---")
		}
		for block := range strings.SplitSeq(text, "\n\n") {
			block = squeeze(block)
			if len(block) >= 40 && len(block) <= 1500 && !unfit.MatchString(block) {
				m.paragraphs = append(m.paragraphs, block)
			}
		}
	}
	return m
}

// squeeze takes the indentation and runs of spaces out of a block, so that an
// inner bullet becomes an outer one and a padded table a plain one.
func squeeze(block string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(block), "\n") {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

func (m *mixer) document(i, n int, seed uint64) string {
	m.r = rand.New(rand.NewPCG(seed, uint64(i))) // so that each document depends on its number alone
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }

	line("---\nid: %s\ntitle: %q\nstatus: reviewed\nseverity: SEV%d", mixID(i, n), m.title(), 1+m.r.IntN(4))
	line("started: %s", mixStart(i, n).Format("2006-01-02T15:04:00Z"))
	line("services: [%s]\nfactors: [%s]\ntags: [%s]\n---\n", m.some(mixServices, 3), m.some(mixFactors, 3), m.some(mixTags, 5))

	// Sizes of real texts are skewed; these are log-normal about the mean.
	const sigma = .5
	size := int(mixBytes * math.Exp(sigma*m.r.NormFloat64()-sigma*sigma/2))
	sections := []string{"Summary", "Impact", "Timeline", "What happened", "Detection", "Mitigation", "Lessons"}
	for k, s := range sections {
		line("## %s\n", s)
		for first := true; first || b.Len() < size*(k+1)/(len(sections)+1); first = false {
			if !first && m.r.IntN(4) == 0 {
				line("### %s\n", pick(m.r, m.headings))
			}
			line("%s\n", pick(m.r, m.paragraphs))
		}
	}
	line("## Action items\n")
	for range 3 {
		line("- [ ] %s (@%s, due %d-%02d-%02d, prevent)", m.title(), pick(m.r, mixServices), mixStart(i, n).Year()+1, mixStart(i, n).Month(), mixStart(i, n).Day())
	}
	line("\nSee also [[%s]].", mixID(m.r.IntN(n), n))
	return b.String()
}

// title is the first half of one title and the second half of another.
func (m *mixer) title() string {
	a, b := strings.Fields(pick(m.r, m.titles)), strings.Fields(pick(m.r, m.titles))
	return strings.Join(append(a[:(len(a)+1)/2:len(a)], b[len(b)/2:]...), " ")
}

// some returns one to most different names, early ones of the list more often,
// as a few services have most of the incidents.
func (m *mixer) some(names []string, most int) string {
	var list []string
	for range 1 + m.r.IntN(most) {
		if s := names[m.r.IntN(1+m.r.IntN(len(names)))]; !strings.Contains(strings.Join(list, " "), s) {
			list = append(list, s)
		}
	}
	return strings.Join(list, ", ")
}

func pick[T cmp.Ordered](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
