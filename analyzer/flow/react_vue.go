package flow

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Components of Vue whose elements are in their scripts (Vue's JSX, render functions).
// They live as components of Vue do, and what they show is what a function returns: the
// one that setup gives, or the option render.

// drawnLife is their life.
type drawnLife struct{ vueLife }

// drawsWithVue reports whether the script of a unit, which makes its elements, is one of
// Vue.
func drawsWithVue(u *project.Unit) bool {
	if u.Script == nil || u.Script.File == nil || u.Script.Tree == nil {
		return false
	}
	if strings.Contains(u.Script.File.Text, "defineComponent(") || path.Ext(u.Script.File.Path) == ".vue" {
		return true
	}
	return slices.ContainsFunc(u.Script.Imports, func(i *project.Import) bool {
		return i.Spec == "vue" ||
			i.Spec == "@vue/composition-api"
	})
}

// exported is the function itself: a functional component is one.
func (l drawnLife) exported(_ *project.Unit, class *Object, _ *context) *Value {
	return objectOf(class)
}

// render runs what draws the component and shows what it returns.
func (l drawnLife) render(i *instance, hosts []*Host, depth int) {
	m := l.m
	m.prepare(i)
	m.fillSlots(i)
	m.entryPoint(i, site{part: "render"}, 0, func() { i.shown = join(i.shown, m.draw(i)) })
	m.showTree(i, hosts, depth)
}

// draw returns what a component of Vue shows.
func (m *machine) draw(i *instance) (out *Value) {
	if runnable(i.draws) {
		out = m.call(i.draws, objectOf(i.object), nil, i)
	}
	if render, ok := i.object.own("render"); ok && runnable(render) {
		out = join(out, m.call(render, objectOf(i.object), []*Value{globals["$element"]}, i))
	}
	for _, o := range orUndefined(i.def).objects { // a functional component: (props, context) => element
		if o.kind == functionObject && o.fn.fn != nil && o.fn.class == nil {
			out = join(out, m.call(objectOf(o), undefinedValue, []*Value{objectOf(i.data), m.setupContext(i)}, i))
		}
	}
	return out
}

// draws is for const Row = props => <Input placeholder={props.label} /> in <script setup>.
func (l vueLife) draws(r *renderer, s *scope, e *markup.Element) bool {
	u := s.instance.unit
	if u.Script == nil || !u.Script.Setup || platform.HasTag(strings.ToLower(e.Tag)) || r.depth >= r.limits.nest {
		return false
	}
	var fns *Value
	for _, name := range []string{e.Tag, camel(e.Tag), strings.ToUpper(camel(e.Tag)[:1]) + camel(e.Tag)[1:]} {
		for _, o := range orUndefined(s.instance.life.name(s.instance, name)).objects {
			if o.kind == functionObject && o.fn.fn != nil && o.fn.class == nil {
				fns = join(fns, objectOf(o))
			}
		}
	}
	if fns == nil {
		return false
	}
	key := drawnKey{e, "", int(s.instance.object.id)}
	r.entryPoint(s.instance, key, s.iter, func() {
		props := r.object(plainObject, site{e, "props"})
		for _, a := range e.Attrs {
			if a.Kind == markup.Plain {
				r.setProp(props, camel(a.Name), s.valueOf(r.machine, s.view.File, a.Parts))
			}
		}
		given := []*Value{objectOf(props), r.setupContext(s.instance)}
		r.react.drawn[key] = join(r.react.drawn[key], r.call(fns, undefinedValue, given, key))
	})
	inner := &renderer{machine: r.machine, instance: s.instance, depth: r.depth + 1, around: &markup.Element{}}
	inner.show(r.react.drawn[key], 0)
	return true
}

// emit calls the property that listens to an event: emit('pick') is onPick. A two-way
// binding listens to update:modelValue.
func (l drawnLife) emit(c *call, i *instance, names []string) {
	if _, template := i.where.instance.life.(vueLife); template {
		l.vueLife.emit(c, i, names)
		return
	}
	for k, n := range names {
		v := c.arg(1)
		at := l.m.here()
		v = note(v, lang.Text{ZH: "经事件 " + n + " 传给使用组件的页面", EN: "handed to the page by event " + n}, at)
		for _, name := range []string{"on" + strings.ToUpper(n[:min(1, len(n))]) + n[min(1, len(n)):], listener(n)} {
			if fn, ok := i.data.own(name); ok && runnable(fn) {
				l.m.call(fn, undefinedValue, append([]*Value{v}, c.rest(2)...), itemSite(c.site, k))
				break
			}
		}
	}
}

// listener is the property that listens to an event whose name has hyphens: onGoBack.
func listener(event string) string { return camel("on-" + event) }

// fileOf is the script that a component comes from whose type is c: a class, a function, or
// the options of a component of Vue. It is nil for what is no component.
func fileOf(c *Object) *source.File {
	if c.kind == functionObject && c.fn.fn != nil {
		return c.fn.fn.File
	}
	if c.kind != plainObject {
		return nil
	}
	for _, name := range []string{"setup", "render"} {
		fn, _ := c.own(name)
		for _, o := range orUndefined(fn).objects {
			if o.kind == functionObject && o.fn.fn != nil {
				return o.fn.fn.File
			}
		}
	}
	return nil
}
