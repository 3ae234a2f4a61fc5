package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestListsFollow compares an index that has been through edits with one that is
// new: the files must be the same, and so must be what is related to what.
func TestListsFollow(t *testing.T) {
	for _, language := range []string{"en", "de", "ja"} {
		t.Run(language, func(t *testing.T) {
			ix, err := NewIndex(language)
			if err != nil {
				t.Fatal(err)
			}
			defer ix.Close()
			r := rand.New(rand.NewPCG(1, 2))
			words := strings.Fields("CrashLoopRestart crashlooprestart anchor boot-loop certificate certificates drift error firmware guardian Headset's incident jitter key.rotation latency map node_overload poses queue Häuser 温度が上がった センサー fail-over behaviour failover bootloop")
			docs := map[string]*Document{}
			related := 0
			for i := range 30 { // enough that a few changes are followed and not read anew
				docs[fmt.Sprintf("first%d", i)] = doc(fmt.Sprintf("first%d", i), words[i%len(words)], strings.Join(words[:i%len(words)], " "))
			}
			for step := range 40 {
				for range 1 + r.IntN(3) {
					key := fmt.Sprintf("d%d", r.IntN(12))
					switch r.IntN(5) {
					case 0:
						delete(docs, key)
					case 1: // looks different, has the same words
						if d, ok := docs[key]; ok {
							other := *d
							other.URL, other.Severity, other.Date, other.Services = fmt.Sprintf("/%d/", step), "SEV1", "2026-01-02", []string{"x"}
							docs[key] = &other
						}
					default:
						var text strings.Builder
						for range r.IntN(12) {
							text.WriteString(words[r.IntN(len(words))] + " ")
						}
						if r.IntN(6) == 0 { // of several passages
							text.WriteString("\n\n## " + words[r.IntN(len(words))] + "\n\n" + strings.Repeat("long text "+words[r.IntN(len(words))]+" ", 400))
						}
						docs[key] = named(doc(key, words[r.IntN(len(words))], text.String()), words[r.IntN(len(words))], words[r.IntN(len(words))], "")
					}
				}
				now := slices.SortedFunc(maps.Values(docs), func(a, b *Document) int { return strings.Compare(a.Key, b.Key) })
				warm, err := ix.Lists(now)
				if err != nil {
					t.Fatal(err)
				}
				cold := listsOf(t, language, now...)
				if !slices.Equal(warm.Paths(), cold.Paths()) {
					t.Fatalf("step %d: there are other files after edits", step)
				}
				for _, p := range warm.Paths() {
					x, _ := warm.File(p)
					y, ok := cold.File(p)
					if !ok || string(x) != string(y) {
						t.Fatalf("step %d: %s differs after edits", step, p)
					}
				}
				for i, d := range now {
					if i%3 == 0 {
						warm.asked.Store(0) // so that some are read by themselves, some with all
					}
					x, y := warm.Related(d.Key, 8), cold.Related(d.Key, 8)
					if inLine(x) != inLine(y) {
						t.Fatalf("step %d: related to %s are after edits\n%s, want\n%s", step, d.Key, inLine(x), inLine(y))
					}
					related += len(x)
				}
			}
			if related == 0 {
				t.Error("nothing was related to anything, so that was not tested")
			}
		})
	}
}

// TestClose closes twice, which Bleve itself does not survive.
func TestClose(t *testing.T) {
	ix, err := NewIndex("en")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := ix.Lists(nil); err == nil {
		t.Error("a closed index gives lists")
	}
}
