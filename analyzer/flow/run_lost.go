package flow

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// How values are lost. A missing function may call, keep, send and return its
// arguments. The machine follows returning and calling (opaque); keeping and sending
// is noted here (machine.lose).

// understood reports whether it is known what a call of fn does, although fn cannot
// be run: a method of the language, one of a component of a library, a function that the
// project names as a sink, or one of an object of the program that a computed name chooses
// from.
func (m *machine) understood(fn, this *Value, args []*Value, at source.Location) bool {
	if languageMethod(at, this, args) || this.isKit() || m.ownSinkAt(at) != nil {
		return true
	}
	return unknownKind(at) == finding.UnknownKey && runnable(fn) && len(fn.objects) < maxObjects && this.closed()
}

// unknownKind tells how a call of an unknown function at this place loses data.
func unknownKind(at source.Location) finding.LossKind {
	if strings.HasSuffix(at.Text(), "]") {
		return finding.UnknownKey
	}
	return finding.UnknownCall
}

// closed reports whether v is objects of the program alone whose properties are all
// known.
func (v *Value) closed() bool {
	if v == nil || v.unknown || v.data != nil {
		return false
	}
	for _, o := range v.objects {
		if o.anything() || o.kind == platformObject || o.kind == libraryObject {
			return false
		}
	}
	return len(v.objects) > 0
}

// isKit reports whether v is components of libraries that keep nothing and send nothing.
func (v *Value) isKit() bool {
	return v != nil && len(v.objects) > 0 && !slices.ContainsFunc(v.objects, func(o *Object) bool { return !o.kit })
}

// isUnrun reports whether v is components that are in the tree and were not run, being those of a library.
func (v *Value) isUnrun() bool {
	return v != nil && len(v.objects) > 0 && !slices.ContainsFunc(v.objects, func(o *Object) bool { return !o.unrun })
}

// loseCall notes that the data that a call is given go into code that is not there, and
// returns them. If it is given a page or component, that code can read what it keeps,
// add to it and listen to its events: submit(this).
func (m *machine) loseCall(fn, this *Value, args []*Value, more *Value, kind finding.LossKind, at source.Location) []taint {
	name := callee(at)
	d := digger{pages: true}
	d.dig("", more, nil)
	for _, a := range args {
		d.dig("", a, nil)
		calls := kind != finding.NotRun || this.isUnrun() // what it is given
		if calls && a != nil && len(a.objects) > 0 {
			m.giving(name, at).value(a, 0)
		}
	}
	ts := d.taints
	if this != nil {
		for _, o := range this.objects {
			if o.kind == plainObject {
				ts = joinTaints(ts, deepTaints(objectOf(o)))
			}
		}
	}
	if !keepsNothing(name) {
		m.lose(without(ts, fn.taints()), kind, name, at)
	}
	return ts
}

// keepsNothing reports whether a callee is of a global of the language that neither keeps nor sends what it is given.
func keepsNothing(callee string) bool {
	root, _, _ := strings.Cut(callee, ".")
	return platform.QuietGlobal(root)
}

// callee is the callee of a call at this place, as the source writes it, without long
// arguments: connect(…). Of an element, which calls its component, it is the tag.
func callee(at source.Location) string {
	text := at.Text()
	if len(text) > maxChain {
		text = text[:maxChain]
	}
	if attributes := strings.IndexAny(text, " \t\r\n/>"); attributes > 0 && text[0] == '<' {
		return text[:attributes] + ">"
	}
	if rest, ok := strings.CutPrefix(text, "new "); ok {
		text, _, _ = strings.Cut(rest, "(")
	}
	return withoutArguments(strings.TrimSpace(text))
}

// maxCallee is the length in bytes up to which a callee is shown as written, maxChain that
// up to which it is looked at: in a()()()…, each callee is as long as all before it.
const (
	maxCallee = 60
	maxChain  = 2000
)

