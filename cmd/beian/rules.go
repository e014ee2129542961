package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/detectors"
)

// The formats of commands that print for people and for programs.
const (
	formatText = "text"
	formatJSON = "json"
)

// textOrJSON refuses a format that is neither.
func textOrJSON(format string) error {
	if format != formatText && format != formatJSON {
		return badValue("--format", format, formatText, formatJSON)
	}
	return nil
}

// rules lists the rules.
func (c *command) rules() *cobra.Command {
	var set settings
	format := formatText
	cmd := &cobra.Command{
		Use:   "rules",
		Short: c.say("列出全部规则", "list all rules"),
		Args:  c.atMost(0),
		RunE: func(*cobra.Command, []string) error {
			if err := textOrJSON(format); err != nil {
				return err
			}
			rules, err := c.rulesHere(&set)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return c.rulesJSON(rules)
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
	cmd.Flags().StringVarP(&format, "format", "f", format, c.say("格式 `NAME`：text、json", "format `NAME`: text, json"))
	c.configFlag(cmd.Flags(), &set)
	return cmd
}

// rulesJSON writes rules for catalogues and sites, in the reader's language.
func (c *command) rulesJSON(rules []*finding.Rule) error {
	type entry struct {
		ID       string `json:"id"`
		Kind     string `json:"kind"`
		Category string `json:"category,omitempty"`
		Title    string `json:"title"`
		Summary  string `json:"summary"`
		Why      string `json:"why"`
		Mend     string `json:"mend"`
		Limits   string `json:"limits,omitempty"`
		Bad      string `json:"bad,omitempty"`
		Good     string `json:"good,omitempty"`
		Since    string `json:"since"`
	}
	all := make([]entry, len(rules))
	for i, r := range rules {
		all[i] = entry{r.ID, string(r.Kind), string(r.Category), r.Title.In(c.lang), r.Summary.In(c.lang), r.Why.In(c.lang),
			r.Mend.In(c.lang), r.Limits.In(c.lang), r.Bad, r.Good, r.Since}
	}
	out := json.NewEncoder(c.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(all)
}

// allRules returns the rules of all detectors and that of the verdict, by ID.
func allRules() []*finding.Rule { return analyzer.Rules(detectors.All()) }
