package project

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/sfc"
)

// Code that exists but is left out on purpose: copies of libraries, compressed scripts,
// parts for other targets. Each kind is reported in one line, with what it could hide.

// reportLibraries reports which libraries have copies that were not read.
func (l *linked) reportLibraries() {
	g := &gaps{byKey: map[string]*gap{}}
	for _, p := range sortedKeys(l.modules) {
		if m := l.modules[p]; m.Library != "" && skipWords[m.Skipped] != (lang.Text{}) {
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

var methodCall = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\.(\w+)\(`) })

// callsSource reports whether a script calls an API that gives personal information.
func callsSource(text string) bool {
	return slices.ContainsFunc(methodCall().FindAllStringSubmatch(text, -1), func(call []string) bool {
		api := platform.APIByName(call[1])
		return api != nil && len(api.Yields) > 0
	})
}

// reportOtherTargets reports, in one line, the other mini program platforms for
// which the sources have parts. They hide something if the program is published
// there.
func (l *linked) reportOtherTargets() {
	if l.site.Symbols == nil {
		return
	}
	targets, files := map[string]bool{}, 0
	count := func(text string) {
		found := sfc.OtherTargets(text, l.site.Symbols)
		for _, t := range found {
			targets[t] = true
		}
		if len(found) > 0 {
			files++
		}
	}
	for _, p := range sortedKeys(l.modules) {
		if m := l.modules[p]; m.Own() && m.File != nil {
			count(m.File.Text)
		}
	}
	if len(targets) == 0 {
		return
	}
	names := sortedKeys(targets)
	l.report(Unread{
		Path:  l.site.Manifest,
		Hides: slices.ContainsFunc(names, func(t string) bool { return slices.Contains(l.site.Published, t) }),
		Reason: lang.Textf("有 %d 个文件含有只用于其他平台（%s）的部分，没有读取：这里按 %s 读取",
			"parts for other platforms were not read (files: %d; platforms: %s): the sources are read for %s", files, strings.Join(names, ", "), l.site.Symbols),
	})
}
