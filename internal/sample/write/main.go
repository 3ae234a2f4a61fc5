// Command write puts a sample knowledge base on disk:
//
//	go run ./internal/sample/write -n 10000 -out /tmp/kb
package main

import (
	"flag"
	"log"
	"path/filepath"

	"debrief/internal/sample"
	"debrief/internal/scaffold"
)

func main() {
	n := flag.Int("n", 1000, "how many incidents")
	out := flag.String("out", "", "folder of the site, which must not have these files yet")
	flag.Parse()
	if *out == "" {
		log.Fatal("name a folder with -out")
	}
	if err := scaffold.Init(filepath.Join(*out, "content"), sample.Tree(*n)); err != nil {
		log.Fatal(err)
	}
}
