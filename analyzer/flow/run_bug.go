package flow

import (
	"github.com/beian/beian/analyzer/bug"
)

// attempt runs a piece of the program that can be left out: an entry point, a view,
// the top level of a module. If the analyzer fails there, the rest of the piece is
// left out and reported, the machine is as it was before the piece, and attempt
// reports false. What the piece had written stays in the journal for the caller to
// commit.
func (m *machine) attempt(path string, piece func()) bool {
	frame, entry, reads, inits, catchers := m.frame, m.entry, m.reads, len(m.modules.inits), m.catchers
	e := bug.Catch(piece)
	if e == nil {
		return true
	}
	m.frame, m.entry, m.reads, m.modules.inits = frame, entry, reads, m.modules.inits[:inits]
	m.catchers = catchers
	m.ledger.omit(path, e)
	return false
}

// waiting runs the callbacks that wait. One that fails does not keep the others from
// running.
func (m *machine) waiting(path string) {
	for !m.attempt(path, m.drain) {
	}
}
