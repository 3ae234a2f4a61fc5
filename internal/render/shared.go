package render

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"debrief/internal/view"
)

// shared is what pages of one layout have in common, rendered once. It is safe for
// concurrent use.
type shared struct {
	layout *template.Template
	mu     sync.Mutex
	known  map[sharedKey][]string
}

// sharedKey is a template and the very value that it was run on, a pointer.
type sharedKey struct {
	name  string
	value any
}

// maxShared is how much is kept. A site has a few; those of earlier sites go.
const maxShared = 16

// mark stands on both sides of the name of a slot. A page cannot hold it:
// html/template writes no NUL.
const mark = "\x00"

// slot leaves a place in what is shared for what each page has there.
func slot(name string) template.HTML { return template.HTML(mark + name + mark) }

// render runs a template on a value, a pointer to what is never changed, or takes
// what came of it before. The template "slot" makes what goes into its slots.
func (s *shared) render(name string, value any, slots []view.Slot) (template.HTML, error) {
	parts, err := s.parts(sharedKey{name, value})
	if err != nil {
		return "", err
	}
	filled := make(map[string]string, len(slots))
	var out strings.Builder
	for i, part := range parts {
		if i%2 == 0 {
			out.WriteString(part)
			continue
		}
		text, ok := filled[part]
		if !ok {
			of := view.Slot{Name: part}
			for _, known := range slots {
				if known.Name == part {
					of = known
				}
			}
			var b strings.Builder
			if err := s.layout.ExecuteTemplate(&b, "slot", of); err != nil {
				return "", err
			}
			text = b.String()
			filled[part] = text
		}
		out.WriteString(text)
	}
	return template.HTML(out.String()), nil
}

// parts is what the template makes of the value, cut at the slots: every second
// part is a slot's name.
func (s *shared) parts(key sharedKey) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if parts, ok := s.known[key]; ok {
		return parts, nil
	}
	var b bytes.Buffer
	if err := s.layout.ExecuteTemplate(&b, key.name, key.value); err != nil {
		return nil, err
	}
	parts := strings.Split(b.String(), mark)
	if len(parts)%2 == 0 {
		return nil, fmt.Errorf("a slot of %q has no end", key.name)
	}
	if len(s.known) >= maxShared || s.known == nil {
		s.known = map[sharedKey][]string{}
	}
	s.known[key] = parts
	return parts, nil
}
