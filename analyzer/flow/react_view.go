package flow

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What the scripts of a page made is shown as one tree of elements, whatever components
// made them: <Row label="手机号"><Input/></Row> is what Row returns, with the Input at the
// place of its children. An element in that tree has the attributes that it got, be they
// written at it, spread into it or given by cloneElement. So whoever looks for the label
// of a control finds it where a person sees it.

// viewOf returns the view of the elements in a script, or nil.
func (m *machine) viewOf(f *source.File) *project.View {
	if u := m.unitOf(f); u != nil {
		return u.View
	}
	return nil
}

// unitOf returns the unit whose script is f, or nil if f is not the program's own.
func (m *machine) unitOf(f *source.File) *project.Unit {
	if m.react.units == nil {
		m.react.units = map[*source.File]*project.Unit{}
		for _, u := range m.program.Units {
			if u.Script != nil {
				m.react.units[u.Script.File] = u
			}
		}
	}
	u := m.react.units[f]
	if mod := m.modules.byFile[f]; u == nil && mod != nil && !m.foreign(mod) && !isModel(f) {
		// A component that makes no elements: it returns its children, or none.
		u = &project.Unit{
			Kind: project.ComponentUnit, Path: strings.TrimSuffix(f.Path, path.Ext(f.Path)), Script: mod, Scripted: true,
			Reachable: mod.Reachable, View: &project.View{File: f, Tree: &markup.Document{File: f}},
			Components: map[string]*project.Using{},
		}
		m.react.units[f] = u
	}
	return u
}

// elementAt returns the element of a view whose start tag begins at an offset.
func (m *machine) elementAt(v *project.View, start int32) *markup.Element {
	if v == nil || v.Tree == nil {
		return nil
	}
	table := m.react.starts[v]
	if table == nil {
		table = map[int32]*markup.Element{}
		markup.WalkElements(v.Nodes(), func(el *markup.Element) { table[el.Open.Start] = el })
		if m.react.starts == nil {
			m.react.starts = map[*project.View]map[int32]*markup.Element{}
		}
		m.react.starts[v] = table
	}
	return table[start]
}

// maxShown bounds how deep elements that scripts make may be nested.
var maxShown = 200

func (r *renderer) tooDeep(depth int) bool {
	if depth > maxShown {
		r.limit(Elements)
	}
	return depth > maxShown
}

// show walks what a component returned.
func (r *renderer) show(v *Value, depth int) {
	if v == nil || r.tooDeep(depth) {
		return
	}
	r.showText(v)
	several := len(v.objects) > 1
	for k, o := range v.objects {
		first := len(r.around.Children)
		r.insideOnce(o, func() {
			if o.node != nil {
				r.node(o, depth)
				return
			}
			for _, e := range o.elems {
				r.show(e, depth+1)
			}
			r.show(o.rest, depth+1)
		})
		if several {
			alternate(r.around.Children[first:], k)
		}
	}
}

// insideOnce shows what is in o, an element or a list, unless o is inside itself.
func (r *renderer) insideOnce(o *Object, show func()) {
	if o.node == nil && o.kind != arrayObject || r.react.path[o] || r.again(o) {
		return
	}
	r.draw(1)
	r.react.path[o] = true
	show()
	delete(r.react.path, o)
}

// alternate marks what is shown if a value is the k-th of its possibilities: only one
// of them is there.
func alternate(nodes []markup.Node, k int) {
	name := "if"
	if k > 0 {
		name = "else"
	}
	for _, n := range nodes {
		if e, ok := n.(*markup.Element); ok && e.Find(markup.Directive, name) == nil {
			e.Attrs = append(e.Attrs, &markup.Attr{Span: e.Open, Kind: markup.Directive, Raw: name, Name: name})
		}
	}
}

// showProperty shows the elements that an element was given as a property. A text that
// it was given is not known to be shown.
func (r *renderer) showProperty(v *Value, depth int) {
	if v == nil || r.tooDeep(depth) {
		return
	}
	for _, o := range v.objects {
		if o.node != nil {
			r.show(objectOf(o), depth)
			continue
		}
		r.insideOnce(o, func() {
			for _, e := range o.elems {
				r.showProperty(e, depth+1)
			}
			r.showProperty(o.rest, depth+1)
		})
	}
}

