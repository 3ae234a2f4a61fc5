package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
)

// american is a filter that gives British spellings the American form, so that
// both are indexed under one stem. What it makes is never shown; two words need
// only stay two words.
type american struct{}

// Filter changes the terms of tokens in lower case.
func (american) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	for _, t := range tokens {
		if w := string(t.Term); len(w) >= 4 {
			if a := americanOf(w); a != w {
				t.Term = []byte(a)
			}
		}
	}
	return tokens
}

// endings that a stem may take, the empty one among them.
var inflections = []string{"", "s", "d", "r", "rs", "ed", "er", "ers", "ing", "ings", "al", "ally", "able", "ite", "ites", "ful", "less", "ist", "ists", "ation", "ations", "ment", "ments"}

func americanOf(w string) string {
	if a, ok := irregular[w]; ok {
		return a
	}
	if len(w) < 6 {
		return w
	}
	for _, rule := range [...]struct{ british, american string }{
		{"isation", "ization"}, {"is", "iz"}, {"ys", "yz"}, {"our", "or"}, {"ogue", "og"}, {"tre", "ter"},
	} {
		i := strings.LastIndex(w, rule.british)
		if i < 3 {
			continue
		}
		rest := w[i+len(rule.british):]
		if rule.british == "is" || rule.british == "ys" { // -ise, -ised, -ising, -iser, -yse
			if rest != "e" && rest != "ed" && rest != "es" && rest != "ing" && rest != "er" && rest != "ers" {
				continue
			}
			return w[:i] + rule.american + rest
		}
		for _, ending := range inflections {
			if rest == ending {
				return w[:i] + rule.american + rest
			}
		}
	}
	return w
}

// irregular are spellings that follow no rule.
var irregular = map[string]string{
	"grey": "gray", "greyed": "grayed", "programme": "program", "programmes": "programs", "artefact": "artifact", "artefacts": "artifacts",
	"ageing": "aging", "judgement": "judgment", "acknowledgement": "acknowledgment", "acknowledgements": "acknowledgments",
	"defence": "defense", "offence": "offense", "licence": "license", "licences": "licenses", "practise": "practice", "practised": "practiced", "practising": "practicing",
	"cheque": "check", "cheques": "checks", "metre": "meter", "metres": "meters", "litre": "liter", "litres": "liters", "fibre": "fiber", "fibres": "fibers",
	"sceptical": "skeptical", "aluminium": "aluminum", "fulfil": "fulfill", "enrol": "enroll", "instal": "install", "catalogued": "cataloged", "learnt": "learned",
	"cancelled": "canceled", "cancelling": "canceling", "labelled": "labeled", "labelling": "labeling", "modelled": "modeled", "modelling": "modeling",
	"signalled": "signaled", "signalling": "signaling", "travelled": "traveled", "travelling": "traveling", "fuelled": "fueled", "totalled": "totaled",
	"tunnelled": "tunneled", "tunnelling": "tunneling", "centred": "centered", "neighbourhood": "neighborhood", "cataloguing": "cataloging", "levelled": "leveled", "levelling": "leveling", "dialled": "dialed", "fuelling": "fueling", "totalling": "totaling", "mislabelled": "mislabeled", "unlabelled": "unlabeled", "fulfilment": "fulfillment", "whilst": "while", "tyre": "tire", "tyres": "tires", "initialled": "initialed", "marshalled": "marshaled", "marshalling": "marshaling", "channelled": "channeled",
}

// small are words that people put into a question and that say little about what
// they look for. Unlike stop words they are indexed: they may be part of a title.
var small = strings.Fields(`
actually again almost already also although always among anybody anyone anything became become becomes can cannot could define
defined definition definitions difference differences does doing done either else even ever every everybody everyone everything
explain explained explanation gets getting got happen happened happening happens however instead just kept let like likely made
make makes making many may maybe mean meaning means might much must near none often perhaps possible quite rather really seem
seems seen shall since some somebody someone something sometimes soon still such than thing things though through thus together
toward towards under unless until upon us via want wanted wants was way ways were whatever whenever whether while within without
would yet`)

//go:embed english.txt
var shortForms string

// english are the short forms of english.txt, and what they stand for, both ways.
var english = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(shortForms) {
		short, long, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for l := range strings.SplitSeq(long, ", ") {
			all[short] = append(all[short], l)
			all[l] = append(all[l], short)
		}
	}
	for _, list := range all {
		slices.Sort(list)
	}
	return all
})
