package privacy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Use is one place of the code that needs a type of information.
type Use struct {
	Key       string // "" for an interface that only requiredPrivateInfos is about
	API       string // name without the global object; "" for an element
	What      string // as people write it: "wx.getLocation", "<camera>", a field's label
	Label     string // of a form field, or ""
	Location  source.Location
	Owner     Owner
	Reachable bool     // some page reaches it
	Maybe     bool     // it is in a library of components that reachable code loads; whether it runs is not known
	Mention   bool     // named, not called: handed to a wrapper, or asked whether it is there
	Pages     []string // routes of the pages that it serves, if known
}

// Owner is the owner of the code that holds a use.
type Owner struct {
	Kind OwnerKind
	Name string // of the package or library
}

// OwnerKind tells own code from that of others.
type OwnerKind string

// The kinds of owner.
const (
	OwnCode OwnerKind = "own"
	Package OwnerKind = "package" // an npm package
	Copy    OwnerKind = "copy"    // a library whose files were copied into the tree
)

// Uses finds every place that needs a type of information, in the code of the
// program and of the libraries that are shipped with it, in order of file and
// offset.
func Uses(p *project.Program, r *flow.Result) []Use {
	return source.Known(&p.Memo, usesIn{r}, func() []Use { return everyUse(p, r) })
}

// usesIn is the key of the uses that a program has by what a run learnt.
type usesIn struct{ run *flow.Result }

func everyUse(p *project.Program, r *flow.Result) []Use {
	s := &search{
		program: p, flow: r, seen: map[place]bool{}, reached: map[place]*flow.Call{}, libraries: map[string]bool{},
		units: map[*project.View]*project.Unit{}, byPath: map[string]*project.Unit{}, pages: pagesOf(p),
	}
	for _, u := range p.Units {
		s.byPath[u.Path] = u
		if u.View != nil {
			s.units[u.View] = u
		}
	}
	for _, g := range platform.Globals() {
		if (g.Platform == "" || g.Platform == p.Platform) && g.Prefix == "" {
			s.globals = append(s.globals, g.Name)
		}
	}
	s.calls()
	for _, m := range p.Modules {
		s.module(m)
	}
	s.controls()
	for _, v := range p.Views {
		s.view(v)
	}
	slices.SortStableFunc(s.uses, func(a, b Use) int {
		return cmp.Or(cmp.Compare(a.Location.File.Path, b.Location.File.Path), cmp.Compare(a.Location.Span.Start, b.Location.Span.Start))
	})
	return s.uses
}

type search struct {
	program *project.Program
	flow    *flow.Result
	globals []string // names of the objects that hold the platform's APIs
	units   map[*project.View]*project.Unit
	byPath  map[string]*project.Unit
	pages   map[*project.Unit][]string
	reached map[place]*flow.Call // calls that the flow analysis knows
	seen    map[place]bool

	libraries map[string]bool // the packages asked about so far, and whether they bring components
	uses      []Use
}

// place is a place where something is used.
type place struct {
	file  *source.File
	start int32
	what  string
}

func (s *search) add(u Use) {
	at := place{u.Location.File, u.Location.Span.Start, u.Key + u.API}
	if u.Location.IsZero() || s.seen[at] {
		return
	}
	s.seen[at] = true
	s.uses = append(s.uses, u)
}

// calls takes over what the flow analysis knows about calls.
func (s *search) calls() {
	for _, c := range s.flow.Calls {
		s.reached[place{c.Location.File, c.Location.Span.Start, c.API}] = c
		if !c.Reached || c.Module == nil {
			continue
		}
		s.api(c.API, Use{
			What: c.Location.Text(), Location: c.Location, Owner: ownerOf(c.Module.Library, c.Module.File.Path),
			Reachable: true, Pages: s.pages[c.Unit],
		}, texts(c.Args["scope"]))
	}
}

func texts(all []flow.Text) []string {
	var out []string
	for _, t := range all {
		out = append(out, t.String)
	}
	return out
}

// api adds the uses that a call or mention of an API makes.
func (s *search) api(name string, u Use, scope []string) {
	if name == "authorize" {
		for _, text := range scope {
			if key := platform.ScopeKey(text); key != "" {
				u.Key, u.API, u.What = key, name, "wx.authorize "+text
				s.add(u)
			}
		}
		return
	}
	a := platform.APIByName(name)
	if a == nil {
		return
	}
	u.API = name
	if a.Guide {
		u.Key = a.PrivacyKey
	}
	if u.Key != "" || a.Private {
		s.add(u)
	}
}

