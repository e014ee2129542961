package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/script"
)

// What define and its like state in the scripts of a build. The values are source text:
//
//	define: { __HOST__: JSON.stringify(env.VITE_HOST || 'https://…') } // env = loadEnv(mode, dir)
//	defineConstants: { HOST: isProduction ? '"https://…"' : '"http://…"' }

// definer reads the definitions of one script of the build.
type definer struct {
	*buildConfig
	names map[*script.Symbol]named // the variables of its functions
	vars  map[string]*envVariable
	found Defined
}

// named is the value of a variable: the part of init with a name, or all of it.
type named struct {
	init script.Expr
	part string
}

// locals returns what the variables of the script are given, also those in functions.
func (b *buildConfig) locals() map[*script.Symbol]named {
	found := map[*script.Symbol]named{}
	script.Walk(b.tree, func(n script.Node) bool {
		d, ok := n.(*script.Declarator)
		if !ok || d.Init == nil {
			return true
		}
		switch t := d.Target.(type) {
		case *script.Ident:
			found[t.Symbol] = named{init: d.Init}
		case *script.ObjectPattern: // const { VITE_HOST } = loadEnv(mode, dir)
			for _, p := range t.Props {
				if id, ok := p.Target.(*script.Ident); ok && p.Key != "" {
					found[id.Symbol] = named{d.Init, p.Key}
				}
			}
		}
		return true
	})
	delete(found, nil)
	return found
}

// envDirs returns the directories that the script takes .env files from: envDir, and the
// second argument of loadEnv.
func (b *buildConfig) envDirs() (dirs []string) {
	script.Walk(b.tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			if n.Key == "envDir" {
				dirs = append(dirs, b.places(n.Value)...)
			}
		case *script.Call:
			if loadsEnv(n) && len(n.Args) > 1 {
				dirs = append(dirs, b.places(n.Args[1])...)
			}
		}
		return true
	})
	return dirs
}

// loadsEnv reports whether x is a call of Vite's loadEnv, which gives the variables of .env
// files (Vite, JavaScript API, read 2026-11).
func loadsEnv(x script.Expr) bool {
	call, ok := x.(*script.Call)
	if !ok {
		return false
	}
	switch fn := call.Fn.(type) {
	case *script.Ident:
		return fn.Name == "loadEnv"
	case *script.Dot:
		return fn.Name == "loadEnv"
	}
	return false
}

// collect notes what the script defines.
func (d definer) collect() {
	if strings.HasSuffix(d.mode(), envScript) {
		d.environment(exportOf(d.tree, "default"))
		return
	}
	script.Walk(d.tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			switch n.Key {
			case "define", "defineConstants":
				d.definitions(n.Value, "")
			case "env":
				d.definitions(n.Value, "process.env.")
			}
		case *script.New: // new webpack.DefinePlugin({…})
			if fn, ok := n.Fn.(*script.Dot); ok && fn.Name == "DefinePlugin" && len(n.Args) == 1 {
				d.definitions(n.Args[0], "")
			}
		}
		return true
	})
}

// envScript ends the names of the scripts that state process.env in the templates of Vue CLI 2 and mpvue, config/prod.env.js
// and config/dev.env.js (github.com/vuejs-templates/webpack and github.com/mpvue/mpvue-quickstart, read 2026-11).
const envScript = ".env"

// environment notes what a script says of process.env: an object, or some that are merged. What mode it is, the tools know.
func (d definer) environment(x script.Expr) {
	parts := []script.Expr{x}
	if call, ok := x.(*script.Call); ok {
		parts = call.Args // merge(prodEnv, {…})
	}
	for _, part := range parts {
		if o := d.constants.objectOf(part); o != nil {
			d.definitions(o, "process.env.")
		}
	}
	delete(d.found, "process.env.NODE_ENV")
}

// mode is the name of the script without its suffix: "prod.env", "index".
func (b *buildConfig) mode() string {
	name := path.Base(b.tree.File.Path)
	return strings.TrimSuffix(name, path.Ext(name))
}

