package browser

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"debrief/internal/action"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/review"
)

// The parts of the run-sheet that are plain functions.

// sheetCore opens an empty page that can import the run-sheet's modules.
func sheetCore(t *testing.T) *tab {
	t.Helper()
	tb := open(t, 1280)
	tb.run(t, chromedp.Navigate(serve(t, moduleMux(t, "runsheet"))))
	return tb
}

// meetings plays what is done to a clock, "start@0 next@3 more:2@4 read@5", each
// with its minute, and says how the meeting then stands, in minutes.
const meetings = `async (tests) => {
	const agenda = await import("/core/agenda.js");
	const minutes = (ms) => Math.round(ms / 600) / 100;
	return tests.map(([planned, done]) => {
		let clock = agenda.begun(planned.split(" ").filter(Boolean).map(Number));
		let said = "";
		for (const step of done.split(" ")) {
			const [what, at] = step.split("@"), [name, value = ""] = what.split(":"), now = 1e9 + at * 60000;
			const numbers = value.split(",").map(Number);
			if (name === "more") clock = agenda.more(clock, numbers[0], now);
			else if (name === "set") clock = agenda.setMinutes(clock, numbers[0], numbers[1], now);
			else if (name === "length") clock = agenda.setLength(clock, numbers, now);
			else if (name !== "read") clock = agenda[name](clock, now);
			clock = JSON.parse(JSON.stringify(clock)); // as it comes back after a reload
			const s = agenda.standing(clock, now);
			said = (s.over ? "over" : "step " + s.at + ": " + s.given.map(minutes).join(" ") + ", left " + minutes(s.left) + ", end " + minutes(s.end - 1e9)) + ", used " + minutes(s.used) + " of " + minutes(s.budget) + (s.running ? "" : s.began ? ", stands" : ", not begun");
		}
		return said;
	});
}`

