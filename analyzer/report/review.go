package report

import (
	"fmt"
	"iter"
	"path"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// The formats for code review (github, gitlab, rdjsonl, checkstyle, junit, and
// results of SARIF) show the same findings: those that call for a look. They name
// files from the top of the repository, as their consumers expect.

// review gives the findings of r that a code review shows, by program, with their
// program.
func (o Options) review(r *Report) iter.Seq2[*Program, *finding.Finding] {
	return func(yield func(*Program, *finding.Finding) bool) {
		for i := range r.Programs {
			for _, f := range o.shown(&r.Programs[i]) {
				if f.Pending() && !f.Location.IsZero() && !yield(&r.Programs[i], &f) {
					return
				}
			}
		}
	}
}

// repositoryPath is the path of a file of a report from the top of the
// repository.
func (o Options) repositoryPath(file string) string { return path.Join(o.URIBase, file) }

// say picks the text in the language of the report.
func (o Options) say(zh, en string) string { return o.Lang.Say(zh, en) }

// remark is the text of a finding in a code review: what it is, where the value
// goes, and what to do, in one line.
func (o Options) remark(f *finding.Finding) string {
	text := sentenceIn(f.Message.In(o.Lang), o.Lang)
	if f.Confidence < finding.High {
		sure := o.say(o.confidence(f.Confidence), "Confidence: "+word(confidenceWords, f.Confidence.String(), o.Lang))
		text += o.say("", " ") + sentenceIn(sure, o.Lang)
	}
	var sinks []string
	for _, flow := range f.Flows {
		sinks = append(sinks, o.destination(flow.Sink))
	}
	if sinks = unique(sinks); len(sinks) > 0 {
		text += o.say("去向：", " It is ") + strings.Join(sinks, o.say("、", "; ")) + o.say("。", ".")
	}
	if only := Circumstances(f, o.Lang); only != "" {
		text += o.say("", " ") + sentenceIn(o.Lang.Sentence(only), o.Lang)
	}
	if also := AlsoOn(f, o.Lang); also != "" {
		text += o.say("", " ") + sentenceIn(o.Lang.Sentence(also), o.Lang)
	}
	if note := DestinationNote(f.Destination, o.Lang); note != "" {
		text += o.say("", " ") + sentenceIn(o.Lang.Sentence(note), o.Lang)
	}
	if mend := f.Rule.Mend.In(o.Lang); mend != "" {
		text += o.say("", " ") + sentenceIn(mend, o.Lang)
	}
	return oneLine(text, 1000)
}

// destination names the destination of a value at a sink: sent to
// api.example.com (wx.request).
func (o Options) destination(s finding.Sink) string {
	text := sinkWord(s).In(o.Lang)
	if s.Host != "" {
		text += " " + s.Host
	}
	return text + o.say("（"+s.API+"）", " ("+s.API+")")
}

// unique drops items that occur earlier in list.
func unique(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// sentenceIn ends s with the full stop of its language.
func sentenceIn(s string, in lang.Code) string {
	s = strings.TrimRight(s, ".。")
	if s == "" {
		return s
	}
	return s + lang.Text{ZH: "。", EN: "."}.In(in)
}

// ruleURL is the page of a rule.
func ruleURL(rule *finding.Rule) string {
	return fmt.Sprintf("%s/blob/main/docs/rules/%s.md", homepage, rule.ID)
}
