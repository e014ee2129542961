package flow

import (
	"cmp"
	"strings"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// nativeLife is the life of the components of the platform itself. The others build
// on it.
type nativeLife struct{ m *machine }

func (l nativeLife) exported(u *project.Unit, class *Object, in *context) (def *Value) {
	l.m.within(&frame{fn: &ir.Func{}, context: in, module: u.Script}, func() {
		def = l.m.construct(objectOf(class), nil, nil, u)
	})
	l.m.accept()
	return def
}

func (l nativeLife) shape(*instance) {}

func (l nativeLife) build(i *instance) {
	if i.def == nil {
		return
	}
	l.m.within(l.m.rootFrame(i, i.context), func() { l.m.define(i) })
	l.m.accept()
}

func (l nativeLife) option(i *instance, name string, v *Value, depth int) {
	m := l.m
	if runnable(v) && name != "data" { // a method that is called so: initData() { … }
		i.object.put(name, v)
	}
	switch name {
	case "data":
		m.addData(i, v)
	case "initData":
		if !runnable(v) {
			m.addData(i, v)
		}
	case "properties", "props":
		if name == "props" && m.onAlipay() {
			m.addDefaults(i, v)
			return
		}
		m.addProperties(i, v)
	case "methods":
		for name, fn := range v.properties() {
			i.object.put(name, fn)
		}
	case "observers":
		m.addObservers(i, v)
	case "watch":
		m.addObservers(i, v)
		i.object.put(name, v) // miniprogram-computed asks it for what is computed
	case "lifetimes", "pageLifetimes":
		for name, fn := range v.properties() {
			i.object.put(lifecyclePrefix+name, fn)
		}
	case "behaviors", "mixins", "options", "externalClasses", "relations":
	case "error": // of the lifecycle of a component; a page has no such function
		if i.unit != nil && i.unit.Kind == project.ComponentUnit {
			i.object.put(lifecyclePrefix+name, v)
		}
		i.object.put(name, v)
	default:
		i.object.put(name, v)
	}
}

func (l nativeLife) prepare(*instance) {}

func (l nativeLife) start(i *instance) { l.m.runEvents(i) }

func (l nativeLife) render(i *instance, hosts []*Host, depth int) {
	m := l.m
	s := &scope{machine: m, instance: i, view: i.unit.View, hosts: hosts}
	r := &renderer{machine: m, instance: i, depth: depth}
	m.within(m.rootFrame(i, i.context), func() {
		r.nodes(s, i.unit.View.Tree.Nodes)
		r.fireTaps()
	})
}

// repeat follows wx:for, with wx:for-item and wx:for-index, and s-for="row, i in rows".
func (l nativeLife) repeat(r *renderer, s *scope, e *markup.Element) bool {
	a := e.Find(markup.Directive, "for")
	if a == nil {
		a = e.Find(markup.Directive, "for-items")
	}
	if a == nil {
		return false
	}
	item, index := "item", "index"
	if d := e.Find(markup.Directive, "for-item"); d != nil {
		item, _ = markup.Static(d.Parts)
	}
	if d := e.Find(markup.Directive, "for-index"); d != nil {
		index, _ = markup.Static(d.Parts)
	}
	list := a.Parts
	if names, inner, ok := namedItems(a.Parts); ok {
		list = inner
		item = cmp.Or(names[0], item)
		if len(names) > 1 {
			index = cmp.Or(names[1], index)
		}
	}
	v := s.valueOf(r.machine, s.view.File, list)
	r.eachItem(s, e, r.listOf(v, 0), func(v, key *Value, all []*Value, iter int) {
		t := s.item(item, v, list)
		t.items = all
		t = t.with(index, key)
		t.iter = iter
		if a := e.Find(markup.Directive, "if"); a != nil && all != nil && r.forOthers(t, a) {
			return // wx:if beside wx:for is asked of each item
		}
		r.once(t, e)
	})
	return true
}

// namedItems parts "row, i in rows" into the names and the list, as Baidu has it; ok is false for
// a list alone.
func namedItems(parts []markup.Part) (names []string, list []markup.Part, ok bool) {
	if len(parts) < 2 || parts[0].Expr != nil || parts[1].Expr == nil {
		return nil, nil, false
	}
	text := parts[0].Text
	start, end, ok := namesOfLoop(text)
	if !ok {
		return nil, nil, false
	}
	for name := range strings.SplitSeq(text[start:end], ",") {
		names = append(names, strings.TrimSpace(name))
	}
	return names, parts[1:2], true
}

// namesOfLoop finds the names in the text of a loop in front of its list, "(row, i) in ", without the brackets. ok is
// false if neither "in" nor "of" stands behind them.
func namesOfLoop(text string) (start, end int, ok bool) {
	const blank = " \t\r\n"
	names := strings.TrimRight(text, blank)
	for _, word := range [...]string{"in", "of"} {
		before, found := strings.CutSuffix(names, word)
		if found && (before == "" || strings.ContainsAny(before[len(before)-1:], blank+")]}")) {
			names, ok = before, true
			break
		}
	}
	names = strings.TrimRight(names, blank+")")
	start = min(len(text)-len(strings.TrimLeft(text, blank+"(")), len(names))
	return start, len(names), ok
}

func (l nativeLife) fillable(*markup.Element) bool { return true }

func (nativeLife) given(*scope, *markup.Element) {}

func (nativeLife) inside(*renderer, *scope, *markup.Element) []*scope { return nil }

func (nativeLife) within(*renderer, *scope, *markup.Element, *instance) []*scope { return nil }

func (l nativeLife) shown(*renderer, *scope, *markup.Element) {}

func (l nativeLife) enough(*scope, *markup.Element, *project.Unit) bool { return false }

// passed writes back what a two-way binding passed.
func (l nativeLife) passed(r *renderer, s *scope, a *markup.Attr, kid *instance, name string) {
	if a.Kind != markup.Model {
		return
	}
	if back, ok := kid.data.own(name); ok {
		r.assign(s, a, back)
	}
}

func (l nativeLife) name(i *instance, name string) *Value { return l.m.get(objectOf(i.data), name) }

func (l nativeLife) event(_ *scope, ev *Value, _ *markup.Element, _ *Value) []*Value {
	return []*Value{ev}
}

// respond calls the methods that a handler attribute names.
func (l nativeLife) respond(s *scope, a *markup.Attr, args []*Value) {
	names, _ := s.valueOf(l.m, s.view.File, a.Parts).keys()
	this := objectOf(s.instance.object)
	for _, n := range names {
		n, _, _ = strings.Cut(strings.TrimSpace(n), "(")
		fn, ok := s.instance.object.own(n)
		if !ok {
			fn = l.m.get(this, n)
		}
		if !runnable(fn) {
			l.m.noHandler(s.instance, n, args, source.Location{File: s.view.File, Span: a.Span})
			continue
		}
		l.m.call(fn, this, args, a)
	}
}

func (l nativeLife) handlers(s *scope, a *markup.Attr) (list []Handler) {
	names, _ := s.valueOf(l.m, s.view.File, a.Parts).keys()
	for _, n := range names {
		n, _, _ = strings.Cut(strings.TrimSpace(n), "(")
		h := Handler{Event: a.Name, Attr: a, Name: n}
		for _, o := range l.m.get(objectOf(s.instance.object), n).objects {
			if o.kind == functionObject && o.fn.fn != nil {
				h.Found, h.Func = true, source.Location{File: o.fn.fn.File, Span: o.fn.fn.Span}
			}
		}
		list = append(list, h)
	}
	return list
}

func (l nativeLife) emit(c *call, _ *instance, _ []string) { trigger(l.m, c) }

func (l nativeLife) draws(*renderer, *scope, *markup.Element) bool { return false }