func TestAgenda(t *testing.T) {
	const plan = "4 10 6 2" // the last is the conclusion
	tests := []struct{ name, plan, done, want string }{
		{"before", plan, "read@0", "step 0: 4 10 6 2, left 4, end 22, used 0 of 22, not begun"},
		{"in time", plan, "start@0 read@3", "step 0: 4 10 6 2, left 1, end 22, used 3 of 22"},
		{"begun twice", plan, "start@0 start@2 read@3", "step 0: 4 10 6 2, left 1, end 22, used 3 of 22"},
		{"two minutes over: all behind it pay, but for the conclusion", plan, "start@0 read@6", "step 0: 4 8.75 5.25 2, left -2, end 22, used 6 of 22"},
		{"far over", plan, "start@0 read@15", "step 0: 4 3.13 1.88 2, left -11, end 22, used 15 of 22"},
		{"so far that each has a minute, and the end moves", plan, "start@0 read@21", "step 0: 4 1 1 2, left -17, end 25, used 21 of 22"},
		{"hours later", plan, "start@0 read@600", "step 0: 4 1 1 2, left -596, end 604, used 600 of 22"},
		{"what was taken stays taken when the next begins", plan, "start@0 next@6 read@6", "step 1: 6 8.75 5.25 2, left 8.75, end 22, used 6 of 22"},
		{"and the next may run over too", plan, "start@0 next@6 read@16", "step 1: 6 8.75 4 2, left -1.25, end 22, used 16 of 22"},
		{"ready early: the meeting ends early", plan, "start@0 next@2 read@2", "step 1: 2 10 6 2, left 10, end 20, used 2 of 22"},
		{"what was saved is there for one that runs over", plan, "start@0 next@2 read@14", "step 1: 2 10 6 2, left -2, end 22, used 14 of 22"},
		{"two more", plan, "start@0 more:2@1 read@1", "step 0: 6 8.75 5.25 2, left 5, end 22, used 1 of 22"},
		{"two more, twice", plan, "start@0 more:2@1 more:2@1 read@2", "step 0: 8 7.5 4.5 2, left 6, end 22, used 2 of 22"},
		{"two more count from now when it is over", plan, "start@0 more:2@6 read@6", "step 0: 8 7.5 4.5 2, left 2, end 22, used 6 of 22"},
		{"two more for the conclusion", plan, "start@0 next@4 next@14 next@20 more:2@21 read@22", "step 3: 4 10 6 4, left 2, end 24, used 22 of 22"},
		{"two more after the end", plan, "start@0 next@1 next@1 next@1 next@1 more:2@2", "over, used 1 of 22, stands"},
		{"back, with what was used counted on", plan, "start@0 next@4 next@9 back@10 read@10", "step 1: 4 10 6 2, left 5, end 22, used 10 of 22"},
		{"back and on again", plan, "start@0 next@4 next@9 back@10 next@12 read@12", "step 2: 4 7 6 2, left 5, end 19, used 12 of 22"},
		{"back at the first", plan, "start@0 back@1 read@1", "step 0: 4 10 6 2, left 3, end 22, used 1 of 22"},
		{"back from the end", plan, "start@0 next@1 next@2 next@3 next@4 back@5 start@6 read@7", "step 3: 1 1 1 2, left 0, end 7, used 5 of 22"},
		{"pause: the end moves", plan, "start@0 pause@2 read@60", "step 0: 4 10 6 2, left 2, end 80, used 2 of 22, stands"},
		{"and on", plan, "start@0 pause@2 start@10 read@11", "step 0: 4 10 6 2, left 1, end 30, used 3 of 22"},
		{"next while it stands", plan, "start@0 pause@2 next@9 read@10", "step 1: 2 10 6 2, left 10, end 28, used 2 of 22, stands"},
		{"next before it begins", plan, "next@0 read@1", "step 1: 0 10 6 2, left 10, end 19, used 0 of 22, stands"},
		{"over", plan, "start@0 next@1 next@2 next@3 next@4 read@9", "over, used 4 of 22, stands"},
		{"more next than steps", plan, "start@0 next@1 next@2 next@3 next@4 next@5 start@6 read@9", "over, used 4 of 22, stands"},
		{"another length meanwhile", plan, "start@0 next@4 length:2,5,3,1@5 read@5", "step 1: 4 3.75 2.25 1, left 2.75, end 11, used 5 of 11"},
		{"a longer one", plan, "start@0 next@4 length:8,20,12,4@5 read@5", "step 1: 4 20 12 4, left 19, end 40, used 5 of 44"},
		{"a length forgets the minutes given on top", plan, "start@0 more:9@1 length:4,10,6,2@1 read@1", "step 0: 4 10 6 2, left 3, end 22, used 1 of 22"},
		{"other minutes for a step", plan, "start@0 set:1,5@1 read@1", "step 0: 4 5 6 2, left 3, end 17, used 1 of 17"},
		{"no minutes for this one", plan, "start@0 set:0,0@1 read@1", "step 0: 0 9.38 5.63 2, left -1, end 18, used 1 of 18"},
		{"a step without minutes takes none", "2 0 3", "start@0 read@4", "step 0: 2 0 3, left -2, end 7, used 4 of 5"},
		{"one step", "5", "start@0 read@7", "step 0: 5, left -2, end 7, used 7 of 5"},
		{"no step", "", "start@0 read@7", "over, used 0 of 0, not begun"},
		{"the device's clock was set back", plan, "start@10 read@5", "step 0: 4 10 6 2, left 4, end 27, used 0 of 22"},
		{"seconds", plan, "start@0 next@4.25 read@4.5", "step 1: 4.25 9.84 5.91 2, left 9.59, end 22, used 4.5 of 22"},
	}
	tb := sheetCore(t)
	var arguments [][2]string
	for _, test := range tests {
		arguments = append(arguments, [2]string{test.plan, test.done})
	}
	for i, got := range promised[[]string](t, tb, meetings, arguments) {
		if got != tests[i].want {
			t.Errorf("%s (%s):\n got %s\nwant %s", tests[i].name, tests[i].done, got, tests[i].want)
		}
	}
}

// TestDue asks the browser and the site when something is due, in a browser that is
// in another zone than the site.
func TestDue(t *testing.T) {
	c := kb.DefaultConfig()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c.Zone = zone
	for _, day := range []string{"2026-12-25", "2027-01-01"} {
		d, err := kb.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		c.Clock.Holidays = append(c.Clock.Holidays, d)
	}
	type question struct {
		From int64
		Span [3]int
	}
	var questions []question
	var want []string
	for _, from := range []string{
		"2026-11-20T14:00:00Z",                         // a Friday
		"2026-11-20T22:59:00Z", "2026-11-20T23:30:00Z", // its end, and the Saturday that it is in Berlin by then
		"2026-11-22T20:00:00Z", "2026-12-23T12:00:00Z", "2026-12-31T22:30:00Z", "2026-03-28T13:00:00Z", "2026-10-24T12:00:00Z",
	} {
		at, err := time.Parse(time.RFC3339, from)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []kb.Span{{Hours: 24}, {Hours: 1}, {Days: 1}, {Days: 3}, {Days: 90}, {BusinessDays: 1}, {BusinessDays: 2}, {BusinessDays: 10}, {Hours: 30, Days: 1, BusinessDays: 2}} {
			questions = append(questions, question{at.UnixMilli(), [3]int{s.Hours, s.Days, s.BusinessDays}})
			due := review.After(c, kb.When{Time: at, Precision: kb.Instant}, s)
			if due.Precision == kb.Day {
				want = append(want, due.Time.Format(time.DateOnly))
			} else {
				want = append(want, due.Time.UTC().Format("2006-01-02T15:04:05.000Z"))
			}
		}
	}
	for _, reader := range []string{"Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"} {
		tb := sheetCore(t)
		tb.run(t, emulate(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: reader}))
		got := promised[[]string](t, tb, `async (questions) => {
			const { after, isoDay } = await import("/core/dates.js");
			const clock = { zone: "Europe/Berlin", weekend: [0, 6], holidays: ["2026-12-25", "2027-01-01"] };
			return questions.map(({ From, Span }) => after(From, Span, clock)).map(({ at, day }) => (at ? at.toISOString() : isoDay(day)));
		}`, questions)
		for i, q := range questions {
			if got[i] != want[i] {
				t.Errorf("in %s, %v after %s is %s, want %s", reader, q.Span, time.UnixMilli(q.From).UTC().Format(time.RFC3339), got[i], want[i])
			}
		}
	}
}

