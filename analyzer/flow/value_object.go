package flow

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// objectKind tells objects apart by how they behave.
type objectKind uint8

const (
	plainObject objectKind = iota
	arrayObject
	functionObject // closure, class or native function
	platformObject // wx, wx.cloud, wx.request, a LogManager: see path
	promiseObject
	regexpObject
	mapObject      // Map, Set, WeakMap, URLSearchParams, FormData: entries in props and rest
	libraryObject  // exports of a third-party library, and what they lead to
	channelObject  // event channel between two pages
	instanceObject // page, component or app: see instance
)

// Object is an object of the heap. Its identity is the place and context that
// allocate it, so it is the same in every round; its content is part of the
// state and is written through the journal only.
type Object struct {
	id       int32
	made     int32 // the last entry point that made it, and met it nowhere else: see reads.own
	born     int32 // the state's epoch at its first allocation
	stamp    int32 // the last entry point that looked at all of it
	changed  int32 // the epoch in which it last got a new possibility
	grown    int32 // the same, other than in a property with a name
	top      int32 // the last property that was absent when it was written
	mark     int32 // of the last walk over objects that met it
	kind     objectKind
	open     bool   // may have other properties of unknown, harmless value
	drawn    bool   // an element that a script makes, or its attributes
	standIn  bool   // represents an object that came from elsewhere (run_unknown.go)
	opened   bool   // was open after some entry point, which is no news then
	shuffled bool   // its properties may be in another order than props
	sums     bool   // a summary of others (value_room.go)
	shared   bool   // missing code may hold it
	giver    *reads // of the entry point that gave it to that code
	site     any    // the node of the program that allocates it; nil for none
	summary  *Object
	state    *state // that it is part of; nil for functions of the language, which never change

	props []property // in order of first write
	proto *Object

	fn *function
	*items
	*traits

	self Value      // the value that is this object and nothing else
	only [1]*Object // what self.objects lists
}

// property is a named property of an object.
type property struct {
	name  string
	value *Value // nil if deleted
	seen  stamp

	stamp   int32 // the last entry point that read it
	changed int32 // the epoch in which it last got a new possibility
}

// items are what an object has beside properties by name. Objects without any share one that
// is empty; writers call listed first.
type items struct {
	elems   []*Value         // of arrays: elements with known index
	short   *Value           // of arrays that may be shorter: how many of elems there are at least
	rest    *Value           // elements or properties at unknown places
	held    *Value           // of an array without places: all that it ever held
	index   map[string]int32 // of the properties of an object that has many
	slots   [4]stamp         // of elems, rest, open and proto
	growths int32            // of an array: number of runs that made it longer
}

var noItems = &items{}

// listed returns the items of o, to be written.
func (o *Object) listed() *items {
	if o.items == noItems {
		o.items = &items{}
	}
	return o.items
}

// identify makes o.self.
func (o *Object) identify() {
	o.only[0] = o
	o.self.objects = o.only[:]
}

// traits are the parts that few objects have. Objects without share one that is
// empty; writers call special first.
type traits struct {
	global     string         // of platform objects: "wx"
	result     bool           // of a library object: what a call gave, not what the library exports
	path       string         // of platform objects: "cloud.callFunction", "LogManager.info"
	about      string         // of platform objects: the collection of a database that they are about
	regexp     *script.Regexp // of regexp objects
	instance   *instance
	module     *project.Module                  // of the exports of a module
	prototype  *Object                          // of functions, once needed
	importView bool                             // what an import sees of a CommonJS module, which is its proto
	reactions  []*reaction                      // of promises
	node       *node                            // of elements that a script makes
	kit        bool                             // a component of a library that keeps nothing (vue_ref.go)
	unrun      bool                             // a component of a library that is in the tree and was not run (vue_ref.go)
	boxed      *Value                           // of new String(x) and the like: x
	hidden     bool                             // its properties are not enumerated: a class's prototype
	unlisted   map[string]bool                  // properties that are not enumerated
	frozen     bool                             // or sealed: its properties may stay as they are
	trap       func(*machine, *Value) *Value    // of a proxy: what it gives for a name
	seen       func(m *machine, name, v *Value) // of a proxy: what it does with a property that is written
	describes  *Value                           // of Object.getOwnPropertyDescriptors(x): x
	bare       bool                             // made without the prototype that all objects have
	keys       map[string]*Value                // of a Map: the key of each entry
	became     *Object                          // of a definition that a class made: the component, this in its arrow functions

	getters, setters map[string]*Value
	sorted           []string        // the names of getters; see named
	doubtful         map[string]bool // getters that may have been deleted
}

// madeOf is the hidden property of what a call of a library returned that keeps the
// functions that the call was given.
const madeOf = "(made of)"

