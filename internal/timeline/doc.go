// Package timeline reads the timelines that people write into post-mortems:
// tables, headings, lists and paragraphs, with times as they are written.
//
// Reading has three steps, a file or two each:
//
//  1. section.go finds the parts of a text that are a timeline, and entry.go and
//     table.go what is an entry there. An entry has a stamp, which is what the
//     author wrote of its time: line.go looks for one at the ends of a line,
//     stamp.go, date.go, clock.go and zone.go read it.
//  2. settle.go and moment.go make moments of stamps. The day may stand in an entry
//     before or in a heading, or be the document's; the zone in the head of a column
//     or in a sentence.
//  3. mark.go tells which entries say that the incident was detected, resolved
//     and so on.
//
// Beside that, stated.go reads the lengths that a text gives in words.
//
// Nothing is invented: what has no time is no event, unless it is a row of a
// table of events; and where the day or the zone cannot be known the moment is
// unknown and the text remains. Each line is looked at a bounded number of times,
// and only near its ends.
package timeline
