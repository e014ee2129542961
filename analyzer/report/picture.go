package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// picture is the drawing of the flows: pages on the left, categories in the
// middle, destinations on the right.
type picture struct {
	Width, Height int
	Heads         []label
	Nodes         []node
	Edges         []edge
}

type label struct {
	X    int
	Text string
}

// node is a box. Key and Value are those of the filter that a click on it sets.
type node struct {
	X, Y, Width, TextX, TextY int
	Text, Title, Key, Value   string
	Hot                       bool

	name   string // what it is in its column
	weight int    // how much it matters, if not all fit
	last   bool   // is below the others
}

type edge struct {
	Path, Category, Page, To, Title string
	Hot                             bool
}

// Measures of the drawing, in its own units.
const (
	nodeHeight  = 26
	rowHeight   = 36
	headHeight  = 30
	pictureSize = 960
)

// most is how many boxes a column has; the rest become one box.
const most = 16

// columns are the places and widths of the three columns.
var columns = [3]struct{ x, width, cells int }{{1, 230, 28}, {380, 180, 22}, {690, 268, 34}}

// picture draws the flows of groups, or nothing if there is no finding.
func (h *htmlWriter) picture(groups []*pageGroup) *picture {
	d := &drawing{h: h, names: map[string]int{}, drawn: map[string]bool{}}
	for _, g := range groups {
		for i := range g.findings {
			d.finding(g, &g.findings[i])
		}
	}
	if len(d.nodes[0]) == 0 {
		return nil
	}
	d.fold(0, h.t.say("另有 %d 个页面", "%d more pages"))
	d.fold(2, h.t.say("另有 %d 个去向", "%d more destinations"))
	d.sort()
	return d.layout()
}

type drawing struct {
	h     *htmlWriter
	nodes [3][]node
	names map[string]int // column and name of a node to its place in the column
	links []link
	drawn map[string]bool
}

// link joins a node of a column with one of the next.
type link struct {
	column, from, to int
	edge             edge
}

func (d *drawing) finding(g *pageGroup, f *finding.Finding) {
	key, name, title := groupKey(g), groupName(g), f.Category.Title().In(d.h.o.Lang)
	hot := f.Category.Triggers()
	page := d.node(0, node{name: key, Title: name, Key: "page", Value: key})
	category := d.node(1, node{name: string(f.Category), Title: title, Key: "category", Value: string(f.Category), Hot: hot})
	d.link(0, page, category, edge{Category: string(f.Category), Page: key, Title: name + " → " + title, Hot: hot})
	for _, name := range d.h.ends(f) {
		end := node{name: name, Title: name, Key: "to", Value: name}
		if len(f.Flows) == 0 { // it stays, or nobody knows
			end.last, end.weight = true, 1<<20
		}
		d.link(1, category, d.node(2, end), edge{Category: string(f.Category), To: name, Title: title + " → " + name,
			Hot: hot && len(f.Flows) > 0})
	}
}

// ends names the boxes of the picture to which the value of f goes.
func (h *htmlWriter) ends(f *finding.Finding) []string {
	var out []string
	for _, fl := range f.Flows {
		name := oneLine(fl.Sink.Host, 60)
		if name == "" {
			name = sinkWord(fl.Sink).In(h.o.Lang) + " " + oneLine(fl.Sink.API, 40)
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	switch {
	case len(out) > 0:
	case f.Destination.State == finding.DestinationOpen:
		out = append(out, h.t.say("去向未知", "not known where"))
	default:
		out = append(out, h.t.say("留在本页", "stays on the page"))
	}
	return out
}

// node returns the place of a node in its column, which is added if it is new.
func (d *drawing) node(column int, n node) int {
	id := fmt.Sprint(column, " ", n.name)
	if i, ok := d.names[id]; ok {
		return i
	}
	d.names[id] = len(d.nodes[column])
	d.nodes[column] = append(d.nodes[column], n)
	return d.names[id]
}

// link joins two nodes once. A node matters more the more of the four triggering
// categories it is linked with.
func (d *drawing) link(column, from, to int, e edge) {
	id := fmt.Sprint(column, " ", from, " ", to)
	if d.drawn[id] {
		return
	}
	d.drawn[id] = true
	d.links = append(d.links, link{column, from, to, e})
	weight := 1
	if e.Hot {
		weight = 100
	}
	d.nodes[column][from].weight += weight
	d.nodes[column+1][to].weight += weight
}

// fold makes one box of the nodes of a column that matter least.
func (d *drawing) fold(column int, rest string) {
	all := d.nodes[column]
	if len(all) <= most+1 {
		return
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[b].weight, all[a].weight) })
	kept := order[:most]
	slices.Sort(kept)
	title := fmt.Sprintf(rest, len(all)-most)
	nodes := make([]node, 0, most+1)
	place := make([]int, len(all))
	for i := range place {
		place[i] = most
	}
	for _, i := range kept {
		place[i] = len(nodes)
		nodes = append(nodes, all[i])
	}
	d.nodes[column] = append(nodes, node{Title: title, last: true})

	links := d.links
	d.links, d.drawn = nil, map[string]bool{}
	for _, l := range links {
		switch {
		case l.column == column:
			if l.from = place[l.from]; l.from == most {
				l.edge.Page, l.edge.Title = "", title+" → "+d.nodes[column+1][l.to].Title
			}
		case l.column+1 == column:
			if l.to = place[l.to]; l.to == most {
				l.edge.Title = d.nodes[column-1][l.from].Title + " → " + title
			}
		}
		d.link(l.column, l.from, l.to, l.edge)
	}
}

