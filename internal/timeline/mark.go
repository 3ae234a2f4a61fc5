package timeline

import (
	"strings"
	"sync"
	"unicode"

	"debrief/internal/kb"
)

// labels are what people call the moments of an incident when they label an entry
// with it.
var labels = map[string]kb.Mark{
	"start": kb.MarkStarted, "started": kb.MarkStarted, "incident start": kb.MarkStarted, "incident started": kb.MarkStarted, "incident starts": kb.MarkStarted,
	"fault occurs": kb.MarkStarted, "fault occurred": kb.MarkStarted, "onset": kb.MarkStarted, "impact start": kb.MarkStarted, "impact starts": kb.MarkStarted,
	"impact started": kb.MarkStarted, "start of incident": kb.MarkStarted, "start of impact": kb.MarkStarted, "beginn": kb.MarkStarted,
	"outage start": kb.MarkStarted, "outage starts": kb.MarkStarted, "outage started": kb.MarkStarted, "outage begins": kb.MarkStarted, "outage began": kb.MarkStarted,

	"detected": kb.MarkDetected, "detection": kb.MarkDetected, "first detected": kb.MarkDetected, "fault detected": kb.MarkDetected, "issue detected": kb.MarkDetected,
	"incident detected": kb.MarkDetected, "problem detected": kb.MarkDetected, "discovered": kb.MarkDetected, "discovery": kb.MarkDetected, "first alert": kb.MarkDetected, "erkannt": kb.MarkDetected,
	"time detected": kb.MarkDetected, "team aware": kb.MarkDetected,

	"acknowledged": kb.MarkAcknowledged, "acknowledgement": kb.MarkAcknowledged, "acknowledgment": kb.MarkAcknowledged, "ack": kb.MarkAcknowledged, "acked": kb.MarkAcknowledged,
	"incident acknowledged": kb.MarkAcknowledged, "alert acknowledged": kb.MarkAcknowledged,

	"mitigated": kb.MarkMitigated, "mitigation": kb.MarkMitigated, "repaired": kb.MarkMitigated, "recovery": kb.MarkMitigated, "recovered": kb.MarkMitigated,
	"restored": kb.MarkMitigated, "service restored": kb.MarkMitigated, "services restored": kb.MarkMitigated, "issue mitigated": kb.MarkMitigated, "incident mitigated": kb.MarkMitigated,
	"impact end": kb.MarkMitigated, "impact ends": kb.MarkMitigated, "impact ended": kb.MarkMitigated, "end of impact": kb.MarkMitigated, "mitigation in place": kb.MarkMitigated, "gemildert": kb.MarkMitigated,
	"repaired declared": kb.MarkMitigated, "incident repaired": kb.MarkMitigated,

	"resolved": kb.MarkResolved, "resolution": kb.MarkResolved, "closed": kb.MarkResolved, "incident resolved": kb.MarkResolved, "incident closed": kb.MarkResolved,
	"issue resolved": kb.MarkResolved, "all clear": kb.MarkResolved, "end": kb.MarkResolved, "ended": kb.MarkResolved, "incident end": kb.MarkResolved, "incident ended": kb.MarkResolved,
	"end of incident": kb.MarkResolved, "behoben": kb.MarkResolved, "gelöst": kb.MarkResolved, "resolve": kb.MarkResolved,
}

// markOf is the mark that a label gives, or empty.
func markOf(label string) kb.Mark {
	if label == "" || len(label) > maxLabel {
		return ""
	}
	label = strings.ToLower(strings.TrimFunc(label, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r) }))
	return labels[label]
}

// labelOf is the label that a text begins with, "Detected: an alert" or "[detected]",
// when it gives a mark.
func labelOf(text string) string {
	head := text[:min(len(text), maxLabel)]
	if i := strings.IndexAny(head, ":.;]"); i > 0 {
		head = head[:i]
	} else if before, _, ok := strings.Cut(head, " - "); ok {
		head = before
	} else if before, _, ok := strings.Cut(head, " – "); ok {
		head = before
	} else if len(text) > len(head) {
		return ""
	}
	if markOf(head) == "" {
		return ""
	}
	return head
}

// phrase is a plain way to say that something has happened to the incident.
type phrase struct {
	mark  kb.Mark
	words string
	first bool // only at the beginning of the text
}

