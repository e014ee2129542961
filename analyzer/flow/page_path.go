package flow

// Methods of pages and components that only one platform has. Those of Baidu take the path
// of a datum where others take an object: this.setData('form.tel', v), this.getData('form').

func init() {
	define("Instance of baidu", map[string]nativeFunc{
		"setData": func(m *machine, c *call) *Value {
			of := *c
			if len(c.arg(0).consts) > 0 {
				patch := m.object(plainObject, site{c.site, "patch"})
				names, _ := c.arg(0).keys()
				for _, n := range names {
					m.addProp(patch, n, c.arg(1))
				}
				of.args = []*Value{objectOf(patch), c.arg(2)}
			}
			return m.call(method("Instance", "setData"), of.this, of.args, of.site)
		},
		"getData": func(m *machine, c *call) *Value {
			var out *Value
			m.eachDatum(c, func(at *Value) { out = join(out, at) })
			return orUndefined(out)
		},
		"pushData": onDatum("push"), "unshiftData": onDatum("unshift"), "popData": onDatum("pop"), "shiftData": onDatum("shift"),
		"spliceData": func(m *machine, c *call) *Value {
			args, _ := m.elements(c.arg(1))
			m.eachDatum(c, func(at *Value) { m.call(method("Array", "splice"), at, args, c.site) })
			return undefinedValue
		},
	})
	define("Instance of alipay", map[string]nativeFunc{
		"$spliceData": func(m *machine, c *call) *Value {
			for _, o := range c.this.objects {
				if o.instance == nil {
					continue
				}
				for name, v := range c.arg(0).properties() {
					args, _ := m.elements(v)
					list := m.readPath(objectOf(o.instance.data), name)
					m.call(method("Array", "splice"), list, args, itemSite(c.site, int(o.id)))
					m.observe(o.instance, []string{name})
				}
			}
			return undefinedValue
		},
		"$batchedUpdates": func(m *machine, c *call) *Value {
			return m.call(c.arg(0), c.this, nil, site{c.site, "callback"})
		},
	})
}

// onDatum is a method that calls one of arrays on the datum at the path that is its first
// argument.
func onDatum(name string) nativeFunc {
	return func(m *machine, c *call) *Value {
		m.eachDatum(c, func(at *Value) { m.call(method("Array", name), at, c.rest(1), c.site) })
		return undefinedValue
	}
}

// eachDatum calls f with the data at the paths that the first argument of c can be; with all
// data if there is none.
func (m *machine) eachDatum(c *call, f func(at *Value)) {
	for _, o := range c.this.objects {
		if o.instance == nil {
			continue
		}
		data := objectOf(o.instance.data)
		paths, others := c.arg(0).keys()
		if len(c.args) == 0 {
			paths, others = nil, true
		}
		for _, p := range paths {
			f(m.readPath(data, p))
		}
		if others {
			f(data)
		}
	}
}
