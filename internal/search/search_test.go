package search

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"debrief/internal/markdown"
)

// doc makes a document out of Markdown.
func doc(key, title, text string, terms ...string) Document {
	return Document{Key: key, Title: title, Kind: "incident", URL: "/" + key + "/", Terms: terms,
		Doc: markdown.NewParser(markdown.Options{}).Parse([]byte(text), 1)}
}

// listsOf makes the lists of documents in a new index.
func listsOf(t testing.TB, language string, docs ...Document) *Lists {
	t.Helper()
	ix, err := NewIndex(language)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	slices.SortFunc(docs, func(a, b Document) int { return strings.Compare(a.Key, b.Key) })
	lists, err := ix.Lists(docs)
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

func keys(a Answer) []string {
	list := []string{}
	for _, h := range a.Hits {
		list = append(list, h.Key)
	}
	return list
}

var base = []Document{
	doc("anchors", "Anchors not found after a key rotation", "The *anchor* service rejected maps.\n\n## Timeline\n\n- 14:21 databases failed over\n\n```\nERR_QUORUM lost\n```\n", "anchor-api", "key-rotation"),
	doc("boot", "Firmware leaves headsets in a boot loop", "An update ring was too wide. The rollback took hours.\n\n## Rollback\n\nWe rolled back.\n", "device-updater"),
	doc("cert", "Expired certificate stops every launch", "Nobody watched the certificate. A key was rotated.\n", "runtime"),
	doc("drift", "Drift", "Slow growth of the pose error while tracking looks healthy.\n"),
}

// TestQuery asks what people ask: forms of a word, parts of a name, an error's
// text, words that are nowhere.
func TestQuery(t *testing.T) {
	lists := listsOf(t, "en", base...)
	tests := []struct {
		query   string
		want    []string // keys, best first
		missing []string
	}{
		{"anchor", []string{"anchors"}, nil},
		{"ANCHORS", []string{"anchors"}, nil},
		{"database", []string{"anchors"}, nil},
		{"rollbacks", []string{"boot"}, nil},            // does not occur in this form
		{"rotations", []string{"anchors", "cert"}, nil}, // nor this
		{"anch", []string{"anchors"}, nil},              // cut off
		{"certificates", []string{"cert"}, nil},         // only the singular occurs
		{"headset", []string{"boot"}, nil},              // only the plural occurs
		{"rotation key", []string{"anchors", "cert"}, nil},
		{"key-rotation", []string{"anchors", "cert"}, nil},
		{"err_quorum", []string{"anchors"}, nil},
		{"the", []string{}, nil}, // a stop word is no word that is missing
		{"kafka", []string{}, []string{"kafka"}},
		{"kafka drift", []string{"drift"}, []string{"kafka"}},
		{"drift drift DRIFT", []string{"drift"}, nil},
		{"certificate launch rotation", []string{"cert", "anchors"}, nil}, // more of the words comes first
		{"", []string{}, nil},
		{"  \t ", []string{}, nil},
		{"\"quoted\" (anchor)", []string{"anchors"}, []string{"quoted"}},
	}
	for _, test := range tests {
		a := lists.Query(test.query)
		if got := keys(a); !slices.Equal(got, test.want) {
			t.Errorf("%q finds %v, want %v", test.query, got, test.want)
		}
		if !slices.Equal(a.Missing, test.missing) {
			t.Errorf("%q misses %v, want %v", test.query, a.Missing, test.missing)
		}
	}
}

// TestTitleBeforeBody ranks a page that is about a word before one that only
// mentions it.
func TestTitleBeforeBody(t *testing.T) {
	lists := listsOf(t, "en",
		doc("mention", "Something else", "There was drift, and drift, and more drift in it. "+strings.Repeat("Filler text here. ", 30)),
		doc("about", "Drift of anchors", "Short."))
	if got := keys(lists.Query("drift")); !slices.Equal(got, []string{"about", "mention"}) {
		t.Errorf("the order is %v", got)
	}
}

// TestEqualScores orders documents that are equally good by their keys.
func TestEqualScores(t *testing.T) {
	var docs []Document
	for i := range 40 {
		docs = append(docs, doc(fmt.Sprintf("d%02d", i), "Same", "The same words."))
	}
	got := keys(listsOf(t, "en", docs...).Query("same words"))
	if len(got) != 40 || !slices.IsSorted(got) {
		t.Errorf("the order is %v", got)
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
	}
	for _, test := range tests {
		lists := listsOf(t, test.language, doc("x", "T", test.text))
		if len(lists.Query(test.query).Hits) != 1 {
			t.Errorf("%s: %q does not find %q", test.language, test.query, test.text)
		}
	}
}

// TestListsFollow compares an index that has been through edits with one that is
// new: the lists must be the same.
func TestListsFollow(t *testing.T) {
	ix, err := NewIndex("en")
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("anchor boot certificate drift error firmware guardian headset incident jitter key latency map node overload pose queue")
	docs := map[string]Document{}
	for step := range 40 {
		key := fmt.Sprintf("d%d", r.IntN(12))
		if r.IntN(4) == 0 {
			delete(docs, key)
		} else {
			text := ""
			for range r.IntN(12) {
				text += words[r.IntN(len(words))] + " "
			}
			docs[key] = doc(key, words[r.IntN(len(words))], text)
		}
		var now []Document
		for _, d := range docs {
			now = append(now, d)
		}
		slices.SortFunc(now, func(a, b Document) int { return strings.Compare(a.Key, b.Key) })
		warm, err := ix.Lists(now)
		if err != nil {
			t.Fatal(err)
		}
		cold := listsOf(t, "en", now...)
		if !reflect.DeepEqual(warm.Terms, cold.Terms) || !slices.Equal(warm.Words, cold.Words) {
			t.Fatalf("step %d: the lists differ after edits\nwarm %v %v\ncold %v %v", step, warm.Terms, warm.Words, cold.Terms, cold.Words)
		}
		a, errA := warm.Export()
		b, errB := cold.Export()
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		for _, p := range a.Paths() {
			x, _ := a.File(p)
			y, ok := b.File(p)
			if !ok || string(x) != string(y) {
				t.Fatalf("step %d: %s differs after edits", step, p)
			}
		}
	}
}

// TestClose closes twice, which Bleve itself does not survive.
func TestClose(t *testing.T) {
	ix, err := NewIndex("en")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := ix.Lists(nil); err == nil {
		t.Error("a closed index gives lists")
	}
}

// TestExcerpt takes the passage with most of the different words.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("Nothing of note happened here for a while. ", 20)
	d := doc("x", "T", long+"The anchor moved.\n\n## Later\n\n"+long+"An anchor lost its key after the rotation. "+long)
	lists := listsOf(t, "en", d)
	a := lists.Query("anchors key rotated")
	e := a.Excerpt(d)
	if e.Heading != "Later" || !e.Before || !e.After {
		t.Errorf("the excerpt is from %q, cut before: %v, after: %v", e.Heading, e.Before, e.After)
	}
	var marked []string
	text := ""
	for _, s := range e.Spans {
		text += s.Text
		if s.Marked {
			marked = append(marked, s.Text)
		}
	}
	if !slices.Equal(marked, []string{"anchor", "key", "rotation"}) {
		t.Errorf("marked are %q in %q", marked, text)
	}
	if n := len(strings.Fields(text)); n > excerptWords+2 {
		t.Errorf("the excerpt has %d words", n)
	}
	if none := lists.Query("zzz").Excerpt(d); len(none.Spans) == 0 {
		t.Error("without a hit there is no excerpt at all")
	}
}

