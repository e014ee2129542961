package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// maxMinified is the size up to which a minified script that is not known as a
// library is still parsed: some programs ship nothing else.
var maxMinified = 512 << 10

// task is a script or template that has to be read and parsed. The result is in
// the module or view.
type task struct {
	path   string
	file   *source.File // nil if it still has to be read
	module *Module
	view   *View
}

// module returns the module of the script at p, which the next round parses.
func (l *parsed) module(p string) *Module {
	if m := l.modules[p]; m != nil {
		return m
	}
	m := &Module{WXS: isFilter(p)}
	m.Library, _ = l.shelf.library(p)
	l.modules[p] = m
	l.pending = append(l.pending, &task{path: p, file: l.texts[p], module: m})
	return m
}

// view returns the view of the template at p, likewise.
func (l *parsed) view(p string) *View {
	if v := l.views[p]; v != nil {
		return v
	}
	v := &View{}
	l.views[p] = v
	l.pending = append(l.pending, &task{path: p, file: l.texts[p], view: v})
	return v
}

// parsePending reads and parses what has been asked for since the last call.
func (l *parsed) parsePending() {
	tasks := l.pending
	l.pending = nil
	l.parallel(len(tasks), func(i int) int64 { return l.size(tasks[i].path) }, func(i int) {
		if e := bug.Catch(func() { l.parse(tasks[i]) }); e != nil {
			l.leaveOut(tasks[i], e)
		}
	})
	l.unlinked = append(l.unlinked, tasks...)
}

// leaveOut replaces a script or template that the analyzer failed to read by an empty
// one.
func (l *parsed) leaveOut(t *task, e *bug.Error) {
	library, _ := l.shelf.library(t.path)
	f := source.NewFile(t.path, "")
	if t.view != nil {
		*t.view = View{File: f, Tree: &markup.Document{File: f}}
	}
	if t.module != nil {
		*t.module = Module{File: f, WXS: t.module.WXS, Library: t.module.Library}
	}
	l.report(Unread{Path: t.path, Reason: e.Omission(), Hides: library == ""})
}

// size returns the size of a file of the program or of an installed package.
func (l *found) size(p string) int64 {
	if n, ok := l.list.size[p]; ok {
		return n
	}
	if outer(p) {
		n, _ := l.list.around.file(p)
		return n
	}
	return l.extra[p]
}

func (l *parsed) parse(t *task) {
	library, _ := l.shelf.library(t.path)
	if l.size(t.path) > int64(maxFile) {
		l.tooLarge(t, library)
		return
	}
	if t.file == nil {
		if t.file = l.read(t.path, library == ""); t.file == nil {
			t.leave(unreadable)
			return
		}
	}
	if l.site.Framework.single(t.path) {
		l.parseSingle(t, library)
		return
	}
	if t.view != nil {
		t.view.File = t.file
		if l.templates[t.path] {
			t.view.Tree = kept(l.list.cache, t.file, asView{l.site.build()}, func() *markup.Document {
				return l.markup(t.file, source.Span{End: int32(len(t.file.Text))}, inPug(t.path))
			})
		} else {
			t.view.Tree = l.list.cache.template(t.file, l.dialectOf(t.path))
		}
		l.reportErrors(t.file, slices.DeleteFunc(slices.Clone(t.view.Tree.Errors), harmless), library)
		t.view.scan()
		return
	}
	t.module.File = t.file
	if t.module.Library == "" && !t.module.WXS && !l.startsUnit(t.path) {
		t.module.Library = kept(l.list.cache, t.file, asBundle{}, func() string { return bundleOf(t.path, t.file.Text) })
	}
	dense := kept(l.list.cache, t.file, asDense{}, func() bool { return compressed(t.file.Text) })
	t.module.Compressed = dense && !(t.module.Library == "" && worksForProgram(t.file.Text))
	// A table or a picture in one long line is no compressed code.
	heavy := t.module.Library != "" || len(t.file.Text) > maxMinified
	if heavy && minified(t.file) && compressed(t.file.Text) {
		l.skip(t.module, "minified")
		return
	}
	t.module.Tree = l.code(t.file, t.path)
	l.reportErrors(t.file, slices.Concat(t.module.Tree.Errors, t.module.Tree.Withs), t.module.Library)
	t.module.Imports = importsOf(t.module.Tree)
	typed := ModeOf(t.path)&script.TypeScript != 0
	if typed || markup.HasElements(t.module.Tree) {
		markIdle(t.module.Tree, t.module.Imports)
	}
	for _, i := range t.module.Imports {
		i.erased = i.types || typed && i.idle
	}
}

// startsUnit reports whether the script at p is that of the app, a page or a component:
// the program's own, whatever it looks like.
func (l *parsed) startsUnit(p string) bool {
	base := strings.TrimSuffix(p, path.Ext(p))
	if l.routes[l.route(base)] || base == path.Join(l.site.Source, "app") {
		return true
	}
	return slices.ContainsFunc(l.resolve.Markup, func(ext string) bool { return l.resolve.Tree.Has(base + ext) })
}

// dialectOf selects the dialect of a template by the file's suffix.
func (l *parsed) dialectOf(p string) *markup.Dialect {
	for _, on := range platform.Platforms() {
		if on.Markup == path.Ext(p) && on.Markup != l.platform.Markup {
			return markup.Native(on.Name)
		}
	}
	return markup.Native(l.platform.Name)
}

