package control

import (
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A template can take its texts out of a part of the language table that its script has under a
// name, as the examples of uni-app do: {{i18n.form.phone}}, where the script has
// i18n() { return this.$t('index') }.

// part is how a script looks a part of the table up: t('index').
type part struct{ fn, key string }

// lookUp returns the name of the function that a call calls, and its first argument if that is written out.
func lookUp(c *script.Call) (fn, key string) {
	if len(c.Args) == 0 {
		return "", ""
	}
	s, ok := c.Args[0].(*script.String)
	if !ok {
		return "", ""
	}
	return script.LastName(c.Fn), s.Value
}

// partOf is the key of the text that the template of u takes out of a part of the table; "" if d is
// something else.
func (l language) partOf(u *project.Unit, d *script.Dot) string {
	key := d.Name
	for x := d.X; ; {
		name := ""
		switch e := x.(type) {
		case *script.Dot:
			if _, this := e.X.(*script.This); !this {
				key, x = e.Name+"."+key, e.X
				continue
			}
			name = e.Name
		case *script.Ident:
			name = e.Name
		}
		if p := partsNamed(u)[name]; l.asks[p.fn] {
			return p.key + "." + key
		}
		return ""
	}
}

// asParts is the key, in the memo of a script, of what partsNamed gives.
type asParts struct{}

// partsNamed returns what the script of u has under a name and looks up: a computed property, data,
// or a variable.
func partsNamed(u *project.Unit) map[string]part {
	if u == nil || u.Script == nil || u.Script.Tree == nil {
		return nil
	}
	return source.Known(&u.Script.Tree.Memo, asParts{}, func() map[string]part {
		found := map[string]part{}
		add := func(name string, value script.Expr) {
			call := onlyCall(value)
			if call == nil || name == "" {
				return
			}
			if fn, key := lookUp(call); key != "" {
				found[name] = part{fn, key}
			}
		}
		script.Walk(u.Script.Tree, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Property:
				add(n.Key, n.Value)
			case *script.Declarator:
				add(script.LastName(n.Target), n.Init)
			}
			return true
		})
		return found
	})
}

// onlyCall is the call that gives value, or the result of the function that value is or that is given to
// computed; nil if nothing or more does.
func onlyCall(value script.Expr) *script.Call {
	switch v := value.(type) {
	case *script.Call:
		if script.LastName(v.Fn) == "computed" && len(v.Args) == 1 {
			return onlyCall(v.Args[0])
		}
		return v
	case *script.Function:
		return onlyCall(v.Only())
	}
	return nil
}
