package search

import (
	"fmt"
	"testing"

	"debrief/internal/markdown"
	"debrief/internal/sample"
)

// sampleDocuments are the documents of a generated knowledge base.
func sampleDocuments(b *testing.B, n int) []*Document {
	b.Helper()
	p := markdown.NewParser(markdown.Options{})
	var docs []*Document
	for _, f := range sample.Tree(n).Files() {
		doc := p.Parse(f.Data, 1)
		docs = append(docs, &Document{Key: f.Path, Title: f.Path, Kind: "incident", URL: "/" + f.Path, Doc: doc})
	}
	return docs
}

// BenchmarkLists indexes everything and reads the posting lists out.
func BenchmarkLists(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			docs := sampleDocuments(b, n)
			for b.Loop() {
				ix, err := NewIndex("en")
				if err != nil {
					b.Fatal(err)
				}
				if _, err := ix.Lists(docs); err != nil {
					b.Fatal(err)
				}
				ix.Close()
			}
		})
	}
}

// BenchmarkFollow changes one document, and asks for the incidents that are
// like it, as a preview does after a save.
func BenchmarkFollow(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			docs := sampleDocuments(b, n)
			ix, err := NewIndex("en")
			if err != nil {
				b.Fatal(err)
			}
			defer ix.Close()
			if _, err := ix.Lists(docs); err != nil {
				b.Fatal(err)
			}
			p := markdown.NewParser(markdown.Options{})
			i := 0
			for b.Loop() {
				i++
				now := *docs[n/2]
				now.Doc = p.Parse(fmt.Appendf(nil, "# Edit %d\n\n%s\n", i, now.Doc.Sections[0].Text), 1)
				docs[n/2] = &now
				lists, err := ix.Lists(docs)
				if err != nil {
					b.Fatal(err)
				}
				lists.Related(now.Key, 5)
			}
		})
	}
}
