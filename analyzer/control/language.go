package control

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// language is the texts of a program by the key that its templates ask for them
// with: {{$t('form.name')}}. Each language of the program has one.
type language map[string][]flow.Text

// languageOf reads the language tables of a program: JSON files, and object
// literals of scripts that are named for it (i18n/zh.js).
func languageOf(p *project.Program) language {
	l := language{}
	for _, d := range p.Data {
		l.json(d.File, "", d.Value)
	}
	for _, m := range p.Modules {
		if m.Tree == nil || m.Library != "" || !languagePath(m.File.Path) {
			continue
		}
		script.Walk(m.Tree, func(n script.Node) bool {
			o, ok := n.(*script.Object)
			if ok {
				l.object(m.File, "", o)
			}
			return !ok
		})
	}
	for _, texts := range l {
		slices.SortStableFunc(texts, chineseFirst)
	}
	return l
}

// chineseFirst orders the texts of a key: papers and declarations are in Chinese, and quote the first that says it.
func chineseFirst(a, b flow.Text) int {
	switch han := chinese(a.String); {
	case han == chinese(b.String):
		return 0
	case han:
		return -1
	}
	return 1
}

func chinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// languagePath reports whether a file is named as a language table, or is beside
// one.
func languagePath(p string) bool {
	for _, part := range []string{path.Base(path.Dir(p)), strings.TrimSuffix(path.Base(p), path.Ext(p))} {
		switch strings.ToLower(part) {
		case "i18n", "locale", "locales", "lang", "langs", "language", "languages":
			return true
		}
		if languageCode.MatchString(part) {
			return true
		}
	}
	return false
}

// languageCode is the name of a language: zh, zh-CN, en_US, zhHans.
var languageCode = regexp.MustCompile(`^(?i:zh|en|cn|tw|hk)(?:[-_]?(?i:cn|tw|hk|hans|hant|us|gb))?$`)

func (l language) json(f *source.File, key string, v *jsonc.Value) {
	if v == nil {
		return
	}
	for _, m := range v.Members {
		name := below(key, m.Name)
		if m.Value.Is(jsonc.String) {
			l.add(name, flow.Text{String: m.Value.String(), Location: source.Location{File: f, Span: m.Value.Span}})
		} else {
			l.json(f, name, m.Value)
		}
	}
}

func (l language) object(f *source.File, key string, o *script.Object) {
	for _, p := range o.Props {
		name := below(key, p.Key)
		switch v := p.Value.(type) {
		case *script.String:
			l.add(name, flow.Text{String: v.Value, Location: source.Location{File: f, Span: v.Span}})
		case *script.Object:
			l.object(f, name, v)
		}
	}
}

// below is the key of name in the table that key names. The name of a language is
// not part of a key.
func below(key, name string) string {
	if key == "" && languageCode.MatchString(name) {
		return ""
	}
	if key == "" {
		return name
	}
	return key + "." + name
}

func (l language) add(key string, t flow.Text) {
	if key != "" {
		l[key] = append(l[key], t)
	}
}

// texts returns the texts that parts, in the template of u, ask a language table for, else the
// result of otherwise for them.
func (l language) texts(u *project.Unit, parts []markup.Part, otherwise func([]markup.Part) []flow.Text) []flow.Text {
	var out []flow.Text
	for _, p := range parts {
		if p.Expr == nil || len(l) == 0 {
			continue
		}
		script.Walk(p.Expr, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Call:
				out = append(out, l[askedFor(n)]...)
			case *script.Dot:
				if texts := l[partOf(u, n)]; len(texts) > 0 {
					out = append(out, texts...)
					return false
				}
			}
			return true
		})
	}
	if len(out) > 0 {
		return out
	}
	return otherwise(parts)
}

// askedFor is the key with which a call looks a text up: that of $t('form.name'); "" if it does not.
func askedFor(c *script.Call) string {
	if len(c.Args) == 0 || !translates[callee(c)] {
		return ""
	}
	key, ok := c.Args[0].(*script.String)
	if !ok {
		return ""
	}
	return key.Value
}

// partOf is the key of a text that the template of u takes out of a part of the table, "" for others:
// {{i18n.form.name}}, where the script has i18n() { return this.$t('index') }.
func partOf(u *project.Unit, d *script.Dot) string {
	key := d.Name
	x := d.X
	for {
		switch e := x.(type) {
		case *script.Dot:
			if _, this := e.X.(*script.This); this {
				x = &script.Ident{Name: e.Name}
				continue
			}
			key, x = e.Name+"."+key, e.X
			continue
		case *script.Ident:
			if part := partsNamed(u)[e.Name]; part != "" {
				return part + "." + key
			}
		}
		return ""
	}
}

// asParts is the key, in the memo of a script, of the parts of the table that it names.
type asParts struct{}

// partsNamed returns the keys of the parts of the table that the script of u has under a name: a
// computed property, data, or a variable.
func partsNamed(u *project.Unit) map[string]string {
	if u == nil || u.Script == nil || u.Script.Tree == nil {
		return nil
	}
	return source.Known(&u.Script.Tree.Memo, asParts{}, func() map[string]string {
		found := map[string]string{}
		name := func(name string, value script.Node) {
			if call := onlyCall(value); call != nil && name != "" {
				if key := askedFor(call); key != "" {
					found[name] = key
				}
			}
		}
		script.Walk(u.Script.Tree, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Object:
				for _, p := range n.Props {
					name(p.Key, p.Value)
				}
			case *script.Declarator:
				if id, ok := n.Target.(*script.Ident); ok {
					name(id.Name, n.Init)
				}
			}
			return true
		})
		return found
	})
}

// onlyCall is the call whose result value is, or whose result the function that value is returns, or the
// one that is given to computed; nil if it is another.
func onlyCall(value script.Node) *script.Call {
	switch v := value.(type) {
	case *script.Call:
		if callee(v) == "computed" && len(v.Args) == 1 {
			return onlyCall(v.Args[0])
		}
		return v
	case *script.Function:
		if v.Body == nil {
			return onlyCall(v.Result)
		}
		if len(v.Body.Body) != 1 {
			return nil
		}
		if r, ok := v.Body.Body[0].(*script.Return); ok {
			return onlyCall(r.X)
		}
	}
	return nil
}

// translates are the names of functions that look a text up by its key.
var translates = spelling.Set(`t $t _t tr tt __ $i18n i18n translate getText gettext getLang lang`)

// callee returns the last name of what is called: t of i18n.t(…).
func callee(c *script.Call) string {
	switch f := c.Fn.(type) {
	case *script.Dot:
		return f.Name
	case *script.Ident:
		return f.Name
	}
	return ""
}
