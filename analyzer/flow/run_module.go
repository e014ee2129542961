package flow

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// The modules of a program: what require and import return, and the scripts of
// wxs.

// module is the run-time side of a script.
type module struct {
	object  *Object // its module: holds exports
	env     *env    // its variables, once it has run
	started bool
	ns      *Value
	require *Value
}

// modules holds what is known of the scripts of the program.
type modules struct {
	byFile  map[*source.File]*project.Module
	lowered map[*script.Program]*ir.Module
	loaded  map[*project.Module]*module
	inits   []*project.Module                            // being initialised, innermost last
	defs    map[*project.Module]*Value                   // what each gave to Page, Component or App
	takers  map[*project.Module]string                   // functions that are not there and that a definition was handed to
	data    map[*project.Data]*Value                     // what JSON files hold
	inline  map[*script.Program]*Value                   // exports of wxs inside views
	tags    map[*project.View]map[string]*markup.Element // elements that hold it, by name of the module

	templates map[*project.View]*templates
}

func newModules(p *project.Program) modules {
	s := modules{
		byFile: map[*source.File]*project.Module{}, lowered: map[*script.Program]*ir.Module{}, loaded: map[*project.Module]*module{},
		defs: map[*project.Module]*Value{}, takers: map[*project.Module]string{}, data: map[*project.Data]*Value{},
		inline: map[*script.Program]*Value{},
		tags:   map[*project.View]map[string]*markup.Element{}, templates: map[*project.View]*templates{},
	}
	for _, m := range p.Modules {
		s.byFile[m.File] = m
	}
	return s
}

// initApp runs the top level of the app's script, as platforms do first: what other
// modules find in getApp().globalData is what it put there.
func (m *machine) initApp() {
	if m.program.Entry != nil {
		m.exports(m.program.Entry)
		m.createApp(m.program.Entry)
	}
	for _, mod := range m.program.Mounts {
		m.exports(mod)
	}
	for _, u := range m.program.Units {
		if u.Kind == project.AppUnit && u.Script != nil {
			m.exports(u.Script)
		}
	}
}

// createApp calls the function of main.js that uni-app has for Vue 3: it makes the
// application, and sets app.config.globalProperties and the like.
func (m *machine) createApp(entry *project.Module) {
	create := m.get(m.get(objectOf(m.exports(entry).object), "exports"), "createApp")
	if entry.Tree == nil || create.callee() == nil {
		return
	}
	m.charge(&m.tops, func() {
		m.within(&frame{fn: m.lower(entry.Tree), context: &context{}, this: undefinedValue, module: entry}, func() {
			m.attempt(entry.File.Path, func() { m.call(create, undefinedValue, nil, create) })
			m.waiting(entry.File.Path)
		})
		m.accept()
	})
}

// initModules runs the top level of every module that a page can reach.
func (m *machine) initModules() {
	var list []*project.Module
	for _, u := range m.program.Units {
		if u.Script != nil && u.Reachable && u.Library == "" {
			list = append(list, u.Script)
		}
	}
	for _, f := range m.program.Functions {
		if f.Main != nil {
			list = append(list, f.Main)
		}
	}
	for _, mod := range list {
		m.exports(mod)
	}
}

// moduleOf returns the module of fn.
func (m *machine) moduleOf(fn *ir.Func) *project.Module {
	if fn == nil {
		return nil
	}
	return m.modules.byFile[fn.File]
}

// exports returns the run-time side of mod, initialised.
func (m *machine) exports(mod *project.Module) *module {
	s := m.modules.loaded[mod]
	if s == nil {
		s = &module{object: m.newObject(plainObject)}
		exports := m.newObject(plainObject)
		exports.special().module = mod
		s.object.put("exports", objectOf(exports))
		m.modules.loaded[mod] = s
	}
	if s.started || mod.Tree == nil || m.stopped() {
		return s
	}
	s.started = true
	if mod.Setup {
		return s // each use of the component runs it
	}
	// What a module's top level does stays, whatever branch loaded it.
	outer, catchers := m.journal, m.catchers
	m.journal, m.catchers = nil, nil
	if m.frame == nil {
		clear(m.runs)
	}
	m.charge(&m.tops, func() {
		f := m.topFrame(m.lower(mod.Tree), mod)
		s.env = f.env
		m.bootModule(mod, *f)
	})
	m.journal, m.catchers = outer, catchers
	return s
}

// lower returns the top level of a script.
func (m *machine) lower(tree *script.Program) *ir.Func {
	low := m.modules.lowered[tree]
	if low == nil {
		low = ir.Lower(tree)
		m.modules.lowered[tree] = low
	}
	return low.Init
}

