package control

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
)

// Words that buttons of a number box have in their classes, types and names, and their signs
// (uni-ui uni-number-box, Vant stepper, NutUI inputnumber; read 2026-11).
var (
	fewer     = []string{"minus", "reduce", "decrease", "subtract"}
	more      = []string{"plus", "add", "increase"}
	fewerSign = []string{"-", "－", "−", "–"}
	moreSign  = []string{"+", "＋"}
)

// counts reports whether a control for numbers stands between two elements that make its number
// smaller and larger: it takes how many there are of something, whatever it is. (In a list that a
// person makes longer and shorter a row may look the same; its texts say what it asks for.)
//
//	<view bindtap="minus">-</view><input type="number" /><view bindtap="plus">+</view>
func counts(c *flow.Control) bool {
	p := c.Element.Parent
	if p == nil || !forNumbers(c) {
		return false
	}
	if slides(c) {
		return true
	}
	at := slices.Index(p.Children, markup.Node(c.Element))
	return at > 0 && steps(p.Children[:at], fewer, fewerSign) && steps(p.Children[at+1:], more, moreSign)
}

// forNumbers reports whether the keyboard for c has digits.
func forNumbers(c *flow.Control) bool {
	return slices.ContainsFunc(c.Attr("type"), func(t flow.Text) bool { return t.String == "number" || t.String == "digit" })
}

// slides reports whether a slider in the same view shows the value of c as well: <slider value="{{light}}" max="100"/>.
func slides(c *flow.Control) bool {
	own := valueOf(c.Element)
	return own != nil && markup.Any(c.View.Nodes(), func(e *markup.Element) bool {
		v := valueOf(e)
		return strings.HasSuffix(strings.ToLower(e.Tag), "slider") && v != nil &&
			c.View.File.Slice(v.ValueSpan) == c.View.File.Slice(own.ValueSpan)
	})
}

// valueOf is what gives the value of e, nil if nothing but a literal does.
func valueOf(e *markup.Element) *markup.Attr {
	for _, a := range e.Attrs {
		if _, static := markup.Static(a.Parts); !static && givesValue(a) {
			return a
		}
	}
	return nil
}

// steps reports whether one of nodes can be tapped and has one of these signs or words.
func steps(nodes []markup.Node, words, signs []string) bool {
	return slices.ContainsFunc(nodes, func(n markup.Node) bool {
		e, ok := n.(*markup.Element)
		if !ok || !e.Hears("tap", "click", "touchstart") {
			return false
		}
		text := strings.TrimSpace(writtenIn(e))
		return slices.Contains(signs, text) || text == "" && calledStep(e, words)
	})
}

// writtenIn is the text that is written out in e.
func writtenIn(e *markup.Element) (text string) {
	markup.Walk(e.Children, func(n markup.Node) bool {
		if t, ok := n.(*markup.Text); ok {
			s, _ := markup.Static(t.Parts)
			text += s
		}
		return true
	})
	return text
}

// calledStep reports whether e, or the only thing in it, is called by one of these words.
func calledStep(e *markup.Element, words []string) bool {
	for _, name := range []string{"class", "type", "name"} {
		if attrSays(e, name, words...) {
			return true
		}
	}
	if len(e.Children) == 1 {
		inner, ok := e.Children[0].(*markup.Element)
		return ok && calledStep(inner, words)
	}
	return false
}

// measures reports whether the text right behind a control is a unit, or that right before it the sign of a currency, so that
// it takes an amount, of whatever it is:
//
//	<text>{{item.label}}</text><input type="number" />元
//	<text>¥</text><input type="number" />
func measures(c *flow.Control) bool {
	p := c.Element.Parent
	if p == nil {
		return false
	}
	at := slices.Index(p.Children, markup.Node(c.Element))
	before := slices.Clone(p.Children[:at])
	slices.Reverse(before)
	return unit.MatchString(nearestText(p.Children[at+1:])) || currency.MatchString(nearestText(before))
}

// nearestText is the first text in nodes, without blanks around it; "" if data give it.
func nearestText(nodes []markup.Node) string {
	for _, n := range nodes {
		text := ""
		switch n := n.(type) {
		case *markup.Text:
			s, static := markup.Static(n.Parts)
			if !static {
				return ""
			}
			text = strings.TrimSpace(s)
		case *markup.Element:
			text = strings.TrimSpace(writtenIn(n))
		}
		if text != "" {
			return text
		}
	}
	return ""
}

// currency is a sign that stands before an amount: R$ in Brazil.
var currency = regexp.MustCompile(`^(R\$|[¥￥$€£₹₩₫฿₽])[:：]?$`)

// unit is a text that is a unit and nothing else: what amounts are given in, and how many are counted.
var unit = regexp.MustCompile(`^[(（/]?(元|万元|分钱|角|[¥￥$%％‰℃]|个|件|张|份|次|台|套|瓶|盒|包|箱|袋|本|页|条|组|双|只|辆|间|层|节|班|岁|周岁|人|位|名|口|` +
	`天|日|周|个?月|年|小?时|分钟?|秒钟?|米|厘米|毫米|公里|千米|里|平方?米|㎡|亩|吨|千?克|公?斤|两|毫?升|度|千瓦时?|千卡|大卡|卡路?里|步|` +
	`(?i:cm|mm|km|kg|g|mg|ml|l|m|m²|kwh|kw|kcal|mmhg|bpm|mmol/l|rpm|min|h|s|px|rpx))([/／](天|日|周|月|年|次|人|个|件|斤|小?时|分钟?))?[)）]?$`)

// inNamedList reports whether a control is in a row of a list to which a button adds one more, and the button says of what,
// if that is nobody and nothing that is collected:
//
//	<view wx:for="{{options}}">{{item.key}} <input /></view><button>添加选项</button>
func inNamedList(c *flow.Control) bool {
	for e := c.Element.Parent; e != nil; e = e.Parent {
		if e.Find(markup.Directive, "for") == nil {
			continue
		}
		siblings := c.View.Tree.Siblings(e)
		return slices.ContainsFunc(siblings[slices.Index(siblings, markup.Node(e))+1:], func(n markup.Node) bool {
			button, ok := n.(*markup.Element)
			if !ok || !button.Hears("tap", "click") {
				return false
			}
			what := adding.FindStringSubmatch(strings.TrimSpace(writtenIn(button)))
			if what == nil || strings.HasPrefix(what[1], "一") { // 添加一行
				return false
			}
			sense := lexicons().label(what[1])
			return len(sense.signs) == 0 && !lexicons().someone(what[1]) && !sense.generic()
		})
	}
	return false
}

// adding is what a button says that adds one more: 添加选项, + 新增一个问题.
var adding = regexp.MustCompile(`^[+＋\s]*(?:添加|新增|增加|加)(?:新的?)?(?:一?[个项条道行])?(\p{Han}+)$`)
