package action

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"debrief/internal/kb"
)

// plain is a label's words for comparing: lower case, letters and digits alone, a
// space between. "5. ✅ Follow-up(s):" is "follow up s".
func plain(s string) string {
	s = strings.ToLower(apostrophes.Replace(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

var apostrophes = strings.NewReplacer("(s)", "s", "'", "", "’", "")

// sectionName is what sections that hold actions are called.
var sectionName = regexp.MustCompile(`^(?:\d+ )*(?:the |our )?(?:` + strings.Join([]string{
	`(?:(?:post ?(?:incident|mortem)|review|follow ?up|corrective|preventive|preventative|remedial|remediation|future|further|recommended|proposed|planned|agreed|open|outstanding|long term|short term|and|or) )*(?:actions?(?: (?:items?|points?|plan|list|log|register|tracker|tracking))?|measures|work items|tasks)(?: (?:and|or) (?:follow ?ups?|next steps|owners?|tickets))?(?: (?:from|following|after) (?:the )?(?:post ?mortem|review|incident))?`,
	`follow ?ups?(?: (?:work|items|list|issues|tickets))?`,
	`remediations?(?: (?:items|steps|plan|work))?`,
	`next steps(?: (?:and|or) (?:actions?(?: items)?|follow ?ups?))?`,
	`preventions?`, `(?:corrective|preventive|preventative) (?:actions?|measures?)`,
	`to ?dos?(?: list)?`, `lessons (?:learned|learnt) and actions?(?: items)?`,
	`(?:folge|korrektur|verbesserungs|gegen|präventiv)?(?:maßnahmen?|massnahmen?)(?:plan|liste)?`, `nächste schritte`, `aufgaben`,
}, "|") + `)$`)

// names tells whether a heading or label is the name of a section of actions.
func names(label string) bool { return len(label) < 100 && sectionName.MatchString(plain(label)) }

// What people write for a type, in labels and in the cells of tables.
var typeWords = map[string]kb.ActionType{
	"prevent": "prevent", "prevention": "prevent", "preventive": "prevent", "preventative": "prevent", "vorbeugung": "prevent",
	"detect": "detect", "detection": "detect", "erkennung": "detect",
	"mitigate": "mitigate", "mitigation": "mitigate", "mitigative": "mitigate",
	"respond": "respond", "response": "respond", "reaktion": "respond",
	"safety": "safety", "sicherheit": "safety",
}

// What people write for a state.
var statusWords = map[string]kb.ActionStatus{
	"proposed": kb.ActionProposed, "idea": kb.ActionProposed, "suggested": kb.ActionProposed, "proposal": kb.ActionProposed, "vorgeschlagen": kb.ActionProposed,
	"open": kb.ActionOpen, "todo": kb.ActionOpen, "to do": kb.ActionOpen, "not started": kb.ActionOpen, "not done": kb.ActionOpen, "in progress": kb.ActionOpen,
	"wip": kb.ActionOpen, "ongoing": kb.ActionOpen, "planned": kb.ActionOpen, "scheduled": kb.ActionOpen, "pending": kb.ActionOpen, "blocked": kb.ActionOpen,
	"started": kb.ActionOpen, "in review": kb.ActionOpen, "offen": kb.ActionOpen, "in arbeit": kb.ActionOpen,
	"done": kb.ActionDone, "completed": kb.ActionDone, "complete": kb.ActionDone, "closed": kb.ActionDone, "fixed": kb.ActionDone, "resolved": kb.ActionDone,
	"finished": kb.ActionDone, "shipped": kb.ActionDone, "merged": kb.ActionDone, "erledigt": kb.ActionDone, "✅": kb.ActionDone, "✔": kb.ActionDone, "✓": kb.ActionDone,
	"declined": kb.ActionDeclined, "wont do": kb.ActionDeclined, "wont fix": kb.ActionDeclined, "wontfix": kb.ActionDeclined, "rejected": kb.ActionDeclined,
	"dropped": kb.ActionDeclined, "cancelled": kb.ActionDeclined, "canceled": kb.ActionDeclined, "abandoned": kb.ActionDeclined, "not doing": kb.ActionDeclined,
	"will not do": kb.ActionDeclined, "abgelehnt": kb.ActionDeclined, "verworfen": kb.ActionDeclined,
}

// Labels that only gather actions.
var groupWords = []string{
	"process", "processes", "documentation", "docs", "technical", "technology", "people", "tooling", "tools", "monitoring", "alerting", "observability", "communication",
	"infrastructure", "testing", "training", "other", "misc", "general", "immediate", "immediately", "short term", "medium term", "mid term", "long term", "now", "later",
	"process improvements", "documentation improvements", "technical improvements", "high priority", "low priority", "medium priority",
}

// labelled is what a label says of the actions below it.
func labelled(label string) (kb.ActionType, kb.ActionStatus) {
	words := plain(label)
	if t, ok := typeWords[words]; ok {
		return t, ""
	}
	if s, ok := statusWords[words]; ok {
		return "", s
	}
	// "Preventative measures", "Detection improvements", "Completed actions"
	if first, rest, ok := strings.Cut(words, " "); ok && slices.Contains([]string{"action", "actions", "action items", "measures", "improvements", "items"}, rest) {
		return typeWords[first], statusWords[first]
	}
	return "", ""
}

// isGroup tells whether the words of an item are a label and nothing to be done.
func isGroup(label string) bool {
	kind, status := labelled(label)
	return kind != "" || status != "" || slices.Contains(groupWords, plain(label))
}

// none tells whether somebody wrote that there is nothing.
func none(text string) bool {
	if len(text) > 40 {
		return false
	}
	switch plain(text) {
	case "", "n a", "na", "none", "none yet", "no actions", "no action items", "nothing", "nothing yet", "tbd", "tba", "to be decided", "to be determined", "unknown", "unassigned", "nobody", "keine":
		return true
	}
	return false
}
