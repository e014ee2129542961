package flow

import (
	"embed"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Frameworks are packages that programs import and that are not in the tree. What
// matters here, how data go in and out, is written in JavaScript in models/ and
// run like the program's own code. Functions whose name begins with $ are the
// machine's (end of this file).

//go:embed models/*.js
var modelTexts embed.FS

// modelOf names the model of each package.
var modelOf = map[string]string{
	"vue": "vue", "mpvue": "vue", "@vue/composition-api": "vue", "@vue/runtime-core": "vue", "vuex": "vuex", "pinia": "pinia",
	"@mpxjs/pinia": "pinia", "@mpxjs/store": "mpx-store", "wevu": "wevu", "@wepy/x": "vuex",
	"chameleon-api": "chameleon", "chameleon-store": "chameleon-store",
	"@dcloudio/uni-app": "uni-app", "@babel/runtime/regenerator": "regenerator", "regenerator-runtime": "regenerator",
	"regenerator-runtime/runtime": "regenerator", "tslib": "tslib",
	"vuex-persistedstate": "vuex-persist", "vuex-persist": "vuex-persist",
	"react": "react", "nervjs": "react", "preact": "react", "preact/hooks": "react", "preact/compat": "react",
	"react-dom": "react-dom", "react-dom/client": "react-dom",
	"wot-design-uni": "wot", "wot-design-uni/components/wd-message-box": "wot", "@wot-ui/ui": "wot",
	"pinia-plugin-persistedstate": "pinia-persist", "pinia-plugin-persist-uni": "pinia-persist", "pinia-plugin-unistorage": "pinia-persist",
	"wx-validate": "wx-validate", "WxValidate": "wx-validate",
	"selector-query": "selector-query", // reached by wx.createSelectorQuery (machine.selectorQuery)

	"forms":  "forms", // reached by the forms of component libraries (modelledCall)
	"lodash": "lodash", "lodash-es": "lodash", "underscore": "lodash", "wx-promise-pro": "wx-promise-pro",
	"react-hook-form": "react-hook-form", "formik": "formik", "ahooks": "ahooks", "taro-hooks": "ahooks", "react-use": "ahooks",
	"react-query": "react-query", "@tanstack/react-query": "react-query", "swr": "react-query", "swr/mutation": "swr-mutation",
	"@tanstack/vue-query": "vue-query", "vue-query": "vue-query", "vue-request": "vue-request", "vue-hooks-plus": "vue-request",
	"zustand": "zustand", "zustand/middleware": "zustand", "zustand/middleware/immer": "zustand", "zustand/vanilla": "zustand",
	"zustand/shallow": "zustand", "zustand/react/shallow": "zustand", "zustand/traditional": "zustand",
	"jotai": "jotai", "jotai/utils": "jotai", "recoil": "jotai",
	"valtio": "jotai", "valtio/utils": "jotai", "use-immer": "jotai", "immer": "jotai",
	"@preact/signals": "jotai", "@preact/signals-react": "jotai",
	"redux": "redux", "react-redux": "redux", "reselect": "redux", "redux-persist": "redux", "redux-persist/integration/react": "redux",
	"@tarojs/redux": "redux", "@reduxjs/toolkit": "redux", "dva-core": "redux", "dva": "redux", "dva-model-extend": "dva-model-extend",
	"redux-saga": "redux-saga", "redux-saga/effects": "redux-saga",
	"@redux-saga/core": "redux-saga", "@redux-saga/core/effects": "redux-saga",
	"redux-actions": "redux-actions", "@wepy/redux": "wepy-redux", "wepy-redux": "wepy-redux",
	"mobx-miniprogram": "mobx-miniprogram", "mobx-miniprogram-bindings": "mobx-miniprogram", "miniprogram-computed": "miniprogram-computed",
	"@vueuse/core": "vueuse", "@vueuse/shared": "vueuse", "@uni-helper/uni-use": "vueuse", "alova": "request", "alova/client": "request",
	"uni-simple-router": "uni-router", "hhyang-uni-simple-router": "uni-router", "uni-mini-router": "uni-router",
	"@alova/adapter-uniapp": "alova-adapter", "@alova/adapter-taro": "alova-adapter", "@alova/adapter-taro/vue": "alova-adapter",
	"@alova/adapter-taro/react": "alova-adapter", "remax": "remax", "remax/macro": "remax", "@remax/macro": "remax",
	"@remax/framework-shared": "remax", "@remax/runtime": "remax",
	"@rematch/core": "redux", "solid-js": "solid-js", "solid-js/store": "solid-js", "solid-js/web": "solid-js",
	"mobx": "redux", "mobx-react": "redux", "mobx-react-lite": "redux", "@tarojs/mobx": "redux",
}

// clientOf names the export of the model "request" that stands for a request library, by
// package. What the model has not is unknown.
var clientOf = map[string]string{
	"axios": "axios", "axios-miniprogram": "axios", "wx-axios": "axios", "taro-axios": "axios", "uni-request": "uniRequest",
	"luch-request": "luch", "flyio": "fly", "wefetch": "axios", "uni-ajax": "ajax", "u-ajax": "ajax",
	"@escook/request-miniprogram": "escook", "@uni-helper/uni-network": "network", "@mpxjs/fetch": "xfetch",
}

// modelTrees are the parsed models, by name. They are shared by all runs.
var modelTrees = sync.OnceValue(func() map[string]*project.Module {
	out := map[string]*project.Module{}
	for _, name := range modelOf {
		text, err := modelTexts.ReadFile("models/" + name + ".js")
		if err != nil {
			panic("flow: no model " + name)
		}
		f := source.NewFile(modelPrefix+name+".js", string(text))
		out[name] = &project.Module{File: f, Tree: script.Parse(f, script.JS), Reachable: true}
	}
	return out
})

// model returns the exports of the model of a package, or nil if it has none.
func (m *machine) model(spec string) *Value {
	name, ok := modelOf[spec]
	if function := functionOf(spec); function != "" {
		return m.oneFunction(function)
	}
	if !ok {
		if part := platform.AxiosPart(spec); part != "" {
			return m.axiosPart(spec, part)
		}
		if export := clientOf[platform.Client(spec)]; export != "" {
			return m.get(m.model("alova"), export)
		}
		return nil
	}
	mod := modelTrees()[name]
	m.modules.byFile[mod.File] = mod
	s := m.exports(mod)
	v := m.get(objectOf(s.object), "exports")
	m.beyondModel(v, spec)
	return v
}

// axiosPart is what a file of axios exports that is no client, such as the function that adds a query
// to an address.
func (m *machine) axiosPart(spec, part string) *Value {
	for _, o := range m.get(m.model("alova"), "axiosParts").objects {
		if v, ok := o.own(part); ok {
			exports := m.newObject(plainObject)
			exports.put("default", v)
			return join(objectOf(exports), v)
		}
	}
	return m.libraryObject(m.outside(spec), "")
}

// beyondModel makes names that the model of a package does not have those of a package of
// which nothing more is known.
func (m *machine) beyondModel(exports *Value, spec string) {
	all := exports
	for _, o := range exports.objects {
		whole, _ := o.own("default")
		all = join(all, whole)
	}
	for _, o := range all.objects {
		if o.kind == plainObject && o.proto == nil {
			o.proto = m.libraryObject(m.outside(spec), "").objects[0]
		}
	}
}

// functionOf names the function of lodash that is the whole of a package: lodash/pick,
// lodash.pick. It is "" for any other package.
func functionOf(spec string) string {
	for _, prefix := range []string{"lodash/", "lodash-es/", "lodash."} {
		if name, ok := strings.CutPrefix(spec, prefix); ok {
			return strings.TrimSuffix(name, ".js")
		}
	}
	return ""
}

// oneFunction is what a package exports that is one function of lodash; nil if its model
// does not have it.
func (m *machine) oneFunction(name string) *Value {
	exports := m.model("lodash")
	for known, fn := range exports.properties() {
		if !strings.EqualFold(known, name) || known == "default" { // lodash.clonedeep
			continue
		}
		o := m.newObject(plainObject)
		o.put("default", fn)
		return join(objectOf(o), fn)
	}
	return nil
}

// ofFramework is what the package of a framework exports besides the platform's
// functions, such as the hooks of @tarojs/taro; nil if it has no such name.
func (m *machine) ofFramework(global, name string) *Value {
	spec := map[string]string{"Taro": "react", "mpx": "vue", "wepy": "vue"}[global]
	if spec == "" || !m.program.Sources {
		return nil
	}
	switch name {
	case "wx": // wepy.wx
		return m.platformObject("wx", "")
	case "$instance": // the app of wepy 1 (wepyjs.github.io, read 2026-11)
		if global == "wepy" {
			return m.theApp()
		}
	case "promisify": // what @wepy/use-promisify adds to wepy 2 (wepyjs.github.io, read 2026-12)
		if global == "wepy" {
			return m.get(m.model("wx-promise-pro"), "promisify")
		}
	case "render": // Taro 1 and 2
		if global == "Taro" {
			return globals["$app"]
		}
	case "xfetch":
		return m.model("@mpxjs/fetch")
	case "createPage", "page":
		return globals["Page"]
	case "createComponent", "component":
		return globals["Component"]
	case "createApp", "app":
		return globals["App"]
	case "default":
		return nil
	}
	lib := m.model(spec)
	for _, o := range lib.objects {
		if v, ok := o.own(name); ok {
			return v
		}
	}
	if global == "mpx" {
		for _, o := range m.model("@mpxjs/store").objects {
			if v, ok := o.own(name); ok && name != "default" {
				return v
			}
		}
	}
	if spec == "vue" && slices.Contains(staticsOfVue[:], name) {
		return m.get(m.get(lib, "default"), name)
	}
	return nil
}

// staticsOfVue are the functions of Vue itself that mpx and wepy have, too: a plug-in
// that mpx.use(plugin) runs puts what it likes on the prototype of all components.
var staticsOfVue = [...]string{"use", "install", "mixin", "prototype", "set", "delete", "observable"}

// provided is what a name that nothing declares is in the script of a component:
// build tools put the functions of the framework there.
func (m *machine) provided(name string) *Value {
	if !m.program.Sources {
		return nil
	}
	for _, spec := range []string{"vue", "@dcloudio/uni-app", "pinia", "react"} {
		for _, o := range m.model(spec).objects {
			if v, ok := o.own(name); ok && name != "default" {
				return v
			}
		}
	}
	return nil
}

func init() {
	defineGlobal("$hook", addHook)
	defineGlobal("$cell", keptCell)
	defineGlobal("$query", pageQuery)
	defineGlobal("$instance", presentInstance)
	defineGlobal("$props", presentProps)
	defineGlobal("$defaults", setDefaults)
	defineGlobal("$emitter", emitter)
	defineGlobal("$expose", exposeAll)
	defineGlobal("$open", openAll)
	defineGlobal("$fill", fillContext)
	defineGlobal("$filled", isFilled)
	defineGlobal("$bus", useBus)
	defineGlobal("$request", requestOf)
	defineGlobal("$node", selectNodes)
	defineGlobal("$foreign", foreign)
	defineGlobal("$held", held)
	defineGlobal("$own", ownFunctions)
	defineGlobal("$promises", promisesOf)
	defineGlobal("$routes", routesOf)
	defineGlobal("$gives", givesAny)
}

// promisesOf is $promises(v): the promises that v can be; undefined for none.
func promisesOf(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.arg(0).objects {
		if o.kind == promiseObject {
			out = join(out, objectOf(o))
		}
	}
	return orUndefined(out)
}

// givesAny is $gives(v, "value" or "error", …objects): whether a promise in v is settled so with something that leads to one of the
// objects; for "value", also whether v itself does.
func givesAny(m *machine, c *call) *Value {
	how, _ := c.arg(1).only()
	name := promiseValue
	if how.str == "error" {
		name = promiseError
	}
	var targets []*Object
	for _, v := range c.rest(2) {
		targets = append(targets, orUndefined(v).objects...)
	}
	plain, promises := split(orUndefined(c.arg(0)))
	found := name == promiseValue && leadsTo(plain, targets, 0)
	for _, p := range promises {
		p.touch()
		got, _ := p.own(name)
		found = found || leadsTo(got, targets, 0)
	}
	if found {
		return trueValue
	}
	return falseValue
}

// leadsTo reports whether v holds one of the objects, not deep inside.
func leadsTo(v *Value, targets []*Object, depth int) bool {
	for _, o := range orUndefined(v).objects {
		if slices.Contains(targets, o) {
			return true
		}
		if depth == maxHeld || o.kind != plainObject {
			continue
		}
		o.touch()
		for i := range o.props {
			if leadsTo(o.props[i].value, targets, depth+1) {
				return true
			}
		}
	}
	return false
}

var emitObject = nativeObject("emit", emitAll)

// addHook is $hook(event, f): the component that is being set up runs f at the event.
func addHook(m *machine, c *call) *Value {
	i := m.frame.owner()
	names, _ := c.arg(0).keys()
	if i == nil && callable(c.arg(1)) && slices.Contains(names, "watch") {
		m.pages.watches = addWatch(m.pages.watches, watch{fn: c.arg(1), at: m.here()})
	}
	if i == nil || !callable(c.arg(1)) {
		return undefinedValue
	}
	for _, n := range names {
		if n == "watch" {
			w := watch{fn: c.arg(1)}
			if at := m.here(); i.unit.Script == nil || at.File != i.unit.Script.File {
				w.at = at // main.js sets it up, for a store
			}
			before := len(i.watches)
			i.watches = addWatch(i.watches, w)
			m.grown = m.grown || len(i.watches) > before // by an effect, in this round
			continue
		}
		old, _ := i.object.own(hookPrefix + n)
		i.object.put(hookPrefix+n, join(old, c.arg(1)))
	}
	return undefinedValue
}

// keptCell is $cell(v, name): an object that a component keeps from one rendering to the next, whose property of that name,
// or "value", is v at first.
func keptCell(m *machine, c *call) *Value {
	i, name := m.frame.owner(), "value"
	if k, ok := c.arg(1).only(); ok && k.kind == text {
		name = k.str
	}
	if i == nil { // of a module: a signal of SolidJS
		o := m.object(plainObject, site{c.site, "cell"})
		m.setProp(o, name, c.arg(0))
		return objectOf(o)
	}
	m.changedLater(c.arg(0), 0)
	o := i.cells[m.frame.context]
	if o == nil {
		if i.cells == nil {
			i.cells = map[*context]*Object{}
		}
		o = m.newObject(plainObject)
		i.cells[m.frame.context] = o
		o.made = 0 // a later change concerns the rendering that made it
		o.put(name, c.arg(0))
		return objectOf(o)
	}
	old, _ := o.own(name)
	m.setProp(o, name, join(old, c.arg(0)))
	return objectOf(o)
}

// changedLater notes that others may change the objects of v in their places, as with useRef and
// a store in a state: a rendering makes them anew, and what it reads is what they have become.
func (m *machine) changedLater(v *Value, depth int) {
	m.reads.disown(v)
	for _, o := range orUndefined(v).objects {
		for k := range o.props {
			if depth < maxHeld && o.kind == plainObject {
				m.changedLater(o.props[k].value, depth+1)
			}
		}
	}
}

// maxHeld is how deep the objects in a state are looked at: { form: { phone: ” } }.
const maxHeld = 3

// pageQuery is $query(): the parameters of the page.
func pageQuery(m *machine, c *call) *Value {
	if i := m.frame.page(); i != nil && i.query != nil {
		return objectOf(i.query)
	}
	return unknownValue
}

// routesOf is $routes(): what pages.json says of each page, its path as routers have it.
func routesOf(m *machine, c *call) *Value {
	list := &jsonc.Value{Kind: jsonc.Array}
	if m.program.Config == nil {
		return m.valueOfJSON(nil, list)
	}
	config := m.program.Config.Value
	add := func(root string, pages *jsonc.Value) {
		if pages == nil {
			return
		}
		for _, page := range pages.Elems {
			entry := &jsonc.Value{Kind: jsonc.Object, Members: []*jsonc.Member{
				{Name: "path", Value: jsonc.NewString(page.Span, path.Join("/", root, page.Get("path").String()))}}}
			for _, name := range [...]string{"name", "aliasPath"} {
				if v := page.Get(name); v.Is(jsonc.String) {
					entry.Members = append(entry.Members, &jsonc.Member{Name: name, Value: v})
				}
			}
			list.Elems = append(list.Elems, entry)
		}
	}
	add("", config.Get("pages"))
	for _, key := range [...]string{"subPackages", "subpackages"} {
		if subs := config.Get(key); subs != nil {
			for _, sub := range subs.Elems {
				add(sub.Get("root").String(), sub.Get("pages"))
			}
		}
	}
	return m.valueOfJSON(m.program.Config.File, list)
}

// presentInstance is $instance(): the component that runs.
func presentInstance(m *machine, c *call) *Value {
	if i := m.frame.owner(); i != nil {
		return objectOf(i.object)
	}
	return unknownValue
}

// presentProps is $props(): the properties that were passed to it.
func presentProps(m *machine, c *call) *Value {
	if i := m.frame.owner(); i != nil {
		return objectOf(i.data)
	}
	return unknownValue
}

// setDefaults is $defaults(values): properties that it has if none are given.
func setDefaults(m *machine, c *call) *Value {
	i := m.frame.owner()
	if i == nil {
		return undefinedValue
	}
	for name, v := range c.arg(0).properties() {
		if _, given := i.data.own(name); !given {
			m.setProp(i.data, name, m.defaultOf(i, name, v))
		}
	}
	return undefinedValue
}

// emitter is $emitter(): a function that emits events of the component that runs.
func emitter(m *machine, c *call) *Value {
	i := m.frame.owner()
	if i == nil {
		return unknownValue
	}
	o := m.object(functionObject, i)
	o.fn = &function{target: emitObject, bound: true, this: objectOf(i.object), name: "emit"}
	return objectOf(o)
}

// exposeAll is $expose(values): properties that others can read.
func exposeAll(m *machine, c *call) *Value {
	if i := m.frame.owner(); i != nil {
		m.copyInto(i.object, c.arg(0))
	}
	return undefinedValue
}

// openAll is $open(o): o, which code that is not there may have given more properties.
func openAll(m *machine, c *call) *Value {
	for _, o := range c.arg(0).objects {
		m.setOpen(o, true)
	}
	return c.arg(0)
}

// fillContext is $fill(o): code of the program was seen to give o its value.
func fillContext(m *machine, c *call) *Value {
	for _, o := range c.arg(0).objects {
		m.pages.filled[o] = true
	}
	return undefinedValue
}

// isFilled is $filled(o): was some? It does not forget, as a property would not: what was
// written into one stays possible.
func isFilled(m *machine, c *call) *Value {
	if slices.ContainsFunc(c.arg(0).objects, func(o *Object) bool { return m.pages.filled[o] }) {
		return trueValue
	}
	return falseValue
}

// useBus is $bus(object, "on", name, listener) or $bus(object, "emit", name, ...values): an
// event bus, whatever the order of calls.
func useBus(m *machine, c *call) *Value {
	what, _ := c.arg(1).only()
	names, others := c.arg(2).keys()
	if at := m.here(); others && what.str != "on" {
		for _, v := range c.rest(3) {
			m.lose(deepTaints(v), finding.UnknownKey, callee(at), at)
		}
	}
	for _, o := range c.arg(0).objects {
		o.touch()
		for k, n := range names {
			if what.str == "on" {
				m.listenTo(objectOf(o), textOf(n), c.arg(3), itemSite(c.site, k))
				continue
			}
			m.send(o, n, c.rest(3), lang.Text{ZH: "经事件 " + n + " 传出", EN: "sent by event " + n}, itemSite(c.site, k))
		}
	}
	return undefinedValue
}

// requestOf is $request(name, options): a request library of that name asks a server.
func requestOf(m *machine, c *call) *Value {
	name, _ := c.arg(0).only()
	if name == nil {
		name = &constant{str: "request"}
	}
	return m.platformCall(m.platformObject(name.str, requestPath).objects[0], c.rest(1), site{c.site, "request"})
}

// held is $held(v, …): something that holds the collected data in all v.
func held(m *machine, c *call) *Value {
	var ts []taint
	for _, v := range c.args {
		ts = joinTaints(ts, deepTaints(v))
	}
	return join(unknownValue, taintOnly(ts))
}

// foreign is $foreign(): an object of which nothing is known, and that code which is not there
// keeps, such as a canvas.
func foreign(m *machine, c *call) *Value {
	o := m.object(plainObject, c.site)
	m.setOpen(o, true)
	o.shared = true
	return objectOf(o)
}

// ownFunctions is $own(f): f as far as it is a function of the program, or undefined.
func ownFunctions(m *machine, c *call) *Value {
	var own *Value
	for _, o := range programFunctions(c.args) {
		own = join(own, objectOf(o))
	}
	return orUndefined(own)
}

// bus is the event bus of the whole program: uni.$emit, uni.$on.
func (m *machine) bus() *Object {
	if m.api.events == nil {
		m.api.events = m.newObject(plainObject)
	}
	return m.api.events
}
