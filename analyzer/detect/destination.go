package detect

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What is known about the destination of a finding's value. The flow engine says which
// sinks it reaches and where it was lost. The value "stays" only if nothing around it
// was left out either: no file is missing, no script unread, no limit hit, and every
// function that names it was run.

// destinations knows the code around the findings of a program.
type destinations struct {
	program *project.Program
	flow    *flow.Result
	unread  map[string]project.Unread // parts of the program that could hide something, by path
	around  map[*project.Unit]*surroundings
	hands   map[*project.Unit]bool        // whether a unit hands values on, of those that were asked
	all     *surroundings                 // the whole program; nil before it is asked for
	others  func() []finding.Loss         // strangers, found once
	uses    map[source.Location][]*values // what became of the values of controls and calls, by place
	pages   map[string]*project.Unit
	owners  map[*source.File][]*project.Unit  // units by their template and script
	users   map[*project.Unit][]*project.Unit // components and pages by what they use
	shown   map[*project.Unit][]*project.Unit // pages by what was seen to be shown on them
	readers *readers
	hosts   hosts
}

// surroundings is the code that the values of one unit can reach by itself: the
// components in it and around it, the app, and all modules that these import.
type surroundings struct {
	units   []*project.Unit
	modules []*project.Module
	gaps    []finding.Loss  // what is left out there
	limits  []finding.Loss  // limits hit there, but for those of the app
	near    []*project.Unit // the units around, of which a limit concerns the values
}

// values is one collected value with the names under which the page keeps it.
type values struct {
	uses  *flow.Uses
	names []string
	unrun bool // nothing runs the call that collects it
}

func newDestinations(p *project.Program, r *flow.Result) *destinations {
	d := &destinations{
		program: p, flow: r, unread: map[string]project.Unread{}, around: map[*project.Unit]*surroundings{},
		hands: map[*project.Unit]bool{},
		uses:  map[source.Location][]*values{}, pages: map[string]*project.Unit{},
		owners: map[*source.File][]*project.Unit{}, users: map[*project.Unit][]*project.Unit{}, shown: map[*project.Unit][]*project.Unit{},
	}
	d.hosts = newHosts(p)
	d.others = sync.OnceValue(d.strangers)
	d.index()
	for _, c := range r.Controls {
		names := c.Models
		if a := c.Element.Attr("name"); a != nil && c.Form != nil {
			for _, t := range c.Texts(a.Parts) {
				names = append(names, t.String)
			}
		}
		if c.Page != nil && !slices.Contains(d.shown[c.Unit], c.Page) {
			d.shown[c.Unit] = append(d.shown[c.Unit], c.Page)
		}
		for _, uses := range c.AllUses() {
			v := &values{uses: uses, names: names}
			d.add(source.Location{File: c.View.File, Span: c.Element.Open}, v)
			for _, h := range c.Hosts {
				d.add(source.Location{File: h.View.File, Span: h.Element.Open}, v)
			}
		}
	}
	for _, c := range r.Calls {
		for _, u := range c.Results {
			d.add(c.Location, &values{uses: u, unrun: !c.Reached})
		}
	}
	return d
}

// index says what of the program is unread, which files a unit has and which use it.
func (d *destinations) index() {
	missing := map[source.Location]bool{} // told by those who name it
	for _, m := range d.program.Modules {
		for _, gone := range m.Missing {
			missing[gone.Location] = true
		}
	}
	for _, u := range d.program.Units {
		for _, gone := range u.Missing {
			missing[gone.Location] = true
		}
		if u.Kind == project.PageUnit {
			d.pages[u.Path] = u
		}
		if u.View != nil {
			d.owners[u.View.File] = append(d.owners[u.View.File], u)
		}
		if u.Script != nil && (u.View == nil || u.View.File != u.Script.File) {
			d.owners[u.Script.File] = append(d.owners[u.Script.File], u)
		}
		for tag, using := range u.Components {
			if using.Unit != nil && (u.Kind == project.ComponentUnit || shows(u, tag)) {
				d.users[using.Unit] = append(d.users[using.Unit], u)
			}
		}
	}
	for _, u := range d.program.Unread {
		if _, known := d.unread[u.Path]; u.Hides && !known && !missing[u.Location] {
			d.unread[u.Path] = u
		}
	}
}

