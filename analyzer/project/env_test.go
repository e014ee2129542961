package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDefined(t *testing.T) {
	for name, c := range map[string]struct {
		more map[string]string
		want Defined
	}{
		"nothing": {nil, nil},
		"the published build": {map[string]string{".env": "VITE_HOST=https://base.example.com", ".env.production": "VITE_HOST='https://live.example.com' # the shop", ".env.development": "VITE_HOST=http://127.0.0.1"},
			Defined{"VITE_HOST": {"https://live.example.com", "http://127.0.0.1"}}},
		"for all builds":        {map[string]string{".env": "export VITE_HOST = \"https://base.example.com\"\n#VITE_HOST=x", ".env.development": "VITE_HOST=http://127.0.0.1"}, Defined{"VITE_HOST": {"https://base.example.com", "http://127.0.0.1"}}},
		"alike in two builds":   {map[string]string{".env.production": "VITE_HOST=https://a.example.com", ".env.test": "VITE_HOST=https://a.example.com"}, Defined{"VITE_HOST": {"https://a.example.com"}}},
		"another build alone":   {map[string]string{".env.development": "VITE_HOST=http://127.0.0.1"}, Defined{"VITE_HOST": {"http://127.0.0.1"}}},
		"a variable in it":      {map[string]string{".env": "NAME=live\nVITE_HOST=https://${NAME}.example.com"}, Defined{"VITE_HOST": {"https://live.example.com"}}},
		"another directory":     {map[string]string{"vite.config.ts": "export default { envDir: './modes' }", "modes/.env.production": "VITE_HOST=https://live.example.com"}, Defined{"VITE_HOST": {"https://live.example.com"}}},
		"an empty value":        {map[string]string{".env": "VITE_HOST="}, Defined{"VITE_HOST": {""}}},
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
			require.Equal(t, want, value)
			require.Equal(t, want, got["process.env.VITE_HOST"])
		})
	}
	files := uni()
	files["vite.config.ts"] = "export default { define: { __HOST__: JSON.stringify('https://a.example.com'), 'process.env.HOST': '\"https://b.example.com\"', __NOW__: Date.now(), __LATER__: other } }"
	require.Equal(t, Defined{"__HOST__": {"https://a.example.com"}, "process.env.HOST": {"https://b.example.com"}}, load(t, files).Defined)
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
			require.Equal(t, Defined{"process.env.HOST": {"https://live.example.com", "http://127.0.0.1"}, "process.env.TRACE": {"on"}, "LIMIT": {"3"}}, p.Defined)
		})
	}
}
