package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
)

// What a program may hold to harm the reader of a report: markup, quotes,
// commands for the terminal, marks that change the direction of writing.
const (
	markup   = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&`
	terminal = "\x1b]0;title\x07\x1b[31m\u009b2J"
	turning  = "\u202e\u2066\u200f"
)

// secrets are the personal data in the program.
var secrets = []string{"13912345678", "11010519491231002X", "wang.xiao@"}

// hostile writes a program whose names, titles, labels and hosts are hostile.
func hostile(t *testing.T) string {
	dir := t.TempDir()
	odd := "pages/<b>'odd\"" + turning + "/in&dex"
	if runtime.GOOS == "windows" {
		odd = "pages/odd" + turning + "/in&dex" // < and " are in no name there
	}
	write := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	title := markup + terminal + turning + " 13912345678 11010519491231002X wang.xiao@corp.example.cn"
	object := func(v any) string {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		return string(text)
	}
	write("app.json", object(map[string]any{
		"pages": []string{"pages/a/a", odd}, "window": map[string]string{"navigationBarTitleText": title},
		"plugins": map[string]any{markup + terminal: map[string]string{"version": terminal, "provider": markup}},
	}))
	write("project.config.json", object(map[string]string{"appid": markup + terminal, "projectname": title}))
	write("app.js", `App({ onLaunch() { wx.cloud.init({ env: `+object(markup+terminal)+` }) } })`)
	write("pages/a/a.json", object(map[string]string{"navigationBarTitleText": title}))
	write("pages/a/a.wxml", `<view>隐私政策 `+terminal+turning+`</view>
<input placeholder="手机号 13912345678 &lt;script&gt;`+terminal+turning+`" bindinput="onPhone" />
<input placeholder="身份证号 11010519491231002X" bindinput="onCard" />
<button bindtap="onPlace">定位</button>`)
	write("pages/a/a.js", `Page({
  onPhone(e) {
    wx.request({ url: 'http://api.'+`+object(markup+terminal)+`+'.example.com/x?mail=wang.xiao@corp.example.cn', data: { phone: e.detail.value } })
    console.log('13912345678', e.detail.value)
  },
  onCard(e) { wx.setStorageSync('id', e.detail.value) },
  onPlace() { wx.getLocation({}) }
})`)
	write(odd+".wxml", `<input placeholder="真实姓名`+turning+`" name="realName" bindinput="onName" />`)
	write(odd+".js", `Page({ onName(e) { wx.request({ url: 'https://api.example.com', data: e.detail.value }) } })`)
	return dir
}

// Every report of a hostile program hides personal data, and what a person reads
// holds neither markup nor commands for a terminal. Reports for programs quote
// control characters; a path stays what it is, so that the file can be found.
func TestHostileProgram(t *testing.T) {
	dir := hostile(t)
	t.Chdir(dir)
	commands := map[string]string{
		"privacy": "privacy --draft", "privacy json": "privacy --draft --format json", "materials": "materials",
		"materials html": "materials --format html", "doctor": "doctor", "why": "why pages/a/a.wxml:2", "trace": "scan --trace", "fix": "fix",
	}
	for _, format := range report.FormatNames() {
		commands[format] = "scan --format " + format
	}
	forPrograms := map[string]bool{"json": true, "jsonl": true, "sarif": true, "gitlab": true, "rdjsonl": true, "github": true, "privacy json": true}
	for name, line := range commands {
		t.Run(name, func(t *testing.T) {
			for _, lang := range []string{"zh", "en"} {
				out := perform(t, append([]string{"beian"}, strings.Fields(line+" --lang "+lang)...))
				require.NotEmpty(t, out)
				require.NotContains(t, out, "[exit 2]")
				if name == "fix" {
					continue // it shows lines of app.json as they are, for patch to read
				}
				for _, r := range out {
					require.False(t, r < ' ' && r != '\n' && r != '\t' || 0x7f <= r && r < 0xa0, "control character %q in %s", r, out)
				}
				for _, secret := range secrets {
					require.NotContains(t, out, secret)
				}
				if !forPrograms[name] {
					require.Equal(t, source.PrintableLines(out), out)
				}
				if name == "html" || name == "materials" || name == "materials html" || name == "markdown" || name == "checkstyle" || name == "junit" {
					require.NotContains(t, out, "<img")
					require.NotContains(t, out, "<script>alert")
				}
			}
		})
	}
}

// Whatever code of the tree a tool would run to build the program, a scan only reads it.
func TestNothingOfTheTreeRuns(t *testing.T) {
	dir := t.TempDir()
	mark := filepath.Join(t.TempDir(), "ran")
	runs, err := json.Marshal("echo ran >" + mark)
	require.NoError(t, err)
	code := "require('child_process').execSync(" + string(runs) + ")\nrequire('fs').writeFileSync(" + string(runs[:1]) + mark + "\", '')\nfor (;;) {}\n"
	files := map[string]string{
		"package.json": `{"scripts": {"preinstall": ` + string(runs) + `, "postinstall": ` + string(runs) + `, "build": ` + string(runs) + `},
			"dependencies": {"@tarojs/taro": "3.6.0", "@tarojs/components": "3.6.0", "react": "18.0.0"}}`,
		"src/app.config.ts": `export default defineAppConfig({ pages: ['pages/a/index'] })`, "src/app.tsx": "export default (p) => p.children",
		"src/pages/a/index.tsx": `import { Input } from '@tarojs/components'
export default () => <Input placeholder="手机号" onInput={(e) => Taro.request({ url: 'https://x.example.com', data: e.detail.value })} />`,
	}
	for _, name := range []string{"config/index.js", "config/index.ts", "babel.config.js", "vue.config.js", "vite.config.ts", "pages.config.ts",
		"webpack.config.js", "postcss.config.js", ".eslintrc.js", "project.config.js", "src/pages/a/index.config.ts"} {
		files[name] = code + "module.exports = {}\n"
	}
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	for _, command := range []string{"scan --format json", "doctor", "privacy", "materials", "dump flow", "fix"} {
		out := perform(t, append(append([]string{"beian"}, strings.Fields(command)...), dir))
		require.NotEmpty(t, out)
		require.NoFileExists(t, mark, command)
		if command == "scan --format json" {
			require.Contains(t, out, "field/phone")
		}
	}
}
