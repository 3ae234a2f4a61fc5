package chart

import (
	"math"
	"slices"
	"time"
)

// scale tells where a moment lies on the axis, in percent of the width. It is even
// but for its cuts: lengths in which nothing happened, and which would leave no
// room for the minutes in which something did.
type scale struct {
	times []int64 // in which something happened, as Unix seconds, in order
	xs    []float64
	cuts  []cut
}

// cut is a piece that is left out. It is cutWidth wide.
type cut struct {
	from   int // place in times of the moment before it
	x      float64
	length int64 // in seconds
}

func (s *scale) from() float64 { return s.xs[0] }
func (s *scale) to() float64   { return s.xs[len(s.xs)-1] }

// at returns the place of a moment, which is 0 before the first and for none.
func (s *scale) at(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	n, exact := slices.BinarySearch(s.times, t.Unix())
	switch {
	case exact:
		return s.xs[n]
	case n == 0:
		return s.xs[0]
	case n == len(s.xs):
		return s.xs[n-1]
	}
	part := float64(t.Unix()-s.times[n-1]) / float64(s.times[n]-s.times[n-1])
	return s.xs[n-1] + part*(s.xs[n]-s.xs[n-1])
}

// scale makes the scale. ok is false with fewer than three different times.
func (t Timeline) scale() (s *scale, ok bool) {
	s = &scale{}
	add := func(at time.Time) {
		if !at.IsZero() {
			s.times = append(s.times, at.Unix())
		}
	}
	for _, p := range t.Phases {
		add(p.From)
		add(p.To)
	}
	for _, l := range t.Labels {
		add(l.At)
	}
	for _, p := range t.Points {
		add(p.At)
		add(p.Until)
	}
	slices.Sort(s.times)
	s.times = slices.Compact(s.times)
	if len(s.times) < 3 {
		return nil, false
	}
	s.place()
	for !t.legible(s) {
		widest, length := -1, int64(0)
		for n := range len(s.times) - 1 {
			if d := s.times[n+1] - s.times[n]; d > length && !s.isCut(n) {
				widest, length = n, d
			}
		}
		if widest < 0 || s.xs[widest+1]-s.xs[widest] < 2*cutWidth {
			break // a cut would win nothing
		}
		s.cuts = append(s.cuts, cut{from: widest, length: length})
		s.place()
	}
	slices.SortFunc(s.cuts, func(a, b cut) int { return a.from - b.from })
	return s, true
}

func (s *scale) isCut(n int) bool {
	return slices.ContainsFunc(s.cuts, func(c cut) bool { return c.from == n })
}

// place gives each of the times its place.
func (s *scale) place() {
	whole := 0.0
	for n := range len(s.times) - 1 {
		if !s.isCut(n) {
			whole += float64(s.times[n+1] - s.times[n])
		}
	}
	per := 0.0
	if whole > 0 {
		per = (100 - 2*edge - float64(len(s.cuts))*cutWidth) / whole
	}
	s.xs = make([]float64, len(s.times))
	x := edge
	for n := range s.times {
		s.xs[n] = x
		if n+1 == len(s.times) {
			break
		}
		if i := slices.IndexFunc(s.cuts, func(c cut) bool { return c.from == n }); i >= 0 {
			s.cuts[i].x = x
			x += cutWidth
			continue
		}
		x += float64(s.times[n+1]-s.times[n]) * per
	}
}

// legible tells whether the phases can be seen and most of what happened has a
// place of its own.
func (t Timeline) legible(s *scale) bool {
	for _, p := range t.Phases {
		if p.To.After(p.From) && s.at(p.To)-s.at(p.From) < 4 {
			return false
		}
	}
	narrow, room := 0, min(1.2, 25/float64(len(s.xs)))
	for n := range len(s.xs) - 1 {
		if s.xs[n+1]-s.xs[n] < room {
			narrow++
		}
	}
	return narrow <= max(1, (len(s.xs)-1)/3)
}

// perSecond is how much of the width a second takes where nothing is cut.
func (s *scale) perSecond() float64 {
	for n := range len(s.times) - 1 {
		if !s.isCut(n) {
			return (s.xs[n+1] - s.xs[n]) / float64(s.times[n+1]-s.times[n])
		}
	}
	return math.Inf(1)
}
