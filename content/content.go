// Package content embeds the starter site: the example incidents, the playbook
// and the glossary with which `debrief init` begins a knowledge base.
package content

import "embed"

// FS is the folder, with content.go itself left out.
//
//go:embed site.yaml index.md about.md incidents playbook glossary
var FS embed.FS
