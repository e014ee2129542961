package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Options of a run.
type Options struct {
	Sinks []Sink // functions of the program that are sinks in themselves
}

// Sink is a function of the program that sends or keeps what it is given.
type Sink struct {
	Name string // how it is called: "api.post"; this.api.post is the same
	Kind finding.SinkKind
	Args []int // arguments that carry data, from 0; empty for all
}

// Analyze runs the whole program and says what it learnt.
//
// It initialises the modules, makes the app and every registered page, and then,
// round by round until nothing new is learnt, runs their lifecycles, renders
// their views with the components in them, and fires every event that an element
// binds, with data that stand for what a person enters.
func Analyze(p *project.Program, o Options) *Result {
	e := newEngine(p)
	e.sinks = o.Sinks
	e.initModules()
	e.makePages()
	for round := 0; round < maxRoundsOfAll && !e.machine.exhausted(); round++ {
		e.grown = false
		e.round()
		if !e.grown {
			break
		}
	}
	if e.grown {
		e.limit("rounds")
	}
	e.rest()
	return e.result()
}

// maxRoundsOfAll bounds the rounds over the program. Data travel at least one
// page further with each; later rounds run little, since few entry points are
// stale by then.
const maxRoundsOfAll = 16

// engine is the state of a run that is not part of the interpreted program's.
type engine struct {
	program   *project.Program
	machine   *machine
	root      *context
	sinks     []Sink
	grown     bool // something new was learnt in this round
	origins   int
	entries   int32 // number of runs of entry points
	iters     map[iterKey]int
	exprs     map[script.Expr]*ir.Func
	lowered   map[*script.Program]*ir.Module
	byFile    map[*source.File]*project.Module
	modules   map[*project.Module]*module
	inits     []*project.Module // modules being initialised, innermost last
	defs      map[*project.Module]*Value
	scripts   map[*script.Program]*Value // exports of inline wxs
	inline    map[*project.View]map[string]*markup.Element
	platform  map[apiKey]*Object
	overrides map[apiKey]*Value
	libraries map[libraryKey]*Object
	senders   map[*project.Module]bool
	ciphers   map[*ir.Func]bool
	clients   map[string]*project.Module // packages that talk to servers, by name
	storage   *Object
	global    *Object
	events    *Object // the event bus of the program
	costs     map[costKey]*costs
	units     map[*source.File]*project.Unit // by the file of the script
	starts    map[*project.View]map[int32]*markup.Element
	uses      map[*markup.Element]int // instances of the component that an element uses
	made      map[*project.Unit]int   // instances of each component
	shows     map[*project.Unit]bool  // whether its template has a control

	app       *instance
	app0      *Object              // the app's object, where it was asked for before the app was made
	pages     map[string]*instance // by route
	order     []*instance          // the app, then pages by route
	kids      []*instance
	controls  map[controlKey]*controlRecord
	sequence  []*controlRecord
	calls     map[callKey]*callRecord
	callOrder []*callRecord
	limits    map[Limit]bool
}

func newEngine(p *project.Program) *engine {
	e := &engine{
		program: p, root: &context{}, iters: map[iterKey]int{}, exprs: map[script.Expr]*ir.Func{},
		lowered: map[*script.Program]*ir.Module{}, byFile: map[*source.File]*project.Module{},
		modules: map[*project.Module]*module{}, defs: map[*project.Module]*Value{},
		scripts: map[*script.Program]*Value{}, inline: map[*project.View]map[string]*markup.Element{},
		platform: map[apiKey]*Object{}, overrides: map[apiKey]*Value{}, pages: map[string]*instance{},
		controls: map[controlKey]*controlRecord{}, calls: map[callKey]*callRecord{}, limits: map[Limit]bool{},
		uses: map[*markup.Element]int{}, made: map[*project.Unit]int{}, shows: map[*project.Unit]bool{}, costs: map[costKey]*costs{}, libraries: map[libraryKey]*Object{}, senders: map[*project.Module]bool{},
		ciphers: map[*ir.Func]bool{}, clients: map[string]*project.Module{},
	}
	e.machine = &machine{engine: e, nextID: firstID, entry: &entry{}, runs: map[*ir.Func]int{}, literals: map[*ir.Instr]*Value{}}
	e.machine.budget = baseWork + workPerByte*p.Bytes
	e.storage = e.machine.newObject(plainObject)
	e.global = e.machine.newObject(plainObject)
	for _, m := range p.Modules {
		e.byFile[m.File] = m
	}
	return e
}

