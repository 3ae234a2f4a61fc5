package feed

import (
	"debrief/internal/kb"
	"debrief/internal/record"
	"debrief/internal/site"
	"debrief/internal/view"
)

// The parts of JSON Feed 1.1 (https://jsonfeed.org/version/1.1) that a feed of
// incidents needs.
type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePage    string     `json:"home_page_url"`
	Self        string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Language    string     `json:"language,omitempty"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID       string       `json:"id"`
	URL      string       `json:"url"`
	Title    string       `json:"title"`
	Text     string       `json:"content_text"` // an item without content is none
	Summary  string       `json:"summary,omitempty"`
	Date     string       `json:"date_published,omitempty"`
	Modified string       `json:"date_modified,omitempty"`
	Authors  []jsonAuthor `json:"authors,omitempty"`
	Tags     []string     `json:"tags,omitempty"`
	Record   jsonRecord   `json:"_debrief"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// jsonRecord leads to the whole record. Names of extensions begin with "_".
type jsonRecord struct {
	About string `json:"about"`
	URL   string `json:"json_url"`
}

// JSON returns a JSON Feed of the newest incidents of a list. As in the Atom feed,
// times come from the incidents alone.
func JSON(s *site.Site, list view.Feed) ([]byte, error) {
	f := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: list.Title, HomePage: s.AbsoluteURL(list.Page), Self: s.AbsoluteURL(list.Self),
		Description: list.Description, Language: s.Config.Language, Items: []jsonItem{},
	}
	for _, e := range list.Incidents[:min(maxEntries, len(list.Incidents))] {
		i := e.Incident
		url := s.AbsoluteURL(e.Address)
		item := jsonItem{
			ID: url, URL: url, Title: e.Title, Text: e.Summary, Summary: e.Summary, Tags: terms(i),
			Record: jsonRecord{s.AbsoluteURL(site.ProgramsAddress), url + record.FileName},
		}
		if item.Text == "" {
			item.Text = e.Title
		}
		if i.Started.Known() {
			item.Date, item.Modified = rfc3339(i.Started), rfc3339(kb.When{Time: latest(i), Precision: kb.Instant})
		}
		for _, a := range i.Authors {
			item.Authors = append(item.Authors, jsonAuthor{a})
		}
		f.Items = append(f.Items, item)
	}
	return plainJSON(f)
}
