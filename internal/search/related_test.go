package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"debrief/internal/kb"
	reading "debrief/internal/parse"
	"debrief/internal/sample"
	"debrief/internal/site"
	"debrief/internal/tree"
)

// named gives a document services, factors and tags, each a list with commas,
// and the words by which they are searched.
func named(d *Document, services, factors, tags string) *Document {
	list := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == ',' }) }
	d.Services, d.Factors, d.Tags = list(services), list(factors), list(tags)
	d.Terms = slices.Concat(d.Services, d.Factors, d.Tags)
	return d
}

// fillers are incidents that are like nothing else, and not like each other.
func fillers(n int) []*Document {
	var docs []*Document
	for i := range n {
		w := fmt.Sprintf("%c%cq", 'a'+i/26, 'a'+i%26)
		docs = append(docs, doc("filler-"+w, "Filler "+w, fmt.Sprintf("%sone %stwo %sthree.", w, w, w)))
	}
	return docs
}

// inLine writes what is related to a document, one after the other.
func inLine(list []Kin) string {
	var all []string
	for _, k := range list {
		text := k.Key
		for _, part := range []struct {
			name  string
			names []string
		}{{"factors", k.Factors}, {"services", k.Services}, {"tags", k.Tags}, {"words", k.Words}} {
			if len(part.names) > 0 {
				text += " " + part.name + "=" + strings.Join(part.names, ",")
			}
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// TestRelated tells which incidents are shown beside one, in which order, and
// for what reasons.
func TestRelated(t *testing.T) {
	docs := append(fillers(20),
		named(doc("one", "Handshake fails", "The handshake failed. The quorum was lost. Sealing stopped."), "anchor-api", "expired-certificate", "tls"),
		// As much of the same as there can be, and names in common.
		named(doc("twin", "Handshake fails again", "The handshakes failed. The quorum was lost. Sealing stopped."), "Anchor API,session", "expired-certificate", ""),
		// The same words, no names.
		doc("words", "Something else", "A handshake, a quorum, and some sealing of letters."),
		// The same service, and one word.
		named(doc("service", "Slow", "Slow maps, and one handshake."), "anchor-api", "", ""),
		// Two words and no names are too little.
		doc("little", "Picnic", "A handshake and a quorum."),
		// Not an incident.
		doc("term", "Handshake", "A handshake is needed for a quorum, and sealing.").with(func(d *Document) { d.Kind = "term" }),
	)
	lists := listsOf(t, "en", docs...)
	tests := []struct {
		key  string
		n    int
		want string
	}{
		{"one", 5, "twin factors=expired-certificate services=anchor-api words=failed,handshake,lost; service services=anchor-api words=handshake; words words=handshake,sealing,quorum"},
		{"one", 1, "twin factors=expired-certificate services=anchor-api words=failed,handshake,lost"},
		{"one", 0, ""},
		{"filler-aaq", 5, ""},
		{"nowhere", 5, ""},
	}
	for _, test := range tests {
		got := lists.Related(test.key, test.n)
		if inLine(got) != test.want {
			t.Errorf("%d related to %s are\n%s, want\n%s", test.n, test.key, inLine(got), test.want)
		}
	}
}

// TestRelatedThreshold tells that an incident which shares little with another one is
// not related to it, whatever names the two have in common.
func TestRelatedThreshold(t *testing.T) {
	var own, all strings.Builder
	for i := range profileTerms - 5 {
		fmt.Fprintf(&all, "telling%c%c ", 'a'+i/26, 'a'+i%26)
	}
	fmt.Fprint(&own, all.String())
	docs := append(fillers(200),
		named(doc("one", "One", own.String()), "anchor-api", "", ""),
		named(doc("much", "Much", all.String()), "anchor-api", "", ""))
	// Enough of them that the service's name itself tells nothing any more.
	for i := range 40 {
		docs = append(docs, named(doc(fmt.Sprintf("little%02d", i), "Little", "Nothing of the kind."), "anchor-api", "", ""))
	}
	docs = append(docs, named(doc("word", "Word", "The tellingaa word, "+strings.Repeat("and others on and on ", 200)), "anchor-api", "", ""))
	got := listsOf(t, "en", docs...).Related("one", 50)
	if len(got) != 1 || got[0].Key != "much" {
		t.Errorf("related are %s, want much alone", inLine(got))
	}
}

// TestRelatedOrder tells that equally good incidents keep the order of their keys,
// and that a word which nearly all have, a number or a hash relates nothing.
func TestRelatedOrder(t *testing.T) {
	docs := append(fillers(20),
		doc("a", "Aa", "brake caliper piston 4711 7f3ab9 everyone"),
		doc("d", "Dd", "brake caliper piston 4711 7f3ab9 everyone"),
		doc("c", "Cc", "brake caliper piston 4711 7f3ab9 everyone"),
		doc("b", "Bb", "brake caliper piston 4711 7f3ab9 everyone"),
		doc("number", "Number", "4711 7f3ab9 4712 brake"))
	for _, d := range fillers(20) {
		docs = append(docs, doc("more-"+d.Key, "Everyone", "everyone"))
	}
	want := "b words=brake,caliper,piston; c words=brake,caliper,piston; d words=brake,caliper,piston"
	got := listsOf(t, "en", docs...).Related("a", 10)
	for i := range got {
		slices.Sort(got[i].Words)
	}
	if inLine(got) != want {
		t.Errorf("related are %s, want %s", inLine(got), want)
	}
}

// TestRelatedLanguages names words as they are written, not their stems.
func TestRelatedLanguages(t *testing.T) {
	tests := []struct{ language, text string }{
		{"en", "The batteries overheated, the casings deformed."},
		{"de", "Die Häuser wurden mit Zertifikaten überschwemmt."},
		{"fr", "Les certificats étaient expirés partout."},
		{"ja", "センサーの温度が上昇した"},
	}
	for _, test := range tests {
		docs := append(fillers(20), doc("a", "A", test.text), doc("b", "B", test.text))
		got := listsOf(t, test.language, docs...).Related("a", 5)
		if len(got) != 1 || len(got[0].Words) != sharedWords {
			t.Fatalf("%s: related are %s", test.language, inLine(got))
		}
		for _, w := range got[0].Words {
			if !strings.Contains(strings.ToLower(test.text), w) {
				t.Errorf("%s: the word %q is not in the text %q", test.language, w, test.text)
			}
		}
	}
}

// sampleSite is the documents of a generated site, with services, factors and tags.
func sampleSite(t testing.TB, n int) []*Document {
	t.Helper()
	config := kb.DefaultConfig()
	parser := reading.NewParser(config)
	var corpus kb.Corpus
	for _, f := range sample.Tree(n).Files() {
		if !reading.IsText(f) || f.Path == reading.ConfigPath {
			continue
		}
		r := parser.File(f)
		if r.Incident == nil {
			t.Fatalf("%s: %v", f.Path, r.Findings)
		}
		corpus.Incidents = append(corpus.Incidents, r.Incident)
	}
	corpus.Terms = append(corpus.Terms, parser.File(tree.NewFile("glossary/drift.md", []byte("# Drift\n\nThe growth of an error."))).Term)
	return Documents(site.New(corpus, config, site.Options{}, nil), nil)
}

// TestProfiles tells that what is known of one document by reading it again is
// what one pass through the lists says of all.
func TestProfiles(t *testing.T) {
	for _, test := range []struct {
		language string
		docs     []*Document
	}{
		{"en", sampleSite(t, 120)},
		{"de", sampleSite(t, 40)},
		{"en", some},
		{"ja", append(fillers(3), doc("a", "A", "センサーの温度が上昇した"), doc("b", "B", "温度センサーの故障"))},
	} {
		lists := listsOf(t, test.language, test.docs...)
		all := lists.makeProfiles()
		found := 0
		for i, d := range lists.docs {
			lists.asked.Store(0) // as if nobody had asked before
			if one := lists.profile(i); !slices.Equal(one, all[i]) {
				t.Errorf("%s: the profile of %s is %v, that of all says %v", test.language, d.Key, one, all[i])
			}
			found += len(all[i])
		}
		if found == 0 {
			t.Errorf("%s: no document has a profile, so this tests nothing", test.language)
		}
	}
}

// TestRelatedAsked tells that the answer does not depend on how often one has
// asked: a build asks for all pages, a preview for one.
func TestRelatedAsked(t *testing.T) {
	docs := sampleSite(t, 60)
	first, later := listsOf(t, "en", docs...), listsOf(t, "en", docs...)
	later.asked.Store(fewAsked)
	some := 0
	for _, d := range docs {
		first.asked.Store(0)
		one, other := first.Related(d.Key, 8), later.Related(d.Key, 8)
		if inLine(one) != inLine(other) {
			t.Errorf("related to %s are first\n%s, and later\n%s", d.Key, inLine(one), inLine(other))
		}
		for _, k := range one {
			if len(k.Factors)+len(k.Services)+len(k.Tags)+len(k.Words) == 0 {
				t.Errorf("%s is related to %s for no reason", k.Key, d.Key)
			}
			if k.Key == d.Key || len(k.Words) > sharedWords {
				t.Errorf("related to %s is %+v", d.Key, k)
			}
		}
		some += len(one)
	}
	if some == 0 {
		t.Error("nothing is related to anything, so this tests nothing")
	}
}
