package browser

import (
	"slices"
	"strings"
	"testing"

	"debrief/internal/search"
	"debrief/internal/tree"
)

// sought is a query, the page that is to be found first and what is to be marked
// in its title and its excerpt.
type sought struct {
	query, first string
	marks        []string
}

// german is a small site: words with inflections, umlauts and compounds.
var german = map[string]string{
	"site.yaml":                       "title: Vorfälle\nlanguage: de\n",
	"incidents/zertifikat.md":         "---\ntitle: Abgelaufenes Zertifikat legt die Anmeldung lahm\nstarted: 2026-02-03\nservices: [Anmeldedienst]\n---\n\nDie Zertifikate des Anmeldedienstes waren über Nacht abgelaufen. Niemand überwachte die Ablaufdaten.\n\n## Ursache\n\nDie Überwachung prüfte nur öffentliche Hosts, nicht den internen Schlüsselserver.\n",
	"incidents/ueberhitzung.md":       "---\ntitle: Überhitzte Brillen schalten sich ab\nstarted: 2026-03-07\nservices: [Brillensoftware]\n---\n\nBei großer Hitze schalteten sich zwölf Headsets in der Fußgängerzone ab. Die Lüfter drehten zu langsam.\n\n## Folgen\n\nDie Besucherinnen verloren ihre Führung durch die Straßen.\n",
	"incidents/schluessel.md":         "---\ntitle: Anker nach Schlüsselwechsel nicht gefunden\nstarted: 2026-05-11\nservices: [Ankerdienst]\n---\n\nNach dem Wechsel der Schlüssel fand kein Gerät seine Raumanker wieder. Häuser und Plätze blieben leer.\n\n## Verlauf\n\nDie Datenbankverbindungen waren erschöpft; ein Lastverteiler verteilte falsch.\n",
	"glossary/raumanker.md":           "---\ntitle: Raumanker\n---\n\nEin Punkt im Raum, den ein Gerät wiederfindet.\n",
	"playbook/grosse-bereitschaft.md": "---\ntitle: Bereitschaft\n---\n\nWer Bereitschaft hat, bestätigt jeden Alarm.\n",
}

var inGerman = []sought{
	{"Zertifikats", "incidents/zertifikat.md", []string{"Zertifikat", "Zertifikate"}},
	{"abgelaufene zertifikate", "incidents/zertifikat.md", []string{"Abgelaufenes", "abgelaufen", "Zertifikate"}},
	{"Überwachungen", "incidents/zertifikat.md", []string{"Überwachung"}},
	{"schluesselserver schlüsselserver", "incidents/zertifikat.md", []string{"Schlüsselserver"}},
	{"überhitzt brille", "incidents/ueberhitzung.md", []string{"Überhitzte", "Brillen"}},
	{"ÜBERHITZTE BRILLEN", "incidents/ueberhitzung.md", []string{"Überhitzte", "Brillen"}},
	{"fußgängerzone", "incidents/ueberhitzung.md", []string{"Fußgängerzone"}},
	{"Fußgängerzonne", "incidents/ueberhitzung.md", []string{"Fußgängerzone"}},
	{"lüffter", "incidents/ueberhitzung.md", []string{"Lüfter"}},
	{"ankr schlüsselwechsl", "incidents/schluessel.md", []string{"Anker", "Schlüsselwechsel"}},
	{"Haus platz", "incidents/schluessel.md", []string{"Häuser", "Plätze"}},
	{"\"Wechsel der Schlüssel\"", "incidents/schluessel.md", []string{"Wechsel", "der", "Schlüssel"}},
	{"service:ankerdienst gerät", "incidents/schluessel.md", []string{"Gerät"}},
	{"datenbankverb", "incidents/schluessel.md", []string{"Datenbankverbindungen"}},
	{"raumanker is:term", "glossary/raumanker.md", []string{"Raumanker"}},
	{"alarme bestätigen", "playbook/grosse-bereitschaft.md", []string{"bestätigt", "Alarm"}},
}

