package search

import (
	"fmt"
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
	xlanguage "golang.org/x/text/language"
)

// analyzers are the names of Bleve's analyzers by language.
var analyzers = map[string]string{
	"de": "de", "en": "en", "es": "es", "fr": "fr", "it": "it", "nl": "nl", "pt": "pt", "ru": "ru", "sv": "sv",
	"ja": "cjk", "ko": "cjk", "zh": "cjk",
}

// language is how texts of one language are indexed.
type language struct {
	name      string // of Bleve's analyzer
	tokenizer analysis.Tokenizer
	analyzer  *analysis.DefaultAnalyzer // with the parts of compounds
	stop      []string                  // words that are not indexed, sorted
	small     []string                  // words that count for less in a query, sorted
	pairs     bool                      // ideographs are indexed by pairs
	synonyms  map[string][]string
}

// languageOf returns Bleve's analyzer for a language, a BCP 47 tag, which cuts
// compound names into their parts too. Other languages have their words folded
// to lower case, unstemmed.
func languageOf(tag string) (*language, error) {
	name := "standard"
	if t, err := xlanguage.Parse(tag); err == nil {
		base, _ := t.Base()
		if n, ok := analyzers[base.String()]; ok {
			name = n
		}
	}
	cache := registry.NewCache()
	found, err := cache.AnalyzerNamed(name)
	if err != nil {
		return nil, err
	}
	theirs, ok := found.(*analysis.DefaultAnalyzer)
	if !ok {
		return nil, fmt.Errorf("the analyzer %q is not made of a tokenizer and filters", name)
	}
	l := &language{name: name, tokenizer: theirs.Tokenizer, pairs: name == "cjk"}
	filters := slices.Clone(theirs.TokenFilters)
	if name == "en" {
		l.synonyms = english()
		l.small = slices.Compact(slices.Sorted(slices.Values(small)))
		filters = slices.Insert(filters, len(filters)-1, analysis.TokenFilter(american{})) // before the stemmer
	}
	l.analyzer = &analysis.DefaultAnalyzer{CharFilters: theirs.CharFilters, Tokenizer: parting{theirs.Tokenizer}, TokenFilters: filters}
	stopName := "stop_" + name
	if name == "standard" {
		stopName = "stop_en"
	}
	if stop, err := cache.TokenMapNamed(stopName); err == nil {
		for w := range stop {
			l.stop = append(l.stop, w)
		}
	}
	slices.Sort(l.stop)
	return l, nil
}

// String tells languages apart that make different terms of a text.
func (l *language) String() string {
	return fmt.Sprint(l.name, l.stop, l.small, l.synonyms) // maps are printed in order
}

// stems returns what a word is indexed under. It is more than one for a compound.
func (l *language) stems(word string) []string {
	var list []string
	for _, t := range l.analyzer.Analyze([]byte(word)) {
		list = append(list, string(t.Term))
	}
	return list
}
