package flow

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja/ftoa"
)

// Texts of values: names of properties, data paths, and texts put together from
// pieces, some of them unknown.

// String returns the text of c as the language would make it.
func (c *constant) String() string {
	switch c.kind {
	case undefined:
		return "undefined"
	case null:
		return "null"
	case boolean:
		return strconv.FormatBool(c.num != 0)
	case number:
		return formatNumber(c.num)
	case joined:
		return c.prefix()
	}
	return c.str
}

func formatNumber(n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return strconv.FormatInt(int64(n), 10)
	}
	return string(ftoa.FToStr(n, ftoa.ModeStandard, 0, nil))
}

// utf16Length is the length that a text has for the language.
func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// lessText is s < t, by UTF-16 units.
func lessText(s, t string) bool {
	return slices.Compare(utf16.Encode([]rune(s)), utf16.Encode([]rune(t))) < 0
}

// prefix returns the literal text that c begins with.
func (c *constant) prefix() string {
	if c.kind != joined {
		return c.String()
	}
	var b strings.Builder
	for _, p := range c.pieces() {
		if p.val == nil {
			b.WriteString(p.str)
			continue
		}
		k, ok := p.plain()
		if !ok {
			break
		}
		b.WriteString(k.prefix())
		if k.kind == joined {
			break
		}
	}
	return b.String()
}

// plain is the one constant whose text p is, and not one that is made of it, such as JSON.
func (p *part) plain() (c *constant, ok bool) {
	if p.str != "" {
		return nil, false
	}
	return p.val.only()
}

// suffix returns the literal text that c ends with.
func (c *constant) suffix() string {
	if c.kind != joined {
		return c.String()
	}
	end := ""
	for _, p := range slices.Backward(c.pieces()) {
		if p.val == nil {
			end = p.str + end
			continue
		}
		k, ok := p.plain()
		if !ok {
			break
		}
		end = k.suffix() + end
		if k.kind == joined {
			break
		}
	}
	return end
}

// fitting returns what tells the names that v can be from others, where parts of each are known: 'on' + type. It is nil if it can
// be any name.
func (v *Value) fitting() func(name string) bool {
	if v == nil || v.unknown || v.data != nil || len(v.objects) > 0 {
		return nil
	}
	type ends struct{ first, last string }
	var list []ends
	for _, c := range v.consts {
		if c.kind != joined {
			continue
		}
		e := ends{c.prefix(), c.suffix()}
		if e.first == "" && e.last == "" {
			return nil
		}
		list = append(list, e)
	}
	return func(name string) bool {
		return slices.ContainsFunc(list, func(e ends) bool {
			return len(name) >= len(e.first)+len(e.last) && strings.HasPrefix(name, e.first) && strings.HasSuffix(name, e.last)
		})
	}
}

// words is the text of c as far as it is known. What it lacks is shown as missing: a
// person never reads undefined.
func (c *constant) words() string {
	switch c.kind {
	case text:
		return strings.ReplaceAll(c.str, "undefined", "…")
	case joined:
		s := ""
		for _, p := range c.pieces() {
			if p.val == nil {
				s += p.str
			} else if k, ok := p.val.only(); ok && p.str == "" {
				s += k.words()
			}
		}
		return s
	}
	return ""
}

// maxReadings is how many texts one that is put together is read as.
const maxReadings = 8

// readings are the texts that c can be, as words gives them. A piece that begins or ends it
// is what it is about, and read in each of its forms: 修改手机号 and 修改邮箱 of 修改 and what the
// page is opened with.
func (c *constant) readings() []string {
	if c.kind != joined {
		return []string{c.words()}
	}
	pieces := c.pieces()
	for _, end := range [...]int{len(pieces) - 1, 0} {
		if pieces[end].val == nil {
			continue
		}
		forms := pieces[end].val.spoken()
		if len(forms) < 2 {
			continue
		}
		rest := slices.Delete(slices.Clone(pieces), end, end+1)
		said := (&constant{kind: joined, joint: &rest}).words()
		for i := range forms {
			if end > 0 {
				forms[i] = said + forms[i]
			} else {
				forms[i] += said
			}
		}
		return forms[:min(len(forms), maxReadings)]
	}
	return []string{c.words()}
}