// topFrame returns a frame for the top level of a script.
func (m *machine) topFrame(fn *ir.Func, mod *project.Module) *frame {
	fn.Body() // completes the lists of variables and registers
	f := &frame{fn: fn, context: &context{}, this: undefinedValue, module: mod}
	f.env = &env{fn: fn, cells: make([]*cell, len(fn.Vars))}
	return f
}

// require returns what require(spec) gives in module from.
func (m *machine) require(from *project.Module, spec string) *Value {
	if v := m.model(spec); v != nil && !m.ownClient(from, spec) {
		return v
	}
	if from != nil {
		if mod := from.Import(spec); mod != nil && m.foreign(mod) {
			if modelledCopy[mod.Library] || platform.Client(mod.Library) != "" {
				if v := m.model(mod.Library); v != nil {
					return v
				}
			}
			return m.library(mod)
		} else if mod != nil && mod.Tree != nil {
			s := m.exports(mod)
			return m.get(objectOf(s.object), "exports")
		}
	}
	if d := from.ImportedData(spec); d != nil {
		return m.dataOf(d)
	}
	for _, p := range platform.Packages() {
		if p.Name == spec {
			global := "wx"
			switch spec {
			case "@tarojs/taro":
				global = "Taro"
			case "@mpxjs/core", "@mpxjs/api-proxy":
				global = "mpx"
			case "wepy", "@wepy/core":
				global = "wepy"
			}
			return m.platformObject(global, p.Prefix)
		}
	}
	if v := m.client(spec); v != nil {
		return v
	}
	if client := platform.CopiedClient(spec); client != "" { // the copy is not in the tree
		return m.model(client)
	}
	return m.absent(from, spec)
}

// modelledCopy are the libraries with a model, besides request libraries, whose files programs have in their tree.
var modelledCopy = map[string]bool{
	"wot-design-uni": true, // in uni_modules
	"wx-validate":    true,
}

// ownClient reports whether spec, which is the name of a request library, leads to a file of the
// program's own, by an alias of its build: axios: 'src/request/axios.js'.
func (m *machine) ownClient(from *project.Module, spec string) bool {
	if from == nil || platform.Client(spec) == "" {
		return false
	}
	mod := from.Import(spec)
	if mod == nil || mod.Tree == nil || m.foreign(mod) {
		return false
	}
	file := strings.TrimSuffix(mod.File.Path, path.Ext(mod.File.Path))
	named := slices.ContainsFunc([]string{m.program.Source, path.Dir(from.File.Path)}, func(dir string) bool {
		at := path.Join(dir, spec)
		return file == at || file == path.Join(at, "index")
	})
	return !named // a file that only has the name of the package
}

// given is what a name is that the build imports into mod; nil if it imports none.
func (m *machine) given(mod *project.Module, name string) *Value {
	if mod == nil || mod.Given[name] == nil {
		return nil
	}
	g := mod.Given[name]
	exports := m.require(nil, g.Spec)
	if g.Module != nil {
		exports = m.moduleExports(g.Module)
	}
	if g.Name == "" {
		return exports
	}
	return m.get(exports, g.Name)
}

// clientOfKit is the request library that kits of uni-app hang onto uni: $u.http, and
// $u.get as its method; nil for another path.
func (m *machine) clientOfKit(path, name string) *Value {
	switch path {
	case "$u.http", "$uv.http":
		return m.get(m.model("alova"), "http")
	case "$u.get", "$u.post", "$u.put", "$u.delete":
		return m.get(m.clientOfKit("$u.http", ""), name)
	}
	return nil
}

// importModule runs an import: static, or import(x).
func (m *machine) importModule(f *frame, in *ir.Instr) *Value {
	if in.Ext != nil && len(in.Ext.Args) > 0 {
		names, _ := f.regs[in.Ext.Args[0]].keys()
		out := unknownValue
		if len(names) > 0 {
			out = m.namespace(f.module, names[0])
		}
		return m.promise(site{in, "result"}, out, nil)
	}
	return m.namespace(f.module, in.Name)
}

