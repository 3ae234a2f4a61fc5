package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Answer is what a query found, best first.
type Answer struct {
	Hits      []Hit
	Wished    int               // how many different words were wished for and are known
	Without   []string          // words that no page has
	Corrected []Correction      // words that were taken for others
	Notes     []Note            // what could not be taken as it was written
	Facets    []Facet           // how the answer can be narrowed
	Months    []Count           // of all that is not outside of the dates asked for, and of what is too
	Marks     map[string]string // words that are to be marked, and their stems
	Empty     bool              // nothing was asked for
	phrases   []phrase
}

// Hit is a document that a query found.
type Hit struct {
	Doc   int // its number
	Part  int // the number of the passage that has most of the words
	Has   int // how many of the words it has
	Score uint64
}

// Correction is a word that does not occur and what was searched for instead.
type Correction struct {
	Typed string `json:"typed"`
	Taken string `json:"taken"`
}

// Note tells that a part of a query was not taken as it was written.
type Note struct {
	Kind  string   `json:"kind"` // value, field, date, phrase or cap
	Field string   `json:"field,omitempty"`
	Typed string   `json:"typed,omitempty"`
	Near  []string `json:"near,omitempty"` // what may have been meant
	All   []string `json:"all,omitempty"`  // what there is, most used first
	Read  int      `json:"read,omitempty"`
	Of    int      `json:"of,omitempty"`
}

// Facet is a field with the values that the pages found have.
type Facet struct {
	Field  string       `json:"field"`
	Values []FacetValue `json:"values"`
}

// FacetValue is a value and how many pages would be found with it chosen.
type FacetValue struct {
	Value string `json:"value"`
	N     int    `json:"n"`
	On    bool   `json:"on,omitempty"`
}

// Count is a month, "2026-03", and a number of pages.
type Count struct {
	Month string `json:"month"`
	N     int    `json:"n"`
}

// Limits of an answer.
const (
	maxRead    = 200 // pages that are read to look for phrases
	maxNoteAll = 12
	maxGroups  = 32 // words, and parts of words
)

// group is a word of a query and the terms that it may stand for.
type group struct {
	typed    string
	meanings []meaning
	small    bool // it says little, and counts for less
}

// meaning is one or more terms that a document has all of.
type meaning struct {
	terms  []found
	weight int
}

// Ask answers a query. Every word is wished for: a document that lacks some
// comes after those that have more of them.
func (b *Base) Ask(text string) (*Answer, error) { return b.ask(parse(text)) }

// AskLog answers a query that wishes for the words of some lines of a log too.
func (b *Base) AskLog(lines []string, text string) (*Answer, error) {
	q := parse(text)
	var list []queryWord
	log := strings.Join(lines, "\n")
	for _, w := range words(log) {
		if !slices.ContainsFunc(list, func(o queryWord) bool { return o.text == w.text }) {
			list = append(list, queryWord{text: w.text})
		}
	}
	list = tellingWords(list)
	q.words = append(q.words, list[:min(len(list), max(0, maxQueryWords-len(q.words)))]...)
	if len(lines) > 0 {
		q.text, q.typing = log, ""
	}
	return b.ask(q)
}

func (b *Base) ask(q query) (*Answer, error) {
	a := &Answer{Marks: map[string]string{}, phrases: q.phrases}
	if err := b.loadFacets(q.filters); err != nil {
		return nil, err
	}
	wished := q.words
	for _, p := range q.phrases {
		if !p.not {
			for _, w := range p.words {
				if !slices.ContainsFunc(wished, func(o queryWord) bool { return o.text == w && !o.not }) {
					wished = append(wished, queryWord{text: w})
				}
			}
		}
	}
	wished = wished[:min(len(wished), maxQueryWords)]
	groups, err := b.groups(wished, q.typing, a)
	if err != nil {
		return nil, err
	}
	excluded, err := b.excluded(q.words)
	if err != nil {
		return nil, err
	}
	n := newNarrowing(b.facets, q.filters, a)
	a.Empty = len(q.words) == 0 && len(q.filters) == 0 && len(q.phrases) == 0
	hits := b.rank(groups, len(groups) == 0 && (len(n.filters) > 0 || len(a.Notes) > 0 || len(q.phrases) > 0 || len(excluded) > 0))
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return excluded[h.Doc] })
	if len(q.phrases) > 0 {
		if hits, err = b.withPhrases(hits, n, a); err != nil {
			return nil, err
		}
	}
	a.Wished = len(groups)
	n.count(hits, a)
	a.Hits = slices.DeleteFunc(hits, func(h Hit) bool { return !n.allows(h.Doc) })
	return a, b.closer(a, q.text, groups)
}

