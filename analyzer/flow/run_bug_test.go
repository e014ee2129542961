package flow

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// Wherever the analyzer fails, the piece is reported and everything else is followed:
// both pages send what is entered, whatever else fails.
func TestOneFailureCostsOnePiece(t *testing.T) {
	defineGlobal("failHere", func(*machine, *call) *Value { panic("on purpose") })
	t.Cleanup(func() { delete(globals, "failHere") })
	page := func(extra string) string {
		return `<template><view><input @input="e => send(e.detail.value)" />` + extra + `</view></template>
<script>
import { post } from '../../post'
export default {
  methods: { send(v) { post(v) }, fail() { failHere() }, list() { failHere() }, late() { setTimeout(() => failHere(), 1) } },
`
	}
	const end = "}\n</script>\n"
	for what, c := range map[string]struct{ path, page, util, kid string }{
		"a lifecycle function": {path: "pages/a/a", page: page("") + "onLoad() { failHere() }" + end},
		"a handler":            {path: "pages/a/a", page: page(`<button @click="fail" />`) + end},
		"a callback":           {path: "pages/a/a", page: page(`<button @click="late" />`) + end},
		"a view":               {path: "pages/a/a", page: page(`<view v-for="x in list()" />`) + end},
		"the data of a page":   {path: "pages/a/a", page: page("") + "data() { return failHere() }" + end},
		"a module":             {path: "util.js", page: page("") + "created() { require('../../util') }" + end, util: "failHere()"},
		"a component":          {path: "own", page: page("<own />") + end, kid: `<template><view v-for="x in list()" /></template><script>export default { methods: { list() { failHere() } } }</script>`},
	} {
		t.Run(what, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for p, text := range map[string]string{
				"manifest.json": `{"mp-weixin": {}}`,
				"pages.json":    `{"pages": [{"path": "pages/a/a"}, {"path": "pages/z/z"}], "easycom": {"custom": {"^own$": "@/own.vue"}}}`,
				"main.js":       "",
				"App.vue":       "<script>export default {}</script>",
				"post.js":       "export function post(v) { uni.request({ url: 'https://x.example.cn', data: { v } }) }",
				"util.js":       c.util,
				"own.vue":       c.kid,
				"pages/a/a.vue": c.page,
				"pages/z/z.vue": page("") + end,
			} {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			programs, err := project.Load(fsys, project.Options{})
			require.NoError(t, err)
			r := Analyze(programs[0], Options{})
			require.Len(t, r.Omissions, 1)
			require.Equal(t, c.path, r.Omissions[0].Path)
			require.Contains(t, r.Omissions[0].Bug.Omission().EN, "on purpose (run_bug_test.go:")
			pages := map[string]int{}
			for _, c := range r.Controls {
				if len(c.Uses.Flows) > 0 {
					pages[c.Page.Path]++
				}
			}
			require.Equal(t, 1, pages["pages/z/z"], "what the other page enters is followed")
			require.Equal(t, 1, pages["pages/a/a"], "and what this one enters")
		})
	}
}
