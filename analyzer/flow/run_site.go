package flow

import "strconv"

// site is the identity of what code allocates or calls: the node of the program at
// which that happens, and which of several things at that node it is. An object is
// the same as the last time if its site and the chain of calls are the same
// (context). A node that makes one thing only is a site by itself.
type site struct {
	node any    // an instruction, element, attribute, instance, object or another site
	part string // "result", "callback", "3"
}

// itemSite is the site of item n of a list that node makes.
func itemSite(node any, n int) site { return site{node, strconv.Itoa(n)} }

// nodeOf is the node of the program at a site: the items of a list have one.
func nodeOf(at any) any {
	for {
		s, ok := at.(site)
		if !ok {
			return at
		}
		at = s.node
	}
}
