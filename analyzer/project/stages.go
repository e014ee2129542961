package project

import (
	"context"

	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/source"
)

// A program is loaded in four stages. Each is a struct that is made from the one
// before, so that nothing can ask for what is not known yet: a method of a stage
// sees what the stages before it found out, and nothing of what comes later.
//
// An example shows why they have this order: app.json registers the page
// pages/order/order. Its template uses <van-field>, and its script requires
// "@/utils/http".
//
//   - found: a directory holds app.json. That alone says which files there are.
//   - configured: the page is registered, so order.wxml (and not order.axml) tells
//     the platform; project and build settings tell which files are shipped and what
//     "@/" means. Without these no name can be resolved.
//   - parsed: the files are read and recognised. Whether dist/field is Vant's must
//     be known before anything is parsed, since the code of libraries is not parsed
//     if it is minified, and becomes a unit only if something uses it.
//   - linked: <van-field> is the component that the page's usingComponents name,
//     "@/utils/http" is a module. They may lead to files that nothing needed so far
//     (a component of a library): these are parsed and linked in turn, until a round
//     brings nothing new. Only then is it known what a registered page reaches.

// found is a program that was found in the tree, and what has been read of it so
// far.
type found struct {
	list  *listing
	site  *site
	sites *sites // of all programs: one may be inside another

	byContent *[]string // see foundByContent; nil before it is asked

	ctx      context.Context
	jobs     int
	progress func(done, total int) // Options.Progress
	program  *Program

	texts map[string]*source.File // of own files
	json  map[string]*jsonFile    // nil values: missing or not readable
	extra map[string]int64        // sizes of files of installed packages

	mu      sync.Mutex
	unread  []Unread
	refused map[string]bool // files that could not be read
}

// jsonFile is a parsed JSON file.
type jsonFile struct {
	file  *source.File
	value *jsonc.Value
}

// configured is a program whose settings are known: its pages, its platform, which
// files are its own, and how names in it are resolved.
type configured struct {
	*found
	platform     *platform.Platform
	routes       map[string]bool
	stands       map[string]string // paths of the files of pages that are registered under another, by route
	routeSpan    map[string]source.Span
	independent  []string // roots of independent subpackages
	extPages     *jsonc.Value
	packages     map[string]resolve.Package
	dependencies map[string]bool   // packages that package.json asks for
	siblings     map[string]bool   // packages of the program's own workspace
	renamed      map[string]string // packages by the names under which a build has them
	own          []string          // the program's own files, sorted

	builtByWeappVite bool // which takes templates of another suffix, too
	resolve          *resolve.Resolver
}

// parsed is a program whose own files are parsed, each by itself.
type parsed struct {
	*configured
	shelf     *shelf
	parts     map[string]parts // of single-file components, by path
	templates map[string]bool  // files that are the template of a single-file component
	modules   map[string]*Module
	views     map[string]*View
	pending   []*task // to be read and parsed
	unlinked  []*task // parsed, and still to be linked
}

// linked is a program whose names lead to what they name.
type linked struct {
	*parsed
	cloud     cloud
	registry  registry
	app       *Unit
	implicit  []*Unit  // that a platform uses without being told
	global    []*Using // usingComponents of app.json
	units     map[string]*Unit
	auto      map[string]autoImport // names that the build makes global
	placed    map[string]string     // paths of native components that it registers, by tag
	tags      map[string]bool       // see names
	byName    map[string]string     // the directories of packages in the tree, by name; see namesake
	installed []string              // see installs
	entire    *bool                 // see whole
	fresh     bool                  // set by a round that made something new
}

// newFound takes a program that was found. within is Options.Within.
func newFound(files *listing, s *site, all *sites, o Options) *found {
	return &found{
		list: files, site: s, sites: all, ctx: o.Context, jobs: o.Jobs, progress: o.Progress,
		program: &Program{Root: s.Root, Source: s.Source, Within: o.Within},
		texts:   map[string]*source.File{},
		json:    map[string]*jsonFile{},
		extra:   map[string]int64{},
		refused: map[string]bool{},
	}
}

func configure(f *found) *configured {
	c := &configured{
		found:  f,
		routes: map[string]bool{}, stands: map[string]string{}, routeSpan: map[string]source.Span{},
		packages: map[string]resolve.Package{}, dependencies: map[string]bool{}, siblings: map[string]bool{}, renamed: map[string]string{},
	}
	c.readConfig()
	c.builtByWeappVite = c.asksFor("weapp-vite")
	c.platform = c.guessPlatform()
	c.describe()
	tree := c.ownFiles()
	tree.Beyond, tree.Unfold = c.beyond, c.list.unfold(c.beyond)
	c.workspace()
	c.installed(tree)
	c.resolve = c.newResolver(tree)
	return c
}

func parse(c *configured) *parsed {
	p := &parsed{
		configured: c,
		shelf:      &shelf{roots: map[string]string{}},
		parts:      map[string]parts{}, templates: map[string]bool{},
		modules: map[string]*Module{}, views: map[string]*View{},
	}
	p.readOwn()
	if p.site.Framework == uniApp {
		p.shelf.findParts(p.list.below(p.site.Source), func(base string) bool { return p.routes[p.route(base)] }, p.plain)
	}
	file := func(name string) *source.File { return p.texts[name] }
	p.shelf.findKits(p.own, file, p.platform, func(base string) bool { return p.routes[p.route(base)] })
	if f := p.site.Framework; f != nil {
		p.shelf.findFolders(p.own, f)
		p.findCopied()
	}
	p.findParts()
	p.addOwn()
	return p
}

func link(p *parsed) *linked {
	l := &linked{parsed: p, units: map[string]*Unit{}}
	l.addUnits()
	l.link()
	l.dropTemplates()
	l.addFunctions()
	l.follow()
	l.reportMissing()
	l.reportLibraries()
	l.reportCompressed()
	l.reportOtherTargets()
	l.readData()
	return l
}
