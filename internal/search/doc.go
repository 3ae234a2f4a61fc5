// Package search finds pages by their words, in the terminal and, through
// static files, in the browser.
//
// # One index
//
// The pages are indexed with Bleve, with the analyzer of the site's language.
// The index lives in memory and can be thrown away at any time. Bleve's posting
// lists are read out as Lists, which both readers use: Query in the terminal,
// and a small script in the browser that fetches the lists it needs as shards.
//
// # One order
//
// Each posting is a page and an impact from 1 to 255: how much the page is about
// the term, by BM25F over title, headings and body, worked out when the lists
// are made (Robertson and Zaragoza, "The Probabilistic Relevance Framework",
// 2009, section 3.5). Each term has a whole number for its rarity. A page's score
// is a sum of products of these, times the square of how many of the words it
// has, and all of that is whole numbers: the terminal and the browser cannot
// disagree, on any machine. Pages of equal score are in the order of their paths.
//
// # Words and stems
//
// The posting lists are of stems ("databas"), and people type words
// ("databases"). The lists therefore come with a lexicon of the words that occur
// and the stem of each, as Bleve's analyzer made it; no reader needs a stemmer.
// A word that does not occur is taken for the nearest that does.
package search