// showText shows the texts that v can be.
func (r *renderer) showText(v *Value) {
	var texts *Value
	for _, c := range v.consts {
		if c.kind != boolean && c.kind != null && c.kind != undefined && c.words() != "" {
			texts = join(texts, valueOf(*c))
		}
	}
	if texts == nil {
		return
	}
	k := textKey{r.around, len(r.around.Children)}
	t := r.react.texts[k]
	if t == nil {
		t = &markup.Text{Parts: make([]markup.Part, 1), Parent: r.around}
		r.react.texts[k] = t
	}
	t.Span = texts.consts[0].span
	r.fill(&t.Parts[0], texts, source.Location{File: texts.consts[0].file, Span: t.Span})
	r.around.Children = append(r.around.Children, t)
	if _, one := texts.consts[0].digit(); one {
		r.shownDigit(texts, source.Location{File: texts.consts[0].file, Span: t.Span})
	}
}

// shownDigit notes a digit in an element on which a person can tap.
func (r *renderer) shownDigit(v *Value, at source.Location) {
	for e := r.around; e != nil; e = e.Parent {
		if tappable(e) {
			r.showDigits(r.instance, v, at)
			return
		}
	}
}

// textKey names a text in the tree of what is shown.
type textKey struct {
	parent *markup.Element
	index  int
}

// fill makes p what is known of v, which comes from at.
func (m *machine) fill(p *markup.Part, v *Value, at source.Location) {
	p.Span = at.Span
	c, one := v.only()
	switch {
	case one && c.kind == text:
		p.Text, p.Expr = c.str, nil
		if c.file != nil {
			at = source.Location{File: c.file, Span: c.span}
		}
	case one && c.kind == boolean:
		p.Text, p.Expr = "", &script.Bool{Span: at.Span, Value: c.truthy()}
	default:
		p.Text, p.Expr = "", &script.BadExpr{Span: at.Span}
	}
	m.pages.found[p] = partFound{value: v, at: at}
}

// node shows one element: a component becomes an instance, a control is recorded.
func (r *renderer) node(o *Object, depth int) {
	n := o.node
	typ, _ := o.own("type")
	props, _ := o.own("props")
	props = orUndefined(props)
	children, given := propertyOf(props, "children") // also what <View {...props}/> passes on
	if !given {
		children, _ = o.own("children")
	}
	if c, one := typ.only(); n.owner == nil || n.view == nil || one && c.kind == null { // a fragment
		r.show(children, depth+1)
		return
	}
	s := &scope{machine: r.machine, instance: n.owner, view: n.view, hosts: n.owner.hosts, env: n.env, this: n.this,
		iter: n.iter, unit: r.unitOf(n.view.File)}
	r.asShown(n, typ, props)
	r.react.scopes[n.shown] = s
	if n.element != nil {
		r.react.drew[n.element] = true
	}
	missing := r.ofMissing(typ)
	if missing {
		at := source.Location{File: n.view.File, Span: n.shown.Open}
		r.lose(deepTaints(props), finding.Unresolved, "<"+n.shown.Tag+">", at)
		r.giving("<"+n.shown.Tag+">", at).value(props, 0)
	}
	used := false
	for _, c := range orUndefined(typ).objects {
		file := fileOf(c)
		if file == nil {
			continue
		}
		used = true
		if isModel(file) {
			r.useModel(s, n, c, props, depth)
		} else {
			r.use(s, n, c, props, !typ.unknown && len(typ.objects) == 1)
		}
	}
	if used {
		return
	}
	outer := r.missing
	if ref, ok := propertyOf(props, "ref"); ok && ref.isUnknown() { // whoever made it can ask the element
		r.missing = "ref"
	}
	if missing {
		r.missing = "<" + n.shown.Tag + ">"
	}
	r.shownElement(s, n.shown, props, children, depth)
	r.missing = outer
}

// ofMissing reports whether a component is of code of which nothing is known.
func (m *machine) ofMissing(typ *Value) bool {
	return slices.ContainsFunc(orUndefined(typ).objects, func(o *Object) bool { return o.kind == libraryObject && m.api.unknown[o.module] })
}

