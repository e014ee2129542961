package control

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Read collects the evidence about a control, or returns nil if it is no place
// to enter something: a component that is no control, or a control that is
// hidden, disabled or takes a password.
func (r *Reader) Read(c *flow.Control) *Reading {
	e, ok := r.known[c]
	if !ok {
		e = r.gather(c)
		r.known[c] = e
	}
	return e
}

func (r *Reader) gather(c *flow.Control) *Reading {
	role := Component(c.Unit, c.Element)
	if role == nil || Own(c.Unit, c.Element) || c.Unit.Library != "" {
		return nil
	}
	switch role.Role {
	case platform.Input, platform.Textarea, platform.Picker, platform.Plate:
	default:
		return nil
	}
	row := role.Role != platform.Picker && countFields(c.Unit, c.Element.Children, 1) > 0 // <Field label="姓名"><Input/></Field>
	if row {
		return nil
	}
	if switchedOff(c) || !inMode(c, role) {
		return nil
	}
	e := &Reading{Control: c, role: role.Role, taken: taken(c), searches: searches(c), queried: queried(c), masked: masks(c),
		filters: r.conditions.filters(c), counts: counts(c) || measures(c) || inNamedList(c)}
	given := factsAt(c.View, c.Element)
	texts := func(parts []markup.Part) []flow.Text { return told(c, r.language.texts(c.Unit, parts, c.Texts)) }
	settled := func(parts []markup.Part) []markup.Part { return given.settle(c.View.File, parts) }
	unheard := func(parts []markup.Part) []flow.Text { return texts(settled(parts)) }
	inner := Place{c.Unit, c.View, c.Element, func(parts []markup.Part) []flow.Text {
		parts = settled(parts)
		return e.hear(texts(parts), parts, c.Unknown)
	}, unheard}
	around := Place{c.Unit, c.View, c.Element, unheard, nil} // for texts of others, which this control does not hear
	for _, name := range role.Labels {
		e.labels = e.labels.texts("label", e.foreign(inner.Attrs(c.Element, name)))
	}
	for _, name := range role.Hints {
		e.hinted = e.hinted || c.Element.Attr(name) != nil
		e.hints = e.hints.texts("placeholder", inner.Attrs(c.Element, name))
	}
	if e.role == platform.Picker && !e.labels.telling() {
		e.labels = e.labels.texts("label", inner.caption())
	}
	for _, find := range []func() []flow.Text{inner.slotted, inner.aria, inner.Labels} {
		if !e.labels.telling() {
			e.labels = e.labels.texts("label", e.own(find()))
		}
	}
	if !e.labels.telling() && !slices.ContainsFunc(e.hints, tellsWhat) {
		e.labels = e.labels.texts("label", inner.Behind())
		if !e.labels.telling() {
			e.labels = e.labels.texts("label", inner.condition())
		}
	}
	for i := range e.labels {
		e.labels[i].over = around.over(e.labels[i].At)
	}
	e.identify(c, c.Element, c.View.File, inner.Texts)
	e.hosts(c, r.language)
	e.shapes(c)
	e.uses(&c.Uses, r.patterns)
	e.demand(c, r)
	e.misnamed(c, r)
	e.complained(c, r)
	e.title(c)
	e.spoken = e.spoken || sends(c)
	e.pictured = inner.pictured() && !e.spoken
	for _, name := range slices.Concat(role.Labels, role.Hints, []string{"aria-label"}) {
		if a := c.Element.Attr(name); a != nil {
			e.writes(settled(c.Written(a.Parts)))
		}
	}
	return e
}

// writes notes whether an attribute of the control, or of a component around it, writes out what it asks for.
// Of texts of which the run may not have seen each, none may ask for a person's data.
func (e *Reading) writes(parts []markup.Part) {
	texts := written(parts)
	asks := func(t string) bool { return len(lexicons().label(t).signs) > 0 }
	if len(texts) > 1 && slices.ContainsFunc(texts, asks) {
		return
	}
	e.spoken = e.spoken || every(texts, message.MatchString)
	e.literal = e.literal || e.spoken || every(texts, specific)
}

// own leaves out what asks a person to choose, if the control is one to type in: it is the row
// above that is tapped for a list.
func (e *Reading) own(labels []flow.Text) []flow.Text {
	if e.role != platform.Input && e.role != platform.Textarea {
		return labels
	}
	return slices.DeleteFunc(labels, func(t flow.Text) bool { return chooses.MatchString(strings.TrimSpace(t.String)) })
}

// chooses finds "请选择收件人 >" and "To：请选择收件人", and not "请选择或填写收件人".
var chooses = regexp.MustCompile(`^([A-Za-z]+\s*[:：])?\s*请选择[^输填写]*$`)

