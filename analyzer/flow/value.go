package flow

import (
	"math"
	"slices"

	"github.com/beian/beian/analyzer/source"
)

// Value is what a register, variable or property can hold: a join of known
// constants, objects, collected data, and "something else". Values are immutable
// and shared. A nil *Value is a value never written; it reads as undefined.
type Value struct {
	consts  []*constant // known primitive values, in order of arrival
	objects []*Object   // objects and functions, by id
	data    *data       // collected data; nil for none, as in nearly all values
	unknown bool        // may be something else, which holds no collected data
}

// data is the collected data that a value holds.
type data struct {
	taints []taint   // by origin
	about  []*origin // a fact about collected data (its length), not the data
}

// taints returns the collected data that v is.
func (v *Value) taints() []taint {
	if v == nil || v.data == nil {
		return nil
	}
	return v.data.taints
}

// about returns the collected data that v is a fact about.
func (v *Value) about() []*origin {
	if v == nil || v.data == nil {
		return nil
	}
	return v.data.about
}

// tainted returns v, which nobody else sees yet, holding collected data.
func (v *Value) tainted(ts []taint, about []*origin) *Value {
	if len(ts) > 0 || len(about) > 0 {
		v.data = &data{ts, about}
	}
	return v
}

// taint is collected data on its way.
type taint struct {
	origin *origin
	trail  *trail
}

// constKind is the type of a known primitive value.
type constKind uint8

const (
	undefined constKind = iota
	null
	boolean
	number
	text
	joined // text of which only parts are known
	symbol // a symbol that the language knows: Symbol.iterator
)

// symbolMark begins the names of properties whose key is a symbol.
const symbolMark = "@@"

// constant is one known primitive value.
type constant struct {
	kind  constKind
	num   float64 // number; 1 for true
	str   string
	joint *[]part // of joined text: see pieces
	by    *chosen // what decided that it is this; nil for nothing that was chosen
	file  *source.File
	span  source.Span // of the literal it comes from
}

// pieces are those of joined text; other constants have none.
func (c *constant) pieces() []part {
	if c.joint == nil {
		return nil
	}
	return *c.joint
}

// part is a piece of joined text: literal, or the text of a value.
type part struct {
	str string
	val *Value // nil for a literal
}

// Limits on a value. What goes beyond them is "something else", except for
// collected data, which is never dropped.
var (
	maxConsts  = 24
	maxObjects = 40
	maxParts   = 32
)

var (
	undefinedValue = valueOf(constant{kind: undefined})
	nullValue      = valueOf(constant{kind: null})
	trueValue      = valueOf(constant{kind: boolean, num: 1})
	falseValue     = valueOf(constant{kind: boolean})
	boolValue      = join(trueValue, falseValue)
	unknownValue   = &Value{unknown: true}
)

func boolOf(b bool) *Value {
	if b {
		return trueValue
	}
	return falseValue
}

// valueOf returns the value that is c and nothing else.
func valueOf(c constant) *Value {
	v := &struct {
		Value
		constant
		consts [1]*constant
	}{constant: c} // one allocation for values that always go together
	v.consts[0] = &v.constant
	v.Value.consts = v.consts[:]
	return &v.Value
}

// numberOf returns a number. Small ones, which count and index, are made once.
func numberOf(n float64) *Value {
	if i := int(n); i >= 0 && i < len(smallNumbers) && float64(i) == n && !math.Signbit(n) {
		return smallNumbers[i]
	}
	return valueOf(constant{kind: number, num: n})
}

var smallNumbers = func() (out [128]*Value) {
	for i := range out {
		out[i] = valueOf(constant{kind: number, num: float64(i)})
	}
	return out
}()

func textOf(s string) *Value { return valueOf(constant{kind: text, str: s}) }

func objectOf(o *Object) *Value { return &o.self }

