package flow

import (
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/platform"
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
	callee := strings.ReplaceAll(strings.Join(strings.Fields(at.Text()), ""), "?.", ".")
	callee, _, _ = strings.Cut(callee, "(")
	for _, s := range m.api.sinks {
		if callee != s.Name && !strings.HasSuffix(callee, "."+s.Name) {
			continue
		}
		paths := []string{"*"}
		if len(s.Args) > 0 {
			paths = nil
			for _, i := range s.Args {
				paths = append(paths, strconv.Itoa(i))
			}
		}
		m.sink(&platform.API{Name: s.Name, Sink: &platform.Sink{Kind: s.Kind, Paths: paths}}, &Object{traits: &traits{path: s.Name}},
			args, at)
		return
	}
}
