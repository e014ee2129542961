// Package facts gathers from a program what a filing needs beside findings: the
// addresses it talks to, the platform calls it makes, its plugins, where it shows
// a privacy policy, and words that hint at trades with rules of their own. It
// takes a loaded program and what became of its values, and gives Facts, each
// with the place it was read at. It judges nothing.
//
// Limits: an address that is put together at run time is known by its constant
// beginning only. If a <web-view> shows an address that script computes, the
// addresses written in that page's script are taken instead. Words are looked for
// in page titles and in the text of templates, not in what a server sends.
package facts

import (
	"cmp"
	_ "embed"
	"net/url"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Facts is what was gathered from one program. All lists are in a fixed order.
type Facts struct {
	Name      Place // the program's name and its place; zero if it is the directory's
	AppID     Place
	Addresses []Address
	Calls     []Call
	Loaded    []Call  // calls in libraries of components that reachable code loads; whether they run is not known
	WebPages  []Place // elements that show a web page, whose code is not the program's
	OfPlugins []Place // plugins whose components reachable pages show; their code is not the program's
	Scopes    []Place // permissions that reachable code asks for with wx.authorize
	Plugins   []Plugin
	Policies  []Place // where a privacy policy or the platform's contract is shown
	// PolicyLink is the first place that names the privacy policy that a person gave, or
	// nil. Gather does not know it (see Link).
	PolicyLink *Place
	Numbers    []Place // filing numbers that the program may show
	Hints      []Hint
}

// Place is a text and its place.
type Place struct {
	Text     string
	Location source.Location
}

// AddressKind is what an address is for.
type AddressKind string

// The kinds of address, in the order of lists.
const (
	Request  AddressKind = "request"
	Socket   AddressKind = "socket"
	Upload   AddressKind = "upload"
	Download AddressKind = "download"
	WebView  AddressKind = "web-view"
	CloudEnv AddressKind = "cloud" // the ID of a cloud environment
)

var addressKinds = []AddressKind{Request, Socket, Upload, Download, WebView, CloudEnv}

// Address is a host the program talks to, or a cloud environment.
type Address struct {
	Kind     AddressKind
	Value    string // scheme and host: "https://api.example.com"; the ID of an environment
	Location source.Location
}

// Host returns the host of a, or "".
func (a Address) Host() string {
	if u, err := url.Parse(a.Value); err == nil {
		return u.Hostname()
	}
	return ""
}

// Call is a platform API that reachable code calls, with the first place.
type Call struct {
	API      string
	Location source.Location
}

// Plugin is a plugin that app.json declares.
type Plugin struct {
	Alias, Provider, Version string
	Location                 source.Location
}

// Hint is a word that hints at a topic, with its first place.
type Hint struct {
	Topic Topic
	Word  string
	Place
}

// Call returns the first call of any of the named APIs, or nil.
func (f Facts) Call(apis ...string) *Call {
	for i := range f.Calls {
		if slices.Contains(apis, f.Calls[i].API) {
			return &f.Calls[i]
		}
	}
	return nil
}

// About returns the hints at a topic.
func (f Facts) About(t Topic) []Hint {
	var out []Hint
	for _, h := range f.Hints {
		if h.Topic == t {
			out = append(out, h)
		}
	}
	return out
}

// Gather reads the facts of p; values is what became of its values.
func Gather(p *project.Program, values *flow.Result) Facts {
	g := &gatherer{program: p}
	g.identity()
	for _, c := range values.Calls {
		switch {
		case c.Reached:
			g.call(c)
		case c.Module == nil || c.Module.Library == "" || !c.Module.Reachable:
		case p.Components(c.Module.Library):
			g.facts.Loaded = note(g.facts.Loaded, c)
		default:
			g.facts.Calls = note(g.facts.Calls, c)
		}
	}
	for _, pl := range p.Plugins {
		g.facts.Plugins = append(g.facts.Plugins, Plugin{pl.Alias, pl.Provider, pl.Version, pl.Location})
	}
	for _, u := range p.Units {
		g.plugins(u)
	}
	g.texts()
	g.numbers()
	g.sort()
	return g.facts
}

// plugins notes the plugins whose components u shows.
func (g *gatherer) plugins(u *project.Unit) {
	if !u.Reachable || !u.Own() {
		return
	}
	for _, shown := range g.program.PluginComponents(u) {
		same := func(p Place) bool { return p.Text == shown.Plugin }
		if !slices.ContainsFunc(g.facts.OfPlugins, same) {
			g.facts.OfPlugins = append(g.facts.OfPlugins, Place{shown.Plugin, shown.Location})
		}
	}
}

type gatherer struct {
	program *project.Program
	facts   Facts
}

// templateTitles are the lines of titles.txt.
//
//go:embed titles.txt
var templateTitles string

// identity finds the program's name: the title that it shows, or what its configuration calls it.
func (g *gatherer) identity() {
	p := g.program
	g.facts.Name = setting(p.Settings, "projectname", p.Name)
	g.facts.AppID = setting(p.Settings, "appid", p.AppID)
	if c := p.Config; c != nil && c.DeclaredFile != nil && c.DeclaredFile != c.File { // manifest.json of uni-app
		g.facts.Name = setting(c.DeclaredFile, "name", p.Name)
		if m := c.Declared.Member("appid"); m != nil {
			g.facts.AppID = Place{p.AppID, source.Location{File: c.DeclaredFile, Span: m.NameSpan}}
		}
	}
	if app := p.Config; app != nil && app.Value != nil {
		title := app.Value.Path("window", "navigationBarTitleText")
		if title.String() != "" && !slices.Contains(strings.Split(templateTitles, "\n"), title.String()) {
			g.facts.Name = Place{title.String(), source.Location{File: app.File, Span: title.Span}}
		}
	}
}

// setting returns the place of the key in a project configuration.
func setting(file *source.File, key, value string) Place {
	if file == nil || value == "" {
		return Place{Text: value}
	}
	i := strings.Index(file.Text, `"`+key+`"`)
	if i < 0 {
		return Place{Text: value}
	}
	return Place{value, source.Location{File: file, Span: source.Span{Start: int32(i), End: int32(i + len(key) + 2)}}}
}

// note adds the first call of an API.
func note(all []Call, c *flow.Call) []Call {
	if slices.ContainsFunc(all, func(k Call) bool { return k.API == c.API }) {
		return all
	}
	return append(all, Call{c.API, c.Location})
}

// call notes the API and, if it talks to a server, the address.
func (g *gatherer) call(c *flow.Call) {
	g.facts.Calls = note(g.facts.Calls, c)
	kind := map[string]AddressKind{
		"request": Request, "$request": Request, "uploadFile": Upload, "downloadFile": Download, "connectSocket": Socket,
		"cloud.init": CloudEnv,
	}[c.API]
	for _, scope := range c.Args["scope"] {
		if c.API == "authorize" && !slices.ContainsFunc(g.facts.Scopes, func(s Place) bool { return s.Text == scope.String }) {
			g.facts.Scopes = append(g.facts.Scopes, Place{scope.String, c.Location})
		}
	}
	switch kind {
	case "":
	case CloudEnv:
		for _, t := range c.Args["env"] {
			g.address(CloudEnv, t.String, cmp.Or(t.Location, c.Location))
		}
	default:
		for _, t := range c.Args["url"] {
			g.url(kind, t.String, cmp.Or(t.Location, c.Location))
		}
	}
}

// url notes the scheme and host of an absolute address.
func (g *gatherer) url(kind AddressKind, text string, at source.Location) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "ws", "wss"}, u.Scheme) {
		return
	}
	g.address(kind, u.Scheme+"://"+u.Host, at)
}

