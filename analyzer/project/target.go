package project

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/sfc"
)

// The targets of sources. A framework builds the same sources for several mini program
// platforms, and parts of them are for some alone: #ifdef MP-ALIPAY, index.tt.tsx,
// process.env.TARO_ENV === 'swan', mode="ali". So a program is loaded once for each
// platform that it is built for, if its sources differ there at all.

// build tells apart what files are parsed for.
func (s *site) build() string {
	if s.Target == nil {
		return ""
	}
	return s.Target.Name + " " + s.Symbols.String()
}

// loader loads the programs of a tree, each for its platforms.
type loader struct {
	files *listing
	sites *sites
	opts  Options
	other map[*platform.Platform]*loader // the same tree, read for another platform
}

// load loads the program at s. What it is on other platforms is in its Variants.
func (l *loader) load(s *site) *Program {
	wanted := s.wanted(l.opts.Platforms)
	if len(wanted) == 0 {
		return loadOne(newFound(l.files, s, l.sites, l.opts))
	}
	p := l.loadFor(s, wanted[0], wanted)
	if p == nil {
		p, wanted = l.loadFor(s, s.Target, wanted), []*platform.Platform{s.Target}
	}
	for _, on := range wanted {
		p.Platforms = append(p.Platforms, on.Name)
	}
	for _, on := range wanted[1:] {
		if l.opts.Context.Err() != nil || !l.differs(p, s, wanted[0], on) {
			continue
		}
		switch v := l.loadFor(s, on, wanted); {
		case v != nil:
			p.Variants = append(p.Variants, v)
		case l.absent(s, on):
			p.Platforms = slices.DeleteFunc(p.Platforms, func(name string) bool { return name == on.Name })
			p.Unread = append(p.Unread, Unread{Path: s.Manifest, Reason: lang.Textf(
				"为%s读取时，这里一个页面也没有列出：没有该平台的小程序，没有什么可读",
				"read for %s, this lists no page: there is no program for that platform, and nothing to read", on.Title)})
		default:
			p.Unread = append(p.Unread, Unread{Path: s.Manifest, Hides: true, Reason: lang.Textf(
				"为%s读取时没有找到页面列表，没有读取；请检查该平台的配置",
				"read for %s, it lists no pages that can be read; check the configuration for that platform", on.Title)})
		}
	}
	return p
}

// absent reports whether the conditions in pages.json leave no page for a platform. A list that
// cannot be read, or that a plug-in of the build makes, may have some.
func (l *loader) absent(s *site, on *platform.Platform) bool {
	if s.Framework != uniApp || path.Base(s.Manifest) != "pages.json" {
		return false
	}
	file, bad := l.files.read(s.Manifest)
	if bad != nil {
		return false
	}
	read := l.files.cache.conditioned(file, sfc.SymbolsOf(on, s.Symbols["VUE3"]))
	pages := read.value
	return read.err == nil && pages.Is(jsonc.Object) && len(elems(pages.Get("pages"))) == 0 && len(subpackages(pages)) == 0
}

// loadFor loads the program at s as it is on a platform; nil if there it has none.
func (l *loader) loadFor(s *site, on *platform.Platform, all []*platform.Platform) *Program {
	if on == s.Target {
		s.Reads = all
		return loadOne(newFound(l.files, s, l.sites, l.opts))
	}
	other := l.other[on]
	if other == nil {
		files := *l.files
		files.target, files.unread = on, nil
		other = &loader{files: &files, opts: l.opts}
		if found, _, err := find(&files); err == nil {
			other.sites = found
		} else {
			other.sites = &sites{}
		}
		l.other[on] = other
	}
	for _, o := range other.sites.chosen {
		if o.Manifest == s.Manifest {
			o.Reads = all
			return loadOne(newFound(other.files, o, other.sites, l.opts))
		}
	}
	return nil
}

// wanted are the platforms that the program at s is to be read for, the first of
// platforms.txt first: those that names select or, if there are none, those that the
// program names. A native program has one, which is not chosen.
func (s *site) wanted(names []string) (list []*platform.Platform) {
	if s.Framework == nil {
		return nil
	}
	for _, on := range platform.Platforms() {
		if slices.Contains(names, on.Name) && on.Target(s.Framework.Name) != "" {
			list = append(list, on)
		}
	}
	if len(list) == 0 {
		list = s.Named
	}
	if len(list) == 0 {
		list = []*platform.Platform{s.Target}
	}
	return list
}