func (d *destinations) add(at source.Location, v *values) { d.uses[at] = append(d.uses[at], v) }

// settle says what is known about the destination of the value of f. The detector has
// put the paths that the flow engine lost into the reasons.
func (d *destinations) settle(f *finding.Finding) {
	if !f.Kind.Collects() {
		return
	}
	f.Flows = slices.Clone(f.Flows)
	for i := range f.Flows {
		switch s := &f.Flows[i].Sink; {
		case s.Kind != finding.Network || s.Reason.What != "":
		case s.Host == "":
			s.Reason = d.hosts.reason(*s)
		default:
			s.Reason = d.hosts.beside(*s)
		}
	}
	lost := f.Destination.Reasons
	unrun := !f.Reachable || slices.ContainsFunc(d.uses[f.Location], func(v *values) bool { return v.unrun })
	if unrun && len(f.Flows) == 0 && len(lost) == 0 {
		lost = []finding.Loss{{What: finding.NotRun, Text: unreached, Location: f.Location}}
	}
	if f.Hidden != nil && len(f.Flows) == 0 && len(lost) == 0 {
		lost = []finding.Loss{{What: finding.NotRun, Text: f.Hidden.Reason, Location: f.Hidden.Location}}
	}
	for _, u := range d.unitsOf(f) {
		s := d.surroundings(u)
		lost = union(lost, s.limits)
		if !leaves(f) {
			lost = union(lost, s.gaps)
		}
	}
	if len(lost) == 0 && !leaves(f) && len(d.owners[f.Location.File]) == 0 {
		lost = d.behind(f.Location.File)
	}
	if len(lost) == 0 && !leaves(f) && d.shared(f) {
		lost = d.everything().gaps
	}
	if len(lost) == 0 && !leaves(f) {
		lost = d.unrunReaders(f)
	}
	if len(lost) == 0 && !leaves(f) {
		lost = d.others()
	}
	f.Bounded = slices.ContainsFunc(lost, func(l finding.Loss) bool { return l.What == finding.Limit })
	f.Destination = finding.DestinationOf(f.Flows, lost[:min(len(lost), maxReasons)])
}

// strangers are code that nobody read and that can change every page, the app and what is
// stored, and with it whether a value is sent that nobody saw leave: what the program calls
// and is not in it, scripts that were not read to their end and ask for other pages, pages
// that are not there, and of uni-app the script that makes the app and its plug-ins.
func (d *destinations) strangers() (lost []finding.Loss) {
	if s := d.flow.Stranger; s.Name != "" {
		lost = append(lost, finding.LostNear(finding.Unresolved, s.Name, s.Location))
	}
	for _, m := range d.program.Modules {
		broken := m.Own() && slices.ContainsFunc(d.program.Unread, func(u project.Unread) bool { return u.Path == m.File.Path })
		if broken && strings.Contains(m.File.Text, "getCurrentPages") {
			lost = append(lost, finding.LostNear(finding.Unparsed, m.File.Path, source.Location{File: m.File}))
		}
	}
	for _, u := range d.program.Units {
		if u.Kind == project.PageUnit && u.Registered && u.Script == nil && u.View == nil {
			lost = append(lost, finding.LostNear(finding.NoScript, u.Path, beginning(u)))
		}
	}
	if d.program.Framework == "uni-app" && d.program.Entry == nil {
		lost = append(lost, finding.LostNear(finding.NoScript, "main", source.Location{}))
	}
	return lost
}

// shared reports whether others can get the value of f: from storage, an address, or as a
// script looks at it and can hand it on, by a module that both import, an event, the app,
// the page that opened this one. Then it matters what is left out anywhere.
func (d *destinations) shared(f *finding.Finding) bool {
	if slices.ContainsFunc(f.Flows, func(w finding.Flow) bool {
		return w.Sink.Kind == finding.Storage ||
			w.Sink.Kind == finding.Navigation
	}) {
		return true
	}
	if !slices.ContainsFunc(d.uses[f.Location], func(v *values) bool { return v.uses.Read }) {
		return false
	}
	for _, u := range d.unitsOf(f) {
		if slices.ContainsFunc(d.surroundings(u).units, d.handsOn) {
			return true
		}
	}
	return false
}

