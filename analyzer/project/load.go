package project

import (
	"context"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/source"
)

// Options tune Load.
type Options struct {
	// Context ends the load early, which then gives the context's error; nil for never.
	Context context.Context

	// Progress is told how many of the files that are known to be needed have been read, by
	// several goroutines; nil for nobody.
	Progress func(done, total int)

	Jobs  int    // number of files read and parsed at a time; 0 for one per processor
	Cache *Cache // of the loads before, or nil

	// Within is the path from the top of the repository to the directory that is
	// loaded, "" if that is not known: see Program.Within.
	Within string

	// Platforms are the names of those that sources of frameworks are read for; nil for
	// those that each program names.
	Platforms []string

	// Around is the repository that the directory is part of, if code outside of the
	// directory is to be followed.
	Around *Surroundings
}

// Load loads every mini program in fsys, sorted by the path of its app.json.
// If there is no program at all, the error is a *LoadError, and if opts.Context ends, its
// error; anything else that cannot be read is in Program.Unread.
func Load(fsys fs.FS, opts Options) ([]*Program, error) {
	files, err := list(fsys, newAround(opts.Around), opts.Cache)
	if err != nil {
		return nil, err
	}
	opts.Cache.begin()
	sites, unread, err := find(files)
	if err != nil {
		return nil, err
	}
	if opts.Jobs <= 0 {
		opts.Jobs = runtime.GOMAXPROCS(0)
	}
	if opts.Context == nil {
		opts.Context = context.Background()
	}
	var programs []*Program
	l := &loader{files: files, sites: sites, opts: opts, other: map[*platform.Platform]*loader{}}
	for _, s := range sites.chosen {
		programs = append(programs, l.load(s))
		if err := opts.Context.Err(); err != nil {
			return nil, err
		}
	}
	tellCopies(programs)
	first := programs[0]
	first.Unread = append(first.Unread, append(unread, files.unread...)...)
	sortUnread(first.Unread)
	opts.Cache.finish()
	return programs, nil
}

// loadOne takes a program through the stages. If the analyzer fails at a stage for the
// program as a whole, all of it is unread.
func loadOne(f *found) (p *Program) {
	e := bug.Catch(func() { p = link(parse(configure(f))).finish() })
	if e == nil {
		return p
	}
	return &Program{
		Root: f.site.Root, Source: f.site.Source, Within: f.program.Within,
		Platform: platform.Platforms()[0].Name, Framework: "native", Config: &Config{},
		Unread: []Unread{{Path: f.site.Root, Reason: e.Omission(), Hides: true}},
	}
}

// tellCopies reports that one of two programs with the same identifier may be an
// old copy.
func tellCopies(programs []*Program) {
	by := map[string]*Program{}
	for _, p := range programs {
		other := by[p.AppID]
		by[p.AppID] = p
		if other == nil || p.AppID == "" || p.Settings != nil && p.Settings == other.Settings {
			continue
		}
		p.Unread = append(p.Unread, Unread{Path: p.Config.File.Path, Reason: lang.Textf("与 %s 的小程序 AppID 相同，可能是旧的副本；不再使用的请删除或在 beian.yaml 中排除",
			"it has the same appid as the program in %s and may be an old copy; remove what is no longer used, or exclude it in beian.yaml", other.Source)})
	}
}

// describe fills in what the project settings say about the program as a whole.
func (l *configured) describe() {
	p, s := l.program, l.site.Settings
	p.Platform = l.platform.Name
	p.Framework = "native"
	if hasPart(p.Source, outputDirs) {
		if name := frameworkName(l.list); name != "" {
			p.Framework = name // this is the output of its build
		}
	}
	if f := l.site.Framework; f != nil {
		p.Framework, p.Sources, p.Outputs = f.Name, true, l.site.Outputs
	}
	if l.site.Symbols != nil {
		p.Condition = l.site.Symbols.String()
	}
	p.Name = s.string("projectname")
	if plain, err := url.PathUnescape(p.Name); err == nil {
		p.Name = plain // the tools write Chinese names percent-encoded
	}
	p.AppID = s.string("appid")
	if l.site.Name != "" {
		p.Name = l.site.Name
	}
	if l.site.AppID != "" {
		p.AppID = l.site.AppID
	}
	if s != nil {
		p.Settings = s.File
	}
	if p.Name == "" {
		p.Name = path.Base(p.Root)
	}
	if p.Name == "." || p.Name == "" {
		p.Name = p.Config.Value.Path("window", "navigationBarTitleText").String()
	}
}