// module finds the names of APIs in a script, called or not: the platform's
// review reads the text of what is uploaded, too.
func (s *search) module(m *project.Module) {
	if m.File == nil || m.WXS || !s.mentions(m.File.Text) {
		return
	}
	if m.Tree == nil {
		s.minified(m)
		return
	}
	for _, n := range source.Known(&m.Tree.Memo, namedOn{s.program.Platform}, func() []namedAPI { return s.namesIn(m.Tree) }) {
		s.named(m, n.name, n.span, n.call)
	}
}

// namedOn is the key of the APIs of a platform that a script names.
type namedOn struct{ platform string }

// namedAPI is a place that names an API which needs a type of information.
type namedAPI struct {
	name string
	span source.Span
	call *script.Call // that it is the callee of, or nil
}

// namesIn lists the names of APIs in a script.
func (s *search) namesIn(tree *script.Program) (all []namedAPI) {
	add := func(name string, span source.Span, call *script.Call) {
		if name == "authorize" || platform.APIByName(name) != nil {
			all = append(all, namedAPI{name, span, call})
		}
	}
	called := map[script.Expr]*script.Call{}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Call:
			called[n.Fn] = n
		case *script.Dot:
			if s.global(n.X) {
				add(n.Name, n.Span, called[n])
			}
		case *script.Index:
			if key, ok := n.Key.(*script.String); ok && s.global(n.X) {
				add(key.Value, n.Span, called[n])
			}
		case *script.Declarator:
			if pattern, ok := n.Target.(*script.ObjectPattern); ok && s.global(n.Init) {
				for _, prop := range pattern.Props {
					add(prop.Key, prop.Span, nil)
				}
			}
		}
		return true
	})
	return all
}

// offers reports whether a library brings components, and so more than the
// program uses.
func (s *search) offers(library string) bool {
	offers, known := s.libraries[library]
	if !known {
		offers = s.program.Components(library)
		s.libraries[library] = offers
	}
	return offers
}

// mentions tells quickly whether a text may name a global object of the
// platform.
func (s *search) mentions(text string) bool {
	return slices.ContainsFunc(s.globals, func(g string) bool { return strings.Contains(text, g) })
}

// global reports whether e is the object that holds the platform's APIs.
func (s *search) global(e script.Expr) bool {
	id, ok := e.(*script.Ident)
	return ok && slices.Contains(s.globals, id.Name) && (id.Symbol == nil || id.Name != "wx" && id.Name != "my")
}

func (s *search) named(m *project.Module, name string, span source.Span, call *script.Call) {
	u := Use{
		What: m.File.Slice(span), Location: source.Location{File: m.File, Span: span},
		Owner: ownerOf(m.Library, m.File.Path), Reachable: m.Reachable, Mention: call == nil,
	}
	switch c := s.reached[place{m.File, span.Start, name}]; {
	case m.Library != "": // libraries are not run
		u.Maybe = u.Reachable && s.offers(m.Library) && (c == nil || !c.Reached)
	case c != nil:
		u.Reachable = u.Reachable && c.Reached
	case call != nil && len(s.flow.Limits) == 0:
		u.Reachable = false
	}
	if unit := s.byPath[strings.TrimSuffix(s.below(m.File.Path), suffix(m.File.Path))]; unit != nil {
		u.Pages = s.pages[unit]
	}
	var scope []string
	if call != nil && name == "authorize" && len(call.Args) > 0 {
		if o, ok := call.Args[0].(*script.Object); ok {
			for _, p := range o.Props {
				if text, ok := p.Value.(*script.String); ok && p.Key == "scope" {
					scope = append(scope, text.Value)
				}
			}
		}
	}
	s.api(name, u, scope)
}

func (s *search) below(file string) string {
	return strings.TrimPrefix(file, strings.TrimPrefix(s.program.Source+"/", "./"))
}

func suffix(file string) string { return file[max(strings.LastIndexByte(file, '.'), 0):] }

// minified looks for names in a script that was not parsed.
func (s *search) minified(m *project.Module) {
	for _, object := range s.globals {
		text, prefix := m.File.Text, object+"."
		for from := 0; ; {
			i := strings.Index(text[from:], prefix)
			if i < 0 {
				break
			}
			start := from + i
			end := start + len(prefix)
			for end < len(text) && isWord(text[end]) {
				end++
			}
			from = end
			name := text[start+len(prefix) : end]
			if name == "authorize" || start > 0 && (isWord(text[start-1]) || text[start-1] == '.') {
				continue
			}
			s.api(name, Use{
				What: text[start:end], Location: source.Location{File: m.File, Span: source.Span{Start: int32(start), End: int32(end)}},
				Owner: ownerOf(m.Library, m.File.Path), Reachable: m.Reachable, Maybe: m.Reachable && s.offers(m.Library),
			}, nil)
		}
	}
}