// behind returns what is left out of a script of no page, such as that of a cloud function,
// and of what it imports.
func (d *destinations) behind(f *source.File) []finding.Loss {
	s := &surroundings{}
	for _, m := range d.program.Modules {
		if m.File == f {
			s.module(m)
		}
	}
	for i := 0; i < len(s.modules); i++ {
		for _, imported := range s.modules[i].Imports {
			s.module(imported.Module)
		}
	}
	d.findGaps(s)
	return s.gaps
}

// passages are what a script writes that hands values to other pages and components.
var passages = newNames(`\b`,
	[]string{"getApp", "globalData", "getOpenerEventChannel", "eventChannel", "getCurrentPages", "triggerEvent"},
	[]string{"emit", "store", "bus", "parent", "root", "broadcast"})

// names are names of which a text may have one. Most texts have none, and to look for each
// by itself costs far less than the expression.
type names struct {
	all  []string
	form *regexp.Regexp
}

// newNames returns names that stand alone, or that have $ before them; end is what follows.
func newNames(end string, alone, dollar []string) names {
	n := names{all: slices.Clone(alone)}
	form := `\b(?:` + strings.Join(alone, "|") + `)` + end
	if len(dollar) > 0 {
		form += `|\$(?:` + strings.Join(dollar, "|") + `)` + end
	}
	for _, name := range dollar {
		n.all = append(n.all, "$"+name)
	}
	n.form = regexp.MustCompile(form)
	return n
}

func (n names) in(text string) bool {
	return slices.ContainsFunc(n.all, func(name string) bool { return strings.Contains(text, name) }) && n.form.MatchString(text)
}

// handsOn reports whether the script of u can hand values to other pages and components.
func (d *destinations) handsOn(u *project.Unit) bool {
	is, asked := d.hands[u]
	if !asked {
		is = handsOn(u)
		d.hands[u] = is
	}
	return is
}

func handsOn(u *project.Unit) bool {
	if u.Kind == project.AppUnit || u.Script == nil || u.Script.File == nil {
		return false
	}
	return slices.ContainsFunc(u.Script.Imports, func(i *project.Import) bool { return i.Module != nil && i.Module.Library == "" }) ||
		passages.in(u.Script.File.Text)
}

// takesIn reports whether the script of u can get what others have: from storage, the
// address of its page, or those that hand values on.
func (d *destinations) takesIn(u *project.Unit) bool {
	return d.handsOn(u) || u.Script != nil && u.Script.File != nil && received.in(u.Script.File.Text)
}

// received are the ways in which a script gets what others stored or put into an address.
var received = newNames("", []string{"getStorage", "onLoad", "useLoad", "useRouter"}, nil)

// everything is the whole program as far as its pages reach it.
func (d *destinations) everything() *surroundings {
	if d.all != nil {
		return d.all
	}
	d.all = &surroundings{}
	for _, u := range d.program.Units {
		if u.Own() {
			d.all.unit(u)
		}
	}
	for _, m := range d.program.Modules {
		if m.Own() {
			d.all.module(m)
		}
	}
	d.findGaps(d.all)
	d.all.gaps = union(d.all.gaps, d.limitsOf(slices.DeleteFunc(slices.Clone(d.all.units),
		func(u *project.Unit) bool { return !d.takesIn(u) })))
	return d.all
}

// unreached says why the destination of a value that no page collects is not
// known.
var unreached = lang.Both("没有页面可以到达，没有跟踪", "no page reaches it, so it was not followed")

// maxReasons bounds the reasons that a finding keeps.
var maxReasons = 16

func leaves(f *finding.Finding) bool {
	return slices.ContainsFunc(f.Flows, func(w finding.Flow) bool { return w.Sink.Kind.Leaves() })
}

