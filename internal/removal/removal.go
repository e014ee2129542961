// Package removal takes knowledge away from a program, one piece at a time: a file, the
// file that an import names, what a function does, a statement that parses. Tests compare
// the reports before and after: a value that leaves the device, or of which nobody can
// tell where it goes, must not be told to stay because less is known of the program.
package removal

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Kind is what is taken away.
type Kind string

// The kinds of removal.
const (
	File      Kind = "file"      // a script, template or configuration is deleted
	Import    Kind = "import"    // what an import names is renamed, so that it leads nowhere
	Function  Kind = "function"  // a function passes all it has to a package that is not there
	Callee    Kind = "callee"    // a package that is not there is called in place of a function
	Statement Kind = "statement" // a statement does not parse
	Script    Kind = "script"    // the beginning of a script does not parse
	Limit     Kind = "limit"     // a limit of the analysis is lowered
)

// Removal is one piece taken away from one file.
type Removal struct {
	Kind Kind
	Path string
	Gone bool        // the whole file is deleted
	Span source.Span // else this is replaced
	New  string
	Code source.Span // what is no longer known to the reader: the function, the statement

	bound *int // of a Limit: what is lowered, and to what
	to    int
}

// String names the removal: "callee pages/a/a.js:17", "limit flow.depth:1".
func (r Removal) String() string {
	at := int(r.Span.Start)
	if r.Kind == Limit {
		at = r.to
	}
	return fmt.Sprintf("%s %s:%d", r.Kind, r.Path, at)
}

// Limits returns the removals that lower limits of the analysis, to the least and to a
// quarter. bounds has them by the name of their package and their own.
func Limits(bounds map[string]map[string]*int) (all []Removal) {
	for _, pkg := range slices.Sorted(maps.Keys(bounds)) {
		for _, name := range slices.Sorted(maps.Keys(bounds[pkg])) {
			bound := bounds[pkg][name]
			for _, to := range []int{1, *bound / 4} {
				if to == 1 || to > 1 && to < *bound {
					all = append(all, Removal{Kind: Limit, Path: pkg + "." + name, bound: bound, to: to})
				}
			}
		}
	}
	return all
}

// Lower lowers the limit of a Limit until restore is called. Other removals lower none.
func (r Removal) Lower() (restore func()) {
	if r.bound == nil {
		return func() {}
	}
	was := *r.bound
	*r.bound = r.to
	return func() { *r.bound = was }
}

// Apply returns the files without what r takes away.
func (r Removal) Apply(files map[string]string) map[string]string {
	out := make(map[string]string, len(files))
	for name, text := range files {
		out[name] = text
	}
	switch {
	case r.Kind == Limit:
		return out
	case r.Gone:
		delete(out, r.Path)
		return out
	}
	text := files[r.Path]
	out[r.Path] = text[:r.Span.Start] + r.New + text[r.Span.End:]
	return out
}

// Moved returns where a span of the original stands after r, and false if r touched it.
func (r Removal) Moved(file string, s source.Span) (source.Span, bool) {
	switch {
	case file != r.Path || s.End <= r.Span.Start && !r.Gone:
		return s, true
	case r.Gone:
		return s, false
	case s.Start >= r.Span.End:
		by := int32(len(r.New)) - int32(r.Span.Len())
		return source.Span{Start: s.Start + by, End: s.End + by}, true
	case s.Start <= r.Span.Start && s.End >= r.Span.End: // around it
		return source.Span{Start: s.Start, End: s.End + int32(len(r.New)) - int32(r.Span.Len())}, true
	}
	return s, false
}

// absent is the package that is not there.
const absent = `require('absent-package')`

// Of returns what can be taken away from the files of p, in order of path and offset.
func Of(p *project.Program, files map[string]string) []Removal {
	t := &taker{files: files, found: map[string]bool{}}
	for _, m := range p.Modules {
		t.module(m)
	}
	for _, v := range p.Views {
		t.file(v.File)
		t.named(v.File, viewSource)
	}
	for _, u := range p.Units {
		t.unit(u)
	}
	slices.SortFunc(t.all, func(a, b Removal) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Kind, b.Kind))
	})
	return t.all
}

// taker gathers what can be taken away.
type taker struct {
	files map[string]string
	found map[string]bool // by Removal.String
	all   []Removal
}

func (t *taker) add(r Removal) {
	if !t.found[r.String()] {
		t.found[r.String()] = true
		t.all = append(t.all, r)
	}
}

// readable reports whether the spans of f are those of the stored file: an encoding other
// than UTF-8 moves them.
func (t *taker) readable(f *source.File) bool { return f != nil && t.files[f.Path] == f.Text }

// file takes the whole file away. Without what names the pages there is no program.
func (t *taker) file(f *source.File) {
	if f == nil || strings.HasPrefix(path.Base(f.Path), "app.") && path.Ext(f.Path) != ".js" {
		return
	}
	if _, ok := t.files[f.Path]; ok {
		t.add(Removal{Kind: File, Path: f.Path, Gone: true})
	}
}

func (t *taker) unit(u *project.Unit) {
	if u.Kind != project.AppUnit {
		t.file(u.ConfigFile)
	}
	if !t.readable(u.ConfigFile) {
		return
	}
	for _, using := range u.Components {
		if at := strings.Index(u.ConfigFile.Text, `"`+using.Value+`"`); at >= 0 && using.Value != "" {
			t.rename(u.ConfigFile.Path, source.Span{Start: int32(at + 1), End: int32(at + 1 + len(using.Value))})
		}
	}
}

// viewSource is the file that an element of a template names.
var viewSource = regexp.MustCompile(`<(?:import|include|wxs)\b[^>]*?\bsrc="([^"]+)"`)

