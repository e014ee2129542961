package project

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// pages.json of uni-app as plug-ins of Vite write it when the program is built: every
// component in the directories of pages is one, pages.config.ts lists others and what
// holds for all, and each page may state its own settings, in a block <route> or by
// definePage() (vite-plugin-uni-pages, README and sources; read 2026-11).

// isUniPages reports whether a package is such a plug-in.
func isUniPages(pkg string) bool {
	return strings.HasSuffix(pkg, "/vite-plugin-uni-pages") || strings.HasSuffix(pkg, "/unplugin-uni-pages") ||
		pkg == "@uni-ku/pages-json" || strings.HasPrefix(pkg, "@uni-ku/pages-json/")
}

// builtPages is what the build writes into pages.json.
type builtPages struct {
	config stated            // pages.config.ts, in the form of pages.json
	pages  []string          // routes that were found by their place, the first page first
	subs   []builtPackage    // likewise, of subpackages
	metas  map[string]stated // what pages say of themselves, by route
	file   *source.File      // that says so
}

type builtPackage struct {
	root  string
	pages []string // below root
}

// builtPages finds the pages that the build would write for the sources in dir. alone says
// that no pages.json lists them.
func (f *finder) builtPages(dir string, symbols sfc.Symbols, alone bool) *builtPages {
	root := f.projectDir(dir)
	b := &builtPages{config: f.list.exportedConfig(f.note, "pages.config", dir, root), metas: map[string]stated{}}
	var dirs, subs []string
	roots := map[string]string{} // of subpackages that are given one
	exclude := []string{"**/__*__/**"}
	planned := b.config.value != nil
	for _, c := range f.list.buildConfigs(root, f.note) {
		for _, o := range c.options(isUniPages) {
			planned = true
			b.file = c.tree.File
			dirs = append(dirs, c.places(option(o, "dir"))...)
			dirs = append(dirs, c.places(option(o, "dirs"))...)
			for _, x := range c.items(option(o, "subPackages")) {
				place := x
				if entry := c.constants.objectOf(x); entry != nil {
					place = option(entry, "dir")
				}
				for _, p := range c.places(place) {
					subs = append(subs, p)
					if entry := c.constants.objectOf(x); entry != nil {
						roots[p], _ = constant(option(entry, "root"))
					}
				}
			}
			if list := c.constants.value(option(o, "exclude")).Strings(); list != nil {
				exclude = append(exclude, list...)
			}
		}
	}
	if b.config.file != nil {
		b.file = b.config.file
	}
	if !planned {
		if b.file = f.guessed(dir, root, alone); b.file == nil {
			return b
		}
	}
	if len(dirs) == 0 {
		dirs = []string{path.Join(dir, "pages")}
	}
	var first string
	find := func(base string) (routes []string) {
		for _, p := range f.pageFiles(base, exclude) {
			if !under(dir, p) || slices.ContainsFunc(subs, func(s string) bool { return s != base && under(base, s) && under(s, p) }) {
				continue
			}
			route := strings.TrimSuffix(strings.TrimPrefix(p, dir+"/"), path.Ext(p))
			meta := f.pageMeta(p, symbols)
			b.metas[route] = meta
			if meta.value.Get("type").String() == "home" {
				first = route
			}
			routes = append(routes, route)
		}
		return routes
	}
	for _, base := range dirs {
		b.pages = append(b.pages, find(base)...)
	}
	for _, base := range subs {
		within := roots[base]
		if within == "" {
			within = strings.TrimPrefix(base, dir+"/")
		}
		pack := builtPackage{root: within}
		for _, route := range find(base) {
			pack.pages = append(pack.pages, strings.TrimPrefix(route, within+"/"))
		}
		b.subs = append(b.subs, pack)
	}
	for _, home := range []string{"pages/index/index", "pages/index", first} {
		if i := slices.Index(b.pages, home); i >= 0 {
			b.pages = append([]string{home}, slices.Delete(b.pages, i, i+1)...)
		}
	}
	return b
}

// guessed returns the file that stands for the list of pages if something else than a
// known plug-in writes it: App.vue of a project that asks for uni-app and that has no
// pages.json, as alone says. It is nil for other directories.
func (f *finder) guessed(dir, root string, alone bool) *source.File {
	asks := slices.ContainsFunc([]string{"dependencies", "devDependencies"}, func(key string) bool {
		v := f.readJSON(path.Join(root, "package.json"), nil).value
		return slices.ContainsFunc(members(v.Get(key)), func(m *jsonc.Member) bool { return strings.HasPrefix(m.Name, "@dcloudio/uni-") })
	})
	if !alone || !asks || len(f.pageFiles(path.Join(dir, "pages"), nil)) == 0 {
		return nil
	}
	file, bad := f.list.read(path.Join(dir, "App.vue"))
	if bad != nil {
		return nil
	}
	f.note(Unread{Path: file.Path, Reason: lang.Both(
		"没有 pages.json，也没有找到生成它的插件的设置；pages 目录中的每个组件都按页面处理。请先构建一次以生成 pages.json",
		"there is no pages.json, and no settings of a plug-in that writes it; every component in pages is taken for a page. Build once, so that pages.json is there")})
	return file
}

// pageFiles returns the components in the directories that a pattern means, without those
// that one of exclude matches below them.
func (f *finder) pageFiles(pattern string, exclude []string) (files []string) {
	for _, p := range f.list.paths {
		if !uniApp.single(p) {
			continue
		}
		base := pattern
		if !under(pattern, p) {
			if base = doublestarDir(pattern, p); base == "" {
				continue
			}
		}
		rest := strings.TrimPrefix(p, base+"/")
		if !slices.ContainsFunc(exclude, func(glob string) bool { return doublestar.MatchUnvalidated(glob, rest) }) {
			files = append(files, p)
		}
	}
	return files
}

