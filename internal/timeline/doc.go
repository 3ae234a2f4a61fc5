// Package timeline reads the timelines that people write into post-mortems:
// tables, headings, lists and paragraphs, with times as they are written.
//
// Reading has three steps, a file or two each:
//
//  1. section.go finds the parts of a text that are a timeline, and entry.go,
//     table.go and prose.go what is an entry there. An entry has a stamp, which is
//     what the author wrote of its time (stamp.go, date.go, clock.go, zone.go).
//  2. settle.go makes moments of stamps. The day may stand in an entry before, in
//     a heading or be the document's; the zone in a column's head or a sentence.
//  3. mark.go tells which entries say that the incident was detected, resolved
//     and so on.
//
// Nothing is invented: what has no time is no event, unless it is a row of a
// table of events; and where the day or the zone cannot be known the moment is
// unknown and the text remains. Each line is looked at a bounded number of times,
// and only near its ends.
package timeline
