package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// Data that are themselves names of properties, or keys of a Map:
//
//	seen[phone] = 1
//	wx.request({ url, data: Object.keys(seen) })
//
// The object holds them, as it does its values.

// keepNames notes that the data of key become names in v, or that they are lost if it is not known in which object.
func (m *machine) keepNames(v, key *Value, others bool) {
	ts := key.taints()
	if len(ts) == 0 {
		return
	}
	at := m.here()
	holds := func(o *Object) bool { return o.kind == plainObject || o.kind == mapObject }
	if !others || v.unknown || v.isShared() || !slices.ContainsFunc(v.objects, holds) {
		m.lose(ts, finding.UnknownKey, callee(at), at)
		return
	}
	names := note(taintOnly(ts), lang.Text{ZH: "成为属性名", EN: "becomes the name of a property"}, at)
	for _, o := range v.objects {
		if holds(o) {
			m.addProp(o, namesInside, names)
		}
	}
}

// otherNames is what the names of o at unknown places are.
func (o *Object) otherNames() *Value {
	names, _ := o.own(namesInside)
	if names == nil {
		return unknownValue
	}
	return join(unknownValue, taintOnly(names.taints()))
}
