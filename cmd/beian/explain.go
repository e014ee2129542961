package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/spelling"
)

// explain prints what a rule finds, why that matters and what to do.
func (c *command) explain() *cobra.Command {
	var set settings
	all := false
	cmd := &cobra.Command{
		Use:   "explain RULE ...",
		Short: c.say("说明一条规则", "explain a rule"),
		RunE: func(_ *cobra.Command, ids []string) error {
			if all {
				rules, err := c.rulesHere(&set)
				if err != nil {
					return err
				}
				ids = append(ids, ruleIDs(rules)...)
			}
			if len(ids) == 0 {
				return mistake{
					ZH: "explain 后面要写规则名；beian rules 列出全部规则",
					EN: "explain needs the name of a rule; beian rules lists them",
				}
			}
			for i, id := range ids {
				rule, err := c.findRule(id, &set)
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
			return ruleIDs(allRules()), cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, c.say("说明全部规则", "explain all rules"))
	c.configFlag(cmd.Flags(), &set)
	return cmd
}

func ruleIDs(rules []*finding.Rule) []string {
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
	}
	return ids
}

// rulesHere are the rules of the detectors and, if the current directory has settings
// that make more, those too.
func (c *command) rulesHere(s *settings) ([]*finding.Rule, error) {
	here := []analyzer.Dir{{Path: c.bounds.here()}}
	if err := c.configure(s, here); err != nil {
		return nil, err
	}
	if here[0].Detectors == nil {
		return allRules(), nil
	}
	return analyzer.Rules(here[0].Detectors), nil
}

// findRule returns the rule with the given ID.
func (c *command) findRule(id string, s *settings) (*finding.Rule, error) {
	rules, err := c.rulesHere(s)
	if err != nil {
		return nil, err
	}
	ids := ruleIDs(rules)
	if i := slices.Index(ids, id); i >= 0 {
		return rules[i], nil
	}
	return nil, noRule(id, ids)
}

// noRule is the error for a name that no rule has. It names the rules that have the word in
// them, or the nearest one.
func noRule(id string, ids []string) error {
	m := mistake{
		ZH: fmt.Sprintf("没有规则 %q；beian rules 列出全部规则", id),
		EN: fmt.Sprintf("there is no rule %q; beian rules lists them", id),
	}
	if near := alike(id, ids); len(near) > 0 {
		m.ZH = fmt.Sprintf("没有规则 %q；是不是想写 %s？", id, strings.Join(near, "、"))
		m.EN = fmt.Sprintf("there is no rule %q; did you mean %s?", id, strings.Join(near, ", "))
	}
	return m
}

// maxAlike is how many rules are proposed for a name that is none.
const maxAlike = 5

// alike lists the rules whose names have the word in them, else the nearest one.
func alike(word string, ids []string) []string {
	var out []string
	for _, id := range ids {
		if len(word) > 2 && strings.Contains(id, word) && len(out) < maxAlike {
			out = append(out, id)
		}
	}
	if near := spelling.Nearest(word, ids); len(out) == 0 && near != "" {
		out = append(out, near)
	}
	return out
}
