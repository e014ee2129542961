package flow

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Third-party libraries are not run: they are large, and what they do is known.
// What goes into one comes out of it; callbacks may be called; and one that
// itself talks to servers sends what it is given.

// foreign reports whether a module is not the program's own work: a library that
// is known as such, or compressed code, which nobody writes by hand.
func (m *machine) foreign(mod *project.Module) bool {
	return mod.Library != "" || mod.Compressed && !m.isUnitScript(mod)
}

// library returns the exports of a third-party module.
func (m *machine) library(mod *project.Module) *Value {
	name := strings.ToLower(mod.Library)
	if strings.Contains(name, "promise") || strings.Contains(name, "bluebird") {
		return globals["Promise"]
	}
	return m.libraryObject(mod, "")
}

func (m *machine) libraryObject(mod *project.Module, path string) *Value {
	if path == "default" || strings.Count(path, ".") > 6 {
		path = "" // exports that lead round to themselves
	}
	k := libraryKey{mod, path}
	o := m.api.libraries[k]
	if o == nil {
		o = m.newObject(libraryObject)
		o.special().module, o.special().path = mod, path
		m.api.libraries[k] = o
	}
	return objectOf(o)
}

type libraryKey struct {
	module *project.Module
	path   string
}

// senders are the calls by which a library's text shows that it talks to servers.
var senders = []string{"wx.request(", "wx.uploadFile(", "uni.request(", ".request({", "my.request(", "tt.request(", "swan.request("}

// sends reports whether a library talks to servers.
func (m *machine) sends(mod *project.Module) bool {
	known, ok := m.api.senders[mod]
	if !ok {
		for _, s := range senders {
			known = known || strings.Contains(mod.File.Text, s)
		}
		m.api.senders[mod] = known
	}
	return known
}

// libraryCall calls a function of a library.
func (m *machine) libraryCall(o *Object, this *Value, args []*Value, more *Value, site any) *Value {
	at := m.here()
	switch name := o.path[strings.LastIndexByte(o.path, '.')+1:]; name { // Form.useForm() of a component library
	case "useForm":
		return m.call(m.get(m.model("forms"), name), undefinedValue, []*Value{textOf(o.module.Library)}, site)
	case "useWatch":
		return m.call(m.get(m.model("forms"), name), undefinedValue, args, site)
	}
	m.callMadeOf(o, this, args, site)
	m.likePlatform(args)
	m.showGiven(args)
	result := m.libraryResult(o, args, site)
	if m.sends(o.module) {
		m.tellAddress(o, this, args, result)
	}
	if !m.sends(o.module) || o.result && builtin(methodName(at)) {
		return join(join(m.deafCall(o, this, args, more, site), result), platformAmong(args))
	}
	if !at.IsZero() {
		var d digger
		for _, a := range append(args[:len(args):len(args)], more) {
			d.dig("", a, func(name string, v *Value) {
				if name != "" {
					m.key(v.taints(), "payload", name, at)
				}
			})
		}
		m.loseChoices(d.choices)
		if len(d.taints) > 0 {
			api := libraryName(o.module)
			if o.path != "" {
				api += "." + o.path
			}
			if o.result {
				api += methodName(at)
			}
			library := libraryName(o.module)
			hosts := hostsOf(m.addressFor(o, this, args))
			if hosts[0] != "" {
				library = ""
			}
			for _, host := range hosts {
				m.arrive(d.taints, finding.Sink{
					Kind: finding.Network, API: api, Host: host, Library: library, Location: source.Location{File: at.File, Span: at.Span},
				})
			}
		}
	}
	// A function that sends its arguments returns them neither to the caller
	// nor to callbacks.
	if answer := m.answerOf(o, args, source.Location{File: at.File, Span: at.Span}); answer != nil {
		result = join(result, answer)
	}
	m.handOver(args, result, site)
	return join(unknownValue, result)
}

