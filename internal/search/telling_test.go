package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTelling picks the lines that say what went wrong out of logs as programs
// write them.
func TestTelling(t *testing.T) {
	tests := []struct {
		name, log string
		want      []string
	}{
		{
			name: "a Java stack trace",
			log: `2026-03-12 14:21:07,113 INFO  [main] o.e.Anchors - starting
2026-03-12 14:21:09,402 ERROR [pool-1] o.e.Anchors - request failed
java.lang.IllegalStateException: map cannot be opened
	at org.example.anchors.Store.open(Store.java:118)
	at org.example.anchors.Error.handle(Error.java:12)
	... 14 more
Caused by: javax.crypto.AEADBadTagException: tag mismatch
	at java.base/com.sun.crypto.provider.GaloisCounterMode.decrypt(GaloisCounterMode.java:646)
`,
			want: []string{
				"2026-03-12 14:21:09,402 ERROR [pool-1] o.e.Anchors - request failed",
				"java.lang.IllegalStateException: map cannot be opened",
				"Caused by: javax.crypto.AEADBadTagException: tag mismatch",
			},
		},
		{
			name: "a Go panic",
			log: `2026/03/12 14:21:07 listening on :8080
panic: runtime error: index out of range [3] with length 3

goroutine 1 [running]:
main.lookup(...)
	/src/cmd/server/main.go:31
main.main()
	/src/cmd/server/main.go:12 +0x1d
exit status 2
`,
			want: []string{
				"panic: runtime error: index out of range [3] with length 3",
			},
		},
		{
			name: "events of Kubernetes",
			log: `LAST SEEN   TYPE      REASON              OBJECT              MESSAGE
12m         Normal    Scheduled           pod/anchor-7f9c     Successfully assigned prod/anchor-7f9c to node-3
11m         Warning   Unhealthy           pod/anchor-7f9c     Readiness probe failed: HTTP probe failed with statuscode: 503
11m         Normal    Killing             pod/anchor-7f9c     Stopping container anchor
10m         Warning   BackOff             pod/anchor-7f9c     Back-off restarting container
9m          Warning   OOMKilling          node/node-3         Memory cgroup out of memory: Killed process 4711 (anchor)
`,
			want: []string{
				"11m         Warning   Unhealthy           pod/anchor-7f9c     Readiness probe failed: HTTP probe failed with statuscode: 503",
				"10m         Warning   BackOff             pod/anchor-7f9c     Back-off restarting container",
				"9m          Warning   OOMKilling          node/node-3         Memory cgroup out of memory: Killed process 4711 (anchor)",
			},
		},
		{
			name: "the error log of nginx, with the same line three times",
			log: `2026/03/12 14:21:07 [notice] 1#1: start worker processes
2026/03/12 14:21:09 [error] 29#29: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1
2026/03/12 14:21:10 [error] 30#30: *2 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.2
2026/03/12 14:21:11 [error] 31#31: *3 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.3
2026/03/12 14:21:12 [warn] 29#29: *4 an upstream response is buffered
2026/03/12 14:21:13 [crit] 29#29: *5 open() "/var/cache/x" failed (28: No space left on device)
`,
			want: []string{
				"2026/03/12 14:21:09 [error] 29#29: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1",
				"2026/03/12 14:21:12 [warn] 29#29: *4 an upstream response is buffered",
				`2026/03/12 14:21:13 [crit] 29#29: *5 open() "/var/cache/x" failed (28: No space left on device)`,
			},
		},
		{
			name: "lines of JSON",
			log: `{"ts":"2026-03-12T14:21:07Z","level":"info","msg":"listening"}
{"ts":"2026-03-12T14:21:08Z","level":"info","msg":"connected"}
{"ts":"2026-03-12T14:21:09Z","level":"error","msg":"lease expired","node":"a1"}
{"ts":"2026-03-12T14:21:10Z","level":"warn","msg":"slow consumer"}
{"ts":"2026-03-12T14:21:11Z","level":"fatal","msg":"no quorum"}
`,
			want: []string{
				`{"ts":"2026-03-12T14:21:09Z","level":"error","msg":"lease expired","node":"a1"}`,
				`{"ts":"2026-03-12T14:21:10Z","level":"warn","msg":"slow consumer"}`,
				`{"ts":"2026-03-12T14:21:11Z","level":"fatal","msg":"no quorum"}`,
			},
		},
		{"nothing wrong: its first lines", "one fine day\ntwo fine days\nthree fine days\nfour fine days\n", []string{"one fine day", "two fine days", "three fine days"}},
		{"signs inside of other words are none", "joined room 7\nERROR quorum\nleft room 7\nclosest match\nslowly skilled\nbathroom\n", []string{"ERROR quorum"}},
		{"at the end of a name they are", "starting\njava.lang.NullPointerException\njava.lang.OutOfMemoryError\n", []string{"java.lang.NullPointerException", "java.lang.OutOfMemoryError"}},
		{"a stack is not what went wrong", "ready\nTypeError: no map\n    at new NodeError (node:internal/errors:405:5)\n    at connect (net.js:1:2)\n", []string{"TypeError: no map"}},
		{"a stack and nothing else", "at main.go\nat store.go\n", []string{"at main.go", "at store.go"}},
		{"the gravest lines, in the order of the log", "slow one\nerror one\npanic one\ntimeout one\nerror two\n", []string{"error one", "panic one", "error two"}},
		{"line ends of Windows", "fine\r\nERROR lost quorum\r\n", []string{"ERROR lost quorum"}},
		{"without an end of line", "ERROR lost quorum", []string{"ERROR lost quorum"}},
		{"numbers, times and hashes only", "12:00:01 10.0.0.1 4711\n7f3a 0x1d 99%\n\n", nil},
		{"empty", "", nil},
		{"white space", " \t\n\r\n\n", nil},
		{"bytes that are no text", "\x00\xff\xfe\x80\n\x1f\x8b\x08\x00\n", nil},
		{"text with bytes that are none", "ERROR \xff\xfequorum\n", []string{"ERROR quorum"}},
		{"in Japanese", "起動\nセンサーの温度が上がった\n", []string{"起動", "センサーの温度が上がった"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Telling(test.log); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// TestTellingHugeLine reads a log of one very long line: the beginning of it will
// do.
func TestTellingHugeLine(t *testing.T) {
	line := "ERROR " + strings.Repeat("lorem ipsum dolor ", 200_000)
	got := Telling(line)
	if len(got) != 1 || !strings.HasPrefix(got[0], "ERROR lorem") || utf8.RuneCountInString(got[0]) > maxTellingLine {
		t.Errorf("of %d bytes %d lines were picked: %.400q", len(line), len(got), got)
	}
	if got := Telling(strings.Repeat("ä", 10*maxTellingLine)); len(got) != 1 || !utf8.ValidString(got[0]) {
		t.Errorf("a character is cut: %.400q", got)
	}
}

// TestTellingFinds takes a log to the incident that it is from.
func TestTellingFinds(t *testing.T) {
	b := baseOf(t, "en", some...)
	log := Telling("2026-05-01T10:00:00Z INFO ring 4 opens\n2026-05-01T10:00:01Z WARN headset 7f3a9 overheated, temperature 71\n2026-05-01T10:00:09Z ERROR leader lost quorum\n")
	a, err := b.AskLog(log, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Hits) == 0 || cardOf(t, b, a.Hits[0]).Key != "boot" {
		t.Errorf("%q finds %v, want boot first", log, a.Hits)
	}
}

// TestAskLog tells that the words of a log are wished for, whatever signs stand
// before them, and that the query beside it keeps all its meaning.
func TestAskLog(t *testing.T) {
	b := baseOf(t, "en", some...)
	tests := []struct {
		log, query string
		want       string // keys, sorted
	}{
		{"FATAL: quorum lost", "", "anchors boot"},
		{"FATAL -quorum lost", "", "anchors boot"},                                 // no minus
		{`FATAL "lost quorum"`, "", "anchors boot"},                                // no phrase
		{"FATAL service:runtime lost quorum", "", "anchors boot cert"},             // no filter
		{"FATAL is:term after:2030 quorum", "", "anchors boot"},                    // nor these
		{"FATAL quorum", "service:session", "anchors"},                             // but this is one
		{"FATAL quorum", "-headsets", "anchors"},                                   // and this a minus
		{"FATAL quorum", `"leader lost quorum"`, "boot"},                           // and this a phrase
		{"FATAL " + strings.Repeat("lorem ", 2000), "drift", "drift"},              // what follows is not forgotten
		{"FATAL " + strings.Repeat("lorem ", 2000) + "x", "year:2025 key", "cert"}, // nor this
		{"", "drift", "drift"},
		{"", "", ""},
	}
	for _, test := range tests {
		a, err := b.AskLog(Telling(test.log), test.query)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range a.Hits {
			got = append(got, cardOf(t, b, h).Key)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != test.want || len(a.Notes) > 0 {
			t.Errorf("%.40q and %q find %v, want %s; notes %v", test.log, test.query, got, test.want, a.Notes)
		}
	}
}

// FuzzTelling reads any log: at most three lines of it, valid, in its order, each
// with a word to look for.
func FuzzTelling(f *testing.F) {
	for _, log := range []string{"", "panic: x\n\tat main\n", "a\r\nb\rc\n", "\xff\xfe\n\x00", "ERROR ERROR\nerror error\n", "温度が上がった", "\u0085x\u2028y", strings.Repeat("a ", 500)} {
		f.Add(log)
	}
	f.Fuzz(func(t *testing.T, log string) {
		lines := Telling(log)
		if len(lines) > maxTelling {
			t.Errorf("%d lines", len(lines))
		}
		rest := strings.ToValidUTF8(log, "")
		for _, l := range lines {
			if !utf8.ValidString(l) || strings.ContainsRune(l, '\n') || len(words(l)) == 0 {
				t.Errorf("the line %q", l)
			}
			_, after, ok := strings.Cut(rest, l)
			if !ok {
				t.Errorf("%q is not in the log, or not in this place", l)
			}
			rest = after
		}
	})
}
