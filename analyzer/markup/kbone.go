package markup

import "strings"

// How kbone writes an element of the platform in a page that is written for the web (its documents, "内置组件", read
// 2026-11): with a prefix, or as a component that says which one it is.
//
//	<wx-button open-type="getPhoneNumber"></wx-button>
//	<wx-component behavior="button" open-type="getPhoneNumber"></wx-component>
const (
	wrappedPrefix = "wx-"
	wrapper       = "component" // behind the prefix
	wrappedName   = "behavior"
)

// unwrap gives the elements of d that kbone writes in its way the tags that the platform knows.
func (d *Document) unwrap() {
	Walk(d.Nodes, func(n Node) bool {
		e, ok := n.(*Element)
		if !ok {
			return true
		}
		tag, wrapped := strings.CutPrefix(e.Tag, wrappedPrefix)
		if !wrapped {
			return true
		}
		if a := e.Attr(wrappedName); tag == wrapper && a != nil {
			if name, static := Static(a.Parts); static && name != "" {
				tag = name
			}
		}
		e.Tag = tag
		return true
	})
}
