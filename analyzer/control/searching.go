package control

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/spelling"
)

// Signs that a control looks something up, other than its texts. What is entered
// there is about a list that the program already has.

// searchBox reports whether a control says that it is a search box: by its types, its
// name or its class. Rows of forms are often copied from a search bar, with its class and
// the key of its keyboard, so a star that says "to be filled in" outweighs these.
func searchBox(c *flow.Control) bool {
	if starred(c) {
		return false
	}
	for _, name := range []string{"type", "confirm-type", "name"} {
		for _, t := range c.Attr(name) {
			if t.String == "search" || (name == "name" && searchNames[t.String]) {
				return true
			}
		}
	}
	return searchClass(c.Element)
}

// sends reports whether the key of the keyboard for c sends what is entered: a message of a chat, beside the pictures
// of those who write it.
func sends(c *flow.Control) bool {
	posts := !forNumbers(c) && besideButton(c, "发送", "发布", "评论", "发表", "回复")
	return posts || besideVoice(c) || slices.ContainsFunc(c.Attr("confirm-type"), func(t flow.Text) bool { return t.String == "send" })
}

// besideVoice reports whether what is shown in place of the control, or beside it, takes a message by voice: 按住 说话.
func besideVoice(c *flow.Control) bool {
	for e := range ownRows(c, 4) {
		nodes := e.Children
		if conditional(e) {
			nodes = c.View.Tree.Siblings(e)
		}
		if holdToTalk.MatchString(writtenIn(&markup.Element{Children: nodes})) {
			return true
		}
	}
	return false
}

var holdToTalk = regexp.MustCompile(`按住\s*(说话|讲话|录音)`)

// starred reports whether a star beside a control says that it must be filled in:
//
//	<view class="search"><text>电话<text class="red">*</text></text><input /></view>
func starred(c *flow.Control) bool {
	for e := range ownRows(c, 3) {
		if starIn(e.Children) {
			return true
		}
	}
	return false
}

// ownRows are the elements around a control, at most so many, which have no other control, from the inside out.
func ownRows(c *flow.Control, most int) iter.Seq[*markup.Element] {
	return func(yield func(*markup.Element) bool) {
		for e, n := c.Element.Parent, 0; e != nil && n < most && countFields(c.Unit, e.Children, 1) == 1; e, n = e.Parent, n+1 {
			if !yield(e) {
				return
			}
		}
	}
}

// starIn reports whether a text begins or ends with a star.
func starIn(nodes []markup.Node) bool {
	found := false
	markup.Walk(nodes, func(n markup.Node) bool {
		if t, ok := n.(*markup.Text); ok {
			s, _ := markup.Static(t.Parts)
			s = strings.TrimRight(strings.TrimSpace(s), ":：")
			found = found || strings.Trim(s, "*＊") != s
		}
		return !found
	})
	return found
}

// searchNames are names of search boxes; a name that only begins so may be of
// anything (searchPhone).
var searchNames = spelling.Set("search keyword keywords searchKey searchText searchValue searchWord searchKeyword searchQuery filterText filterValue filterKey filterKeyword")

// searches reports whether the program looks up what is entered: a handler is called
// so (queryUser), or a button or sign for it is beside the control.
func searches(c *flow.Control) bool {
	for _, h := range c.Handlers {
		if takes(h.Event) && begins(h.Name) && !forAnyText(c) {
			return true
		}
	}
	siblings := c.View.Tree.Siblings(c.Element)
	if countFields(c.Unit, siblings, 1) != 1 {
		return false // a form, in which one may be for something else
	}
	beside := slices.ContainsFunc(siblings, func(n markup.Node) bool {
		e, ok := n.(*markup.Element)
		return ok && e != c.Element && showsSearch(c, e)
	})
	return beside || inSearchBar(c)
}

// inSearchBar reports whether a text 搜索 is in a row around the control, which has no other:
//
//	<view><view><image src="glass.png"/><view><input/></view></view><view bindtap="find">搜索</view></view>
func inSearchBar(c *flow.Control) bool { return besideButton(c, "搜索", "搜一搜", "查找") }

