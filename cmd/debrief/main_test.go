package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
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
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "fetch": fetch, "until": until},
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
