package search

// Ranking is the parameters of the order of the results. DefaultRanking is what
// sites use; others are for measuring (internal/relevance).
type Ranking struct {
	// BM25F, for title, headings and body; see Robertson and Zaragoza, "The
	// Probabilistic Relevance Framework" (2009), section 3.5. These go into the
	// impacts, when the posting lists are written.
	Weight     [fields]float64
	Length     [fields]float64 // b, how much a long field counts for less
	Saturation float64         // k1, how soon more of a word says nothing new

	// These are the reader's. Its whole numbers come to the same in every browser.
	Base uint64
	Has  uint64 // times the square of how many of the words a page has
	Near uint64 // times the square of how many one of its passages has
	Run  uint64 // times how much of the query stands in it word by word
	Page uint64 // of pages that are neither incident, playbook nor term, in sixteenths
}

// DefaultRanking is tuned on one half of the queries of internal/relevance and
// reported on the other.
func DefaultRanking() Ranking {
	return Ranking{
		Weight: [fields]float64{12, 3, 1}, Length: [fields]float64{.5, .5, .7}, Saturation: 1.5,
		Base: 24, Has: 1, Near: 1, Run: 3, Page: 12,
	}
}

// Weights of what a word is taken for, in sixteenths.
const (
	exactWeight  = 16 // the word itself
	joinedWeight = 16 // two words that are written as one elsewhere
	shortWeight  = 12 // a short form, or what it stands for
	smallWeight  = 4  // by which the worth of a small word is divided
	longerWeight = 4  // a longer word than the one that is being typed, where that occurs
)
