package flow

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What a run learnt about controls and calls, kept while it goes on and put in
// order at its end.

// ledger is that record.
type ledger struct {
	controls  map[controlKey]*controlRecord
	sequence  []*controlRecord // in the order in which they were found
	calls     map[callKey]*callRecord
	callOrder []*callRecord
	limits    map[Limit]*cutOff
	losses    map[lossKey]*loss
	losing    int32                    // number of runs that lost something
	named     map[Key]map[*origin]bool // the data that have each name
	omissions []Omission
	origins   []*origin
	blind     map[string]bool // see Result.Blind
	clouds    []string        // cloud environments that the program starts with: cloud.init({ env })
}

func newLedger() ledger {
	return ledger{
		controls: map[controlKey]*controlRecord{}, calls: map[callKey]*callRecord{}, limits: map[Limit]*cutOff{},
		losses: map[lossKey]*loss{}, named: map[Key]map[*origin]bool{}, blind: map[string]bool{},
	}
}

type controlKey struct {
	instance *instance
	element  *markup.Element
	iter     int
}

type controlRecord struct {
	*Control
	origin *origin
	handed map[handedPart]*origin
}

type callKey struct {
	at   source.Location
	path string
}

type callRecord struct {
	*Call
	origins map[string]*origin
}

// shelve records the controls of a unit that nothing reaches.
func (m *machine) shelve(u *project.Unit) {
	markup.WalkElements(u.View.Nodes(), func(el *markup.Element) {
		if isControl(el, u.Components[el.Tag]) {
			c := &Control{Unit: u, View: u.View, Element: el, Using: u.Components[el.Tag], scope: &scope{view: u.View}}
			m.ledger.sequence = append(m.ledger.sequence, &controlRecord{Control: c})
		}
	})
}

// recordControl returns the record of a control in the place of s.
func (m *machine) recordControl(s *scope, el *markup.Element, u *project.Using) *controlRecord {
	k := controlKey{s.instance, el, s.iter}
	r := m.ledger.controls[k]
	if r == nil {
		c := &Control{Unit: s.owner(), View: s.view, Element: el, Using: u, Hosts: s.hosts, Rendered: true, scope: s}
		if s.instance.page != nil {
			c.Page = s.instance.page.unit
		}
		r = &controlRecord{Control: c, origin: m.origin(&c.Uses, finding.Step{
			Message:  sourceMessage(el),
			Location: source.Location{File: s.view.File, Span: el.Open},
		})}
		r.origin.picks = platform.Offers(el.Tag)
		r.origin.picture = el.Tag == "camera"
		m.ledger.controls[k] = r
		m.ledger.sequence = append(m.ledger.sequence, r)
		m.bindings(c, s)
	}
	r.scope = s
	return r
}

// takenBy is what the elements of a page that are named tag take; nil if there are none.
func (m *machine) takenBy(tag string, page *instance) (v *Value) {
	for _, r := range m.ledger.sequence {
		if page != nil && r.Element.Tag == tag && r.Page == page.unit && r.origin != nil {
			v = join(v, r.origin.value())
		}
	}
	return v
}

// handedOrigin returns the datum at a path of what the platform hands over for an
// open-type of a control.
func (m *machine) handedOrigin(r *controlRecord, openType, path string) *origin {
	k := handedPart{openType, path}
	if o := r.handed[k]; o != nil {
		return o
	}
	if r.handed == nil {
		r.handed, r.Control.handed = map[handedPart]*origin{}, map[handedPart]*Uses{}
	}
	u := &Uses{}
	r.Control.handed[k] = u
	r.handed[k] = m.origin(u, r.origin.start)
	return r.handed[k]
}

// sourceMessage says how a person hands a datum over at el.
func sourceMessage(el *markup.Element) lang.Text {
	switch {
	case el.Attr("open-type") != nil:
		return lang.Text{ZH: "用户点按这里提供", EN: "handed over by the person who taps here"}
	case platform.Offers(el.Tag):
		return lang.Text{ZH: "用户在这里选择", EN: "chosen here by the person"}
	}
	return lang.Text{ZH: "用户在这里填写", EN: "entered here by the person"}
}

