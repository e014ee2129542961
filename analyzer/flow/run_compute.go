package flow

import (
	"math"
	"slices"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
)

// compute runs one instruction that neither branches nor leaves.
func (m *machine) compute(f *frame, in *ir.Instr) {
	var v *Value
	switch in.Op {
	case ir.Undef:
		v = undefinedValue
	case ir.Null:
		v = nullValue
	case ir.Bool:
		v = boolOf(in.Num != 0)
	case ir.Number:
		v = m.literal(in, constant{kind: number, num: in.Num, file: f.fn.File, span: in.Span})
	case ir.String:
		v = m.literal(in, constant{kind: text, str: in.Name, file: f.fn.File, span: in.Span})
	case ir.Regexp:
		o := m.object(regexpObject, in)
		o.special().regexp = in.Ext.Regexp
		v = objectOf(o)
	case ir.Global:
		v = m.global(f, in.Name)
	case ir.This:
		v = orUndefined(f.this)
	case ir.Args:
		args := f.arguments()
		v = m.array(in, args.known, args.more)
	case ir.Meta:
		v = m.global(f, in.Name)
	case ir.Load:
		v = m.readCell(m.lookup(f, in.Ext.Var))
	case ir.Store:
		m.store(f, in)
		return
	case ir.Declare:
		m.declare(f, in.Ext.Var)
		return
	case ir.Move:
		v = f.regs[in.A]
	case ir.Closure:
		f.env.captured = true
		v = m.closure(f, in, in.Ext.Func)
	case ir.Param:
		v = f.arg(int(in.Num))
	case ir.RestArgs:
		var elems []*Value
		if n := int(in.Num); n < len(f.args) {
			elems = f.args[n:]
		}
		v = m.array(in, elems, f.more)
	case ir.Object:
		v = objectOf(m.object(plainObject, in))
	case ir.Array:
		v = m.table(in)
	case ir.Get, ir.GetKey, ir.Proto, ir.SuperGet, ir.Elem, ir.Tail, ir.Omit:
		v = m.read(f, in)
	case ir.Unary:
		v = m.unary(in, f.regs[in.A])
	case ir.Binary:
		v = m.binary(f, in, f.regs[in.A], f.regs[in.B])
	case ir.Template:
		pieces := []*Value{textOf(in.Ext.Names[0])}
		for i, a := range in.Ext.Args {
			pieces = append(pieces, m.primitive(f.regs[a], "string"), textOf(in.Ext.Names[i+1]))
		}
		v = concat(pieces...)
	case ir.Call, ir.New, ir.Super:
		v = m.invoke(f, in)
	case ir.Import:
		v = m.importModule(f, in)
	case ir.ClassDef:
		v = m.classDef(f, in)
	case ir.Await:
		v = m.await(f.regs[in.A])
	case ir.Yield:
		v = undefinedValue
		if in.A != ir.None {
			v = orUndefined(f.regs[in.A])
		}
		if in.Num != 0 {
			items, others := m.elements(v)
			f.yields = join(f.yields, join(others, joinAll(items)))
		} else {
			f.yields = join(f.yields, v)
		}
		v = join(m.await(v), unknownValue) // or what next is called with
	default:
		m.modify(f, in)
		return
	}
	if in.Dst != ir.None {
		f.regs[in.Dst] = orUndefined(v)
	}
}

// helpers are functions that TypeScript writes into each file that needs them. They do
// more than can be followed, and are replaced by those of the model.
var helpers = map[string]bool{
	"__generator": true, "__awaiter": true, "__values": true, "__read": true, "__spreadArray": true, "__rest": true,
}

// helper returns what is stored in a variable: what the model has in place of a helper of
// TypeScript, or v.
func (m *machine) helper(f *frame, name string, v *Value) *Value {
	if !helpers[name] || !slices.ContainsFunc(v.objects, (*Object).callable) || f.module == nil || isModel(f.module.File) {
		return v
	}
	return m.get(m.model("tslib"), name)
}

// literal returns the value of a literal in the source. It is made once, as
// every run of the instruction would give the same.
func (m *machine) literal(in *ir.Instr, c constant) *Value {
	v := m.literals[in]
	if v == nil {
		v = valueOf(c)
		m.literals[in] = v
	}
	return v
}

