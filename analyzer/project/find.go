package project

import (
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// site is a place in the tree where a program was found.
type site struct {
	Root     string       // directory of its project configuration, or Source
	Source   string       // directory of Manifest
	Manifest string       // path of app.json, game.json or plugin.json
	Settings *settings    // nil without project configuration
	Outputs  []string     // sources of the sites that are left out as built from this one
	Form     form         // what Manifest describes
	Config   *jsonc.Value // parsed Manifest; of a framework, in the form of app.json
	File     *source.File

	// Of the sources of a framework:
	Framework *framework           // nil for a native program
	Target    *platform.Platform   // that it is read for
	Named     []*platform.Platform // the platforms that it says it is built for; nil if it says none
	Reads     []*platform.Platform // those that it is read for, one after the other
	Symbols   sfc.Symbols
	Pages     map[string]stated // what pages.json says about each page, by route
	Stands    map[string]string // where the files of a page are, without suffix, by its route, if elsewhere
	Entries   map[string]string // of mpvue: the entry of a page, without suffix, by where its files are
	Lists     string            // of chameleon: the file that lists the pages
	Copied    string            // of mpvue: the folder that the build copies as it is
	Easycom   *jsonc.Value
	Declared  *stated // where requiredPrivateInfos and permission are declared, if elsewhere
	Name      string
	AppID     string
}

// sites are the places that were found: all, and those that are loaded.
type sites struct{ all, chosen []*site }

// form tells the kinds of program apart.
type form uint8

const (
	miniProgram form = iota
	plugin           // plugin.json: pages and public components of a plugin
	game             // game.json: scripts alone
)

// settings is project.config.json, private settings merged in.
type settings struct {
	Dir   string // where it is
	Path  string
	Value *jsonc.Value
	File  *source.File // nil if it could not be read
}

func (s *settings) string(key string) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(s.Value.Get(key).String())
}

// dir returns the directory that one of the root keys names, "" if the key is
// absent or empty. As in the tools, it cannot lead out of the project.
func (s *settings) dir(key string) string {
	v := s.string(key)
	if v == "" {
		return ""
	}
	return path.Join(s.Dir, path.Join("/", v)[1:])
}

// outputDirs are the names of directories that build tools write into.
var outputDirs = map[string]bool{
	"dist": true, "unpackage": true, "build": true, "output": true, "miniprogram_dist": true,
}

// trialDirs hold programs that exist to test something else.
var trialDirs = map[string]bool{
	"test": true, "tests": true, "__tests__": true, "fixtures": true, "__fixtures__": true, "testdata": true,
	"miniprogram_npm": true,
}

// find returns the programs of the tree, by source directory. If there is none,
// the error is a *LoadError. If others were found, a program that was
// recognised but could not be understood is in unread.
func find(l *listing) (*sites, []Unread, error) {
	f := &finder{list: l, taken: map[string]bool{}, seenUni: map[string]bool{}}
	f.configured()
	f.unconfigured()
	f.frameworks()
	f.ownBuilds()
	for _, e := range f.pageless {
		dir := path.Dir(e.Path)
		listed := slices.ContainsFunc(f.sites, func(s *site) bool { return s.Source == dir }) // elsewhere: src/pages.js of mpvue-entry
		if !listed && !f.buildsFrom(dir) {
			f.broken = append(f.broken, e)
		}
	}
	f.sites = slices.DeleteFunc(slices.Clone(f.sites), f.showsKit) // its components are part of the program around it
	found := &sites{all: f.sites, chosen: f.choose()}
	if len(found.chosen) == 0 {
		return nil, nil, f.failure()
	}
	var unread []Unread
	for _, b := range f.broken {
		lists := path.Base(b.Path) != "package.json" // it tells of a build, and no program was found there
		if !lists || slices.ContainsFunc(found.chosen, func(o *site) bool { return o.dropsProgram(b.Path) }) {
			continue
		}
		u := Unread{
			Path: b.Path, Location: b.Location,
			Reason: lang.Both("此处发现一个小程序，但", "a mini program was found here, but ").Plus(b.Message),
			Hides:  true,
		}
		// manifest.json names the platforms; the pages are in pages.json, which was read.
		beside := func(o *site) bool { return o.Source == path.Dir(b.Path) }
		if path.Base(b.Path) == "manifest.json" && slices.ContainsFunc(found.chosen, beside) {
			u.Reason = lang.Both("程序按微信读取，因为写明平台的 manifest.json 没有读取：",
				"the program was read for WeChat, as manifest.json, which names the platforms, was not read: ").Plus(b.Message)
			u.Hides = false
		}
		unread = append(unread, u)
	}
	return found, append(unread, f.unread...), nil
}

