package project

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/spelling"
)

// Components that the build registers by their place: unplugin-vue-components and its
// kin for Vue (README, dirs, globs, directoryAsNamespace), autoImportComponents of
// weapp-vite for native components (guide, auto-import; both read 2026-11).

// isVueComponents reports whether a package is such a plug-in for Vue.
func isVueComponents(pkg string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(pkg, "@uni-helper/"), "/")
	return name == "unplugin-vue-components" || name == "vite-plugin-uni-components"
}

// registerPlaced takes the components that a plug-in for Vue finds, below src/components
// unless it is told otherwise. A script or components.d.ts that registers a name is
// closer.
func (l *linked) registerPlaced() {
	for _, b := range l.list.buildConfigs(l.site.Root, l.report) {
		for _, o := range b.options(isVueComponents) {
			dirs := b.places(option(o, "dirs"))
			if option(o, "dirs") == nil {
				dirs = []string{path.Join(l.site.Source, "components")}
			}
			joined := b.constants.value(option(o, "directoryAsNamespace")).Bool()
			for _, p := range l.list.below(l.site.Source) {
				base := placedIn(p, dirs, b.places(option(o, "globs")))
				if base == "" || !l.site.Framework.single(p) {
					continue
				}
				name := nameOf(p)
				if joined {
					name = joinedName(strings.TrimPrefix(p, base+"/"))
				}
				if l.registry.byScript[spelling.Tag(name)] == nil {
					l.registry.byScript[spelling.Tag(name)] = l.usingFile(p, name)
				}
			}
		}
	}
}

// placedIn returns the directory among dirs that holds p, or its own directory if one of
// the patterns matches it; "" if neither.
func placedIn(p string, dirs, patterns []string) string {
	for _, d := range dirs {
		if under(d, p) {
			return d
		}
		if above := doublestarDir(d, p); above != "" {
			return above
		}
	}
	for _, glob := range patterns {
		if doublestar.ValidatePattern(glob) && doublestar.MatchUnvalidated(glob, p) {
			return path.Dir(p)
		}
	}
	return ""
}

// joinedName is form-phone-input for form/phone-input.vue, and for form/form-phone-input.vue:
// a directory's name is not repeated.
func joinedName(p string) string {
	parts := strings.Split(strings.TrimSuffix(p, path.Ext(p)), "/")
	if last := len(parts) - 1; parts[last] == "index" && last > 0 {
		parts = parts[:last]
	}
	name := ""
	for _, part := range parts {
		part = spelling.Tag(part)
		switch {
		case name == "" || part == name || strings.HasPrefix(part, name+"-"):
			name = part
		default:
			name += "-" + part
		}
	}
	return name
}

// placedComponents returns the native components that weapp-vite registers for all pages,
// by tag: those below components of the program and of each subpackage, unless its
// settings name other patterns.
func (l *linked) placedComponents() map[string]string {
	if !l.builtByWeappVite {
		return nil
	}
	patterns := []string{"components/**/*"}
	for _, s := range subpackages(l.program.Config.Value) {
		patterns = append(patterns, path.Join(s.Root, "components/**/*"))
	}
	for _, b := range l.list.buildConfigs(l.site.Root, l.report) {
		script.Walk(b.tree, func(n script.Node) bool {
			if p, ok := n.(*script.Property); ok && p.Key == "autoImportComponents" {
				switch v := b.constants.value(p.Value); {
				case v.Is(jsonc.Bool) && !v.Bool():
					patterns = nil
				case v.Get("globs") != nil:
					patterns = v.Get("globs").Strings()
				}
			}
			return true
		})
	}
	found := map[string]string{}
	for _, p := range l.own {
		base := strings.TrimSuffix(p, path.Ext(p))
		matches := func(glob string) bool { return doublestar.MatchUnvalidated(glob, l.route(p)) }
		if !l.isTemplate(p) || !slices.ContainsFunc(patterns, matches) {
			continue
		}
		if j := l.unitJSON(base, true); j != nil && j.value.Get("component").Bool() {
			found[nameOf(p)] = base
		}
	}
	return found
}

// asksFor reports whether package.json asks for a package.
func (l *configured) asksFor(name string) bool {
	for _, dir := range []string{l.site.Root, l.site.Source, l.list.packageDir(l.site.Source)} {
		manifest := l.readJSON(path.Join(dir, "package.json"), false)
		for _, key := range []string{"dependencies", "devDependencies"} {
			if manifest != nil && manifest.value.Path(key, name) != nil {
				return true
			}
		}
	}
	return false
}

// place fills in the components of a native unit that the build registers by their
// place.
func (l *linked) place(u *Unit) {
	if len(l.placed) == 0 || u.View == nil || u.Library != "" {
		return
	}
	for _, tag := range u.View.tags {
		if base := l.placed[tag]; base != "" && u.Components[tag] == nil {
			u.Components[tag] = &Using{Tag: tag, Value: "/" + l.route(base), base: base, Unit: l.unit(base, ComponentUnit)}
		}
	}
}

// unitJSON returns the configuration of a native page or component: its JSON file, or what
// a script in the place of one exports (index.json.ts, of weapp-vite).
func (l *found) unitJSON(base string, hides bool) *jsonFile {
	if j := l.readJSON(base+".json", hides); j != nil {
		return j
	}
	if c := l.list.exportedConfig(l.report, base+".json", "."); c.value != nil {
		return &jsonFile{c.file, c.value}
	}
	return nil
}
