package view

import (
	"debrief/internal/record"
	"debrief/internal/site"
)

// Format is what the value of a file for programs is written as.
type Format int

const (
	JSON        Format = iota // as its fields say
	Atom                      // the value is a Feed
	JSONFeed                  // likewise
	Calendar                  // the value is a CalendarFile
	ActionsJSON               // the value is a *ledger.Ledger
	ActionsCSV                // likewise
)

// File is a file of the output that is for programs.
type File struct {
	Path   string
	Format Format
	Value  func() any
}

// Feed is what is new in a list of incidents.
type Feed struct {
	Title       string
	Description string
	Page        string        // address of the page that lists the same for people
	Self        string        // path of the feed
	Incidents   []*site.Entry // newest first
}

// JSONFeedPath is the path of the feed of all incidents in JSON.
const JSONFeedPath = "feed.json"

// Files returns the paths of all files for programs, in order.
func (p *Plan) Files() []string { return with(p.fileOrder(), p.late().files) }

// File returns the file for programs at a path.
func (p *Plan) File(at string) (File, bool) {
	f, ok := p.files[at]
	if !ok && inLedger(at) {
		f, ok = p.late().files[at]
	}
	if !ok {
		return File{}, false
	}
	return File{at, f.format, func() any { return f.value(p) }}, true
}

// plannedFile is a file whose value is made from the newest site of a shape.
type plannedFile struct {
	format Format
	value  func(*Plan) any
}

// write gives a file for programs its path, which is below that of a page of its
// own or at the root.
func (o *outline) write(path string, format Format, value func(*Plan) any) {
	if o.claim(path, "a file for programs") {
		o.files[path] = plannedFile{format, value}
	}
}

// data plans the files for programs.
func (o *outline) data(s *site.Site) {
	o.write(record.FileName, JSON, func(p *Plan) any { return record.All(p.site) })
	o.write(FeedPath, Atom, func(p *Plan) any { return p.feed(FeedPath) })
	o.write(JSONFeedPath, JSONFeed, func(p *Plan) any { return p.feed(JSONFeedPath) })
	o.write(ReviewsPath, Calendar, func(p *Plan) any { return p.reviewCalendar() })
	for i, e := range s.Incidents {
		o.write(e.Address+record.FileName, JSON, func(p *Plan) any { return record.Of(p.site, p.site.Incidents[i]) })
	}
	for i, g := range s.Taxonomy("services").Terms {
		for _, f := range []struct {
			name   string
			format Format
		}{{FeedPath, Atom}, {JSONFeedPath, JSONFeed}} {
			o.write(g.Address+f.name, f.format, func(p *Plan) any { return p.serviceFeed(p.site.Taxonomy("services").Terms[i], f.name) })
		}
	}
}

func (p *Plan) feed(self string) Feed {
	c := p.site.Config
	return Feed{Title: c.Title, Description: c.Description, Self: self, Incidents: p.site.Incidents}
}

func (p *Plan) serviceFeed(g *site.Group, name string) Feed {
	return Feed{
		Title: g.Name + " · " + p.site.Config.Title, Description: "Incidents of " + g.Name,
		Page: g.Address, Self: g.Address + name, Incidents: g.Incidents,
	}
}
