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

// texts returns the texts that parts ask a language table for, else the result of
// otherwise for them.
func (l language) texts(parts []markup.Part, otherwise func([]markup.Part) []flow.Text) []flow.Text {
	var out []flow.Text
	for _, p := range parts {
		if p.Expr == nil || len(l) == 0 {
			continue
		}
		script.Walk(p.Expr, func(n script.Node) bool {
			if c, ok := n.(*script.Call); ok && len(c.Args) > 0 && translates[callee(c)] {
				if key, ok := c.Args[0].(*script.String); ok {
					out = append(out, l[key.Value]...)
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
