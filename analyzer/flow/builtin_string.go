package flow

import (
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/beian/beian/analyzer/script"
)

func init() {
	define("String", map[string]nativeFunc{
		"slice": fold(slice), "substring": fold(slice), "substr": fold(substr), "trim": fold(trim),
		"trimStart": fold(nil), "trimEnd": fold(nil), "trimLeft": fold(nil), "trimRight": fold(nil),
		"toUpperCase": fold(upper), "toLowerCase": fold(lowerText), "toString": same, "valueOf": same,
		"toLocaleUpperCase": pass, "toLocaleLowerCase": pass, "padStart": pass, "padEnd": pass,
		"repeat": pass, "normalize": pass, "at": pass, "charAt": pass, "charCodeAt": pass, "codePointAt": pass,
		"replace": replace, "replaceAll": replace, "concat": concatAll, "split": splitText,
		"match": match, "matchAll": match, "search": search,
		"indexOf": finds(strings.Index), "lastIndexOf": finds(strings.LastIndex), "localeCompare": always(unknownValue),
		"includes": asks(strings.Contains), "startsWith": asks(strings.HasPrefix), "endsWith": asks(strings.HasSuffix),
		"big": pass, "link": pass,
	})
	define("Number", map[string]nativeFunc{
		"toString": same, "toFixed": pass, "valueOf": same, "toPrecision": pass, "toLocaleString": pass,
	})
	define("RegExp", map[string]nativeFunc{
		"test": func(m *machine, c *call) *Value { m.noteRegexp(c.this, c.arg(0)); return boolValue },
		"exec": func(m *machine, c *call) *Value {
			m.noteRegexp(c.this, c.arg(0))
			return m.matches(c, c.arg(0))
		},
		"toString": always(unknownValue),
	})
	defineGlobal("RegExp", newRegexp)
	defineGlobal("String", func(m *machine, c *call) *Value { return concat(textOf(""), c.arg(0)) })
	define("String.", map[string]nativeFunc{"fromCharCode": pass, "fromCodePoint": pass, "raw": deepPass})
	for _, name := range []string{"Number", "parseInt", "parseFloat", "BigInt"} {
		defineGlobal(name, toNumber)
	}
	define("Number.", map[string]nativeFunc{"parseInt": toNumber, "parseFloat": toNumber, "isNaN": always(boolValue),
		"isInteger": always(boolValue)})
	defineGlobal("isNaN", always(boolValue))
	defineGlobal("isFinite", always(boolValue))
	defineGlobal("Boolean", func(m *machine, c *call) *Value {
		switch t, f := c.arg(0).truth(); {
		case t && !f:
			return trueValue
		case f && !t:
			return falseValue
		}
		return boolValue
	})
	for _, name := range []string{"encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI", "escape", "unescape"} {
		defineGlobal(name, unchanged)
	}
	for _, name := range []string{"btoa", "atob"} {
		defineGlobal(name, pass)
	}
}

// fold applies a text function to known texts and passes collected data on.
func fold(f func(string, *call) (string, bool)) nativeFunc {
	return func(m *machine, c *call) *Value {
		if f == nil || !c.this.pure() || c.this.hasJoined() {
			return pass(m, c)
		}
		var out *Value
		for _, k := range c.this.consts {
			s, ok := f(k.String(), c)
			if !ok {
				return unknownValue
			}
			n := *k
			n.kind, n.str = text, s
			out = join(out, valueOf(n))
		}
		return out
	}
}

func trim(s string, _ *call) (string, bool)      { return strings.TrimSpace(s), true }
func upper(s string, _ *call) (string, bool)     { return strings.ToUpper(s), true }
func lowerText(s string, _ *call) (string, bool) { return strings.ToLower(s), true }

