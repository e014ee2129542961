package finding

import (
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Destination is what is known about where a collected value goes. If no sink
// was found, there may still be one, as the engine may have lost the value on
// some path. So it is one of three things. The zero value is for a finding that
// collects nothing.
type Destination struct {
	State DestinationState
	// Reasons are the paths that were lost. They say why an open destination is
	// open, and what a known one may have besides the ends that were found.
	Reasons []Loss
}

// DestinationState tells what is known about where a value goes.
type DestinationState string

// The states.
const (
	DestinationKnown DestinationState = "known" // it leaves the device at a known place, or all its ends are known
	DestinationOpen  DestinationState = "open"  // it is not known to leave the device, and a path was lost
	DestinationStays DestinationState = "stays" // every use was understood, and none is an end
)

// Loss is a place after which nothing is known about a value.
type Loss struct {
	What     LossKind
	Text     lang.Text
	Location source.Location // zero if the source has no such place
}

// LossKind is how a value was lost.
type LossKind string

// The kinds of loss.
const (
	UnknownCall     LossKind = "unknown-call"     // passed to a function whose code was not found
	Unresolved      LossKind = "unresolved"       // passed to code of a file or package that is missing
	Unparsed        LossKind = "unparsed"         // a script that may use it could not be parsed
	NotRun          LossKind = "not-run"          // code that may use it was not run
	Limit           LossKind = "limit"            // a limit of the analysis was hit
	UnknownKey      LossKind = "unknown-key"      // passed on under a name that is computed
	LibraryCallback LossKind = "library-callback" // returned to code that was not run
	UnknownObject   LossKind = "unknown-object"   // written into an object about which nothing is known
	NoScript        LossKind = "no-script"        // the page or component has no script that was read
	Compared        LossKind = "compared"         // what a comparison made of a chosen value is sent
	NoHandler       LossKind = "no-handler"       // an event brings it to a handler that does not exist
)

// lossText says what happened to a value at a thing, %s.
type lossText struct {
	into lang.Text // the value went into it
	near lang.Text // it may take the value, but nobody saw it do so
}

// lossTexts has the texts of each kind; not every kind has both.
var lossTexts = map[LossKind]lossText{
	UnknownCall: {
		into: lang.Both("传给了 `%s`，没有找到它的代码", "passed to `%s`, whose code was not found"),
		near: lang.Both("`%s` 不存在，或没有找到它的代码", "there is no `%s`, or its code was not found"),
	},
	Unresolved: {
		into: lang.Both("传给了 `%s`，它所在的文件或包不在程序中", "passed to `%s`, whose file or package is not in the program"),
		near: lang.Both("`%s` 不在程序中，它可能用到这个值", "`%s` is not in the program and may use the value"),
	},
	Unparsed: {
		into: lang.Both("写进了 `%s`，它没有解析", "goes into `%s`, which was not parsed"),
		near: lang.Both("`%s` 没有完整解析，它可能用到这个值", "`%s` was not parsed as a whole and may use the value"),
	},
	NotRun: {
		into: lang.Both("传给了 `%s`，它的代码没有运行", "passed to `%s`, whose code was not run"),
		near: lang.Both("`%s` 没有运行，它可能用到这个值", "`%s` was not run and may use the value"),
	},
	Limit: {
		into: lang.Both("传给了 `%s`，分析触及上限，没有跟进", "passed to `%s`, which was not followed as a limit of the analysis was hit"),
		near: lang.Both("分析 `%s` 时触及上限，没有全部跟进", "`%s` was not followed to its end as a limit of the analysis was hit"),
	},
	UnknownKey: {
		into: lang.Both("经 `%s` 传出，所用的名字是算出来的", "passed on by `%s` under a name that is computed"),
	},
	LibraryCallback: {
		into: lang.Both("由回调函数返回给 `%s`，没有找到它的代码", "returned by a callback to `%s`, whose code was not found"),
	},
	UnknownObject: {
		into: lang.Both("写进了 `%s`，不知道这个对象还用在哪里", "written into `%s`, an object of which nothing more is known"),
	},
	NoScript: {
		near: lang.Both("`%s` 没有脚本文件", "`%s` has no script file"),
	},
	Compared: {
		into: lang.Both("经比较 `%s` 变成另一个值后发出", "turned into another value, which is sent, by the comparison `%s`"),
	},
	NoHandler: {
		into: lang.Both("交给处理函数 `%s`，而它不存在", "brought to the handler `%s`, which does not exist"),
	},
}

// LostInto is the loss of a value that went into a thing, named as the source writes it.
func LostInto(what LossKind, thing string, at source.Location) Loss {
	return Loss{what, lossTexts[what].into.Map(named(thing)), at}
}

// LostNear is the loss of a value that a thing may take, although nobody saw it do so.
func LostNear(what LossKind, thing string, at source.Location) Loss {
	return Loss{what, lossTexts[what].near.Map(named(thing)), at}
}

// maxThing bounds the name of a thing in a text, in characters.
const maxThing = 60

// named puts the name of a thing into a text.
func named(thing string) func(string) string {
	thing = strings.Join(strings.Fields(thing), " ")
	if utf8.RuneCountInString(thing) > maxThing {
		thing = string([]rune(thing)[:maxThing]) + "…"
	}
	return func(text string) string { return strings.Replace(text, "%s", thing, 1) }
}

// Leaves reports whether a sink of this kind takes data off the device.
func (k SinkKind) Leaves() bool { return k == Network || k == Cloud || k == ThirdParty }

// DestinationOf says what is known about the destination of a value that reaches
// these sinks and was lost at these places.
func DestinationOf(flows []Flow, lost []Loss) Destination {
	for _, f := range flows {
		if f.Sink.Kind.Leaves() {
			return Destination{DestinationKnown, lost}
		}
	}
	switch {
	case len(lost) > 0:
		return Destination{DestinationOpen, lost}
	case len(flows) > 0:
		return Destination{State: DestinationKnown}
	}
	return Destination{State: DestinationStays}
}
