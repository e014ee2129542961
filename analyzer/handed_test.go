package analyzer

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/detectors"
)

// A function of the platform can itself be a handler or a lifecycle function. No code calls
// it then, so its place is where the script names it; one that is only named collects nothing.
func TestFunctionsOfThePlatformAsHandlers(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string // place of api/address, "" if there is none
	}{
		"lifecycle function": {native("Page({ onLoad: wx.chooseAddress })", ""), "pages/a/a.js:1:16"},
		"handler":            {native("Page({ pick: wx.chooseAddress })", `<button bindtap="pick"/>`), "pages/a/a.js:1:14"},
		"handler never used": {native("Page({ pick: wx.chooseAddress })", `<button bindtap="other"/>`), ""},
		"method of a component in one file": {map[string]string{
			"pages.json": `{"pages": [{"path": "pages/a/a"}]}`, "manifest.json": `{"mp-weixin": {}}`,
			"pages/a/a.vue": "<template><button @tap=\"pick\">地址</button></template>\n" +
				"<script>\nexport default { methods: { pick: uni.chooseAddress } }\n</script>",
		}, "pages/a/a.vue:3:35"},
		"attribute in JSX": {map[string]string{
			"package.json":      `{"dependencies": {"@tarojs/taro": "3.6.0", "@tarojs/components": "3.6.0", "react": "18.0.0"}}`,
			"src/app.config.js": "export default { pages: ['pages/a/a'] }", "src/app.jsx": "export default ({ children }) => children",
			"src/pages/a/a.jsx": "import Taro from '@tarojs/taro'\nimport { Button } from '@tarojs/components'\n" +
				"export default () => <Button onClick={Taro.chooseAddress}>地址</Button>",
		}, "src/pages/a/a.jsx:3:39"},
	} {
		fsys := fstest.MapFS{}
		for p, text := range c.files {
			fsys[p] = &fstest.MapFile{Data: []byte(text)}
		}
		s, err := Analyze(t.Context(), []Dir{{Path: ".", FS: fsys}}, Options{Detectors: detectors.All()})
		require.NoError(t, err, name)
		got := ""
		for f := range s.Findings() {
			if f.Rule.ID == "api/address" && f.Confidence > 0 {
				at := f.Location.File.Position(f.Location.Span.Start)
				got = fmt.Sprintf("%s:%d:%d", f.Location.File.Path, at.Line, at.Column)
			}
		}
		require.Equal(t, c.want, got, name)
	}
}

// native is a program of one page.
func native(script, view string) map[string]string {
	return map[string]string{"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "App({})", "pages/a/a.js": script, "pages/a/a.wxml": view}
}
