package flow

// The options provide and inject of a component, which hand values to all components below:
//
//	provide() { return { save: this.save } }
//	inject: ['save']
//
// What is handed over under a name is kept where the functions provide and inject of the
// model keep it, as is what the app provides.

// addInjected makes an accessor of each property that comes from a component around i.
func (m *machine) addInjected(i *instance, v *Value) {
	items, _ := m.elements(v)
	for _, item := range items {
		names, _ := item.keys()
		for _, name := range names {
			m.inject(i, name, textOf(name), nil)
		}
	}
	for name, declared := range v.properties() {
		key, otherwise := textOf(name), declared
		for _, o := range declared.objects { // { from: 'save', default: null }
			otherwise, _ = o.own("default")
			if from, ok := o.own("from"); ok {
				key = from
			}
		}
		if len(declared.objects) == 0 { // { keep: 'save' }
			key, otherwise = declared, nil
		}
		m.inject(i, name, key, otherwise)
	}
}

func (m *machine) inject(i *instance, name string, key, otherwise *Value) {
	i.object.accessor(name, m.inner("inject", func(m *machine, c *call) *Value {
		v := m.call(m.get(m.model("vue"), "inject"), undefinedValue, []*Value{key, orUndefined(otherwise)}, c.site)
		if v.empty() { // code that is not there may provide it
			return unknownValue
		}
		return v
	}), false)
}

// provideBelow hands over what the option provide of i gives.
func (m *machine) provideBelow(i *instance) {
	for _, o := range i.provides.objects {
		given := objectOf(o)
		if o.kind == functionObject {
			given = m.call(given, objectOf(i.object), nil, site{o, "provide"})
		}
		for name, v := range given.properties() {
			m.call(m.get(m.model("vue"), "provide"), undefinedValue, []*Value{textOf(name), v}, site{o, name})
		}
	}
}
