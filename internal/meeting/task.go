package meeting

import (
	"strings"

	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// Tasks are the items of a text that have a box to tick. What is listed below one
// is part of it.
func Tasks(blocks []markdown.Block) []kb.Task {
	var list []kb.Task
	group, level := "", 0 // of the task that is being read; 0 for none
	for _, b := range blocks {
		switch {
		case b.Kind == markdown.HeadingBlock:
			group, level = oneLine(b.Text), 0
		case b.Kind == markdown.ItemBlock && b.Box != markdown.NoBox:
			level = b.Level
			list = append(list, kb.Task{Group: group, Title: oneLine(b.Bold), Text: after(b)})
		case level > 0 && (b.Kind == markdown.ItemBlock && b.Level > level || b.Kind == markdown.ParagraphBlock && b.Level >= level):
			t := &list[len(list)-1]
			t.Text = strings.TrimSpace(t.Text + " " + oneLine(b.Text))
		default:
			level = 0
		}
	}
	return list
}

// after is the text of a block behind the words in bold that it begins with.
func after(b markdown.Block) string {
	text := oneLine(b.Text)
	if rest, ok := strings.CutPrefix(text, oneLine(b.Bold)); ok && b.Bold != "" {
		text = strings.TrimPrefix(strings.TrimSpace(rest), ":")
	}
	return strings.TrimSpace(text)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
