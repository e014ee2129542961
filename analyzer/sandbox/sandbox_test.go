package sandbox

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
)

var limits = Limits{Time: 500 * time.Millisecond, Stack: 256, Memory: 128 << 20}

func run(script string) (v any, err error) {
	err = Run(limits, func(vm *goja.Runtime) error {
		out, err := vm.RunString(script)
		if err == nil {
			v = out.Export()
		}
		return err
	})
	return v, err
}

func TestRunStops(t *testing.T) {
	for script, want := range map[string]string{
		`for (;;) {}`:                                                 "limit of time",
		`function f() { f() } f()`:                                    "stack",
		`throw new Error('own')`:                                      "own",
		`var a = []; for (;;) a.push([1,2,3,4])`:                      "limit of",
		`'x'.repeat(1e9)`:                                             "too long",
		`'x'.padStart(1e9)`:                                           "too long",
		`new Array(1e9).fill(0)`:                                      "too long",
		`new Array(1e9).join('x')`:                                    "too long",
		`new Uint8Array(1e9)`:                                         "Uint8Array is not defined",
		`require('fs')`:                                               "require is not defined",
		`console.log(1)`:                                              "console is not defined",
		`setTimeout(function () {})`:                                  "setTimeout is not defined",
		`try { for (;;) {} } catch (e) {}`:                            "limit of time",
		`try { for (;;) {} } finally { for (;;) {} }`:                 "limit of time",
		`[1, 2, 3].sort(function () { for (;;) {} })`:                 "limit of time",
		`({ get a() { for (;;) {} } }).a`:                             "limit of time",
		`'' + { toString: function () { for (;;) {} } }`:              "limit of time",
		`JSON.stringify({ toJSON: function () { for (;;) {} } })`:     "limit of time",
		`(async function f() { for (;;) {} })()`:                      "limit of time",
		`(function f() { Promise.resolve().then(f) })()`:              "limit of",
		`var m = new Map(); for (var i = 0; ; i++) m.set(i, 'x' + i)`: "limit of",
		`var s = 'x'; for (;;) s += s`:                                "",
		`Function.prototype.constructor('return process')()`:          "process is not defined",
		`[].constructor.constructor('return this.require')()('fs')`:   "",
		`import('fs')`:                                                "",
		`eval('('.repeat(1e5))`:                                       "",
		`({}).__proto__.toString = function () { throw new Error('own') }; '' + {}`: "own",
	} {
		_, err := run(script)
		require.ErrorContains(t, err, want, script)
	}
}

// A pattern that goes back without end ends the run; it is not said to match nothing.
func TestPatternsEnd(t *testing.T) {
	_, err := run(`/^(?=(.+)+\1z)(.|..)+z$/.test('a'.repeat(60) + 'zb')`)
	require.EqualError(t, err, (&Exceeded{"time"}).Error())
	v, err := run(`/^(.)(.)\2\1$/.test('abba')`)
	require.NoError(t, err)
	require.Equal(t, true, v)
}

func TestRunDoesNotReadSourceMaps(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile(filepath.Join(".", "a.map"), []byte("no map"), 0o666))
	v, err := run("1 + 1\n//# sourceMappingURL=a.map")
	require.NoError(t, err)
	require.Equal(t, int64(2), v)
	v, err = run("eval('2\\n//# sourceMappingURL=a.map')")
	require.NoError(t, err)
	require.Equal(t, int64(2), v)
}

// No two runs differ because time has passed.
func TestRunsAreAlike(t *testing.T) {
	const script = `[Date.now(), new Date().toISOString(), Math.random(), Math.random()].join()`
	first, err := run(script)
	require.NoError(t, err)
	require.Contains(t, first, "0,1970-01-01T00:00:00.000Z,0.")
	second, err := run(script)
	require.NoError(t, err)
	require.Equal(t, first, second)
}

func TestRunsAreApart(t *testing.T) {
	_, err := run(`globalThis.x = 1; Array.prototype.y = 2`)
	require.NoError(t, err)
	v, err := run(`typeof x + typeof [].y`)
	require.NoError(t, err)
	require.Equal(t, "undefinedundefined", v)
}

func TestRunStopsAtMemory(t *testing.T) {
	err := Run(Limits{Time: time.Minute, Stack: 256, Memory: 1 << 20}, func(vm *goja.Runtime) error {
		_, err := vm.RunString(`var a = []; for (;;) a.push([1, 2, 3, 4])`)
		return err
	})
	require.EqualError(t, err, (&Exceeded{"memory"}).Error())
}

// A defect of the interpreter ends a run, not the scan.
func TestRunSurvivesPanics(t *testing.T) {
	defect := errors.New("a defect")
	err := Run(limits, func(*goja.Runtime) error { panic(defect) })
	require.ErrorIs(t, err, defect)
	require.ErrorContains(t, err, "the interpreter failed")
	err = Run(limits, func(*goja.Runtime) error { panic("no error") })
	require.EqualError(t, err, "the interpreter failed: no error")
}

// guarded starts Guard as a process of its own would and gives what ended it.
func guarded(t *testing.T, l Limits) string {
	percent, memory, stack := debug.SetGCPercent(100), debug.SetMemoryLimit(-1), debug.SetMaxStack(maxNativeStack)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(memory)
		debug.SetMaxStack(stack)
	})
	ended := make(chan string)
	Guard(l, func(what string) {
		ended <- what
		runtime.Goexit() // it must not return
	})
	return <-ended
}

func TestGuard(t *testing.T) {
	require.Equal(t, "time", guarded(t, Limits{Time: 10 * time.Millisecond, Memory: 1 << 40}))
	kept := make([]byte, 16<<20)
	require.Equal(t, "memory", guarded(t, Limits{Time: time.Hour, Memory: 4 << 20}))
	runtime.KeepAlive(kept)
}
