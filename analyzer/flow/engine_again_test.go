package flow

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// session loads and runs a program again and again, as an editor does.
type session struct {
	files map[string]string
	cache project.Cache
	runs  Cache
}

func newSession() *session {
	return &session{files: map[string]string{
		"app.json":          `{"pages": ["pages/a/a"]}`,
		"app.js":            "App({ globalData: {} })\n",
		"pages/a/a.json":    `{"navigationBarTitleText": "A"}`,
		"pages/a/a.wxml":    "<view>电话</view>\n<input bindinput=\"onPhone\" placeholder=\"{{hint}}\" />\n<button bindtap=\"send\">好</button>\n",
		"pages/a/a.js":      "const { post } = require('../../util/http')\nPage({\n  data: { hint: '手机号' },\n  onPhone(e) { this.phone = e.detail.value },\n  send() { post('/save', { tel: this.phone }) }\n})\n",
		"util/http.js":      "module.exports.post = (path, data) => wx.request({ url: 'https://example.com' + path, data })\n",
		"pages/a/extra.txt": "",
	}}
}

func (s *session) load(t *testing.T) *project.Program {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range s.files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(fsys, project.Options{Cache: &s.cache})
	require.NoError(t, err)
	return programs[0]
}

// dump is what a result says, with the texts that it has to compute.
func dump(t *testing.T, r *Result) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, r.Dump(&out, func(string) bool { return true }))
	for _, c := range r.Controls {
		for _, x := range c.Attr("placeholder") {
			out.WriteString(x.String + " " + spotOf(x.Location) + "\n")
		}
	}
	return out.String()
}

// What only moves places is not run again; all else is. Both give what a new run gives.
func TestOnlyWhatARunSeesIsRunAgain(t *testing.T) {
	for name, c := range map[string]struct {
		file, old, new string
		kept           bool
	}{
		"nothing":                   {"app.js", "App", "App", true},
		"a comment":                 {"pages/a/a.js", "Page({", "// 页面\nPage({", true},
		"a comment at the top":      {"util/http.js", "module", "/* m */ module", true},
		"a comment that is a call":  {"util/http.js", "module", "// wx.request(x)\nmodule", true},
		"wider indents":             {"pages/a/a.js", "\n  ", "\n\t\t", true},
		"a label":                   {"pages/a/a.wxml", "电话", "手机", true},
		"a comment in a view":       {"pages/a/a.wxml", "<input", "<!-- <input /> -->\n<input", true},
		"a title":                   {"pages/a/a.json", `"A"`, `"B"`, true},
		"another text":              {"pages/a/a.js", "/save", "/store", false},
		"another quote":             {"pages/a/a.js", "'/save'", `"/save"`, false},
		"another handler":           {"pages/a/a.wxml", "onPhone", "send", false},
		"one handler less":          {"pages/a/a.wxml", ` bindtap="send"`, "", false},
		"one statement more":        {"util/http.js", "module", "x();module", false},
		"a comment in a handler":    {"pages/a/a.js", "post('/save'", "post(/* a */ '/save'", false},
		"white space in a callee":   {"pages/a/a.js", "post('/save'", "post\n ('/save'", false},
		"a comment in a callee":     {"util/http.js", "wx.request", "wx./* a */request", false},
		"another order of bindings": {"pages/a/a.wxml", `bindinput="onPhone" placeholder="{{hint}}"`, `placeholder="{{hint}}" bindinput="onPhone"`, false},
		"a button is described":     {"pages/a/a.js", "Page({", "// openType\nPage({", false},
		"another import":            {"pages/a/a.js", "util/http", "util/https", false},
		"a page more":               {"app.json", `"pages/a/a"`, `"pages/a/a", "pages/a/b"`, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSession()
			Analyze(s.load(t), Options{Cache: &s.runs})
			require.Contains(t, s.files[c.file], c.old)
			s.files[c.file] = strings.ReplaceAll(s.files[c.file], c.old, c.new)
			p := s.load(t)
			got := Analyze(p, Options{Cache: &s.runs})
			require.Equal(t, dump(t, Analyze(p, Options{})), dump(t, got))
			require.Equal(t, c.kept, s.runs.Used() == 1, "was it kept?")
		})
	}
}

