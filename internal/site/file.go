package site

import (
	"path"
	"slices"
	"strings"
)

// published are the types of co-located files that may be part of the site:
// pictures, sounds and films, and data to download. Anything that a browser
// would run is not among them.
var published = []string{
	".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico",
	".mp3", ".mp4", ".ogg", ".wav", ".webm",
	".csv", ".gz", ".har", ".ics", ".json", ".log", ".pcap", ".pdf", ".tar", ".tgz", ".tsv", ".txt", ".yaml", ".yml", ".zip",
}

// Unpublishable returns why a file cannot be part of the site, or an empty
// string when it can.
func Unpublishable(p string) string {
	if low := strings.ToLower(p); low == "robots.txt" || low == "search/index.json" || strings.HasPrefix(low, "search/doc/") || strings.HasPrefix(low, "search/shard/") {
		return p + " is a name that the site needs for a file of its own"
	}
	if base := path.Base(p); !goodNames(base) {
		return base + " is a name that some systems cannot give to a file"
	}
	ext := strings.ToLower(path.Ext(p))
	if slices.Contains(published, ext) {
		return ""
	}
	if ext == "" {
		return path.Base(p) + " has no extension, so a browser cannot tell what it is"
	}
	return "files of the type " + ext + " are not published"
}
