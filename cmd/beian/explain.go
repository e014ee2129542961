package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/spelling"
)

// explain prints what a rule finds, why that matters and what to do.
func (c *command) explain() *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE ...",
		Short: c.say("说明一条规则", "explain a rule"),
		RunE: func(_ *cobra.Command, ids []string) error {
			if len(ids) == 0 {
				return mistake{
					ZH: "explain 后面要写规则名；beian rules 列出全部规则",
					EN: "explain needs the name of a rule; beian rules lists them",
				}
			}
			for i, id := range ids {
				rule, err := findRule(id)
				if err != nil {
					return err
				}
				text, _ := report.RuleHelp(rule, c.lang)
				if i > 0 {
					text = "\n" + text
				}
				if _, err := io.WriteString(c.stdout, text); err != nil {
					return err
				}
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var ids []string
			for _, r := range allRules() {
				ids = append(ids, r.ID)
			}
			return ids, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// findRule returns the rule with the given ID. The error names the nearest one.
func findRule(id string) (*finding.Rule, error) {
	var ids []string
	for _, r := range allRules() {
		if r.ID == id {
			return r, nil
		}
		ids = append(ids, r.ID)
	}
	m := mistake{
		ZH: fmt.Sprintf("没有规则 %q；beian rules 列出全部规则", id),
		EN: fmt.Sprintf("there is no rule %q; beian rules lists them", id),
	}
	if near := spelling.Nearest(id, ids); near != "" {
		m.ZH = fmt.Sprintf("没有规则 %q；是不是想写 %s？", id, near)
		m.EN = fmt.Sprintf("there is no rule %q; did you mean %s?", id, near)
	}
	return nil, m
}
