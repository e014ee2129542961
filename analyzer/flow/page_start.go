package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/source"
)

// The functions of the lifecycle, which the platform or a framework calls.

// pageEvents are the lifecycle functions of a page, in the order they run.
var pageEvents = []string{
	"created", "attached", lifecyclePrefix + "created", lifecyclePrefix + "attached", lifecyclePrefix + "ready",
	"onLoad", "onInit", "onShow", lifecyclePrefix + "show", "onReady", "ready", "onPullDownRefresh", "onReachBottom", "onTabItemTap",
	"onShareAppMessage", "onShareTimeline", "onAddToFavorites", "onPageScroll", "onResize", "onHide", "onUnload", "detached",
	lifecyclePrefix + "detached", lifecyclePrefix + "hide", "onLaunch", "onError", "onPageNotFound", "mounted", "beforeMount",
	"componentDidMount", "componentDidShow", "componentWillMount", "didMount",
	lifecyclePrefix + "moved", lifecyclePrefix + "resize", lifecyclePrefix + "routeDone", "moved", "onRouteDone", "onSaveExitState",
	"onThemeChange", "onUnhandledRejection", lifecyclePrefix + "error", "onURLQueryChange", "onForceReLaunch",
}

// runEvents runs the functions of the lifecycle that the platform calls.
func (m *machine) runEvents(i *instance) {
	for k, name := range pageEvents {
		fn, ok := i.object.own(name)
		if !ok && i.object.proto != nil {
			fn = m.property(i.object, name)
			ok = callable(fn) && !fn.unknown
		}
		if !ok {
			continue
		}
		m.runStart(i, fn, name, name, -1-k)
	}
	m.link(i)
	m.runAlipayEvents(i)
	m.callGiven(i)
}

// chameleon is the framework whose components are instances of classes: export default new Form().
const chameleon = "chameleon"

// runStart runs fn, the function of that name in the lifecycle of i.
func (m *machine) runStart(i *instance, fn *Value, name string, site any, iter int) {
	args := []*Value{unknownValue}
	getsQuery := name == "onLoad" || name == "onInit" || name == "beforeCreate" && m.program.Framework == chameleon
	if i.query != nil && getsQuery {
		args = []*Value{objectOf(i.query)}
	}
	if name == "deriveDataFromProps" || name == "didUpdate" {
		args = []*Value{objectOf(i.data)}
	}
	m.entryPoint(i, site, iter, func() {
		m.entry.start = Start{i.unit, name}
		if other := m.otherTime(i, name); other != nil {
			args = other
		}
		answer := m.call(fn, objectOf(i.object), args, i)
		m.shareOut(name, fn, answer)
		switch name {
		case "onSaveExitState":
			m.keepExitState(i, fn, answer)
		case snapshotMethod:
			m.addProp(i.object, snapshotKey, m.await(answer))
		}
	})
}

// What the class of a component of React has in getSnapshotBeforeUpdate returns is given to its componentDidUpdate.
const (
	snapshotMethod = "getSnapshotBeforeUpdate"
	snapshotKey    = hookPrefix + "snapshot"
)

// otherTime is what React gives a function of the lifecycle of a class: the properties and the state before or after a change,
// of which it is only known that they are among those that there are.
func (m *machine) otherTime(i *instance, name string) []*Value {
	if _, ok := i.life.(reactLife); !ok {
		return nil
	}
	props := join(objectOf(i.data), unknownValue)
	state := join(m.get(objectOf(i.object), "state"), unknownValue)
	switch name {
	case "componentWillReceiveProps", "UNSAFE_componentWillReceiveProps":
		return []*Value{props}
	case "shouldComponentUpdate", "componentWillUpdate", "UNSAFE_componentWillUpdate", snapshotMethod:
		return []*Value{props, state}
	case "componentDidUpdate":
		return []*Value{props, state, join(m.get(objectOf(i.object), snapshotKey), unknownValue)}
	}
	return nil
}

