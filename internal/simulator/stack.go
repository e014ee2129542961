package simulator

import (
	"path"
	"strings"

	"github.com/beian/beian/analyzer/project"
)

// The pages that are open, one above the other.

// visit opens the page at an address, leaves the present one, or both, and returns the
// page on top; nil if there is none of that name.
func (w *World) visit(address, how string) *instance {
	if how == "back" {
		if len(w.stack) > 1 {
			w.leave()
			w.do("lifecycle", w.top().object, "onShow", []any{})
		}
		return w.top()
	}
	route, query, _ := strings.Cut(address, "?")
	if strings.HasPrefix(route, ".") && w.top() != nil {
		route = path.Join(path.Dir(w.top().unit.Path), route)
	}
	route = strings.TrimPrefix(route, "/")
	var unit *project.Unit
	for _, u := range w.program.Units {
		if u.Kind == project.PageUnit && u.Reachable && u.Path == route { // others are not registered
			unit = u
		}
	}
	if unit == nil || len(w.stack) > 8 {
		return nil
	}
	for len(w.stack) > 0 && (how == "clear" || how == "replace") {
		w.leave()
		if how == "replace" {
			break
		}
	}
	parameters := w.vm.NewObject()
	for pair := range strings.SplitSeq(query, "&") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			must(parameters.Set(name, value))
		}
	}
	i := w.start(unit, w.vm.NewObject(), nil, nil)
	if i == nil {
		return nil
	}
	w.stack = append(w.stack, i)
	w.do("later", w.vm.ToValue(func() {
		w.do("lifecycle", i.object, "onLoad", []any{parameters})
		w.do("lifecycle", i.object, "onShow", []any{})
		w.do("lifecycle", i.object, "onReady", []any{})
	}), 0)
	w.do("drain", 60)
	w.draw()
	for _, name := range pageEvents {
		if w.chance.Intn(3) == 0 {
			w.do("lifecycle", i.object, name, []any{map[string]any{}})
		}
	}
	w.do("drain", 60)
	return i
}

// leave closes the page on top.
func (w *World) leave() {
	i := w.top()
	w.stack = w.stack[:len(w.stack)-1]
	w.do("lifecycle", i.object, "onHide", []any{})
	w.do("lifecycle", i.object, "onUnload", []any{})
	w.do("drain", 20)
}