// withoutArguments leaves out what is in brackets if the text is long or has lines.
func withoutArguments(text string) string {
	if len(text) <= maxCallee && !strings.Contains(text, "\n") {
		return text
	}
	var b strings.Builder
	depth := 0
	for _, r := range text {
		if b.Len() > 2*maxCallee {
			return b.String() + "…"
		}
		switch r {
		case '(', '[', '{':
			if depth++; depth == 1 {
				b.WriteRune(r)
				b.WriteString("…")
			}
			continue
		case ')', ']', '}':
			depth--
		}
		if depth == 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// languageMethod reports whether a call of a method, on an object that may not be known,
// is, by its name, one of the language, which compares its arguments or returns them.
func languageMethod(at source.Location, this *Value, args []*Value) bool {
	name := methodAt(at)
	switch {
	case name == "", name == "replace" && leadsByName(receiverAt(at)): // router.replace('/pages/a?b=' + c)
		return false
	case platform.QuietMethod(name):
		return true
	case this != nil && slices.ContainsFunc(this.objects, isList):
		return method("Array", name) != nil // the place that keeps its arguments
	case settles(name) || method("Array", name) != nil:
		// items.filter(f), and not people.filter({ phone })
		return len(args) > 0 && args[0] != nil && len(args[0].objects) > 0 && args[0].objects[0].kind == functionObject
	}
	return false
}

// takesOff reports whether a call of a method of this name, whose code is not there, only takes listeners off, which it does
// not call: it is given names of events and functions. A function that it called would do all over again what it did when it
// was handed over to be called, and each of those that take themselves off calls itself.
func takesOff(name string, args []*Value, more *Value) bool {
	return more == nil && platform.RemovingMethod(name) && !slices.ContainsFunc(args, func(a *Value) bool { return !a.isListener() })
}

// isListener reports whether v is functions or constants, such as the name of an event, and nothing else.
func (v *Value) isListener() bool {
	return v != nil && !v.unknown && v.data == nil && len(v.taints()) == 0 &&
		!slices.ContainsFunc(v.objects, func(o *Object) bool { return o.kind != functionObject })
}

// methodAt is the name of the method that a callee at this place names; "" if it names none.
func methodAt(at source.Location) string {
	_, name := calleeAt(at)
	return name
}

// receiverAt is the last name in what stands before the method: "b" of a.b.push.
func receiverAt(at source.Location) string {
	receiver, _ := calleeAt(at)
	return receiver[strings.LastIndexByte(receiver, '.')+1:]
}

// calleeAt takes a callee at this place apart; both are "" if it names no method.
func calleeAt(at source.Location) (receiver, method string) {
	text := at.Text()
	if len(text) > maxChain {
		text = text[len(text)-maxChain:]
	}
	text = strings.TrimSuffix(strings.TrimSuffix(text, ".call"), ".apply")
	dot := strings.LastIndexByte(text, '.')
	if dot < 0 {
		return "", ""
	}
	return text[:dot], text[dot+1:]
}

func isList(o *Object) bool { return o.kind == arrayObject }

// unfollowed notes that a limit keeps a call of o from being followed: what the
// function could reach is lost. It returns false.
func (m *machine) unfollowed(limit string, o *Object, this *Value, args []*Value, more *Value) bool {
	var d digger
	for _, a := range args {
		d.dig("", a, nil)
	}
	d.dig("", more, nil)
	if fn := o.fn.code(); fn != nil {
		m.costing.of(fn).cut++
		if m.looked[fn]++; m.looked[fn] <= maxLooked {
			d.around(o, this)
		}
	}
	m.limitOf(limit, d.taints)
	at := m.here()
	m.lose(d.taints, finding.Limit, callee(at), at)
	return false
}

// maxLooked bounds how often one entry point examines what a function can reach
// besides its arguments: it is nearly always the same.
var maxLooked = 4

// around collects the data in this and in the variables that function o can name, and in
// what it is bound to.
func (d *digger) around(o *Object, this *Value) {
	fn := o.fn
	for range maxBound {
		for _, a := range fn.args {
			d.dig("", a, nil)
		}
		if fn.bound {
			this = fn.this
		}
		target := fn.target.callee()
		if target == nil || target.fn == nil {
			break
		}
		fn = target.fn
	}
	for e := fn.env; e != nil; e = e.up {
		d.variables(e)
	}
	if this == nil {
		return
	}
	d.dig("", this, nil)
	for _, i := range this.objects {
		if i.instance != nil {
			d.dig("", objectOf(i.instance.data), nil)
		}
	}
}

// cutRecursion notes the data that a recursive call, which is not followed, brings and
// the calls around it did not: as arguments, in variables and properties that the innermost
// of them wrote, or, as another argument may lead it another way, in variables that the
// function names. What a request repeats was sent the first time.
func (m *machine) cutRecursion(o *Object, args []*Value, more *Value) {
	fn := o.fn.fn
	if m.senders[fn] {
		return
	}
	ts, inner, repeats := deepTaints(more), true, false
	for _, a := range args {
		ts = joinTaints(ts, deepTaints(a))
	}
	var moved []taint
	for f := m.frame; f != nil; f = f.caller {
		if f.fn != fn {
			continue
		}
		if inner {
			moved, inner = m.moved(f.returns.mark, m.locals(f)), false
		}
		repeats = repeats || more == nil && f.given(args)
		for _, a := range append(f.args[:len(f.args):len(f.args)], f.more) {
			ts = without(ts, deepTaints(a))
		}
	}
	ts = joinTaints(ts, moved)
	if !repeats {
		ts = joinTaints(ts, o.fn.named())
	}
	at := m.here()
	m.lose(ts, finding.Limit, callee(at), at)
}

// locals are the variables of f, and of the activations that it caused, which what these call cannot see: no closure names them.
//
//	for (const child of node.children) { const found = find(child, id); if (found) return found }
func (m *machine) locals(f *frame) map[*cell]bool {
	out := map[*cell]bool{}
	for g := m.frame; g != nil; g = g.caller {
		if g.env != nil && !g.env.captured {
			for _, r := range g.context.cells.rows {
				out[r.value] = r.key.v.Func == g.fn
			}
		}
		if g == f {
			break
		}
	}
	return out
}

// given reports whether f was called with all that args can be.
func (f *frame) given(args []*Value) bool {
	for i, a := range args {
		if i >= len(f.args) || !f.args[i].covers(a) {
			return false
		}
	}
	return true
}

// named returns the data in the variables around f that its code names.
func (f *function) named() []taint {
	var d digger
	var walk func(code []ir.Instr)
	walk = func(code []ir.Instr) {
		for i := range code {
			in := &code[i]
			if in.Ext == nil {
				continue
			}
			if v := in.Ext.Var; v != nil && in.Op == ir.Load {
				for e := f.env; e != nil; e = e.up {
					if e.fn == v.Func && v.Index < len(e.cells) && e.cells[v.Index] != nil {
						d.dig("", e.cells[v.Index].value, nil)
					}
				}
			}
			for _, block := range in.Ext.Blocks {
				walk(block)
			}
		}
	}
	walk(f.fn.Body())
	return d.taints
}

// loseChoices notes that constants leave which these choices decided: what the server learns of the data is not known.
func (m *machine) loseChoices(choices []*chosen) {
	for _, c := range choices {
		m.lose(c.taints, finding.Compared, c.at.Text(), c.at)
	}
}

// noteStranger notes that the program calls code of which nothing is known.
func (m *machine) noteStranger(name string, at source.Location) {
	if m.stranger.Name == "" {
		m.stranger = Stranger{name, at}
	}
}

// lackedAPI is what the global object of a framework has under the name of an API that only its apps have. It is told apart from
// other values that are not there where it is called: that throws, and what is behind does not run.
var lackedAPI = valueOf(constant{kind: undefined})

// naming is what is known of the names by which a place takes APIs.
type naming uint8

const (
	unnamed naming = iota + 1 // a name is not known
	named                     // the APIs that matter are taken by name
)

// noteKey notes what a program reads from o by a computed name, if o is the global object of
// a platform or a group of its APIs: wx[options.api] may be an API that hands over personal
// information that triggers filing. Code that goes through all names, for (n in wx), reads
// each of these by its name, too, and hides none.
func (m *machine) noteKey(o *Object, key *Value) {
	if o.kind != platformObject {
		return
	}
	at := m.here()
	if at.File == nil || m.computed[at] == named {
		return
	}
	names, others := key.keys()
	for _, a := range platform.APIs() {
		name, inside := strings.CutPrefix(a.Name, o.path)
		switch {
		case !inside || !a.Triggers():
		case slices.Contains(names, name):
			m.computed[at] = named
			return
		case others && mayBe(key, name):
			m.computed[at] = unnamed
		}
	}
}

// nameless lists the places that take an API under a name that is not known.
func (m *machine) nameless() (out []source.Location) {
	for at, known := range m.computed {
		if known == unnamed {
			out = append(out, at)
		}
	}
	slices.SortFunc(out, func(a, b source.Location) int {
		return cmp.Or(cmp.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	return out
}

// mayBe reports whether v, of which a part is not known, can be the text name.
func mayBe(v *Value, name string) bool {
	if v.unknown || v.data != nil || len(v.objects) > 0 {
		return true
	}
	return slices.ContainsFunc(v.consts, func(c *constant) bool {
		return c.kind == joined && strings.HasPrefix(name, c.prefix())
	})
}