// differs reports whether the sources of p, at s, may be other ones on b than they are
// on a.
func (l *loader) differs(p *Program, s *site, a, b *platform.Platform) bool {
	texts := map[string]string{s.Manifest: ""}
	if file, bad := l.files.read(s.Manifest); bad == nil {
		texts[s.Manifest] = file.Text
	}
	for _, m := range p.Modules {
		if m.File != nil {
			texts[m.File.Path] = m.File.Text
		}
	}
	for _, v := range p.Views {
		texts[v.File.Path] = v.File.Text
	}
	infixes := append(s.Framework.Infixes(a), s.Framework.Infixes(b)...)
	for _, file := range l.files.below(s.Source) {
		if slices.ContainsFunc(infixes, func(infix string) bool { return strings.Contains(path.Base(file), infix+".") }) {
			return true
		}
	}
	vue3 := s.Symbols["VUE3"]
	for _, text := range texts {
		if s.Symbols != nil && sfc.Condition(text, sfc.SymbolsOf(a, vue3)) != sfc.Condition(text, sfc.SymbolsOf(b, vue3)) {
			return true
		}
		if mentionsTarget(s.Framework, text) {
			return true
		}
	}
	return false
}

// mentionsTarget reports whether a file of a framework asks which platform it is built for.
func mentionsTarget(f *framework, text string) bool {
	if f == mpx && (strings.Contains(text, "mode=") || perTargetAttr().MatchString(text)) {
		return true
	}
	if f == chameleon && perTargetBlock().MatchString(text) {
		return true
	}
	return slices.ContainsFunc(f.Variables, func(v string) bool { return strings.Contains(text, v[strings.LastIndexByte(v, '.')+1:]) })
}

// perTargetAttr finds attributes and elements of mpx that are for some platforms: bindtap@wx|ali, <view @ali>.
var perTargetAttr = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[\w)\s]@\(?(?:wx|ali|swan|qq|tt|jd|ks|web)\b`) })

// namedInManifest are the platforms that manifest.json of uni-app names. Tools write an
// entry for every platform, so that of another platform counts only with an appid.
func namedInManifest(v *jsonc.Value) (list []*platform.Platform) {
	for i, on := range platform.Platforms() {
		entry := v.Get(on.Target(uniApp.Name))
		if on.Target(uniApp.Name) != "" && entry != nil && (i == 0 || entry.Get("appid").String() != "") {
			list = append(list, on)
		}
	}
	return list
}

// namedInProject are the platforms for which the project in dir is built: those of the
// commands in package.json, and those that have a settings file with an appid. Templates
// have a command for every platform: a list of all says nothing.
func (f *finder) namedInProject(fw *framework, dir string) (list []*platform.Platform) {
	var commands string
	root := f.list.packageDir(dir)
	if file, bad := f.list.read(path.Join(root, "package.json")); bad == nil {
		if v, err := f.list.cache.json(file); err == nil {
			for _, m := range members(v.Get("scripts")) {
				commands += m.Value.String() + "\n"
			}
		}
	}
	built := map[string]bool{}
	for _, option := range targetOption().FindAllStringSubmatch(commands, -1) {
		for _, name := range strings.Split(option[1], ",") {
			built[name] = true
		}
	}
	all, any := true, false
	for _, on := range platform.Platforms() {
		if common := []string{"alipay", "baidu", "douyin"}; slices.Contains(common, on.Name) {
			all = all && built[on.Target(fw.Name)]
		}
		any = any || built[on.Target(fw.Name)]
	}
	for i, on := range platform.Platforms() {
		named := any && !all && built[on.Target(fw.Name)] || i == 0 && (all || !any)
		if named || i > 0 && on.Target(fw.Name) != "" && f.hasAppID(root, on) {
			list = append(list, on)
		}
	}
	return list
}

// targetOption finds the platforms that a command of Taro or mpx builds for.
var targetOption = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`--(?:type|targets?)[ =]["']?([\w,]+)`) })

// hasAppID reports whether the settings of a platform in dir have an appid that is more
// than a placeholder of the tools.
func (f *finder) hasAppID(dir string, on *platform.Platform) bool {
	return slices.ContainsFunc(f.configs, func(s *settings) bool {
		id := s.string("appid")
		return s.Dir == dir && slices.Contains(on.Configs, path.Base(s.Path)) && id != "" && !PlaceholderID(id)
	})
}

// PlaceholderID reports whether an AppID is what the developer tools write for a program
// that has none (WeChat: touristappid; Douyin: testAppId).
func PlaceholderID(id string) bool {
	return strings.EqualFold(id, "testAppId") || strings.EqualFold(id, "touristappid")
}

// fixed is what the build puts in place of the names for the target.
func (l *configured) fixed() map[string]string {
	fw := l.site.Framework
	if fw == nil || l.site.Target.Target(fw.Name) == "" {
		return nil
	}
	found := map[string]string{}
	for _, name := range fw.Variables {
		found[name] = l.site.Target.Target(fw.Name)
	}
	return found
}
