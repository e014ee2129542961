package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
)

// The pages that are open at once. One that opens another stays below it, one that is replaced or closed does not:
//
//	wx.navigateTo({ url: '/pages/next/next' })   <navigator url="/pages/next/next">

// opening says what becomes of the pages that are open when another opens.
type opening string

const (
	above    opening = "navigate" // they stay below it
	inPlace  opening = "redirect" // those below the page that opens it
	restarts opening = "reLaunch" // none
)

// openingOf are the ways of APIs and of <navigator open-type="…">.
var openingOf = map[string]opening{
	"navigateTo": above, "redirectTo": inPlace, "reLaunch": restarts, "switchTab": restarts,
	"navigate": above, "redirect": inPlace, "": above,
}

// stacked is what is known of the pages below a page.
type stacked struct {
	openers  []*instance // that stay below it
	replaced []*instance // whose place it takes
	reached  bool        // some code opens it
	asked    bool        // some code looked at the pages below it
	strays   bool        // it opens an address that may be that of any page, and stays below that
}

// openingBy is how <navigator open-type="…"> opens its page; the way that keeps most below it if several are possible.
func openingBy(way *Value) opening {
	if way == nil {
		return above
	}
	how := restarts
	names, others := way.keys()
	for _, name := range names {
		switch openingOf[name] {
		case above:
			return above
		case inPlace:
			how = inPlace
		}
	}
	if others {
		return above
	}
	return how
}

// pushed records that code of page by opens target. The app may do it on any page.
func (m *machine) pushed(target, by *instance, how opening) {
	var pages []*instance
	switch {
	case by == nil || by.unit == nil:
	case by.unit.Kind == project.AppUnit:
		pages = m.pages.order
	default:
		pages = []*instance{by}
	}
	grown := !target.reached
	target.reached = true
	for _, p := range pages {
		switch {
		case p == target || p.unit.Kind == project.AppUnit:
		case how == above && !slices.Contains(target.openers, p):
			target.openers, grown = append(target.openers, p), true
		case how == inPlace && !slices.Contains(target.replaced, p):
			target.replaced, grown = append(target.replaced, p), true
		}
	}
	if grown {
		m.changeStack(target)
	}
}

// changeStack has what looked at the pages below i run again.
func (m *machine) changeStack(i *instance) {
	i.object.changed = m.epoch
	m.grown = true
}

// below returns the pages that may be right below i: those that open it, and those that may be below the page whose place it
// takes.
func (i *instance) below() (pages []*instance) {
	places := []*instance{i}
	for n := 0; n < len(places); n++ {
		p := places[n]
		p.object.touch()
		for _, o := range p.openers {
			if !slices.Contains(pages, o) {
				pages = append(pages, o)
			}
		}
		for _, r := range p.replaced {
			if !slices.Contains(places, r) {
				places = append(places, r)
			}
		}
	}
	return pages
}

// anyBelow returns what may be right below i. If nothing is known to open a page, any other may; the first rounds still learn who
// does.
func (m *machine) anyBelow(i *instance) []*instance {
	pages := i.below()
	if i.reached || m.firstPage() == i {
		return pages
	}
	i.asked = true
	if !m.pages.settled {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(m.pages.order), func(p *instance) bool { return p == i })
}

// hardlyBelow returns the pages that getCurrentPages gives code of i only because nothing is known to open i. What i does with one
// is followed, since some code may open it that was not understood; but a log of them is no end: a page that no code opens has
// none below. Those that open pages at addresses of which nothing is known are not among them, nor those that missing code has, or
// a site.
func (m *machine) hardlyBelow(i *instance) map[*instance]bool {
	unopened := i != nil && i.asked && !i.reached && m.pages.settled
	if !unopened || len(m.api.unknown) > 0 { // missing code of the program may open it
		return nil
	}
	apart := map[*instance]bool{}
	for _, p := range m.pages.order {
		opens := p.strays || p.strangerOf() != "" || markup.Any(p.unit.View.Nodes(), showsSite)
		if p != i && !opens && p.unit.Kind == project.PageUnit {
			apart[p] = true
		}
	}
	return apart
}

// showsSite reports whether an element shows a site, whose scripts may open pages of the program.
func showsSite(e *markup.Element) bool {
	return strings.EqualFold(strings.ReplaceAll(e.Tag, "-", ""), "webview")
}

// strayed records that code of page by opens an address that may be that of any page.
func (m *machine) strayed(by *instance, how opening) {
	if by == nil || by.unit == nil || how != above {
		return
	}
	pages := []*instance{by}
	if by.unit.Kind == project.AppUnit {
		pages = m.pages.order
	}
	for _, p := range pages {
		if p.strays {
			continue
		}
		p.strays = true
		for _, q := range m.pages.order {
			if q.asked && !q.reached {
				m.changeStack(q)
			}
		}
	}
}

// allBelow returns the pages that may be anywhere below these.
func allBelow(pages []*instance) []*instance {
	pages = slices.Clone(pages)
	for n := 0; n < len(pages); n++ {
		for _, p := range pages[n].below() {
			if !slices.Contains(pages, p) {
				pages = append(pages, p)
			}
		}
	}
	return pages
}

// firstPage is the page with which the program starts, or nil.
func (m *machine) firstPage() *instance {
	if pages := m.program.Config.Pages; len(pages) > 0 {
		return m.pages.byRoute[strings.Trim(pages[0], "/")]
	}
	return nil
}

// settleStack ends the rounds in which it is learnt who opens a page, and reports whether something asked for the pages below one
// that nothing is known to open.
func (m *machine) settleStack() (asked bool) {
	if m.pages.settled {
		return false
	}
	m.pages.settled = true
	for _, p := range m.pages.order {
		if p.asked && !p.reached {
			m.changeStack(p)
			asked = true
		}
	}
	return asked
}

// furtherBelow is the property of what getCurrentPages gives that keeps the pages below the last two. It is a symbol, so that no
// code of the program sees it.
const furtherBelow = symbolMark + "further below"

func init() { defineGlobal("getCurrentPages", currentPages) }

// currentPages is getCurrentPages: the page below this one, then this.
func currentPages(m *machine, c *call) *Value {
	here := m.frame.page()
	now, before, further := unknownValue, objectsOf(m.pages.order), undefinedValue
	if here != nil && here.object != nil && here.unit != nil {
		now = objectOf(here.object)
		pages := m.anyBelow(here)
		before, further = objectsOf(pages), objectsOf(allBelow(pages))
	}
	list := m.array(c.site, []*Value{before, now}, nil)
	for _, o := range list.objects {
		m.setProp(o, furtherBelow, further)
	}
	return list
}

// objectsOf is any of these pages, or undefined if there are none.
func objectsOf(pages []*instance) (v *Value) {
	for _, p := range pages {
		if p.unit.Kind == project.PageUnit {
			v = join(v, objectOf(p.object))
		}
	}
	return orUndefined(v)
}