// guessPlatform finds the platform by the suffix of the pages' templates, then by
// that of any template, then by the project configuration. Pages in two dialects, or an
// appid of another platform, leave it to the scripts: QQ takes templates of WeChat, too.
func (l *configured) guessPlatform() *platform.Platform {
	if l.site.Framework != nil {
		return l.site.Target
	}
	all := platform.Platforms()
	best, most, kinds := all[0], 0, 0
	for _, on := range all {
		n := 0
		for _, r := range l.program.Config.Pages {
			if l.list.has(path.Join(l.site.Source, r) + on.Markup) {
				n++
			}
		}
		if n > most {
			best, most = on, n
		}
		if n > 0 {
			kinds++
		}
		if on.AppID != "" && l.site.Settings.string(on.AppID) != "" {
			kinds++
		}
	}
	if kinds > 1 || l.site.Form == game && most == 0 {
		if on := l.calledPlatform(); on != nil {
			return on
		}
	}
	if most > 0 {
		return best
	}
	for _, p := range l.list.below(l.site.Source) {
		for _, on := range all {
			if path.Ext(p) == on.Markup {
				return on
			}
		}
	}
	for _, on := range all {
		for _, c := range on.Configs {
			if l.list.has(path.Join(l.site.Root, c)) {
				return on
			}
		}
	}
	return all[0]
}

// calledPlatform returns the platform whose global object the scripts name most; nil if
// they name none.
func (l *configured) calledPlatform() *platform.Platform {
	calls := map[string]int{}
	for _, p := range l.list.below(l.site.Source) {
		name, _ := resolve.PackageOf(p)
		if name != "" || path.Ext(p) != ".js" && path.Ext(p) != ".ts" {
			continue
		}
		file, bad := l.list.read(p)
		if bad != nil {
			continue
		}
		for _, call := range globalCall.FindAllStringSubmatch(file.Text, -1) {
			calls[call[1]]++
		}
	}
	var best *platform.Platform
	most := 0
	for _, g := range platform.Globals() {
		if on := platform.PlatformByName(g.Platform); on != nil && calls[g.Name] > most {
			best, most = on, calls[g.Name]
		}
	}
	return best
}

// globalCall finds the use of a member of an object with a short name, as those of the
// platforms are: wx.login.
var globalCall = regexp.MustCompile(`(?:^|[^\w.$])([a-z]{2,6})\.\w`)

// ownFiles sets l.own and returns the tree for resolving names: the own files
// and the packages in miniprogram_npm.
func (l *configured) ownFiles() *resolve.Tree {
	functions := l.functionRoots()
	pack := newPacking(l.site.Source, l.site.Settings)
	tree := resolve.NewTree(nil)
	foreign, others := l.foreign(), l.foreignProjects()
	for _, p := range l.list.below(l.site.Source) {
		if slices.ContainsFunc(slices.Concat(foreign, functions), func(d string) bool { return under(d, p) }) {
			continue
		}
		twin := strings.TrimSuffix(p, path.Ext(p)) + ".js"
		if pack.drops(p) && !(path.Ext(p) == ".ts" && !l.list.has(twin)) {
			continue
		}
		tree.Add(p)
		if slices.ContainsFunc(others, func(d string) bool { return under(d, p) }) {
			continue // read if the program imports it
		}
		if name, _ := resolve.PackageOf(p); name == "" {
			l.own = append(l.own, p)
		}
	}
	return tree
}

// foreign returns the directories within the program's that hold another program, or
// the output of a build beside its sources, unless this one has pages there.
func (l *configured) foreign() []string {
	var dirs []string
	for _, o := range l.sites.all {
		if o.Source != l.site.Source && under(l.site.Source, o.Source) {
			dirs = append(dirs, o.Source)
		}
	}
	if l.site.Framework != nil {
		dirs = append(dirs, path.Join(l.site.Source, "unpackage"), path.Join(l.site.Source, "dist"))
	}
	if l.site.Framework == uniApp { // web pages that only apps hold (uni-app documents, project structure, hybrid; read 2026-12)
		dirs = append(dirs, path.Join(l.site.Source, "hybrid/html"))
	}
	return slices.DeleteFunc(dirs, func(d string) bool {
		return slices.ContainsFunc(l.program.Config.Pages, func(r string) bool { return under(d, path.Join(l.site.Source, r)) })
	})
}

