package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/report"
)

// planted makes the n-th number or address of a kind. No two are alike.
func planted(kind string, n int) string {
	switch kind {
	case "phone":
		return fmt.Sprintf("139%08d", 10_000_019+n*37)
	case "mail":
		return fmt.Sprintf("person%04d@corp.example.cn", n)
	}
	body := fmt.Sprintf("110105%d%02d%02d%03d", 1950+n%50, 1+n%12, 1+n%28, n%999)
	weights, sum := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}, 0
	for i, w := range weights {
		sum += w * int(body[i]-'0')
	}
	return body + string("10X98765432"[sum%11])
}

// writings are the ways in which people and programs write them.
var writings = []struct {
	name, kind string
	write      func(string) string
}{
	{"plain", "phone", func(s string) string { return s }},
	{"country code", "phone", func(s string) string { return "+86" + s }},
	{"country code and space", "phone", func(s string) string { return "+86 " + s }},
	{"international", "phone", func(s string) string { return "0086" + s }},
	{"trunk", "phone", func(s string) string { return "0" + s }},
	{"3-4-4", "phone", func(s string) string { return s[:3] + "-" + s[3:7] + "-" + s[7:] }},
	{"3 4 4", "phone", func(s string) string { return s[:3] + " " + s[3:7] + " " + s[7:] }},
	{"3 8", "phone", func(s string) string { return s[:3] + " " + s[3:] }},
	{"5 6", "phone", func(s string) string { return s[:5] + " " + s[5:] }},
	{"4 3 4", "phone", func(s string) string { return s[:4] + " " + s[4:7] + " " + s[7:] }},
	{"points", "phone", func(s string) string { return s[:3] + "." + s[3:7] + "." + s[7:] }},
	{"underscores", "phone", func(s string) string { return s[:3] + "_" + s[3:7] + "_" + s[7:] }},
	{"en dash", "phone", func(s string) string { return s[:3] + "–" + s[3:7] + "–" + s[7:] }},
	{"full-width hyphen", "phone", func(s string) string { return s[:3] + "－" + s[3:7] + "－" + s[7:] }},
	{"no-break space", "phone", func(s string) string { return s[:3] + "\u00a0" + s[3:7] + "\u00a0" + s[7:] }},
	{"ideographic space", "phone", func(s string) string { return s[:3] + "　" + s[3:7] + "　" + s[7:] }},
	{"full width", "phone", fullWidth},
	{"HTML escape", "phone", func(s string) string { return "&#49;" + s[1:] }},
	{"JavaScript escape", "phone", func(s string) string { return `\u0031` + s[1:] }},
	{"base64", "phone", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }},
	{"slashes", "phone", func(s string) string { return s[:3] + "/" + s[3:7] + "/" + s[7:] }},
	{"Arabic digits", "phone", func(s string) string { return scripted(s, "٠١٢٣٤٥٦٧٨٩") }},
	{"Chinese numerals", "phone", func(s string) string { return scripted(s, "零一二三四五六七八九") }},
	{"plain", "idcard", func(s string) string { return s }},
	{"groups", "idcard", func(s string) string { return s[:6] + " " + s[6:14] + " " + s[14:] }},
	{"hyphens", "idcard", func(s string) string { return s[:6] + "-" + s[6:10] + "-" + s[10:14] + "-" + s[14:] }},
	{"full width", "idcard", fullWidth},
	{"small x", "idcard", strings.ToLower},
	{"plain", "mail", func(s string) string { return s }},
	{"percent", "mail", func(s string) string { return strings.Replace(s, "@", "%40", 1) }},
	{"full-width sign", "mail", func(s string) string { return strings.Replace(s, "@", "＠", 1) }},
	{"HTML escape", "mail", func(s string) string { return strings.Replace(s, "@", "&#64;", 1) }},
	{"JavaScript escape", "mail", func(s string) string { return strings.Replace(s, "@", `\u0040`, 1) }},
	{"in words", "mail", func(s string) string { return strings.Replace(s, "@", " [at] ", 1) }},
	{"full width", "mail", wide},
	{"bare host", "mail", func(s string) string { return s[:strings.Index(s, ".")] }},
	{"host in Chinese", "mail", func(s string) string { return s[:strings.Index(s, "@")] + "@例子.中国" }},
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == 'X' {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// scripted writes digits in another script, of which set are the ten.
func scripted(s, set string) string {
	digits := []rune(set)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return digits[r-'0']
		}
		return r
	}, s)
}

