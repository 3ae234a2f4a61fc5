package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"debrief/internal/tree"
)

// Costs of an index, debrief's and Pagefind's, over the same words:
//
//	go run ./internal/relevance -corpus DIR -figures -pagefind "$(node internal/relevance/pagefind.mjs --binary)"
//
// The collections are all real pages and mixed ones of 1,000 and 10,000 pages.
// Each tool runs in a process of its own, -runs times, and the medians count.
// CPU time is that of all threads, user and system.
//
// Pagefind is given ready HTML and has to read that; debrief has to read
// Markdown, which a site build does anyway. So debrief's CPU time is that of
// indexing and writing the search's files only, and reading is a column of its
// own. Its memory is the peak of the whole process, the documents included.
//
// With -browser, browser.mjs then measures over the same collections what a
// reader's browser fetches and how long ranking takes there; it says how. That
// takes a quarter of an hour. With -runs 0 it is all that is measured.
//
// The process that starts all these stays small: on Linux the peak of a new
// process is never below what the one that started it holds.

// figureOptions are the flags of the figures.
type figureOptions struct {
	run      bool
	runs     int
	sizes    string
	pagefind string
	browser  bool
	prepare  string
	child    string
}

func (f *figureOptions) flags() {
	flag.BoolVar(&f.run, "figures", false, "measure CPU time, memory and files of indexing")
	flag.IntVar(&f.runs, "runs", 3, "how often -figures measures each; the median counts")
	flag.StringVar(&f.sizes, "sizes", "1000,10000", "of the mixed collections that -figures makes")
	flag.StringVar(&f.pagefind, "pagefind", "", "Pagefind's `program`, for -figures; see pagefind.mjs --binary")
	flag.BoolVar(&f.browser, "browser", false, "after -figures, run browser.mjs, which needs Node and Chromium")
	flag.StringVar(&f.prepare, "prepare", "", "for -figures: write a collection into this `folder`, as content and as HTML; the real one unless -mix is given")
	flag.StringVar(&f.child, "child", "", "for -figures: index this content `folder` and write the search's files into -out")
}

// cost is what one run took.
type cost struct {
	Load   time.Duration `json:"load"`   // CPU time of reading the documents; debrief only
	Index  time.Duration `json:"index"`  // CPU time of indexing and writing the files
	Memory int64         `json:"memory"` // peak resident, in bytes
	Files  int           `json:"files"`
	Bytes  int64         `json:"bytes"` // sum of the files' sizes
}

// child indexes a content folder in this process and prints its cost.
func child(content, out string) error {
	files, err := readFolder(content, "")
	if err != nil {
		return err
	}
	all, err := tree.New(files)
	if err != nil {
		return err
	}
	s := siteOf(all)
	debug.FreeOSMemory() // what was left over by reading is no cost of indexing
	var c cost
	if c.Load, err = usage(); err != nil {
		return err
	}
	if err := export(s, out); err != nil {
		return err
	}
	total, err := usage()
	if err != nil {
		return err
	}
	c.Index = total - c.Load
	return json.NewEncoder(os.Stdout).Encode(c)
}

// prepare writes a collection of n mixed pages, or the real one where n is 0,
// as a content folder and as HTML, and prints how many pages it has.
func prepare(content tree.Tree, n int, seed uint64, dir string) error {
	if n > 0 {
		if err := writeMix(content, n, seed, dir); err != nil {
			return err
		}
		files, err := readFolder(filepath.Join(dir, "content"), "")
		if err != nil {
			return err
		}
		if content, err = tree.New(files); err != nil {
			return err
		}
	} else if err := writeTree(content, filepath.Join(dir, "content")); err != nil {
		return err
	}
	pages, s := readPages(content)
	if err := writePages(pages, s.Config.Language, dir); err != nil {
		return err
	}
	fmt.Println(len(pages))
	return nil
}

