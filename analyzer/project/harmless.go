package project

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// What is missing and can hide nothing: an import that nothing uses, and a component whose
// tags say that it only shows something.

// dropUnused takes the imports that nothing uses out of what the script of u lacks. A build
// leaves them out as well.
func (l *linked) dropUnused(g *gaps, u *Unit) {
	m := u.Script
	if m == nil || m.Tree == nil || !m.Own() {
		return
	}
	m.Missing = slices.DeleteFunc(m.Missing, func(missing Missing) bool {
		if !missing.Own || missing.source == nil {
			return false
		}
		if tag := onlyShown(u, missing.source); tag != "" {
			l.lackShown(g, tag, missing.Location)
			return true
		}
		if !unused(u, missing.source) {
			return false
		}
		g.add("unused "+missingKey(missing.Spec, m.File.Path), Unread{Path: m.File.Path, Location: missing.Location, Reason: lang.Textf(
			"此处引用的“%s”不存在，但没有运行的代码使用它（只当作类型不算）；请删除这一引用，或补上文件",
			`"%s", which is imported here, is not there, but nothing that runs uses it (types do not run); remove the import, or add the file`, missing.Spec)})
		return true
	})
}

// unused reports whether neither the script of u nor its template uses what import i brings
// in. An import that brings in no name runs code for its effects.
func unused(u *Unit, i *Import) bool {
	if u.Scripted {
		return i.idle
	}
	names, only := asComponents(u, i)
	return only && !u.View.mentions(names)
}

// onlyShown is the tag under which the template of u shows what import i brings in, if that is all that u does with it,
// and the tag says that it takes no text; else "".
func onlyShown(u *Unit, i *Import) string {
	names, only := asComponents(u, i)
	if !only || len(names) != 1 {
		return ""
	}
	tag := ""
	for name := range names {
		tag = u.View.tagOf(name)
	}
	if tag == "" || u.View.expressions(names) || !u.View.onlyShows(tag) {
		return ""
	}
	return tag
}

// dropDrawn takes the imports of m, a script that makes elements, of which it makes nothing but elements that
// take no text out of what it lacks.
func (l *linked) dropDrawn(g *gaps, m *Module) {
	if len(m.Missing) == 0 || m.Tree == nil || !markup.HasElements(m.Tree) {
		return
	}
	drawn := sync.OnceValue(func() []markup.Node { return markup.Elements(m.Tree).Nodes })
	m.Missing = slices.DeleteFunc(m.Missing, func(missing Missing) bool {
		if !missing.Own || missing.source == nil {
			return false
		}
		tag := asTag(m.Tree, missing.source)
		switch {
		case tag != "" && l.idleRender(m):
			g.add("unused "+missing.Spec, Unread{Path: m.File.Path, Location: missing.Location, Reason: lang.Textf(
				"此处引用的“%s”不存在，但只在 App 的 render() 里使用，Taro 1、2 的小程序不运行它；请删除这一引用，或补上文件",
				`"%s", which is imported here, is not there, but only render() of the app uses it, which mini programs of Taro 1 and 2 do not run; `+
					"remove the import, or add the file", missing.Spec)})
		case tag == "" || !always(drawn(), tag, takingNoText(tag)):
			return false
		default:
			l.lackShown(g, tag, missing.Location)
		}
		return true
	})
}

// idleRender reports whether m is the app of a program of Taro 1 or 2, whose render() does nothing in a mini program: there
// the package of Taro itself gives the base class (NervJS/taro 2, docs/tutorial.md; read 2026-12).
func (l *linked) idleRender(m *Module) bool {
	if l.site.Framework != taro || l.app == nil || l.app.Script != m {
		return false
	}
	return slices.ContainsFunc(m.Tree.Body(), func(s script.Stmt) bool {
		i, ok := s.(*script.Import)
		return ok && i.Source != nil && i.Source.Value == "@tarojs/taro" &&
			slices.ContainsFunc(i.Names, func(n *script.ImportName) bool { return n.Imported == "Component" })
	})
}

