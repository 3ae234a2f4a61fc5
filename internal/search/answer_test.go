package search

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestWords asks what people ask: forms of a word, parts of a name, an error's
// text, words that are nowhere.
func TestWords(t *testing.T) {
	b := baseOf(t, "en", some...)
	tests := []struct {
		query   string
		want    []string // keys, best first
		without []string
		taken   string // what words were taken for
	}{
		{query: "anchor ", want: []string{"anchors"}},
		{query: "ANCHORS ", want: []string{"anchors"}},
		{query: "database ", want: []string{"anchors"}},
		{query: "rollbacks ", want: []string{"boot"}},            // does not occur in this form
		{query: "rotations ", want: []string{"anchors", "cert"}}, // nor this
		{query: "certificates ", want: []string{"cert"}},         // only the singular occurs
		{query: "headset ", want: []string{"boot"}},              // only the plural occurs
		{query: "rotation key ", want: []string{"anchors", "cert"}},
		{query: "key-rotation ", want: []string{"anchors", "cert"}},
		{query: "err_quorum ", want: []string{"anchors"}},
		{query: "quorum ", want: []string{"boot", "anchors"}}, // newest first where they are as good
		{query: "connections ", want: []string{"anchors"}},
		{query: "the ", want: []string{}}, // a stop word is no word that is missing
		{query: "kafka ", want: []string{}, without: []string{"kafka"}},
		{query: "kafka drift ", want: []string{"drift"}, without: []string{"kafka"}},
		{query: "drift drift DRIFT ", want: []string{"drift"}},
		{query: "certificate launch rotation ", want: []string{"cert", "anchors"}}, // more of the words comes first
		{query: "", want: []string{}},
		{query: "  \t ", want: []string{}},

		// Mistakes: left out, added, mistaken, swapped; the first letter, the last; two in a long word.
		{query: "certifcate ", want: []string{"cert"}, taken: "certifcate=certificate"},
		{query: "ertificate ", want: []string{"cert"}, taken: "ertificate=certificate"},
		{query: "certificatw ", want: []string{"cert"}, taken: "certificatw=certificate"},
		{query: "cretifciate ", want: []string{"cert"}, taken: "cretifciate=certificate"},
		{query: "headstes ", want: []string{"boot"}, taken: "headstes=headsets"},
		{query: "qourum ", want: []string{"boot", "anchors"}, taken: "qourum=quorum"},
		{query: "dirft ", want: []string{"drift"}, taken: "dirft=drift"},
		{query: "dxyft ", want: []string{}, without: []string{"dxyft"}}, // two in a short one
		{query: "loop1 ", want: []string{"boot"}, taken: "loop1=loop"},

		// Words run together, or apart.
		{query: "loadbalancer ", want: []string{"anchors"}, taken: "loadbalancer=load balancer"},
		{query: "roll back ", want: []string{"boot"}},
		{query: "roll-back ", want: []string{"boot"}},
		{query: "bootloop ", want: []string{"boot"}, taken: "bootloop=boot loop"},
		{query: "fail-over ", want: []string{"anchors"}},

		// Short forms, and both spellings of English.
		{query: "db ", want: []string{"anchors"}},
		{query: "lb ", want: []string{"anchors"}},
		{query: "cert ", want: []string{"cert"}},
		{query: "behavior ", want: []string{"cert"}},
		{query: "organization ", want: []string{"cert"}, taken: "organization=organisation"},
		{query: "normalized ", want: []string{"cert"}, taken: "normalized=normalised"},

		// While a word is being typed.
		{query: "anch", want: []string{"anchors"}},
		{query: "he", want: []string{"boot", "drift"}},
		{query: "certificate overh", want: []string{"cert", "boot"}},
	}
	for _, test := range tests {
		a, got := ask(t, b, test.query)
		if !slices.Equal(got, test.want) {
			t.Errorf("%q finds %v, want %v", test.query, got, test.want)
		}
		if !slices.Equal(a.Without, test.without) {
			t.Errorf("%q misses %v, want %v", test.query, a.Without, test.without)
		}
		var taken []string
		for _, c := range a.Corrected {
			taken = append(taken, c.Typed+"="+c.Taken)
		}
		if strings.Join(taken, " ") != test.taken {
			t.Errorf("%q is taken for %q, want %q", test.query, taken, test.taken)
		}
	}
}

// TestTitleBeforeBody ranks a page that is about a word before one that only
// mentions it.
func TestTitleBeforeBody(t *testing.T) {
	b := baseOf(t, "en",
		doc("mention", "Something else", "There was drift, and drift, and more drift in it. "+strings.Repeat("Filler text here. ", 30)),
		doc("about", "Drift of anchors", "Short."))
	if _, got := ask(t, b, "drift"); !slices.Equal(got, []string{"about", "mention"}) {
		t.Errorf("the order is %v", got)
	}
}

// TestNextToEachOther ranks a page that has the words as they were typed before
// one that has them apart.
func TestNextToEachOther(t *testing.T) {
	filler := strings.Repeat("Filler text is here. ", 10)
	b := baseOf(t, "en",
		doc("apart", "One thing", "The leader was asked. "+filler+" It had lost. "+filler+" There is a quorum now."),
		doc("near", "Other thing", filler+"The leader lost quorum. "+filler+filler))
	if _, got := ask(t, b, "leader lost quorum"); !slices.Equal(got, []string{"near", "apart"}) {
		t.Errorf("the order is %v", got)
	}
}

