package flow

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/script"
)

func init() {
	strs := map[string]nativeFunc{
		"toString": same, "valueOf": same, "concat": concatAll,
		"replace": replace, "replaceAll": replace, "split": splitText,
		"match": match, "matchAll": matchAll, "search": search,
	}
	for _, name := range []string{
		"slice", "substring", "substr", "trim", "trimStart", "trimEnd", "trimLeft", "trimRight",
		"toUpperCase", "toLowerCase", "toLocaleUpperCase", "toLocaleLowerCase", "padStart", "padEnd",
		"repeat", "normalize", "at", "charAt", "charCodeAt", "codePointAt",
	} {
		strs[name] = knownApart(computed("String.prototype."+name, pass), pass)
	}
	for _, name := range [...]string{"slice", "substring", "substr"} {
		strs[name] = endCut(strs[name])
	}
	for name, other := range map[string]*Value{
		"indexOf": unknownValue, "lastIndexOf": unknownValue, "localeCompare": unknownValue,
		"includes": boolValue, "startsWith": boolValue, "endsWith": boolValue,
	} {
		strs[name] = computed("String.prototype."+name, always(other))
	}
	for _, name := range []string{"startsWith", "includes", "indexOf"} {
		strs[name] = beginningWith(name, strs[name])
	}
	define("String", strs)
	numbers := map[string]nativeFunc{"valueOf": same, "toLocaleString": pass}
	for _, name := range []string{"toString", "toFixed", "toPrecision", "toExponential"} {
		numbers[name] = computed("Number.prototype."+name, textOfNumber)
	}
	define("Number", numbers)
	define("Boolean", map[string]nativeFunc{"toString": computed("Boolean.prototype.toString", pass), "valueOf": same})
	define("RegExp", map[string]nativeFunc{
		"test": beginningWith("test", func(m *machine, c *call) *Value {
			m.noteRegexp(c.this, c.arg(0))
			return askRegexp("RegExp.prototype.test", always(boolValue))(m, c)
		}),
		"exec": func(m *machine, c *call) *Value {
			m.noteRegexp(c.this, c.arg(0))
			return askRegexp("RegExp.prototype.exec", func(m *machine, c *call) *Value { return m.matches(c, c.arg(0)) })(m, c)
		},
		"toString": computed("RegExp.prototype.toString", always(unknownValue)),
	})
	defineGlobal("RegExp", newRegexp)
	defineGlobal("String", newString)
	define("String.", map[string]nativeFunc{
		"fromCharCode": computed("String.fromCharCode", pass), "fromCodePoint": computed("String.fromCodePoint", pass), "raw": deepPass,
	})
	convert := computed("Number", toNumber)
	defineGlobal("Number", func(m *machine, c *call) *Value {
		n := *c
		if n.args = slices.Clone(c.args); len(n.args) > 0 {
			n.args[0] = m.primitive(orUndefined(n.args[0]), "number")
		}
		if v := convert(m, &n); !c.new {
			return v
		} else {
			return m.box(c, v)
		}
	})
	defineGlobal("BigInt", toNumber)
	statics := map[string]nativeFunc{}
	for _, name := range []string{"parseInt", "parseFloat"} {
		statics[name] = computed(name, toNumber)
		defineGlobal(name, statics[name])
	}
	for _, name := range []string{"isNaN", "isFinite"} {
		defineGlobal(name, computed(name, always(boolValue)))
	}
	for _, name := range []string{"isNaN", "isFinite", "isInteger", "isSafeInteger"} {
		statics[name] = computed("Number."+name, always(boolValue))
	}
	define("Number.", statics)
	defineConstants("Number.", map[string]float64{
		"MAX_SAFE_INTEGER": 1<<53 - 1, "MIN_SAFE_INTEGER": 1 - 1<<53,
		"MAX_VALUE": math.MaxFloat64, "MIN_VALUE": math.SmallestNonzeroFloat64,
		"EPSILON": 0x1p-52, "POSITIVE_INFINITY": math.Inf(1), "NEGATIVE_INFINITY": math.Inf(-1), "NaN": math.NaN(),
	})
	defineGlobal("Boolean", func(m *machine, c *call) *Value {
		if v := truthOf(c.arg(0)); !c.new {
			return v
		} else {
			return m.box(c, v)
		}
	})
	for _, name := range []string{"encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI", "escape", "unescape"} {
		defineGlobal(name, recode(name))
	}
	for _, name := range []string{"btoa", "atob"} {
		defineGlobal(name, pass)
	}
}