type finder struct {
	list    *listing
	configs []*settings
	sites   []*site
	taken   map[string]bool // manifests that have a site
	seenUni map[string]bool // directories that were looked at as sources of uni-app
	broken  []*LoadError
	unread  []Unread

	pageless []*LoadError // an app.json that lists no pages
}

// buildsFrom reports whether a program of a framework is built in dir, whose tools want an
// app.json there, with nothing in it.
func (f *finder) buildsFrom(dir string) bool {
	return slices.ContainsFunc(f.sites, func(s *site) bool { return s.Framework != nil && s.Root == dir && s.Source != dir })
}

// configured finds the programs that a project configuration points to.
func (f *finder) configured() {
	seen := map[string]bool{}
	for _, name := range platform.Configs() {
		for _, p := range f.list.paths {
			if path.Base(p) != name || seen[path.Dir(p)] {
				continue
			}
			if s := f.settings(p); s != nil {
				seen[s.Dir] = true
				f.configs = append(f.configs, s)
			}
		}
	}
	sort.Slice(f.configs, func(i, j int) bool { return f.configs[i].Path < f.configs[j].Path })
	for _, s := range f.configs {
		kind := s.string("compileType")
		for _, key := range []string{"srcMiniprogramRoot", "miniprogramRoot", "client"} {
			if d := s.dir(key); d != "" && f.add(s, d, kind) {
				break
			}
		}
		if s.string("miniprogramRoot") == "" {
			f.add(s, s.Dir, kind)
		}
		if d := s.dir("pluginRoot"); d != "" {
			f.addManifest(s, d, "plugin.json", plugin)
		}
	}
}

// settings reads a project configuration and merges the private one into it.
func (f *finder) settings(p string) *settings {
	file, bad := f.list.read(p)
	if bad != nil {
		f.unread = append(f.unread, *bad)
		return &settings{Dir: path.Dir(p), Path: p}
	}
	v, err := f.list.cache.json(file)
	if err != nil {
		f.unread = append(f.unread, *jsonUnread(file, err, false))
		return &settings{Dir: path.Dir(p), Path: p}
	}
	s := &settings{Dir: path.Dir(p), Path: p, Value: v, File: file}
	for _, name := range platform.PrivateConfigs() {
		q := path.Join(s.Dir, name)
		if !f.list.has(q) {
			continue
		}
		if file, bad := f.list.read(q); bad == nil {
			if over, err := f.list.cache.json(file); err == nil {
				s.Value = overlay(s.Value, over, false)
			}
		}
	}
	return s
}

// add takes dir as the source of a program if it holds a manifest.
func (f *finder) add(s *settings, dir, compileType string) bool {
	if f.addManifest(s, dir, "app.json", miniProgram) {
		return true
	}
	return compileType == "game" && f.addManifest(s, dir, "game.json", game)
}

func (f *finder) addManifest(s *settings, dir, name string, kind form) bool {
	p := path.Join(dir, name)
	if !f.list.has(p) {
		return false
	}
	if f.taken[p] {
		return true
	}
	f.taken[p] = true
	root := dir
	if s != nil {
		root = s.Dir
	}
	st := &site{Root: root, Source: dir, Manifest: p, Settings: s, Form: kind}
	file, bad := f.list.read(p)
	if bad != nil {
		f.broken = append(f.broken, loadError(p, BadConfig, bad.Reason))
		return true
	}
	v, err := f.list.cache.json(file)
	switch {
	case err != nil:
		f.broken = append(f.broken, badJSON(file, err))
		return true
	case !v.Is(jsonc.Object):
		e := loadError(p, BadConfig, lang.Both(
			name+" 的内容必须是一个对象 { … }",
			name+" must hold an object { … }; it is of kind "+v.Kind.String()))
		e.Location = source.Location{File: file, Span: v.Span}
		f.broken = append(f.broken, e)
		return true
	case kind == miniProgram && !describesApp(v):
		if s == nil {
			return false // some other app.json
		}
		e := loadError(p, BadConfig, lang.Both(
			`没有列出任何页面，必须有 "pages": ["pages/index/index", …]`,
			`lists no pages; it must have "pages": ["pages/index/index", …]`))
		e.Location = source.Location{File: file, Span: v.Span}
		f.pageless = append(f.pageless, e)
		return true
	}
	st.Config, st.File = v, file
	f.sites = append(f.sites, st)
	return true
}

