package simulator

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

// What a person does: enters values, taps, opens pages and leaves them.

// FillAndTap opens every page and, on each, fires every event once: first those of the
// controls, then the others. Pages are visited forth and back, so that each can read what
// any other left.
func (w *World) FillAndTap() {
	var routes []string
	for _, u := range w.program.Units {
		if u.Kind == project.PageUnit && u.Reachable {
			routes = append(routes, u.Path)
		}
	}
	for i := len(routes) - 1; i >= 0; i-- {
		routes = append(routes, routes[i])
	}
	for _, route := range routes {
		w.visit(route+"?id=7&type=1", "clear")
		page := w.top()
		for _, wanted := range []func(*action) bool{(*action).enters, func(a *action) bool { return !a.enters() }} {
			done := map[string]bool{}
			for range 200 {
				a := w.next(func(a *action) bool { return wanted(a) && !done[a.key()] })
				if a == nil {
					break
				}
				done[a.key()] = true
				w.perform(a)
				if w.top() != page { // it went elsewhere
					w.act()
					w.visit(route+"?id=7&type=1", "clear")
					page = w.top()
				}
			}
		}
		w.leave()
	}
}

// act does what can be done on a page that was opened by another.
func (w *World) act() {
	done := map[string]bool{}
	for range 40 {
		a := w.next(func(a *action) bool { return !done[a.key()] })
		if a == nil {
			return
		}
		done[a.key()] = true
		w.perform(a)
	}
}

// Wander does some things at random, less often what it did before.
func (w *World) Wander(steps int) {
	var routes []string
	for _, u := range w.program.Units {
		if u.Kind == project.PageUnit && u.Reachable {
			routes = append(routes, u.Path)
		}
	}
	if len(routes) == 0 {
		return
	}
	for range steps {
		if w.chance.Intn(12) == 0 || len(w.stack) == 0 {
			address, how := routes[w.chance.Intn(len(routes))], "clear"
			if links := w.links(routes); len(links) > 0 && w.chance.Intn(2) == 0 {
				address, how = links[w.chance.Intn(len(links))], "push"
			}
			w.visit(address+"?id=7", how)
			continue
		}
		var list []*action
		for _, a := range w.actions() {
			for range 1 + 6/(1+w.fired[a.key()]) {
				list = append(list, a)
			}
		}
		if len(list) == 0 {
			w.visit(routes[w.chance.Intn(len(routes))], "clear")
			continue
		}
		w.perform(list[w.chance.Intn(len(list))])
		if w.chance.Intn(15) == 0 {
			w.visit("", "back")
		}
	}
}

// links are the addresses that the <navigator>s of the page on top open above it; those of all pages, if data give one.
func (w *World) links(routes []string) (addresses []string) {
	i := w.top()
	if i == nil || i.unit.View == nil || i.unit.View.Tree == nil {
		return nil
	}
	markup.Walk(i.unit.View.Tree.Nodes, func(n markup.Node) bool {
		e, ok := n.(*markup.Element)
		if !ok || e.Tag != "navigator" {
			return true
		}
		if a := e.Attr("open-type"); a != nil {
			if how, static := markup.Static(a.Parts); !static || how != "navigate" {
				return true
			}
		}
		if a := e.Attr("url"); a != nil {
			if address, static := markup.Static(a.Parts); static {
				addresses = append(addresses, address)
			} else {
				addresses = append(addresses, routes...)
			}
		}
		return true
	})
	return addresses
}

func (w *World) top() *instance {
	if len(w.stack) == 0 {
		return nil
	}
	return w.stack[len(w.stack)-1]
}

// action is something that a person can do to an element.
type action struct {
	*node
	attr *markup.Attr // the event that is bound; nil if the value is kept in the form only
}

func (a *action) key() string {
	name := ""
	if a.attr != nil {
		name = a.attr.Name
	}
	return a.in.unit.Path + a.key2() + name
}

func (a *action) key2() string { return a.node.key }

// entering are the elements that take a value.
var entering = map[string]bool{
	"input": true, "textarea": true, "picker": true, "picker-view": true, "switch": true, "slider": true, "radio-group": true,
	"checkbox-group": true, "editor": true,
}

func (a *action) enters() bool { return entering[a.Tag] }

// pageEvents are the functions of a page that a person causes.
var pageEvents = []string{"onPullDownRefresh", "onReachBottom", "onShareAppMessage", "onTabItemTap"}

