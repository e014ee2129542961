package ir

import "github.com/beian/beian/analyzer/script"

// group is a run of cases that share one body: case 1: case 2: …
type group struct {
	tests     []script.Expr
	isDefault bool
	body      []script.Stmt
}

// switchCase lowers a switch to a Block that break leaves.
func (l *lowerer) switchCase(s *script.Switch) {
	x := l.expr(s.X)
	num := l.push(label{unnamed: true})
	mark := l.begin()
	l.enter(s.Scope)
	groups := groupCases(s.Cases)
	for _, g := range groups {
		l.hoist(g.body)
	}
	if fallsThrough(groups) {
		l.fallthroughs(groups, x, s)
	} else {
		l.alternatives(groups, x, num, s)
	}
	block := l.end(mark)
	l.pop()
	l.emit(Instr{Op: Block, Span: s.Span, Ext: l.ext(Ext{Nest: &Nest{Blocks: [][]Instr{block}, Label: num}})})
}

func groupCases(cases []*script.Case) []group {
	var groups []group
	open := false
	for _, c := range cases {
		if !open {
			groups = append(groups, group{})
		}
		g := &groups[len(groups)-1]
		if c.Test == nil {
			g.isDefault = true
		} else {
			g.tests = append(g.tests, c.Test)
		}
		g.body = c.Body
		open = len(c.Body) == 0
	}
	return groups
}

// fallsThrough reports whether control may run from one body into the next.
func fallsThrough(groups []group) bool {
	for i, g := range groups {
		if i+1 < len(groups) && !leaves(g.body) {
			return true
		}
	}
	return false
}

// leaves reports whether control surely does not reach the end of list.
func leaves(list []script.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *script.Branch, *script.Return, *script.Throw:
		return true
	case *script.Block:
		return leaves(s.Body)
	case *script.If:
		return s.Else != nil && leaves([]script.Stmt{s.Then}) && leaves([]script.Stmt{s.Else})
	}
	return false
}

// alternatives lowers a switch whose bodies do not run into each other to one
// If after the other, the default last.
func (l *lowerer) alternatives(groups []group, x Reg, num int, s *script.Switch) {
	var last *group
	for i := range groups {
		g := &groups[i]
		if g.isDefault {
			last = g
			continue
		}
		mark := l.next
		c := l.matches(g.tests, x, s)
		l.branch(c, g.tests[0].Range(), func() {
			l.each(g.body)
			if !leaves(g.body) {
				l.emit(Instr{Op: Break, Num: float64(num), Span: s.Span})
			}
		}, nil)
		l.next = mark
	}
	if last != nil {
		l.each(last.body)
	}
}

// each lowers statements whose functions have been hoisted already.
func (l *lowerer) each(list []script.Stmt) {
	for _, s := range list {
		l.statement(s)
	}
}

// matches tests x against each of tests until one is equal.
func (l *lowerer) matches(tests []script.Expr, x Reg, s *script.Switch) Reg {
	if len(tests) == 0 {
		return l.truth(false, s.Span)
	}
	equal := func(test script.Expr) Reg {
		if name, ok := s.X.(*script.Ident); ok && name.Symbol != nil {
			x = l.expr(s.X) // read anew, so that the comparison says what the variable is
		}
		t := l.expr(test)
		return l.value(Instr{Op: Binary, Name: "===", A: x, B: t, Span: test.Range()})
	}
	if len(tests) == 1 {
		return equal(tests[0])
	}
	d := l.reg()
	l.move(d, equal(tests[0]), tests[0].Range())
	for _, test := range tests[1:] {
		l.branch(d, test.Range(), nil, func() { l.move(d, equal(test), test.Range()) })
	}
	return d
}

// fallthroughs lowers a switch whose bodies may run into each other: the
// register matched says whether an earlier case was taken.
func (l *lowerer) fallthroughs(groups []group, x Reg, s *script.Switch) {
	matched := l.reg()
	l.emit(Instr{Op: Bool, Dst: matched, Span: s.Span})
	for i, g := range groups {
		tests := g.tests
		if g.isDefault {
			// The default is taken if no later case matches; cases that share
			// its body make no difference.
			tests = nil
			for _, later := range groups[i+1:] {
				tests = append(tests, later.tests...)
			}
		}
		mark := l.next
		at := s.Span
		if len(g.body) > 0 {
			at = g.body[0].Range()
		}
		l.branch(matched, at, nil, func() {
			m := l.matches(tests, x, s)
			if g.isDefault {
				m = l.value(Instr{Op: Unary, Name: "!", A: m, Span: at})
			}
			l.move(matched, m, at)
		})
		l.branch(matched, at, func() { l.each(g.body) }, nil)
		l.next = mark
	}
}
