package flow

import (
	"cmp"
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Result is what a run over a program learnt. It holds facts, no judgement:
// which controls there are and what becomes of their values, which platform
// APIs are called and what becomes of their results.
//
// Control.Attr, Control.Texts and Host.Texts evaluate expressions of the template
// when called: they run the program's code on the heap that the run left, which
// lives as long as the result. Ask from one goroutine at a time.
type Result struct {
	Controls []*Control // in order of file and offset, then of instance
	Calls    []*Call    // in order of file and offset
	Limits   []Limit    // bounds that were hit

	// Held says for each limit where the collected data come from that were given to the code which it cut off, or
	// that the code of its unit can name; a zero place stands for all. Those that another page stored or sends may come to
	// it without.
	Held map[Limit][]source.Location

	Omissions []Omission // pieces that a mistake of the analyzer left out

	Stranger Stranger        // the first call of code of which nothing is known; zero if there is none
	Unshown  []*project.Unit // components whose elements such code makes

	// Undrawn holds, if a limit was hit, the units whose scripts make their elements and write one that may
	// ask for something and that no run showed, with the first such element, and those in whose templates a
	// limit kept elements from being drawn, with the first that shows a unit which may ask.
	Undrawn map[*project.Unit]source.Location

	// Unnamed are the places where the program takes an API from the platform's object under
	// a name that is not known, wx[options.api], in order.
	Unnamed []source.Location

	Keypads []Keypad // in the order in which pages and components were made

	// Ran holds the functions that some entry point ran, by the place of the whole
	// function.
	Ran map[source.Location]bool

	// Blind holds the names of methods that code called on something of which it is not known what it is: any function of that
	// name may have run there.
	Blind map[string]bool

	Costs   []Cost // of the functions that the run came to, the costliest first
	Entries EntryCosts
}

// EntryCosts is what the entry points of a program cost: lifecycle functions and events.
// One runs again if something that it read has got another possibility.
type EntryCosts struct {
	First, Again         int // runs
	WorkFirst, WorkAgain int // units of work
}

// Cost is what one function of the program cost a run.
type Cost struct {
	Function source.Location
	Name     string // "" for one without
	Runs     int    // its activations
	Cut      int    // calls of it that a limit kept from being followed
	Work     int    // units of work, without what it calls
}

func (c Cost) path() string {
	if c.Function.File == nil {
		return ""
	}
	return c.Function.File.Path
}

// Limit is a bound of the engine that a program exceeded.
type Limit struct {
	Unit   *project.Unit   // whose function ran into it; nil if it is the program's
	Page   *project.Unit   // the page on which Unit was, or the app; nil if it was on none
	Module *project.Module // whose top level ran into it, or nil
	What   string          // "steps", "depth", "calls", "rounds" or Elements
}

// Elements is what is limited if not all of a view was rendered.
const Elements = "elements"

// Stranger is missing code that may have a hand in something.
type Stranger struct {
	Name     string          // as the source calls it
	Location source.Location // of a call
}

// Keypad is a set of elements that show all ten digits, and on which a person can tap.
type Keypad struct {
	Unit     *project.Unit   // that shows them
	Page     *project.Unit   // the page it is on; nil if it is on none
	Location source.Location // of the first element that was seen to show a digit
}

// Omission is a piece of the program that a mistake of the analyzer left out.
type Omission struct {
	Path string // of the unit, or of the file of the module
	Bug  *bug.Error
}

// onPage is the path of l.Page, "" for none.
func (l Limit) onPage() string {
	if l.Page == nil {
		return ""
	}
	return l.Page.Path
}

// Path is that of the unit or module that ran into the limit, "" for the program.
func (l Limit) Path() string {
	switch {
	case l.Unit != nil:
		return l.Unit.Path
	case l.Module != nil:
		return l.Module.File.Path
	}
	return ""
}

// Text is a text that an attribute or expression can have at run time, with the
// literal it comes from.
type Text struct {
	String   string
	Location source.Location
}

// Control is one element of a view that can hand over data: an input, a picker,
// a button with open-type, a custom component with a handler. An element inside
// a component is listed once for every use of the component, and once for every
// item of a wx:for whose items are known.
type Control struct {
	Unit     *project.Unit // whose view holds the element
	View     *project.View // its file (that of a template or include may differ from Unit.View)
	Element  *markup.Element
	Using    *project.Using  // the custom component it is, or nil for a native one
	Hosts    []*Host         // uses of components around it, the page's first; empty on a page
	Page     *project.Unit   // the page it is shown on; nil if no page shows it
	Form     *markup.Element // the <form> around it that has a submit handler, or nil
	Named    bool            // a form item around it names it in the form
	Handlers []Handler
	Models   []string          // data paths it is bound to in both directions
	Rendered bool              // some page shows it (conditions aside)
	Hidden   *finding.Decision // why its conditions are never met; nil if they may be
	OnlyIf   *finding.Decision // what must come from outside of the program for it to be shown; nil if nothing must
	Stranger string            // missing code that has a hand in its page, or that gets its value; "" for none
	Uses     Uses              // of what the person enters or chooses
	handed   map[handedPart]*Uses
	scope    *scope
	twins    *twins   // of a control that was kept from the run of an earlier load
	base     *Control // what it was there
}

// part is a part of what the platform hands over for an open-type, by its path there.
type handedPart struct{ openType, path string }

// Handed is what becomes of what the platform hands over for an open-type of c: of the
// part at this path, "" for the whole.
func (c *Control) Handed(openType, path string) *Uses {
	if u := c.handed[handedPart{openType, path}]; u != nil {
		return u
	}
	return &c.Uses
}

// AllUses is Uses, and what Handed gives for each of the open-types of c.
func (c *Control) AllUses() []*Uses {
	list := []*Uses{&c.Uses}
	for _, p := range c.parts() {
		list = append(list, c.handed[p])
	}
	return list
}

// parts are the keys of c.handed, in order.
func (c *Control) parts() []handedPart {
	return slices.SortedFunc(maps.Keys(c.handed), func(a, b handedPart) int {
		return cmp.Or(cmp.Compare(a.openType, b.openType), cmp.Compare(a.path, b.path))
	})
}

// Host is one use of a custom component.
type Host struct {
	Unit    *project.Unit // whose view holds the element
	View    *project.View
	Element *markup.Element
	Shown   []markup.Node // what the component shows there, if its script makes its elements
	scope   *scope
	twins   *twins // as in Control
}

// Handler is a bound event handler of a control.
type Handler struct {
	Event string // "input", "blur", "submit", …
	Attr  *markup.Attr
	Name  string          // as written, or as computed
	Found bool            // the script has it
	Func  source.Location // the function, if found
}

// Attr returns the texts that the named plain attribute of c can have. An
// attribute that is not there has none.
func (c *Control) Attr(name string) []Text {
	a := c.Element.Attr(name)
	if a == nil {
		return nil
	}
	return c.Texts(a.Parts)
}

// Texts returns the texts that parts can have in the place of c: literal text
// as written, expressions as evaluated with the data of the page, the
// properties of the component and the items of enclosing loops. What cannot be
// known has no text.
func (c *Control) Texts(parts []markup.Part) []Text {
	return c.twins.here(c.scope.texts(c.View.File, parts))
}

// Titles are what code calls the page that c is on, as it runs.
func (c *Control) Titles() []Text { return c.twins.here(c.scope.titles()) }

// Unknown reports whether parts may be a text that Texts does not return, as nobody can
// know it.
func (c *Control) Unknown(parts []markup.Part) bool { return c.scope.unknown(c.View.File, parts) }

// Texts returns the texts of a text node or attribute parts in the place of h.
func (h *Host) Texts(parts []markup.Part) []Text {
	return h.twins.here(h.scope.texts(h.View.File, parts))
}

// Unknown is Control.Unknown in the place of h.
func (h *Host) Unknown(parts []markup.Part) bool { return h.scope.unknown(h.View.File, parts) }

// Call is a call of a platform API.
type Call struct {
	API      string          // without the global's name: "chooseAddress", "cloud.callFunction"
	Location source.Location // the callee; for a promisified API, the callee at the call of the wrapper
	Unit     *project.Unit   // page or component on whose behalf it ran; nil if never reached
	Pages    []*project.Unit // pages on whose behalf it ran, in the order in which they did
	Module   *project.Module
	Args     map[string][]Text // texts of interesting arguments by path: "scope", "name", "url"
	Address  *platform.Address // where its answer comes from, if that is personal information; nil otherwise
	Pictured bool              // Address was sent a picture that a person chose or took
	Carried  bool              // its answer is made of collected data that it was given
	Asked    map[string][]Text // of a box that takes text: what it says, by argument: "title"
	Reached  bool              // some entry point runs it
	Results  map[string]*Uses  // by path in the result: "userName", "telNumber"; "" for the whole
	Callback bool              // somebody takes its result
	Starts   []Start           // lifecycle functions that it runs in, without anything a person does
}

// Start is a lifecycle function of the app, a page or a component.
type Start struct {
	Unit *project.Unit
	Name string // "onLaunch"
}

// Uses is what becomes of one collected value.
type Uses struct {
	Read  bool // some script looks at it
	Flows []finding.Flow
	Lost  []finding.Loss // the places where it was lost
	Keys  []Key          // names it was stored or sent under
	Tests []Test         // validators that checked it
}

// Key is a name of a collected value.
type Key struct {
	Kind     string // "data" (setData path), "payload" (sent to a sink), "storage", "variable", "field" (a part that is taken)
	Name     string
	Location source.Location
}

// Test is a check of a collected value.
type Test struct {
	Regexp   *script.Regexp // a regular expression it was matched against, or nil
	Length   int            // a length it was compared with, 0 if none
	Call     string         // the name of the function that did the check, "" if in line
	OneOf    bool           // it was of one of several data: form[names[i]]
	Location source.Location
}
