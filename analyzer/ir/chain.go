package ir

import (
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A chain is a run of member accesses and calls: a.b?.c(d)[e]. It is lowered
// from its root outward. From each ?. on, the rest of the chain goes into the
// else block of a test for null, so that one null leaves all of it out.

// chained is the state of a chain while it is lowered.
type chained struct {
	cur   Reg // value so far
	this  Reg // object that cur was got from, or None
	open  []optional
	super bool // cur is super, not a value
}

// optional is one ?. whose else block is not closed yet.
type optional struct {
	mark int
	cond Reg
	then []Instr
	at   source.Span
}

// chain lowers a chain to its value.
func (l *lowerer) chain(e script.Expr) Reg {
	v, _ := l.callee(e)
	return v
}

// callee lowers e to its value and the object that a call of it has as this.
func (l *lowerer) callee(e script.Expr) (fn, this Reg) {
	links, root := unlink(e)
	result := None
	if hasOptional(links) {
		result = l.reg()
	}
	c := l.root(root)
	for _, link := range links {
		l.link(&c, link, result)
	}
	if c.super {
		c.cur = l.undef(e.Range())
	}
	if result == None {
		return c.cur, c.this
	}
	l.move(result, c.cur, e.Range())
	l.close(c.open)
	return result, None
}

// remove lowers delete of a property.
func (l *lowerer) remove(e *script.Unary) Reg {
	links, root := unlink(e.X)
	result := l.reg()
	deleted := l.truth(true, e.Span) // so it is where ?. finds nothing
	c := l.root(root)
	last := len(links) - 1
	for _, link := range links[:last] {
		l.link(&c, link, result)
	}
	l.skipIfNull(&c, links[last], result)
	if c.super {
		c.cur, c.super = l.value(Instr{Op: This, Span: e.Span}), false
	}
	switch x := links[last].(type) {
	case *script.Dot:
		l.emit(Instr{Op: Delete, Dst: deleted, A: c.cur, Name: x.Name, Span: e.Span})
	case *script.Index:
		if s, ok := x.Key.(*script.String); ok {
			l.emit(Instr{Op: Delete, Dst: deleted, A: c.cur, Name: s.Value, Span: e.Span})
		} else {
			l.emit(Instr{Op: DeleteKey, Dst: deleted, A: c.cur, B: l.expr(x.Key), Span: e.Span})
		}
	}
	l.close(c.open)
	return deleted
}

// unlink takes a chain apart into its root and its links from the root outward.
// A part in parentheses that has a ?. is a root of its own: (a?.b).c.
func unlink(e script.Expr) (links []script.Expr, root script.Expr) {
	for root = e; ; {
		var x script.Expr
		switch n := root.(type) {
		case *script.Dot:
			x = n.X
		case *script.Index:
			x = n.X
		case *script.Call:
			x = n.Fn
		default:
			x = nil
		}
		if x == nil {
			break
		}
		links = append(links, root)
		if x.Range().Start > root.Range().Start {
			if inner, _ := unlink(x); hasOptional(inner) {
				root = x
				break
			}
		}
		root = x
	}
	for i, j := 0, len(links)-1; i < j; i, j = i+1, j-1 {
		links[i], links[j] = links[j], links[i]
	}
	return links, root
}

func isOptional(link script.Expr) bool {
	switch n := link.(type) {
	case *script.Dot:
		return n.Optional
	case *script.Index:
		return n.Optional
	case *script.Call:
		return n.Optional
	}
	return false
}

func hasOptional(links []script.Expr) bool {
	for _, link := range links {
		if isOptional(link) {
			return true
		}
	}
	return false
}

func (l *lowerer) root(e script.Expr) chained {
	if _, ok := e.(*script.Super); ok {
		return chained{cur: None, this: None, super: true}
	}
	return chained{cur: l.expr(e), this: None}
}

// link lowers one access or call.
func (l *lowerer) link(c *chained, link script.Expr, result Reg) {
	l.skipIfNull(c, link, result)
	switch n := link.(type) {
	case *script.Dot:
		l.access(c, Instr{Op: Get, Name: n.Name, Span: n.Span}, nil)
	case *script.Index:
		if s, ok := n.Key.(*script.String); ok {
			l.access(c, Instr{Op: Get, Name: s.Value, Span: n.Span}, nil)
		} else {
			l.access(c, Instr{Op: GetKey, Span: n.Span}, n.Key)
		}
	case *script.Call:
		at := rangeOf(n.Fn, n.Span)
		args, spread := l.arguments(n.Args)
		ext := l.call(n.Span, args, spread)
		if c.super {
			l.emit(Instr{Op: Super, Spread: spread != nil, Span: at, Ext: ext})
			*c = chained{cur: l.value(Instr{Op: This, Span: at}), this: None, open: c.open}
			return
		}
		c.cur = l.value(Instr{Op: Call, A: c.cur, B: c.this, Spread: spread != nil, Span: at, Ext: ext})
		c.this = None
	}
}

// access emits i, a Get or GetKey of c, or the same of super.
func (l *lowerer) access(c *chained, i Instr, key script.Expr) {
	k := None
	if key != nil {
		k = l.expr(key)
	}
	if c.super {
		c.this, c.super = l.value(Instr{Op: This, Span: i.Span}), false
		c.cur = l.value(Instr{Op: SuperGet, A: k, Name: i.Name, Span: i.Span})
		return
	}
	i.A, i.B = c.cur, k
	c.this, c.cur = c.cur, l.value(i)
}

// skipIfNull opens the rest of the chain if link has ?. before it. Beyond any
// sensible number of them, a ?. is taken as a plain access, so that the depth
// of blocks stays bounded.
func (l *lowerer) skipIfNull(c *chained, link script.Expr, result Reg) {
	if !isOptional(link) || c.super || len(c.open) == maxNesting {
		return
	}
	at := link.Range()
	cond := l.isNullish(c.cur, at)
	mark := l.begin()
	l.emit(Instr{Op: Undef, Dst: result, Span: at})
	then := l.end(mark)
	c.open = append(c.open, optional{mark: l.begin(), cond: cond, then: then, at: at})
}

// close ends the blocks that ?. opened, innermost first.
func (l *lowerer) close(open []optional) {
	for i := len(open) - 1; i >= 0; i-- {
		o := open[i]
		els := l.end(o.mark)
		l.emit(Instr{Op: If, A: o.cond, Span: o.at, Ext: l.ext(Ext{Nest: &Nest{Blocks: [][]Instr{o.then, els}}})})
	}
}
