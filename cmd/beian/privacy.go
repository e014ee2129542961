package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/policy"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/detectors"
)

// privacyFlags are the flags of privacy as they were typed.
type privacyFlags struct {
	declared, policy, format string
	draft                    bool
}

// privacy lists what the privacy guide has to declare.
func (c *command) privacy() *cobra.Command {
	var f privacyFlags
	var set settings
	cmd := &cobra.Command{
		Use:   "privacy [DIR]",
		Short: c.say("列出用户隐私保护指引须声明的类型，核对或起草声明", "list what the privacy guide must declare; check or draft the declaration"),
		Long: c.say("按微信的接口对应表，列出 DIR（默认当前目录）的代码需要哪些隐私类型、在哪里用到、是谁的代码；\n另列自行收集、平台扫描看不到的信息。\n用 --policy 时改为比较隐私政策的文本（txt、md、html、docx）与代码。",
			"List the privacy types that the code in DIR (default: the current directory) needs under WeChat's\ntable of interfaces, with places and whose code it is, and what the program collects itself, which\nthe platform's scan does not see. With --policy, compare the text of the privacy policy (txt, md, html, docx)\nwith the code instead."),
		Args: c.atMost(1),
		RunE: c.masked(func(cmd *cobra.Command, dirs []string) error { return c.runPrivacy(cmd, &f, &set, dirs) }),
	}
	c.exitsWith(cmd, "0 完成；1 与 --declared 的声明或 --policy 的文本有差异", "0 done; 1 it differs from what --declared or --policy says")
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.declared, "declared", "", c.say("与 `FILE` 中的声明比较：getprivacysetting 返回的 JSON，或提交在仓库中的 YAML；有差异时以 1 退出",
		"compare with the declaration in `FILE`: the JSON of getprivacysetting, or a YAML file; exit with 1 if they differ"))
	flags.BoolVar(&f.draft, "draft", false, c.say("起草声明和 setprivacysetting 请求体（配合 --format json 时只输出请求体）",
		"draft the declaration and the body of setprivacysetting (that body alone with --format json)"))
	flags.StringVar(&f.policy, "policy", "", c.say("与隐私政策的文本 `FILE` 比较：收集了没写、写了没收集、否认却收集、缺少的部分；有差异时以 1 退出",
		"compare with the text of the privacy policy in `FILE`: collected and not told, told and not collected, denied, parts that are missing; exit with 1 if they differ"))
	c.configFlag(flags, &set)
	flags.StringVarP(&f.format, "format", "f", formatText, c.say("输出格式 `NAME`：text、json", "output format `NAME`: text, json"))
	return cmd
}

func (c *command) runPrivacy(cmd *cobra.Command, f *privacyFlags, set *settings, dirs []string) error {
	if err := textOrJSON(f.format); err != nil {
		return err
	}
	if f.policy != "" {
		return c.runPolicy(cmd, f, set, dirs)
	}
	var declared *privacy.Declaration
	if f.declared != "" {
		text, err := readSmall(f.declared)
		if err != nil {
			return unreadable(f.declared, err)
		}
		if declared, err = privacy.ReadDeclaration(text); err != nil {
			var wrong *privacy.DeclarationError
			if errors.As(err, &wrong) {
				return mistake(lang.Same(f.declared).Plus(lang.Colon).Plus(wrong.Text()))
			}
			return err
		}
	}
	scan, err := c.inspect(cmd, set, dirs)
	if err != nil {
		return err
	}
	var answers []privacy.Answer
	for _, p := range scan.Report().Programs {
		a := privacy.Answer{Guide: p.Guide}
		if declared != nil {
			a.Compared, a.Differences = true, privacy.Compare(a.Guide, declared)
			if privacy.Differs(a.Differences) {
				c.status = exitFindings
			}
		}
		if f.draft {
			a.Draft = privacy.NewDraft(a.Guide, p.Project.Titles())
		}
		answers = append(answers, a)
	}
	switch {
	case f.format == formatText:
		return privacy.Text(c.stdout, answers, c.lang)
	case f.draft && declared == nil && len(answers) == 1:
		_, err := c.stdout.Write(answers[0].Draft.JSON())
		return err
	}
	return privacy.JSON(c.stdout, answers, c.lang)
}

// runPolicy compares the text of a privacy policy with the code.
func (c *command) runPolicy(cmd *cobra.Command, f *privacyFlags, set *settings, dirs []string) error {
	if f.declared != "" || f.draft {
		return mistake{ZH: "--policy 不能与 --declared、--draft 同用", EN: "--policy cannot be combined with --declared or --draft"}
	}
	data, err := readSmall(f.policy)
	if err != nil {
		return unreadable(f.policy, err)
	}
	lines, err := policy.Read(f.policy, data)
	if err != nil {
		return unreadable(f.policy, err)
	}
	scan, err := c.inspect(cmd, set, dirs)
	if err != nil {
		return err
	}
	text := policy.Parse(lines)
	var answers []policy.Answer
	for _, p := range scan.Report().Programs {
		a := policy.Answer{Program: p.Project.Name, Root: p.Project.Root, Policy: f.policy, Comparison: policy.Compare(text, p.Findings,
			p.Facts)}
		if a.Comparison.Differs() {
			c.status = exitFindings
		}
		answers = append(answers, a)
	}
	if f.format == formatJSON {
		return policy.WriteJSON(c.stdout, answers, c.lang)
	}
	return policy.WriteText(c.stdout, answers, c.lang)
}

// inspect analyses the programs in one directory by its settings.
func (c *command) inspect(cmd *cobra.Command, s *settings, dirs []string) (*analyzer.Scan, error) {
	opened, err := c.open(cmd, dirs)
	if err != nil {
		return nil, err
	}
	if err := c.configure(s, opened); err != nil {
		return nil, err
	}
	return analyzer.Analyze(cmd.Context(), opened, analyzer.Options{Version: version, Detectors: detectors.All()})
}
