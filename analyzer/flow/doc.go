// Package flow runs a program abstractly and says what becomes of the values that it
// collects. It takes a loaded project.Program and gives a Result: every control and
// every call of a platform API, and for each value that they collect its names, the
// checks on it and the sinks that it reaches, with the stations on its way.
//
// # What flows
//
// A value flows to a sink if the value itself, a part of it (a slice, a mask such as
// 138****1234), a re-encoding (JSON, URL, base64) or a container that holds it reaches
// the arguments that the sink's entry in the platform table names. Of getPhoneNumber the
// code, encryptedData, iv and cloudID count. A digest of the value (MD5) flows, too, and
// the last station says that it is one.
//
// What does not flow: a length or type, the result of a comparison or of a test
// against a regular expression, the written names of keys, a branch taken because of the
// value, a value overwritten before the call, a sibling property, another element
// of the same array, another instance of a component or class, a shadowed name,
// the same key on another page, errMsg, and what a server sends back.
//
// Written to storage and read back under the same key a value flows on; so it
// does through page parameters, event channels, globalData, properties, events,
// data-* attributes and the call of a cloud function.
//
// # How it works
//
// It is an interpreter over package ir whose values are sets of possibilities (Value):
// known constants, objects, collected data with the way they came (taint, trail), and
// "something else". Every construct runs as the language has it: if a condition is
// known, one side of the branch runs; else both run one after the other from the same
// state and the states are joined (machine.either).
//
// Objects and variables are changed in place. Every change is written to a
// journal (state), so that a branch is undone, and two branches are joined, at
// the cost of what they wrote, whatever the size of the program.
//
// The identity of an object is the place that allocates it and the chain of calls that
// leads there (context). It is the same each time the same code runs, so another run
// finds what a handler stored in the first. Two instances of a component, two items of a
// loop with known items and two calls of a wrapper have different contexts and never
// mix.
//
// Entry points are the lifecycle functions of the app and the pages (pageEvents), then
// every event that an element of a rendered view binds (page_event.go). Whether and in
// which order a person causes them is not known, so what one of them wrote is a
// possibility afterwards, never a certainty (state.commit). Analyze runs them in rounds
// until a round adds nothing.
//
// There are no summaries of functions: a function is run anew for each call, with its
// arguments, which keeps a request wrapper's callers apart. Cost stays linear because of
// two things. An entry point runs again only when something that its last run read has
// got a new possibility since (entry), and a counter or a text that grows is given up
// before it can keep the rounds going (widen). And the code of third-party libraries is
// not run: a call into one returns what went in, and its own requests are known from the
// platform's table (api_library.go).
//
// An example of the first: onShow reads globalData.city, and a tap writes it. In the first
// round onShow runs before the tap. The commit of the tap stamps the property with its
// epoch; in the second round that stamp is later than the last run of onShow, which
// therefore runs again, and alone. A third round finds nothing stale and is the last. What
// the further runs cost is in Result.Entries (beian dump cost).
//
// # Runs that follow each other
//
// An editor asks for the result at every pause, and most edits change nothing that a run
// sees: a comment, a blank line, an indent, a label, a title. With a Cache, Analyze compares
// the program with that of the last whole run (twinsOf, engine_compare.go), both walked side
// by side. If they are the same but for places, nothing is run: twins.moved copies the result
// and moves its places (result_twin.go, source.Move). What a detector asks later, such as the
// texts of an attribute, is computed on the heap of the last run and moved, too.
//
//	old and new program ── twinsOf ──┬── nil: run, and keep machine and result
//	                                 └── twins ── moved(result of the last run)
//
// The comparison fails on whatever it does not know. What depends on more than the tree is
// checked by itself: texts that a run quotes (comparison.quoted), budgets that grow with the
// size of the source (kept.again), words that are looked for in whole files (comparison.file).
// A program whose scripts make elements (React, Vue with JSX) is always run.
//
// # Rooms
//
// A file's name begins with the room it belongs to:
//
//	result   what a run gives: controls, calls, flows
//	value    what a register, variable or property can hold: possibilities,
//	         objects, the journal of changes, the origin of collected data
//	run      frames, branches, loops, calls, promises, modules, entry points
//	builtin  the functions of JavaScript: Array, Object, String, ciphers
//	api      the functions of the platform: sinks, results, callbacks,
//	         storage, navigation, cloud functions, third-party libraries
//	page     instances of pages and components, their data, views and events
//	model    packages of frameworks, written down in models/*.js
//	vue      components of single-file frameworks (uni-app, wepy, mpx)
//	react    components whose script makes their elements (Taro)
//	engine   the rounds over the program, and the ledger of what they learn
//
// A room builds on those above it; rooms_test.go lists the exceptions. The machine
// runs all of it; each of its parts (machine, run.go) is declared and
// kept by one room.
//
// The rooms are one package because they need each other: the interpreter calls the
// functions of the language, which call the interpreter (for the callback of
// Array.map), and both call the platform, which renders pages, which run code.
// Packages of their own would export some 165 names to each other, used more than
// 3,000 times, to gain one seam.
//
// # Limits
//
// Every bound is a constant with its unit (run.go, value.go, value_object.go). If one is
// hit, Result.Limits lists it with the unit that ran into it; package detect marks the
// findings concerned (Bounded). Recursion is followed twice, a loop without known end
// limits.rounds times, and what is beyond the limits of a value is "something else";
// collected data are never dropped from a value.
//
// # Losses
//
// What becomes of collected data is not known once they go into a function whose code is
// not there, into an object of which nothing is known, under a name that is computed, or into a
// call that a limit cuts off. machine.lose notes it (Uses.Lost), with the place; a
// run that knows more takes it back. Functions of the language and packages that are
// known to keep nothing lose none (package platform, quiet.txt). What such code gives back at once counts as the data that it was
// given, except for members that tell only of the call, such as a token (answers.txt); what is waited for does not: it is
// mostly a server's, and the data are lost at the call (value_waited.go). What a comparison makes of a
// choice is no flow; if it leaves, the choice is lost, too (chosen).
//
// Not seen are code that is made at run time, what native code does with a value, and
// page names and event names that are computed from unknown values.
package flow
