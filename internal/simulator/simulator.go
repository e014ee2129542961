// Package simulator runs native mini programs for real, in an interpreter of JavaScript,
// with a platform that records. It is the oracle of package flow in tests: everything that
// a person enters and everything that an API hands over is a text that occurs nowhere
// else. If such a text arrives in a request, a cloud call, a log or in storage, the datum
// did flow there, and the analysis must say so, or say that it does not know.
//
//	w := simulator.New(program, seed, &simulator.Compiled{})
//	w.FillAndTap()             // or w.Wander(steps)
//	for _, f := range w.Flows() { … }
//
// platform.js is the platform as programs see it: App, Page, Component, setData, storage,
// navigation, wx. Package simulator renders templates (view.go), plays the person
// (person.go), loads modules (module.go) and takes notes (this file).
//
// Limits: a server answers something at random, so code behind a certain answer may never
// run; libraries that are not in the tree do nothing; pictures, canvases and sockets are
// silent. What is observed does happen, what is not observed may happen all the same.
package simulator

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"math/rand"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

//go:embed platform.js
var platformText string

// Place is a line of a file of the program.
type Place struct {
	Path string
	Line int // from 1
}

// Flow is a datum that was seen to arrive somewhere.
type Flow struct {
	From []Place // the control and the components around it, or the calls that led to the API, innermost first
	API  string  // that handed it over, "" for a control
	Part string  // path in its result
	Kind finding.SinkKind
	To   []Place // the calls that led to the sink, innermost first
	Sink string  // "request"
}

// World is a program that runs.
type World struct {
	program *project.Program
	vm      *goja.Runtime
	chance  *rand.Rand
	js      map[string]goja.Callable // what platform.js gives
	modules map[*project.Module]*goja.Object
	exprs   map[exprKey]goja.Callable
	stack   []*instance // pages that are open
	units   map[*goja.Object]*instance
	data    map[string]*datum
	order   []string // texts of data
	flows   []Flow
	seen    map[string]bool
	fired   map[string]int // events that were fired, by place
	Failed  []string       // exceptions of the program

	compiled *Compiled
}

// datum is a text that stands for collected data.
type datum struct {
	from []Place
	api  string
	part string
}

// longest is how long one call of the program may take: it may loop for ever.
const longest = 2 * time.Second

// New starts a program: its app is launched and its first page is open. c keeps what
// is compiled for the next world of the same program.
func New(p *project.Program, seed int64, c *Compiled) (*World, error) {
	if c.scripts == nil {
		c.scripts = map[*project.Module]*code{}
	}
	w := &World{
		program: p, vm: goja.New(), chance: rand.New(rand.NewSource(seed)), js: map[string]goja.Callable{},
		modules: map[*project.Module]*goja.Object{}, exprs: map[exprKey]goja.Callable{}, units: map[*goja.Object]*instance{},
		data: map[string]*datum{}, seen: map[string]bool{}, fired: map[string]int{}, compiled: c,
	}
	w.vm.SetMaxCallStackSize(400)
	start, err := w.vm.RunProgram(platformScript())
	if err != nil {
		return nil, err
	}
	call, _ := goja.AssertFunction(start)
	made, err := call(w.vm.GlobalObject(), w.vm.ToValue(w.host()))
	if err != nil {
		return nil, err
	}
	for _, name := range made.ToObject(w.vm).Keys() {
		w.js[name], _ = goja.AssertFunction(made.ToObject(w.vm).Get(name))
	}
	for _, u := range p.Units {
		if u.Kind == project.AppUnit && u.Script != nil {
			w.require(u.Script)
		}
	}
	w.do("launch")
	w.do("drain", 100)
	for _, u := range p.Units {
		if u.Kind == project.PageUnit && u.Reachable {
			w.visit(u.Path, "clear")
			break
		}
	}
	return w, nil
}

// Flows is what was observed until now.
func (w *World) Flows() []Flow { return w.flows }

var platformScript = sync.OnceValue(func() *goja.Program { return goja.MustCompile(platformFile, platformText, false) })

// platformFile is the name of platform.js in stacks of calls.
const platformFile = "\x00platform.js"

