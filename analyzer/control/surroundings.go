package control

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// A Place is an element in its view, with the means to read what is around it.
type Place struct {
	Unit    *project.Unit
	View    *project.View
	Element *markup.Element
	Texts   func([]markup.Part) []flow.Text

	known func([]markup.Part) []flow.Text // the same, for a text that is not the control's if it is not known; nil for Texts
}

// listed returns the texts of parts that a list near the control repeats. If what the list shows is not known, it is
// none of the control's: the messages over the box of a chat say nothing of what it asks for.
func (p Place) listed(parts []markup.Part) []flow.Text {
	if p.known != nil && len(p.known(parts)) == 0 {
		return nil
	}
	return p.Texts(parts)
}

// repeatedIn reports whether n is in a list that e shows, or that e is.
func repeatedIn(n markup.Node, e *markup.Element) bool {
	t, ok := n.(*markup.Text)
	if !ok {
		return false
	}
	for p := t.Parent; p != nil; p = p.Parent {
		if p.Find(markup.Directive, "for") != nil {
			return true
		}
		if p == e {
			break
		}
	}
	return false
}

// Limits of the search for a label. Labels are short and near.
const (
	maxUp    = 6  // ancestors that are looked at
	maxLabel = 30 // runes of a text that can be a label
	maxWords = 4  // texts of one element that are joined
)

// Labels finds the texts that label the control, the nearest first: text before
// it in the same row, the label of the form item or cell around it, text before
// an ancestor that holds only this control, a <label for> that names it.
func (p Place) Labels() []flow.Text {
	if found := p.labelFor(); len(found) > 0 {
		return found
	}
	cur := p.Element
	for up := 0; up < maxUp; up++ {
		found, blocked := p.before(cur, up)
		if len(found) > 0 {
			return found
		}
		parent := cur.Parent
		if blocked {
			return p.column(parent)
		}
		if parent == nil {
			return nil
		}
		alone := p.alone(parent)
		if found := p.given(parent); len(found) > 0 && alone {
			return found
		}
		if !alone {
			return p.column(parent)
		}
		cur = parent
	}
	return nil
}

// Behind finds a text behind the control, if nothing else is in its row:
//
//	<view class="row"><input/><text>手机号</text></view>
//
// It is asked last: what is before the row may be the label, and what is behind it a unit.
func (p Place) Behind() []flow.Text {
	row := p.Element.Parent
	if row == nil || !p.alone(row) {
		return nil
	}
	var found []flow.Text
	behind := false
	for _, n := range row.Children {
		if n == markup.Node(p.Element) {
			behind = true
			continue
		}
		texts := p.beside(n)
		if len(texts) == 0 {
			continue
		}
		if e, ok := n.(*markup.Element); ok && p.acts(e) {
			return nil // 获取验证码
		}
		if !behind || found != nil {
			return nil // the text of something else is in the row, too
		}
		found = texts
	}
	return slices.DeleteFunc(p.meaningful(found), func(t flow.Text) bool { return strings.ContainsAny(t.String, clauseEnds+"！!？?") })
}

// acts reports whether something is done when a person taps e, or a part of it.
func (p Place) acts(e *markup.Element) bool {
	return markup.Any([]markup.Node{e}, func(k *markup.Element) bool {
		c := Component(p.Unit, k)
		button := c != nil && c.Role == platform.Button
		return button || k.Tag == "navigator" || k.Hears()
	})
}

// beside are the words and numbers that n shows beside a control. p.inside leaves out numbers.
func (p Place) beside(n markup.Node) []flow.Text {
	e, ok := n.(*markup.Element)
	if ok && complains(e) {
		return nil
	}
	var texts []flow.Text
	if ok {
		texts = p.inside(e)
	}
	markup.Walk([]markup.Node{n}, func(n markup.Node) bool {
		if t, ok := n.(*markup.Text); ok && len(texts) == 0 && saysAnything(p.Texts(t.Parts)) {
			texts = p.Texts(t.Parts)
		}
		return len(texts) == 0
	})
	return texts
}

// pictured reports whether there is a picture where a label would be: in a row that has no
// other control, before the control or behind it. In a search bar it is a magnifying glass.
func (p Place) pictured() bool {
	row := p.Element
	const near = 3 // a picture farther off belongs to something else
	for up := 0; up < near && row.Parent != nil && p.alone(row.Parent); up++ {
		if row = row.Parent; saysSearch(row) {
			return false
		}
	}
	nodes := []markup.Node{row}
	if row.Parent == nil {
		nodes = p.View.Tree.Nodes
	}
	picture := func(e *markup.Element) bool { return pictures[strings.ToLower(e.Tag)] }
	return countFields(p.Unit, nodes, 2) <= 1 && markup.Any(nodes, picture)
}

