// Package ir is the form in which scripts are interpreted: functions of
// structured three-address instructions over numbered registers and named
// variables, each with its place in the source. Destructuring, classes,
// optional chains, switches, loops of every kind, JSX and module syntax are
// lowered to some sixty operations, so that package flow has one small machine
// to run. The expressions of templates are lowered to the same form.
//
// It takes trees of package script and gives Modules. A body is lowered when it
// is first asked for, so code that nothing calls costs nothing. Lowering never
// fails; what is bad in the tree becomes an Undef.
package ir

import (
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Module is the lowered form of one script.
type Module struct {
	File *source.File
	Init *Func // the top level
}

// Func is one function, or the top level of a module, or one template
// expression.
type Func struct {
	File   *source.File
	Span   source.Span
	Name   string // as declared, or as its property or variable is called; may be ""
	Parent *Func  // the function around it; nil for Init
	Params int    // number of declared parameters, rest and defaults included
	Vars   []*Var // variables declared in it, parameters included; index is Var.Index
	Regs   int    // number of registers it needs

	Arrow     bool // has no this and arguments of its own
	Borrows   bool // so it may name the arguments of the function around it
	Async     bool
	Generator bool
	Class     *Class // set on the constructor of a class

	fromFunction bool      // written as a function, unlike fields and expressions of a template
	node         lowerable // nil once its body is there
	tables       *tables
	body         []Instr
	done         bool
}

// Within reports whether f is around, or a function inside it.
func (f *Func) Within(around *Func) bool {
	for ; f != nil; f = f.Parent {
		if f == around {
			return true
		}
	}
	return false
}

// lowerable is what a body is lowered from.
type lowerable interface{ Range() source.Span }

// Var is a variable of a function.
type Var struct {
	Name  string
	Span  source.Span // its declaration
	Func  *Func
	Index int  // in Func.Vars
	Const bool // declared by const, class or import, or never assigned after its declaration
	Param bool
	Unset bool // it may be read before anything is stored, and is undefined then: var, or let without a value
}

// Class is what New and Super need to know of a class beside its constructor.
type Class struct {
	Name    string
	Derived bool  // has extends
	Fields  *Func // initialisers of instance fields, run with the instance as this; nil if none
	Default bool  // the constructor is not written: it passes its arguments on
}

// Reg is a register of a function; None is no register.
type Reg int32

// None is the register of an operand that an instruction does not have.
const None Reg = -1

// Op is an operation.
type Op uint8

// The operations. "A.Name" is the property Name of the object in register A.
const (
	Invalid Op = iota

	// values
	Undef    // Dst = undefined
	Null     // Dst = null
	Bool     // Dst = Num != 0
	Number   // Dst = Num
	String   // Dst = Name
	Regexp   // Dst = Ext.Regexp
	Global   // Dst = the global Name
	This     // Dst = this
	Args     // Dst = arguments
	Meta     // Dst = new.target or import.meta, or a big integer, of which nothing is known
	Load     // Dst = Ext.Var
	Store    // Ext.Var = A
	Declare  // Ext.Var gets a fresh cell (start of a loop body's iteration), undefined
	Move     // Dst = A
	Closure  // Dst = a function over Ext.Func
	Param    // Dst = argument number Num
	RestArgs // Dst = array of the arguments from number Num

	// objects
	Object    // Dst = {}
	Array     // Dst = [], or the array of Ext.Numbers
	Get       // Dst = A.Name
	GetKey    // Dst = A[B]
	Set       // A.Name = B
	SetKey    // A[B] = C
	Getter    // accessor: A.Name is read by calling B
	GetterKey // A[C] is read by calling B
	Setter    // accessor: writing A.Name calls B
	SetterKey // writing A[C] calls B
	Delete    // Dst = delete A.Name
	DeleteKey // Dst = delete A[B]
	Copy      // every property of B into A ({...b})
	Omit      // Dst = copy of A without the properties Ext.Names and those in Ext.Args (object rest)
	Append    // push B onto array A
	Extend    // push every element of iterable B onto array A
	Tail      // Dst = array of the elements of iterable A from index Num (array rest)
	Elem      // Dst = element number Num of iterable A (array pattern)
	ClassDef  // Dst = class with constructor Ext.Func; A is its superclass or None; prototype methods follow by Proto+Set
	Proto     // Dst = A.prototype

	// computing
	Unary    // Dst = Name A        (! - + ~ typeof void)
	Binary   // Dst = A Name B      (+ - * / % ** comparison, bits, in, instanceof)
	Template // Dst = Ext.Names[0] + Ext.Args[0] + Ext.Names[1] + …

	// calls
	Call      // Dst = A(Ext.Args); this is B, or None
	New       // Dst = new A(Ext.Args)
	Super     // super(Ext.Args) of the class being built
	SuperGet  // Dst = super.Name (or super[A])
	Import    // Dst = exports of module Name; Ext.Args[0] instead if dynamic (import(x): a promise)
	Export    // export A as Name
	ExportAll // export every name of module A

	// control; nested blocks are in Ext.Blocks
	If       // if A: Blocks[0], else Blocks[1]
	Loop     // repeat Blocks[0] (body), then Blocks[1] (update), until a Break; A is None
	ForOf    // for each element of A in register Dst: Blocks[0]
	ForIn    // for each key of A in register Dst: Blocks[0]
	Try      // Blocks[0]; on throw Blocks[1] with the value in Dst; always Blocks[2]
	Block    // Blocks[0], which a Break with its label leaves
	Break    // leave the Block, Loop, ForOf or ForIn with label Num
	Continue // go on with the next round of the loop with label Num
	Return   // return A (None: undefined)
	Throw    // throw A
	Await    // Dst = await A
	Yield    // Dst = yield A; Num != 0 for yield*
)

// Instr is one instruction.
type Instr struct {
	Op      Op
	Spread  bool // some of Ext.Args are Spread registers (see Ext.Spread)
	Dst     Reg
	A, B, C Reg
	Num     float64
	Name    string
	Span    source.Span // what it computes, in the source; for Call the callee, see Ext.Span
	Ext     *Ext
}

// Ext holds the rarer operands of an instruction. Most are those of calls; what only few have
// is in parts of its own, which are shared and empty where there is nothing in them.
type Ext struct {
	Var  *Var
	Func *Func
	Args []Reg
	Span source.Span // the whole call
	*Nest
	*Rare
}

// Nest is the part of an Ext that instructions with blocks have.
type Nest struct {
	Blocks [][]Instr
	Out    []Reg // of an If: the registers that its blocks write and that code outside of it reads
	Label  int
}

// Rare is the part of an Ext that few instructions have.
type Rare struct {
	Spread  []bool // parallel to Args if Instr.Spread is set
	Names   []string
	Regexp  *script.Regexp
	Numbers []float64
}

var (
	noNest = &Nest{}
	noRare = &Rare{}
	noExt  = Ext{Nest: noNest, Rare: noRare}
)
