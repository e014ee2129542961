package flow

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// apis holds the objects of the platform and of third-party libraries, and what they
// keep.
type apis struct {
	anywhere     bool // some code opens an address of which nothing is known, with any parameters
	objects      map[apiKey]*Object
	overrides    map[apiKey]*Value // the program's own replacement of an API
	storage      *Object           // the local storage
	files        *Object           // the files that the program writes, by their paths
	kept         allocations       // the objects in it, by key and path
	quietly      bool              // the call of a library that neither keeps nor sends its arguments
	events       *Object           // the event bus of the program; nil until needed
	interceptors *Object           // what uni.addInterceptor added, by the name of the API; nil until needed
	chain        []*Object         // the functions that Taro.addInterceptor added, in order
	speakers     []*Object         // objects of the platform that call listeners
	sinks        []Sink            // functions of the program that are sinks in themselves
	libraries    map[libraryKey]*Object
	senders      map[*project.Module]bool   // whether a library talks to servers, once asked
	outside      map[string]*project.Module // packages and files that are not in the tree, by name
	unknown      map[*project.Module]bool   // those of them that are no libraries anybody knows
}

func newAPIs() apis {
	return apis{
		objects: map[apiKey]*Object{}, overrides: map[apiKey]*Value{}, libraries: map[libraryKey]*Object{},
		senders: map[*project.Module]bool{}, outside: map[string]*project.Module{},
		unknown: map[*project.Module]bool{},
	}
}

// platformObject returns the object that represents an API, a group of APIs, or
// an object that an API returns. There is one for each path and global.
func (m *machine) platformObject(global, path string) *Value {
	return m.platformAbout(global, path, "")
}

// platformAbout is platformObject for what is about a collection of a database.
func (m *machine) platformAbout(global, path, about string) *Value {
	k := apiKey{global, path, about}
	if o := m.api.objects[k]; o != nil {
		return objectOf(o)
	}
	o := m.newObject(platformObject)
	o.special().global, o.special().path, o.special().about = global, path, about
	m.api.objects[k] = o
	return objectOf(o)
}

// apiKey names a platform object or function: "wx" and "cloud.callFunction", or
// "Collection.add" and "users".
type apiKey struct{ global, path, about string }

// platformProperty is the property name of a platform object.
func (m *machine) platformProperty(o *Object, name string) *Value {
	path := name
	switch {
	case o.path == "":
	case strings.HasSuffix(o.path, "."):
		path = o.path + name
	default:
		path = o.path + "." + name
	}
	if v := m.api.overrides[apiKey{o.global, path, ""}]; v != nil {
		return v
	}
	if o.path == "" && m.lacksAPI(o.global, name) {
		return lackedAPI
	}
	if v := m.clientOfKit(path, name); v != nil {
		return v
	}
	if v := method("Function", name); v != nil && o.path != "" && platform.APIByName(path) == nil &&
		!strings.HasPrefix(path, objectPrefix) {
		return v
	}
	if o.path == "" && platform.APIByName(path) == nil {
		if v := m.ofFramework(o.global, name); v != nil {
			return v
		}
	}
	return m.platformAbout(o.global, path, o.about)
}

// lacksAPI reports whether mini programs do not find an API of this name in a global object.
func (m *machine) lacksAPI(global, name string) bool {
	f := platform.FrameworkByName(m.program.Framework)
	return f != nil && f.Has(global) && f.Lacks(name)
}

// requestPath is the path of the API that models of request libraries call.
const requestPath = "$request"

// apiName is the name of the API behind o in reports: "wx.request".
func (o *Object) apiName() string {
	if name, ok := strings.CutPrefix(o.path, objectPrefix); ok {
		name, method, _ := strings.Cut(name, ".")
		if method == anyMethod {
			return "importObject('" + name + "')"
		}
		return "importObject('" + name + "')." + method
	}
	if o.global == "" || o.path == "" || 'A' <= o.path[0] && o.path[0] <= 'Z' {
		return o.path
	}
	switch {
	case o.global == "console":
		return o.path
	case o.path == requestPath:
		return o.global
	}
	if o.global == "uniCloud" {
		return o.global + "." + strings.TrimPrefix(o.path, "cloud.")
	}
	return o.global + "." + o.path
}

