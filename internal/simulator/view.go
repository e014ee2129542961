package simulator

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// instance is a page or a component that is shown.
type instance struct {
	unit   *project.Unit
	object *goja.Object
	kids   map[string]*instance
	parent *instance
	host   *node // the element of parent that it is; nil for a page
	typed  map[string]goja.Value
}

// node is an element as it is shown: with the instance and the names of its place.
type node struct {
	*markup.Element
	in     *instance
	view   *project.View
	names  goja.Value // a scope of platform.js
	key    string     // tells it from the other items of a loop
	around *node      // the element around it, also across a component
	form   *node
	fields []*node // of a form
}

// drawing walks the templates of a page.
type drawing struct {
	*World
	nodes []*node
	depth int
}

// mostNodes bounds the elements of a page.
const mostNodes = 3000

// draw shows the page on top.
func (w *World) draw() []*node {
	if len(w.stack) == 0 {
		return nil
	}
	d := &drawing{World: w}
	page := w.stack[len(w.stack)-1]
	d.instance(page, nil, nil)
	return d.nodes
}

// spot is where a template is drawn.
type spot struct {
	in     *instance
	view   *project.View
	names  *goja.Object // unknown ones are not hidden yet
	key    string
	around *node
	form   *node
	slots  func(around *node, form *node) // draws what the host has inside; nil for a page
}

func (d *drawing) instance(i *instance, host *node, slots func(around, form *node)) {
	if i.unit.View == nil || i.unit.View.Tree == nil {
		return
	}
	data, _ := i.object.Get("data").(*goja.Object)
	if data == nil {
		return
	}
	s := spot{in: i, view: i.unit.View, names: d.withScripts(data, i.unit.View), around: host, slots: slots}
	d.list(s, i.unit.View.Tree.Nodes)
}

// withScripts is names with the exports of the scripts of a view.
func (d *drawing) withScripts(names *goja.Object, v *project.View) *goja.Object {
	more := d.vm.NewObject()
	for name, m := range v.Scripts {
		d.require(m)
		must(more.Set(name, d.modules[m].Get("exports")))
	}
	return d.inherit(names, more)
}

// inherit is an object with names and more, or names alone if copying more took too long.
func (d *drawing) inherit(names, more *goja.Object) *goja.Object {
	if both, ok := d.do("inherit", names, more).(*goja.Object); ok {
		return both
	}
	return names
}

func (d *drawing) list(s spot, nodes []markup.Node) {
	shown := false // an element of the present chain of conditions
	for _, n := range nodes {
		e, ok := n.(*markup.Element)
		if !ok || len(d.nodes) > mostNodes {
			continue
		}
		cond := e.Find(markup.Directive, "if")
		elif := e.Find(markup.Directive, "elif")
		repeated := e.Find(markup.Directive, "for") != nil
		switch {
		case e.Find(markup.Directive, "else") != nil:
			if shown {
				continue
			}
			shown = true
		case elif != nil:
			if shown || !d.value(s, elif.Parts).ToBoolean() {
				continue
			}
			shown = true
		case cond != nil && !repeated:
			if shown = d.value(s, cond.Parts).ToBoolean(); !shown {
				continue
			}
		default:
			shown = false
		}
		d.repeat(s, e)
	}
}

func (d *drawing) repeat(s spot, e *markup.Element) {
	a := e.Find(markup.Directive, "for")
	if a == nil {
		a = e.Find(markup.Directive, "for-items")
	}
	if a == nil {
		d.element(s, e)
		return
	}
	item, index := "item", "index"
	if x := e.Find(markup.Directive, "for-item"); x != nil {
		item, _ = markup.Static(x.Parts)
	}
	if x := e.Find(markup.Directive, "for-index"); x != nil {
		index, _ = markup.Static(x.Parts)
	}
	list, ok := d.value(s, a.Parts).(*goja.Object)
	if !ok {
		return
	}
	for n, name := range list.Keys() {
		if n >= 6 {
			break
		}
		more := d.vm.NewObject()
		must(more.Set(item, list.Get(name)))
		must(more.Set(index, name))
		if i, err := strconv.Atoi(name); err == nil {
			must(more.Set(index, i))
		}
		t := s
		t.names = d.inherit(s.names, more)
		t.key = s.key + "/" + name
		if cond := e.Find(markup.Directive, "if"); cond == nil || d.value(t, cond.Parts).ToBoolean() {
			d.element(t, e)
		}
	}
}

func (d *drawing) element(s spot, e *markup.Element) {
	if d.depth > 60 || d.concealed(s, e) {
		return
	}
	d.depth++
	defer func() { d.depth-- }()
	switch e.Tag {
	case "block":
		d.list(s, e.Children)
		return
	case "wxs", "import", "import-module", "sjs", "qs":
		return
	case "include":
		if v := s.view.Includes[e]; v != nil && v.Tree != nil {
			t := s
			t.view, t.key = v, s.key+"/i"
			d.list(t, v.Tree.Nodes)
		}
		return
	case "template":
		d.template(s, e)
		return
	case "slot":
		if s.slots != nil {
			s.slots(s.around, s.form)
			return
		}
	}
	n := &node{Element: e, in: s.in, view: s.view, key: s.key + "#" + strconv.Itoa(int(e.Start)), around: s.around, form: s.form}
	n.names = d.do("scope", s.names)
	d.nodes = append(d.nodes, n)
	inner := s
	inner.around = n
	if e.Tag == "form" {
		inner.form = n
	} else if s.form != nil && e.Attr("name") != nil {
		s.form.fields = append(s.form.fields, n)
	}
	if using := s.in.unit.Components[e.Tag]; using != nil && using.Unit != nil {
		d.component(inner, n, using.Unit)
		return
	}
	d.list(inner, e.Children)
}