// endCut keeps the host of an address that loses its end, of which it is not known how much: who builds a query
// takes off the last "&", and no address ends inside its host.
//
//	url += key + '=' + value + '&'
//	url = url.substring(0, url.length - 1)
func endCut(cut nativeFunc) nativeFunc {
	return func(m *machine, c *call) *Value {
		out := cut(m, c)
		from, known := orUndefined(c.arg(0)).only()
		fromStart := known && from.kind == number && from.num == 0
		end, fixed := orUndefined(c.arg(1)).only()
		short := fixed && end.kind == number && end.num >= 0
		if !fromStart || len(c.args) < 2 || short || len(c.this.consts) == 0 || len(c.this.objects) > 0 {
			return out
		}
		kept := (&Value{unknown: c.this.unknown}).tainted(c.this.taints(), c.this.about())
		for _, k := range c.this.consts {
			if k.kind != joined {
				k = &constant{kind: joined, joint: &[]part{{str: k.str}, {val: unknownValue}}}
			}
			if !k.hasHost() {
				return out
			}
			kept = join(kept, valueOf(*k))
		}
		return kept
	}
}

// hasHost reports whether c begins with a host, as far as it is known, and goes on behind it.
func (c *constant) hasHost() bool {
	head := c.str
	for _, p := range c.pieces() {
		if p.val == nil {
			head += p.str
			continue
		}
		if head == "" {
			none := func(k *constant) bool { return !k.hasHost() }
			return len(p.val.consts) > 0 && !slices.ContainsFunc(p.val.consts, none)
		}
		break
	}
	_, behind, found := strings.Cut(head, "://")
	return found && strings.ContainsAny(behind, "/?#")
}

// truthOf is v as a condition.
func truthOf(v *Value) *Value {
	switch t, f := v.truth(); {
	case t && !f:
		return trueValue
	case f && !t:
		return falseValue
	}
	return boolValue
}

// askRegexp computes the result of a regular expression on a text. One that
// goes on from its last match gives another result each time.
func askRegexp(path string, other nativeFunc) nativeFunc {
	ask := computed(path, other)
	return func(m *machine, c *call) *Value {
		if o := c.this.single(); o == nil || o.regexp == nil || strings.ContainsAny(o.regexp.Flags, "gy") {
			return other(m, c)
		}
		return ask(m, c)
	}
}

// recode is encodeURIComponent and the like: known texts, also as pieces of joined
// ones, are encoded, and JSON inside stays JSON so that it can be taken apart.
func recode(path string) nativeFunc {
	known := computed(path, func(m *machine, c *call) *Value { return nil })
	return func(m *machine, c *call) *Value {
		code := func(v *Value) *Value { return known(m, &call{fn: c.fn, args: []*Value{v}, site: c.site}) }
		return m.recoded(c.arg(0), code)
	}
}

