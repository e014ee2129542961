package project

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/script"
)

// The functions that a configuration calls: its own, and those of the language that
// programs put lists and paths together with.

// returned is what a call of f with args gives: all that it returns, and all that it does
// to names on the way (statements).
func (c *constants) returned(f *script.Function, args []*jsonc.Value) (v *jsonc.Value) {
	outer := c.bound
	c.bound = map[*script.Symbol]*jsonc.Value{}
	for k, p := range f.Params {
		id, ok := p.(*script.Ident)
		if ok && id.Symbol != nil && k < len(args) {
			c.bound[id.Symbol] = args[k]
		}
		if o, ok := p.(*script.ObjectPattern); ok && k < len(args) {
			c.bindProperties(o, args[k])
		}
		if rest, ok := p.(*script.Rest); ok {
			if id, ok := rest.Target.(*script.Ident); ok && id.Symbol != nil && k <= len(args) {
				c.bound[id.Symbol] = &jsonc.Value{Span: rest.Span, Kind: jsonc.Array, Elems: slices.Clone(args[k:])}
			}
		}
	}
	for sym, v := range outer {
		if _, ok := c.bound[sym]; !ok {
			c.bound[sym] = v
		}
	}
	if f.Body == nil {
		v = c.value(f.Result)
	} else {
		for _, x := range c.returns(f.Body) {
			v = merged(v, c.value(x))
		}
	}
	c.bound = outer
	return v
}

// bindProperties binds the names of ({ root, pages }) to the properties of v.
func (c *constants) bindProperties(o *script.ObjectPattern, v *jsonc.Value) {
	for _, p := range o.Props {
		if id, ok := p.Target.(*script.Ident); ok && id.Symbol != nil && p.Computed == nil {
			c.bound[id.Symbol] = v.Get(p.Key)
		}
	}
}

// returns lists what the body of a function returns, but for what it does not on the
// platform.
func (c *constants) returns(body script.Node) (list []script.Expr) {
	script.Walk(body, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Function:
			return false
		case *script.If:
			holds, known := c.test(n.Test)
			if !known {
				return true
			}
			if holds {
				list = append(list, c.returns(n.Then)...)
			} else if n.Else != nil {
				list = append(list, c.returns(n.Else)...)
			}
			return false
		case *script.Return:
			if n.X != nil {
				list = append(list, n.X)
			}
			return false
		}
		return true
	})
	return list
}

// applied is what a method of a list gives that calls a function for each item.
func (c *constants) applied(list *jsonc.Value, fn script.Expr, flat bool) *jsonc.Value {
	f := c.function(fn)
	if f == nil || !list.Is(jsonc.Array) {
		return nil
	}
	out := &jsonc.Value{Span: list.Span, Kind: jsonc.Array}
	for k, e := range list.Elems {
		v := c.returned(f, []*jsonc.Value{e, jsonc.NewNumber(e.Span, float64(k))})
		switch {
		case v == nil:
			c.hole(fn)
		case flat && v.Is(jsonc.Array):
			out.Elems = append(out.Elems, v.Elems...)
		default:
			out.Elems = append(out.Elems, v)
		}
	}
	return out
}

// method is what a method gives that programs put lists together with; nil for another.
func (c *constants) method(d *script.Dot, args []script.Expr, x *script.Call) *jsonc.Value {
	list := func() *jsonc.Value { return c.value(d.X) }
	switch d.Name {
	case "concat":
		out := &jsonc.Value{Span: x.Span, Kind: jsonc.Array, Elems: slices.Clone(elems(list()))}
		for _, a := range args {
			if v := c.value(a); v.Is(jsonc.Array) {
				out.Elems = append(out.Elems, v.Elems...)
			} else if v != nil {
				out.Elems = append(out.Elems, v)
			}
		}
		return out
	case "map", "flatMap":
		if len(args) == 1 {
			return c.applied(list(), args[0], d.Name == "flatMap")
		}
	case "filter", "reverse", "sort": // at most the list
		return list()
	case "flat":
		out := &jsonc.Value{Span: x.Span, Kind: jsonc.Array}
		for _, e := range elems(list()) {
			if e.Is(jsonc.Array) {
				out.Elems = append(out.Elems, e.Elems...)
			} else {
				out.Elems = append(out.Elems, e)
			}
		}
		return out
	case "assign":
		var out *jsonc.Value
		for _, a := range args {
			out = overlaid(out, c.value(a))
		}
		return out
	case "parse", "stringify": // JSON.parse(JSON.stringify(pages)): a copy
		if id, ok := d.X.(*script.Ident); ok && id.Name == "JSON" && len(args) > 0 {
			return c.value(args[0])
		}
	case "replace", "replaceAll", "slice", "substring", "substr", "trim", "toLowerCase", "split", "join":
		return c.text(d, args, x)
	case "keys", "values", "entries":
		if id, ok := d.X.(*script.Ident); ok && id.Name == "Object" && len(args) == 1 {
			return partsOf(c.value(args[0]), d.Name)
		}
	}
	return nil
}