// concealed reports whether e is not shown although it is there.
func (d *drawing) concealed(s spot, e *markup.Element) bool {
	if a := e.Attr("hidden"); a != nil && (!a.HasValue || d.value(s, a.Parts).ToBoolean()) {
		return true
	}
	a := e.Attr("style")
	return a != nil && strings.Contains(strings.ReplaceAll(d.value(s, a.Parts).String(), " ", ""), "display:none")
}

func (d *drawing) template(s spot, e *markup.Element) {
	is := e.Attr("is")
	if is == nil {
		return
	}
	name := d.value(s, is.Parts).String()
	for _, v := range append([]*project.View{s.view}, s.view.Imports...) {
		def := definition(v, name)
		if def == nil {
			continue
		}
		t := s
		t.view, t.key = v, s.key+"/t"+strconv.Itoa(int(e.Start))
		data := d.vm.NewObject()
		if a := e.Attr("data"); a != nil && len(a.Parts) > 0 {
			if o, ok := d.value(s, a.Parts).(*goja.Object); ok {
				data = o
			}
		}
		t.names = d.withScripts(data, v)
		d.list(t, def.Children)
		return
	}
}

func definition(v *project.View, name string) (found *markup.Element) {
	if v == nil || v.Tree == nil {
		return nil
	}
	markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
		e, ok := n.(*markup.Element)
		if ok && e.Tag == "template" && e.Attr("name") != nil {
			if s, _ := markup.Static(e.Attr("name").Parts); s == name {
				found = e
			}
		}
		return found == nil
	})
	return found
}

func (d *drawing) component(s spot, n *node, u *project.Unit) {
	properties := d.vm.NewObject()
	for _, a := range n.Attrs {
		if a.Kind != markup.Plain && a.Kind != markup.Model {
			continue
		}
		v := goja.Value(d.vm.ToValue(true))
		if a.HasValue {
			v = d.value(s, a.Parts)
		}
		must(properties.Set(camel(a.Name), v))
	}
	kid := s.in.kids[n.key]
	if kid == nil {
		if d.depth > 30 {
			return
		}
		kid = d.start(u, properties, s.in, n)
		if kid == nil {
			return
		}
		s.in.kids[n.key] = kid
	} else {
		kid.host = n
		d.do("give", kid.object, properties)
	}
	inner := s
	d.instance(kid, n, func(around, form *node) {
		t := inner
		t.around = around
		if form != nil {
			t.form = form
		}
		d.list(t, n.Children)
	})
}

func camel(s string) string {
	parts := strings.Split(s, "-")
	for i := 1; i < len(parts); i++ {
		if parts[i] != "" {
			parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
		}
	}
	return strings.Join(parts, "")
}

// start makes an instance of a unit.
func (w *World) start(u *project.Unit, properties *goja.Object, parent *instance, host *node) *instance {
	if u.Script != nil {
		w.do("begin", u.Path)
		w.require(u.Script)
		if exports := w.modules[u.Script].Get("exports"); !w.do("defined", u.Path).ToBoolean() && exports != nil {
			if o, ok := exports.(*goja.Object); ok {
				if def := o.Get("default"); def != nil && !goja.IsUndefined(def) {
					w.do("define", u.Path, def)
				}
			}
		}
	}
	object, ok := w.do("make", u.Path, properties, host == nil).(*goja.Object)
	if !ok {
		return nil
	}
	i := &instance{unit: u, object: object, kids: map[string]*instance{}, parent: parent, host: host, typed: map[string]goja.Value{}}
	w.units[object] = i
	return i
}

// exprKey identifies an expression of a template.
type exprKey struct {
	file *source.File
	span source.Span
}

// value evaluates the parts of an attribute.
func (d *drawing) value(s spot, parts []markup.Part) goja.Value {
	return d.evaluate(s.view.File, d.do("scope", s.names), parts)
}

func (w *World) evaluate(f *source.File, names goja.Value, parts []markup.Part) goja.Value {
	if len(parts) == 1 && parts[0].Expr != nil {
		return w.expression(f, names, parts[0].Expr)
	}
	text := ""
	for _, p := range parts {
		if p.Expr == nil {
			text += p.Text
		} else if v := w.expression(f, names, p.Expr); !goja.IsUndefined(v) {
			text += v.String()
		}
	}
	return w.vm.ToValue(text)
}

func (w *World) expression(f *source.File, names goja.Value, x script.Expr) goja.Value {
	k := exprKey{f, x.Range()}
	fn, ok := w.exprs[k]
	if !ok {
		text := strings.TrimSpace(f.Slice(x.Range()))
		if _, isObject := x.(*script.Object); isObject && !strings.HasPrefix(text, "{") {
			text = "{" + text + "}"
		}
		made, err := w.vm.RunScript("<template>", "(function (names) { with (names) { return ("+text+"\n) } })")
		if err != nil {
			w.fail(f.Path + ": " + err.Error())
		} else {
			fn, _ = goja.AssertFunction(made)
		}
		w.exprs[k] = fn
	}
	if fn == nil {
		return goja.Undefined()
	}
	return w.guardQuietly(fn, names)
}

// guardQuietly is guard for expressions of templates, which may fail: a.b of nothing is
// nothing there.
func (w *World) guardQuietly(fn goja.Callable, args ...goja.Value) goja.Value {
	v, err := fn(goja.Undefined(), args...)
	if err != nil {
		return goja.Undefined()
	}
	return v
}
