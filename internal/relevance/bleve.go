package main

import (
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	blevequery "github.com/blevesearch/bleve/v2/search/query"
)

// bleveRankers are Bleve's own ways to rank, with its English analyzer:
//
//	bleve-default      a match in title, headings or body, with boosts 3, 1.5 and 1
//	bleve-composite    a match in one field that has all of the words
//	bleve-conjunction  the same, and every word has to be there
//
// close releases their index.
func bleveRankers(pages []page) (all map[string]ranker, close func() error, err error) {
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.IncludeInAll = "en", false, false
	doc := bleve.NewDocumentStaticMapping()
	for _, f := range []string{"title", "headings", "body", "everything"} {
		doc.AddFieldMappingsAt(f, text)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	ix, err := newIndex(m, pages)
	if err != nil {
		return nil, nil, err
	}

	match := func(field, text string, boost float64) blevequery.Query {
		q := bleve.NewMatchQuery(text)
		q.SetField(field)
		q.SetBoost(boost)
		q.Analyzer = "en"
		return q
	}
	ranked := func(make func(text string) blevequery.Query) ranker {
		return func(text string) ([]string, error) {
			r := bleve.NewSearchRequestOptions(make(text), depth, 0, false)
			r.SortBy([]string{"-_score", "_id"})
			result, err := ix.Search(r)
			if err != nil {
				return nil, err
			}
			var names []string
			for _, h := range result.Hits {
				names = append(names, h.ID)
			}
			return names, nil
		}
	}
	return map[string]ranker{
		"bleve-default": ranked(func(text string) blevequery.Query {
			return bleve.NewDisjunctionQuery(match("title", text, 3), match("headings", text, 1.5), match("body", text, 1))
		}),
		"bleve-composite": ranked(func(text string) blevequery.Query { return match("everything", text, 1) }),
		"bleve-conjunction": ranked(func(text string) blevequery.Query {
			q := match("everything", text, 1).(*blevequery.MatchQuery)
			q.SetOperator(blevequery.MatchQueryOperatorAnd)
			return q
		}),
	}, ix.Close, nil
}

func newIndex(m mapping.IndexMapping, pages []page) (bleve.Index, error) {
	ix, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	batch := ix.NewBatch()
	for _, p := range pages {
		headings := strings.Join(append(p.Headings[:len(p.Headings):len(p.Headings)], p.Terms...), "\n")
		var body strings.Builder
		for _, s := range p.Sections {
			body.WriteString(s.Text + "\n")
		}
		err := batch.Index(p.Name, map[string]string{
			"title": p.Title, "headings": headings, "body": body.String(),
			"everything": p.Title + "\n" + headings + "\n" + body.String(),
		})
		if err != nil {
			return nil, err
		}
	}
	return ix, ix.Batch(batch)
}
