package view

import "html/template"

// Insights is a page of statistics: of all incidents, of a year, of a service.
type Insights struct {
	Frame
	Style           string // URL of its style sheet, fingerprinted
	Heading         string
	Lead            string // a sentence on what is looked at
	Total           int    // incidents
	ListURL         string // of them
	Years           []Choice
	Services        []Choice
	MoreServices    int // that have a page of statistics and no place in the row
	MoreServicesURL string
	Sections        []Insight
}

// Choice is a link of a row in which one is current.
type Choice struct {
	Title, URL string
	Current    bool
}

// Insight is one thing that the incidents show: in a sentence, in drawings or
// tables with bars, and as data.
type Insight struct {
	ID, Heading string
	Says        string   // what is seen
	Notes       []string // what to keep in mind
	Link        *Ref     // to where there is more
	Empty       *Missing // in place of all below
	Legend      []Key
	Drawings    []Drawing
	Bars        []Bars
	Heat        *Heat
	Links       int // in the drawings; where there are many, a link leads past them
	Data        []Table
}

// Missing tells what is not there yet and how to write it.
type Missing struct {
	Text, Write string
}

// Key says what a filling in a drawing means.
type Key struct {
	Swatch template.HTML
	Name   string
	URL    string // of what has it, or empty
}

// Drawing is a chart with the words above it.
type Drawing struct {
	Heading, Says string
	Write         string        // how what is missing is written; empty otherwise
	SVG           template.HTML // empty where there is nothing to draw
	Wide          bool          // scrolled in its box on a narrow screen
}

// Bars is a table whose lines have bars.
type Bars struct {
	Heading string
	Of      string // what the lines are, "Service"
	Rows    []BarRow
	Rest    string // what is not listed, in a sentence
}

// BarRow is one line.
type BarRow struct {
	Name, URL string // without a URL there is no page of it
	N         string
	Bar       template.HTML
	Missing   bool // it is about those where nothing is recorded
}

// Heat is a table whose cells are shaded by their counts.
type Heat struct {
	Caption string
	Columns []Ref
	Rows    []HeatRow
}

// HeatRow is a line of it.
type HeatRow struct {
	Ref
	Cells []HeatCell
}

// HeatCell is a count. Shade is from 0, for none, to 4.
type HeatCell struct {
	N     string
	Shade int
	URL   string // of the incidents; empty where there are none
}

// Table is the data of a drawing. The first cell of each row names it.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]Cell
	Rest    string // what is not listed, in a sentence
}

// Cell is a text, or a list of links.
type Cell struct {
	ID    string // of the first cell of a row that a bar leads to, or empty
	Text  string
	URL   string
	Links []Ref
}
