package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Memory for a scan: a process that lives for a second gains from collecting
// garbage rarely, and one that lives for less from not beginning with it before
// there is some. It stays below 150 MB if live memory leaves room for that.
const (
	firstCollection = 88 << 20
	gcPercent       = 400
	memoryLimit     = 118 << 20

	serverGCPercent = 200
)

// tuneScan sets the collector up for a scan, unless the variables of Go that do so are set.
func tuneScan() {
	percent, limit := os.Getenv("GOGC") == "", os.Getenv("GOMEMLIMIT") == ""
	if !limit {
		if percent {
			debug.SetGCPercent(gcPercent)
		}
		return
	}
	begun := !percent // collecting
	if begun {
		debug.SetMemoryLimit(memoryLimit)
	} else {
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(firstCollection)
	}
	var each func(*cycle)
	each = func(c *cycle) {
		if !begun {
			begun = true
			debug.SetMemoryLimit(memoryLimit)
			debug.SetGCPercent(gcPercent)
		}
		keepRoom()
		runtime.SetFinalizer(c, each)
	}
	runtime.SetFinalizer(&cycle{}, each)
}

// cycle is garbage: its finalizer runs after each collection.
type cycle struct{ _ *cycle }

// keepRoom raises the limit if live memory fills more than three fifths of it,
// as in programs of several megabytes: to stay below it, the collector would run
// all the time.
func keepRoom() {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if live := int64(sample[0].Value.Uint64()); live > debug.SetMemoryLimit(-1)/5*3 {
		debug.SetMemoryLimit(2 * live)
	}
}

// tuneServer sets the collector up for a server, which keeps trees from one
// analysis to the next.
func tuneServer() {
	debug.SetGCPercent(serverGCPercent)
	debug.SetMemoryLimit(math.MaxInt64)
}
