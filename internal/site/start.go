package site

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/parse"
)

// StartLength is how many incidents there are for people who begin here, where
// nobody has chosen more.
const StartLength = 10

// Start is an incident that explains the systems.
type Start struct {
	*Entry
	Curated bool     // chosen by people
	Why     string   // as they wrote it, or empty
	Mention int      // how many pages link to it
	Covers  []*Group // the services and factors that none before it has; of a suggested one only
}

// StartHere returns the incidents that people who begin here should read: those
// that the settings name, in that order, and then up to StartLength in all the ones
// that say most of what has not been said by those before.
func (s *Site) StartHere() []Start { return s.start() }

// startHere finds them.
func (s *Site) startHere() []Start {
	c := newCoverage(s)
	var list []Start
	for _, n := range s.links().start {
		at := c.take(n.entry)
		list = append(list, Start{Entry: s.Entries[n.entry], Curated: true, Why: n.why, Mention: c.mentions(at)})
	}
	for len(list) < StartLength {
		at, covers := c.best()
		if at < 0 {
			break
		}
		list = append(list, Start{Entry: s.Incidents[at], Mention: c.mentions(at), Covers: covers})
	}
	return list
}

// coverage knows which services and factors have been told of.
type coverage struct {
	site   *Site
	groups []*Group  // services, then factors
	of     [][]int32 // by place in Site.Incidents: places in groups
	done   []bool    // by place in groups
	taken  []bool    // by place in Site.Incidents
	worth  []int     // likewise: mentions, severity and status, as a factor
}

func newCoverage(s *Site) *coverage {
	c := &coverage{site: s, of: make([][]int32, len(s.Incidents)), taken: make([]bool, len(s.Incidents)), worth: make([]int, len(s.Incidents))}
	place := make(map[*Entry]int, len(s.Incidents))
	for n, e := range s.Incidents {
		place[e] = n
		c.worth[n] = worth(e.Incident, s.Config.SeverityRank(e.Incident.Severity), c.mentions(n))
	}
	for _, key := range []string{"services", "factors"} {
		for _, g := range s.Taxonomy(key).Terms {
			for _, e := range g.Incidents {
				c.of[place[e]] = append(c.of[place[e]], int32(len(c.groups)))
			}
			c.groups = append(c.groups, g)
		}
	}
	c.done = make([]bool, len(c.groups))
	return c
}

// mentions is how many pages link to an incident.
func (c *coverage) mentions(at int) int {
	return len(c.site.links().mentions[c.site.Incidents[at].number])
}

// worth is by how much an incident comes before others that cover as much. What is
// still being written comes last.
func worth(i *kb.Incident, rank, mentions int) int {
	w := 5 + min(mentions, 10)
	switch rank {
	case 1:
		w *= 6
	case 2:
		w *= 5
	default:
		w *= 4
	}
	switch i.Status {
	case "closed", "reviewed":
		return w * 4
	case "draft":
		return w
	}
	return w * 2
}

// take notes that an incident has been chosen, and returns its place.
func (c *coverage) take(number int32) int {
	at := slices.Index(c.site.Incidents, c.site.Entries[number])
	c.cover(at)
	return at
}

func (c *coverage) cover(at int) {
	c.taken[at] = true
	for _, g := range c.of[at] {
		c.done[g] = true
	}
}

// best takes the incident that adds most, and returns it with the services and
// factors that it adds, the most frequent first. There is none (-1) when those that
// are left add nothing and are mentioned nowhere.
func (c *coverage) best() (at int, covers []*Group) {
	at, most := -1, 0
	for n := range c.of {
		if c.taken[n] {
			continue
		}
		adds := c.adds(n)
		if adds == 0 && c.mentions(n) == 0 {
			continue
		}
		if score := (1 + 2*adds) * c.worth[n]; score > most {
			at, most = n, score
		}
	}
	if at < 0 {
		return -1, nil
	}
	for _, g := range c.of[at] {
		if !c.done[g] {
			covers = append(covers, c.groups[g])
		}
	}
	c.cover(at)
	slices.SortStableFunc(covers, func(a, b *Group) int { return len(b.Incidents) - len(a.Incidents) })
	return at, covers
}

// tellsOf is of how many services and factors an incident can tell well; a list of
// twenty explains none of them.
const tellsOf = 5

// adds is how much an incident tells of what has not been told of: the more, the
// more incidents it was part of.
func (c *coverage) adds(n int) int {
	var most [tellsOf]int // in descending order
	for _, g := range c.of[n] {
		if c.done[g] {
			continue
		}
		weight := 2*bits.Len(uint(len(c.groups[g].Incidents))) - 1
		for i := range most {
			if weight > most[i] {
				most[i], weight = weight, most[i]
			}
		}
	}
	sum := 0
	for _, weight := range most {
		sum += weight
	}
	return sum
}

// started is an entry of start_here with the page that it names.
type started struct {
	entry int32
	why   string
}

// resolveStart finds the incidents that start_here in the settings names.
func (s *Site) resolveStart() (list []started, wrong []broken) {
	settings := &Entry{Page: &kb.Page{Path: parse.ConfigPath, Doc: &markdown.Doc{}}}
	for _, start := range s.Config.StartHere {
		find := func(rule, text, hint, near string) {
			wrong = append(wrong, broken{diag.Finding{Path: parse.ConfigPath, Pos: start.At, Level: diag.Error, Rule: rule, Text: "start_here: " + text, Hint: hint}, near, false})
		}
		d := s.named(settings, start.Incident)
		switch {
		case strings.HasPrefix(strings.TrimSpace(start.Incident), "#"): // a heading of no page
			find("broken-link", fmt.Sprintf("%q is not an incident", start.Incident), "name it by its id, title or path", "")
		case d.broken != "":
			find(d.rule, d.broken, d.hint, d.nearPage())
		case d.page == nil || d.page.Incident == nil:
			find("broken-link", fmt.Sprintf("%q is not an incident", start.Incident), "name it by its id, title or path", "")
		case slices.ContainsFunc(list, func(o started) bool { return o.entry == int32(d.page.number) }):
			find("broken-link", fmt.Sprintf("%s is here twice", strings.TrimSpace(start.Incident)), "", "")
		default:
			list = append(list, started{int32(d.page.number), start.Why})
		}
	}
	return list, wrong
}
