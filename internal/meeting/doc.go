// Package meeting reads what the playbook says about meetings from the outline of
// its pages: the script of a post-mortem, the tasks before and after it, the
// situations that come up in it, and cards to practise with.
//
// All of it is ordinary Markdown that reads well as a page. A script has a table
// under the heading "Agenda" with the minutes of each step for meetings of several
// lengths, and a section for each step:
//
//	## Opening
//
//	**Cue:** The last person has sat down.
//
//	**Facilitator:** "Thank you for coming. We are here about [Outage Name]."
//
//	- [ ] Everybody has nodded
//
// Cue, Pause, Listen for and If it goes wrong are directions; any other word in
// bold with a colon speaks. Words in square brackets are filled in by the run-sheet.
package meeting
