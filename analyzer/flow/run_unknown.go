package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/spelling"
)

// Objects that come from elsewhere: a server, storage, another page. Nothing is known about such an
// object, and the machine has no object for it until something is written into it:
//
//	const user = this.data.user // what a request answered
//	user.phone = tel            // now it has an object, in the variable and in the page's data
//	send(user)
//
// The machine looks up the origin of the unknown value in the code in front of the write.

// standIn makes an object for what register r holds at instruction in of f, about
// which nothing is known, and puts it at the origin of that. If the place is not
// known, others may hold the object, too.
func (m *machine) standIn(f *frame, in *ir.Instr, r ir.Reg, kind objectKind) *Value {
	o := m.object(kind, site{in, "unknown"})
	o.standIn = true
	m.setOpen(o, true)
	v := join(f.regs[r], objectOf(o))
	o.shared = !m.putBack(f, in, r, v, 0)
	f.regs[r] = v
	return v
}

// lacksObject reports whether v, register r at instruction in, which writes into it, may be an object for which
// the machine has none yet: it is unknown, or so is one of those it was chosen from.
//
//	const user = this.data.user || {}
//	user.phone = tel // into the page's data, if there was a user
func (m *machine) lacksObject(v *Value, in *ir.Instr, r ir.Reg) bool {
	return v.isUnknown() || v.unknown && len(v.taints()) == 0 &&
		!slices.ContainsFunc(v.objects, func(o *Object) bool { return o.standIn }) && m.choseUnknown(m.frame, in, r, 0)
}

// choseUnknown reports whether register r holds one of several values at in, of which one
// is unknown and has a place that can be written again.
func (m *machine) choseUnknown(f *frame, in *ir.Instr, r ir.Reg, depth int) bool {
	if depth > maxPutBack {
		return false
	}
	defs := givers(f.fn.Body(), in, r)
	if len(defs) == 1 && defs[0].Op == ir.Load {
		store := assignment(f.fn.Body(), defs[0].Ext.Var)
		return store != nil && m.choseUnknown(f, store, store.A, depth+1)
	}
	if len(defs) == 1 && defs[0].Op == ir.Call { // function user() { return saved || {} }
		return isOwn(m.again(f, defs[0], defs[0].A))
	}
	return len(defs) > 1 && slices.ContainsFunc(defs, func(def *ir.Instr) bool { return m.givesUnknown(f, def) })
}

// isOwn reports whether fn is functions of the program alone.
func isOwn(fn *Value) bool {
	other := func(o *Object) bool { return o.kind != functionObject || o.fn.native != nil }
	return len(fn.objects) > 0 && !slices.ContainsFunc(fn.objects, other)
}

// givesUnknown reports whether def takes something unknown from a place that can be written again.
func (m *machine) givesUnknown(f *frame, def *ir.Instr) bool {
	if def.Op == ir.Move {
		first := definition(f.fn.Body(), def, def.A)
		return first != nil && m.givesUnknown(f, first)
	}
	return slices.Contains([]ir.Op{ir.Get, ir.Load, ir.Param, ir.Call}, def.Op) && m.gave(f, def).isUnknown()
}

// isShared reports whether missing code may hold an object that v is.
func (v *Value) isShared() bool {
	return len(v.objects) == 0 || slices.ContainsFunc(v.objects, func(o *Object) bool { return o.shared })
}

// intoUnknown tells whether a call puts data into something about which nothing is
// known: list.push(item), Object.assign(user, { phone }). It returns the function and
// its this with an object made for that.
func (m *machine) intoUnknown(f *frame, in *ir.Instr, fn, this *Value, args []*Value) (*Value, *Value) {
	if len(args) == 0 {
		return fn, this
	}
	switch {
	case in.B == ir.None:
	case this.isUnknown() && fn.isUnknown() && m.anyTainted(args):
		def := definition(f.fn.Body(), in, in.A)
		if def == nil || def.Op != ir.Get || !grows[def.Name] || leads(definition(f.fn.Body(), in, in.B)) {
			break
		}
		fn, this = method("Array", def.Name), m.standIn(f, in, in.B, arrayObject)
	case args[0].unknown && fills(fn) && !in.Spread && m.anyTainted(args[1:]) && m.lacksObject(args[0], in, in.Ext.Args[0]):
		args[0] = m.standIn(f, in, in.Ext.Args[0], plainObject)
	}
	if this != nil && slices.ContainsFunc(this.objects, func(o *Object) bool { return o.takesFor(f, in) }) {
		at := f.location(in.Span)
		m.loseCall(nil, nil, args, nil, finding.UnknownCall, at)
	}
	return fn, this
}

