package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/why"
)

// acceptFlags are the flags of accept and ignore.
type acceptFlags struct {
	settings settings
	reason   string
	rules    []string
}

// accept writes the comment that accepts what is found at a place as known.
func (c *command) accept() *cobra.Command {
	return c.accepting("accept", finding.Known,
		c.say("接受一处发现：确需收集，已知", "accept what is found at a place: it is collected, and known"),
		c.say("在 FILE 第 LINE 行的发现旁写下 beian-accept 注释和原因。程序仍然收集：结论、材料和声明都不变，\n只是不再算新增、不再使检查失败。不能写注释的文件（JSON）里的发现记入基线。",
			"Write a beian-accept comment with the reason beside what is found on line LINE of FILE. The program\nstill collects it: verdict, papers and declaration stay the same, but it is not new and fails no check.\nWhat is found in files without comments (JSON) goes into the baseline."))
}

// ignore writes the comment that says of a place that the tool is mistaken.
func (c *command) ignore() *cobra.Command {
	return c.accepting("ignore", finding.NotPersonal,
		c.say("忽略一处发现：工具看错了，不是个人信息", "ignore what is found at a place: the tool is mistaken, it is no personal information"),
		c.say("在 FILE 第 LINE 行的发现旁写下 beian-ignore 注释和原因：它不再计入结论和材料。\n不能写注释的文件（JSON）里的发现记入基线。",
			"Write a beian-ignore comment with the reason beside what is found on line LINE of FILE: it no longer\ncounts for verdict and papers. What is found in files without comments (JSON) goes into the baseline."))
}

func (c *command) accepting(name string, as finding.AcceptedAs, short, long string) *cobra.Command {
	var f acceptFlags
	cmd := &cobra.Command{
		Use: name + " FILE:LINE [DIR]", Short: short, Long: long,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.reason = strings.Join(strings.Fields(f.reason), " ")
			switch {
			case len(args) == 0 || len(args) > 2 || parsePlace(args[0]).Line == 0:
				return mistake{ZH: "用法：beian " + name + " FILE:LINE --reason 原因",
					EN: "usage: beian " + name + " FILE:LINE --reason REASON"}
			case f.reason == "":
				return mistake{ZH: "请用 --reason 写明原因", EN: "say with --reason why"}
			case strings.Contains(f.reason, "*/") || strings.Contains(f.reason, "--"):
				return mistake{ZH: "原因里不能有 */ 和 --，它们会结束注释", EN: "the reason cannot hold */ or --, which end comments"}
			}
			return c.runAccept(cmd, &f, args, as)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&f.reason, "reason", "", c.say("原因 `TEXT`（必填）", "`TEXT` of why (needed)"))
	cmd.Flags().StringSliceVar(&f.rules, "rule", nil, c.say("只接受这条规则 `RULE` 的发现，可重复（默认那一行的全部）",
		"accept the findings of this `RULE` only, repeatable (default: all on the line)"))
	c.configFlag(cmd.Flags(), &f.settings)
	return cmd
}

func (c *command) runAccept(cmd *cobra.Command, f *acceptFlags, args []string, as finding.AcceptedAs) error {
	for _, id := range f.rules {
		if _, err := c.findRule(id, &f.settings); err != nil {
			return err
		}
	}
	i, err := c.around(cmd, &f.settings, args)
	if err != nil {
		return err
	}
	at, dir := i.at, i.dir
	found := pendingAt(i.scan, at, f.rules)
	if len(found) == 0 {
		return mistake{
			ZH: args[0] + " 没有要接受的发现；beian why " + args[0] + " 说明那里是什么",
			EN: "there is nothing to accept at " + args[0] + "; beian why " + args[0] + " says what is there",
		}
	}
	file := found[0].Location.File
	text, written := comments(found, as, f.reason)
	if written == 0 {
		return c.acceptInBaseline(dir, &f.settings, i.opened[0], i.scan, at, f, as)
	}
	if file.Encoding != source.UTF8 && file.Encoding != source.UTF8BOM {
		return notUTF8(file)
	}
	if err := overwrite(filepath.Join(dir, filepath.FromSlash(file.Path)), file, text); err != nil {
		return unwritable(file.Path, err)
	}
	fmt.Fprintf(c.stderr, "beian: %s:%d: %s\n", source.Printable(path.Join(filepath.ToSlash(dir), file.Path)), at.Line,
		c.say(fmt.Sprintf("已写入注释 %s（%s）", suppress.Keyword(as), ruleNames(found)),
			fmt.Sprintf("wrote the comment %s (%s)", suppress.Keyword(as), ruleNames(found))))
	return nil
}