func (m *machine) origin(u *Uses, start finding.Step) *origin {
	o := &origin{id: len(m.ledger.origins) + 1, uses: u, start: start}
	m.ledger.origins = append(m.ledger.origins, o)
	return o
}

// environments tells of each collection of a cloud database, of which only the name is
// known, the environment that it is in, if the program starts with but one.
func (l *ledger) environments() {
	if len(l.clouds) != 1 {
		return
	}
	for _, o := range l.origins {
		for i := range o.uses.Flows {
			s := &o.uses.Flows[i].Sink
			if _, collection, ok := strings.Cut(s.API, " "); ok && s.Kind == finding.Cloud && !strings.Contains(collection,
				environmentMark) {
				s.API += environmentMark + l.clouds[0]
			}
		}
	}
}

// environmentMark stands between a collection and the environment it is in: users@prod.
const environmentMark = "@"

// bindings fills what a control binds.
func (m *machine) bindings(c *Control, s *scope) {
	for _, a := range c.Element.Attrs {
		switch a.Kind {
		case markup.Model:
			for _, p := range a.Parts {
				if p.Expr != nil {
					c.Models = append(c.Models, s.view.File.Slice(p.Expr.Range()))
				}
			}
		case markup.Event:
			c.Handlers = append(c.Handlers, s.instance.life.handlers(s, a)...)
		}
	}
}

// recordCall returns the record of a call of an API.
func (m *machine) recordCall(o *Object, at source.Location) *Call { return m.recordNamed(o.path, at) }

// recordNamed is recordCall for a function that is known by its name alone.
func (m *machine) recordNamed(name string, at source.Location) *Call {
	k := callKey{at, name}
	r := m.ledger.calls[k]
	if r == nil {
		c := &Call{API: name, Location: at, Reached: true, Results: map[string]*Uses{}, Module: m.modules.byFile[at.File]}
		r = &callRecord{Call: c, origins: map[string]*origin{}}
		if i := m.frame.owner(); i != nil {
			c.Unit = i.unit
		}
		m.ledger.calls[k] = r
		m.ledger.callOrder = append(m.ledger.callOrder, r)
	}
	if page := m.pageAtWork(); page != nil && !slices.Contains(r.Pages, page) {
		r.Pages = append(r.Pages, page)
	}
	if m.entry != nil && m.entry.start.Unit != nil && !slices.Contains(r.Starts, m.entry.start) {
		r.Starts = append(r.Starts, m.entry.start)
	}
	return r.Call
}

// pageAtWork is the page for which code runs now; nil for none, as in a component that no
// page is seen to show.
func (m *machine) pageAtWork() *project.Unit {
	i := m.frame.owner()
	if i == nil || i.page == nil || i.page.unit == nil || i.page.unit.Kind != project.PageUnit {
		return nil
	}
	return i.page.unit
}

// asker is the place in the script of the page or component at work from which the present
// call comes, zero if there is none.
func (m *machine) asker() source.Location {
	i := m.frame.owner()
	if i == nil || i.unit == nil || i.unit.Script == nil {
		return source.Location{}
	}
	for f := m.frame; f != nil; f = f.caller {
		if f.instr != nil && f.fn != nil && f.fn.File == i.unit.Script.File {
			return f.location(f.instr.Span)
		}
	}
	return source.Location{}
}

// resultOrigin returns the datum at a path of the result of a call of o.
func (m *machine) resultOrigin(c *Call, path string, o *Object) *origin {
	return m.callOrigin(c, path, lang.Text{ZH: o.apiName() + " 交出数据", EN: o.apiName() + " hands it over"})
}

// callOrigin returns the datum that Call.Results has under a path, with what a report
// says of its start.
func (m *machine) callOrigin(c *Call, path string, start lang.Text) *origin {
	r := m.ledger.calls[callKey{c.Location, c.API}]
	if org := r.origins[path]; org != nil {
		return org
	}
	u := &Uses{}
	c.Results[path] = u
	org := m.origin(u, finding.Step{Message: start, Location: c.Location})
	if a := platform.APIByName(c.API); a != nil {
		org.picture = slices.ContainsFunc(a.Yields, func(y platform.Yield) bool {
			return y.Category == finding.Media || y.Category == finding.Camera
		})
	}
	r.origins[path] = org
	return org
}