func (t *taker) named(f *source.File, names *regexp.Regexp) {
	if !t.readable(f) {
		return
	}
	for _, at := range names.FindAllStringSubmatchIndex(f.Text, -1) {
		t.rename(f.Path, source.Span{Start: int32(at[2]), End: int32(at[3])})
	}
}

// rename makes the name of a file at s lead nowhere.
func (t *taker) rename(file string, s source.Span) {
	name := t.files[file][s.Start:s.End]
	t.add(Removal{Kind: Import, Path: file, Span: s, New: nowhere(name)})
}

// nowhere is a name like this one that leads nowhere. A package gets another beginning:
// by its own, pinia-…, it may belong to a family of libraries that is known.
func nowhere(name string) string {
	if begins := name[:1]; begins >= "a" && begins <= "z" && !strings.Contains(name, "/") && path.Ext(name) == "" {
		return "absent-" + name
	}
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-absent" + ext
}

// module takes from one script.
func (t *taker) module(m *project.Module) {
	t.file(m.File)
	if m.Tree == nil || m.Library != "" || !t.readable(m.File) || len(m.Tree.Body()) == 0 {
		return
	}
	for _, i := range m.Imports {
		s := i.Span
		if text := m.File.Slice(s); text != "" && strings.ContainsAny(text[:1], "'\"`") {
			s.Start, s.End = s.Start+1, s.End-1
		}
		if s.Len() > 0 {
			t.rename(m.File.Path, s)
		}
	}
	first := m.Tree.Body()[0].Range().Start
	t.add(Removal{Kind: Script, Path: m.File.Path, Span: source.Span{Start: first, End: first}, New: "const broken = {[(\n"})
	if m.WXS {
		return // WXS has no packages
	}
	script.Walk(m.Tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Function:
			t.function(m, n)
		case *script.Call:
			t.callee(m, n)
		case script.Stmt:
			t.statement(m, n)
		}
		return true
	})
}

// function makes a function pass all that it uses to the absent package:
//
//	send(form) { post('/order', form, this.token) }
//	send(form) { return require('absent-package')(this, form) }
func (t *taker) function(m *project.Module, f *script.Function) {
	inside := map[*script.Scope]bool{}
	args := []string{"this"}
	var body script.Node = f.Result
	if f.Body != nil {
		body = f.Body
	}
	if body == nil {
		return
	}
	for _, p := range f.Params {
		script.Walk(p, func(n script.Node) bool {
			if id, ok := n.(*script.Ident); ok && id.Symbol != nil && id.Symbol.Scope == f.Scope && !slices.Contains(args, id.Name) {
				args = append(args, id.Name)
			}
			return true
		})
	}
	inside[f.Scope] = true
	script.Walk(body, func(n script.Node) bool {
		id, ok := n.(*script.Ident)
		if !ok || slices.Contains(args, id.Name) {
			return true
		}
		outside := id.Symbol != nil && !within(id.Symbol.Scope, f.Scope) && holds(id.Symbol)
		if outside || id.Symbol == nil && id.Name == "arguments" {
			args = append(args, id.Name)
		}
		return true
	})
	call := absent + "(" + strings.Join(args, ", ") + ")"
	if f.Body != nil {
		call = "{ return " + call + " }"
	}
	t.add(Removal{Kind: Function, Path: m.File.Path, Span: body.Range(), New: call, Code: f.Span})
}

// within reports whether s is scope or one inside it.
func within(s, scope *script.Scope) bool {
	for ; s != nil; s = s.Parent {
		if s == scope {
			return true
		}
	}
	return false
}

// holds reports whether s can hold a value that was collected: as a variable, or as a
// function inside another, which can name the variables of that.
func holds(s *script.Symbol) bool {
	switch s.Kind {
	case script.VarSymbol, script.LetSymbol, script.ConstSymbol, script.ParamSymbol, script.CatchSymbol:
		return true
	case script.FunctionSymbol:
		for scope := s.Scope; scope != nil; scope = scope.Parent {
			if scope.Function && scope.Parent != nil {
				return true
			}
		}
	}
	return false
}

// callee makes a call one of the absent package. The object of a method is passed:
//
//	form.submit(name)
//	require('absent-package').submit(form, name)
func (t *taker) callee(m *project.Module, c *script.Call) {
	fn, arg := absent, ""
	switch f := c.Fn.(type) {
	case *script.Ident:
		if f.Name == "require" {
			return
		}
		if f.Symbol != nil && holds(f.Symbol) {
			arg = f.Name
		}
	case *script.Dot:
		id, ok := f.X.(*script.Ident)
		if _, super := f.X.(*script.Super); super || strings.HasPrefix(f.Name, "#") {
			return
		}
		if !ok || id.Symbol != nil && holds(id.Symbol) {
			arg = m.File.Slice(f.X.Range())
		}
		fn += "." + f.Name
	default:
		return
	}
	open := c.Fn.Range().End
	at := strings.IndexByte(m.File.Text[open:c.Range().End], '(')
	if at < 0 {
		return
	}
	if arg != "" && len(c.Args) > 0 {
		arg += ", "
	}
	t.add(Removal{
		Kind: Callee, Path: m.File.Path, New: fn + "(" + arg, Code: c.Span,
		Span: source.Span{Start: c.Fn.Range().Start, End: open + int32(at) + 1},
	})
}

// statement makes a statement one that does not parse.
func (t *taker) statement(m *project.Module, s script.Stmt) {
	switch s.(type) {
	case *script.Block, *script.Empty, *script.Import:
		return
	}
	at := s.Range().Start
	t.add(Removal{Kind: Statement, Path: m.File.Path, Span: source.Span{Start: at, End: at}, New: "%% ", Code: s.Range()})
}
