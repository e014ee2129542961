package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// machine runs a program. It follows every branch that the known values leave open, one
// after the other, and joins their states. Each of its parts belongs to the room whose file
// declares it.
//
// An example, a page whose handler sends what was typed:
//
//	onPhone(e) { this.setData({ phone: e.detail.value }) },
//	submit() { if (this.data.phone) post('/save', { tel: this.data.phone }) }
//
// Rendering the page's view finds <input bindinput="onPhone"/> and enters onPhone with
// an event whose detail.value is tainted by that control. setData writes it into the
// page's data; commit joins it with the initial empty text: data.phone is that or the datum.
// Then the button enters submit. The condition can be true or false, so either runs
// both sides from the same state; on the one side post runs anew, in the context of
// this very call, and its wx.request is a sink: arrive records the flow with the
// stations in the taint's trail. If submit had run before onPhone, its read of
// data.phone is in the entry's reads; the commit of onPhone makes it stale, and the
// next round runs it again. A round that makes nothing stale ends the run.
type machine struct {
	state                               // value_journal.go: the content of variables and objects
	running                             // the code that runs at present
	stranger Stranger                   // run_lost.go: the first code of which nothing is known
	computed map[source.Location]naming // run_lost.go: where an API is taken by a computed name

	program  *project.Program
	limits   limits   // value_limits.go
	modules  modules  // run_module.go
	builtins builtins // builtin_global.go
	api      apis     // api.go
	pages    pages    // page.go
	vue      vue      // vue_view.go
	react    react    // react.go
	ledger   ledger   // engine_ledger.go
}

// running is what runs at present, and its cost.
type running struct {
	frame     *frame
	root      *context // of code that no entry point leads to
	entry     *entry   // the present entry point
	boots     []*boot  // what each start of the program or of an instance runs
	kept      *reads   // what the module that is being loaded has read of the storage; nil for none
	catchers  []*exits // what catches an exception, innermost last
	tasks     []task
	lastRead  computedRead
	matched   []taint                      // the data in the text that was matched last: RegExp.$1
	joining   []*Object                    // lists that are being made a text, the innermost last
	unbinding []binding                    // the bound functions that are being called, the innermost last
	settingUp *instance                    // whose setup runs: missing code that it calls can ask for the component
	cause     source.Location              // the place of what runs if no code of the program does: a two-way binding, missing code
	grown     bool                         // something new was learnt in this round
	glancing  bool                         // pages are rendered as they are before their lifecycle (machine.glance)
	queued    int                          // tasks that were ever queued
	done      <-chan struct{}              // closed if the run has to end
	progress  func(round, done, total int) // Options.Progress
	ended     bool                         // it has
	session   bool                         // Options.Cache is given
	steps     int                          // instructions run for the present entry point
	total     int                          // instructions run in all
	before    int                          // state.work when the present entry point began
	accounts

	nextID  int32 // of objects
	entries int32 // number of runs of entry points

	costing   costing
	decisions decisions         // nil if no script of the program makes elements
	operands  decisions         // likewise, of the right sides of &&
	runs      map[*ir.Func]int  // activations of each function for the present entry point
	looked    map[*ir.Func]int  // how often the reach of each was examined, likewise
	leaves    map[*ir.Func]bool // whether a function is one, once asked
	senders   map[*ir.Func]bool // functions that sent collected data to a server
	handed    *frame            // that handed over the callback which runs
	literals  map[*ir.Instr]*Value
	narrowed  map[*ir.Instr][]narrowing // by branches, once asked
	iters     map[iterKey]int
	costs     map[costKey]*costs
	costly    costly
	shedding  shedding
}

// newMachine returns a machine for p that has run nothing yet.
func newMachine(p *project.Program, l limits) *machine {
	m := &machine{
		running: running{
			root: &context{}, entry: &entry{}, nextID: firstID, accounts: openAccounts(l, p.Bytes),
			runs: map[*ir.Func]int{}, costing: newCosting(), looked: map[*ir.Func]int{}, leaves: map[*ir.Func]bool{},
			literals: map[*ir.Instr]*Value{}, narrowed: map[*ir.Instr][]narrowing{}, iters: map[iterKey]int{}, costs: map[costKey]*costs{},
			shedding: shedding{next: int(firstID) + shedEvery},
		},
		program:  p,
		computed: map[source.Location]naming{},
		limits:   l,
		modules:  newModules(p),
		builtins: builtins{ciphers: map[*ir.Func]*cipher{}, converted: map[*ir.Func]bool{}},
		api:      newAPIs(),
		pages:    newPages(),
		react:    newReact(),
		vue:      vue{shows: map[*project.Unit]bool{}},
		ledger:   newLedger(),
	}
	m.reads, m.payer = &m.entry.reads, &m.rest
	m.api.storage, m.api.files = m.newObject(plainObject), m.newObject(plainObject)
	m.builtins.global = m.newObject(plainObject)
	m.builtins.window = &Value{objects: []*Object{m.builtins.global}}
	return m
}

