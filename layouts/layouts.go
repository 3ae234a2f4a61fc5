// Package layouts is the theme that debrief carries with it.
//
// A page is base.html, which holds the document's skeleton, with one layout
// for its "main" (and, if it wants, its "head"), and the partials both use:
// base.html, partials/*.html and the one layout are parsed into one set, and
// base.html is executed with a page value of package view as its dot. Layouts
// may call plural(n, one, many) besides the functions of html/template, and the
// run-sheet slot(name) and shared(partial, value), which package render explains.
//
// archetypes/ holds the texts that `debrief new` begins a page with.
//
// assets/css/main.css and assets/js/main.js are entry points for a bundler.
// Every page carries a strict Content-Security-Policy: there is no inline
// script and no style attribute in any layout, and no layout has an action
// inside a script, a style or a meta http-equiv element.
package layouts

import "embed"

// FS holds the layouts, their partials and their assets.
//
//go:embed *.html partials assets archetypes
var FS embed.FS
