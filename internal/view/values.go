package view

import "html/template"

// Frame is what every page shows around its own content. All URLs in page
// values are ready to use in an href: they start with the site's base path.
type Frame struct {
	Kind          string // the layout's name, used as a class: "home", "incident", ...
	Language      string // BCP 47 tag of the site, for <html lang>
	SiteTitle     string
	Title         string // of this page; empty on the home page
	Description   string
	Canonical     string // absolute URL
	HomeURL       string
	SearchURL     string
	IndexURL      string // where a search begins to read
	PaletteURL    string // the script of the search over the page, which is fetched when it is first used; fingerprinted
	OpenSearchURL string // URL of what tells a browser how to search here
	FeedURL       string
	JSONFeedURL   string
	ProgramsURL   string // the page about the files for programs
	DataURL       string // the same page for programs, as JSON, or empty
	CSS, JS       string // fingerprinted
	Icon          string // fingerprinted
	Nav           []NavItem
	Crumbs        []Ref // from the section down to the parent, without home and without the page itself
	EditURL       string
}

// NavItem is one entry of the site's main navigation.
type NavItem struct {
	Title, URL string
	Current    bool // this page is at or below URL
}

// Ref is a link to something, with the words to show for it.
type Ref struct {
	Title, URL string
}

// Badge is a severity as shown: Rank counts from 1, the worst; 0 is unknown.
type Badge struct {
	Text string // "SEV1", or "unknown"
	Name string // "Critical", or empty
	Rank int
	URL  string // the severity's page; empty when unknown
}

// Stamp is a point in time: Text for people, Machine for <time datetime>.
// Both are empty when it is unknown.
type Stamp struct {
	Text, Machine string
}

// Row is an incident's line in a list.
type Row struct {
	ID, Title, URL string
	Summary        string
	Severity       Badge
	Status         string // draft, in-review, reviewed, closed, another word, or empty
	Started        Stamp
	Duration       string // "2 h 7 min", or empty when unknown
	Services       []Ref
	Marks          []string // the filters that it meets, where the list can be narrowed in place
}

// Group is the rows of one year. Title is "Undated" for those without a start.
type Group struct {
	Title string
	URL   string // the year's page, or empty
	Rows  []Row
}

// Count is a taxonomy term with the number of its incidents.
type Count struct {
	Title, URL  string
	Description string
	N           int
	Rank        int // of a severity; 0 otherwise
}

// Facet is one taxonomy with its most used terms.
type Facet struct {
	Title, URL string
	Terms      []Count
	More       int // terms that are not listed here
}

// Pager leads through the pages of a list; Pages is 1 when there is only one.
type Pager struct {
	Page, Pages int
	Newer       string // URL, empty on the first page
	Older       string // URL, empty on the last page
	Links       []PageLink
}

// PageLink is a numbered page of a list; a Number of 0 stands for a gap.
type PageLink struct {
	Number  int
	URL     string
	Current bool
}

// Heading is an entry of a table of contents.
type Heading struct {
	Level    int // 2 or 3
	ID, Text string
}

// Mention is a page that links here.
type Mention struct {
	Title, URL string
	Kind       string // "incident", "playbook", "glossary term", "page"
}

// Home is the front page.
type Home struct {
	Frame
	Heading    string
	Body       template.HTML
	Incidents  int
	Latest     []Row
	Unsettled  []Row // not yet closed or reviewed, newest first
	Reviews    Reviews
	Facets     []Facet
	Playbook   []Chapter
	AllURL     string // every incident
	Actions    Unfinished
	ActionsURL string
	Start      []StartRow // the first of those to start with
	StartURL   string
	Around     []Ago // incidents of earlier years around this day
	DaysURL    string
}

// List is a page of incidents: all of them, or those of one term.
type List struct {
	Frame
	Heading     string
	Label       string // "Service", "Tag", ...; empty for the list of all
	Intro       template.HTML
	Note        string // what the term means
	Total       int
	Groups      []Group
	Facets      []Facet // only on the list of all
	Pager       Pager
	FeedURL     string
	JSONFeedURL string
	History     *History // of a service; on the first page, as the next two
	Together    []Count  // terms that come with this one
	Ways        []Ref    // other ways into the same incidents
	Narrow      *Narrow  // nil where there is nothing to narrow
}

// Taxonomy is the index of one taxonomy: all services, all tags, ...
type Taxonomy struct {
	Frame
	Heading string
	Intro   string
	Terms   []Count
}

// Chapter is a page of the playbook in its order.
type Chapter struct {
	Number     int // from 1
	Title, URL string
	Summary    string
	Current    bool
}

// Playbook is the guide's first page, with its chapters.
type Playbook struct {
	Frame
	Heading  string
	Summary  string
	Body     template.HTML
	Contents []Heading
	Chapters []Chapter
}

// Guide is one chapter of the playbook.
type Guide struct {
	Frame
	Heading  string
	Summary  string
	Number   int
	Chapters []Chapter
	Contents []Heading
	Body     template.HTML
	Mentions []Mention
	Previous *Ref
	Next     *Ref
}

// Glossary is the list of all terms.
type Glossary struct {
	Frame
	Heading string
	Body    template.HTML
	Letters []Letter
}

// Letter is the terms that begin with it.
type Letter struct {
	Letter string
	ID     string
	Terms  []TermRow
}

// TermRow is a term's line in the glossary.
type TermRow struct {
	Title, URL string
	Summary    string
	Also       []string
}

// Term is the page of one glossary term.
type Term struct {
	Frame
	Heading  string
	Also     []string // other names
	Summary  string
	Body     template.HTML
	Uses     []Mention // pages whose text has the term, by path
	MoreUses int       // pages that are not listed
	Mentions []Mention
	Previous *Ref
	Next     *Ref
}

// Plain is any other page.
type Plain struct {
	Frame
	Heading  string
	Summary  string
	Contents []Heading
	Body     template.HTML
	Mentions []Mention
}

// Search is the search page. What it lists is there to browse while nothing is
// asked for, and all there is without JavaScript.
type Search struct {
	Frame
	Script   string // URL of the search script, fingerprinted
	Examples []Example
	Years    []YearOf
	Taxonomy []Ref // the indexes of services, factors, tags, ...
	Chapters []Ref
	Terms    []Ref
}

// Example is a filter of the query language that finds something on this site.
type Example struct {
	Label  string // "Service"
	Filter string // "service:edge"
	URL    string // the search for it
}

// YearOf is a year on the search page: its rows, or no more than their number
// and the page that has them.
type YearOf struct {
	Title string // "Undated" for the incidents without a start
	URL   string
	N     int
	Rows  []Row
}

// NotFound is the page that a static host shows for a missing address.
type NotFound struct {
	Frame
	Latest []Row
}