// isScript reports whether p is a script of the app, not of a template.
func isScript(p string) bool {
	switch path.Ext(p) {
	case ".js", ".ts", ".mjs":
		return !strings.HasSuffix(p, ".filter.js")
	}
	return false
}

// isFilter reports whether p is a template script by its name.
func isFilter(p string) bool {
	return slices.ContainsFunc(platform.Filters(), func(s string) bool { return strings.HasSuffix(p, s) })
}

// readOwn reads the program's own scripts and templates, and the JSON files of
// its pages and components.
func (l *parsed) readOwn() {
	var wanted []string
	for _, p := range l.own {
		if !l.site.Framework.reads(p) && !isFilter(p) && !l.isTemplate(p) && !l.isUnitJSON(p) ||
			l.list.size[p] > int64(maxFile) {
			continue
		}
		if path.Ext(p) == ".js" && l.resolve.Tree.Has(strings.TrimSuffix(p, ".js")+".ts") {
			continue // the output of the TypeScript compiler; the tools prefer the source
		}
		wanted = append(wanted, p)
	}
	files := make([]*source.File, len(wanted))
	l.parallel(len(wanted), func(i int) int64 { return l.list.size[wanted[i]] }, func(i int) {
		files[i] = l.read(wanted[i], true)
	})
	for i, f := range files {
		if f != nil {
			l.texts[wanted[i]] = f
		}
	}
}

// isUnitJSON reports whether p is beside a template of the same name.
func (l *configured) isUnitJSON(p string) bool {
	base, ok := strings.CutSuffix(p, ".json")
	return ok && l.hasTemplate(l.resolve.Tree.Has, base)
}

// addOwn makes modules and views of the own files. Those of a kit are made once
// something uses them.
func (l *parsed) addOwn() {
	for _, p := range l.own {
		if name, _ := l.shelf.library(p); name != "" {
			continue
		}
		switch {
		case l.texts[p] == nil && l.list.size[p] <= int64(maxFile):
		case l.site.Framework.single(p):
			l.module(p)
			l.templateView(p)
		case l.site.Framework.reads(p), isFilter(p):
			l.module(p)
		case l.isTemplate(p):
			l.view(p)
		}
	}
	l.parsePending()
}

// readJSON returns a JSON file of the program, nil if there is none or it is
// not readable. An empty file counts as an empty object.
func (l *found) readJSON(p string, hides bool) *jsonFile {
	if j, ok := l.json[p]; ok {
		return j
	}
	l.json[p] = nil
	if !l.list.has(p) && l.extra[p] == 0 {
		return nil
	}
	file := l.texts[p]
	if file == nil {
		if file = l.read(p, hides); file == nil {
			return nil
		}
	}
	l.program.Files++
	if strings.TrimSpace(file.Text) == "" {
		return nil
	}
	v, err := l.list.cache.json(file)
	if err != nil {
		l.report(*jsonUnread(file, err, hides))
		return nil
	}
	l.json[p] = &jsonFile{file: file, value: ownPlatform(v)}
	return l.json[p]
}

// read returns a file of the program. One that cannot be read is nil, and reported
// once.
func (l *found) read(p string, hides bool) *source.File {
	f, bad := l.list.read(p)
	if bad == nil {
		return f
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.refused[p] {
		l.refused[p] = true
		bad.Hides = hides
		l.unread = append(l.unread, *bad)
	}
	return nil
}

func (l *found) report(u Unread) {
	l.mu.Lock()
	l.unread = append(l.unread, u)
	l.mu.Unlock()
}

// parallel calls do for 0 … n-1, the largest first, so that no worker is left with a
// large file at the end. If do panics, the caller panics, and the process does not
// end.
func (l *found) parallel(n int, size func(int) int64, do func(int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return size(order[a]) > size(order[b]) })
	var next, finished atomic.Int64
	var failed atomic.Pointer[bug.Error]
	var wg sync.WaitGroup
	for range min(l.jobs, n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || l.ctx.Err() != nil {
					return
				}
				if e := bug.Catch(func() { do(order[i]) }); e != nil {
					failed.Store(e)
				}
				if l.progress != nil {
					l.progress(int(finished.Add(1)), n)
				}
			}
		})
	}
	wg.Wait()
	if e := failed.Load(); e != nil {
		panic(e)
	}
	if err := l.ctx.Err(); err != nil {
		panic(err) // Load leaves the program out and returns it
	}
}

