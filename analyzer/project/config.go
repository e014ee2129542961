package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/source"
)

// overlay returns base with the members of over: equal keys are replaced and
// objects merged, at the first level or, with deep, at every level. Values from
// over have no place in base's file and get a zero span.
func overlay(base, over *jsonc.Value, deep bool) *jsonc.Value {
	if !base.Is(jsonc.Object) || !over.Is(jsonc.Object) {
		return base
	}
	merged := *base
	merged.Members = slices.Clone(base.Members)
	for _, m := range over.Members {
		i := slices.IndexFunc(merged.Members, func(b *jsonc.Member) bool { return b.Name == m.Name })
		value := unplaced(m.Value)
		switch {
		case i < 0:
			merged.Members = append(merged.Members, &jsonc.Member{Name: m.Name, Value: value})
		case value.Is(jsonc.Object) && merged.Members[i].Value.Is(jsonc.Object):
			old := merged.Members[i]
			if deep {
				value = overlay(old.Value, value, true)
			} else {
				value = overlay(old.Value, value, false)
			}
			merged.Members[i] = &jsonc.Member{Span: old.Span, Name: m.Name, NameSpan: old.NameSpan, Value: value}
		default:
			merged.Members[i] = &jsonc.Member{Name: m.Name, Value: value}
		}
	}
	return &merged
}

// unplaced copies v without spans.
func unplaced(v *jsonc.Value) *jsonc.Value {
	if v == nil {
		return nil
	}
	c := *v
	c.Span = source.Span{}
	c.Elems, c.Members = nil, nil
	for _, e := range v.Elems {
		c.Elems = append(c.Elems, unplaced(e))
	}
	for _, m := range v.Members {
		c.Members = append(c.Members, &jsonc.Member{Name: m.Name, Value: unplaced(m.Value)})
	}
	return &c
}

// ownPlatform merges the block for mini programs of a multi-platform file into
// it and drops the blocks of the other platforms.
func ownPlatform(v *jsonc.Value) *jsonc.Value {
	if !v.Is(jsonc.Object) || !slices.ContainsFunc(v.Members, isPlatformBlock) {
		return v
	}
	base := *v
	base.Members = slices.DeleteFunc(slices.Clone(v.Members), isPlatformBlock)
	if own := v.Get(ownBlock); own != nil {
		return overlay(&base, own, true)
	}
	return &base
}

// ownBlock and blockPrefix are keys of a JSON file whose content is merged into it
// when it is built as a mini program; the other keys of that form are dropped
// (multi-platform projects of the WeChat tools).
const (
	ownBlock    = "mini-weixin"
	blockPrefix = "mini-"
)

func isPlatformBlock(m *jsonc.Member) bool { return strings.HasPrefix(m.Name, blockPrefix) }

// elems and members may be called on a nil value.
func elems(v *jsonc.Value) []*jsonc.Value {
	if v == nil {
		return nil
	}
	return v.Elems
}

func members(v *jsonc.Value) []*jsonc.Member {
	if v == nil {
		return nil
	}
	return v.Members
}

// subpackage is one entry of subPackages.
type subpackage struct {
	Root        string // without slashes at its ends
	Independent bool
	Value       *jsonc.Value
}

// subpackages returns the entries under either spelling.
func subpackages(v *jsonc.Value) []subpackage {
	var list []subpackage
	for _, key := range []string{"subPackages", "subpackages"} {
		for _, e := range elems(v.Get(key)) {
			root := strings.Trim(e.Get("root").String(), "/")
			list = append(list, subpackage{Root: root, Independent: e.Get("independent").Bool(), Value: e})
		}
	}
	return list
}

// readConfig fills in what app.json and ext.json say.
func (l *configured) readConfig() {
	v := ownPlatform(l.site.Config)
	if ext := l.readJSON(path.Join(l.site.Source, "ext.json"), false); ext != nil && ext.value.Get("extEnable").Bool() {
		// ext.json is that of a third-party platform's program: its keys
		// override app.json, and extPages overrides the pages' own files.
		l.extPages = ext.value.Get("extPages")
		over := *ext.value
		over.Members = slices.DeleteFunc(slices.Clone(over.Members), func(m *jsonc.Member) bool {
			return strings.HasPrefix(m.Name, "ext") || m.Name == "directCommit"
		})
		v = overlay(v, &over, false)
	}
	c := &Config{File: l.site.File, Value: v, RequiredPrivateInfo: v.Get("requiredPrivateInfos").Strings(), Declared: v,
		DeclaredFile: l.site.File}
	if d := l.site.Declared; d != nil {
		c.Declared, c.DeclaredFile = d.value, d.file
	}
	l.program.Config = c
	if l.site.Form == plugin {
		for _, m := range members(v.Get("pages")) {
			l.addPage("", m.Value)
		}
	} else {
		for _, e := range elems(v.Get("pages")) {
			l.addPage("", e)
		}
		for _, s := range subpackages(v) {
			if s.Independent {
				l.independent = append(l.independent, s.Root)
			}
			for _, e := range elems(s.Value.Get("pages")) {
				l.addPage(s.Root, e)
			}
			l.addPlugins(s.Value.Get("plugins"))
		}
	}
	c.EntryPage = cleanRoute("", v.Get("entryPagePath").String())
	if c.EntryPage == "" && len(c.Pages) > 0 {
		c.EntryPage = c.Pages[0]
	}
	l.addPlugins(v.Get("plugins"))
}