// namespace returns the module namespace that an import sees. A CommonJS module
// seen this way has its exports as default, and so has one that imports but
// sets module.exports; one that a compiler made of an ES module has the default of that.
func (m *machine) namespace(from *project.Module, spec string) *Value {
	if v := m.model(spec); v != nil && !m.ownClient(from, spec) {
		return v // whatever file has the name of the package
	}
	v := m.require(from, spec)
	if from == nil {
		return v
	}
	mod := from.Import(spec)
	if mod == nil && from.ImportedData(spec) != nil {
		ns := m.newObject(plainObject)
		ns.put("default", v)
		if len(v.objects) == 1 {
			ns.proto = v.objects[0]
		}
		return objectOf(ns)
	}
	if mod == nil || mod.Tree == nil || m.foreign(mod) {
		if len(v.objects) == 1 && v.objects[0].kind == platformObject {
			// import Taro from '@tarojs/taro': default and namespace are one.
			m.api.overrides[apiKey{v.objects[0].global, strings.TrimPrefix(v.objects[0].path+"default", "."), ""}] = v
		}
		return v
	}
	if mod.Tree.Module && (declares(v, mod) || slices.Contains(m.modules.inits, mod)) {
		return v
	}
	if m.compiled(v) {
		return v
	}
	s := m.modules.loaded[mod]
	if s.ns == nil {
		ns := m.newObject(plainObject)
		ns.special().importView = true
		s.ns = objectOf(ns)
		if len(v.objects) == 1 {
			ns.proto = v.objects[0]
		}
	}
	s.ns.objects[0].put("default", v)
	if len(v.objects) == 1 {
		s.ns.objects[0].proto = v.objects[0]
	}
	return s.ns
}

// compiled reports whether exports are those of an ES module that a compiler has made a
// CommonJS module of. It says so, and has a default of its own.
func (m *machine) compiled(exports *Value) bool {
	if len(exports.objects) != 1 {
		return false
	}
	mark, marked := exports.objects[0].own("__esModule")
	_, has := exports.objects[0].own("default")
	can, _ := mark.truth()
	return marked && has && can
}

// declares reports whether exports are those that the declarations of mod fill, and
// not what it put in their place.
func declares(exports *Value, mod *project.Module) bool {
	return slices.ContainsFunc(exports.objects, func(o *Object) bool { return o.module == mod })
}

// export makes v an export of mod.
func (m *machine) export(mod *project.Module, name string, v *Value) {
	if s := m.modules.loaded[mod]; s != nil {
		for _, o := range m.get(objectOf(s.object), "exports").objects {
			m.setProp(o, name, orUndefined(v))
		}
	}
}

// exportOpen notes that mod exports more than is known.
func (m *machine) exportOpen(mod *project.Module) {
	if s := m.modules.loaded[mod]; s != nil {
		for _, o := range m.get(objectOf(s.object), "exports").objects {
			m.setOpen(o, true)
		}
	}
}

// wxs returns the exports of a wxs module of a view, or nil.
func (m *machine) wxs(v *project.View, name string) *Value {
	if v == nil {
		return nil
	}
	if mod := v.Scripts[name]; mod != nil && mod.Tree != nil {
		return m.filterExports(mod)
	}
	for names, mod := range v.Scripts {
		if export := exportNamed(names, name); export != "" && mod.Tree != nil {
			return m.get(m.get(objectOf(m.exports(mod).object), "exports"), export)
		}
	}
	table := m.modules.tags[v]
	if table == nil {
		table = map[string]*markup.Element{}
		markup.WalkElements(v.Nodes(), func(el *markup.Element) {
			if a := el.Attr("module"); a != nil && el.Script != nil {
				s, _ := markup.Static(a.Parts)
				table[s] = el
			}
		})
		m.modules.tags[v] = table
	}
	el := table[name]
	if el == nil {
		return nil
	}
	if out := m.modules.inline[el.Script]; out != nil {
		return out
	}
	mod := &project.Module{File: v.File, Tree: el.Script, WXS: true}
	out := m.filterExports(mod)
	m.modules.inline[el.Script] = out
	return out
}

// filterExports is what the name of a template script means in its view: of an ES module, as
// Alipay and Baidu have them, its default.
func (m *machine) filterExports(mod *project.Module) *Value {
	all := m.get(objectOf(m.exports(mod).object), "exports")
	var out *Value
	for _, o := range all.objects {
		if whole, ok := o.own("default"); ok && mod.Tree.Module {
			out = join(out, whole)
		}
	}
	if out == nil {
		return all
	}
	return out
}

// exportNamed returns the export that <import-sjs name="{size, tel: mask}"> calls name, or "".
func exportNamed(names, name string) string {
	list, ok := strings.CutPrefix(strings.TrimSuffix(names, "}"), "{")
	if !ok {
		return ""
	}
	for _, one := range strings.Split(list, ",") {
		export, local, renamed := strings.Cut(one, ":")
		if !renamed {
			local = export
		}
		if strings.TrimSpace(local) == name {
			return strings.TrimSpace(export)
		}
	}
	return ""
}