// makePages makes the app and the pages from what their scripts define.
func (e *engine) makePages() {
	m := e.machine
	for _, u := range e.program.Units {
		if u.Library != "" || u.Kind == project.ComponentUnit || !u.Reachable && u.Kind == project.PageUnit {
			continue
		}
		i := m.newInstance(u, e.definition(u), e.root.child(u, nil, 0))
		if u.Kind == project.AppUnit {
			e.app = i
		} else {
			i.query = m.newObject(plainObject)
			i.query.open = true
			i.channel = m.newObject(channelObject)
			e.pages[u.Path] = i
		}
		e.order = append(e.order, i)
	}
	for _, i := range e.order {
		m.build(i)
	}
}

// appObject returns the object of the app, before the app is made.
func (e *engine) appObject() *Object {
	if e.app0 == nil {
		e.app0 = e.machine.newObject(instanceObject)
	}
	return e.app0
}

// definition returns what the script of u gave to Page, Component or App.
func (e *engine) definition(u *project.Unit) *Value {
	if u.Script == nil {
		return nil
	}
	if d := e.defs[u.Script]; d != nil {
		return d
	}
	s := e.modules[u.Script]
	if s == nil {
		return nil
	}
	m := e.machine
	d := m.get(m.get(objectOf(s.object), "exports"), "default")
	var out *Value
	for _, o := range d.objects {
		if o.kind != functionObject || o.fn.fn == nil || u.Scripted {
			out = join(out, objectOf(o))
			continue
		}
		m.within(&frame{fn: &ir.Func{}, context: e.root, module: u.Script}, func() {
			out = join(out, m.construct(objectOf(o), nil, nil, u))
		})
		m.accept()
	}
	return out
}

// define notes a definition for the unit whose script is being initialised.
func (e *engine) define(def *Value) {
	if len(e.inits) == 0 || def == nil {
		return
	}
	mod := e.inits[len(e.inits)-1]
	for n := len(e.inits) - 1; n >= 0; n-- {
		if e.isUnitScript(e.inits[n]) {
			mod = e.inits[n]
			break
		}
	}
	e.defs[mod] = join(e.defs[mod], def)
}

func (e *engine) isUnitScript(mod *project.Module) bool {
	for _, u := range e.program.Units {
		if u.Script == mod {
			return true
		}
	}
	return false
}

// round runs every instance once.
func (e *engine) round() {
	for _, i := range e.order {
		e.machine.start(i)
		if i.unit.Kind == project.PageUnit {
			e.machine.render(i, nil, 0)
		}
	}
}

// rest makes the components that are reachable but that no view was seen to
// use, and records the controls of pages that nothing reaches.
func (e *engine) rest() {
	m := e.machine
	used := map[*project.Unit]bool{}
	for _, i := range e.kids {
		used[i.unit] = true
	}
	for _, u := range e.program.Units {
		if u.Library != "" || u.Kind == project.AppUnit || used[u] || u.Kind == project.PageUnit && u.Reachable {
			continue
		}
		if !u.Reachable {
			e.shelve(u)
			continue
		}
		i := m.newInstance(u, e.definition(u), e.root.child(u, nil, 0))
		i.page = &instance{unit: nil}
		m.build(i)
		for n := 0; n < 3; n++ {
			e.grown = false
			m.start(i)
			m.render(i, nil, 0)
			if !e.grown {
				break
			}
		}
	}
}

// apiNames lists the APIs directly below a path, for programs that wrap them all.
func (e *engine) apiNames(path string) []string {
	var out []string
	for _, a := range platform.APIs() {
		if path == "" && !strings.Contains(a.Name, ".") && (len(a.Yields) > 0 || a.Sink != nil) {
			out = append(out, a.Name)
		}
	}
	return out
}
