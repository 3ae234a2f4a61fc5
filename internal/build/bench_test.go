package build_test

import (
	"bytes"
	"fmt"
	"testing"

	"debrief/internal/build"
	"debrief/internal/kb"
	"debrief/internal/sample"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/layouts"
)

func benchInput(b *testing.B, n int) build.Input {
	b.Helper()
	theme, err := tree.FromFS(layouts.FS)
	if err != nil {
		b.Fatal(err)
	}
	return build.Input{Content: sample.Tree(n), Layouts: theme, Options: site.Options{Today: kb.Date{Year: 2026, Month: 11, Day: 23}}}
}

// BenchmarkBuild makes a whole site in memory, from the bytes of its content to
// the bytes of its output, search included.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := benchInput(b, n)
			for b.Loop() {
				builder := build.New()
				s := builder.Build(in)
				paths, err := s.Paths()
				if err != nil {
					b.Fatal(err)
				}
				for _, p := range paths {
					if _, ok, err := s.File(p); !ok || err != nil {
						b.Fatal(p, ok, err)
					}
				}
				s.Findings()
				builder.Close()
			}
		})
	}
}

// BenchmarkEdit changes the text of one file of a site and asks for its page, as
// the preview does after a save. The cost of finding out what changed on disk is
// in the preview's own benchmark.
func BenchmarkEdit(b *testing.B) {
	benchEdits(b, func(data []byte, i int) []byte { return fmt.Appendf(nil, "%s\nEdit %d.\n", data, i) })
}

// BenchmarkRetitle gives a file a new title, which other pages show.
func BenchmarkRetitle(b *testing.B) {
	benchEdits(b, func(data []byte, i int) []byte {
		return bytes.Replace(data, []byte("\ntitle: "), fmt.Appendf(nil, "\ntitle: edit %d ", i), 1)
	})
}

// BenchmarkRetag gives a file a new tag, which makes a page and moves others.
func BenchmarkRetag(b *testing.B) {
	benchEdits(b, func(data []byte, i int) []byte {
		return bytes.Replace(data, []byte("\ntags: ["), fmt.Appendf(nil, "\ntags: [tag-%d, ", i), 1)
	})
}

func benchEdits(b *testing.B, edit func(data []byte, i int) []byte) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := benchInput(b, n)
			builder := build.New()
			defer builder.Close()
			builder.Build(in)
			original, _ := in.Content.File(sample.Path(n / 2))
			i := 0
			for b.Loop() {
				i++
				in.Content = in.Content.With(tree.NewFile(original.Path, edit(original.Data, i)))
				s := builder.Build(in)
				if _, ok, err := s.File("incidents/" + "inc-" + sample.ID(n / 2)[4:] + "/index.html"); !ok || err != nil {
					b.Fatal(ok, err)
				}
			}
		})
	}
}
