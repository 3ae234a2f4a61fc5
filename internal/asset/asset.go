// Package asset bundles the theme's JavaScript and CSS with esbuild and gives
// each file a name that changes with its bytes, so that a host may let
// browsers keep it for ever.
package asset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"

	"debrief/internal/diag"
	"debrief/internal/tree"
)

// Paths of the entry points in the layouts folder.
const (
	MainCSS    = "assets/css/main.css"
	MeetingCSS = "assets/css/runsheet.css"
	ChartCSS   = "assets/css/chart.css"
	MainJS     = "assets/js/main.js"
	SearchJS   = "assets/js/search.js"
	PaletteJS  = "assets/js/palette.js"
	RunSheetJS = "assets/js/runsheet.js"
	PracticeJS = "assets/js/practice.js"
	ActionsJS  = "assets/js/actions.js"
	Icon       = "assets/icons/favicon.svg"
)

// Bundle is the theme's files as they are published.
type Bundle struct {
	Files map[string][]byte // by path in the output
	Names map[string]string // path of the entry point -> path in the output
}

// New bundles the theme in a layouts folder. What is wrong with it comes back as
// findings, with paths inside that folder; the bundle is then not complete.
func New(layouts tree.Tree) (Bundle, []diag.Finding) {
	b := Bundle{Files: map[string][]byte{}, Names: map[string]string{}}
	var findings []diag.Finding
	for _, entry := range []string{MainCSS, MeetingCSS, ChartCSS, MainJS, SearchJS, PaletteJS, RunSheetJS, PracticeJS, ActionsJS} {
		if _, ok := layouts.File(entry); !ok {
			findings = append(findings, diag.Finding{Path: entry, Level: diag.Error, Rule: "theme", Text: "the theme has no such file"})
			continue
		}
		data, found := bundle(layouts, entry)
		findings = append(findings, found...)
		b.add(entry, data)
	}
	if f, ok := layouts.File(Icon); ok {
		data, err := f.Bytes()
		if err != nil {
			findings = append(findings, diag.Finding{Path: Icon, Level: diag.Error, Rule: "theme", Text: err.Error()})
		}
		b.add(Icon, data)
	}
	return b, findings
}

func (b Bundle) add(entry string, data []byte) {
	sum := sha256.Sum256(data)
	ext := path.Ext(entry)
	name := "assets/" + strings.TrimSuffix(path.Base(entry), ext) + "." + hex.EncodeToString(sum[:5]) + ext
	b.Names[entry] = name
	b.Files[name] = data
}

func bundle(layouts tree.Tree, entry string) ([]byte, []diag.Finding) {
	format := api.FormatIIFE
	if entry == PaletteJS {
		format = api.FormatESModule // pages import it when it is first used
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Write:             false,
		Outdir:            "out",
		Format:            format,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone,
		Charset:           api.CharsetUTF8,
		Engines:           []api.Engine{{Name: api.EngineChrome, Version: "123"}, {Name: api.EngineFirefox, Version: "120"}, {Name: api.EngineSafari, Version: "17.5"}},
		LogLevel:          api.LogLevelSilent,
		Plugins:           []api.Plugin{fromTree(layouts)},
	})
	var findings []diag.Finding
	note := func(messages []api.Message, level diag.Level) {
		for _, m := range messages {
			f := diag.Finding{Path: entry, Level: level, Rule: "theme", Text: m.Text}
			if l := m.Location; l != nil {
				f.Path = strings.TrimPrefix(l.File, namespace+":")
				f.Pos = diag.Pos{Line: l.Line, Col: 1 + utf8.RuneCountInString(l.LineText[:min(l.Column, len(l.LineText))])}
			}
			findings = append(findings, f)
		}
	}
	note(result.Errors, diag.Error)
	note(result.Warnings, diag.Warning)
	if len(result.OutputFiles) == 0 {
		return nil, findings
	}
	return result.OutputFiles[0].Contents, findings
}

const namespace = "layouts"

// fromTree makes esbuild read from a tree, and from nowhere else.
func fromTree(layouts tree.Tree) api.Plugin {
	return api.Plugin{Name: "tree", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			p := path.Clean(a.Path)
			if a.Kind != api.ResolveEntryPoint {
				p = path.Join(path.Dir(a.Importer), a.Path)
			}
			if _, ok := layouts.File(p); !ok {
				return api.OnResolveResult{}, fmt.Errorf("there is no file %s in the layouts folder", p)
			}
			return api.OnResolveResult{Path: p, Namespace: namespace}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: namespace}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			f, _ := layouts.File(a.Path)
			data, err := f.Bytes()
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text := string(data)
			loader := api.LoaderJS
			switch path.Ext(a.Path) {
			case ".css":
				loader = api.LoaderCSS
			case ".svg":
				loader = api.LoaderDataURL
			case ".json":
				loader = api.LoaderJSON
			}
			return api.OnLoadResult{Contents: &text, Loader: loader}, nil
		})
	}}
}
