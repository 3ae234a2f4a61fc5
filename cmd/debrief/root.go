package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"debrief/internal/diag"
)

func rootCommand(c console) *cobra.Command {
	root := &cobra.Command{
		Use:   "debrief",
		Short: "Make a searchable site from a folder of post-mortems",
		Long: `debrief turns a folder of Markdown - post-mortems and the guide for talking
about them - into a fast, searchable static site, and shows it live while you write.

Any folder with a content/ folder in it is a site.`,
		Example:       "  debrief init kb && cd kb && debrief serve",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return usage(cmd, fmt.Errorf("there is no command %q", args[0]))
		},
	}
	root.SetOut(c.out)
	root.SetErr(c.err)
	root.SetFlagErrorFunc(usage)
	root.AddCommand(initCommand(c), newCommand(c), buildCommand(c), serveCommand(c), checkCommand(c), searchCommand(c), facilitateCommand(c), actionsCommand(c), importCommand(c), exportCommand(c), schemaCommand(c), versionCommand(c))
	root.InitDefaultCompletionCmd()
	for _, sub := range root.Commands() {
		if sub.Name() == "completion" {
			sub.Example = "  source <(debrief completion bash)"
		}
	}
	return root
}

// usage makes a complaint about the command line out of an error, whose last
// word is the one that nobody knows.
func usage(cmd *cobra.Command, err error) error {
	hint := fmt.Sprintf("see %s --help", cmd.CommandPath())
	words := strings.Fields(err.Error())
	unknown := strings.Trim(words[len(words)-1], `"`)
	var known []string
	if strings.HasPrefix(unknown, "-") {
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
	} else {
		for _, sub := range cmd.Commands() {
			known = append(known, sub.Name())
		}
	}
	if near := diag.Suggest(unknown, known); near != "" {
		hint = fmt.Sprintf("did you mean %s? %s", near, hint)
	}
	return usageError{err, hint}
}

// arguments checks how many arguments a command gets.
func arguments(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage(cmd, fmt.Errorf("%s is missing", what))
		case most >= 0 && len(args) > most:
			return usage(cmd, fmt.Errorf("there is one argument too many: %q", args[most]))
		}
		return nil
	}
}