func (m *machine) recoded(v *Value, code func(*Value) *Value) *Value {
	v = orUndefined(v)
	out := (&Value{unknown: v.unknown}).tainted(v.taints(), v.about())
	for _, k := range v.consts {
		if k.kind != joined {
			if r := code(valueOf(*k)); r != nil {
				out = join(out, r)
			} else {
				out = join(out, unknownValue)
			}
			continue
		}
		parts := make([]part, len(k.pieces()))
		for i, p := range k.pieces() {
			switch {
			case p.val == nil:
				r := code(textOf(p.str))
				if r == nil {
					return taintOnly(v.taints())
				}
				p.str = r.consts[0].str
			case p.str == "":
				p.val = m.recoded(p.val, code)
			}
			parts[i] = p
		}
		n := *k
		n.joint = &parts
		out = join(out, valueOf(n))
	}
	for _, o := range v.objects {
		out = join(out, taintOnly(deepTaints(objectOf(o))))
	}
	return out
}

func newString(m *machine, c *call) *Value {
	v := textOf("")
	if len(c.args) > 0 || c.more != nil {
		v = concat(v, m.primitive(c.arg(0), "string"))
	}
	if c.new {
		return m.box(c, v)
	}
	return v
}

// textOfNumber is the result of toString and toFixed for an unknown number.
func textOfNumber(m *machine, c *call) *Value {
	if len(c.args) > 0 || c.this != nil && len(c.this.objects) > 0 {
		return pass(m, c)
	}
	return concat(textOf(""), c.this)
}

func same(m *machine, c *call) *Value {
	if c.this != nil && len(c.this.objects) > 0 {
		return pass(m, c)
	}
	return orUndefined(c.this)
}

// concatAll is concat of a text. What may be a text or a list, such as what storage gives, is no list
// here: ”.concat(item) is '[object Object]'.
func concatAll(m *machine, c *call) *Value {
	v := c.this.withoutArrays()
	if v == nil {
		v = textOf("")
	}
	for i := range c.args {
		v = concat(v, m.primitive(c.arg(i), "string"))
	}
	return v
}

// replace passes text and replacement on; a replacement function sees the text.
func replace(m *machine, c *call) *Value {
	m.noteReplaced(c)
	if callable(c.arg(1)) {
		return m.replacing(c)
	}
	return knownApart(computed("String.prototype."+c.fn.fn.name, replaced), replaced)(m, c)
}

// knownApart computes what a method gives for the texts that are known, also where the text may be another, for
// which other says it: the address of a build, or one that is not known.
func knownApart(exact, other nativeFunc) nativeFunc {
	return func(m *machine, c *call) *Value {
		if v := c.this; v != nil && len(v.objects) == 0 && v.data == nil {
			if known, rest := v.texts(); known != nil && rest != nil {
				one, more := *c, *c
				one.this, more.this = known, rest
				return join(exact(m, &one), other(m, &more))
			}
		}
		return exact(m, c)
	}
}

// texts parts v into the texts that are known to their ends, and everything else; each nil if there is none.
func (v *Value) texts() (known, other *Value) {
	for _, c := range v.consts {
		if c.kind == joined {
			other = join(other, valueOf(*c))
		} else {
			known = join(known, valueOf(*c))
		}
	}
	if v.unknown {
		other = join(other, unknownValue)
	}
	return known, other
}

// replaced is what replacing gives if text, pattern or replacement is not known: of an
// address the host is left if the pattern is not found up to there.
func replaced(m *machine, c *call) *Value {
	rest := taintOnly(joinTaints(c.this.taints(), c.arg(1).taints()))
	if c.this == nil || len(c.this.consts) == 0 {
		return rest
	}
	var out *Value
	for _, k := range c.this.consts {
		known := k.prefix()
		if n := hostEnd(known); n > 0 && !findsIn(c.arg(0), known, n) {
			out = join(out, concat(textOf(known[:n]), rest))
		} else {
			out = join(out, rest)
		}
	}
	if c.this.unknown || len(c.this.objects) > 0 {
		out = join(out, rest)
	}
	return out
}

// hostEnd returns where the path of an address begins, behind its slash; 0 if it has none.
func hostEnd(address string) int {
	scheme, rest, ok := strings.Cut(address, "://")
	if i := strings.IndexByte(rest, '/'); ok && i > 0 {
		return len(scheme) + len("://") + i + 1
	}
	return 0
}