// isWord reports whether c can be part of the name of an API.
func isWord(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// controls adds open-types and types of input that pages hand to components.
func (s *search) controls() {
	for _, c := range s.flow.Controls {
		owner := ownerOf(c.Unit.Library, c.View.File.Path)
		u := Use{Location: source.Location{File: c.View.File, Span: c.Element.Open}, Owner: owner, Reachable: c.Rendered && c.Hidden == nil}
		if c.Page != nil {
			u.Pages = []string{c.Page.Path}
		}
		for _, t := range c.OpenTypes() {
			s.openType(t.String, u)
		}
		for _, t := range c.Attr("type") {
			s.nickname(t.String, u)
		}
	}
}

func (s *search) openType(value string, u Use) {
	for _, name := range strings.Split(value, "|") {
		o := platform.OpenTypeByName(strings.TrimSpace(name))
		if o != nil && o.Guide {
			u.Key, u.What = o.PrivacyKey, "open-type="+o.Name
			s.add(u)
		}
	}
}

func (s *search) nickname(kind string, u Use) {
	if kind == "nickname" {
		u.Key, u.What = "UserInfo", `<input type="nickname">`
		s.add(u)
	}
}

// view finds elements in a template. The controls that a page shows are known by
// now; this finds the rest.
func (s *search) view(v *project.View) {
	if v.Tree == nil {
		return
	}
	base := Use{Reachable: v.Reachable}
	library := ""
	if unit := s.units[v]; unit != nil {
		library, base.Pages = unit.Library, s.pages[unit]
	}
	base.Owner = ownerOf(library, v.File.Path)
	for _, e := range source.Known(&v.Tree.Memo, askingElements{}, func() []*markup.Element { return asking(v.Tree) }) {
		u := base
		u.Location = source.Location{File: v.File, Span: e.Open}
		if a := e.Attr("open-type"); a != nil {
			for _, p := range a.Parts {
				s.openType(p.Text, u)
			}
		}
		if a := e.Attr("type"); a != nil {
			text, _ := markup.Static(a.Parts)
			s.nickname(text, u)
		}
		s.tag(e, u)
	}
}

// askingElements is the key of what asking gives.
type askingElements struct{}

// asking lists the elements of a template that may need a type of information.
func asking(d *markup.Document) (all []*markup.Element) {
	markup.WalkElements(d.Nodes, func(e *markup.Element) {
		known := slices.ContainsFunc(platform.Tags(), func(t *platform.Tag) bool { return t.Name == e.Tag && t.Guide })
		if known || e.Attr("open-type") != nil || e.Attr("type") != nil {
			all = append(all, e)
		}
	})
	return all
}

func (s *search) tag(e *markup.Element, u Use) {
	for _, t := range platform.Tags() {
		if t.Name != e.Tag || !t.Guide {
			continue
		}
		if t.Attr != "" {
			a := e.Attr(t.Attr)
			if a == nil {
				continue
			}
			if !t.Fits(written(a)) {
				continue
			}
		}
		u.Key, u.What = t.PrivacyKey, "<"+t.Name+">"
		s.add(u)
	}
}

// written is the value of an attribute as far as the template alone tells: "false" for
// {{false}}, "" for a computed one.
func written(a *markup.Attr) string {
	if len(a.Parts) == 1 {
		if b, ok := a.Parts[0].Expr.(*script.Bool); ok && !b.Value {
			return "false"
		}
	}
	text, _ := markup.Static(a.Parts)
	return text
}

func ownerOf(library, file string) Owner {
	if pkg, _ := resolve.PackageOf(file); pkg != "" {
		return Owner{Package, pkg}
	}
	if library != "" {
		return Owner{Copy, library}
	}
	return Owner{Kind: OwnCode}
}

// pagesOf tells for every unit which reachable pages show it: the page itself,
// and every page that may use the component, directly or through other
// components.
func pagesOf(p *project.Program) map[*project.Unit][]string {
	out := map[*project.Unit][]string{}
	for _, page := range p.Units {
		if page.Kind != project.PageUnit || !page.Registered {
			continue
		}
		seen := map[*project.Unit]bool{page: true}
		list := []*project.Unit{page}
		for i := 0; i < len(list); i++ {
			out[list[i]] = append(out[list[i]], page.Path)
			tags := make([]string, 0, len(list[i].Components))
			for tag := range list[i].Components {
				tags = append(tags, tag)
			}
			slices.Sort(tags)
			for _, tag := range tags {
				if u := list[i].Components[tag].Unit; u != nil && !seen[u] {
					seen[u] = true
					list = append(list, u)
				}
			}
		}
	}
	return out
}
