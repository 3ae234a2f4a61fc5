package action

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// corpus is a folder of real post-mortems. They are no part of the project, so the
// test is skipped where they are not.
const corpus = "../../../shared/corpus"

// The actions of every document are counted, and those of the judged ones are as
// many as somebody counted by eye.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob(corpus + "/*/*")
	if err != nil || len(files) == 0 {
		t.Skip("the corpora are not here")
	}
	type tally struct{ documents, with, actions, owners, due, tickets, done int }
	folders := map[string]*tally{}
	found := map[string][]kb.Action{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := path.Base(filepath.ToSlash(filepath.Dir(f))) + "/" + filepath.Base(f)
		actions, _ := Read(markdown.NewParser(markdown.Options{}).Read(data, 1))
		found[name] = actions
		n := folders[path.Dir(name)]
		if n == nil {
			n = &tally{}
			folders[path.Dir(name)] = n
		}
		n.documents++
		if len(actions) > 0 {
			n.with++
		}
		n.actions += len(actions)
		for _, a := range actions {
			for count, on := range map[*int]bool{&n.owners: a.Owner != "", &n.due: !a.Due.IsZero(), &n.tickets: a.Ticket != "", &n.done: a.Status == kb.ActionDone} {
				if on {
					*count++
				}
			}
		}
	}
	for folder, n := range folders {
		t.Logf("%s: %d documents, %d with actions, %d actions: %d with an owner, %d with a day, %d with a ticket, %d done", folder, n.documents, n.with, n.actions, n.owners, n.due, n.tickets, n.done)
	}

	judged, err := os.ReadFile("testdata/judged.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(judged)) {
		fields := strings.Fields(line)
		if len(fields) != 4 || fields[0] == "#" {
			continue
		}
		for name, actions := range found {
			if !strings.HasPrefix(name, fields[0]) {
				continue
			}
			done, tickets := 0, 0
			for _, a := range actions {
				if a.Status == kb.ActionDone {
					done++
				}
				if a.Ticket != "" {
					tickets++
				}
			}
			if got, want := fmt.Sprint(len(actions), done, tickets), strings.Join(fields[1:], " "); got != want {
				t.Errorf("%s: %s, judged %s", name, got, want)
			}
		}
	}
}