// asTag is the name under which a script has what import i brings in, if it only makes elements of it (<Icon/>);
// else "".
func asTag(tree *script.Program, i *Import) string {
	bound := bindings(tree, i)
	if len(bound) != 1 {
		return ""
	}
	elements, uses, name := 0, 0, ""
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.JSXElement:
			if id, ok := n.Name.(*script.Ident); ok && bound[id.Symbol] != nil {
				elements, name = elements+1, id.Name
			}
		case *script.Ident:
			if declared := bound[n.Symbol]; declared != nil && declared != n {
				uses++
			}
		}
		return true
	})
	if elements == 0 || elements != uses {
		return ""
	}
	return name
}

// tagOf is the tag in v under which a component of this name is shown; "" if it is none, or more than one.
func (v *View) tagOf(name string) (tag string) {
	several := false
	v.closure(func(v *View) {
		markup.WalkElements(v.Nodes(), func(e *markup.Element) {
			is := spelling.Tag(e.Tag) == spelling.Tag(name) || spelling.Tag(e.Tag) == spelling.Hyphenated(name)
			if e.Tag == "component" || is && tag != "" && tag != e.Tag {
				several = true
			} else if is {
				tag = e.Tag
			}
		})
	})
	if several {
		return ""
	}
	return tag
}

// asComponents returns the names under which u registers what import i brings in as components, and whether that is all
// that its script does with it.
func asComponents(u *Unit, i *Import) (registered map[string]bool, only bool) {
	if u.Scripted || !u.Single || u.View == nil || u.View.Tree == nil {
		return nil, false
	}
	bound := bindings(u.Script.Tree, i)
	if len(bound) == 0 {
		return nil, false
	}
	list, _ := definitionOf(u.Script.Tree).member("components").(*script.Object)
	registered = map[string]bool{}
	use := false
	script.Walk(u.Script.Tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Object:
			if n != list || n == nil {
				return true
			}
			for _, p := range n.Props {
				if id, ok := p.Value.(*script.Ident); ok && bound[id.Symbol] != nil {
					registered[p.Key] = true
				} else {
					use = use || usesAny(p.Value, bound)
				}
			}
			return false
		case *script.Ident:
			use = use || bound[n.Symbol] != nil && bound[n.Symbol] != n
		}
		return !use
	})
	if use {
		return nil, false
	}
	if u.Script.Setup {
		for _, id := range bound {
			registered[id.Name] = true
		}
	}
	return registered, true
}

func usesAny(x script.Node, bound map[*script.Symbol]*script.Ident) (uses bool) {
	script.Walk(x, func(n script.Node) bool {
		id, ok := n.(*script.Ident)
		uses = uses || ok && bound[id.Symbol] != nil
		return !uses
	})
	return uses
}

// mentions reports whether v has a tag or an expression with one of names. A tag whose
// component is computed may be any.
func (v *View) mentions(names map[string]bool) (found bool) {
	tags := map[string]bool{"component": true}
	for name := range names {
		tags[spelling.Tag(name)], tags[spelling.Hyphenated(name)] = true, true
	}
	v.closure(func(v *View) {
		found = found || markup.Any(v.Nodes(), func(e *markup.Element) bool {
			return tags[spelling.Tag(e.Tag)] || tags[digitsJoined(spelling.Tag(e.Tag))]
		})
	})
	return found || v.expressions(names)
}

// expressions reports whether v has an expression with one of names.
func (v *View) expressions(names map[string]bool) (found bool) {
	v.closure(func(v *View) {
		markup.Walk(v.Nodes(), func(n markup.Node) bool {
			switch n := n.(type) {
			case *markup.Element:
				for _, a := range n.Attrs {
					found = found || partsName(a.Parts, names)
				}
			case *markup.Text:
				found = found || partsName(n.Parts, names)
			}
			return !found
		})
	})
	return found
}

// partsName reports whether an expression among parts uses one of names.
func partsName(parts []markup.Part, names map[string]bool) (found bool) {
	for _, p := range parts {
		if p.Expr != nil {
			script.Walk(p.Expr, func(n script.Node) bool {
				id, ok := n.(*script.Ident)
				found = found || ok && names[id.Name]
				return !found
			})
		}
	}
	return found
}

//go:embed shown.txt
var shownData string

