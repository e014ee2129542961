// Package rewrite writes programs differently so that they do the same: with other line
// ends or encodings, compressed, lowered to older JavaScript, with code moved to other
// files. Tests compare the reports before and after: how a program is written must not
// decide what is found in it.
package rewrite

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Rewriting is one way to write a program differently.
type Rewriting struct {
	Name  string
	apply func(files map[string]string)
}

// Apply returns the files of a program, by path, as the rewriting makes them.
func (r Rewriting) Apply(files map[string]string) map[string]string {
	out := maps.Clone(files)
	r.apply(out)
	return out
}

// Original returns the path in the original program of a file that a rewriting made.
func Original(file string) string { return strings.Replace(file, moved, "", 1) }

// moved is put before the suffix of a script that was moved.
const moved = "-moved"

// All returns the rewritings, simple ones first.
func All() []Rewriting {
	compressed := api.TransformOptions{MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true}
	return []Rewriting{
		{"line ends of Windows", texts(func(_, s string) string { return strings.ReplaceAll(s, "\n", "\r\n") })},
		{"mixed line ends", texts(func(_, s string) string { return strings.Replace(s, "\n", "\r\n", 3) })},
		{"byte order mark", texts(func(_, s string) string { return "\ufeff" + s })},
		{"GBK", texts(gbk)},
		{"tabs", texts(tabs)},
		{"blank lines", texts(func(_, s string) string { return "\n\n\n" + s + "\n\n\n" })},
		{"dead code", texts(dead)},
		{"moved to a module", moveOut},
		{"printed anew", scripts(api.TransformOptions{})},
		{"renamed locals", scripts(api.TransformOptions{MinifyIdentifiers: true})},
		{"compressed", scripts(compressed)},
		{"ES2017", scripts(api.TransformOptions{Target: api.ES2017})},
		{"ES2015", scripts(api.TransformOptions{Target: api.ES2015})},
	}
}

// texts changes every text of the program; what names its pages in JSON is left alone
// where a tool of the platform would not read it.
func texts(change func(name, text string) string) func(map[string]string) {
	return func(files map[string]string) {
		for name, text := range files {
			switch path.Ext(name) {
			case ".js", ".ts", ".tsx", ".jsx", ".vue", ".wpy", ".mpx", ".wxml", ".wxs", ".json":
				files[name] = change(name, text)
			}
		}
	}
}

func tabs(_, text string) string {
	return indent.ReplaceAllStringFunc(text, func(m string) string { return strings.Repeat("\t", len(m)) })
}

var indent = regexp.MustCompile(`(?m)^ +`)

// gbk stores a text as older Chinese editors do; one that it cannot hold stays.
func gbk(_, text string) string {
	out, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		return text
	}
	return out
}

// dead adds code that nothing calls and markup that nothing shows.
func dead(name, text string) string {
	switch path.Ext(name) {
	case ".js", ".ts":
		return "function neverCalled0(a, b) { return a ? b : [a, { b }] }\n" + text + "\nvar neverRead0 = neverCalled0\n"
	case ".wxml":
		return "<!-- nothing -->\n" + text + "\n<view wx:if=\"{{false}}\"><text>-</text></view>\n"
	}
	return text
}

var registers = regexp.MustCompile(`(?m)^(Page|Component)\(`)

// moveOut moves the script of each page and component to a module beside it.
func moveOut(files map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		ext := path.Ext(name)
		if (ext != ".js" && ext != ".ts") || !registers.MatchString(files[name]) {
			continue
		}
		stem := strings.TrimSuffix(name, ext)
		files[stem+moved+ext] = files[name]
		files[name] = fmt.Sprintf("require('./%s%s')\n", path.Base(stem), moved)
	}
}

// scripts lets esbuild write every script anew, one by one.
func scripts(o api.TransformOptions) func(map[string]string) {
	loaders := map[string]api.Loader{".js": api.LoaderJS, ".ts": api.LoaderTS, ".tsx": api.LoaderTSX, ".jsx": api.LoaderJSX}
	return func(files map[string]string) {
		for name, text := range files {
			o := o
			var ok bool
			if o.Loader, ok = loaders[path.Ext(name)]; !ok || strings.HasSuffix(name, ".d.ts") || strings.Contains(name, "config") {
				continue
			}
			o.JSX, o.Charset = api.JSXPreserve, api.CharsetUTF8
			o.TsconfigRaw = `{"compilerOptions": {"verbatimModuleSyntax": true}}`
			if out := api.Transform(text, o); len(out.Errors) == 0 {
				files[name] = string(out.Code)
			}
		}
	}
}
