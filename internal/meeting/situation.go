package meeting

import (
	"strings"

	"debrief/internal/markdown"
)

// Words reads what to say in a situation, and what not to, from the lists under
// the headings "Say" and "Don't say".
func Words(blocks []markdown.Block) (say, dontSay []string) {
	var to *[]string
	for _, b := range blocks {
		switch b.Kind {
		case markdown.HeadingBlock:
			switch strings.ToLower(strings.ReplaceAll(oneLine(b.Text), "’", "'")) {
			case "say", "what to say":
				to = &say
			case "don't say", "do not say", "what not to say":
				to = &dontSay
			default:
				to = nil
			}
		case markdown.ItemBlock:
			if to != nil && b.Level == 1 {
				*to = append(*to, oneLine(b.Text))
			}
		}
	}
	return say, dontSay
}
