package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

const defaultWidth = 100

// Text writes r for people: of each program the problems with what to do about them,
// a line for each page on what it collects and where that goes, what could not be read
// and a line for each rulebook; then the verdicts, the figures, and what to do next.
// With o.Verbose every finding and rulebook is written in full.
func Text(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{w: out, o: o, paint: style(o.Color), partial: r.Changes != nil}
	for i := range r.Programs {
		t.program(&r.Programs[i])
	}
	if r.Changes != nil {
		t.changes(r)
	}
	for i := range r.Programs {
		if r.Changes == nil { // the verdict is that of the whole program
			t.verdict(r, i)
		}
	}
	if !o.Quiet {
		t.overview(r)
		if r.Changes == nil {
			t.totals(r)
		}
		t.line("%s", t.paint.dim(verdict.Disclaimer.In(o.Lang)))
		t.next(r)
	}
	return out.Flush()
}

type textWriter struct {
	w       io.Writer
	o       Options
	paint   style
	partial bool // only what is new is reported
}

// say picks the text in the report's language.
func (t *textWriter) say(zh, en string) string { return t.o.Lang.Say(zh, en) }

func (t *textWriter) line(format string, args ...any) {
	fmt.Fprintln(t.w, wrap(fmt.Sprintf(format, args...), t.o.Width))
}

// full reports whether everything is written in full.
func (t *textWriter) full() bool { return t.o.Verbose || t.o.Trace }

// width is how many cells a quoted line of source may take.
func (t *textWriter) width() int { return cmp.Or(t.o.Width, defaultWidth) }

// place is path:line:column, the path from where the person stands, so that terminals
// and editors make a link of it.
func (t *textWriter) place(l source.Location) string { return t.o.path(place(l)) }

// path makes a path of the report one from where the person stands.
func (o Options) path(name string) string {
	if o.Base == "" {
		return name
	}
	return path.Join(source.Printable(o.Base), name)
}

// program writes everything about p but its rulebooks and verdict.
func (t *textWriter) program(p *Program) {
	shown := t.o.shown(p)
	if t.o.Quiet {
		for i := range shown {
			t.brief(&shown[i])
		}
		for _, u := range p.Unread {
			if u.Hides {
				t.line("%s: %s%s", t.unreadPlace(u), t.say("没有读到：", "not read: "), oneLine(u.Reason.In(t.o.Lang), 200))
			}
		}
		return
	}
	t.heading(p.Project)
	collected, problems := split(shown)
	t.problems(p, problems)
	groups, aside := group(p.Project.Pages, collected)
	t.pages(groups)
	facts, _ := split(t.o.sure(p))
	if len(groups) == 0 && !t.partial {
		t.line("")
		t.line("%s", nothing(facts, t.o.unlisted(p).Collects).In(t.o.Lang))
	}
	t.asides(aside)
	t.accepted(p)
	t.unread(p)
	if t.full() {
		t.summary(facts)
	}
	t.line("")
}

// nothing says why no place that collects is listed.
func nothing(facts []finding.Finding, unlisted int) lang.Text {
	switch {
	case slices.ContainsFunc(facts, func(f finding.Finding) bool { return f.Counts() }):
		return lang.Text{ZH: "收集个人信息的地方都已由人接受，见下。", EN: "A person has accepted every place that collects personal information; see below."}
	case unlisted > 0:
		return lang.Text{ZH: fmt.Sprintf("收集个人信息的 %d 处不在所选的范围内，没有列出。", unlisted),
			EN: fmt.Sprintf("Not selected, and not listed: %s.", collecting(unlisted))}
	}
	return lang.Text{ZH: "没有发现收集个人信息的地方。", EN: "No place that collects personal information was found."}
}

// changes says what the report is compared with.
func (t *textWriter) changes(r *Report) {
	c := r.Changes
	if t.o.Quiet {
		return
	}
	t.line("%s", t.say(
		fmt.Sprintf("与 %s 相比：新增 %d 项，%d 项有变化，%d 项没有变化、不再列出。整个程序的结论见 beian scan。", source.Printable(c.Against), c.New, c.More, c.Known),
		fmt.Sprintf("Against %s: %s, %d changed; %d unchanged ones are not listed. For the verdict on the whole program, run beian scan.",
			source.Printable(c.Against), plural(c.New, "new finding"), c.More, c.Known)))
	if !c.Triggered {
		return
	}
	if f := r.exceeded(); f != nil {
		t.line("%s", t.paint.red(t.say("这次改动超出了备案的内容：", "This change goes beyond what was filed:")))
		t.filing(f)
		return
	}
	t.line("%s", t.paint.red(t.say("备案由这次改动触发。", "This change triggers filing.")))
}

func (t *textWriter) heading(p Project) {
	facts := []string{
		p.platforms(t.o.Lang),
		FrameworkName(p.Framework, t.o.Lang),
		t.say(fmt.Sprintf("%d 个页面", len(p.Pages)), plural(len(p.Pages), "page")),
		t.say(fmt.Sprintf("%d 个文件", p.Files), plural(p.Files, "file")),
	}
	if p.AppID != "" {
		facts = append([]string{p.AppID}, facts...)
	}
	t.line("%s  %s", t.paint.bold(programName(p)), t.paint.dim(source.Printable(strings.Join(facts, ", "))))
	if len(p.Outputs) > 0 {
		dirs := strings.Join(p.Outputs, ", ")
		t.line("%s", t.paint.dim(source.Printable(t.say("读取的是源码，没有扫描其编译输出 "+dirs,
			"sources were read; their build output was skipped: "+dirs))))
	}
	if len(p.Elsewhere) > 0 {
		targets := strings.Join(p.Elsewhere, ", ")
		t.line("%s", t.paint.dim(source.Printable(t.say("只用于 "+targets+" 的部分不属于小程序，没有扫描",
			"parts for "+targets+", which are no mini program, were skipped"))))
	}
	if n := len(p.Outside); n > 0 {
		t.line("%s", t.paint.dim(source.Printable(t.say(fmt.Sprintf("还读取了扫描目录之外的 %d 个文件（由本程序引用），例如 %s", n, p.Outside[0]),
			fmt.Sprintf("also read because the program imports them: %s outside of the scanned folder, such as %s", plural(n, "file"), p.Outside[0])))))
	}
}

// programName tells a program from others in the same directory.
func programName(p Project) string {
	if p.Root == "." || p.Root == p.Name {
		return source.Printable(p.Name)
	}
	return source.Printable(p.Name + "  " + p.Root)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// brief is one finding in one line, as compilers write them.
func (t *textWriter) brief(f *finding.Finding) {
	if !f.Pending() {
		return
	}
	where := ""
	if !f.Location.IsZero() {
		where = t.place(f.Location) + ": "
	}
	tags := append([]string{f.Rule.ID}, t.o.Gravity(f)...)
	t.line("%s%s [%s]", where, oneLine(f.Message.In(t.o.Lang), 200), strings.Join(tags, t.say("，", ", ")))
}
