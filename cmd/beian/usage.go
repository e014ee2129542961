package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/spelling"
)

// flagError says in the reader's language what is wrong with a flag, and which
// flag was probably meant.
func (c *command) flagError(cmd *cobra.Command, err error) error {
	m := mistake{ZH: err.Error(), EN: err.Error()}
	var absent *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &absent) && absent.GetSpecifiedShortnames() != "":
		m.ZH, m.EN = "没有 -"+absent.GetSpecifiedName()+" 这个选项", "there is no flag -"+absent.GetSpecifiedName()
	case errors.As(err, &absent):
		name := absent.GetSpecifiedName()
		m.ZH, m.EN = "没有 --"+name+" 这个选项", "there is no flag --"+name
		if ours := elsewhere[name]; slices.Contains(flagNames(cmd), ours.flag) {
			return mistake{ZH: m.ZH + "，请用 " + ours.write, EN: m.EN + "; use " + ours.write}
		}
		if near := spelling.Nearest(name, flagNames(cmd)); near != "" {
			return mistake{ZH: m.ZH + "，是不是想写 --" + near + "？", EN: m.EN + "; did you mean --" + near + "?"}
		}
	case errors.As(err, &empty):
		what, _ := pflag.UnquoteUsage(empty.GetFlag())
		m.ZH = fmt.Sprintf("--%s 后面缺少 %s", empty.GetFlag().Name, what)
		m.EN = fmt.Sprintf("--%s needs a %s", empty.GetFlag().Name, what)
	case errors.As(err, &invalid) && slices.Contains([]string{"int", "int64"}, invalid.GetFlag().Value.Type()):
		m.ZH = fmt.Sprintf("--%s 后面应是一个整数，而不是 %q", invalid.GetFlag().Name, invalid.GetValue())
		m.EN = fmt.Sprintf("--%s wants a whole number, not %q", invalid.GetFlag().Name, invalid.GetValue())
	}
	return mistake{ZH: m.ZH + "；用法见 " + cmd.CommandPath() + " --help", EN: m.EN + "; see " + cmd.CommandPath() + " --help"}
}

// elsewhere has the flags that other tools have for what ours do under another name.
var elsewhere = map[string]struct{ flag, write string }{
	"severity":    {"fail-on", "--fail-on high"},
	"level":       {"fail-on", "--fail-on high"},
	"no-color":    {"color", "--color never"},
	"no-colour":   {"color", "--color never"},
	"rule":        {"select", "--select RULE"},
	"rules":       {"select", "--select RULE"},
	"ignore":      {"exclude", "--exclude PATTERN"},
	"report":      {"format", "--format html=FILE"},
	"output-dir":  {"format", "--format html=DIR/report.html --format sarif=DIR/beian.sarif"},
	"max-results": {"verbose", "--verbose"},
}

// flagNames are the long names of the flags of cmd.
func flagNames(cmd *cobra.Command) []string {
	var names []string
	add := func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	}
	cmd.LocalFlags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}

// atMost is the check of a command that takes no more than n arguments.
func (c *command) atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) <= n {
			return nil
		}
		return mistake{
			ZH: fmt.Sprintf("%s 不需要 %q；用法见 %s --help", cmd.CommandPath(), args[n], cmd.CommandPath()),
			EN: fmt.Sprintf("%s takes no %q; see %s --help", cmd.CommandPath(), args[n], cmd.CommandPath()),
		}
	}
}

// aSubCommand is the check of a command that only holds others.
func (c *command) aSubCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return c.noCommand(cmd, args[0])
}

// noCommand says that there is no command of that name below cmd.
func (c *command) noCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return badValue(cmd.CommandPath(), name, names...)
}

// helpCommand is "beian help COMMAND".
func (c *command) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND ...]",
		Short: c.say("某个命令的帮助", "help on a command"),
		RunE: func(cmd *cobra.Command, words []string) error {
			about, rest, err := cmd.Root().Find(words)
			if err != nil || len(rest) > 0 {
				return c.noCommand(about, append(rest, words...)[0])
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// completion prints the script that makes a shell complete our commands and flags.
// The scripts are those of cobra.
func (c *command) completion() *cobra.Command {
	shells := []struct {
		name, zh, en string
		write        func(root *cobra.Command) error
	}{
		{"bash", "source <(beian completion bash)，写进 ~/.bashrc 长期有效（需要 bash-completion）",
			"source <(beian completion bash), in ~/.bashrc to keep it (needs bash-completion)",
			func(root *cobra.Command) error { return root.GenBashCompletionV2(c.stdout, true) }},
		{"zsh", "beian completion zsh >\"${fpath[1]}/_beian\"，然后重新打开终端", "beian completion zsh >\"${fpath[1]}/_beian\", then open a new terminal",
			func(root *cobra.Command) error { return root.GenZshCompletion(c.stdout) }},
		{"fish", "beian completion fish >~/.config/fish/completions/beian.fish", "beian completion fish >~/.config/fish/completions/beian.fish",
			func(root *cobra.Command) error { return root.GenFishCompletion(c.stdout, true) }},
		{"powershell", "beian completion powershell | Out-String | Invoke-Expression，写进 $PROFILE 长期有效",
			"beian completion powershell | Out-String | Invoke-Expression, in $PROFILE to keep it",
			func(root *cobra.Command) error { return root.GenPowerShellCompletionWithDesc(c.stdout) }},
	}
	cmd := &cobra.Command{
		Use:   "completion SHELL",
		Short: c.say("生成命令行补全脚本", "print a completion script for a shell"),
		Args:  c.aSubCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	for _, s := range shells {
		cmd.AddCommand(&cobra.Command{
			Use: s.name, Short: c.say(s.name+" 的补全脚本", "completion script for "+s.name), Example: "  " + c.say(s.zh, s.en),
			Args: c.atMost(0),
			RunE: func(cmd *cobra.Command, _ []string) error { return s.write(cmd.Root()) },
		})
	}
	return cmd
}

// completeValues lets shells complete the values of flags.
func completeValues(cmd *cobra.Command) {
	for flag, values := range map[string][]string{
		"format": report.FormatNames(), "fail-on": config.Gates(),
		"operator": {"individual", "enterprise", "organisation"}, "min-confidence": {"low", "medium", "high"},
		"color": {"auto", "always", "never"}, "preset": presetNames(), "platform": platform.Names(), "select": ruleIDs(allRules()),
	} {
		if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			panic(err) // the flags are those of scan
		}
	}
}
