package action

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// draft is an action while its words are being read.
type draft struct {
	kb.Action
	links   []markdown.Link
	struck  bool // all of its words are struck through
	settled bool // brackets with nothing but fields have ended the text: what is before them is the title
	remarks []remark
}

// remark is a finding whose place is not known here.
type remark struct {
	level            diag.Level
	rule, text, hint string
}

func (d *draft) remark(level diag.Level, rule, text, hint string) {
	d.remarks = append(d.remarks, remark{level, rule, text, hint})
}

// read takes a text apart. gone is the words struck through that it begins with.
func (d *draft) read(text, gone string) {
	text = strings.TrimSpace(text)
	text = d.declined(text, gone)
	d.struck = gone != "" && strings.Trim(text, ".,;:–— \n") == strings.Trim(gone, ".,;:–— \n")
	text = d.inBrackets(text)
	for {
		text = d.start(text)
		if d.settled {
			break
		}
		rest := d.end(text)
		if rest == text {
			break
		}
		text = rest
	}
	d.Title = strings.Join(strings.Fields(text), " ")
	if d.Ticket == "" {
		for _, l := range d.links {
			if isTracker(l.Dest) {
				d.Ticket = l.Dest
				break
			}
		}
	}
	if d.Title == "" && d.Ticket != "" { // a ticket alone has to do as a title
		d.Title = d.Ticket
		for _, l := range d.links {
			if l.Dest == d.Ticket && l.Text != "" {
				d.Title = l.Text
			}
		}
	}
}

var declinedKey = regexp.MustCompile(`(?i)(?:^|[\s.,;)–—-])(declined|won['’]?t do|won['’]?t fix|rejected|abgelehnt)\s*(?::|–|—| - | because )\s*`)

// declined takes the reason off the end of a text: "Two regions. Declined: costs
// more than it saves". One in brackets is not for this.
func (d *draft) declined(text, gone string) string {
	low := strings.ToLower(text)
	if !slices.ContainsFunc([]string{"declin", "won", "reject", "abgelehnt"}, func(w string) bool { return strings.Contains(low, w) }) {
		return text
	}
	for _, m := range declinedKey.FindAllStringSubmatchIndex(text, -1) {
		before, reason := text[:m[2]], strings.TrimSpace(text[m[1]:])
		key := text[m[2]:m[3]]
		told := key[0] >= 'A' && key[0] <= 'Z' || strings.HasSuffix(strings.TrimRight(before, " \n"), strings.TrimSpace(gone)) && gone != ""
		if !told || strings.Count(before, "(") != strings.Count(before, ")") || strings.TrimSpace(before) == "" {
			continue
		}
		d.Status, d.Result = kb.ActionDeclined, strings.Join(strings.Fields(reason), " ")
		return strings.TrimRight(before, " \n,;:–—-")
	}
	return text
}

const (
	space  = "\\s,;:|–—-"
	handle = `@[\p{L}\p{N}][\p{L}\p{N}_./-]*`
)

var (
	startID     = regexp.MustCompile(`^(AI?-?\d{1,3})[:.)]\s+`)
	startStatus = regexp.MustCompile(`^(?:(DONE|TODO|TO DO|WIP|Done|Todo)\s*[:–—-]\s*|(✅|✔️?|✓)\s*)`)
	startType   = regexp.MustCompile(`^(?:[\[(](prevent|detect|mitigate|respond|safety)[\])]:?|(?i:(prevent|detect|mitigate|respond|safety)):)\s+`)
	startOwner  = regexp.MustCompile(`^(` + handle + `)(?::| to | – | — | - )\s*`)
	startTicket = regexp.MustCompile(`^\[?(#\d+|[A-Z][A-Z0-9]{1,9}-\d+)(?:\]:?|:| –| —| -)\s+`)
)

