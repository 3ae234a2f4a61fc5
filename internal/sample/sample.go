// Package sample makes knowledge bases of any size for benchmarks. The same
// number gives the same bytes, on every machine and for ever.
//
// An incident has about 6 KB: front matter, a dozen headings, two tables, lists,
// an alert, a footnote, three links to other incidents and two blocks of code.
// Its words are drawn by Zipf's law from a vocabulary of 20,000, as those of real
// texts are, so that a search index has the shape of a real one.
package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"debrief/internal/tree"
)

var (
	services  = []string{"anchor-api", "asset-cdn", "auth", "billing", "boundary", "catalog", "compositor", "device-updater", "entitlement", "fleet-config", "identity", "map-store", "matchmaker", "notifier", "passthrough", "presence", "relocalisation", "render-farm", "runtime", "session-server", "shader-cache", "store", "telemetry", "tracking", "voice"}
	factors   = []string{"alert-too-late", "capacity-unknown", "config-drift", "coupled-rollout", "expired-credential", "hidden-dependency", "missing-alert", "missing-runbook", "no-canary", "no-rollback", "retry-storm", "shared-fate", "stale-cache", "test-fleet-unlike-field", "unbounded-queue", "untested-recovery-path"}
	tags      = []string{"android", "backup", "certificates", "cloud", "comfort", "database", "dns", "firmware", "frame-pacing", "gpu", "kubernetes", "latency", "launch", "loadbalancer", "memory", "migration", "monitoring", "multiplayer", "network", "ota", "payments", "permissions", "queue", "rate-limit", "region", "rollout", "safety", "scaling", "sdk", "security", "sensor", "slam", "storage", "store-review", "support", "thermal", "time", "upgrade", "vendor", "wifi"}
	statuses  = []string{"draft", "in-review", "reviewed", "closed", "closed", "closed"}
	teams     = []string{"billing", "content-delivery", "device-updates", "fleet", "graphics", "platform-anchors", "platform-identity", "platform-runtime", "platform-sessions", "reliability", "release-engineering", "safety", "store", "support", "support-tools", "tracking", "voice"}
	kinds     = []string{"prevent", "detect", "mitigate", "respond", "safety"}
	syllables = []string{"ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo", "zu", "bran", "clo", "dre", "fli", "gro", "plan", "ster", "trim", "quor", "shel"}
)

// Words is the size of the vocabulary.
const words = 20000

// Tree returns the content folder of a knowledge base of n incidents.
func Tree(n int) tree.Tree {
	g := newGenerator()
	files := make([]tree.File, 0, n+1)
	files = append(files, tree.NewFile("site.yaml", []byte("title: Sample\nbase_url: https://kb.example.org/\n")))
	for i := range n {
		files = append(files, tree.NewFile(Path(i), []byte(g.incident(i, n))))
	}
	t, err := tree.New(files)
	if err != nil {
		panic(err) // the paths above are all different
	}
	return t
}

// Path returns the path of the incident with the number i.
func Path(i int) string { return fmt.Sprintf("incidents/%d/%s.md", year(i), ID(i)) }

// ID returns the id of the incident with the number i.
func ID(i int) string { return fmt.Sprintf("INC-%d-%05d", year(i), i) }

func year(i int) int { return 2016 + i%10 }

type generator struct {
	vocabulary []string
	cumulative []float64 // of Zipf's law
	r          *rand.Rand
}

func newGenerator() *generator {
	g := &generator{r: rand.New(rand.NewPCG(7, 11))}
	seen := map[string]bool{}
	for len(g.vocabulary) < words {
		w := ""
		for range 2 + g.r.IntN(3) {
			w += syllables[g.r.IntN(len(syllables))]
		}
		if !seen[w] {
			seen[w] = true
			g.vocabulary = append(g.vocabulary, w)
		}
	}
	sum := 0.0
	for i := range words {
		sum += 1 / math.Pow(float64(i+1), 1.05)
		g.cumulative = append(g.cumulative, sum)
	}
	return g
}

