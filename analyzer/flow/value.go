package flow

import (
	"math"
	"slices"
	"strconv"
	"strings"

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
	parts []part // of joined text
	file  *source.File
	span  source.Span // of the literal it comes from
}

// part is a piece of joined text: literal, or the text of a value.
type part struct {
	str string
	val *Value // nil for a literal
}

// Limits on a value. What goes beyond them is "something else", except for
// collected data, which is never dropped.
const (
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
	}{constant: c} // one allocation for what always goes together
	v.consts[0] = &v.constant
	v.Value.consts = v.consts[:]
	return &v.Value
}

func numberOf(n float64) *Value { return valueOf(constant{kind: number, num: n}) }

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
		return slices.EqualFunc(c.parts, b.parts, func(x, y part) bool {
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
		return a
	case b.covers(a):
		return b
	}
	v := &Value{unknown: a.unknown || b.unknown}
	v.consts, v.unknown = joinConsts(a.consts, b.consts, v.unknown)
	v.objects, v.unknown = joinObjects(a.objects, b.objects, v.unknown)
	return v.tainted(joinTaints(a.taints(), b.taints()), joinOrigins(a.about(), b.about()))
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
		if !(v.unknown && len(v.objects) >= maxObjects) && !slices.Contains(v.objects, o) {
			return false
		}
	}
	for _, t := range b.taints() {
		if !v.has(t.origin) {
			return false
		}
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
const (
	maxNumbers = 4
	maxJoined  = 6
)

// widen gives up the exact numbers and joined texts of a value that has got too
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
	for i := range a.parts {
		if x, y := a.parts[i].val, b.parts[i].val; x != y && x != nil && !x.covers(y) {
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
	parts := slices.Clone(a.parts)
	for i := range parts {
		if parts[i].val != nil {
			parts[i].val = join(parts[i].val, b.parts[i].val)
		}
	}
	out := *a
	out.parts = parts
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
		return out[:maxObjects:maxObjects], true
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
			out = append(out, a[i])
			i, j = i+1, j+1
		}
	}
	return out
}

