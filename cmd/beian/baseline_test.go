package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	acceptedView = "<view>\n  <text>手机号码</text>\n  <input name=\"mobile\" placeholder=\"请输入手机号码\" bindinput=\"onMobile\" />\n  <button bindtap=\"send\">发送</button>\n</view>\n"
	acceptedPage = "Page({\n  data: { mobile: '' },\n  onMobile(e) { this.setData({ mobile: e.detail.value }) },\n  send() { wx.request({ url: 'https://api.example.com', data: { mobile: this.data.mobile } }) },\n})\n"
)

// What a baseline accepts stays accepted through edits that do not change what
// the program asks for, and through no others.
func TestBaselineSurvives(t *testing.T) {
	edit := func(view, page string) map[string]string {
		return map[string]string{"app.json": `{ "pages": ["p/p"] }`, "p/p.wxml": view, "p/p.js": page}
	}
	rename := strings.NewReplacer("onMobile", "onTelephone", "mobile", "telephone")
	for name, c := range map[string]struct {
		files map[string]string
		holds bool
	}{
		"nothing":     {edit(acceptedView, acceptedPage), true},
		"lines moved": {edit("<!-- a -->\n\n"+acceptedView, "// a\n\n"+acceptedPage), true},
		"reformatted": {edit(strings.ReplaceAll(strings.ReplaceAll(acceptedView, "\n", "\r\n"), " placeholder", "\r\n    placeholder"),
			strings.ReplaceAll(acceptedPage, "  ", "\t")), true},
		"renamed":         {edit(rename.Replace(acceptedView), rename.Replace(acceptedPage)), true},
		"another handler": {edit(strings.Replace(acceptedView, "bindinput=\"onMobile\"", "model:value=\"{{mobile}}\"", 1), acceptedPage), true},
		"another label":   {edit(strings.ReplaceAll(acceptedView, "手机号码", "联系电话"), acceptedPage), false},
		"one more":        {edit(strings.Replace(acceptedView, "</view>", "<text>手机号码</text><input placeholder=\"请输入手机号码\" bindinput=\"onMobile\" /></view>", 1), acceptedPage), false},
		"another file":    {map[string]string{"app.json": `{ "pages": ["q/q"] }`, "q/q.wxml": acceptedView, "q/q.js": acceptedPage}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			save := func(files map[string]string) {
				for name, text := range files {
					require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
					require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
				}
			}
			save(edit(acceptedView, acceptedPage))
			require.Contains(t, perform(t, []string{"beian", "baseline", "create", "--reason", "已声明"}), "[exit 0]")
			require.NoError(t, os.RemoveAll("p"))
			save(c.files)
			out := perform(t, []string{"beian", "--baseline", "beian-baseline.json", "--quiet", "--fail-on", "medium"})
			if c.holds {
				require.NotContains(t, out, "field/phone")
			} else {
				require.Contains(t, out, "field/phone")
			}
		})
	}
}

// A baseline holds whichever directory of the repository is scanned; two programs
// that are alike are two.
func TestBaselineFromAnyDirectory(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	for _, program := range []string{"apps/甲", "apps/乙"} {
		for name, text := range map[string]string{"app.json": `{ "pages": ["p/p"] }`, "p/p.wxml": acceptedView, "p/p.js": acceptedPage} {
			name = filepath.Join(dir, program, name)
			require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
			require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
		}
	}
	require.NoError(t, exec.Command("git", "init", "-q", dir).Run())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "beian.yaml"), []byte("baseline: accepted.json\nfail-on: medium\n"), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "accepted.json"), []byte(`{"version": 1, "entries": []}`), 0o666))

	t.Chdir(filepath.Join(dir, "apps"))
	require.Contains(t, perform(t, []string{"beian", "baseline", "update", "甲", "--file", "../accepted.json", "--reason", "已声明"}), "[exit 0]")
	require.Contains(t, perform(t, []string{"beian", "甲", "--quiet"}), "[exit 0]")
	require.Contains(t, perform(t, []string{"beian", "乙", "--quiet"}), "field/phone")
	t.Chdir(dir)
	out := perform(t, []string{"beian", "--quiet"})
	require.NotContains(t, out, "apps/甲/p/p.wxml")
	require.Contains(t, out, "apps/乙/p/p.wxml")
	t.Chdir(filepath.Join(dir, "apps", "甲", "p"))
	require.Contains(t, perform(t, []string{"beian", "..", "--quiet"}), "[exit 0]")
}
