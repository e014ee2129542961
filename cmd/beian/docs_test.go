package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/report"
)

// TestRulePages holds docs/rules to the metadata of the rules: one page for each,
// in Chinese and in English, and no other. `go test ./cmd/beian -update` writes them.
func TestRulePages(t *testing.T) {
	const dir = "../../docs/rules"
	want := map[string]string{}
	var index strings.Builder
	index.WriteString("# 规则 Rules\n\n")
	for _, r := range allRules() {
		_, zh := report.RuleHelp(r, "zh")
		_, en := report.RuleHelp(r, "en")
		want[r.ID+".md"] = zh + "\n---\n\n" + en
		index.WriteString("- [" + r.ID + "](" + r.ID + ".md)  " + r.Title.ZH + " / " + r.Title.EN + "\n")
	}
	want["README.md"] = index.String()
	if *update {
		require.NoError(t, os.RemoveAll(dir))
		for name, text := range want {
			name = filepath.Join(dir, name)
			require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
			require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
		}
	}
	got := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		got[filepath.ToSlash(rel)] = string(text)
		return err
	}))
	require.Equal(t, want, got)
}

// TestReadme runs the command that README.md shows and compares what it prints
// with the sample beside it.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	for name, lang := range map[string]string{"README.md": "zh_CN.UTF-8", "README.en.md": "C"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		const mark = "<!-- sample: beian scan fixtures/projects/clinic -->\n```text\n"
		before, rest, found := strings.Cut(string(text), mark)
		require.True(t, found, name)
		sample, after, found := strings.Cut(rest, "```\n")
		require.True(t, found, name)
		out := perform(t, []string{"LANG=" + lang, "beian", "scan", "fixtures/projects/clinic"})
		out, found = strings.CutSuffix(out, "[exit 1]\n")
		require.True(t, found, "the clinic triggers filing")
		if *update {
			require.NoError(t, os.WriteFile(name, []byte(before+mark+out+"```\n"+after), 0o666))
			continue
		}
		require.Equal(t, out, sample, "%s: run go test ./cmd/beian -update", name)
	}
}
