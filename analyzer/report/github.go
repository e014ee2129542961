package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// GitHub writes workflow commands, which GitHub Actions shows beside the lines of
// a pull request. It shows at most ten errors, ten warnings and ten notices of a
// step, so the worst come first, then the surest. Columns are left out for findings over several
// lines, where GitHub would not show them.
//
// Syntax: docs.github.com, "Workflow commands for GitHub Actions"; the escapes
// are those of actions/toolkit, packages/core/src/command.ts.
func GitHub(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	type remark struct {
		severity   finding.Severity
		confidence finding.Confidence
		text       string
	}
	var remarks []remark
	for p, f := range o.review(r) {
		start, end := f.Location.Start(), f.Location.End()
		place := fmt.Sprintf("file=%s,line=%d,endLine=%d", escapeProperty(o.repositoryPath(f.Location.File.Path)), start.Line, end.Line)
		if start.Line == end.Line {
			place += fmt.Sprintf(",col=%d,endColumn=%d", start.Column, end.Column)
		}
		title := f.Rule.ID + " " + f.Rule.Title.In(o.Lang)
		remarks = append(remarks, remark{p.severity(f), f.Confidence,
			fmt.Sprintf("::%s %s,title=%s::%s\n", p.Level(f).GitHub, place, escapeProperty(title), escapeData(o.remark(f)))})
	}
	slices.SortStableFunc(remarks, func(a, b remark) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(b.confidence, a.confidence))
	})
	for _, remark := range remarks {
		fmt.Fprint(out, remark.text)
	}
	if r.Changes == nil {
		for i := range r.Programs {
			p := &r.Programs[i]
			if p.Verdict.Has(verdict.Triggered) && p.Project.Config != nil {
				text := o.Lang.Sentence(Trigger(p.Verdict).In(o.Lang)) + o.say("。",
					". ") + o.Lang.Sentence(p.Verdict.Headline.Law().In(o.Lang)) + o.say("。", ".")
				fmt.Fprintf(out, "::%s file=%s,line=1,title=%s::%s\n", VerdictLevel.GitHub,
					escapeProperty(o.repositoryPath(p.Project.Config.Path)), escapeProperty(verdict.Rule.ID), escapeData(text))
			}
		}
	}
	return out.Flush()
}

// escapeData escapes the message of a workflow command.
func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// escapeProperty escapes a property of a workflow command. What could control a terminal,
// which shows the commands outside of GitHub, becomes "?".
func escapeProperty(s string) string {
	s = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
	return source.Printable(s)
}