// takesFor reports whether o is a list, or the like, that missing code may hold, and the method of it that in calls may put
// its arguments there. What rows.map(f) is given, nobody finds in rows.
func (o *Object) takesFor(f *frame, in *ir.Instr) bool {
	if !o.shared || o.kind == plainObject && !o.standIn {
		return false
	}
	if o.kind != arrayObject {
		return true
	}
	def := definition(f.fn.Body(), in, in.A)
	return def == nil || def.Op != ir.Get || grows[def.Name] || def.Name == "fill" || method("Array", def.Name) == nil
}

// leads reports whether what def takes is by its name no list but something that a plug-in gives, or
// that leads to pages: this.$Router.push({ path, query }).
func leads(def *ir.Instr) bool {
	var name string
	switch {
	case def == nil:
	case def.Op == ir.Get:
		name = def.Name
	case def.Op == ir.Load:
		name = def.Ext.Var.Name
	}
	return leadsByName(name)
}

// leadsByName is leads for what has a name.
func leadsByName(name string) bool {
	words := spelling.Words(name)
	return strings.HasPrefix(name, "$") || len(words) > 0 && leading[words[len(words)-1]]
}

// leading are the last words in the names of what leads to pages by push.
var leading = spelling.Set("router navigator")

// grows are the methods that put their arguments into a list.
var grows = map[string]bool{"push": true, "unshift": true, "splice": true}

// fillers are the functions of the language that write into the object that they are given first.
var fillers = map[string][]string{
	"Object.":  {"assign", "defineProperty", "defineProperties"},
	"Reflect.": {"set", "defineProperty"},
}

// fills reports whether fn is one of the fillers.
func fills(fn *Value) bool {
	for of, names := range fillers {
		if slices.ContainsFunc(names, func(name string) bool { return fn == method(of, name) }) {
			return true
		}
	}
	return false
}

func (m *machine) anyTainted(args []*Value) bool {
	return slices.ContainsFunc(args, func(v *Value) bool { return len(deepTaints(v)) > 0 })
}

// isUnknown reports whether v may be an object and none is known.
func (v *Value) isUnknown() bool {
	return v != nil && v.unknown && len(v.objects) == 0 && len(v.taints()) == 0
}

// known returns v without the objects that merely represent others, but for lists: what
// was written into an unknown object is not what its methods return.
func (v *Value) known() *Value {
	if v == nil || !slices.ContainsFunc(v.objects, (*Object).isRecord) {
		return v
	}
	out := *v
	out.objects = slices.DeleteFunc(slices.Clone(v.objects), (*Object).isRecord)
	return &out
}

// isRecord reports whether o represents an unknown object that is no list.
func (o *Object) isRecord() bool { return o.standIn && o.kind == plainObject && o.rest == nil }

// maxPutBack bounds how far the origin of a value is traced.
var maxPutBack = 8

// putBack writes v to the origin of the value of register r at in.
func (m *machine) putBack(f *frame, in *ir.Instr, r ir.Reg, v *Value, depth int) bool {
	defs := givers(f.fn.Body(), in, r)
	if len(defs) == 0 || depth > maxPutBack {
		return false
	}
	if len(defs) == 1 {
		return m.putBackTo(f, defs[0], v, depth)
	}
	kept := true
	for _, def := range defs {
		if m.givesUnknown(f, def) {
			kept = m.putBackTo(f, def, v, depth) && kept
		}
	}
	return kept
}

// putBackTo is putBack for what def gave.
func (m *machine) putBackTo(f *frame, def *ir.Instr, v *Value, depth int) bool {
	switch def.Op {
	case ir.Get:
		base := m.again(f, def, def.A)
		if slices.ContainsFunc(base.objects, func(o *Object) bool { return hasGetter(o, def.Name) }) {
			return false
		}
		if len(base.objects) > 0 {
			m.setProperty(base, def.Name, v, nil)
			return !base.isShared()
		}
		return base.isUnknown() && m.putInto(f, def, def.A, plainObject, depth, func(o *Object) { m.setProp(o, def.Name, v) })
	case ir.GetKey:
		return m.putAmong(f, def, def.A, m.again(f, def, def.A), v, plainObject, depth)
	case ir.Elem, ir.ForOf:
		return m.putAmong(f, def, def.A, m.again(f, def, def.A), v, arrayObject, depth)
	case ir.Load:
		m.setCell(m.lookup(f, def.Ext.Var), v)
		store := assignment(f.fn.Body(), def.Ext.Var)
		return store != nil && m.putBack(f, store, store.A, v, depth+1)
	case ir.Global:
		s := f.template()
		if s == nil || s.instance == nil {
			return false
		}
		m.assignTo(s, &script.Ident{Name: def.Name, Span: def.Span}, v)
		return true
	case ir.Param:
		return m.putToCaller(f, int(def.Num), v, depth)
	case ir.Move, ir.Await:
		return m.putBack(f, def, def.A, v, depth+1)
	case ir.Call:
		if picked, among := m.pickedFrom(f, def, v); picked != nil {
			return m.putAmong(f, def, def.B, among, picked, arrayObject, depth)
		}
		return m.answers(f, def)
	}
	return false
}