// text is what a method of texts gives, which programs cut paths of pages with.
func (c *constants) text(d *script.Dot, args []script.Expr, x *script.Call) *jsonc.Value {
	v := c.value(d.X)
	var words []string
	for _, a := range args {
		switch a.(type) {
		case *script.Regexp, *script.Number, *script.Unary: // which no value of a configuration is made of
			words = append(words, "")
		default:
			words = append(words, c.value(a).String())
		}
	}
	switch {
	case d.Name == "join" && v.Is(jsonc.Array):
		var parts []string
		for _, e := range v.Elems {
			if e == nil {
				return nil
			}
			parts = append(parts, e.String())
		}
		return jsonc.NewString(x.Span, strings.Join(parts, append(words, ",")[0]))
	case v.Is(jsonc.Array) && d.Name == "slice": // at most the list
		return v
	case !v.Is(jsonc.String):
		return nil
	}
	s := v.String()
	switch {
	case d.Name == "trim":
		return jsonc.NewString(x.Span, strings.TrimSpace(s))
	case d.Name == "toLowerCase":
		return jsonc.NewString(x.Span, strings.ToLower(s))
	case d.Name == "slice", d.Name == "substring", d.Name == "substr":
		if part, ok := cut(s, d.Name, args); ok {
			return jsonc.NewString(x.Span, part)
		}
	case d.Name == "split" && len(words) == 1:
		out := &jsonc.Value{Span: x.Span, Kind: jsonc.Array}
		for _, part := range strings.Split(s, words[0]) {
			out.Elems = append(out.Elems, jsonc.NewString(x.Span, part))
		}
		return out
	case (d.Name == "replace" || d.Name == "replaceAll") && len(words) == 2 && words[0] == "":
		pattern, ok := args[0].(*script.Regexp)
		if !ok || strings.Contains(words[1], "$") {
			return nil
		}
		if re, err := pattern.InGo(); err == nil {
			return jsonc.NewString(x.Span, replaced(re, s, words[1], strings.Contains(pattern.Flags, "g")))
		}
	case (d.Name == "replace" || d.Name == "replaceAll") && len(words) == 2:
		n := 1
		if d.Name == "replaceAll" {
			n = -1
		}
		return jsonc.NewString(x.Span, strings.Replace(s, words[0], words[1], n))
	}
	return nil
}

// replaced is s with the first match of re, or all, replaced.
func replaced(re *regexp.Regexp, s, by string, all bool) string {
	if all {
		return re.ReplaceAllLiteralString(s, by)
	}
	if at := re.FindStringIndex(s); at != nil {
		return s[:at[0]] + by + s[at[1]:]
	}
	return s
}

// cut is the part of s that slice, substring or substr gives for arguments that are written as numbers. Paths of pages have
// Latin letters alone, and no other text is cut.
func cut(s, method string, args []script.Expr) (part string, ok bool) {
	if len(args) == 0 || strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) {
		return "", false
	}
	bounds := []int{0, len(s)}
	for i, a := range args[:min(len(args), 2)] {
		n, known := integer(a)
		if !known {
			return "", false
		}
		if n < 0 && method != "substring" {
			n += len(s)
		}
		bounds[i] = min(max(n, 0), len(s))
	}
	switch {
	case method == "substr" && len(args) > 1:
		bounds[1] = min(bounds[0]+bounds[1], len(s))
	case method == "substring":
		slices.Sort(bounds)
	}
	return s[bounds[0]:max(bounds[0], bounds[1])], true
}

// integer is the number that x writes: 1, -1.
func integer(x script.Expr) (n int, ok bool) {
	if minus, is := x.(*script.Unary); is && minus.Op == "-" {
		n, ok = integer(minus.X)
		return -n, ok
	}
	number, is := x.(*script.Number)
	if !is {
		return 0, false
	}
	n, err := strconv.Atoi(number.Raw)
	return n, err == nil
}

// overlaid is a with the members of b, which win.
func overlaid(a, b *jsonc.Value) *jsonc.Value {
	if a == nil || b == nil {
		return merged(a, b)
	}
	out := *a
	out.Members = append(slices.Clone(a.Members), b.Members...)
	return &out
}

// partsOf is Object.keys(v), Object.values(v) or Object.entries(v).
func partsOf(v *jsonc.Value, what string) *jsonc.Value {
	if !v.Is(jsonc.Object) {
		return nil
	}
	out := &jsonc.Value{Span: v.Span, Kind: jsonc.Array}
	for _, m := range v.Members {
		key := jsonc.NewString(m.NameSpan, m.Name)
		switch what {
		case "keys":
			out.Elems = append(out.Elems, key)
		case "values":
			out.Elems = append(out.Elems, m.Value)
		default:
			out.Elems = append(out.Elems, &jsonc.Value{Span: m.Span, Kind: jsonc.Array, Elems: []*jsonc.Value{key, m.Value}})
		}
	}
	return out
}
