package view

import (
	"debrief/internal/record"
	"debrief/internal/site"
)

// Programs is the page about the files for programs.
type Programs struct {
	Frame
	Heading string
	Files   []ProgramFile
	Version int  // of the shape of the records
	Example *Ref // a record of this site; nil where there are no incidents
	Fields  []RecordField
}

// ProgramFile is a file for programs.
type ProgramFile struct {
	Name, URL string
	Note      string
}

// RecordField is a field of a record.
type RecordField struct {
	Name, Type, Note string
}

// known are the files for programs that a site may have, with what they are.
var known = []struct{ path, note string }{
	{record.FileName, "Everything in short, as JSON: incidents, playbook, glossary, and the services, factors, severities, tags and years with their numbers."},
	{FeedPath, "The newest incidents, as Atom, for feed readers. Each service has one too."},
	{JSONFeedPath, "The same as a JSON Feed."},
	{ActionsCSVPath, "All actions, for spreadsheets."},
	{ActionsJSONPath, "All actions, as JSON."},
	{ActionsCalendarPath, "Until when actions are to be done, as a calendar to subscribe to. Each owner has one too."},
	{ReviewsPath, "Until when reviews of incidents are due, and their meetings, as a calendar to subscribe to."},
	{LLMSPath, "What is here, for language models."},
	{SchemaPath, "The front matter of an incident, as JSON Schema, for editors."},
	{SitemapPath, "The address of every page."},
	{OpenSearchPath, "How a browser searches here from its address bar."},
}

func (p *Plan) programs() Programs {
	v := Programs{
		Frame:   p.frame("programs", site.ProgramsAddress, "For programs", "Feeds and data of this site, and what each field means.", nil),
		Heading: "For programs", Version: record.Version,
	}
	for _, f := range known {
		if _, there := p.owner[f.path]; there {
			v.Files = append(v.Files, ProgramFile{f.path, p.site.URL(f.path), f.note})
		}
	}
	if len(p.site.Incidents) > 0 {
		e := p.site.Incidents[0]
		v.Example = &Ref{e.Title, p.site.URL(e.Address + record.FileName)}
	}
	for _, f := range record.Fields() {
		v.Fields = append(v.Fields, RecordField{f.Name, f.Type, f.Text})
	}
	return v
}
