package analyzer

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/verdict"
)

// Components of Vue that the project's own scripts, or kbone, make into a mini program are read, and the report says
// what is not known of the build. Where nothing is found, scripts of the project itself leave the answer open.
func TestOwnBuilds(t *testing.T) {
	const (
		settings = `{"appid": "wx0000000000000000", "miniprogramRoot": "dist/"}`
		gulp     = `{"devDependencies": {"gulp": "4.0.2"}}`
		kbone    = `{"dependencies": {"vue": "2.6.14", "vue-router": "3.5.2"}, "devDependencies": {"mp-webpack-plugin": "1.4.5"}}`
		router   = "import Vue from 'vue'\nimport Router from 'vue-router'\nimport App from './App.vue'\nVue.use(Router)\n" +
			"Vue.prototype.$post = data => wx.request({ url: 'https://api.example.com/s', data })\n" +
			"new Vue({ el: '#app', router: new Router({ routes: [{ path: '/', component: () => import('./views/Mine.vue') }] }), render: h => h(App) })"
		asks = "<template><div><Row label=\"邮箱\" /><input v-model=\"tel\" placeholder=\"手机号\" /><button @click=\"save\" v-if=\"tel\">好</button></div></template>\n" +
			"<script>\nimport Row from '../parts/Row.vue'\nexport default { components: { Row }, data: () => ({ tel: '' }), methods: {\n"
		native = "<template><div><form bindsubmit=\"save\"><input name=\"tel\" placeholder=\"手机号\" value=\"{{ tel }}\" /></form></div></template>\n" +
			"<script>\nexport default { methods: { save(e) { wx.request({ url: 'https://api.example.com/s', data: e.detail.value }) } } }\n</script>"
		row = "<template><span>{{ label }}</span></template>\n<script>\nexport default { props: ['label'] }\n</script>"
	)
	for name, c := range map[string]struct {
		files  map[string]string
		status verdict.Status
		pages  []string
		host   string
	}{
		"gulp": {map[string]string{"project.config.json": settings, "package.json": gulp, "src/app.vue": "<script>\nexport default {}\n</script>", "src/parts/Row.vue": row,
			"src/pages/Mine.vue": asks + "save() { wx.request({ url: 'https://api.example.com/s', data: { tel: this.tel } }) } } }\n</script>"},
			verdict.Triggered, []string{"pages/Mine"}, "api.example.com"},
		"gulp, native events": {map[string]string{"project.config.json": settings, "package.json": gulp, "src/pages/mine.vue": native},
			verdict.Triggered, []string{"pages/mine"}, "api.example.com"},
		"gulp, nothing found": {map[string]string{"project.config.json": settings, "package.json": gulp, "src/pages/mine.vue": row},
			verdict.Undetermined, []string{"pages/mine"}, ""},
		"kbone": {map[string]string{"package.json": kbone, "src/main.js": router, "src/App.vue": "<template><router-view /></template>", "src/parts/Row.vue": row,
			"src/views/Mine.vue": asks + "save() { this.$post({ tel: this.tel }) } } }\n</script>"},
			verdict.Triggered, []string{"views/Mine"}, "api.example.com"},
		"kbone, nothing found": {map[string]string{"package.json": kbone, "src/main.js": router, "src/App.vue": "<template><router-view /></template>", "src/views/Mine.vue": row},
			verdict.NotTriggered, []string{"views/Mine"}, ""},
		"kbone, elements of the platform": {map[string]string{"package.json": kbone, "src/main.js": router, "src/App.vue": "<template><router-view /></template>",
			"src/parts/Row.vue": row, "src/views/Mine.vue": strings.NewReplacer("<input", "<wx-input", "<button", "<wx-button", "</button>", "</wx-button>", "@click", "@tap").
						Replace(asks) + "save() { this.$post({ tel: this.tel }) } } }\n</script>"},
			verdict.Triggered, []string{"views/Mine"}, "api.example.com"},
		"kbone, shown by elements of the platform": {map[string]string{"package.json": kbone, "src/main.js": router,
			"src/App.vue":        "<template><router-view /></template>",
			"src/views/Mine.vue": "<template><wx-view><wx-component behavior=\"image\" src=\"a.png\"></wx-component></wx-view></template>"},
			verdict.NotTriggered, []string{"views/Mine"}, ""},
		"kbone beside its output": {map[string]string{"package.json": kbone, "src/main.js": router, "src/App.vue": "<template><router-view /></template>",
			"src/parts/Row.vue": row, "src/views/Mine.vue": asks + "save() { this.$post({ tel: this.tel }) } } }\n</script>",
			"src/views/Old.vue": row, "src/web.js": "// import Old from './views/Old.vue'",
			"dist/mp/app.json": `{"pages": ["pages/a"]}`, "dist/mp/app.js": "", "dist/mp/pages/a.js": "", "dist/mp/pages/a.wxml": ""},
			verdict.Triggered, []string{"views/Mine"}, "api.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			s := scanned(t, c.files)
			a := s.Analyses[0]
			require.Equal(t, c.status, a.Verdict.PersonalInformation.Status)
			require.Equal(t, c.pages, a.Program.Config.Pages)
			require.Contains(t, a.Unread[0].Reason.EN, "a build that is not read here")
			host := ""
			for f := range s.Findings() {
				if f.Rule.ID == "field/phone" {
					require.Equal(t, finding.High, f.Confidence)
					for _, flow := range f.Flows {
						host = flow.Sink.Host
					}
				}
			}
			require.Equal(t, c.host, host)
		})
	}
}

