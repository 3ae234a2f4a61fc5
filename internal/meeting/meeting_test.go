package meeting

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

func outline(src string) []markdown.Block {
	return markdown.NewParser(markdown.Options{}).Read([]byte(src), 1).Blocks
}

func place(p diag.Pos) string { return fmt.Sprintf("%d:%d", p.Line, p.Col) }

func TestTasks(t *testing.T) {
	got := Tasks(outline(`## First hours

- [ ] **Logs:** with short retention
- [x] **What changed,** in three days:
  - builds;
  - keys.

  And more.
- no task

## Later

- [ ] Words alone
`))
	want := []kb.Task{
		{Group: "First hours", Title: "Logs:", Text: "with short retention"},
		{Group: "First hours", Title: "What changed,", Text: "in three days: builds; keys. And more."},
		{Group: "Later", Text: "Words alone"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

const script = `## Agenda

| Step | 30 min | 60 |
|--|--|--|
| [Opening](#opening) | 10 | 20 |
| Talk | 20 | 40 |

## Opening

**Cue:** All sit.

**Facilitator:** "Welcome to
[Outage Name]."

**Listen for:** *obviously*. See [that](x.md).

Words.

### When it gets loud

**Executive 1**: "Who?"

- [ ] They nodded

## Talk

## Other

**Nobody:** hears this.
`

func TestScript(t *testing.T) {
	got, findings := Script(outline(script))
	want := &kb.Script{Lengths: []int{30, 60}, Steps: []kb.Step{
		{Title: "Opening", ID: "h-opening", Minutes: []int{10, 20}, Done: []string{"They nodded"}, Lines: []kb.Line{
			{Kind: kb.LineCue, Text: "All sit."},
			{Kind: kb.LineSay, Speaker: "Facilitator", Text: `"Welcome to [Outage Name]."`},
			{Kind: kb.LineListen, Text: "obviously. See that.", Links: []int{1}},
			{Kind: kb.LineNote, Text: "Words."},
			{Kind: kb.LineSay, Speaker: "Executive 1", Text: `"Who?"`, Under: "When it gets loud"},
		}},
		{Title: "Talk", ID: "h-talk", Minutes: []int{20, 40}},
	}}
	if len(findings) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v\n%v", got, want, findings)
	}
}

// What is wrong with an agenda is said where it stands, and the rest is read.
func TestScriptMistakes(t *testing.T) {
	for _, test := range []struct {
		name, src string
		steps     int
		want      string
	}{
		{"no agenda", "## Opening\n", 0, `1:1 the script has no heading "Agenda"`},
		{"no table", "## Agenda\n\nWords.\n", 0, "1:1 there is no table"},
		{"a column that is no length", "## Agenda\n\n| Step | long |\n|--|--|\n| a | 1 |\n", 0, `3:1 "long" is not the length`},
		{"shorter columns", "## Agenda\n\n| Step | 60 | 30 |\n|--|--|--|\n| a | 1 | 2 |\n", 0, `3:1 "30" is not the length`},
		{"no such step", "## Agenda\n\n| Step | 30 |\n|--|--|\n| Openning | 30 |\n\n## Opening\n", 0, `5:1 the agenda names the step "Openning"`},
		{"minutes that are none", "## Agenda\n\n| Step | 30 |\n|--|--|\n| Opening | x |\n\n## Opening\n", 1, `5:1 "x" is not a number of minutes`},
	} {
		got, findings := Script(outline(test.src))
		steps := 0
		if got != nil {
			steps = len(got.Steps)
		}
		if len(findings) == 0 || !strings.HasPrefix(place(findings[0].Pos)+" "+findings[0].Text, test.want) || steps != test.steps {
			t.Errorf("%s: %d steps, %v", test.name, steps, findings)
		}
	}
}

func TestWords(t *testing.T) {
	say, dont := Words(outline("## The cue\n\n- x\n\n## Say\n\n- \"A\"\n  - under it\n- \"B\n  b\"\n\n## Don’t say\n\n- C\n\n## What it does\n\n- y\n"))
	if !reflect.DeepEqual(say, []string{`"A"`, `"B b"`}) || !reflect.DeepEqual(dont, []string{"C"}) {
		t.Errorf("%q, %q", say, dont)
	}
}

func TestCards(t *testing.T) {
	got, findings := Cards(outline(`Words before.

## One

The scene.

> "Who?"

- "A"
  - **Leads to:** a
  - **Why:** b
  - **Best:** yes
- "B"
  - **Leads to:** c
  - **Why:** d
  - **Next:** [Two](#two)
- **Next:** [Two](#two)

## Not a card

Words.

## Two

- "C"
  - **Leads to:** e
  - **Next:** [Not a card](#not-a-card)
`))
	want := []kb.Card{
		{Title: "One", ID: "h-one", Scene: "The scene.", Heated: `"Who?"`, Next: "Two",
			Replies: []kb.Reply{{Text: `"A"`, LeadsTo: "a", Why: "b", Best: true}, {Text: `"B"`, LeadsTo: "c", Why: "d", Next: "Two"}}},
		{Title: "Two", ID: "h-two", Replies: []kb.Reply{{Text: `"C"`, LeadsTo: "e", Next: "Not a card"}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	var texts []string
	for _, f := range findings {
		texts = append(texts, place(f.Pos)+" "+f.Text)
	}
	if want := []string{
		`23:1 the card "Two" does not say what the reply "\"C\"" leads to and why`,
		`23:1 the card "Two" goes on at "Not a card" after the reply "\"C\"", and there is no such card`,
		`23:1 the card "Two" has one reply only`,
		`23:1 the card "Two" does not say what is said to the facilitator`,
	}; !reflect.DeepEqual(texts, want) {
		t.Errorf("findings %q", texts)
	}
}

// The playbook that comes with debrief is read without a finding.
func TestStarter(t *testing.T) {
	read := func(name string) []markdown.Block {
		data, err := os.ReadFile(filepath.Join("../../content/playbook", name))
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
		return outline(body)
	}
	s, findings := Script(read("meeting-script.md"))
	if s == nil || len(findings) > 0 {
		t.Fatalf("the script: %v", findings)
	}
	for i, length := range s.Lengths {
		sum := 0
		for _, step := range s.Steps {
			sum += step.Minutes[i]
		}
		if sum != length {
			t.Errorf("the steps of a meeting of %d minutes take %d", length, sum)
		}
	}
	for _, step := range s.Steps {
		if len(step.Lines) < 2 || len(step.Done) == 0 {
			t.Errorf("%s has %d lines and %d ends", step.Title, len(step.Lines), len(step.Done))
		}
	}
	cards, findings := Cards(read("practice/index.md"))
	if len(cards) < 12 || len(findings) > 0 {
		t.Errorf("%d cards, %v", len(cards), findings)
	}
	// The scene is told in order; behind its end are cards that only a reply leads to,
	// and that lead back.
	end := slices.IndexFunc(cards, func(c kb.Card) bool { return c.Next == "Follow-up" })
	var scene, aside []string
	for i, c := range cards {
		if i <= end {
			scene = append(scene, c.Title)
		}
		for _, r := range c.Replies {
			aside = append(aside, r.Next)
		}
	}
	for i, c := range cards {
		switch {
		case i < end && c.Next != cards[i+1].Title, i > end && !slices.Contains(scene, c.Next):
			t.Errorf("after %q comes %q", c.Title, c.Next)
		case i > end && !slices.Contains(aside, c.Title):
			t.Errorf("no reply leads to %q", c.Title)
		}
		if c.Scene == "" {
			t.Errorf("%q has no scene", c.Title)
		}
	}
	for _, page := range []string{"preparation.md", "follow-up.md"} {
		if n := len(Tasks(read(page))); n < 12 {
			t.Errorf("%s has %d tasks", page, n)
		}
	}
	situations, err := filepath.Glob("../../content/playbook/situations/*.md")
	if err != nil || len(situations) < 16 {
		t.Fatalf("%d situations, %v", len(situations), err)
	}
	for _, f := range situations {
		if name := filepath.Base(f); name != "index.md" {
			if say, dont := Words(read("situations/" + name)); len(say) < 2 || len(dont) < 2 {
				t.Errorf("%s has %d and %d words", name, len(say), len(dont))
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(script)
	f.Add("## Say\n\n- a\n\n- [ ] b\n  - **Leads to:** c\n")
	f.Fuzz(func(t *testing.T, src string) {
		blocks := outline(src)
		Tasks(blocks)
		Words(blocks)
		Cards(blocks)
		if s, _ := Script(blocks); s != nil {
			for _, step := range s.Steps {
				if len(step.Minutes) != len(s.Lengths) {
					t.Errorf("%d minutes for %d lengths", len(step.Minutes), len(s.Lengths))
				}
			}
		}
	})
}