// addExported takes dir as the source of a program whose app.json is what a script
// exports, which weapp-vite builds (guide, json; read 2026-11).
func (f *finder) addExported(dir, p string) {
	if f.list.has(path.Join(dir, "app.json")) || f.taken[p] {
		return
	}
	tree, v, aboutPages := f.configuration(p)
	if tree == nil {
		return
	}
	if !describesApp(v) {
		f.broken = append(f.broken, loadError(p, BadConfig, notLiteral))
		return
	}
	f.taken[p] = true
	s := &site{Root: dir, Source: dir, Manifest: p, Form: miniProgram, Config: v, File: tree.File}
	if s.Settings = f.nearest(dir); s.Settings != nil {
		s.Root = s.Settings.Dir
	} else {
		s.Root = f.list.packageDir(dir)
	}
	f.sites = append(f.sites, s)
	if aboutPages {
		f.note(computed(tree.File))
	}
}

// notLiteral says that a script states no list of pages that can be read.
var notLiteral = lang.Both("没有不运行就能读出的页面列表，请写成字面量", "lists no pages that can be read without running it; write them as literals")

// describesApp reports whether an app.json belongs to a mini program: other
// tools have files of this name as well.
func describesApp(v *jsonc.Value) bool {
	v = ownPlatform(v)
	return v.Get("pages").Len() > 0 || v.Get("subPackages").Len() > 0 || v.Get("subpackages").Len() > 0
}

// unconfigured finds the programs that have an app.json alone. They belong to
// the nearest project configuration above them that points nowhere else.
func (f *finder) unconfigured() {
	for _, p := range f.list.paths {
		if path.Base(p) == "app.json" {
			f.addManifest(f.nearest(path.Dir(p)), path.Dir(p), "app.json", miniProgram)
		}
		if name := path.Base(p); name == "app.json.ts" || name == "app.json.js" {
			f.addExported(path.Dir(p), p)
		}
	}
	for _, p := range f.list.paths {
		if f.startsGame(p) {
			f.addManifest(f.nearest(path.Dir(p)), path.Dir(p), "game.json", game)
		}
	}
}

// startsGame reports whether p is the game.json of a mini game: the script is beside it,
// and it is not that of a page or component called game, which has a template, nor part
// of a program that has an app.json.
func (f *finder) startsGame(p string) bool {
	base, isGame := strings.CutSuffix(p, "game.json")
	if !isGame || path.Base(p) != "game.json" || f.within(path.Dir(p)) {
		return false
	}
	base += "game"
	started := f.list.has(base+".js") || f.list.has(base+".ts")
	return started && !slices.ContainsFunc(platform.Platforms(), func(on *platform.Platform) bool { return f.list.has(base + on.Markup) })
}

// within reports whether dir is part of a program that was found.
func (f *finder) within(dir string) bool {
	return slices.ContainsFunc(f.sites, func(s *site) bool { return under(s.Source, dir) })
}

// nearest returns the configuration in dir or above that has no program yet:
// its miniprogramRoot is a build output that does not exist.
func (f *finder) nearest(dir string) *settings {
	for d := dir; ; d = path.Dir(d) {
		for _, s := range f.configs {
			if s.Dir == d && !f.has(s) {
				return s
			}
		}
		if d == "." {
			return nil
		}
	}
}

func (f *finder) has(s *settings) bool {
	for _, st := range f.sites {
		if st.Settings == s {
			return true
		}
	}
	return false
}