// TestShards writes the lists as shards and reads them back.
func TestShards(t *testing.T) {
	var docs []Document
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 60 {
		text := ""
		for range 300 {
			text += fmt.Sprintf("w%d%s ", r.IntN(4000), []string{"ing", "ed", "s", ""}[r.IntN(4)])
		}
		docs = append(docs, doc(fmt.Sprintf("d%02d", i), "T", text))
	}
	lists := listsOf(t, "en", docs...)
	firsts, shards := lists.shards()
	if len(shards) < 3 {
		t.Fatalf("only %d shards, so cutting is not tested", len(shards))
	}
	if !slices.IsSorted(firsts) {
		t.Errorf("the shards are out of order: %q", firsts)
	}
	var terms []Term
	var words []Spelling
	for _, s := range shards {
		packed, err := pack(s.encode())
		if err != nil {
			t.Fatal(err)
		}
		raw, err := unpack(packed)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decodeShard(raw, len(docs))
		if err != nil {
			t.Fatal(err)
		}
		terms, words = append(terms, back.terms...), append(words, back.words...)
	}
	if !reflect.DeepEqual(terms, lists.Terms) || !slices.Equal(words, lists.Words) {
		t.Error("the shards do not hold what the lists do")
	}
	// A word is fetched with its stem and its shorter forms: no shard ends between them.
	for i := 1; i < len(shards); i++ {
		before := shards[i-1]
		if n := len(before.terms); n > 0 && prefix(before.terms[n-1].Stem) == firsts[i] {
			t.Errorf("a shard ends inside the words that begin with %q", firsts[i])
		}
	}
}

// FuzzDecodeShard reads damaged shards: they are refused, never followed.
func FuzzDecodeShard(f *testing.F) {
	_, shards := listsOf(f, "en", base...).shards()
	for _, s := range shards {
		f.Add(s.encode())
	}
	f.Add([]byte("DS1"))
	f.Add([]byte("DS1\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := decodeShard(data, 4)
		if err != nil {
			return
		}
		for _, term := range s.terms {
			for _, p := range term.Postings {
				if p.Doc >= 4 {
					t.Fatalf("a posting names document %d of 4", p.Doc)
				}
			}
		}
	})
}

// FuzzQuery asks anything: no panic, every hit has the words it says.
func FuzzQuery(f *testing.F) {
	lists := listsOf(f, "en", base...)
	for _, q := range []string{"anchor", "rollbacks", "", "\x00", "Größe", "\xff\xfe", strings.Repeat("a ", 1000), "<b>"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		a := lists.Query(q)
		for i, h := range a.Hits {
			if h.Score == 0 || h.Has == 0 {
				t.Errorf("%q: %s is a hit without a word", q, h.Key)
			}
			if i > 0 && a.Hits[i-1].Score < h.Score {
				t.Errorf("%q: the hits are out of order", q)
			}
			a.Excerpt(h.Document)
		}
	})
}
