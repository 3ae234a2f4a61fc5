// Package exchange brings post-mortems of other houses into a site, and writes a
// site's incidents out for other programs.
//
// # The way of a file that is brought in
//
//  1. A Source lists the files of a folder and reads them: never beyond the folder,
//     never through a link.
//  2. Its bytes become Markdown: text in another encoding is mended, HTML is
//     converted, also Word's (text.go, html.go, word.go).
//  3. Facts are read from its front matter, its name, and where it says them with a
//     clear label (front.go, names.go, labels.go, facts.go, times.go). Each is tried on
//     package parse, so what is written is what debrief will read.
//  4. The text is kept as it is, but for links whose targets have moved (links.go).
//  5. A record in the content folder says what was brought in, and what was
//     written. By it a second run changes nothing, and what people have edited
//     since is left alone (history.go, bring.go).
//
// Every step says what it read, guessed and left, in a Report.
package exchange
