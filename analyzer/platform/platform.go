// Package platform holds facts about the mini program platforms: the names of
// their APIs, what they take and give, which of them send data away, and the
// key of the privacy guide for each. It judges nothing: whether a fact matters
// is for detectors and rulebooks to say.
//
// The facts are data files with their sources; this package loads them once and
// answers questions.
package platform

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
)

// API is one function of the platform's global object, or one method of an
// object that such a function returns.
type API struct {
	// Name is the path below the global object: "chooseAddress",
	// "cloud.callFunction". A method of a returned object has that object's
	// type in front: "LogManager.info".
	Name string
	// Options is true for the usual shape: one object with success, fail and
	// complete callbacks, and a promise if the object has none of them.
	Options bool
	// Sync is true if the result is the return value.
	Sync bool
	// Returns names the type of the object it returns, "" for none of ours.
	Returns string
	// Listener is true if the first argument is a callback that is called with
	// events: onLocationChange(cb).
	Listener bool
	// Hears is the API whose result a listener is told of: RecorderManager.onStop gets
	// what RecorderManager.start recorded. It is "" if the listener has its own.
	Hears string
	Heard bool // some listener hears it
	// Yields lists the personal information in its result.
	Yields []Yield
	// Asks is set if it shows a box in which a person enters text.
	Asks *Asks
	// Checks lists what it compares with what an authority has. That was collected
	// before: the answer has none of it.
	Checks []finding.Category
	// Fields are the paths of the parts of its result that hold what it yields as a whole;
	// nil if that is not known, and any part may.
	Fields []string
	// Beside are the names of parts of it that only tell of the datum: the size of a picture.
	Beside []string
	// Takes lists the elements of the page that hand their datum over in its result.
	Takes []Carry
	// Keeps lists what it puts into files of the device: an argument, and the one that
	// names the file.
	Keeps []Carry
	// Opens are the paths of the arguments that name files of the device which it reads.
	Opens []string
	// Carries lists what of its arguments comes out again in its result.
	Carries []Carry
	// Sink is set if it sends or keeps data.
	Sink *Sink

	PrivacyKey string   // key in the WeChat privacy guide, "" if none is known
	Guide      bool     // the guide's table of interfaces has it
	Exact      bool     // gives the exact position, so getFuzzyLocation excludes it
	Tracking   bool     // follows a person about (行踪轨迹, PIPL art. 28)
	Once       bool     // called in many places for one purpose: one finding tells of all calls
	Document   bool     // reads a document in a picture; if it yields nothing here, its arguments say which
	Private    bool     // must be listed in requiredPrivateInfos (since 2022-07-14)
	Platforms  []string // the only ones that have it; nil for any
	Since      string   // first base library version
	Legacy     string   // since when it gives anonymous data or is withdrawn: YYYY-MM-DD; "" if in force
	ShapeOnly  bool     // only its shape is known: a row of shapes.txt
	Source     string   // document the facts are from
}

// Has reports whether a platform can have a.
func (a *API) Has(platform string) bool {
	return len(a.Platforms) == 0 || slices.Contains(a.Platforms, platform)
}

// Withdrawn returns since when a platform no longer gives a datum, of which legacy says
// so, or "". What the tables know of is withdrawn on WeChat alone: Douyin and Baidu give
// nickname and picture if the person agrees (their documents and typings).
func Withdrawn(legacy, platform string) string {
	if platform != "wechat" {
		return ""
	}
	return legacy
}

// Mute reports whether a gives nothing back: no result, no callback, no promise.
func (a *API) Mute() bool {
	return !a.Options && !a.Sync && !a.Listener && a.Returns == "" && len(a.Yields) == 0
}

// Triggers reports whether the API hands over personal information that triggers filing.
func (a *API) Triggers() bool { return Triggers(a.Yields) }

// MayTrigger reports whether it hands over, or reads from a document, what may trigger
// filing: of some readers of documents the arguments say what they read.
func (a *API) MayTrigger() bool { return a.Triggers() || a.Document && len(a.Yields) == 0 }

// Triggers reports whether any of what is handed over triggers filing.
func Triggers(all []Yield) bool {
	return slices.ContainsFunc(all, func(y Yield) bool { return y.Category.Triggers() })
}

// Each is the name of every element of a list in a path.
const Each = "*"

// Yield is one piece of personal information in the result of an API.
type Yield struct {
	Path     string // "userName", "contacts.*.mobile"; "" for the result as a whole
	Category finding.Category
}

// Asks says that an API shows a box in which a person enters text.
type Asks struct {
	Path  string   // of the text in the result: "content"
	Texts []string // properties of the first argument that say what is asked for; the last is the placeholder
	Given string   // the argument that must be true, or ""
}

// Carry says that a part of the result of an API is made of an argument: the file that
// compressImage gives, of the one at its src.
type Carry struct {
	From string // path of the argument, as in Sink.Paths: "0.src"
	To   string // path in the result: "tempFilePath"; "" for the result as a whole
}

// Sink says where an API sends data and which of its arguments carry it.
type Sink struct {
	Kind finding.SinkKind
	// Paths of the arguments that carry data: the number of the argument, then
	// properties: "0.data", "1", "*" for every argument.
	Paths []string
	// Host is the path of the argument that holds the destination's address, or "".
	Host string
}

// OpenType is one value of a button's open-type.
type OpenType struct {
	Name       string // "getPhoneNumber"
	Event      string // event that brings the result, lower case: "getphonenumber"
	Yields     []Yield
	Fields     []string // as in API
	PrivacyKey string
	Guide      bool // the guide's table of interfaces has it
	Since      string
	Legacy     string
	Source     string
}
