// Package control reads form controls: what they ask a person to enter. It takes
// the controls of an analyzed program and gives a Reading of each, with the
// evidence and what it amounts to.
//
// The steps: gather.go collects the texts at the control and around it
// (surroundings.go, language.go), the names in the code (names.go) and the checks
// of its value (patterns.go, formrules.go). label.go and identifier.go read each
// of these with the word list, lexicon.txt. reconcile.go settles contradictions,
// score.go weighs the rest.
//
// Limits: it sees words and shapes. It cannot know the labels that a
// server sends, or what a picture shows.
package control

import (
	"slices"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Reader reads the controls of one program. It is not for several goroutines at
// once.
type Reader struct {
	program  *project.Program
	controls []*flow.Control
	language language // texts of the program's own language tables
	patterns *patterns
	rules    map[*project.Module][]FormRule
	said     map[*project.Module][]FormRule // what scripts say of fields that are empty or wrong
	refused  map[*project.Module][]refusal  // what scripts say where checks fail
	edits    map[*project.Module][]FormRule // where scripts put the value of a field, by what a text says
	known    map[*flow.Control]*Reading
	failed   map[*flow.Control]*bug.Error // controls that could not be read

	conditions conditions
}

// NewReader returns the reader of a program with these controls.
func NewReader(p *project.Program, controls []*flow.Control) *Reader {
	return &Reader{
		program: p, controls: controls, language: languageOf(p), patterns: newPatterns(),
		rules: map[*project.Module][]FormRule{}, said: map[*project.Module][]FormRule{},
		refused: map[*project.Module][]refusal{}, edits: map[*project.Module][]FormRule{}, known: map[*flow.Control]*Reading{},
		failed: map[*flow.Control]*bug.Error{}, conditions: newConditions(),
	}
}

// Clue is one piece of evidence.
type Clue struct {
	What  string // as in finding.Evidence
	Text  string
	At    source.Location
	sense Sense // what the text says
	over  bool  // a label that is above more than the control (Place.over)
}

// Reading is all that is known about a control, without any reference to trees:
// Judge looks at nothing else.
type Reading struct {
	Control    *flow.Control // nil for a box that a call shows
	role       platform.Role
	labels     clueList // from the control outwards
	hints      clueList // placeholders
	names      clueList // labels at the control
	keys       clueList // under which the script stores or sends its value
	handlers   clueList
	titles     clueList
	kind       Clue     // its type attribute
	region     bool     // a picker of regions
	maxlength  int      // 0 if none is given
	validators clueList // the signs of each are what it accepts
	demands    clueList // the same, by the form's rules for this control
	lengths    []int    // that its value is compared with
	taken      bool     // the program can receive its value
	searches   bool     // the program looks up its value
	queried    bool     // a button 查询 is beside it
	filters    bool     // it is one of several conditions of a list
	counts     bool     // it takes how many, or how much, there is of something, or is in a list of things that a button calls by name
	worded     bool     // a label is a word in Latin letters, or the key of a text that is not known is of an account
	abroad     bool     // a text is in a language that the lexicon does not have
	beside     bool     // the same form asks for a phone or address
	identified bool     // the same form asks for an ID number
	ofPet      bool     // the same form asks for what only animals have
	ofPerson   bool     // of a form for a person: 性别 and a phone number or the like, and nothing that animals have
	unheard    bool     // some text at it is not known: a server sends it
	computed   bool     // data give some text at it
	literal    bool     // a text of its own, written out, says what it asks for
	spoken     bool     // a text of its own, written out, asks for a message, or the key of its keyboard sends one
	hinted     bool     // it has a placeholder, of whatever text
	turned     bool     // some text at it has a mark that turns the direction of writing
	pictured   bool     // a picture is beside it
	alone      bool     // the form has no other control for text
	masked     bool     // it hides what is entered
	forThing   bool     // the page is for a thing that people name (添加宠物)
}

// Labels are the texts that label the control, from the control outwards.
func (e *Reading) Labels() []Clue { return e.labels }

// Hints are its placeholders.
func (e *Reading) Hints() []Clue { return e.hints }

// Texts are what a person reads at the control: labels, then placeholders.
func (e *Reading) Texts() []Clue { return join(e.labels, e.hints) }

// Taken reports whether the program can receive what is entered.
func (e *Reading) Taken() bool { return e.taken }

// Silent reports whether nothing in sight says what the control, which takes text, asks
// for, or nothing that must stay so.
func (e *Reading) Silent() bool {
	if !e.undecided() {
		return false
	}
	templates := []*source.File{e.Control.View.File}
	for _, h := range e.Control.Hosts {
		templates = append(templates, h.View.File)
	}
	elsewhere := func(c Clue) bool { return c.At.File != nil && !slices.Contains(templates, c.At.File) }
	if e.Control.Stranger != "" && slices.ContainsFunc(e.Texts(), elsewhere) {
		return true // a script gives the text, which missing code may change
	}
	if e.worded || e.counts || e.spoken || e.literal {
		return false
	}
	said := slices.Concat(e.labels, e.hints, e.names, e.validators)
	return !slices.ContainsFunc(said, func(c Clue) bool { return !c.sense.generic() })
}

// Unheard reports whether what the control asks for stands in a text that is not known, and
// nothing else says it.
func (e *Reading) Unheard() bool { return e.unheard && !e.spoken && e.Silent() }

// Varies reports whether data give what the control, which takes text, is called, and what
// is known of them asks for nothing that is collected: other data may. They do not if a text of
// its own says what it asks for, whatever they show around it.
func (e *Reading) Varies() bool { return e.computed && !e.literal && !e.counts && e.undecided() }

// Turned reports whether a mark of direction decides in what order a person sees a text of the
// control, which takes text, and nothing that it is known to ask for is collected.
func (e *Reading) Turned() bool { return e.turned && e.undecided() }

// Pictured reports whether a picture beside the control may say what it asks for, and nothing
// else says it. The program receives what is entered. A box for several lines is for prose, and
// one for numbers with a decimal point (type="digit" of the platforms) for amounts.
func (e *Reading) Pictured() bool {
	return e.pictured && e.taken && e.role == platform.Input && e.kind.Text != "digit" && e.Silent()
}

// undecided reports whether the control takes text and nothing that it is known to ask for
// is collected.
func (e *Reading) undecided() bool {
	typed := (e.role == platform.Input || e.role == platform.Textarea) && e.kind.Text != "select" // uView: a list opens
	return typed && !e.vetoed() && len(e.Judge()) == 0
}

// Judgement is what a control collects, by the evidence.
type Judgement struct {
	Category   finding.Category
	Confidence finding.Confidence
	Subject    string // what the program calls it
	Clues      []Clue // that speak for it, the best first
	points     int
}

// Readings reads all controls, and settles contradictions between their texts. A
// control that is no place to enter something has no reading.
func (r *Reader) Readings() []*Reading {
	var all []*Reading
	// Each control is first read by itself, for the sake of those called name: a
	// name beside a phone number is a person's.
	forms := map[group]*asked{}
	for _, c := range r.controls {
		failed := bug.Catch(func() {
			if e := r.settled(c); e != nil {
				if forms[groupOf(c)] == nil {
					forms[groupOf(c)] = &asked{}
				}
				forms[groupOf(c)].add(e)
				all = append(all, e)
			}
		})
		if failed != nil {
			r.failed[c] = failed
		}
	}
	shared, mixed := sharedChecks(all), mixedKeys(all)
	for _, e := range all {
		f := forms[groupOf(e.Control)]
		e.identified, e.ofPet, e.beside, e.alone = f.identified, f.ofPet, f.beside, f.inputs == 1
		e.ofPerson = f.ofPerson && f.beside && !f.ofPet
		if !e.pasted() {
			e.keys = slices.DeleteFunc(slices.Clone(e.keys), func(k Clue) bool { return mixed[keyOf(k)] })
		}
		e.validators = slices.DeleteFunc(slices.Clone(e.validators), func(v Clue) bool { return shared[v.At] && !agrees(v, e.Texts()) })
	}
	return all
}

// sharedChecks are the checks that also get the value of a control which asks for something
// else: which of them a control gets is decided by names, or by what is stored, and a check of
// phone numbers that gets a person's name as well says nothing of any control.
func sharedChecks(all []*Reading) map[source.Location]bool {
	shared := map[source.Location]bool{}
	for _, e := range all {
		texts := e.Texts()
		if !nameCategory(texts) {
			continue
		}
		for _, v := range e.validators {
			shared[v.At] = shared[v.At] || !agrees(v, texts)
		}
	}
	return shared
}

// key is a name under which a script stores or sends values, at one place.
type key struct {
	name string
	at   source.Location
}

func keyOf(c Clue) key { return key{c.Text, c.At} }

// manyControls are as many controls of one form as do not all go under one key unless the script mixes them.
const manyControls = 3

// mixedKeys are the keys that get the values of several controls of a form because the script copies them
// by names that are not known (for (k in form) out[k] = form[k]): a control asks for something else than
// the key says, or manyControls with names of their own go there.
func mixedKeys(all []*Reading) map[key]bool {
	mixed := map[key]bool{}
	type use struct {
		key
		group
	}
	takes := map[use]map[string]bool{}
	for _, e := range all {
		if e.pasted() {
			continue
		}
		texts := e.Texts()
		speaks := nameCategory(texts)
		own := ""
		if len(e.names) > 0 {
			own = e.names[0].Text
		}
		for _, k := range e.keys {
			if !tells(k) {
				continue
			}
			mixed[keyOf(k)] = mixed[keyOf(k)] || speaks && !agrees(k, texts)
			u := use{keyOf(k), groupOf(e.Control)}
			if takes[u] == nil {
				takes[u] = map[string]bool{}
			}
			takes[u][own] = true
			mixed[u.key] = mixed[u.key] || len(takes[u]) >= manyControls
		}
	}
	return mixed
}

// nameCategory reports whether some text names a category by more than a person's part.
func nameCategory(texts []Clue) bool {
	return slices.ContainsFunc(texts, func(t Clue) bool { return tells(t) && !byPart(t) })
}

// byPart reports whether a text names a person's part, and nothing else: 收件人.
func byPart(t Clue) bool {
	for _, s := range t.sense.signs {
		if !s.role {
			return false
		}
	}
	return true
}

// agrees reports whether some text names a category that c speaks of.
func agrees(c Clue, texts []Clue) bool {
	return slices.ContainsFunc(texts, func(t Clue) bool { return agree(c, t) })
}

// settled reads c, and settles what its texts say against each other; nil if it is no place to enter something.
func (r *Reader) settled(c *flow.Control) *Reading {
	raw := r.Read(c)
	if raw == nil {
		return nil
	}
	settled := *raw
	settled.reconcile()
	return &settled
}

// asked is what the controls of a group ask for together.
type asked struct {
	beside     bool // a phone number or address, so that a name beside it is a person's
	identified bool // an ID number, in words
	ofPet      bool // what only animals have
	ofPerson   bool // what only persons and animals have: 性别
	inputs     int  // controls for text
}

// add adds a control, as it is read by itself.
func (f *asked) add(e *Reading) {
	said := func(k Clue) bool { return k.spoken() && strong(finding.IDCard)(k) }
	for _, j := range e.Judge() {
		f.beside = f.beside || j.Confidence > finding.Low && personal[j.Category]
		f.identified = f.identified || j.Category == finding.IDCard && slices.ContainsFunc(j.Clues, said)
	}
	f.ofPet = f.ofPet || e.asksOfPet()
	f.ofPerson = f.ofPerson || slices.ContainsFunc(e.Texts(), func(t Clue) bool { return t.sense.Tells(finding.Gender) })
	if e.role == platform.Input || e.role == platform.Textarea {
		f.inputs++
	}
}

// personal are the categories beside which a name is a person's.
var personal = map[finding.Category]bool{
	finding.Phone: true, finding.Address: true, finding.IDCard: true,
}

// group is a form: the controls of one view, in one use of its component.
type group struct {
	unit *project.Unit
	host *markup.Element
}

func groupOf(c *flow.Control) group {
	g := group{unit: c.Unit}
	n := len(c.Hosts)
	if n == 0 || c.Hosts[n-1].Unit == nil {
		return g
	}
	// The wrapper of one control belongs to the form that uses it.
	g.unit = c.Hosts[n-1].Unit
	if n > 1 {
		g.host = c.Hosts[n-2].Element
	}
	return g
}

// Accepted returns the categories whose values a regular expression of the file
// accepts while it rejects others.
func (r *Reader) Accepted(f *source.File, re *script.Regexp) []finding.Category {
	return r.patterns.accepted(re.Pattern, re.Flags, source.Location{File: f, Span: re.Span})
}

// Unread lists the patterns read so far that were not tried to the end.
func (r *Reader) Unread() []project.Unread {
	out := r.patterns.unread(r.program)
	for _, c := range r.controls {
		if e := r.failed[c]; e != nil {
			at := source.Location{File: c.View.File, Span: c.Element.Open}
			out = append(out, project.Unread{Path: c.View.File.Path, Location: at, Reason: e.Omission(), Hides: c.Unit.Reachable})
		}
	}
	return slices.Compact(out) // only one of the items of a list
}