// findsIn reports whether a pattern may be found before byte n in a text that begins as
// known.
func findsIn(pattern *Value, known string, n int) bool {
	if p, ok := pattern.only(); ok && p.kind == text {
		i := strings.Index(known, p.str)
		return i >= 0 && i < n
	}
	re := goRegexp(pattern)
	if re == nil {
		return true
	}
	at := re.re.FindStringIndex(known + "\x00") // which does not end there
	return at != nil && at[0] < n
}

// replacing is replace with a function: it sees each match, if they are known.
func (m *machine) replacing(c *call) *Value {
	matches := m.matchesOf(c)
	if matches == nil {
		in := taintOnly(c.this.taints())
		v := m.call(c.arg(1), undefinedValue, []*Value{in, in, in}, site{c.site, "callback"})
		return join(taintOnly(c.this.taints()), v)
	}
	s, _ := c.this.only()
	out, end := textOf(""), 0
	for i, found := range matches {
		args := make([]*Value, 0, len(found.groups)+3)
		args = append(args, textOf(s.str[found.from:found.to]))
		args = append(args, found.groups...)
		args = append(args, numberOf(float64(utf16Length(s.str[:found.from]))), c.this)
		m.each(c.site, i, func() {
			piece := m.primitive(m.call(c.arg(1), undefinedValue, args, site{c.site, "callback"}), "string")
			out = concat(out, textOf(s.str[end:found.from]), piece)
		})
		end = found.to
	}
	return concat(out, textOf(s.str[end:]))
}

// found is a match in a text: its place in bytes, and its groups.
type found struct {
	from, to int
	groups   []*Value
}

// matchesOf returns the matches that a replacement replaces; nil if they are not
// known.
func (m *machine) matchesOf(c *call) []found {
	s, ok := c.this.only()
	if !ok || s.kind != text {
		return nil
	}
	if p, ok := c.arg(0).only(); ok && p.kind == text && p.str != "" {
		out := []found{}
		for at := 0; ; {
			i := strings.Index(s.str[at:], p.str)
			if i < 0 || c.fn.fn.name == "replace" && len(out) > 0 {
				return out
			}
			out = append(out, found{from: at + i, to: at + i + len(p.str)})
			at += i + len(p.str)
		}
	}
	re := goRegexp(c.arg(0))
	if re == nil {
		return nil
	}
	n := 1
	if re.global {
		n = -1
	}
	out := []found{}
	for _, at := range re.re.FindAllStringSubmatchIndex(s.str, n) {
		f := found{from: at[0], to: at[1]}
		for g := 2; g < len(at); g += 2 {
			if at[g] < 0 {
				f.groups = append(f.groups, undefinedValue)
			} else {
				f.groups = append(f.groups, textOf(s.str[at[g]:at[g+1]]))
			}
		}
		out = append(out, f)
	}
	if len(out) > m.limits.unroll {
		return nil
	}
	return out
}

// pattern is a regular expression of the program that means the same in Go.
type pattern struct {
	re     *regexp.Regexp
	global bool
}

// goRegexp returns the one regular expression that v is, if Go knows it, too.
func goRegexp(v *Value) *pattern {
	o := v.single()
	if o == nil || o.regexp == nil || len(o.regexp.Pattern) > maxPattern {
		return nil
	}
	re, err := o.regexp.InGo()
	if err != nil {
		return nil
	}
	return &pattern{re, strings.Contains(o.regexp.Flags, "g")}
}

func splitText(m *machine, c *call) *Value {
	return computed("String.prototype.split", func(m *machine, c *call) *Value {
		sep, ok := c.arg(0).only()
		limited := len(c.args) > 1
		if v := c.this; ok && !limited && sep.kind == text && sep.str != "" && v != nil && len(v.consts) == 1 &&
			v.consts[0].kind == joined {
			items, others := splitParts(v.consts[0].pieces(), sep.str)
			return m.array(c.site, items, others)
		}
		return m.array(c.site, nil, taintOnly(c.this.taints()))
	})(m, c)
}