// handed does so for what a use of the component around the control gives it: a placeholder, and texts that are seen at the control.
func (e *Reading) handed(host *flow.Host) {
	for _, a := range host.Element.Attrs {
		parts := host.Written(a.Parts)
		seen := func(c Clue) bool { return slices.Contains(written(parts), strings.TrimRight(c.Text, ":： ")) }
		if a.Name == "placeholder" || slices.ContainsFunc(e.labels, seen) || slices.ContainsFunc(e.hints, seen) {
			e.writes(parts)
		}
	}
}

// written are the texts of which an attribute has one, if all are written out in it: {{edit ? '改评论' : '写评论'}};
// nil if one is not.
func written(parts []markup.Part) []string {
	if text, static := markup.Static(parts); static {
		return []string{text}
	}
	if len(parts) != 1 {
		return nil
	}
	return branches(parts[0].Expr)
}

func branches(x script.Expr) []string {
	switch x := x.(type) {
	case *script.String:
		return []string{x.Value}
	case *script.Cond:
		then, other := branches(x.Then), branches(x.Else)
		if then != nil && other != nil {
			return slices.Concat(then, other)
		}
	}
	return nil
}

// every reports whether there are such things, and all are such.
func every[T any](all []T, such func(T) bool) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(t T) bool { return !such(t) })
}

// tellsWhat reports whether a placeholder says more than that something is to be entered.
func tellsWhat(c Clue) bool { return !anyPrompt.MatchString(c.Text) }

var anyPrompt = regexp.MustCompile(`^请?(在此|在这里)?(输入|填写|填入)(内容|文字|文本|信息)?[.…。]*$`)

// specific reports whether a text says what is asked for, and not only that something is, in
// which form or how much of it: "请输入金额", not "请输入内容" or "最多20个字".
func specific(text string) bool {
	r := lexicons().label(unspecific.ReplaceAllString(text, ""))
	for topic := range r.topics {
		if topic != topicRemark {
			return true
		}
	}
	return r.unknown > 1 || foreignWords(text)
}

// foreignWords reports whether a text has two words or more in Latin letters that the lexicon does not have, and says nothing that it
// has: 请输入 TMDB API Key.
func foreignWords(text string) bool {
	return len(said(text)) > 1 && lexicons().label(text).generic()
}

// message finds a text at a control that asks for prose: "说点什么吧", "请写…", "回复：".
var message = regexp.MustCompile(`[说写聊]点|说说|说些|说两句|聊聊|写写|写下|有话|发表|(发|发送|输入)(一?条)?消息|评论|留言|回复|吐槽|(输入|写下|描述)[你您]的(问题|疑问|想法|感受|需求)|^请?写[\s.。…~～]*$`)

// unspecific finds what a text can say of anything that is asked for.
var unspecific = regexp.MustCompile(`[\d\-~～－—]+|内容|文本|文字|数字|字符|字|个|位|格式|正确|有效|完整|准确|如实|真实|资料|信息|相关|对应|相应|要求|` +
	`答案|回答|最多|最少|至少|不少于|不超过|以内|之间|以上|左右|长度|上限|必填|选填|可选|可填|可不填|选择|什么|说明|备注`)

// hear returns texts, and notes whether data give the parts that they are of, whether
// these may be others that are not known, and whether a person sees them in another order.
func (e *Reading) hear(texts []flow.Text, parts []markup.Part, unknown func([]markup.Part) bool) []flow.Text {
	if _, static := markup.Static(parts); !static {
		e.computed = true
	}
	missing := len(texts) == 0 && unknown(parts)
	e.unheard, e.worded = e.unheard || missing, e.worded || missing && keyOfOther(parts)
	for _, t := range texts {
		e.turned, e.abroad = e.turned || turned(t.String), e.abroad || abroad(t.String)
	}
	return texts
}

// keyOfOther reports whether the key of a text that is not known says that it asks for what nobody counts: texts.username.
func keyOfOther(parts []markup.Part) bool {
	if len(parts) != 1 {
		return false
	}
	d, ok := parts[0].Expr.(*script.Dot)
	if !ok {
		return false
	}
	topics := lexicons().identifier(d.Name).topics
	return topics[topicAccount] || topics[topicPassword] || topics[topicCode]
}

// abroad reports whether a text has two words or more in Latin letters that say something, and
// none that the lexicon has: Horário de funcionamento. It asks for something, if nobody here knows
// what.
func abroad(text string) bool {
	return !chinese(text) && foreignWords(text)
}

