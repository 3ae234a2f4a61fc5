package markdown

import (
	"reflect"
	"strings"
	"testing"
)

func glossary(plurals bool, names ...string) *Glossary {
	var terms []Explained
	for _, n := range names {
		list := strings.Split(n, ",")
		terms = append(terms, Explained{Names: list, Title: "T <" + list[0] + ">", Text: `It is "` + list[0] + `".`, URL: "/g/" + Anchor(list[0]) + "/", ID: "term-" + Anchor(list[0])})
	}
	return NewGlossary(terms, plurals)
}

// TestMark writes a marked term as {words=url}.
func TestMark(t *testing.T) {
	g := glossary(true, "Drift,pose drift", "Spatial anchor", "Anchor", "SLAM", "6DoF", "Time to detect,TTD", "Boundary", "Guardian & boundary")
	for _, test := range []struct{ name, page, want string }{
		{"the first use only", "<p>A drift, and drift.</p>", "<p>A {drift}, and drift.</p>"},
		{"in any case", "<p>Drift</p>", "<p>{Drift}</p>"},
		{"plurals", "<p>Anchors and boundaries.</p>", "<p>{Anchors} and {boundaries}.</p>"},
		{"the longest name", "<p>A spatial anchor, then an anchor.</p>", "<p>A {spatial anchor}, then an {anchor}.</p>"},
		{"joined and broken", "<p>pose-drift</p><p>spatial\nanchor</p>", "<p>{pose-drift}</p><p>{spatial\nanchor}</p>"},
		{"not across tags", "<p>spatial <em>anchor</em></p>", "<p>spatial <em>{anchor}</em></p>"},
		{"not across signs", "<p>spatial, anchor</p>", "<p>spatial, {anchor}</p>"},
		{"acronyms as written", "<p>A slam, a SLAM and a TTD.</p>", "<p>A slam, a {SLAM} and a {TTD}.</p>"},
		{"no acronym", "<p>6dof</p>", "<p>{6dof}</p>"},
		{"whole words", "<p>drifting anchorage drift_total</p>", "<p>drifting anchorage drift_total</p>"},
		{"nowhere in code, links and headings", `<h2>Drift <a class="anchor" href="#x">#</a></h2><p><code>drift</code> <a href="/x/">drift</a></p><pre>drift</pre><p>drift</p>`,
			`<h2>Drift <a class="anchor" href="#x">#</a></h2><p><code>drift</code> <a href="/x/">drift</a></p><pre>drift</pre><p>{drift}</p>`},
		{"not in attributes", `<p><img src="drift.png" alt="drift">x</p>`, `<p><img src="drift.png" alt="drift">x</p>`},
		{"entities are no words", "<p>&amp;drift &lt;anchor&gt;</p>", "<p>&amp;{drift} &lt;{anchor}&gt;</p>"},
		{"an unclosed tag", "<p>drift <b", "<p>{drift} <b"},

		// What authors write as raw HTML is read as a browser reads it.
		{"a > in a value", `<p title="a > drift">drift</p>`, `<p title="a > drift">{drift}</p>`},
		{"a > in a value of apostrophes", `<img alt = '"> drift'> drift`, `<img alt = '"> drift'> {drift}`},
		{"a value without quotes", `<img alt=drift"> drift "`, `<img alt=drift"> {drift} "`},
		{"a value that is not there", `<img alt=> drift`, `<img alt=> {drift}`},
		{"an equals sign in a name", `<p =">drift`, `<p =">{drift}`},
		{"two equals signs", `<p a=="> drift`, `<p a=="> {drift}`},
		{"an apostrophe that is no value", `<p don't>drift</p> don't`, `<p don't>{drift}</p> don't`},
		{"a value that never ends", `<p title="drift> drift`, `<p title="drift> drift`},
		{"a comment", "<!-- <p> drift --> drift", "<!-- <p> drift --> {drift}"},
		{"an empty comment", "<!--> drift", "<!--> {drift}"},
		{"a comment that never ends", "drift <!-- > SLAM", "{drift} <!-- > SLAM"},
		{"other comments", "<?drift SLAM?></ drift SLAM><!drift SLAM> drift", "<?drift SLAM?></ drift SLAM><!drift SLAM> {drift}"},
		{"a sign that begins no tag", `1 < 2, "drift" <= <`, `1 < 2, "{drift}" <= <`},
		{"a name that is not valid UTF-8", "drift <A\xe6", "{drift} <A\xe6"},
		{"names in capitals", "<CODE>drift</CODE> drift", "<CODE>drift</CODE> {drift}"},
		{"a drawing", "<svg><g><text>drift</text><svg/></g></svg> drift", "<svg><g><text>drift</text><svg/></g></svg> {drift}"},
		{"a drawing in a drawing", "<svg><svg></svg><text>drift</text></svg> drift", "<svg><svg></svg><text>drift</text></svg> {drift}"},
		{"what a drawing leaves open", "<svg><a><title/>drift</svg> drift", "<svg><a><title/>drift</svg> {drift}"},
		{"a formula", "<math><mi>drift</mi></math> drift", "<math><mi>drift</mi></math> {drift}"},
		{"a script", `<script>"<p>" < drift; "</p>"</script> drift`, `<script>"<p>" < drift; "</p>"</script> {drift}`},
		{"a style", "<style>.a::before { content: '<code>drift' }</STYLE > drift", "<style>.a::before { content: '<code>drift' }</STYLE > {drift}"},
		{"a field", "<textarea>drift </textareas> drift</textarea>drift", "<textarea>drift </textareas> drift</textarea>{drift}"},
		{"a title", "<title>drift</title>drift", "<title>drift</title>{drift}"},
		{"a script that never ends", "drift <script> SLAM </scr", "{drift} <script> SLAM </scr"},
	} {
		got, _ := g.Mark(test.page, nil)
		got, _, _ = strings.Cut(got, `<div class="term-notes" hidden>`)
		for _, url := range []string{"drift", "spatial-anchor", "anchor", "slam", "6dof", "time-to-detect", "boundary"} {
			got = strings.ReplaceAll(got, `<a class="term" href="/g/`+url+`/" aria-describedby="term-`+url+`">`, "{")
		}
		if strings.Contains(test.want, "{") {
			parts := strings.Split(got, "{")
			for i := range parts[1:] {
				parts[i+1] = strings.Replace(parts[i+1], "</a>", "}", 1)
			}
			got = strings.Join(parts, "{")
		}
		if got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestMarkUsed(t *testing.T) {
	g := glossary(false, "Drift", "Anchor", "Pose")
	page, used := g.Mark("<p>A pose, drifts, an anchor, a drift.</p>", func(term int) bool { return term == 1 })
	if !reflect.DeepEqual(used, []int{2, 0}) || strings.Count(page, "<a") != 2 || strings.Contains(page, "drifts</a>") || !strings.Contains(page, `<p id="term-pose"><strong>T &lt;Pose&gt;</strong> It is &#34;Pose&#34;.</p>`) {
		t.Errorf("%v in %s", used, page)
	}
	if page, used := g.Mark("<p>None.</p>", nil); page != "<p>None.</p>" || used != nil {
		t.Errorf("%v in %s", used, page)
	}
	if page, _ := glossary(true).Mark("<p>drift</p>", nil); page != "<p>drift</p>" {
		t.Error(page)
	}
}

// Whatever the text, taking the links out again gives the page back.
func FuzzMark(f *testing.F) {
	f.Add("A drift, *spatial anchor* and `SLAM`.\n\n## Anchor\n\n[pose](x) & <b>\n", false)
	f.Add("<div title='a > b'>\n<!-- a > --> b <svg><text>a</text></svg>\n</div>\n", true)
	f.Fuzz(func(t *testing.T, src string, raw bool) {
		page := NewParser(Options{RawHTML: raw}).Parse([]byte(src), 1).HTML(nil, 1)
		g := glossary(true, "Drift", "Spatial anchor", "SLAM", "a", "b")
		marked, used := g.Mark(page, nil)
		if len(used) > 0 {
			marked = marked[:strings.LastIndex(marked, `<div class="term-notes" hidden>`)]
		}
		for _, term := range g.terms {
			marked = strings.ReplaceAll(marked, `<a class="term" href="`+term.URL+`" aria-describedby="`+term.ID+`">`, "\x01")
		}
		var b strings.Builder
		open := 0
		for _, part := range strings.SplitAfter(marked, "</a>") {
			if i := strings.IndexByte(part, 1); i >= 0 {
				part, open = strings.Replace(part[:i]+part[i+1:], "</a>", "", 1), open+1
			}
			b.WriteString(part)
		}
		if !strings.Contains(page, "\x01") && b.String() != page {
			t.Errorf("got  %q\nwant %q", b.String(), page)
		}
	})
}

func BenchmarkMark(b *testing.B) {
	g := glossary(true, "Drift", "Spatial anchor", "SLAM", "Pose", "Relocalisation")
	page := strings.Repeat("<p>The quick brown fox jumps over <code>the</code> lazy dog, and then <em>sleeps</em> a little.</p>\n", 100)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		g.Mark(page, nil)
	}
}
