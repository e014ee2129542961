// Package detect runs detectors over an analyzed program. A detector is a
// value: its rules and a function. It sees one Pass, reports findings through
// it, and keeps no state between runs.
package detect

import (
	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// Detector finds one kind of thing.
type Detector struct {
	Name  string // a noun, the first part of its rules' identifiers
	Rules []*finding.Rule
	Run   func(*Pass) error // an error means that the detector could not do its work
}

// Pass is all that a detector sees.
type Pass struct {
	Program  *project.Program
	Flow     *flow.Result
	Controls *control.Reader   // what the form controls ask for
	Found    []finding.Finding // by the detectors that ran before this one; not to be changed
	Report   func(finding.Finding)
}