// hides reports whether an unread file can hide something that counts, which
// code that nothing reaches cannot.
func (l *linked) hides(u Unread) bool {
	if !u.Hides {
		return false
	}
	switch p := u.Path; {
	case p == l.site.Manifest: // which may be a script
	case l.site.Framework.reads(p), isFilter(p):
		m, v := l.modules[p], l.views[p]
		return m != nil && m.Reachable || v != nil && v.Reachable
	case slices.Contains(l.resolve.Markup, path.Ext(p)), l.templates[p]:
		v := l.views[p]
		return v != nil && v.Reachable
	}
	return true
}

// finish puts everything in order and returns the program.
func (l *linked) finish() *Program {
	p := l.program
	for i := range l.unread {
		l.unread[i].Hides = l.hides(l.unread[i])
	}
	for _, name := range sortedKeys(l.modules) {
		m := l.modules[name]
		if m.Skipped == unreadable {
			p.Modules = append(p.Modules, m)
			continue
		}
		if m.File != nil {
			p.Modules = append(p.Modules, m)
			p.Bytes += len(m.File.Text)
			p.Files++
		}
	}
	for _, name := range sortedKeys(l.views) {
		if v := l.views[name]; v.File != nil {
			p.Views = append(p.Views, v)
			if l.modules[name] != nil {
				continue // one file holds both
			}
			p.Bytes += len(v.File.Text)
			p.Files++
		}
	}
	p.Outside = l.outside()
	for _, name := range sortedKeys(l.units) {
		p.Units = append(p.Units, l.units[name])
	}
	slices.SortStableFunc(p.Units, func(a, b *Unit) int {
		if (a.Kind == AppUnit) != (b.Kind == AppUnit) {
			if a.Kind == AppUnit {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Path, b.Path)
	})
	p.Files++ // app.json
	for _, u := range l.unread {
		u.Hides = u.Hides && l.resolverOf(u.Path) == l.resolve // code on a server asks nobody
		p.Unread = append(p.Unread, u)
	}
	sortUnread(p.Unread)
	p.Unread = oneForPlugins(p.Unread)
	p.Unread = slices.CompactFunc(p.Unread, func(a, b Unread) bool {
		return a.Path == b.Path && a.Reason == b.Reason && a.Location.Span == b.Location.Span
	})
	return p
}

// oneForPlugins makes one entry of those for the package.json of plug-ins of the market that are no text, as
// in a program whose files are encrypted: they name the plug-ins, and decide nothing.
func oneForPlugins(list []Unread) (kept []Unread) {
	first, more := -1, 0
	for _, u := range list {
		switch ofPlugin := path.Base(u.Path) == "package.json" && marketPlugin(path.Dir(u.Path)) == path.Base(path.Dir(u.Path)); {
		case !ofPlugin || u.Reason != lang.Of(source.ErrBinary):
			kept = append(kept, u)
		case first < 0:
			first = len(kept)
			kept = append(kept, u)
		default:
			more++
		}
	}
	if first >= 0 {
		kept[first].Hides = false
	}
	if more > 0 {
		kept[first].Reason = kept[first].Reason.Plus(lang.Textf("（另有 %d 个插件的 package.json 也是）",
			" (and so are the package.json of %d more plug-ins)", more))
	}
	return kept
}

func sortUnread(list []Unread) {
	slices.SortStableFunc(list, func(a, b Unread) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		if c := int(a.Location.Span.Start) - int(b.Location.Span.Start); c != 0 {
			return c
		}
		return strings.Compare(a.Reason.EN, b.Reason.EN)
	})
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