// The entries that kbone's webpack configuration names draw its pages; what another entry draws for the web does not count.
func TestKboneWithReact(t *testing.T) {
	const (
		manifest = `{"dependencies": {"react": "16.14.0", "react-dom": "16.14.0"}, "devDependencies": {"mp-webpack-plugin": "1.4.5"}}`
		config   = "const path = require('path')\nmodule.exports = { entry: { index: path.resolve(__dirname, '../src/home/main.mp.jsx'), mine: './src/mine/start.tsx' } }"
		entry    = "import React from 'react'\nimport ReactDOM from 'react-dom'\nimport Shown from './Shown'\nexport default function createApp() {\n" +
			"  const box = document.createElement('div')\n  document.body.appendChild(box)\n  ReactDOM.render(<Shown />, box)\n}"
		web   = "import React from 'react'\nimport { render } from 'react-dom'\nimport Web from './Web'\nrender(<Web />, document.body)"
		plain = "import React from 'react'\nexport default () => <div><textarea placeholder='留言' /></div>"
	)
	asks := func(label string) string {
		return "import React, { useState } from 'react'\nexport default function Shown() {\n  const [tel, setTel] = useState('')\n" +
			"  const save = () => wx.request({ url: 'https://api.example.com/s', data: { tel } })\n" +
			"  return <div><span>" + label + "</span><input value={tel} onChange={(e) => setTel(e.target.value)} /><button onClick={save}>好</button></div>\n}"
	}
	for name, c := range map[string]struct {
		files  map[string]string
		status verdict.Status
		pages  []string
		found  []string
	}{
		"named": {map[string]string{"build/webpack.mp.config.js": config, "src/home/main.mp.jsx": entry, "src/home/Shown.jsx": asks("手机号"),
			"src/mine/start.tsx": entry, "src/mine/Shown.tsx": plain, "src/main.jsx": web, "src/Web.jsx": asks("邮箱")},
			verdict.Triggered, []string{"home/main.mp", "mine/start"}, []string{"field/phone api.example.com"}},
		"by name": {map[string]string{"src/main.mp.tsx": entry, "src/Shown.tsx": plain, "src/main.tsx": web, "src/Web.tsx": asks("邮箱")},
			verdict.NotTriggered, []string{"main.mp"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c.files["package.json"] = manifest
			a := scanned(t, c.files).Analyses[0]
			require.Equal(t, c.status, a.Verdict.PersonalInformation.Status)
			require.Equal(t, c.pages, a.Program.Config.Pages)
			var found []string
			for _, f := range a.Findings {
				if f.Reachable && f.Category.Triggers() {
					require.Equal(t, finding.High, f.Confidence)
					for _, flow := range f.Flows {
						found = append(found, f.Rule.ID+" "+flow.Sink.Host)
					}
				}
			}
			require.Equal(t, c.found, found)
		})
	}
}