// addPage registers one route; some platforms write pages as objects.
func (l *configured) addPage(root string, v *jsonc.Value) {
	text := v.String()
	if v.Is(jsonc.Object) {
		text = v.Get("path").String()
	}
	route := cleanRoute(root, text)
	if route == "" || l.routes[route] {
		return
	}
	l.routes[route] = true
	l.routeSpan[route] = v.Span
	l.program.Config.Pages = append(l.program.Config.Pages, route)
}

// cleanRoute joins a subpackage root and a page path. It ignores slashes at the
// ends, a ./ in front and a suffix.
func cleanRoute(root, text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	text = strings.TrimPrefix(path.Join("/", root, text), "/")
	for _, f := range platform.Platforms() {
		text = strings.TrimSuffix(text, f.Markup)
	}
	for _, f := range []*framework{wepy, wepyVue, mpx, chameleon} {
		text = strings.TrimSuffix(text, f.Single[0])
	}
	return text
}

func (l *configured) addPlugins(v *jsonc.Value) {
	for _, m := range members(v) {
		l.program.Plugins = append(l.program.Plugins, Plugin{
			Alias:    m.Name,
			Provider: m.Value.Get("provider").String(),
			Version:  m.Value.Get("version").String(),
			Location: source.Location{File: l.site.File, Span: m.Span},
		})
	}
}

// templateSuffixes are the endings of the program's own templates: weapp-vite takes .html for the
// platform's (its constants, templateExtensions; read 2026-11).
func (l *configured) templateSuffixes() []string {
	if l.builtByWeappVite {
		return []string{l.platform.Markup, ".html"}
	}
	return []string{l.platform.Markup}
}

// isTemplate reports whether a file of this name is a template of the program.
func (l *configured) isTemplate(p string) bool {
	return slices.Contains(l.templateSuffixes(), path.Ext(p))
}

// hasTemplate reports whether has knows a template of the program that is called base, without its
// suffix.
func (l *configured) hasTemplate(has func(string) bool, base string) bool {
	return slices.ContainsFunc(l.templateSuffixes(), func(suffix string) bool { return has(base + suffix) })
}

// markups are the endings of templates, that of the program's platform first. QQ also
// takes those of WeChat, and it is better to read a template in another dialect than
// to lose it.
func (l *configured) markups() []string {
	list := l.templateSuffixes()
	for _, p := range platform.Platforms() {
		if p.Markup != l.platform.Markup {
			list = append(list, p.Markup)
		}
	}
	return list
}

// newResolver sets up name resolution for the program over the given files.
func (l *configured) newResolver(tree *resolve.Tree) *resolve.Resolver {
	v := l.program.Config.Value
	r := &resolve.Resolver{
		Tree:     tree,
		Root:     l.site.Source,
		Scripts:  l.site.Framework.suffixes(),
		Infixes:  l.site.Framework.infixes(l.list.target),
		Indexes:  l.site.Framework.indexes(l.list.target),
		Markup:   l.markups(),
		Filters:  slices.Concat(platform.Filters(), []string{".js"}), // on some platforms a tag may name a plain script
		Packages: l.packages,
		Bundled:  l.site.Framework != nil,
	}
	for _, m := range members(v.Get("resolveAlias")) {
		if a, ok := resolve.NewAlias(m.Name, m.Value.String()); ok {
			r.Aliases = append(r.Aliases, a)
		}
	}
	r.Aliases = append(r.Aliases, l.aliases()...)
	resolve.SortAliases(r.Aliases)
	extended := map[string]bool{}
	collect := func(v *jsonc.Value) {
		for _, m := range members(v) {
			if m.Value.Bool() {
				extended[m.Name] = true
			}
		}
	}
	collect(v.Get("useExtendedLib"))
	for _, s := range subpackages(v) {
		collect(s.Value.Get("useExtendedLib"))
	}
	for name := range extended {
		for _, pkg := range resolve.ExtendedLibrary(name) {
			l.dependencies[pkg] = true
		}
	}
	return r
}
