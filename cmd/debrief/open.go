package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// open shows a page in the browser: of the published site, of a preview that is
// running, or of what was built.
func open(c console, kb *opened, page string) error {
	to, err := kb.site.Parse(page)
	if err != nil {
		return err
	}
	if to.Scheme != kb.site.Scheme || to.Host != kb.site.Host || !strings.HasPrefix(to.Path, kb.site.Path) {
		return fmt.Errorf("the page is not on the site: %s", to.Redacted())
	}
	if host := kb.site.Hostname(); host == "localhost" || host == "127.0.0.1" {
		if conn, err := net.DialTimeout("tcp", kb.site.Host, time.Second/4); err == nil {
			conn.Close()
		} else {
			file := filepath.Join(kb.out, filepath.FromSlash(strings.TrimPrefix(to.Path, kb.site.Path)), "index.html")
			abs, err := filepath.Abs(file)
			if err != nil {
				return err
			}
			if _, err := os.Stat(abs); kb.out == "" || err != nil {
				return hintError{fmt.Errorf("the site is not published, served or built, so there is no page to open"), "run debrief serve, or debrief build, or set base_url in site.yaml"}
			}
			to = &url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}
		}
	}
	fmt.Fprintf(c.err, "opening %s\n", to)
	return browse(to.String())
}

// browse hands an address to the desktop.
func browse(address string) error {
	var name string
	var args []string
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler"}
	default:
		name = "xdg-open"
		if b := os.Getenv("BROWSER"); b != "" && !strings.ContainsAny(b, ": %") {
			name = b
		}
	}
	if err := exec.Command(name, append(args, address)...).Run(); err != nil {
		return hintError{fmt.Errorf("%s: %w", name, err), "open the address yourself"}
	}
	return nil
}
