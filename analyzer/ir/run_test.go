package ir

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
)

// TestRun runs programs twice, as they are and written back from their lowered
// form, and compares what they log.
func TestRun(t *testing.T) {
	for _, test := range programs {
		t.Run(test.name, func(t *testing.T) {
			want := run(t, test.text)
			require.NotEmpty(t, want)
			m := lower("page.js", test.text)
			for _, f := range m.Init.Funcs() {
				require.Empty(t, f.Check())
			}
			require.Equal(t, want, run(t, runtime+writeBack(m)))
		})
	}
}

// run runs text and returns what it logs.
func run(t *testing.T, text string) []string {
	t.Helper()
	vm := goja.New()
	var logged []string
	stringify, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("stringify"))
	require.NoError(t, vm.Set("log", func(call goja.FunctionCall) goja.Value {
		line := ""
		for _, v := range call.Arguments {
			s, err := stringify(goja.Undefined(), v)
			require.NoError(t, err)
			line += s.String() + " "
		}
		logged = append(logged, line)
		return goja.Undefined()
	}))
	_, err := vm.RunString(text)
	require.NoError(t, err, "%s", text)
	return logged
}

// runtime is what the operations of the written program call.
const runtime = `
const $home = new WeakMap();
function $set(o, k, v) {
  if (typeof v === 'function' && !$home.has(v)) $home.set(v, o);
  o[k] = v;
}
function $accessor(o, k, kind, f) {
  $home.set(f, o);
  const d = Object.getOwnPropertyDescriptor(o, k) || { configurable: true, enumerable: true };
  d[kind] = f;
  Object.defineProperty(o, k, d);
}
function $omit(o, keys) {
  const rest = Object.assign({}, o);
  for (const k of keys) delete rest[k];
  return rest;
}
function $super(f, k) { return Object.getPrototypeOf($home.get(f))[k]; }
`

// writeBack writes a module as a program: registers become variables of their
// function, and variables become cells that closures capture when they are
// made.
func writeBack(m *Module) string {
	w := &writer{}
	w.line("(() => {")
	w.body(m.Init)
	w.line("})()")
	return w.String()
}

type writer struct{ strings.Builder }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.Builder, format+"\n", args...) }

func cell(v *Var) string {
	depth := 0
	for f := v.Func; f.Parent != nil; f = f.Parent {
		depth++
	}
	return fmt.Sprintf("c%d_%d", depth, v.Index)
}

func (w *writer) body(f *Func) {
	body := f.Body()
	for r := range f.Regs {
		w.line("let r%d;", r)
	}
	for _, v := range f.Vars {
		w.line("let %s = {}; // %s", cell(v), v.Name)
	}
	w.block(body)
}

// function is the expression that makes f.
func function(f *Func) string {
	var cells []string
	for p := f.Parent; p != nil; p = p.Parent {
		for _, v := range p.Vars {
			cells = append(cells, cell(v))
		}
	}
	captured := strings.Join(cells, ", ")
	w := &writer{}
	head := map[bool]string{true: "async "}[f.Async]
	switch {
	case f.Arrow:
		head += "(...argv) => {"
	case f.Generator:
		head += "function*(...argv) {"
	default:
		head += "function(...argv) {"
	}
	w.line("((%s) => { const me = %s", captured, head)
	if !f.Arrow {
		w.line("const args = arguments;")
	}
	w.body(f)
	w.line("}; Object.defineProperty(me, 'name', { value: %q }); return me })(%s)", f.Name, captured)
	return w.String()
}

// class is the expression that makes a class.
func class(i *Instr) string {
	f := i.Ext.Func
	w := &writer{}
	extends := ""
	if i.A != None {
		extends = fmt.Sprintf("extends r%d ", i.A)
	}
	var cells []string
	for p := f.Parent; p != nil; p = p.Parent {
		for _, v := range p.Vars {
			cells = append(cells, cell(v))
		}
	}
	captured := strings.Join(cells, ", ")
	fields := "function() {}"
	if f.Class.Fields != nil {
		fields = function(f.Class.Fields)
	}
	w.line("((%s) => { const fields = %s; const me = class %s{ constructor(...argv) {", captured, fields, extends)
	if !f.Class.Derived {
		w.line("fields.call(this);")
	}
	w.body(f)
	w.line("} }; $home.set(me, me.prototype); return me })(%s)", captured)
	return w.String()
}

func (w *writer) block(block []Instr) {
	for n := range block {
		w.instr(&block[n])
	}
}

func list(x *Ext) string {
	var args []string
	for n, r := range x.Args {
		dots := ""
		if n < len(x.Spread) && x.Spread[n] {
			dots = "..."
		}
		args = append(args, fmt.Sprintf("%sr%d", dots, r))
	}
	return strings.Join(args, ", ")
}

func (w *writer) instr(i *Instr) {
	if v, ok := value(i); ok {
		w.line("r%d = %s;", i.Dst, v)
		return
	}
	switch i.Op {
	case Store:
		w.line("%s.v = r%d;", cell(i.Ext.Var), i.A)
	case Declare:
		w.line("%s = {};", cell(i.Ext.Var))
	case Set:
		w.line("$set(r%d, %q, r%d);", i.A, i.Name, i.B)
	case SetKey:
		w.line("$set(r%d, r%d, r%d);", i.A, i.B, i.C)
	case Getter:
		w.line("$accessor(r%d, %q, 'get', r%d);", i.A, i.Name, i.B)
	case GetterKey:
		w.line("$accessor(r%d, r%d, 'get', r%d);", i.A, i.C, i.B)
	case Setter:
		w.line("$accessor(r%d, %q, 'set', r%d);", i.A, i.Name, i.B)
	case SetterKey:
		w.line("$accessor(r%d, r%d, 'set', r%d);", i.A, i.C, i.B)
	case Delete:
		w.line("r%d = delete r%d[%q];", i.Dst, i.A, i.Name)
	case DeleteKey:
		w.line("r%d = delete r%d[r%d];", i.Dst, i.A, i.B)
	case Copy:
		w.line("Object.assign(r%d, r%d);", i.A, i.B)
	case Append:
		w.line("r%d.push(r%d);", i.A, i.B)
	case Extend:
		w.line("r%d.push(...r%d);", i.A, i.B)
	case Super:
		w.line("super(%s); fields.call(this);", list(i.Ext))
	default:
		w.control(i)
	}
}

