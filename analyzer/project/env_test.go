package project

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDefined(t *testing.T) {
	for name, c := range map[string]struct {
		more map[string]string
		want map[string][]string
	}{
		"nothing": {nil, nil},
		"the published build": {map[string]string{".env": "VITE_HOST=https://base.example.com", ".env.production": "VITE_HOST='https://live.example.com' # the shop", ".env.development": "VITE_HOST=http://127.0.0.1"},
			map[string][]string{"VITE_HOST": {"https://live.example.com", "http://127.0.0.1"}}},
		"for all builds":        {map[string]string{".env": "export VITE_HOST = \"https://base.example.com\"\n#VITE_HOST=x", ".env.development": "VITE_HOST=http://127.0.0.1"}, map[string][]string{"VITE_HOST": {"https://base.example.com", "http://127.0.0.1"}}},
		"alike in two builds":   {map[string]string{".env.production": "VITE_HOST=https://a.example.com", ".env.test": "VITE_HOST=https://a.example.com"}, map[string][]string{"VITE_HOST": {"https://a.example.com"}}},
		"another build alone":   {map[string]string{".env.development": "VITE_HOST=http://127.0.0.1"}, map[string][]string{"VITE_HOST": {"http://127.0.0.1"}}},
		"a variable in it":      {map[string]string{".env": "NAME=live\nVITE_HOST=https://${NAME}.example.com"}, map[string][]string{"VITE_HOST": {"https://live.example.com"}}},
		"another directory":     {map[string]string{"vite.config.ts": "export default { envDir: './modes' }", "modes/.env.production": "VITE_HOST=https://live.example.com"}, map[string][]string{"VITE_HOST": {"https://live.example.com"}}},
		"an empty value":        {map[string]string{".env": "VITE_HOST="}, map[string][]string{"VITE_HOST": {""}}},
		"not the end of a name": {map[string]string{".env.production.bak": "VITE_HOST=https://old.example.com"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			files := uni()
			for p, text := range c.more {
				files[p] = text
			}
			got := load(t, files).Defined
			value, known := got["import.meta.env.VITE_HOST"]
			want, is := c.want["VITE_HOST"]
			require.Equal(t, is, known)
			require.Equal(t, want, value.Texts)
			require.Equal(t, want, got["process.env.VITE_HOST"].Texts)
		})
	}
}

