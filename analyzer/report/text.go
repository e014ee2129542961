package report

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

const defaultWidth = 100

// Text writes r for people: the problems, what is collected page by page (with the
// source, if it can trigger filing), what could not be read, figures by category, and
// the verdicts last. With o.Trace every finding is written in full.
func Text(w io.Writer, r *Report, o Options) error {
	if o.Width <= 0 {
		o.Width = defaultWidth
	}
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
		t.line("")
		t.line("%s", t.paint.dim(verdict.Disclaimer.In(o.Lang)))
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

func (t *textWriter) line(format string, args ...any) { fmt.Fprintf(t.w, format+"\n", args...) }

// program writes everything about p but its verdict.
func (t *textWriter) program(p *Program) {
	shown := t.o.shown(p)
	if t.o.Quiet {
		for i := range shown {
			t.brief(&shown[i])
		}
		for _, u := range p.Unread {
			if u.Hides {
				t.line("%s: %s%s", unreadPlace(u), t.say("没有读到：", "not read: "), oneLine(u.Reason.In(t.o.Lang), 200))
			}
		}
		return
	}
	t.heading(p.Project)
	collected, problems := split(shown)
	t.problems(problems)
	groups, aside := group(p.Project.Pages, collected)
	for _, g := range groups {
		t.line("")
		t.line("%s", t.groupTitle(g))
		var wider []finding.Finding
		for i := range g.findings {
			if f := &g.findings[i]; t.o.Trace || f.Category.Triggers() {
				t.finding(f)
			} else {
				wider = append(wider, *f)
			}
		}
		t.wider(wider)
	}
	facts, _ := split(t.o.sure(p))
	if len(collected) == 0 && !t.partial {
		t.line("")
		t.line("%s", nothing(facts).In(t.o.Lang))
	}
	t.asides(aside)
	t.accepted(p)
	t.unread(p)
	t.summary(facts)
	t.line("")
}

// nothing is the text if no place that collects is shown.
func nothing(facts []finding.Finding) lang.Text {
	if slices.ContainsFunc(facts, func(f finding.Finding) bool { return f.Counts() }) {
		return lang.Text{ZH: "收集个人信息的地方都已由人接受，见下。", EN: "A person has accepted every place that collects personal information; see below."}
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
		PlatformName(p.Platform, t.o.Lang),
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

// pageGroup is the findings of one page, or of one file that no page shows.
type pageGroup struct {
	page     Page
	file     string
	findings []finding.Finding
}

// group sorts findings by page, in the order of app.json, then by file. Those of
// libraries and those out of reach or dismissed go aside: they do not count.
func group(pages []Page, all []finding.Finding) (groups []*pageGroup, aside []finding.Finding) {
	byKey := map[string]*pageGroup{}
	for _, p := range pages {
		g := &pageGroup{page: p}
		byKey[p.Route] = g
		groups = append(groups, g)
	}
	for _, f := range all {
		if f.Dismissed() {
			continue // listed with what people have accepted
		}
		if !f.Counts() {
			aside = append(aside, f)
			continue
		}
		key := f.Page
		if key == "" && !f.Location.IsZero() {
			key = f.Location.File.Path
		}
		g := byKey[key]
		if g == nil {
			g = &pageGroup{page: Page{Route: f.Page}, file: key}
			byKey[key] = g
			groups = append(groups, g)
		}
		g.findings = append(g.findings, f)
	}
	return slices.DeleteFunc(groups, func(g *pageGroup) bool { return len(g.findings) == 0 }), aside
}

func (t *textWriter) groupTitle(g *pageGroup) string {
	switch {
	case g.page.Title != "":
		return t.paint.bold(oneLine(g.page.Title, 40)) + "  " + t.paint.dim(source.Printable(g.page.Route))
	case g.page.Route != "":
		return t.paint.bold(source.Printable(g.page.Route))
	}
	return t.paint.bold(source.Printable(g.file))
}

// finding writes one finding: what it is, its place, why we think so and where
// the value goes.
func (t *textWriter) finding(f *finding.Finding) {
	t.line("")
	t.line("  %s", t.title(f))
	if f.Location.IsZero() {
		t.line("  %s", source.Printable(f.Message.In(t.o.Lang)))
	} else {
		t.line("  %s", t.paint.cyan(place(f.Location)))
		frame(t.w, f.Location, t.o.Width, t.paint)
		if f.Category == "" {
			t.line("  %s", source.Printable(f.Message.In(t.o.Lang)))
		}
	}
	if because := t.evidence(f); because != "" {
		t.line("  %s %s", t.paint.dim(t.say("依据", "because")), because)
	}
	if goes := t.destinations(f); goes != "" {
		t.line("  %s %s", t.paint.dim(t.say("去向", "value")), goes)
	}
	if f.Accepted() {
		t.line("  %s %s", t.paint.dim(t.say("接受", "accepted")), accepted(f, t.o.Lang))
	}
	if t.o.Trace {
		t.traces(f)
	}
}

// maxPlaces is how many places the text names for findings that repeat. The first
// few show where to look; other formats and o.Trace have them all.
const maxPlaces = 5

// maxUnread is how many of the places that were not read the text names.
const maxUnread = 20

// wider writes the findings of a page that cannot trigger filing: what each is,
// and its places below, without the source.
func (t *textWriter) wider(all []finding.Finding) {
	var places grouped
	for i := range all {
		f := &all[i]
		title := t.title(f)
		if f.Category == "" {
			title = source.Printable(f.Message.In(t.o.Lang)) + "  " + t.paint.dim(f.Rule.ID)
		}
		where := ""
		if !f.Location.IsZero() {
			where = t.paint.cyan(place(f.Location)) + "  "
		}
		places.add(title, where+t.destinations(f))
	}
	if len(places.heads) > 0 {
		t.line("")
		t.groups(&places)
	}
}

// grouped are lines under heads, in the order in which the heads came.
type grouped struct {
	heads []string
	lines map[string][]string
}

func (g *grouped) add(head, line string) {
	if g.lines == nil {
		g.lines = map[string][]string{}
	}
	if g.lines[head] == nil {
		g.heads = append(g.heads, head)
	}
	g.lines[head] = append(g.lines[head], line)
}

// groups writes each head, and the first of its places below.
func (t *textWriter) groups(g *grouped) {
	for _, head := range g.heads {
		t.line("  %s", head)
		t.places("    ", g.lines[head], maxPlaces)
	}
}

// places writes at most the given number of lines, and how many more there are.
func (t *textWriter) places(indent string, lines []string, most int) {
	shown := lines
	if !t.o.Trace && len(lines) > most+1 { // a note in place of a single line saves nothing
		shown = lines[:most]
	}
	for _, line := range shown {
		t.line("%s%s", indent, line)
	}
	if n := len(lines) - len(shown); n > 0 {
		t.line("%s%s", indent, t.paint.dim(t.say(fmt.Sprintf("另有 %d 处（--trace 全部列出）", n),
			fmt.Sprintf("and %s (--trace lists all)", plural(n, "more place")))))
	}
}

// title is a text such as: 手机号 置信度中 "联系电话" field/phone
func (t *textWriter) title(f *finding.Finding) string {
	title := f.Category.Title()
	if f.Category == "" {
		title = f.Rule.Title
	}
	parts := append([]string{t.paint.bold(title.In(t.o.Lang))}, t.gravity(f)...)
	if f.Subject != "" {
		parts = append(parts, t.quote(f.Subject, 40))
	}
	return strings.Join(append(parts, t.paint.dim(f.Rule.ID)), "  ")
}

// gravity is Options.Gravity in colour: the colour of a problem's level, and none
// for how sure it is.
func (t *textWriter) gravity(f *finding.Finding) []string {
	words := t.o.Gravity(f)
	for i, text := range words {
		switch {
		case i > 0 || f.Severity == finding.NoSeverity:
			words[i] = t.paint.dim(text)
		default:
			words[i] = t.paint.level(levels[f.Severity].SARIF, text)
		}
	}
	return words
}

func (t *textWriter) quote(s string, cells int) string {
	return t.say("“", `"`) + oneLine(s, cells) + t.say("”", `"`)
}

// place is path:line:column, which editors and terminals make a link of.
func place(l source.Location) string { return source.Printable(l.Link()) }

func (t *textWriter) evidence(f *finding.Finding) string {
	var parts []string
	for _, e := range f.Evidence {
		part := word(evidenceWords, e.What, t.o.Lang) + " " + t.quote(e.Text, 36)
		if where := nearby(e.Location, f.Location); where != "" {
			part += t.paint.dim(" " + where)
		}
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, t.say("；", "; "))
}

// nearby gives the place of l briefly, for a finding at from: nothing within
// the frame of the finding, else the file's name and the line.
func nearby(l, from source.Location) string {
	if l.IsZero() || l.File == from.File && from.Span.Contains(l.Span) {
		return ""
	}
	return source.Printable(path.Base(l.String()))
}

// maxCalls is how many of the calls that lead to one destination the text
// names.
const maxCalls = 2

// destinations names each destination of the value once, with the first calls
// that lead there.
func (t *textWriter) destinations(f *finding.Finding) string {
	if noted(f) {
		return ""
	}
	var calls grouped
	for _, flow := range f.Flows {
		if end, call := t.end(flow.Sink), t.call(flow.Sink); !slices.Contains(calls.lines[end], call) {
			calls.add(end, call)
		}
	}
	var parts []string
	for _, end := range calls.heads {
		parts = append(parts, end+t.say("（", " (")+t.few(calls.lines[end])+t.say("）", ")"))
	}
	if note := DestinationNote(f.Destination, t.o.Lang); note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, t.say("；", "; "))
}

// few names the first of calls, and says how many more there are.
func (t *textWriter) few(calls []string) string {
	shown := calls[:min(len(calls), maxCalls)]
	text := strings.Join(shown, t.say("、", ", "))
	if n := len(calls) - len(shown); n > 0 {
		text += t.say(fmt.Sprintf(" 等 %d 处", len(calls)), fmt.Sprintf(" and %d more", n))
	}
	return text
}

// asides sums up what does not count for the verdict, one line for each library
// and each reason.
func (t *textWriter) asides(aside []finding.Finding) {
	var titles []string
	count := map[string][]finding.Category{}
	for _, f := range aside {
		title := t.say("没有页面可以到达", "not reachable from any page")
		if f.Hidden != nil {
			title = t.say("没有状态会显示", "no state shows it")
		}
		if f.Library != "" {
			title = t.say("第三方库 ", "third-party library ") + oneLine(f.Library, 40)
		}
		if count[title] == nil {
			titles = append(titles, title)
		}
		count[title] = append(count[title], f.Category)
	}
	if len(titles) == 0 {
		return
	}
	slices.Sort(titles)
	t.line("")
	t.line("%s", t.paint.bold(t.say("不计入结论", "Not counted")))
	for _, title := range titles {
		t.line("  %s  %s", title, t.paint.dim(t.tally(count[title])))
	}
}

// tally counts categories: 姓名 2、手机号 1.
func (t *textWriter) tally(all []finding.Category) string {
	var parts []string
	for _, c := range finding.Categories() {
		n := 0
		for _, other := range all {
			if other == c {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", c.Title().In(t.o.Lang), n))
		}
	}
	return strings.Join(parts, t.say("、", ", "))
}

func (t *textWriter) unread(p *Program) {
	if len(p.Unread) == 0 {
		return
	}
	t.line("")
	t.line("%s", t.paint.yellow(t.say("没有读到", "Not read")))
	var lines []string
	for _, u := range p.Unread {
		lines = append(lines, unreadPlace(u)+"  "+t.paint.dim(source.Printable(u.Reason.In(t.o.Lang))))
	}
	t.places("  ", lines, maxUnread)
}

func unreadPlace(u project.Unread) string {
	if u.Location.IsZero() {
		return source.Printable(u.Path)
	}
	return place(u.Location)
}

// summary is a table of what was found, by category and confidence.
func (t *textWriter) summary(shown []finding.Finding) {
	var rows [][]string
	for _, c := range finding.Categories() {
		var n [4]int // by confidence; at 0, those that do not count
		for _, f := range shown {
			switch {
			case f.Category != c:
			case !f.Counts():
				n[0]++
			default:
				n[f.Confidence]++
			}
		}
		if n != [4]int{} {
			rows = append(rows, []string{c.Title().In(t.o.Lang), number(n[3]), number(n[2]), number(n[1]), number(n[0])})
		}
	}
	if len(rows) == 0 {
		return
	}
	head := []string{t.say("类别", "category"), t.say("置信度高", "confidence high"), t.say("中", "medium"),
		t.say("低", "low"), t.say("不计入", "not counted")}
	t.line("")
	for i, line := range aligned(append([][]string{head}, rows...)) {
		if i == 0 {
			line = t.paint.dim(line)
		}
		t.line("  %s", line)
	}
}

// number writes "-" for zero, so that figures catch the eye.
func number(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

// aligned returns the lines of a table: the first column to the left, figures to
// the right, each column as wide as its widest cell.
func aligned(table [][]string) []string {
	widths := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = max(widths[i], source.DisplayWidth(cell))
		}
	}
	lines := make([]string, len(table))
	for n, row := range table {
		lines[n] = pad(row[0], widths[0])
		for i, cell := range row[1:] {
			lines[n] += strings.Repeat(" ", 3+widths[i+1]-source.DisplayWidth(cell)) + cell
		}
	}
	return lines
}

// brief is one finding in one line, as compilers write them.
func (t *textWriter) brief(f *finding.Finding) {
	if !f.Pending() {
		return
	}
	where := ""
	if !f.Location.IsZero() {
		where = place(f.Location) + ": "
	}
	tags := append([]string{f.Rule.ID}, t.o.Gravity(f)...)
	t.line("%s%s [%s]", where, oneLine(f.Message.In(t.o.Lang), 200), strings.Join(tags, t.say("，", ", ")))
}