// madeOf returns the functions that the call of a library was given that returned o. They are listed as read even if all of o is:
// what comes to them is no change of o (place.change), since who reads a part of it, or passes it on, calls none of them.
func (o *Object) madeOf() (fns *Value, ok bool) {
	fns, ok = o.own(madeOf)
	if o.state == nil || o.state.reads.own(o) {
		return fns, ok
	}
	r := o.state.reads
	i := o.find(madeOf)
	switch {
	case i < 0 || fns == nil:
		r.miss(o, madeOf)
	case o.props[i].stamp != r.id:
		o.props[i].stamp = r.id
		r.props = append(r.props, readProperty{o, int32(i)})
	}
	r.disown(fns)
	return fns, ok
}

var noTraits = &traits{}

// special returns the traits of o, to be written.
func (o *Object) special() *traits {
	if o.traits == noTraits {
		o.traits = &traits{}
	}
	return o.traits
}

// named returns the names of the getters in order. None is ever taken away.
func (t *traits) named() []string {
	if len(t.sorted) != len(t.getters) {
		t.sorted = slices.Sorted(maps.Keys(t.getters))
	}
	return t.sorted
}

// function is what makes an object callable.
type function struct {
	fn     *ir.Func
	env    *env
	this   *Value // of arrow functions and bound functions
	bound  bool
	args   []*Value   // bound arguments
	around *arguments // of arrow functions that name them: those of the function around them
	target *Value     // of bound functions: what is called
	home   *Object    // object whose prototype super refers to
	class  *class
	native func(*machine, *call) *Value
	name   string
}

// arguments is what a function was called with.
type arguments struct {
	known []*Value
	more  *Value // any number of others; nil for none
}

// env holds the variables of an activation, which closures keep.
type env struct {
	fn    *ir.Func
	cells []*cell
	up    *env
	scope *scope // of a template expression

	captured bool  // by a closure, which may outlive the activation
	mark     int32 // of the last walk that met it
}

// of is e, or the environment around it, that has v; nil if none has.
func (e *env) of(v *ir.Var) *env {
	for e != nil && e.fn != v.Func {
		e = e.up
	}
	return e
}

// class is the run-time part of a class.
type class struct {
	super  *Value
	fields *Object // closure over the field initialisers
}

// Limits on objects.
var (
	maxElems  = 100
	maxProps  = 400 // names that for-in visits one by one
	maxProtos = 16  // prototypes above each other
)

// sameAnswer reports whether calling a and b makes no difference to us: one
// function of a library returned both.
func sameAnswer(a, b *Object) bool {
	return a.kind == libraryObject && b.kind == libraryObject && a.result && b.result && a.module == b.module && a.path == b.path
}

// least is the number of elements that an array has at least.
func (o *Object) least() int { return content{elems: o.elems, value: o.short}.least() }

func (o *Object) find(name string) int {
	if len(o.props) > manyKeys {
		if i, ok := o.index[name]; ok {
			return int(i)
		}
		return -1
	}
	for i := range o.props {
		if o.props[i].name == name {
			return i
		}
	}
	return -1
}

// own returns the own property name of o without its rest; ok is false if it
// has none.
func (o *Object) own(name string) (v *Value, ok bool) {
	if i := o.find(name); i >= 0 && o.props[i].value != nil {
		return o.props[i].value, true
	}
	if o.kind == arrayObject {
		if i := elementIndex(name); i >= 0 && i < len(o.elems) {
			return o.elems[i], true
		}
	}
	return nil, false
}

// maxIndex is the greatest index that an array of the language has.
const maxIndex = 1<<32 - 2

// elementIndex returns the index that the name of an element is, or -1. Nearly all
// names begin with a letter.
func elementIndex(name string) int {
	if name == "" || name[0] < '0' || name[0] > '9' {
		return -1
	}
	i, err := strconv.Atoi(name)
	if err != nil || name[0] == '0' && len(name) > 1 || i > maxIndex {
		return -1
	}
	return i
}

// maybeAbsent reports whether o is an API that some platform or version may not have:
// programs ask for it before they use it.
func (o *Object) maybeAbsent() bool {
	return o.kind == platformObject && platform.MayBeAbsent(o.path)
}

// keyMark begins the names of properties that are entries of a Map. Without it they
// are properties that the program gave the Map itself.
const keyMark = "\x00"

// indexName returns the property name of element i.
func indexName(i int) string { return strconv.Itoa(i) }

// put writes a property without journal and returns its number. Only package
// state, and code that makes objects before anyone sees them, calls it.
func (o *Object) put(name string, v *Value) int {
	if i := o.find(name); i >= 0 {
		o.props[i].value = v
		return i
	}
	o.props = append(o.props, property{name: name, value: v})
	i := len(o.props) - 1
	if o.index != nil {
		o.index[name] = int32(i)
	} else if len(o.props) > manyKeys {
		o.listed().index = make(map[string]int32, 2*len(o.props))
		for i := range o.props {
			o.index[o.props[i].name] = int32(i)
		}
	}
	return i
}

