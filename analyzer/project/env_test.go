package project

import (
	"fmt"
	"maps"
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