// result puts what was learnt in order.
func (m *machine) result() *Result {
	r := &Result{Omissions: m.ledger.omissions, Blind: m.ledger.blind}
	m.ledger.environments()
	m.loseInOpen()
	m.loseDropped()
	m.settleLosses()
	r.Costs, r.Entries = m.costing.listed(), m.costing.entries
	r.Ran = make(map[source.Location]bool, len(r.Costs))
	for _, c := range r.Costs {
		if c.Runs > 0 {
			r.Ran[c.Function] = true
		}
	}
	if len(r.Omissions) == 0 {
		m.unmade(r.Ran)
	}
	for _, c := range m.ledger.sequence {
		if c.Rendered && c.Hidden == nil && len(r.Omissions) == 0 {
			if c.Hidden = m.closedAround(c.Element); c.Hidden == nil {
				c.Hidden, c.OnlyIf = m.decided(c.Control)
			}
			if c.OnlyIf == nil && c.scope.env != nil {
				c.OnlyIf = m.givenAround(c.scope.owner(), c.Element)
			}
		}
		r.Controls = append(r.Controls, c.Control)
	}
	slices.SortStableFunc(r.Controls, func(a, b *Control) int {
		return cmp.Or(cmp.Compare(a.View.File.Path, b.View.File.Path), cmp.Compare(a.Element.Start, b.Element.Start))
	})
	for _, c := range m.ledger.callOrder {
		r.Calls = append(r.Calls, c.Call)
	}
	r.Calls = append(r.Calls, m.unreached()...)
	slices.SortStableFunc(r.Calls, func(a, b *Call) int {
		return cmp.Or(cmp.Compare(a.Location.File.Path, b.Location.File.Path), cmp.Compare(a.Location.Span.Start, b.Location.Span.Start),
			cmp.Compare(a.API, b.API))
	})
	r.Unnamed = m.nameless()
	r.Keypads = m.keypads()
	m.strangers(r)
	for l := range m.ledger.limits {
		r.Limits = append(r.Limits, l)
	}
	r.Held = m.held()
	if len(r.Limits) > 0 {
		r.Undrawn = m.undrawn()
	}
	slices.SortFunc(r.Limits, func(a, b Limit) int {
		return cmp.Or(cmp.Compare(a.Path(), b.Path()), cmp.Compare(a.What, b.What), cmp.Compare(a.onPage(), b.onPage()))
	})
	return r
}

// omit records that a piece of path was left out: once, however often it is run.
func (l *ledger) omit(path string, e *bug.Error) {
	for _, o := range l.omissions {
		if o.Path == path && o.Bug.Omission() == e.Omission() {
			return
		}
	}
	l.omissions = append(l.omissions, Omission{path, e})
}

// unreached finds the calls of APIs with personal information in code that no
// entry point runs: only those spelled out, such as wx.chooseAddress().
func (m *machine) unreached() []*Call {
	globals := map[string]string{}
	for _, g := range platform.Globals() {
		globals[g.Name] = g.Prefix
	}
	known := map[source.Location]bool{}
	for _, c := range m.ledger.callOrder {
		known[c.Location] = true
	}
	var out []*Call
	for _, mod := range m.program.Modules {
		if mod.Tree == nil {
			continue
		}
		script.Walk(mod.Tree, func(n script.Node) bool {
			call, ok := n.(*script.Call)
			if !ok {
				return true
			}
			dot, ok := call.Fn.(*script.Dot)
			if !ok {
				return true
			}
			id, ok := dot.X.(*script.Ident)
			if !ok || id.Symbol != nil {
				return true
			}
			prefix, ok := globals[id.Name]
			if !ok {
				return true
			}
			at := source.Location{File: mod.File, Span: dot.Span}
			if api := platform.APIByName(prefix + dot.Name); api != nil && len(api.Yields) > 0 && !known[at] {
				out = append(out, &Call{API: api.Name, Location: at, Module: mod, Results: map[string]*Uses{}})
			}
			return true
		})
	}
	return out
}
