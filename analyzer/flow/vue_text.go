package flow

import (
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
)

// What a template only shows: {{ left }}, :class="{ bad: tooLong }", v-if="ready()". The
// functions behind it run each time that the view is drawn, as any other: they may keep what
// they see, and one that was not run could do anything with it.

// shows runs the functions that the texts in e and its attributes ask.
func (l vueLife) shows(r *renderer, s *scope, e *markup.Element) {
	for _, a := range e.Attrs {
		shown := a.Kind == markup.Plain && a.Name != "ref" || a.Kind == markup.Directive && a.Name != "for"
		if shown {
			r.ask(s, a, a.Parts)
		}
	}
	for _, n := range e.Children {
		if t, ok := n.(*markup.Text); ok {
			r.ask(s, t, t.Parts)
		}
	}
}

// ask evaluates parts, for what the functions in them do; site names them. Their work in a program is bounded (limits.texts):
// an almanac computes each of its rows, and does nothing else.
func (r *renderer) ask(s *scope, site any, parts []markup.Part) {
	for _, p := range parts {
		if p.Expr != nil && asksFunction(s.instance, p.Expr) {
			if r.vue.texts < r.limits.texts {
				before := r.cost()
				r.entryPoint(s.instance, site, s.iter, func() { s.valueOf(r.machine, s.view.File, parts) })
				r.vue.texts += r.cost() - before
			}
			return
		}
	}
}

// asksFunction reports whether x calls a function, or reads what a function of i computes.
func asksFunction(i *instance, x script.Expr) (found bool) {
	script.Walk(x, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Call:
			found = true
		case *script.Ident:
			found = found || i.object.getters[n.Name] != nil
		}
		return !found
	})
	return found
}
