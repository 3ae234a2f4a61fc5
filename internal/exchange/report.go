package exchange

// State is what became of a source.
type State string

const (
	New       State = "new"       // brought in for the first time
	Changed   State = "changed"   // brought in again, since it has changed
	Unchanged State = "unchanged" // nothing to do
	Edited    State = "edited"    // has changed, but so has the file here, which is left alone
	Removed   State = "removed"   // was brought in, and its file has been removed here
	Gone      State = "gone"      // was brought in, and is no longer there
	Same      State = "same"      // the same bytes are here already under another name
	Skipped   State = "skipped"   // is no post-mortem, by its name or its bytes
	Failed    State = "failed"    // could not be read
)

// States are all of them, in the order in which they are counted.
var States = []State{New, Changed, Unchanged, Edited, Removed, Gone, Same, Skipped, Failed}

// Report says what an import did, file by file.
type Report struct {
	Files []File `json:"files"`
	Other int    `json:"other"` // files that are no texts, and to which no text links
}

// Count returns how many sources came to a state.
func (r Report) Count(s State) int {
	n := 0
	for _, f := range r.Files {
		if f.State == s {
			n++
		}
	}
	return n
}

// File is what became of a source.
type File struct {
	From    string   `json:"from"`
	To      string   `json:"to"` // in the content folder, or empty
	State   State    `json:"state"`
	Why     string   `json:"why"` // in words, where the state alone does not say it
	Read    []Fact   `json:"read"`
	Guessed []Fact   `json:"guessed"`
	Left    []Left   `json:"left"`
	Copied  []string `json:"copied"` // pictures and files that it links to, in the content folder
}

// Fact is a key of the front matter and where its value comes from.
type Fact struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	From  string `json:"from"` // "line 12", "the file's name"
}

// Left is something that was found and could not be used.
type Left struct {
	What string `json:"what"`
	Why  string `json:"why"`
}
