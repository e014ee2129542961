package flow

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// What a value has no room for is lost, unless what it has holds the same data under the
// same names.
func TestNoRoom(t *testing.T) {
	records := func(names ...string) (lost int, kept *Value) {
		w := newWorld(4)
		m := w.machine
		datum := m.origin(&Uses{}, finding.Step{Location: source.Location{File: source.NewFile("pages/a.js", "tel")}})
		var v *Value
		for i := range maxObjects + 3 {
			o := m.newObject(plainObject)
			o.put(names[min(i/maxObjects, len(names)-1)], datum.value())
			v = join(v, objectOf(o))
		}
		m.loseDropped()
		return len(m.ledger.losses), v
	}
	same, v := records("phone")
	require.Len(t, v.objects, maxObjects)
	require.Zero(t, same, "what is left leads to it under the same name")
	other, _ := records("name", "phone")
	require.Equal(t, 1, other, "nothing that is left has it under this name")
}

// Answers of one call of a library make room for objects of the program.
func TestAnswersMakeRoom(t *testing.T) {
	w := newWorld(5)
	m, mod := w.machine, &project.Module{Library: "client"}
	answer := func() *Object {
		o := m.newObject(libraryObject)
		o.special().module, o.special().path, o.special().result = mod, "get", true
		return o
	}
	var v *Value
	for range 2 * maxObjects {
		v = join(v, objectOf(answer()))
	}
	written := answer()
	written.put("phone", textOf("1"))
	record := m.newObject(plainObject)
	v = join(join(v, objectOf(written)), objectOf(record))
	require.LessOrEqual(t, len(v.objects), maxObjects)
	require.Contains(t, v.objects, written)
	require.Contains(t, v.objects, record)
}
