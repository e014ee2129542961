package project

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
)

// What a build wrote, and what is no longer built, is left out if the sources are there.

// builtFrom reports whether s is what the build makes of the sources o, in a folder of
// whatever name: the project configuration above both names it, it has the same pages, and the sources of all of them
// are there.
func (f *finder) builtFrom(s, o *site) bool {
	native, sources := s.Framework == nil && s.Settings != nil, o.Framework != nil && o.Settings == nil
	if !native || !sources || s.Settings.dir("miniprogramRoot") != s.Source || !under(s.Settings.Dir, o.Source) {
		return false
	}
	written, built := mainPages(o.Config), mainPages(s.Config)
	return len(built) > 0 && slices.Equal(written, built) && !f.missesPages(o, s)
}

// holdsPage reports whether there is a file for a page of s.
func (f *finder) holdsPage(s *site, route string) bool {
	base := path.Join(s.Source, route)
	return slices.ContainsFunc(f.list.below(path.Dir(base)), func(p string) bool { return strings.TrimSuffix(p, path.Ext(p)) == base })
}

// missesPages reports whether the sources s lack pages that both list, and that o has.
func (f *finder) missesPages(s, o *site) bool {
	theirs := mainPages(o.Config)
	return slices.ContainsFunc(mainPages(s.Config), func(route string) bool {
		return slices.Contains(theirs, route) && f.holdsPage(o, route) && !f.holdsPage(s, route)
	})
}

// begun reports whether the sources s are none of what the project configuration names as the program, a native one that has
// all its pages: they lack some of the same pages, as a program does that somebody began to write anew. It says so.
func (f *finder) begun(s *site, sites []*site) bool {
	if s.Framework == nil {
		return false
	}
	for _, o := range sites {
		c := o.Settings
		if o.Framework != nil || c == nil || c.dir("miniprogramRoot") != o.Source || !under(c.Dir, s.Source) {
			continue
		}
		if slices.Equal(mainPages(o.Config), mainPages(s.Config)) && f.missesPages(s, o) {
			f.leaves(s, o)
			return true
		}
	}
	return false
}

// builtFiles are files that only the build of a framework writes beside app.json (outputs of Taro 1, 3 and 4, uni-app 3
// and 4, mpx 2 and wepy 1; read 2026-11). What is in them is old if the sources have changed since.
var builtFiles = map[string][]string{
	"taro": {
		"base.wxml", "base.axml", "base.ttml", "base.swan", "base.qml",
		"npm/@tarojs/taro-weapp/index.js", "npm/@tarojs/taro-alipay/index.js", "npm/@tarojs/taro-swan/index.js",
		"npm/@tarojs/taro-tt/index.js", "npm/@tarojs/taro-qq/index.js",
	},
	"uni-app": {"common/vendor.js"}, "mpx": {"bundle.js"},
	"wepy": {"npm/wepy/lib/wepy.js"},
}

// bearsBuild reports whether s is what the build of the sources o wrote some time, in a folder of whatever name
// in the same project.
func (f *finder) bearsBuild(s, o *site) bool {
	if s.Framework != nil || o.Framework == nil || s.Form != miniProgram ||
		!under(f.list.packageDir(o.Source), s.Source) || under(s.Source, o.Source) {
		return false
	}
	return slices.ContainsFunc(builtFiles[o.Framework.Name], func(name string) bool { return f.list.has(path.Join(s.Source, name)) })
}

// transpiled reports whether s is a copy of the sources o beside them in which a compiler has been: lib beside src.
func (f *finder) transpiled(s, o *site) bool {
	beside := path.Dir(s.Source) == path.Dir(o.Source) && path.Base(o.Source) == "src"
	if s == o || s.Framework == nil || s.Framework != o.Framework || !beside {
		return false
	}
	for _, name := range []string{"app.js", "app.jsx", "app.config.js"} {
		if p := path.Join(s.Source, name); f.list.has(p) {
			if file, bad := f.list.read(p); bad == nil && strings.Contains(file.Text, "__esModule") {
				return true
			}
		}
	}
	return false
}

// mainPages returns the routes of the main package in a manifest, sorted.
func mainPages(manifest *jsonc.Value) (routes []string) {
	for _, e := range elems(manifest.Get("pages")) {
		routes = append(routes, cleanRoute("", cmp.Or(e.Get("path").String(), e.String())))
	}
	slices.Sort(routes)
	return routes
}

// leftBehind reports whether s is an old copy that is no longer built, and says so:
// the project configuration in its directory names another one, or the build takes src.
func (f *finder) leftBehind(s *site, sites []*site) bool {
	for _, o := range sites {
		c := o.Settings
		named := s != o && c != nil && s.Settings == nil && c.Dir == s.Source && c.string("miniprogramRoot") != "" && o.Form != plugin
		below := s != o && s.Framework == o.Framework && under(s.Source, o.Source)
		builtBelow := below && s.Framework == uniApp && o.Source == path.Join(s.Source, "src") && f.buildsSrc(s.Source) ||
			below && s.Framework == taro && f.taroSource(s.Source) == o.Source
		if named || builtBelow && !f.missesPages(o, s) {
			f.leaves(s, o)
			return true
		}
	}
	return false
}