// table makes an array, empty or of numbers. Of long ones only the first are kept:
// nothing depends on the others.
func (m *machine) table(in *ir.Instr) *Value {
	if in.Ext == nil {
		return m.array(in, nil, nil)
	}
	numbers := in.Ext.Numbers
	var rest *Value
	if len(numbers) > maxElems {
		numbers, rest = numbers[:maxElems], unknownValue
	}
	elems := make([]*Value, len(numbers))
	for i, n := range numbers {
		elems[i] = numberOf(n)
	}
	return m.array(in, elems, rest)
}

// modify runs the instructions that write objects and exports.
func (m *machine) modify(f *frame, in *ir.Instr) {
	reg := func(r ir.Reg) *Value {
		if r == ir.None {
			return undefinedValue
		}
		return f.regs[r]
	}
	a := reg(in.A)
	switch in.Op {
	case ir.Set:
		adopt(a, reg(in.B))
		m.setProperty(a, in.Name, reg(in.B), in)
	case ir.SetKey:
		m.setKey(a, m.keyOf(reg(in.B)), reg(in.C), in)
	case ir.Getter, ir.Setter, ir.GetterKey, ir.SetterKey:
		names := []string{in.Name}
		if in.Op == ir.GetterKey || in.Op == ir.SetterKey {
			names, _ = reg(in.C).keys()
		}
		for _, o := range a.objects {
			for _, n := range names {
				o.accessor(n, reg(in.B), in.Op == ir.Setter || in.Op == ir.SetterKey)
				if _, ok := o.own(n); !ok && o.kind == plainObject {
					m.setProp(o, n, unknownValue) // so that enumeration shows it in its place
				}
			}
		}
	case ir.Delete:
		f.regs[in.Dst] = a.deletes(textOf(in.Name))
		m.deleteNames(a, []string{in.Name})
	case ir.DeleteKey:
		f.regs[in.Dst] = a.deletes(reg(in.B))
		m.removeKey(a, reg(in.B))
	case ir.Copy:
		for _, o := range a.objects {
			m.copyInto(o, reg(in.B))
		}
	case ir.Append:
		for _, o := range a.objects {
			m.push(o, orUndefined(reg(in.B)))
		}
	case ir.Extend:
		items, others := m.elements(reg(in.B))
		for _, o := range a.objects {
			for _, v := range items {
				m.push(o, orUndefined(v))
			}
			if others != nil {
				m.addRest(o, others)
			}
		}
	case ir.Export:
		m.export(f.module, in.Name, a)
	case ir.ExportAll:
		for _, o := range a.objects {
			if o.open {
				m.exportOpen(f.module)
			}
			for _, n := range o.visible() {
				if n != "default" {
					m.export(f.module, n, m.property(o, n))
				}
			}
		}
	}
}

// ofApp reports whether v is the app or its globalData, which all pages share.
func (m *machine) ofApp(v *Value) bool {
	app := m.pages.app
	if app == nil {
		return false
	}
	shared, _ := app.object.own("globalData")
	return slices.ContainsFunc(v.objects, func(o *Object) bool {
		return o == app.object || slices.Contains(orUndefined(shared).objects, o)
	})
}

// adopt makes the object that a method is put into its home, where super starts.
func adopt(target, method *Value) {
	if len(target.objects) != 1 {
		return
	}
	for _, o := range method.objects {
		if o.kind == functionObject && o.fn.fn != nil && o.fn.home == nil && o.fn.class == nil {
			o.fn.home = target.objects[0]
		}
	}
}

func (f *frame) arg(i int) *Value {
	if i < len(f.args) {
		return join(orUndefined(f.args[i]), f.more)
	}
	if f.more != nil {
		return join(f.more, undefinedValue)
	}
	return undefinedValue
}

// store writes a variable and notes the name that collected data gets.
func (m *machine) store(f *frame, in *ir.Instr) {
	v := m.helper(f, in.Ext.Var.Name, orUndefined(f.regs[in.A]))
	m.setCell(m.lookup(f, in.Ext.Var), v)
	if len(v.taints()) > 0 {
		m.key(v.taints(), "variable", in.Ext.Var.Name, f.location(in.Span))
	}
}

