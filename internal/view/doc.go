// Package view knows every page of the output and what it shows.
//
// A page is a value before it is HTML: one plain struct that holds everything
// its layout may show. A layout never sees the site, so a page depends on
// exactly what its value holds, and any page can be made at any time from the
// newest Site without asking what has changed.
package view