// hasGetter reports whether a function gives property name of o.
func hasGetter(o *Object, name string) bool {
	for p, n := o, 0; p != nil && n < maxProtos; p, n = p.proto, n+1 {
		if p.getters[name] != nil {
			return true
		}
	}
	return false
}

// pickedFrom tells what of v comes from a list, if a call picks from one: list.find(f), list.filter(f)[0].
func (m *machine) pickedFrom(f *frame, in *ir.Instr, v *Value) (picked, list *Value) {
	def := definition(f.fn.Body(), in, in.A)
	if in.B == ir.None || def == nil || def.Op != ir.Get {
		return nil, nil
	}
	switch name := def.Name; {
	case picksOne[name]:
		picked = v
	case picksSome[name]:
		items, others := m.elements(v)
		picked = join(others, joinAll(items))
	default:
		return nil, nil
	}
	list = m.again(f, in, in.B)
	if slices.ContainsFunc(list.objects, func(o *Object) bool { return o.kind != arrayObject }) {
		return nil, nil
	}
	return picked, list
}

// picksOne are the methods of lists that answer with one of the items, picksSome those that answer with a list of some.
var (
	picksOne  = spelling.Set("find findLast at pop shift")
	picksSome = spelling.Set("filter slice sort toSorted reverse toReversed splice concat entries values")
)

// putInto makes an object for what register r holds at in, lets fill write into it, and
// puts it at the origin of that.
func (m *machine) putInto(f *frame, in *ir.Instr, r ir.Reg, kind objectKind, depth int, fill func(*Object)) bool {
	o := m.object(kind, site{in, "unknown"})
	o.standIn = true
	m.setOpen(o, true)
	fill(o)
	o.shared = !m.putBack(f, in, r, join(unknownValue, objectOf(o)), depth+1)
	return !o.shared
}

// putToCaller is putBack for argument n of the call that runs f.
func (m *machine) putToCaller(f *frame, n int, v *Value, depth int) bool {
	c := f.caller
	if c == nil || c.instr == nil || c.instr.Op != ir.Call || c.instr.Spread || c.instr.Ext == nil {
		return false
	}
	in := c.instr
	if slices.Contains(orUndefined(c.regs[in.A]).objects, f.callee) {
		return n < len(in.Ext.Args) && orUndefined(c.regs[in.Ext.Args[n]]).isUnknown() && m.putBack(c, in, in.Ext.Args[n], v, depth+1)
	}
	// list.forEach(item => { item.phone = tel })
	fn := definition(c.fn.Body(), in, in.A)
	if in.B == ir.None || n != 0 || fn == nil || fn.Op != ir.Get || method("Array", fn.Name) == nil {
		return false
	}
	return m.putAmong(c, in, in.B, orUndefined(c.regs[in.B]), v, arrayObject, depth)
}

// putAmong puts v at an unknown place of list, which register r holds at in.
func (m *machine) putAmong(f *frame, in *ir.Instr, r ir.Reg, list, v *Value, kind objectKind, depth int) bool {
	if list.isUnknown() {
		return m.putInto(f, in, r, kind, depth, func(o *Object) { m.addRest(o, v) })
	}
	for _, o := range list.objects {
		if o.kind != plainObject && o.kind != arrayObject {
			return false
		}
		m.addRest(o, v)
	}
	return !list.isShared()
}

// answers reports whether a call is one of the language or the platform, which keep
// nothing of what they returned: JSON.parse, wx.getStorageSync.
func (m *machine) answers(f *frame, in *ir.Instr) bool {
	fn := m.again(f, in, in.A)
	if in.B != ir.None && !m.again(f, in, in.B).isNamespace() {
		return false // map.get(id)
	}
	return len(fn.objects) > 0 && !slices.ContainsFunc(fn.objects, func(o *Object) bool {
		return o.kind != platformObject && (o.kind != functionObject || o.fn.native == nil || o.fn.name == "require")
	})
}

