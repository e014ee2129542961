package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFunctionsFoundByContent(t *testing.T) {
	function := `const cloud = require('wx-server-sdk')
exports.main = async event => event`
	app := map[string]string{"src/app.json": `{"pages": ["pages/a/a"]}`, "src/pages/a/a.js": "Page({})", "src/pages/a/a.wxml": "<view/>"}
	for _, test := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"below a folder of another name", map[string]string{"server/all/login/index.js": function, "server/all/save/index.js": function},
			[]string{"login", "save"}},
		{"among the sources", map[string]string{"src/cloud/login/index.js": function}, []string{"login"}},
		{"package.json names the package", map[string]string{
			"back/save/index.js": "const db = require('./db')\nexports.main = db.save", "back/save/db.js": "",
			"back/save/package.json": `{"dependencies": {"wx-server-sdk": "latest"}}`}, []string{"save"}},
		{"the folder that the settings name is not there", map[string]string{
			"project.config.json": `{"miniprogramRoot": "src/", "cloudfunctionRoot": "gone/"}`, "fn/login/index.js": function}, []string{"login"}},
		{"the folder that the settings name counts alone", map[string]string{
			"project.config.json": `{"miniprogramRoot": "src/", "cloudfunctionRoot": "used/"}`,
			"used/login/index.js": function, "old/save/index.js": function}, nil},
		{"a server of another kind", map[string]string{"server/login/index.js": "exports.main = () => {}"}, nil},
		{"a page that is in index.js", map[string]string{"src/more/login/index.js": function, "src/more/login/index.wxml": "<view/>"}, nil},
		{"a package", map[string]string{"node_modules/x/demo/index.js": function}, nil},
		{"another program beside", map[string]string{
			"other/project.config.json": `{"miniprogramRoot": "app/"}`, "other/app/app.json": `{"pages": ["pages/a/a"]}`,
			"other/app/pages/a/a.js": "Page({})", "other/app/pages/a/a.wxml": "<view/>", "other/fns/login/index.js": function}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"project.config.json": `{"miniprogramRoot": "src/"}`}
			for name, text := range app {
				files[name] = text
			}
			for name, text := range test.files {
				files[name] = text
			}
			var got []string
			programs, err := Load(tree(files), Options{})
			require.NoError(t, err)
			for _, p := range programs {
				if p.Source != "src" {
					continue
				}
				for _, f := range p.Functions {
					if f.ByContent {
						require.NotNil(t, f.Main)
						got = append(got, f.Name)
					}
				}
			}
			require.Equal(t, test.want, got)
		})
	}
}
