package parse

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/language"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/tree"
)

// Config reads a site's settings. It is strict: an unknown key is an error.
// What is not set has the value of kb.DefaultConfig. ok is false when the
// settings cannot be relied on.
func Config(f tree.File) (c kb.Config, findings []diag.Finding, ok bool) {
	c = kb.DefaultConfig()
	c.Public = true // until the settings can be read, so that nothing internal is shown
	defer func() {
		for i := range findings {
			findings[i].Path = ConfigPath
		}
		ok = diag.Count(findings, diag.Error) == 0
	}()
	if f.Size > maxFrontMatter {
		return c, []diag.Finding{{Level: diag.Error, Rule: "too-large", Text: "the settings are larger than 64 KiB"}}, false
	}
	data, bad := normal(f.Data)
	if bad != nil {
		return c, []diag.Finding{*bad}, false
	}
	m, readable := readMapping(data, 0, &findings)
	if !readable {
		return c, findings, false
	}
	settings(&c, m)
	if m.unknown(diag.Error) {
		c.Public = true
	}
	return c, findings, true
}

// settings reads what is set.
func settings(c *kb.Config, m *mapping) {
	c.Title = firstOf(m.text("title"), c.Title)
	c.Description = m.text("description")
	if v, _ := m.value("base_url"); v != nil {
		u, err := BaseURL(m.text("base_url"))
		if err != nil {
			m.find(v, diag.Error, "config", "base_url: "+err.Error(), "write it as https://kb.example.org/ or https://example.org/kb/")
		} else {
			c.BaseURL = u
		}
	}
	if v, _ := m.value("language"); v != nil {
		tag, err := language.Parse(m.text("language"))
		if err != nil {
			m.find(v, diag.Error, "config", fmt.Sprintf("language: %q is not a language tag", m.text("language")), "write it as en, de or pt-BR")
		} else {
			c.Language = tag.String()
		}
	}
	if v, _ := m.value("time_zone"); v != nil {
		zone, err := time.LoadLocation(m.text("time_zone"))
		if err != nil || m.text("time_zone") == "Local" {
			m.find(v, diag.Error, "config", fmt.Sprintf("time_zone: %q is not a time zone", m.text("time_zone")), "write it as UTC or Europe/Berlin")
		} else {
			c.Zone = zone
		}
	}
	if v, _ := m.value("severities"); v != nil {
		c.Severities = severities(m)
	}
	if v, there := m.values["navigation"]; there && (v.Kind != yaml.ScalarNode || v.Value != "") { // an empty list is none at all
		c.Navigation = navigation(m)
	}
	if v, _ := m.value("edit_url"); v != nil {
		c.EditURL = m.text("edit_url")
		if u, err := url.Parse(strings.ReplaceAll(c.EditURL, "{path}", "x")); err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(c.EditURL, "{path}") {
			m.find(v, diag.Error, "config", "edit_url must be an address that holds {path}", "for example https://git.example.org/kb/edit/main/content/{path}")
		}
	}
	m.ignore("navigation")
	c.RawHTML = m.yes("raw_html", false)
	c.Public = m.sitePublic()
	vocabularies(c, m)
	clock(c, m)
}

func severities(m *mapping) []kb.Severity {
	var list []kb.Severity
	for _, sub := range m.mappings("severities") {
		s := kb.Severity{ID: sub.text("id"), Name: sub.text("name"), Description: sub.text("description")}
		if s.ID == "" {
			v, _ := m.value("severities")
			m.find(v, diag.Error, "config", "a severity has no id", "for example: - {id: SEV1, name: Critical}")
			continue
		}
		for _, other := range list {
			if kb.Squash(other.ID) == kb.Squash(s.ID) {
				v, _ := sub.value("id")
				m.find(v, diag.Error, "config", fmt.Sprintf("the severity %s is here twice", s.ID), "")
			}
		}
		sub.unknown(diag.Error)
		list = append(list, s)
	}
	return list
}

func navigation(m *mapping) []kb.NavEntry {
	var list []kb.NavEntry
	for _, sub := range m.mappings("navigation") {
		e := kb.NavEntry{Title: sub.text("title"), URL: sub.text("url")}
		v, _ := sub.value("url")
		if v != nil {
			e.At = sub.pos(v)
		}
		switch u, err := url.Parse(e.URL); {
		case e.Title == "" || e.URL == "":
			n, _ := m.value("navigation")
			m.find(n, diag.Error, "config", "an entry of the navigation needs a title and a url", "for example: - {title: Incidents, url: /incidents/}")
		case err != nil, u.Scheme == "" && !strings.HasPrefix(e.URL, "/"), u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https":
			m.find(v, diag.Error, "config", fmt.Sprintf("%q is neither a path on the site nor an address", e.URL), "begin a path with a slash")
		}
		sub.unknown(diag.Error)
		list = append(list, e)
	}
	return list
}

// BaseURL reads the address under which a site is published. Its path is made
// to end with a slash.
func BaseURL(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("%q is not an address", text)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, fmt.Errorf("%q is not an http or https address", text)
	}
	if strings.Contains(u.Path, "//") || strings.Contains(u.Path, "..") {
		return nil, fmt.Errorf("the path of %q is not clean", text)
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return u, nil
}