// pictures are the elements that show a picture.
var pictures = map[string]bool{"image": true, "cover-image": true, "img": true, "canvas": true}

// alone reports whether e holds no other control that a person types in.
func (p Place) alone(e *markup.Element) bool {
	return countFields(p.Unit, e.Children, 2) <= 1
}

// before reads the text in front of cur among its siblings. It stops at another
// control, since the text in front of that is its label.
func (p Place) before(cur *markup.Element, up int) (found []flow.Text, blocked bool) {
	siblings := ordered(p.Unit, cur.Parent, p.View.Tree.Siblings(cur))
	at := len(siblings)
	for i, n := range siblings {
		if n == markup.Node(cur) {
			at = i
			break
		}
	}
	skip := alternative(cur)
	for i := at - 1; i >= 0; i-- {
		switch n := siblings[i].(type) {
		case *markup.Text:
			if t := p.meaningful(p.Texts(n.Parts)); len(t) > 0 {
				return t, false
			}
		case *markup.Element:
			if skip && conditional(n) {
				skip = alternative(n)
				continue
			}
			c := Component(p.Unit, n)
			switch {
			case c != nil && c.Role == platform.Button:
				continue
			case c != nil && c.Role == platform.Picker && up == 0 && !asksItself(n):
				continue // +86, 身份证 ▾
			case holds(p.Unit, n, platform.Input, platform.Textarea, platform.Search, platform.Picker, platform.Code) || isField(p.Unit, n):
				return nil, true
			}
			if (up > 0 && showsValue(n)) || complains(n) || opposed(p.View.Tree.File, cur, n) {
				continue
			}
			if t := p.meaningful(p.inside(n)); len(t) > 0 {
				return t, false
			}
			if up > 0 && lists(n) {
				return nil, true
			}
		}
	}
	return nil, false
}

// lists reports whether e shows the things of a list. What is above them is about them:
// above the messages of a chat, with whom it is, and not what the box below asks for.
func lists(e *markup.Element) bool {
	return markup.Any([]markup.Node{e}, func(k *markup.Element) bool { return k.Find(markup.Directive, "for") != nil })
}

// asksItself reports whether a picker asks for something of its own and is no part of the
// control behind it: a date, one of several radio buttons.
func asksItself(picker *markup.Element) bool {
	if a := picker.Attr("mode"); a != nil {
		mode, _ := markup.Static(a.Parts)
		return mode == "date" || mode == "time"
	}
	return strings.HasSuffix(picker.Tag, "radio-group")
}

// complains reports whether an element shows what is wrong with the control before it, as its class says or
// the name of what it shows: <view v-if="wrong" class="error-tip">, <view>{{ errors.mobile }}</view>.
func complains(e *markup.Element) bool {
	return conditional(e) && attrSays(e, "class", errorWords...) || showsError(e)
}

var errorWords = strings.Fields("error errors err errs")

// showsError reports whether all that e shows is named an error.
func showsError(e *markup.Element) (shows bool) {
	other := false
	markup.Walk([]markup.Node{e}, func(n markup.Node) bool {
		t, ok := n.(*markup.Text)
		if !ok {
			return true
		}
		for _, part := range t.Parts {
			switch {
			case part.Expr == nil:
				other = other || strings.IndexFunc(part.Text, unicode.IsLetter) >= 0
			case namesError(part.Expr):
				shows = true
			default:
				other = true
			}
		}
		return true
	})
	return shows && !other
}

// namesError reports whether x, or the object that it is taken from, is named an error: mobileErr, errors.mobile.
func namesError(x script.Expr) (named bool) {
	script.Walk(x, func(n script.Node) bool {
		if x, ok := n.(script.Expr); ok {
			words := spelling.Words(script.LastName(x))
			named = named || slices.ContainsFunc(words, func(w string) bool { return slices.Contains(errorWords, w) })
		}
		return !named
	})
	return named
}

