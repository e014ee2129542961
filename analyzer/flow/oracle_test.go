package flow

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/internal/golden"
)

// A real interpreter (goja) is the oracle of this one: what it computes must be
// among what the engine thinks possible. The snippets are in fixtures/oracle, by
// subject. One snippet is one line and the lines below it that are indented; it is
// an expression or, in braces, the body of a function:
//
//	['a', 'b'].findLast(() => true)
//	{ const o = { a: 1 }; delete o.a; return Object.keys(o) }
//
// In both worlds there is a global object named given. The engine knows nothing of
// what is in it, so a snippet that asks given.yes makes it follow both branches.
const oracleFixtures = "../../fixtures/oracle"

// givenValues is what the interpreter finds in the global of that name.
var givenValues = map[string]any{"yes": true, "no": false, "zero": 0, "one": 1, "two": 2, "a": "a", "text": "a,b", "none": nil}

// missing is what the language has and goja has not.
const missing = `
	var structuredClone = v => v !== null && typeof v === 'object' ? JSON.parse(JSON.stringify(v)) : v
	class FormData extends Map { append(k, v) { this.set(k, v) } }
	class URLSearchParams extends Map {
		append(k, v) { this.set(k, v) }
		toString() { return [...this].map(([k, v]) => encodeURIComponent(k) + '=' + encodeURIComponent(v)).join('&') }
	}
	var btoa = s => {
		const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
		let out = ''
		for (let i = 0; i < s.length; i += 3) {
			const n = s.charCodeAt(i) << 16 | s.charCodeAt(i + 1) << 8 | s.charCodeAt(i + 2)
			out += digits[n >> 18] + digits[n >> 12 & 63]
			out += (i + 1 < s.length ? digits[n >> 6 & 63] : '=') + (i + 2 < s.length ? digits[n & 63] : '=')
		}
		return out
	}
	var atob = s => {
		let out = '', bits = 0, n = 0
		for (const c of s.replace(/=/g, '')) {
			n = n << 6 | 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(c)
			if ((bits += 6) >= 8) { bits -= 8; out += String.fromCharCode(n >> bits & 255) }
		}
		return out
	}
	var setImmediate = f => Promise.resolve().then(f), setTimeout = setImmediate, setInterval = setImmediate
	var requestAnimationFrame = setImmediate, queueMicrotask = setImmediate, clearTimeout = () => {}, clearInterval = clearTimeout
`

// TestOracle runs every snippet in both worlds. Those for which the engine's answer
// is right but not the only one are listed in inexact.golden, so that the list can
// only get longer on purpose.
func TestOracle(t *testing.T) {
	snippets := readSnippets(t)
	require.GreaterOrEqual(t, len(snippets), 700)
	var inexact []string
	for _, s := range snippets {
		t.Run(s.place, func(t *testing.T) {
			want, err := interpret(s.program())
			require.NoError(t, err, s.text)
			got := abstract(s.program())
			require.True(t, got.holds(got.value, want.value, 0), "%s\nis %s, and the engine says %s", s.text, want, got)
			if !got.exact(got.value, want.value, 0) {
				inexact = append(inexact, s.text)
			}
		})
	}
	t.Logf("%d snippets, the engine's answer is exact for %d of them", len(snippets), len(snippets)-len(inexact))
	golden.Check(t, filepath.Join(oracleFixtures, "inexact.golden"), strings.Join(inexact, "\n")+"\n")
}

// TestDefinitionsHaveSnippets checks that some snippet calls each function of the
// language that the engine defines.
func TestDefinitionsHaveSnippets(t *testing.T) {
	called := map[string]bool{}
	restore := watchNatives(called)
	for _, s := range readSnippets(t) {
		abstract(s.program())
	}
	restore()
	var idle []string
	for name := range definitions() {
		if !called[name] {
			idle = append(idle, name)
		}
	}
	slices.Sort(idle)
	require.Empty(t, idle)
}

// definitions are the functions of the language that the engine defines, by name:
// "Array.push" for methods, "Object..keys" for statics. What the platform and the
// models of frameworks define is not among them.
func definitions() map[string]*Object {
	platform := []string{"Page", "Component", "App", "Behavior", "getApp", "getCurrentPages", "requirePlugin", "requireMiniProgram"}
	out := map[string]*Object{}
	for typ, ms := range methods {
		for name, v := range ms {
			if typ != "EventChannel" && !strings.HasPrefix(typ, "Instance") && len(v.objects) == 1 {
				out[typ+"."+name] = v.objects[0]
			}
		}
	}
	for name, v := range globals {
		if !strings.HasPrefix(name, "$") && !slices.Contains(platform, name) && !v.objects[0].namespace() {
			out[name] = v.objects[0]
		}
	}
	return out
}

