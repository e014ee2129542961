package flow

import (
	"math"
	"slices"
)

// Operators on what is known, and the conversions before them.

// asked are the symbols under which the language asks an object for a function itself, at operators and methods that are
// computed without it: 1 instanceof { [Symbol.hasInstance]() {…} }
var asked = []string{"hasInstance", "split", "match", "matchAll", "replace", "search", "species", "isConcatSpreadable"}

// primitive returns v with what its objects are converted to by an operator. The
// hint is what the operator would like: "string", "number" or "default".
func (m *machine) primitive(v *Value, hint string) *Value {
	if v == nil || len(v.objects) == 0 {
		return v
	}
	out := &Value{consts: v.consts, data: v.data, unknown: v.unknown}
	for _, o := range v.objects {
		out = join(out, m.primitiveOf(o, hint))
	}
	return out
}

func (m *machine) primitiveOf(o *Object, hint string) *Value {
	switch o.kind {
	case arrayObject:
		return m.call(m.builtin(o, "join"), objectOf(o), nil, o)
	case plainObject:
		if o.boxed != nil {
			return o.boxed
		}
	case functionObject:
		if !m.writesText(o) {
			return objectOf(o)
		}
	default:
		return objectOf(o) // a piece of a text, which holds what it holds
	}
	if own := m.property(o, symbolMark+"toPrimitive"); runnable(own) && o.names(symbolMark+"toPrimitive") {
		if v := m.call(own, objectOf(o), []*Value{textOf(hint)}, site{o, "callback"}); len(v.objects) == 0 {
			return v
		}
	}
	names := [2]string{"valueOf", "toString"}
	if hint == "string" {
		names = [2]string{"toString", "valueOf"}
	}
	if o.anything() || o.rest != nil {
		return join(unknownValue, objectOf(o))
	}
	for _, name := range names {
		own := m.property(o, name)
		if f := own.callee(); f == nil || f.kind != functionObject {
			return join(unknownValue, objectOf(o))
		} else if f.fn.native == nil {
			v := m.call(own, objectOf(o), nil, site{o, "callback"})
			if len(v.objects) == 0 {
				return v
			}
		}
	}
	if m.property(o, "message") != undefinedValue {
		return join(unknownValue, objectOf(o)) // an error
	}
	return textOf("[object Object]")
}

// writesText reports whether the program, or a model, says what text o is: creators of actions are the types of these.
func (m *machine) writesText(o *Object) bool {
	if o.kind != functionObject && o.kind != plainObject || !o.names("toString") {
		return false
	}
	f := m.property(o, "toString").callee()
	return f != nil && f.kind == functionObject && f.fn.native == nil
}

// keyOf is key as the name of a property: what says which text it is names that one.
//
//	handleActions({ [signedIn]: (state, { payload }) => payload })
func (m *machine) keyOf(key *Value) *Value {
	if key == nil || !slices.ContainsFunc(key.objects, m.writesText) {
		return key
	}
	return m.primitive(key, "string")
}

// names reports whether o or one of its prototypes has a property of this name, or computes it. What is at a place that is not
// known in an object of functions may be any of them, and nobody wrote them to make a text of it.
func (o *Object) names(property string) bool {
	for p, n := o, 0; p != nil && n < maxProtos; p, n = p.proto, n+1 {
		if p.trap != nil || p.getters[property] != nil || p.find(property) >= 0 {
			return true
		}
	}
	return false
}

// sum returns a + b if both are known or neither can be a text as far as is known,
// such as a page number and 1; else nil.
func (m *machine) sum(a, b *Value) *Value {
	known := a.pure() && b.pure() && !a.hasJoined() && !b.hasJoined()
	texts := a.hasText() || b.hasText()
	if !known && (texts || !a.bare() || !b.bare() || len(a.consts)+len(b.consts) == 0) || len(a.consts)*len(b.consts) > maxKnown {
		return nil
	}
	var v *Value
	if a.unknown || b.unknown {
		v = unknownValue
	}
	for _, x := range a.consts {
		for _, y := range b.consts {
			if x.kind == text || y.kind == text {
				v = join(v, combine(x, y))
				continue
			}
			p, _ := m.toNumber(x)
			q, _ := m.toNumber(y)
			v = join(v, numberOf(p+q))
		}
	}
	return v
}

