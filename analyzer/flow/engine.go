package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/project"
)

// Options of a run.
type Options struct {
	Sinks []Sink // functions of the program that are sinks in themselves

	// Done ends the run early when it is closed: what it had learnt by then is the result.
	Done <-chan struct{}

	// Cache keeps what runs over earlier loads learnt, for as long as only places change; nil
	// for a single run.
	Cache *Cache

	// Progress is told before each page which round it is run in, from 0, how many pages have
	// been run in it and how many there are; nil for nobody.
	Progress func(round, done, total int)

	limits *limits // in place of the standard ones, in tests
}

// Analyze runs the whole program and returns what it learnt.
//
// It makes the app, initialises the modules of the pages, makes every registered page, and then,
// round by round until nothing new is learnt, runs their lifecycles, renders
// their views with the components in them, and fires every event that an element
// binds, with data that represent what a person enters.
func Analyze(p *project.Program, o Options) *Result {
	if o.Cache != nil {
		return o.Cache.analyze(p, o)
	}
	_, r := analyze(p, o)
	return r
}

func analyze(p *project.Program, o Options) (*machine, *Result) {
	l := standard
	if o.limits != nil {
		l = *o.limits
	}
	for _, v := range p.Views {
		if v.Tree != nil {
			v.Tree.Restore() // a run before may have given its elements attributes
		}
	}
	m := newMachine(p, l)
	m.api.sinks, m.done, m.progress, m.session = o.Sinks, o.Done, o.Progress, o.Cache != nil
	m.runAll()
	return m, m.result()
}

// runAll runs all of the program.
func (m *machine) runAll() {
	if slices.ContainsFunc(m.program.Units, func(u *project.Unit) bool { return u.Scripted && u.Own() }) {
		m.decisions, m.operands = decisions{}, decisions{}
	}
	m.pages.empty.early = true
	m.initApp()
	m.makeApp()
	m.initModules()
	m.makePages()
	m.glance()
	m.dropTrees()
	for round := 1; round <= m.limits.passes && !m.stopped(); round++ {
		m.grown = false
		m.bootAgain()
		m.round(round)
		m.grown = m.grown || m.pages.empty.early && m.pages.empty.left
		m.pages.empty.early = false
		if !m.grown && !m.settleStack() && !m.openQueries() && (m.costly.last || !m.costly.resume()) {
			break
		}
	}
	if m.grown {
		m.limit("rounds")
	}
	m.costly.last = true
	m.dropReplaced()
	m.runUnused()
	m.payer = &purse{left: m.limits.program} // for texts that detectors ask for
	m.clearAway()
}

// dropReplaced forgets the controls of rows that stood for all there may be before the items of their list were known:
// these have controls of their own.
func (m *machine) dropReplaced() {
	m.ledger.sequence = slices.DeleteFunc(m.ledger.sequence, func(c *controlRecord) bool {
		return c.Rendered && m.outlived(c.scope)
	})
}

// clearAway drops what only another run would need: contexts, with what was allocated in
// them, and what entry points have read.
func (m *machine) clearAway() {
	m.root, m.entry = &context{}, &entry{}
	m.reads = &m.entry.reads
	m.journal, m.remade, m.merging, m.boots, m.scratch, m.shedding = nil, nil, nil, nil, reads{}, shedding{}
	m.spare, m.spareRoom, m.peeked = nil, 0, nil
	for _, i := range append(m.pages.order, m.pages.kids...) {
		i.context = &context{}
	}
}

// largeSource is from how many bytes of scripts and templates on the trees of scripts are dropped
// while the program runs: parsing them once more takes less time than the collector of garbage
// needs to go through them again and again.
var largeSource = 2 << 20

// dropTrees lets go of the trees of scripts, of which nearly all code that runs has been lowered by
// then. A session keeps them from one analysis to the next.
func (m *machine) dropTrees() {
	if m.session || m.decisions != nil || m.pages.assigned != nil || m.program.Bytes < largeSource {
		return
	}
	for _, mod := range m.program.Modules {
		if mod.Tree != nil {
			mod.Tree.Drop()
		}
	}
}

// glance launches the app, then renders every page as it is before its lifecycle: so
// its handlers have run before the lifecycles of other pages use up the budget. What a lifecycle makes and a handler calls is not
// there yet: the handler runs once more (entry.early), and what it calls then and is still not there is code of which nothing
// is known.
func (m *machine) glance() {
	m.glancing = true
	defer func() { m.glancing = false }()
	for n, i := range m.pages.order {
		m.tell(0, n)
		m.shed()
		m.charge(i.purse, func() {
			if i.unit.Kind == project.AppUnit {
				m.start(i)
				m.renderApp(i)
				return
			}
			m.attempt(i.path(), func() { i.life.prepare(i) })
			m.render(i, nil, 0)
		})
	}
}

// renderApp renders the app if its script makes elements: the providers around all pages.
func (m *machine) renderApp(i *instance) {
	if i.unit.Kind == project.AppUnit && i.unit.Scripted {
		m.render(i, nil, 0)
	}
}

// round runs every instance once.
func (m *machine) round(number int) {
	for n, i := range m.pages.order {
		m.tell(number, n)
		m.shed()
		m.charge(i.purse, func() {
			m.start(i)
			if n == 0 {
				m.runWatches(i, m.pages.watches)
			}
			if i.unit.Kind == project.PageUnit {
				m.render(i, nil, 0)
			} else {
				m.renderApp(i)
			}
		})
	}
}

// tell says that the n-th page of a round is next; the glance is round 0.
func (m *machine) tell(round, n int) {
	if m.progress != nil {
		m.progress(round, n, len(m.pages.order))
	}
}

// runUnused makes the components that are reachable but that no view was seen to
// use, and records the controls of pages that nothing reaches.
func (m *machine) runUnused() {
	used := map[*project.Unit]bool{}
	for _, i := range m.pages.kids {
		used[i.unit] = true
	}
	var alone []*project.Unit
	for _, u := range m.program.Units {
		switch {
		case u.Library != "" || u.Kind == project.AppUnit || used[u] || u.Kind == project.PageUnit && u.Reachable:
		case u.Reachable:
			alone = append(alone, u)
		default:
			m.shelve(u)
		}
	}
	m.rest.left += m.tops.left // nothing is loaded any more
	purses := m.shares(len(alone))
	for n, u := range alone {
		m.shed()
		m.charge(purses[n], func() { m.attempt(u.Path, func() { m.runAlone(u) }) })
	}
}

// runAlone runs a component that no view was seen to use.
func (m *machine) runAlone(u *project.Unit) {
	in := m.root.child(u, nil, 0)
	i := m.newInstance(u, m.definition(u, in), in)
	i.page = &instance{unit: nil}
	m.build(i)
	for range m.limits.passes {
		m.grown = false
		m.start(i)
		m.render(i, nil, 0)
		if !m.grown {
			return
		}
	}
	m.note(Limit{Unit: u, What: "rounds"}, nil)
}
