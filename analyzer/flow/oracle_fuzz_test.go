package flow

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
)

// Small programs that are made by chance are run in both worlds: what the real
// interpreter computes must be among what the engine thinks possible.

// generations is the number of generated programs that a plain test runs.
const generations = 4000

func TestGenerated(t *testing.T) {
	for seed := range int64(generations) {
		checkGenerated(t, seed)
	}
}

func FuzzOracle(f *testing.F) {
	f.Add(int64(1))
	f.Fuzz(func(t *testing.T, seed int64) { checkGenerated(t, seed) })
}

func checkGenerated(t *testing.T, seed int64) {
	text := (&generator{Rand: rand.New(rand.NewSource(seed))}).program()
	want, err := interpret(text)
	if err != nil {
		return // it throws or does not end: that is no answer
	}
	if got := abstract(text); !got.holds(got.value, want.value, 0) {
		t.Errorf("seed %d: %s\nis %s, and the engine says %s", seed, text, want, got)
	}
}

// generator makes programs over a few variables: a and b are arrays, s and t texts, o
// and p objects, n and i numbers. They end with all of them.
type generator struct {
	*rand.Rand
	depth int
	out   strings.Builder
}

func (g *generator) program() string {
	g.out.WriteString(`let a = ['x', 'y'], b = [1, 2, 3], s = 'ab', t = 'b-c', o = { k: 1, m: 'z' }, p = {}, n = 1, i = 0` + "\n")
	for range 3 + g.Intn(8) {
		g.statement()
	}
	g.out.WriteString("module.exports.v = { a, b, s, t, o, p, n, keys: Object.keys(o).sort(), length: a.length + b.length }\n")
	return g.out.String()
}

// pick returns one of some texts.
func (g *generator) pick(texts ...string) string { return texts[g.Intn(len(texts))] }

func (g *generator) array() string  { return g.pick("a", "b") }
func (g *generator) object() string { return g.pick("o", "p") }
func (g *generator) key() string    { return g.pick("k", "m", "q", "1", "0") }

// unknown is a condition of which the engine knows nothing.
func (g *generator) unknown() string {
	return g.pick("given.yes", "given.no", "given.one === 1", "given.zero > 5", "!given.a")
}

// condition is one that is known or not.
func (g *generator) condition() string {
	if g.Intn(2) == 0 {
		return g.unknown()
	}
	return g.pick("n > 1", "a.length > 2", "s === t", "'k' in o", "o.k", "a.includes('x')", "s.startsWith('a')", "b.indexOf(2) >= 0", "p.m === undefined")
}

func (g *generator) number() string {
	return g.pick("0", "1", "2", "-1", "n", "a.length", "b.indexOf(2)", "s.length", "n % 3", "b[0]", "Math.min(n, 2)", "given.one")
}

func (g *generator) text() string {
	return g.pick("'q'", "s", "t", "s + t", "s.slice(1)", "t.toUpperCase()", "t.replace('-', '+')", "`${n}:${s}`", "String(n)", "a.join('')",
		"s.substring(2, 0)", "t.split('-')[0]", "a[0]", "JSON.stringify(o)", "Object.keys(o).sort().join()", "s.charAt(1)", "given.a", "o.m")
}

func (g *generator) value() string {
	if g.Intn(2) == 0 {
		return g.number()
	}
	return g.text()
}

// statement writes one statement.
func (g *generator) statement() {
	if g.depth < 3 && g.Intn(3) == 0 {
		g.block()
		return
	}
	switch g.Intn(14) {
	case 0:
		g.line("%s.push(%s)", g.array(), g.value())
	case 1:
		g.line("%s.%s()", g.array(), g.pick("pop", "shift", "reverse", "sort"))
	case 2:
		g.line("%s.splice(%s, %s, %s)", g.array(), g.number(), g.number(), g.value())
	case 3:
		g.line("%s[%s] = %s", g.array(), g.pick("0", "1", "n % 3", "given.one"), g.value())
	case 4:
		g.line("%s.%s = %s", g.object(), g.pick("k", "m", "q"), g.value())
	case 5:
		g.line("%s[%s] = %s", g.object(), g.pick("'k'", "'m'", "n", "given.a"), g.value())
	case 6:
		g.line("delete %s[%q]", g.object(), g.key())
	case 7:
		g.line("%s = %s", g.pick("s", "t"), g.text())
	case 8:
		g.line("n = %s %s %s", g.number(), g.pick("+", "-", "*", "%"), g.number())
	case 9:
		g.line("%s = %s.%s", g.array(), g.array(), g.pick("map(x => x + 1)", "filter(x => x !== 'x')", "slice(1)", "concat(b)", "toReversed()", "filter(x => given.yes)"))
	case 10:
		g.line("%s = { ...%s, %s: %s }", g.object(), g.object(), g.pick("k", "m", "q"), g.value())
	case 11:
		g.line("n = %s.reduce((x, y) => x + 1, %s)", g.array(), g.number())
	case 12:
		g.line("%s.unshift(%s)", g.array(), g.value())
	case 13:
		g.line("; [s, t] = [%s, s]", g.text())
	}
}

// block writes a statement with statements in it.
func (g *generator) block() {
	g.depth++
	switch g.Intn(7) {
	case 0:
		g.nest("if (%s) {", "}", g.condition())
	case 1:
		g.out.WriteString("if (" + g.condition() + ") {\n")
		g.statement()
		g.nest("} else {", "}")
	case 2:
		g.nest("for (const x of %s.slice()) { if (%s) continue", "}", g.array(), g.condition())
	case 3:
		g.nest("for (let j = 0; j < %s; j++) {", "}", g.pick("2", "3", "given.two"))
	case 4:
		g.nest("try { if (%s) throw 'e'", "} catch (e) { t = e }", g.condition())
	case 5:
		g.nest("switch (%s) { case 1: s += 1; case 'x':", "break; default: n = 7 }", g.pick("n", "a[0]", "given.one"))
	case 6:
		g.nest("for (const x in %s) { n++", "}", g.object())
	}
	g.depth--
}

func (g *generator) nest(head, foot string, args ...any) {
	g.line(head, args...)
	for range 1 + g.Intn(2) {
		g.statement()
	}
	g.line("%s", foot)
}

func (g *generator) line(format string, args ...any) {
	fmt.Fprintf(&g.out, format+"\n", args...)
}

// interruptAfter is how long a generated program may run for real.
const interruptAfter = time.Second

// bounded makes vm stop what does not end.
func bounded(vm *goja.Runtime) (stop func() bool) {
	return time.AfterFunc(interruptAfter, func() { vm.Interrupt("no end") }).Stop
}
