package flow

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/beian/beian/analyzer/source"
)

// Interceptors of uni-app (uniapp.dcloud.net.cn/api/interceptor.html, read 2026-11) change
// what a program hands to an API before the API sees it. Many programs put the host in
// front of every address there:
//
//	uni.addInterceptor('request', { invoke(options) { options.url = 'https://…' + options.url } })

func addInterceptor(m *machine, c *call) *Value {
	names, _ := c.arg(0).keys()
	for _, name := range names {
		o := m.interceptors()
		o.touch()
		before, _ := o.own(name)
		m.setProp(o, name, join(before, c.arg(1)))
	}
	return undefinedValue
}

// interceptors holds what the program has added for each API, by its name.
func (m *machine) interceptors() *Object {
	if m.api.interceptors == nil {
		m.api.interceptors = m.newObject(plainObject)
	}
	return m.api.interceptors
}

// intercepted returns the arguments of a call as the interceptors of the API leave them.
// They see a copy of the options: what the program keeps does not change.
func (m *machine) intercepted(o *Object, args []*Value, from any) []*Value {
	name, hook := o.path, "invoke"
	switch {
	case name == requestPath:
		name = "request" // request libraries call it
	case o.global == "wepy":
		name, hook = inWepy+name, "config"
	case o.global != "uni" || name == "addInterceptor":
		return args
	}
	if len(args) == 0 {
		return args
	}
	added := m.property(m.interceptors(), name)
	if len(added.objects) == 0 {
		return args
	}
	options := m.object(plainObject, site{from, "intercepted"})
	m.copyInto(options, args[0])
	first := objectOf(options)
	for _, a := range added.objects {
		invoke := m.property(a, hook)
		if !callable(invoke) {
			continue
		}
		made := m.call(invoke, objectOf(a), []*Value{objectOf(options)}, site{from, hook})
		if hook == "config" && len(made.objects) > 0 {
			first = made
		}
	}
	return append([]*Value{first}, args[1:]...)
}

// inWepy is what the names of the APIs begin with under which interceptors() holds those of wepy 1.
const inWepy = "(wepy) "

func init() {
	// The app of wepy 1 changes what its pages hand to wepy.request (wepy 1.7, packages/wepy/src/app.js: intercept and
	// initAPI, read 2026-11): this.intercept('request', { config(options) { … return options } }).
	define("Instance", map[string]nativeFunc{
		"intercept": func(m *machine, c *call) *Value {
			names, _ := c.arg(0).keys()
			o := m.interceptors()
			for _, name := range names {
				o.touch()
				before, _ := o.own(inWepy + name)
				m.setProp(o, inWepy+name, join(before, c.arg(1)))
			}
			return undefinedValue
		},
	})
}

// The interceptors of Taro (docs.taro.zone/docs/apis/network/request/addInterceptor, read
// 2026-11) get a chain, and call the next, or the request itself, with what they make of it:
//
//	Taro.addInterceptor(chain => chain.proceed({ ...chain.requestParams, url: HOST + chain.requestParams.url }))

// inChain is the name under which interceptors() holds those of Taro.
const inChain = "(chain)"

// chained runs a request of Taro through its interceptors, or adds one; nil if o is
// something else, or there are none.
func (m *machine) chained(o *Object, args []*Value, from any) *Value {
	if o.global != "Taro" || len(args) == 0 {
		return nil
	}
	switch {
	case o.path == "addInterceptor" && callable(args[0]):
		all := m.interceptors()
		all.touch()
		before, _ := all.own(inChain)
		m.setProp(all, inChain, join(before, args[0]))
		for _, fn := range args[0].objects {
			if !slices.Contains(m.api.chain, fn) {
				m.api.chain = append(m.api.chain, fn)
			}
		}
		return undefinedValue
	case o.path != "request":
		return nil
	}
	added := slices.Clone(m.property(m.interceptors(), inChain).objects)
	slices.SortFunc(added, func(a, b *Object) int {
		return cmp.Compare(slices.Index(m.api.chain, a), slices.Index(m.api.chain, b))
	})
	if len(added) == 0 {
		return nil
	}
	params := m.object(plainObject, site{from, "intercepted"})
	m.copyInto(params, args[0])
	return m.proceed(o, added, objectOf(params), from, m.apiLocation(o, from))
}

// proceed calls the first of the interceptors that are left, or the request.
func (m *machine) proceed(o *Object, left []*Object, params *Value, from any, at source.Location) *Value {
	if len(left) == 0 {
		return m.performed(o, []*Value{params}, from, at)
	}
	n := strconv.Itoa(len(left))
	chain := m.object(plainObject, site{from, "chain" + n})
	next := func(m *machine, c *call) *Value { return m.proceed(o, left[1:], c.arg(0), from, at) }
	m.setProp(chain, "requestParams", params)
	m.setProp(chain, "proceed", m.native(site{from, "proceed" + n}, "proceed", next))
	return m.call(objectOf(left[0]), undefinedValue, []*Value{objectOf(chain)}, site{from, "interceptor" + n})
}
