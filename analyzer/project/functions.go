package project

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/resolve"
)

// Cloud functions: code of the program that runs on a server, in a directory of its
// own with its own rules for names.

// cloud resolves names in the cloud functions of a program.
type cloud struct {
	resolvers []*resolve.Resolver // one a directory
}

// resolverOf returns the resolver for names in file p: cloud functions have
// their own directory as root.
func (l *linked) resolverOf(p string) *resolve.Resolver {
	for _, r := range l.cloud.resolvers {
		if under(r.Root, p) {
			return r
		}
	}
	return l.resolve
}

// functionRoots returns the directories of the cloud functions.
func (l *found) functionRoots() []string {
	s := l.site.Settings
	for _, key := range []string{"cloudfunctionRoot", "qcloudRoot"} {
		if d := s.dir(key); d != "" && d != l.site.Source && len(l.list.below(d)) > 0 {
			return []string{d}
		}
	}
	var roots []string
	if d := l.namedRoot(); d != "" {
		roots = append(roots, d)
	}
	if l.site.Framework == uniApp {
		roots = append(roots, l.uniCloud()...)
	}
	if len(roots) == 0 {
		return l.foundByContent()
	}
	return roots
}

// namedRoot is the directory that holds functions by its name, although no setting says so: at the top of the project, or
// among the sources, from which a plug-in of the build copies it. It is "" if there is none.
func (l *found) namedRoot() string {
	for _, base := range []string{l.site.Root, l.site.Source} {
		for _, name := range []string{"cloudfunctions", "cloudfunction", "cloud-functions", "cloud/functions"} {
			d := path.Join(base, name)
			if slices.ContainsFunc(l.list.below(d), func(p string) bool {
				return functionScripts[path.Base(p)] && path.Dir(path.Dir(p)) == d
			}) {
				return d
			}
		}
	}
	return ""
}

// uniCloudDirs are the directories in which uni-app keeps the functions of each
// provider of uniCloud, the older names last (uniCloud documents, 云函数目录; read
// 2026-11).
var uniCloudDirs = []string{
	"uniCloud-aliyun/cloudfunctions", "uniCloud-tcb/cloudfunctions", "uniCloud-alipay/cloudfunctions",
	"cloudfunctions-aliyun", "cloudfunctions-tcb",
}

// marketFunctions is where a plug-in in uni_modules keeps functions, which are uploaded with those of the program
// (uni_modules documents, 目录结构; read 2026-11).
const marketFunctions = "uniCloud/cloudfunctions"

// uniCloud returns the directories of the functions in uniCloud, which are beside
// pages.json or at the top of the project: the program's own first, whose functions hide those of plug-ins.
func (l *found) uniCloud() (roots []string) {
	bases := []string{l.site.Source, l.site.Root}
	add := func(d string) {
		if len(l.list.below(d)) > 0 && !slices.Contains(roots, d) {
			roots = append(roots, d)
		}
	}
	for _, name := range uniCloudDirs {
		for _, base := range bases {
			add(path.Join(base, name))
		}
	}
	for _, base := range bases {
		market := path.Join(base, marketFolder)
		for _, p := range l.list.below(market) {
			plugin, rest, _ := strings.Cut(strings.TrimPrefix(p, market+"/"), "/")
			if strings.HasPrefix(rest, marketFunctions+"/") {
				add(path.Join(market, plugin, marketFunctions))
			}
		}
	}
	return roots
}

// functionScripts are the names of scripts that hold a function.
var functionScripts = map[string]bool{"index.js": true, "index.ts": true, "index.obj.js": true, "index.obj.ts": true}

// functionEntries are files that mark a directory as that of a function.
var functionEntries = map[string]bool{
	"package.json": true, "config.json": true, "index.js": true, "index.ts": true, "index.obj.js": true, "index.obj.ts": true,
}