// slice is s.slice(from, to) for known numbers not below zero.
func slice(s string, c *call) (string, bool) {
	r := []rune(s)
	from, to := 0, len(r)
	if k, ok := c.arg(0).only(); ok && k.kind == number {
		from = int(k.num)
	} else if !ok {
		return "", false
	}
	if k, ok := c.arg(1).only(); ok && k.kind == number {
		to = int(k.num)
	} else if !ok {
		return "", false
	}
	if from < 0 {
		from += len(r)
	}
	if to < 0 {
		to += len(r)
	}
	if from = max(0, from); from > len(r) {
		from = len(r)
	}
	return string(r[from:min(len(r), max(from, to))]), true
}

// substr is s.substr(from, length) for known numbers.
func substr(s string, c *call) (string, bool) {
	from, ok := c.arg(0).only()
	if !ok || from.kind != number {
		return "", false
	}
	r := []rune(s)
	start := int(from.num)
	if start < 0 {
		start += len(r)
	}
	start = min(len(r), max(0, start))
	n := len(r)
	if k, ok := c.arg(1).only(); ok && k.kind == number {
		n = int(k.num)
	} else if !ok {
		return "", false
	}
	return string(r[start:min(len(r), start+max(0, n))]), true
}

// finds is indexOf and lastIndexOf, in UTF-16 units, for known texts.
func finds(index func(s, t string) int) nativeFunc {
	return func(m *machine, c *call) *Value {
		s, oks := c.this.only()
		t, okt := c.arg(0).only()
		if !oks || !okt || s.kind != text || t.kind != text || len(c.args) != 1 {
			return unknownValue
		}
		at := index(s.str, t.str)
		if at > 0 {
			at = len(utf16.Encode([]rune(s.str[:at])))
		}
		return numberOf(float64(at))
	}
}

func same(m *machine, c *call) *Value {
	if c.this != nil && len(c.this.objects) > 0 {
		return pass(m, c)
	}
	return orUndefined(c.this)
}

func concatAll(m *machine, c *call) *Value {
	v := c.this
	for i := range c.args {
		v = concat(v, c.arg(i))
	}
	return v
}

// replace passes text and replacement on; a replacement function sees the text.
func replace(m *machine, c *call) *Value {
	m.noteReplaced(c)
	v := taintOnly(joinTaints(c.this.taints(), c.arg(1).taints()))
	if callable(c.arg(1)) {
		in := taintOnly(c.this.taints())
		v = join(v, m.call(c.arg(1), undefinedValue, []*Value{in, in, in}, site{c.site, "callback"}))
	}
	if c.this.pure() && !c.this.hasJoined() {
		if to, ok := c.arg(1).only(); ok && to.kind == text {
			if re := goRegexp(c.arg(0)); re != nil && !strings.Contains(to.str, "$") {
				return mapText(c.this, func(s string) string { return re.replace(s, to.str) })
			}
		}
		from, okf := c.arg(0).only()
		to, okt := c.arg(1).only()
		if okf && okt && from.kind == text && to.kind == text {
			return mapText(c.this, func(s string) string { return strings.Replace(s, from.str, to.str, 1) })
		}
	}
	return v
}

// pattern is a regular expression of the program that means the same in Go.
type pattern struct {
	re     *regexp.Regexp
	global bool
}

// goRegexp returns the one regular expression that v is, if Go knows it, too.
func goRegexp(v *Value) *pattern {
	found := regexpsOf(v)
	if len(found) != 1 || strings.Trim(found[0].Flags, "gi") != "" || len(found[0].Pattern) > 200 {
		return nil
	}
	source := found[0].Pattern
	if strings.Contains(found[0].Flags, "i") {
		source = "(?i)" + source
	}
	re, err := regexp.Compile(source)
	if err != nil {
		return nil
	}
	return &pattern{re, strings.Contains(found[0].Flags, "g")}
}

// replace puts to in the place of the first match in s, or of all.
func (p *pattern) replace(s, to string) string {
	if p.global {
		return p.re.ReplaceAllLiteralString(s, to)
	}
	at := p.re.FindStringIndex(s)
	if at == nil {
		return s
	}
	return s[:at[0]] + to + s[at[1]:]
}

