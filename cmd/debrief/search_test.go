package main

import (
	"bytes"
	"slices"
	"testing"
)

// TestTail has logs come in pieces, of which only the end is kept, and says so.
func TestTail(t *testing.T) {
	text := make([]byte, 5*maxLog+7)
	for i := range text {
		text[i] = byte(i * i >> 7) // not the same anywhere near
	}
	for _, test := range []struct {
		size int
		cut  bool
	}{{0, false}, {maxLog, false}, {maxLog + 1, true}, {2 * maxLog, true}, {2*maxLog + 1, true}, {len(text), true}} {
		var log tail
		for piece := range slices.Chunk(text[:test.size], 700_001) {
			if n, err := log.Write(piece); n != len(piece) || err != nil {
				t.Fatal(n, err)
			}
		}
		log.trim()
		if want := text[max(0, test.size-maxLog):test.size]; !bytes.Equal(log.kept, want) || log.cut != test.cut {
			t.Errorf("of %d bytes %d are kept, cut: %v", test.size, len(log.kept), log.cut)
		}
	}
}
