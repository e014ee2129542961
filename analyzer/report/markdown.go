package report

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// maxMarkdown is the number of characters up to which findings and files are listed:
// GitHub refuses comments above 65536. The rest is only counted.
const maxMarkdown = 50_000

// Markdown writes a comment for a pull request or the summary of a job: verdict
// first, then a table of findings, then what was not read.
func Markdown(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	m := &markdownWriter{out, o, maxMarkdown}
	for i := range r.Programs {
		m.program(r, &r.Programs[i])
	}
	m.line("<sub>%s</sub>", markdownText(verdict.Disclaimer.In(o.Lang)))
	return out.Flush()
}

type markdownWriter struct {
	w    io.Writer
	o    Options
	room int // characters that may still be listed
}

// list writes lines as long as there is room, and returns how many it left out.
func (m *markdownWriter) list(n int, line func(i int) string) int {
	for i := range n {
		text := line(i)
		if m.room -= utf8.RuneCountInString(text); m.room < 0 {
			return n - i
		}
		m.line("%s", text)
	}
	return 0
}

func (m *markdownWriter) line(format string, args ...any) { fmt.Fprintf(m.w, format+"\n", args...) }

func (m *markdownWriter) program(r *Report, p *Program) {
	o := m.o
	m.line("## beian: %s", markdownText(programName(p.Project)))
	m.line("")
	m.line("%s", m.headline(p.Verdict))
	m.line("")
	m.filing(p.Verdict.Filing)
	if p.Verdict.PersonalInformation.Accepted {
		m.line("%s", allAccepted.In(o.Lang))
		m.line("")
	}
	var rows []finding.Finding
	for _, f := range o.shown(p) {
		if f.Pending() && !f.Location.IsZero() {
			rows = append(rows, f)
		}
	}
	slices.SortStableFunc(rows, worstFirst)
	if r.Changes != nil {
		m.line("%s", o.say(
			"只列出与 "+markdownText(r.Changes.Against)+" 相比新增的收集点。",
			"Only what is new against "+markdownText(r.Changes.Against)+" is listed."))
		m.line("")
	}
	if len(rows) > 0 {
		m.line("%s", o.say("| 类别 | 严重程度 | 位置 | 说明 | 去向 |", "| category | severity | place | what | goes to |"))
		m.line("| --- | --- | --- | --- | --- |")
		if more := m.list(len(rows), func(i int) string { return m.row(&rows[i]) }); more > 0 {
			m.line("")
			m.line("%s", o.say(fmt.Sprintf("另有 %d 处没有列出。", more), fmt.Sprintf("%d more are not listed.", more)))
		}
	} else {
		m.line("%s", o.say("没有要处理的收集点。", "There is no collection point to look at."))
	}
	m.line("")
	if len(p.Unread) > 0 {
		m.line("<details><summary>%s</summary>", o.say(fmt.Sprintf("没有读到 %d 处", len(p.Unread)),
			fmt.Sprintf("%d not read", len(p.Unread))))
		m.line("")
		if more := m.list(len(p.Unread), func(i int) string {
			u := p.Unread[i]
			return fmt.Sprintf("- %s: %s", code(o.repositoryPath(u.Path)), markdownText(u.Reason.In(o.Lang)))
		}); more > 0 {
			m.line("- %s", o.say(fmt.Sprintf("另有 %d 处没有列出", more), fmt.Sprintf("%d more are not listed", more)))
		}
		m.line("")
		m.line("</details>")
		m.line("")
	}
}

// filing says whether the program is still what was filed.
func (m *markdownWriter) filing(f *verdict.Filing) {
	if f == nil {
		return
	}
	m.line("%s", markdownText(m.o.Lang.Sentence(f.Title().In(m.o.Lang))))
	m.line("")
	changes := f.Exceeding()
	for i := range changes {
		m.line("- %s", markdownText(m.o.change(&changes[i])))
	}
	if len(changes) > 0 {
		m.line("")
	}
}

func (m *markdownWriter) headline(v verdict.Verdict) string {
	in, h := m.o.Lang, v.Headline
	light := "🟡"
	switch status := v.PersonalInformation.Status; {
	case status == verdict.Triggered && v.Has(verdict.Triggered):
		light = "🔴"
	case status == verdict.Triggered: // the filing covers it
		light = "🟢"
	}
	title := in.Sentence(h.Title.In(in))
	return light + " **" + title + "**" + markdownText(strings.TrimPrefix(h.Told().In(in), title))
}

func (m *markdownWriter) row(f *finding.Finding) string {
	title := f.Category.Title()
	if f.Category == "" {
		title = f.Rule.Title
	}
	var sinks []string
	for _, flow := range f.Flows {
		sinks = append(sinks, m.o.destination(flow.Sink))
	}
	if note := DestinationNote(f.Destination, m.o.Lang); note != "" {
		sinks = append(sinks, note)
	}
	file := m.o.repositoryPath(f.Location.File.Path)
	place := fmt.Sprintf("%s:%d", path.Base(file), f.Location.Start().Line)
	if dir := path.Dir(file); dir != "." {
		place = dir + "/" + place
	}
	severity := "-" // it is collected, which is no problem
	if f.Severity != finding.NoSeverity {
		severity = word(severityWords, f.Severity.String(), m.o.Lang)
	}
	what := markdownText(oneLine(f.Message.In(m.o.Lang), 200))
	if f.Confidence < finding.High {
		what += m.o.say("（"+m.o.confidence(f.Confidence)+"）", " ("+m.o.confidence(f.Confidence)+")")
	}
	return fmt.Sprintf("| %s | %s | %s | %s [%s](%s) | %s |",
		markdownText(title.In(m.o.Lang)), severity, code(place), what, f.Rule.ID, ruleURL(f.Rule),
		markdownText(strings.Join(unique(sinks), m.o.say("、", "; "))))
}

// markdownText keeps text of the scanned program from being read as Markdown, HTML
// or a mention of a person.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range source.Printable(s) {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '|', '#', '~':
			b.WriteByte('\\')
		case '<':
			b.WriteString("&lt;")
			continue
		case '&':
			b.WriteString("&amp;")
			continue
		case '@':
			b.WriteString("&#64;")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code is s as code within a table.
func code(s string) string {
	s = strings.ReplaceAll(source.Printable(s), "|", `\|`)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}
