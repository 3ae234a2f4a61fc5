package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/search"
	"debrief/internal/tree"
)

// opened is a knowledge base that can be searched.
type opened struct {
	*search.Base
	site   *url.URL // where its pages are, with the base path
	out    string   // folder in which they may have been built, or empty
	errors int      // in its content
	stamp  string   // of the content and all else that a kept index was made from
	close  func()
	anew   func(why error) (*opened, error) // opens it without what was kept, or nil
}

// base opens what is to be searched: a published site, or the one in a folder.
func (o *searchOptions) base(cmd *cobra.Command, c console, src source) (*opened, error) {
	if o.url != "" {
		return published(cmd, o.url)
	}
	return src.searchable(cmd, c)
}

// searchable opens the search of the site's folder: by the index that was kept,
// when that is of the content as it is now.
func (s *source) searchable(cmd *cobra.Command, c console) (*opened, error) {
	// Of ten thousand incidents either takes a while, so they are done at once.
	name, unusable := s.storeName()
	var kept *opened
	var reading sync.WaitGroup
	if unusable == nil {
		reading.Go(func() { kept, unusable = openStore(name) })
	}
	stamp, err := s.stamp(c)
	reading.Wait()
	if unusable == nil && (err != nil || stamp == "" || kept.stamp != stamp) {
		kept.close()
		unusable = errOld
	}
	switch {
	case err != nil:
		return nil, err
	case unusable == nil:
		kept.out = filepath.Join(s.dir, "public")
		kept.anew = func(why error) (*opened, error) {
			fmt.Fprintf(c.err, "the index in %s is made anew: %v\n", name, why)
			return s.index(cmd, c, name, stamp)
		}
		return kept, nil
	case search.IsDamaged(unusable):
		fmt.Fprintf(c.err, "the index in %s is made anew: %v\n", name, unusable)
	}
	return s.index(cmd, c, name, stamp)
}

// index reads the site and keeps its search under a name, unless that is empty.
func (s *source) index(cmd *cobra.Command, c console, name, stamp string) (*opened, error) {
	site, _, done, err := s.load(cmd, c)
	if err != nil {
		return nil, err
	}
	lists, err := site.Lists()
	if err != nil {
		done()
		return nil, err
	}
	base, err := search.Open(lists.Fetch)
	if err != nil {
		done()
		return nil, err
	}
	label := search.Label{Stamp: stamp, BaseURL: site.Pages.Config.BaseURL.String(), Errors: diag.Count(site.Findings(), diag.Error)}
	if name != "" {
		// A folder that cannot be written to costs time the next time, no more.
		_ = writeStore(name, label, lists)
	}
	return &opened{Base: base, site: site.Pages.Config.BaseURL, out: filepath.Join(s.dir, "public"), errors: label.Errors, close: done}, nil
}

// stamp changes with everything that the search is made from: the files of the
// content, the flags, the day, this program.
func (s *source) stamp(c console) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, search.Version, s.baseURL, s.drafts, s.future, s.day(c.now()))
	if self, err := os.Executable(); err == nil {
		if info, err := os.Stat(self); err == nil {
			fmt.Fprintln(h, info.Size(), info.ModTime().UnixNano())
		}
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintln(h, info.Main.Version)
	}
	root := filepath.Join(s.dir, "content")
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%q %d %d %v\n", inside, info.Size(), info.ModTime().UnixNano(), info.Mode())
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil // load says what is wrong
	}
	return hex.EncodeToString(h.Sum(nil)), err
}

// day is the day of the site, in whose zone a page's publish day begins.
func (s *source) day(now time.Time) kb.Date {
	data, _ := os.ReadFile(filepath.Join(s.dir, "content", parse.ConfigPath)) // without settings it is UTC
	config, _, _ := parse.Config(tree.NewFile(parse.ConfigPath, data))
	return kb.DateOf(now.In(config.Zone))
}

// storeName is where the index of the site is kept.
func (s *source) storeName() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir, err := real(s.dir)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(cache, "debrief", "search-"+hex.EncodeToString(sum[:8])+".zip"), nil
}

// errOld is a store that is not of the content as it is now.
var errOld = errors.New("the content has changed")

func openStore(name string) (*opened, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	store, err := search.OpenStore(f, info.Size())
	var base *search.Base
	if err == nil {
		base, err = search.Open(store.Fetch)
	}
	var site *url.URL
	if err == nil {
		site, err = url.Parse(store.BaseURL)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &opened{Base: base, site: site, errors: store.Errors, stamp: store.Stamp, close: func() { f.Close() }}, nil
}

// writeStore writes to a temporary name first, so that two programs at once do
// no harm and nobody reads half a store.
func writeStore(name string, label search.Label, lists *search.Lists) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".search-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = search.WriteStore(f, label, lists)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// errMissing is a file that a published site has not got, perhaps any more.
var errMissing = errors.New("")

// maxFetched is the size in bytes up to which a file of a published site is read.
const maxFetched = 64 << 20

// published opens the search of a published site.
func published(cmd *cobra.Command, address string) (*opened, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, usage(cmd, fmt.Errorf("--url must be the address of a site, such as https://kb.example.org/, not %q", address))
	}
	u.RawQuery, u.Fragment = "", ""
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	// The address of the search page, or of the first page's file, does as well.
	u.Path = strings.TrimSuffix(strings.TrimSuffix(u.Path, "index.html/"), "search/")
	client := &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if r.URL.Hostname() != u.Hostname() || len(via) > 5 {
			return fmt.Errorf("the site sends one to %s", r.URL.Redacted())
		}
		return nil
	}}
	fetch := func(p string) ([]byte, error) {
		at := u.JoinPath(p)
		request, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, at.String(), nil)
		if err != nil {
			return nil, err
		}
		response, err := client.Do(request)
		if err != nil {
			return nil, err
		}
		defer response.Body.Close()
		switch {
		case response.StatusCode == http.StatusOK:
		case response.StatusCode == http.StatusNotFound:
			return nil, fmt.Errorf("%s: %s%w", at.Redacted(), response.Status, errMissing)
		default:
			return nil, fmt.Errorf("%s: %s", at.Redacted(), response.Status)
		}
		return io.ReadAll(io.LimitReader(response.Body, maxFetched))
	}
	open := func(error) (*opened, error) {
		base, err := search.Open(fetch)
		if errors.Is(err, errMissing) || err != nil && search.IsDamaged(err) {
			return nil, hintError{err, "is it a site that debrief has built? --url takes its first page's address"}
		}
		if err != nil {
			return nil, err
		}
		return &opened{Base: base, site: u, close: client.CloseIdleConnections, anew: nil}, nil
	}
	kb, err := open(nil)
	if err == nil {
		kb.anew = open // it may be published anew just now
	}
	return kb, err
}
