package parse_test

import (
	"testing"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/sample"
)

// BenchmarkIncident parses one of the incidents that knowledge bases of any size
// are made of.
func BenchmarkIncident(b *testing.B) {
	p := parse.NewParser(kb.DefaultConfig())
	files := sample.Tree(100).Files()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p.File(files[i%len(files)])
	}
}