// showsValue reports whether a row shows a value with its caption: 经办人：{{who}}. The
// caption labels that value, and not what the next row asks for.
func showsValue(row *markup.Element) bool {
	found := false
	markup.Walk(row.Children, func(n markup.Node) bool {
		t, ok := n.(*markup.Text)
		if !ok {
			return true
		}
		for i, part := range t.Parts {
			if i > 0 && part.Expr != nil {
				caption, _ := markup.Static(t.Parts[i-1 : i])
				caption = strings.TrimSpace(caption)
				found = found || strings.HasSuffix(caption, "：") || strings.HasSuffix(caption, ":")
			}
		}
		return !found
	})
	return found
}

// labelSlots are the slots of the UI libraries for what stands before the control of a field,
// the label itself first.
var labelSlots = strings.Fields("label title prefix prepend left before")

// slotted reads the label that a field of a UI library has in its slot:
// <van-field><view slot="label">手机号</view></van-field>,
// <wd-input><template #label>手机号</template></wd-input>,
// <up-input><template #prefix>手机号</template></up-input>.
func (p Place) slotted() []flow.Text {
	for _, name := range labelSlots {
		for _, n := range p.Element.Children {
			if e, ok := n.(*markup.Element); ok && slotOf(e) == name {
				if texts := p.meaningful(p.inside(e)); len(texts) > 0 {
					return texts
				}
			}
		}
	}
	return nil
}

// caption reads what a picker shows in front of the chosen value:
// <picker range="{{genders}}">性别：{{gender}}</picker>.
func (p Place) caption() (found []flow.Text) {
	markup.Walk(p.Element.Children, func(n markup.Node) bool {
		if t, ok := n.(*markup.Text); ok && found == nil {
			for _, part := range t.Parts {
				if text := strings.TrimSpace(part.Text); part.Expr == nil && text != "" {
					at := source.Location{File: p.View.File, Span: part.Span}
					found = p.meaningful([]flow.Text{{String: text, Location: at}})
					return false
				}
			}
		}
		return found == nil
	})
	return found
}

// aria reads the label for those who cannot see the page.
func (p Place) aria() []flow.Text { return p.Attrs(p.Element, "aria-label") }

// labelling are the roles of what labels the control in it. A field may be the row of
// another: <Field label="姓名"><Input/></Field>.
var labelling = map[platform.Role]bool{platform.Item: true, platform.Cell: true, platform.Input: true}

// given reads the label that a form item, cell or other component around the
// control has as an attribute.
func (p Place) given(e *markup.Element) []flow.Text {
	c := Component(p.Unit, e)
	switch {
	case c != nil && (labelling[c.Role] || (c.Role == platform.Form && c.Library != "native")):
		return p.meaningful(p.Attrs(e, append(c.Labels[:len(c.Labels):len(c.Labels)], "label", "title")...))
	case Own(p.Unit, e):
		return p.meaningful(p.Attrs(e, append([]string{"label", "title", "name", "text"}, captions(p.Unit.Components[e.Tag].Unit)...)...))
	case strings.Contains(e.Tag, "-"):
		return p.meaningful(p.Attrs(e, "label", "title", "name", "text"))
	}
	return nil
}

// Attrs returns the texts of the first of the named attributes that has some.
func (p Place) Attrs(e *markup.Element, names ...string) []flow.Text {
	for _, name := range names {
		if a := e.Attr(name); a != nil {
			if t := p.Texts(a.Parts); len(t) > 0 {
				return t
			}
		}
		for _, a := range e.Attrs {
			if parts := handedOn(a, name); parts != nil {
				if t := p.Texts(parts); len(t) > 0 {
					return t
				}
			}
		}
	}
	return nil
}

// handedOn is what an attribute that holds those of the control inside says for one of them; nil
// if it says nothing:
//
//	<FormText label="配偶" fieldProps={{ name: 'spouse', placeholder: '配偶姓名' }}/>    <field :input-attrs="{ placeholder: '姓名' }"/>
func handedOn(a *markup.Attr, name string) []markup.Part {
	kind := strings.ToLower(a.Name)
	holds := strings.HasSuffix(kind, "props") || strings.HasSuffix(kind, "attrs")
	if a.Kind != markup.Plain || !holds || len(a.Parts) != 1 {
		return nil
	}
	object, ok := a.Parts[0].Expr.(*script.Object)
	if !ok {
		return nil
	}
	for _, p := range object.Props {
		if p.Key == name && p.Value != nil && p.Computed == nil {
			return []markup.Part{{Span: p.Value.Range(), Expr: p.Value}}
		}
	}
	return nil
}