// choose drops the sites that are copies of others or serve to test them.
func (f *finder) choose() []*site {
	sites := f.sites
	keep := func(is func(*site) bool) {
		var kept []*site
		for _, s := range sites {
			if is(s) {
				kept = append(kept, s)
			}
		}
		if len(kept) > 0 {
			sites = kept
		}
	}
	keep(func(s *site) bool { return !hasPart(s.Source, trialDirs) })
	keep(func(s *site) bool { return !f.stale(s, sites) })
	// A build output is left out if its sources are there too.
	keep(func(s *site) bool {
		base, found := cutPart(s.Source, outputDirs)
		for _, o := range nearFirst(sites) {
			_, out := cutPart(o.Source, outputDirs)
			named := found && !out && (under(base, o.Source) || under(o.Source, base))
			if named || f.builtFrom(s, o) || f.bearsBuild(s, o) || f.transpiled(s, o) {
				if o.Settings == nil && s.Settings != nil && under(s.Settings.Dir, o.Source) {
					o.Settings, o.Root = s.Settings, s.Settings.Dir // which named the output
				}
				o.Outputs = append(o.Outputs, s.Source)
				return false
			}
		}
		return true
	})
	keep(func(s *site) bool { return !f.leftBehind(s, sites) && !f.begun(s, sites) })
	keep(func(s *site) bool { return !f.listsOnly(s, sites) && !f.otherEdition(s, sites) })
	keep(func(s *site) bool { return !f.notPacked(s, sites) })
	sort.Slice(sites, func(i, j int) bool { return sites[i].Manifest < sites[j].Manifest })
	return sites
}

// nearFirst returns sites, those nearer to the top first.
func nearFirst(sites []*site) []*site {
	list := slices.Clone(sites)
	slices.SortStableFunc(list, func(a, b *site) int { return strings.Count(a.Source, "/") - strings.Count(b.Source, "/") })
	return list
}

// failure says why there is no program.
func (f *finder) failure() error {
	if len(f.broken) > 0 {
		return f.broken[0]
	}
	if len(f.list.paths) == 0 {
		if f.list.entries <= 1 {
			return loadError(".", EmptyDir, lang.Both(
				"目录是空的，请给出含有 app.json 的目录",
				"the folder is empty; give the folder that contains app.json"))
		}
		return loadError(".", NoProgram, lang.Both(
			"此处没有小程序：没有 app.json 和 project.config.json，也没有脚本或模板；请给出含有 app.json 的目录",
			"no mini program here: neither app.json nor project.config.json, and no script or template; give the folder that contains app.json"))
	}
	for _, s := range f.configs {
		for _, key := range []string{"miniprogramRoot", "srcMiniprogramRoot"} {
			if d := s.dir(key); d != "" && frameworkName(f.list) == "" {
				return loadError(s.Path, NoProgram, lang.Both(
					key+" 为“"+s.string(key)+"”，但 "+path.Join(d, "app.json")+" 不存在；请改正该设置，或先构建小程序",
					key+` is "`+s.string(key)+`", but there is no `+path.Join(d, "app.json")+"; correct it, or build the program first"))
			}
		}
	}
	if name := frameworkName(f.list); name != "" {
		if list := pageLists[name]; list.EN != "" {
			return loadError(".", NoProgram, lang.Both(
				"这是 "+name+" 项目，但没有找到页面列表："+list.ZH+"。请给出含有它的目录，或编译输出目录（通常是 dist/ 或 unpackage/dist/build/mp-weixin）",
				"this is a "+name+" project, but no list of pages was found: looked for "+list.EN+". Give the folder that contains it, or the built output (often dist/ or unpackage/dist/build/mp-weixin)"))
		}
		return loadError(".", NoProgram, lang.Both(
			"这是 "+name+" 项目，不读取 "+name+" 的源码；请先编译为微信小程序，再扫描输出目录（通常是 dist/）",
			"this is a "+name+" project; sources of "+name+" are not read. Build it for WeChat and scan the output (often dist/)"))
	}
	for _, p := range f.list.paths {
		for _, on := range platform.Platforms() {
			if path.Ext(p) == on.Markup {
				return loadError(".", NoProgram, lang.Both(
					"有模板文件（"+p+"），但本目录及其下没有 app.json；请给出含有 app.json 的上级目录",
					"there are templates ("+p+") but no app.json in this folder or below it; give the folder that contains app.json, one or more levels up"))
			}
		}
	}
	return loadError(".", NoProgram, lang.Both(
		"此处没有小程序：在本目录及其下查找了 project.config.json、含有 pages 的 app.json、带有 game.js 的 game.json，以及 uni-app、wepy、mpx、Taro、chameleon 的源码；请给出含有 app.json 的目录",
		"no mini program here: looked for project.config.json, for app.json with pages, for game.json with game.js, and for sources of uni-app, wepy, mpx, Taro and chameleon, in this folder and below it; give the folder that contains app.json"))
}

