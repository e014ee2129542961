package ir

import (
	"github.com/beian/beian/analyzer/script"
)

// class lowers a class and gives it to its name.
func (l *lowerer) class(c *script.Class, name string) Reg {
	if c.Name != nil {
		name = c.Name.Name
	}
	l.enter(c.Scope)
	super := None
	if c.Super != nil {
		super = l.expr(c.Super)
	}
	class := l.value(Instr{Op: ClassDef, A: super, Span: c.Span, Ext: l.ext(Ext{Func: l.constructor(c, name)})})
	if c.Name != nil {
		l.write(c.Name, class, c.Name.Span)
		if c.Scope != nil {
			own := c.Scope.Lookup(c.Name.Name)
			if own != nil && own != c.Name.Symbol {
				l.emit(Instr{Op: Store, A: class, Span: c.Name.Span, Ext: l.vars[known(own)]})
			}
		}
	}
	l.methods(c, class)
	if hasMember(c, isStatic) {
		init := l.nested(name+" statics", statics{c})
		fn := l.value(Instr{Op: Closure, Span: c.Span, Ext: l.ext(Ext{Func: init})})
		l.value(Instr{Op: Call, A: fn, B: class, Span: c.Span, Ext: l.call(c.Span, nil, nil)})
	}
	for _, d := range c.Decorators {
		fn, this := l.callee(d)
		l.value(Instr{Op: Call, A: fn, B: this, Span: d.Range(), Ext: l.call(d.Range(), []Reg{class}, nil)})
	}
	return class
}

// constructor makes the Func of the constructor of c, written or not.
func (l *lowerer) constructor(c *script.Class, name string) *Func {
	class := &Class{Name: name, Derived: c.Super != nil, Default: true}
	var node lowerable = constructor{c}
	for _, m := range c.Members {
		fn, ok := m.Value.(*script.Function)
		if ok && fn.Body != nil && m.Kind == script.Method && !m.Static && m.Computed == nil && m.Key == "constructor" {
			node, class.Default = fn, false
		}
	}
	if hasMember(c, isField) {
		class.Fields = l.nested(name+" fields", fields{c})
	}
	f := l.nested(name, node)
	f.Class = class
	return f
}

// methods puts the methods and accessors of c on its prototype, or on the class
// itself if they are static.
func (l *lowerer) methods(c *script.Class, class Reg) {
	proto := None
	for _, m := range c.Members {
		if !isMethod(m) {
			continue
		}
		target := class
		if !m.Static {
			if proto == None {
				proto = l.value(Instr{Op: Proto, A: class, Span: c.Span})
			}
			target = proto
		}
		l.property(target, m.Kind, m.Key, m.Computed, m.Value, m.Span)
		for _, d := range m.Decorators {
			fn, this := l.callee(d)
			args := []Reg{target, l.text(m.Key, m.KeySpan)}
			l.value(Instr{Op: Call, A: fn, B: this, Span: d.Range(), Ext: l.call(d.Range(), args, nil)})
		}
	}
}

// fields lowers the instance fields of c; this is the instance.
func (l *lowerer) fields(c *script.Class) {
	for _, m := range c.Members {
		if isField(m) {
			l.field(m)
		}
	}
}

// statics lowers the static fields and blocks of c; this is the class.
func (l *lowerer) statics(c *script.Class) {
	for _, m := range c.Members {
		if !isStatic(m) {
			continue
		}
		if m.Kind != script.StaticBlock {
			l.field(m)
			continue
		}
		mark := l.next
		fn := l.expr(m.Value)
		this := l.value(Instr{Op: This, Span: m.Span})
		l.value(Instr{Op: Call, A: fn, B: this, Span: m.Span, Ext: l.call(m.Span, nil, nil)})
		l.next = mark
	}
}

func (l *lowerer) field(m *script.Member) {
	mark := l.next
	this := l.value(Instr{Op: This, Span: m.Span})
	l.property(this, script.Value, m.Key, m.Computed, m.Value, m.Span)
	l.next = mark
}

func hasMember(c *script.Class, is func(*script.Member) bool) bool {
	for _, m := range c.Members {
		if is(m) {
			return true
		}
	}
	return false
}

// isMethod reports whether m is a method or accessor with a body, but not the
// constructor.
func isMethod(m *script.Member) bool {
	switch m.Kind {
	case script.Method, script.Getter, script.Setter:
		fn, ok := m.Value.(*script.Function)
		isConstructor := m.Kind == script.Method && !m.Static && m.Computed == nil && m.Key == "constructor"
		return ok && (fn.Body != nil || fn.Result != nil) && !isConstructor
	}
	return false
}

func isField(m *script.Member) bool { return m.Kind == script.Value && !m.Static }

func isStatic(m *script.Member) bool {
	return m.Kind == script.StaticBlock && m.Value != nil || m.Kind == script.Value && m.Static
}
