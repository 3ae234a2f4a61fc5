package schema

import (
	"debrief/internal/kb"
)

// Incident returns the schema of an incident's front matter on a site with these
// settings. Keys that it does not know are allowed, as debrief keeps them.
func Incident(c kb.Config) *Schema {
	severities := make([]string, len(c.Severities))
	scale := "How bad it was, from the worst on: "
	for i, s := range c.Severities {
		severities[i] = s.ID
		if i > 0 {
			scale += ", "
		}
		scale += s.ID
		if s.Name != "" {
			scale += " (" + s.Name + ")"
		}
	}
	services := make([]string, len(c.Services))
	for i, s := range c.Services {
		services[i] = s.ID
	}
	own := Properties{
		{"id", text("What it is called everywhere, for ever: its address is made of it. Without one, the file's name serves.", "INC-2026-014")},
		{"title", text("What happened, in a line. Without one, the first heading serves.")},
		{"summary", text("What happened, to whom and for how long, in a sentence. Without one, the first paragraph serves.")},
		{"status", choice("How far the post-mortem has come.", kb.Statuses)},
		{"severity", choice(scale+".", severities)},
		{"started", moment("When it began to have an effect.")},
		{"detected", moment("When somebody, or an alert, first noticed.")},
		{"acknowledged", moment("When somebody began to look after it.")},
		{"mitigated", moment("When users were no longer affected.")},
		{"resolved", moment("When it was over.")},
		{"timezone", text("The zone of times that are written without an offset, here and in the text. Without one, the site's.", "UTC", "Europe/Berlin")},
		{"services", declared("The services that were affected.", services)},
		{"components", words("The parts of them that were.")},
		{"platforms", platforms()},
		{"tags", words("Words by which to find it, and others like it: there is a page for each.")},
		{"also", words("What else people call it, and look for it by: a codename, the words of a ticket.")},
		{"factors", declared("The contributing factors: conditions without which it would have gone differently. There are always several.", kb.IDs(c.Factors))},
		{"trigger", choice("What set it off.", c.TriggerIDs())},
		{"detection", choice("How it was noticed.", c.DetectionIDs())},
		{"impact", impact()},
		{"safety", choice("Whether somebody came to harm, or nearly did.", kb.Safeties)},
		{"organisation", text("The company that it happened to, where that is not yours.")},
		{"authors", words("Who wrote it; best a team.")},
		{"roles", roles()},
		{"meeting", moment("When the post-mortem meeting is.")},
		{"related", words("Other pages worth reading with it: ids, titles or paths.")},
		{"links", mappings("Pages elsewhere: a status page, the original report.", mapping("", Properties{
			{"title", text("The words of the link.", "Status page")},
			{"url", text("Its address.")},
		}))},
		{"audience", stated(choice("Who may read it: an internal page is left out of a public site.", []string{"internal", "public"}))},
		{"draft", stated(yes("A draft is left out, but for serve and build with --drafts."))},
		{"publish", stated(day("The day before which it is not shown."))},
		{"slug", text("The last part of its address, where that is not to be its id.")},
		{"mark_terms", yes("Write false for a page on which glossary terms are not to be marked.")},
		{"aliases", words("Addresses from which to lead here.", "/old/address/")},
		{"actions", actions()},
	}
	s := &Schema{Dialect: dialect, Title: "Incident", Description: "The front matter of an incident in debrief.", Type: Types{"object", "null"}, Properties: own}
	for _, a := range aliases {
		s.Properties = append(s.Properties, Property{a.name, instead(own.Get(a.instead), a.instead)})
	}
	for _, key := range []string{"url", "archive_url"} {
		s.Properties = append(s.Properties, Property{key, &Schema{Description: "The address of the original report, or of a copy.", Type: scalar,
			Deprecated: true, Instead: "Read as one of links, which can hold several and names them."}})
	}
	for _, key := range []string{"weight", "source_published_at", "source_fetched_at"} {
		s.Properties = append(s.Properties, Property{key, unused()})
	}
	return s
}

// aliases are the names that other tools have for the same things.
var aliases = []struct{ name, instead string }{
	{"uuid", "id"}, {"description", "summary"}, {"start_time", "started"}, {"end_time", "resolved"}, {"time_zone", "timezone"},
	{"service", "services"}, {"product", "services"}, {"keywords", "tags"}, {"contributing_factors", "factors"}, {"categories", "factors"},
	{"organization", "organisation"}, {"company", "organisation"}, {"author", "authors"}, {"alias", "aliases"}, {"synonyms", "also"},
	{"publish_date", "publish"}, {"publishDate", "publish"}, {"publish-date", "publish"}, {"publishdate", "publish"}, {"publish_on", "publish"}, {"publish_at", "publish"},
}

// Canonical returns debrief's own name for a key of an incident's front matter,
// which other tools may call otherwise.
func Canonical(key string) string {
	for _, a := range aliases {
		if a.name == key {
			return a.instead
		}
	}
	return key
}

func platforms() *Schema {
	s := words("What it happened on: devices, with their firmware and build where these matter.")
	s.Items = &Schema{Type: Types{"string", "number", "object", "null"}, Properties: Properties{
		{"device", text("A model.")}, {"firmware", text("Its version.")}, {"build", text("Of the app or the runtime.")},
	}}
	return s
}

func impact() *Schema {
	return &Schema{Description: "What it did to people: a sentence, or a summary with numbers.", Type: Types{"object", "string", "null"}, Properties: Properties{
		{"summary", text("In a sentence.")}, {"users", amount("How many people.")}, {"sessions", amount("How many of their sessions.")},
	}}
}

func roles() *Schema {
	s := mapping("Who had which part; any word is a role.", Properties{
		{"owner", words("Of the post-mortem.")}, {"commander", words("Led the response.")},
		{"scribe", words("Wrote down what happened.")}, {"facilitator", words("Leads the meeting.")},
	})
	s.Other = &Additional{words("")}
	return s
}

func actions() *Schema {
	types, states := make([]string, len(kb.ActionTypes)), make([]string, len(kb.ActionStatuses))
	for i, t := range kb.ActionTypes {
		types[i] = string(t)
	}
	for i, s := range kb.ActionStatuses {
		states[i] = string(s)
	}
	result := text("Whether it worked or, of a declined one, why.")
	return mappings("What is to be done. Actions may also stand in the text, as a list under \"Action items\".", mapping("", Properties{
		{"id", text("A name for it in this post-mortem.", "A1")},
		{"title", text("What is to be done, beginning with a verb.")},
		{"owner", text("The team that does it.")},
		{"due", day("The day by which it is done.")},
		{"type", choice("What it is good for.", types)},
		{"status", choice("How far it is; open unless something else is written.", states)},
		{"ticket", text("Its number or address in the tracker.")},
		{"closed", day("The day on which it was done or declined.")},
		{"result", result},
		{"reason", instead(result, "result")},
	}, "title"))
}
