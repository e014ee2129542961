package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// maxPlaces is how many places the text names for findings that repeat. The first
// few show where to look; other formats and --verbose have them all.
const maxPlaces = 5

// maxUnread is how many of the reasons for which something was not read the text names.
const maxUnread = 10

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
			where = t.paint.cyan(t.place(f.Location)) + "  "
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
	if !t.full() && len(lines) > most+1 { // a note in place of a single line saves nothing
		shown = lines[:most]
	}
	for _, line := range shown {
		t.line("%s%s", indent, line)
	}
	if n := len(lines) - len(shown); n > 0 {
		t.line("%s%s", indent, t.paint.dim(t.andMore(n, "处", "place")))
	}
}

// more says how many things are left out.
func (t *textWriter) more(n int, zh, en string) { t.line("  %s", t.paint.dim(t.andMore(n, zh, en))) }

func (t *textWriter) andMore(n int, zh, en string) string {
	return t.say(fmt.Sprintf("另有 %d %s（--verbose 全部列出）", n, zh), fmt.Sprintf("and %s (--verbose lists all)", plural(n, "more "+en)))
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
	head := t.paint.bold(t.say("不计入结论", "Not counted"))
	if len(titles) == 1 {
		t.line("%s%s%s  %s", head, t.say("：", ": "), titles[0], t.paint.dim(t.tally(count[titles[0]])))
		return
	}
	t.line("%s", head)
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
	var same grouped // places by reason
	for _, u := range p.Unread {
		same.add(source.Printable(u.Reason.In(t.o.Lang)), t.unreadPlace(u))
	}
	shown := same.heads
	if !t.full() && len(shown) > maxUnread+1 {
		shown = shown[:maxUnread]
	}
	for _, reason := range shown {
		places := same.lines[reason]
		t.line("  %s  %s", places[0], t.paint.dim(reason))
		t.places("      ", places[1:], maxPlaces)
	}
	if n := len(same.heads) - len(shown); n > 0 {
		t.more(n, "类", "kind")
	}
}

func (t *textWriter) unreadPlace(u project.Unread) string {
	if u.Location.IsZero() {
		return t.o.path(source.Printable(u.Path))
	}
	return t.place(u.Location)
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