// A result that is kept names the units, modules, views, elements and files of the new load
// alone.
func TestWhatIsKeptNamesNothingOfTheLoadBefore(t *testing.T) {
	s := newSession()
	old := s.load(t)
	Analyze(old, Options{Cache: &s.runs})
	for name := range s.files {
		switch {
		case strings.HasSuffix(name, ".js"):
			s.files[name] = "// moved\n" + s.files[name]
		case strings.HasSuffix(name, ".wxml"):
			s.files[name] = "<!-- moved -->\n" + s.files[name]
		}
	}
	r := Analyze(s.load(t), Options{Cache: &s.runs})
	require.Equal(t, 1, s.runs.Used())
	before := map[any]bool{}
	for _, u := range old.Units {
		before[u] = true
	}
	for _, m := range old.Modules {
		before[m], before[m.File] = true, true
	}
	for _, v := range old.Views {
		before[v], before[v.File] = true, true
	}
	met := map[unsafe.Pointer]bool{}
	walked := 0
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() || met[v.UnsafePointer()] {
				return
			}
			met[v.UnsafePointer()] = true
			require.False(t, before[v.Interface()], "%s is of the load before", path)
			walk(v.Elem(), path)
		case reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem(), path)
			}
		case reflect.Struct:
			walked++
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i), path+"."+v.Type().Field(i).Name)
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), path)
			}
		case reflect.Map:
			for entries := v.MapRange(); entries.Next(); {
				walk(entries.Key(), path)
				walk(entries.Value(), path)
			}
		}
	}
	walk(reflect.ValueOf(r), "Result")
	require.Greater(t, walked, 100, "the walk saw too little")
	require.NotEmpty(t, r.Calls)
	require.Equal(t, 2, r.Calls[0].Location.Start().Line)
}

// A run that came near to its budget is no proof for a program of another size.
func TestARunNearItsBudgetIsNotKeptForAnotherSize(t *testing.T) {
	s := newSession()
	lowered := standard
	lowered.program = 600
	Analyze(s.load(t), Options{Cache: &s.runs, limits: &lowered})
	s.files["app.js"] += "// " + strings.Repeat("x", 400) + "\n"
	Analyze(s.load(t), Options{Cache: &s.runs, limits: &lowered})
	require.Zero(t, s.runs.Used())
}

func TestAnotherSinkIsAnotherRun(t *testing.T) {
	s := newSession()
	Analyze(s.load(t), Options{Cache: &s.runs})
	Analyze(s.load(t), Options{Cache: &s.runs, Sinks: []Sink{{Name: "post"}}})
	require.Zero(t, s.runs.Used())
}

// What is kept of answers is no part of a program: if it were compared, each edit would be run
// as soon as somebody has asked.
func TestMemosAreNotCompared(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(of reflect.Type, path string)
	look = func(of reflect.Type, path string) {
		if seen[of] || of == fileType {
			return // files are compared by their text
		}
		seen[of] = true
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			look(of.Elem(), path)
		case reflect.Map:
			look(of.Key(), path)
			look(of.Elem(), path)
		case reflect.Struct:
			require.NotContains(t, []string{"sync", "sync/atomic"}, of.PkgPath(), path)
			for f := range of.Fields() {
				if !slices.Contains(unseen[of], f.Name) {
					look(f.Type, path+"."+f.Name)
				}
			}
		}
	}
	look(reflect.TypeFor[*project.Program](), "Program")
	for _, tree := range []any{&script.Program{}, &markup.Document{}} { // also behind interfaces
		look(reflect.TypeOf(tree), reflect.TypeOf(tree).String())
	}
	require.True(t, seen[reflect.TypeFor[project.View]()])
}
