package flow

import (
	"strings"
	"unicode"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// scope is what the expressions at a place of a view can name: loop items, wxs
// modules, and the data of a page, component or template.
type scope struct {
	machine  *machine
	instance *instance
	view     *project.View // the file of the place
	up       *scope
	name     string // a loop variable, "" for the outermost scope
	value    *Value
	items    []*Value      // of a loop variable: the items of the loop, one of which is value
	list     script.Expr   // of a loop variable: the list, in the scope up
	read     func() *Value // of what a component passes to its slot: reads it anew
	data     *Value        // data of a <template>; nil for those of the instance
	hosts    []*Host
	env      *env          // of an element in a script: the variables around it
	this     *Value        // likewise
	unit     *project.Unit // likewise: of the script that makes it, which another may call
	iter     int           // identifies the rounds of the loops around
}

// owner is the unit whose view has the place.
func (s *scope) owner() *project.Unit {
	if s.unit != nil {
		return s.unit
	}
	return s.instance.unit
}

// partFound is what a part of a view was found to be when an element was made that has it.
type partFound struct {
	value   *Value
	at      source.Location // where it comes from
	written script.Expr     // what stands for it in the source; nil if nothing does
}

// with returns the scope inside s in which name has a value.
func (s *scope) with(name string, v *Value) *scope {
	n := *s
	n.up, n.name, n.value, n.items, n.list, n.read = s, name, v, nil, nil, nil
	return &n
}

// item returns the scope of an item of a loop over list.
func (s *scope) item(name string, v *Value, list []markup.Part) *scope {
	n := s.with(name, v)
	if len(list) == 1 {
		n.list = list[0].Expr
	}
	return n
}

// loop is the scope of an item of the innermost loop of which the items are known; nil if there is none.
func (s *scope) loop() *scope {
	for s != nil && s.items == nil {
		s = s.up
	}
	return s
}

// local is the scope that gives a name to something at the place; nil if none does.
func (s *scope) local(name string) *scope {
	for ; s != nil; s = s.up {
		if s.name == name && name != "" {
			return s
		}
	}
	return nil
}

// lookup finds what a name means.
func (s *scope) lookup(m *machine, name string) *Value {
	if p := s.local(name); p != nil && p.read != nil {
		return orUndefined(p.read())
	} else if p != nil {
		return p.value
	}
	if v := m.wxs(s.view, name); v != nil {
		return v
	}
	if s.env != nil {
		return m.inside(s.env, name)
	}
	if s.data != nil {
		return m.get(s.data, name)
	}
	if s.instance == nil {
		return unknownValue
	}
	return s.instance.life.name(s.instance, name)
}

// eval evaluates an expression of a template.
func (s *scope) eval(m *machine, f *source.File, e script.Expr) *Value {
	switch e := e.(type) {
	case *script.Ident:
		if e.Name == "undefined" {
			return undefinedValue
		}
		if target, ok := m.program.Fixed[e.Name]; ok { // __mpx_mode__
			return textOf(target)
		}
		return orUndefined(s.lookup(m, e.Name))
	case *script.Dot:
		if !e.Optional {
			return m.get(s.eval(m, f, e.X), e.Name)
		}
	case *script.String:
		return valueOf(constant{kind: text, str: e.Value, file: f, span: e.Span})
	}
	fn := m.pages.exprs[e]
	if fn == nil {
		fn = ir.LowerExpr(f, e)
		m.pages.exprs[e] = fn
	}
	fn.Body() // completes the lists of variables and registers
	fr := &frame{fn: fn, scope: s, context: m.frame.context.child(fn, fn, s.iter), this: undefinedValue, module: m.frame.module}
	fr.env = &env{fn: fn, cells: make([]*cell, len(fn.Vars)), scope: s}
	if s.this != nil {
		fr.this = s.this
	} else if s.instance != nil {
		fr.this = s.instance.this
	}
	return m.run(fr)
}

// valueOf evaluates an attribute value or text.
func (s *scope) valueOf(m *machine, f *source.File, parts []markup.Part) *Value {
	if len(parts) == 0 {
		return textOf("")
	}
	if len(parts) == 1 {
		return s.part(m, f, &parts[0])
	}
	pieces := make([]*Value, len(parts))
	for i := range parts {
		pieces[i] = s.part(m, f, &parts[i])
	}
	return concat(pieces...)
}

func (s *scope) part(m *machine, f *source.File, p *markup.Part) *Value {
	if found, ok := m.pages.found[p]; ok {
		return found.value
	}
	if p.Expr != nil {
		return s.eval(m, f, p.Expr)
	}
	return valueOf(constant{kind: text, str: p.Text, file: f, span: p.Span})
}

// texts returns the texts that parts can have, without those that hold
// collected data.
func (s *scope) texts(f *source.File, parts []markup.Part) []Text {
	if t, static := markup.Static(parts); static {
		if t == "" || len(parts) == 0 {
			return nil
		}
		return []Text{{String: t, Location: s.placeOf(f, parts)}}
	}
	if s == nil || s.instance == nil {
		return literals(f, parts)
	}
	var out []Text
	s.evaluate(f, parts, func(v *Value) {
		out = appendTexts(out, v, s.placeOf(f, parts))
	})
	if len(out) > 0 && len(out) <= fewLanguages {
		return out
	}
	if keys := translated(f, parts); len(keys) > 0 {
		return keys
	}
	return out
}

// fewLanguages is how many texts one entry of a language table can have; more are those
// of all its entries, since the one that is asked for is not known.
const fewLanguages = 4

// translated returns the texts by which parts look up a translation that is not known:
// {{_t['姓名']}}, {{$t('手机号')}}. Programs that do so write the Chinese text as the key.
func translated(f *source.File, parts []markup.Part) (out []Text) {
	for _, p := range parts {
		var key script.Expr
		switch x := p.Expr.(type) {
		case *script.Index:
			key = x.Key
		case *script.Call:
			key = firstArgument(x)
		}
		if s, ok := key.(*script.String); ok && strings.ContainsFunc(s.Value, isHan) {
			out = append(out, Text{s.Value, source.Location{File: f, Span: s.Span}})
		}
	}
	return out
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// unknown reports whether the text of parts may be something that is not known: what a
// server sends, or what a limit cut off.
func (s *scope) unknown(f *source.File, parts []markup.Part) (open bool) {
	if _, static := markup.Static(parts); static || s == nil || s.instance == nil {
		return !static
	}
	s.evaluate(f, parts, func(v *Value) {
		open = v != nil && (v.unknown || v.hasJoined() || len(v.objects) > 0)
	})
	return open
}

// evaluate hands f the value of parts, computed on the heap as it is now and with no
// effect on it.
func (s *scope) evaluate(file *source.File, parts []markup.Part, f func(*Value)) {
	m := s.machine
	m.begin()
	m.within(m.rootFrame(s.instance, s.instance.context), func() { f(s.valueOf(m, file, parts)) })
	m.accept()
	m.tasks = nil
}

// appendTexts appends the texts that v can be; those that no literal makes are at here.
func appendTexts(out []Text, v *Value, here source.Location) []Text {
	if v == nil {
		return out
	}
	for _, c := range v.consts {
		at := source.Location{File: c.file, Span: c.span}
		if at.File == nil {
			at = here
		}
		for _, words := range c.readings() {
			if words != "" {
				out = append(out, Text{words, at})
			}
		}
	}
	return out
}

// placeOf is where parts are written, in f unless they were put together from elsewhere.
func (s *scope) placeOf(f *source.File, parts []markup.Part) source.Location {
	if s != nil && s.machine != nil {
		if found, ok := s.machine.pages.found[&parts[0]]; ok {
			return found.at
		}
	}
	return source.Location{File: f, Span: parts[0].Span.To(parts[len(parts)-1].Span)}
}

// literals returns the text literals in parts, if nothing can be evaluated.
func literals(f *source.File, parts []markup.Part) []Text {
	var out []Text
	for _, p := range parts {
		if p.Expr == nil {
			if p.Text != "" {
				out = append(out, Text{p.Text, source.Location{File: f, Span: p.Span}})
			}
			continue
		}
		script.Walk(p.Expr, func(n script.Node) bool {
			if s, ok := n.(*script.String); ok && s.Value != "" {
				out = append(out, Text{s.Value, source.Location{File: f, Span: s.Span}})
			}
			return true
		})
	}
	return out
}

// inside returns what a name means at a place in a function, seen from outside.
func (m *machine) inside(e *env, name string) *Value {
	for ; e != nil; e = e.up {
		for i := len(e.fn.Vars) - 1; i >= 0; i-- {
			if v := e.fn.Vars[i]; v.Name == name && i < len(e.cells) && e.cells[i] != nil {
				return m.variable(e, v)
			}
		}
	}
	if g := globals[name]; g != nil {
		return g
	}
	return unknownValue
}