// start takes off what stands before the title.
func (d *draft) start(text string) string {
	if m := startID.FindStringSubmatch(text); m != nil && d.ID == "" {
		d.ID, text = m[1], text[len(m[0]):]
	}
	if m := startStatus.FindStringSubmatch(text); m != nil && d.Status == "" {
		d.Status, text = statusWords[strings.ToLower(strings.TrimSuffix(m[1]+m[2], "\ufe0f"))], text[len(m[0]):]
	}
	if m := startType.FindStringSubmatch(text); m != nil && d.Type == "" {
		d.Type, text = typeWords[strings.ToLower(m[1]+m[2])], text[len(m[0]):]
	}
	if m := startTicket.FindStringSubmatch(text); m != nil && d.Ticket == "" && isTicket(m[1]) {
		d.ticket(m[1])
		text = text[len(m[0]):]
	}
	if m := startOwner.FindStringSubmatch(text); m != nil && d.Owner == "" {
		d.Owner, text = strings.TrimPrefix(m[1], "@"), text[len(m[0]):]
	}
	return text
}

var (
	endDue    = regexp.MustCompile(`(?i)(?:^|[.` + space + `]+)(?:due|by|until|before|deadline|bis|fällig)(?: on| by| am)?:?\s+(` + dayShape + `)[.)]?$`)
	endOwner  = regexp.MustCompile(`(?:^|[` + space + `]+)(` + handle + `(?:(?:,| and| &|) +` + handle + `)*)[.:]?$`)
	endTicket = regexp.MustCompile(`(?:^|[` + space + `]+)(?:(?i:tickets?|issue|bug|jira|tracked in|see)(?: (?:raised|created|filed))?:?\s+)?(#\d+|PR #\d+)[.]?$`)
	endStatus = regexp.MustCompile(`(?:[.` + space + `]+(DONE)(?: in| by| with)?|\s*(✅|✔️?|✓)|[–—-]\s+(?i:(done|completed|in progress|open|todo|not started|proposed)))[.]?$`)
	endKey    = regexp.MustCompile(`(?i)(?:^|[.,;|–—-]\s*|\n\s*|\s)(` + keys + `)\s*:\s*`)
)

// end takes off one thing that stands after the title, if one does. What it cannot
// be is told by a sign first: the patterns cost more than all other reading.
func (d *draft) end(text string) string {
	text = strings.TrimRight(text, " \n\t")
	cut := func(n int) string { return strings.TrimRight(text[:n], " \n\t,;:|–—-") }
	if l, ok := d.lastTicket(text); ok {
		return strings.TrimRight(ticketRaised.ReplaceAllString(strings.TrimSuffix(strings.TrimSuffix(text, "."), l.Text), ""), " \n\t,;:|–—-")
	}
	if rest := d.inBrackets(text); rest != text {
		return rest
	}
	digit := strings.TrimRight(text, ".)") != strings.TrimRight(text, ".)0123456789")
	if digit && d.Due.IsZero() {
		if m := endDue.FindStringSubmatchIndex(text); m != nil {
			if d.due(text[m[2]:m[3]]) {
				return cut(m[0])
			}
			return text
		}
	}
	if strings.Contains(text, "@") && d.Owner == "" {
		if m := endOwner.FindStringSubmatchIndex(text); m != nil {
			d.Owner = owner(text[m[2]:m[3]])
			return cut(m[0])
		}
	}
	if digit && strings.Contains(text, "#") && d.Ticket == "" {
		if m := endTicket.FindStringSubmatchIndex(text); m != nil {
			d.ticket(text[m[2]:m[3]])
			return cut(m[0])
		}
	}
	if d.Status == "" && (strings.Contains(text, "DONE") || strings.ContainsAny(text, "–—-✅✔✓")) {
		if m := endStatus.FindStringSubmatchIndex(text); m != nil && m[0] > 0 {
			for k := 2; k < 8; k += 2 {
				if m[k] >= 0 {
					d.Status = statusWords[strings.ToLower(strings.TrimSuffix(text[m[k]:m[k+1]], "\ufe0f"))]
				}
			}
			return cut(m[0])
		}
	}
	if !strings.Contains(text, ":") {
		return text
	}
	if all := endKey.FindAllStringSubmatchIndex(text, -1); len(all) > 0 {
		m := all[len(all)-1]
		key, value := text[m[2]:m[3]], strings.TrimRight(strings.TrimSpace(text[m[1]:]), ".,;|")
		told := m[0] == 0 || text[m[2]] < 'a' || strings.ContainsAny(text[m[0]:m[2]], ".,;|–—\n-")
		if told && d.keyed(key, value, true) {
			return cut(m[0])
		}
	}
	return text
}