// phrases are looked for in this order, so that "repaired and resolved" is
// resolved.
var phrases = []phrase{
	{kb.MarkResolved, "resolved", true},
	{kb.MarkResolved, "incident resolved", false}, {kb.MarkResolved, "incident is resolved", false}, {kb.MarkResolved, "incident was resolved", false},
	{kb.MarkResolved, "incident declared resolved", false}, {kb.MarkResolved, "incident declared as resolved", false}, {kb.MarkResolved, "issue resolved", false}, {kb.MarkResolved, "issue is resolved", false},
	{kb.MarkResolved, "issue was resolved", false}, {kb.MarkResolved, "problem resolved", false}, {kb.MarkResolved, "marked as resolved", false}, {kb.MarkResolved, "(resolved)", false},
	{kb.MarkResolved, "incident closed", false}, {kb.MarkResolved, "incident is closed", false}, {kb.MarkResolved, "incident was closed", false}, {kb.MarkResolved, "repaired and resolved", false},
	{kb.MarkResolved, "all clear", true}, {kb.MarkResolved, "incident has been resolved", false}, {kb.MarkResolved, "issue has been resolved", false},

	{kb.MarkMitigated, "mitigated", true}, {kb.MarkMitigated, "issue mitigated", false}, {kb.MarkMitigated, "issue is mitigated", false}, {kb.MarkMitigated, "incident mitigated", false},
	{kb.MarkMitigated, "impact mitigated", false}, {kb.MarkMitigated, "mitigation in place", false}, {kb.MarkMitigated, "mitigation is in place", false}, {kb.MarkMitigated, "service restored", false},
	{kb.MarkMitigated, "services restored", false}, {kb.MarkMitigated, "service is restored", false}, {kb.MarkMitigated, "service was restored", false}, {kb.MarkMitigated, "services were restored", false},
	{kb.MarkMitigated, "service fully restored", false}, {kb.MarkMitigated, "repaired", true}, {kb.MarkMitigated, "incident repaired", false}, {kb.MarkMitigated, "(mitigated)", false},

	{kb.MarkAcknowledged, "acknowledged", true}, {kb.MarkAcknowledged, "page acknowledged", false}, {kb.MarkAcknowledged, "page is acknowledged", false}, {kb.MarkAcknowledged, "page was acknowledged", false},
	{kb.MarkAcknowledged, "acknowledges the page", false}, {kb.MarkAcknowledged, "acknowledged the page", false}, {kb.MarkAcknowledged, "acknowledges the alert", false}, {kb.MarkAcknowledged, "acknowledged the alert", false},
	{kb.MarkAcknowledged, "alert acknowledged", false}, {kb.MarkAcknowledged, "alert is acknowledged", false}, {kb.MarkAcknowledged, "alert was acknowledged", false}, {kb.MarkAcknowledged, "incident acknowledged", false},
	{kb.MarkAcknowledged, "acks the page", false}, {kb.MarkAcknowledged, "acked the page", false}, {kb.MarkAcknowledged, "acknowledges the incident", false}, {kb.MarkAcknowledged, "acknowledged the incident", false},

	{kb.MarkDetected, "detected", true}, {kb.MarkDetected, "first detected", true}, {kb.MarkDetected, "fault detected", true}, {kb.MarkDetected, "issue detected", true}, {kb.MarkDetected, "incident detected", true},
	{kb.MarkDetected, "problem detected", true}, {kb.MarkDetected, "team aware", true}, {kb.MarkDetected, "alert fires", false}, {kb.MarkDetected, "alert fired", false}, {kb.MarkDetected, "alerts fire", false}, {kb.MarkDetected, "alerts fired", false},
	{kb.MarkDetected, "alert detects", false}, {kb.MarkDetected, "alert detected", false}, {kb.MarkDetected, "alarm fires", false}, {kb.MarkDetected, "alarm fired", false}, {kb.MarkDetected, "alert triggers", false}, {kb.MarkDetected, "alert triggered", false}, {kb.MarkDetected, "alerts triggered", false},
	{kb.MarkDetected, "alarm triggered", false}, {kb.MarkDetected, "is paged", false}, {kb.MarkDetected, "was paged", false}, {kb.MarkDetected, "got paged", false}, {kb.MarkDetected, "on-call paged", false}, {kb.MarkDetected, "pages the on-call", false}, {kb.MarkDetected, "paged the on-call", false},

	{kb.MarkStarted, "fault occurs", true}, {kb.MarkStarted, "fault occurred", true}, {kb.MarkStarted, "incident starts", true}, {kb.MarkStarted, "incident started", true}, {kb.MarkStarted, "incident begins", true},
	{kb.MarkStarted, "incident began", true}, {kb.MarkStarted, "outage starts", true}, {kb.MarkStarted, "outage started", true}, {kb.MarkStarted, "outage begins", true}, {kb.MarkStarted, "outage began", true},
	{kb.MarkStarted, "impact starts", true}, {kb.MarkStarted, "impact started", true}, {kb.MarkStarted, "impact begins", true}, {kb.MarkStarted, "impact began", true}, {kb.MarkStarted, "(problem started)", false}, {kb.MarkStarted, "(incident started)", false},
}