// unitsOf returns the page that f belongs to and the units whose files hold it.
func (d *destinations) unitsOf(f *finding.Finding) []*project.Unit {
	list := slices.Clip(d.owners[f.Location.File])
	if page := d.pages[f.Page]; page != nil && !slices.Contains(list, page) {
		list = append(list, page)
	}
	return list
}

// surroundings returns the code around u.
func (d *destinations) surroundings(u *project.Unit) *surroundings {
	if s := d.around[u]; s != nil {
		return s
	}
	s := &surroundings{}
	d.around[u] = s
	s.unit(u)
	for i := 0; i < len(s.units); i++ { // components in it, and units that use it
		for _, tag := range slices.Sorted(maps.Keys(s.units[i].Components)) {
			if shows(s.units[i], tag) {
				s.unit(s.units[i].Components[tag].Unit)
			}
		}
		for _, user := range d.users[s.units[i]] {
			if user.Kind == project.ComponentUnit {
				s.unit(user)
			}
		}
	}
	s.near = slices.Clone(s.units)
	s.limits = d.limitsIf(func(l flow.Limit) bool { return d.concerns(l, u, s.near) })
	for _, other := range d.program.Units {
		if other.Kind == project.AppUnit {
			s.unit(other)
		}
	}
	s.module(d.program.Entry)
	for _, m := range d.program.Mounts {
		s.module(m)
	}
	for i := 0; i < len(s.modules); i++ {
		for _, imported := range s.modules[i].Imports {
			s.module(imported.Module)
		}
	}
	d.findGaps(s)
	if noScript(u) {
		s.gaps = union(s.gaps, []finding.Loss{finding.LostNear(finding.NoScript, u.Path, beginning(u))})
	}
	return s
}

// shows reports whether the template of u may have an element of this tag: the
// components of the app are known to every page.
func shows(u *project.Unit, tag string) bool {
	v := u.View
	return v == nil || v.File == nil || len(v.Imports)+len(v.Includes) > 0 || strings.Contains(v.File.Text, "<"+tag)
}

func (s *surroundings) unit(u *project.Unit) {
	if u != nil && u.Library == "" && !slices.Contains(s.units, u) {
		s.units = append(s.units, u)
		s.module(u.Script)
	}
}

func (s *surroundings) module(m *project.Module) {
	if m != nil && m.Library == "" && !slices.Contains(s.modules, m) {
		s.modules = append(s.modules, m)
	}
}

// concerns reports whether a limit of a unit concerns values collected in u, a page or a component
// that stands around others: one that the pages that show u, and what is on them, ran into.
// What is on another page cannot hold the values, unless they come there (shared).
func (d *destinations) concerns(l flow.Limit, u *project.Unit, around []*project.Unit) bool {
	return l.Unit == u || l.Page == nil && slices.Contains(around, l.Unit) || slices.Contains(d.pagesOf(u), l.Page)
}

// limitsOf returns the limits that units, or what is on them, ran into.
func (d *destinations) limitsOf(units []*project.Unit) []finding.Loss {
	return d.limitsIf(func(l flow.Limit) bool { return slices.Contains(units, l.Unit) || slices.Contains(units, l.Page) })
}

// limitsIf returns the limits of units for which concerns holds. A limit of the whole program
// concerns all units.
func (d *destinations) limitsIf(concerns func(flow.Limit) bool) (lost []finding.Loss) {
	for _, l := range d.flow.Limits {
		switch {
		case l.Unit == nil:
			lost = union(lost, []finding.Loss{finding.LostNear(finding.Limit, cmp.Or(d.program.Name, d.program.Source), source.Location{})})
		case concerns(l):
			lost = union(lost, []finding.Loss{finding.LostNear(finding.Limit, l.Unit.Path, beginning(l.Unit))})
		}
	}
	return lost
}

// pagesOf returns the pages that may show u: u itself, or those that use it, or that use
// what uses it.
func (d *destinations) pagesOf(u *project.Unit) (pages []*project.Unit) {
	units := []*project.Unit{u}
	for i := 0; i < len(units); i++ {
		if units[i].Kind != project.ComponentUnit {
			pages = append(pages, units[i])
		}
		for _, user := range slices.Concat(d.users[units[i]], d.shown[units[i]]) {
			if !slices.Contains(units, user) {
				units = append(units, user)
			}
		}
	}
	return pages
}

