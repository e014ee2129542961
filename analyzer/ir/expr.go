package ir

import (
	"strings"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// expr lowers e and returns the register of its value.
func (l *lowerer) expr(e script.Expr) Reg { return l.named(e, "") }

// named is expr for an expression that gives a function or class without a name
// of its own the name of the variable or property that it becomes.
func (l *lowerer) named(e script.Expr, name string) Reg {
	switch e := e.(type) {
	case nil:
		return l.value(Instr{Op: Undef})
	case *script.Ident:
		return l.read(e)
	case *script.Function:
		return l.closure(e, name)
	case *script.Class:
		return l.class(e, name)
	case *script.Template:
		return l.template(e)
	case *script.This:
		return l.value(Instr{Op: This, Span: e.Span})
	case *script.Meta:
		return l.value(Instr{Op: Meta, Name: e.Name, Span: e.Span})
	case *script.Array:
		return l.array(e)
	case *script.Object:
		return l.object(e)
	case *script.Dot, *script.Index, *script.Call:
		return l.chain(e)
	case *script.New:
		fn := l.expr(e.Fn)
		args, spread := l.arguments(e.Args)
		return l.value(Instr{Op: New, A: fn, Spread: spread != nil, Span: rangeOf(e.Fn, e.Span), Ext: l.call(e.Span, args, spread)})
	case *script.ImportCall:
		spec := l.expr(e.Source)
		return l.value(Instr{Op: Import, Span: e.Span, Ext: l.call(e.Span, []Reg{spec}, nil)})
	case *script.Sequence:
		v := None
		for _, x := range e.Exprs {
			v = l.expr(x)
		}
		if v == None {
			v = l.undef(e.Span)
		}
		return v
	case *script.Spread:
		return l.expr(e.X)
	case *script.Yield:
		x, delegate := None, 0.0
		if e.X != nil {
			x = l.expr(e.X)
		}
		if e.Delegate {
			delegate = 1
		}
		return l.value(Instr{Op: Yield, A: x, Num: delegate, Span: e.Span})
	case *script.Await:
		x := l.expr(e.X)
		return l.value(Instr{Op: Await, A: x, Span: e.Span})
	case *script.JSXElement:
		return l.jsx(e)
	case *script.JSXText:
		return l.text(e.Value, e.Span)
	case *script.Unary:
		return l.unary(e)
	case *script.Update:
		return l.update(e)
	case *script.Binary:
		return l.binary(e)
	case *script.Cond:
		return l.cond(e)
	case *script.Assign:
		return l.assign(e)
	}
	return l.literal(e)
}

// literal lowers a literal. Patterns and bad expressions, which cannot be
// evaluated, are undefined.
func (l *lowerer) literal(e script.Expr) Reg {
	i := Instr{Op: Undef, Span: e.Range()}
	switch e := e.(type) {
	case *script.String:
		i.Op, i.Name = String, e.Value
	case *script.Number:
		i.Op, i.Num = Number, e.Value
		if e.BigInt() {
			i = Instr{Op: Meta, Name: "bigint", Span: e.Range()}
		}
	case *script.Bool:
		i.Op = Bool
		if e.Value {
			i.Num = 1
		}
	case *script.Null:
		i.Op = Null
	case *script.Regexp:
		i.Op, i.Ext = Regexp, l.ext(Ext{Rare: &Rare{Regexp: e}})
	}
	return l.value(i)
}

func (l *lowerer) undef(at source.Span) Reg { return l.value(Instr{Op: Undef, Span: at}) }

func (l *lowerer) text(s string, at source.Span) Reg {
	return l.value(Instr{Op: String, Name: s, Span: at})
}

func (l *lowerer) truth(b bool, at source.Span) Reg {
	i := Instr{Op: Bool, Span: at}
	if b {
		i.Num = 1
	}
	return l.value(i)
}

// move copies a to dst, a register that several branches write.
func (l *lowerer) move(dst, a Reg, at source.Span) {
	l.emit(Instr{Op: Move, Dst: dst, A: a, Span: at})
}

// branch emits an If on cond whose blocks are what then and els emit.
func (l *lowerer) branch(cond Reg, at source.Span, then, els func()) {
	blocks := make([][]Instr, 2)
	for i, emit := range []func(){then, els} {
		if emit != nil {
			mark := l.begin()
			emit()
			blocks[i] = l.end(mark)
		}
	}
	l.emit(Instr{Op: If, A: cond, Span: at, Ext: l.ext(Ext{Nest: &Nest{Blocks: blocks}})})
}

// isNullish tests whether v is null or undefined.
func (l *lowerer) isNullish(v Reg, at source.Span) Reg {
	null := l.value(Instr{Op: Null, Span: at})
	return l.value(Instr{Op: Binary, Name: "==", A: v, B: null, Span: at})
}

func (l *lowerer) template(e *script.Template) Reg {
	if e.Tag != nil {
		return l.tagged(e)
	}
	if len(e.Exprs) == 0 && len(e.Strings) == 1 {
		return l.text(e.Strings[0].Value, e.Span)
	}
	names := make([]string, len(e.Strings))
	for i, s := range e.Strings {
		names[i] = s.Value
	}
	args := make([]Reg, len(e.Exprs))
	for i, x := range e.Exprs {
		args[i] = l.expr(x)
	}
	return l.value(Instr{Op: Template, Span: e.Span, Ext: l.ext(Ext{Args: args, Rare: &Rare{Names: names}})})
}

// tagged lowers a tagged template to a call of the tag.
func (l *lowerer) tagged(e *script.Template) Reg {
	fn, this := l.callee(e.Tag)
	strs := l.value(Instr{Op: Array, Span: e.Span})
	for _, s := range e.Strings {
		l.emit(Instr{Op: Append, A: strs, B: l.text(s.Value, s.Span), Span: s.Span})
	}
	raw := l.value(Instr{Op: Array, Span: e.Span})
	for _, s := range e.Strings {
		l.emit(Instr{Op: Append, A: raw, B: l.text(l.file.Text[s.Span.Start:s.Span.End], s.Span), Span: s.Span})
	}
	l.emit(Instr{Op: Set, A: strs, Name: "raw", B: raw, Span: e.Span})
	args := []Reg{strs}
	for _, x := range e.Exprs {
		args = append(args, l.expr(x))
	}
	return l.value(Instr{Op: Call, A: fn, B: this, Span: e.Tag.Range(), Ext: l.call(e.Span, args, nil)})
}

func (l *lowerer) array(e *script.Array) Reg {
	if ns := table(e); ns != nil {
		return l.value(Instr{Op: Array, Span: e.Span, Ext: l.ext(Ext{Rare: &Rare{Numbers: ns}})})
	}
	arr := l.value(Instr{Op: Array, Span: e.Span})
	for _, x := range e.Elems {
		i := Instr{Op: Append, A: arr, Span: e.Span}
		if x != nil {
			i.Span = x.Range()
		}
		if s, ok := x.(*script.Spread); ok {
			i.Op, x = Extend, s.X
		}
		if x == nil {
			i.B = l.undef(e.Span) // a hole
		} else {
			i.B = l.expr(x)
		}
		l.emit(i)
	}
	return arr
}

// table returns the elements of a long list of nothing but numbers, or nil: one
// instruction for each would take more room than the program around it.
func table(e *script.Array) []float64 {
	const long = 32
	if len(e.Elems) < long {
		return nil
	}
	out := make([]float64, len(e.Elems))
	for i, x := range e.Elems {
		sign := 1.0
		if u, ok := x.(*script.Unary); ok && u.Op == "-" {
			sign, x = -1, u.X
		}
		n, ok := x.(*script.Number)
		if !ok || n.BigInt() {
			return nil
		}
		out[i] = sign * n.Value
	}
	return out
}

func (l *lowerer) object(e *script.Object) Reg {
	obj := l.value(Instr{Op: Object, Span: e.Span})
	for _, p := range e.Props {
		if p.Kind == script.SpreadProperty {
			x := p.Value
			if s, ok := x.(*script.Spread); ok {
				x = s.X
			}
			l.emit(Instr{Op: Copy, A: obj, B: l.expr(x), Span: p.Span})
			continue
		}
		l.property(obj, p.Kind, p.Key, p.Computed, p.Value, p.Span)
	}
	return obj
}

// property defines one property of obj, which is an object literal or a class.
func (l *lowerer) property(obj Reg, kind script.PropertyKind, key string, computed, value script.Expr, at source.Span) {
	op, opKey := Set, SetKey
	switch kind {
	case script.Getter:
		op, opKey = Getter, GetterKey
	case script.Setter:
		op, opKey = Setter, SetterKey
	}
	if s, ok := computed.(*script.String); ok {
		key, computed = s.Value, nil
	}
	k := None
	if computed != nil {
		k = l.expr(computed)
		key = ""
	}
	var v Reg
	if value == nil {
		v = l.undef(at) // a field without initialiser
	} else {
		v = l.named(value, key)
	}
	if computed == nil {
		l.emit(Instr{Op: op, A: obj, Name: key, B: v, Span: at})
		return
	}
	if opKey == SetKey {
		l.emit(Instr{Op: SetKey, A: obj, B: k, C: v, Span: at})
	} else {
		l.emit(Instr{Op: opKey, A: obj, B: v, C: k, Span: at})
	}
}

func (l *lowerer) unary(e *script.Unary) Reg {
	if e.Op == "delete" {
		switch e.X.(type) {
		case *script.Dot, *script.Index:
			return l.remove(e)
		}
		l.expr(e.X)
		return l.truth(true, e.Span)
	}
	x := l.expr(e.X)
	return l.value(Instr{Op: Unary, Name: e.Op, A: x, Span: e.Span})
}

// binary lowers an operator. Long sums and conditions lean to the left: their
// spine is walked, not recursed into.
func (l *lowerer) binary(e *script.Binary) Reg {
	spine := []*script.Binary{e}
	x := e.X
	for {
		b, ok := x.(*script.Binary)
		if !ok {
			break
		}
		spine, x = append(spine, b), b.X
	}
	v := l.expr(x)
	for i := len(spine) - 1; i >= 0; i-- {
		b := spine[i]
		switch b.Op {
		case "&&", "||", "??":
			d := l.reg()
			l.move(d, v, rangeOf(b.X, b.Span))
			l.shortcut(b.Op, d, b.Span, func() { l.move(d, l.expr(b.Y), rangeOf(b.Y, b.Span)) })
			v = d
		default:
			y := l.expr(b.Y)
			v = l.value(Instr{Op: Binary, Name: b.Op, A: v, B: y, Span: b.Span})
		}
	}
	return v
}

// shortcut emits rest if the logical operator op goes on after the value d.
func (l *lowerer) shortcut(op string, d Reg, at source.Span, rest func()) {
	switch op {
	case "&&":
		l.branch(d, at, rest, nil)
	case "||":
		l.branch(d, at, nil, rest)
	default:
		l.branch(l.isNullish(d, at), at, rest, nil)
	}
}

func (l *lowerer) cond(e *script.Cond) Reg {
	test := l.expr(e.Test)
	d := l.reg()
	l.branch(test, rangeOf(e.Test, e.Span),
		func() { l.move(d, l.expr(e.Then), rangeOf(e.Then, e.Span)) },
		func() { l.move(d, l.expr(e.Else), rangeOf(e.Else, e.Span)) })
	return d
}

// arguments lowers the arguments of a call; spread is nil if none is spread.
func (l *lowerer) arguments(list []script.Expr) (args []Reg, spread []bool) {
	args = make([]Reg, len(list))
	for i, x := range list {
		if s, ok := x.(*script.Spread); ok {
			if spread == nil {
				spread = make([]bool, len(list))
			}
			spread[i] = true
			x = s.X
		}
		args[i] = l.expr(x)
	}
	return args, spread
}

// call makes the Ext of a call.
func (l *lowerer) call(at source.Span, args []Reg, spread []bool) *Ext {
	e := Ext{Args: l.regList(args), Span: at}
	if spread != nil {
		e.Rare = &Rare{Spread: spread}
	}
	return l.ext(e)
}

// jsx lowers an element to $jsx(type, props, ...children).
func (l *lowerer) jsx(e *script.JSXElement) Reg {
	open := e.Open
	if open.Len() == 0 {
		open = e.Span
	}
	fn := l.value(Instr{Op: Global, Name: "$jsx", Span: open})
	args := []Reg{l.jsxType(e), l.jsxProps(e, open)}
	var spread []bool
	for _, c := range e.Children {
		switch c := c.(type) {
		case nil:
			continue
		case *script.JSXText:
			s := strings.TrimSpace(c.Value)
			if s == "" {
				continue
			}
			args = append(args, l.text(s, c.Span))
		case *script.Spread:
			for len(spread) < len(args) {
				spread = append(spread, false)
			}
			spread = append(spread, true)
			args = append(args, l.expr(c.X))
		default:
			args = append(args, l.expr(c))
		}
	}
	for _, a := range e.Attrs {
		if isSlots(a) {
			args = append(args, l.expr(a.Value))
		}
	}
	for spread != nil && len(spread) < len(args) {
		spread = append(spread, false)
	}
	return l.value(Instr{Op: Call, A: fn, B: None, Spread: spread != nil, Span: open, Ext: l.call(e.Span, args, spread)})
}

// jsxType is the component, the name of a native element, or null for a
// fragment.
func (l *lowerer) jsxType(e *script.JSXElement) Reg {
	switch name := e.Name.(type) {
	case nil:
		return l.value(Instr{Op: Null, Span: e.Span})
	case *script.Ident:
		if name.Symbol == nil && name.Name != "" && (name.Name[0] < 'A' || name.Name[0] > 'Z') {
			return l.text(name.Name, name.Span)
		}
	}
	return l.expr(e.Name)
}

func (l *lowerer) jsxProps(e *script.JSXElement, open source.Span) Reg {
	props := l.value(Instr{Op: Object, Span: open})
	for _, a := range e.Attrs {
		if isSlots(a) {
			continue
		}
		if s, ok := a.Value.(*script.Spread); ok && a.Name == "" {
			l.emit(Instr{Op: Copy, A: props, B: l.expr(s.X), Span: a.Span})
			continue
		}
		if target, property := twoWay(a); target != nil {
			l.bindBothWays(props, target, property, a.Span)
			continue
		}
		var v Reg
		if a.Value == nil {
			v = l.truth(true, a.Span)
		} else {
			v = l.named(a.Value, a.Name)
		}
		l.emit(Instr{Op: Set, A: props, B: v, Name: a.Name, Span: a.Span})
	}
	return props
}

// rangeOf is the range of e, or at if e is nil.
func rangeOf(e script.Expr, at source.Span) source.Span {
	if e == nil {
		return at
	}
	return e.Range()
}
