package parse

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"debrief/internal/diag"
	"debrief/internal/kb"
)

// What keeps a page back fails closed: nobody writes such a key for a page that
// all are to see, so one that cannot be understood holds the page back as well.

// publishKeys are the names of the day of a page's publication.
var publishKeys = []string{"publish", "publish_date", "publishDate", "publish-date", "publishdate", "publish_on", "publish_at"}

// keepers are the keys that keep a page back.
var keepers = append([]string{"draft", "audience"}, publishKeys...)

// secretive are keys by which people keep a page back, elsewhere or by mistake.
var secretive = map[string]bool{
	"isdraft": true, "drafts": true, "published": true, "unpublished": true, "private": true, "hidden": true, "unlisted": true,
	"embargo": true, "embargoed": true, "embargountil": true, "expires": true, "expirydate": true, "visibility": true,
	"internal": true, "internalonly": true, "confidential": true, "confidentiality": true, "restricted": true, "secret": true, "sensitive": true,
	"sensitivity": true, "classification": true, "classified": true, "access": true, "accesslevel": true, "tlp": true, "aud": true,
	"publishafter": true, "publishfrom": true, "releaseon": true, "releasedate": true, "releaseafter": true, "releaseat": true,
}

// secrets are words by which people say who may not read a page.
var secrets = []string{"internal", "private", "confidential", "restricted", "secret"}

// KeepsBack tells whether a key of front matter keeps a page back, or looks as if
// it were meant to.
func KeepsBack(key string) bool {
	return slices.Contains(keepers, key) || secretive[kb.Squash(key)] || diag.Suggest(key, keepers) != ""
}

// secret tells whether a value says that not everybody may read the page.
func secret(v *yaml.Node) bool {
	if v.Kind == yaml.SequenceNode {
		return slices.ContainsFunc(v.Content, secret)
	}
	return v.Kind == yaml.ScalarNode && slices.Contains(secrets, strings.ToLower(strings.TrimSpace(v.Value)))
}

// said reads a key that may be left out, but not be empty. Without a text, what is
// wrong has been reported.
func (m *mapping) said(key, hint string) (text string, there bool) {
	v, there := m.values[key]
	text = m.text(key)
	if there && text == "" && (v.Kind == yaml.ScalarNode || len(v.Content) == 0) {
		m.find(m.keys[key], diag.Error, "front-matter", key+" has no value", hint+", or take the line out")
	}
	return text, there
}

// draft tells whether a page is one.
func (m *mapping) draft() bool {
	text, there := m.said("draft", "write true or false")
	return there && (text == "" || m.yes("draft", true))
}

// publish reads the day before which a page is not shown: the last one, where it is
// there under several names. ok is false when one of them is no day.
func (m *mapping) publish() (day kb.Date, ok bool) {
	m.ignore(publishKeys...)
	ok = true
	for _, key := range publishKeys {
		text, there := m.said(key, "write a day, such as 2026-03-12")
		var d kb.Date
		if text != "" {
			d = m.date(key)
		}
		if d.After(day) {
			day = d
		}
		ok = ok && there == !d.IsZero()
	}
	return day, ok
}

// public tells whether a page may be seen by everybody. One whose audience is
// written so that nobody can tell is kept among ourselves.
func (m *mapping) public() bool {
	text, there := m.audience("front-matter", "write internal or public")
	return !there || text == "public"
}

// sitePublic tells whether a site is for everybody. One whose audience is written so
// that nobody can tell is, as it then shows no internal page.
func (m *mapping) sitePublic() bool {
	text, there := m.audience("config", "a site for everybody is public, and shows no page with audience: internal")
	return there && text != "internal"
}

// audience reads for whom something is. What is neither internal nor public has
// been reported.
func (m *mapping) audience(rule, hint string) (text string, there bool) {
	text, there = m.said("audience", "write internal or public")
	switch low := strings.ToLower(text); low {
	case "", "internal", "public":
		return low, there
	}
	m.find(m.values["audience"], diag.Error, rule, fmt.Sprintf("audience: %q is neither internal nor public", text), hint)
	return "", there
}
