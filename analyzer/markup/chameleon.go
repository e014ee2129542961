package markup

import (
	"slices"
	"strings"
)

// How chameleon writes what is the platform's alone (its documents, "组件多态" and "模板多态"; read 2026-11):
//
//	<origin-input></origin-input>      the platform's <input>, not the one of the kit that comes along
//	<cml type="wx,qq">…</cml>          what the template is on these platforms,
//	<cml type="base">…</cml>           and on all that are not named

const originPrefix = "origin-"

// dropOrigin gives the elements of d that are the platform's own the tags that the platform knows.
func (d *Document) dropOrigin() {
	Walk(d.Nodes, func(n Node) bool {
		if e, ok := n.(*Element); ok {
			e.Tag = strings.TrimPrefix(e.Tag, originPrefix)
		}
		return true
	})
}

// ForTarget puts in the place of <cml type="…"> at the top of d what it holds for a target,
// or for all if none is for that target.
func (d *Document) ForTarget(target string) {
	forOne := func(n Node, name string) bool {
		types, ok := branch(n)
		return ok && slices.Contains(types, name)
	}
	wanted := "base"
	if slices.ContainsFunc(d.Nodes, func(n Node) bool { return forOne(n, target) }) {
		wanted = target
	}
	var nodes []Node
	for _, n := range d.Nodes {
		_, isBranch := branch(n)
		switch {
		case !isBranch:
			nodes = append(nodes, n)
		case forOne(n, wanted):
			for _, child := range n.(*Element).Children {
				setParent(child, nil)
				nodes = append(nodes, child)
			}
		}
	}
	d.Nodes = nodes
}

// branch returns the platforms that a <cml type="…"> is for; ok is false for any other node.
func branch(n Node) (types []string, ok bool) {
	e, isElement := n.(*Element)
	if !isElement || e.Tag != "cml" {
		return nil, false
	}
	a := e.Attr("type")
	if a == nil {
		return nil, false
	}
	text, _ := Static(a.Parts)
	for _, name := range strings.Split(text, ",") {
		types = append(types, strings.TrimSpace(name))
	}
	return types, true
}