// wide writes all of ASCII in full width.
func wide(s string) string { return strings.Map(func(r rune) rune { return r + 0xFEE0 }, s) }

// plantedProgram writes a program with every writing in every place, and returns the texts
// that no output may hold.
func plantedProgram(t *testing.T) (dir string, secrets []string) {
	dir = t.TempDir()
	n := 0
	fresh := func(i int) string {
		n++
		text := writings[i].write(planted(writings[i].kind, n))
		secrets = append(secrets, text)
		return text
	}
	quoted := func(s string) string {
		text, err := json.Marshal(s)
		require.NoError(t, err)
		return string(text)
	}
	write := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	var pages []string
	plugins, permissions := map[string]any{}, map[string]any{}
	for i := range writings {
		page := fmt.Sprintf("pages/p%d/index", i)
		pages = append(pages, page)
		plugins[fmt.Sprintf("plugin%d", i)] = map[string]string{"version": "1.0.0", "provider": fresh(i)}
		permissions[fmt.Sprintf("scope.s%d", i)] = map[string]string{"desc": fresh(i)}
		write(page+".json", `{"navigationBarTitleText": `+quoted("联系 "+fresh(i))+`, "usingComponents": {"c": `+quoted("/parts/"+fresh(i))+`}}`)
		write(page+".wxml", fmt.Sprintf(`<!-- %s -->
<view>隐私政策 客服 %s</view><label>手机号 %s</label>
<input placeholder="请输入手机号 %s" name="x" value="%s" bindinput="onPhone" data-note="%s" />
<button open-type="getPhoneNumber" bindgetphonenumber="onNumber">%s 登录</button>
<web-view src="https://w.example.com/?who=%s"></web-view>
<picker range="{{['%s']}}" bindchange="onPick"><view>紧急联系人 %s</view></picker><c title="%s" />
<navigator url="/pages/none/none?tel=%s">拨打</navigator>`, fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i)))
		write(page+".js", fmt.Sprintf(`// %s
const note = '%s'
Page({
  data: { hint: "%s", list: [{ tel: '%s' }] },
  onPhone(e) {
    wx.request({ url: 'https://h%d.example.com/save?by=%s', data: { phone: e.detail.value, note } })
    wx.setStorageSync('key %s', e.detail.value)
    console.log('%s', e.detail.value)
    this['set %s'](e.detail.value)
  },
  onNumber(e) { getApp().track("%s", e.detail.code) },
  onPick(e) { wx.reportEvent('%s', { v: e.detail.value }); wx.cloud.callFunction({ name: '%s', data: e.detail }); wx.navigateTo({ url: '/x?tel=%s&v=' + e.detail.value }) },
  onLoad() { wx.getLocation({ success: (r) => this.setData({ place: r, why: '%s' }) }) },
})`, fresh(i), fresh(i), fresh(i), fresh(i), i, fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i), fresh(i)))
		write(fmt.Sprintf("data/d%d.json", i), `{"owner": `+quoted(fresh(i))+`}`)
		write(fmt.Sprintf("pages/p%d/broken.wxs", i), "var a = '"+fresh(i)+"' +")
		if name := fresh(i); !strings.ContainsAny(name, `\/`) {
			write("assets/"+name+".js", "module.exports = 1 +")
			write("lib/use"+fmt.Sprint(i)+".js", "require('../assets/"+name+"')\nrequire('./none "+fresh(i)+"')")
			pages = append(pages, "pages/absent "+fresh(i))
		}
	}
	app, err := json.Marshal(map[string]any{"pages": pages, "plugins": plugins, "permission": permissions})
	require.NoError(t, err)
	write("app.json", string(app))
	var imports strings.Builder
	for i := range writings {
		fmt.Fprintf(&imports, "require('./lib/use%d')\n", i)
	}
	write("app.js", imports.String()+"App({ track() {} })")
	write("project.config.json", `{"appid": "wx0000000000000001", "projectname": `+quoted("联系 "+fresh(0))+`}`)
	return dir, secrets
}

