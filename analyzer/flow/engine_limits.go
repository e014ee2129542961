package flow

// Limits are the limits of a run by name, for tests that lower them.
func Limits() map[string]*int {
	s := &standard
	return map[string]*int{
		"program": &s.program, "perByte": &s.perByte, "entry": &s.entry, "follow": &s.follow, "little": &s.little, "leaf": &s.leaf,
		"depth": &s.depth, "recursion": &s.recursion, "once": &s.once, "activations": &s.activations, "cheap": &s.cheap, "often": &s.often,
		"library": &s.library, "callees": &s.callees,
		"tasks": &s.tasks, "rounds": &s.rounds, "unroll": &s.unroll, "unrolled": &s.unrolled, "passes": &s.passes,
		"items": &s.items, "nest": &s.nest, "boxes": &s.boxes, "same": &s.same, "drawn": &s.drawn,
		"costly": &s.costly, "costlyRuns": &s.costlyRuns,

		"consts": &maxConsts, "objects": &maxObjects, "parts": &maxParts, "numbers": &maxNumbers, "joined": &maxJoined,
		"made": &maxMade, "elems": &maxElems, "props": &maxProps, "protos": &maxProtos, "flat": &maxFlat, "growths": &maxGrowths,
		"given": &maxGiven, "functions": &maxFunctions, "encoded": &maxEncoded, "json": &maxJSON, "jsonDepth": &maxJSONDepth,
		"alike": &maxAlike, "silent": &maxSilent, "looked": &maxLooked, "imported": &maxImported, "sort": &maxSort,
		"throws": &maxThrows, "reactions": &maxReactions, "putBack": &maxPutBack, "known": &maxKnown, "text": &maxText,
		"pattern": &maxPattern, "hosts": &maxHosts, "copy": &maxCopy, "copies": &maxCopies, "shown": &maxShown,
		"escape": &maxEscape, "values": &manyValues,
		"data": &maxData, "lost": &maxLost, "dropped": &maxDropped, "judged": &maxJudged,
	}
}