// actions lists what can be done now.
func (w *World) actions() (list []*action) {
	for _, n := range w.draw() {
		if w.off(n) {
			continue
		}
		bound := false
		for _, a := range n.Attrs {
			if a.Kind == markup.Event && w.canFire(n, a) {
				list = append(list, &action{n, a})
				bound = true
			}
		}
		model := n.Find(markup.Model, "value") != nil
		if !bound && entering[n.Tag] && (n.form != nil && n.Attr("name") != nil || model) {
			list = append(list, &action{n, nil})
		}
	}
	return list
}

func (w *World) next(wanted func(*action) bool) *action {
	for _, a := range w.actions() {
		if wanted(a) {
			return a
		}
	}
	return nil
}

// off reports whether a control cannot be used.
func (w *World) off(n *node) bool {
	a := n.Attr("disabled")
	return a != nil && (!a.HasValue || w.evaluate(n.view.File, n.names, a.Parts).ToBoolean())
}

// natural are the events that an element has by itself.
var natural = map[string]bool{"tap": true, "click": true, "longpress": true, "longtap": true, "touchstart": true, "touchend": true}

// canFire reports whether a person can cause an event of n. Those of components are
// triggered by their own code.
func (w *World) canFire(n *node, a *markup.Attr) bool {
	using := n.in.unit.Components[n.Tag]
	switch {
	case using != nil:
		return false
	case a.Name == "submit" || a.Name == "reset":
		return n.Tag == "form"
	case entering[n.Tag], natural[a.Name]:
		return true
	}
	for _, o := range w.openTypes(n) {
		if o.Event == a.Name {
			return true
		}
	}
	return a.Name == "scrolltolower" || a.Name == "load" || a.Name == "error" || a.Name == "change" || a.Name == "confirm" ||
		a.Name == "scan"
}

func (w *World) openTypes(n *node) (list []*platform.OpenType) {
	a := n.Attr("open-type")
	if a == nil {
		return nil
	}
	for name := range strings.SplitSeq(w.evaluate(n.view.File, n.names, a.Parts).String(), "|") {
		if o := platform.OpenTypeByName(strings.TrimSpace(name)); o != nil {
			list = append(list, o)
		}
	}
	return list
}

// perform does a, and lets the program do what it does then.
func (w *World) perform(a *action) {
	w.fired[a.key()]++
	w.do("drain", 20)
	switch {
	case entering[a.Tag]:
		w.enter(a)
	case a.attr == nil:
	case a.attr.Name == "submit":
		w.submit(a.node)
	case natural[a.attr.Name]:
		w.bubble(a.node, a.attr.Name)
	default:
		w.fire(a.node, a.attr, w.detail(a))
	}
	w.do("drain", 60)
}

// fresh is a text that occurs nowhere else, of the kind that hint names.
func (w *World) fresh(hint string) string {
	n := len(w.order) + 1
	var text string
	switch hint {
	case "phone":
		text = fmt.Sprintf("138%08d", 71300000+n)
	case "idcard":
		text = idNumber(n)
	case "email":
		text = fmt.Sprintf("tag%d@mail.example", 713000+n)
	case "digits":
		text = strconv.Itoa(713000 + n)
	case "location":
		text = fmt.Sprintf("31.713%04d", n)
	default:
		text = "甲" + string(rune(0x4E00+713+n/2000)) + string(rune(0x5000+n%2000))
	}
	w.order = append(w.order, text)
	return text
}

// idNumber is a number of an ID card with a right last digit (GB 11643-1999).
func idNumber(n int) string {
	body := fmt.Sprintf("11010119900307%03d", n%1000)
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[i]-'0') * weight
	}
	return body + string("10X98765432"[sum%11])
}

// hint tells what kind of value a control takes, by what it says.
func (w *World) hint(n *node) string {
	says := ""
	for _, name := range []string{"placeholder", "type", "name", "label"} {
		if a := n.Attr(name); a != nil {
			says += " " + strings.ToLower(w.evaluate(n.view.File, n.names, a.Parts).String())
		}
	}
	for _, a := range n.Attrs {
		if a.Kind == markup.Event || a.Kind == markup.Data || a.Kind == markup.Model {
			says += " " + strings.ToLower(n.view.File.Slice(a.Span))
		}
	}
	for _, k := range []struct{ kind, words string }{
		{"digits", "验证码 code"}, {"phone", "手机 电话 phone mobile tel"}, {"idcard", "身份证 idcard"}, {"email", "邮箱 mail"},
		{"digits", "number digit"},
	} {
		for word := range strings.FieldsSeq(k.words) {
			if strings.Contains(says, word) {
				return k.kind
			}
		}
	}
	return ""
}