// figures measures and prints the table.
func figures(o options) error {
	dir, err := os.MkdirTemp("", "debrief-figures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "pages\ttool\treading, CPU s\tindex and export, CPU s\tpeak MB\tfiles\tMB on disk\t")
	var folders []string
	for size := range strings.SplitSeq("0,"+o.figures.sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			return fmt.Errorf("-sizes: %w", err)
		}
		folder := filepath.Join(dir, size)
		if err := figuresOf(t, n, folder, o); err != nil {
			return err
		}
		folders = append(folders, folder)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Printf("\n%s %s/%s, %d processors; medians of %d runs; MB are 10^6 bytes\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), o.figures.runs)
	if o.figures.pagefind != "" {
		version, err := exec.Command(o.figures.pagefind, "--version").Output()
		if err != nil {
			return err
		}
		fmt.Printf("%s\n", strings.TrimSpace(string(version)))
	}
	if o.figures.browser {
		fmt.Println()
		c := exec.Command("node", append([]string{filepath.Join("internal", "relevance", "browser.mjs")}, folders...)...)
		c.Stdout, c.Stderr = os.Stdout, os.Stderr
		if err := c.Run(); err != nil {
			return fmt.Errorf("browser.mjs: %w", err)
		}
	}
	return nil
}

// figuresOf measures one collection: n mixed pages, or the real ones where n is 0.
func figuresOf(w io.Writer, n int, dir string, o options) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	printed, _, err := output(exec.Command(self, "-prepare", dir, "-mix", strconv.Itoa(n),
		"-content", o.content, "-corpus", o.corpus, "-seed", strconv.FormatUint(o.seed, 10)))
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	pages := strings.TrimSpace(string(printed))
	source := filepath.Join(dir, "content")
	tools := []struct {
		name string
		run  func(out string) (cost, error)
	}{
		{"debrief", func(out string) (cost, error) {
			var c cost
			printed, process, err := output(exec.Command(self, "-child", source, "-out", out))
			if err != nil {
				return c, err
			}
			err = json.Unmarshal(printed, &c)
			c.Memory = peak(process)
			return c, err
		}},
		{"pagefind", func(out string) (cost, error) {
			if o.figures.pagefind == "" {
				return cost{}, errors.ErrUnsupported
			}
			_, process, err := output(exec.Command(o.figures.pagefind, "--site", filepath.Join(dir, htmlFolder), "--output-path", out, "--quiet"))
			if err != nil {
				return cost{}, err
			}
			return cost{Index: process.UserTime() + process.SystemTime(), Memory: peak(process)}, nil
		}},
	}
	for _, tool := range tools {
		var all []cost
		for i := range o.figures.runs {
			out := filepath.Join(dir, tool.name+strconv.Itoa(i))
			c, err := tool.run(out)
			if errors.Is(err, errors.ErrUnsupported) {
				break
			}
			if err != nil {
				return fmt.Errorf("%s: %w", tool.name, err)
			}
			if c.Files, c.Bytes, err = sizeOf(out); err != nil {
				return err
			}
			all = append(all, c)
			if err := os.RemoveAll(out); err != nil {
				return err
			}
		}
		if len(all) == 0 {
			continue
		}
		m := medians(all)
		load := ""
		if m.Load > 0 {
			load = fmt.Sprintf("%.2f", m.Load.Seconds())
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%.2f\t%.0f\t%d\t%.2f\t\n", pages, tool.name, load, m.Index.Seconds(), float64(m.Memory)/1e6, m.Files, float64(m.Bytes)/1e6)
	}
	return nil
}

func writeTree(content tree.Tree, dir string) error {
	for _, f := range content.Files() {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// output runs a program and returns what it printed.
func output(c *exec.Cmd) ([]byte, *os.ProcessState, error) {
	c.Stderr = os.Stderr
	printed, err := c.Output()
	return printed, c.ProcessState, err
}

// sizeOf counts the data of a search: without Pagefind's scripts, styles and
// WebAssembly, since debrief's script is a file of the theme.
func sizeOf(dir string) (files int, bytes int64, err error) {
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || slices.Contains([]string{".js", ".css", ".pagefind"}, filepath.Ext(p)) {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		files++
		bytes += info.Size()
		return nil
	})
	return files, bytes, err
}

// medians returns the median of each measure.
func medians(all []cost) cost {
	return cost{
		Load:   median(all, func(c cost) time.Duration { return c.Load }),
		Index:  median(all, func(c cost) time.Duration { return c.Index }),
		Memory: median(all, func(c cost) int64 { return c.Memory }),
		Files:  median(all, func(c cost) int { return c.Files }),
		Bytes:  median(all, func(c cost) int64 { return c.Bytes }),
	}
}

// median returns the middle value, the upper of two.
func median[T cmp.Ordered](all []cost, of func(cost) T) T {
	var values []T
	for _, c := range all {
		values = append(values, of(c))
	}
	slices.Sort(values)
	return values[len(values)/2]
}
