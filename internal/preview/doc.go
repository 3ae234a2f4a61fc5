// Package preview shows a site while it is being written.
//
// It keeps the newest Site and makes the page that the browser asks for from
// it, at the moment it is asked for; so no page can be stale, and a save costs
// the same at ten incidents and at ten thousand. File events are hints to look
// again, never a description of what happened: a full look follows every burst
// of them, and one every two seconds for file systems that send none.
//
// # Mistakes
//
// A file that cannot be read any more, settings or layouts that make no sense:
// in their place stands the last version that did, until they are mended, and the
// page shows what is wrong and where. Everything else goes on.
//
// # Who may ask
//
// The server listens on the loopback address only, and answers only to requests
// whose Host is its own and which no other site has caused. There is no path on
// it that names a file on disk: it serves what the Site has, and nothing else.
package preview
