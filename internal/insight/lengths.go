package insight

import (
	"cmp"
	"slices"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// Lengths is how long it took from the start of incidents to one of their marks.
type Lengths struct {
	Mark     kb.Mark
	Known    []Length // the shortest first
	Unknown  int      // incidents that do not say both times to the minute
	Negative int      // incidents whose mark comes before their start; they are left out
}

// Length is how long it took in one incident.
type Length struct {
	Entry   *site.Entry
	Seconds float64
	Stated  bool // in words; the times themselves are not known
}

// Measured are the marks up to which time is measured.
var Measured = []kb.Mark{kb.MarkDetected, kb.MarkAcknowledged, kb.MarkMitigated, kb.MarkResolved}

// Until measures the time from the start to a mark. A day alone tells no hours, so
// it counts as unknown; then what the text states in words is taken.
func Until(list []*site.Entry, mark kb.Mark) Lengths {
	l := Lengths{Mark: mark}
	for _, e := range list {
		from, to := e.Incident.Started, e.Incident.Moment(mark)
		if from.Precision != kb.Instant || to.Precision != kb.Instant {
			if s := stated(e.Incident.Stated, mark); s.Known && s.Duration >= 0 {
				l.Known = append(l.Known, Length{e, s.Seconds(), true})
			} else {
				l.Unknown++
			}
			continue
		}
		// Not Sub: a time.Duration ends at 292 years, and some incidents are older.
		if seconds := to.Time.Unix() - from.Time.Unix(); seconds < 0 {
			l.Negative++
		} else {
			l.Known = append(l.Known, Length{e, float64(seconds), false})
		}
	}
	slices.SortStableFunc(l.Known, func(a, b Length) int { return cmp.Compare(a.Seconds, b.Seconds) })
	return l
}

func stated(s kb.Stated, mark kb.Mark) kb.Length {
	switch mark {
	case kb.MarkDetected:
		return s.ToDetect
	case kb.MarkMitigated:
		return s.ToMitigate
	case kb.MarkResolved:
		return s.ToResolve
	}
	return kb.Length{}
}

// Seconds returns the lengths alone.
func (l Lengths) Seconds() []float64 {
	list := make([]float64, len(l.Known))
	for i, k := range l.Known {
		list[i] = k.Seconds
	}
	return list
}

// Bin is how many lengths are from one, included, to another, not included.
type Bin struct {
	From, To float64 // in seconds
	N        int
}

const (
	minute = 60.0
	hour   = 60 * minute
	day    = 24 * hour
)

// edges part time into steps each of which is about twice as long as the one
// before, so that they are nearly of one width on a logarithmic scale.
var edges = []float64{
	0, minute, 2 * minute, 4 * minute, 8 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, 16 * hour, 32 * hour, 64 * hour,
	5 * day, 10 * day, 20 * day, 40 * day, 80 * day, 160 * day, 320 * day, 640 * day, 1280 * day, 2560 * day, 5120 * day, 10240 * day, 20480 * day, 1e6 * day,
}

// Bins counts the lengths by steps, from the first that has any to the last.
func (l Lengths) Bins() []Bin {
	bins := make([]Bin, 0, len(edges))
	for i, to := range edges[1:] {
		bins = append(bins, Bin{From: edges[i], To: to})
	}
	first, last := len(bins), -1
	for _, k := range l.Known {
		i, exact := slices.BinarySearch(edges, k.Seconds)
		if !exact {
			i--
		}
		i = min(i, len(bins)-1)
		bins[i].N++
		first, last = min(first, i), max(last, i)
	}
	if last < 0 {
		return nil
	}
	return bins[first : last+1]
}