// labelFor finds <label for="id">.
func (p Place) labelFor() []flow.Text {
	a := p.Element.Attr("id")
	if a == nil {
		return nil
	}
	id, static := markup.Static(a.Parts)
	if !static || id == "" {
		return nil
	}
	for _, e := range p.View.LabelsFor(id) {
		if found := p.meaningful(p.inside(e)); found != nil {
			return found
		}
	}
	return nil
}

// inside reads the text in e, in each form that it can take: its texts joined. Components show
// the texts of their attributes.
func (p Place) inside(e *markup.Element) []flow.Text {
	var parts [][]flow.Text
	shown := 0 // texts that only introduce what is shown
	markup.Walk([]markup.Node{e}, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Text:
			texts := p.Texts
			if repeatedIn(n, e) {
				texts = p.listed
			}
			t := texts(n.Parts)
			if introduces(n.Parts, t) {
				shown++
			}
			if len(t) > 0 && hasWords(t) {
				parts = append(parts, t)
			}
		case *markup.Element:
			if c := Component(p.Unit, n); (c != nil && c.Role == platform.Button) || hidden(n) {
				return false
			}
			switch {
			case n.Tag == "rich-text":
				if t := withoutTags(p.Attrs(n, "nodes")); len(t) > 0 {
					parts = append(parts, t)
				}
			case isComponent(p.Unit, n):
				if t := p.Attrs(n, titles...); len(t) > 0 {
					parts = append(parts, t)
				}
			}
		}
		return len(parts) < maxWords
	})
	if len(parts) == 1 {
		return parts[0]
	}
	if shown > 1 {
		return nil // rows of data above a box
	}
	return together(parts)
}

// introduces reports whether a text names what is shown behind it: 申请人姓名：{{ name }}, or `申请人姓名：${name}`, of which
// only the beginning is known.
func introduces(parts []markup.Part, known []flow.Text) bool {
	text, _ := markup.Static(parts)
	if len(parts) == 0 || parts[len(parts)-1].Expr == nil {
		return false
	}
	if strings.TrimSpace(text) == "" && len(known) > 0 {
		text = known[0].String
	}
	text = strings.TrimSpace(text)
	return strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":")
}

// titles are the attributes whose texts components show, whatever they are.
var titles = []string{"title", "label", "text"}

// maxForms is how many forms of a text of several pieces are read.
const maxForms = 8

// together joins pieces of text, of which each can take several forms: 修改 and 姓名 or 电话. What
// decides of one mostly decides of the others, too, so they are not combined with each other.
func together(pieces [][]flow.Text) (whole []flow.Text) {
	forms := 0
	for _, p := range pieces {
		forms = max(forms, min(len(p), maxForms))
	}
	for i := range forms {
		t := flow.Text{Location: pieces[0][0].Location}
		for _, p := range pieces {
			t.String += p[min(i, len(p)-1)].String + " "
		}
		whole = append(whole, t)
	}
	return whole
}

// tags are the tags of a text in HTML.
var tags = regexp.MustCompile(`<[^<>]*>`)

// withoutTags are the texts as <rich-text> shows them.
func withoutTags(texts []flow.Text) (out []flow.Text) {
	for _, t := range texts {
		if t.String = strings.TrimSpace(tags.ReplaceAllString(t.String, "")); t.String != "" {
			out = append(out, t)
		}
	}
	return out
}

// hasWords reports whether a text is more than a sign: ✕, *, >.
func hasWords(texts []flow.Text) bool {
	return slices.ContainsFunc(texts, func(t flow.Text) bool { return strings.IndexFunc(t.String, unicode.IsLetter) >= 0 })
}

// saysAnything reports whether a text has words or numbers.
func saysAnything(texts []flow.Text) bool {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return slices.ContainsFunc(texts, func(t flow.Text) bool { return strings.IndexFunc(t.String, word) >= 0 })
}

// meaningful keeps texts that can be labels: with words, short, and no sentences.
func (p Place) meaningful(texts []flow.Text) []flow.Text {
	var out []flow.Text
	for _, t := range texts {
		t.String = strings.Join(strings.Fields(t.String), " ") // as it is shown: an indent is one space
		if n := len([]rune(t.String)); n == 0 || n > maxLabel || strings.HasSuffix(t.String, "。") {
			continue
		}
		if !lexicons().label(t.String).generic() {
			out = append(out, t)
		}
	}
	return out
}
