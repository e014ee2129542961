package main

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/detectors"
)

// doctor says what a scan would see, and what it would leave out and why.
func (c *command) doctor() *cobra.Command {
	var s settings
	cmd := &cobra.Command{
		Use:   "doctor [DIR]",
		Short: c.say("说明识别到了什么、跳过了什么", "show what is detected and what is skipped"),
		Args:  c.atMost(1),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			opened, err := c.open(cmd, dirs)
			if err != nil {
				return err
			}
			if err := c.configure(&s, opened); err != nil {
				return err
			}
			scan, err := analyzer.Analyze(cmd.Context(), opened, analyzer.Options{Version: version, Detectors: detectors.All()})
			c.diagnose(&opened[0])
			for _, a := range scan.Analyses { // those before an error, too
				c.examine(a.Program)
			}
			return err
		},
	}
	c.configFlag(cmd.Flags(), &s)
	return cmd
}

// fact prints one line of a name and what is known.
func (c *command) fact(indent, zh, en string, value ...string) {
	text := strings.Join(value, ", ")
	if text == "" {
		text = c.say("无", "none")
	}
	fmt.Fprintf(c.stdout, "%s%s%s%s\n", indent, c.say(zh, en), c.say("：", ": "), source.Printable(finding.Mask(text)))
}

// diagnose prints what surrounds the programs.
func (c *command) diagnose(d *analyzer.Dir) {
	fmt.Fprintf(c.stdout, "beian %s\n", version)
	c.fact("", "语言", "language", string(c.lang))
	top := config.Top(d.Path)
	if rel, err := relative(d.Path, top); top != "" && err == nil {
		top = path.Clean(strings.ReplaceAll(rel, `\`, "/"))
	}
	c.fact("", "git 仓库根目录", "top of the git repository", nonEmpty(top)...)
	if d.Config == nil {
		c.fact("", "配置", "settings")
	} else {
		c.fact("", "配置", "settings", d.Config.File.Path)
		c.fact("", "只看", "included", d.Config.Include...)
		c.fact("", "排除", "excluded", d.Config.Exclude...)
		if idle := d.Config.Idle(d.FS); len(idle) > 0 {
			c.fact("", "没有对应文件的写法", "patterns that name no file", idle...)
		}
	}
	if d.Baseline != nil {
		c.fact("", "基线", "baseline", c.say(fmt.Sprintf("%d 处", len(d.Baseline.Entries)),
			fmt.Sprintf("%d findings", len(d.Baseline.Entries))))
	}
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// examine prints what was detected about one program.
func (c *command) examine(p *project.Program) {
	fmt.Fprintln(c.stdout)
	c.fact("", "小程序", "mini program", p.Source)
	c.fact("  ", "名称", "name", nonEmpty(p.Name)...)
	c.fact("  ", "项目目录", "project directory", p.Root)
	c.fact("  ", "平台", "platform", report.PlatformName(p.Platform, c.lang))
	c.fact("  ", "框架", "framework", report.FrameworkName(p.Framework, c.lang))
	if p.Sources {
		c.fact("  ", "读取", "read", c.say("源码", "its sources"))
		c.fact("  ", "条件编译", "conditional parts", nonEmpty(p.Condition)...)
		c.fact("  ", "略过的编译输出", "built output left out", p.Outputs...)
		c.fact("  ", "略过的部分（不属于小程序）", "parts left out that are no mini program", p.Elsewhere...)
	}
	c.fact("  ", "页面", "pages", fmt.Sprint(len(p.Config.Pages)))
	c.fact("  ", "文件", "files", fmt.Sprint(p.Files))
	if len(p.Outside) > 0 {
		c.fact("  ", "扫描目录之外的文件", "files outside of the scanned directory", p.Outside...)
	}

	var libraries, packages, functions, skipped []string
	for _, m := range p.Modules {
		if m.Library != "" {
			libraries = append(libraries, m.Library)
			if strings.Contains(m.File.Path, "miniprogram_npm/") || strings.Contains(m.File.Path, "node_modules/") {
				packages = append(packages, m.Library)
			}
		}
		if m.Skipped != "" && !slices.ContainsFunc(p.Unread, func(u project.Unread) bool { return u.Path == m.File.Path }) {
			skipped = append(skipped, m.File.Path+c.say("：", ": ")+c.skipReason(m.Skipped))
		}
	}
	for _, u := range p.Units {
		if u.Library != "" {
			libraries = append(libraries, u.Library)
		}
	}
	for _, f := range p.Functions {
		if f.ByContent {
			functions = append(functions, f.Name+c.say("（按内容认出）", " (known by its content)"))
			continue
		}
		functions = append(functions, f.Name)
	}
	c.fact("  ", "第三方库", "third-party libraries", distinct(libraries)...)
	c.fact("  ", "npm 包", "npm packages", distinct(packages)...)
	c.fact("  ", "云函数", "cloud functions", distinct(functions)...)
	for _, u := range p.Unread {
		skipped = append(skipped, u.Path+lang.Colon.Plus(u.Reason).In(c.lang))
	}
	if skipped = distinct(skipped); len(skipped) == 0 {
		c.fact("  ", "没有读的文件", "not read")
		return
	}
	fmt.Fprintf(c.stdout, "  %s\n", c.say("没有读的文件：", "not read:"))
	for _, s := range skipped {
		fmt.Fprintf(c.stdout, "    %s\n", source.Printable(finding.Mask(s)))
	}
}

func (c *command) skipReason(reason string) string {
	switch reason {
	case "minified":
		return c.say("压缩过的代码", "minified")
	case "too large":
		return c.say("过大", "too large")
	}
	return reason
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