// pendingAt lists what is found on a line and nobody has accepted, of some rules or of all.
func pendingAt(scan *analyzer.Scan, at why.Place, rules []string) []*finding.Finding {
	var out []*finding.Finding
	for _, a := range scan.Analyses {
		for i := range a.Findings {
			f := &a.Findings[i]
			if f.Accepted() || f.Location.IsZero() || f.Location.File.Path != at.File || f.Location.Start().Line != at.Line {
				continue
			}
			if len(rules) == 0 || slices.Contains(rules, f.Rule.ID) {
				out = append(out, f)
			}
		}
	}
	return out
}

// comments returns the text of the file of some findings with comments that accept them,
// and how many: one for each element, and for each line of a script.
func comments(found []*finding.Finding, as finding.AcceptedAs, reason string) (text string, written int) {
	file := found[0].Location.File
	text = file.Text
	done := map[source.Span]bool{}
	for _, f := range slices.Backward(found) { // so that places before stay right
		if done[f.Location.Span] {
			continue
		}
		done[f.Location.Span] = true
		var others []string
		for _, o := range found {
			if o.Location.Span == f.Location.Span && o.Rule != f.Rule && !slices.Contains(others, o.Rule.ID) {
				others = append(others, o.Rule.ID)
			}
		}
		if put, ok := suppress.Insert(f, file, f.Location.Span, as, reason, others...); ok {
			text = text[:put.At] + put.Text + text[put.At:]
			written++
		}
	}
	return text, written
}

// acceptInBaseline records findings of a file that holds no comments.
func (c *command) acceptInBaseline(dir string, s *settings, opened analyzer.Dir, scan *analyzer.Scan, at why.Place,
	f *acceptFlags, as finding.AcceptedAs) error {
	name, named := filepath.Join(dir, baselineName), false
	if settings := s.file(&opened); settings != "" && opened.Config != nil && opened.Config.Baseline != "" {
		name, named = filepath.Join(filepath.Dir(settings), filepath.FromSlash(opened.Config.Baseline)), true
	}
	base, err := readBaseline(name, readSmall)
	if err != nil {
		if !errors.Is(statError(name), fs.ErrNotExist) {
			return err
		}
		base = &suppress.Baseline{}
	}
	var found []finding.Finding
	for _, p := range scan.Report().Programs {
		for _, one := range p.Findings {
			if !one.Accepted() && one.Location.File.Path == at.File && one.Location.Start().Line == at.Line &&
				(len(f.rules) == 0 || slices.Contains(f.rules, one.Rule.ID)) {
				found = append(found, one)
			}
		}
	}
	base.Add(found, suppress.BaselineEntry{As: as, Reason: f.reason, Date: c.today(), Author: c.author(dir)})
	what := c.say("这个文件不能写注释，记入基线", "this file holds no comments, so it is in the baseline")
	if !named {
		what += c.say("；在 beian.yaml 中写 baseline: "+baselineName+" 后生效",
			"; it takes effect with baseline: "+baselineName+" in beian.yaml")
	}
	return c.writeBaseline(name, base, what)
}

// ruleNames lists the rules of findings, each once.
func ruleNames(found []*finding.Finding) string {
	var out []string
	for _, f := range found {
		if !slices.Contains(out, f.Rule.ID) {
			out = append(out, f.Rule.ID)
		}
	}
	return strings.Join(out, ", ")
}

// notUTF8 is the error for a file that would be written in another encoding than it has.
func notUTF8(file *source.File) error {
	return mistake{
		ZH: fmt.Sprintf("%s 的编码是 %s；请先存为 UTF-8", file.Path, file.Encoding),
		EN: fmt.Sprintf("%s is stored as %s; save it as UTF-8 first", file.Path, file.Encoding),
	}
}
