package flow

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/source"
)

// Dump writes r as text for those who work on the engine: every control and
// every call of a platform API in the files for which include holds, and under it
// what became of its value: the names it was given, the checks it was put to, and
// each flow station by station. The first error of w is returned.
func (r *Result) Dump(w io.Writer, include func(path string) bool) error {
	var d dumper
	for _, c := range r.Controls {
		if include(c.View.File.Path) {
			d.control(c)
		}
	}
	for _, c := range r.Calls {
		if include(c.Location.File.Path) {
			d.call(c)
		}
	}
	for _, l := range r.Limits {
		var on []string
		if l.Page != nil && l.Page != l.Unit {
			on = append(on, "page "+l.Page.Path)
		}
		d.line(0, "limit %s %s%s", l.What, l.Path(), listed(on))
	}
	_, err := io.WriteString(w, d.out.String())
	return err
}

type dumper struct {
	out strings.Builder
}

func (d *dumper) line(depth int, format string, args ...any) {
	d.out.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&d.out, format+"\n", args...)
}

func (d *dumper) control(c *Control) {
	var flags []string
	if !c.Rendered {
		flags = append(flags, "not rendered")
	}
	if c.Page != nil {
		flags = append(flags, "page "+c.Page.Path)
	}
	for _, h := range c.Hosts {
		flags = append(flags, "in "+spotOf(source.Location{File: h.View.File, Span: h.Element.Open}))
	}
	d.line(0, "control <%s> %s%s", c.Element.Tag, spotOf(source.Location{File: c.View.File, Span: c.Element.Open}), listed(flags))
	for _, h := range c.Handlers {
		where := "not found"
		if h.Found {
			where = spotOf(h.Func)
		}
		d.line(1, "handler %s %s: %s", h.Event, h.Name, where)
	}
	for _, m := range c.Models {
		d.line(1, "model %s", m)
	}
	if len(c.handed) == 0 {
		d.uses(&c.Uses, 1)
	}
	for _, p := range c.parts() {
		d.line(1, "open-type %s .%s", p.openType, p.path)
		d.uses(c.handed[p], 2)
	}
}

func (d *dumper) call(c *Call) {
	var flags []string
	if !c.Reached {
		flags = append(flags, "not reached")
	}
	if c.Unit != nil {
		flags = append(flags, "on behalf of "+c.Unit.Path)
	}
	d.line(0, "call %s %s%s", c.API, spotOf(c.Location), listed(flags))
	var paths []string
	for path := range c.Results {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		d.line(1, "result .%s", path)
		d.uses(c.Results[path], 2)
	}
}

func (d *dumper) uses(u *Uses, depth int) {
	if !u.Read {
		d.line(depth, "never read")
	}
	for _, k := range u.Keys {
		d.line(depth, "key %s %s %s", k.Kind, k.Name, spotOf(k.Location))
	}
	for _, t := range u.Tests {
		how := fmt.Sprintf("length %d", t.Length)
		if t.Regexp != nil {
			how = "/" + t.Regexp.Pattern + "/" + t.Regexp.Flags
		} else if t.Length == 0 {
			how = "call"
		}
		if t.Call != "" {
			how += " in " + t.Call
		}
		d.line(depth, "test %s %s", how, spotOf(t.Location))
	}
	for _, l := range u.Lost {
		d.line(depth, "lost %s %s: %s", l.What, spotOf(l.Location), l.Text.EN)
	}
	for _, f := range u.Flows {
		to := f.Sink.API
		if f.Sink.Host != "" {
			to += " to " + f.Sink.Host
		}
		d.line(depth, "flow %s %s %s", f.Sink.Kind, to, spotOf(f.Sink.Location))
		for _, s := range f.Steps {
			d.line(depth+1, "%s %s", spotOf(s.Location), s.Message.EN)
		}
	}
}

func listed(flags []string) string {
	if len(flags) == 0 {
		return ""
	}
	return " (" + strings.Join(flags, ", ") + ")"
}

// spotOf is path:line:column, the column in UTF-16 units.
func spotOf(l source.Location) string { return cmp.Or(l.Link(), "-") }

// DumpCosts writes what the run of r cost, for those who work on the engine: the functions
// of the files for which include holds, the costliest first. The first error of w is returned.
func (r *Result) DumpCosts(w io.Writer, include func(path string) bool) error {
	var d dumper
	all := 0
	for _, c := range r.Costs {
		all += c.Work
	}
	d.line(0, "%d units of work", all)
	e := r.Entries
	d.line(0, "%9d units %6d entry points", e.WorkFirst, e.First)
	d.line(0, "%9d units %6d further runs of them, because something that they read had got another possibility", e.WorkAgain, e.Again)
	for _, c := range r.Costs {
		if !include(c.path()) {
			continue
		}
		d.line(0, "%9d units %6d runs %5d cut  %s %s", c.Work, c.Runs, c.Cut, spotOf(c.Function), c.Name)
	}
	_, err := io.WriteString(w, d.out.String())
	return err
}
