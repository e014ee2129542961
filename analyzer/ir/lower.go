package ir

import (
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Lower returns the module of p. At first only its top level exists, without a
// body: see Func.Body.
func Lower(p *script.Program) *Module {
	t := newTables(p.File)
	t.writes = countWrites(p)
	init := &Func{File: p.File, Span: p.Span, node: p, tables: t}
	return &Module{File: p.File, Init: init}
}

// LowerExpr returns e, one expression of a template of f, as a function that
// returns its value. Names that e does not declare itself are read as globals.
// A nil e is undefined.
func LowerExpr(f *source.File, e script.Expr) *Func {
	fn := &Func{File: f, node: template{e}, tables: newTables(f)}
	if e != nil {
		fn.Span = e.Range()
		fn.tables.alone = &fn.Span
	}
	return fn
}

// Body returns the instructions of f. The first call lowers them; Vars, Regs
// and the functions in f exist from then on. A function's body must be asked
// for after that of its Parent; there is no other way to get at the function.
// Not safe for concurrent use, not even for two functions of one module.
func (f *Func) Body() []Instr {
	if !f.done {
		f.done = true
		scratch := scratches.Get().(*[]Instr)
		l := &lowerer{tables: f.tables, f: f, code: *scratch}
		l.function()
		f.node = nil
		f.Regs = int(l.regs)
		findOutputs(f.body, f.Regs)
		*scratch = l.code
		scratches.Put(scratch)
	}
	return f.body
}

// scratches holds empty slices for lowerer.code.
var scratches = sync.Pool{New: func() any { s := make([]Instr, 0, 256); return &s }}

// What a Func can be lowered from besides *script.Program and *script.Function.
type (
	template    struct{ e script.Expr }       // a template expression
	fields      struct{ class *script.Class } // the instance fields of a class
	statics     struct{ class *script.Class } // its static fields and blocks
	constructor struct{ class *script.Class } // the constructor it does not write
)

func (n template) Range() source.Span {
	if n.e == nil {
		return source.Span{}
	}
	return n.e.Range()
}
func (n fields) Range() source.Span      { return n.class.Span }
func (n statics) Range() source.Span     { return n.class.Span }
func (n constructor) Range() source.Span { return n.class.Span }

// tables are what the functions of one module share while they are lowered.
type tables struct {
	file    *source.File
	alone   *source.Span       // of the expression that is lowered without its module, or nil
	vars    map[symbol]*Ext    // an Ext with only Var set, shared by all uses
	writes  map[symbol]writing // see countWrites
	imports map[symbol]imported
	sources map[string]*Ext // hidden variables of imported modules
	exports map[symbol][]*exported
	exts    []Ext // room for the next Exts
	args    []Reg // room for the next Ext.Args
	chunk   int   // size of the last such room
}

func newTables(f *source.File) *tables {
	return &tables{
		file:    f,
		vars:    make(map[symbol]*Ext),
		imports: make(map[symbol]imported),
		sources: make(map[string]*Ext),
		exports: make(map[symbol][]*exported),
	}
}

// symbol is a symbol of the module, by the place of its declaration: tables outlive trees.
type symbol int32

func known(s *script.Symbol) symbol {
	if s == nil {
		return -1
	}
	return symbol(s.Decl.Start)
}

// lowerer lowers one function.
type lowerer struct {
	*tables
	f      *Func
	code   []Instr // instructions of unfinished blocks, innermost last
	next   Reg     // next free register
	regs   Reg     // registers used so far
	loops  int     // loops around the current statement
	labels []label
	last   int // number of the last label
	made   int // functions made so far

	enum *enum // the TypeScript enum whose members are being lowered
}

// function lowers the whole of l.f.
func (l *lowerer) function() {
	mark := l.begin()
	switch n := l.f.node.(type) {
	case *script.Program:
		l.program(n)
	case *script.Function:
		l.callable(n)
	case template:
		v := l.expr(n.e)
		l.emit(Instr{Op: Return, A: v, Span: n.Range()})
	case written:
		l.writeArgument(n.target)
	case fields:
		l.fields(n.class)
	case statics:
		l.statics(n.class)
	case constructor:
		if n.class.Super != nil {
			rest := l.value(Instr{Op: RestArgs, Span: n.class.Span})
			ext := l.call(n.class.Span, []Reg{rest}, []bool{true})
			l.emit(Instr{Op: Super, Spread: true, Span: n.class.Span, Ext: ext})
		}
	}
	l.f.body = l.end(mark)
}

// callable lowers the parameters and body of fn.
func (l *lowerer) callable(fn *script.Function) {
	l.enter(fn.Scope)
	for i, p := range fn.Params {
		op := Param
		if rest, ok := p.(*script.Rest); ok {
			op, p = RestArgs, rest.Target
		}
		if p == nil {
			continue
		}
		v := l.value(Instr{Op: op, Num: float64(i), Span: p.Range()})
		l.bind(p, v)
	}
	switch {
	case fn.Body != nil:
		if fn.Body.Scope != fn.Scope {
			l.enter(fn.Body.Scope)
		}
		l.statements(fn.Body.Body)
	case fn.Result != nil:
		v := l.expr(fn.Result)
		l.emit(Instr{Op: Return, A: v, Span: fn.Result.Range()})
	}
}

// nested makes the Func of a function in l.f.
func (l *lowerer) nested(name string, node lowerable) *Func {
	l.made++
	f := &Func{
		File: l.file, Span: node.Range(), Name: name, Parent: l.f,
		node: node, tables: l.tables,
	}
	switch fn := node.(type) {
	case *script.Function:
		f.Params = len(fn.Params)
		f.Arrow, f.Async, f.Generator, f.fromFunction = fn.Arrow, fn.Async, fn.Generator, true
		f.Borrows = fn.Arrow && strings.Contains(l.file.Slice(f.Span), "arguments")
	case written:
		f.Params, f.Arrow = 1, true // this is that of the function around it
	}
	return f
}

// closure makes a function value. A function expression with a name of its own
// can refer to itself by it: the variable belongs to the function around it.
func (l *lowerer) closure(fn *script.Function, name string) Reg {
	if fn.Name != nil {
		name = fn.Name.Name
	}
	var self *Ext
	if own := ownName(fn); own != nil && l.vars[known(own)] == nil {
		self = l.declare(own)
		if l.loops > 0 {
			l.emit(Instr{Op: Declare, Span: fn.Name.Span, Ext: self})
		}
	}
	v := l.value(Instr{Op: Closure, Span: fn.Span, Ext: l.ext(Ext{Func: l.nested(name, fn)})})
	if self != nil {
		l.emit(Instr{Op: Store, A: v, Span: fn.Name.Span, Ext: self})
	}
	return v
}

// ownName is the symbol of the name that only fn itself sees, or nil.
func ownName(fn *script.Function) *script.Symbol {
	if fn.Name == nil || fn.Name.Symbol == nil {
		return nil
	}
	s := fn.Name.Symbol
	if s.Decl != fn.Name || s.Kind == script.ParamSymbol || s.Kind == script.VarSymbol {
		return nil
	}
	return s
}

// ---- emitting

// begin opens a block; end closes it and returns its instructions.
func (l *lowerer) begin() int { return len(l.code) }

func (l *lowerer) end(mark int) []Instr {
	if len(l.code) == mark {
		return nil
	}
	block := make([]Instr, len(l.code)-mark)
	copy(block, l.code[mark:])
	clear(l.code[mark:])
	l.code = l.code[:mark]
	return block
}

// emit adds an instruction that yields no value. Operands that op does not have
// may be zero: they become None.
func (l *lowerer) emit(i Instr) {
	s := shapes[i.Op]
	if s.a == no {
		i.A = None
	}
	if s.b == no {
		i.B = None
	}
	if s.c == no {
		i.C = None
	}
	if s.dst == no {
		i.Dst = None
	}
	l.code = append(l.code, i)
}

// value adds an instruction that yields a value in a fresh register.
func (l *lowerer) value(i Instr) Reg {
	i.Dst = l.reg()
	l.emit(i)
	return i.Dst
}

// reg takes a free register.
func (l *lowerer) reg() Reg {
	r := l.next
	l.next++
	l.regs = max(l.regs, l.next)
	return r
}

// ext copies e into an allocation that many of them share.
func (l *lowerer) ext(e Ext) *Ext {
	if len(l.exts) == 0 {
		l.chunk = min(2*l.chunk+4, 64)
		l.exts = make([]Ext, l.chunk)
	}
	x := &l.exts[0]
	l.exts = l.exts[1:]
	*x = e
	if x.Nest == nil {
		x.Nest = noNest
	}
	if x.Rare == nil {
		x.Rare = noRare
	}
	return x
}

// regList copies regs into an allocation that many lists share.
func (l *lowerer) regList(regs []Reg) []Reg {
	if len(regs) == 0 {
		return nil
	}
	if len(l.tables.args) < len(regs) {
		l.tables.args = make([]Reg, max(l.chunk, len(regs)))
	}
	list := l.tables.args[:len(regs):len(regs)]
	l.tables.args = l.tables.args[len(regs):]
	copy(list, regs)
	return list
}

// ---- variables

// enter makes the variables of a scope. In a loop each iteration gets its own; so does each
// run of a function whose variable only a function inside of it writes.
// A symbol may be listed in two scopes; it is declared in the one it names.
//
//	let channel
//	onLoad(() => { channel = opened() })    // later
func (l *lowerer) enter(s *script.Scope) {
	if s == nil {
		return
	}
	for _, sym := range s.Symbols {
		if _, made := l.vars[known(sym)]; !made {
			l.declare(sym)
		}
		x := l.vars[known(sym)]
		again := l.loops > 0 && !s.Function
		if w := l.writes[known(sym)]; w.bare && w.within && !x.Var.Param {
			again = true
		}
		if again && sym.Scope == s {
			l.emit(Instr{Op: Declare, Span: x.Var.Span, Ext: x})
		}
	}
}

// declare makes the variable of sym in l.f.
func (l *lowerer) declare(sym *script.Symbol) *Ext {
	v := &Var{Name: sym.Name, Param: sym.Kind == script.ParamSymbol, Unset: sym.Kind == script.VarSymbol}
	if sym.Decl != nil {
		v.Span = sym.Decl.Span
	}
	switch sym.Kind {
	case script.ConstSymbol, script.ClassSymbol, script.ImportSymbol:
		v.Const = true
	default:
		writes := l.writes[known(sym)].count
		v.Const = writes < 2 && !(v.Param && writes > 0)
	}
	x := l.newVar(v)
	l.vars[known(sym)] = x
	return x
}

// newVar adds v to l.f.
func (l *lowerer) newVar(v *Var) *Ext {
	v.Func, v.Index = l.f, len(l.f.Vars)
	l.f.Vars = append(l.f.Vars, v)
	return l.ext(Ext{Var: v})
}

// variable finds the variable that id refers to; nil for a global, and for what is
// declared around an expression that is lowered by itself: label of the attribute
// placeholder={'enter ' + label}.
func (l *lowerer) variable(id *script.Ident) *Ext {
	if id.Symbol == nil {
		return nil
	}
	if decl := id.Symbol.Decl; l.alone != nil && (decl == nil || !l.alone.Contains(decl.Span)) {
		return nil
	}
	if x, ok := l.vars[known(id.Symbol)]; ok {
		return x
	}
	return l.declare(id.Symbol)
}

// read yields the value of a name.
func (l *lowerer) read(id *script.Ident) Reg {
	if imp, ok := l.imports[known(id.Symbol)]; ok {
		return l.readImport(imp, id.Span)
	}
	if x := l.variable(id); x != nil {
		return l.value(Instr{Op: Load, Span: id.Span, Ext: x})
	}
	switch {
	case id.Name == "undefined":
		return l.value(Instr{Op: Undef, Span: id.Span})
	case id.Name == "arguments" && l.inFunction():
		return l.value(Instr{Op: Args, Span: id.Span})
	case l.enum != nil && l.enum.has(id.Name):
		return l.value(Instr{Op: Get, A: l.enum.object, Name: id.Name, Span: id.Span})
	}
	return l.value(Instr{Op: Global, Name: id.Name, Span: id.Span})
}

// inFunction reports whether a function that has arguments is around.
func (l *lowerer) inFunction() bool {
	for f := l.f; f != nil; f = f.Parent {
		if f.fromFunction && !f.Arrow {
			return true
		}
	}
	return false
}

// write assigns v to a name. at is the assignment in the source.
func (l *lowerer) write(id *script.Ident, v Reg, at source.Span) {
	if _, ok := l.imports[known(id.Symbol)]; ok {
		return // throws at run time
	}
	x := l.variable(id)
	if x == nil {
		global := l.value(Instr{Op: Global, Name: "globalThis", Span: id.Span})
		l.emit(Instr{Op: Set, A: global, B: v, Name: id.Name, Span: at})
		return
	}
	l.emit(Instr{Op: Store, A: v, Span: at, Ext: x})
	for _, e := range l.exports[known(id.Symbol)] {
		l.export(e, v, at)
	}
}