// said are the words in Latin letters of a text but those that only prompt.
func said(text string) []string {
	words := latinWords.FindAllString(text, -1)
	return slices.DeleteFunc(words, func(w string) bool { return prompting[strings.ToLower(w)] })
}

var latinWords = regexp.MustCompile(`\p{Latin}{3,}`)

// prompting are words of a text that asks for something and does not say for what.
var prompting = spelling.Set("please enter input type write fill select choose click tap here your the this any some text value content")

// foreign returns texts, and notes whether one is a word in Latin letters: the lexicon does not
// have it (Token), and yet it says what the control asks for.
func (e *Reading) foreign(texts []flow.Text) []flow.Text {
	e.worded = e.worded || slices.ContainsFunc(texts, func(t flow.Text) bool { return latinWord.MatchString(t.String) })
	return texts
}

var latinWord = regexp.MustCompile(`^[A-Za-z][A-Za-z ]{3,}$`)

// inMode reports whether c is in the mode in which its component takes text.
func inMode(c *flow.Control, role *platform.Component) bool {
	return role.When == "" || slices.ContainsFunc(c.Attr(role.When), func(t flow.Text) bool { return t.String == role.Is })
}

// Box reads a box for text that a call of an API shows, or returns nil if c shows none.
// What the box says is its label; a text that begins with 请输入 and the like is as good
// a placeholder.
func (r *Reader) Box(c *flow.Call) *Reading {
	api := platform.APIByName(c.API)
	if api == nil || api.Asks == nil || c.Results[api.Asks.Path] == nil {
		return nil
	}
	uses := c.Results[api.Asks.Path]
	e := &Reading{role: platform.Input, taken: uses.Read || len(uses.Flows) > 0 || len(uses.Keys) > 0}
	for i, name := range api.Asks.Texts {
		texts := slices.DeleteFunc(slices.Clone(c.Asked[name]), func(t flow.Text) bool { return len([]rune(t.String)) > maxLabel })
		if i == len(api.Asks.Texts)-1 {
			e.hints = e.hints.texts("placeholder", texts)
		} else {
			e.labels = e.labels.texts("label", texts)
		}
	}
	e.uses(uses, r.patterns)
	e.reconcile()
	return e
}

