package source

import "sync"

// Memo keeps what was worked out of a thing that nobody changes, such as a syntax tree, for as
// long as the thing lives. An editor asks for a report at every pause, and then nearly all
// trees are those of the last time. The zero Memo is empty; goroutines may share one.
type Memo struct{ known sync.Map }

// Forget drops all answers.
func (m *Memo) Forget() { m.known.Clear() }

// Known returns what work gave for key, and calls it if nobody asked before. A key is of a
// type of the package that asks, and holds all that the answer depends on besides the thing.
// Nobody may change the answer.
//
//	type imports struct{}
//	specs := source.Known(&tree.Memo, imports{}, func() []string { return importsOf(tree) })
func Known[T any](m *Memo, key any, work func() T) T {
	if known, ok := m.known.Load(key); ok {
		return known.(T)
	}
	known, _ := m.known.LoadOrStore(key, work())
	return known.(T)
}