// touch notes that the present entry point depends on all that o holds.
func (o *Object) touch() {
	if o.state == nil {
		return
	}
	r := o.state.reads
	if o.stamp == r.id || r.own(o) {
		return
	}
	o.stamp = r.id
	r.objects = append(r.objects, o)
	for i := range o.props {
		r.disown(o.props[i].value)
	}
	for _, e := range o.elems {
		r.disown(e)
	}
	r.disown(o.rest)
}

// read is own for code that runs: it notes that the present entry point depends
// on this property, or on there being none.
func (o *Object) read(name string) (v *Value, ok bool) {
	if o.state == nil || o.state.reads.own(o) {
		return o.own(name)
	}
	r := o.state.reads
	if o.stamp == r.id {
		v, ok = o.own(name)
		r.disown(v)
		return v, ok
	}
	i := o.find(name)
	switch {
	case i >= 0 && o.props[i].value != nil:
		if p := &o.props[i]; p.stamp != r.id {
			p.stamp = r.id
			r.props = append(r.props, readProperty{o, int32(i)})
		}
		r.disown(o.props[i].value)
		return o.props[i].value, true
	case o.kind == arrayObject:
		o.touch()
		return o.own(name)
	default:
		r.miss(o, name)
	}
	return nil, false
}

// all returns the join of everything o holds, own properties and elements.
func (o *Object) all() *Value {
	o.touch()
	v := o.rest
	for _, e := range o.elems {
		v = join(v, e)
	}
	if o.kind != arrayObject {
		for i := range o.props {
			if o.props[i].name != namesInside {
				v = join(v, o.props[i].value)
			}
		}
	}
	if o.open {
		v = join(v, unknownValue)
	}
	return v
}

// elements returns the join of the elements of an iterable object.
func (o *Object) elements() *Value {
	if o.kind == arrayObject {
		o.touch()
		v := o.joined()
		if o.open {
			v = join(v, unknownValue)
		}
		return v
	}
	return o.all()
}

// manyElems is how many elements an array has at least whose join is kept.
const manyElems = 8

// elemsKey tells the elements of an array, and those at unknown places, from others: lists of
// elements are never written into.
type elemsKey struct {
	first **Value
	n     int
	rest  *Value
}

// joined returns the join of the elements of an array. That of many is kept: the list that a
// page shows is gone through by each of its handlers.
func (o *Object) joined() *Value {
	keeps := len(o.elems) >= manyElems && o.state != nil
	var k elemsKey
	if keeps {
		k = elemsKey{&o.elems[0], len(o.elems), o.rest}
		if v, known := o.state.elems[k]; known {
			return v
		}
	}
	v := o.rest
	for _, e := range o.elems {
		v = join(v, e)
	}
	if keeps {
		if o.state.elems == nil || len(o.state.elems) >= maxKeptElems {
			o.state.elems = map[elemsKey]*Value{}
		}
		o.state.elems[k] = v
	}
	return v
}

// maxKeptElems is how many joins are kept at a time.
const maxKeptElems = 1024

// visible returns the names of the properties that enumeration shows, in its order:
// numbers first.
func (o *Object) visible() (names []string) {
	o.touch()
	numbers := 0
	for i := range o.props {
		if p := &o.props[i]; o.shows(p) {
			names = append(names, p.name)
			if elementIndex(p.name) >= 0 {
				numbers++
			}
		}
	}
	if numbers > 0 && len(names) > 1 {
		slices.SortStableFunc(names, func(a, b string) int {
			i, j := elementIndex(a), elementIndex(b)
			if i < 0 || j < 0 {
				return cmp.Compare(min(j, 0), min(i, 0))
			}
			return cmp.Compare(i, j)
		})
	}
	return names
}

// namesInside is the property that keeps data which are names of properties of an object (keepNames). It is a symbol, so that no
// code of the program sees it.
const namesInside = symbolMark + "names inside"

// shows reports whether enumeration shows a property of o.
func (o *Object) shows(p *property) bool {
	return p.value != nil && !o.hidden && !strings.HasPrefix(p.name, symbolMark) && !o.unlisted[p.name]
}

// properties gives the properties of every object that v can be, in order, without
// those that were deleted.
func (v *Value) properties() iter.Seq2[string, *Value] {
	return func(yield func(string, *Value) bool) {
		for _, o := range v.objects {
			for _, p := range o.props {
				if p.value != nil && !yield(p.name, p.value) {
					return
				}
			}
		}
	}
}