// inBrackets takes off what brackets at the end say: "(@owner, due 2026-04-01)".
func (d *draft) inBrackets(text string) string {
	before, inside, open, ok := bracket(text)
	if !ok {
		return text
	}
	rest, some := d.brackets(inside, open)
	before = strings.TrimRight(before, " \n\t")
	switch {
	case some && rest == "":
		d.settled = open == '('
		return strings.TrimRight(before, " \n\t,:–—-")
	case some && rest != inside:
		return before + " (" + rest + ")"
	}
	return text
}

var (
	ticketRaised = regexp.MustCompile(`(?i)(?:^|[` + space + `]+)(?:tickets?|issue|bug|jira|see)(?: (?:raised|created|filed))?:?\s*$`)
	number       = regexp.MustCompile(`^#?\d+$`)
)

// lastTicket finds the link to a ticket in which a text ends and whose words are
// its name. From then on it is the action's.
func (d *draft) lastTicket(text string) (markdown.Link, bool) {
	text = strings.TrimSuffix(text, ".")
	for _, l := range d.links {
		if l.Text != "" && d.Ticket == "" && strings.HasSuffix(text, l.Text) && isTracker(l.Dest) && (isTicket(l.Text) || number.MatchString(l.Text)) {
			d.Ticket = l.Dest
			return l, true
		}
	}
	return markdown.Link{}, false
}

// bracket finds the brackets in which a text ends.
func bracket(text string) (before, inside string, open byte, ok bool) {
	t := strings.TrimSuffix(text, ".")
	if t == "" || t[len(t)-1] != ')' && t[len(t)-1] != ']' {
		return "", "", 0, false
	}
	open, shut := byte('('), t[len(t)-1]
	if shut == ']' {
		open = '['
	}
	depth := 0
	for i := len(t) - 1; i >= 0; i-- {
		switch t[i] {
		case shut:
			depth++
		case open:
			if depth--; depth == 0 {
				return t[:i], t[i+1 : len(t)-1], open, true
			}
		}
	}
	return "", "", 0, false
}

// brackets reads a list of parts in brackets. It returns those that it cannot
// read, and tells whether it has read any.
func (d *draft) brackets(inside string, open byte) (rest string, some bool) {
	trial := *d
	trial.remarks = nil
	var left []string
	parts := split(inside)
	for i := 0; i < len(parts); i++ {
		p := strings.TrimSpace(parts[i])
		if p == "" {
			continue
		}
		if status, _, reason, ok := stateIn(parts[i:]); ok && status == kb.ActionDeclined && reason != "" {
			trial.Status, trial.Result, some = status, reason, true // all that follows is the reason
			break
		}
		if trial.part(p) {
			some = true
		} else {
			left = append(left, p)
		}
	}
	if !some && len(trial.remarks) == 0 || open == '[' && len(left) > 0 {
		return inside, false
	}
	if !some { // something is wrong with a day, and only that is to be said
		if len(d.remarks) == 0 {
			d.remarks = trial.remarks
		}
		return inside, false
	}
	trial.remarks = append(d.remarks, trial.remarks...)
	*d = trial
	return strings.Join(left, ", "), true
}