// shown is shown.txt: the words after word, look and drawing.
var shown = sync.OnceValue(func() map[string]map[string]bool {
	kinds := map[string]map[string]bool{}
	for line := range strings.Lines(shownData) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		if kinds[words[0]] == nil {
			kinds[words[0]] = map[string]bool{}
		}
		for _, word := range words[1:] {
			kinds[words[0]][word] = true
		}
	}
	return kinds
})

// onlyShows reports whether all elements of v with a tag say that its component takes
// no text from a person. Either they bind no value, hear of nothing but taps, hold nothing, and
// say how it looks and no more, or its name says what it shows; or its name is that of a component that
// takes a number or a mark; or it is one that shows what the template puts into it.
func (v *View) onlyShows(tag string) bool { return v.always(tag, takingNoText(tag)) }

// bare reports whether no element of v with a tag gives its component more than its looks.
func (v *View) bare(tag string) bool {
	return v.always(tag, func(e *markup.Element) bool {
		takes, _ := takes(e, false)
		return !takes
	})
}

// always reports whether v has elements with a tag, and has is true of all.
func (v *View) always(tag string, has func(*markup.Element) bool) bool {
	var nodes []markup.Node
	v.closure(func(v *View) { nodes = append(nodes, v.Nodes()...) })
	return always(nodes, tag, has)
}

func always(nodes []markup.Node, tag string, has func(*markup.Element) bool) bool {
	some, all := false, true
	markup.WalkElements(nodes, func(e *markup.Element) {
		if e.Tag == tag {
			some, all = true, all && has(e)
		}
	})
	return some && all
}

// takingNoText gives the question that onlyShows asks of each element with a tag.
func takingNoText(tag string) func(*markup.Element) bool {
	words := strings.Split(spelling.Tag(tag), "-")
	last := len(words) - 1
	is := func(kind string) bool {
		return shown()[kind][words[last]] || last > 0 && shown()[kind][words[last-1]+"-"+words[last]]
	}
	asks := slices.ContainsFunc(words, func(word string) bool { return shown()["asks"][word] })
	switch {
	case is("count") && !asks:
		return func(e *markup.Element) bool { return !holdsElements(e) }
	case is("holder") && !asks:
		return onlyHolds
	}
	named := is("word")
	return func(e *markup.Element) bool {
		takes, drawn := takes(e, named)
		return !takes && (drawn || named) && !holdsElements(e)
	}
}

// onlyHolds reports whether an element has something to show, and hears of nothing but that it is shown.
func onlyHolds(e *markup.Element) bool {
	return holdsElements(e) && !slices.ContainsFunc(e.Attrs, func(a *markup.Attr) bool {
		return a.Kind == markup.Event && !shown()["event"][spelling.Tag(a.Name)]
	})
}

// takes reports whether an element, by its attributes, may take something from a person,
// and whether one of them is for what it draws. If its name says what it shows, plain
// attributes say nothing of it.
func takes(e *markup.Element, named bool) (takes, drawn bool) {
	for _, a := range e.Attrs {
		name := spelling.Tag(a.Name)
		look, drawing := shown()["look"][name], shown()["drawing"][name]
		switch {
		case a.Kind == markup.Model:
			takes = true
		case a.Kind == markup.Event:
			takes = takes || name != "tap" && name != "click" && name != "longpress"
		case a.Kind == markup.Plain && !look && !drawing && !named:
			takes = true
		}
		drawn = drawn || drawing
	}
	return takes, drawn
}

func holdsElements(e *markup.Element) bool {
	return slices.ContainsFunc(e.Children, func(n markup.Node) bool {
		_, ok := n.(*markup.Element)
		return ok
	})
}

// lackShown notes that nothing says what the tag of a component is that only shows something.
func (l *linked) lackShown(g *gaps, tag string, at source.Location) {
	g.add("tag "+spelling.Tag(tag), Unread{Path: at.File.Path, Location: at, Reason: lang.Textf(
		"组件 <%s> 没有找到，没有读取；从名称和属性看它不输入文字",
		"the component <%s> was not found and not read; its name and attributes say that no text is entered in it", tag)})
}
