package browser

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"

	"debrief/internal/build"
	"debrief/internal/sample"
	"debrief/internal/search"
	"debrief/internal/tree"
	"debrief/layouts"
)

// The search has two readers: internal/search in the terminal, and the modules
// of layouts/assets/js/search in the browser. These tests ask both the same and
// compare all that they say, to the last number.

// said is an answer in the form in which both readers' are compared.
type said struct {
	Hits      [][4]uint64         `json:"hits,omitempty"` // document, passage, words that it has, score
	Wished    int                 `json:"wished,omitempty"`
	Empty     bool                `json:"empty,omitempty"`
	Without   []string            `json:"without,omitempty"`
	Corrected []search.Correction `json:"corrected,omitempty"`
	Notes     []search.Note       `json:"notes,omitempty"`
	Facets    []search.Facet      `json:"facets,omitempty"`
	Months    []search.Count      `json:"months,omitempty"`
	Excerpts  []search.Excerpt    `json:"excerpts,omitempty"` // of the first hits
	Titles    [][]search.Span     `json:"titles,omitempty"`
}

// excerpted is of how many hits the excerpts are compared.
const excerpted = 5

// askAll asks the browser's reader many questions. The results have the names
// that said and the types in it have.
const askAll = `async (index, queries, excerpted) => {
  const { Base } = await import("/core/base.js");
  const { marked, passage } = await import("/core/excerpt.js");
  const base = await Base.open(index);
  const list = [];
  for (const text of queries) {
    const a = await base.ask(text);
    const excerpts = [];
    const titles = [];
    for (const hit of a.hits.slice(0, excerpted)) {
      const card = await base.card(hit);
      const p = passage(card, a);
      excerpts.push({ heading: p.heading, id: p.id, before: p.before, after: p.after, spans: p.pieces });
      titles.push(marked(card.title, a));
    }
    list.push({
      hits: a.hits.map((h) => [h.doc, h.part, h.has, h.score]), wished: a.wished, empty: a.empty, without: a.without, corrected: a.corrected,
      notes: a.notes, facets: await a.facets(), months: a.months.map(([month, n]) => ({ month, n })), excerpts, titles,
    });
    if (a.total !== a.hits.length) throw new Error("total is " + a.total);
  }
  return list;
}`

// core publishes a site with the browser's reader beside it, at /core/, and opens
// an empty page there, under the same strict policy as all pages.
func core(t *testing.T, content tree.Tree) (*build.Site, *tab) {
	t.Helper()
	s, dir := publishTo(t, content)
	mux := coreMux(t)
	mux.Handle("/kb/", http.FileServer(http.Dir(dir)))
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(serve(t, mux)))
	return s, tb
}

// coreMux serves the browser's reader and an empty page.
func coreMux(t *testing.T) *http.ServeMux {
	t.Helper()
	return moduleMux(t, "search")
}

// moduleMux serves a folder of the theme's scripts, at /core/, and an empty page.
func moduleMux(t *testing.T, folder string) *http.ServeMux {
	t.Helper()
	modules, err := fs.Sub(layouts.FS, "assets/js/"+folder)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/core/", http.StripPrefix("/core/", http.FileServerFS(modules)))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>core</title><link rel=icon href=data:,>")
	})
	return mux
}

// promised evaluates a function with arguments in the page and waits for what it
// promises.
func promised[V any](t *testing.T, tb *tab, function string, arguments ...any) V {
	t.Helper()
	var list []string
	for _, a := range arguments {
		data, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(data))
	}
	v, err := chromedp.Run(tb, chromedp.Evaluate[V]("("+function+")("+strings.Join(list, ", ")+")", chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v (complaints of the page: %q)", err, tb.heard())
	}
	return v
}

// saying is an answer of the terminal's reader.
func saying(t *testing.T, base *search.Base, query string) said {
	t.Helper()
	a, err := base.Ask(query)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	s := said{Wished: a.Wished, Empty: a.Empty, Without: a.Without, Corrected: a.Corrected, Notes: a.Notes, Facets: a.Facets, Months: a.Months}
	for i, h := range a.Hits {
		s.Hits = append(s.Hits, [4]uint64{uint64(h.Doc), uint64(h.Part), uint64(h.Has), h.Score})
		if i < excerpted {
			c, err := base.Card(h)
			if err != nil {
				t.Fatalf("%q: %v", query, err)
			}
			s.Excerpts = append(s.Excerpts, a.Excerpt(c))
			s.Titles = append(s.Titles, a.Mark(c.Title))
		}
	}
	return s
}