// doublestarDir returns the directory above p that a pattern matches, or "".
func doublestarDir(pattern, p string) string {
	if !strings.ContainsAny(pattern, "*?[{") || !doublestar.ValidatePattern(pattern) {
		return ""
	}
	for d := path.Dir(p); d != "."; d = path.Dir(d) {
		if doublestar.MatchUnvalidated(pattern, d) {
			return d
		}
	}
	return ""
}

// pageMeta returns what a page says of itself; nothing if it says nothing.
func (f *finder) pageMeta(p string, symbols sfc.Symbols) stated {
	file, bad := f.list.read(p)
	if bad != nil || !strings.Contains(file.Text, "<route") && !strings.Contains(file.Text, "definePage") {
		return stated{}
	}
	c := f.list.cache.component(file, symbols)
	for _, b := range c.Find("route") {
		if strings.HasPrefix(b.Attrs["lang"], "y") {
			return stated{value: yamlValue(file.Slice(b.Inner)), file: file}
		}
		x, errs := script.ParseExpr(file, b.Inner, script.JS, true)
		if len(errs) > 0 {
			continue
		}
		meta := (&constants{}).value(x)
		if b.Attrs["type"] != "" && meta.Is(jsonc.Object) {
			meta.Members = append(meta.Members, &jsonc.Member{Name: "type", Value: jsonc.NewString(source.Span{}, b.Attrs["type"])})
		}
		return stated{value: meta, file: file}
	}
	tree := f.list.code(file, c, path.Dir(p))
	for _, s := range tree.Body() {
		e, ok := s.(*script.ExprStmt)
		if !ok {
			continue
		}
		call, ok := e.X.(*script.Call)
		if !ok || len(call.Args) != 1 {
			continue
		}
		if id, ok := call.Fn.(*script.Ident); ok && id.Name == "definePage" {
			return stated{value: constantsOf(tree).value(call.Args[0]), file: file}
		}
	}
	return stated{}
}

// join adds the pages that were found to those of pages.json, or else of pages.config.ts.
func (b *builtPages) join(listed stated) stated {
	if b.file == nil {
		return listed
	}
	out := &jsonc.Value{Kind: jsonc.Object}
	switch {
	case listed.value.Is(jsonc.Object):
		*out = *listed.value
	case b.config.value.Is(jsonc.Object):
		*out = *b.config.value
		listed.file = b.file
	default:
		listed.file = b.file
	}
	known := map[string]bool{}
	for _, e := range elems(out.Get("pages")) {
		known[cleanRoute("", e.Get("path").String())] = true
	}
	for _, sub := range subpackages(out) {
		for _, e := range elems(sub.Value.Get("pages")) {
			known[cleanRoute(sub.Root, e.Get("path").String())] = true
		}
	}
	fresh := func(root string, v *jsonc.Value, routes []string) (list []*jsonc.Value) {
		for _, e := range elems(v.Get("pages")) {
			if route := cleanRoute(root, e.Get("path").String()); !known[route] {
				known[route] = true
				list = append(list, unplaced(e))
			}
		}
		for _, route := range routes {
			if whole := cleanRoute(root, route); !known[whole] {
				known[whole] = true
				list = append(list, &jsonc.Value{Kind: jsonc.Object,
					Members: []*jsonc.Member{{Name: "path", Value: jsonc.NewString(source.Span{}, route)}}})
			}
		}
		return list
	}
	var subs []*jsonc.Value
	add := func(root string, v *jsonc.Value, routes []string) {
		subs = append(subs, &jsonc.Value{Kind: jsonc.Object, Members: []*jsonc.Member{
			{Name: "root", Value: jsonc.NewString(source.Span{}, root)},
			{Name: "pages", Value: &jsonc.Value{Kind: jsonc.Array, Elems: fresh(root, v, routes)}},
		}})
	}
	out.Members = slices.Clone(out.Members)
	out.Members = joinList(out.Members, "pages", fresh("", b.config.value, b.pages))
	for _, sub := range subpackages(b.config.value) {
		add(sub.Root, sub.Value, nil)
	}
	for _, pack := range b.subs {
		add(pack.root, nil, pack.pages)
	}
	out.Members = joinList(out.Members, "subPackages", subs)
	return stated{value: out, file: listed.file}
}

// joinList puts items behind those of the list that an object has under a name.
func joinList(all []*jsonc.Member, name string, items []*jsonc.Value) []*jsonc.Member {
	i := slices.IndexFunc(all, func(m *jsonc.Member) bool { return m.Name == name && m.Value.Is(jsonc.Array) })
	if i < 0 {
		return append(all, &jsonc.Member{Name: name, Value: &jsonc.Value{Kind: jsonc.Array, Elems: items}})
	}
	list := *all[i].Value
	list.Elems = slices.Concat(list.Elems, items)
	m := *all[i]
	m.Value = &list
	all[i] = &m
	return all
}

// projectDir returns the nearest directory from dir up that has a package.json, in the
// loaded directory or above it in its repository; dir if there is none.
func (f *finder) projectDir(dir string) string {
	for d, ok := dir, true; ok; d, ok = f.list.parent(d) {
		if f.list.has(path.Join(d, "package.json")) {
			return d
		}
	}
	return dir
}
