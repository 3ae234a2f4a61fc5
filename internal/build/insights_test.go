package build_test

import (
	"fmt"
	"testing"

	"debrief/internal/build"
	"debrief/internal/site"
)

// TestInsightsStaySmall tells that a page of insights is no larger than a browser
// should have to read, where it is longest: five years of months, every severity
// and every type of action, and still a point for each length.
func TestInsightsStaySmall(t *testing.T) {
	files := map[string]string{}
	for n := range 600 {
		month := n / 10
		day := fmt.Sprintf("%d-%02d-%02d", 2021+(month+11)/12, (month+11)%12+1, 1+n%28)
		detected := ""
		if n%8 == 0 {
			detected = fmt.Sprintf("detected: %sT10:%02d:00Z\nacknowledged: %sT11:00:00Z\nmitigated: %sT12:00:00Z\nresolved: %sT13:00:00Z\n", day, n%60, day, day, day)
		}
		files[fmt.Sprintf("incidents/%04d-%s.md", n, "a-long-name-as-they-mostly-are")] = fmt.Sprintf("---\nstarted: %sT10:00:00Z\n%sseverity: SEV%d\nservices: [a-service-%d, another-service-%d]\nfactors: [contributing-factor-%d, factor-%d]\n"+
			"detection: d%d\ntrigger: t%d\nstatus: closed\nsafety: unknown\nactions:\n  - {title: Do it, type: %s, due: %s}\n---\n", day, detected, n%4+1, n%40, n%7, n%30, n%9, n%15, n%15,
			[]string{"prevent", "detect", "mitigate", "respond", "safety"}[n%5], day)
	}
	s := built(t, build.Input{Content: contentOf(t, files), Layouts: theme(t), Options: site.Options{Today: today}})
	data, ok, err := s.File("insights/index.html")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if len(data) > 200_000 {
		t.Errorf("the page has %d bytes", len(data))
	}
}
