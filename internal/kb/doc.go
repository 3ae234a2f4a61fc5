// Package kb holds the nouns of a knowledge base: incidents, the chapters of
// the playbook, glossary terms and plain pages, as they are written.
//
// Values of this package come out of package parse and are never changed
// afterwards. They know nothing of each other: how pages relate is package
// site's to say.
package kb