// platformCall calls an API: notes the call and what reaches it as a sink, makes
// its result and hands that to callbacks and promise.
func (m *machine) platformCall(o *Object, args []*Value, from any) *Value {
	if v := m.chained(o, args, from); v != nil {
		return v
	}
	return m.performed(o, args, from, m.apiLocation(o, from))
}

// performed is platformCall of what the program wrote at a place, behind its interceptors.
func (m *machine) performed(o *Object, args []*Value, from any, at source.Location) *Value {
	api := platform.APIByName(apiPath(o))
	args = m.intercepted(o, args, from)
	c := m.recordCall(o, at)
	m.noteArgs(c, args)
	if api != nil && api.Sink != nil {
		m.sink(api, o, args, at)
	}
	var result *Value
	if special := specials[apiPath(o)]; special != nil {
		by := &call{fn: o, this: undefinedValue, args: args, site: from}
		if result = special(m, by); by.answered {
			return result
		}
	}
	if result == nil {
		if api != nil && api.Mute() {
			return undefinedValue
		}
		carried := m.carries(api, args)
		result = m.apiResult(api, c, o, carried, from)
		if api != nil && api.Asks != nil {
			m.asks(api.Asks, c, o, args, result)
		}
		if carried {
			result = m.carried(api, o, args, result, from)
		}
		if api != nil {
			m.taken(api, c, o, result, from)
			m.keepFiles(api, args)
		}
		if api != nil && api.Sink != nil && api.Sink.Host != "" {
			m.answered(o, c, m.argument(args, api.Sink.Host), args, result)
		}
		if api != nil && api.Heard {
			m.send(m.speaker(o), api.Name, []*Value{result}, lang.Textf("由 %s 给出", "given by %s", o.apiName()), from)
		}
	}
	switch {
	case api == nil && takesOff(o.path[strings.LastIndexByte(o.path, '.')+1:], args, nil):
		return undefinedValue
	case api == nil:
		m.unknownAPI(o, args, at)
		m.callbacks(c, args, result, from)
		return join(unknownValue, m.promise(site{from, "result"}, result, nil))
	case api.Returns != "":
		m.callbacks(c, args, result, from)
		return m.platformAbout(o.global, api.Returns, m.subject(api, o, args))
	case api.Listener:
		if len(args) > 0 && callable(args[0]) {
			c.Callback = true
			if api.Hears != "" {
				m.listenTo(objectOf(m.speaker(o)), textOf(api.Hears), args[0], site{from, "heard"})
				return undefinedValue
			}
			m.later(func() { m.call(args[0], undefinedValue, []*Value{result}, site{from, "callback"}) })
		}
		return undefinedValue
	case api.Sync || strings.HasSuffix(api.Name, "Sync"):
		m.callbacks(c, args, result, from)
		return result
	}
	m.callbacks(c, args, result, from)
	return m.promise(site{from, "result"}, result, nil)
}

// calledBlind is what an API gives if code that is missing calls it; nil if that is no
// data.
func (m *machine) calledBlind(o *Object) *Value {
	if api := platform.APIByName(apiPath(o)); api == nil || len(api.Yields) == 0 {
		return nil
	}
	return m.platformCall(o, []*Value{unknownValue}, site{o, "given"})
}

// unknownAPI notes that data go into a function of the platform about which nothing is
// known. A method that the table does not list, of an object that it does, does nothing
// of interest.
func (m *machine) unknownAPI(o *Object, args []*Value, at source.Location) {
	typ, _, _ := strings.Cut(o.path, ".")
	if typ != "" && unicode.IsUpper(rune(typ[0])) || specials[apiPath(o)] != nil {
		return
	}
	if pkg, path, ok := strings.Cut(o.path, "$u."); ok && pkg == "" && platform.QuietPackage("uview-ui", path) {
		return
	}
	m.loseCall(nil, nil, args, nil, finding.UnknownCall, at)
}

