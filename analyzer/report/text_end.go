package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// overview is a line for each program, if there are several.
func (t *textWriter) overview(r *Report) {
	if len(r.Programs) < 2 || r.Changes != nil {
		return
	}
	t.line("")
	t.line("%s", t.paint.bold(t.say("总览", "Overview")))
	for i := range r.Programs {
		v := &r.Programs[i].Verdict
		t.line("  %s  %s  %s", programName(r.Programs[i].Project), t.status(v), t.clean(v.Headline.Article))
	}
}

// totals says how much was read and found, and how long it took.
func (t *textWriter) totals(r *Report) {
	pages, collects, problems, places, mendable := 0, 0, 0, 0, 0
	var unlisted Tally
	for i := range r.Programs {
		p := &r.Programs[i]
		left := t.o.unlisted(p)
		unlisted.Collects += left.Collects
		unlisted.Problems += left.Problems
		pages += len(p.Project.Pages)
		var wrong []finding.Finding
		for _, f := range t.o.shown(p) {
			switch {
			case !f.Counts():
			case noted(&f):
				wrong = append(wrong, f)
			default:
				collects++
			}
		}
		for _, same := range alike(wrong) {
			problems++
			places += len(same)
			if p.mendable(same[0]) {
				mendable++
			}
		}
	}
	read := t.say(fmt.Sprintf("%d 个页面、%d 个文件", pages, r.Stats.Files), plural(pages, "page")+", "+plural(r.Stats.Files, "file"))
	if t.o.Timed {
		read += t.say("，用时 ", ", ") + duration(r.Stats.Milliseconds)
	}
	found := t.say(fmt.Sprintf("收集 %d 处，问题 %d 个", collects, problems), collecting(collects)+", "+plural(problems, "problem"))
	if places > problems {
		found += t.say(fmt.Sprintf("（%d 处）", places), fmt.Sprintf(" in %d places", places))
	}
	if mendable > 0 {
		found += t.say(fmt.Sprintf("，其中 %d 个可以自动修改", mendable), fmt.Sprintf(" (%d can be mended by %s)", mendable,
			t.command("fix")))
	}
	t.line("")
	t.line("%s", read+t.say("：", ": ")+found+t.unlisted(unlisted))
}

// unlisted says what is not shown as it was not selected.
func (t *textWriter) unlisted(n Tally) string {
	var parts []string
	if n.Collects > 0 {
		parts = append(parts, t.say(fmt.Sprintf("收集 %d 处", n.Collects), collecting(n.Collects)))
	}
	if n.Problems > 0 {
		parts = append(parts, t.say(fmt.Sprintf("问题 %d 处", n.Problems), "problems in "+plural(n.Problems, "place")))
	}
	if len(parts) == 0 {
		return ""
	}
	return t.say("；另有"+strings.Join(parts, "、")+"不在所选的范围内", "; not selected: "+strings.Join(parts, ", "))
}

// collecting is "1 place that collects" and the like.
func collecting(n int) string {
	if n == 1 {
		return "1 place that collects"
	}
	return fmt.Sprintf("%d places that collect", n)
}

// duration writes milliseconds as a person reads them: 24 ms, 1.3 s.
func duration(milliseconds int64) string {
	if milliseconds < 1000 {
		return fmt.Sprintf("%d ms", milliseconds)
	}
	return fmt.Sprintf("%.1f s", float64(milliseconds)/1000)
}

// next names up to three commands that apply now.
func (t *textWriter) next(r *Report) {
	if r.Changes != nil {
		return
	}
	type step struct{ command, does string }
	var steps []step
	offer := func(applies bool, command, zh, en string) {
		if applies {
			steps = append(steps, step{command, t.say(zh, en)})
		}
	}
	mendable, first := r.todo(t.o)
	dir := t.directory()
	offer(mendable, "fix"+dir, "看可以自动修改的地方（--write 写入）", "show what can be mended (--write writes it)")
	if first != nil {
		at := fmt.Sprintf("%s:%d", t.o.path(source.Printable(first.Location.File.Path)), first.Location.Start().Line)
		offer(true, "why "+quoted(at), "一处的依据和每一步去向", "the evidence of a place, and each step of its value")
		offer(true, "materials"+dir, "备案材料", "the papers for filing")
	}
	offer(true, "scan"+dir+" --format html=report.html", "网页报告", "the report as a page")
	width, widest := 0, 0
	steps = steps[:min(len(steps), 3)]
	for i := range steps {
		steps[i].command = t.command(steps[i].command)
		width = max(width, source.DisplayWidth(steps[i].command))
		widest = max(widest, source.DisplayWidth(steps[i].does))
	}
	between := "  "
	if t.o.Width > 0 && width+widest+4 > t.o.Width { // what a command does is below it
		width, between = 0, "\n      "
	}
	t.line("")
	for _, s := range steps { // never broken, so that they can be copied
		fmt.Fprintln(t.w, "  "+t.paint.cyan(pad(s.command, width))+between+t.paint.dim(s.does))
	}
}

// todo tells whether fix has something to do, and which place that collects to look into first.
func (r *Report) todo(o Options) (mendable bool, first *finding.Finding) {
	for i := range r.Programs {
		p := &r.Programs[i]
		shown := o.shown(p)
		for j := range shown {
			f := &shown[j]
			mendable = mendable || p.mendable(f)
			if f.Collects() && !f.Location.IsZero() && (first == nil || weight(f) > weight(first)) {
				first = f
			}
		}
	}
	return mendable, first
}

// weight is how much the verdict rests on a place that collects.
func weight(f *finding.Finding) int {
	sure, triggers := f.Confidence >= finding.Medium, f.Category.Triggers()
	switch {
	case sure && triggers:
		return 3
	case triggers:
		return 2
	case sure:
		return 1
	}
	return 0
}

// directory is the argument that names the scanned directory, "" for the current one
// and if there are several.
func (t *textWriter) directory() string {
	if t.o.Base == "" {
		return ""
	}
	return " " + quoted(source.Printable(t.o.Base))
}

// quoted is a word of a command line that a shell takes as one.
func quoted(word string) string {
	if !strings.ContainsAny(word, " \t'\"\\$&|;<>()*?[]{}~#!`") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// command is a command as the person types it.
func (t *textWriter) command(words string) string { return cmp.Or(t.o.Command, "beian") + " " + words }
