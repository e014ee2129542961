package project

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// parts are the files in which a single-file component keeps what others have
// between the tags of a block: <script src="./a.js">, <template src="./a.html">.
type parts struct {
	script, template string // paths; "" if the block holds its content
}

// findParts finds the parts of the program's own components. The files are read
// like others of their kind, and findings in them have their place there.
func (l *parsed) findParts() {
	for _, p := range l.own {
		l.findPartsOf(p)
	}
}

func (l *parsed) findPartsOf(p string) {
	f := l.texts[p]
	if f == nil || !l.site.Framework.single(p) || !strings.Contains(f.Text, "src") {
		return
	}
	var found parts
	blocks := l.list.cache.component(f, l.site.Symbols).Blocks
	for _, b := range blocks {
		switch src := l.part(p, b); {
		case src == "":
		case b.Tag == "script", l.isInclude(p, b, blocks):
			found.script = src
		case !l.site.Framework.single(src):
			found.template = src
			l.templates[src] = true
		}
	}
	if found != (parts{}) {
		l.parts[p] = found
	}
}

// adopt reads a single-file component outside the program's sources.
func (l *parsed) adopt(p string) {
	if l.texts[p] != nil || l.size(p) > int64(maxFile) {
		return
	}
	if f := l.read(p, true); f != nil {
		l.texts[p] = f
		l.findPartsOf(p)
	}
}

// part returns the path of the file that holds the content of a block of the
// component at p; "" if the block does, or the file is missing.
func (l *parsed) part(p string, b *sfc.Block) string {
	src := b.Attrs["src"]
	if src == "" || !l.list.builds(b) || foreignTongue(b) != "" {
		return ""
	}
	found := ""
	switch {
	case b.Tag == "template":
		found = l.resolve.Asset(p, src)
	case b.Tag == "include":
		found = l.resolve.Script(p, src)
	case holdsCode(b):
		found = cmp.Or(l.resolve.Script(p, src), l.resolve.Script(p, "./"+src)) // wepy 1 joins the folder and src
	}
	if found == p {
		return ""
	}
	return found
}

// stored reports whether the file that holds the content of a block exists.
func (l *parsed) stored(f *source.File, b *sfc.Block) bool {
	if b.JSON() {
		return l.list.beside(f.Path, b.Attrs["src"], l.site.Source) != nil
	}
	return l.part(f.Path, b) != ""
}

// codeModule returns the module that holds the code of the script or component
// at p.
func (l *parsed) codeModule(p string) *Module {
	if src := l.parts[p].script; src != "" {
		return l.module(src)
	}
	return l.module(p)
}

// templateView returns the view of the single-file component at p.
func (l *parsed) templateView(p string) *View {
	if src := l.parts[p].template; src != "" {
		return l.view(src)
	}
	return l.view(p)
}

// foreignTongue names the language of a block that is not read; "" for others.
func foreignTongue(b *sfc.Block) string {
	if name := foreignTongues[b.Attrs["lang"]]; name != "" {
		return name
	}
	return foreignTongues[strings.TrimPrefix(path.Ext(b.Attrs["src"]), ".")]
}

// foreignTongues are languages of blocks that are not read.
var foreignTongues = map[string]string{"coffee": "CoffeeScript", "coffeescript": "CoffeeScript"}

// pugs are what templates in Pug have as lang, and as the ending of their files.
var pugs = []string{"pug", "jade"}

// inPug reports whether the template of this name is in Pug.
func inPug(name string) bool { return slices.Contains(pugs, strings.TrimPrefix(path.Ext(name), ".")) }

// inForeignTongue says that the template of the unit at base is there in a language that is not read.
func (l *configured) inForeignTongue(base string) (reason lang.Text, foreign bool) {
	for _, suffix := range pugs {
		if p := base + "." + suffix; l.list.has(p) {
			return lang.Textf("模板 %s 用 Pug 写成，没有读取；请扫描编译输出",
				"the template %s is written in Pug, which is not read here; scan the built output", p), true
		}
	}
	return lang.Text{}, false
}

// refuse reports the blocks of a component whose language or place is not
// supported.
func (l *parsed) refuse(t *task, c *sfc.Component, library string) {
	for _, b := range c.Blocks {
		if b.JSON() && b.Attrs["src"] == "" && b.Attrs["name"] != "json" {
			_, errs := script.ParseExpr(t.file, b.Inner, script.JS, true)
			l.reportErrors(t.file, errs, library)
		}
		if !l.list.builds(b) || b.Tag != "template" && b.Tag != "script" && b.Tag != "config" ||
			b.Tag == "script" && !b.JSON() && !holdsCode(b) {
			continue
		}
		u := Unread{Path: t.path, Location: source.Location{File: t.file, Span: b.Open}, Hides: library == ""}
		switch name, src := foreignTongue(b), b.Attrs["src"]; {
		case name != "":
			u.Reason = lang.Textf("<%s> 用 %s 写成，没有读取；请扫描编译输出",
				"the block <%s> is written in %s, which is not read; scan the built output", b.Tag, name)
		case src != "" && b.Setup():
			u.Reason = lang.Both("<script setup> 不能带 src，构建会报错；该文件没有当作 setup 读取。请去掉 setup，或把代码写在这里",
				"<script setup> cannot have src, and a build fails; the file was not read as setup. Drop setup, or write the code here")
		case strings.Contains(src, "://") || strings.HasPrefix(src, "//"):
			u.Reason = lang.Textf("<%s> 的内容写在网址 %s 上，不在目录中，没有读取；请把它放进目录，或去掉这个标签",
				"the content of <%s> is at the address %s and not in the tree; it was not read; put it into the tree, or remove the tag", b.Tag, src)
		case src != "" && !l.stored(t.file, b):
			u.Reason = lang.Textf("<%s> 的内容写在另一个文件 %s 中，但该文件不存在；请改正路径或补上文件",
				"the content of <%s> is in another file, %s, which does not exist; correct the path or add the file", b.Tag, src)
		case src == "" && b.Tag == "script" && !b.JSON() && l.parts[t.path].script != "" &&
			strings.TrimSpace(t.file.Text[b.Inner.Start:b.Inner.End]) != "":
			u.Reason = lang.Both("此 <script> 与带 src 的 <script> 并列，没有读取；请把代码放在一处",
				"there is another <script> with src, so this one was not read; keep the code in one place")
		default:
			continue
		}
		l.report(u)
	}
}
