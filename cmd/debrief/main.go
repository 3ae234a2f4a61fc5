// Command debrief makes a searchable site from a folder of post-mortems.
//
// See `debrief --help`, or README.md for the whole story.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a site names its time zone, and not every machine knows it

	"golang.org/x/term"

	"debrief/internal/diag"
)

// Exit codes.
const (
	exitFine    = 0
	exitFailure = 1 // findings, or something went wrong
	exitUsage   = 2
)

// console is what a command sees of the world around it.
type console struct {
	out, err io.Writer
	color    bool // out and err understand colours
	progress bool // err is a terminal that someone is watching
	now      func() time.Time
}

func main() {
	os.Exit(run(context.Background(), os.Args[1:], terminal()))
}

func terminal() console {
	watched := term.IsTerminal(int(os.Stderr.Fd()))
	now := time.Now
	// https://reproducible-builds.org/specs/source-date-epoch/
	if seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		now = func() time.Time { return time.Unix(seconds, 0).UTC() }
	}
	return console{
		out: os.Stdout, err: os.Stderr, now: now, progress: watched,
		color: watched && term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
	}
}

func run(ctx context.Context, args []string, c console) int {
	root := rootCommand(c)
	root.SetArgs(spared(args))
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errFindings):
		return exitFailure
	case errors.As(err, &usage):
		fmt.Fprintf(c.err, "debrief: %v\nhint: %s\n", err, usage.hint)
		return exitUsage
	}
	fmt.Fprintf(c.err, "debrief: %s\n", cleanLines(err.Error()))
	var hinted hintError
	if errors.As(err, &hinted) {
		fmt.Fprintf(c.err, "hint: %s\n", hinted.hint)
	}
	return exitFailure
}

// spared keeps words of a query that begin with a minus, "-drill", from being
// taken for flags: a space before them means nothing to the query.
func spared(args []string) []string {
	if len(args) == 0 || args[0] != "search" {
		return args
	}
	args = slices.Clone(args)
	for i, a := range args {
		if len(a) > 1 && a[0] == '-' && a[1] != '-' && a != "-h" {
			args[i] = " " + a
		}
	}
	return args
}

// errFindings ends a command whose findings have been printed.
var errFindings = errors.New("there are findings")

// usageError is a command line that makes no sense.
type usageError struct {
	error
	hint string
}

// hintError is an error with a word on how to mend it.
type hintError struct {
	error
	hint string
}

func (e hintError) Unwrap() error { return e.error }

// print writes findings of at least a level and a line that counts them all.
func (c console) print(findings []diag.Finding, least diag.Level, source func(string) []byte) error {
	var shown []diag.Finding
	for _, f := range findings {
		if f.Level >= least {
			shown = append(shown, f)
		}
	}
	return diag.Print(c.err, shown, source, c.style())
}

// style is how out and err are coloured.
func (c console) style() diag.Style { return diag.Style{Color: c.color} }

// count says how many findings there are: "2 errors, 1 warning".
func count(findings []diag.Finding) string {
	var parts []string
	for _, l := range []diag.Level{diag.Error, diag.Warning, diag.Note} {
		switch n := diag.Count(findings, l); {
		case n == 1:
			parts = append(parts, "1 "+l.String())
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", n, l))
		}
	}
	if len(parts) == 0 {
		return "nothing to mend"
	}
	return strings.Join(parts, ", ")
}
