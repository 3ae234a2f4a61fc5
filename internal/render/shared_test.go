package render

import (
	"strings"
	"testing"

	"debrief/internal/tree"
	"debrief/internal/view"
)

// What pages share is rendered once, and each has its own words in the slots.
func TestShared(t *testing.T) {
	theme, err := tree.New([]tree.File{
		tree.NewFile("base.html", []byte(`{{template "main" .}}`)),
		tree.NewFile("sheet.html", []byte(`{{define "slot"}}<i>{{or .Value .Name}}</i>{{end}}{{define "all"}}{{.Asked}} {{.Text}} {{slot .Slot}}, {{slot "Other"}}{{end}}{{define "main"}}{{shared "all" .All .Slots}}{{end}}`)),
	})
	if err != nil {
		t.Fatal(err)
	}
	r, findings := New(theme)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	all := &common{Text: "<b>", Slot: "Name"}
	page := func(all *common, slots ...view.Slot) string {
		out, f := r.Page(view.Page{Layout: "sheet", Value: func() any {
			return struct {
				All   *common
				Slots []view.Slot
			}{all, slots}
		}})
		if f != nil {
			t.Fatal(f)
		}
		return string(out)
	}
	for _, test := range []struct{ got, want string }{
		{page(all, view.Slot{Name: "Name", Value: `"a" & b`}), "1 &lt;b&gt; <i>&#34;a&#34; &amp; b</i>, <i>Other</i>"},
		{page(all, view.Slot{Name: "Other", Value: "c"}), "1 &lt;b&gt; <i>Name</i>, <i>c</i>"},
		{page(&common{Text: "x\x00y", Slot: "Name"}), "1 x\uFFFDy <i>Name</i>, <i>Other</i>"},
	} {
		if test.got != test.want {
			t.Errorf("got %s, want %s", test.got, test.want)
		}
	}
	if all.asked != 1 {
		t.Errorf("it was rendered %d times", all.asked)
	}
	for range 3 * maxShared { // sites come and go
		if got := page(&common{Slot: "Name"}); !strings.HasPrefix(got, "1 ") {
			t.Fatal(got)
		}
	}
}

// common counts how often it is rendered.
type common struct {
	Text, Slot string
	asked      int
}

// Asked is how often it has been asked.
func (c *common) Asked() int {
	c.asked++
	return c.asked
}
