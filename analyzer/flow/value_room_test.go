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

// Where too many have no room, what others hold in their place is not asked: all that they
// lead to is lost, once for each datum.
func TestNoRoomForMany(t *testing.T) {
	w := newWorld(4)
	m := w.machine
	datum := func() *Value {
		return m.origin(&Uses{}, finding.Step{Location: source.Location{File: source.NewFile("pages/a.js", "tel")}}).value()
	}
	everybody, own := datum(), datum()
	root := m.newObject(plainObject)
	root.put("phone", everybody)
	var v *Value
	for i := range maxObjects + manyDropped {
		o := m.newObject(plainObject)
		o.put("root", objectOf(root))
		if i == maxObjects+1 {
			o.put("email", own)
		}
		v = join(v, objectOf(o))
	}
	m.loseDropped()
	require.Len(t, m.ledger.losses, 2)
}

// The join of a long array is kept, until something else is in it.
func TestJoinedElements(t *testing.T) {
	w := newWorld(4)
	m := w.machine
	var elems []*Value
	for range manyElems {
		elems = append(elems, textOf("a"))
	}
	list := m.newObject(arrayObject)
	m.setElems(list, elems)
	before := list.elements()
	require.Same(t, before, list.elements())
	require.Len(t, m.state.elems, 1)
	mark := m.mark()
	m.setElem(list, 2, textOf("b"))
	require.True(t, list.elements().covers(textOf("b")))
	m.undo(mark)
	require.False(t, list.elements().covers(textOf("b")), "what was undone is not in it")
	m.addRest(list, textOf("c"))
	require.True(t, list.elements().covers(textOf("c")))
	m.set(place{object: list, slot: openSlot}, content{value: trueValue})
	require.True(t, list.elements().unknown)
}

// Objects that one place of the code makes have a summary when a value has no room for all of
// them: what any of them holds is found there, what is written into one later, too, and the
// data of none are lost.
func TestSummaries(t *testing.T) {
	w := newWorld(4)
	m := w.machine
	datum := func(text string) *Value {
		return m.origin(&Uses{}, finding.Step{Location: source.Location{File: source.NewFile("pages/a.js", text)}}).value()
	}
	var v *Value
	var objects []*Object
	for range maxObjects + 3 {
		o := m.newObject(plainObject)
		o.site = "literal"
		objects = append(objects, o)
		v = join(v, objectOf(o))
	}
	require.Len(t, v.objects, maxObjects)
	all := v.objects[0]
	require.True(t, all.sums)

	last := objects[len(objects)-1]
	require.NotContains(t, v.objects, last)
	m.setProp(last, "phone", datum("phone"))
	require.True(t, m.commit(), "something new can be found")
	phone, _ := all.own("phone")
	require.Len(t, phone.taints(), 1)
	require.False(t, phone.isOnly(undefined) || len(phone.consts) == 0, "others do not have one")
	require.False(t, m.commit(), "nothing new")

	m.setProp(last, "email", datum("email"))
	m.setProp(objects[0], "name", datum("name"))
	require.True(t, m.commit())
	email, _ := all.own("email")
	require.Len(t, email.taints(), 1)
	_, there := all.own("name")
	require.False(t, there, "the first object has a place of its own in the value")
	require.True(t, v.covers(objectOf(last)))
	m.loseDropped()
	require.Empty(t, m.ledger.losses)
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
	require.Contains(t, v.objects, record)
	m.commit()
	require.True(t, v.objects[0].sums)
	phone, _ := v.objects[0].own("phone")
	require.True(t, phone.covers(textOf("1")), "what was written into an answer is in their summary")
}
