package flow

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// JSON: a text if everything is known, else a text that holds what it encodes.

// jsonMark is the literal of the piece of joined text that is JSON of its value.
const jsonMark = "\x00json"

// encodes is the value of which k is JSON; nil if k is no such text.
func (k *constant) encodes() *Value {
	if k.kind != joined || len(k.pieces()) != 1 || k.pieces()[0].str != jsonMark {
		return nil
	}
	return k.pieces()[0].val
}

// stringify gives the text of a known value. Otherwise it keeps the value inside
// the text, so that parse returns it field by field.
func stringify(m *machine, c *call) *Value {
	v, replacer := m.asJSON(c.arg(0)), c.arg(1)
	if can, canNot := replacer.nullish(); canNot || !can {
		return taintOnly(m.revised(v, replacer, c.site)) // what of it is not known
	}
	if s, ok := m.json(v, 0); ok {
		if s == "" {
			return undefinedValue
		}
		if c.arg(2).isOnly(undefined) {
			return textOf(s)
		}
		vm := m.real()
		if tree := m.reckon("JSON.parse", goja.Undefined(), []goja.Value{vm.ToValue(s)}); tree != nil {
			if rows := m.knownRows([]*Value{c.arg(2)}); len(rows) == 1 {
				if out := m.reckon("JSON.stringify", goja.Undefined(), []goja.Value{tree, goja.Null(), rows[0][0]}); out != nil {
					return m.fromReal(out, nil, undefinedValue.consts[0])
				}
			}
		}
	}
	if encoded(v) >= maxEncoded {
		return taintOnly(deepTaints(v))
	}
	out := part{str: jsonMark, val: m.copiedAsJSON(v, site{c.site, "json"})}.value()
	if v.maybeAbsent() || slices.ContainsFunc(v.objects, func(o *Object) bool { return o.kind == functionObject }) {
		out = join(out, undefinedValue)
	}
	return out
}

// revised returns the data in v and in what a function gives in place of what is in v: the second
// argument of stringify and parse.
func (m *machine) revised(v, by *Value, at any) []taint {
	ts := deepTaints(v)
	if runnable(by) {
		args := []*Value{join(taintOnly(ts), unknownValue), join(v, join(taintOnly(ts), unknownValue))}
		m.repeat(func() { ts = joinTaints(ts, deepTaints(m.call(by, undefinedValue, args, itemSite(at, 0)))) })
	}
	return ts
}

// asJSON returns v with what toJSON of the program's gives in place of its objects.
func (m *machine) asJSON(v *Value) *Value {
	out := &Value{consts: v.consts, data: v.data, unknown: v.unknown}
	for _, o := range v.objects {
		shown := objectOf(o)
		if o.kind == plainObject {
			if toJSON := m.property(o, "toJSON"); toJSON.isFunction() {
				shown = m.call(toJSON, shown, nil, site{o, "callback"})
			}
		}
		out = join(out, shown)
	}
	return out
}

// maxEncoded is how often a value may be encoded before its content is given up. A text
// that is encoded anew each time a handler runs, this.setData({ log:
// JSON.stringify(this.data.log) }), would get longer for ever.
var maxEncoded = 3

// encoded counts how often a text was made JSON.
func encoded(v *Value) (times int) {
	for _, k := range v.consts {
		if val := k.encodes(); val != nil {
			times = max(times, 1+encoded(val))
		}
	}
	return times
}

// maxJSON is the length in bytes of the JSON that is written as a text.
var maxJSON = 4000

// maxJSONDepth is how many levels of objects inside each other that JSON has.
var maxJSONDepth = 5

// json returns the JSON of v, if all of it is known; "" for what has none.
func (m *machine) json(v *Value, depth int) (string, bool) {
	v = orUndefined(v)
	if c, ok := v.only(); ok {
		switch c.kind {
		case undefined, symbol:
			return "", true
		case joined:
			return "", false
		case text:
			if len(c.str) > maxJSON {
				return "", false
			}
		}
		out := m.reckon("JSON.stringify", goja.Undefined(), []goja.Value{m.toReal(c)})
		return out.String(), true
	}
	o := v.single()
	if o == nil || depth > maxJSONDepth || o.open || o.rest != nil || o.short != nil || o.shuffled {
		return "", false
	}
	var parts []string
	size := 0
	add := func(key string, item *Value) bool {
		s, ok := m.json(item, depth+1)
		size += len(s) + len(key)
		if !ok || size > maxJSON || len(parts) > maxElems {
			return false
		}
		if s == "" && o.kind == arrayObject {
			s = "null"
		}
		if s != "" {
			parts = append(parts, key+s)
		}
		return true
	}
	switch {
	case o.kind == functionObject && !o.namespace():
		return "", true
	case o.kind == arrayObject:
		o.touch()
		for _, e := range o.elems {
			if !add("", e) {
				return "", false
			}
		}
		return "[" + strings.Join(parts, ",") + "]", true
	case o.kind != plainObject || o.boxed != nil || o.proto != nil || o.node != nil:
		return "", false
	}
	if own := m.property(o, "toJSON"); own != undefinedValue {
		return "", false
	}
	for _, name := range o.visible() {
		item, _ := o.own(name)
		if o.getters[name] != nil {
			item = m.property(o, name)
		}
		key, ok := m.json(textOf(name), 0)
		if !ok || !add(key+":", item) {
			return "", false
		}
	}
	return "{" + strings.Join(parts, ",") + "}", true
}

// value returns the text that a piece of joined text is.
func (p part) value() *Value {
	switch {
	case p.val == nil:
		return textOf(p.str)
	case p.str == jsonMark:
		return valueOf(constant{kind: joined, joint: &[]part{p}}).tainted(deepTaints(p.val), nil)
	}
	return p.val
}

func parse(m *machine, c *call) *Value {
	v := c.arg(0)
	if callable(c.arg(1)) && !c.arg(1).unknown {
		return taintOnly(m.revised(v, c.arg(1), c.site))
	}
	var written, out *Value
	for i, k := range v.consts {
		if val := k.encodes(); val != nil {
			written = join(written, val)
		} else if p := m.parsed(k, itemSite(c.site, i)); p != nil {
			out = join(out, p)
		} else if k.kind == joined {
			out = join(out, unknownValue)
		}
	}
	if written != nil {
		return join(out, m.copied(written, c.site))
	}
	if out == nil || v.unknown || v.data != nil || len(v.objects) > 0 {
		out = join(out, taintOnly(v.taints()))
	}
	return out
}

// parsed is what the JSON of one constant says; nil if that is not known.
func (m *machine) parsed(k *constant, at any) *Value {
	arg := m.toReal(k)
	if arg == nil || len(k.str) > maxText {
		return nil
	}
	v := m.reckon("JSON.parse", goja.Undefined(), []goja.Value{arg})
	if v == nil {
		return nil
	}
	return m.fromReal(v, at, k)
}
