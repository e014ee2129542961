package sandbox

import (
	"runtime/debug"
	"time"
)

// spare is how far beyond the limits a guarded process may go: the interpreter stops
// a script at them if it can, and its error says more.
const spare = 1.5

// maxNativeStack is the stack in bytes of what the interpreter itself calls, beyond
// which the runtime of Go ends the process.
const maxNativeStack = 64 << 20

// Hold makes the operating system refuse this process more than twice the memory of l,
// where it can: on Linux. The runtime of Go then ends the process with "out of memory".
// Without it, one operation can take more before Guard sees it: 1n << 10000000000n asks for
// a gigabyte.
func Hold(l Limits) error { return hold(2 * l.Memory) }

// Guard watches a process that exists to call Run once, and calls end with "time" or
// "memory" when it goes beyond the limits by half: end must not return. Unlike Run,
// it does not wait for the end of an operation of the script.
func Guard(l Limits, end func(what string)) {
	debug.SetMaxStack(maxNativeStack)
	debug.SetGCPercent(100) // garbage must not count for long
	debug.SetMemoryLimit(int64(l.Memory))
	time.AfterFunc(time.Duration(spare*float64(l.Time)), func() { end("time") })
	most := uint64(spare * float64(l.Memory))
	go func() {
		for range time.Tick(2 * time.Millisecond) {
			if heap() > most {
				end("memory")
				return
			}
		}
	}()
}
