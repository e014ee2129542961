package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/project"
)

// What runs before anything that a person causes: the top level of a module, and what
// makes the data that an instance begins with. The next start of the program runs it
// anew, and finds in the local storage what the last one has left there:
//
//	const user = wx.getStorageSync('user') || {} // page a keeps it when it has asked for it
//	Page({ data: { phone: user.phone } })
//
// So it is a start: it runs again if what it read has a new possibility. Of what the top level of a module read only the
// storage counts, and what the app leaves for pages, since it is launched before they load; all else was made in the same
// start of the program.
// An instance is made whenever its page opens, so whatever its data are made of counts.

// boot is something that each start of the program, or of an instance, runs.
type boot struct {
	entry
	path  string
	frame *frame
	run   func()
}

// boot runs something that a start runs, with r for what it reads of before.
func (m *machine) boot(path string, run func()) {
	b := &boot{path: path, frame: m.frame, run: run}
	outer := m.reads
	m.entries++
	b.restart(m.entries, &m.scratch)
	m.reads = &b.reads
	run()
	m.reads = outer
	m.addBoot(b)
}

// addBoot has b run again if what it read changes from now on.
func (m *machine) addBoot(b *boot) {
	if b.settle(&m.scratch); b.reads.empty() {
		return
	}
	b.ran = m.epoch + 1 // what is written until the next commit was there before
	m.boots = append(m.boots, b)
}

// bootAgain runs what each start runs and what would find something else now.
func (m *machine) bootAgain() {
	for _, b := range slices.Clone(m.boots) {
		if m.stopped() || !b.stale() {
			continue
		}
		m.charge(&m.tops, func() {
			m.entries++
			b.restart(m.entries, &m.scratch)
			m.takeBack(&b.entry)
			outer := m.entry
			m.entry, m.reads = &b.entry, &b.reads
			clear(m.runs)
			clear(m.looked)
			m.within(b.frame, func() {
				m.attempt(b.path, b.run)
				m.waiting(b.path)
				m.finish()
			})
			m.entry, m.reads = outer, &outer.reads
			b.settle(&m.scratch)
			b.ran = m.epoch
		})
	}
}

// bootModule runs the top level of mod in a frame like f.
func (m *machine) bootModule(mod *project.Module, f frame) {
	b := &boot{path: mod.File.Path}
	b.run = func() {
		again := f
		m.runTop(mod, &again, &b.reads)
	}
	m.entries++
	b.restart(m.entries, &m.scratch)
	b.run()
	m.accept()
	m.addBoot(b)
}

// runTop runs the top level of mod. What it makes is from before for the entry point that
// loads it.
func (m *machine) runTop(mod *project.Module, f *frame, kept *reads) {
	outer, before := m.reads, m.kept
	m.reads, m.kept = newReads(), kept
	m.modules.inits = append(m.modules.inits, mod)
	m.most += len(mod.File.Text) // its own statements run, however little is left
	m.attempt(mod.File.Path, func() { m.run(f) })
	if m.frame == nil {
		m.waiting(mod.File.Path)
	}
	m.modules.inits = m.modules.inits[:len(m.modules.inits)-1]
	m.reads, m.kept = outer, before
}

// ofStart runs something that reads the local storage, or what the app leaves for pages. If the top level of a module does
// so, that is all of what it reads that may be different when it runs again.
func (m *machine) ofStart(read func() *Value) *Value {
	if m.kept == nil {
		return read()
	}
	outer := m.reads
	m.reads = m.kept
	v := read()
	m.reads = outer
	return v
}

// atStart is a property of o. If the top level of a module reads one of what the app leaves for pages, it reads it of the start.
func (m *machine) atStart(o *Object, name string) *Value {
	if m.kept != nil && m.launches(o) {
		return m.ofStart(func() *Value { return m.property(o, name) })
	}
	return m.property(o, name)
}

// launches reports whether o is something through which the app hands things to pages when it is launched: the global
// object, the app itself, its globalData.
//
//	App({ onLaunch() { global.tool = new Tool() } })   const { tool } = global   // of a page's script
func (m *machine) launches(o *Object) bool {
	if o == m.builtins.global {
		return true
	}
	app := m.pages.app
	if app == nil || app.object == nil {
		return false
	}
	data, _ := app.object.own("globalData")
	return o == app.object || slices.Contains(orUndefined(data).objects, o)
}
