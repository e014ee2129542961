package script

import (
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Node is any node of the syntax tree. Its range covers all of its children.
type Node interface {
	Range() source.Span
}

// Expr is an expression, or a pattern in a binding or assignment.
type Expr interface {
	Node
	expr()
}

// Stmt is a statement or declaration.
type Stmt interface {
	Node
	stmt()
}

// Program is the tree of one script: a file, an inline <wxs> block, or the
// script block of a single-file component.
type Program struct {
	source.Span
	File     *source.File
	Module   bool // has import or export declarations
	Comments []Comment
	Errors   []Error
	Withs    []Error // statements with; names in their bodies are in the tree as if there was none

	Memo source.Memo // what was worked out of the tree

	Code *Code // nil while it is dropped; Body and Scope ask for it
	mode Mode
	lock sync.Mutex // of Code
}

// Code is the part of a tree that takes memory.
type Code struct {
	Body  []Stmt
	Scope *Scope // module or script scope
}

// Comment is one comment, delimiters included in its span.
type Comment struct {
	source.Span
}

// Error is a place that could not be parsed. The statement that holds it is
// kept as Bad; all others are as written.
type Error struct {
	source.Span
	Message lang.Text
	Lost    bool // of a template: what follows is not in the tree
}

// ---- expressions

type (
	// Ident is a name: a use, a declaration, or a shorthand property.
	Ident struct {
		source.Span
		Name   string
		Symbol *Symbol // what it refers to; nil for a global
	}

	// String is a string literal; Value is decoded, the span includes quotes.
	String struct {
		source.Span
		Value string
	}

	// Number is a numeric literal, big integers included.
	Number struct {
		source.Span
		Value float64
		Raw   string
	}

	// Bool is true or false.
	Bool struct {
		source.Span
		Value bool
	}

	// Null is null.
	Null struct{ source.Span }

	// Regexp is a regular expression literal.
	Regexp struct {
		source.Span
		Pattern, Flags string
	}

	// Template is a template literal: len(Strings) == len(Exprs)+1.
	Template struct {
		source.Span
		Tag     Expr      // nil unless tagged
		Strings []*String // cooked text; span of the text without delimiters
		Exprs   []Expr
	}

	// This is this.
	This struct{ source.Span }

	// Super is super, in a call or before a member.
	Super struct{ source.Span }

	// Meta is new.target or import.meta.
	Meta struct {
		source.Span
		Name string // "new.target" or "import.meta"
	}

	// Array is an array literal; a hole is nil.
	Array struct {
		source.Span
		Elems []Expr
	}

	// Object is an object literal.
	Object struct {
		source.Span
		Props []*Property
	}

	// Function is a function, arrow function or method body.
	Function struct {
		source.Span
		Name      *Ident // nil when anonymous
		Params    []Expr // patterns: Ident, ArrayPattern, ObjectPattern, AssignPattern, Rest
		Body      *Block // nil for an arrow with expression body
		Result    Expr   // the expression of such an arrow
		Arrow     bool
		Async     bool
		Generator bool
		Scope     *Scope // parameters and body share it
	}

	// Class is a class expression or the class of a declaration.
	Class struct {
		source.Span
		Name       *Ident // nil when anonymous
		Super      Expr   // nil without extends
		Members    []*Member
		Decorators []Expr
		Scope      *Scope // holds the class's own name
	}

	// Dot is a.b, a?.b or a.#b (Name then starts with #).
	Dot struct {
		source.Span
		X        Expr
		Name     string
		NameSpan source.Span
		Optional bool
	}

	// Index is a[b] or a?.[b].
	Index struct {
		source.Span
		X, Key   Expr
		Optional bool
	}

	// Call is f(args) or f?.(args). Args may hold Spread.
	Call struct {
		source.Span
		Fn       Expr
		Args     []Expr
		Optional bool
	}

	// New is new F(args).
	New struct {
		source.Span
		Fn   Expr
		Args []Expr
	}

	// ImportCall is import(x).
	ImportCall struct {
		source.Span
		Source Expr
	}

	// Unary is !x, -x, +x, ~x, typeof x, void x, delete x.
	Unary struct {
		source.Span
		Op string
		X  Expr
	}

	// Update is ++x, x++, --x, x--.
	Update struct {
		source.Span
		Op     string
		X      Expr
		Prefix bool
	}

	// Binary is x op y, the logical operators && || ?? included.
	Binary struct {
		source.Span
		Op   string
		X, Y Expr
	}

	// Cond is test ? then : else.
	Cond struct {
		source.Span
		Test, Then, Else Expr
	}

	// Assign is target op value; Op is "=", "+=", "&&=" and so on. With "="
	// the target may be a pattern.
	Assign struct {
		source.Span
		Op     string
		Target Expr
		Value  Expr
	}

	// Sequence is a, b, c.
	Sequence struct {
		source.Span
		Exprs []Expr
	}

	// Spread is ...x in an array, object or call.
	Spread struct {
		source.Span
		X Expr
	}

	// Yield is yield x or yield* x.
	Yield struct {
		source.Span
		X        Expr // may be nil
		Delegate bool
	}

	// Await is await x.
	Await struct {
		source.Span
		X Expr
	}

	// JSXElement is <Name attrs>children</Name>. A fragment has a nil Name.
	JSXElement struct {
		source.Span
		Open     source.Span // the start tag
		Name     Expr        // Ident for intrinsic and component names, Dot for a.b
		Attrs    []*JSXAttr
		Children []Expr // JSXElement, JSXText, or any expression
	}

	// JSXAttr is name="x", name={x}, name, or {...x} (then Name is empty and
	// Value a Spread).
	JSXAttr struct {
		source.Span
		Name  string
		Value Expr // nil for a bare name
	}

	// JSXText is text between tags.
	JSXText struct {
		source.Span
		Value string
	}

	// BadExpr is an expression that could not be parsed.
	BadExpr struct{ source.Span }

	// ArrayPattern is [a, , b = 1, ...c]; a hole is nil.
	ArrayPattern struct {
		source.Span
		Elems []Expr
	}

	// ObjectPattern is {a, b: c, [d]: e, ...f}.
	ObjectPattern struct {
		source.Span
		Props []*PatternProp
		Rest  Expr // a *Rest; nil without one
	}

	// PatternProp is one member of an ObjectPattern.
	PatternProp struct {
		source.Span
		Key      string // empty when Computed is set
		Computed Expr
		Target   Expr // pattern; an AssignPattern if there is a default
	}

	// AssignPattern is target = default in a pattern.
	AssignPattern struct {
		source.Span
		Target, Default Expr
	}

	// Rest is ...target in a pattern or parameter list.
	Rest struct {
		source.Span
		Target Expr
	}
)

// PropertyKind tells the forms of an object or class member apart.
type PropertyKind uint8

// The forms of a member.
const (
	Value  PropertyKind = iota // key: value, shorthand, class field
	Method                     // key() {}
	Getter
	Setter
	SpreadProperty // ...x, in objects only
	StaticBlock    // static {}, in classes only; Value is a Function
)

// Property is one member of an object literal.
type Property struct {
	source.Span
	Kind      PropertyKind
	Key       string // decoded; empty when Computed is set
	KeySpan   source.Span
	Computed  Expr
	Value     Expr // *Function for methods and accessors
	Shorthand bool
}

// Member is one member of a class.
type Member struct {
	source.Span
	Kind       PropertyKind
	Static     bool
	Key        string // private names start with #
	KeySpan    source.Span
	Computed   Expr
	Value      Expr // nil for a field without initialiser
	Decorators []Expr
}

// ---- statements

type (
	// VarDecl is var, let or const.
	VarDecl struct {
		source.Span
		Kind  string // "var", "let" or "const"
		Decls []*Declarator
	}

	// Declarator is one binding of a VarDecl.
	Declarator struct {
		source.Span
		Target Expr // pattern
		Init   Expr // may be nil
	}

	// FuncDecl is a function declaration.
	FuncDecl struct {
		source.Span
		Func *Function
	}

	// ClassDecl is a class declaration.
	ClassDecl struct {
		source.Span
		Class *Class
	}

	// ExprStmt is an expression followed by a semicolon, written or not.
	ExprStmt struct {
		source.Span
		X Expr
	}

	// Block is { … }.
	Block struct {
		source.Span
		Body  []Stmt
		Scope *Scope
	}

	// If is if (test) then else els.
	If struct {
		source.Span
		Test Expr
		Then Stmt
		Else Stmt // may be nil
	}

	// For is for (init; test; update) body; each part may be nil.
	For struct {
		source.Span
		Init   Stmt // VarDecl or ExprStmt
		Test   Expr
		Update Expr
		Body   Stmt
		Scope  *Scope
	}

	// ForIn is for (left in x) or for (left of x), awaited or not.
	ForIn struct {
		source.Span
		Left  Node // *VarDecl without initialiser, or an assignment target Expr
		X     Expr
		Of    bool
		Await bool
		Body  Stmt
		Scope *Scope
	}

	// While is while (test) body, or do body while (test).
	While struct {
		source.Span
		Test Expr
		Body Stmt
		Do   bool
	}

	// Return is return x; X may be nil.
	Return struct {
		source.Span
		X Expr
	}

	// Branch is break or continue.
	Branch struct {
		source.Span
		Continue bool
		Label    string
	}

	// Throw is throw x.
	Throw struct {
		source.Span
		X Expr
	}

	// Try is try {} catch (param) {} finally {}.
	Try struct {
		source.Span
		Body    *Block
		Param   Expr   // pattern, may be nil
		Catch   *Block // may be nil; its scope holds Param
		Finally *Block // may be nil
	}

	// Switch is switch (x) { cases }.
	Switch struct {
		source.Span
		X     Expr
		Cases []*Case
		Scope *Scope
	}

	// Case is one case of a Switch; Test is nil for default.
	Case struct {
		source.Span
		Test Expr
		Body []Stmt
	}

	// Labeled is label: body.
	Labeled struct {
		source.Span
		Label string
		Body  Stmt
	}

	// Empty is a lone semicolon, a debugger statement, or a declaration that
	// leaves nothing at run time (a TypeScript type).
	Empty struct{ source.Span }

	// With is with (x) body.
	With struct {
		source.Span
		X    Expr
		Body Stmt
	}

	// Import is an import declaration. TypeScript's import x = require("y") is
	// one with Equals set and x as Default.
	Import struct {
		source.Span
		Source    *String
		Default   *Ident
		Namespace *Ident
		Names     []*ImportName
		Equals    bool
	}

	// ImportName is one name of an Import.
	ImportName struct {
		source.Span
		Imported string
		Local    *Ident
	}

	// Export is an export declaration.
	Export struct {
		source.Span
		Decl    Stmt // export const …, export function …, export default class …
		Value   Expr // export default expr, and TypeScript's export = expr
		Default bool
		Equals  bool // export = expr
		Names   []*ExportName
		Source  *String // export … from "x"
		All     bool    // export * from "x"
		AllAs   string  // export * as ns from "x"
	}

	// ExportName is one name of an Export. Without a Source, Local is a use of
	// the exported variable.
	ExportName struct {
		source.Span
		Local    *Ident // its Name is the local or imported name
		Exported string
	}

	// Enum is a TypeScript enum.
	Enum struct {
		source.Span
		Name    *Ident
		Members []*EnumMember
	}

	// EnumMember is one member of an Enum; Init may be nil.
	EnumMember struct {
		source.Span
		Name string
		Init Expr
	}

	// Namespace is a TypeScript namespace with run-time content.
	Namespace struct {
		source.Span
		Name *Ident
		Body *Block
	}

	// BadStmt is text that could not be parsed.
	BadStmt struct{ source.Span }
)

// BigInt reports whether n is a big integer: 12n.
func (n *Number) BigInt() bool { return strings.HasSuffix(n.Raw, "n") }
