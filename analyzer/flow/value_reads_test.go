package flow

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
)

// ranOf runs a native program of one page and returns its result, and how often it ran
// each function that has a name.
func ranOf(t *testing.T, app, view, script string) (*Result, map[string]int) {
	fsys := fstest.MapFS{}
	for p, text := range map[string]string{
		"app.json": `{"pages": ["pages/a/a"]}`, "app.js": app, "pages/a/a.wxml": view, "pages/a/a.js": script,
	} {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	r := Analyze(programs[0], Options{})
	runs := map[string]int{}
	for _, c := range r.Costs {
		runs[c.Name] += c.Runs
	}
	return r, runs
}

// What an entry point makes for itself does not have it run again.
func TestOwnObjectsMakeNothingStale(t *testing.T) {
	_, runs := ranOf(t, "App({})", "<view/>", `Page({
		data: { list: [] },
		onShow() { measure([this.data.list.length, Date.now()]) },
		onHide() { this.setData({ list: [1] }) },
	})
	function measure(all) {
		const box = { all }
		each(all, n => { if (n > 3) box[n] = { n }; box.last = [n].concat(all) })
		return box.last
	}
	function each(all, f) { for (const n of all) f(n) }`)
	require.Equal(t, 2, runs["measure"], "once before and once after onHide")
}

// A property that is not there is read by its name.
func TestAnotherNameIsNoNews(t *testing.T) {
	_, runs := ranOf(t, "App({ globalData: {} })", "<view/>", `Page({
		onLoad() { reads(getApp().globalData) },
		onShow() { writes(getApp().globalData) },
	})
	function reads(all) { if (all.city) show(all.city) }
	function writes(all) { all.town = 'x' }
	function show() {}`)
	require.Equal(t, 1, runs["reads"])
	_, runs = ranOf(t, "App({ globalData: {} })", "<view/>", `Page({
		onLoad() { reads(getApp().globalData) },
		onShow() { writes(getApp().globalData) },
	})
	function reads(all) { if (all.city) show(all.city) }
	function writes(all) { all.city = 'x' }
	function show() {}`)
	require.Equal(t, 2, runs["reads"])
	require.Equal(t, 1, runs["show"])
}

// An object that the entry point makes if it is not there yet is that of other entry
// points, too: what they write to it, however late, is news.
func TestSharedObjectsMakeStale(t *testing.T) {
	view := `<button bindtap="send"/><button bindtap="fill"/><button bindtap="pass"/><input bindinput="on"/>`
	for name, own := range map[string]string{
		"object": "if (!this.box) this.box = {}; post(this.box.phone)",
		"list":   "this.all = this.all || []; post(this.all)",
	} {
		r, _ := ranOf(t, "App({})", view, `Page({
			send() { `+own+` },
			fill() { if (this.box) this.box.phone = this.b; if (this.all) this.all.push(this.b) },
			pass() { this.b = this.a },
			on(e) { this.a = e.detail.value },
		})
		function post(data) { wx.request({ url: 'https://x.example.cn', data: { data } }) }`)
		require.Len(t, r.Controls, 1)
		require.Len(t, r.Controls[0].Uses.Flows, 1, name)
	}
}

// Runs of entry points are counted apart from those that only repeat one.
func TestFurtherRunsAreCounted(t *testing.T) {
	r, _ := ranOf(t, "App({ globalData: {} })", "<view/>", `Page({
		onLoad() { show(getApp().globalData.city) },
		onShow() { getApp().globalData.city = 'x' },
	})
	function show() {}`)
	require.Equal(t, 1, r.Entries.Again, "onLoad, which reads what onShow writes")
	require.Positive(t, r.Entries.WorkAgain)
	require.Greater(t, r.Entries.First, 1)
	again := r.Entries.WorkAgain
	r, _ = ranOf(t, "App({ globalData: {} })", "<view/>", `Page({
		onLoad() { show(getApp().globalData.city) },
		onShow() { getApp().globalData.town = 'x' },
	})
	function show() {}`)
	require.Zero(t, r.Entries.Again)
	require.Zero(t, r.Entries.WorkAgain, "and not %d", again)
}

// Functions that a library is given are news for whoever calls what it made of them, and for nobody who only passes that on.
func TestFunctionsGivenToLibraries(t *testing.T) {
	m := newMachine(&project.Program{}, standard)
	made := m.newObject(libraryObject)
	give := func(name string) {
		m.entries++
		m.reads.restart(m.entries, &m.scratch)
		f := m.newObject(functionObject)
		f.fn = &function{name: name, fn: &ir.Func{}}
		m.addProp(made, madeOf, objectOf(f))
		m.commit()
	}
	read := func(look func()) (since int32, r reads) {
		m.entries++
		m.reads.restart(m.entries, &m.scratch)
		look()
		return m.epoch, *m.reads
	}
	none, asked := read(func() { made.madeOf() })
	give("first")
	require.True(t, asked.changed(none), "there was none")

	since, passed := read(func() { made.touch() })
	_, called := read(func() { made.touch(); made.madeOf() })
	give("second")
	require.False(t, passed.changed(since))
	require.True(t, called.changed(since))
	m.setProp(made, "other", trueValue)
	m.commit()
	require.True(t, passed.changed(since))
}

// Where the next match of a regular expression begins is not known, whatever it is set to.
func TestNextMatchIsNoNews(t *testing.T) {
	_, runs := ranOf(t, "App({})", "<view/>", `const digits = /\d/g
	Page({
		onShow() { asks(digits) },
		onHide() { digits.lastIndex = 0 },
	})
	function asks(re) { if (re.lastIndex > 2) found(); return { ...re } }
	function found() {}`)
	require.Equal(t, 1, runs["asks"])
	require.Equal(t, 1, runs["found"])
}
