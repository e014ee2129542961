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
	for _, name := range []string{"cloudfunctions", "cloudfunction", "cloud-functions", "cloud/functions"} {
		d := path.Join(l.site.Root, name)
		for _, p := range l.list.below(d) {
			if path.Base(p) == "index.js" && path.Dir(path.Dir(p)) == d {
				return []string{d}
			}
		}
	}
	if l.site.Framework == uniApp {
		return l.uniCloud()
	}
	return nil
}

// uniCloudDirs are the directories in which uni-app keeps the functions of each
// provider of uniCloud, the older names last (uniCloud documents, 云函数目录; read
// 2026-11).
var uniCloudDirs = []string{
	"uniCloud-aliyun/cloudfunctions", "uniCloud-tcb/cloudfunctions", "uniCloud-alipay/cloudfunctions",
	"cloudfunctions-aliyun", "cloudfunctions-tcb",
}

// uniCloud returns the directories of the functions in uniCloud, which are beside
// pages.json or at the top of the project.
func (l *found) uniCloud() (roots []string) {
	for _, name := range uniCloudDirs {
		for _, base := range []string{l.site.Source, l.site.Root} {
			if d := path.Join(base, name); len(l.list.below(d)) > 0 && !slices.Contains(roots, d) {
				roots = append(roots, d)
			}
		}
	}
	return roots
}

// functionEntries are files that mark a directory as that of a function.
var functionEntries = map[string]bool{
	"package.json": true, "config.json": true, "index.js": true, "index.ts": true, "index.obj.js": true, "index.obj.ts": true,
}

// addFunctions loads the cloud functions: one a directory, with index.js or
// what its package.json names as main, and config.json with its permissions. An
// object of uniCloud has index.obj.js.
func (l *linked) addFunctions() {
	for _, root := range l.functionRoots() {
		files := l.list.below(root)
		r := &resolve.Resolver{
			Tree: resolve.NewTree(files), Root: root, Scripts: []string{".ts", ".js", ".mjs", ".cjs"},
			Packages: maps.Clone(l.packages),
		}
		r.Tree.Beyond = func(p string) bool { return !under(root, p) && l.repository(p) }
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
			// Code that functions of uniCloud share is a package of their own.
			if shared, _, ok := strings.Cut(rest, "/"); ok && name == "common" {
				r.Packages[shared] = resolve.Package{Dir: path.Join(root, name, shared)}
			}
		}
		for _, name := range dirs {
			l.program.Functions = append(l.program.Functions, l.function(r, name))
		}
	}
	l.link()
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