// groups finds the terms of the words.
func (b *Base) groups(wished []queryWord, typing string, a *Answer) ([]group, error) {
	var texts []string
	for _, w := range wished {
		texts = append(texts, w.text)
	}
	if err := b.load(texts...); err != nil {
		return nil, err
	}
	var groups []group
	at := map[int]int{} // which group a word has
	for i, w := range wished {
		if w.not {
			continue
		}
		found, err := b.meanings(w.text, w.text == typing, a)
		if err != nil {
			return nil, err
		}
		for _, g := range found {
			at[i] = len(groups)
			groups = append(groups, g)
		}
		if len(groups) > maxGroups {
			break
		}
	}
	// Two words may be written as one elsewhere, and two or three stand for one.
	for i := range wished {
		for n := 2; n <= 3 && i+n <= len(wished); n++ {
			run := wished[i : i+n]
			if slices.ContainsFunc(run[1:], func(w queryWord) bool { return !w.near }) || slices.ContainsFunc(run, func(w queryWord) bool { return w.not }) {
				break
			}
			list, err := b.together(run)
			if err != nil {
				return nil, err
			}
			if len(list) == 0 {
				continue
			}
			known := false
			for k := i; k < i+n; k++ {
				if g, ok := at[k]; ok {
					groups[g].meanings = append(groups[g].meanings, list...)
					known = true
				}
			}
			if !known {
				at[i] = len(groups)
				groups = append(groups, group{typed: run[0].text, meanings: list})
			}
			a.Without = slices.DeleteFunc(a.Without, func(w string) bool {
				return slices.ContainsFunc(run, func(o queryWord) bool { return o.text == w })
			})
		}
	}
	// Words that come to the same are one wish.
	var different []group
	for _, g := range groups {
		if !slices.ContainsFunc(different, func(o group) bool { return g.meanings[0].same(o.meanings[0]) }) {
			different = append(different, g)
		}
	}
	different = different[:min(len(different), maxGroups)]
	b.mark(different, a)
	var terms []*found
	for _, g := range different {
		for _, m := range g.meanings {
			for i := range m.terms {
				terms = append(terms, &m.terms[i])
			}
		}
	}
	if err := b.fill(terms...); err != nil {
		return nil, err
	}
	some := false
	for i, g := range different {
		_, different[i].small = slices.BinarySearch(b.meta.Small, g.typed)
		some = some || !different[i].small
	}
	for i := range different {
		different[i].small = different[i].small && some
	}
	return different, nil
}

// one is a word that stands for one term.
func one(typed string, t found) group {
	return group{typed: typed, meanings: []meaning{{[]found{t}, exactWeight}}}
}

func (m meaning) same(o meaning) bool {
	return slices.EqualFunc(m.terms, o.terms, func(x, y found) bool { return x.stem == y.stem })
}

// together is what some words mean that are written as one, or stand for one.
func (b *Base) together(run []queryWord) ([]meaning, error) {
	texts := make([]string, len(run))
	for i, w := range run {
		texts[i] = w.text
	}
	list, err := b.short(strings.Join(texts, " "))
	if err != nil || len(run) > 2 {
		return list, err
	}
	t, ok, err := b.word(texts[0] + texts[1])
	if ok {
		list = append(list, meaning{[]found{t}, joinedWeight})
	}
	return list, err
}

// short is what a short form stands for, or what is written short.
func (b *Base) short(word string) ([]meaning, error) {
	s, err := b.shard(word)
	if err != nil {
		return nil, err
	}
	i, ok := slices.BinarySearchFunc(s.also, word, func(a short, w string) int { return cmp.Compare(a.word, w) })
	if !ok {
		return nil, nil
	}
	var list []meaning
	for _, text := range s.also[i].meanings {
		stems := strings.Split(text, " ")
		if err := b.load(stems...); err != nil {
			return nil, err
		}
		m := meaning{weight: shortWeight}
		for _, stem := range stems {
			t, ok, err := b.term(stem)
			if err != nil {
				return nil, err
			}
			if ok {
				m.terms = append(m.terms, t)
			}
		}
		if len(m.terms) == len(stems) {
			list = append(list, m)
		}
	}
	return list, nil
}

