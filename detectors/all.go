// Package detectors judges what a program collects: it reads the facts of a flow
// analysis and reports findings. All lists them; the word lists and the platform's
// facts are data.
//
// Detectors see names, labels and flows, never a server: what a backend does with
// a datum, and what it sends for labels, they cannot know.
package detectors

import (
	"github.com/beian/beian/analyzer/detect"
)

// All returns every detector, in the order in which they run: those of what is
// collected, then those that judge how the program goes about it, then hints from
// the script alone and personal data in the source.
func All() []*detect.Detector { return append(Collection(), Config, Sinks, Inferred, Hardcoded) }

// Collection returns the detectors of what is collected. They alone decide on the
// verdict.
func Collection() []*detect.Detector { return []*detect.Detector{Fields, Buttons, APIs} }