// What define states may depend on .env files and on the mode of the build.
func TestDefinedByScript(t *testing.T) {
	const env = "const env = loadEnv(mode, process.cwd(), '')"
	always := func(texts ...string) Defined { return Defined{"__HOST__": {texts, true}} }
	open := func(texts ...string) Defined { return Defined{"__HOST__": {texts, false}} }
	for name, c := range map[string]struct {
		before, value string
		files         map[string]string
		want          Defined
	}{
		"a text":    {"", "JSON.stringify('https://a.example.com')", nil, always("https://a.example.com")},
		"as source": {"", "'\"https://a.example.com\"'", nil, always("https://a.example.com")},
		"code":      {"", "'location.host'", nil, Defined{}},
		"computed":  {"", "Date.now()", nil, Defined{}},
		"handed on": {"", "later('\"https://a.example.com\"')", nil, Defined{}},

		"a variable":  {env, "JSON.stringify(env.VITE_HOST)", map[string]string{".env": "VITE_HOST=https://live.example.com"}, always("https://live.example.com")},
		"of one mode": {env, "JSON.stringify(env.VITE_HOST)", map[string]string{".env.development": "VITE_HOST=http://127.0.0.1"}, open("http://127.0.0.1")},
		"a fallback that no build needs": {env, "JSON.stringify(env.VITE_HOST || 'https://else.example.com')",
			map[string]string{".env.production": "VITE_HOST=https://live.example.com", ".env.development": "VITE_HOST=http://127.0.0.1"}, always("https://live.example.com", "http://127.0.0.1")},
		"a fallback of the published build": {env, "JSON.stringify(env.VITE_HOST ?? 'https://else.example.com')",
			map[string]string{".env.development": "VITE_HOST=http://127.0.0.1"}, always("https://else.example.com", "http://127.0.0.1")},
		"a fallback without files": {env, "JSON.stringify(env.VITE_HOST || 'https://else.example.com')", nil, always("https://else.example.com")},
		"an empty variable":        {env, "JSON.stringify(env.VITE_HOST || 'https://else.example.com')", map[string]string{".env": "VITE_HOST="}, always("https://else.example.com")},
		"taken out":                {"const { VITE_HOST } = loadEnv(mode, process.cwd())", "JSON.stringify(`${VITE_HOST}/api`)", map[string]string{".env": "VITE_HOST=https://live.example.com"}, always("https://live.example.com/api")},
		"in another directory":     {"const env = loadEnv(mode, './modes')", "JSON.stringify(env['VITE_HOST'])", map[string]string{"modes/.env": "VITE_HOST=https://live.example.com"}, always("https://live.example.com")},
		"without its prefix":       {"const env = loadEnv(mode, process.cwd(), 'APP_')", "JSON.stringify(env.VITE_HOST || 'https://else.example.com')", map[string]string{".env": "VITE_HOST=https://live.example.com"}, always("https://else.example.com")},
		"of something else":        {"const env = settings()", "JSON.stringify(env.VITE_HOST || 'https://else.example.com')", map[string]string{".env": "VITE_HOST=https://live.example.com"}, always("https://else.example.com")},
		"of the process":           {"", "JSON.stringify(process.env.VITE_HOST)", map[string]string{".env": "VITE_HOST=https://live.example.com"}, always("https://live.example.com")},

		"by mode":               {"", "mode === 'development' ? '\"http://127.0.0.1\"' : '\"https://live.example.com\"'", nil, always("https://live.example.com", "http://127.0.0.1")},
		"by a test with a name": {"const live = process.env.NODE_ENV !== 'production'", "JSON.stringify(!live ? 'https://live.example.com' : 'http://127.0.0.1')", nil, always("https://live.example.com", "http://127.0.0.1")},
		"by what is not known":  {"", "JSON.stringify(given ? 'https://a.example.com' : other)", nil, open("https://a.example.com")},
		"in pieces":             {"const base = 'a.example.com'", "'\"https://' + base + '\"'", nil, always("https://a.example.com")},
	} {
		t.Run(name, func(t *testing.T) {
			files := uni()
			files["vite.config.ts"] = "export default defineConfig(({ mode }) => { " + c.before + "; return { define: { __HOST__: " + c.value + " } } })"
			for p, text := range c.files {
				files[p] = text
			}
			got := load(t, files).Defined
			maps.DeleteFunc(got, func(name string, _ Definition) bool { return name != "__HOST__" })
			require.Equal(t, c.want, got)
		})
	}
}

// What is defined may be a table by mode, an object, or set by a command.
func TestDefinedInOtherForms(t *testing.T) {
	const hosts = "const hosts = { test: 'https://test.example.com', production: 'https://live.example.com' }\n"
	for name, c := range map[string]struct {
		config, manifest string
		want             Defined
	}{
		"a table by mode": {hosts + "export default defineConfig(({ mode }) => ({ define: { A: JSON.stringify(hosts[mode]) } }))", "",
			Defined{"A": {[]string{"https://live.example.com", "https://test.example.com"}, true}}},
		"a table of settings": {"const all = { dev: { host: 'http://127.0.0.1' }, prod: { host: 'https://live.example.com' } }\n" +
			"export default { define: { A: JSON.stringify(all[process.env.MODE].host) } }", "",
			Defined{"A": {[]string{"https://live.example.com", "http://127.0.0.1"}, true}}},
		"an object": {`export default { define: { API: { HOST: '"https://a.example.com"', deep: { mail: JSON.stringify('b') } } } }`, "",
			Defined{"API.HOST": {[]string{"https://a.example.com"}, true}, "API.deep.mail": {[]string{"b"}, true}}},
		"an object as text": {"const settings = { host: 'https://a.example.com', later: Date.now() }\nexport default { define: { SET: JSON.stringify(settings) } }", "",
			Defined{"SET.host": {[]string{"https://a.example.com"}, true}}},
		"all of process.env": {`export default { define: { 'process.env': { HOST: 'https://a.example.com', LIMIT: 3 } } }`, "",
			Defined{"process.env.HOST": {[]string{"https://a.example.com"}, true}}},
		"a command": {"", `{"scripts": {"build": "cross-env NODE_ENV=production HOST=https://a.example.com NAME='x y' uni build", "x": "a --b=c"}}`,
			Defined{"process.env.HOST": {[]string{"https://a.example.com"}, false}, "process.env.NAME": {[]string{"x y"}, false}}},
		"a target of its own": {"", `{"uni-app": {"scripts": {"mp-test": {"env": {"UNI_PLATFORM": "mp-weixin", "HOST": "https://a.example.com"}}}}}`,
			Defined{"process.env.HOST": {[]string{"https://a.example.com"}, false}}},
	} {
		t.Run(name, func(t *testing.T) {
			files := uni()
			files["vite.config.ts"] = c.config
			if c.manifest != "" {
				files["package.json"] = c.manifest
			}
			got := load(t, files).Defined
			maps.DeleteFunc(got, func(name string, _ Definition) bool { return strings.HasPrefix(name, "import.meta.") })
			require.Equal(t, c.want, got)
		})
	}
}