// sort puts categories into their usual order and the other columns so that few
// links cross: each node beside the middle of what it is linked with.
func (d *drawing) sort() {
	usual := finding.Categories()
	d.arrange(1, func(i int) float64 {
		return float64(slices.Index(usual, finding.Category(d.nodes[1][i].Value)))
	})
	for _, column := range []int{0, 2} {
		sum, n := make([]float64, len(d.nodes[column])), make([]float64, len(d.nodes[column]))
		for _, l := range d.links {
			switch {
			case column == 0 && l.column == 0:
				sum[l.from], n[l.from] = sum[l.from]+float64(l.to), n[l.from]+1
			case column == 2 && l.column == 1:
				sum[l.to], n[l.to] = sum[l.to]+float64(l.from), n[l.to]+1
			}
		}
		d.arrange(column, func(i int) float64 { return sum[i] / max(n[i], 1) })
	}
}

// arrange orders the nodes of a column by a figure, those marked last at the
// bottom.
func (d *drawing) arrange(column int, figure func(i int) float64) {
	all := d.nodes[column]
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if all[a].last != all[b].last {
			return map[bool]int{true: 1, false: -1}[all[a].last]
		}
		return cmp.Compare(figure(a), figure(b))
	})
	nodes, place := make([]node, len(all)), make([]int, len(all))
	for to, from := range order {
		nodes[to], place[from] = all[from], to
	}
	d.nodes[column] = nodes
	for i := range d.links {
		switch l := &d.links[i]; column {
		case l.column:
			l.from = place[l.from]
		case l.column + 1:
			l.to = place[l.to]
		}
	}
}

// layout gives each column the same middle and draws the links as curves.
func (d *drawing) layout() *picture {
	rows := max(len(d.nodes[0]), len(d.nodes[1]), len(d.nodes[2]))
	p := &picture{Width: pictureSize, Height: headHeight + rows*rowHeight}
	heads := []string{d.h.t.say("页面", "pages"), d.h.t.say("类别", "categories"), d.h.t.say("去向", "destinations")}
	for c := range d.nodes {
		column := columns[c]
		p.Heads = append(p.Heads, label{column.x + 2, heads[c]})
		top := headHeight + (rows-len(d.nodes[c]))*rowHeight/2
		for i := range d.nodes[c] {
			n := &d.nodes[c][i]
			n.X, n.Width, n.TextX, n.Text = column.x, column.width, column.x+10, fit(n.Title, column.cells)
			n.Y = top + i*rowHeight
			n.TextY = n.Y + nodeHeight/2
			p.Nodes = append(p.Nodes, *n)
		}
	}
	for _, l := range d.links {
		a, b := d.nodes[l.column][l.from], d.nodes[l.column+1][l.to]
		x1, y1, x2, y2 := a.X+a.Width, a.Y+nodeHeight/2, b.X, b.Y+nodeHeight/2
		bend := (x2 - x1) / 2
		l.edge.Path = fmt.Sprintf("M%d %d C%d %d %d %d %d %d", x1, y1, x1+bend, y1, x2-bend, y2, x2, y2)
		p.Edges = append(p.Edges, l.edge)
	}
	return p
}

// fit shortens a text to a number of cells: a path at its beginning, as many begin
// alike, everything else at its end.
func fit(s string, cells int) string {
	if strings.Contains(s, "/") && !strings.Contains(s, " ") {
		return source.CutStart(source.Printable(s), cells, ellipsis)
	}
	return oneLine(s, cells)
}