// spacing is what may be written differently in an output: a message folds lines and
// spaces.
var spacing = regexp.MustCompile(`[\s\x{00a0}\x{3000}]+`)

// No output of any command holds a number or an address of the program that it describes,
// in whatever way it is written there.
func TestPlanted(t *testing.T) {
	dir, secrets := plantedProgram(t)
	require.Greater(t, len(secrets), 1000)
	outputs := map[string]string{}
	call := func(args ...string) {
		var stdout, stderr bytes.Buffer
		run(args, environment{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }})
		outputs[strings.Join(args, " ")] = stdout.String() + stderr.String()
	}
	for _, format := range report.FormatNames() {
		call("scan", "--format", format, "--fail-on", "never", dir)
	}
	call("scan", "--verbose", dir)
	call("scan", "--trace", dir)
	call("doctor", dir)
	call("fix", dir)
	call("privacy", dir)
	call("privacy", "--draft", dir)
	call("materials", dir)
	call("materials", "--format", "html", dir)
	call("dump", "flow", dir)
	kept := t.TempDir()
	call("fleet", dir, "--output", filepath.Join(kept, "fleet.jsonl"), "--reports", filepath.Join(kept, "reports"), "--report-format", "html")
	call("merge", filepath.Join(kept, "fleet.jsonl"), "--csv", filepath.Join(kept, "fleet.csv"), "--html", filepath.Join(kept, "fleet.html"))
	call("scan", "--format", "json="+filepath.Join(kept, "report.json"), "--fail-on", "never", dir)
	call("diff", filepath.Join(kept, "report.json"), dir)
	call("filed", "--record", "--file", filepath.Join(kept, "filed.json"), dir)
	baseline := filepath.Join(t.TempDir(), "baseline.json")
	call("baseline", "create", "--reason", "x", "--file", baseline, dir)
	for i := range writings {
		at := filepath.Join(dir, fmt.Sprintf("pages/p%d/index", i))
		call("why", at+".wxml:3", dir)
		call("why", at+".js:6", dir)
		call("dump", "ir", at+".js")
	}
	for _, text := range []string{"%s: 1\n", "fail-on: \"%s\"\n", "labels:\n  - pattern: \"(%s\"\n    category: phone\n", "rules:\n  \"%s\": off\n"} {
		for i := range writings {
			n := 5000 + i
			secret := writings[i].write(planted(writings[i].kind, n))
			secrets = append(secrets, secret)
			settings := filepath.Join(t.TempDir(), "beian.yaml")
			require.NoError(t, os.WriteFile(settings, fmt.Appendf(nil, text, secret), 0o666))
			call("scan", "--config", settings, dir)
		}
	}
	text, _ := os.ReadFile(baseline)
	outputs["the baseline"] = string(text)
	require.NoError(t, filepath.WalkDir(kept, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, _ := os.ReadFile(name)
			outputs[name] = string(text)
		}
		return err
	}))
	var shown []string
	for call, out := range outputs {
		require.NotEmpty(t, out, call)
		out = spacing.ReplaceAllString(out, " ")
		for _, secret := range secrets {
			secret = spacing.ReplaceAllString(secret, " ")
			if at := strings.Index(out, secret); at >= 0 {
				shown = append(shown, fmt.Sprintf("%s: …%s…", call, out[max(0, at-40):min(len(out), at+len(secret)+20)]))
			}
		}
	}
	require.Empty(t, shown)
}
