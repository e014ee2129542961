// Package finding defines what detectors report: rules (metadata), findings,
// their evidence and flows. It holds data only; detectors and package verdict
// judge, and package report writes.
package finding

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/source"
)

// Kind is how a datum is collected.
type Kind string

// The kinds of finding.
const (
	KindField     Kind = "field"     // a form control that a person types or picks in
	KindAPI       Kind = "api"       // a platform call or open-type button
	KindOCR       Kind = "ocr"       // read from a picture
	KindInferred  Kind = "inferred"  // from script alone, no control found
	KindConfig    Kind = "config"    // in a configuration file
	KindHardcoded Kind = "hardcoded" // a literal in the source
	KindSink      Kind = "sink"      // a place where data leaves
)

// Confidence is how sure a finding is. The zero value is invalid.
type Confidence uint8

// Low: worth a look. Medium: right more often than not, counts for the verdict.
// High: a reviewer would agree.
const (
	Low Confidence = iota + 1
	Medium
	High
)

var confidenceNames = [...]string{"invalid", "low", "medium", "high"}

// String returns the name that reports for programs and flags use.
func (c Confidence) String() string { return confidenceNames[min(int(c), 3)] }

// ParseConfidence is the inverse of String.
func ParseConfidence(s string) (Confidence, bool) {
	for c := Low; c <= High; c++ {
		if c.String() == s {
			return c, true
		}
	}
	return 0, false
}

// Rule is the metadata of one kind of finding. Documentation, `beian explain`
// and the rules of SARIF are generated from it.
type Rule struct {
	ID         string // such as "field/phone"; reads well after "allow"
	Kind       Kind
	Category   Category  // empty if the rule has several
	Title      lang.Text // a noun phrase
	Summary    lang.Text // what it finds, one or two sentences
	Why        lang.Text // why it matters
	Bad, Good  string    // an example that is reported, a near miss that is not
	Mend       lang.Text // what to do
	Limits     lang.Text // what it cannot see
	References []law.Citation
	Since      string   // first version that had the rule
	Exposure   Exposure // what its findings say about the place that data goes to, or ""
}

// Exposure is what findings of a rule say about a place that data goes to. The
// verdict derives duties from it.
type Exposure string

// The exposures.
const (
	ToThirdParty Exposure = "third-party" // the subject of the finding, a host or an interface, is somebody else's
	Unencrypted  Exposure = "unencrypted" // the way to the subject, a host, has no TLS
)

// Finding is one collection point, or one other thing worth telling.
type Finding struct {
	Rule        *Rule
	Category    Category
	Kind        Kind
	Severity    Severity // of a problem; none for what is collected
	Confidence  Confidence
	Reachable   bool       // can a registered page reach it?
	Hidden      *Decision  // why no state of the program shows it; nil if one may
	Platforms   []string   // names of those it is there on, if the sources are read for others as well; nil for all
	Unread      bool       // a control, and nothing in the program can read what is entered there
	OnlyIf      *Decision  // what must come from outside of the program for it to be shown; nil if nothing must
	Acceptance  Acceptance // what a person said about it; zero if nobody did
	Message     lang.Text
	Overall     Overall         // of a finding about everything that the program collects; else zero
	Subject     string          // its name in the program, such as "手机号"; may be empty
	Page        string          // route of the page it belongs to, or ""
	Pages       []string        // routes of all pages on which it is there, in order, if there are several; Page is one of them
	PrivacyKey  string          // key in the platform's privacy guide, or ""
	Library     string          // third-party library it is attributed to, or ""
	Location    source.Location // the start tag, or the call's callee
	Evidence    []Evidence
	Flows       []Flow
	Destination Destination // where its value goes, as far as known
	Bounded     bool        // a limit of the flow engine was hit: flows may be missing
	Fingerprint string
}

// Decision says what decides whether a control is shown.
type Decision struct {
	Reason   lang.Text
	Location source.Location // what decides
}

// Evidence is one reason to believe a finding.
type Evidence struct {
	What     string // label, placeholder, type, name, binding, handler, validator, payload …
	Text     string
	Location source.Location
}

// SinkKind is where a value goes.
type SinkKind string

// The kinds of sink.
const (
	Network    SinkKind = "network"
	Cloud      SinkKind = "cloud"
	Storage    SinkKind = "storage"
	Log        SinkKind = "log"
	ThirdParty SinkKind = "third-party"
	Clip       SinkKind = "clipboard"
	Navigation SinkKind = "navigation"
)

// Flow is one path of a value from its source to a sink.
type Flow struct {
	Sink  Sink
	Steps []Step // in order, from the source to the sink, both included
}

// Sink is the platform call a value reaches.
type Sink struct {
	Kind     SinkKind
	API      string // such as wx.request
	Host     string // destination, "" if unknown
	Library  string // package that sends it to an address of its own, "" if the program gives one
	Location source.Location
	Reason   HostReason // why the host of a network sink is not known, or may be another one; complete after detect.Run
}

// Step is one station of a flow.
type Step struct {
	Message  lang.Text
	Location source.Location
}
