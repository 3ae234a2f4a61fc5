package search

import (
	"slices"

	"github.com/blevesearch/bleve/v2/analysis"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/de"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/es"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/fr"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/it"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/nl"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/pt"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/ru"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/registry"
	"golang.org/x/text/language"
)

// analyzers are the names of Bleve's analyzers by language.
var analyzers = map[string]string{
	"de": "de", "en": "en", "es": "es", "fr": "fr", "it": "it", "nl": "nl", "pt": "pt", "ru": "ru", "sv": "sv",
	"ja": "cjk", "ko": "cjk", "zh": "cjk",
}

// analyzer returns Bleve's analyzer for a language and the words that it
// leaves out. Other languages have their words folded to lower case, unstemmed.
func analyzer(tag string) (a analysis.Analyzer, stop []string, err error) {
	name := "standard"
	if t, err := language.Parse(tag); err == nil {
		base, _ := t.Base()
		if n, ok := analyzers[base.String()]; ok {
			name = n
		}
	}
	cache := registry.NewCache()
	if a, err = cache.AnalyzerNamed(name); err != nil {
		return nil, nil, err
	}
	stopName := "stop_" + name
	if name == "standard" {
		stopName = "stop_en"
	}
	if words, err := cache.TokenMapNamed(stopName); err == nil {
		for w := range words {
			stop = append(stop, w)
		}
	}
	slices.Sort(stop)
	return a, stop, nil
}