// frame is the activation of a function.
type frame struct {
	fn      *ir.Func
	env     *env
	context *context
	callee  *Object // the function object; nil for a module or expression
	this    *Value
	args    []*Value
	more    *Value // arguments at unknown places
	regs    []*Value
	caller  *frame
	instr   *ir.Instr  // the instruction that it is at
	before  []ir.Instr // those of the same block before the branch that it is at
	depth   int
	iter    int // identifies the round of the loops around instr

	module   *project.Module
	instance *instance // whose handler this is; nil below the entry point
	scope    *scope    // of a template expression
	result   *Value
	thrown   *Value
	yields   *Value
	returns  exits
	targets  []*target
	finals   []*finaliser
	rounds   int     // of loops, in all
	choosing *chosen // decides which of the values that come after it is returned
	late     bool    // a callback, called when the code that handed it over was done
}

// exits collects the states in which a construct is left other than at its end.
type exits struct {
	mark   int
	newest int32 // the last object that was there at mark
	states []snapshot
	at     int // length of the journal at the last exit, if that is the present state
	undos  int
}

// target is a construct that Break and Continue can name.
type target struct {
	label     int
	breaks    exits
	continues exits
}

// run runs fn in a new frame and returns what it returns.
func (m *machine) run(f *frame) *Value {
	f.caller, m.frame = m.frame, f
	if f.caller != nil {
		f.depth = f.caller.depth + 1
	}
	deciding := m.deciding
	body := f.fn.Body() // first: it completes the lists of variables and registers
	defer m.account(f.fn, m.cost(), m.costing.enter())
	f.regs = make([]*Value, f.fn.Regs)
	if f.env != nil && f.env.fn == f.fn && len(f.env.cells) < len(f.fn.Vars) {
		f.env.cells = make([]*cell, len(f.fn.Vars))
	}
	f.returns.mark, f.returns.newest = m.mark(), m.nextID
	if f.fn.Async { // an exception settles its promise
		m.catchers = append(m.catchers, &f.returns)
	}
	live := m.block(body)
	if f.fn.Async {
		m.catchers = m.catchers[:len(m.catchers)-1]
	}
	if live && f.result != nil {
		f.result = join(f.result, undefinedValue)
	}
	m.leave(&f.returns, live)
	if f.env != nil && !f.env.captured && f.env.fn == f.fn {
		m.forget(f.returns.mark, f.env)
	}
	m.frame, m.deciding = f.caller, deciding
	if f.thrown != nil && f.caller != nil && !f.fn.Async {
		f.caller.thrown = join(f.caller.thrown, f.thrown)
	}
	if f.result == nil {
		return undefinedValue
	}
	return f.result
}

// leave joins the states in which a construct was left early with the present
// one, if that is live, and reports whether anything goes on from here.
func (m *machine) leave(e *exits, live bool) bool {
	if len(e.states) == 0 {
		return live
	}
	if !live && len(e.states) == 1 && e.at == len(m.journal) && e.undos == m.undos {
		m.release(e.states) // the present state is the one that was left
		e.states = nil
		return true
	}
	if live {
		e.states = append(e.states, m.since(e.mark))
	}
	m.merge(e.mark, e.newest, e.states)
	e.states = nil
	return true
}

// exits are those of a construct that begins here.
func (m *machine) exits() exits { return exits{mark: m.mark(), newest: m.nextID} }

// exit records that e's construct is left in the present state.
func (m *machine) exit(e *exits) {
	e.states = append(e.states, m.peek(e.mark))
	e.at, e.undos = len(m.journal), m.undos
}

// either runs each of the alternatives from the present state and joins the
// states they end in. Each reports whether it ends normally.
func (m *machine) either(alternatives ...func() bool) bool {
	mark, newest := m.mark(), m.nextID
	var states []snapshot
	var left []task
	for _, run := range alternatives {
		queued := m.queued
		if run == nil || run() {
			states = append(states, m.since(mark))
		}
		m.undo(mark)
		left = m.takeTasks(left, m.queued-queued)
	}
	m.tasks = append(m.tasks, left...)
	if len(states) == 0 {
		return false
	}
	m.merge(mark, newest, states)
	return true
}

// perhaps runs what may run or not.
func (m *machine) perhaps(run func()) {
	mark, newest := m.mark(), m.nextID
	run()
	m.weaken(mark, newest)
}

