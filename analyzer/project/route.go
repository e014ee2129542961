package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Pages that are registered under another path than that of their files. A build may find
// them all the same: Taro and mpx take the index of a folder, and the file systems of Windows and
// macOS do not tell capital letters from small ones. So the page is read, and told.

// standsFor returns the path, without suffix, of the files of the page that is registered
// as route.
func (l *linked) standsFor(route string) string {
	base := path.Join(l.site.Source, route)
	for _, stands := range []map[string]string{l.site.Stands, l.stands} {
		if other := stands[route]; other != "" {
			return other
		}
	}
	if l.hasPage(base) {
		return base
	}
	index := path.Join(base, "index")
	if l.hasPage(index) && !l.routes[l.route(index)] {
		l.stands[route] = index
		if l.site.Framework == taro || l.site.Framework == mpx {
			return index // they look there themselves
		}
		taken := lang.Textf("此处注册的页面“%s”是一个目录，读取了其中的 index：Taro 和 mpx 会找到它，其他工具不会；请注册为“%s/index”",
			`the page "%s", which is registered here, is a folder; its index was read: Taro and mpx find it, other tools do not; register "%s/index"`, route, route)
		l.tellRoute(route, taken)
		return index
	}
	for _, p := range l.own {
		other := strings.TrimSuffix(p, path.Ext(p))
		if strings.EqualFold(other, base) && l.hasPage(other) && !l.routes[l.route(other)] {
			name := l.route(other)
			l.stands[route] = other
			l.tellRoute(route, lang.Textf("此处注册的页面“%s”与文件“%s”的大小写不同，读取了该文件：Windows 和 macOS 不分大小写，能找到它，其他系统上的构建不能；请改成一致",
				`the page "%s", which is registered here, differs from its files, "%s", in capital letters; they were read: Windows and macOS find them, a build on `+
					"another system does not; write both alike", route, name))
			return other
		}
	}
	return base
}

// hasPage reports whether there is a script or template with this path.
func (l *linked) hasPage(base string) bool {
	return l.resolve.Page(base, l.resolve.Scripts) != "" || l.resolve.Page(base, l.resolve.Markup) != ""
}

// tellRoute reports something about the place where a page is registered.
func (l *linked) tellRoute(route string, reason lang.Text) {
	told := Unread{Path: l.site.Manifest, Reason: reason}
	if span := l.routeSpan[route]; span.Len() > 0 {
		told.Location = source.Location{File: l.site.File, Span: span}
	}
	if !slices.Contains(l.unread, told) {
		l.report(told)
	}
}
