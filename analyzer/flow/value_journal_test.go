package flow

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
)

// project0 is a first station without a place.
var project0 finding.Step

// act writes something somewhere.
func (w *world) act() {
	m := w.machine
	o, a := w.objects[w.rand.Intn(3)], w.arrays[w.rand.Intn(3)]
	name := string(rune('p' + w.rand.Intn(3)))
	switch w.rand.Intn(10) {
	case 0, 1:
		m.setCell(w.cells[w.rand.Intn(3)], w.value())
	case 2, 3:
		m.setProp(o, name, w.value())
	case 4:
		m.addProp(o, name, w.value())
	case 5:
		m.setElem(a, w.rand.Intn(4), w.value())
	case 6:
		m.push(a, w.value())
	case 7:
		m.addRest(o, w.value())
	case 8:
		m.setOpen(o, w.rand.Intn(2) == 0)
	case 9:
		if w.rand.Intn(4) == 0 {
			m.clear(a)
		} else {
			m.setProto(o, w.objects[w.rand.Intn(3)])
		}
	}
}

// content is what is at every place, by its name. What was never written is not
// there.
func (w *world) content() map[string]*Value {
	all := map[string]*Value{}
	put := func(name string, v *Value) {
		if v != nil {
			all[name] = v
		}
	}
	for i, c := range w.cells {
		put(fmt.Sprint("cell ", i), c.value)
	}
	for i, o := range w.objects {
		for _, p := range o.props {
			put(fmt.Sprintf("object %d.%s", i, p.name), p.value)
		}
		put(fmt.Sprintf("object %d rest", i), o.rest)
		put(fmt.Sprintf("object %d open", i), boolOf(o.open))
	}
	for i, a := range w.arrays {
		for k, v := range a.elems {
			put(fmt.Sprintf("array %d[%d]", i, k), v)
		}
		put(fmt.Sprintf("array %d rest", i), a.rest)
	}
	return all
}

func (w *world) acts() {
	for range 1 + w.rand.Intn(12) {
		w.act()
	}
}

func TestUndo(t *testing.T) {
	for seed := range int64(300) {
		w := newWorld(seed)
		w.acts()
		before, mark := w.content(), w.machine.mark()
		protos := []*Object{w.objects[0].proto, w.objects[1].proto, w.objects[2].proto}
		w.acts()
		inner, innerMark := w.content(), w.machine.mark()
		w.acts()
		w.machine.undo(innerMark)
		require.Equal(t, inner, w.content(), "seed %d", seed)
		w.machine.undo(mark)
		require.Equal(t, before, w.content(), "seed %d", seed)
		require.Equal(t, protos, []*Object{w.objects[0].proto, w.objects[1].proto, w.objects[2].proto})
	}
}

// After two branches, every place holds what it holds at the end of one or the
// other, and nothing else.
func TestMerge(t *testing.T) {
	for seed := range int64(300) {
		w := newWorld(seed)
		w.acts()
		mark := w.machine.mark()
		w.acts()
		one, first := w.content(), w.machine.since(mark)
		w.machine.undo(mark)
		w.acts()
		other, second := w.content(), w.machine.since(mark)
		w.machine.merge(mark, w.machine.nextID, []snapshot{first, second})
		merged := w.content()
		for name, v := range merged {
			a, b := one[name], other[name]
			if name[len(name)-4:] == "open" {
				require.Equal(t, a == trueValue || b == trueValue, v == trueValue, "seed %d: %s", seed, name)
				continue
			}
			require.True(t, a != nil || b != nil || v == undefinedValue, "seed %d: %s", seed, name)
			want := join(orUndefined(a), orUndefined(b))
			require.True(t, want.covers(v), "seed %d: %s has more than its branches: %+v, %+v, %+v", seed, name, a, b, v)
			require.True(t, a == nil || v.covers(a), "seed %d: %s", seed, name)
			require.True(t, b == nil || v.covers(b), "seed %d: %s", seed, name)
		}
		for _, branch := range []map[string]*Value{one, other} {
			for name := range branch {
				require.Contains(t, merged, name, "seed %d", seed)
			}
		}
		// The merge is journalled like any other write.
		w.machine.undo(0)
		for name, v := range w.content() {
			require.True(t, v == falseValue || v == undefinedValue, "seed %d: %s", seed, name)
		}
	}
}

