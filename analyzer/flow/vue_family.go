package flow

// What a component in a single file knows of the others around it, and of itself: this.$parent, $root,
// $children and $options. Component libraries, and programs that learned from them, look for a parent
// by its name:
//
//	while (parent && parent.$options.name !== name) parent = parent.$parent

// relate tells i about its user and its page. In a mini program nothing is above a page, but for the app in wepy 1 (its documents,
// 实例; read 2026-11).
func (m *machine) relate(i *instance) {
	switch {
	case i.parent != nil:
		i.object.put("$parent", objectOf(i.parent.object))
	case i.page == i && m.program.Framework == "wepy":
		i.object.accessor("$parent", m.inner("$parent", func(m *machine, c *call) *Value { return m.theApp() }), false)
	case i.page == i:
		i.object.put("$parent", undefinedValue)
	}
	if i.page != nil && i.page.object != nil {
		i.object.put("$root", objectOf(i.page.object))
	}
	i.object.accessor("$children", m.inner("$children", func(m *machine, c *call) *Value { return i.children(m) }), false)
	if o := i.def.single(); o != nil && o.kind == plainObject {
		i.object.put("$options", m.optionsOf(o))
	}
}

// optionsOf is what a component was defined by, with what the framework adds, of which nothing is known.
func (m *machine) optionsOf(def *Object) *Value {
	o := m.newObject(plainObject)
	o.proto = def
	if _, named := def.own("name"); !named {
		o.put("name", undefinedValue)
	}
	if _, named := def.own("componentName"); !named {
		o.put("componentName", undefinedValue)
	}
	m.setOpen(o, true)
	return objectOf(o)
}

// children is this.$children: the components that it shows, in order.
func (i *instance) children(m *machine) *Value {
	i.object.touch()
	var kids []*Value
	for _, kid := range i.kids {
		kids = append(kids, objectOf(kid.object))
	}
	return m.array(site{i, "$children"}, kids, nil)
}
