package main

import (
	"strings"
	"testing"

	"debrief/internal/exchange"
)

// A file's name may hold the end of a line, which must not look like another file.
func TestImportReportKeepsNamesInOneLine(t *testing.T) {
	got := importText(exchange.Report{Files: []exchange.File{{From: "a\nb.md: new", State: exchange.Failed, Why: "is empty"}}}, false)
	if first, _, _ := strings.Cut(got, "\n"); first != "a b.md: new: failed: is empty" {
		t.Errorf("the report begins with %q", first)
	}
}
