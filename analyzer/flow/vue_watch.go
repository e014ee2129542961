package flow

import (
	"slices"
	"strings"
)

// Watchers and functions of the lifecycle that a component of Vue adds while it runs:
//
//	this.$watch('phone', phone => save(phone))
//	this.$once('hook:beforeDestroy', () => save(this.phone))

var stopWatching = nativeObject("stop", always(undefinedValue))

// addWatchers gives i the methods for it.
func (m *machine) addWatchers(i *instance) {
	i.object.put("$watch", m.inner("$watch", func(m *machine, c *call) *Value {
		m.watchLater(i, c)
		return stopWatching
	}))
	for _, name := range [...]string{"$on", "$once"} {
		i.object.put(name, m.inner(name, func(m *machine, c *call) *Value {
			if !m.hookLater(i, c) && i.object.proto != nil {
				return m.apply(m.property(i.object.proto, name), c.this, c.args, c.more, c.site)
			}
			return c.this
		}))
	}
}

// watchLater is this.$watch(what, run): what is the path of a property, or a function.
func (m *machine) watchLater(i *instance, c *call) {
	before := len(i.watches)
	for _, k := range c.arg(0).consts {
		if k.kind == text {
			m.watch(i, k.str, c.arg(1))
		}
	}
	at := m.here()
	known := slices.ContainsFunc(i.watches, func(w watch) bool { return w.path == "" && w.at == at })
	if callable(c.arg(0)) && !known {
		read, run := c.arg(0), c.arg(1)
		if !callable(run) {
			run = m.get(run, "handler")
		}
		i.watches = addWatch(i.watches, watch{at: at, fn: m.inner("watched", func(m *machine, d *call) *Value {
			v := m.call(read, d.this, nil, site{d.site, "read"})
			return m.call(run, d.this, []*Value{v, v}, site{d.site, "run"})
		})})
	}
	m.grown = m.grown || len(i.watches) > before
}

// hookLater is this.$once('hook:beforeDestroy', run); it reports whether the event is one of the lifecycle.
func (m *machine) hookLater(i *instance, c *call) (hook bool) {
	for _, k := range c.arg(0).consts {
		name, ok := strings.CutPrefix(k.str, "hook:")
		if k.kind != text || !ok {
			continue
		}
		hook = true
		old, had := i.object.own(hookPrefix + name)
		i.object.put(hookPrefix+name, join(old, c.arg(1)))
		m.grown = m.grown || !had
	}
	return hook
}
