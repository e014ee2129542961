package flow

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
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
	limits    map[Limit]bool
	losses    map[lossKey]*loss
	losing    int32                    // number of runs that lost something
	named     map[Key]map[*origin]bool // the data that have each name
	omissions []Omission
	origins   []*origin
	clouds    []string // cloud environments that the program starts with: cloud.init({ env })
}

func newLedger() ledger {
	return ledger{
		controls: map[controlKey]*controlRecord{}, calls: map[callKey]*callRecord{}, limits: map[Limit]bool{},
		losses: map[lossKey]*loss{}, named: map[Key]map[*origin]bool{},
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
	if u.View == nil || u.View.Tree == nil {
		return
	}
	markup.Walk(u.View.Tree.Nodes, func(n markup.Node) bool {
		el, ok := n.(*markup.Element)
		if ok && isControl(el, u.Components[el.Tag]) {
			c := &Control{Unit: u, View: u.View, Element: el, Using: u.Components[el.Tag], scope: &scope{view: u.View}}
			m.ledger.sequence = append(m.ledger.sequence, &controlRecord{Control: c})
		}
		return true
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
func (m *machine) recordCall(o *Object, at source.Location) *Call {
	k := callKey{at, o.path}
	r := m.ledger.calls[k]
	if r == nil {
		c := &Call{API: o.path, Location: at, Reached: true, Results: map[string]*Uses{}, Module: m.modules.byFile[at.File]}
		r = &callRecord{Call: c, origins: map[string]*origin{}}
		if i := m.frame.owner(); i != nil {
			c.Unit = i.unit
		}
		m.ledger.calls[k] = r
		m.ledger.callOrder = append(m.ledger.callOrder, r)
	}
	if m.entry != nil && m.entry.start.Unit != nil && !slices.Contains(r.Starts, m.entry.start) {
		r.Starts = append(r.Starts, m.entry.start)
	}
	return r.Call
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
	r := &Result{Omissions: m.ledger.omissions}
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

// key notes a name of collected data.
func (m *machine) key(ts []taint, kind, name string, at source.Location) {
	if isModel(at.File) {
		return
	}
	if len(ts) == 0 {
		return
	}
	k := Key{Kind: kind, Name: name, Location: at}
	named := m.ledger.named[k]
	if named == nil {
		named = map[*origin]bool{}
		m.ledger.named[k] = named
	}
	for _, t := range ts {
		o := t.origin
		o.uses.Read = true
		if len(o.uses.Keys) < maxKeys && !named[o] {
			named[o] = true
			o.uses.Keys = append(o.uses.Keys, k)
		}
	}
}

// arrive notes that the data in ts reach a sink.
func (m *machine) arrive(ts []taint, sink finding.Sink) {
	if len(ts) > 0 && (sink.Kind == finding.Network || sink.Kind == finding.Cloud) {
		m.noteSenders()
	}
	for _, t := range ts {
		o := t.origin
		if !o.news(sink) {
			continue
		}
		steps := append(t.steps(), m.calls(t)...)
		steps = append(steps, finding.Step{Message: sinkMessage(sink, t.trail.hashed()), Location: sink.Location})
		o.uses.Read = true
		o.uses.Flows = append(o.uses.Flows, finding.Flow{Sink: sink, Steps: dropRepeats(steps)})
	}
}

// news reports whether it is not known yet that o reaches sink, and notes it. Once a host
// is known, an arrival at the same call of which none was known is taken back.
func (o *origin) news(sink finding.Sink) bool {
	k := flowKey{sink.Location, sink.Kind, sink.Host}
	if o.flows[k] || sink.Host == "" && o.flows[flowKey{sink.Location, sink.Kind, anyHost}] {
		return false
	}
	if o.flows == nil {
		o.flows = map[flowKey]bool{}
	}
	o.flows[k] = true
	if sink.Host == "" {
		return true
	}
	o.flows[flowKey{sink.Location, sink.Kind, anyHost}] = true
	o.uses.Flows = slices.DeleteFunc(o.uses.Flows, func(f finding.Flow) bool {
		return f.Sink.Host == "" && f.Sink.Kind == sink.Kind && f.Sink.Location == sink.Location
	})
	return true
}

// anyHost is the host in the key of a flow that says that some host of the call is known.
const anyHost = "*"

// loseDropped loses what the objects hold for which some value had no room, unless the
// objects that it has hold the same data under the same names: another state of a store.
func (m *machine) loseDropped() {
	ts := m.allDropped()
	if len(ts) > 0 && len(m.dropped) < manyDropped {
		ts = m.onlyDropped()
	}
	slices.SortFunc(ts, func(a, b taint) int {
		return cmp.Or(cmp.Compare(a.origin.id, b.origin.id), compareLocations(a.last(), b.last()))
	})
	m.lose(ts, finding.Limit, "", source.Location{})
}

// allDropped returns the collected data to which the dropped objects lead, in any order. They
// are searched together: each may lead to nearly all that the program has.
func (m *machine) allDropped() []taint {
	objects := slices.SortedFunc(maps.Keys(m.dropped), func(a, b *Object) int { return cmp.Compare(a.id, b.id) })
	return slices.Collect(maps.Values(heldBy(objects)))
}

// onlyDropped returns those that the objects which some value keeps in their place do not
// lead to.
func (m *machine) onlyDropped() (ts []taint) {
	known := map[**Object]map[heldDatum]taint{}
	for o, values := range m.dropped {
		lost := heldBy([]*Object{o})
		if len(lost) > 0 && len(values) < maxDropped {
			everywhere := maps.Clone(lost)
			for _, kept := range values {
				if known[&kept[0]] == nil {
					known[&kept[0]] = heldBy(kept)
				}
				maps.DeleteFunc(everywhere, func(k heldDatum, _ taint) bool { _, ok := known[&kept[0]][k]; return !ok })
			}
			maps.DeleteFunc(lost, func(k heldDatum, _ taint) bool { _, ok := everywhere[k]; return ok })
		}
		for _, t := range lost {
			ts = append(ts, t)
		}
	}
	return ts
}

// compareLocations orders places by file and offset, the zero place first.
func compareLocations(a, b source.Location) int {
	path := func(l source.Location) string {
		if l.File == nil {
			return ""
		}
		return l.File.Path
	}
	return cmp.Or(cmp.Compare(path(a), path(b)), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
}

// manyDropped is for how many objects it is asked what others hold in their place: the answer
// takes a search through all that each leads to.
const manyDropped = 100

// heldDatum is a datum under a name.
type heldDatum struct {
	name   string
	origin *origin
}

// heldBy returns the collected data that some objects lead to.
func heldBy(objects []*Object) map[heldDatum]taint {
	out := map[heldDatum]taint{}
	d := digger{closures: true}
	for _, o := range objects {
		d.dig("", objectOf(o), func(name string, v *Value) {
			for _, t := range v.taints() {
				out[heldDatum{name, t.origin}] = t
			}
		})
	}
	for _, t := range d.taints {
		out[heldDatum{"", t.origin}] = t
	}
	return out
}

// lose notes that it is not known what becomes of the data in ts after they went
// into a thing, named as the source writes it; "" for a limit that they met.
func (m *machine) lose(ts []taint, what finding.LossKind, thing string, at source.Location) {
	if len(ts) == 0 {
		return
	}
	run := &m.entry.lost
	if run.run == 0 {
		m.ledger.losing++
		run.run = m.ledger.losing
	}
	for _, t := range ts {
		here := at
		if here.IsZero() {
			here = t.last()
		}
		ways := t.origin.lostBy(run.run)
		if *ways >= maxLost {
			continue
		}
		k := lossKey{t.origin, here, what}
		l := m.ledger.losses[k]
		if l == nil {
			l = &loss{order: len(m.ledger.losses), text: finding.LostInto(what, thing, here)}
			if thing == "" { // nothing in particular took it
				l.text = finding.LostNear(what, here.File.Path, here)
			}
			m.ledger.losses[k] = l
		}
		if l.run != run.run {
			l.run = run.run
			l.claims++
			*ways++
			run.ways = append(run.ways, l)
		}
	}
}

// takeBack withdraws what the last run of an entry point lost: with more
// possibilities, what it runs into may be known now.
func (m *machine) takeBack(e *entry) {
	for _, l := range e.lost.ways {
		l.claims--
	}
	e.lost = lost{}
}

// settleLosses records for each datum how it was lost.
func (m *machine) settleLosses() {
	keys := slices.SortedFunc(maps.Keys(m.ledger.losses), func(a, b lossKey) int {
		return cmp.Compare(m.ledger.losses[a].order, m.ledger.losses[b].order)
	})
	for _, k := range keys {
		if u := k.origin.uses; m.ledger.losses[k].claims > 0 && len(u.Lost) < maxLost {
			u.Lost = append(u.Lost, m.ledger.losses[k].text)
		}
	}
}

// noteSenders notes that the functions that are running send data away: what
// they give back is not what went in. If a recursive call of one is cut short (a
// request that logs in and asks again), that tells its result.
func (m *machine) noteSenders() {
	if m.senders == nil {
		m.senders = map[*ir.Func]bool{}
	}
	for f := m.frame; f != nil; f = f.caller {
		m.senders[f.fn] = true
	}
}

// calls returns the calls on the way from the last station of t to here, the
// outermost first.
func (m *machine) calls(t taint) []finding.Step {
	var out []finding.Step
	known := map[source.Location]bool{}
	for s := t.trail; s != nil; s = s.prev {
		known[s.step.Location] = true
	}
	for f := m.frame; f != nil && len(out) < maxTrail; f = f.caller {
		if f.instr == nil || f.fn == nil || f.fn.Name == "" || f.caller == nil || f.caller.instr == nil {
			continue
		}
		at := f.caller.location(f.caller.instr.Span)
		if known[at] || at.File == nil || isModel(at.File) || isModel(f.fn.File) || at.Span.Len() == 0 {
			continue
		}
		known[at] = true
		out = append(out, finding.Step{Message: callMessage(f.fn.Name), Location: at})
	}
	slices.Reverse(out)
	return out
}

// dropRepeats leaves out a step at the very place of the one before or after. The
// first and the last stay.
func dropRepeats(steps []finding.Step) []finding.Step {
	out := steps[:0]
	for i, s := range steps {
		between := i > 0 && i+1 < len(steps)
		if between && (steps[i+1].Location == s.Location || out[len(out)-1].Location == s.Location) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// sinkMessage says that a datum arrives at a sink: as it is, or only a digest of it.
func sinkMessage(s finding.Sink, hashed bool) lang.Text {
	m := arrival(s)
	if hashed {
		m.ZH += "（只是它的摘要）"
		m.EN += " (a digest of it only)"
	}
	return m
}

func arrival(s finding.Sink) lang.Text {
	switch s.Kind {
	case finding.Network:
		switch {
		case s.Host == "":
			return lang.Textf("由 %s 发送到服务器", "sent to a server by %s", s.API)
		case finding.LocalHost(s.Host):
			return lang.Text{ZH: "由 " + s.API + " 发送到开发环境 " + s.Host, EN: "sent to " + s.Host +
				", a host for development, by " + s.API}
		}
		return lang.Text{ZH: "由 " + s.API + " 发送到 " + s.Host, EN: "sent to " + s.Host + " by " + s.API}
	case finding.Cloud:
		return lang.Textf("由 %s 送到云端", "sent to the cloud by %s", s.API)
	case finding.Storage:
		return lang.Textf("由 %s 存在本机", "stored on the device by %s", s.API)
	case finding.Log:
		return lang.Textf("由 %s 写进日志", "written to the log by %s", s.API)
	case finding.Clip:
		return lang.Textf("由 %s 写入剪切板", "put on the clipboard by %s", s.API)
	case finding.Navigation:
		return lang.Textf("由 %s 带到另一页的地址里", "put into the address of another page by %s", s.API)
	}
	return lang.Textf("由 %s 交给第三方", "handed to a third party by %s", s.API)
}

func callMessage(name string) lang.Text {
	return lang.Text{ZH: "调用函数 " + name, EN: "calls function " + name}
}
