package simulator

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// require runs a module once and returns its exports; nil if it does not run.
func (w *World) require(m *project.Module) *goja.Object {
	if module := w.modules[m]; module != nil {
		exports, _ := module.Get("exports").(*goja.Object)
		return exports
	}
	module := w.vm.NewObject()
	exports := w.vm.NewObject()
	must(module.Set("exports", exports))
	w.modules[m] = module
	if w.compiled.scripts[m] == nil {
		w.compiled.scripts[m] = compile(m)
	}
	code := w.compiled.scripts[m]
	if code.err != nil {
		w.fail(code.err.Error())
		return exports
	}
	fn, err := w.vm.RunProgram(code.program)
	must(err)
	call, _ := goja.AssertFunction(fn)
	require := func(spec string) goja.Value {
		if named := m.Import(spec); named != nil {
			if got := w.require(named); got != nil {
				return w.modules[named].Get("exports")
			}
		}
		return w.absent(spec)
	}
	w.guard(call, w.vm.ToValue(require), module, exports)
	out, _ := module.Get("exports").(*goja.Object)
	return out
}

// Compiled keeps the scripts of a program for the next world in which it runs.
type Compiled struct{ scripts map[*project.Module]*code }

// code is a compiled module: a function of CommonJS.
type code struct {
	program *goja.Program
	err     error
}

func compile(m *project.Module) *code {
	loader := api.LoaderJS
	if project.ModeOf(m.File.Path) == script.TypeScript || strings.HasSuffix(m.File.Path, ".ts") {
		loader = api.LoaderTS
	}
	out := api.Transform(m.File.Text, api.TransformOptions{
		Loader: loader, Format: api.FormatCommonJS, Target: api.ES2019, Sourcemap: api.SourceMapInline, Sourcefile: m.File.Path,
		Platform: api.PlatformNeutral, LogLevel: api.LogLevelSilent,
		Supported: map[string]bool{"async-generator": false, "for-await": false}, // which goja has not
	})
	if len(out.Errors) > 0 {
		return &code{err: &syntaxError{m.File.Path, out.Errors[0].Text}}
	}
	text, places, _ := strings.Cut(string(out.Code), sourceMap) // which must be on the last line
	program, err := goja.Compile(m.File.Path, "(function(require,module,exports){"+text+"\n})\n"+sourceMap+places, false)
	return &code{program, err}
}

// sourceMap begins the comment that tells where the text was before esbuild changed it.
const sourceMap = "//# sourceMappingURL="

type syntaxError struct{ path, text string }

func (e *syntaxError) Error() string { return e.path + ": " + e.text }

// serverPackages are the names under which the platform is imported on its servers.
var serverPackages = map[string]string{"wx-server-sdk": "cloud"}

// absent is what an import gives that leads to no file: a thing that takes everything and
// gives itself.
func (w *World) absent(spec string) goja.Value {
	if path := serverPackages[spec]; path != "" {
		return w.vm.GlobalObject().Get("wx").ToObject(w.vm).Get(path)
	}
	v, err := w.vm.RunString(`(function () {
		const nothing = new Proxy(function () {}, {
			get: (t, k) => typeof k === 'symbol' || k === 'then' || k === '__esModule' ? undefined : k === 'prototype' ? {} : nothing,
			apply: () => nothing, construct: () => nothing,
		})
		return nothing
	})()`)
	must(err)
	return v
}

// must is for what cannot fail.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
