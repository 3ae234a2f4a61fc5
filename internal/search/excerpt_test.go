package search

import (
	"slices"
	"strings"
	"testing"

	"debrief/internal/markdown"
)

// TestExcerpt takes the stretch with most of the different words.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("Nothing of note happened here for a while. ", 20)
	b := baseOf(t, "en", doc("x", "Anchors", long+"The anchor moved.\n\n## Later\n\n"+long+"An anchor lost its key after the rotation. "+long))
	excerpt := func(query string) (Excerpt, []string, string) {
		a, _ := ask(t, b, query)
		if len(a.Hits) == 0 {
			t.Fatalf("%q finds nothing", query)
		}
		e := a.Excerpt(cardOf(t, b, a.Hits[0]))
		var marked []string
		text := ""
		for _, s := range e.Spans {
			text += s.Text
			if s.Marked {
				marked = append(marked, s.Text)
			}
		}
		return e, marked, text
	}
	e, marked, text := excerpt("anchors key rotations ")
	if e.Heading != "Later" || e.ID != "h-later" || !e.Before || !e.After {
		t.Errorf("the excerpt is from %q (%q), cut before: %v, after: %v", e.Heading, e.ID, e.Before, e.After)
	}
	if !slices.Equal(marked, []string{"anchor", "key", "rotation"}) {
		t.Errorf("marked are %q in %q", marked, text)
	}
	if n := len(strings.Fields(text)); n > excerptWords+2 {
		t.Errorf("the excerpt has %d words", n)
	}
	if _, marked, _ := excerpt(`"lost its key"`); !slices.Equal(marked, []string{"lost", "its", "key"}) {
		t.Errorf("of a phrase %q are marked", marked)
	}
	if e, marked, _ := excerpt("is:incident"); len(e.Spans) == 0 || len(marked) > 0 || e.Before {
		t.Errorf("without a word the excerpt is %v", e)
	}
	a, _ := ask(t, b, "anchor")
	if got := a.Mark("Two anchors, ANCHORED"); len(got) != 4 && len(got) != 3 || got[1].Text != "anchors" || !got[1].Marked {
		t.Errorf("a title is marked as %v", got)
	}
}

// TestExcerptOfIdeographs marks pairs that touch as one stretch.
func TestExcerptOfIdeographs(t *testing.T) {
	b := baseOf(t, "ja", doc("x", "ヘッドセットの過熱", "気温が高い日にヘッドセットの温度が上がった。"))
	a, _ := ask(t, b, "温度が上がった")
	if len(a.Hits) == 0 {
		t.Fatal("nothing is found")
	}
	var marked []string
	for _, s := range a.Excerpt(cardOf(t, b, a.Hits[0])).Spans {
		if s.Marked {
			marked = append(marked, s.Text)
		}
	}
	if !slices.Equal(marked, []string{"温度が上がった"}) {
		t.Errorf("marked are %q", marked)
	}
}

// TestExcerptOfNothing shows what an incident's front matter or else its first
// section says where none of the words is in its text.
func TestExcerptOfNothing(t *testing.T) {
	text := "A note to readers.\n\n## Summary\n\nRooms were empty.\n"
	incident := doc("a", "Anchors", text)
	term := doc("b", "Anchors", text).with(func(d *Document) { d.Kind = "term" })
	summed := doc("c", "Anchors", text).with(func(d *Document) { d.Front = []string{"Nobody met anybody."} })
	b := baseOf(t, "en", incident, term, summed)
	a, _ := ask(t, b, "anchors ")
	if len(a.Hits) != 3 {
		t.Fatalf("%d pages are found, want 3", len(a.Hits))
	}
	for _, h := range a.Hits {
		c := cardOf(t, b, h)
		want := map[string]string{"a": "Rooms were empty.", "b": "A note to readers.", "c": "Nobody met anybody."}[c.Key]
		if e := a.Excerpt(c); len(e.Spans) != 1 || e.Spans[0].Text != want {
			t.Errorf("of %s it shows %v, want %q", c.Key, e.Spans, want)
		}
	}
}

// TestFrontApart shows sentences of the front matter one after the other: those
// that end without a sign are kept apart by one.
func TestFrontApart(t *testing.T) {
	d := Document{Front: []string{"It rained.", "Move the gnu", "Count yaks!", "Wait"}, Doc: &markdown.Doc{}}
	if got := d.passages()[0][0].Text; got != "It rained. Move the gnu · Count yaks! Wait" {
		t.Errorf("the front matter reads %q", got)
	}
}