// watchNatives notes the names of the functions that are called until the function
// that it returns is.
func watchNatives(called map[string]bool) (restore func()) {
	before := map[*function]nativeFunc{}
	for name, o := range definitions() {
		fn := o.fn
		run := fn.native
		before[fn] = run
		fn.native = func(m *machine, c *call) *Value {
			called[name] = true
			return run(m, c)
		}
	}
	return func() {
		for fn, run := range before {
			fn.native = run
		}
	}
}

// snippet is a piece of JavaScript and where it is written.
type snippet struct {
	text  string
	place string
}

// program is the script that makes what s gives its export.
func (s snippet) program() string {
	if strings.HasPrefix(s.text, "{") {
		return "module.exports.v = (function () " + s.text + ")()"
	}
	return "module.exports.v = (" + s.text + "\n)"
}

func readSnippets(t *testing.T) []snippet {
	t.Helper()
	files, err := filepath.Glob(oracleFixtures + "/*.txt")
	require.NoError(t, err)
	var out []snippet
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		subject := strings.TrimSuffix(filepath.Base(file), ".txt")
		for i, line := range strings.Split(string(text), "\n") {
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "  ") && len(out) > 0:
				out[len(out)-1].text += "\n" + line
			default:
				out = append(out, snippet{line, fmt.Sprintf("%s:%d", subject, i+1)})
			}
		}
	}
	return out
}

// real is what the interpreter computes.
type real struct {
	value goja.Value
	vm    *goja.Runtime
}

func (r real) String() string { return describe(r.value, 0) }

// interpret runs a program for real.
func interpret(text string) (real, error) {
	vm := goja.New()
	defer bounded(vm)()
	if err := vm.Set("given", givenValues); err != nil {
		return real{}, err
	}
	module := vm.NewObject()
	if err := errors.Join(module.Set("exports", vm.NewObject()), vm.Set("module", module)); err != nil {
		return real{}, err
	}
	if _, err := vm.RunString(missing); err != nil {
		return real{}, err
	}
	if _, err := vm.RunString(text); err != nil {
		return real{}, err
	}
	return real{module.Get("exports").ToObject(vm).Get("v"), vm}, nil
}

// possible is what the engine thinks possible.
type possible struct {
	value *Value
	m     *machine
}

func (p possible) String() string { return p.describe(p.value, 0) }

// abstract runs a program in the engine.
func abstract(text string) possible {
	f := source.NewFile("p.js", text)
	mod := &project.Module{File: f, Tree: script.Parse(f, script.JS), Reachable: true}
	m := newMachine(&project.Program{Modules: []*project.Module{mod}}, standard)
	s := m.exports(mod)
	return possible{m.get(m.get(objectOf(s.object), "exports"), "v"), m}
}

// deepest is how far into objects answers are compared.
const deepest = 8

// holds reports whether want is among what v can be.
func (p possible) holds(v *Value, want goja.Value, depth int) bool {
	v = orUndefined(v)
	if v.unknown || v.data != nil || depth > deepest {
		return true
	}
	o, ok := want.(*goja.Object)
	if !ok {
		return slices.ContainsFunc(v.consts, func(c *constant) bool { return c.means(want) })
	}
	return slices.ContainsFunc(v.objects, func(x *Object) bool { return p.holdsObject(x, o, depth+1) })
}

// means reports whether c is the primitive value want, or can be.
func (c *constant) means(want goja.Value) bool {
	switch {
	case goja.IsUndefined(want):
		return c.kind == undefined
	case goja.IsNull(want):
		return c.kind == null
	}
	switch w := want.Export().(type) {
	case bool:
		return c.kind == boolean && c.num != 0 == w
	case int64:
		return c.kind == number && c.num == float64(w)
	case float64:
		sameSign := math.Signbit(c.num) == math.Signbit(w)
		return c.kind == number && (c.num == w && sameSign || math.IsNaN(c.num) && math.IsNaN(w))
	case string:
		return c.kind == text && c.str == w || c.kind == joined && regexp.MustCompile("(?s)^"+c.shape()+"$").MatchString(w)
	}
	return false
}

// shape is a regular expression for the texts that a joined text can be.
func (c *constant) shape() string {
	out := ""
	for _, p := range c.pieces() {
		if p.val == nil {
			out += regexp.QuoteMeta(p.str)
		} else {
			out += ".*"
		}
	}
	return out
}

