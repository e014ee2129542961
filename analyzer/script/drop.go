package script

import "github.com/beian/beian/analyzer/source"

// The trees of a large program take as much memory as what following it needs. Once nearly all
// of a script has been lowered nobody looks at its tree until the end, so it can be dropped in
// between: it is parsed again when somebody asks for it.

// Body returns the statements of p.
func (p *Program) Body() []Stmt { return p.code().Body }

// Scope returns the module or script scope of p.
func (p *Program) Scope() *Scope { return p.code().Scope }

// Drop lets go of the nodes of p and of what was worked out of them, if they can be parsed again.
// Nobody may compare nodes of before with those of later, or hold something that was made of both.
func (p *Program) Drop() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.mode != elsewhere {
		p.Code = nil
		p.Memo.Forget()
	}
}

// PlaceIn says that p, which was parsed from another text with the same places, is the tree of f.
func (p *Program) PlaceIn(f *source.File) { p.File, p.mode = f, elsewhere }

// elsewhere is the mode of a tree that cannot be parsed again, as its file has another text.
const elsewhere Mode = 1<<8 - 1

func (p *Program) code() *Code {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.Code == nil {
		p.Code = ParseSpan(p.File, p.Span, p.mode).Code
	}
	return p.Code
}