// entered returns a fresh value for a control.
func (w *World) entered(n *node) string {
	text := w.fresh(w.hint(n))
	d := &datum{}
	for x := n; x != nil; x = x.in.host { // the control, and the components around it
		d.from = append(d.from, Place{x.view.File.Path, x.view.File.Position(x.Open.Start).Line})
	}
	w.data[text] = d
	return text
}

// enter gives a control a value and fires what it binds, in the order of the platform.
func (w *World) enter(a *action) {
	n := a.node
	detail := w.vm.NewObject()
	var v goja.Value
	switch n.Tag {
	case "input", "textarea":
		v = w.vm.ToValue(w.entered(n))
	case "picker":
		v = w.picked(n)
	case "switch":
		v = w.vm.ToValue(w.chance.Intn(4) > 0)
	case "slider":
		v = w.vm.ToValue(3)
	case "picker-view":
		v = w.vm.ToValue([]any{0, 0, 0})
	case "radio-group", "checkbox-group":
		v = w.choice(n)
	case "editor":
		v = goja.Undefined()
		text := w.entered(n)
		must(detail.Set("html", "<p>"+text+"</p>"))
		must(detail.Set("text", text))
	}
	must(detail.Set("value", v))
	must(detail.Set("cursor", 1))
	n.in.typed[n.key] = v
	for _, m := range n.Attrs {
		if m.Kind == markup.Model && len(m.Parts) == 1 && m.Parts[0].Expr != nil {
			patch := w.vm.NewObject()
			must(patch.Set(strings.TrimSpace(n.view.File.Slice(m.Parts[0].Expr.Range())), v))
			w.handle(n.in, "setData", patch)
		}
	}
	for _, name := range []string{"focus", "input", "change", "columnchange", "blur", "confirm"} {
		for _, b := range n.Attrs {
			if b.Kind == markup.Event && b.Name == name {
				w.fire(n, b, detail)
			}
		}
	}
	for _, b := range n.Attrs {
		if b.Kind == markup.Event && natural[b.Name] && a.attr == b {
			w.bubble(n, b.Name)
		}
	}
}

// picked is what a picker gives.
func (w *World) picked(n *node) goja.Value {
	mode := "selector"
	if a := n.Attr("mode"); a != nil {
		mode = w.evaluate(n.view.File, n.names, a.Parts).String()
	}
	switch mode {
	case "region":
		return w.vm.ToValue([]any{w.entered(n), w.entered(n), w.entered(n)})
	case "date":
		return w.vm.ToValue("2020-01-02")
	case "time":
		return w.vm.ToValue("08:30")
	case "multiSelector":
		return w.vm.ToValue([]any{0, 0, 0})
	}
	return w.vm.ToValue(0)
}

// choice is the value of the first item in a group.
func (w *World) choice(n *node) goja.Value {
	v := goja.Value(w.vm.ToValue(""))
	for _, other := range w.draw() {
		inside := false
		for x := other.around; x != nil; x = x.around {
			inside = inside || x.Element == n.Element
		}
		if inside && (other.Tag == "radio" || other.Tag == "checkbox") {
			if a := other.Attr("value"); a != nil {
				v = w.evaluate(other.view.File, other.names, a.Parts)
				break
			}
		}
	}
	if n.Tag == "checkbox-group" {
		return w.vm.ToValue([]any{v})
	}
	return v
}

// submit fires the submit of a form with the values of its fields: what was entered,
// else what they show.
func (w *World) submit(form *node) {
	values := w.vm.NewObject()
	for _, f := range form.fields {
		name := w.evaluate(f.view.File, f.names, f.Attr("name").Parts).String()
		v := f.in.typed[f.key]
		if v == nil && f.Attr("value") != nil {
			v = w.evaluate(f.view.File, f.names, f.Attr("value").Parts)
		}
		if kid := f.in.kids[f.key]; kid != nil && v == nil {
			if data, ok := kid.object.Get("data").(*goja.Object); ok {
				v = data.Get("value")
			}
		}
		if v == nil {
			v = w.vm.ToValue("")
		}
		must(values.Set(name, v))
	}
	detail := w.vm.NewObject()
	must(detail.Set("value", values))
	must(detail.Set("formId", "served-form-id"))
	if a := form.Find(markup.Event, "submit"); a != nil {
		w.fire(form, a, detail)
	}
}

