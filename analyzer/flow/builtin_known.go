package flow

import (
	"math"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"

	"github.com/beian/beian/analyzer/script"
)

// What functions of the language give for known texts and numbers is computed by a
// real interpreter: 'a,b'.split(','), (255).toString(16), Math.max(1, 2). It gets
// primitive values and regular expressions, never a script, and only functions that
// give the same each time and that are done in time linear in what they are given.

// Limits of what is computed. Beyond them the answer is "something else".
var (
	maxKnown   = 12      // combinations of what receiver and arguments can be
	maxText    = 100_000 // bytes of all texts that go in
	maxPattern = 200     // bytes of a regular expression
)

// calculator is the real interpreter of a run, and what of it was used.
type calculator struct {
	vm       *goja.Runtime
	found    map[string]goja.Callable
	patterns map[script.Regexp]*goja.Object // nil for one that it does not take, or not in linear time
}

// real returns the interpreter of m.
func (m *machine) real() *goja.Runtime {
	if m.builtins.known.vm == nil {
		m.builtins.known = calculator{goja.New(), map[string]goja.Callable{}, map[script.Regexp]*goja.Object{}}
	}
	return m.builtins.known.vm
}

// function returns a function of the language by its path: "String.prototype.slice".
func (m *machine) function(path string) goja.Callable {
	vm := m.real()
	fn, ok := m.builtins.known.found[path]
	if !ok {
		v := goja.Value(vm.GlobalObject())
		for _, name := range strings.Split(path, ".") {
			v = v.ToObject(vm).Get(name)
		}
		fn, _ = goja.AssertFunction(v)
		m.builtins.known.found[path] = fn
	}
	return fn
}

// computed makes a native of a function of the language. If an argument is not
// known, the other gives the result.
func computed(path string, other nativeFunc) nativeFunc {
	static := !strings.Contains(path, ".prototype.")
	return func(m *machine, c *call) *Value {
		inputs := c.args
		if !static {
			inputs = append([]*Value{c.this}, c.args...)
		}
		rows := m.knownRows(inputs)
		if rows == nil || c.more != nil {
			return other(m, c)
		}
		var out *Value
		for i, row := range rows {
			this := goja.Undefined()
			if !static {
				this, row = row[0], row[1:]
			}
			if !static && (goja.IsUndefined(this) || goja.IsNull(this)) && len(rows) > 1 {
				continue // such a call throws: what it gives comes from the other possibilities
			}
			v := m.reckon(path, this, row)
			if v == nil {
				return other(m, c)
			}
			from := c.this
			if static {
				from = c.arg(0)
			}
			r := m.fromReal(v, itemSite(c.site, i), origins(from, i, len(rows)))
			if r == nil {
				return other(m, c)
			}
			out = join(out, r)
		}
		if out == nil {
			return other(m, c)
		}
		return decidedAll(inputs...).through(out)
	}
}

// origins returns the constant that a result is told to come from: the one that v
// is, for the place of the literal.
func origins(v *Value, i, n int) *constant {
	if v != nil && len(v.consts) == n && i < n {
		return v.consts[i]
	}
	return undefinedValue.consts[0]
}

// reckon calls a function of the language; nil if it throws or would take long.
func (m *machine) reckon(path string, this goja.Value, args []goja.Value) (v goja.Value) {
	defer func() {
		if recover() != nil { // a pattern or text that the interpreter cannot take
			v = nil
		}
	}()
	if grownLength(path, this, args) > float64(maxText) {
		return nil
	}
	v, err := m.function(path)(this, args...)
	if err != nil {
		return nil
	}
	return v
}

// grownLength is how long a text can be that a function makes out of short ones.
func grownLength(path string, this goja.Value, args []goja.Value) float64 {
	if len(args) == 0 {
		return 0
	}
	switch path {
	case "String.prototype.repeat":
		return float64(len(this.String())) * args[0].ToFloat()
	case "String.prototype.padStart", "String.prototype.padEnd":
		return args[0].ToFloat()
	case "String.prototype.replace", "String.prototype.replaceAll":
		if len(args) > 1 {
			return float64(len(this.String())+1) * float64(len(args[1].String())+1)
		}
	}
	return 0
}

// knownRows returns every combination of what some values are, if all are known.
func (m *machine) knownRows(inputs []*Value) [][]goja.Value {
	n, size := 1, 0
	for _, v := range inputs {
		v = orUndefined(v)
		if o := v.single(); o != nil && o.kind == regexpObject && o.regexp != nil {
			if m.pattern(o.regexp) == nil {
				return nil
			}
			continue
		}
		if !v.pure() || v.hasJoined() {
			return nil
		}
		for _, c := range v.consts {
			size += len(c.str)
		}
		if n *= len(v.consts); n > maxKnown || size > maxText {
			return nil
		}
	}
	rows := [][]goja.Value{nil}
	for _, v := range inputs {
		v = orUndefined(v)
		var choices []goja.Value
		if o := v.single(); o != nil {
			choices = []goja.Value{m.pattern(o.regexp)}
		}
		for _, c := range v.consts {
			k := m.toReal(c)
			if k == nil {
				return nil
			}
			choices = append(choices, k)
		}
		var next [][]goja.Value
		for _, row := range rows {
			for _, c := range choices {
				next = append(next, append(slices.Clip(row), c))
			}
		}
		rows = next
	}
	return rows
}

