package report

import (
	"fmt"

	"github.com/beian/beian/analyzer/finding"
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

type node struct {
	X, Y, Width, TextX, TextY int
	Text, Title               string
	Hot                       bool
}

type edge struct {
	Path, Category, Page, Title string
	Hot                         bool
}

// Measures of the drawing, in its own units.
const (
	nodeHeight  = 26
	rowHeight   = 36
	headHeight  = 30
	pictureSize = 900
)

// columns are where the three columns stand and how wide they are.
var columns = [3]struct{ x, width, cells int }{{1, 220, 26}, {360, 140, 16}, {640, 258, 32}}

// picture draws the flows of groups, or nothing where there is no finding.
func (h *htmlWriter) picture(groups []*pageGroup) *picture {
	d := &drawing{h: h, rows: map[string]int{}, drawn: map[string]bool{}}
	for _, g := range groups {
		for i := range g.findings {
			d.finding(g, &g.findings[i])
		}
	}
	if len(d.nodes[0]) == 0 {
		return nil
	}
	return d.layout()
}

type drawing struct {
	h     *htmlWriter
	nodes [3][]node
	rows  map[string]int // column and key of a node to its row
	links []link
	drawn map[string]bool
}

// link joins a node of a column with one of the next.
type link struct {
	column, from, to int
	edge             edge
}

func (d *drawing) finding(g *pageGroup, f *finding.Finding) {
	key := groupKey(g)
	page := d.node(0, key, groupName(g), false)
	hot := f.Category.Triggers()
	title := f.Category.Title().In(d.h.o.Lang)
	category := d.node(1, string(f.Category), title, hot)
	d.link(0, page, category, edge{Category: string(f.Category), Page: key, Title: groupName(g) + " → " + title, Hot: hot})
	if len(f.Flows) == 0 {
		stays := d.node(2, "", d.h.t.say("没有发现离开本页", "stays on the page"), false)
		d.link(1, category, stays, edge{Category: string(f.Category), Title: title})
	}
	for _, fl := range f.Flows {
		name := oneLine(fl.Sink.Host, 60)
		if name == "" {
			name = sinkWords[fl.Sink.Kind].In(d.h.o.Lang) + " " + oneLine(fl.Sink.API, 40)
		}
		to := d.node(2, name, name, false)
		d.link(1, category, to, edge{Category: string(f.Category), Title: title + " → " + name, Hot: hot})
	}
}

// node returns the row of a node, which is added where it is new.
func (d *drawing) node(column int, key, text string, hot bool) int {
	id := fmt.Sprint(column, " ", key)
	if row, ok := d.rows[id]; ok {
		return row
	}
	c := columns[column]
	row := len(d.nodes[column])
	d.rows[id] = row
	d.nodes[column] = append(d.nodes[column], node{
		X: c.x, Width: c.width, TextX: c.x + 10, Text: oneLine(text, c.cells), Title: text, Hot: hot,
	})
	return row
}

func (d *drawing) link(column, from, to int, e edge) {
	id := fmt.Sprint(column, from, to)
	if !d.drawn[id] {
		d.drawn[id] = true
		d.links = append(d.links, link{column, from, to, e})
	}
}

// layout gives each column the same middle and draws the links as curves.
func (d *drawing) layout() *picture {
	rows := max(len(d.nodes[0]), len(d.nodes[1]), len(d.nodes[2]))
	p := &picture{Width: pictureSize, Height: headHeight + rows*rowHeight}
	heads := []string{d.h.t.say("页面", "pages"), d.h.t.say("类别", "categories"), d.h.t.say("去向", "destinations")}
	for c := range d.nodes {
		p.Heads = append(p.Heads, label{columns[c].x + 2, heads[c]})
		top := headHeight + (rows-len(d.nodes[c]))*rowHeight/2
		for i := range d.nodes[c] {
			n := &d.nodes[c][i]
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