// stateIn is state for parts whose first may begin a reason that has commas.
func stateIn(parts []string) (status kb.ActionStatus, closed kb.Date, reason string, ok bool) {
	if !strings.ContainsAny(parts[0], ":(–—-") && !strings.Contains(parts[0], "because") {
		return "", kb.Date{}, "", false
	}
	return state(strings.Join(parts, ","))
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' })
}

var (
	partOwner  = regexp.MustCompile(`^@[^@()\[\]{}]{1,60}(?:(?: and | & | +)@[^@()\[\]{}]{1,60})*$`)
	partDue    = regexp.MustCompile(`(?i)^(?:due|by|until|before|deadline|bis|fällig)(?: on| by| date| am)?\s*:?\s+(.+)$`)
	partTicket = regexp.MustCompile(`^(?:(?i:ticket|issue|bug|jira|pr|see):? )?(#\d+|[A-Z][A-Z0-9]{1,9}-\d+|https?://\S+)$`)
	partKey    = regexp.MustCompile(`(?i)^(` + keys + `)\s*:\s*(.+)$`)
)

// part reads one part of a list in brackets: "@owner", "due 2026-04-01", "detect",
// "#123". It tells whether it was one.
func (d *draft) part(p string) bool {
	if p[0] == '@' && partOwner.MatchString(p) {
		if d.Owner != "" {
			d.Owner += ", " + owner(p)
		} else {
			d.Owner = owner(p)
		}
		return true
	}
	low := strings.ToLower(p)
	if t, ok := typeWords[low]; ok && string(t) == low && d.Type == "" {
		d.Type = t
		return true
	}
	if strings.Contains(p, ":") {
		if m := partKey.FindStringSubmatch(p); m != nil && d.keyed(m[1], m[2], false) {
			return true
		}
	}
	if m := partDue.FindStringSubmatch(p); m != nil && d.Due.IsZero() {
		return d.dueOr(m[1], strings.HasPrefix(low, "due") || strings.HasPrefix(low, "deadline"))
	}
	if _, _, shaped := dayOf(p); shaped && d.Due.IsZero() {
		return d.due(p)
	}
	if m := partTicket.FindStringSubmatch(p); m != nil && d.Ticket == "" && isTicket(m[1]) {
		d.ticket(m[1])
		return true
	}
	for _, l := range d.links {
		if l.Text == p && isTracker(l.Dest) && d.Ticket == "" {
			d.Ticket = l.Dest
			return true
		}
	}
	if status, closed, reason, ok := state(p); ok && d.Status == "" {
		d.Status, d.Closed, d.Result = status, closed, reason
		return true
	}
	return false
}

// due reads a day by which an action is due.
func (d *draft) due(text string) bool { return d.dueOr(text, true) }

// dueOr is due. A text that does not even look like a day is reported when it is
// told that it should be one.
func (d *draft) dueOr(text string, told bool) bool {
	day, ok, shaped := dayOf(text)
	switch {
	case ok:
		d.Due = day
	case shaped || told && !none(text):
		d.remark(diag.Warning, "action-due", fmt.Sprintf("due: %q is not a day", text), "write it as 2026-04-01")
	}
	return ok
}

// ticket notes a ticket. One that the text links to is its address.
func (d *draft) ticket(t string) {
	d.Ticket = t
	for _, l := range d.links {
		if (l.Kind == markdown.Inline || l.Kind == markdown.Auto) && l.Dest != "" && (l.Text == t || l.Dest == t || isTracker(l.Dest) && strings.Contains(l.Text, t)) {
			d.Ticket = l.Dest
			return
		}
	}
}

// owner is the names in "@sre, @support" without the signs.
func owner(text string) string {
	names := strings.FieldsFunc(strings.NewReplacer(" and @", ",@", " & @", ",@", " @", ",@").Replace(text), func(r rune) bool { return r == ',' })
	for i, n := range names {
		names[i] = strings.Join(strings.Fields(strings.TrimPrefix(strings.TrimSpace(n), "@")), " ")
	}
	return strings.Join(names, ", ")
}
