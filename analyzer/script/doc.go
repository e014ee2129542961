// Package script parses JavaScript, TypeScript, JSX and WXS into a tree whose
// every node knows its exact byte range, with scopes and references resolved.
//
// It is a recursive-descent parser over the lexer of tdewolff/parse, whose
// offsets are exact. TypeScript and JSX are modes of the same parser: types are
// skipped, not modelled. A statement that cannot be parsed becomes a BadStmt
// and an Error; the rest of the file is kept. Trees are immutable once parsed.
package script

// Mode selects a dialect of the language.
type Mode uint8

// Modes may be combined.
const (
	JS         Mode = 0
	TypeScript Mode = 1 << iota // skip types
	JSX                         // <Tag/> is an expression
)
