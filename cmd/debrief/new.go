package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"debrief/content"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/scaffold"
	"debrief/internal/tree"
	"debrief/layouts"
)

func initCommand(c console) *cobra.Command {
	return &cobra.Command{
		Use:     "init [DIR]",
		Short:   "Begin a new knowledge base",
		Long:    "init writes the starter - settings, example incidents, the playbook and a glossary - into\nDIR/content. It never replaces a file.",
		Example: "  debrief init kb",
		Args:    arguments(0, 1, ""),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			starter, err := tree.FromFS(content.FS)
			if err != nil {
				return err
			}
			err = scaffold.Init(filepath.Join(dir, "content"), starter)
			if errors.Is(err, fs.ErrExist) {
				return hintError{err, "init begins a new knowledge base and replaces nothing; name another folder"}
			}
			if err != nil {
				return err
			}
			config := kb.DefaultConfig()
			if f, ok := starter.File(parse.ConfigPath); ok {
				config, _, _ = parse.Config(f)
			}
			schemas, err := scaffold.Schemas(filepath.Join(dir, "content"), config)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.out, "%s: %d files\n", filepath.Join(dir, "content"), len(starter.Files())+len(schemas))
			fmt.Fprintf(c.err, "next: debrief serve --site %s\n", dir)
			return nil
		},
	}
}

func newCommand(c console) *cobra.Command {
	var src source
	kinds := []string{"incident", "page", "term"}
	cmd := &cobra.Command{
		Use:   `new incident|page|term "TITLE"`,
		Short: "Begin a new page from an archetype",
		Long: `new writes a page with today's date and, for an incident, the next free id, and prints
its path. The text comes from layouts/archetypes/KIND.md, the site's own or the theme's.`,
		Example:   `  debrief new incident "Shared rooms could not be joined"`,
		ValidArgs: kinds,
		Args:      arguments(2, 2, "the kind or the title"),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind, title := args[0], strings.Join(strings.Fields(args[1]), " ")
			if !slices.Contains(kinds, kind) {
				return usage(cmd, fmt.Errorf("%q is none of incident, page and term", kind))
			}
			if title == "" {
				return usage(cmd, fmt.Errorf("the title is empty"))
			}
			archetype, err := src.archetype(kind)
			if err != nil {
				return err
			}
			config, incidents, err := src.incidents()
			if err != nil {
				return err
			}
			today := kb.DateOf(c.now().In(config.Zone))
			page := scaffold.Page{Kind: kind, Title: title, Today: today, ID: scaffold.NextID(incidents, today.Year)}
			path, err := scaffold.New(filepath.Join(src.dir, "content"), archetype, page)
			if errors.Is(err, fs.ErrExist) {
				return hintError{fmt.Errorf("%s is there already", filepath.Join(src.dir, "content", filepath.FromSlash(path))), "give the page another title, or edit that one"}
			}
			if err != nil {
				return err
			}
			if scaffold.NamesSchema(archetype) {
				if _, err := scaffold.Schemas(filepath.Join(src.dir, "content"), config); err != nil {
					return err
				}
			}
			fmt.Fprintln(c.out, filepath.Join(src.dir, "content", filepath.FromSlash(path)))
			return nil
		},
	}
	cmd.Flags().StringVar(&src.dir, "site", ".", "folder of the site")
	_ = cmd.MarkFlagDirname("site")
	return cmd
}

// archetype returns the text that a new page begins with.
func (s *source) archetype(kind string) ([]byte, error) {
	content, own, err := s.open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	name := "archetypes/" + kind + ".md"
	if own != nil {
		defer own.Close()
		t, _, err := own.Read()
		if err != nil {
			return nil, err
		}
		if f, ok := t.File(name); ok {
			return f.Bytes()
		}
	}
	return layouts.FS.ReadFile(name)
}