// addressAmong returns the whole address that a library is given, as an argument or as an
// option: got.post('https://…', …), request({ url: 'https://…' }).
func addressAmong(args []*Value) *Value {
	for _, a := range args {
		if hostOf(a) != "" {
			return a
		}
		for _, o := range orUndefined(a).objects {
			for _, name := range [...]string{"url", "uri"} {
				if address, ok := o.own(name); ok && hostOf(address) != "" {
					return address
				}
			}
			for _, name := range [...]string{"baseURL", "baseUrl"} {
				if base, ok := o.own(name); ok && hostOf(base) != "" {
					return base
				}
			}
		}
	}
	return nil
}

// libraryName is the name of a library, or the path of compressed code without one.
func libraryName(mod *project.Module) string {
	if mod.Library == "" && mod.File != nil {
		return mod.File.Path
	}
	return mod.Library
}

// deafCall calls a function of a library that does not talk to servers, as far as its
// text shows. What else it does is not known unless it is quiet.
func (m *machine) deafCall(o *Object, this *Value, args []*Value, more *Value, site any) *Value {
	at := m.here()
	if m.quiet(o) || languageMethod(at, this, args) {
		if m.quiet(o) && len(args) == 1 && more == nil && platform.CopyingFunction(o.path) {
			return m.digested(taintOnly(deepTaints(args[0])), callee(at)) // a copy with all its parts would cost much: of a store's state
		}
		outer := m.api.quietly
		m.api.quietly = m.quiet(o)
		defer func() { m.api.quietly = outer }()
		return m.digested(m.opaque(nil, nil, args, more, site), callee(at))
	}
	if m.api.unknown[o.module] {
		m.noteStranger(callee(at), at)
		if i := m.settingUp; i != nil && !isModel(m.frame.fn.File) { // a store calls its plug-ins by itself
			i.addStranger(callee(at))
			m.giving(callee(at), at).instance(i, 0)
		}
	}
	given := m.loseCall(nil, nil, args, more, m.lossBy(o.module), at)
	// What was written into an object of which nothing else is known, such as the size of a
	// canvas, is not what a library makes with it.
	made := make([]*Value, len(args))
	for i, a := range args {
		made[i] = a.known()
	}
	v := m.digested(m.answering(nil, nil, made, more, site, callee(at)), callee(at))
	m.lose(without(v.taints(), given), finding.LibraryCallback, callee(at), at)
	return v
}

// quiet reports whether a library neither keeps nor sends what its function o is given.
func (m *machine) quiet(o *Object) bool { return platform.QuietPackage(o.module.Library, o.path) }

// unavailable reports whether o is of a module that is not there and of which nothing is
// known.
func (m *machine) unavailable(o *Object) bool {
	return o.kind == libraryObject && o.module.File == nil && !m.api.senders[o.module] && !m.quiet(o)
}

// lossBy tells how data are lost that go into a module whose code is not run.
func (m *machine) lossBy(mod *project.Module) finding.LossKind {
	if mod.File == nil {
		return finding.Unresolved
	}
	return finding.NotRun
}

// programFunctions returns the functions of the program among args.
func programFunctions(args []*Value) (fns []*Object) {
	for _, a := range args {
		for _, o := range orUndefined(a).objects {
			if o.kind == functionObject && o.fn.ofProgram() {
				fns = append(fns, o)
			}
		}
	}
	return fns
}

// callMadeOf calls the functions that a library was given when it made o, which is being
// called itself: const save = debounce(f, 300) makes save call f.
func (m *machine) callMadeOf(o *Object, this *Value, args []*Value, site any) {
	fns, ok := o.madeOf()
	if name := strings.TrimPrefix(methodName(m.here()), "."); !ok || settles(name) || builtin(name) {
		return
	}
	e := escaping{machine: m, this: orUndefined(this), args: args, site: itemSite(site, 1), mark: m.newMark()}
	e.values(fns, 0)
}

// libraryResult returns what the call of o at from gives: an object of its own, so that
// what is written into one answer is not found in another, with the functions that the
// call was given. What a package gives that is not in the tree is nothing in particular,
// unless it was given functions.
func (m *machine) libraryResult(o *Object, args []*Value, from any) *Value {
	fns := programFunctions(args)
	plain := o.module.File == nil && len(fns) == 0 && !m.sends(o.module) && !m.quiet(o)
	if m.frame == nil || plain {
		return unknownValue
	}
	r := m.object(libraryObject, site{[2]any{from, o.module}, o.path})
	t := r.special()
	t.module, t.path, t.result = o.module, o.path, true
	for _, fn := range fns {
		m.addProp(r, madeOf, objectOf(fn))
	}
	return objectOf(r)
}

