package analyzer

import (
	"context"
	"slices"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// The sources of a framework may be others on each platform that they are built for
// (project.Program.Variants). Each variant is analyzed by itself. The findings of all are
// joined; one that is not there on all of them says on which it is.

// variant is what is known of a program on another platform.
type variant struct {
	program *project.Program
	values  *flow.Result
}

// runVariants adds what the program does on other platforms.
func (a *Analysis) runVariants(ctx context.Context, o Options) error {
	p := a.Program
	if len(p.Variants) == 0 {
		return nil
	}
	as := alike(p)
	all := detect.On(a.Findings, as[p])
	for _, v := range p.Variants {
		values, found, err := a.follow(ctx, v, o)
		if err != nil {
			return err
		}
		a.variants = append(a.variants, variant{v, values})
		all = append(all, detect.On(found, as[v])...)
	}
	a.Findings = detect.Arrange(all, p.Within)
	for i := range a.Findings {
		f := &a.Findings[i]
		if len(f.Platforms) == len(p.Platforms) {
			f.Platforms = nil
		}
	}
	a.Unread = once(a.Unread)
	return nil
}

// alike are the platforms for which each reading of the sources stands: its own and, for
// the first, those on which the sources are no others.
func alike(p *project.Program) map[*project.Program][]string {
	out := map[*project.Program][]string{}
	var apart []string
	for _, v := range p.Variants {
		out[v] = []string{v.Platform}
		apart = append(apart, v.Platform)
	}
	for _, name := range p.Platforms {
		if !slices.Contains(apart, name) {
			out[p] = append(out[p], name)
		}
	}
	return out
}

// once drops what was told before.
func once(list []project.Unread) (out []project.Unread) {
	for _, u := range list {
		if !slices.ContainsFunc(out, func(o project.Unread) bool {
			return o.Path == u.Path && o.Reason == u.Reason && o.Location.Span == u.Location.Span
		}) {
			out = append(out, u)
		}
	}
	return out
}
