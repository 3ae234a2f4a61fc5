package search

import (
	"slices"
	"strings"
	"testing"
)

// TestAmerican brings both spellings of English together.
func TestAmerican(t *testing.T) {
	same := []struct{ british, american string }{
		{"behaviour", "behavior"}, {"behaviours", "behaviors"}, {"behavioural", "behavioral"}, {"colour", "color"}, {"coloured", "colored"},
		{"colourful", "colorful"}, {"favourite", "favorite"}, {"honourable", "honorable"}, {"labourer", "laborer"}, {"endeavour", "endeavor"},
		{"organise", "organize"}, {"organised", "organized"}, {"organising", "organizing"}, {"organiser", "organizer"}, {"organisation", "organization"},
		{"organisations", "organizations"}, {"organisational", "organizational"}, {"normalise", "normalize"}, {"prioritises", "prioritizes"},
		{"synchronisation", "synchronization"}, {"analyse", "analyze"}, {"analysed", "analyzed"}, {"analysing", "analyzing"}, {"paralysed", "paralyzed"},
		{"centre", "center"}, {"centres", "centers"}, {"theatre", "theater"}, {"kilometre", "kilometer"}, {"metres", "meters"},
		{"catalogue", "catalog"}, {"catalogues", "catalogs"}, {"dialogue", "dialog"}, {"grey", "gray"}, {"programme", "program"}, {"artefacts", "artifacts"},
		{"defence", "defense"}, {"licence", "license"}, {"practised", "practiced"}, {"cancelled", "canceled"}, {"labelling", "labeling"},
		{"judgement", "judgment"}, {"fulfil", "fulfill"}, {"learnt", "learned"},
	}
	for _, test := range same {
		if b, a := americanOf(test.british), americanOf(test.american); b != a {
			t.Errorf("%s becomes %s, and %s becomes %s", test.british, b, test.american, a)
		}
	}
}

// TestAmericanStays tells of words that look British and are not. They stay as
// they are, or at least stay words of their own.
func TestAmericanStays(t *testing.T) {
	for _, w := range []string{
		"four", "hour", "hours", "tour", "your", "yours", "source", "sources", "resource", "resources", "course", "courses", "journal", "journey", "tourist", "touring", "pouring", "poured",
		"service", "services", "device", "advice", "office", "notice", "is", "this", "analysis", "basis", "crisis", "axis", "list", "history", "system", "systems",
		"risk", "disk", "issue", "issues", "missing", "history", "distance", "existing", "listing", "register", "rogue", "vogue", "string", "stream", "tree", "retreat",
		"entry", "retry", "metrics", "", "x",
	} {
		if got := americanOf(w); got != w {
			t.Errorf("%s becomes %s", w, got)
		}
	}
	different := []struct{ a, b string }{
		{"promise", "promote"}, {"exercise", "exercisable"}, {"advise", "advice"}, {"devise", "device"}, {"practise", "practical"}, {"surprise", "surplus"},
		{"contour", "contort"}, {"detour", "detort"}, {"metre", "metro"}, {"centre", "central"}, {"otherwise", "other"}, {"enterprise", "enter"},
	}
	for _, test := range different {
		if a, b := americanOf(test.a), americanOf(test.b); a == b {
			t.Errorf("both %s and %s become %s", test.a, test.b, a)
		}
	}
}

// TestSpellingsOfEnglish finds what is written in one spelling by the other, in
// every form, and words that only look British by themselves.
func TestSpellingsOfEnglish(t *testing.T) {
	b := baseOf(t, "en",
		doc("british", "British", "The behaviour of the organisation was analysed. The colours were normalised at the data centre. We promised to catalogue the grey artefacts."),
		doc("american", "American", "The behavior of the organization was analyzed. The colors were normalized at the data center. We promise to catalog the gray artifacts."),
		doc("hours", "Hours", "Four hours of the source of a service."))
	both := []string{"american", "british"}
	tests := []struct {
		query string
		want  []string
	}{
		{"behaviour ", both}, {"behavior ", both}, {"organisations ", both}, {"organizations ", both}, {"analysed ", both}, {"analyzed ", both},
		{"colour ", both}, {"color ", both}, {"normalised ", both}, {"normalized ", both}, {"centre ", both}, {"centers ", both},
		{"catalogue ", both}, {"catalog ", both}, {"grey ", both}, {"gray ", both}, {"artefact ", both}, {"artifact ", both},
		{"promise ", both}, {"promises ", both}, {"promised ", both},
		{"four ", []string{"hours"}}, {"hour ", []string{"hours"}}, {"source ", []string{"hours"}}, {"services ", []string{"hours"}},
	}
	for _, test := range tests {
		a, got := ask(t, b, test.query)
		slices.Sort(got)
		if !slices.Equal(got, test.want) || len(a.Corrected) > 0 && len(test.want) == 1 {
			t.Errorf("%q finds %v, want %v; taken for %v", test.query, got, test.want, a.Corrected)
		}
	}
}

