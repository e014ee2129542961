package ir

import (
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// enum is a TypeScript enum that is being lowered.
type enum struct {
	object  Reg
	members []*script.EnumMember // those before the current one
}

// has reports whether a bare name in the enum means its member.
func (e *enum) has(name string) bool {
	for _, m := range e.members {
		if m.Name == name {
			return true
		}
	}
	return false
}

// merged yields the object of an enum or namespace: a new one, or that of the
// declaration it adds to.
func (l *lowerer) merged(id *script.Ident, at source.Span) Reg {
	if id.Symbol != nil && id.Symbol.Decl != id {
		return l.read(id)
	}
	v := l.value(Instr{Op: Object, Span: at})
	l.write(id, v, id.Span)
	return v
}

// enumDecl lowers an enum to an object that maps names to values and numbers
// back to names.
func (l *lowerer) enumDecl(s *script.Enum) {
	if s.Name == nil {
		return
	}
	outer := l.enum
	e := &enum{object: l.merged(s.Name, s.Span)}
	l.enum = e
	last, known := -1.0, true // value of the member before
	value := None
	for i, m := range s.Members {
		e.members = s.Members[:i]
		text := false
		switch init := m.Init.(type) {
		case nil:
			if known {
				last++
				value = l.value(Instr{Op: Number, Num: last, Span: m.Span})
			} else {
				one := l.value(Instr{Op: Number, Num: 1, Span: m.Span})
				value = l.value(Instr{Op: Binary, Name: "+", A: value, B: one, Span: m.Span})
			}
		case *script.Number:
			last, known = init.Value, true
			value = l.literal(init)
		case *script.String, *script.Template:
			known, text = false, true
			value = l.expr(init)
		default:
			known = false
			value = l.expr(init)
		}
		l.emit(Instr{Op: Set, A: e.object, B: value, Name: m.Name, Span: m.Span})
		if !text {
			name := l.text(m.Name, m.Span)
			l.emit(Instr{Op: SetKey, A: e.object, B: value, C: name, Span: m.Span})
		}
	}
	l.enum = outer
}

// namespaceDecl lowers a namespace to an object with what its body exports.
func (l *lowerer) namespaceDecl(s *script.Namespace) {
	if s.Name == nil || s.Body == nil {
		return
	}
	l.merged(s.Name, s.Span)
	l.enter(s.Body.Scope)
	if x := l.variable(s.Name); x != nil {
		l.collectExports(s.Body.Body, x)
	}
	l.statements(s.Body.Body)
}