func (d definer) definitions(x script.Expr, prefix string) {
	o := d.constants.objectOf(x)
	if o == nil || strings.Count(prefix, ".") > maxRecords {
		return
	}
	for _, p := range o.Props {
		if p.Computed != nil || p.Value == nil {
			continue
		}
		name, always := prefix+p.Key, true
		if inner := d.recordOf(p.Value); inner != nil {
			d.definitions(inner, name+".")
			continue
		}
		sources, complete := d.texts(p.Value, 0)
		for _, text := range sources {
			if strings.Contains(prefix, ".") && strings.Contains(text, "://") && !strings.ContainsAny(text, `"'`) {
				d.found.add(name, text) // in an object, Vite takes texts as they are
				continue
			}
			if len(text) > 1 && strings.ContainsRune(`"'`, rune(text[0])) && text[0] == text[len(text)-1] {
				d.found.add(name, text[1:len(text)-1])
				continue
			}
			always = false // it is code
		}
		if at, ok := d.found[name]; ok && always && complete && !d.ofOneMode() {
			at.Always = true
			d.found[name] = at
		}
	}
}

// maxRecords bounds how many objects inside each other are defined.
const maxRecords = 6

// recordOf returns the object that a name is defined as, nil if x is none: { HOST: '"https://…"' },
// JSON.stringify(settings).
func (d definer) recordOf(x script.Expr) script.Expr {
	if call, ok := x.(*script.Call); ok && stringifies(call) {
		x = call.Args[0]
	}
	if id, ok := x.(*script.Ident); ok && d.names[id.Symbol].init != nil && d.names[id.Symbol].part == "" {
		x = d.names[id.Symbol].init
	}
	if o, ok := x.(*script.Object); ok {
		return o
	}
	return nil
}

// ofOneMode reports whether only some builds read the script: config/dev.js.
func (b *buildConfig) ofOneMode() bool {
	name := b.mode()
	return slices.Contains(publishedModes, name) || slices.Contains(otherModes, strings.TrimSuffix(name, envScript))
}

// maxDefined bounds how many texts a name is given.
const maxDefined = 16

// texts returns the texts that x may be, that of the published build first, and whether x
// is always one of them.
func (d definer) texts(x script.Expr, within int) (found []string, complete bool) {
	if within > maxConstant || d.constants.read > maxRead {
		return nil, false
	}
	d.constants.read++
	switch x := x.(type) {
	case *script.Call:
		if stringifies(x) {
			found, complete = d.texts(x.Args[0], within+1)
			for k, text := range found {
				found[k] = `"` + text + `"`
			}
			return found, complete
		}
		return nil, false
	case *script.Template:
		if x.Tag == nil {
			found, complete = []string{""}, true
			for k, s := range x.Strings {
				found = joinedTexts(found, []string{s.Value})
				if k < len(x.Exprs) {
					more, all := d.texts(x.Exprs[k], within+1)
					found, complete = joinedTexts(found, more), complete && all
				}
			}
			return found, complete
		}
	case *script.Cond:
		return d.choice(x, within)
	case *script.Binary:
		switch x.Op {
		case "+":
			a, all := d.texts(x.X, within+1)
			b, rest := d.texts(x.Y, within+1)
			return joinedTexts(a, b), all && rest
		case "||", "??":
			return d.fallback(x, within)
		}
	case *script.Ident, *script.Dot, *script.Index:
		if of, name := d.variable(x); of != nil {
			return d.ofEnv(of, name)
		}
		if id, ok := x.(*script.Ident); ok && d.names[id.Symbol].init != nil && d.names[id.Symbol].part == "" {
			return d.texts(d.names[id.Symbol].init, within+1)
		}
	}
	if v := d.constants.value(x); v.Is(jsonc.String) {
		return []string{v.String()}, true
	}
	for _, v := range d.byMode(x, within) {
		if v.Is(jsonc.String) {
			found = append(found, v.String())
		}
	}
	return found, len(found) > 0
}

// byMode returns what x may be if it is a part of a table by the mode of the build, that of the
// published one first: hosts[mode], settings[process.env.NODE_ENV].host.
func (d definer) byMode(x script.Expr, within int) (found []*jsonc.Value) {
	if within > maxConstant {
		return nil
	}
	switch x := x.(type) {
	case *script.Dot:
		for _, v := range d.byMode(x.X, within+1) {
			found = append(found, v.Get(x.Name))
		}
	case *script.Index:
		if _, known := x.Key.(*script.String); known {
			return nil
		}
		table := members(d.constants.value(x.X))
		for _, published := range []bool{true, false} {
			for _, m := range table {
				if slices.Contains(publishedModes, m.Name) == published && len(found) < maxDefined {
					found = append(found, m.Value)
				}
			}
		}
	}
	return found
}