// toReal returns c in the real interpreter, or nil if it cannot be there.
func (m *machine) toReal(c *constant) goja.Value {
	switch c.kind {
	case undefined:
		return goja.Undefined()
	case null:
		return goja.Null()
	case boolean:
		return m.real().ToValue(c.num != 0)
	case number:
		return m.real().ToValue(c.num)
	case text:
		return m.real().ToValue(c.str)
	}
	return nil
}

// linear reports whether matching a regular expression takes time linear in the
// text: Go's own engine can do it.
func linear(re *script.Regexp) bool {
	if len(re.Pattern) > maxPattern {
		return false
	}
	_, err := parser.TransformRegExp(re.Pattern, strings.Contains(re.Flags, "s"), strings.Contains(re.Flags, "u"))
	return err == nil
}

// pattern returns re as the interpreter has it, as if it had not been used yet; nil if the
// interpreter does not take it or matching it may take long.
func (m *machine) pattern(re *script.Regexp) *goja.Object {
	key := script.Regexp{Pattern: re.Pattern, Flags: re.Flags}
	o, known := m.builtins.known.patterns[key]
	if !known {
		if vm := m.real(); linear(re) {
			o = newPattern(vm, re)
		}
		m.builtins.known.patterns[key] = o
	}
	if o != nil {
		_ = o.Set("lastIndex", 0)
	}
	return o
}

// newPattern makes a regular expression of vm; nil if vm does not take it.
func newPattern(vm *goja.Runtime, re *script.Regexp) (o *goja.Object) {
	defer func() {
		if recover() != nil {
			o = nil
		}
	}()
	o, err := vm.New(vm.Get("RegExp"), vm.ToValue(re.Pattern), vm.ToValue(re.Flags))
	if err != nil {
		return nil
	}
	return o
}

// fromReal returns a value of the interpreter: a primitive, or an array of such
// things that is made at that place, or nil if it is neither.
func (m *machine) fromReal(v goja.Value, at any, from *constant) *Value {
	if o, ok := v.(*goja.Object); ok {
		return m.arrayFromReal(o, at, from)
	}
	switch {
	case goja.IsUndefined(v):
		return undefinedValue
	case goja.IsNull(v):
		return nullValue
	}
	switch k := v.Export().(type) {
	case bool:
		return boolOf(k)
	case int64:
		return numberOf(float64(k))
	case float64:
		return numberOf(k)
	case string:
		if strings.ContainsRune(k, '\uFFFD') && !strings.ContainsRune(from.str, '\uFFFD') {
			return nil // half of a pair of UTF-16 units, which a text here cannot hold
		}
		return valueOf(constant{kind: text, str: k, file: from.file, span: from.span})
	}
	return nil
}

func (m *machine) arrayFromReal(o *goja.Object, at any, from *constant) *Value {
	switch o.ClassName() {
	case "Array":
	case "Object":
		return m.recordFromReal(o, at, from)
	default:
		return nil
	}
	n := int(o.Get("length").ToInteger())
	if n > maxElems && at == nil {
		return nil
	}
	elems := make([]*Value, 0, n)
	for i := range n {
		e := o.Get(indexName(i))
		if e == nil {
			e = goja.Undefined()
		}
		v := m.fromReal(e, itemSite(at, i), from)
		if v == nil {
			return nil
		}
		elems = append(elems, v)
	}
	list := m.array(at, elems, nil)
	for _, name := range []string{"index", "input"} { // of a match
		if v := o.Get(name); v != nil {
			m.setProp(list.objects[0], name, m.fromReal(v, nil, from))
		}
	}
	if groups, ok := o.Get("groups").(*goja.Object); ok {
		g := m.object(plainObject, site{at, "groups"})
		for _, name := range groups.Keys() {
			m.setProp(g, name, m.fromReal(groups.Get(name), nil, from))
		}
		m.setProp(list.objects[0], "groups", objectOf(g))
	}
	return list
}

func (m *machine) recordFromReal(o *goja.Object, at any, from *constant) *Value {
	n := m.object(plainObject, at)
	for i, name := range o.Keys() {
		v := m.fromReal(o.Get(name), itemSite(at, i), from)
		if v == nil {
			return nil
		}
		m.setProp(n, name, v)
	}
	return objectOf(n)
}

// toNumber returns the number that a known primitive value is converted to.
func (m *machine) toNumber(c *constant) (n float64, ok bool) {
	switch c.kind {
	case undefined:
		return math.NaN(), true
	case null:
		return 0, true
	case boolean, number:
		return c.num, true
	case text:
		return m.real().ToValue(c.str).ToFloat(), true
	}
	return 0, false
}
