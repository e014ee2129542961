package flow

import (
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// What missing code is given, it may keep, change and call, now or later. It may also
// look for what lies open to all code: the app, the variables of modules, events.

// giving hands values to missing code.
type giving struct {
	*machine
	name string // of the code, as the source calls it
	at   source.Location
	seen map[*Object]bool // what it has got already
	far  *digger          // what it has got beyond maxGiven
}

func (m *machine) giving(name string, at source.Location) giving {
	return giving{m, name, at, map[*Object]bool{}, farDigger()}
}

// maxGiven bounds how far into what missing code is given its changes are looked for.
var maxGiven = 3

// value notes that the code has got v.
func (g giving) value(v *Value, depth int) {
	if v == nil {
		return
	}
	if depth > maxGiven {
		g.far.dig("", v, nil)
		g.lose(g.far.taints, finding.Limit, g.name, g.at)
		return
	}
	for _, o := range v.objects {
		if g.seen[o] {
			continue
		}
		g.seen[o] = true
		switch o.kind {
		case plainObject, arrayObject, mapObject:
			g.object(o, depth)
		case instanceObject:
			if o.instance != nil {
				o.instance.addStranger(g.name)
				g.instance(o.instance, depth)
			}
		case promiseObject:
			g.whenSettled(o, reaction{fulfilled: func(v *Value) { g.gone(v) }})
		case platformObject:
			g.gone(g.calledBlind(o))
		case functionObject:
			g.function(o)
		}
	}
}

// gone notes that the code may look at v.
func (g giving) gone(v *Value) {
	d := digger{pages: true}
	d.dig("", v, nil)
	g.lose(d.taints, finding.LibraryCallback, g.name, g.at)
}

// object notes that the code may read o, add to it and change it.
func (g giving) object(o *Object, depth int) {
	for p, n := o, 0; p != nil && n < maxProtos; p, n = p.proto, n+1 {
		for _, name := range p.named() {
			v := g.propertyFor(p, objectOf(o), name)
			g.gone(v)
			if !ofStore(name, v) {
				g.value(v, depth+1)
			}
		}
	}
	grown := o.open
	if o.kind == arrayObject {
		grown = o.rest != nil && o.rest.unknown // the places that are known stay so
	}
	if o.shared && grown {
		return
	}
	o.shared, o.giver = true, g.reads
	if o.kind == arrayObject {
		g.addRest(o, unknownValue)
	} else {
		g.setOpen(o, true)
	}
	for i := range o.props {
		v := o.props[i].value
		if v.vacant() {
			g.setProp(o, o.props[i].name, join(v, unknownValue))
		}
		if !ofStore(o.props[i].name, v) {
			g.value(v, depth+1)
		}
	}
	for _, e := range o.elems {
		g.value(e, depth+1)
	}
	g.value(o.rest, depth+1)
}

// vacant reports whether v is a flag, or a place that is to be filled: false, null, 0, "".
func (v *Value) vacant() bool {
	return v != nil && v.pure() && !slices.ContainsFunc(v.consts, func(c *constant) bool { return c.kind != boolean && c.truthy() })
}

// instance notes that the code may do with i whatever its own code may.
func (g giving) instance(i *instance, depth int) {
	g.setOpen(i.object, true)
	g.object(i.data, depth+1)
	for _, name := range slices.Sorted(maps.Keys(i.vars)) {
		v := i.vars[name].read(g.machine)
		g.gone(v)
		g.value(v, depth+1)
	}
	if i == g.pages.app {
		for _, p := range i.object.props {
			g.value(p.value, depth+1)
		}
	}
}

// function notes that the code may call o at any time.
func (g giving) function(o *Object) {
	i := g.frame.owner()
	if i == nil || !o.fn.ofProgram() || len(i.given) >= maxFunctions || slices.ContainsFunc(i.given,
		func(k given) bool { return k.fn == o }) {
		return
	}
	i.given = append(i.given, given{g, o})
	g.grown = true
}

// maxFunctions bounds how many functions of a component missing code is thought to call:
// what one returns may be another.
var maxFunctions = 32

// given is a function that missing code was given.
type given struct {
	to giving
	fn *Object
}

// callGiven calls the functions of i that missing code was given.
func (m *machine) callGiven(i *instance) {
	outer := m.cause
	defer func() { m.cause = outer }()
	for n := 0; n < len(i.given); n++ {
		k := i.given[n]
		m.cause = k.to.at // a function of a library has no place of its own
		m.entryPoint(i, site{k.fn, "given"}, 0, func() {
			e := escaping{machine: m, more: unknownValue, this: unknownValue, site: k.fn, mark: m.newMark()}
			e.values(objectOf(k.fn), 0)
			k.to.gone(e.returned)
			m.giving(k.to.name, k.to.at).value(e.returned, 1)
		})
	}
}

// strangerOf returns the missing code that shares in i, or in what i is part of: who has
// a page can select the components in it.
func (i *instance) strangerOf() string {
	for ; i != nil; i = i.parent {
		if i.stranger != "" {
			return i.stranger
		}
	}
	return ""
}
