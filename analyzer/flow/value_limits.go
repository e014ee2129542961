package flow

// limits bound what a run may cost, in counts of work and never in time, so that a report
// does not depend on the machine. They exist for extreme programs; ordinary ones stay far
// below. What exceeds one is in Result.Limits, with the unit or module that did.
//
// What a single value, object or trail can hold is bounded beside its type: whatever is
// beyond that is "something else", and collected data is never dropped.
type limits struct {
	// Work, in instructions run and places looked at in joins (run_purse.go).
	program int // for a program, in addition to what its size allows
	perByte int // for each byte of its source
	entry   int // for one entry point
	follow  int // for one entry point, after which calls are not followed: its own code goes on
	little  int // for one entry point, if nothing is left to pay for it: enough for a handler without calls
	texts   int // for the functions that texts of templates ask, in a program: they seldom do more than compute
	leaf    int // instructions of a function that is run whatever is left

	// Calls.
	depth       int // inside each other
	recursion   int // of one function inside each other: more add no new values
	once        int // for one entry point, in work, after which code that waits for something is not followed inside itself
	activations int // of one function for one entry point: of a wrapper that is used everywhere
	cheap       int // the same, for functions that have cost no more than leaves, such as a test of each element of a list, and
	often       int // for all until an entry point has cost so much: the value of what Vue computes is one function of a model
	library     int // the same, for functions of a third-party library
	callees     int // functions that one call can mean
	tasks       int // callbacks waiting

	// Loops.
	rounds   int // of a loop whose end is not known: data travel one assignment further in each
	unroll   int // rounds of a loop whose end is known
	unrolled int // rounds of all such loops in one activation
	passes   int // rounds over the whole program: data travel at least one page further in each

	// Views.
	items int // of a loop that are rendered one by one
	nest  int // components, templates and includes inside each other
	boxes int // the same, of components whose elements are in their scripts: layouts made of boxes in boxes
	same  int // renderings of one template in one view: rich text is drawn by templates that use each other
	drawn int // elements of a page that are rendered, loops and all

	// Programs of single-file components show the same component on every page. What is
	// costly to run for one is not run for all of them.
	costly     int // work above which an entry point of a component is costly
	costlyRuns int // how often it is then run, over all instances
}

// standard are the limits of every scan.
var standard = limits{
	program: 4_000_000, perByte: 8, entry: 250_000, follow: 120_000, little: 4_000, texts: 400_000, leaf: 64,
	depth: 64, recursion: 2, once: 10_000, activations: 400, cheap: 4_000, often: 60_000, library: 16, callees: 32, tasks: 2_000,
	rounds: 3, unroll: 64, unrolled: 256, passes: 16,
	items: 20, nest: 10, boxes: 60, same: 16, drawn: 8_000,
	costly: 15_000, costlyRuns: 4,
}
