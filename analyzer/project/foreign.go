package project

import (
	_ "embed"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
)

// Projects of another kind inside of a program's directory: a web page for its staff, its
// server. They are no part of it. What the program imports from them is read.

//go:embed foreign.txt
var foreignData string

// foreignKinds are the kinds of project in foreign.txt, by package.
var foreignKinds = sync.OnceValue(func() map[string]string {
	kinds := map[string]string{}
	for line := range strings.Lines(foreignData) {
		if words := strings.Fields(line); len(words) > 0 && words[0] != "#" {
			for _, name := range words[1:] {
				kinds[name] = words[0]
			}
		}
	}
	return kinds
})

// foreignWords say what a project of each kind is.
var foreignWords = map[string]lang.Text{"web": lang.Both("网页项目", "a web project"), "server": lang.Both("服务器项目", "a server")}

// foreignProjects returns the directories inside of the program's that hold projects of
// another kind, and reports them.
func (l *configured) foreignProjects() (dirs []string) {
	for _, p := range l.list.below(l.site.Source) {
		dir := path.Dir(p)
		if path.Base(p) != "package.json" || under(dir, l.site.Source) || under(dir, l.site.Root) ||
			slices.ContainsFunc(dirs, func(d string) bool { return under(d, dir) }) || l.hasPageIn(dir) {
			continue
		}
		if kind := l.foreignKind(dir); kind != "" {
			dirs = append(dirs, dir)
			l.report(Unread{Path: dir, Reason: lang.Textf("这是另一个项目（%s，见其 package.json），不属于小程序；除了小程序引用的文件，没有读取",
				"this is a project of its own (%s, by its package.json) and no part of the mini program; but for what the program imports, it was not read",
				foreignWords[kind])})
		}
	}
	return dirs
}

// hasPageIn reports whether the program has a page in dir.
func (l *configured) hasPageIn(dir string) bool {
	return slices.ContainsFunc(l.program.Config.Pages, func(r string) bool { return under(dir, path.Join(l.site.Source, r)) })
}

// foreignKind is the kind of project that dir holds: "web", "server"; "" for what may be
// part of a mini program.
func (l *configured) foreignKind(dir string) string {
	manifest := l.readJSON(path.Join(dir, "package.json"), false)
	if manifest == nil || frameworkOf(manifest.file.Text) != "" || strings.Contains(manifest.file.Text, "wx-server-sdk") {
		return ""
	}
	if knownPackage(manifest.value.Get("name").String()) {
		return "" // a package that was copied with what its own tests need
	}
	page := l.list.has(path.Join(dir, "index.html")) || l.list.has(path.Join(dir, "public", "index.html"))
	found := ""
	for _, key := range []string{"dependencies", "devDependencies"} {
		for _, m := range members(manifest.value.Get(key)) {
			kind := foreignKinds()[m.Name]
			if kind == "page" && page {
				kind = "web"
			}
			if m.Value.Is(jsonc.String) && foreignWords[kind] != (lang.Text{}) && found != "web" {
				found = kind
			}
		}
	}
	return found
}
