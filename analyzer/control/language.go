package control

import (
	"maps"
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
type language struct {
	byKey map[string][]flow.Text
	asks  map[string]bool // names of functions that look a text up by its key: t, and what the program calls it
}

// languageOf reads the language tables of a program: JSON files, <i18n> blocks, object
// literals of scripts that are named for it (i18n/zh.js), and what is under the name of a language.
func languageOf(p *project.Program) language {
	l := language{map[string][]flow.Text{}, maps.Clone(translates)}
	for _, d := range p.Data {
		l.json(d.File, "", d.Value)
	}
	for _, m := range p.Modules {
		if m.Tree == nil || m.Library != "" {
			continue
		}
		known := source.Known(&m.Tree.Memo, asWording{}, func() wording {
			return wording{translators(m.Tree), tables(m.Tree, languagePath(m.File.Path))}
		})
		for _, name := range known.asks {
			l.asks[name] = true
		}
		for _, table := range known.tables {
			l.object(m.File, "", table)
		}
	}
	for _, texts := range l.byKey {
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

// wording is what a script has for the texts of a program: names of functions that look them up, and tables of them.
type wording struct {
	asks   []string
	tables []*script.Object
}

// asWording is the key, in the memo of a script, of its wording.
type asWording struct{}

// tables are the objects of a script that hold texts: what is under the name of a language, or all if the script is named for one.
func tables(tree *script.Program, all bool) (list []*script.Object) {
	script.Walk(tree, func(n script.Node) bool {
		o, ok := n.(*script.Object)
		if found := ok && (all || inLanguages(o)); found {
			list = append(list, o)
			return false
		}
		return true
	})
	return list
}

// inLanguages reports whether an object holds the tables of languages: { zh: {…}, en: {…} }.
func inLanguages(o *script.Object) bool {
	return slices.ContainsFunc(o.Props, func(p *script.Property) bool {
		_, table := p.Value.(*script.Object)
		return table && languageCode.MatchString(p.Key)
	})
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
		l.byKey[key] = append(l.byKey[key], t)
	}
}

// texts returns the texts that parts, in the template of u, ask a language table for, else the
// result of otherwise for them.
func (l language) texts(u *project.Unit, parts []markup.Part, otherwise func([]markup.Part) []flow.Text) []flow.Text {
	var out []flow.Text
	for _, p := range parts {
		if p.Expr == nil || len(l.byKey) == 0 {
			continue
		}
		script.Walk(p.Expr, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Call:
				if fn, key := lookUp(n); key != "" && l.asks[fn] {
					out = append(out, l.byKey[key]...)
				}
			case *script.Dot:
				if texts := l.byKey[l.partOf(u, n)]; len(texts) > 0 {
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

// translates are the names of functions that look a text up by its key.
var translates = spelling.Set(`t $t _t tr tt __ $i18n i18n translate getText gettext getLang lang`)

// translators are the names that a script gives to functions which look a text up by its key:
//
//	const { t: words } = useI18n()
//	const words = i18n.global.t
//	const words = key => i18n.t(key)
func translators(tree *script.Program) (names []string) {
	add := func(name string, function script.Expr) {
		if name != "" && translator(function) {
			names = append(names, name)
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Declarator:
			if pattern, ok := n.Target.(*script.ObjectPattern); ok {
				for _, p := range pattern.Props {
					if translates[p.Key] {
						names = append(names, script.LastName(p.Target))
					}
				}
			}
			add(script.LastName(n.Target), n.Init)
		case *script.FuncDecl:
			if n.Func.Name != nil {
				add(n.Func.Name.Name, n.Func)
			}
		case *script.Property:
			add(n.Key, n.Value)
		}
		return true
	})
	return names
}

// translator reports whether x is a function that looks a text up by its key, or one that gives such a function its first argument.
func translator(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Dot:
		return translates[x.Name]
	case *script.Call: // i18n.t.bind(i18n)
		bound, ok := x.Fn.(*script.Dot)
		return ok && bound.Name == "bind" && translates[script.LastName(bound.X)]
	case *script.Function:
		c, ok := x.Returned().(*script.Call)
		hands := ok && len(x.Params) > 0 && len(c.Args) > 0 && script.LastName(c.Args[0]) == script.LastName(x.Params[0])
		return hands && translates[script.LastName(c.Fn)]
	}
	return false
}
