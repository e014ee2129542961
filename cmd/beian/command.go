package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// version is the version of the tool. See CONTRIBUTING.md for what it promises.
const version = "0.1.0"

// Exit statuses. An error is never exitFindings: hooks and CI have to tell "the
// program collects personal information" from "the tool could not look".
const (
	exitClean    = 0 // nothing at or above --fail-on
	exitFindings = 1 // something at or above it
	exitFailure  = 2 // the tool could not do its job
)

// environment is all that the command takes from outside, so that tests can
// replace it.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	screen         *screen       // what shows stdout; nil for a file or a pipe
	terminal       *os.File      // the terminal that stderr is; nil if it is none
	locale         func() string // language of the system, such as zh-CN, if no variable tells it; nil for none
	cache          string        // directory for what can be made anew; "" for none
	bounds         bounds        // what the scan of another program may touch
}

// run executes the command line and returns the exit status.
func run(args []string, env environment) (status int) {
	messages := &maskedLines{w: source.PrintableWriter(env.stderr)} // they quote the scanned program and its files
	defer messages.Close()
	env.stderr = messages
	c := &command{environment: env, lang: language(args, env.getenv, env.locale)}
	defer func() {
		if cause := recover(); cause != nil {
			c.fail(bug.New(cause))
			status = exitFailure
		}
	}()
	stdout := &checkedWriter{w: env.stdout}
	c.stdout = stdout
	root := c.root()
	root.SetArgs(args)
	err := root.Execute()
	if stdout.err != nil { // whatever the command made of it
		err = unwritable(c.say("标准输出", "stdout"), stdout.err)
	}
	if err != nil {
		c.fail(err)
		return exitFailure
	}
	return c.status
}

// command is one run of the command line.
type command struct {
	environment
	lang   lang.Code
	status int // what run returns if there is no error
}

// say picks the text in the language of the run.
func (c *command) say(zh, en string) string { return c.lang.Say(zh, en) }

// fail tells a person on stderr what went wrong.
func (c *command) fail(err error) {
	fmt.Fprintf(c.stderr, "beian: %s\n", c.message(err))
}

// message is the text of err in the language of the run.
func (c *command) message(err error) string { return lang.Of(err).In(c.lang) }

// mistake is an error of the person who typed the command.
type mistake lang.Text

func (m mistake) Error() string   { return m.EN }
func (m mistake) Text() lang.Text { return lang.Text(m) }

// language is that of --lang, else of the locale, else of the system: Chinese if that is
// Chinese, else English. It is needed before flags are parsed, for help and errors.
func language(args []string, getenv func(string) string, system func() string) lang.Code {
	for i, a := range args {
		value, found := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, found = args[i+1], true
		}
		if said, ok := lang.Parse(value); found && ok {
			return said
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			return lang.OfLocale(locale)
		}
	}
	if system != nil {
		return lang.OfLocale(system())
	}
	return lang.English
}

// root is the command without a sub-command: it scans.
func (c *command) root() *cobra.Command {
	root := c.scan()
	root.Use = "beian [DIR ...]"
	root.Short = c.say("小程序个人信息与备案检查", "Personal information and filing check for mini programs")
	root.Long = c.say(
		"beian 找出小程序在哪里收集姓名、手机号、邮箱和身份证号，数据去向何处，以及是否触发备案。",
		"beian finds where a mini program collects names, phone numbers, email addresses and ID numbers,\nwhere the data goes, and whether filing is triggered.")
	root.Example = c.examples()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetIn(c.stdin)
	root.SetOut(c.stdout)
	root.SetErr(c.stderr)
	root.PersistentFlags().BoolP("help", "h", false, c.say("显示帮助", "show help"))
	root.Version = c.built()
	root.SetVersionTemplate("beian {{.Version}}\n")
	root.Flags().BoolP("version", "V", false, c.say("显示版本", "print the version"))
	root.PersistentFlags().String("lang", "auto", c.say("语言 `LANG`：zh、en 或 auto（按系统区域）",
		"`LANG` of the texts: zh, en, or auto (by locale)"))
	root.SetFlagErrorFunc(c.flagError)
	root.SetUsageTemplate(c.usage())
	root.SetHelpTemplate("{{with .Long}}{{.}}\n\n{{end}}{{.UsageString}}")

	scan := c.scan()
	root.AddCommand(scan, c.initialise(), c.doctor(), c.materials(), c.filed(), c.baseline(), c.accept(), c.ignore(), c.diff(),
		c.privacy(), c.fix(), c.rules(), c.explain(), c.why(), c.dump(), c.lsp(), c.completion(), c.interpreter(), c.fleet(),
		c.merge(), c.worker(), c.mcp(), c.ui(), c.version())
	root.SetHelpCommand(c.helpCommand())
	c.addExamples(root)
	return root
}