// coversTaints reports whether every origin in b is one in a; both are in order.
func coversTaints(a, b []taint) bool {
	i := 0
	for _, t := range b {
		for i < len(a) && a[i].origin.id < t.origin.id {
			i++
		}
		if i == len(a) || a[i].origin != t.origin {
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

// taintOnly returns collected data without anything else known of it.
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
	}
	if !canTrue && !canFalse {
		return true, true
	}
	return canTrue, canFalse
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

// isNullish reports whether v can be null or undefined and whether it can be
// something else.
func (v *Value) nullish() (can, canNot bool) {
	if v == nil {
		return true, false
	}
	if v.unknown {
		return true, true
	}
	canNot = len(v.objects) > 0 || v.data != nil
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

// isOnly reports whether v is the one value of a kind and nothing else.
func (v *Value) isOnly(kind constKind) bool {
	c, ok := v.only()
	return ok && c.kind == kind
}

// maybeAbsent reports whether v can be undefined, as what is absent is.
func (v *Value) maybeAbsent() bool {
	return v == nil || slices.ContainsFunc(v.consts, func(c *constant) bool { return c.kind == undefined })
}

// pure reports whether v is known constants alone.
func (v *Value) pure() bool {
	return v == nil || len(v.consts) > 0 && len(v.objects) == 0 && v.data == nil && !v.unknown
}

// String returns the text of c as the language would make it.
func (c *constant) String() string {
	switch c.kind {
	case undefined:
		return "undefined"
	case null:
		return "null"
	case boolean:
		return strconv.FormatBool(c.num != 0)
	case number:
		return formatNumber(c.num)
	case joined:
		return c.prefix()
	}
	return c.str
}

// prefix returns the literal text that c begins with.
func (c *constant) prefix() string {
	if c.kind != joined {
		return c.String()
	}
	var b strings.Builder
	for _, p := range c.parts {
		if p.val == nil {
			b.WriteString(p.str)
			continue
		}
		k, ok := p.val.only()
		if !ok {
			break
		}
		b.WriteString(k.prefix())
		if k.kind == joined {
			break
		}
	}
	return b.String()
}

// keys returns the property names that v can be, and whether it can be others.
func (v *Value) keys() (names []string, others bool) {
	if v == nil {
		return []string{"undefined"}, false
	}
	others = v.unknown || v.data != nil || len(v.objects) > 0
	for _, c := range v.consts {
		if c.kind == joined {
			others = true
			continue
		}
		names = append(names, c.String())
	}
	return names, others
}

// anyName stands in a data path for a name that is not known: "list[*].phone".
const anyName = "*"

// paths returns the data paths that v can be as the name of a property, with anyName
// for what is not known: 'list[' + i + '].phone'. It returns none where v can be
// something else that is not known.
func (v *Value) paths() (names []string) {
	if v == nil || v.unknown || v.data != nil || len(v.objects) > 0 {
		return nil
	}
	for _, c := range v.consts {
		if c.kind != joined {
			continue
		}
		name := ""
		for _, p := range c.parts {
			if p.val == nil {
				name += p.str
			} else if !strings.HasSuffix(name, anyName) {
				name += anyName
			}
		}
		if i := strings.IndexAny(name, "[."+anyName); i <= 0 || name[i] == anyName[0] {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// concat returns the text of some values one after the other.
func concat(values ...*Value) *Value {
	v := orUndefined(values[0])
	for i, next := range values[1:] {
		next = orUndefined(next)
		if !v.pure() || !next.pure() || len(v.consts)*len(next.consts) > 12 || v.hasJoined() || next.hasJoined() {
			return joinTexts(v, values[i+1:])
		}
		v = combineAll(v, next)
	}
	return v
}

// combineAll returns every text of a followed by every text of b.
func combineAll(a, b *Value) *Value {
	var v *Value
	for _, x := range a.consts {
		for _, y := range b.consts {
			v = join(v, combine(x, y))
		}
	}
	return v
}

// combine returns the text of x followed by that of y.
func combine(x, y *constant) *Value {
	c := constant{kind: text, str: x.String() + y.String(), file: x.file, span: x.span}
	if c.file == nil || len(y.str) > len(x.str) && y.file != nil {
		c.file, c.span = y.file, y.span
	}
	return valueOf(c)
}

// joinTexts returns the joined text of v and then the others.
func joinTexts(v *Value, others []*Value) *Value {
	parts := append(make([]part, 0, 1+2*len(others)), partsOf(v)...)
	taints, about := textTaints(v), v.about()
	for i, next := range others {
		next = orUndefined(next)
		more := partsOf(next)
		taints, about = joinTaints(taints, textTaints(next)), joinOrigins(about, next.about())
		if len(parts)+len(more) > maxParts {
			v := (&Value{unknown: true}).tainted(taints, about)
			if i+1 == len(others) {
				return v
			}
			return joinTexts(v, others[i+1:])
		}
		parts = fuse(append(parts, more...))
	}
	return valueOf(constant{kind: joined, parts: parts}).tainted(taints, about)
}

func (v *Value) hasJoined() bool {
	for _, c := range v.consts {
		if c.kind == joined {
			return true
		}
	}
	return false
}

// partsOf returns the pieces of v's text. A value with a joined text inside is
// taken apart, so that pieces do not nest without end.
func partsOf(v *Value) []part {
	if c, ok := v.only(); ok {
		if c.kind == joined {
			return c.parts
		}
		return []part{{str: c.String()}}
	}
	if len(v.consts) == 1 && v.consts[0].kind == joined && len(v.objects) == 0 {
		return v.consts[0].parts
	}
	if v.hasJoined() {
		flat := (&Value{unknown: true}).tainted(v.taints(), nil)
		for _, c := range v.consts {
			if c.kind != joined {
				flat.consts = append(flat.consts, c)
			}
		}
		return []part{{val: flat}}
	}
	return []part{{val: v}}
}

// fuse merges neighbouring literals, in place.
func fuse(parts []part) []part {
	out := parts[:0]
	for _, p := range parts {
		if n := len(out); n > 0 && p.val == nil && out[n-1].val == nil {
			out[n-1].str += p.str
			continue
		}
		out = append(out, p)
	}
	return out
}

// textTaints is the collected data in the text of v: of arrays also that of
// their elements, since an array's text is its elements'.
func textTaints(v *Value) []taint {
	ts := v.taints()
	for _, o := range v.objects {
		if o.kind == arrayObject {
			ts = joinTaints(ts, deepTaints(objectOf(o)))
		}
	}
	return ts
}