func (p possible) holdsObject(x *Object, want *goja.Object, depth int) bool {
	switch w := want.Export().(type) {
	case *goja.Promise:
		return x.kind == promiseObject && p.holdsPromise(x, w, depth)
	case func(goja.FunctionCall) goja.Value:
		return x.fn != nil
	}
	switch want.ClassName() {
	case "Function":
		return x.fn != nil
	case "Array":
		return x.kind == arrayObject && p.holdsArray(x, want, depth)
	case "RegExp":
		return x.kind == regexpObject
	case "Map", "Set", "WeakMap", "WeakSet":
		return x.kind == mapObject
	}
	own := want.Keys()
	for _, name := range own {
		if !p.holds(p.m.get(objectOf(x), name), want.Get(name), depth) {
			return false
		}
	}
	for _, name := range x.visible() {
		if v, _ := x.own(name); !v.maybeAbsent() && !v.unknown && want.Get(name) == nil {
			return false
		}
	}
	return true
}

func (p possible) holdsPromise(x *Object, want *goja.Promise, depth int) bool {
	name := map[goja.PromiseState]string{goja.PromiseStateFulfilled: promiseValue, goja.PromiseStateRejected: promiseError}[want.State()]
	v, ok := x.own(name)
	return name == "" || ok && p.holds(v, want.Result(), depth)
}

func (p possible) holdsArray(x *Object, want *goja.Object, depth int) bool {
	if !p.holds(p.m.get(objectOf(x), "length"), want.Get("length"), depth) {
		return false
	}
	for i := range int(want.Get("length").ToInteger()) {
		w := want.Get(indexName(i))
		if w == nil {
			w = goja.Undefined()
		}
		if !p.holds(p.m.get(objectOf(x), indexName(i)), w, depth) {
			return false
		}
	}
	return true
}

// exact reports whether v, which holds want, is nothing else.
func (p possible) exact(v *Value, want goja.Value, depth int) bool {
	v = orUndefined(v)
	if v.unknown || v.data != nil || len(v.consts)+len(v.objects) != 1 || v.hasJoined() {
		return false
	}
	if depth > deepest || len(v.objects) == 0 {
		return true
	}
	o, x := want.(*goja.Object), v.objects[0]
	if x.rest != nil && x.kind != mapObject || x.open {
		return false
	}
	if x.kind == arrayObject && int64(len(x.elems)) != o.Get("length").ToInteger() {
		return false
	}
	for _, name := range o.Keys() {
		if !p.exact(p.m.get(objectOf(x), name), o.Get(name), depth+1) {
			return false
		}
	}
	return true
}

// describe writes a value of the interpreter as it would be in a script.
func describe(v goja.Value, depth int) string {
	o, ok := v.(*goja.Object)
	switch {
	case v == nil:
		return "nothing"
	case !ok:
		if s, ok := v.Export().(string); ok {
			return fmt.Sprintf("%q", s)
		}
		return v.String()
	case depth > 3:
		return "…"
	}
	var parts []string
	for _, name := range o.Keys() {
		parts = append(parts, name+": "+describe(o.Get(name), depth+1))
	}
	return o.ClassName() + "{" + strings.Join(parts, ", ") + "}"
}

// describe writes what v can be.
func (p possible) describe(v *Value, depth int) string {
	v = orUndefined(v)
	var ways []string
	for _, c := range v.consts {
		if c.kind == text {
			ways = append(ways, fmt.Sprintf("%q", c.str))
		} else {
			ways = append(ways, c.String())
		}
	}
	for _, o := range v.objects {
		if depth > 3 {
			ways = append(ways, "…")
			continue
		}
		var parts []string
		for i, e := range o.elems {
			parts = append(parts, indexName(i)+": "+p.describe(e, depth+1))
		}
		for _, name := range o.visible() {
			own, _ := o.own(name)
			parts = append(parts, name+": "+p.describe(own, depth+1))
		}
		if o.rest != nil {
			parts = append(parts, "*: "+p.describe(o.rest, depth+1))
		}
		if o.open {
			parts = append(parts, "?")
		}
		kind := []string{"Object", "Array", "Function", "Platform", "Promise", "RegExp", "Map", "Library", "Channel", "Instance"}[o.kind]
		ways = append(ways, kind+"{"+strings.Join(parts, ", ")+"}")
	}
	if v.unknown {
		ways = append(ways, "something else")
	}
	return strings.Join(ways, " or ")
}