// same reports whether c and b are the same primitive value.
func (c *constant) same(b *constant) bool {
	if c.kind != b.kind {
		return false
	}
	switch c.kind {
	case number, boolean:
		if c.num == 0 {
			return b.num == 0 && math.Signbit(c.num) == math.Signbit(b.num)
		}
		return c.num == b.num || math.IsNaN(c.num) && math.IsNaN(b.num)
	case text, symbol:
		return c.str == b.str
	case joined:
		return slices.EqualFunc(c.pieces(), b.pieces(), func(x, y part) bool {
			return x.str == y.str && (x.val == nil) == (y.val == nil)
		})
	}
	return true
}

// join returns the value that is either a or b.
func join(a, b *Value) *Value {
	switch {
	case a == b || b == nil:
		return a
	case a == nil:
		return b
	case a.covers(b):
		a.drop(b)
		return a
	case b.covers(a):
		b.drop(a)
		return b
	}
	v := &Value{unknown: a.unknown || b.unknown}
	v.consts, v.unknown = joinConsts(a.consts, b.consts, v.unknown)
	v.objects, v.unknown = joinObjects(a.objects, b.objects, v.unknown)
	return v.tainted(joinTaints(a.taints(), b.taints()), joinOrigins(a.about(), b.about()))
}

// joiner joins many values one after the other, as join does with each two, but writes into the value that it has made.
type joiner struct {
	value *Value
	own   bool // nobody else knows value, nor its list of objects
}

func (j *joiner) add(b *Value) {
	a := j.value
	if !j.own || b == nil || len(b.objects) == 0 || len(a.objects)+len(b.objects) > maxObjects || a.covers(b) || b.covers(a) {
		j.value = join(a, b)
		made := j.value != a && j.value != b
		j.own = made && len(a.objects) > 0 && len(b.objects) > 0 && len(a.objects)+len(b.objects) <= maxObjects || j.own && j.value == a
		return
	}
	a.unknown = a.unknown || b.unknown
	a.consts, a.unknown = joinConsts(a.consts, b.consts, a.unknown)
	for _, o := range b.objects {
		a.objects = insert(a.objects, o)
	}
	a.tainted(joinTaints(a.taints(), b.taints()), joinOrigins(a.about(), b.about()))
}

// covers reports whether every possibility of b is one of v.
func (v *Value) covers(b *Value) bool {
	if b.unknown && !v.unknown || len(b.taints()) > len(v.taints()) || len(b.about()) > len(v.about()) {
		return false
	}
	for _, c := range b.consts {
		if !(v.unknown && (c.kind == number || len(v.consts) >= maxConsts)) && !v.hasConst(c) {
			return false
		}
	}
	for _, o := range b.objects {
		if !slices.Contains(v.objects, o) && !(v.full() && v.standsFor(o)) {
			return false
		}
	}
	if !coversTaints(v.taints(), b.taints()) {
		return false
	}
	for _, o := range b.about() {
		if !slices.Contains(v.about(), o) {
			return false
		}
	}
	return true
}

// Limits on what handlers that run again and again can add to a value: a counter
// would else have one more possibility each time.
var (
	maxNumbers = 4
	maxJoined  = 6
)

// widen gives up the exact numbers and joined texts of a value that has too
// many of them.
func widen(v *Value) *Value {
	if v == nil || len(v.consts) <= maxNumbers {
		return v
	}
	numbers, texts := 0, 0
	for _, c := range v.consts {
		switch c.kind {
		case number:
			numbers++
		case joined:
			texts++
		}
	}
	if numbers <= maxNumbers && texts <= maxJoined {
		return v
	}
	out := *v
	out.consts, out.unknown = nil, true
	kept := 0
	for _, c := range v.consts {
		if c.kind == number && numbers > maxNumbers {
			continue
		}
		if c.kind == joined {
			if kept++; kept > maxJoined {
				continue
			}
		}
		out.consts = append(out.consts, c)
	}
	return &out
}

func (v *Value) hasConst(c *constant) bool {
	for i := range v.consts {
		if v.consts[i].same(c) {
			return coversParts(v.consts[i], c)
		}
	}
	return false
}

