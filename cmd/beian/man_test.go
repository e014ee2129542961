package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/beian/beian/analyzer/lang"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"github.com/beian/beian/internal/golden"
)

// TestManPages compares docs/man with the commands and their flags: one page for
// each command in each language.
func TestManPages(t *testing.T) {
	want := map[string]string{}
	for language, folder := range map[lang.Code]string{lang.English: "en", lang.Chinese: "zh_CN"} {
		c := quiet(language)
		for _, cmd := range visible(c.root()) {
			want[folder+"/"+strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1"] = c.manPage(cmd)
		}
	}
	published(t, "../../docs/man", want)
}

// Every command shows how it is used before it lists its flags.
func TestHelpBeginsWithExamples(t *testing.T) {
	for _, language := range []lang.Code{lang.Chinese, lang.English} {
		for _, cmd := range visible(quiet(language).root()) {
			if strings.Contains(cmd.CommandPath(), "completion") || cmd.Name() == "help" || cmd.Name() == "version" ||
				cmd.Parent() != nil && cmd.Parent().HasParent() {
				continue
			}
			require.NotEmpty(t, cmd.Example, "%s, %s", cmd.CommandPath(), language)
			for line := range strings.Lines(cmd.Example) {
				require.Regexp(t, `^  [$ ]*(beian|npx beian|git)\b`, line, "%s, %s", cmd.CommandPath(), language)
			}
		}
	}
}

func TestCompletion(t *testing.T) {
	env := []string{"LANG=C", "beian"}
	for shell, part := range map[string]string{
		"bash": "complete -o default -F __start_beian beian", "zsh": "#compdef beian",
		"fish": "complete -c beian", "powershell": "Register-ArgumentCompleter",
	} {
		require.Contains(t, perform(t, append(env, "completion", shell)), part, shell)
	}
	require.Contains(t, perform(t, append(env, "__complete", "explain", "field/p")), "field/phone")
	require.Contains(t, perform(t, append(env, "__complete", "l")), "lsp")
}

func quiet(in lang.Code) *command {
	return &command{lang: in, environment: environment{
		stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" },
	}}
}

// visible returns cmd and the commands below it that its help shows, but for the
// four completions, whose texts are not ours.
func visible(cmd *cobra.Command) []*cobra.Command {
	out := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() && cmd.Name() != "completion" {
			out = append(out, visible(sub)...)
		}
	}
	return out
}

// manPage writes the help of a command as a manual page.
func (c *command) manPage(cmd *cobra.Command) string {
	var b strings.Builder
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	section := func(zh, en, body string) {
		if body = strings.TrimRight(body, "\n"); body != "" {
			fmt.Fprintf(&b, ".SH %s\n%s\n", c.say(zh, en), body)
		}
	}
	fmt.Fprintf(&b, ".\\\" %s\n", golden.Mark)
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"beian %s\"\n", strings.ToUpper(roff(name)), version)
	section("名称", "NAME", roff(name)+` \- `+roff(cmd.Short))
	section("用法", "SYNOPSIS", `\fB`+roff(cmd.UseLine())+`\fR`)
	section("描述", "DESCRIPTION", roff(cmd.Long))
	if cmd.Example != "" {
		section("常用", "EXAMPLES", ".nf\n"+roff(cmd.Example)+"\n.fi")
	}
	section("选项", "OPTIONS", flagList(cmd.LocalFlags()))
	section("通用选项", "COMMON OPTIONS", flagList(cmd.InheritedFlags()))
	section("退出码", "EXIT STATUS", roff(cmp.Or(cmd.Annotations[exitStatus], c.exits("", ""))))
	var also []string
	if cmd.HasParent() {
		also = append(also, `\fB`+roff(strings.ReplaceAll(cmd.Parent().CommandPath(), " ", "-"))+`\fR(1)`)
	}
	for _, sub := range visible(cmd)[1:] {
		if sub.Parent() == cmd {
			also = append(also, `\fB`+roff(name+"-"+sub.Name())+`\fR(1)`)
		}
	}
	section("参见", "SEE ALSO", strings.Join(also, ", "))
	return b.String()
}

func flagList(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		term := "--" + f.Name
		if f.Shorthand != "" {
			term = "-" + f.Shorthand + ", " + term
		}
		fmt.Fprintf(&b, ".TP\n\\fB%s\\fR %s\n%s\n", roff(term), roff(value), roff(usage))
	})
	return b.String()
}

// roff keeps text from being read as commands of the formatter.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