func (w *writer) control(i *Instr) {
	switch i.Op {
	case If:
		w.line("if (r%d) {", i.A)
		w.block(i.Ext.Blocks[0])
		w.line("} else {")
		w.block(i.Ext.Blocks[1])
	case Loop:
		w.line("L%d: for (;;) { C%d: {", i.Ext.Label, i.Ext.Label)
		w.block(i.Ext.Blocks[0])
		w.line("}")
		w.block(i.Ext.Blocks[1])
	case ForOf, ForIn:
		word := map[Op]string{ForOf: "of", ForIn: "in"}[i.Op]
		w.line("L%d: for (r%d %s r%d) { C%d: {", i.Ext.Label, i.Dst, word, i.A, i.Ext.Label)
		w.block(i.Ext.Blocks[0])
		w.line("}")
	case Block:
		w.line("L%d: {", i.Ext.Label)
		w.block(i.Ext.Blocks[0])
	case Try:
		w.line("try {")
		w.block(i.Ext.Blocks[0])
		w.line("} catch (thrown) { r%d = thrown;", i.Dst)
		w.block(i.Ext.Blocks[1])
		w.line("} finally {")
		w.block(i.Ext.Blocks[2])
	case Break:
		w.line("break L%d;", int(i.Num))
		return
	case Continue:
		w.line("break C%d;", int(i.Num))
		return
	case Throw:
		w.line("throw r%d;", i.A)
		return
	case Return:
		if i.A == None {
			w.line("return;")
		} else {
			w.line("return r%d;", i.A)
		}
		return
	default:
		panic("not an operation that can be written: " + shapes[i.Op].text)
	}
	w.line("}")
}

// value is the expression of an instruction that yields a value.
func value(i *Instr) (string, bool) {
	switch i.Op {
	case Undef:
		return "undefined", true
	case Null:
		return "null", true
	case Bool:
		return strconv.FormatBool(i.Num != 0), true
	case Number:
		return strconv.FormatFloat(i.Num, 'g', -1, 64), true
	case String:
		return strconv.Quote(i.Name), true
	case Regexp:
		return "/" + i.Ext.Regexp.Pattern + "/" + i.Ext.Regexp.Flags, true
	case Global:
		return fmt.Sprintf("typeof %s === 'undefined' ? undefined : %s", i.Name, i.Name), true
	case This:
		return "this", true
	case Args:
		return "args", true
	case Meta:
		return "new.target", true
	case Load:
		return cell(i.Ext.Var) + ".v", true
	case Move:
		return fmt.Sprintf("r%d", i.A), true
	case Closure:
		return function(i.Ext.Func), true
	case ClassDef:
		return class(i), true
	case Param:
		return fmt.Sprintf("argv[%v]", i.Num), true
	case RestArgs:
		return fmt.Sprintf("argv.slice(%v)", i.Num), true
	case Object:
		return "{}", true
	case Array:
		if i.Ext != nil {
			return strings.ReplaceAll(fmt.Sprint(i.Ext.Numbers), " ", ","), true
		}
		return "[]", true
	case Get:
		return fmt.Sprintf("r%d[%q]", i.A, i.Name), true
	case GetKey:
		return fmt.Sprintf("r%d[r%d]", i.A, i.B), true
	case Omit:
		keys := []string{}
		for _, name := range i.Ext.Names {
			keys = append(keys, strconv.Quote(name))
		}
		return fmt.Sprintf("$omit(r%d, [%s].concat([%s]))", i.A, strings.Join(keys, ", "), list(i.Ext)), true
	case Tail:
		return fmt.Sprintf("[...r%d].slice(%v)", i.A, i.Num), true
	case Elem:
		return fmt.Sprintf("[...r%d][%v]", i.A, i.Num), true
	case Proto:
		return fmt.Sprintf("r%d.prototype", i.A), true
	case Unary:
		return fmt.Sprintf("%s r%d", i.Name, i.A), true
	case Binary:
		return fmt.Sprintf("r%d %s r%d", i.A, i.Name, i.B), true
	case Template:
		text := strconv.Quote(i.Ext.Names[0])
		for n, r := range i.Ext.Args {
			text += fmt.Sprintf(" + r%d + %q", r, i.Ext.Names[n+1])
		}
		return text, true
	case Call:
		if i.B == None {
			return fmt.Sprintf("r%d(%s)", i.A, list(i.Ext)), true
		}
		args := list(i.Ext)
		if args != "" {
			args = ", " + args
		}
		return fmt.Sprintf("r%d.call(r%d%s)", i.A, i.B, args), true
	case New:
		return fmt.Sprintf("new r%d(%s)", i.A, list(i.Ext)), true
	case SuperGet:
		if i.A == None {
			return fmt.Sprintf("$super(me, %q)", i.Name), true
		}
		return fmt.Sprintf("$super(me, r%d)", i.A), true
	case Await:
		return fmt.Sprintf("await r%d", i.A), true
	case Yield:
		star := map[bool]string{true: "*"}[i.Num != 0]
		if i.A == None {
			return "yield", true
		}
		return fmt.Sprintf("yield%s r%d", star, i.A), true
	}
	return "", false
}
