package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the command available to the scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"debrief": func() { os.Exit(run(context.Background(), os.Args[1:], terminal())) }})
}

// TestScripts runs the scripts in testdata: the command as its users know it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "1795392000") // 2026-11-23
			e.Setenv("NO_COLOR", "1")
			e.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector waits a second at each end of a program
			e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, ".cache"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "fetch": fetch, "until": until, "json": jsonValue, "kept": kept},
	})
}

// exits runs debrief and checks its exit code: exits 2 build --nonsense
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGUMENTS...")
	}
	err := ts.Exec("debrief", args[1:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("debrief %s: exit code %s, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

// until waits until a file holds a text: until serve.log http://
func until(ts *testscript.TestScript, neg bool, args []string) {
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		data, _ := os.ReadFile(ts.MkAbs(args[0]))
		if strings.Contains(string(data), args[1]) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s never held %q: %s", args[0], args[1], data)
		}
	}
}

// fetch gets a page of the server whose address a file holds, and
// checks the status: fetch serve.log /incidents/ 200
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	data := ts.ReadFile(args[0])
	_, address, _ := strings.Cut(data, "http://")
	base, _, _ := strings.Cut("http://"+address, "  ")
	response, err := http.Get(strings.TrimSuffix(base, "/") + args[1])
	ts.Check(err)
	response.Body.Close()
	if got := fmt.Sprint(response.StatusCode); got != args[2] {
		ts.Fatalf("%s: status %s, want %s", args[1], got, args[2])
	}
}

// jsonValue compares a value in a file of JSON: json out.json results.0.title Drift
// A list is compared with its length: json out.json results 3
// Of a value that is not to be there: ! json out.json notes
func jsonValue(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 && !(neg && len(args) == 2) {
		ts.Fatalf("usage: json FILE PATH VALUE, or ! json FILE PATH")
	}
	var value any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &value))
	there := true
	for _, step := range strings.Split(args[1], ".") {
		switch v := value.(type) {
		case map[string]any:
			value, there = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if there = err == nil && i < len(v); there {
				value = v[i]
			}
		default:
			there = false
		}
		if !there {
			break
		}
	}
	if list, ok := value.([]any); ok {
		value = len(list)
	}
	switch {
	case neg && there:
		ts.Fatalf("%s holds %s: %v", args[0], args[1], value)
	case !neg && !there:
		ts.Fatalf("%s holds no %s: %s", args[0], args[1], ts.ReadFile(args[0]))
	case !neg && fmt.Sprint(value) != args[2]:
		ts.Fatalf("%s: %s is %v, want %s", args[0], args[1], value, args[2])
	}
}

// kept looks for the index that search keeps below a folder; there must be one.
// With a word more it is spoilt, in one of these ways: kept cache cut
//
//	cut      its second half is missing
//	empty    it holds nothing
//	garbage  it is something else
//	zip      it is an archive of something else
//	shard    a byte in the middle of a shard is another
//	folder   it is a folder
func kept(ts *testscript.TestScript, neg bool, args []string) {
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "debrief", "*"))
	ts.Check(err)
	if neg {
		if len(found) > 0 {
			ts.Fatalf("there is %v", found)
		}
		return
	}
	if len(found) != 1 {
		ts.Fatalf("there are %d files, want one index and no more: %v", len(found), found)
	}
	if len(args) == 1 {
		return
	}
	name := found[0]
	data, err := os.ReadFile(name)
	ts.Check(err)
	switch args[1] {
	case "cut":
		data = data[:len(data)/2]
	case "empty":
		data = nil
	case "garbage":
		data = bytes.Repeat([]byte("garbage "), 1000)
	case "zip":
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		_, err := z.Create("holiday.jpg")
		ts.Check(err)
		ts.Check(z.Close())
		data = b.Bytes()
	case "shard":
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		ts.Check(err)
		for _, f := range z.File {
			if f.Name == "search/shard/0.bin" {
				at, err := f.DataOffset()
				ts.Check(err)
				data[at+int64(f.CompressedSize64)/2] ^= 0x55
			}
		}
	case "folder":
		ts.Check(os.Remove(name))
		ts.Check(os.Mkdir(name, 0o700))
		return
	default:
		ts.Fatalf("kept knows no %q", args[1])
	}
	ts.Check(os.WriteFile(name, data, 0o600))
}