// maybe is perhaps for what may also leave: then only the state in which it was
// not run goes on.
func (m *machine) maybe(run func() bool) {
	mark, newest := m.mark(), m.nextID
	if run() {
		m.weaken(mark, newest)
	} else {
		m.undo(mark)
	}
}

// block runs instructions until one leaves; it reports whether the end is
// reached.
func (m *machine) block(code []ir.Instr) bool {
	f, allowed := m.frame, m.allowed()
	if m.ended {
		return false
	}
	for i := range code {
		in := &code[i]
		m.steps++
		m.total++
		if m.total%stopSteps == 0 && m.stopped() {
			return false
		}
		if m.spent() > allowed {
			if f.scope != nil {
				m.limit(Elements)
			} else {
				m.limit("steps")
			}
			return false
		}
		f.instr = in
		if in.Op == ir.If {
			f.before = code[:i]
		}
		if !m.step(f, in) {
			return false
		}
	}
	return true
}

// stopSteps is after how many instructions the run looks whether it is to stop: they take
// about a millisecond.
const stopSteps = 1 << 10

// stopped reports whether the run has to end. Then no code runs any more and no element
// is rendered, so that everything comes to its end at once.
func (m *machine) stopped() bool {
	select {
	case <-m.done:
		m.ended = true
	default:
	}
	return m.ended
}

// step runs one instruction and reports whether the next one follows.
func (m *machine) step(f *frame, in *ir.Instr) bool {
	switch in.Op {
	case ir.If:
		return m.branch(f, in)
	case ir.Loop:
		return m.loop(f, in)
	case ir.ForOf, ir.ForIn:
		return m.iterate(f, in)
	case ir.Try:
		return m.try(f, in)
	case ir.Block:
		t := &target{label: in.Ext.Label, breaks: m.exits()}
		f.targets = append(f.targets, t)
		live := m.block(in.Ext.Blocks[0])
		f.targets = f.targets[:len(f.targets)-1]
		return m.leave(&t.breaks, live)
	case ir.Break, ir.Continue:
		for i := len(f.targets) - 1; i >= 0; i-- {
			if t := f.targets[i]; t.label == int(in.Num) {
				if in.Op == ir.Break {
					m.leaveTo(f, &t.breaks, i)
				} else {
					m.leaveTo(f, &t.continues, i)
				}
				break
			}
		}
		return false
	case ir.Return:
		v := undefinedValue
		if in.A != ir.None {
			v = f.choosing.and(m.deciding).decides(orUndefined(f.regs[in.A]))
		}
		f.result = join(f.result, v)
		m.leaveTo(f, &f.returns, -1)
		return false
	case ir.Throw:
		f.thrown = join(f.thrown, f.regs[in.A])
		m.raise()
		return false
	case ir.Call:
		if f.regs[in.A] == lackedAPI {
			f.thrown = join(f.thrown, unknownValue)
			m.raise()
			return false
		}
	}
	m.compute(f, in)
	return true
}

func (m *machine) branch(f *frame, in *ir.Instr) bool {
	canTrue, canFalse := f.regs[in.A].truth()
	if m.decisions != nil {
		m.decisions.note(f.fn, in, canTrue, canFalse)
	}
	var els []ir.Instr
	if len(in.Ext.Blocks) > 1 {
		els = in.Ext.Blocks[1]
	}
	switch {
	case !canFalse:
		live := m.block(in.Ext.Blocks[0])
		m.noteOperand(f, in, els)
		return live
	case !canTrue:
		return m.block(els)
	}
	outer, c := m.deciding, f.regs[in.A].decided()
	m.deciding = outer.and(c)
	live, both := m.bothSides(f, in, els)
	m.deciding = outer
	if !both { // what comes after it is the other side
		f.choosing = f.choosing.and(c)
	}
	return live
}

// bothSides runs both sides of a branch; it reports whether something follows, and whether both come to their ends.
func (m *machine) bothSides(f *frame, in *ir.Instr, els []ir.Instr) (live, both bool) {
	narrowed := m.narrowingsOf(f.before, in)
	// Registers written in both branches hold either value afterwards.
	out := in.Ext.Out
	if len(els) == 0 {
		before := f.kept(out)
		if i := slices.Index(out, in.A); i >= 0 { // x && y, which is x only if that is false
			before[i] = before[i].falsePart()
		}
		thenLive := false
		m.maybe(func() bool {
			m.narrow(f, narrowed, true)
			if thenLive = m.block(in.Ext.Blocks[0]); !thenLive {
				f.restore(out, before)
				return false
			}
			m.noteOperand(f, in, els)
			f.decide(out, m.deciding)
			f.joinRegs(out, before)
			return true
		})
		if !thenLive {
			m.narrow(f, narrowed, false)
		}
		return true, thenLive
	}
	before := f.kept(out)
	var then []*Value
	thenLive, elseLive := false, false
	live = m.either(
		func() bool {
			m.narrow(f, narrowed, true)
			thenLive = m.block(in.Ext.Blocks[0])
			f.decide(out, m.deciding)
			then = f.kept(out)
			return thenLive
		},
		func() bool {
			f.restore(out, before)
			m.narrow(f, narrowed, false)
			elseLive = m.block(els)
			f.decide(out, m.deciding)
			return elseLive
		})
	switch {
	case !live:
		f.restore(out, before)
	case !elseLive:
		f.restore(out, then)
	case thenLive:
		f.joinRegs(out, then)
	}
	return live, thenLive && elseLive
}

