package flow

import (
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Sink is a function of the program that sends or keeps what it is given.
type Sink struct {
	Name string // how it is called: "api.post"; this.api.post is the same
	Kind finding.SinkKind
	Args []int // arguments that carry data, from 0; empty for all
}

// ownSink notes the data that reach a call of a function that the project has
// named as a sink. The function is entered all the same.
func (m *machine) ownSink(f *frame, in *ir.Instr, args []*Value) {
	at := f.location(in.Span)
	s := m.ownSinkAt(at)
	if s == nil {
		return
	}
	paths := []string{"*"}
	if len(s.Args) > 0 {
		paths = nil
		for _, i := range s.Args {
			paths = append(paths, strconv.Itoa(i))
		}
	}
	api := &platform.API{Name: s.Name, Sink: &platform.Sink{Kind: s.Kind, Paths: paths}}
	m.sink(api, &Object{items: noItems, traits: &traits{path: s.Name}}, args, at)
}

// ownSinkAt returns the function named as a sink that is called at a place, or nil.
func (m *machine) ownSinkAt(at source.Location) *Sink {
	if len(m.api.sinks) == 0 {
		return nil
	}
	callee, _, _ := strings.Cut(at.Text(), "(")
	callee = strings.ReplaceAll(strings.Join(strings.Fields(callee), ""), "?.", ".")
	for i := range m.api.sinks {
		if s := &m.api.sinks[i]; callee == s.Name || strings.HasSuffix(callee, "."+s.Name) {
			return s
		}
	}
	return nil
}
