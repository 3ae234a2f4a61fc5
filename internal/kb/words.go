package kb

import "strings"

var joined = strings.NewReplacer("-", "", "_", "", " ", "")

// Squash is what is left of a word when people write it in different ways: with or
// without capitals, hyphens, underscores and spaces.
func Squash(s string) string { return joined.Replace(strings.ToLower(s)) }

// IDs are the words of a vocabulary.
func IDs(list []Name) []string {
	ids := make([]string, len(list))
	for i, n := range list {
		ids[i] = n.ID
	}
	return ids
}

// TriggerIDs are the site's own words for what sets incidents off, or else the usual
// ones.
func (c Config) TriggerIDs() []string { return ownOr(c.Triggers, Triggers) }

// DetectionIDs are the site's own words for how incidents are noticed, or else the
// usual ones.
func (c Config) DetectionIDs() []string { return ownOr(c.Detections, Detections) }

func ownOr(own []Name, usual []string) []string {
	if len(own) > 0 {
		return IDs(own)
	}
	return usual
}
