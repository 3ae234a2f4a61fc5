package exchange

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"debrief/internal/kb"
	"debrief/internal/record"
	"debrief/internal/site"
)

// line is an incident in JSON lines: its record, as in the site's own files, and
// its text.
type line struct {
	record.Incident
	Sections []section `json:"sections"`
}

// section is the text under a heading, without mark-up; the first has no heading.
type section struct {
	Heading string `json:"heading"`
	Text    string `json:"text"`
}

// JSONLines writes the incidents of a site, the newest first, one a line, by the
// rules of package record.
func JSONLines(w io.Writer, s *site.Site) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, entry := range s.Incidents {
		l := line{Incident: record.Of(s, entry), Sections: []section{}}
		for _, part := range entry.Doc.Sections {
			if text := strings.TrimSpace(part.Text); text != "" || part.Heading != "" {
				l.Sections = append(l.Sections, section{part.Heading, text})
			}
		}
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// columns of the CSV file, and what is in them. Lists have semicolons between
// their entries; what is unknown is empty.
var columns = []struct {
	name string
	of   func(record.Incident) string
}{
	{"id", func(i record.Incident) string { return i.ID }},
	{"title", func(i record.Incident) string { return i.Title }},
	{"status", func(i record.Incident) string { return i.Status }},
	{"severity", func(i record.Incident) string {
		if i.Severity == nil {
			return ""
		}
		return i.Severity.ID
	}},
	{"started", func(i record.Incident) string { return when(i.Times.Started) }},
	{"detected", func(i record.Incident) string { return when(i.Times.Detected) }},
	{"acknowledged", func(i record.Incident) string { return when(i.Times.Acknowledged) }},
	{"mitigated", func(i record.Incident) string { return when(i.Times.Mitigated) }},
	{"resolved", func(i record.Incident) string { return when(i.Times.Resolved) }},
	{"timezone", func(i record.Incident) string { return i.Timezone }},
	{"seconds_to_detect", func(i record.Incident) string { return seconds(i.Measures.ToDetect) }},
	{"seconds_to_acknowledge", func(i record.Incident) string { return seconds(i.Measures.ToAcknowledge) }},
	{"seconds_to_mitigate", func(i record.Incident) string { return seconds(i.Measures.ToMitigate) }},
	{"seconds_to_resolve", func(i record.Incident) string { return seconds(i.Measures.ToResolve) }},
	{"services", func(i record.Incident) string { return joined(i.Services) }},
	{"components", func(i record.Incident) string { return joined(i.Components) }},
	{"platforms", func(i record.Incident) string {
		var list []string
		for _, p := range i.Platforms {
			list = append(list, kb.Platform(p).String())
		}
		return joined(list)
	}},
	{"tags", func(i record.Incident) string { return joined(i.Tags) }},
	{"factors", func(i record.Incident) string { return joined(i.Factors) }},
	{"trigger", func(i record.Incident) string { return i.Trigger }},
	{"detection", func(i record.Incident) string { return i.Detection }},
	{"impact", func(i record.Incident) string { return i.Impact.Summary }},
	{"users", func(i record.Incident) string { return amount(i.Impact.Users) }},
	{"sessions", func(i record.Incident) string { return amount(i.Impact.Sessions) }},
	{"safety", func(i record.Incident) string { return i.Safety }},
	{"organisation", func(i record.Incident) string { return i.Organisation }},
	{"authors", func(i record.Incident) string { return joined(i.Authors) }},
	{"roles", func(i record.Incident) string {
		var list []string
		for _, r := range i.Roles {
			list = append(list, r.Role+": "+r.Who)
		}
		return joined(list)
	}},
	{"meeting", func(i record.Incident) string { return when(i.Meeting) }},
	{"events", func(i record.Incident) string { return strconv.Itoa(len(i.Events)) }},
	{"actions", func(i record.Incident) string { return strconv.Itoa(len(i.Actions)) }},
	{"actions_settled", func(i record.Incident) string {
		n := 0
		for _, a := range i.Actions {
			if a.Status == string(kb.ActionDone) || a.Status == string(kb.ActionDeclined) {
				n++
			}
		}
		return strconv.Itoa(n)
	}},
	{"summary", func(i record.Incident) string { return i.Summary }},
	{"url", func(i record.Incident) string { return i.URL }},
	{"path", func(i record.Incident) string { return i.Path }},
}

// CSV writes the incidents of a site, the newest first, one a row (RFC 4180, in
// UTF-8). No cell is a formula.
func CSV(w io.Writer, s *site.Site) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	row := make([]string, len(columns))
	for n, c := range columns {
		row[n] = c.name
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for _, e := range s.Incidents {
		i := record.Of(s, e)
		for n, c := range columns {
			row[n] = record.Cell(c.of(i))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func when(t *record.Time) string {
	if t == nil {
		return ""
	}
	return t.At
}

func seconds(m *record.Measure) string {
	if m == nil {
		return ""
	}
	return strconv.FormatInt(m.Seconds, 10)
}

func amount(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func joined(list []string) string { return strings.Join(list, "; ") }
