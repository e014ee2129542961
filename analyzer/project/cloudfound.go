package project

import (
	"path"
	"slices"
	"strings"
)

// serverPackages are what code of a cloud function imports to reach its cloud (WeChat and CloudBase documents, 云函数; read
// 2026-11).
var serverPackages = []string{"wx-server-sdk", "@cloudbase/node-sdk", "tcb-admin-node"}

// foundByContent returns the directories that hold cloud functions, although neither a setting nor their name says so: each of
// their folders has a script that exports main and imports what only a server has.
func (l *found) foundByContent() (roots []string) {
	if l.byContent != nil {
		return *l.byContent
	}
	for _, p := range l.list.below(l.site.Root) {
		root := path.Dir(path.Dir(p))
		switch {
		case !functionScripts[path.Base(p)] || slices.Contains(roots, root):
		case root == "." || under(root, l.site.Source) || l.aside(p):
		case l.isFunction(p):
			roots = append(roots, root)
		}
	}
	roots = slices.DeleteFunc(roots, func(d string) bool { // what functions have inside is their own
		return slices.ContainsFunc(roots, func(o string) bool { return o != d && under(o, d) })
	})
	l.byContent = &roots
	return roots
}

// aside reports whether p is no code of this program: of a package, of another program, or what a build wrote.
func (l *found) aside(p string) bool {
	for _, part := range strings.Split(path.Dir(p), "/") {
		if part == "node_modules" || part == "miniprogram_npm" || part == "dist" || part == "unpackage" {
			return true
		}
	}
	return slices.ContainsFunc(l.sites.all, func(o *site) bool {
		return o.Root != l.site.Root && o.Root != "." && !under(o.Root, l.site.Root) && under(o.Root, p)
	})
}

// isFunction reports whether the script at p is that of a cloud function, by what it says and its package.json.
func (l *found) isFunction(p string) bool {
	dir := path.Dir(p)
	for _, ext := range []string{".wxml", ".vue", ".wpy", ".json"} { // a page or component
		if l.list.has(path.Join(dir, "index"+ext)) {
			return false
		}
	}
	names := func(p string) bool {
		f, bad := l.list.read(p)
		return bad == nil && slices.ContainsFunc(serverPackages, func(name string) bool {
			return strings.Contains(f.Text, `"`+name+`"`) ||
				strings.Contains(f.Text, "'"+name+"'")
		})
	}
	f, bad := l.list.read(p)
	if bad != nil {
		return false
	}
	exports := strings.Contains(f.Text, "exports.main") || strings.Contains(f.Text, "export const main") ||
		strings.Contains(f.Text, "export async function main")
	return exports && (names(p) || l.list.has(path.Join(dir, "package.json")) && names(path.Join(dir, "package.json")))
}