func (g *gatherer) address(kind AddressKind, value string, at source.Location) {
	same := func(a Address) bool { return a.Kind == kind && a.Value == value }
	if !slices.ContainsFunc(g.facts.Addresses, same) {
		g.facts.Addresses = append(g.facts.Addresses, Address{kind, value, at})
	}
}

func (g *gatherer) sort() {
	f := &g.facts
	slices.SortStableFunc(f.Addresses, func(a, b Address) int {
		return cmp.Or(cmp.Compare(slices.Index(addressKinds, a.Kind), slices.Index(addressKinds, b.Kind)), cmp.Compare(a.Value, b.Value))
	})
	slices.SortStableFunc(f.Calls, func(a, b Call) int { return cmp.Compare(a.API, b.API) })
	slices.SortStableFunc(f.Loaded, func(a, b Call) int { return cmp.Compare(a.API, b.API) })
	slices.SortStableFunc(f.Scopes, func(a, b Place) int { return cmp.Compare(a.Text, b.Text) })
	slices.SortStableFunc(f.WebPages, func(a, b Place) int { return order(a.Location, b.Location) })
	slices.SortStableFunc(f.Policies, func(a, b Place) int { return order(a.Location, b.Location) })
	slices.SortStableFunc(f.Hints, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(slices.Index(topics, a.Topic), slices.Index(topics, b.Topic)), order(a.Location, b.Location),
			cmp.Compare(a.Word, b.Word))
	})
}

func order(a, b source.Location) int {
	if a.File == nil || b.File == nil {
		return 0
	}
	return cmp.Or(cmp.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Span.Start, b.Span.Start))
}
