package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// observer is a function that runs when data change.
type observer struct {
	paths []string
	fn    *Value
	whole bool // gets the new value of a property, as properties.x.observer does
}

// setData is this.setData of instance i.
func (m *machine) setData(i *instance, patch *Value, c *call) {
	if patch == nil {
		return
	}
	var changed []string
	certain := len(patch.objects) == 1 && !patch.unknown
	for _, o := range patch.objects {
		for _, p := range o.props {
			if n, v := p.name, p.value; v != nil {
				v = note(v, lang.Text{ZH: "存入页面数据 " + n, EN: "kept in page data " + n}, m.here())
				m.key(v.taints(), "data", n, m.here())
				m.handStranger(i, v, m.here())
				m.writePath(i.data, n, v, certain)
				changed = append(changed, n)
			}
		}
		if o.rest != nil {
			m.addRest(i.data, note(o.rest, lang.Text{ZH: "存入页面数据", EN: "kept in page data"}, m.here()))
			m.lose(deepTaints(o.rest), finding.UnknownKey, callee(m.here()), m.here()) // the name may be a path
			m.fillIn(i.data, 0)
			changed = append(changed, "**")
		}
		if o.open { // such as the parameters of the page
			m.setOpen(i.data, true)
			changed = append(changed, "**")
		}
	}
	m.observe(i, changed)
	if fn := c.arg(1); callable(fn) && !fn.unknown {
		m.later(func() { m.call(fn, objectOf(i.object), nil, site{c.site, "callback"}) })
	}
}

// maxFilled is how deep in data an unknown path may lead.
const maxFilled = 3

// fillIn makes something unknown a possibility of all in o that is empty, since a path that
// is not known may lead there. What is told of it is lost already, but code that checks
// whether a form is filled in goes on:
//
//	data: { form: { name: '' } },
//	onField(e) { this.setData({ [e.currentTarget.dataset.path]: e.detail.value }) },
//	submit() { if (!this.data.form.name) return … }
func (m *machine) fillIn(o *Object, depth int) {
	if depth > 0 {
		m.addRest(o, unknownValue)
	}
	for i := range o.props { // not through read: what is filled in does not depend on what there is
		p := o.props[i]
		if p.value == nil {
			continue
		}
		if p.value.empty() {
			m.addProp(o, p.name, unknownValue)
		}
		for _, inner := range p.value.objects {
			if inner.kind == plainObject && depth < maxFilled {
				m.fillIn(inner, depth+1)
			}
		}
	}
}

// writePath writes a data path such as "form.list[0].phone".
func (m *machine) writePath(o *Object, path string, v *Value, certain bool) {
	names := pathNames(path)
	m.write(o, names, v, certain, 0)
}

func (m *machine) write(o *Object, names []string, v *Value, certain bool, depth int) {
	name := names[0]
	if name == anyName {
		m.writeAny(o, names[1:], v, depth)
		return
	}
	if len(names) == 1 {
		if certain {
			m.setProp(o, name, v)
		} else {
			m.addProp(o, name, v)
		}
		return
	}
	if depth > 12 {
		return
	}
	next, _ := o.read(name)
	var targets []*Object
	if next != nil {
		targets = next.objects
	}
	if len(targets) == 0 {
		kind := plainObject
		if elementIndex(names[1]) >= 0 {
			kind = arrayObject
		}
		n := m.object(kind, site{o, name})
		m.setProp(o, name, join(objectOf(n), keepTaints(next)))
		targets = []*Object{n}
	}
	for _, t := range targets {
		m.write(t, names[1:], v, certain && len(targets) == 1, depth+1)
	}
}

// writeAny is write if the first name, which is left off, may be any.
func (m *machine) writeAny(o *Object, names []string, v *Value, depth int) {
	if len(names) == 0 {
		m.addRest(o, v)
		return
	}
	if depth > 12 {
		return
	}
	var targets []*Object
	if all := o.all(); all != nil {
		targets = all.objects
	}
	if len(targets) == 0 {
		n := m.object(plainObject, site{o, anyName})
		m.addRest(o, objectOf(n))
		targets = []*Object{n}
	}
	for _, t := range targets {
		m.write(t, names, v, false, depth+1)
	}
}

func keepTaints(v *Value) *Value {
	if v == nil || len(v.taints()) == 0 {
		return nil
	}
	return taintOnly(v.taints())
}

// pathNames splits a data path into names.
func pathNames(path string) []string {
	if !strings.ContainsAny(path, ".[") {
		return []string{path}
	}
	names := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
	if len(names) == 0 {
		return []string{path}
	}
	return names
}

// observe runs the observers of changed paths.
func (m *machine) observe(i *instance, changed []string) {
	for k, ob := range i.observers {
		if !ob.watches(changed) {
			continue
		}
		var args []*Value
		for _, p := range ob.paths {
			args = append(args, m.readPath(objectOf(i.data), p))
		}
		fn := ob.fn
		if k0, ok := fn.only(); ok && k0.kind == text {
			fn, _ = i.object.own(k0.str)
		}
		switch {
		case fn == nil:
		case m.frame.depth >= m.limits.depth-4:
			m.limit("depth")
			m.lose(deepTaints(joinAll(args)), finding.Limit, strings.Join(ob.paths, ", "), m.here())
		default:
			m.perhaps(func() { m.call(fn, objectOf(i.object), args, itemSite(i, k)) })
		}
	}
}

func (ob observer) watches(changed []string) bool {
	for _, p := range ob.paths {
		bare := strings.TrimSuffix(p, ".**")
		if strings.ContainsRune(bare, '[') { // list[0].phone
			bare = strings.Join(pathNames(bare), ".")
		}
		for _, c := range changed {
			c = strings.Join(pathNames(c), ".")
			if known, _, open := strings.Cut(c, "."+anyName); open && strings.HasPrefix(bare+".", known+".") {
				return true
			}
			below := strings.HasSuffix(p, ".**") && strings.HasPrefix(c, bare+".")
			if p == "**" || c == "**" || c == bare || strings.HasPrefix(bare, c+".") || below {
				return true
			}
		}
	}
	return false
}

// readPath reads a data path.
func (m *machine) readPath(v *Value, path string) *Value {
	for _, n := range pathNames(strings.TrimSuffix(path, "**")) {
		v = m.get(v, n)
	}
	return v
}