// callbacks hands the result to success, fail and complete of an options object,
// or to functions among the arguments.
func (m *machine) callbacks(c *Call, args []*Value, result *Value, from any) {
	run := func(fn *Value, v *Value, part string) {
		if callable(fn) && !fn.unknown {
			c.Callback = c.Callback || part != "fail" && hears(fn)
			m.later(func() { m.call(fn, undefinedValue, []*Value{v}, site{from, part}) })
		}
	}
	for i, a := range args {
		if i > 2 || a == nil {
			break
		}
		if i == 0 && a.isUnknown() && !strings.HasSuffix(c.API, "Sync") { // who made the options may have put callbacks in
			m.lose(deepTaints(result), finding.LibraryCallback, callee(c.Location), c.Location)
		}
		for _, o := range a.objects {
			if o.kind == functionObject {
				run(objectOf(o), result, indexName(i))
				continue
			}
			for _, name := range [...]string{"success", "complete", "fail", "callback"} {
				fn, ok := o.own(name)
				if !ok {
					continue
				}
				v := result
				if name == "fail" {
					v = unknownValue
				}
				run(fn, v, name)
			}
		}
	}
}

// hears reports whether a function that v can be may look at what it is called with: it has parameters, or names its
// arguments, or is none of the program's own.
func hears(v *Value) bool {
	return slices.ContainsFunc(v.objects, func(o *Object) bool {
		if o.fn == nil || o.fn.fn == nil {
			return true
		}
		f := o.fn.fn
		return f.Params > 0 || strings.Contains(f.File.Slice(f.Span), "arguments")
	})
}

// argument returns the value at a path of a sink: "0.data", "1", "*".
func (m *machine) argument(args []*Value, path string) *Value {
	if path == "*" {
		var all *Value
		for _, a := range args {
			all = join(all, a)
		}
		return all
	}
	names := strings.Split(path, ".")
	i, err := strconv.Atoi(names[0])
	if err != nil || i >= len(args) {
		return nil
	}
	v := args[i]
	for _, n := range names[1:] {
		v = m.get(v, n)
	}
	return v
}

// sink notes the data that reach a call.
func (m *machine) sink(api *platform.API, o *Object, args []*Value, at source.Location) {
	d := digger{shown: api.Sink.Kind == finding.Log} // console.log(this)
	if d.shown {
		d.apart = m.hardlyBelow(m.frame.page())
	}
	for _, p := range api.Sink.Paths {
		d.dig("", m.opened(api, args, p), func(name string, v *Value) {
			if name != "" {
				m.key(v.taints(), "payload", name, at)
			}
		})
		if q := m.argument(args, p); q != nil {
			m.queryKeys(q, at)
		}
	}
	if api.Sink.Kind.Leaves() {
		m.loseChoices(d.choices)
	}
	if len(d.taints) == 0 {
		return
	}
	hosts, name := []string{""}, strings.TrimSpace(o.apiName()+" "+o.about)
	switch {
	case api.Sink.Host != "":
		hosts = hostsOf(m.argument(args, api.Sink.Host))
	case api.Sink.Kind == finding.Network: // a connection that was opened before
		hosts, name = strings.Split(o.about, hostMark), o.apiName()
	}
	for _, host := range hosts {
		m.arrive(d.taints, finding.Sink{Kind: api.Sink.Kind, API: name, Host: host, Location: at})
	}
}

// queryKeys notes the names that data have in the query of an address.
func (m *machine) queryKeys(v *Value, at source.Location) {
	for _, c := range v.consts {
		if c.kind != joined {
			continue
		}
		for _, q := range queryOf(c) {
			if q.value != nil && len(q.value.taints()) > 0 {
				m.key(q.value.taints(), "payload", q.name, at)
			}
		}
	}
}

