// Package search finds pages by their words, in the terminal and, through
// static files, in the browser.
//
// # One index
//
// Each page is parted into passages of a few paragraphs, and these are indexed
// with Bleve, with the analyzer of the site's language. Bleve's posting lists are
// read out once as Lists; after that, an edit changes only the lists of the words
// that have come or gone. What a posting says is how often a page has a word in
// its title, headings and text, and in which of its passages.
//
// # One set of files
//
// Lists.File makes the files that all readers use, each when it is asked for:
//
//	search/index.json        leads to the others: where the range of each shard begins
//	search/shard/N.bin       the posting lists and the words of a range of the alphabet
//	search/long/N.bin        the posting list of a word that very many pages have
//	search/facets.bin        the date, kind and severity of each page,
//	search/field/NAME.bin    what was involved: its services, or its factors,
//	search/labels.bin        and what else it can be filtered by, that is not counted
//	search/names.json        the names of both, and of glossary terms
//	search/doc/N-P.json      what a result shows of page N, and its passage P
//	search/heads.json        the most used words, to complete two or three letters
//	search/spelling.json,
//	search/spelling/N.bin    the words by pairs of letters, to correct what is mistyped
//
// A Base reads them: from a published site, from a Store on disk, or from the
// Lists themselves. The browser's Base is in layouts/assets/js/search/, whose
// files name those of this package that they mirror; a test asks both the same
// questions. All files but the first carry the generation of the site, so that
// nobody mixes two.
//
// # One order
//
// A posting is published as an impact from 1 to 31, by BM25F over title, headings
// and body. Each term has a whole number for its rarity. A page's score is the sum
// of their products over the words of the query, times a number that grows with
// how many of the words the page has, and how many stand in one passage. The
// cards of the first ten pages are fetched anyway; those that have the words one
// after the other, as they were typed, are put first. All of that is whole
// numbers: the terminal and the browser cannot disagree, on any machine. Pages of
// equal score are ordered by date, the newest first.
//
// # Words and stems
//
// The posting lists are of stems ("databas"), and people type words
// ("databases"). The shards therefore hold a lexicon of the words that occur and
// the stem of each, as Bleve's analyzer made it; no reader needs a stemmer. A word
// that does not occur is, in this order: a longer one that is being typed; a short
// form ("k8s"); a word with another ending, by the endings that the lexicon shows
// words of this language to take; one mistyped; two run together; one that begins
// alike.
package search