// A handler may or may not run: after it, everything that was possible still is,
// and what it wrote is possible, too. New data, objects and texts do not go
// unnoticed.
func TestCommit(t *testing.T) {
	for seed := range int64(300) {
		w := newWorld(seed)
		w.acts()
		w.machine.commit()
		require.Zero(t, w.machine.mark())
		before, epoch := w.content(), w.machine.epoch
		w.acts()
		now := w.content()
		grown := w.machine.commit()
		after := w.content()
		require.Equal(t, epoch+1, w.machine.epoch)
		for name, v := range before {
			if name[len(name)-4:] != "open" {
				require.True(t, after[name].covers(v), "seed %d: %s lost a possibility", seed, name)
			}
		}
		for name, v := range now {
			if name[len(name)-4:] != "open" {
				require.True(t, after[name].covers(v), "seed %d: %s", seed, name)
			}
		}
		if !grown {
			for name, v := range after {
				require.Contains(t, before, name, "seed %d: grew unnoticed", seed)
				old := before[name]
				require.Equal(t, len(old.taints()), len(v.taints()), "seed %d: %s", seed, name)
				require.Equal(t, len(old.objects), len(v.objects), "seed %d: %s", seed, name)
				for _, c := range v.consts {
					require.True(t, c.kind != text || old.covers(textOf(c.str)), "seed %d: %s", seed, name)
				}
			}
		}
	}
}

// The same handler over and over comes to an end.
func TestCommitSettles(t *testing.T) {
	for seed := range int64(50) {
		w := newWorld(seed)
		counter := w.cells[0]
		n := 0
		for {
			sum := numberOf(0)
			if counter.value != nil {
				for _, c := range counter.value.consts {
					sum = join(sum, numberOf(c.num+1))
				}
			}
			w.machine.setCell(counter, sum)
			if !w.machine.commit() {
				break
			}
			n++
			require.Less(t, n, 20, "a counter grows without end")
		}
		require.LessOrEqual(t, len(counter.value.consts), maxNumbers+1)
	}
}

// What a commit has found to lead to no collected data leads to none later in it, whatever is
// written meanwhile.
func TestHarmless(t *testing.T) {
	harmless := 0
	for seed := range int64(300) {
		w := newWorld(seed)
		m := w.machine
		w.objects = append(w.objects, m.newObject(plainObject), m.newObject(plainObject), m.newObject(plainObject))
		single := func() *Value {
			if w.rand.Intn(12) == 0 {
				return w.origins[w.rand.Intn(3)].value()
			}
			return objectOf(w.objects[w.rand.Intn(len(w.objects))])
		}
		for _, o := range w.objects {
			o.put("p", single())
		}
		m.harmless = m.newMark()
		for range 40 {
			o := w.objects[w.rand.Intn(len(w.objects))]
			if w.rand.Intn(3) == 0 {
				m.writeAt(place{object: o, slot: propSlot}, content{value: single()})
				continue
			}
			all := digger{far: true}
			all.dig("", objectOf(o), nil)
			if o.mark == m.harmless {
				harmless++
			}
			require.Equal(t, all.taints, m.dataIn([]*Object{o}), "seed %d", seed)
		}
	}
	require.Greater(t, harmless, 500)
}

// In a list of lists that lead to each other, the cost of telling whether any leads to
// collected data grows with the lists and not with their square.
func TestCommitOfLists(t *testing.T) {
	defer func(n int) { manyValues = n }(manyValues)
	manyValues = 2
	const n = 60
	m := newMachine(&project.Program{}, standard)
	var lists []*Object
	var all *Value
	for range n {
		o := m.newObject(arrayObject)
		lists, all = append(lists, o), join(all, objectOf(o))
	}
	few := join(join(objectOf(lists[0]), objectOf(lists[1])), objectOf(lists[2]))
	for _, o := range lists {
		m.setElems(o, slices.Repeat([]*Value{few}, 50))
	}
	m.accept()
	for _, o := range lists {
		m.setElems(o, slices.Repeat([]*Value{all}, 50))
	}
	m.commit()
	require.Less(t, m.visits, 20_000)
}
