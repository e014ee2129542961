package project

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// Programs of chameleon (cmljs.org; chameleon-tool-utils 1.0, getJsonFileContent and
// findPolymorphicComponent; read 2026-11). The app is src/app/app.cml, its pages are in
// src/router.config.json, and each .cml file has its configuration in a block:
//
//	<script cml-type="json">{ "base": { "usingComponents": {} }, "wx": { "window": {} } }</script>
//
// What differs from platform to platform is in files of their own (form.wx.cml), in the blocks of an
// .interface file, or in <cml type="wx"> of a template.
var chameleon = &framework{platform.FrameworkByName("chameleon"), markup.Chameleon}

// typeAttr is the attribute that says what a script of chameleon is: "json", "interface", or the platforms that it is for.
const typeAttr = "cml-type"

// perTargetBlock finds what is for some platforms: blocks of scripts, branches of a template, pages in the list.
var perTargetBlock = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`cml-type=["'][^"']*\b(?:wx|alipay|baidu|qq|tt)\b|<cml\s+type=|"(?:wx|alipay|baidu|qq|tt)"\s*:\s*\{\s*"`)
})

// chameleon takes the app at p, app/app.cml below the sources, as a program of chameleon.
func (f *finder) chameleon(p string) {
	dir := path.Dir(p)
	if path.Base(dir) == "app" {
		dir = path.Dir(dir)
	}
	file, bad := f.list.read(p)
	if bad != nil {
		f.broken = append(f.broken, loadError(p, BadConfig, bad.Reason))
		return
	}
	config := f.list.configBlock(file, f.list.cache.component(file, nil), dir)
	if config.value == nil {
		config = stated{value: &jsonc.Value{Kind: jsonc.Object}, file: file}
	}
	router := f.readJSON(path.Join(dir, "router.config.json"), nil)
	config.value = f.withRoutesOf(config.value, router.value)
	if !describesApp(config.value) {
		f.broken = append(f.broken, loadError(p, BadConfig, lang.Both(
			"没有列出任何页面；chameleon 的页面应在 src/router.config.json 的 routes 里",
			"lists no pages; those of chameleon belong in the routes of src/router.config.json")))
		return
	}
	s := f.addFramework(chameleon, dir, p, config)
	if s == nil {
		return
	}
	settings := f.chameleonSettings(dir)
	s.Lists = path.Join(dir, "router.config.json")
	s.Named = namedInSettings(settings)
	for _, e := range elems(settings.Get("subProject")) {
		name := e.String()
		if e.Is(jsonc.Object) {
			name = e.Get("npmName").String()
		}
		f.unread = append(f.unread, Unread{Path: p, Hides: true, Reason: lang.Textf(
			"配置 subProject 把包 %s 的页面编入本程序，它们不在目录里，没有读取；请在安装依赖后把该包的源码一并扫描",
			"the setting subProject brings in the pages of the package %s, which is not in the tree; they were not read. Install the package and scan its sources, too", name)})
	}
}

// withRoutesOf adds the pages that router.config.json lists for the platform that is read.
func (f *finder) withRoutesOf(v, router *jsonc.Value) *jsonc.Value {
	pages := &jsonc.Value{Kind: jsonc.Array}
	seen := map[string]bool{}
	if own := v.Get("pages"); own != nil {
		pages.Elems = slices.Clone(own.Elems)
	}
	for _, e := range pages.Elems {
		seen[cleanRoute("", e.String())] = true
	}
	for _, r := range elems(router.Get("routes")) {
		route := r.Get("path")
		used := r.Get("usedPlatforms")
		here := used == nil || slices.ContainsFunc(elems(used), func(e *jsonc.Value) bool {
			return e.String() == f.list.target.Target(chameleon.Name)
		})
		if !route.Is(jsonc.String) || !here || seen[cleanRoute("", route.String())] {
			continue
		}
		seen[cleanRoute("", route.String())] = true
		pages.Elems = append(pages.Elems, jsonc.NewString(source.Span{}, strings.TrimPrefix(route.String(), "/")))
	}
	out := *v
	out.Members = slices.DeleteFunc(slices.Clone(v.Members), func(m *jsonc.Member) bool { return m.Name == "pages" })
	out.Members = append(out.Members, &jsonc.Member{Name: "pages", Value: pages})
	return &out
}

// chameleonSettings is what the project of the sources in dir tells the build: cml.config.merge({ … }).
func (f *finder) chameleonSettings(dir string) *jsonc.Value {
	const name = "chameleon.config.js"
	p := path.Join(f.list.packageDir(dir), name)
	if !f.list.has(p) {
		p = path.Join(path.Dir(dir), name)
	}
	if !f.list.has(p) {
		return nil
	}
	tree := f.readScript(p)
	if tree == nil {
		return nil
	}
	var all *jsonc.Value
	for _, s := range tree.Body() {
		e, ok := s.(*script.ExprStmt)
		if !ok {
			continue
		}
		call, ok := e.X.(*script.Call)
		if !ok || len(call.Args) == 0 {
			continue
		}
		fn, ok := call.Fn.(*script.Dot)
		if !ok || fn.Name != "merge" && fn.Name != "assign" {
			continue
		}
		v := constantsOf(tree).value(call.Args[0])
		if all == nil {
			all = v
		} else {
			all = overlay(all, v, true)
		}
	}
	return all
}

// namedInSettings are the platforms that chameleon.config.js names. Its template names every
// platform that there was when it was written: a list of all says nothing.
func namedInSettings(settings *jsonc.Value) (list []*platform.Platform) {
	named := map[string]bool{}
	for _, e := range elems(settings.Get("platforms")) {
		named[e.String()] = true
	}
	all := named["wx"] && named["alipay"] && named["baidu"]
	for i, on := range platform.Platforms() {
		if target := on.Target(chameleon.Name); all && i == 0 || !all && target != "" && named[target] {
			list = append(list, on)
		}
	}
	return list
}

// onTarget is what a block of configuration says for a platform: "base", and above it what its own key holds.
func onTarget(v *jsonc.Value, on *platform.Platform) *jsonc.Value {
	base, own := v.Get("base"), v.Get(on.Target(chameleon.Name))
	switch {
	case own == nil && base == nil:
		return &jsonc.Value{Kind: jsonc.Object}
	case own == nil:
		return base
	case base == nil:
		return own
	}
	return overlay(base, own, true)
}

// standsIn returns the file of the component that the .interface file at p names for the platform, or p:
//
//	<script cml-type="wx" src="./form.weixin.cml"></script>
func (l *parsed) standsIn(p string) string {
	if l.site.Framework != chameleon || !chameleon.single(p) {
		return p
	}
	named := l.parts[strings.TrimSuffix(p, path.Ext(p))+".interface"].script
	if path.Ext(named) == ".cml" {
		return named
	}
	return p
}

// isInclude reports whether b names the file that says what the .interface file at p does not: <include src="./base.interface">.
func (l *parsed) isInclude(p string, b *sfc.Block, blocks []*sfc.Block) bool {
	return b.Tag == "include" && path.Ext(p) == ".interface" &&
		!slices.ContainsFunc(blocks, func(b *sfc.Block) bool { return b.Tag == "script" && l.list.builds(b) && holdsCode(b) })
}

// typesIn are the platforms that blocks of scripts and branches of templates in a text are for.
func typesIn(text string) (names []string) {
	for _, at := range typedBlock().FindAllStringSubmatch(text, -1) {
		for _, name := range strings.Split(at[1], ",") {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}

var typedBlock = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:<script\s[^>]*cml-type|<cml\s+type)=["']([^"']*)["']`)
})
