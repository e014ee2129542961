package analyzer

import (
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