// TestShortForms leads from each short form to what it stands for, and back.
func TestShortForms(t *testing.T) {
	for short, list := range english() {
		for _, long := range list {
			found := false
			for _, back := range english()[long] {
				found = found || back == short
			}
			if !found {
				t.Errorf("%s stands for %s, which does not lead back", short, long)
			}
			if short == long {
				t.Errorf("%s stands for itself", short)
			}
		}
	}
	b := baseOf(t, "en", doc("long", "Kubernetes", "The load balancer of the database ran out of memory. Active Directory Federation Services were away."), doc("other", "Picnic", "Nothing of the kind."))
	for _, q := range []string{"k8s ", "lb ", "db ", "oom ", "oomkilled ", "adfs "} {
		if _, got := ask(t, b, q); len(got) != 1 || got[0] != "long" {
			t.Errorf("%q finds %v", q, got)
		}
	}
	// They may have digits and hyphens, and be more than one word.
	b = baseOf(t, "en", doc("there", "Region", "All of us-east-1 answered with 502s, as the five whys showed."), doc("other", "Picnic", "Nothing of the kind."))
	for _, q := range []string{"virginia ", "bad gateway ", "5 whys "} {
		if _, got := ask(t, b, q); len(got) != 1 || got[0] != "there" {
			t.Errorf("%q finds %v", q, got)
		}
	}
	b = baseOf(t, "en", doc("there", "Proxies", "It was a bad gateway in Virginia."), doc("other", "Picnic", "Nothing of the kind."))
	for _, q := range []string{"502 ", "502s ", "us-east-1 "} {
		if _, got := ask(t, b, q); len(got) != 1 || got[0] != "there" {
			t.Errorf("%q finds %v", q, got)
		}
	}
}

// TestShortFormsWritten reads the file of short forms as people keep it: each
// short form once, in the order of its section, and nothing that is never looked
// up or found anyway.
func TestShortFormsWritten(t *testing.T) {
	l, err := languageOf("en")
	if err != nil {
		t.Fatal(err)
	}
	cut := func(text string) []string {
		return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' })
	}
	seen := map[string]bool{}
	before := ""
	for line := range strings.Lines(shortForms) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			before = ""
			continue
		}
		short, long, ok := strings.Cut(line, ": ")
		if !ok || strings.TrimSpace(line) != line || lower(line) != line {
			t.Errorf("%q is not as it should be written", line)
			continue
		}
		if seen[short] {
			t.Errorf("%s stands there twice", short)
		}
		seen[short] = true
		if short <= before {
			t.Errorf("%s stands after %s", short, before)
		}
		before = short
		if _, stop := slices.BinarySearch(l.stop, short); stop || len(l.stems(short)) == 0 {
			t.Errorf("%s is a stop word", short)
		}
		if slices.Contains(l.small, short) {
			t.Errorf("%s says little", short)
		}
		list := strings.Split(long, ", ")
		for i, text := range list {
			stems := l.stems(text)
			switch {
			case text == "" || strings.TrimSpace(text) != text || strings.Contains(text, ","):
				t.Errorf("%q is not as it should be written", line)
			case slices.Contains(list[:i], text):
				t.Errorf("%s stands for %s twice", short, text)
			case len(stems) == 0:
				t.Errorf("%s stands for %s, which is nothing but stop words", short, text)
			case slices.Equal(stems, l.stems(short)):
				t.Errorf("%s stands for %s, which has the same stem", short, text)
			case len(cut(text)) > maxShort || len(cut(short)) > maxShort:
				t.Errorf("%s stands for %s: more than %d words", short, text, maxShort)
			}
		}
	}
}
