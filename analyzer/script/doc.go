// Package script parses JavaScript, TypeScript, JSX and WXS into a tree whose
// every node knows its exact byte range, with scopes and references resolved.
//
// It is a recursive-descent parser over the lexer of tdewolff/parse, whose
// offsets are exact. TypeScript and JSX are modes of the same parser: types are
// skipped, not modelled. A statement that cannot be parsed becomes a BadStmt
// and an Error; the rest of the file is kept. Trees are immutable once parsed.
package script

import "github.com/beian/beian/analyzer/source"

// Mode selects a dialect of the language.
type Mode uint8

// Modes may be combined.
const (
	JS         Mode = 0
	TypeScript Mode = 1 << iota // skip types
	JSX                         // <Tag/> is an expression
)

// Parse parses the whole of f. It never fails: what cannot be read is in
// Program.Errors.
func Parse(f *source.File, mode Mode) *Program {
	return ParseSpan(f, source.Span{Start: 0, End: int32(len(f.Text))}, mode)
}

// ParseSpan parses a part of f, such as an inline <wxs> block. All spans of the
// tree are offsets into f.
func ParseSpan(f *source.File, span source.Span, mode Mode) *Program {
	panic("script: not written yet")
}

// ParseExpr parses the text of span as one expression, as it stands between
// {{ and }} of a template. With object set the text may also be the inside of
// an object literal ("a, ...b, c: 1"), as in the data of <template is>. No names
// are resolved: every Ident has a nil Symbol unless the expression declares it.
func ParseExpr(f *source.File, span source.Span, object bool) (Expr, []Error) {
	panic("script: not written yet")
}