// spoken are the words of each text that v can be.
func (v *Value) spoken() (out []string) {
	for i := range v.consts {
		if words := v.consts[i].words(); words != "" {
			out = append(out, words)
		}
	}
	return out
}

// keys returns the property names that v can be, and whether it can be others.
func (v *Value) keys() (names []string, others bool) {
	if v == nil {
		return []string{"undefined"}, false
	}
	others = v.unknown || v.data != nil || len(v.objects) > 0
	for _, c := range v.consts {
		if c.kind == joined {
			others = true
			continue
		}
		names = append(names, c.String())
	}
	return names, others
}

// anyName is an unknown name in a data path: "list[*].phone".
const anyName = "*"

// paths returns the data paths that v can be as the name of a property, with anyName
// for what is not known: 'list[' + i + '].phone'. It returns none if v can also be
// something else unknown.
func (v *Value) paths() (names []string) {
	if v == nil || v.unknown || v.data != nil || len(v.objects) > 0 {
		return nil
	}
	for _, c := range v.consts {
		if c.kind != joined {
			continue
		}
		name := ""
		for _, p := range c.pieces() {
			if p.val == nil {
				name += p.str
			} else if !strings.HasSuffix(name, anyName) {
				name += anyName
			}
		}
		if i := strings.IndexAny(name, "[."+anyName); i <= 0 || name[i] == anyName[0] {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// concat returns the text of some values one after the other.
func concat(values ...*Value) *Value {
	v := orUndefined(values[0])
	for i, next := range values[1:] {
		next = orUndefined(next)
		switch {
		case v.blank() && next.spells():
			v = next // String(x), `${x}` of texts are these texts, each by itself
			continue
		case next.blank() && v.spells():
			continue
		}
		if !v.pure() || !next.pure() || len(v.consts)*len(next.consts) > 12 || v.hasJoined() || next.hasJoined() {
			return joinTexts(v, values[i+1:])
		}
		v = combineAll(v, next)
	}
	return v
}

// blank reports whether v is the empty text, which adds nothing to another.
func (v *Value) blank() bool {
	c, ok := v.only()
	return ok && c.kind == text && c.str == ""
}

// spells reports whether v is texts and nothing else, some of which are known only in part.
func (v *Value) spells() bool {
	return v.pure() && v.hasJoined() && !slices.ContainsFunc(v.consts, func(c *constant) bool { return c.kind != text && c.kind != joined })
}

// maxMade is the length in bytes of a text that is put together from others. Without it,
// x = x + x forty times would be a terabyte.
var maxMade = 8 << 10

// combineAll returns every text of a followed by every text of b.
func combineAll(a, b *Value) *Value {
	var v *Value
	for _, x := range a.consts {
		for _, y := range b.consts {
			v = join(v, combine(x, y))
		}
	}
	return v
}

// combine returns the text of x followed by that of y. Its place is that of the one that
// says more: indentation around a label says nothing. A text longer than maxMade is
// something else.
func combine(x, y *constant) *Value {
	head, tail := x.String(), y.String()
	if tail != "" && len(head)+len(tail) > maxMade {
		return unknownValue
	}
	c := constant{kind: text, str: head + tail, file: x.file, span: x.span}
	if c.file == nil || (y.file != nil && len(strings.TrimSpace(y.str)) > len(strings.TrimSpace(x.str))) {
		c.file, c.span = y.file, y.span
	}
	c.by = x.by.and(y.by)
	return valueOf(c)
}

// joinTexts returns the joined text of v and then the others.
func joinTexts(v *Value, others []*Value) *Value {
	parts := append(make([]part, 0, 1+2*len(others)), partsOf(v)...)
	taints, about, by := textTaints(v), v.about(), v.decided()
	for i, next := range others {
		next = orUndefined(next)
		more := partsOf(next)
		taints, about, by = joinTaints(taints, textTaints(next)), joinOrigins(about, next.about()), by.and(next.decided())
		if len(parts)+len(more) > maxParts {
			v := (&Value{unknown: true}).tainted(taints, about)
			if i+1 == len(others) {
				return v
			}
			return joinTexts(v, others[i+1:])
		}
		parts = fuse(append(parts, more...))
	}
	return valueOf(constant{kind: joined, joint: &parts, by: by}).tainted(taints, about)
}

func (v *Value) hasJoined() bool {
	for _, c := range v.consts {
		if c.kind == joined {
			return true
		}
	}
	return false
}

// partsOf returns the pieces of v's text. A value with a joined text inside is
// taken apart, so that pieces do not nest without end.
func partsOf(v *Value) []part {
	if c, ok := v.only(); ok {
		if c.kind == joined {
			return c.pieces()
		}
		return []part{{str: c.String()}}
	}
	if len(v.consts) == 1 && v.consts[0].kind == joined && len(v.objects) == 0 {
		return v.consts[0].pieces()
	}
	if v.hasJoined() {
		flat := (&Value{unknown: v.unknown}).tainted(v.taints(), nil)
		for _, c := range v.consts {
			if c.kind != joined || c.ofBuild() {
				flat.consts = append(flat.consts, c)
			} else {
				flat.unknown = true
			}
		}
		return []part{{val: flat}}
	}
	return []part{{val: v}}
}

// fuse merges neighbouring literals, in place.
func fuse(parts []part) []part {
	out := parts[:0]
	for _, p := range parts {
		if n := len(out); n > 0 && p.val == nil && out[n-1].val == nil {
			if len(out[n-1].str)+len(p.str) > maxMade {
				out[n-1] = part{val: unknownValue}
			} else {
				out[n-1].str += p.str
			}
			continue
		}
		out = append(out, p)
	}
	return out
}

// textTaints is the collected data in the text of v: of arrays also that of
// their elements, since an array's text is its elements'.
func textTaints(v *Value) []taint {
	ts := v.taints()
	for _, o := range v.objects {
		if o.kind == arrayObject {
			ts = joinTaints(ts, deepTaints(objectOf(o)))
		}
	}
	return ts
}

// fits reports whether key is pattern with some text for each anyName.
func fits(pattern, key string) bool {
	pieces := strings.Split(pattern, anyName)
	first, last := pieces[0], pieces[len(pieces)-1]
	if len(key) < len(first)+len(last) || !strings.HasPrefix(key, first) || !strings.HasSuffix(key, last) {
		return false
	}
	middle := key[len(first) : len(key)-len(last)]
	for _, piece := range pieces[1 : len(pieces)-1] {
		_, after, found := strings.Cut(middle, piece)
		if !found {
			return false
		}
		middle = after
	}
	return true
}

// patternsOf returns the names that v can be, of properties or keys of storage: those that
// are known, the patterns of those that are known in part, and whether it can be any other.
func patternsOf(v *Value) (names, patterns []string, others bool) {
	if v == nil {
		return []string{"undefined"}, nil, false
	}
	unknownOnly := len(v.consts) == 0 && (v.unknown || v.data != nil)
	others = unknownOnly || len(v.objects) > 0
	for _, c := range v.consts {
		switch pattern := c.pattern(); {
		case c.kind != joined:
			names = append(names, c.String())
		case pattern == anyName:
			others = true
		default:
			patterns = append(patterns, pattern)
		}
	}
	return names, patterns, others || v.unknown && len(patterns) == 0
}

// pattern is a joined text with anyName for each piece that is not known.
func (c *constant) pattern() string {
	text := ""
	for _, p := range c.pieces() {
		if k, ok := p.val.only(); p.val != nil && ok && k.kind != joined {
			text += k.String()
		} else if p.val == nil {
			text += p.str
		} else if !strings.HasSuffix(text, anyName) {
			text += anyName
		}
	}
	return text
}

// anotherBuild is the text that another build may put in place of a name that this one defines. Where the texts that are
// known agree on something, it is taken to agree, too.
var anotherBuild = valueOf(constant{kind: joined, joint: &[]part{{val: unknownValue}}})

// ofBuild reports whether c is anotherBuild.
func (c *constant) ofBuild() bool { return c == anotherBuild.consts[0] }
