package facts

import (
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Said calls do for each text that reachable code of the program itself may show or
// open: texts and attributes of templates, strings of scripts, titles of pages, data
// files. Comments are not among them. A text that is put together at run time comes in
// pieces.
func Said(p *project.Program, do func(text string, at source.Location)) { said(p, nil, do) }

// choice tells which texts are wanted. Trees keep those of each choice.
type choice struct {
	wants func(text string) bool
}

// of calls do for the texts that are wanted among those for which all calls it, which are
// in the tree of a memo; for all texts if the choice is nil.
func (c *choice) of(m *source.Memo, all func(do func(string, source.Location)), do func(string, source.Location)) {
	if c == nil {
		all(do)
		return
	}
	texts := source.Known(m, c, func() (texts []Place) {
		all(func(text string, at source.Location) {
			if c.wants(text) {
				texts = append(texts, Place{text, at})
			}
		})
		return texts
	})
	for _, t := range texts {
		do(t.Text, t.Location)
	}
}

// said is Said for a choice of the texts.
func said(p *project.Program, c *choice, do func(text string, at source.Location)) {
	for _, u := range p.Units {
		if title := u.Config.Get("navigationBarTitleText"); u.Own() && title.Is(jsonc.String) {
			do(title.String(), source.Location{File: u.ConfigFile, Span: title.Span})
		}
	}
	library := map[*project.View]bool{}
	for _, u := range p.Units {
		library[u.View] = u.Library != ""
	}
	for _, v := range p.Views {
		if v.Reachable && v.Tree != nil && !library[v] {
			c.of(&v.Tree.Memo, func(do func(string, source.Location)) { saidByView(v, do) }, do)
		}
	}
	for _, m := range p.Modules {
		if m.Own() && m.Tree != nil {
			c.of(&m.Tree.Memo, func(do func(string, source.Location)) { saidByScript(m.Tree, m.File, do) }, do)
		}
	}
	for _, d := range p.Data {
		do(d.File.Text, source.Location{File: d.File})
	}
}

func saidByView(v *project.View, do func(string, source.Location)) {
	parts := func(all []markup.Part) {
		for _, part := range all {
			if part.Expr != nil {
				saidByScript(part.Expr, v.File, do)
				continue
			}
			do(part.Text, source.Location{File: v.File, Span: part.Span})
		}
	}
	markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Text:
			parts(n.Parts)
		case *markup.Element:
			for _, a := range n.Attrs {
				parts(a.Parts)
			}
		}
		return true
	})
}

func saidByScript(tree script.Node, file *source.File, do func(string, source.Location)) {
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.String:
			do(n.Value, source.Location{File: file, Span: n.Range()})
		case *script.JSXText:
			do(n.Value, source.Location{File: file, Span: n.Range()})
		case *script.Template:
			for _, s := range n.Strings {
				do(s.Value, source.Location{File: file, Span: s.Range()})
			}
		}
		return true
	})
}

// minPath is the number of bytes from which the path of an address is looked for
// alone: the host may be in a constant.
const minPath = 6

// Link returns the first place that names an address, a route or another text that a
// person gave, or nil. Of an address the scheme does not matter, and its path alone
// will do: BASE + "/privacy.html".
func Link(p *project.Program, given string) *Place {
	_, rest, address := strings.Cut(given, "://")
	if !address {
		rest = given
	}
	wanted := []string{strings.Trim(strings.TrimSpace(rest), "/")}
	if _, path, found := strings.Cut(wanted[0], "/"); address && found && len(path) >= minPath {
		wanted = append(wanted, path)
	}
	if wanted[0] == "" {
		return nil
	}
	var found *Place
	Said(p, func(text string, at source.Location) {
		for _, w := range wanted {
			if found == nil && strings.Contains(text, w) {
				found = &Place{Text: given, Location: at}
			}
		}
	})
	return found
}