// splitParts splits joined text at a separator, which is in its literal pieces.
// It does not look in collected data: a phone number has no comma. A piece that
// is something else may have any number of them.
func splitParts(parts []part, sep string) (items []*Value, others *Value) {
	items = []*Value{textOf("")}
	add := func(v *Value) { items[len(items)-1] = concat(items[len(items)-1], v) }
	for _, p := range parts {
		if p.val != nil {
			add(p.value())
			if p.val.data == nil {
				others = unknownValue
			}
			continue
		}
		for i, s := range strings.Split(p.str, sep) {
			if i > 0 {
				items = append(items, textOf(""))
			}
			add(textOf(s))
		}
	}
	if others != nil {
		for i := range items {
			items[i] = join(items[i], others)
		}
	}
	return items, others
}

func match(m *machine, c *call) *Value {
	m.noteRegexp(c.arg(0), c.this)
	return computed("String.prototype.match", func(m *machine, c *call) *Value { return m.matches(c, c.this) })(m, c)
}

func matchAll(m *machine, c *call) *Value {
	m.noteRegexp(c.arg(0), c.this)
	found := m.matches(c, c.this)
	return m.array(site{c.site, "next"}, nil, objectOf(found.objects[0]))
}

// matches is the result of matching v: null, or an array of parts of it.
func (m *machine) matches(c *call, v *Value) *Value {
	list := m.array(c.site, nil, taintOnly(v.taints()))
	m.setOpen(list.objects[0], true) // it has an index as well
	if ts := v.taints(); len(ts) > 0 {
		m.setProp(list.objects[0], "groups", taintOnly(ts))
	}
	return join(nullValue, list)
}

func search(m *machine, c *call) *Value {
	m.noteRegexp(c.arg(0), c.this)
	return computed("String.prototype.search", always(unknownValue))(m, c)
}

// toNumber is a conversion of an unknown value to a number.
func toNumber(m *machine, c *call) *Value {
	if k, ok := c.arg(0).only(); ok && k.kind == number && c.fn.fn.name == "Number" {
		return c.arg(0)
	}
	return pass(m, c)
}

func newRegexp(m *machine, c *call) *Value {
	o := m.object(regexpObject, c.site)
	t := o.special()
	t.regexp = nil
	flags, known := c.arg(1).only()
	if k, ok := c.arg(0).only(); ok && k.kind == text {
		t.regexp = &script.Regexp{Pattern: k.str}
	} else if rs := regexpsOf(c.arg(0)); len(rs) == 1 {
		re := *rs[0]
		t.regexp = &re
	}
	if t.regexp != nil && known && flags.kind == text {
		t.regexp.Flags = flags.str
	}
	return objectOf(o)
}

// noteRegexp notes that v was matched against a regular expression.
func (m *machine) noteRegexp(pattern, v *Value) {
	m.matched = v.taints()
	if v == nil || len(v.taints()) == 0 {
		return
	}
	data := map[*origin]bool{}
	for _, t := range v.taints() {
		data[t.origin] = true
	}
	for _, re := range regexpsOf(pattern) {
		for _, t := range v.taints() {
			t.origin.test(Test{Regexp: re, Call: m.checker(), OneOf: len(data) >= maxTested, Location: m.here()})
		}
	}
}

// maxTested is how many data a value may be if a test of it is to say something of each. In a loop over the fields
// of a form, the name of the field decides which of them is tested.
const maxTested = 3

// noteReplaced notes the pattern of a replacement only as a look at the value.
func (m *machine) noteReplaced(c *call) {
	for _, t := range c.this.taints() {
		t.origin.uses.Read = true
	}
}
