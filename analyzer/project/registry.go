package project

import (
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// registry is the components of a framework's program that every template may use
// without naming their files.
type registry struct {
	byScript map[string]*Using // registered by a script, in kebab case
	byPage   map[string]*Using // native components that a page of Taro or mpvue names for all that is in it
	byRule   []easycom         // the rules of easycom for the names of tags
	listed   bool              // components.d.ts lists what the build brings in
	computed bool              // a script registers some under names that are not known; this is reported
	byPlace  map[string]string // files that uni-app finds by their place, by tag
	byName   map[string]string // the only file of its name in folders for components, by tag; "" if there are several

	// While components are registered, those that are made for it do not know yet what the
	// tags of their templates mean: another may be registered after them.
	open    bool
	waiting []func()
}

// settle runs what needs the whole registry: now, or once it is complete.
func (r *registry) settle(named func()) {
	if r.open {
		r.waiting = append(r.waiting, named)
		return
	}
	named()
}

// registerAll collects the components that scripts register for the whole program
// (Vue.component, app.component), and the places in which uni-app finds
// components by itself.
func (l *linked) registerAll() {
	l.registry = registry{
		byScript: map[string]*Using{}, byPage: map[string]*Using{}, byPlace: map[string]string{}, byName: l.namesakes(),
		byRule: easycomRules(l.site.Easycom), open: true,
	}
	if l.site.Framework == uniApp && (l.site.Easycom.Get("autoscan") == nil || l.site.Easycom.Get("autoscan").Bool()) {
		for _, p := range l.list.below(l.site.Source) {
			dir := path.Dir(p)
			if name := path.Base(dir); uniApp.single(p) && path.Base(path.Dir(dir)) == "components" && path.Base(p) == name+path.Ext(p) {
				l.registry.byPlace[spelling.Tag(name)] = p
			}
		}
	}
	l.registerDeclared()
	for _, name := range sortedKeys(l.modules) {
		m := l.modules[name]
		if m.Tree == nil || m.Library != "" || !strings.Contains(m.File.Text, ".component(") {
			continue
		}
		script.Walk(m.Tree, func(n script.Node) bool {
			call, ok := n.(*script.Call)
			if !ok || len(call.Args) != 2 {
				return true
			}
			if d, ok := call.Fn.(*script.Dot); ok && d.Name == "component" {
				l.register(m, call)
			}
			return true
		})
	}
	l.registerPlaced() // behind what scripts register
	l.registry.open = false
	for _, named := range l.registry.waiting {
		named()
	}
}

// namesakes returns the components of a uni-app program that are the only file of their name, by tag. One that nothing
// registers, and that lies deeper than uni-app looks, is what a tag of its name means: components/chat/chat-input.vue.
func (l *linked) namesakes() map[string]string {
	found := map[string]string{}
	if l.site.Framework != uniApp {
		return found
	}
	for _, p := range l.list.below(l.site.Source) {
		tag := spelling.Tag(nameOf(p))
		if !uniApp.single(p) || !strings.Contains(tag, "-") || !strings.Contains(p, "components/") {
			continue
		}
		if name, _ := l.shelf.library(p); name != "" {
			continue
		}
		if _, again := found[tag]; again {
			p = ""
		}
		found[tag] = p
	}
	return found
}

// declaredComponent is a line of components.d.ts, which plug-ins of Vite write:
//
//	Tip: typeof import('./src/components/tip.vue')['default']
var declaredComponent = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^\s*(\w+): typeof import\(["']([^"']+)["']\)\[["'](\w+)["']\]`)
})

// registerDeclared takes the components that components.d.ts lists.
func (l *linked) registerDeclared() {
	for _, dir := range []string{l.site.Root, path.Join(l.site.Root, "types"), l.site.Source, path.Join(l.site.Source, "types")} {
		at := path.Join(dir, "components.d.ts")
		for _, line := range declaredComponent().FindAllStringSubmatch(l.plain(at), -1) {
			l.registry.listed = true
			if p := l.resolve.Script(at, line[2]); l.site.Framework.single(p) {
				l.registry.byScript[spelling.Tag(line[1])] = l.usingFile(p, line[2])
			} else if p == "" && !strings.HasPrefix(line[2], ".") {
				using := &Using{}
				l.locate(using, dir, line[2])
				if line[3] != "default" {
					using.Name = spelling.Tag(line[3])
				}
				l.registry.byScript[spelling.Tag(line[1])] = using
			}
		}
	}
}

// register takes a call of Vue.component or app.component in m.
func (l *linked) register(m *Module, call *script.Call) {
	tag, _ := constant(call.Args[0])
	u := l.component(m, call.Args[1])
	if d, ok := call.Args[0].(*script.Dot); ok && d.Name == "name" && u != nil && u.Unit != nil &&
		u.Unit.Script != nil && u.Unit.Script.Tree != nil {
		tag, _ = constant(definitionOf(u.Unit.Script.Tree).member("name"))
	}
	switch _, literal := call.Args[0].(*script.String); {
	case tag != "" && u != nil:
		l.registry.byScript[spelling.Tag(tag)] = u
	case tag == "" && !literal && l.registerBehind(m, 0):
	case tag == "" && !literal:
		l.registry.computed = true
		l.report(Unread{Path: m.File.Path, Location: source.Location{File: m.File, Span: call.Span}, Hides: true,
			Reason: lang.Both("此处以计算得出的名称注册组件，模板中对它们的使用没有读取；请逐个以字面量名称注册",
				"components are registered here under names that are computed, and were not read in templates; register each by its name")})
	}
}

// listDepth is how many lists of components can stand between the script that registers
// them and their files: main.js, components/index.js.
const listDepth = 2

// registerBehind registers the components that m, which registers some under names that are
// computed, imports by itself or by its lists: each under its own name and that of its
// file. It reports whether there are any.
//
//	import * as parts from './components'
//	for (const name in parts) app.component(name, parts[name])
func (l *linked) registerBehind(m *Module, depth int) (any bool) {
	for _, i := range m.Imports {
		p := l.resolve.Script(m.File.Path, i.Spec)
		switch {
		case p == "" || i.types:
		case l.site.Framework.single(p):
			local := ""
			for _, id := range bindings(m.Tree, i) {
				local = id.Name
			}
			any = l.registerNamed(p, local) || any
		case depth < listDepth && l.modules[p] != nil && l.modules[p].Tree != nil && l.modules[p].Library == "":
			any = l.registerBehind(l.modules[p], depth+1) || any
		}
	}
	for _, call := range globsOf(m.Tree) {
		for p := range l.matched(m, call) {
			any = l.site.Framework.single(p) && l.registerNamed(p, "") || any
		}
	}
	return any
}

// registerNamed registers the component at p under the name that it gives itself, that of its
// file, and the one under which a script imports it. What is registered by its name comes first.
func (l *linked) registerNamed(p, local string) bool {
	using := l.usingFile(p, p)
	if using.Unit == nil || using.Unit.Kind == AppUnit {
		return false
	}
	own := ""
	if s := using.Unit.Script; s != nil && s.Tree != nil {
		own, _ = constant(definitionOf(s.Tree).member("name"))
	}
	file := nameOf(p)
	if file == "index" {
		file = path.Base(path.Dir(p))
	}
	for _, name := range []string{own, file, local} {
		if name != "" && l.registry.byScript[spelling.Tag(name)] == nil {
			l.registry.byScript[spelling.Tag(name)] = using
		}
	}
	return true
}
