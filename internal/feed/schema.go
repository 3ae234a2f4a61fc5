package feed

import (
	"debrief/internal/schema"
	"debrief/internal/site"
)

// Schema returns the JSON Schema of front matter, for editors. That of a public
// site names no services and no other words of its own, as there may be some that
// occur on internal pages only.
func Schema(s *site.Site) []byte {
	c := s.Config
	if c.Public {
		c.Services, c.Factors, c.Triggers, c.Detections = nil, nil, nil, nil
	}
	return schema.Incident(c).JSON()
}