// besideButton reports whether one of these texts is, alone, beside the control or in a row around it, which has no other.
func besideButton(c *flow.Control, texts ...string) bool {
	for e := range ownRows(c, 4) {
		if slices.ContainsFunc(e.Children, func(n markup.Node) bool {
			b, ok := n.(*markup.Element)
			return ok && b != c.Element && captioned(b, texts...)
		}) {
			return true
		}
	}
	return false
}

// queried reports whether a button 查询 is beside the control. A control that takes any of
// several things looks them up then. For one that takes one thing it says less: who enters
// a phone number may ask for what is known of the own one.
func queried(c *flow.Control) bool {
	p := c.Element.Parent
	return p != nil && countFields(c.Unit, p.Children, 1) == 1 && slices.ContainsFunc(p.Children, func(n markup.Node) bool {
		b, ok := n.(*markup.Element)
		return ok && b != c.Element && captioned(b, "查询", "查詢", "Query")
	})
}

// captioned reports whether e shows one of these texts and nothing else.
func captioned(e *markup.Element, texts ...string) bool {
	if len(e.Children) != 1 {
		return false
	}
	t, ok := e.Children[0].(*markup.Text)
	if !ok {
		return false
	}
	s, static := markup.Static(t.Parts)
	return static && slices.Contains(texts, strings.TrimRight(strings.TrimSpace(s), ":："))
}

// forAnyText reports whether the control is in a component that leaves to those who use it
// what to ask for and whether to look it up: this use gives the hint, and does not hear of
// a search. What the component calls so then is another way to hand over what was entered.
func forAnyText(c *flow.Control) bool {
	if len(c.Hosts) == 0 {
		return false
	}
	host := c.Hosts[len(c.Hosts)-1]
	given := func(t flow.Text) bool { return t.Location.File == host.View.File }
	hears := func(a *markup.Attr) bool {
		return a.Kind == markup.Event && (begins(a.Name) || a.Name == "confirm")
	}
	return host.View.File != c.View.File && slices.ContainsFunc(c.Attr("placeholder"), given) &&
		!slices.ContainsFunc(host.Element.Attrs, hears)
}

// begins reports whether the name of a handler begins with a word for searching.
func begins(handler string) bool {
	words := spelling.Words(handler)
	return len(words) > 0 && slices.Contains([]string{"search", "query", "filter", "find"}, words[0])
}

// showsSearch reports whether e is a button whose text begins with 搜索, or a magnifying
// glass.
func showsSearch(c *flow.Control, e *markup.Element) bool {
	if e.Tag == "icon" || strings.HasSuffix(e.Tag, "-icon") || strings.HasSuffix(e.Tag, "-icons") {
		for _, name := range []string{"type", "name"} {
			if a := e.Attr(name); a != nil {
				if s, _ := markup.Static(a.Parts); s == "search" {
					return true
				}
			}
		}
		return false
	}
	k := Component(c.Unit, e)
	if k == nil || k.Role != platform.Button {
		return false
	}
	for _, n := range e.Children {
		if t, ok := n.(*markup.Text); ok {
			s, _ := markup.Static(t.Parts)
			if terms := lexicons().terms([]rune(squeeze(s)), &Sense{}); len(terms) > 0 && terms[0].start == 0 &&
				terms[0].topic == topicSearch {
				return true // 搜索, 查找订单
			}
		}
	}
	return false
}

// searchClass reports whether the control is styled as a search box, or as one of a filter of a list.
func searchClass(e *markup.Element) bool {
	return attrSays(e, "class", "filter") || saysSearch(e) || (e.Parent != nil && saysSearch(e.Parent))
}

// saysSearch reports whether e is called a search bar by its classes or its id.
func saysSearch(e *markup.Element) bool {
	return attrSays(e, "class", "search", "searchbar") || attrSays(e, "id", "search", "searchbar")
}

// attrSays reports whether one of these words is in an attribute of e.
func attrSays(e *markup.Element, attribute string, words ...string) bool {
	a := e.Attr(attribute)
	if a == nil {
		return false
	}
	s, _ := markup.Static(a.Parts)
	return slices.ContainsFunc(spelling.Words(s), func(w string) bool { return slices.Contains(words, w) })
}