// isNamespace reports whether v is only what the language or the platform names: JSON, wx.
func (v *Value) isNamespace() bool {
	return len(v.objects) > 0 && !slices.ContainsFunc(v.objects, func(o *Object) bool {
		return o.kind != platformObject && o.kind != functionObject
	})
}

// again is what register r held at in. The register may hold something else by now, so
// the instruction that gave the value is read again.
func (m *machine) again(f *frame, in *ir.Instr, r ir.Reg) *Value {
	def := definition(f.fn.Body(), in, r)
	if def == nil {
		return unknownValue
	}
	return m.gave(f, def)
}

// gave is what def gave, as far as that can be read again.
func (m *machine) gave(f *frame, def *ir.Instr) *Value {
	switch def.Op {
	case ir.This:
		return orUndefined(f.this)
	case ir.Load:
		return orUndefined(m.readCell(m.lookup(f, def.Ext.Var)))
	case ir.Param:
		return orUndefined(f.arg(int(def.Num)))
	case ir.Global:
		return orUndefined(m.global(f, def.Name))
	case ir.Get:
		return m.get(m.again(f, def, def.A), def.Name)
	case ir.Move:
		return m.again(f, def, def.A)
	}
	return unknownValue
}

// definition returns the instruction in front of in that gave register r its value; nil
// if it is not one alone.
func definition(code []ir.Instr, in *ir.Instr, r ir.Reg) *ir.Instr {
	defs, _ := before(code, in, r, func(code []ir.Instr, r ir.Reg) []*ir.Instr {
		if def := last(code, r); def != nil {
			return []*ir.Instr{def}
		}
		return nil
	})
	if len(defs) == 0 {
		return nil
	}
	return defs[0]
}

// givers returns the instructions in front of in that may have given register r its value: several for a || b and
// ok ? a : b.
func givers(code []ir.Instr, in *ir.Instr, r ir.Reg) []*ir.Instr {
	defs, _ := before(code, in, r, func(code []ir.Instr, r ir.Reg) []*ir.Instr {
		defs, _ := lastOnes(code, r)
		return defs
	})
	return defs
}

// before returns what gave register r its value in front of in, from the innermost block outwards; find looks for it in
// code that runs in order. found reports whether in is in code.
func before(code []ir.Instr, in *ir.Instr, r ir.Reg, find func([]ir.Instr, ir.Reg) []*ir.Instr) (defs []*ir.Instr, found bool) {
	for i := range code {
		if &code[i] == in {
			return find(code[:i], r), true
		}
		if code[i].Ext == nil {
			continue
		}
		for _, block := range code[i].Ext.Blocks {
			if defs, found = before(block, in, r, find); !found {
				continue
			}
			switch {
			case len(defs) > 0:
			case code[i].Op == ir.ForOf && code[i].Dst == r:
				defs = []*ir.Instr{&code[i]}
			case code[i].Op != ir.Loop:
				defs = find(code[:i], r)
			}
			return defs, true
		}
	}
	return nil, false
}

// lastOnes returns the last instructions of code that may write register r; always reports whether one of them does.
func lastOnes(code []ir.Instr, r ir.Reg) (defs []*ir.Instr, always bool) {
	for i := range slices.Backward(code) {
		if code[i].Dst == r && code[i].Op != ir.ForOf {
			return append(defs, &code[i]), true
		}
		if code[i].Op != ir.If || code[i].Ext == nil {
			continue
		}
		both := len(code[i].Ext.Blocks) > 1
		for _, block := range code[i].Ext.Blocks {
			inside, all := lastOnes(block, r)
			defs, both = append(defs, inside...), both && all
		}
		if both {
			return defs, true
		}
	}
	return defs, false
}

// last returns the last instruction of code that writes register r.
func last(code []ir.Instr, r ir.Reg) *ir.Instr {
	for i := range slices.Backward(code) {
		if code[i].Dst == r && code[i].Op != ir.ForOf {
			return &code[i]
		}
	}
	return nil
}

// assignment returns the one instruction in code that stores into v; nil if it is not
// one alone.
func assignment(code []ir.Instr, v *ir.Var) (store *ir.Instr) {
	n := 0
	var walk func(code []ir.Instr)
	walk = func(code []ir.Instr) {
		for i := range code {
			if code[i].Op == ir.Store && code[i].Ext.Var == v {
				store = &code[i]
				n++
			}
			if code[i].Ext != nil {
				for _, block := range code[i].Ext.Blocks {
					walk(block)
				}
			}
		}
	}
	walk(code)
	if n != 1 {
		return nil
	}
	return store
}