// TestActionsComeBack reads the actions that a run-sheet writes: the same title,
// owner, day and type, whatever people have typed.
func TestActionsComeBack(t *testing.T) {
	type typed struct{ Title, Owner, Due, Type string }
	titles := []string{
		"Alert on expiry", "Fix [the] thing", "Fix (the) thing", "A | pipe", "Run `make` twice", "Use \\ and /", "# not a heading", "Mind #4", "Close #12",
		"Ask @mobile", "@mobile: ask them", "One, two; three", "Tell people (due tomorrow)", "Tell people (due 2026-12-24)", "Alert before it expires, by 2027-01-01",
		"Write down who is the (owner: nobody)", "Explain (open, done)", "Two regions (declined: too dear)", "Look [at](https://example.com/a_b)", "Read https://example.com/a_b*c_(d), then act",
		"See www.example.com/a_b_c", "*Now* and _then_ and __more__", "~~gone~~", "<b>bold</b> & &amp; &copy;", "![x](y)", "[[INC-2026-014]]", "[^1]", "- a dash", "+ plus", "1. one", "1) one", "> quote", "[ ] box", "[x] box",
		"| a | b |", ": x", "``` code", "    indented", "a  b\tc", "\u201cquotes\u201d and \u2019", "\u7cfb\u7d71\u3092\u76f4\u3059", "emoji \u2705", "ends with DONE", "it is - done", "Done", "none of it", "a_b@example.com asks", "100% at 5:00", "x (prevent)", "Trailing backslash \\",
		"Rotate at 09:00 (UTC)", "Owner: find one", "Status: shown on the page", "a: b: c", "due 2026-12-24", "(everything in brackets)", "C++ and a\u2026b", "[prevent] wording", "prevent: wording",
	}
	var actions []typed
	for _, title := range titles {
		actions = append(actions, typed{title, "mobile", "2027-03-01", "detect"}, typed{Title: title})
	}
	for _, owner := range []string{"anchor-api", "Team Anchor", "@runtime", "a_b", "mobile, backend", "x (y)", "ops@example.com", "a|b", "R&D", "née *x*", strings.Repeat("long ", 15) + "name"} {
		actions = append(actions, typed{Title: "Do it", Owner: owner})
	}
	tb := sheetCore(t)
	lines := promised[[]string](t, tb, `async (list) => { const { task } = await import("/core/out.js"); return list.map((a) => task({ title: a.Title, owner: a.Owner, due: a.Due, type: a.Type })); }`, actions)
	owners := map[string]string{"@runtime": "runtime", "x (y)": "x y", "a|b": "a, b"}
	// What is plainly said in the words themselves is taken from them, as it is in a
	// post-mortem that was written by hand.
	taken := map[string]string{
		"@mobile: ask them": "ask them", "[prevent] wording": "wording", "prevent: wording": "wording",
	}
	for i, line := range lines {
		a := actions[i]
		got, findings := action.Read(markdown.NewParser(markdown.Options{}).Read([]byte("## Action items\n\n"+line+"\n"), 1))
		if len(got) != 1 || len(findings) > 0 {
			t.Errorf("%s: %d actions, %v", line, len(got), findings)
			continue
		}
		title, owner := strings.Join(strings.Fields(a.Title), " "), a.Owner
		if want, ok := taken[title]; ok && owner == "" {
			if title = want; strings.HasPrefix(a.Title, "@") {
				owner = "mobile"
			}
		}
		if want, ok := owners[owner]; ok {
			owner = want
		}
		if got[0].Title != title || got[0].Owner != strings.TrimSpace(owner) || a.Due != "" && got[0].Due.String() != a.Due || a.Due == "" && !got[0].Due.IsZero() ||
			a.Type != "" && string(got[0].Type) != a.Type || got[0].Status != "open" {
			t.Errorf("%s\n for %+v\n is %q of %q, due %s, %s, %s", line, a, got[0].Title, got[0].Owner, got[0].Due, got[0].Type, got[0].Status)
		}
	}
}
