package search

import (
	"slices"
	"strings"
	"testing"

	"debrief/internal/markdown"
)

// doc makes a document out of Markdown.
func doc(key, title, text string, terms ...string) *Document {
	return &Document{Key: key, Title: title, Kind: "incident", URL: "/" + key + "/", Terms: terms,
		Doc: markdown.NewParser(markdown.Options{}).Parse([]byte(text), 1)}
}

// with changes a document.
func (d *Document) with(change func(*Document)) *Document {
	change(d)
	return d
}

// listsOf makes the lists of documents in a new index.
func listsOf(t testing.TB, language string, docs ...*Document) *Lists {
	t.Helper()
	ix, err := NewIndex(language)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b *Document) int { return strings.Compare(a.Key, b.Key) })
	lists, err := ix.Lists(docs)
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

// baseOf opens the search of documents.
func baseOf(t testing.TB, language string, docs ...*Document) *Base {
	t.Helper()
	b, err := Open(listsOf(t, language, docs...).Fetch)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ask asks, and returns the keys of the documents found too, best first.
func ask(t testing.TB, b *Base, query string) (*Answer, []string) {
	t.Helper()
	a, err := b.Ask(query)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	keys := []string{}
	for _, h := range a.Hits {
		keys = append(keys, cardOf(t, b, h).Key)
	}
	return a, keys
}

func cardOf(t testing.TB, b *Base, h Hit) Card {
	t.Helper()
	c, err := b.Card(h)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// some is a small knowledge base.
var some = []*Document{
	doc("anchors", "Anchors not found after a key rotation", "The *anchor* service rejected maps.\n\n## Timeline\n\n- 14:21 databases failed over\n\n```\nERR_QUORUM lost\n```\n\nThe load balancer sent everyone to one node. Its max_connections were too few.\n", "anchor-api", "key-rotation").with(func(d *Document) {
		d.Severity, d.Rank, d.Status, d.Date, d.Services, d.Factors, d.Tags = "SEV2", 2, "final", "2026-03-12", []string{"Anchor API", "session"}, []string{"key-rotation"}, []string{"dns"}
	}),
	doc("boot", "Firmware leaves headsets in a boot loop", "An update ring was too wide. The rollback took hours. Many headsets overheated.\n\n## Rollback\n\nWe rolled back. The leader lost quorum.\n", "device-updater").with(func(d *Document) {
		d.Severity, d.Rank, d.Status, d.Date, d.Services = "SEV1", 1, "draft", "2026-05-01", []string{"device-updater"}
	}),
	doc("cert", "Expired certificate stops every launch", "Nobody watched the certificate. A key was rotated. The behaviour of the organisation was normalised.\n", "runtime").with(func(d *Document) {
		d.Severity, d.Rank, d.Status, d.Date, d.Services, d.Tags = "SEV1", 1, "final", "2025-11-30", []string{"runtime", "session"}, []string{"tls", "DNS"}
	}),
	doc("drift", "Drift", "Slow growth of the pose error while tracking looks healthy.\n", "pose drift").with(func(d *Document) {
		d.Kind, d.Also = "term", []string{"pose drift"}
	}),
}