// japanese is a small site in a script without spaces between words.
var japanese = map[string]string{
	"site.yaml":                  "title: 障害報告\nlanguage: ja\n",
	"incidents/overheat.md":      "---\ntitle: ヘッドセットの過熱による電源断\nstarted: 2026-02-03\nservices: [ランタイム]\n---\n\n気温が高い日にヘッドセットの温度が上がり、自動的に電源が切れた。冷却ファンの回転数が低すぎた。\n\n## 原因\n\nファームウェア14.2の設定値が誤っていた。\n",
	"incidents/anchor.md":        "---\ntitle: 鍵の更新後に空間アンカーが見つからない\nstarted: 2026-03-07\nservices: [アンカーAPI]\n---\n\n署名鍵を更新した後、利用者の端末は空間アンカーを再認識できなかった。地図サーバーが要求を拒否した。\n\n## 影響\n\n約三千人の利用者が位置を失った。\n",
	"incidents/latency.md":       "---\ntitle: 描画の遅延で利用者が酔う\nstarted: 2026-05-11\nservices: [描画エンジン]\n---\n\n映像の遅延が九十ミリ秒を超え、利用者が吐き気を訴えた。GPUのクロックが下がっていた。\n\n## 対応\n\n描画品質を下げて復旧した。\n",
	"glossary/spatial-anchor.md": "---\ntitle: 空間アンカー\n---\n\n現実の場所に結び付いた点。\n",
}

var inJapanese = []sought{
	{"ヘッドセット", "incidents/overheat.md", []string{"ヘッドセット"}},
	{"過熱", "incidents/overheat.md", []string{"過熱"}},
	{"温度が上がり", "incidents/overheat.md", []string{"温度が上がり"}},
	{"冷却ファン", "incidents/overheat.md", []string{"冷却ファン"}},
	{"ファームウェア14.2", "incidents/overheat.md", []string{"ファームウェア", "14.2"}},
	{"\"電源が切れた\"", "incidents/overheat.md", []string{"電源"}},
	{"署名鍵の更新", "incidents/anchor.md", []string{"署名鍵"}},
	{"空間アンカーが見つからない", "incidents/anchor.md", []string{"空間アンカーが見つからない"}},
	{"地図サーバー", "incidents/anchor.md", []string{"地図サーバー"}},
	{"service:アンカーapi 利用者", "incidents/anchor.md", []string{"利用者"}},
	{"描画の遅延", "incidents/latency.md", []string{"描画の遅延"}},
	{"GPU クロック", "incidents/latency.md", []string{"GPU", "クロック"}},
	{"gpuのクロック", "incidents/latency.md", []string{"GPU"}},
	{"吐き気", "incidents/latency.md", []string{"吐き気"}},
	{"空間アンカー is:term", "glossary/spatial-anchor.md", []string{"空間アンカー"}},
}

// TestLanguages searches sites in other languages and scripts: the right page is
// first, the right characters are marked, in both readers.
func TestLanguages(t *testing.T) {
	for _, site := range []struct {
		name    string
		pages   map[string]string
		queries []sought
	}{{"German", german, inGerman}, {"Japanese", japanese, inJapanese}} {
		t.Run(site.name, func(t *testing.T) {
			s, tb := core(t, treeOf(t, site.pages))
			base, err := s.Search()
			if err != nil {
				t.Fatal(err)
			}
			docs := search.Documents(s.Pages, nil)
			var asked []string
			for _, q := range site.queries {
				asked = append(asked, q.query, q.query+" ", "\""+q.query+"\"", q.query+"x")
				a, err := base.Ask(q.query)
				if err != nil {
					t.Fatal(err)
				}
				if len(a.Hits) == 0 || docs[a.Hits[0].Doc].Key != q.first {
					t.Errorf("%q does not find %s first: %v", q.query, q.first, a)
					continue
				}
				card, err := base.Card(a.Hits[0])
				if err != nil {
					t.Fatal(err)
				}
				var marked []string
				for _, span := range slices.Concat(a.Mark(card.Title), a.Excerpt(card).Spans) {
					if span.Marked {
						marked = append(marked, span.Text)
					}
				}
				for _, m := range q.marks {
					if !slices.ContainsFunc(marked, func(s string) bool { return strings.Contains(s, m) }) {
						t.Errorf("%q marks %q, not %q", q.query, marked, m)
					}
				}
			}
			compareReaders(t, s, tb, slices.Concat(asked, grammar, invented(wordsOf(s), 3, 300)))
		})
	}
}

// treeOf makes a content folder of texts by path.
func treeOf(t *testing.T, texts map[string]string) tree.Tree {
	t.Helper()
	var files []tree.File
	for path, text := range texts {
		files = append(files, fileOf(path, text))
	}
	return treeFrom(t, files)
}

func fileOf(path, text string) tree.File { return tree.NewFile(path, []byte(text)) }

func treeFrom(t *testing.T, files []tree.File) tree.Tree {
	t.Helper()
	content, err := tree.New(files)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
