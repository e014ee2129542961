package heavy

import (
	"fmt"
	"math/rand"
	"strings"
	"testing/fstest"
)

// Random returns a program made of what makes programs costly, one inside the other and in
// any number: loops, branches, calls, lists and texts that grow, copies, callbacks,
// components and loops of views. The same seed gives the same program.
func Random(seed int64) Input {
	g := &generator{rand: rand.New(rand.NewSource(seed))}
	in := Page("{ m: '', list: "+g.list()+", o: {} }", g.script(), g.view(3))
	for c := range g.rand.Intn(6) {
		p := fmt.Sprintf("c/c%d", c)
		in[p+".json"] = &fstest.MapFile{Data: []byte(g.using("component", c))}
		in[p+".js"] = &fstest.MapFile{Data: []byte("Component({ data: { list: " + g.list() +
			" }, attached() { const m = this.data;" + g.block(2) + "} })")}
		in[p+".wxml"] = &fstest.MapFile{Data: []byte(g.view(2))}
	}
	in["pages/a/a.json"] = &fstest.MapFile{Data: []byte(g.using("x", -1))}
	return in
}

type generator struct {
	rand *rand.Rand
	vars int
}

// using is the configuration of something that uses all components behind number n.
func (g *generator) using(key string, n int) string {
	var uses []string
	for c := n + 1; c < 6; c++ {
		uses = append(uses, fmt.Sprintf(`"c%d": "/c/c%d"`, c, c))
	}
	return fmt.Sprintf(`{"%s": true, "usingComponents": {%s}}`, key, strings.Join(uses, ", "))
}

func (g *generator) list() string { return "[" + numbers(1+g.rand.Intn(40)) + "]" }

func (g *generator) script() string {
	var s strings.Builder
	for i := range 1 + g.rand.Intn(8) {
		fmt.Fprintf(&s, "function f%d(m, k) { %s; return m }\n", i, g.block(3))
	}
	return s.String() + "const m = { a: 1, list: " + g.list() + " }\n" + g.block(3)
}

func (g *generator) block(depth int) string {
	var s strings.Builder
	for range 1 + g.rand.Intn(5) {
		s.WriteString(g.statement(depth))
	}
	return s.String()
}

func (g *generator) statement(depth int) string {
	g.vars++
	v := fmt.Sprintf("v%d", g.vars)
	if depth > 0 {
		inner := func() string { return g.block(depth - 1) }
		switch g.rand.Intn(8) {
		case 0:
			return "for (const " + v + " of " + g.value() + ") {" + inner() + "}\n"
		case 1:
			return fmt.Sprintf("for (let %s = 0; %s < %d; %s++) {%s}\n", v, v, 1<<g.rand.Intn(12), v, inner())
		case 2:
			return "if (" + g.value() + ") {" + inner() + "} else {" + inner() + "}\n"
		case 3:
			return "[" + numbers(1+g.rand.Intn(20)) + "].map(" + v + " => {" + inner() + "return " + g.value() + "})\n"
		case 4:
			return "new Promise(k => {" + inner() + "k(m)}).then(m => {" + inner() + "})\n"
		case 5:
			return "try {" + inner() + "} catch (k) {" + inner() + "}\n"
		}
	}
	return g.pick(
		"let "+v+" = "+g.value()+"; m["+v+"] = "+v+"\n",
		strings.Repeat("m.a = m.a + m.a\n", 1+g.rand.Intn(30)),
		strings.Repeat("m.list = [m.list, m.list, m.list]\n", 1+g.rand.Intn(8)),
		"m.list = m.list.concat(m.list)\n", "m = { ...m, ...m.o }\n", "m.o = JSON.parse(JSON.stringify(m))\n",
		"wx.setStorageSync('k', m); m.o = wx.getStorageSync('k')\n",
		"m.b = "+strings.Repeat("m.a || ", 1+g.rand.Intn(200))+"1\n",
		fmt.Sprintf("f%d(m, %s)\n", g.rand.Intn(8), g.value()),
	)
}

func (g *generator) value() string {
	return g.pick("m", "m.a", "m.list", "m.o", "'text'", "1", "unknown", "unknown()", fmt.Sprintf("f%d(m)", g.rand.Intn(8)),
		"[m, m]", "{ m, a: m.a }")
}

func (g *generator) view(depth int) string {
	var s strings.Builder
	for range 1 + g.rand.Intn(4) {
		if depth == 0 {
			s.WriteString(g.pick(field, `<view bindtap="go" data-m="{{m}}"/>`, fmt.Sprintf("<c%d/>", g.rand.Intn(6)), "<view>{{m}}</view>"))
			continue
		}
		s.WriteString(g.pick(`<view wx:for="{{list}}">`, `<view wx:if="{{m}}">`, "<form>", "<view>"))
		tag := s.String()[strings.LastIndexByte(s.String(), '<')+1:]
		name, _, _ := strings.Cut(strings.TrimSuffix(tag, ">"), " ")
		s.WriteString(g.view(depth-1) + "</" + name + ">")
	}
	return s.String()
}

func (g *generator) pick(of ...string) string { return of[g.rand.Intn(len(of))] }