// compareReaders asks both readers of a site the same, and returns how many pages
// they found in all.
func compareReaders(t *testing.T, s *build.Site, tb *tab, queries []string) int {
	t.Helper()
	base, err := s.Search()
	if err != nil {
		t.Fatal(err)
	}
	got := promised[[]said](t, tb, askAll, "/kb/search/index.json", queries, excerpted)
	found, different := 0, 0
	for i, q := range queries {
		want := saying(t, base, q)
		found += len(want.Hits)
		if x, y := inJSON(t, got[i]), inJSON(t, want); x != y {
			if different++; different <= 8 {
				at := 0
				for at < min(len(x), len(y)) && x[at] == y[at] {
					at++
				}
				from := max(0, at-120)
				t.Errorf("%q:\nbrowser  … %s\nterminal … %s", q, x[from:min(len(x), at+300)], y[from:min(len(y), at+300)])
			}
		}
	}
	if different > 0 {
		t.Errorf("%d of %d queries are answered differently", different, len(queries))
	}
	tb.silent(t)
	return found
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestParityOfRealQueries asks what people ask, the judged queries of
// internal/relevance.
func TestParityOfRealQueries(t *testing.T) {
	c, _ := starter(t)
	s, tb := core(t, c)
	if found := compareReaders(t, s, tb, judged(t)); found < 1000 {
		t.Errorf("the queries found %d pages in all, so they test little", found)
	}
}

func judged(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../relevance/queries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(data)) {
		if f := strings.Split(line, "\t"); len(f) == 3 && f[0] != "kind" && !strings.HasPrefix(line, "#") {
			list = append(list, f[1])
		}
	}
	return list
}