// showsKit reports whether s is what a kit shows its components with, copied into another program
// together with the kit (src/components/uview-ui/App.vue), and says so.
func (f *finder) showsKit(s *site) bool {
	for _, o := range f.sites {
		if s == o || s.Source == o.Source || !under(o.Source, s.Source) {
			continue
		}
		kit, _ := kitOfPath(strings.TrimPrefix(s.Manifest, o.Source+"/"))
		if kit == "" && o.Framework == uniApp {
			kit = marketPlugin(s.Source) // with a program that shows it
		}
		if kit != "" {
			f.unread = append(f.unread, Unread{Path: s.Manifest, Reason: lang.Textf("此处的小程序是组件库 %s 的示例，不属于这个程序，没有读取",
				"the program here shows the components of the kit %s and is no part of this program; it was not read", kit)})
			return true
		}
	}
	return false
}

// listsOnly reports whether s is only a list of pages that was left in a folder of another program of uni-app, beside which
// nothing starts a program: the tools read the list at the top alone (uni-app documents, project structure; read 2026-11).
// It says so.
func (f *finder) listsOnly(s *site, sites []*site) bool {
	starts := func(name string) bool { return f.list.has(path.Join(s.Source, name)) }
	if s.Framework != uniApp || slices.ContainsFunc([]string{"App.vue", "App.uvue", "main.js", "main.ts", "main.uts"}, starts) {
		return false
	}
	for _, o := range sites {
		if o != s && o.Framework == uniApp && o.Source != s.Source && under(o.Source, s.Source) {
			f.unread = append(f.unread, Unread{Path: s.Manifest, Reason: lang.Textf(
				"这个页面列表没有读取：旁边没有启动程序的 App.vue 或 main.js，它在 %s 的程序的文件夹里，那里只用最上层的列表",
				"this list of pages was not read: no App.vue or main.js beside it starts a program; it is in a folder of the program in %s, "+
					"which has a list of its own", o.Source)})
			return true
		}
	}
	return false
}

// otherEdition reports whether s is only a list of pages for another platform, which a person copies over that of another
// program before a build: it names the same pages, and no code is beside it. It says so.
func (f *finder) otherEdition(s *site, sites []*site) bool {
	code := func(p string) bool { return isScript(p) || path.Ext(p) != ".json" && isSource(path.Base(p)) }
	if s.Framework != nil || s.Form != miniProgram || slices.ContainsFunc(f.list.below(s.Source), code) {
		return false
	}
	for _, o := range sites {
		same := o != s && o.Framework == nil && o.Form == miniProgram && maps.Equal(listedIn(s.Config), listedIn(o.Config))
		if same && slices.ContainsFunc(f.list.below(o.Source), code) {
			f.unread = append(f.unread, Unread{Path: s.Manifest, Reason: lang.Textf(
				"这个页面列表没有读取：旁边没有代码，列出的页面就是 %s 的程序的页面",
				"this list of pages was not read: no code is beside it, and its pages are those of the program in %s", o.Source)})
			return true
		}
	}
	return false
}

// leaves says that s is not read, as the configuration builds o.
func (f *finder) leaves(s, o *site) {
	f.unread = append(f.unread, Unread{Path: s.Manifest, Reason: lang.Textf("此处的小程序没有读取：配置所构建的是 %s",
		"the program here was not read: the configuration builds that in %s", o.Source)})
}

// stale reports whether s is an old native program at the top of a project of a framework, whose project configuration
// names the output of the build as the program, and says so.
func (f *finder) stale(s *site, sites []*site) bool {
	if s.Framework != nil || s.Form != miniProgram || !f.outputElsewhere(s.Source) {
		return false
	}
	for _, o := range sites {
		if o.Framework != nil && o.Source != s.Source && f.list.packageDir(o.Source) == s.Source {
			f.leaves(s, o)
			return true
		}
	}
	return false
}

// outputElsewhere reports whether the project configuration in dir names another directory as that of the program.
func (f *finder) outputElsewhere(dir string) bool {
	return slices.ContainsFunc(f.configs, func(c *settings) bool {
		return c.Dir == dir && c.string("miniprogramRoot") != "" && c.dir("miniprogramRoot") != dir
	})
}

// srcBuilders are the build tools of uni-app that take the sources from src unless told
// otherwise (uni-app documents, 命令行项目; read 2026-11).
var srcBuilders = []string{"@dcloudio/vite-plugin-uni", "@dcloudio/vue-cli-plugin-uni"}

// buildsSrc reports whether package.json in dir asks for a build tool that takes src.
func (f *finder) buildsSrc(dir string) bool {
	p := path.Join(dir, "package.json")
	if !f.list.has(p) {
		return false
	}
	file, bad := f.list.read(p)
	return bad == nil && slices.ContainsFunc(srcBuilders, func(name string) bool { return strings.Contains(file.Text, `"`+name+`"`) })
}

// taroSource is the folder that a project of Taro in dir builds: sourceRoot of its configuration, src unless told otherwise;
// "" if dir has no configuration (docs.taro.zone, 编译配置详情; read 2026-11).
func (f *finder) taroSource(dir string) string {
	for _, name := range []string{"config/index.ts", "config/index.js"} {
		p := path.Join(dir, name)
		if !f.list.has(p) {
			continue
		}
		file, bad := f.list.read(p)
		if bad != nil {
			return ""
		}
		if stated := sourceRoot().FindStringSubmatch(file.Text); stated != nil {
			return path.Join(dir, stated[1])
		}
		return path.Join(dir, "src")
	}
	return ""
}

var sourceRoot = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\bsourceRoot:\s*['"` + "`" + `]([^'"` + "`" + `\n]+)['"` + "`" + `]`)
})