// isLibrary reports whether fn is, as far as anything is known of it, a function
// of a library.
func isLibrary(fn *Value) bool {
	return slices.ContainsFunc(fn.objects, func(o *Object) bool { return o.kind == libraryObject })
}

// platformAmong returns the platform's global object if it is among args: a
// library that takes it returns something like it, such as wx with promises.
func platformAmong(args []*Value) *Value {
	var v *Value
	for _, a := range args {
		for _, o := range a.objects {
			if o.kind == platformObject && o.path == "" {
				v = join(v, objectOf(o))
			}
		}
	}
	return v
}

// likePlatform gives the empty objects among args what the platform's global object has, if
// a library gets both: promisifyAll(wx, wxp).
func (m *machine) likePlatform(args []*Value) {
	from := platformAmong(args).single()
	if from == nil {
		return
	}
	for _, a := range args {
		for _, o := range orUndefined(a).objects {
			if o.kind == plainObject && len(o.props) == 0 && o.proto == nil {
				m.setProto(o, from)
			}
		}
	}
}

// builtin reports whether a method, given with its dot, is one of the language:
// answer.list.indexOf(x) asks the answer, not the server.
func builtin(name string) bool {
	name = strings.TrimPrefix(name, ".")
	return method("String", name) != nil || method("Array", name) != nil
}

// methodName returns the last name of the callee at l with its dot: ".post" of
// http.post.
func methodName(l source.Location) string {
	if l.IsZero() {
		return ""
	}
	callee := l.File.Text[l.Span.Start:l.Span.End]
	dot := strings.LastIndexByte(callee, '.')
	if dot < 0 || strings.ContainsAny(callee[dot:], "()[] \n") {
		return ""
	}
	return callee[dot:]
}

// definitionNames are the properties that identify the object that defines a
// page or component, if it is handed to a library and not to Page itself.
var definitionNames = []string{"data", "onLoad", "methods", "properties", "onShow", "globalData", "onLaunch", "lifetimes"}

// adopt takes an object that defines a page and is handed to code that is not
// there, while the page's script is initialised, for the definition.
func (m *machine) adopt(v *Value) bool {
	if v == nil || len(m.modules.inits) == 0 {
		return false
	}
	for _, o := range v.objects {
		if o.kind != plainObject {
			continue
		}
		n := 0
		for _, name := range definitionNames {
			if _, ok := o.own(name); ok {
				n++
			}
		}
		if n >= 2 || n == 1 && len(o.visible()) > 2 {
			if mod := m.defined(objectOf(o)); mod != nil && !m.api.quietly {
				m.modules.takers[mod] = callee(m.here())
			}
			return true
		}
	}
	return false
}

// absent returns the value of an import that leads to no file: only its origin is
// known.
func (m *machine) absent(from *project.Module, spec string) *Value {
	name := spec
	if from != nil && (strings.HasPrefix(spec, ".") || strings.HasPrefix(spec, "/")) {
		name = path.Join(path.Dir(from.File.Path), spec)
	}
	mod := m.outside(name)
	if from != nil {
		if missing := from.Lacks(spec); missing != nil && !missing.Known {
			m.api.unknown[mod] = true
		}
	}
	return join(unknownValue, m.libraryObject(mod, ""))
}

// outside returns the module in place of a package that is not in the tree.
func (m *machine) outside(name string) *project.Module {
	mod := m.api.outside[name]
	if mod == nil {
		mod = &project.Module{Library: name}
		m.api.outside[name] = mod
		m.api.senders[mod] = false
	}
	return mod
}

// client returns the exports of a package that talks to servers and is not in the
// tree, or nil if spec is none.
func (m *machine) client(spec string) *Value {
	name := platform.Client(spec)
	if name == "" {
		return nil
	}
	mod := m.outside(name)
	m.api.senders[mod] = true
	return m.libraryObject(mod, "")
}
