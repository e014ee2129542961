package sfc

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oracle prints the blocks of a component as Vue's own compiler sees them, with
// offsets in UTF-16 units.
const oracle = `
const { parse } = require('@vue/compiler-sfc')
const out = []
for (const text of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  const { descriptor: d } = parse(text, { ignoreEmpty: false })
  out.push([d.template, d.script, d.scriptSetup, ...d.styles, ...d.customBlocks].filter(Boolean)
    .sort((a, b) => a.loc.start.offset - b.loc.start.offset)
    .map(b => ({ tag: b.type, text: text.slice(b.loc.start.offset, b.loc.end.offset), setup: !!b.setup })))
}
console.log(JSON.stringify(out))
`

// TestOracle compares the blocks of the components in fixtures, and of some odd ones,
// with what Vue's compiler makes of them. It is looked for in the folder BEIAN_NPM, by
// default node_modules of the repository.
func TestOracle(t *testing.T) {
	root := os.Getenv("BEIAN_NPM")
	if root == "" {
		root = "../../node_modules"
	}
	root, err := filepath.Abs(root)
	require.NoError(t, err)
	if _, err := os.Stat(filepath.Join(root, "@vue", "compiler-sfc")); err != nil {
		t.Skipf("@vue/compiler-sfc is not installed in %s: run npm i --ignore-scripts @vue/compiler-sfc, or set BEIAN_NPM", root)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	texts := []string{
		"<template><template #a><b/></template></template>\n<script>1 < 2</script>",
		"<template>\n  <!-- </template> --><p a='</template>' b=\"x>y\">{{ a < b }}</p>\n</template>\n<style scoped>a>b{}</style>",
		"<script setup lang=\"ts\">\nconst a = '</div>'\n</script>\n<script>\nexport default {}\n</script>\n<template><i/></template>",
		"<!-- 姓名 --><template lang=\"pug\">\np </p\n</template>\n<i18n>{\"a\": \"手机号\"}</i18n>",
	}
	require.NoError(t, filepath.WalkDir("../../fixtures/projects", func(p string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(p) == ".vue" {
			text, err := os.ReadFile(p)
			require.NoError(t, err)
			texts = append(texts, string(text))
		}
		return err
	}))
	require.Greater(t, len(texts), 15)
	input, err := json.Marshal(texts)
	require.NoError(t, err)
	cmd := exec.Command(node, "-e", oracle)
	cmd.Env = append(os.Environ(), "NODE_PATH="+root)
	cmd.Stdin = strings.NewReader(string(input))
	output, err := cmd.Output()
	require.NoError(t, err)
	type block struct {
		Tag, Text string
		Setup     bool
	}
	var want [][]block
	require.NoError(t, json.Unmarshal(output, &want))
	for i, text := range texts {
		var got []block
		for _, b := range parse(text).Blocks {
			got = append(got, block{b.Tag, text[b.Inner.Start:b.Inner.End], b.Setup()})
		}
		require.Equal(t, want[i], got, text)
	}
}
