package search

import (
	"cmp"
	"slices"
)

// follow returns the lists after changes of a few documents. Lists that nothing
// has happened to are shared with the lists before.
func (l *Lists) follow(ix *Index, docs []*Document, changes []change) *Lists {
	now := &Lists{
		vocabulary: l.vocabulary, ranking: l.ranking, docs: make([]*indexed, len(docs)),
		lengths: slices.Clone(l.lengths), total: l.total, terms: slices.Clone(l.terms), words: slices.Clone(l.words),
	}
	edits := map[string][]posting{} // by stem; a posting without frequencies takes one away
	touched := map[string]bool{}    // words
	for _, c := range changes {
		slot := none
		if c.before != nil {
			slot = c.before.slot
			a := c.before.analysis()
			for stem := range a.postings {
				edits[stem] = append(edits[stem], posting{slot: slot})
			}
			now.lengthen(slot, a.lengths, -1)
			touch(touched, a.met)
		}
		if c.after != nil {
			if slot == none {
				slot = uint32(len(now.lengths))
				now.lengths = append(now.lengths, [fields]uint32{})
			}
			c.after.slot = slot
			a := c.after.analysis()
			for stem, p := range a.postings {
				p.slot = slot
				edits[stem] = append(edits[stem], p)
			}
			now.lengthen(slot, a.lengths, 1)
			touch(touched, a.met)
		}
	}
	now.edit(edits)
	now.respell(ix, touched)
	now.numbers = make([]int32, len(now.lengths))
	for i := range now.numbers {
		now.numbers[i] = -1
	}
	for i, d := range docs {
		if i < len(l.docs) && l.docs[i].Document == d {
			now.docs[i] = l.docs[i]
		} else {
			now.docs[i] = ix.docs[d.Key]
		}
		now.numbers[now.docs[i].slot] = int32(i)
	}
	return now.finish()
}

func touch(touched map[string]bool, met []occurrence) {
	for _, s := range met {
		touched[s.word] = true
	}
}

func (l *Lists) lengthen(slot uint32, by [fields]uint32, sign int) {
	for f := range fields {
		l.lengths[slot][f] = uint32(int(l.lengths[slot][f]) + sign*int(by[f]))
		l.total[f] = uint64(int64(l.total[f]) + int64(sign)*int64(by[f]))
	}
}

// edit changes the posting lists.
func (l *Lists) edit(edits map[string][]posting) {
	var fresh []term
	gone := false
	for stem, list := range edits {
		var postings []posting
		i, known := l.find(stem)
		if known {
			postings = slices.Clone(l.terms[i].postings)
		}
		for _, p := range list {
			at, there := slices.BinarySearchFunc(postings, p.slot, func(q posting, slot uint32) int { return cmp.Compare(q.slot, slot) })
			switch {
			case p.freq == [fields]uint8{}:
				if there {
					postings = slices.Delete(postings, at, at+1)
				}
			case there:
				postings[at] = p
			default:
				postings = slices.Insert(postings, at, p)
			}
		}
		switch {
		case known:
			l.terms[i].postings = postings
			gone = gone || len(postings) == 0
		case len(postings) > 0:
			fresh = append(fresh, term{stem, postings})
		}
	}
	if gone {
		l.terms = slices.DeleteFunc(l.terms, func(t term) bool { return len(t.postings) == 0 })
	}
	byStem := func(a, b term) int { return cmp.Compare(a.stem, b.stem) }
	slices.SortFunc(fresh, byStem)
	l.terms = merge(l.terms, fresh, byStem)
}

// respell takes over the words that have come, gone or changed their number.
func (l *Lists) respell(ix *Index, touched map[string]bool) {
	var fresh []spelling
	for w := range touched {
		s := ix.vocabulary.spelled(w)
		i, known := l.spelled(w)
		switch {
		case known:
			l.words[i] = s
			l.words[i].word = w
		case s.n > 0:
			fresh = append(fresh, s)
		}
	}
	l.words = slices.DeleteFunc(l.words, func(s spelling) bool { return s.n == 0 })
	byWord := func(a, b spelling) int { return cmp.Compare(a.word, b.word) }
	slices.SortFunc(fresh, byWord)
	l.words = merge(l.words, fresh, byWord)
}

// merge puts a short sorted list into a long one.
func merge[E any](long, short []E, compare func(a, b E) int) []E {
	if len(short) == 0 {
		return long
	}
	all := make([]E, 0, len(long)+len(short))
	for _, s := range short {
		at, _ := slices.BinarySearchFunc(long, s, compare)
		all = append(append(all, long[:at]...), s)
		long = long[at:]
	}
	return append(all, long...)
}