// asShown brings n.shown up to date: the element with the attributes that it got.
func (r *renderer) asShown(n *node, typ, props *Value) {
	e := n.shown
	if e == nil {
		e = &markup.Element{Span: n.at, Open: n.at}
		if n.element != nil {
			e.Span, e.Open = n.element.Span, n.element.Open
		}
		n.shown, n.attrs = e, map[string]*markup.Attr{}
	}
	e.Tag, e.Attrs, e.Children = r.tagOf(n, typ), e.Attrs[:0], nil
	if slices.ContainsFunc(orUndefined(typ).objects, ofKit) {
		r.react.kits[e] = true
	}
	written := map[string]bool{}
	if n.element != nil {
		for _, a := range n.element.Attrs {
			if v, ok := propertyOf(props, a.Raw); ok && a.Raw != "" {
				written[a.Raw] = true
				e.Attrs = append(e.Attrs, r.shownAttr(n, a.Raw, a, v))
			}
		}
	}
	for name := range props.properties() {
		if !written[name] && name != "children" && name != "key" && name != "ref" {
			written[name] = true
			v, _ := propertyOf(props, name)
			e.Attrs = append(e.Attrs, r.shownAttr(n, name, nil, v))
		}
	}
	if slices.ContainsFunc(orUndefined(typ).objects, ofKit) {
		r.handedInside(n, props, written)
	}
}

// handedInside gives the element of a component of a package what says of the control inside what it takes:
//
//	<FormText label="配偶" fieldProps={{ name: 'spouse', placeholder: '配偶姓名' }}/>
func (r *renderer) handedInside(n *node, props *Value, written map[string]bool) {
	for holder, inner := range props.properties() {
		if kind := strings.ToLower(holder); !strings.HasSuffix(kind, "props") && !strings.HasSuffix(kind, "attrs") {
			continue
		}
		for _, name := range [...]string{"placeholder", "label", "name"} {
			if v, ok := propertyOf(inner, name); ok && !written[name] {
				written[name] = true
				n.shown.Attrs = append(n.shown.Attrs, r.shownAttr(n, name, nil, v))
			}
		}
	}
}

// ofKit reports whether a component is of a library, and not the platform's own as a
// framework exports it.
func ofKit(o *Object) bool {
	if o.kind != libraryObject || o.module == nil {
		return false
	}
	return !ofPlatform(o.module.Library)
}

// ofPlatform reports whether a package is one in which a framework exports the platform's components.
func ofPlatform(pkg string) bool {
	root, _, _ := strings.Cut(pkg, "/")
	return pkg == "@tarojs/components" || root == "remax" || root == "@remax"
}

// propertyOf returns the property of that name in props.
func propertyOf(props *Value, name string) (v *Value, ok bool) {
	for _, o := range props.objects {
		if p, has := o.own(name); has {
			v, ok = join(v, p), true
		}
	}
	return v, ok
}

// shownAttr is the attribute of that name, whose value is v. It is the one that is
// written, if that says no more and no less.
func (r *renderer) shownAttr(n *node, name string, written *markup.Attr, v *Value) *markup.Attr {
	a := n.attrs[name]
	if a == nil {
		a = markup.Property(name)
		a.Span, a.ValueSpan, a.HasValue = n.shown.Open, n.shown.Open, true
		if written != nil {
			a.Span, a.NameSpan, a.ValueSpan, a.HasValue = written.Span, written.NameSpan, written.ValueSpan, written.HasValue
		}
		a.Parts = make([]markup.Part, 1)
		n.attrs[name] = a
	}
	r.fill(&a.Parts[0], v, source.Location{File: n.view.File, Span: a.ValueSpan})
	if written == nil || len(written.Parts) != 1 {
		return a
	}
	if found := r.pages.found[&a.Parts[0]]; written.Parts[0].Expr != nil {
		found.written = written.Parts[0].Expr
		r.pages.found[&a.Parts[0]] = found
	}
	switch x := written.Parts[0].Expr.(type) {
	case nil: // a text, without its quotes
		if a.Parts[0].Text == written.Parts[0].Text {
			a.Parts[0].Span = written.Parts[0].Span
			r.pages.found[&a.Parts[0]] = partFound{value: v, at: source.Location{File: n.view.File, Span: a.Parts[0].Span}}
		}
	case *script.Ident, *script.Dot: // the name that it is bound to tells what it is for
		a.Parts[0].Expr, a.Parts[0].Text = x, ""
	}
	return a
}

