package project

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/script"
)

// What the build puts in place of names: the variables of .env files (Vite, Vue CLI and
// Taro, environment variables; read 2026-11), and what define and its like state. The
// published program has those of .env.production.

// publishedModes and otherModes are the modes of a build, by the ends of the names of their
// .env files. The values of other modes are taken as well, behind that of the published
// program: a build for testers sends real data, too.
var (
	publishedModes = []string{"production", "prod", "pro", "release", "online", "master", ""}
	otherModes     = []string{"uat", "pre", "staging", "stage", "test", "trial", "development", "develop", "dev", "local"}
)

// Defined are the values that the build puts in place of names, such as
// "import.meta.env.VITE_HOST": texts as the program sees them, the published one first, then
// those of other modes.
type Defined map[string][]string

// add makes value one of those of name.
func (d Defined) add(name, value string) {
	if !slices.Contains(d[name], value) {
		d[name] = append(d[name], value)
	}
}

// defined collects what the build defines.
func (l *configured) defined() Defined {
	found := Defined{}
	dirs := []string{l.site.Root}
	if l.site.Source != l.site.Root {
		dirs = append(dirs, l.site.Source)
	}
	for _, dir := range slices.Clone(dirs) {
		for _, b := range publishedFirst(l.list.buildConfigs(dir, l.report)) {
			script.Walk(b.tree, func(n script.Node) bool {
				switch n := n.(type) {
				case *script.Property:
					switch n.Key {
					case "envDir":
						dirs = append(dirs, b.places(n.Value)...)
					case "define", "defineConstants":
						b.definitions(n.Value, "", found)
					case "env":
						b.definitions(n.Value, "process.env.", found)
					}
				case *script.New: // new webpack.DefinePlugin({…})
					if d, ok := n.Fn.(*script.Dot); ok && d.Name == "DefinePlugin" && len(n.Args) == 1 {
						b.definitions(n.Args[0], "", found)
					}
				}
				return true
			})
		}
	}
	published := map[string]bool{}
	for _, mode := range slices.Concat(publishedModes, otherModes) {
		for _, dir := range append(dirs, path.Join(l.site.Root, "env")) {
			name := ".env"
			if mode != "" {
				name += "." + mode
			}
			for key, value := range variables(l.plain(path.Join(dir, name))) {
				if published[key] && slices.Contains(publishedModes, mode) {
					continue // the one before comes first
				}
				published[key] = published[key] || slices.Contains(publishedModes, mode)
				found.add("import.meta.env."+key, value)
				found.add("process.env."+key, value)
			}
		}
	}
	return found
}

// publishedFirst puts the scripts of other builds, such as config/dev.js, behind those whose
// values the published program has.
func publishedFirst(list []*buildConfig) []*buildConfig {
	slices.SortStableFunc(list, func(a, b *buildConfig) int { return cmp.Compare(b.published(), a.published()) })
	return list
}

// published is 0 for a script of another build.
func (b *buildConfig) published() int {
	name := path.Base(b.tree.File.Path)
	if slices.Contains(otherModes, strings.TrimSuffix(name, path.Ext(name))) {
		return 0
	}
	return 1
}

// definitions reads the literals of define: { __HOST__: JSON.stringify('https://…') }, whose
// values are source text.
func (b *buildConfig) definitions(x script.Expr, prefix string, found Defined) {
	o := b.constants.objectOf(x)
	if o == nil {
		return
	}
	for _, p := range o.Props {
		if p.Computed != nil || p.Value == nil {
			continue
		}
		name := prefix + p.Key
		if call, ok := p.Value.(*script.Call); ok {
			if d, ok := call.Fn.(*script.Dot); ok && d.Name == "stringify" && len(call.Args) == 1 {
				if v := b.constants.value(call.Args[0]); v.Is(jsonc.String) {
					found.add(name, v.String())
				}
			}
			continue
		}
		if v := b.constants.value(p.Value); v.Is(jsonc.String) {
			if text := v.String(); len(text) > 1 && strings.ContainsRune(`"'`, rune(text[0])) && text[0] == text[len(text)-1] {
				found.add(name, text[1:len(text)-1])
			}
		}
	}
}

// variable is a line of a .env file: NAME = value # comment.
var variable = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("(?m)^[ \t]*(?:export[ \t]+)?([\\w.]+)[ \t]*=[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^#\r\n]*))")
})

// variables reads a .env file. ${NAME} stands for the value of a variable before.
func variables(text string) map[string]string {
	found := map[string]string{}
	for _, line := range variable().FindAllStringSubmatch(text, -1) {
		value := strings.TrimSpace(line[2] + line[3] + line[4])
		for name, known := range found {
			value = strings.ReplaceAll(value, "${"+name+"}", known)
		}
		found[line[1]] = value
	}
	return found
}
