package preview

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"debrief/internal/diag"
	"debrief/internal/sample"
	"debrief/internal/scaffold"
	"debrief/internal/tree"
	"debrief/layouts"
)

// BenchmarkSave measures what an author waits for: from the moment a file has
// been saved to the moment at which the server's answer has the new text, asked
// for again and again over HTTP. Saves come at odd intervals, so that they meet
// the server in every state. It reports the median and the 95th percentile.
func BenchmarkSave(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir, url := benchServer(b, n)
			r := rand.New(rand.NewPCG(5, 6))
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				k := r.IntN(n)
				path := filepath.Join(dir, "content", filepath.FromSlash(sample.Path(k)))
				data, err := os.ReadFile(path)
				if err != nil {
					b.Fatal(err)
				}
				time.Sleep(time.Duration(50+r.IntN(400)) * time.Millisecond)
				text := fmt.Sprintf("Sentence number %d.", i)
				next := append(data, "\n"+text+"\n"...)
				if err := os.WriteFile(path+"~", next, 0o644); err != nil {
					b.Fatal(err)
				}
				begin := time.Now()
				if err := os.Rename(path+"~", path); err != nil {
					b.Fatal(err)
				}
				for !bytes.Contains(get(b, url+"incidents/inc-"+sample.ID(k)[4:]+"/"), []byte(text)) {
					if time.Since(begin) > 30*time.Second {
						b.Fatal("the page never had the new text")
					}
					time.Sleep(time.Millisecond)
				}
				took = append(took, time.Since(begin))
			}
			slices.Sort(took)
			ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
			b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
			b.ReportMetric(ms(took[len(took)*95/100]), "p95-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func get(b *testing.B, url string) []byte {
	response, err := http.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatal(err)
	}
	return data
}

func benchServer(b *testing.B, n int) (dir, url string) {
	b.Helper()
	dir = b.TempDir()
	if err := scaffold.Init(filepath.Join(dir, "content"), sample.Tree(n)); err != nil {
		b.Fatal(err)
	}
	theme, err := tree.FromFS(layouts.FS)
	if err != nil {
		b.Fatal(err)
	}
	content, err := tree.NewReader(filepath.Join(dir, "content"))
	if err != nil {
		b.Fatal(err)
	}
	listener, err := Listen(0, true)
	if err != nil {
		b.Fatal(err)
	}
	server, err := New(Folders{Content: content, Theme: theme},
		Settings{Now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }}, listener,
		Report{Changed: func(time.Duration) {}, Findings: func([]diag.Finding, func(string) []byte) {}, Warning: func(s string) { b.Log(s) }})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	b.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	})
	return dir, server.URL()
}