// meanings finds what a word stands for: nothing for a word that is not indexed
// or that no page has; several groups for a compound of which only the parts occur.
func (b *Base) meanings(word string, typing bool, a *Answer) ([]group, error) {
	g := group{typed: word}
	t, occurs, err := b.word(word)
	if err != nil {
		return nil, err
	}
	if occurs {
		g.meanings = append(g.meanings, meaning{[]found{t}, exactWeight})
	}
	shorts, err := b.short(word)
	if err != nil {
		return nil, err
	}
	g.meanings = append(g.meanings, shorts...)
	if typing && utf8.RuneCountInString(word) >= 2 {
		longer, err := b.completions(word)
		if err != nil {
			return nil, err
		}
		for _, l := range longer {
			m := meaning{[]found{l}, exactWeight}
			if len(g.meanings) > 0 && (occurs || len(shorts) > 0) {
				m.weight = longerWeight
			}
			if !slices.ContainsFunc(g.meanings, m.same) {
				g.meanings = append(g.meanings, m)
			}
		}
	}
	if len(g.meanings) > 0 {
		return []group{g}, nil
	}
	if b.isStop(word) {
		return nil, nil
	}
	w := words(word)
	if len(w) == 1 {
		if parts := w[0].parts(); len(parts) > 0 {
			var groups []group
			for _, p := range parts {
				more, err := b.meanings(p.text, false, a)
				if err != nil {
					return nil, err
				}
				groups = append(groups, more...)
			}
			return groups, nil
		}
	}
	return b.guesses(word, a)
}

// guesses finds what a word that does not occur was meant for.
func (b *Base) guesses(word string, a *Answer) ([]group, error) {
	t, ok, err := b.traced(word)
	if err != nil {
		return nil, err
	}
	if ok {
		return []group{one(word, t)}, nil
	}
	mistakes := 1
	if utf8.RuneCountInString(word) >= longWord {
		mistakes = 2
	}
	right, err := b.corrected(word, mistakes)
	if err != nil {
		return nil, err
	}
	if right != "" && distance([]rune(word), []rune(right), 1) <= 1 {
		return b.instead(word, right, a)
	}
	if pair, err := b.split(word); err != nil || len(pair) > 0 {
		if err == nil {
			a.Corrected = append(a.Corrected, Correction{word, pair[0] + " " + pair[1]})
		}
		var groups []group
		for _, p := range pair {
			t, ok, err := b.word(p)
			if err != nil {
				return nil, err
			}
			if ok {
				groups = append(groups, one(p, t))
			}
		}
		return groups, err
	}
	if right != "" {
		return b.instead(word, right, a)
	}
	if t, ok, err = b.related(word); err != nil {
		return nil, err
	}
	if ok {
		return []group{one(word, t)}, nil
	}
	a.Without = append(a.Without, word)
	return nil, nil
}

func (b *Base) instead(word, right string, a *Answer) ([]group, error) {
	t, ok, err := b.word(right)
	if err != nil || !ok {
		return nil, err
	}
	a.Corrected = append(a.Corrected, Correction{word, right})
	return []group{one(word, t)}, nil
}

// split parts a word that is two run together: "loadbalancer". Of several ways
// it takes the one whose rarer word is the most frequent.
func (b *Base) split(word string) ([]string, error) {
	letters := []rune(word)
	var best []string
	most := 0
	for n := 3; n <= len(letters)-3; n++ {
		left, right := string(letters[:n]), string(letters[n:])
		l, ok, err := b.word(left)
		if err != nil {
			return nil, err
		}
		if !ok && !b.isStop(left) {
			continue
		}
		r, rightOK, err := b.word(right)
		if err != nil {
			return nil, err
		}
		if !rightOK && !b.isStop(right) || !ok && !rightOK {
			continue
		}
		often := l.n
		if !ok || rightOK && r.n < often {
			often = r.n
		}
		if often > most {
			most, best = often, []string{left, right}
		}
	}
	return best, nil
}

// related finds the term of a word that begins like this one and ends otherwise:
// of those that share most, the most frequent.
func (b *Base) related(word string) (found, bool, error) {
	letters := []rune(word)
	s, err := b.shard(word)
	if err != nil {
		return found{}, false, err
	}
	for n := len(letters) - 1; n >= max(4, len(letters)-3); n-- {
		start := string(letters[:n])
		var best found
		for _, t := range s.terms {
			if strings.HasPrefix(t.stem, start) && utf8.RuneCountInString(t.stem) <= n+3 && t.n > best.n {
				best = t
			}
		}
		if best.n > 0 {
			return best, true, nil
		}
	}
	return found{}, false, nil
}

