package schema

// Site returns the schema of a site's settings, content/site.yaml. Keys that it
// does not know are refused, as debrief refuses them.
func Site() *Schema {
	s := &Schema{Dialect: dialect, Title: "Site", Description: "The settings of a site in debrief.", Type: Types{"object", "null"}, Properties: Properties{
		{"title", text("The name of the site, at the top of every page.")},
		{"description", text("What it is, in a sentence.")},
		{"base_url", text("Where it is published.", "https://kb.example.org/")},
		{"language", text("The language of the pages.", "en", "de", "pt-BR")},
		{"time_zone", text("The zone of times that are written without an offset.", "UTC", "Europe/Berlin")},
		{"audience", stated(choice("A public site leaves out the pages with audience: internal.", []string{"internal", "public"}))},
		{"severities", mappings("The scale of severities, from the worst on.", mapping("", Properties{
			{"id", text("As incidents write it.", "SEV1")}, {"name", text("What people call it.", "Critical")}, {"description", text("When an incident is one.")},
		}, "id"))},
		{"navigation", mappings("The main navigation.", mapping("", Properties{
			{"title", text("The words of the link.")}, {"url", text("A path on the site, or an address elsewhere.", "/incidents/")},
		}, "title", "url"))},
		{"services", terms("The services, which incidents name.", Properties{
			{"id", text("As incidents write it.")}, {"name", text("Another word for id.")}, {"description", text("What it does.")},
			{"owner", text("The team that looks after it.")}, {"url", text("Of its runbook or dashboard.")},
		})},
		{"factors", vocabulary("The contributing factors that incidents choose from.")},
		{"triggers", vocabulary("What sets incidents off.")},
		{"detections", vocabulary("How incidents are noticed.")},
		{"start_here", terms("Incidents that explain the systems to new colleagues.", Properties{
			{"incident", text("Its id, title or path.")}, {"id", text("Another word for incident.")}, {"why", text("What it explains, in a sentence.")},
		})},
		{"clock", clock()},
		{"edit_url", text("Where a page can be edited; {path} is the file's path in the content folder.", "https://git.example.org/kb/edit/main/content/{path}")},
		{"ticket_url", text("Where tickets are; {ticket} is the ticket.", "https://tickets.example.org/browse/{ticket}")},
		{"raw_html", yes("Lets HTML in Markdown through, only where every author may be trusted with scripts.")},
	}}
	s.close()
	return s
}

// close refuses keys beyond those that are known, wherever it says nothing else.
func (s *Schema) close() {
	if s.Properties != nil && s.Other == nil {
		s.Other = &Additional{}
	}
	for _, p := range s.Properties {
		p.close()
	}
	if s.Items != nil {
		s.Items.close()
	}
	if s.Other != nil && s.Other.Schema != nil {
		s.Other.close()
	}
}

// terms is a list of words or of mappings.
func terms(description string, properties Properties) *Schema {
	s := words(description)
	s.Items = &Schema{Type: Types{"string", "number", "object", "null"}, Properties: properties}
	return s
}

func vocabulary(description string) *Schema {
	return terms(description, Properties{
		{"id", text("As incidents write it.")}, {"name", text("Another word for id.")}, {"description", text("What it means, in a sentence.")},
	})
}

func clock() *Schema {
	own := mapping("Where a severity differs, by its id.", nil)
	own.Other = &Additional{mapping("", steps())}
	return mapping("When the steps of a review are due.", append(steps(), Properties{
		{"severities", own},
		{"weekend", words("The days that are no business days.", "saturday", "sunday")},
		{"holidays", &Schema{Description: "Further days that are no business days.", Type: Types{"array", "string", "null"}, Items: day("")}},
	}...))
}

func steps() Properties {
	span := func(description string) *Schema {
		return &Schema{Description: description, Type: Types{"string", "null"}, Examples: []any{"24 hours", "3 days", "5 business days", "none"},
			Pattern:   `^\s*([0-9]{1,4} ?([Hh]|[Hh]ours?|[Dd]|[Dd]ays?|[Bb][Dd]|([Bb]usiness|[Ww]orking) +[Dd]ays?)|[Nn]one|[Nn]ever)?\s*$`,
			Complaint: "Write 24 hours, 3 days, 5 business days or none."}
	}
	return Properties{
		{"meeting", span("The meeting, from the resolution.")}, {"plan", span("The action plan is sent, from the meeting.")},
		{"ratified", span("The plan is agreed, from the meeting.")}, {"published", span("The post-mortem is published, from the resolution.")},
	}
}