// ModeOf selects the language by the file's suffix.
func ModeOf(p string) script.Mode {
	switch path.Ext(p) {
	case ".ts", ".mts", ".uts", ".uvue", // UTS, of uni-app x, has the syntax of TypeScript
		".cml", ".interface": // a class names the interface that it implements
		return script.TypeScript
	case ".tsx":
		return script.TypeScript | script.JSX
	case ".jsx":
		return script.JSX
	}
	return script.JS
}

// unreadable is Module.Skipped of a file that could not be read.
const unreadable = "unreadable"

// leave makes the module or view of a file that is not read empty.
func (t *task) leave(why string) {
	f := source.NewFile(t.path, "")
	if t.view != nil {
		t.view.File = f
		t.view.Tree = &markup.Document{File: f}
		return
	}
	t.module.File = f
	t.module.Skipped = why
}

func (l *parsed) tooLarge(t *task, library string) {
	t.leave("too large")
	if t.view != nil {
		l.report(Unread{Path: t.path, Hides: library == "",
			Reason: lang.Both("模板超过 2 MB，未读取；请拆分", "the template is larger than 2 MB and was not read; split it")})
		return
	}
	l.skip(t.module, "too large")
}

// skip leaves a script unparsed and reports it. If the script belongs to a
// library, nothing of the program is lost, and reportLibraries reports each
// library once.
func (l *parsed) skip(m *Module, why string) {
	m.Skipped = why
	if m.Library == "" {
		l.report(Unread{Path: m.File.Path, Hides: true,
			Reason: lang.Textf("脚本%s，未读取；请扫描其构建前的源码", "the script %s and was not read; scan the sources it was built from", skipWords[why])})
	}
}

// skipWords say why a script is not parsed (Module.Skipped).
var skipWords = map[string]lang.Text{
	"minified":  {ZH: "是压缩后的代码", EN: "is minified"},
	"too large": {ZH: "超过 2 MB", EN: "is larger than 2 MB"},
}

// reportErrors makes one entry for the places in a file that could not be
// parsed: the first, and their number.
func (l *parsed) reportErrors(f *source.File, errs []script.Error, library string) {
	if len(errs) == 0 {
		return
	}
	u := Unread{
		Path:     f.Path,
		Location: source.Location{File: f, Span: errs[0].Span},
		Reason:   lang.Both("有一处语法无法解析：", "a part could not be parsed: ").Plus(errs[0].Message),
		Hides:    library == "",
	}
	if n := len(errs); n > 1 {
		u.Reason = lang.Textf("有 %d 处语法无法解析，第一处：%s", "%d parts could not be parsed; the first: %s", n, errs[0].Message)
	}
	if oneSided(f.Text, errs) {
		u.Hides = false
		u.Reason = lang.Both("合并没有做完，留着冲突的标记；每处只有一边有代码，已按这一边读取；删去标记",
			"the marks of an unfinished merge are left in it; only one side of each has code, and that was read; delete the marks")
	}
	l.report(u)
}

// oneSided reports whether nothing is wrong with a text but the marks of conflicts of which one side is empty:
// a side that somebody deleted, of which the marks were left.
func oneSided(text string, errs []script.Error) bool {
	if len(errs) == 0 || len(errs)%3 != 0 {
		return false
	}
	for ours := range slices.Chunk(errs, 3) {
		for _, e := range ours {
			if !e.Conflict() {
				return false
			}
		}
		left, right := text[ours[0].End:ours[1].Start], text[ours[1].End:ours[2].Start]
		if strings.TrimSpace(left) != "" && strings.TrimSpace(right) != "" {
			return false
		}
	}
	return true
}

// harmless reports whether an error in a template leaves everything in the
// tree, as most do: a doubled attribute, a missing end tag.
func harmless(e script.Error) bool { return !e.Lost }

// reference is what one tag of a template includes.
type reference struct {
	element *markup.Element
	kind    string // "import", "include" or "filter"
	src     string
	name    string // module name, of a filter
}

// scan collects what linking needs of a freshly parsed view.
func (v *View) scan() {
	names := source.Known(&v.Tree.Memo, asNamed{}, func() viewNames { return viewNamesIn(v.Tree) })
	v.tags, v.refs = names.tags, names.refs
}

// viewNames is what a template names.
type viewNames struct {
	tags []string
	refs []reference
}

// asNamed is the key of the viewNames of a template.
type asNamed struct{}

func viewNamesIn(d *markup.Document) (v viewNames) {
	seen := map[string]bool{}
	tag := func(name string) {
		if !seen[name] {
			seen[name] = true
			v.tags = append(v.tags, name)
		}
	}
	markup.Walk(d.Nodes, func(n markup.Node) bool {
		e, ok := n.(*markup.Element)
		if !ok {
			return true
		}
		switch {
		case e.Tag == "import" || e.Tag == "include":
			if src := literal(e, "src"); src != "" {
				v.refs = append(v.refs, reference{element: e, kind: e.Tag, src: src})
			}
		case slices.Contains(platform.ScriptTags(), e.Tag):
			src := literal(e, "src", "from")
			if src != "" {
				v.refs = append(v.refs, reference{element: e, kind: "filter", src: src, name: literal(e, "module", "name")})
			}
		default:
			tag(e.Tag)
		}
		for _, a := range e.Attrs {
			if a.Kind == markup.Generic {
				if name, static := markup.Static(a.Parts); static {
					tag(strings.TrimSpace(name))
				}
			}
		}
		return true
	})
	return v
}

// literal returns the first of the named attributes that has a constant value.
func literal(e *markup.Element, names ...string) string {
	for _, name := range names {
		if a := e.Attr(name); a != nil {
			if text, static := markup.Static(a.Parts); static && text != "" {
				return strings.TrimSpace(text)
			}
		}
	}
	return ""
}