// coversParts compares the values inside joined texts of one shape.
func coversParts(a, b *constant) bool {
	if a.kind != joined {
		return true
	}
	for i := range a.pieces() {
		if x, y := a.pieces()[i].val, b.pieces()[i].val; x != y && x != nil && !x.covers(y) {
			return false
		}
	}
	return true
}

func (v *Value) has(o *origin) bool {
	for i := range v.taints() {
		if v.taints()[i].origin == o {
			return true
		}
	}
	return false
}

func joinConsts(a, b []*constant, unknown bool) ([]*constant, bool) {
	if len(b) == 0 {
		return a, unknown
	}
	out := slices.Clip(a)
next:
	for _, c := range b {
		for i := range out {
			if !out[i].same(c) {
				continue
			}
			if c.kind == joined && !coversParts(out[i], c) {
				out = slices.Clone(out)
				out[i] = joinParts(out[i], c)
			}
			continue next
		}
		if len(out) >= maxConsts {
			return out, true
		}
		out = append(out, c)
	}
	return out, unknown
}

// joinParts joins two joined texts of one shape piece by piece.
func joinParts(a, b *constant) *constant {
	parts := slices.Clone(a.pieces())
	for i := range parts {
		if parts[i].val != nil {
			parts[i].val = join(parts[i].val, b.pieces()[i].val)
		}
	}
	out := *a
	out.joint = &parts
	return &out
}

func joinObjects(a, b []*Object, unknown bool) ([]*Object, bool) {
	if len(b) == 0 {
		return a, unknown
	}
	out := make([]*Object, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i].id < b[j].id:
			out = append(out, a[i])
			i++
		case i == len(a) || b[j].id < a[i].id:
			out = append(out, b[j])
			j++
		default:
			out = append(out, a[i])
			i, j = i+1, j+1
		}
	}
	if len(out) > maxObjects {
		return summarised(out), true
	}
	return out, unknown
}

func joinTaints(a, b []taint) []taint {
	if len(b) == 0 {
		return a
	}
	if len(a) == 0 {
		return b
	}
	if coversTaints(a, b) {
		return a
	}
	out := make([]taint, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i].origin.id < b[j].origin.id:
			out = append(out, a[i])
			i++
		case i == len(a) || b[j].origin.id < a[i].origin.id:
			out = append(out, b[j])
			j++
		default:
			out = append(out, a[i].or(b[j]))
			i, j = i+1, j+1
		}
	}
	return out
}

// or is t or b, which have one origin: the one of which less is known that it is not.
func (t taint) or(b taint) taint {
	switch x, y := t.trail.answered(), b.trail.answered(); {
	case x.allows(y):
	case y.allows(x):
		return b
	default:
		both := *t.trail
		both.answer = x.with(y)
		t.trail = &both
	}
	return t
}

// coversTaints reports whether every origin in b is one in a, in the same way; both are in order.
func coversTaints(a, b []taint) bool {
	i := 0
	for _, t := range b {
		for i < len(a) && a[i].origin.id < t.origin.id {
			i++
		}
		if i == len(a) || a[i].origin != t.origin || !a[i].trail.answered().allows(t.trail.answered()) {
			return false
		}
	}
	return true
}

func joinOrigins(a, b []*origin) []*origin {
	for _, o := range b {
		if !slices.Contains(a, o) {
			a = append(slices.Clip(a), o)
		}
	}
	return a
}

// taintOnly returns collected data and nothing else that is known about it.
func taintOnly(ts []taint) *Value {
	if len(ts) == 0 {
		return unknownValue
	}
	return (&Value{unknown: true}).tainted(ts, nil)
}