// closure makes the function object of fn over the present environment.
func (m *machine) closure(f *frame, site any, fn *ir.Func) *Value {
	o := m.object(functionObject, site)
	o.fn = &function{fn: fn, env: f.env, name: fn.Name}
	if fn.Arrow {
		o.fn.this = orUndefined(f.this)
		if f.callee != nil {
			o.fn.home = f.callee.fn.home
		}
		if fn.Borrows {
			o.fn.around = f.arguments()
		}
	}
	if o.summary != nil {
		m.summaries.pending = append(m.summaries.pending, o) // its variables may have other values now
	}
	return objectOf(o)
}

// arguments are those that arguments names in f: of an arrow function, what the function
// around it was called with.
func (f *frame) arguments() *arguments {
	if !f.fn.Arrow {
		return &arguments{f.args, f.more}
	}
	if f.callee != nil && f.callee.fn.around != nil {
		return f.callee.fn.around
	}
	return &arguments{more: unknownValue}
}

func (m *machine) read(f *frame, in *ir.Instr) *Value {
	a := undefinedValue
	if in.A != ir.None {
		a = orUndefined(f.regs[in.A])
	}
	switch in.Op {
	case ir.Get:
		v := m.get(a, in.Name)
		if len(v.taints()) > 0 && m.ofApp(a) {
			v = note(v, lang.Textf("从应用数据 %s 读出", "read from app data %s", in.Name), f.location(in.Span))
		}
		return v
	case ir.GetKey:
		key := m.keyOf(orUndefined(f.regs[in.B]))
		v := m.getKey(a, key)
		m.lastRead = computedRead{from: a, key: key, result: v}
		return v
	case ir.Proto:
		return m.get(a, "prototype")
	case ir.SuperGet:
		if f.callee == nil || f.callee.fn.home == nil || f.callee.fn.home.proto == nil {
			return unknownValue
		}
		proto := f.callee.fn.home.proto
		if in.A != ir.None {
			return m.getKey(objectOf(proto), a)
		}
		v := m.propertyFor(proto, f.this, in.Name)
		m.noteRead(v)
		return v
	case ir.Elem:
		if o := a.single(); o != nil && o.kind == arrayObject && !o.open {
			v := m.property(o, indexName(int(in.Num)))
			m.noteRead(v)
			return v
		}
		items, others := m.elements(a)
		if i := int(in.Num); i < len(items) {
			return join(items[i], others)
		}
		return join(others, undefinedValue)
	case ir.Tail:
		items, others := m.elements(a)
		if i := int(in.Num); i < len(items) {
			return m.array(in, items[i:], others)
		}
		return m.array(in, nil, others)
	default: // Omit
		o := m.object(plainObject, in)
		m.copyInto(o, a)
		for _, n := range in.Ext.Names {
			m.setProp(o, n, nil)
		}
		for _, r := range in.Ext.Args {
			m.removeKey(objectOf(o), f.regs[r])
		}
		return objectOf(o)
	}
}

func (m *machine) unary(in *ir.Instr, a *Value) *Value {
	switch in.Name {
	case "!":
		t, fl := a.truth()
		switch {
		case t && fl:
			return a.decided().truths(boolValue)
		case t:
			return falseValue
		}
		return trueValue
	case "typeof":
		if v := m.typeOfGlobal(a); v != nil {
			return v
		}
		return typeOf(a)
	case "void":
		return undefinedValue
	}
	a = m.primitive(a, "number")
	if c, ok := a.only(); ok && c.kind != joined {
		switch n, _ := m.toNumber(c); in.Name {
		case "-":
			return a.decided().through(numberOf(-n))
		case "+":
			if c.kind == number {
				return a
			}
			return a.decided().through(numberOf(n))
		case "~":
			return a.decided().through(numberOf(float64(^toInt32(n))))
		}
	}
	if in.Name == "+" && len(a.taints()) > 0 {
		return taintOnly(a.taints())
	}
	return m.ofChoices(a, zeroValue, func(x, _ float64) *Value {
		switch in.Name {
		case "+":
			return numberOf(x)
		case "-":
			return numberOf(-x)
		}
		return numberOf(float64(^toInt32(x)))
	})
}

var zeroValue = numberOf(0)