// stringifies reports whether x is JSON.stringify of one value.
func stringifies(x *script.Call) bool {
	fn, ok := x.Fn.(*script.Dot)
	return ok && fn.Name == "stringify" && len(x.Args) == 1
}

// joinedTexts returns each of a with each of b behind it.
func joinedTexts(a, b []string) (out []string) {
	for _, x := range a {
		for _, y := range b {
			if len(out) < maxDefined {
				out = append(out, x+y)
			}
		}
	}
	return out
}

// choice is one text or the other, that of the published build first.
func (d definer) choice(x *script.Cond, within int) (found []string, complete bool) {
	if holds, known := d.constants.test(x.Test); known {
		if holds {
			return d.texts(x.Then, within+1)
		}
		return d.texts(x.Else, within+1)
	}
	first, second := x.Then, x.Else
	if d.unpublished(x.Test, 0) {
		first, second = second, first
	}
	a, all := d.texts(first, within+1)
	b, rest := d.texts(second, within+1)
	return append(slices.Clip(a), b...), all && rest
}

// unpublished reports whether a test holds in a build that is not published:
// process.env.NODE_ENV === 'development', mode !== 'production'.
func (d definer) unpublished(test script.Expr, within int) bool {
	if within > maxConstant {
		return false
	}
	switch x := test.(type) {
	case *script.Ident:
		if init := d.names[x.Symbol].init; init != nil && d.names[x.Symbol].part == "" {
			return d.unpublished(init, within+1)
		}
	case *script.Unary:
		return x.Op == "!" && !d.unpublished(x.X, within+1)
	case *script.Binary:
		mode, _ := x.Y.(*script.String)
		if mode == nil {
			return false
		}
		switch x.Op {
		case "===", "==":
			return slices.Contains(otherModes, mode.Value)
		case "!==", "!=":
			return slices.Contains(publishedModes, mode.Value)
		}
	}
	return false
}

// fallback is x || y: y counts if the published build does not give x.
func (d definer) fallback(x *script.Binary, within int) (found []string, complete bool) {
	a, complete := d.texts(x.X, within+1)
	if x.Op == "||" && slices.Contains(a, "") {
		a, complete = slices.DeleteFunc(slices.Clone(a), func(text string) bool { return text == "" }), false
	}
	if complete && len(a) > 0 {
		return a, true
	}
	b, all := d.texts(x.Y, within+1)
	return append(slices.Clip(b), a...), all
}

// variable returns the environment that x names a variable of, and its name: env.VITE_HOST,
// process.env.HOST. The environment is nil if x is something else.
func (d definer) variable(x script.Expr) (of script.Expr, name string) {
	switch x := x.(type) {
	case *script.Ident:
		v := d.names[x.Symbol]
		of, name = v.init, v.part
	case *script.Dot:
		of, name = x.X, x.Name
	case *script.Index:
		if key, ok := x.Key.(*script.String); ok {
			of, name = x.X, key.Value
		}
	}
	if id, ok := of.(*script.Ident); ok {
		of = d.names[id.Symbol].init
	}
	if name != "" && (loadsEnv(of) || processEnv(of)) {
		return of, name
	}
	return nil, ""
}

// processEnv reports whether x is process.env.
func processEnv(x script.Expr) bool {
	dot, ok := x.(*script.Dot)
	if !ok || dot.Name != "env" {
		return false
	}
	id, ok := dot.X.(*script.Ident)
	return ok && id.Name == "process"
}

// ofEnv returns the texts of a variable of .env files. The shell may set those of process.env.
func (d definer) ofEnv(of script.Expr, name string) (found []string, complete bool) {
	if v := d.vars[name]; v != nil && (processEnv(of) || d.takes(of, name)) {
		return slices.Clone(v.texts), v.published
	}
	return nil, false
}

// takes reports whether loadEnv gives a variable: the prefix of those that it gives is its
// third argument, and VITE_ if there is none.
func (d definer) takes(load script.Expr, name string) bool {
	call := load.(*script.Call)
	if len(call.Args) < 3 {
		return strings.HasPrefix(name, "VITE_")
	}
	prefixes := d.constants.value(call.Args[2])
	if prefixes.Is(jsonc.String) {
		return strings.HasPrefix(name, prefixes.String())
	}
	return true
}
