// Package project loads mini programs: it finds them in a directory, reads their
// configuration, parses their scripts and templates, follows what app.json
// registers through components, templates and modules, and says what a registered
// page can reach.
//
// It takes a file system and gives Programs. It never fails on the content of a
// single file: what could not be read is in Program.Unread, and the rest is
// loaded. Outside the given file system, only what the program imports from the
// same repository is read (outside.go), if Options.Around allows it.
//
// The steps: find.go finds the programs; then each goes through four stages, which
// stages.go explains and orders by their types: found, configured (what app.json
// says), parsed (script, template and library by file), linked (what each name
// leads to, and what a page reaches).
//
// The sources of uni-app, wepy, mpx and Taro are loaded as they are (framework.go,
// single.go); if the output of their build is there too, it is left out.
//
// Limits: the sources of other frameworks are recognised and refused. Specifiers
// that are computed are not followed. Files over 2 MB, and minified scripts that
// are a library's or over 512 KB, are not parsed.
package project

import (
	"path"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Program is one mini program.
type Program struct {
	Root      string     // its directory, relative to the scanned one; "." for itself
	Source    string     // directory of app.json (miniprogramRoot), likewise
	Within    string     // path from the top of the repository to the scanned directory, "" if unknown; part of fingerprints
	Platform  string     // its name in platform/platforms.txt, such as "wechat"
	Platforms []string   // of the sources of a framework: names of those that they are read for; Platform is the first
	Variants  []*Program // the same sources as they are on others of Platforms, if they differ there
	Framework string     // native, uni-app, taro, mpx, wepy, …
	Sources   bool       // the framework's sources were read, not its output
	Condition string     // the platform whose conditional parts are read: "MP-WEIXIN, VUE3"; "" for none
	Outside   []string   // files read outside the loaded directory, which start with ../
	Outputs   []string   // directories that were left out, with the output of these sources
	Elsewhere []string   // what the build calls targets that are no mini program, for which parts of the sources are: "H5"
	Name      string     // projectname, or the name of the directory
	AppID     string
	Settings  *source.File   // project.config.json or its like, or nil
	Config    *Config        // app.json, ext.json and platform blocks merged
	Units     []*Unit        // the app, then pages and components by path
	Modules   []*Module      // all scripts, by path
	Views     []*View        // all templates, by path
	Entry     *Module        // of a framework: the script that runs before the app's; nil without one
	Mounts    []*Module      // of mpvue: the scripts that mount the pages
	LargeData []*source.File // JSON files of that kind that are too large to be parsed, by path
	Data      []*Data        // JSON files that scripts name, and language tables, by path
	Functions []*CloudFunction
	Triggers  map[string]*Module // of uniCloud: what its server runs when a collection changes, by the name of the collection
	Plugins   []Plugin
	Defined   Defined           // what the build puts in place of names
	Fixed     map[string]string // likewise, whatever the mode of the build: the name of the target
	Unread    []Unread
	Bytes     int // size of all scripts and templates read
	Files     int // number of files read

	Memo source.Memo // what was worked out of the program
}

// Config is what app.json says.
type Config struct {
	File                *source.File // app.json itself
	Value               *jsonc.Value
	Pages               []string // routes, subpackage roots prepended, in order
	EntryPage           string
	RequiredPrivateInfo []string

	// Where requiredPrivateInfos and permission are declared: Value and File, or
	// what manifest.json of uni-app holds for WeChat (nil if it has nothing).
	Declared     *jsonc.Value
	DeclaredFile *source.File
}

// UnitKind tells the app, pages and components apart.
type UnitKind uint8

// The kinds of unit.
const (
	AppUnit UnitKind = iota + 1
	PageUnit
	ComponentUnit
)

// Unit is the app, a page or a component: what belongs to one path.
type Unit struct {
	Kind       UnitKind
	Path       string       // route, without extension: "pages/index/index"; "app"
	Routes     []string     // of a page: what it is registered as, if not as its own path
	Title      string       // navigationBarTitleText, or ""
	Script     *Module      // nil if there is none
	View       *View        // nil if there is none
	Config     *jsonc.Value // its .json; nil if there is none
	ConfigFile *source.File
	Components map[string]*Using // by tag name, global ones included
	Dynamic    []*Using          // what <component :is> can show: what the script registers and no tag names
	Registered bool              // listed in app.json, for pages
	Single     bool              // a single-file component: its data are its own properties
	Scripted   bool              // its elements are in its script (JSX)
	Reachable  bool              // by a registered page
	Library    string            // name of the third-party library it is part of, or ""
	Missing    []Missing         // components that its template uses and that are not in the tree
}

// Own reports whether a registered page reaches u, and u is the program's own.
func (u *Unit) Own() bool { return u.Reachable && u.Library == "" }

// Using is one entry of usingComponents, as it applies to a unit.
type Using struct {
	Tag     string
	Value   string // as written
	Unit    *Unit  // nil if the component is not in the tree, or is a library's and no template uses it
	Library string // "@vant/weapp" if it belongs to a library, or ""
	Name    string // the component's name within that library: "field"
	Plugin  bool   // plugin://…
	Generic bool   // a componentGenerics placeholder

	base        string // path of the component's files, "" if they are not in the tree
	likely      bool   // nothing registers it: it is the file of its name
	placeholder string // tag that is shown until the component is loaded
}

// Module is one script file, or the script block of a single-file component.
type Module struct {
	File      *source.File
	Tree      *script.Program // nil if Skipped is set
	Imports   []*Import
	Missing   []Missing // imports that lead to no file
	Library   string    // name of the third-party library it is part of, or ""
	Reachable bool
	Skipped   string // why it was not parsed: "minified", "too large", "unreadable"; "" if parsed
	WXS       bool
	// Compressed is set if a tool compressed the script, unless it is small and calls the
	// platform. It is then not run unless it belongs to a unit.
	Compressed bool
	Setup      bool              // its top level runs once for each use of the component (<script setup>)
	Globs      []*Glob           // the modules that it imports by patterns
	Given      map[string]*Given // the names that it uses and that the build imports for it
}

// Own reports whether a registered page reaches m, and m is the program's own.
func (m *Module) Own() bool { return m.Reachable && m.Library == "" }

// Import is one static import, export-from or require of a module.
type Import struct {
	Spec   string
	Span   source.Span // of the specifier
	Module *Module     // nil if it is not in the tree
	Data   *Data       // of a JSON file, nil for another or if it was not read

	types   bool   // it brings in only types
	idle    bool   // nothing uses the names that it binds
	unasked bool   // it is of a barrel, and nothing takes from that what it brings
	erased  bool   // a compiler of TypeScript leaves it out: nothing but types is used of it
	data    string // path of the JSON file that it brings in
}

// Import returns the module that spec names in m, or nil.
func (m *Module) Import(spec string) *Module {
	for _, i := range m.Imports {
		if i.Spec == spec {
			return i.Module
		}
	}
	return nil
}

// ImportedData returns the content of the JSON file that spec names in m, or nil.
func (m *Module) ImportedData(spec string) *Data {
	if m == nil || !dataSuffixes[path.Ext(spec)] {
		return nil
	}
	for _, i := range m.Imports {
		if i.Spec == spec {
			return i.Data
		}
	}
	return nil
}

// View is one template file, or the template block of a single-file component.
type View struct {
	File      *source.File
	Tree      *markup.Document
	Imports   []*View // <import src>: only their <template name> count
	Includes  map[*markup.Element]*View
	Scripts   map[string]*Module // <wxs module src>, by module name
	Reachable bool

	tags     []string    // distinct tags of its elements, and components given to generics
	refs     []reference // imports, includes and template scripts, in order
	included []*View     // the views of Includes, in order

	labelsOnce sync.Once
	labels     map[string][]*markup.Element
}

// Nodes returns what is at the top of the template; nil if there is none, or it was not read.
func (v *View) Nodes() []markup.Node {
	if v == nil || v.Tree == nil {
		return nil
	}
	return v.Tree.Nodes
}

// LabelsFor returns the elements <label for="id"> of the template, in order.
func (v *View) LabelsFor(id string) []*markup.Element {
	v.labelsOnce.Do(func() {
		v.labels = map[string][]*markup.Element{}
		markup.WalkElements(v.Nodes(), func(e *markup.Element) {
			if strings.EqualFold(e.Tag, "label") {
				if a := e.Attr("for"); a != nil {
					name, _ := markup.Static(a.Parts)
					v.labels[name] = append(v.labels[name], e)
				}
			}
		})
	})
	return v.labels[id]
}

// Text returns the text of the template, without what else its file holds.
func (v *View) Text() string {
	if v == nil || v.Tree == nil || len(v.Tree.Nodes) == 0 {
		return ""
	}
	nodes := v.Tree.Nodes
	return v.File.Slice(nodes[0].Range().To(nodes[len(nodes)-1].Range()))
}

// CloudFunction is one cloud function of the program, or an object of uniCloud, whose
// methods are called instead.
type CloudFunction struct {
	Name        string
	Main        *Module  // index.js, index.obj.js, or main of package.json; nil if missing
	Permissions []string // permissions.openapi of its config.json
	ByContent   bool     // nothing but what its script says tells that its folder is that of a cloud function
}

// Plugin is one plugin that app.json or a subpackage declares.
type Plugin struct {
	Alias, Provider, Version string
	Location                 source.Location
}

// PluginID returns the AppID of the plugin that the program knows by an alias, or "".
func (p *Program) PluginID(alias string) string {
	for _, one := range p.Plugins {
		if one.Alias == alias {
			return one.Provider
		}
	}
	return ""
}

// PluginPage returns what is known of the page of a plugin that an address names,
// plugin://ALIAS/page?query or plugin-private://APPID/…, or nil.
func (p *Program) PluginPage(url string) *platform.Plugin {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok || scheme != "plugin" && scheme != "plugin-private" {
		return nil
	}
	page, query, _ := strings.Cut(rest, "?")
	id, _, _ := strings.Cut(page, "/")
	if known := p.PluginID(id); known != "" {
		id = known
	}
	return platform.PluginPage(id, query)
}

// Unread is a file, or a part of one, that could not be read.
type Unread struct {
	Path     string
	Location source.Location // zero if the whole file is meant
	Reason   lang.Text       // what is wrong and how to mend it
	// Hides reports whether the unread part could hide a collection point that
	// counts: a script or template that a page reaches and that belongs to no
	// library.
	Hides bool
}
