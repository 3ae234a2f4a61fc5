// Package record is the base as programs see it: each incident as a value with a
// fixed shape in JSON, and an index of everything. The files of the site, the
// export and whatever else hands incidents to programs are made of these.
//
// # The rules of the shape
//
// Names are in snake_case. Every field is always there: a text that is unknown is
// "", a list without entries is [], and anything else that is unknown is null.
// Nothing is guessed, so null says that nobody wrote it down. Addresses are
// absolute. Lists are in the order in which the author wrote them.
//
// A time is an object. With the precision "instant" its "at" is an RFC 3339 time
// in the incident's own zone, with "day" it is a date alone, "2026-03-12".
//
// # Versions
//
// Every document carries "version". It grows when a field goes, changes its
// meaning or its type; programs should refuse versions that they do not know.
// Fields may be added without a new version; programs should pass over those
// that they do not know.
//
// What is not public never gets here: package site has left it out.
package record

// Version is that of the shape of Incident and Index.
const Version = 1

// Generator names the program that made a document.
const Generator = "debrief"
