package project

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
)

// Code that exists but is left out on purpose: copies of libraries, compressed scripts,
// parts for other targets. Each kind is reported in one line, with what it could hide.

// reportLibraries reports which libraries have copies that were not read.
func (l *linked) reportLibraries() {
	g := &gaps{byKey: map[string]*gap{}}
	for _, p := range sortedKeys(l.modules) {
		m := l.modules[p]
		// What keeps and sends nothing hides nothing; nor does what a server runs, which asks nobody: if
		// something is handed to it, that is told where it is.
		harmless := m.Library != "" && (platform.QuietPackage(m.Library, "") || l.resolverOf(p) != l.resolve)
		if m.Library != "" && skipWords[m.Skipped] != (lang.Text{}) && !harmless {
			g.add(m.Library, Unread{Path: p, Reason: lang.Textf("脚本%s，未读取：属于第三方库 %s",
				"the script %s and was not read: a copy of the library %s", skipWords[m.Skipped], m.Library)})
		}
	}
	l.reportGaps(g, lang.Both("（另有 %d 个文件）", " (and %d more files of it)"))
}

// reportCompressed reports own scripts that are not run because a tool compressed
// them. They hide something if they call an API that gives personal information.
func (l *linked) reportCompressed() {
	units := map[*Module]bool{}
	for _, u := range l.units {
		units[u.Script] = true
	}
	for _, p := range sortedKeys(l.modules) {
		m := l.modules[p]
		if !m.Own() || !m.Compressed || m.Tree == nil || m.WXS || units[m] {
			continue
		}
		u := Unread{Path: p, Hides: callsSource(m.File.Text),
			Reason: lang.Both("脚本是压缩后的代码，没有运行：进入其中的值不再跟踪；请扫描其构建前的源码",
				"the script is compressed and was not run: values that go into it are not followed; scan the sources it was built from")}
		l.report(u)
	}
}

// namedMethod finds a method that is called, or named in a text: wx.login( and ["login","chooseAddress"].
var namedMethod = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\.(\w+)\(|["'](\w+)["']`)
})

// callsSource reports whether a script may call an API that gives personal information that
// triggers filing, or show a box that asks for it.
func callsSource(text string) bool {
	return slices.ContainsFunc(namedMethod().FindAllStringSubmatch(text, -1), func(name []string) bool {
		api := platform.APIByName(name[1] + name[2])
		return api != nil && (api.MayTrigger() || showsBox(api, text))
	})
}

// showsBox reports whether an API can show a box for a text as text calls it: showModal is one if it is
// given editable.
func showsBox(api *platform.API, text string) bool {
	return api.Asks != nil && (api.Asks.Given == "" || strings.Contains(text, api.Asks.Given+":"))
}

// reportOtherTargets reports the mini program platforms for which the sources have parts that were not
// read. Parts for what is no mini program are none of this one: they are named, and hide nothing.
func (l *linked) reportOtherTargets() {
	if l.site.Framework == nil {
		return
	}
	mini, foreign := &leftParts{targets: map[string]bool{}}, &leftParts{targets: map[string]bool{}}
	for _, p := range sortedKeys(l.modules) {
		m := l.modules[p]
		if m.File == nil || m.Library != "" {
			continue
		}
		a, b := l.targetsIn(p, m)
		mini.add(a)
		foreign.add(b)
	}
	if mini.files > 0 {
		l.report(Unread{Path: l.site.Manifest, Reason: lang.Textf(
			"有 %d 个文件含有只用于其他小程序平台（%s）的部分，没有读取：这里按 %s 读取；用 --platform 选择平台",
			"parts for other mini program platforms were not read (files: %d; platforms: %s): the sources are read for %s; select with --platform",
			mini.files, mini.names(), l.reads())})
	}
	l.program.Elsewhere = sortedKeys(foreign.targets)
}

// leftParts are the targets for which some files have parts.
type leftParts struct {
	targets map[string]bool
	files   int
}

func (t *leftParts) add(names []string) {
	for _, name := range names {
		t.targets[name] = true
	}
	if len(names) > 0 {
		t.files++
	}
}

func (t *leftParts) names() string { return strings.Join(sortedKeys(t.targets), ", ") }

// reads names the targets that the sources are read for.
func (l *linked) reads() string {
	var names []string
	for _, on := range l.site.Reads {
		names = append(names, strings.ToUpper(on.Target(l.site.Framework.Name)))
	}
	return strings.Join(names, ", ")
}

// targetsIn returns the targets, other than those that are read, for which the file at p
// has parts.
func (l *linked) targetsIn(p string, m *Module) (mini, foreign []string) {
	text, own := m.File.Text, m.Own()
	read := func(name string) bool {
		return slices.ContainsFunc(l.site.Reads, func(on *platform.Platform) bool {
			return strings.EqualFold(on.Target(l.site.Framework.Name), name)
		})
	}
	if l.site.Symbols != nil && own {
		mini, foreign = sfc.OtherTargets(text, l.site.Symbols)
	}
	var names []string
	if own && namesTarget(text) {
		for _, at := range targetTest().FindAllStringSubmatchIndex(text, -1) {
			if !inComment(m.Tree, at[0]) {
				names = append(names, text[at[2]:at[3]])
			}
		}
	}
	if infix := strings.TrimPrefix(path.Ext(strings.TrimSuffix(p, path.Ext(p))), "."); len(l.site.Framework.Infixes(l.site.Target)) > 0 {
		names = append(names, infix)
	}
	if l.site.Framework == chameleon && own {
		names = append(names, typesIn(text)...)
	}
	for _, name := range names {
		switch {
		case l.isTarget(name):
			mini = append(mini, name)
		case foreignTargets[name]:
			foreign = append(foreign, name)
		}
	}
	return slices.DeleteFunc(mini, read), foreign
}

// inComment reports whether a comment of a script is at an offset.
func inComment(tree *script.Program, offset int) bool {
	return tree != nil && slices.ContainsFunc(tree.Comments, func(c script.Comment) bool {
		return int(c.Start) <= offset && offset < int(c.End)
	})
}

// isTarget reports whether the build calls a mini program platform so.
func (l *linked) isTarget(name string) bool {
	return name != "" && slices.ContainsFunc(platform.Platforms(), func(on *platform.Platform) bool {
		return on.Target(l.site.Framework.Name) == name
	})
}

// namesTarget reports whether a text has a name that targetTest looks for. Few have, and to
// search all for a pattern costs.
func namesTarget(text string) bool {
	return strings.Contains(text, "_ENV") || strings.Contains(text, "_PLATFORM") || strings.Contains(text, "__mpx_mode__")
}

// targetTest finds the test for a target: process.env.TARO_ENV === 'h5'.
var targetTest = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:TARO_ENV|UNI_PLATFORM|VUE_APP_PLATFORM|__mpx_mode__)\s*===?\s*['"]([\w-]+)['"]`)
})

// foreignTargets are what Taro, uni-app, mpx and chameleon call targets that are no mini program
// (documents of the frameworks, read 2026-11).
var foreignTargets = map[string]bool{
	"h5": true, "rn": true, "harmony": true, "harmony-hybrid": true, "quickapp": true, "jdrn": true, "web": true, "ios": true,
	"android": true, "app": true, "app-plus": true, "qa": true, "weex": true,
}
