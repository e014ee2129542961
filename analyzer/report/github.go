package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/verdict"
)

// GitHub writes workflow commands, which GitHub Actions shows beside the lines of
// a pull request. It shows at most ten errors, ten warnings and ten notices of a
// step, so the surest come first. Columns are left out for findings over several
// lines, where GitHub would not show them.
//
// Syntax: docs.github.com, "Workflow commands for GitHub Actions"; the escapes
// are those of actions/toolkit, packages/core/src/command.ts.
func GitHub(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	for level := finding.High; level >= finding.Low; level-- {
		for _, f := range o.review(r) {
			if f.Confidence != level {
				continue
			}
			start, end := f.Location.Start(), f.Location.End()
			place := fmt.Sprintf("file=%s,line=%d,endLine=%d", escapeProperty(o.repositoryPath(f.Location.File.Path)), start.Line, end.Line)
			if start.Line == end.Line {
				place += fmt.Sprintf(",col=%d,endColumn=%d", start.Column, end.Column)
			}
			title := f.Rule.ID + " " + f.Rule.Title.In(o.Lang)
			fmt.Fprintf(out, "::%s %s,title=%s::%s\n", githubLevels[f.Confidence], place, escapeProperty(title), escapeData(o.remark(f)))
		}
	}
	if r.Changes == nil {
		for i := range r.Programs {
			p := &r.Programs[i]
			if pi := p.Verdict.PersonalInformation; pi.Status == verdict.Triggered && p.Project.Config != nil {
				text := o.say("触发备案：程序收集"+pi.Categories.In(lang.Chinese)+"。"+verdict.Notice.ZH+"。",
					"Filing is triggered: the program collects "+pi.Categories.In(lang.English)+". "+verdict.Notice.EN+".")
				fmt.Fprintf(out, "::notice file=%s,line=1,title=%s::%s\n",
					escapeProperty(o.repositoryPath(p.Project.Config.Path)), escapeProperty(verdict.Rule.ID), escapeData(text))
			}
		}
	}
	return out.Flush()
}

var githubLevels = map[finding.Confidence]string{finding.High: "error", finding.Medium: "warning", finding.Low: "notice"}

// escapeData escapes the message of a workflow command.
func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// escapeProperty escapes a property of a workflow command.
func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