// ofChoices is what an operator makes of a and b if a choice decides which of a few numbers they are;
// of others nothing is known. What is decided must not get lost on its way out.
func (m *machine) ofChoices(a, b *Value, compute func(x, y float64) *Value) *Value {
	c := decidedAll(a, b)
	if c == nil || !a.pure() || !b.pure() || len(a.consts)*len(b.consts) > maxKnown {
		return unknownValue
	}
	var out *Value
	for _, x := range a.consts {
		for _, y := range b.consts {
			p, okx := m.toNumber(x)
			q, oky := m.toNumber(y)
			if !okx || !oky {
				return unknownValue
			}
			out = join(out, compute(p, q))
		}
	}
	return c.through(out)
}

// toInt32 is the conversion of the bit operators.
func toInt32(n float64) int32 {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return 0
	}
	return int32(uint32(int64(math.Mod(math.Trunc(n), 1<<32))))
}

func typeOf(a *Value) *Value {
	if a == nil {
		return textOf("undefined")
	}
	if a.unknown || len(a.taints()) > 0 || len(a.about()) > 0 {
		return unknownValue
	}
	var v *Value
	for _, c := range a.consts {
		v = join(v, textOf([]string{"undefined", "object", "boolean", "number", "string", "string", "symbol"}[c.kind]))
	}
	for _, o := range a.objects {
		switch {
		case o.fn != nil && !o.namespace():
			v = join(v, textOf("function"))
		case o.kind == platformObject:
			return unknownValue
		default:
			v = join(v, textOf("object"))
		}
	}
	return v
}

func (m *machine) binary(f *frame, in *ir.Instr, a, b *Value) *Value {
	a, b = orUndefined(a), orUndefined(b)
	switch in.Name {
	case "+":
		a, b = m.primitive(a, "default"), m.primitive(b, "default")
		if v := m.sum(a, b); v != nil {
			return decidedAll(a, b).through(v)
		}
		if y, ok := b.only(); ok && numeric(y) && len(a.about()) > 0 {
			return a
		}
		if v := concat(a, b); a.isText() || b.isText() {
			return v
		} else {
			return join(v, unknownValue) // they may be two numbers
		}
	case "===", "!==", "==", "!=":
		m.noteLength(f, in, a, b)
		return comparedChoice(a, b, f.location(in.Span)).truths(m.equal(a, b, in.Name))
	case "<", ">", "<=", ">=":
		m.noteLength(f, in, a, b)
		return decidedAll(a, b).truths(m.less(in.Name, m.primitive(a, "number"), m.primitive(b, "number")))
	case "instanceof":
		return m.instanceOf(a, b)
	case "in":
		return m.has(b, a)
	}
	a, b = m.primitive(a, "number"), m.primitive(b, "number")
	x, okx := a.only()
	y, oky := b.only()
	if okx && oky {
		p, okx := m.toNumber(x)
		q, oky := m.toNumber(y)
		if okx && oky {
			return decidedAll(a, b).through(arithmetic(in.Name, p, q))
		}
	}
	if ts := joinTaints(a.taints(), b.taints()); len(ts) > 0 {
		return taintOnly(ts) // a number made of digits is still the number
	}
	if about := joinOrigins(a.about(), b.about()); len(about) > 0 {
		return (&Value{unknown: true}).tainted(nil, about)
	}
	return m.ofChoices(a, b, func(x, y float64) *Value { return arithmetic(in.Name, x, y) })
}

// disjoint reports whether a and b can never be the same value.
func disjoint(a, b *Value) bool {
	for _, v := range [2]*Value{a, b} {
		if v.unknown || len(v.taints()) > 0 || len(v.about()) > 0 {
			return false
		}
	}
	for _, x := range a.consts {
		for _, y := range b.consts {
			if x.kind == joined || y.kind == joined || x.equals(y) {
				return false
			}
		}
	}
	for _, x := range a.objects {
		for _, y := range b.objects {
			if x == y || x.kind == platformObject {
				return false
			}
		}
	}
	return true
}

// noteLength notes that the length of collected data was compared with a number.
func (m *machine) noteLength(f *frame, in *ir.Instr, a, b *Value) {
	for _, pair := range [2][2]*Value{{a, b}, {b, a}} {
		if c, ok := pair[1].only(); ok && c.kind == number && len(pair[0].about()) > 0 {
			for _, o := range pair[0].about() {
				o.test(Test{Length: int(c.num), Call: m.checker(), Location: f.location(in.Span)})
			}
		}
	}
}