// grammar are queries that go through every rule of the query language, and
// through what is near to its edges.
var grammar = []string{
	// filters
	"service:runtime", "service:runtime,session anchor", "service:Runtime", "services:runtime sev:SEV1", "severity:sev1", "sev:sev2,sev3", "tag:dns", "tags:dns,rollout",
	"factor:key-rotation", "factors:key_rotation", "status:final", "year:2026", "year:2025,2026", "is:incident", "is:term drift", "kind:playbook", "is:page", "is:page,term",
	"-service:runtime", "-is:incident", "anchor -year:2025", "-after:2026-01-01", "after:2026-01-01", "before:2026-02", "after:2026-01 before:2026-03", "after:2026-01-15 before:2026-01-15",
	"before:2026", "after:0001", "before:9999-12-31", "after:2024-02-29", "after:2023-02-29", "after:2026-13-01", "after:2026-1-1", "after:yesterday", "before:2026-02-30", "after:", "after:2026-01-01,2027",
	"service:nope", "service:runtme", "service:run", "servce:runtime", "servic:runtime", "sevrity:SEV1", "severty:sev9", "yeer:2026", "wibble:runtime", "http://example.org/service:runtime", "tag://x",
	"service:\"runtime\"", "service:\"platform anchors\"", "service:\"platform-anchors", "service:\"runtime,session\"", "service:\"Run, time\",session", "service:\"runtime,session", "service:run\"ti,me\",x", "service:,,runtime,", "service:\"\"", "service:'runtime'", "service: runtime", "service :runtime", "SERVICE:runtime", "sErViCe:runtime",
	"constructor:x", "__proto__:x", "toString:a", "is:constructor", "service:__proto__", "year:2031", "year:26", "service:runtime service:session", "service:runtime -service:session", "-servce:x", "status:draft anchor",
	// phrases
	"\"key rotation\"", "\"KEY ROTATION\"", "\"rotation key\"", "anchor \"key rotation\"", "-\"key rotation\" anchor", "\"the\"", "\"the anchor\"", "\"of the\"", "\"what went well\"", "\"key rotation\" \"boot loop\"",
	"\"key rotation", "\"", "\"\"", "\"\" anchor", "\"  \"", "\"…\"", "“key rotation”", "„key rotation“", "anchor \"", "an\"chor", "\"anchor", "\"anchor\"drift", "\"drift\" is:term", "\"key-rotation\"", "\"not located\"",
	"\"signing chain\" after:2030", "\"motion-to-photon\"", "\"kafka zookeeper\"", "\"kafka zookeeper\" drift", "-\"kafka zookeeper\"", "-\"the\"", "\"headset's\"", "\"14.2.0\"", "\"4.2\"", "key \"rotation ", "\"a\"", "-\"boot loop\" -\"key rotation\" headset",
	// minus
	"anchor -rotation", "-anchor", "-the", "-kafka", "- anchor", "--anchor", "-", "--", "-\u00a0anchor", "anchor-rotation", "-anchor-rotation", "-\"", "-service:", "- service:runtime", "drift -drift", "drift -\"drift\"", "-drift -anchor is:term", "−anchor",
	// joined, split and hyphenated words
	"bootloop", "boot-loop", "boot loop", "key-rotation", "keyrotation", "head set", "headsets boots", "roll back", "roll-back", "rollback", "time out", "time-out", "timeout", "fail over", "failover", "fail-over", "loadbalancer", "pass through", "pass-through",
	"motionto photon", "motion to photon", "motiontophoton", "thepods", "anchorservice", "sessionserver", "post mortem", "post-mortem", "postmortem", "max_connections", "ERR_ANCHOR", "node.js", "io.netty.handler", "can't", "can’t", "runtime's", "o'clock", "a.b.c", "a_b", "_a_", ".anchor.", "anchor.", "anchor..drift", "x.y",
	// mistakes
	"certifcate", "certificat", "certiifcate", "xertificate", "certificatw", "cretificate", "certificate1", "relocalization", "relocalisation", "relocalizaton", "relocaliastion", "ancor", "anhcor", "nachor", "anchpr", "anchoor", "qnchor", "dirft", "drfit", "dift", "drif", "rift", "dritf",
	"frimware", "firmwrae", "fimrware", "headste", "hedset", "eadset", "roation", "rotatoin", "rotationn", "overlaoded", "sesion", "sevrer", "refusd", "reprojecton", "repojection", "guradian", "boundry", "colour", "color", "behaviour", "behavior", "organise", "organize", "catalogue", "centre",
	"anchors'", "rotating", "rotated", "rotates", "booting", "booted", "expires", "expiring", "expiry", "certification", "overloading", "unlocated", "misrotation", "inc-2026-041", "inc2026014", "1NC", "abcdefgh", "zzzzzzzz", "aaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	// short forms
	"k8s", "kubernetes", "db", "database", "pg", "postgres", "lb", "load balancer", "cpu", "ci", "auth", "config", "cert", "certs", "dns", "domain name system", "ttl", "time to live", "oom", "out of memory", "mtp", "MTP latency", "slo", "rca", "root cause", "aws", "vm", "ssl", "tls",
	// while typing, and after a space
	"an", "an ", "anc", "anc ", "anch", "anch ", "ancho", "b", "bo", "bo ", "boo", "boot l", "boot lo", "re", "rel", "relo", "reloc", "reloca ", "se", "ses", "sess", "th", "the", "the ", "12", "20", "2026", "2026-0", "inc", "INC-", "INC-2", "inc-20", "sev", "sev1", "di", "dr", "zz", "zzz", "anchor se", "anchor ser", "anchor serv ", "boo service:runtime", "boo\t", "boo.", "boo\"", "go", "is", "is:", "-bo", "\"bo", "\"boot lo",
	// alphabets
	"Größe", "GRÖSSE", "größe überschwemmt", "Straße STRASSE ẞ", "İstanbul İ", "ΣΊΣΥΦΟΣ σίσυφος", "привет", "ПРИВЕТ мир", "якорь", "温度", "温", "ヘッドセット", "ヘッドセットの温度が上がる", "anchor温度", "温度anchor", "한국어", "안녕 세상", "مرحبا", "שלום", "नमस्ते", "ไทย", "e\u0301te\u0301", "été", "ﬁrmware", "Kelvin", "Å", "Ⱥ.b", "ǅ", "Ꭰ", "𐐀𐐁", "𝐚𝐧𝐜𝐡𝐨𝐫", "々", "ー", "ーー", "が", "か\u3099",
	"🚀", "anchor🚀", "🚀anchor drift", "👩‍🚀", "an\u200dchor", "anchor\u200b drift", "an\u00adchor", "\ufeffanchor", "anchor\ufeff", "anchor\u0085drift", "anchor\u00a0drift", "anchor\u3000drift", "anchor\u2028drift", "\u202eanchor", "anchor\x00drift", "\x00", "\ufffd", "①②", "½", "٣", "१२", "x²",
	// pasted
	"2026-03-12T14:21:07Z ERROR [session-1234] anchor a1b2c3d4e5f6 not located\n  at Tracker.relocalize(tracker.cc:120)\n  service:runtime -rotation \"key rotation\"",
	"anchor\ndrift", "anchor\rdrift", "\n anchor \n", "anchor \u0085 drift", "the quick headset could not find its anchor after we rotated the signing key on monday evening", "-drift one two three four five six seven eight nine ten eleven twelve thirteen \"boot loop\" service:runtime",
	"10.0.0.1 10.0.0.2 0xdeadbeef 7f3a 99% 3x a1 b2 c3 d4 e5 f6 headset overheating", strings.Repeat("anchor drift ", 50), strings.Repeat("anchor-", 200), strings.Repeat("a ", 3000), strings.Repeat("ä", 2500), strings.Repeat("🚀", 1999) + " anchor", strings.Repeat("x", 1990) + " anchor drift", strings.Repeat("\"", 99), strings.Repeat("-", 99), strings.Repeat("service:", 40), strings.Repeat("anchor.", 40), strings.Repeat("service:runtime ", 30),
	"one two three four five six seven eight nine ten eleven twelve", "one two three four five six seven eight nine ten eleven twelve thirteen",
	"", " ", "\t\n", ".", ",", ":", "::", ":runtime", "a:b", "<b>anchor</b>", "anchor&drift", "anchor/drift", "anchor+drift", "(anchor OR drift)", "anchor*", "anch?r", "^anchor", "anchor~2", "\\anchor", "'anchor'", "`anchor`", "$anchor", "#anchor", "@anchor", "100%", "c++", "c#", ".net",
}

