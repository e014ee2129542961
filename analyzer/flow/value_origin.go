package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// origin is one collected datum: the value of a control, or a part of the
// result of an API. All values that hold it point here.
type origin struct {
	id      int
	uses    *Uses
	start   finding.Step
	picks   bool     // of a picker: its value is an index into what it offers
	picture bool     // a picture that a person chose or took
	beside  []string // names of parts that only tell of it: the size of a picture
	fields  bool     // the names of its parts tell what it is: noted as keys of kind "field"
	of      *partOf  // of a part of an answer, or of the whole of one, the parts of which are data of their own
	flows   map[flowKey]bool
	tests   map[testKey]bool
	losing  int32 // the last run that lost it (lost.run), and in how many ways
	losses  int
}

type flowKey struct {
	location source.Location
	kind     finding.SinkKind
	host     string
}

type testKey struct {
	location source.Location
	length   int
}

// lossKey identifies a way in which a datum was lost.
type lossKey struct {
	origin   *origin
	location source.Location
	what     finding.LossKind
}

// loss is one way in which a datum was lost.
type loss struct {
	order  int   // of its discovery
	claims int   // entry points in whose last run it was lost so
	run    int32 // the last of these (lost.run)
	text   finding.Loss
}

// lost is what the last run of an entry point lost. Marks on the losses and on the data tell
// what is listed: a form of a hundred fields has thousands of losses, in each of its entry
// points.
type lost struct {
	run  int32 // its number among the runs that lost something; 0 for none
	ways []*loss
}

// lostBy returns in how many ways the run with this number has lost o.
func (o *origin) lostBy(run int32) *int {
	if o.losing != run {
		o.losing, o.losses = run, 0
	}
	return &o.losses
}

// maxLost bounds how many losses of a datum are kept; more say nothing new. In a form of a
// thousand fields in one object, each of which a kit that is not there gets, all are lost a
// thousand times.
var maxLost = 16

// trail is the path of a datum so far, latest station first.
type trail struct {
	prev   *trail
	step   finding.Step
	n      int
	digest bool    // from here on it is a digest of the datum
	answer *answer // from here on it is in an answer that may hold something else
}

// hashed reports whether what came this way is a digest of the datum.
func (t *trail) hashed() bool { return t != nil && t.digest }

// maxTrail bounds the number of stations kept of a path.
var maxTrail = 24

// maxKeys bounds the names kept for a datum; more say nothing new.
var maxKeys = 64

func (o *origin) test(t Test) {
	o.uses.Read = true
	if isModel(t.Location.File) {
		return
	}
	k := testKey{t.Location, t.Length}
	if o.tests[k] || len(o.tests) >= maxKeys {
		return
	}
	if o.tests == nil {
		o.tests = map[testKey]bool{}
	}
	o.tests[k] = true
	o.uses.Tests = append(o.uses.Tests, t)
}

// last is the place of the latest station of t.
func (t taint) last() source.Location {
	if t.trail != nil {
		return t.trail.step.Location
	}
	return t.origin.start.Location
}

// value returns the datum itself, at the start of its way.
func (o *origin) value() *Value {
	return taintOnly([]taint{{origin: o}})
}

// note adds a station to the way of the data that v is.
func note(v *Value, message lang.Text, at source.Location) *Value {
	if v == nil || len(v.taints()) == 0 || at.IsZero() {
		return v
	}
	out := *v
	out.data = &data{taints: make([]taint, len(v.taints())), about: v.about()}
	for i, t := range v.taints() {
		n, digest, in := 0, t.trail.hashed(), t.trail.answered()
		if t.trail != nil {
			n = t.trail.n
		}
		if n < maxTrail && (t.trail == nil || t.trail.step.Location != at) {
			t.trail = &trail{prev: t.trail, step: finding.Step{Message: message, Location: at}, n: n + 1, digest: digest, answer: in}
		}
		out.data.taints[i] = t
	}
	return &out
}

// steps returns the stations of t from its source on.
func (t taint) steps() []finding.Step {
	var out []finding.Step
	for s := t.trail; s != nil; s = s.prev {
		out = append(out, s.step)
	}
	out = append(out, t.origin.start)
	slices.Reverse(out)
	return out
}

// modelPrefix marks the files of models, which no report shows.
const modelPrefix = "\x00model/"

func isModel(f *source.File) bool { return f != nil && strings.HasPrefix(f.Path, modelPrefix) }
