package flow

import (
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// life is the behaviour of a kind of component: native (page_native.go), Vue and its
// kin (vue.go), or React (react.go). The three differ only here. An instance keeps its
// life.
type life interface {
	// exported is the definition in a class or function that the script of u
	// exports, for an instance in a context.
	exported(u *project.Unit, class *Object, in *context) *Value
	// shape prepares an instance before any of its code runs.
	shape(i *instance)
	// build fills an instance with what its definition says.
	build(i *instance)
	// option takes one option of a definition; depth counts mixins inside each other.
	option(i *instance, name string, v *Value, depth int)

	// prepare runs what makes the data that the view shows, as a setup does.
	prepare(i *instance)
	// start runs the lifecycle, each function as an entry point.
	start(i *instance)
	// render shows the view, which is inside hosts; depth counts components inside
	// each other.
	render(i *instance, hosts []*Host, depth int)

	// repeat shows e for each item of its list; it reports false if e has none.
	repeat(r *renderer, s *scope, e *markup.Element) bool
	// fillable reports whether a <template> is used elsewhere. If not, it only
	// groups its content.
	fillable(e *markup.Element) bool
	// given adds to e what an object gives it at run time.
	given(s *scope, e *markup.Element)
	// inside are the scopes in which e is shown if it fills a slot whose component passes it
	// values, one for each time that the slot is shown; nil if s is all.
	inside(r *renderer, s *scope, e *markup.Element) []*scope
	// within are the scopes of what is in e, likewise, if e says so itself and became kid.
	within(r *renderer, s *scope, e *markup.Element, kid *instance) []*scope
	// shown tells the script about e, or of the component that it became.
	shown(r *renderer, s *scope, e *markup.Element)
	// enough reports whether a further use of component u by e shows nothing new.
	enough(s *scope, e *markup.Element, u *project.Unit) bool
	// passed is called after attribute a passed the property name to kid.
	passed(r *renderer, s *scope, a *markup.Attr, kid *instance, name string)

	// name is what a name in the view means.
	name(i *instance, name string) *Value
	// event makes the arguments of handlers from an event of e that brings
	// detail.
	event(s *scope, ev *Value, e *markup.Element, detail *Value) []*Value
	// respond runs the handlers that a names.
	respond(s *scope, a *markup.Attr, args []*Value)
	// draws shows what the tag of e stands for if it names a function of the script that
	// returns elements, and reports whether it does.
	draws(r *renderer, s *scope, e *markup.Element) bool
	// handlers describes them.
	handlers(s *scope, a *markup.Attr) []Handler
	// emit tells the user of i of events that it emits itself.
	emit(c *call, i *instance, names []string)
}

// lifeOf returns the life of instances of u.
func (m *machine) lifeOf(u *project.Unit) life {
	switch {
	case u.Single, u.Kind == project.AppUnit && m.program.Framework == "taro" && drawsWithVue(u):
		return vueLife{nativeLife{m}}
	case u.Scripted && drawsWithVue(u):
		return drawnLife{vueLife{nativeLife{m}}}
	case u.Scripted:
		return reactLife{nativeLife{m}}
	}
	return nativeLife{m}
}

// start runs the lifecycle of i, build makes i from its definition.
func (m *machine) start(i *instance) { m.attempt(i.path(), func() { i.life.start(i) }) }

func (m *machine) build(i *instance) {
	m.attempt(i.path(), func() { i.life.build(i) })
	if i.stranger != "" {
		m.within(m.rootFrame(i, i.context), func() { m.giving(i.stranger, source.Location{}).instance(i, 0) })
	}
}

// path is that of the unit of i.
func (i *instance) path() string {
	if i.unit == nil {
		return ""
	}
	return i.unit.Path
}