// TestParityOfTheLanguage goes through the query language.
func TestParityOfTheLanguage(t *testing.T) {
	c, _ := starter(t)
	s, tb := core(t, c)
	compareReaders(t, s, tb, slices.Concat(queries, grammar))
}

// TestParityOfAnything asks what nobody would: words of the site with letters
// left out, swapped, joined; operators anywhere; characters of all alphabets.
func TestParityOfAnything(t *testing.T) {
	c, _ := starter(t)
	s, tb := core(t, c)
	compareReaders(t, s, tb, invented(wordsOf(s), 1, 800))
}

// TestParityOfManyPages asks a site so large that some words have lists in files
// of their own.
func TestParityOfManyPages(t *testing.T) {
	s, tb := core(t, sample.Tree(1100))
	paths, err := s.Paths()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(p, "search/long/") }) {
		t.Fatal("no word of the site is in so many pages")
	}
	words := wordsOf(s)
	compareReaders(t, s, tb, slices.Concat(grammar[:40], invented(words[:min(len(words), 3000)], 3, 60), []string{"the incident", "incident timeline summary", "-incident", "\"the incident\"", "inc"}))
}

// wordsOf are the words of a site's pages.
func wordsOf(s *build.Site) []string {
	seen := map[string]bool{}
	for _, d := range search.Documents(s.Pages, nil) {
		for _, section := range d.Doc.Sections {
			for _, w := range strings.Fields(d.Title + " " + section.Heading + " " + section.Text + " " + strings.Join(d.Terms, " ")) {
				seen[w] = true
			}
		}
	}
	list := make([]string, 0, len(seen))
	for w := range seen {
		list = append(list, w)
	}
	slices.Sort(list)
	return list
}

// invented makes queries out of words, the same for the same seed.
func invented(words []string, seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, seed))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	separators := []string{" ", " ", " ", " ", "", "-", "  ", "\t", ".", "_", "'", " -", "\" ", " \"", ",", ":", "\u00a0", "/"}
	operators := []string{"-", "\"", "service:", "severity:", "is:term ", "year:2026 ", "after:2026-02 ", "before:2026-03-10 ", "tag:", "factor:", "sev:SEV1,", "-service:", "servce:", "“", "”", "--", "is:"}
	char := func() rune {
		for {
			c := rune(r.IntN(0x2fff))
			switch r.IntN(6) {
			case 0:
				c = rune(r.IntN(0x1ffff))
			case 1:
				c = rune(r.IntN(128))
			case 2:
				c = 0x3040 + rune(r.IntN(0x80))
			}
			// Browsers know characters that are newer than Go's tables.
			if unicode.In(c, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf) {
				return c
			}
		}
	}
	mistake := func(w string) string {
		l := []rune(w)
		if len(l) < 2 {
			return w
		}
		i := r.IntN(len(l) - 1)
		switch r.IntN(6) {
		case 0:
			return string(slices.Delete(l, i, i+1))
		case 1:
			l[i], l[i+1] = l[i+1], l[i]
		case 2:
			l[i] = 'a' + rune(r.IntN(26))
		case 3:
			return string(slices.Insert(l, i, 'a'+rune(r.IntN(26))))
		case 4:
			return string(l[:i+1])
		case 5:
			return strings.ToUpper(w)
		}
		return string(l)
	}
	var list []string
	for range n {
		var q strings.Builder
		for i := range 1 + r.IntN(6) {
			if i > 0 {
				q.WriteString(pick(separators))
			}
			if r.IntN(8) == 0 {
				q.WriteString(pick(operators))
			}
			w := pick(words)
			for r.IntN(3) == 0 {
				w = mistake(w)
			}
			if r.IntN(12) == 0 {
				l := []rune(w)
				w = string(slices.Insert(l, r.IntN(len(l)+1), char()))
			}
			q.WriteString(w)
		}
		if r.IntN(5) == 0 {
			q.WriteString(" ")
		}
		list = append(list, q.String())
	}
	return list
}
