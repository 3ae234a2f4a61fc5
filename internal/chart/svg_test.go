package chart

import "testing"

func TestDrawing(t *testing.T) {
	var d drawing
	d.open("a", "href", `/x/?a=1&b="2"`, "class", "")
	d.empty("circle", "r", num(2.04))
	d.text("title", `<script> & "more"`)
	d.close("a")
	want := `<a href="/x/?a=1&amp;b=&#34;2&#34;"><circle r="2"/><title>&lt;script&gt; &amp; &#34;more&#34;</title></a>`
	if got := d.b.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for x, want := range map[float64]string{0: "0", 10: "10", 10.25: "10.2", 0.96: "1", -3.5: "-3.5"} {
		if got := num(x); got != want {
			t.Errorf("%v is written %s, want %s", x, got, want)
		}
	}
}