// decide marks what some registers hold as decided by c.
func (f *frame) decide(regs []ir.Reg, c *chosen) {
	if c != nil {
		for _, r := range regs {
			f.regs[r] = c.through(f.regs[r])
		}
	}
}

// kept returns what some registers hold.
func (f *frame) kept(regs []ir.Reg) []*Value {
	if len(regs) == 0 {
		return nil
	}
	values := make([]*Value, len(regs))
	for i, r := range regs {
		values[i] = f.regs[r]
	}
	return values
}

func (f *frame) restore(regs []ir.Reg, values []*Value) {
	for i, r := range regs {
		f.regs[r] = values[i]
	}
}

// joinRegs adds to what some registers hold.
func (f *frame) joinRegs(regs []ir.Reg, values []*Value) {
	for i, r := range regs {
		f.regs[r] = join(f.regs[r], values[i])
	}
}

// location returns the place of span in the function that f runs.
func (f *frame) location(span source.Span) source.Location {
	return source.Location{File: f.fn.File, Span: span}
}

// lookup finds the cell of a variable.
func (m *machine) lookup(f *frame, v *ir.Var) *cell {
	e := f.env.of(v)
	if e == nil {
		return &cell{}
	}
	if e.cells[v.Index] == nil {
		e.cells[v.Index] = m.newCell(f, v)
	}
	return e.cells[v.Index]
}

// newCell returns the cell that v has in the context of f, reset.
func (m *machine) newCell(f *frame, v *ir.Var) *cell {
	ctx := f.context
	k := cellKey{v, f.iter}
	c, ok := ctx.cells.get(k)
	if !ok {
		c = &cell{born: m.epoch, unset: v.Unset}
		m.shedding.note(ctx)
		m.shedding.cells++
		ctx.cells.add(k, c)
	}
	if c.value != nil {
		m.setCell(c, nil)
	}
	c.made = m.reads.id
	return c
}

// declare gives v a cell of its own in this round of a loop. Closures made in
// earlier rounds keep theirs: they hold the environment as it was.
func (m *machine) declare(f *frame, v *ir.Var) {
	e := f.env
	if e.fn != v.Func {
		return
	}
	c := m.newCell(f, v)
	if e.cells[v.Index] != nil && e.cells[v.Index] != c && e.captured {
		m.joins(len(e.cells))
		e = &env{fn: e.fn, cells: append([]*cell(nil), e.cells...), up: e.up, captured: e.captured}
		f.env = e
	}
	e.cells[v.Index] = c
}

// regexpsOf returns the regular expressions that v can be.
func regexpsOf(v *Value) (out []*script.Regexp) {
	if v == nil {
		return nil
	}
	for _, o := range v.objects {
		if o.kind == regexpObject && o.regexp != nil {
			out = append(out, o.regexp)
		}
	}
	return out
}

// variable reads a variable of an environment from outside its function.
func (m *machine) variable(e *env, v *ir.Var) *Value {
	if v.Index >= len(e.cells) || e.cells[v.Index] == nil {
		return undefinedValue
	}
	return m.readCell(e.cells[v.Index])
}

// here is the place of the instruction that is being run, or of what caused it; if neither
// has one, the file of the page or component that runs, without a span.
func (m *machine) here() source.Location {
	for f := m.frame; f != nil; f = f.caller {
		if f.instr != nil && f.fn != nil && f.fn.File != nil && !isModel(f.fn.File) {
			return f.location(f.instr.Span)
		}
	}
	if m.cause.File == nil && m.frame != nil && m.frame.fn != nil {
		file := m.frame.fn.File
		if i := m.frame.owner(); isModel(file) && i != nil && i.unit.Script != nil {
			file = i.unit.Script.File
		}
		return source.Location{File: file}
	}
	return m.cause
}

// instruction is here, or the place in a model that runs by itself, such as a component that draws what it is given.
func (m *machine) instruction() source.Location {
	at, f := m.here(), m.frame
	if at.Span.Len() == 0 && f != nil && f.instr != nil && f.fn != nil && f.fn.File != nil {
		return f.location(f.instr.Span)
	}
	return at
}