// excluded are the documents that have a word which is not wished for.
func (b *Base) excluded(list []queryWord) (map[int]bool, error) {
	out := map[int]bool{}
	for _, w := range list {
		if !w.not {
			continue
		}
		t, ok, err := b.word(w.text)
		if err != nil {
			return nil, err
		}
		if ok {
			if err := b.fill(&t); err != nil {
				return nil, err
			}
			for _, p := range t.postings {
				out[int(p.doc)] = true
			}
		}
	}
	return out, nil
}

// mark collects the words that are to be marked: all that have the stem of one
// that was found.
func (b *Base) mark(groups []group, a *Answer) {
	stems := map[string]bool{}
	for _, g := range groups {
		a.Marks[g.typed] = g.meanings[0].terms[0].stem // whatever form it was found by
	}
	for _, g := range groups {
		for _, m := range g.meanings {
			for _, t := range m.terms {
				stems[t.stem] = true
				a.Marks[t.stem] = t.stem
			}
		}
	}
	for stem := range stems {
		for _, w := range b.shards[b.shardOf(stem)].words {
			if w.stem == stem {
				a.Marks[w.word] = stem
			}
		}
	}
}

// rank scores the documents that have any of the words. The score is of whole
// numbers only, so that the browser comes to the same: for each word the term's
// rarity times the document's impact, summed, times a number that grows with how
// many of the words the document has, and how many one passage has.
func (b *Base) rank(groups []group, all bool) []Hit {
	if all {
		hits := make([]Hit, b.meta.Docs)
		for i := range hits {
			hits[i].Doc = i
		}
		b.sort(hits)
		return hits
	}
	type sum struct {
		score uint64
		has   int
		parts [maxPassages]uint8
	}
	sums := make([]sum, b.meta.Docs)
	gains := make([]uint64, b.meta.Docs)
	near := make([]uint8, b.meta.Docs)
	var touched, order []uint32
	for _, g := range groups {
		worth := uint64(g.rarity())
		if g.small {
			worth = max(1, worth/smallWeight)
		}
		touched = touched[:0]
		for _, m := range g.meanings {
			for _, p := range m.postings() {
				gain := worth * uint64(p.impact) * uint64(m.weight)
				if gains[p.doc] == 0 {
					touched = append(touched, p.doc)
				}
				if gain > gains[p.doc] {
					gains[p.doc] = gain
				}
				near[p.doc] |= p.parts
			}
		}
		for _, doc := range touched {
			s := &sums[doc]
			if s.score == 0 {
				order = append(order, doc)
			}
			s.score += gains[doc]
			if !g.small {
				s.has++
				for n := range maxPassages {
					s.parts[n] += near[doc] >> n & 1
				}
			}
			gains[doc], near[doc] = 0, 0
		}
	}
	hits := make([]Hit, 0, len(order))
	for _, doc := range order {
		s := &sums[doc]
		part := 0
		for n := range s.parts {
			if s.parts[n] > s.parts[part] {
				part = n
			}
		}
		together := uint64(s.parts[part])
		factor := b.Ranking.Base + b.Ranking.Has*uint64(s.has*s.has) + b.Ranking.Near*together*together
		if b.facets.is(int(doc), "page") {
			factor *= b.Ranking.Page
		} else {
			factor *= 16
		}
		hits = append(hits, Hit{Doc: int(doc), Part: part, Has: s.has, Score: s.score * factor})
	}
	b.sort(hits)
	return hits
}

// sort puts the best first; of equal ones the newest, and then by their numbers.
func (b *Base) sort(hits []Hit) {
	slices.SortFunc(hits, func(x, y Hit) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(b.facets.days[y.Doc], b.facets.days[x.Doc]), cmp.Compare(x.Doc, y.Doc))
	})
}

// postings are those of the documents that have all the terms of a meaning.
func (m meaning) postings() []impact {
	list := m.terms[0].postings
	for _, t := range m.terms[1:] {
		var both []impact
		j := 0
		for _, p := range list {
			for j < len(t.postings) && t.postings[j].doc < p.doc {
				j++
			}
			if j < len(t.postings) && t.postings[j].doc == p.doc {
				q := t.postings[j]
				together := p.parts & q.parts
				if together == 0 {
					together = p.parts | q.parts
				}
				both = append(both, impact{p.doc, uint8((int(p.impact) + int(q.impact)) / 2), together})
			}
		}
		list = both
	}
	return list
}