// bare reports whether v is no object and no collected data.
func (v *Value) bare() bool { return len(v.objects) == 0 && v.data == nil }

// isText reports whether v is certainly a text, as collected data are.
func (v *Value) isText() bool {
	if v.data != nil {
		return true
	}
	other := func(c *constant) bool { return c.kind != text && c.kind != joined }
	return !v.unknown && len(v.objects) == 0 && !slices.ContainsFunc(v.consts, other)
}

// hasText reports whether v can be a known text.
func (v *Value) hasText() bool {
	return slices.ContainsFunc(v.consts, func(c *constant) bool { return c.kind == text || c.kind == joined })
}

func numeric(c *constant) bool { return c.kind == number || c.kind == boolean }

// less compares two values by size, as far as they are known.
func (m *machine) less(op string, a, b *Value) *Value {
	x, okx := a.only()
	y, oky := b.only()
	if !okx || !oky {
		return boolValue
	}
	if x.kind == text && y.kind == text {
		return boolOf(compare(op, lessText(x.str, y.str), lessText(y.str, x.str)))
	}
	p, okx := m.toNumber(x)
	q, oky := m.toNumber(y)
	switch {
	case !okx || !oky:
		return boolValue
	case math.IsNaN(p) || math.IsNaN(q):
		return falseValue
	}
	return boolOf(compare(op, p < q, q < p))
}

// compare answers x op y by whether x is less and whether it is more.
func compare(op string, less, more bool) bool {
	switch op {
	case "<":
		return less
	case ">":
		return more
	case "<=":
		return !more
	}
	return !less
}

func arithmetic(op string, x, y float64) *Value {
	switch op {
	case "-":
		return numberOf(x - y)
	case "*":
		return numberOf(x * y)
	case "/":
		return numberOf(x / y)
	case "%":
		return numberOf(math.Mod(x, y))
	case "**":
		if math.Abs(x) == 1 && math.IsInf(y, 0) || math.IsNaN(y) {
			return numberOf(math.NaN()) // C and the language differ here
		}
		return numberOf(math.Pow(x, y))
	case "&":
		return numberOf(float64(toInt32(x) & toInt32(y)))
	case "|":
		return numberOf(float64(toInt32(x) | toInt32(y)))
	case "^":
		return numberOf(float64(toInt32(x) ^ toInt32(y)))
	case "<<":
		return numberOf(float64(toInt32(x) << (uint32(toInt32(y)) & 31)))
	case ">>":
		return numberOf(float64(toInt32(x) >> (uint32(toInt32(y)) & 31)))
	case ">>>":
		return numberOf(float64(uint32(toInt32(x)) >> (uint32(toInt32(y)) & 31)))
	}
	return unknownValue
}

// equal compares two values as far as they are known.
func (m *machine) equal(a, b *Value, op string) *Value {
	negate := op[0] == '!'
	loose := len(op) == 2
	if loose {
		// x == null asks for undefined as well.
		for _, pair := range [2][2]*Value{{a, b}, {b, a}} {
			if c, ok := pair[1].only(); ok && (c.kind == null || c.kind == undefined) {
				can, canNot := pair[0].nullish()
				switch {
				case can && canNot:
					return boolValue
				default:
					return boolOf(can != negate)
				}
			}
		}
		if len(a.objects) == 0 || len(b.objects) == 0 {
			a, b = m.primitive(a, "default"), m.primitive(b, "default")
		}
	}
	x, okx := a.only()
	y, oky := b.only()
	if okx && oky && x.kind != joined && y.kind != joined {
		return boolOf((x.equals(y) || loose && x.kind != y.kind && m.looselyEqual(x, y)) != negate)
	}
	if disjoint(a, b) && !loose {
		return boolOf(negate)
	}
	return boolValue
}

// equals is c === b, which NaN is not.
func (c *constant) equals(b *constant) bool {
	if c.kind == number && b.kind == number {
		return c.num == b.num
	}
	return c.same(b)
}

// looselyEqual is x == y for primitive values of two types.
func (m *machine) looselyEqual(x, y *constant) bool {
	if x.kind <= null || y.kind <= null {
		return x.kind <= null && y.kind <= null
	}
	p, okx := m.toNumber(x)
	q, oky := m.toNumber(y)
	return okx && oky && p == q
}