// host is what platform.js is given.
func (w *World) host() map[string]any {
	apis, names := map[string]any{}, []string{}
	for _, a := range platform.APIs() {
		row := map[string]any{
			"name": a.Name, "options": a.Options, "sync": a.Sync, "listener": a.Listener, "returns": a.Returns,
			"hears": a.Hears, "heard": a.Heard, "fields": append([]string{}, a.Fields...),
		}
		yields, carries := []string{}, []map[string]string{}
		for _, y := range a.Yields {
			yields = append(yields, y.Path)
		}
		for _, c := range a.Carries {
			carries = append(carries, map[string]string{"from": c.From, "to": c.To})
		}
		row["yields"], row["carries"] = yields, carries
		if a.Sink != nil {
			row["sink"] = a.Sink.Paths
		}
		apis[a.Name] = row
		if first, _, _ := strings.Cut(a.Name, "."); !slices.Contains(names, first) && first != "console" {
			names = append(names, first)
		}
	}
	globals := []string{}
	for _, g := range platform.Globals() {
		if g.Prefix == "" {
			globals = append(globals, g.Name)
		}
	}
	known := map[string]bool{"env": true}
	for _, n := range names {
		known[n] = true
	}
	return map[string]any{
		"apis": apis, "names": names, "globals": globals,
		"known": func(name string) bool {
			return known[name] || !strings.Contains(name, ".") && known[strings.TrimSuffix(name, "Sync")]
		},
		"datum":  func(api, part string) string { return w.handedOver(api, part) },
		"sent":   w.sent,
		"chance": w.chance.Intn,
		"failed": func(text string) { w.fail(text) },
		"visit": func(address, how string) any {
			if i := w.visit(address, how); i != nil {
				return i.object
			}
			return nil
		},
		"pages": func() []any {
			out := []any{}
			for _, i := range w.stack {
				out = append(out, i.object)
			}
			return out
		},
		"cloud":     w.cloudFunction,
		"select":    w.selected,
		"triggered": w.triggered,
	}
}

// fail notes an exception of the program.
func (w *World) fail(text string) {
	if len(w.Failed) < 50 {
		w.Failed = append(w.Failed, text)
	}
}

// do calls a function of platform.js.
func (w *World) do(name string, args ...any) goja.Value {
	values := make([]goja.Value, len(args))
	for i, a := range args {
		values[i] = w.vm.ToValue(a)
	}
	return w.guard(w.js[name], values...)
}

// guard calls a function of the program, or one that calls it, for a limited time.
func (w *World) guard(fn goja.Callable, args ...goja.Value) goja.Value {
	timer := time.AfterFunc(longest, func() { w.vm.Interrupt("took too long") })
	v, err := fn(goja.Undefined(), args...)
	if timer.Stop(); err != nil {
		w.vm.ClearInterrupt()
		w.fail(err.Error())
		return goja.Undefined()
	}
	return v
}

// places lists the calls of the program that are running, innermost first.
func (w *World) places() (list []Place) {
	for _, f := range w.vm.CaptureCallStack(40, nil) {
		name := strings.TrimPrefix(f.SrcName(), "/")
		if at := f.Position(); name != platformFile && name != "" && !strings.HasPrefix(name, "<") {
			list = append(list, Place{path.Clean(name), at.Line})
		}
	}
	return list
}

// handedOver returns a fresh text for what an API hands over.
func (w *World) handedOver(api, part string) string {
	text := w.fresh("")
	if strings.Contains(api, "ocation") {
		text = w.fresh("location")
	}
	w.data[text] = &datum{from: w.places(), api: api, part: part}
	return text
}

// sent notes what of the collected data is in texts, which an API sends or keeps.
func (w *World) sent(api string, texts []string) {
	var read []string
	for _, t := range texts {
		read = append(read, decodings(t)...)
	}
	var stack []Place
	for text, d := range w.data {
		if !slices.ContainsFunc(read, func(t string) bool { return holds(t, text) }) {
			continue
		}
		if stack == nil {
			stack = w.places()
		}
		row := platform.APIByName(api)
		f := Flow{From: d.from, API: d.api, Part: d.part, Kind: row.Sink.Kind, To: stack, Sink: api}
		if key := fmt.Sprint(f); !w.seen[key] {
			w.seen[key] = true
			w.flows = append(w.flows, f)
		}
	}
}

// holds reports whether text is part of t. Digits that are part of a longer number are not it.
func holds(t, text string) bool {
	for from := 0; ; {
		i := strings.Index(t[from:], text)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(text)
		if !isDigit(text[0]) || (i == 0 || !isDigit(t[i-1])) && (from == len(t) || !isDigit(t[from])) {
			return true
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' || c == '.' }

// decodings is a text as it is, and as what it may encode: a query, base64.
func decodings(text string) []string {
	out := []string{text}
	if strings.Contains(text, "%") {
		if plain, err := url.QueryUnescape(text); err == nil {
			out = append(out, plain)
		}
		if plain, err := url.PathUnescape(out[len(out)-1]); err == nil {
			out = append(out, plain)
		}
	}
	if len(text) >= 8 && len(text) < 1<<16 {
		if plain, err := base64.StdEncoding.DecodeString(text); err == nil {
			out = append(out, string(plain))
		}
	}
	return out
}

// cloudFunction returns main of a cloud function of the program.
func (w *World) cloudFunction(name string) goja.Value {
	for _, f := range w.program.Functions {
		if f.Name == name && f.Main != nil && f.Main.Tree != nil {
			if exports := w.require(f.Main); exports != nil {
				return exports.Get("main")
			}
		}
	}
	return goja.Undefined()
}