// addFunctions loads the cloud functions: one a directory, with index.js or
// what its package.json names as main, and config.json with its permissions. An
// object of uniCloud has index.obj.js.
func (l *linked) addFunctions() {
	roots := l.functionRoots()
	var all []string
	shared := maps.Clone(l.packages)
	for _, root := range slices.Backward(roots) { // the program's own come first, and so hide those of plug-ins
		all = append(all, l.list.below(root)...)
		l.addShared(shared, root)
	}
	tree := resolve.NewTree(all)
	beyond := func(p string) bool {
		return !slices.ContainsFunc(roots, func(root string) bool { return under(root, p) }) && l.repository(p)
	}
	tree.Beyond, tree.Unfold = beyond, l.list.unfold(beyond)
	for _, root := range roots {
		files := l.list.below(root)
		r := &resolve.Resolver{
			Tree: tree, Root: root, Scripts: []string{".ts", ".js", ".mjs", ".cjs"},
			Packages: maps.Clone(shared),
		}
		l.addShared(r.Packages, root)
		l.cloud.resolvers = append(l.cloud.resolvers, r)
		var dirs []string
		for _, p := range files {
			name, rest, nested := strings.Cut(strings.TrimPrefix(p, root+"/"), "/")
			if !nested {
				continue
			}
			if isScript(p) && (path.Ext(p) == ".ts" || !l.list.has(strings.TrimSuffix(p, path.Ext(p))+".ts")) {
				l.module(p)
			}
			if functionEntries[rest] && !slices.Contains(dirs, name) {
				dirs = append(dirs, name)
			}
			if path.Base(p) == "package.json" {
				l.addTaken(r.Packages, path.Dir(p), l.workspaceJSON(p), l.list.holds) // the server may have others
			}
		}
		for _, name := range dirs {
			f := l.function(r, name)
			f.ByContent = l.byContent != nil
			l.program.Functions = append(l.program.Functions, f)
		}
	}
	l.addTriggers(roots)
	l.link()
}

// triggerEnd ends the names of the scripts of triggers, which stand beside the schema of their collection.
const triggerEnd = ".schema.ext.js"

// addTriggers loads the triggers of uniCloud: database/NAME.schema.ext.js beside the functions.
func (l *linked) addTriggers(roots []string) {
	for _, base := range []string{l.site.Source, l.site.Root} {
		for _, name := range uniCloudDirs {
			roots = append(roots, path.Join(base, name)) // a program may have triggers and no functions
		}
	}
	for _, root := range roots {
		folder := path.Join(path.Dir(root), "database")
		for _, p := range l.list.below(folder) {
			collection, is := strings.CutSuffix(path.Base(p), triggerEnd)
			if !is || l.site.Framework != uniApp || l.program.Triggers[collection] != nil {
				continue
			}
			if l.program.Triggers == nil {
				l.program.Triggers = map[string]*Module{}
			}
			l.program.Triggers[collection] = l.module(p)
		}
	}
}

// OnServer reports whether the script at p runs on the server: it is of a cloud function or of a trigger.
func (p *Program) OnServer(script string) bool {
	return strings.HasSuffix(script, triggerEnd) || strings.Contains(script, "cloudfunctions")
}

// addShared notes the code that functions of uniCloud share: each directory in common is a package of its own, for the
// functions of the program and of its plug-ins alike.
func (l *linked) addShared(packages map[string]resolve.Package, root string) {
	for _, p := range l.list.below(path.Join(root, "common")) {
		name, _, nested := strings.Cut(strings.TrimPrefix(p, root+"/common/"), "/")
		if dir := path.Join(root, "common", name); nested && packages[name].Dir != dir {
			delete(packages, name)
			l.addPackage(packages, dir, name)
		}
	}
}

func (l *linked) function(r *resolve.Resolver, name string) *CloudFunction {
	f := &CloudFunction{Name: name}
	dir := path.Join(r.Root, name)
	main := "index"
	if j := l.readJSON(path.Join(dir, "package.json"), false); j != nil {
		if m := j.value.Get("main").String(); m != "" {
			main = path.Join("/", m)[1:]
		}
	}
	for _, m := range []string{"index.obj", main, "index"} {
		if p := r.Script(path.Join(dir, "package.json"), "./"+m); p != "" {
			f.Main = l.module(p)
			break
		}
	}
	if j := l.readJSON(path.Join(dir, "config.json"), false); j != nil {
		f.Permissions = j.value.Path("permissions", "openapi").Strings()
	}
	return f
}