func (g *generator) word() string {
	x := g.r.Float64() * g.cumulative[words-1]
	low, high := 0, words-1
	for low < high {
		if mid := (low + high) / 2; g.cumulative[mid] < x {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return g.vocabulary[low]
}

func (g *generator) words(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = g.word()
	}
	return strings.Join(list, " ")
}

func (g *generator) sentence() string {
	s := g.words(6 + g.r.IntN(10))
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func (g *generator) paragraph(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = g.sentence()
	}
	return strings.Join(list, " ")
}

func (g *generator) pick(from []string, n int) string {
	start := g.r.IntN(len(from))
	var list []string
	for i := range n {
		list = append(list, from[(start+i*7)%len(from)])
	}
	return "[" + strings.Join(list, ", ") + "]"
}

func (g *generator) incident(i, n int) string {
	g.r = rand.New(rand.NewPCG(uint64(i), 13)) // so that each file depends on its number alone
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	month, day, hour := 1+g.r.IntN(12), 1+g.r.IntN(28), g.r.IntN(20)
	title := g.words(5)
	line("---\nid: %s\ntitle: %s\nstatus: %s\nseverity: SEV%d", ID(i), title, statuses[g.r.IntN(len(statuses))], 1+g.r.IntN(4))
	line("started: %d-%02d-%02dT%02d:%02d:00Z", year(i), month, day, hour, g.r.IntN(60))
	line("resolved: %d-%02d-%02dT%02d:%02d:00Z", year(i), month, day, hour+1+g.r.IntN(3), g.r.IntN(60))
	line("services: %s\nfactors: %s\ntags: %s\nsummary: %s\n---\n", g.pick(services, 1+g.r.IntN(3)), g.pick(factors, 2+g.r.IntN(2)), g.pick(tags, 2+g.r.IntN(3)), g.sentence())
	line("## Summary\n\n%s\n\n> [!NOTE]\n> %s\n", g.paragraph(3), g.sentence())
	line("## Impact\n\n| Region | Users | Minutes |\n|:--|--:|--:|")
	for range 4 {
		line("| %s | %d | %d |", g.word(), g.r.IntN(50000), g.r.IntN(200))
	}
	line("\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|")
	for m := range 8 {
		line("| %02d:%02d | %s |", hour+m/4, m*7%60, g.sentence())
	}
	line("\n## What happened\n\n%s\n\n### Trigger\n\n%s\n\n```yaml\nservice: %s\nreplicas: %d\nlimits:\n  memory: %dMi\n  timeout: %ds\nlabels: [%s, %s]\n```\n",
		g.paragraph(4), g.paragraph(2), g.word(), g.r.IntN(20), 128+g.r.IntN(900), g.r.IntN(60), g.word(), g.word())
	line("### Why it spread\n\n%s It resembles [%s](%s) and [[%s]].\n", g.paragraph(4), g.word(), relative(i, g.r.IntN(n)), ID(g.r.IntN(n)))
	line("```go\nfunc %s(ctx context.Context, n int) error {\n\tfor i := range n {\n\t\tif err := %s(ctx, i); err != nil {\n\t\t\treturn fmt.Errorf(\"%s: %%w\", err)\n\t\t}\n\t}\n\treturn nil\n}\n```\n", g.word(), g.word(), g.word())
	line("## Detection\n\n%s[^1]\n\n[^1]: %s\n", g.paragraph(2), g.sentence())
	line("## Mitigation\n")
	for k := range 5 {
		line("%d. %s", k+1, g.sentence())
	}
	line("\n## Contributing factors\n")
	for range 4 {
		line("- **%s**: %s", g.word(), g.sentence())
	}
	line("\n## Lessons\n\n### What went well\n\n- %s\n- %s\n\n### What was hard\n\n- %s\n- %s\n  - %s\n", g.sentence(), g.sentence(), g.sentence(), g.sentence(), g.sentence())
	g.actions(i, line)
	line("\nSee also [%s](%s#timeline).", g.word(), relative(i, g.r.IntN(n)))
	return b.String()
}

// actions writes what is to be done, as a list or a table. Of old incidents nearly
// all of it is settled.
func (g *generator) actions(i int, line func(string, ...any)) {
	line("## Action items\n")
	if i%4 == 0 {
		line("| Action | Owner | Due | Type | Status | Ticket |\n|---|---|---|---|---|---|")
	}
	for range 4 {
		state := []string{"done", "done", "done", "open", "proposed", "declined"}[g.r.IntN(6)]
		if year(i) < 2025 && g.r.IntN(12) > 0 {
			state = "done"
		}
		title, owner, kind, ticket := g.words(6), teams[g.r.IntN(len(teams))], kinds[g.r.IntN(len(kinds))], g.r.IntN(9000)
		due := fmt.Sprintf("%d-%02d-%02d", year(i)+1, 1+g.r.IntN(12), 1+g.r.IntN(28))
		switch {
		case i%4 == 0:
			line("| %s | %s | %s | %s | %s | #%d |", title, owner, due, kind, state, ticket)
		case state == "done":
			line("- [x] %s (@%s, due %s, %s, #%d)", title, owner, due, kind, ticket)
		case state == "declined":
			line("- [ ] ~~%s (@%s, due %s, %s, #%d)~~ Declined: %s.", title, owner, due, kind, ticket, g.words(4))
		case state == "proposed":
			line("- %s (proposed, %s)", title, kind)
		default:
			line("- [ ] %s (@%s, due %s, %s, #%d)", title, owner, due, kind, ticket)
		}
	}
}

func relative(from, to int) string {
	return fmt.Sprintf("../%d/%s.md", year(to), ID(to))
}