// truth reports whether v can be true and whether it can be false as a
// condition.
func (v *Value) truth() (canTrue, canFalse bool) {
	if v == nil {
		return false, true
	}
	if v.unknown || v.data != nil {
		return true, true
	}
	for _, c := range v.consts {
		if c.truthy() {
			canTrue = true
		} else {
			canFalse = true
		}
		if c.kind == joined {
			canFalse = true
		}
	}
	if len(v.objects) > 0 {
		canTrue = true
		canFalse = canFalse || slices.ContainsFunc(v.objects, (*Object).maybeAbsent)
	}
	if !canTrue && !canFalse {
		return true, true
	}
	return canTrue, canFalse
}

// falsePart is what v can be if it counts as false: an empty text, 0, nothing. Data that are none
// of a person's any more.
func (v *Value) falsePart() *Value {
	if v == nil {
		return v
	}
	if v.data == nil {
		return v.falsy()
	}
	out := unknownValue
	for _, c := range v.consts {
		if !c.truthy() && c.kind != joined {
			out = join(out, valueOf(*c))
		}
	}
	return out
}

// falsy is v, which is no collected data, without what is true for certain:
//
//	kind !== 'child' && ALIPAY && <Input /> // where ALIPAY is false, nothing is shown, whatever the kind
func (v *Value) falsy() *Value {
	certain := func(c *constant) bool { return c.truthy() && c.kind != joined }
	present := func(o *Object) bool { return !o.maybeAbsent() }
	if !slices.ContainsFunc(v.consts, certain) && !slices.ContainsFunc(v.objects, present) {
		return v
	}
	out := *v
	out.consts = slices.DeleteFunc(slices.Clone(v.consts), certain)
	out.objects = slices.DeleteFunc(slices.Clone(v.objects), present)
	if len(out.consts) == 0 && len(out.objects) == 0 && !out.unknown {
		return v
	}
	return &out
}

func (c *constant) truthy() bool {
	switch c.kind {
	case boolean, number:
		return c.num != 0 && !math.IsNaN(c.num)
	case text:
		return c.str != ""
	case joined, symbol:
		return true
	}
	return false
}

// nullish reports whether v can be null or undefined and whether it can be
// something else.
func (v *Value) nullish() (can, canNot bool) {
	if v == nil {
		return true, false
	}
	if v.unknown {
		return true, true
	}
	canNot = len(v.objects) > 0 || v.data != nil
	can = slices.ContainsFunc(v.objects, (*Object).maybeAbsent)
	for _, c := range v.consts {
		if c.kind == undefined || c.kind == null {
			can = true
		} else {
			canNot = true
		}
	}
	return can, canNot
}

// only returns the single constant that v is, if it can be nothing else.
func (v *Value) only() (*constant, bool) {
	if v == nil {
		return undefinedValue.consts[0], true
	}
	if len(v.consts) == 1 && len(v.objects) == 0 && v.data == nil && !v.unknown {
		return v.consts[0], true
	}
	return undefinedValue.consts[0], false
}

// single returns the one object that v is, if it can be nothing else.
func (v *Value) single() *Object {
	if v == nil || len(v.objects) != 1 || len(v.consts) > 0 || v.data != nil || v.unknown {
		return nil
	}
	return v.objects[0]
}

// isOnly reports whether v is the one value of a kind and nothing else.
func (v *Value) isOnly(kind constKind) bool {
	c, ok := v.only()
	return ok && c.kind == kind
}

// empty reports whether v is known to hold nothing: an empty text, undefined or null.
func (v *Value) empty() bool {
	truthy, falsy := v.truth()
	return falsy && !truthy && !slices.ContainsFunc(v.consts, func(c *constant) bool {
		return c.kind == number || c.kind == boolean
	})
}

// maybeAbsent reports whether v can be undefined, like anything absent.
func (v *Value) maybeAbsent() bool {
	return v == nil || slices.ContainsFunc(v.consts, func(c *constant) bool { return c.kind == undefined })
}

// pure reports whether v is only known constants.
func (v *Value) pure() bool {
	return v == nil || len(v.consts) > 0 && len(v.objects) == 0 && v.data == nil && !v.unknown
}