// noteArgs keeps the texts of arguments that detectors may ask for.
func (m *machine) noteArgs(c *Call, args []*Value) {
	add := func(name string, v *Value) {
		if v == nil || len(c.Args[name]) >= 8 {
			return
		}
		for _, k := range v.consts {
			if k.kind != text && k.kind != joined && k.kind != number {
				continue
			}
			s := k.prefix()
			if s == "" || hasText(c.Args[name], s) {
				continue
			}
			if c.Args == nil {
				c.Args = map[string][]Text{}
			}
			c.Args[name] = append(c.Args[name], Text{String: s, Location: source.Location{File: k.file, Span: k.span}})
		}
	}
	for i, a := range args {
		if i > 1 || a == nil {
			break
		}
		add(strconv.Itoa(i), a)
		for _, o := range a.objects {
			if o.kind != plainObject {
				continue
			}
			for _, p := range o.props {
				add(p.name, p.value)
				if p.name == "data" && p.value != nil && saysInData(c.API) {
					// The service's own arguments say which document it reads.
					for _, d := range p.value.objects {
						for _, inner := range d.props {
							add("data."+inner.name, inner.value)
						}
					}
				}
			}
		}
	}
}

// saysInData reports whether an API names the document that it reads in its
// argument data.
func saysInData(api string) bool {
	a := platform.APIByName(api)
	return a != nil && a.Document && len(a.Yields) == 0
}

func hasText(ts []Text, s string) bool {
	for _, t := range ts {
		if t.String == s {
			return true
		}
	}
	return false
}

// apiLocation is the place at which a person would say that the API is called.
// A call that spells the API's name is the place itself. If the API came in
// through a parameter (a generic wrapper over any function), it is where the
// wrapped function is called.
func (m *machine) apiLocation(o *Object, site any) source.Location {
	name := o.path[strings.LastIndexByte(o.path, '.')+1:]
	in, ok := site.(*ir.Instr)
	if !ok || m.frame == nil || isModel(m.frame.fn.File) {
		at := m.here()
		if at.Span == (source.Span{}) {
			return m.named(at, name)
		}
		return at
	}
	f := m.frame
	at := f.location(in.Span)
	for n := 0; n < 8; n++ {
		if strings.Contains(at.Text(), name) {
			return at
		}
		owner := f.ownerOf(objectOf(o))
		if owner == nil {
			break
		}
		g := f
		for g != nil && within(g.fn, owner) {
			g = g.caller
		}
		if g == nil || g.instr == nil || g.fn.File == nil {
			break
		}
		f, at = g, g.location(g.instr.Span)
	}
	return at
}

// named is where the file of at names an API, if the platform itself calls that:
// Page({ onLoad: wx.login }), <Button onClick={Taro.login}/>; at if it names none.
func (m *machine) named(at source.Location, name string) source.Location {
	mod := m.modules.byFile[at.File]
	if mod == nil || mod.Tree == nil {
		return at
	}
	found := false
	script.Walk(mod.Tree, func(n script.Node) bool {
		if dot, ok := n.(*script.Dot); ok && !found && dot.Name == name {
			at.Span, found = dot.Span, true
		}
		return !found
	})
	return at
}

// ownerOf returns the function whose parameter, seen from f, holds v.
func (f *frame) ownerOf(v *Value) *ir.Func {
	for e := f.env; e != nil; e = e.up {
		for i, c := range e.cells {
			if c != nil && c.value != nil && i < len(e.fn.Vars) && c.value.covers(v) {
				if e.fn.Vars[i].Param || e.up != nil {
					return e.fn
				}
			}
		}
	}
	return nil
}

// within reports whether fn is owner or is inside it.
func within(fn, owner *ir.Func) bool {
	for ; fn != nil; fn = fn.Parent {
		if fn == owner {
			return true
		}
	}
	return false
}

// apiNames lists the APIs directly below a path, for programs that wrap them all.
func (m *machine) apiNames(path string) []string {
	var out []string
	for _, a := range platform.APIs() {
		matters := len(a.Yields) > 0 || a.Sink != nil
		if path == "" && matters && !strings.Contains(a.Name, ".") && a.Has(m.program.Platform) {
			out = append(out, a.Name)
		}
	}
	return out
}