// Names that double at each step are given up.
func TestDefinedGrowing(t *testing.T) {
	files := uni()
	text := "const a0 = 'a' + 'a'\n"
	for k := range maxConstant - 5 {
		text += fmt.Sprintf("const a%d = a%d + a%d\n", k+1, k, k)
	}
	files["vite.config.ts"] = text + fmt.Sprintf("export default { define: { __HOST__: JSON.stringify(a%d) } }", maxConstant-5)
	require.Less(t, len(load(t, files).Defined), 2)
}

// Taro keeps what its builds define in scripts beside config/index.js.
func TestDefinedByMode(t *testing.T) {
	for name, index := range map[string]string{
		"required": "const config = {}\nmodule.exports = function (merge) {\n  if (process.env.NODE_ENV === 'development') return merge({}, config, require('./dev'))\n  return merge({}, config, require('./prod'))\n}",
		"imported": "import prod from './prod'\nimport dev from './dev'\nexport default defineConfig((merge, { mode }) => merge({}, mode === 'production' ? prod : dev))",
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, map[string]string{
				"config/index.js":   index,
				"config/dev.js":     "module.exports = { env: { HOST: '\"http://127.0.0.1\"', TRACE: '\"on\"' } }",
				"config/prod.js":    "module.exports = { env: { HOST: '\"https://live.example.com\"' }, defineConstants: { LIMIT: '\"3\"' } }",
				"src/app.config.js": "export default { pages: ['pages/a/index'] }", "src/app.js": "export default 1",
				"src/pages/a/index.jsx": "export default () => <View/>", "package.json": "{}",
			})
			require.Equal(t, Defined{"process.env.HOST": {[]string{"https://live.example.com", "http://127.0.0.1"}, false},
				"process.env.TRACE": {[]string{"on"}, false}, "LIMIT": {[]string{"3"}, false}}, p.Defined)
		})
	}
}

// The templates of Vue CLI 2 and mpvue state process.env in scripts of their own, that of the published build in prod.env.js.
func TestDefinedByScriptsOfEnvironments(t *testing.T) {
	files := uni()
	files["config/index.js"] = "module.exports = { build: { env: require('./prod.env') }, dev: { env: require('./dev.env') }, other: require('./other') }"
	files["config/dev.env.js"] = "var merge = require('webpack-merge')\nmodule.exports = merge(require('./prod.env'), { NODE_ENV: '\"development\"', HOST: '\"http://127.0.0.1\"', TRY: '\"http://127.0.0.2\"' })"
	files["config/prod.env.js"] = "module.exports = { NODE_ENV: '\"production\"', HOST: '\"https://live.example.com\"', NOW: 'Date.now()' }"
	files["config/other.js"] = "module.exports = { HOST: '\"https://other.example.com\"' }"
	require.Equal(t, Defined{
		"process.env.HOST": {[]string{"https://live.example.com", "http://127.0.0.1"}, true},
		"process.env.TRY":  {[]string{"http://127.0.0.2"}, false},
	}, load(t, files).Defined)
}