// runHooks runs what a framework calls besides: the functions that a setup handed
// over, those that find returns, and the watchers.
func (m *machine) runHooks(i *instance, find func(i *instance, name string) (fn *Value, ok bool)) {
	for _, h := range hooks {
		if fn, ok := i.object.own(h.key); ok {
			m.runStart(i, fn, h.name, site{part: h.key}, 0)
		}
	}
	for _, name := range frameworkEvents {
		if only := frameworkOf[name]; only != "" && only != m.program.Framework {
			continue
		}
		if fn, ok := find(i, name); ok {
			m.runStart(i, fn, name, name, 0)
		}
	}
	m.runWatches(i, i.watches)
}

// runWatches runs what waits for changes: watchers of i, or for the app what a module set up.
func (m *machine) runWatches(i *instance, list []watch) {
	for _, w := range list {
		m.entryPoint(i, site{w.at, "watch " + w.path}, 0, func() {
			outer := m.cause
			defer func() { m.cause = outer }()
			m.cause = w.at // what a model does then is done there
			var args []*Value
			if w.path != "" {
				now := m.readPath(objectOf(i.object), w.path)
				args = []*Value{now, now}
			}
			m.call(i.named(w.fn), objectOf(i.object), args, w.path)
		})
	}
}

// frameworkEvents are the functions of the lifecycle that native components do not have.
var frameworkEvents = []string{
	"beforeCreate", "updated", "beforeUpdate", "activated", "deactivated", "beforeDestroy", "destroyed",
	"beforeUnmount", "unmounted", "onNavigationBarButtonTap", "onBackPress", "onNavigationBarSearchInputConfirmed",
	"componentDidUpdate", "componentDidHide", "componentWillUnmount", "componentWillReceiveProps", "componentDidCatch",
	"componentWillUpdate", "UNSAFE_componentWillMount", "UNSAFE_componentWillUpdate", "UNSAFE_componentWillReceiveProps",
	"shouldComponentUpdate", snapshotMethod, "componentDidNotFound", "componentDidCatchError", // the last two: Taro 1 and 2
	"errorCaptured", "renderTracked", "renderTriggered", // Vue
	"onNavigationBarSearchInputChanged", "onNavigationBarSearchInputClicked", "onNavigationBarSearchInputFocusChanged", // uni-app
	"onPrefetch", "onRoute", // wepy
}

// frameworkOf are the frameworks that alone call a function of the lifecycle whose name others give to methods.
var frameworkOf = map[string]string{"onPrefetch": "wepy", "onRoute": "wepy"}

// hooks are the functions of the lifecycle that a setup can hand over, each with the
// name of the property that keeps it.
var hooks = func() (list []struct{ name, key string }) {
	for _, name := range slices.Concat(frameworkEvents, pageEvents) {
		list = append(list, struct{ name, key string }{name, hookPrefix + name})
	}
	return list
}()

// watch is a function that runs when what it reads has changed.
type watch struct {
	path string // what is watched: "form.phone"; "" if fn itself reads
	fn   *Value
	at   source.Location // where a module of the program set it up; zero for those of components
}

func addWatch(list []watch, w watch) []watch {
	for i, old := range list {
		if old.path == w.path && old.at == w.at {
			list[i].fn = join(old.fn, w.fn)
			return list
		}
	}
	return append(list, w)
}

// named is v with the method of i in place of its name. A name is looked up when the
// watcher runs: the component may declare what it watches before it has its methods.
func (i *instance) named(v *Value) *Value {
	out := v
	for _, k := range v.consts {
		if fn, ok := i.object.own(k.str); ok && k.kind == text {
			out = join(out, fn)
		}
	}
	return out
}

// hookPrefix keeps functions that a component's setup hands over for its lifecycle
// apart from methods of the same name.
const hookPrefix = "hook."