// beginning is the first place of a unit.
func beginning(u *project.Unit) source.Location {
	switch {
	case u.Script != nil && u.Script.File != nil:
		return source.Location{File: u.Script.File}
	case u.View != nil && u.View.File != nil:
		return source.Location{File: u.View.File}
	}
	return source.Location{}
}

func noScript(u *project.Unit) bool { return u.Script == nil && !u.Single && !u.Scripted }

// findGaps finds what is left out in the surroundings s.
func (d *destinations) findGaps(s *surroundings) {
	lose := func(l finding.Loss) { s.gaps = union(s.gaps, []finding.Loss{l}) }
	unread := func(f *source.File) {
		if part, ok := d.unread[f.Path]; ok {
			at := part.Location
			if at.IsZero() {
				at = source.Location{File: f}
			}
			lose(finding.LostNear(finding.Unparsed, f.Path, at))
		}
	}
	for _, m := range s.modules {
		if m.File == nil {
			continue
		}
		if m.Compressed && m.Tree != nil {
			lose(finding.LostNear(finding.NotRun, m.File.Path, source.Location{File: m.File}))
		} else {
			unread(m.File)
		}
		for i := range m.Missing {
			if missing := &m.Missing[i]; missing.Own && missing.Hides() {
				lose(finding.LostNear(finding.Unresolved, missing.Spec, missing.Location))
			}
		}
	}
	for _, unit := range s.units {
		switch {
		case unit.Kind == project.ComponentUnit:
		case noScript(unit):
			lose(finding.LostNear(finding.NoScript, unit.Path, beginning(unit)))
		case unit.Kind == project.PageUnit && unit.View == nil && unit.Script != nil && !unit.Scripted: // no event of its runs
			lose(finding.LostNear(finding.NotRun, unit.Path, beginning(unit)))
		}
		if unit.View != nil && unit.View.File != nil {
			unread(unit.View.File)
			for _, l := range unparsed(unit.View) {
				lose(l)
			}
		}
		for _, o := range d.flow.Omissions {
			if o.Path == unit.Path || unit.Script != nil && o.Path == unit.Script.File.Path {
				lose(finding.LostNear(finding.NotRun, o.Path, beginning(unit)))
			}
		}
	}
	for _, l := range d.flow.Limits {
		if inApp(l) {
			lose(finding.LostNear(finding.Limit, l.Unit.Path, beginning(l.Unit)))
		}
	}
}

// inApp reports whether a limit was hit in the app, or in what it shows on every page.
func inApp(l flow.Limit) bool {
	return l.Unit != nil && (l.Unit.Kind == project.AppUnit || l.Page != nil && l.Page.Kind == project.AppUnit)
}

// unparsed returns the handlers and bindings of a template whose expression could not
// be parsed.
func unparsed(v *project.View) (lost []finding.Loss) {
	if v.Tree == nil || len(v.Tree.Errors) == 0 {
		return nil
	}
	markup.WalkElements(v.Nodes(), func(e *markup.Element) {
		for _, a := range e.Attrs {
			bad := slices.ContainsFunc(v.Tree.Errors, func(err script.Error) bool { return a.ValueSpan.Contains(err.Span) })
			if bad && (a.Kind == markup.Event || a.Kind == markup.Model) {
				at := source.Location{File: v.File, Span: a.Span}
				lost = append(lost, finding.LostNear(finding.Unparsed, v.File.Slice(a.ValueSpan), at))
			}
		}
	})
	return lost
}

// union is the reasons in a, and those in b that a does not have.
func union(a, b []finding.Loss) []finding.Loss {
	out := slices.Clip(a)
	for _, l := range b {
		same := func(k finding.Loss) bool { return k.What == l.What && k.Location == l.Location && k.Text == l.Text }
		if !slices.ContainsFunc(out, same) {
			out = append(out, l)
		}
	}
	return out
}

// Limits are the limits of what is said of findings by name, for tests that lower them.
func Limits() map[string]*int { return map[string]*int{"hops": &maxHops, "reasons": &maxReasons} }