// told drops the default texts of a component if its user passes others: those
// from the component's own script beside texts from elsewhere.
func told(c *flow.Control, texts []flow.Text) []flow.Text {
	if len(c.Hosts) == 0 || len(texts) < 2 || c.Unit.Script == nil {
		return texts
	}
	var out []flow.Text
	for _, t := range texts {
		if t.Location.File != c.Unit.Script.File {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return texts
	}
	return out
}

// clueList is evidence of one kind, the nearest to the control first.
type clueList []Clue

// texts adds the meaning of labels and placeholders.
func (l clueList) texts(what string, texts []flow.Text) clueList {
	for _, t := range texts {
		if r := lexicons().label(t.String); !r.generic() && !failure.MatchString(t.String) {
			l = append(l, Clue{What: what, Text: strings.TrimSpace(t.String), At: t.Location, sense: r})
		}
	}
	return l
}

// failure finds a message of what went wrong, which is shown in place of a datum: 获取手机号失败.
var failure = regexp.MustCompile(`^(获取|查询|加载|读取|请求)\p{Han}*(失败|出错|异常)[！!。.…]*$`)

// telling reports whether some text means something.
func (l clueList) telling() bool { return len(l) > 0 }

// identifier adds the meaning of a name.
func (l clueList) identifier(what, name string, at source.Location) clueList {
	for _, c := range l {
		if c.Text == name {
			return l
		}
	}
	r := lexicons().identifier(name)
	if len(r.signs) == 0 && len(r.topics) == 0 && len(r.wider) == 0 {
		return l
	}
	return append(l, Clue{What: what, Text: name, At: at, sense: r})
}

// hosts reads what the components around the control say, as long as each is a
// wrapper of this one control.
func (e *Reading) hosts(c *flow.Control, l language) {
	inner, control := c.Unit, c.Element
	for i := len(c.Hosts) - 1; i >= 0; i-- {
		h := c.Hosts[i]
		if shown := shownAt(h, inner); shown == nil || countFields(inner, shown, 2) > 1 {
			return
		}
		if named := platform.ComponentByTag(h.Element.Tag); named != nil && named.Role == platform.Search {
			e.role = platform.Search // <SearchInput placeholder="手机号/订单号"/> of the program itself
		}
		p := Place{h.Unit, h.View, h.Element,
			func(parts []markup.Part) []flow.Text {
				return e.hear(l.texts(h.Unit, parts, h.Texts), parts, h.Unknown)
			}, func(parts []markup.Part) []flow.Text { return l.texts(h.Unit, parts, h.Texts) }}
		if !e.labels.telling() {
			e.labels = e.labels.texts("label", e.foreign(p.Attrs(h.Element, "label", "title")))
		}
		if !e.labels.telling() && h.Shown == nil {
			e.labels = e.labels.texts("label", p.filling(inner, control))
		}
		if !e.labels.telling() && h.Shown == nil { // else the control's own labels were looked for there
			e.labels = e.labels.texts("label", p.Labels())
		}
		if !e.hints.telling() {
			e.hints = e.hints.texts("placeholder", p.Attrs(h.Element, "placeholder"))
		}
		e.handed(h)
		e.identify(c, h.Element, h.View.File, h.Texts)
		inner, control = h.Unit, h.Element
	}
}

// shownAt is what the component of a unit shows where h uses it; nil if nothing is known.
func shownAt(h *flow.Host, unit *project.Unit) []markup.Node {
	if h.Shown != nil {
		return h.Shown
	}
	return unit.View.Nodes()
}

// shapes reads type, mode and maxlength.
func (e *Reading) shapes(c *flow.Control) {
	for _, name := range []string{"type", "mode"} {
		for _, t := range c.Attr(name) {
			if e.kind.Text == "" || t.String == "idcard" || t.String == "nickname" {
				e.kind = Clue{What: "type", Text: t.String, At: t.Location}
			}
			e.region = e.region || (e.role == platform.Picker && t.String == "region")
		}
	}
	for _, t := range c.Attr("maxlength") {
		if n, err := strconv.Atoi(strings.TrimSpace(t.String)); err == nil && e.maxlength == 0 {
			e.maxlength = n
		}
	}
}

// uses reads what the script does with the value.
func (e *Reading) uses(u *flow.Uses, p *patterns) {
	for _, k := range u.Keys {
		what := "payload"
		if k.Kind == "data" || k.Kind == "variable" {
			what = "binding"
		}
		e.keys = e.keys.identifier(what, k.Name, k.Location)
	}
	for _, t := range u.Tests {
		r := Sense{}
		text := t.Call
		if t.Regexp != nil {
			text = "/" + t.Regexp.Pattern + "/" + t.Regexp.Flags
			for _, c := range p.accepted(t.Regexp.Pattern, t.Regexp.Flags, t.Location) {
				r.add(c, sign{weight: Strong, term: text})
			}
		} else if t.Call != "" {
			r = checks(t.Call)
		}
		clue := Clue{What: "validator", Text: text, At: t.Location, sense: r}
		if len(r.signs) > 0 && (!t.OneOf || agrees(clue, e.Texts()) || agrees(clue, e.names)) {
			e.validators = append(e.validators, clue)
		}
		if t.Length > 0 {
			e.lengths = append(e.lengths, t.Length)
		}
	}
}

// checkWords make the name of a function that checks.
var checkWords = spelling.Set("is check valid validate verify test reg regex vali validator checked")

// saysCheck reports whether the name of a function says that it checks something.
func saysCheck(name string) bool {
	return slices.ContainsFunc(spelling.Words(name), func(w string) bool { return checkWords[w] })
}

// checks reads the name of a function that checks a value: isMobile, checkPhone.
func checks(name string) Sense {
	var out Sense
	w := spelling.Words(name)
	for i := range w {
		if checkWords[w[i]] {
			rest := append(append([]string{}, w[:i]...), w[i+1:]...)
			r := lexicons().identifier(strings.Join(rest, "_"))
			for _, c := range finding.Categories() {
				if s, ok := r.signs[c]; ok && s.weight > Weak {
					out.add(c, sign{weight: Strong, term: name})
				}
			}
			return out
		}
	}
	return out
}

// title reads the page's title: whether the page is for a thing and, if the control is the only one on the page, what
// it asks for.
func (e *Reading) title(c *flow.Control) {
	if c.Page == nil || c.View == nil || c.View.Tree == nil || len(c.Hosts) > 0 {
		return
	}
	e.forThing = lexicons().forThing(c.Page.Title)
	oneOfMany := countFields(c.Unit, c.View.Tree.Nodes, 2) != 1 || e.maxlength == 1 // boxes of one digit each, for a code
	if oneOfMany {
		return
	}
	at := source.Location{File: c.View.File, Span: c.Element.Open}
	if c.Page.ConfigFile != nil {
		at = source.Location{File: c.Page.ConfigFile}
	}
	if c.Page.Title != "" {
		e.titles = e.titles.texts("title", []flow.Text{{String: c.Page.Title, Location: at}})
	}
	e.titles = e.titles.texts("title", c.Titles())
}