// examples are the three commonest uses. They come first in the help.
func (c *command) examples() string {
	return c.say(
		`  beian                                  扫描当前目录
  beian scan --format sarif=beian.sarif  扫描，并写出 SARIF 供代码评审使用
  beian explain field/phone              说明一条规则`,
		`  beian                                  scan the current directory
  beian scan --format sarif=beian.sarif  scan, and write SARIF for code review
  beian explain field/phone              explain a rule`)
}

// usage is the template of help and usage: examples, then commands, then flags.
func (c *command) usage() string {
	heading := func(zh, en string) string { return c.say(zh+"：", en+":") }
	inChinese := c.say(" | inChinese", "")
	return `{{if .HasExample}}` + heading("常用", "Common uses") + `
{{.Example}}

{{end}}` + heading("用法", "Usage") + `
  {{.UseLine` + inChinese + `}}{{if .HasAvailableSubCommands}}

` + heading("命令", "Commands") + `{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + heading("选项", "Flags") + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces` + inChinese + `}}{{end}}{{if .HasAvailableInheritedFlags}}

` + heading("通用选项", "Common flags") + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces` + inChinese + `}}{{end}}

` + heading("退出码", "Exit status") + `
  {{or (index .Annotations "` + exitStatus + `") "` + c.exits("", "") + `"}}
`
}

// exitStatus is the annotation of a command whose status can be 1.
const exitStatus = "exit status"

// exits lists the exit statuses of a command: what 0 and 1 mean for it.
func (c *command) exits(zh, en string) string {
	return c.say(cmp.Or(zh, "0 完成")+"；2 工具未能完成工作", cmp.Or(en, "0 done")+"; 2 the tool could not do its job")
}

// exitsWith gives the meaning of the statuses of cmd.
func (c *command) exitsWith(cmd *cobra.Command, zh, en string) {
	cmd.Annotations = map[string]string{exitStatus: c.exits(zh, en)}
}

// flagWords are the English words that cobra puts into a usage.
var flagWords = regexp.MustCompile(` \(default "?(.*?)"?\)| \[flags\]`)

func init() {
	cobra.AddTemplateFunc("inChinese", func(usage string) string {
		return flagWords.ReplaceAllStringFunc(usage, func(words string) string {
			if words == " [flags]" {
				return " [选项]"
			}
			return flagWords.ReplaceAllString(words, "（默认 $1）")
		})
	})
}

// version prints the version of the tool and of what it was built with.
func (c *command) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: c.say("显示版本", "print the version"),
		Args:  c.atMost(0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(c.stdout, "beian %s\n", c.built())
			return err
		},
	}
}

// built says which version this is, from which commit, and by what it was built: 0.1.0
// (commit 29f0e3b, changed since, go1.25.0, linux/amd64). A program that was not built in a
// checkout knows no commit.
func (c *command) built() string {
	facts := []string{runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		facts = append(c.commit(info.Settings), facts...)
	}
	return version + " (" + strings.Join(facts, ", ") + ")"
}

// commit tells from how Go was told to build whether that was from a commit.
func (c *command) commit(built []debug.BuildSetting) (facts []string) {
	for _, s := range built {
		switch {
		case s.Key == "vcs.revision":
			facts = append(facts, "commit "+s.Value[:min(len(s.Value), 12)])
		case s.Key == "vcs.modified" && s.Value == "true":
			facts = append(facts, c.say("其后有改动", "changed since"))
		}
	}
	return facts
}