// pageLists says where each framework lists the pages.
var pageLists = map[string]lang.Text{
	"uni-app": {ZH: "manifest.json 或 App.vue 旁边应有列出页面的 pages.json 或 pages.config.ts",
		EN: "pages.json with pages, or pages.config.ts, next to manifest.json or App.vue"},
	"taro": {ZH: "应有与 app.tsx 同目录的 app.config.ts 或 app.config.js，或 app.js 中类的 config",
		EN: "app.config.ts or app.config.js next to app.tsx, or the config of the class in app.js"},
	"wepy": {ZH: "应有含 config.pages 的 app.wpy", EN: "app.wpy with config.pages"},
	"mpx":  {ZH: "应有含 pages 的 app.mpx", EN: "app.mpx with pages"},
	"chameleon": {ZH: "应有 src/app/app.cml 和列出页面的 src/router.config.json",
		EN: "src/app/app.cml, and src/router.config.json with routes"},
	"mpvue": {ZH: "App.vue 旁边应有 main.js，页面目录中应有写着 new Vue(…) 的 main.js",
		EN: "main.js next to App.vue, and in the folder of each page a main.js with new Vue(…)"},
}

// frameworkName names the framework whose sources are in the tree, or "".
func frameworkName(l *listing) string {
	var pages, manifest bool
	for _, p := range l.paths {
		switch base := path.Base(p); {
		case base == "app.wpy":
			return "wepy"
		case base == "app.mpx":
			return "mpx"
		case base == "app.cml":
			return "chameleon"
		case base == "pages.json":
			pages = true
		case base == "manifest.json":
			manifest = true
		case strings.HasPrefix(base, "app.config."):
			return "taro"
		case strings.TrimSuffix(base, path.Ext(base)) == "app" && slices.Contains(platform.SourceSuffixes(), path.Ext(base)) &&
			path.Ext(base) != ".json":
			if f, bad := l.read(p); bad == nil && strings.Contains(f.Text, "@tarojs/") {
				return "taro"
			}
		}
	}
	if pages && manifest {
		return "uni-app"
	}
	for _, p := range l.paths {
		if path.Base(p) != "package.json" || strings.Count(p, "/") > 1 {
			continue
		}
		file, bad := l.read(p)
		if bad != nil {
			continue
		}
		if name := frameworkOf(file.Text); name != "" {
			return name
		}
	}
	return ""
}

// badJSON is the error for a manifest that is not JSON.
func badJSON(file *source.File, err error) *LoadError {
	u := jsonUnread(file, err, true)
	e := loadError(file.Path, BadConfig, u.Reason)
	e.Location = u.Location
	return e
}

// jsonUnread is the entry for a file that is not JSON.
func jsonUnread(file *source.File, err error, hides bool) *Unread {
	u := &Unread{Path: file.Path, Reason: lang.Both("不是有效的 JSON：", "this is not valid JSON: ").Plus(lang.Of(err)), Hides: hides}
	if e, ok := err.(*jsonc.Error); ok {
		u.Location = e.Location
	}
	return u
}

// hasPart reports whether one of the directories on the way to dir is in names.
func hasPart(dir string, names map[string]bool) bool {
	_, found := cutPart(dir, names)
	return found
}

// cutPart returns dir up to, and without, its first part that is in names.
func cutPart(dir string, names map[string]bool) (string, bool) {
	parts := strings.Split(dir, "/")
	for i, part := range parts {
		if names[part] {
			return path.Join(append([]string{"."}, parts[:i]...)...), true
		}
	}
	return dir, false
}

// under reports whether p is dir or below it.
func under(dir, p string) bool {
	return dir == "." && !outer(p) || p == dir || strings.HasPrefix(p, dir+"/")
}

// frameworkPackages are the npm packages that only programs of a framework need, as
// package.json writes their names.
var frameworkPackages = []struct{ dep, name string }{
	{`"@tarojs/taro"`, "taro"}, {`"@mpxjs/core"`, "mpx"}, {`"wepy"`, "wepy"}, {`"@wepy/core"`, "wepy"},
	{`"@dcloudio/`, "uni-app"}, {`"mp-webpack-plugin"`, "kbone"}, {`"miniprogram-render"`, "kbone"}, {`"remax"`, "remax"},
	{`"@megalo/`, "megalo"}, {`"mpvue"`, "mpvue"},
	{`"rax"`, "rax"}, {`"chameleon-`, "chameleon"},
}

// frameworkOf names the framework that a package.json asks for, or "".
func frameworkOf(manifest string) string {
	for _, d := range frameworkPackages {
		if strings.Contains(manifest, d.dep) {
			return d.name
		}
	}
	return ""
}
