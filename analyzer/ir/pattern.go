package ir

import (
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// bind gives v to a target: a variable, a property, or a pattern of them.
func (l *lowerer) bind(target script.Expr, v Reg) {
	switch t := target.(type) {
	case *script.Ident:
		l.write(t, v, t.Span)
	case *script.AssignPattern:
		l.bind(t.Target, l.orDefault(v, t))
	case *script.ObjectPattern:
		l.bindObject(t, v)
	case *script.ArrayPattern:
		l.bindArray(t, v)
	case *script.Rest:
		l.bind(t.Target, v)
	case *script.Dot, *script.Index:
		p := l.place(t)
		p.set(l, v)
	}
}

// orDefault is v, or the default of t if v is undefined.
func (l *lowerer) orDefault(v Reg, t *script.AssignPattern) Reg {
	undef := l.undef(t.Span)
	missing := l.value(Instr{Op: Binary, Name: "===", A: v, B: undef, Span: t.Span})
	d := l.reg()
	l.branch(missing, t.Span,
		func() { l.move(d, l.named(t.Default, nameOf(t.Target)), rangeOf(t.Default, t.Span)) },
		func() { l.move(d, v, t.Span) })
	return d
}

func (l *lowerer) bindObject(t *script.ObjectPattern, v Reg) {
	var names []string
	var keys []Reg
	for _, p := range t.Props {
		if s, ok := p.Computed.(*script.String); ok || p.Computed == nil {
			key := p.Key
			if ok {
				key = s.Value
			}
			names = append(names, key)
			l.bind(p.Target, l.value(Instr{Op: Get, A: v, Name: key, Span: p.Span}))
			continue
		}
		k := l.expr(p.Computed)
		keys = append(keys, k)
		l.bind(p.Target, l.value(Instr{Op: GetKey, A: v, B: k, Span: p.Span}))
	}
	if t.Rest == nil {
		return
	}
	ext := l.ext(Ext{Args: l.regList(keys), Rare: &Rare{Names: names}})
	l.bind(t.Rest, l.value(Instr{Op: Omit, A: v, Span: t.Rest.Range(), Ext: ext}))
}

func (l *lowerer) bindArray(t *script.ArrayPattern, v Reg) {
	for i, e := range t.Elems {
		if e == nil {
			continue
		}
		op := Elem
		if _, ok := e.(*script.Rest); ok {
			op = Tail
		}
		l.bind(e, l.value(Instr{Op: op, A: v, Num: float64(i), Span: e.Range()}))
	}
}

// nameOf is what a function assigned to target is called.
func nameOf(target script.Expr) string {
	switch t := target.(type) {
	case *script.Ident:
		return t.Name
	case *script.Dot:
		return t.Name
	case *script.Index:
		if s, ok := t.Key.(*script.String); ok {
			return s.Value
		}
	}
	return ""
}

// place is a simple assignment target whose object and key are evaluated.
type place struct {
	id   *script.Ident // a variable, or nil
	obj  Reg
	key  Reg    // None if the key is name
	name string // of the property
	at   source.Span
}

// place evaluates the parts of a target. An expression that is no target has no
// parts: it reads as undefined, and writes to it are lost.
func (l *lowerer) place(target script.Expr) place {
	p := place{obj: None, key: None, at: rangeOf(target, source.Span{})}
	var x script.Expr
	switch t := target.(type) {
	case *script.Ident:
		p.id = t
		return p
	case *script.Dot:
		x, p.name = t.X, t.Name
	case *script.Index:
		x = t.X
	default:
		if target != nil {
			l.expr(target)
		}
		return p
	}
	if _, ok := x.(*script.Super); ok {
		p.obj = l.value(Instr{Op: This, Span: p.at})
	} else {
		p.obj = l.expr(x)
	}
	if t, ok := target.(*script.Index); ok {
		if s, ok := t.Key.(*script.String); ok {
			p.name = s.Value
		} else {
			p.key = l.expr(t.Key)
		}
	}
	return p
}

func (p place) get(l *lowerer) Reg {
	switch {
	case p.id != nil:
		return l.read(p.id)
	case p.obj == None:
		return l.undef(p.at)
	case p.key != None:
		return l.value(Instr{Op: GetKey, A: p.obj, B: p.key, Span: p.at})
	}
	return l.value(Instr{Op: Get, A: p.obj, Name: p.name, Span: p.at})
}

func (p place) set(l *lowerer, v Reg) {
	switch {
	case p.id != nil:
		l.write(p.id, v, p.at)
	case p.obj == None:
	case p.key != None:
		l.emit(Instr{Op: SetKey, A: p.obj, B: p.key, C: v, Span: p.at})
	default:
		l.emit(Instr{Op: Set, A: p.obj, B: v, Name: p.name, Span: p.at})
	}
}

func (l *lowerer) assign(e *script.Assign) Reg {
	switch e.Op {
	case "=":
		switch e.Target.(type) {
		case *script.Ident, *script.Dot, *script.Index:
			p := l.place(e.Target)
			v := l.named(e.Value, nameOf(e.Target))
			p.set(l, v)
			return v
		}
		v := l.expr(e.Value)
		l.bind(e.Target, v)
		return v
	case "&&=", "||=", "??=":
		p := l.place(e.Target)
		d := l.reg()
		l.move(d, p.get(l), p.at)
		l.shortcut(e.Op[:2], d, e.Span, func() {
			v := l.named(e.Value, nameOf(e.Target))
			p.set(l, v)
			l.move(d, v, e.Span)
		})
		return d
	}
	p := l.place(e.Target)
	old := p.get(l)
	v := l.expr(e.Value)
	v = l.value(Instr{Op: Binary, Name: e.Op[:max(0, len(e.Op)-1)], A: old, B: v, Span: e.Span})
	p.set(l, v)
	return v
}

func (l *lowerer) update(e *script.Update) Reg {
	p := l.place(e.X)
	old := l.value(Instr{Op: Unary, Name: "+", A: p.get(l), Span: e.Span})
	one := l.value(Instr{Op: Number, Num: 1, Span: e.Span})
	op := "+"
	if e.Op == "--" {
		op = "-"
	}
	v := l.value(Instr{Op: Binary, Name: op, A: old, B: one, Span: e.Span})
	p.set(l, v)
	if e.Prefix {
		return v
	}
	return old
}
