package resolve

import (
	"slices"
	"sort"
	"strings"

	"github.com/beian/beian/analyzer/platform"
)

// Alias is one entry of resolveAlias: both sides end in "/*" as written, which
// is left off here.
type Alias struct {
	Prefix string // "@/": what a specifier starts with
	Target string // "utils/": relative to the program's root
}

// NewAlias returns the alias for an entry of resolveAlias, and false if the
// entry does not have the form that the tools accept. "@": "./src" without the
// stars, as other build tools write it, is accepted.
func NewAlias(key, value string) (Alias, bool) {
	if key == "" {
		return Alias{}, false
	}
	prefix := strings.TrimSuffix(strings.TrimSuffix(key, "*"), "/") + "/"
	target := strings.TrimSuffix(strings.TrimSuffix(value, "*"), "/")
	if target != ".." && !strings.HasPrefix(target, "../") {
		target = strings.TrimPrefix(strings.TrimPrefix(target, "."), "/")
	}
	if prefix == "/" && !strings.HasPrefix(key, "/") {
		return Alias{}, false
	}
	return Alias{Prefix: prefix, Target: target}, true
}

// SortAliases puts the longest prefix first: it wins. Among equal prefixes, the
// first under which the file exists wins.
func SortAliases(aliases []Alias) {
	slices.SortStableFunc(aliases, func(a, b Alias) int { return len(b.Prefix) - len(a.Prefix) })
}

// aliased returns the root-relative paths that spec can mean, the best first.
func aliased(aliases []Alias, spec string) (targets []string) {
	for _, a := range aliases {
		if rest, ok := strings.CutPrefix(spec, a.Prefix); ok {
			targets = append(targets, a.Target+"/"+rest)
		} else if spec+"/" == a.Prefix {
			targets = append(targets, a.Target)
		}
	}
	return targets
}

// SplitPackage is platform.SplitPackage, for which a relative specifier that leads into
// node_modules names its package there.
func SplitPackage(spec string) (name, rest string) {
	if strings.HasPrefix(spec, ".") && strings.Contains(spec, "/node_modules/") {
		return PackageOf(spec)
	}
	return platform.SplitPackage(spec)
}

// PackageOf returns the package whose directory, in miniprogram_npm, node_modules or
// uni_modules (plugins of DCloud's market), holds the file p, and the path of p
// within it; "" for none.
func PackageOf(p string) (name, rest string) {
	for _, marker := range []string{"miniprogram_npm/", "node_modules/", "uni_modules/"} {
		i := strings.LastIndex(p, marker)
		if i < 0 || i > 0 && p[i-1] != '/' {
			continue
		}
		return SplitPackage(p[i+len(marker):])
	}
	return "", ""
}

func sortedNames(m map[string]Package) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