// TestEqualScores orders documents that are equally good: the newest first, and
// then by their numbers.
func TestEqualScores(t *testing.T) {
	var docs []*Document
	for i := range 40 {
		d := doc(fmt.Sprintf("d%02d", i), "Same", "The same words.")
		if i >= 20 {
			d.Date = fmt.Sprintf("2026-01-%02d", 20-i/4)
		}
		docs = append(docs, d)
	}
	b := baseOf(t, "en", docs...)
	for _, q := range []string{"same words", "is:incident"} {
		a, got := ask(t, b, q)
		if len(got) != 40 {
			t.Fatalf("%q finds %d", q, len(got))
		}
		if !slices.IsSortedFunc(a.Hits, func(x, y Hit) int {
			dx, dy := docs[x.Doc].Date, docs[y.Doc].Date
			if c := strings.Compare(dy, dx); c != 0 {
				return c
			}
			return x.Doc - y.Doc
		}) {
			t.Errorf("%q: the order is %v", q, got)
		}
	}
}

// TestLanguages stems by the site's language, without the readers knowing how.
func TestLanguages(t *testing.T) {
	tests := []struct{ language, text, query string }{
		{"de", "Die Häuser wurden überschwemmt.", "Haus überschwemmten"},
		{"de-AT", "Die Zertifikate liefen ab.", "Zertifikat"},
		{"fr", "Les certificats étaient expirés.", "certificat"},
		{"es", "Los certificados caducados.", "certificado"},
		{"it", "I certificati scaduti.", "certificato"},
		{"pt-BR", "Os certificados expirados.", "certificado"},
		{"nl", "De certificaten waren verlopen.", "certificaten"},
		{"sv", "Certifikaten hade gått ut.", "certifikat"},
		{"ru", "Сертификаты истекли.", "сертификаты"},
		{"is", "Skírteini rann út.", "SKÍRTEINI"}, // no analyzer of its own
		{"ja", "ヘッドセットの温度が上がった。", "温度"},
		{"ja", "ヘッドセットの温度が上がった。", "温度が上が"},
		{"ja", "温度センサーの故障", "「センサー」"},
		{"en", "The sensor read 温度 and stopped.", "sensor 温度"},
	}
	for _, test := range tests {
		b := baseOf(t, test.language, doc("x", "T", test.text))
		for _, space := range []string{"", " "} {
			if _, got := ask(t, b, test.query+space); len(got) != 1 {
				t.Errorf("%s: %q does not find %q", test.language, test.query+space, test.text)
			}
		}
	}
}

// TestStrangeCharacters asks for words whose lower case has another length, or
// that no page can have.
func TestStrangeCharacters(t *testing.T) {
	b := baseOf(t, "en", doc("x", "About Ⱥ.b", "İstanbul ẞ.x K.y Ⱥ.b Straße"))
	for _, q := range []string{"b", "ⱥ.b", "Ⱥ", "istanbul", "x", "k.y", "y", "STRASSE", "straße", "温度", "温", "温度計", "e\u0301", "\xff\xfe", "\x00", "🚀🚀"} {
		a, err := b.Ask(q)
		if err != nil {
			t.Fatalf("%q: %v", q, err)
		}
		for _, h := range a.Hits {
			c := cardOf(t, b, h)
			for _, s := range slices.Concat(a.Excerpt(c).Spans, a.Mark(c.Title)) {
				if strings.ContainsRune(s.Text, '\ufffd') {
					t.Errorf("%q: a character is cut in %q", q, s.Text)
				}
			}
		}
	}
}

// TestManyParts asks for a word of very many parts: the answer stays small.
func TestManyParts(t *testing.T) {
	var text strings.Builder
	for i := range 600 {
		fmt.Fprintf(&text, "part%da.", i)
	}
	b := baseOf(t, "en", doc("x", "T", strings.ReplaceAll(text.String(), ".", " ")))
	a, _ := ask(t, b, strings.TrimSuffix(text.String(), "."))
	if a.Wished == 0 || a.Wished > maxGroups {
		t.Errorf("%d words were wished for", a.Wished)
	}
	if a.Hits[0].Score >= 1<<53 {
		t.Errorf("the score %d is more than a browser can count", a.Hits[0].Score)
	}
}

// TestFetchedOnce counts what is fetched: a file that one part of an answer has read
// is there for the others, and for whoever shows the results.
func TestFetchedOnce(t *testing.T) {
	lists := listsOf(t, "en", some...)
	var mu sync.Mutex
	fetched := map[string]int{}
	b, err := Open(func(path string) ([]byte, error) {
		mu.Lock()
		defer mu.Unlock()
		fetched[path]++
		return lists.Fetch(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"key rotation", `"key rotation" boot`, "certifcate rollbak", "key rotation"} {
		a, _ := ask(t, b, query)
		for _, h := range a.Hits {
			cardOf(t, b, h)
		}
	}
	for path, n := range fetched {
		if n > 1 {
			t.Errorf("%s is fetched %d times", path, n)
		}
	}
}

// TestStopWords looks for a title that is made of nothing else. Beside other
// words they find nothing, and what they may be the beginning of hardly counts.
func TestStopWords(t *testing.T) {
	b := baseOf(t, "en",
		doc("bare", "If only we had", "A sentence that begins so leads nowhere."),
		doc("heat", "Overheated", "The overload was overlooked."),
		doc("loop", "Restarts", "A headset restarts."),
	)
	for query, want := range map[string][]string{
		"If only we had":                {"bare"},
		"if only we had ":               {"bare"},
		"we had ":                       {"bare"},
		"the ":                          {},
		"we had a restart ":             {"loop"},
		"if a headset restarts over":    {"loop", "heat"},
		"sentence that we had begun so": {"bare"},
	} {
		if _, got := ask(t, b, query); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
}
