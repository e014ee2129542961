package flow

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
	name := o.path
	switch {
	case name == requestPath:
		name = "request" // request libraries call it
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
	for _, a := range added.objects {
		if invoke := m.property(a, "invoke"); callable(invoke) {
			m.call(invoke, objectOf(a), []*Value{objectOf(options)}, site{from, "invoke"})
		}
	}
	return append([]*Value{objectOf(options)}, args[1:]...)
}