// doubts are words that turn a phrase into its opposite, or into a hope.
var doubts = []string{"not ", "n't ", "n’t ", "never ", "no ", "cannot ", "without ", "until ", "if ", "unless ", "before ", "would ", "should ", "could ", "to be ", "expected ", "partially ", "partly ", "will be ", "think ", "thought ", "hope", "assum", "nearly ", "almost "}

// maxPhrase is how much of a text is searched for phrases.
const maxPhrase = 300

// byWord are the places of the phrases by the first of their words.
var byWord = sync.OnceValue(func() map[string][]int {
	m := map[string][]int{}
	for i, p := range phrases {
		w, _, _ := strings.Cut(strings.Trim(p.words, "()"), " ")
		m[w] = append(m[w], i)
	}
	return m
})

// saysMark is the mark that a text gives in plain words, or empty when there is
// a doubt.
func saysMark(text string) kb.Mark {
	low := strings.ToLower(text[:min(len(text), maxPhrase)])
	low = strings.TrimPrefix(low, "the ")
	best, at := len(phrases), 0
	for i := 0; i < len(low); {
		end := i
		for end < len(low) && (isLetter(low[end]) || low[end] == '-') {
			end++
		}
		for _, n := range byWord()[low[i:end]] {
			from := i
			if phrases[n].words[0] == '(' && i > 0 {
				from--
			}
			if n < best && says(low, from, phrases[n]) {
				best, at = n, from
			}
		}
		for i = end + 1; i < len(low) && !isLetter(low[i]); i++ {
		}
	}
	if best == len(phrases) || doubtful(low, at, phrases[best]) {
		return ""
	}
	return phrases[best].mark
}

// says tells whether a phrase stands at i.
func says(low string, i int, p phrase) bool {
	end := i + len(p.words)
	return (i == 0 || !p.first) && strings.HasPrefix(low[i:], p.words) && (end == len(low) || !isLetter(low[end]))
}

// hedges are what makes a phrase mean something else when it follows.
var hedges = []string{" yet", " status for", " by mistake", " for ", " partially", " partly"}

// doubtful tells whether what stands around a phrase at i speaks against it.
func doubtful(low string, i int, p phrase) bool {
	clause, after := low[max(strings.LastIndexAny(low[:i], ".;"), 0):i], low[i+len(p.words):]
	if j := strings.IndexAny(after, ".;,"); j >= 0 {
		after = after[:j]
	}
	for _, d := range doubts {
		if strings.Contains(clause, d) {
			return true
		}
	}
	for _, h := range hedges {
		if strings.HasPrefix(after, h) {
			return true
		}
	}
	return strings.Contains(after, "?") || p.mark == kb.MarkDetected && !p.first && strings.HasPrefix(after, " by ") // "alerts triggered by"
}

// mark gives the events their marks: at most one event each, by its label before
// plain words; of several the first that was started, detected or acknowledged,
// and the last that was mitigated or resolved. Those whose time is known come
// before those whose is not.
func mark(events []settled, labels []string) {
	type claim struct {
		event, weight int
	}
	claims := map[kb.Mark]claim{}
	for i := range events {
		m, weight := markOf(labels[i]), 3
		if m == "" {
			if m, weight = saysMark(events[i].Text), 1; m == "" {
				continue
			}
		}
		if !events[i].At.Known() {
			weight--
		}
		before, claimed := claims[m]
		last := m == kb.MarkMitigated || m == kb.MarkResolved
		if !claimed || weight > before.weight || weight == before.weight && last {
			claims[m] = claim{i, weight}
		}
	}
	for m, c := range claims {
		e := &events[c.event]
		e.Mark = m
		if markOf(labels[c.event]) != "" {
			if rest, ok := strings.CutPrefix(e.Text, labels[c.event]); ok {
				if rest, parted := trimmed(rest); parted && rest != "" {
					e.Text = rest
				}
			}
		}
	}
}
