// Package sandbox runs a little JavaScript that must not be trusted: a detector of
// the project. It takes limits and a function that uses the interpreter, and gives
// that function's error, or a *Exceeded.
//
// Inside there is the language alone: no modules, files, network, timers or
// console, and a clock and random numbers that are the same in every run. The time is checked between instructions of the script; single
// operations of the language that could take much time or memory
// (String.prototype.repeat and its kin) are bounded in length. Memory is watched
// from outside, every few milliseconds, so a script can overshoot its limit before
// it is stopped. One operation of the language is never interrupted. So whoever
// runs a whole script that is not trusted does it in a process of its own
// (cmd/beian, interpreter.go).
package sandbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// Limits are what a run may use.
type Limits struct {
	Time   time.Duration // MaxTime at most
	Stack  int           // depth of calls
	Memory uint64        // bytes by which the heap of the process may grow; 0 for no watch
}

// Exceeded is the error of a run that was stopped.
type Exceeded struct{ What string } // "time", "memory" or "stack"

// Error names the limit.
func (e *Exceeded) Error() string { return "the limit of " + e.What + " was reached" }

// regexp2 runs the patterns that need backtracking, and of one that takes too long it would
// say that it matches nothing. So it may take longer than a whole run, which is then stopped
// for its time: a pattern is never given up in silence.
var limitMatching = sync.OnceFunc(func() { regexp2.DefaultMatchTimeout = 2 * MaxTime })

// MaxTime is the most that Limits.Time may be.
const MaxTime = 2 * time.Second

// longest is the length of texts and arrays that single operations may make.
const longest = 1_000_000

// bound wraps the operations that make a large result from a small argument.
var bound = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("sandbox", fmt.Sprintf(`(function () {
	'use strict'
	var most = %d
	function wrap(type, name, size) {
		var real = type.prototype[name]
		Object.defineProperty(type.prototype, name, { value: function () {
			if (!(size(this, arguments) <= most)) throw new RangeError(name + ': too long')
			return real.apply(this, arguments)
		}, writable: true, configurable: true })
	}
	wrap(String, 'repeat', function (s, a) { return String(s).length * (a[0] >>> 0) })
	var pad = function (s, a) { return a[0] >>> 0 }
	wrap(String, 'padStart', pad)
	wrap(String, 'padEnd', pad)
	var size = function (s) { return s.length >>> 0 }
	;['fill', 'join', 'sort', 'indexOf', 'lastIndexOf', 'includes', 'reverse', 'toString'].forEach(function (n) { wrap(Array, n, size) })
	delete globalThis.ArrayBuffer
	;['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array',
		'Float64Array', 'BigInt64Array', 'BigUint64Array', 'DataView'].forEach(function (n) { delete globalThis[n] })
})()`, longest), true)
})

// Run calls do with a fresh interpreter, which must not be kept. If a defect of
// the interpreter ends in a panic, Run returns an error, as it must not end the
// scan.
func Run(l Limits, do func(vm *goja.Runtime) error) (err error) {
	limitMatching()
	l.Time = min(l.Time, MaxTime)
	vm := goja.New()
	vm.SetMaxCallStackSize(l.Stack)
	// Otherwise a comment in the script could name a file to be read.
	vm.SetParserOptions(parser.WithDisableSourceMaps)
	// A report depends on the program alone.
	vm.SetTimeSource(func() time.Time { return time.Unix(0, 0).UTC() })
	vm.SetRandSource(rand.New(rand.NewPCG(0, 0)).Float64)
	timer := time.AfterFunc(l.Time, func() { vm.Interrupt("time") })
	defer timer.Stop()
	if l.Memory > 0 {
		stop := make(chan struct{})
		defer close(stop)
		go watch(vm, l.Memory, stop)
	}
	defer func() {
		if cause := recover(); cause != nil {
			failure, ok := cause.(error) // a getter that is stopped ends like this
			if !ok {
				failure = fmt.Errorf("%v", cause)
			}
			err = fmt.Errorf("the interpreter failed: %w", failure)
		}
		var stopped *goja.InterruptedError
		if errors.As(err, &stopped) {
			err = &Exceeded{fmt.Sprint(stopped.Value())}
		}
		var deep *goja.StackOverflowError
		if errors.As(err, &deep) {
			err = &Exceeded{"stack"}
		}
	}()
	if l.Memory > 0 {
		if _, err := vm.RunProgram(bound()); err != nil {
			return err
		}
	}
	return do(vm)
}

// watch interrupts vm when the heap has grown by more than most bytes.
func watch(vm *goja.Runtime, most uint64, stop <-chan struct{}) {
	start := heap()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			if heap() > start+most {
				vm.Interrupt("memory")
				return
			}
		}
	}
}

// heap is the size of all objects, in bytes.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
