package main

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
)

// selection is the flags that choose among what was found. The verdict is always that of
// all findings.
type selection struct {
	exclude []string // globs of files, from the scanned directory
	rules   []string // names of rules, with * for a part; there need be no custom/ rule

	collected bool // what is collected alone
}

// chooses reports whether anything may be left out.
func (s *selection) chooses() bool { return len(s.exclude)+len(s.rules) > 0 || s.collected }

func (s *selection) define(c *command, flags *pflag.FlagSet) {
	flags.StringArrayVar(&s.exclude, "exclude", nil, c.say("不报告与通配符 `GLOB` 相符的文件里的发现，可重复（不影响结论）",
		"do not report findings in files that match `GLOB`, repeatable (the verdict is not affected)"))
	flags.StringSliceVar(&s.rules, "select", nil, c.say("只报告这些规则 `RULE`，如 field/phone、sink/*，可重复（不影响结论）",
		"report these rules only: `RULE` is such as field/phone or sink/*, repeatable (the verdict is not affected)"))
}

// apply leaves in r what was chosen, and tells on stderr which globs name nothing.
func (s *selection) apply(c *command, r *report.Report, dirs []analyzer.Dir) error {
	if !s.chooses() {
		return nil
	}
	for _, pattern := range s.rules {
		known := func(r *finding.Rule) bool { return matches(pattern, r.ID) }
		if !strings.HasPrefix(pattern, "custom/") && !slices.ContainsFunc(r.Rules, known) {
			return noRule(pattern, ruleIDs(r.Rules))
		}
	}
	var globs []string
	for _, text := range s.exclude {
		glob, err := config.Glob(text)
		if err != nil {
			return mistake{ZH: fmt.Sprintf("--exclude 的通配符 %q 写错了：%v", text, err),
				EN: fmt.Sprintf("the glob %q of --exclude is malformed: %v", text, err)}
		}
		globs = append(globs, glob)
		if !slices.ContainsFunc(dirs, func(d analyzer.Dir) bool { return config.Named(d.FS, glob) }) {
			fmt.Fprintf(c.stderr, "beian: %s\n", c.say("--exclude 的“"+text+"”没有对应的文件，不起作用；路径从扫描目录算起",
				`"`+text+`" of --exclude names no file and has no effect; paths start at the scanned directory`))
		}
	}
	r.Select(func(f *finding.Finding) bool {
		if s.collected && !f.Kind.Collects() && f.Kind != finding.KindInferred {
			return false
		}
		if len(s.rules) > 0 && !slices.ContainsFunc(s.rules, func(p string) bool { return matches(p, f.Rule.ID) }) {
			return false
		}
		return f.Location.IsZero() || !slices.ContainsFunc(globs, func(g string) bool {
			return config.Fits(g, within(f.Location.File.Path, dirs))
		})
	})
	return nil
}

// within is a path of a report from the scanned directory that holds it.
func within(name string, dirs []analyzer.Dir) string {
	for _, d := range dirs {
		if rest, ok := strings.CutPrefix(name, d.Path+"/"); ok && len(dirs) > 1 {
			return rest
		}
	}
	return name
}

// matches reports whether a pattern, in which * is any text without /, names a rule.
func matches(pattern, id string) bool {
	ok, err := path.Match(pattern, id)
	return ok && err == nil
}

// presets are common ways to scan, each the values of some flags. A flag that is given
// has its own value.
var presets = map[string]map[string]string{
	"review":    {"verbose": "true", "report-suppressed": "true", "fail-on": "never"},
	"gate":      {"quiet": "true", "fail-on": "verdict,undetermined,high"},
	"inventory": {"report-suppressed": "true", "fail-on": "never"}, // and selection.collected
}

// preset sets the flags of a preset that were not given.
func preset(cmd *cobra.Command, name string) error {
	if name == "" {
		return nil
	}
	values, ok := presets[name]
	if !ok {
		return badValue("--preset", name, presetNames()...)
	}
	for flag, value := range values {
		if f := cmd.Flag(flag); !f.Changed {
			if err := cmd.Flags().Set(flag, value); err != nil {
				return err
			}
		}
	}
	return nil
}

func presetNames() []string { return []string{"review", "gate", "inventory"} }
