package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/scaffold"
	"debrief/internal/schema"
)

func schemaCommand(c console) *cobra.Command {
	var src source
	var write bool
	kinds := []string{"incident", "site"}
	cmd := &cobra.Command{
		Use:   "schema [incident|site]",
		Short: "Print the JSON Schema of front matter or settings",
		Long: `schema prints what the front matter of an incident may hold, or site.yaml, as JSON
Schema (draft-07), by which editors complete and check it. In a site, its own severities,
services, factors and triggers are part of it.

With --write it goes to content/.schema/, where the first line of a new incident looks for
it. debrief init and debrief new do that by themselves.`,
		Example:   "  debrief schema --write",
		ValidArgs: kinds,
		Args:      arguments(0, 1, ""),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind := "incident"
			if len(args) == 1 {
				kind = args[0]
			}
			switch {
			case !slices.Contains(kinds, kind):
				return usage(cmd, fmt.Errorf("%q is neither incident nor site", kind))
			case write && len(args) == 1:
				return usage(cmd, errors.New("--write writes both schemas; leave out the word"))
			}
			config, err := src.config()
			var hinted hintError
			if errors.As(err, &hinted) && !write && !cmd.Flags().Changed("site") {
				config, err = kb.DefaultConfig(), nil // not in a site: what is the same everywhere
			}
			if err != nil {
				return err
			}
			if !write {
				s := schema.Site()
				if kind == "incident" {
					s = schema.Incident(config)
				}
				_, err := c.out.Write(s.JSON())
				return err
			}
			written, err := scaffold.Schemas(filepath.Join(src.dir, "content"), config)
			for _, p := range written {
				fmt.Fprintln(c.out, filepath.Join(src.dir, "content", filepath.FromSlash(p)))
			}
			return err
		},
	}
	cmd.Flags().StringVar(&src.dir, "site", ".", "folder of the site")
	cmd.Flags().BoolVar(&write, "write", false, "write both into the site's content/.schema/ instead")
	_ = cmd.MarkFlagDirname("site")
	return cmd
}

// config reads the settings alone. A setting that cannot be read has its usual
// value: what is wrong with it is for debrief check to say.
func (s *source) config() (kb.Config, error) {
	content, own, err := s.open()
	if err != nil {
		return kb.Config{}, err
	}
	defer content.Close()
	if own != nil {
		defer own.Close()
	}
	t, _, err := content.Read()
	if err != nil {
		return kb.Config{}, err
	}
	f, ok := t.File(parse.ConfigPath)
	if !ok {
		return kb.DefaultConfig(), nil
	}
	config, _, _ := parse.Config(f)
	return config, nil
}