// detail is what an event that is no entry brings.
func (w *World) detail(a *action) goja.Value {
	detail := w.vm.NewObject()
	for _, o := range w.openTypes(a.node) {
		if o.Event != a.attr.Name {
			continue
		}
		for _, y := range o.Yields {
			text := w.entered(a.node)
			w.data[text].api, w.data[text].part = "open-type "+o.Name, y.Path
			paths := []string{y.Path}
			if y.Path == "" {
				paths = o.Fields
			}
			for _, p := range paths {
				w.do("write", detail, p, text)
			}
		}
	}
	must(detail.Set("errMsg", "ok"))
	return detail
}

// bubble fires a tap on n and on what is around it.
func (w *World) bubble(n *node, name string) {
	target := n
	for ; n != nil; n = n.around {
		for _, a := range n.Attrs {
			if a.Kind == markup.Event && a.Name == name {
				w.fireFrom(n, target, a, w.vm.NewObject())
				if strings.HasPrefix(a.Raw, "catch") {
					return
				}
			}
		}
	}
	if target.Tag == "button" && target.form != nil {
		if a := target.Attr("form-type"); a != nil && w.evaluate(target.view.File, target.names, a.Parts).String() == "submit" {
			w.submit(target.form)
		}
	}
}

func (w *World) fire(n *node, a *markup.Attr, detail goja.Value) { w.fireFrom(n, n, a, detail) }

// fireFrom calls the handler that n binds, for an event of target.
func (w *World) fireFrom(n, target *node, a *markup.Attr, detail goja.Value) {
	name := w.evaluate(n.view.File, n.names, a.Parts).String()
	name, _, _ = strings.Cut(strings.TrimSpace(name), "(")
	event := w.vm.NewObject()
	must(event.Set("type", a.Name))
	must(event.Set("detail", detail))
	must(event.Set("timeStamp", 1))
	must(event.Set("touches", []any{}))
	must(event.Set("changedTouches", []any{map[string]any{"pageX": 1, "pageY": 1}}))
	must(event.Set("currentTarget", w.targetOf(n)))
	must(event.Set("target", w.targetOf(target)))
	mark := w.vm.NewObject()
	for x := n; x != nil; x = x.around {
		for _, m := range x.Attrs {
			if m.Kind == markup.Mark {
				must(mark.Set(m.Name, w.evaluate(x.view.File, x.names, m.Parts)))
			}
		}
	}
	must(event.Set("mark", mark))
	w.handle(n.in, name, event)
}

func (w *World) targetOf(n *node) *goja.Object {
	target, dataset := w.vm.NewObject(), w.vm.NewObject()
	for _, d := range n.Attrs {
		if d.Kind == markup.Data {
			must(dataset.Set(d.Name, w.evaluate(n.view.File, n.names, d.Parts)))
		}
	}
	must(target.Set("dataset", dataset))
	if id := n.Attr("id"); id != nil {
		must(target.Set("id", w.evaluate(n.view.File, n.names, id.Parts)))
	}
	return target
}

// handle calls a method of an instance.
func (w *World) handle(i *instance, name string, arg goja.Value) { w.do("handle", i.object, name, arg) }

// triggered fires an event that the code of a component triggers.
func (w *World) triggered(object *goja.Object, name string, detail goja.Value) {
	i := w.units[object]
	if i == nil || i.host == nil {
		return
	}
	if detail == nil {
		detail = goja.Undefined()
	}
	plain := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, "-", "")) }
	for _, a := range i.host.Attrs {
		if a.Kind == markup.Event && plain(a.Name) == plain(name) {
			w.fire(i.host, a, detail)
		}
	}
}

// selected returns the components in an instance that a simple selector names.
func (w *World) selected(object *goja.Object, selector string) []any {
	out := []any{}
	i := w.units[object]
	if i == nil {
		return out
	}
	if f := strings.Fields(selector); len(f) > 0 {
		selector = f[len(f)-1]
	}
	for _, kid := range i.kids {
		attr := func(name string) string {
			if a := kid.host.Attr(name); a != nil {
				return w.evaluate(kid.host.view.File, kid.host.names, a.Parts).String()
			}
			return ""
		}
		matches := kid.host.Tag == selector
		switch {
		case strings.HasPrefix(selector, "#"):
			matches = attr("id") == selector[1:]
		case strings.HasPrefix(selector, "."):
			matches = strings.Contains(" "+attr("class")+" ", " "+selector[1:]+" ")
		}
		if matches {
			out = append(out, kid.object)
		}
	}
	return out
}
