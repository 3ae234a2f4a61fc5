package exchange

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
)

var (
	monthDay  = regexp.MustCompile(`^([0-9]{2})-([0-9]{2})(?:$|[-_ ]+)`)
	joinedDay = regexp.MustCompile(`^([0-9]{4})([-_.]?)([0-9]{2})([-_.]?)([0-9]{2})(?:$|[-_. ]+)`)
	yearFirst = regexp.MustCompile(`^([0-9]{4})(?:$|[-_ ])`)
	uuid      = regexp.MustCompile(`(?i)^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$`)
	everyday  = regexp.MustCompile(`(?i)^(report|incident|postmortem|post-mortem|notes|document|untitled)$`) // names that tell nothing
	idYear    = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)`)
)

// takeName notes what the name of the source says, and those of its folders.
func (d *draft) takeName(from string) {
	p := strings.TrimSuffix(strings.TrimSuffix(from, ".htm"), ".HTM")
	id, date, rest := parse.InName(p)
	if m := joinedDay.FindStringSubmatch(rest); date.IsZero() && m != nil && !uuid.MatchString(rest) {
		if day, ok := dayOf(m[1], m[3], m[5]); ok {
			date, rest = day, rest[len(m[0]):]
		}
	}
	where := "the file's name"
	for dir := path.Dir(p); dir != "." && date.IsZero(); dir = path.Dir(dir) {
		folder := path.Base(dir)
		if m := monthDay.FindStringSubmatch(rest); m != nil {
			if y := yearFirst.FindStringSubmatch(folder); y != nil {
				if day, ok := dayOf(y[1], m[1], m[2]); ok {
					date, rest, where = day, rest[len(m[0]):], "the names of the file and its folder"
				}
			}
			continue
		}
		if m := joinedDay.FindStringSubmatch(folder); m != nil {
			if day, ok := dayOf(m[1], m[3], m[5]); ok {
				date, where = day, "its folder's name"
			}
		}
	}
	d.named = id
	if !date.IsZero() {
		d.date = date
		d.file.Guessed = append(d.file.Guessed, Fact{"date", date.String(), where})
	}
	if !uuid.MatchString(rest) && !everyday.MatchString(rest) && strings.IndexFunc(rest, unicode.IsLetter) >= 0 {
		d.slug = site.Slug(rest)
	}
}

func dayOf(year, month, day string) (kb.Date, bool) {
	d, err := kb.ParseDate(year + "-" + month + "-" + day)
	return d, err == nil
}

// datedTitle is a title with a day before it: "2018-04-18, Login fails",
// "Incident on 2020-10-06 - Login fails".
var datedTitle = regexp.MustCompile(`(?i)^(?:(?:incident|post-?mortem|outage)(?: report)?(?: on| of| for|:| -)?\s+)?[\[(]?([0-9]{4}-[0-9]{2}-[0-9]{2})[\])]?(?:\s*[-–—:,|]+\s*|\s+)(\S.*)$`)

// takeTitle fills in the title without the day and the id that stand before it.
func (d *draft) takeTitle(title, from string) {
	title = strings.Join(strings.Fields(title), " ")
	if m := datedTitle.FindStringSubmatch(title); m != nil {
		if day, err := kb.ParseDate(m[1]); err == nil {
			if d.date.IsZero() {
				d.date = day
				d.file.Guessed = append(d.file.Guessed, Fact{"date", day.String(), "the title"})
			}
			title, from = m[2], from+", without its day"
		}
	}
	id, _, rest := parse.InName("x/" + strings.ReplaceAll(title, "/", "-") + ".md")
	if id != "" && rest != "" && strings.HasPrefix(title, id) {
		d.fill("id", word(id), from, false)
		title = title[len(title)-len(rest):]
	}
	if title != "" {
		d.fill("title", word(title), from, false)
	}
}

// wanted is the path in the content folder that the draft would like to have.
func (d *draft) wanted(into string) string {
	id := d.text("id")
	slug := d.slug
	if slug == "" {
		slug = site.Slug(d.text("title"))
	}
	if slug == "" {
		slug = site.Slug(d.text("organisation") + " " + d.text("services"))
	}
	day := d.date
	if started := d.text("started"); day.IsZero() && (id == "" || uuid.MatchString(id)) && len(started) >= 10 {
		day, _ = kb.ParseDate(started[:10])
	}
	year, name := "", slug
	switch m := idYear.FindStringSubmatch(id); {
	case !day.IsZero():
		year, name = day.String()[:4], day.String()+"-"+slug
	case id != "" && !uuid.MatchString(id):
		name = site.Slug(id) + "-" + slug
		if m != nil {
			year = m[1]
		}
	case slug == "":
		name = site.Slug(id)
	}
	if name = strings.Trim(name, "-"); name == "" {
		name = "imported"
	}
	return path.Join(into, year, name+".md")
}
