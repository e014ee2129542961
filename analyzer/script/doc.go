// Package script parses JavaScript, TypeScript, JSX and WXS into a tree whose
// every node knows its exact byte range, with scopes and references resolved.
//
// It is a recursive-descent parser over the lexer of tdewolff/parse, whose
// offsets are exact. TypeScript and JSX are modes of the same parser: types are
// skipped, not modelled. A statement that cannot be parsed becomes a BadStmt and
// an Error, a bad member of an object or class becomes one whose value is a
// BadExpr. The rest of the file is kept, and forgotten closing brackets are
// supplied. Trees are immutable once parsed.
//
// Limits: nesting deeper than 2,000 levels is an error, while chains such as
// a+b+c, p.then().then() and else if may be of any length. After 1,000 errors
// the rest of the text is one BadStmt. Parentheses leave no node, but are in the
// span of what is around them. A text that is valid only as a module, only as a
// script, or only outside strict mode, is accepted in any case.
package script

// Mode selects a dialect of the language.
type Mode uint8

// Modes may be combined.
const (
	JS         Mode = 0
	TypeScript Mode = 1 << iota // skip types
	JSX                         // <Tag/> is an expression
)
