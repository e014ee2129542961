package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/detectors"
)

// rules lists the rules.
func (c *command) rules() *cobra.Command {
	var set settings
	cmd := &cobra.Command{
		Use:   "rules",
		Short: c.say("列出全部规则", "list all rules"),
		Args:  c.atMost(0),
		RunE: func(*cobra.Command, []string) error {
			rules, err := c.rulesHere(&set)
			if err != nil {
				return err
			}
			width := 0
			for _, r := range rules {
				width = max(width, len(r.ID))
			}
			for _, r := range rules {
				if _, err := fmt.Fprintf(c.stdout, "%-*s  %s\n", width, r.ID, r.Title.In(c.lang)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.configFlag(cmd.Flags(), &set)
	return cmd
}

// allRules returns the rules of all detectors and that of the verdict, by ID.
func allRules() []*finding.Rule { return analyzer.Rules(detectors.All()) }
