package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/internal/golden"
)

// TestRulePages compares docs/rules with the metadata of the rules: one page for
// each, in Chinese and in English, and no other.
func TestRulePages(t *testing.T) {
	want := map[string]string{}
	var index strings.Builder
	const mark = "<!-- " + golden.Mark + " -->\n"
	index.WriteString(mark + "# 规则 Rules\n\n")
	for _, r := range allRules() {
		_, zh := report.RuleHelp(r, "zh")
		_, en := report.RuleHelp(r, "en")
		want[r.ID+".md"] = mark + zh + "\n---\n\n" + en
		index.WriteString("- [" + r.ID + "](" + r.ID + ".md)  " + r.Title.ZH + " / " + r.Title.EN + "\n")
	}
	want["README.md"] = index.String()
	published(t, "../../docs/rules", want)
}

// published checks that a directory of generated files holds exactly those that are
// wanted, by their paths in it.
func published(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if golden.Updating() {
		require.NoError(t, os.RemoveAll(dir))
		for name, text := range want {
			golden.Write(t, filepath.Join(dir, name), text)
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
	require.Equal(t, want, got, "run go generate ./...")
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
		_, after, found := strings.Cut(rest, "```\n")
		require.True(t, found, name)
		out := perform(t, []string{"LANG=" + lang, "beian", "scan", "fixtures/projects/clinic"})
		out, found = strings.CutSuffix(out, "[exit 1]\n")
		require.True(t, found, "the clinic triggers filing")
		golden.Check(t, name, before+mark+out+"```\n"+after)
	}
}

// blocks returns the fenced blocks of a document in one language, in order.
func blocks(t *testing.T, name, lang string) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	var out []string
	rest := string(text)
	for {
		_, after, found := strings.Cut(rest, "```"+lang+"\n")
		if !found {
			return out
		}
		block, after, found := strings.Cut(after, "```")
		require.True(t, found, name)
		out, rest = append(out, block), after
	}
}

// The examples of docs/custom-rules.md find what the text says.
func TestCustomRulesInDocs(t *testing.T) {
	const doc = "../../docs/custom-rules.md"
	settings, scripts := blocks(t, doc, "yaml"), blocks(t, doc, "js")
	require.Len(t, settings, 2)
	require.Len(t, scripts, 1)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"app.json": `{ "pages": ["p/p"] }`,
		"p/p.js": `Page({ data: { card: '', tel: '' }, send() {
  wx.chooseLicensePlate({ success: r => wx.request({ url: 'https://a.example.com', data: r }) })
  wx.reportEvent('tel', { tel: this.data.tel })
} })`,
		"p/p.wxml":        "<input placeholder=\"会员卡号\" model:value=\"{{card}}\" />\n<input placeholder=\"手机号\" model:value=\"{{tel}}\" />\n<button bindtap=\"send\">好</button>\n",
		"patterns.yaml":   settings[0],
		"script.yaml":     settings[1],
		"tools/detect.js": scripts[0],
	} {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	t.Chdir(dir)
	out := perform(t, []string{"beian", "--quiet", "--config", "patterns.yaml"})
	require.Contains(t, out, "p/p.wxml:1:1: 收集用户标识：“会员卡号” [custom/member-card，置信度中]")
	require.Contains(t, out, "p/p.js:2:3: 会员卡号：“chooseLicensePlate” [custom/member-card，置信度中]")
	out = perform(t, []string{"beian", "--quiet", "--config", "script.yaml"})
	require.Contains(t, out, "p/p.wxml:2:1: 交给第三方的手机号 [custom/long-way，置信度中]")
}

// commandLine is a command of ours in a document, up to what ends it there.
var commandLine = regexp.MustCompile("(?:^|[\\s`'\"(])beian((?: +[^\\s\\\\<>`'\"|&;)#，。；：、]+|[ ]+\"[^\"]*\")+)")

// asCommand tells from what stands before a command of ours in a line that it is meant as
// one: beian finds a phone number is prose, $ beian find is none.
var asCommand = regexp.MustCompile("(?:`|`npx |^ *\\$ |^ *\\$ npx |^ *exec |run: |entry: )$")

// documents are the files that tell people what to type.
func documents(t *testing.T) []string {
	t.Helper()
	names := []string{"README.md", "README.en.md", "CONTRIBUTING.md", "SECURITY.md", "action.yml", ".pre-commit-hooks.yaml",
		"npm/beian/README.md", "editors/vscode/README.md"}
	for i := range names {
		names[i] = "../../" + names[i]
	}
	for _, pattern := range []string{"docs/*.md", "templates/*.yml", "deploy/*.md", "deploy/*/*.md", "examples/*/*.md"} {
		found, err := filepath.Glob("../../" + pattern)
		require.NoError(t, err)
		names = append(names, found...)
	}
	return names
}

