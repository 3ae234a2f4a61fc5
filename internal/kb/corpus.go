package kb

// Corpus is everything that was read from the content folder, in path order.
type Corpus struct {
	Incidents []*Incident
	Guides    []*Guide
	Terms     []*Term
	Pages     []*Page
	Files     []string // co-located files: pictures, logs, tables
	Broken    []string // files of which nothing could be made
}