// tagOf is the tag of an element: as written, or the name of the platform's or a
// library's component that its type is, under whatever name the script knows it.
func (r *renderer) tagOf(n *node, typ *Value) string {
	tag := ""
	if n.element != nil {
		tag = n.element.Tag
		if u := r.unitOf(n.view.File); u != nil && u.Components[tag] != nil && u.Components[tag].Unit != nil {
			return tag
		}
	}
	for _, o := range orUndefined(typ).objects {
		if name := strings.ReplaceAll(strings.TrimPrefix(o.path, "default."), ".", ""); o.kind == libraryObject && name != "" &&
			name != "default" && !o.result {
			return name
		}
	}
	for _, c := range orUndefined(typ).consts {
		if c.kind == text && c.str != "" {
			return c.str
		}
	}
	return tag
}

// usingIn is the component that e is in the script that a view is of, or nil.
func (m *machine) usingIn(v *project.View, e *markup.Element) *project.Using {
	if u := m.unitOf(v.File); u != nil {
		return u.Components[e.Tag]
	}
	return nil
}

// place makes e the next of what is shown.
func (r *renderer) place(e *markup.Element) {
	e.Parent = r.around
	r.around.Children = append(r.around.Children, e)
}

// showInside shows something inside e.
func (r *renderer) showInside(e *markup.Element, show func()) {
	outer := r.around
	r.around = e
	show()
	r.around = outer
}

// useModel shows a use of a component of a package that a model takes the place of: a
// provider, a component that is loaded when it is needed. It is a part of its user.
func (r *renderer) useModel(s *scope, n *node, c *Object, props *Value, depth int) {
	key := drawnKey{n.shown, "", int(c.id)}
	r.entryPoint(s.instance, key, s.iter, func() {
		outer := r.react.inside
		r.react.inside = n
		r.react.drawn[key] = join(r.react.drawn[key], r.call(objectOf(c), undefinedValue, []*Value{props}, key))
		r.react.inside = outer
	})
	r.show(r.react.drawn[key], depth+1)
}

// closed reports whether all that v holds is known.
func closed(v *Value) bool {
	return !v.unknown && !slices.ContainsFunc(v.objects, func(o *Object) bool { return o.open || o.rest != nil })
}

// use shows a use of a component of the program. alone says that it gets its properties
// from nobody but n.
func (r *renderer) use(s *scope, n *node, c *Object, props *Value, alone bool) {
	u := r.unitOf(fileOf(c))
	if r.depth >= r.limits.boxes && u != nil {
		r.limit(Elements)
	}
	inApp := s.instance.unit.Kind == project.AppUnit && u != nil && u.Kind == project.PageUnit // the build of Taro 1 and 2 takes it out
	if r.depth >= r.limits.boxes || u == nil || inApp {
		return
	}
	for p := s.instance; p != nil; p = p.parent {
		if p.def != nil && len(p.def.objects) > 0 && p.def.objects[0] == c {
			return // a component inside itself shows nothing new
		}
	}
	e := n.element
	if e == nil {
		e = n.shown
	}
	k := kidKey{element: e, iter: s.iter, class: c}
	alike := s.instance.kidKeys[k] == nil && r.pages.uses[e] >= maxAlike && !passes(n.shown) && len(e.Children) == 0
	if alike || r.again(n.shown) {
		return
	}
	r.draw(controlDraw)
	kid := r.kidOf(s, k, u, objectOf(c))
	changed := false
	for name, v := range props.properties() {
		changed = r.pass(kid, name, v) || changed
	}
	for name, v := range r.property(c, "defaultProps").properties() {
		if _, given := propertyOf(props, name); !given {
			changed = r.pass(kid, name, v) || changed
		}
	}
	if _, connected := c.own("$props"); alone && !connected && closed(props) {
		r.setOpen(kid.data, false) // what it is not given is undefined
	}
	r.accept()
	if changed {
		r.grown = true
	}
	if c.fn != nil && r.rendersAsClass(c) {
		r.refer(s, n.shown, props, objectOf(kid.object))
	}
	host := &Host{Unit: s.owner(), View: s.view, Element: n.shown, scope: s}
	r.start(kid)
	first := len(r.around.Children)
	kid.around, kid.inside = r.around, r.form
	r.attempt(kid.path(), func() { kid.life.render(kid, append(s.hosts[:len(s.hosts):len(s.hosts)], host), r.depth+1) })
	host.Shown = r.around.Children[first:]
}