// Every command in the documents, the CI files and the packages exists, has these
// flags, and takes these values.
func TestCommandsInDocs(t *testing.T) {
	checked := 0
	for _, name := range documents(t) {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		fenced := false
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "```") {
				fenced = !fenced
			}
			for _, at := range commandLine.FindAllStringSubmatchIndex(line, -1) {
				m := []string{line[at[0]:at[1]], line[at[2]:at[3]]}
				words := strings.Fields(m[1])
				root := quiet("en").root()
				cmd, rest, err := root.Find(words)
				before := line[:at[2]-len("beian")]
				meant := asCommand.MatchString(before) || fenced && strings.TrimSpace(before) == ""
				dir := strings.HasPrefix(words[0], "-") || strings.Contains(words[0], "DIR")
				noStep := cmd != root && cmd.HasSubCommands() && len(rest) > 0 && !strings.HasPrefix(rest[0], "-")
				if err != nil || noStep || (cmd == root && !dir) {
					require.False(t, meant, "%s: there is no command %q", name, m[0])
					continue // prose: beian finds …
				}
				checked++
				for i, word := range rest {
					flag, value, given := strings.Cut(word, "=")
					if regexp.MustCompile(`^-[A-Za-z]$`).MatchString(flag) {
						require.NotNil(t, cmd.Flags().ShorthandLookup(flag[1:]), "%s: %s of %q", name, flag, m[0])
					}
					if !strings.HasPrefix(flag, "--") || len(flag) < 4 {
						continue
					}
					f := cmd.Flag(flag[2:])
					require.NotNil(t, f, "%s: %s of %q", name, flag, m[0])
					if !given && f.Value.Type() != "bool" && i+1 < len(rest) {
						value = rest[i+1]
					}
					if flag == "--format" && cmd.Name() != "materials" && cmd.Name() != "privacy" {
						format, _, _ := strings.Cut(strings.Trim(value, `"`), "=")
						require.Contains(t, append(report.FormatNames(), "NAME"), format, "%s: %q", name, m[0])
					}
				}
			}
		}
	}
	require.Greater(t, checked, 60)
}

// The types of application that beian.yaml can name are in its documentation.
func TestAppTypesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/configuration.md")
	require.NoError(t, err)
	for _, a := range verdict.AppTypes() {
		require.Equal(t, 2, strings.Count(string(text), "`"+a.ID+"`"), "%s, in Chinese and in English", a.ID)
	}
}

// Examples for YAML or JSON files in the documents are valid.
func TestSnippetsInDocs(t *testing.T) {
	docs, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	n := 0
	for _, name := range docs {
		for _, block := range blocks(t, name, "yaml") {
			var v map[string]any
			if strings.HasPrefix(block, "- ") {
				block = "list:\n" + block
			}
			require.NoError(t, yaml.Unmarshal([]byte(block), &v), "%s:\n%s", name, block)
			require.NotEmpty(t, v)
			n++
		}
		for _, block := range blocks(t, name, "json") {
			require.True(t, json.Valid([]byte(block)), "%s:\n%s", name, block)
			n++
		}
	}
	require.Greater(t, n, 8)
}

// A change to any file that a program is read from runs the hooks.
func TestHooksRunForEverySourceFile(t *testing.T) {
	text, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	require.NoError(t, err)
	patterns := regexp.MustCompile(`(?m)^  files: '(.*)'$`).FindAllStringSubmatch(string(text), -1)
	require.Len(t, patterns, 2)
	for _, p := range patterns {
		files := regexp.MustCompile(p[1])
		require.False(t, files.MatchString("README.md"))
		missing := without(platform.SourceSuffixes(), func(suffix string) bool { return files.MatchString("pages/a/a" + suffix) })
		require.Empty(t, missing, ".pre-commit-hooks.yaml: add them to %s", p[0])
	}
	text, err = os.ReadFile("../../docs/hooks.md")
	require.NoError(t, err)
	globs := regexp.MustCompile(`\*\.\{([\w,]+)\}`).FindAllStringSubmatch(string(text), -1)
	require.Len(t, globs, 2)
	for _, g := range globs {
		listed := strings.Split(g[1], ",")
		missing := without(platform.SourceSuffixes(), func(suffix string) bool { return slices.Contains(listed, suffix[1:]) })
		require.Empty(t, missing, "docs/hooks.md: add them to %s", g[0])
	}
	text, err = os.ReadFile("../../editors/vscode/src/files.ts")
	require.NoError(t, err)
	missing := without(platform.SourceSuffixes(), func(suffix string) bool { return strings.Contains(string(text), `"`+suffix[1:]+`"`) })
	require.Empty(t, missing, "editors/vscode/src/files.ts: add them")
}

// The READMEs list every platform whose programs are read, in the order of platforms.txt.
func TestReadmesListThePlatforms(t *testing.T) {
	var zh, en []string
	for _, p := range platform.Platforms() {
		zh, en = append(zh, p.Title.ZH), append(en, p.Title.EN)
	}
	last := len(en) - 1
	for name, want := range map[string]string{
		"README.md":    strings.Join(zh, "、"),
		"README.en.md": strings.Join(en[:last], ", ") + " and " + en[last],
	} {
		text, err := os.ReadFile("../../" + name)
		require.NoError(t, err)
		require.True(t, strings.Contains(strings.Join(strings.Fields(string(text)), " "), want), "%s does not say that it reads %s", name, want)
	}
}

// without returns the elements of list for which found does not hold.
func without(list []string, found func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(list), found)
}

// Until there is a release, every document that tells a way of installing which needs one
// says so; the READMEs tell none.
func TestNothingUnreleasedIsTold(t *testing.T) {
	log, err := os.ReadFile("../../CHANGELOG.md")
	require.NoError(t, err)
	if !strings.Contains(string(log), "Nothing has been released yet") {
		t.Skip("there is a release")
	}
	needs := regexp.MustCompile(`npx |npm install|uses: beian/|rev: v\d|beian@latest|brew install`)
	docs, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	told := 0
	for _, name := range docs {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		if needs.Match(text) {
			told++
			require.Contains(t, string(text), "还没有发布版本", name)
			require.Contains(t, string(text), "There is no release yet", name)
		}
	}
	require.Positive(t, told)
	for _, name := range []string{"../../README.md", "../../README.en.md"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.False(t, needs.Match(text), name)
		require.Contains(t, string(text), "go install ./cmd/beian", "the way that works")
	}
}
