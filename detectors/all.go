// Package detectors judges what a program collects: it reads the facts of a flow
// analysis and reports findings. See All for the list. Word lists and platform
// facts are data files.
//
// Detectors see names, labels and flows, but never a server: they cannot know what
// a backend does with a datum, or which labels it sends.
package detectors

import (
	"github.com/beian/beian/analyzer/detect"
)

// All returns every detector, in the order in which they run: those that find
// what is collected, then those that judge how the program does it, then hints
// from scripts alone and personal data in the source.
func All() []*detect.Detector { return append(Collection(), Config, Sinks, Inferred, Hardcoded) }

// Collection returns the detectors that find what is collected. Only they decide
// the verdict.
func Collection() []*detect.Detector { return []*detect.Detector{Fields, Buttons, APIs} }