func mapText(v *Value, f func(string) string) *Value {
	out := &Value{}
	for _, k := range v.consts {
		n := *k
		n.kind, n.str = text, f(k.String())
		out.consts, out.unknown = joinConsts(out.consts, []*constant{&n}, out.unknown)
	}
	return out
}

func splitText(m *machine, c *call) *Value {
	if k, ok := c.this.only(); ok && k.kind == text {
		if sep, ok := c.arg(0).only(); ok && sep.kind == text {
			var elems []*Value
			for _, s := range strings.SplitN(k.str, sep.str, maxElems) {
				elems = append(elems, valueOf(constant{kind: text, str: s, file: k.file, span: k.span}))
			}
			return m.array(c.site, elems, nil)
		}
	}
	if sep, ok := c.arg(0).only(); ok && sep.kind == text && sep.str != "" && c.this != nil && len(c.this.consts) == 1 &&
		c.this.consts[0].kind == joined {
		return m.array(c.site, splitParts(c.this.consts[0].parts, sep.str), nil)
	}
	return m.array(c.site, nil, taintOnly(c.this.taints()))
}

// splitParts splits joined text at a separator, which is in its literal pieces.
func splitParts(parts []part, sep string) []*Value {
	out := []*Value{textOf("")}
	add := func(v *Value) { out[len(out)-1] = concat(out[len(out)-1], v) }
	for _, p := range parts {
		if p.val != nil {
			add(p.value())
			continue
		}
		for i, s := range strings.Split(p.str, sep) {
			if i > 0 {
				out = append(out, textOf(""))
			}
			add(textOf(s))
		}
	}
	return out
}

func match(m *machine, c *call) *Value {
	m.noteRegexp(c.arg(0), c.this)
	return m.matches(c, c.this)
}

// matches is the result of matching v: null, or an array of parts of it.
func (m *machine) matches(c *call, v *Value) *Value {
	return join(nullValue, m.array(c.site, nil, taintOnly(v.taints())))
}

func search(m *machine, c *call) *Value {
	m.noteRegexp(c.arg(0), c.this)
	return unknownValue
}

// asks answers a question about two texts if both are known.
func asks(question func(s, t string) bool) nativeFunc {
	return func(m *machine, c *call) *Value {
		s, oks := c.this.only()
		t, okt := c.arg(0).only()
		if oks && okt && s.kind == text && t.kind == text {
			return boolOf(question(s.str, t.str))
		}
		return boolValue
	}
}

func toNumber(m *machine, c *call) *Value {
	if k, ok := c.arg(0).only(); ok && k.kind == number {
		return c.arg(0)
	}
	return pass(m, c)
}

func newRegexp(m *machine, c *call) *Value {
	o := m.object(regexpObject, c.site)
	t := o.special()
	t.regexp = nil
	if k, ok := c.arg(0).only(); ok && k.kind == text {
		t.regexp = &script.Regexp{Pattern: k.str}
		if fl, ok := c.arg(1).only(); ok && fl.kind == text {
			t.regexp.Flags = fl.str
		}
	} else if rs := regexpsOf(c.arg(0)); len(rs) == 1 {
		t.regexp = rs[0]
	}
	return objectOf(o)
}

// noteRegexp notes that v was matched against a regular expression.
func (m *machine) noteRegexp(pattern, v *Value) {
	if v == nil || len(v.taints()) == 0 {
		return
	}
	for _, re := range regexpsOf(pattern) {
		for _, t := range v.taints() {
			t.origin.test(Test{Regexp: re, Call: m.checker(), Location: m.here()})
		}
	}
}

// noteReplaced notes the pattern of a replacement only as a look at the value.
func (m *machine) noteReplaced(c *call) {
	for _, t := range c.this.taints() {
		t.origin.uses.Read = true
	}
}
