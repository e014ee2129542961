package detect

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// What nobody saw may hide something: that a program collects nothing cannot be said if
// code that is not there, a server, or code beyond a limit decides what a control asks for,
// what a component shows, or whether a function runs that asks the platform.

// unseen lists it.
func unseen(p *project.Program, r *flow.Result, controls *control.Reader) (out []project.Unread) {
	add := func(at source.Location, reason lang.Text) {
		u := project.Unread{Path: at.File.Path, Location: at, Reason: reason, Hides: true}
		if !slices.ContainsFunc(out, func(o project.Unread) bool { return o.Location == at }) {
			out = append(out, u)
		}
	}
	readings := controls.Readings()
	for _, e := range readings {
		c := e.Control
		if c == nil || !c.Unit.Own() || !c.Rendered {
			continue
		}
		at := source.Location{File: c.View.File, Span: c.Element.Open}
		switch {
		case c.Stranger != "" && e.Silent():
			add(at, lang.Textf(
				"此处的控件要填什么，可能由“%s”决定，而它的代码没有找到：不在程序中，或查不清是哪个函数；请补上该代码，或改正名称",
				`"%s" may decide what this control asks for, and its code was not found: it is not in the program, or which function it is `+
					"cannot be told; add its code or correct the name", c.Stranger))
		case (e.Silent() || e.Varies()) && near(r.Limits, c):
			add(at, lang.Both(
				"分析触及上限，此处的控件要填什么没有查清",
				"a limit of the analysis was hit before it was clear what this control asks for"))
		case e.Unheard():
			add(at, lang.Both(
				"此处的控件有代码里没有的文字（如服务端下发的），它可能说明要填什么，没有查清",
				"this control has a text that is not in the code, such as one that a server sends, and it may say what is asked for"))
		case e.Turned():
			add(at, lang.Both(
				"此处的文字含有改变书写方向的不可见字符（如 U+202E），看到的顺序与代码中的不同，控件要填什么没有查清；请删去这些字符",
				"a text here has an invisible mark that turns the direction of writing (such as U+202E), so that a person sees it in "+
					"another order, and what this control asks for is not clear; delete the mark"))
		case e.Pictured():
			add(at, lang.Both(
				"此处的控件没有能看懂的文字说明，要填什么可能画在旁边的图片里，没有查清；可在 placeholder 或 aria-label 里写明",
				"no text that is understood says what this control asks for; the picture beside it may, and pictures are not read: "+
					"say it in placeholder or aria-label"))
		}
	}
	for _, c := range r.Controls {
		if !c.Unit.Own() || !c.Rendered {
			continue
		}
		a := c.Element.Attr("open-type")
		if a == nil || c.Element.Tag == "navigator" { // of which it says only how the next page opens
			continue
		}
		known := decided(c.Written(a.Parts)) || decidedByUses(p, c, a)
		if !known && (c.Unknown(a.Parts) || near(r.Limits, c)) {
			add(source.Location{File: c.View.File, Span: c.Element.Open}, lang.Both(
				"此处的按钮要什么（open-type）由代码以外的数据决定，或没有查清",
				"what this button asks for (open-type) is decided by data that the code does not have, or it was not followed to its end"))
		}
	}
	for _, at := range keypads(r, readings) {
		add(at, lang.Both(
			"此处是由元素拼成的键盘，附近的文字提到手机号或身份证号；逐个点按的数字没有跟踪，是否收集没有查清",
			"this is a keypad, and a text near it names a phone or ID number; digits that a person taps one by one are not followed, so "+
				"whether it collects one is not clear"))
	}
	for _, at := range r.Unnamed {
		add(at, lang.Both(
			"此处调用平台的哪个接口，由代码以外的数据（如页面参数）决定，没有查清",
			"which API of the platform is called here is decided by data that the code does not have, such as a parameter of the page"))
	}
	asked := newAsked(p, r)
	for _, n := range asked.unrun("prompt", prompts) {
		add(n.at, lang.Both(
			"此处像是弹出一个输入框，要人填写个人信息，而显示它的代码没有读取，是否收集没有查清",
			"this seems to show a box in which a person enters personal information, but the code that shows it was not read"))
	}
	if len(r.Limits) > 0 {
		beyond(p, r, asked, add)
	}
	for _, u := range r.Unshown {
		add(source.Location{File: u.Script.File}, lang.Textf(
			"组件显示的内容由不在程序中的“%s”给出，没有读取；请补上该代码，或改正名称",
			`"%s", which is not in the program, gives what this component shows, and it was not read; add its code or correct the name`, r.Stranger.Name))
	}
	if r.Stranger.Name == "" {
		return out
	}
	for _, n := range asked.unrun("", anything) {
		if _, call := n.node.(*script.Call); call {
			add(n.at, lang.Textf(
				"此处的文字要人填写个人信息，收到它的代码可能不在程序中（“%s”），填了什么没有查清；请补上该代码，或改正名称",
				`a text here asks a person for personal information, and what takes it may not be in the program ("%s"); add its code or correct the name`,
				r.Stranger.Name))
			continue
		}
		add(n.at, lang.Textf(
			"程序中没有代码执行到这里，但不在程序中的“%s”可能调用它；请补上该代码，或改正名称",
			`nothing in the program runs this, but "%s", which is not in the program, may call it; add its code or correct the name`,
			r.Stranger.Name))
	}
	return out
}

// decided reports whether the code says what an attribute is: a literal, or one of some, or
// nothing: x && 'getPhoneNumber'.
func decided(parts []markup.Part) bool {
	_, static := markup.Static(parts)
	return static || len(parts) == 1 && literal(parts[0].Expr)
}

func literal(x script.Expr) bool {
	switch x := x.(type) {
	case *script.String, *script.Null, *script.Bool:
		return true
	case *script.Ident:
		return x.Name == "undefined"
	case *script.Cond:
		return literal(x.Then) && literal(x.Else)
	case *script.Binary:
		switch x.Op {
		case "&&": // what is false there is nothing
			return literal(x.Y)
		case "||", "??":
			return literal(x.X) && literal(x.Y)
		}
	}
	return false
}

// near reports whether a unit that shows c, or the program, ran into a limit.
func near(limits []flow.Limit, c *flow.Control) bool {
	return slices.ContainsFunc(limits, func(l flow.Limit) bool {
		return l.Unit == nil || l.Unit == c.Unit || l.Unit == c.Page ||
			slices.ContainsFunc(c.Hosts, func(h *flow.Host) bool { return h.Unit == l.Unit })
	})
}

// beyond lists what a limit of the analysis may hide: elements that a script makes or a
// loop repeats, and calls that ask the platform.
func beyond(p *project.Program, r *flow.Result, asked *asked, add func(source.Location, lang.Text)) {
	units := slices.Clone(p.Units)
	for _, l := range r.Limits { // of a component without elements of its own
		if l.Unit != nil && !slices.Contains(units, l.Unit) {
			units = append(units, l.Unit)
		}
	}
	for _, u := range units {
		undrawn, some := r.Undrawn[u]
		bare := u.Scripted || u.View == nil // of a template, Undrawn says which elements were left out
		cut := func(l flow.Limit) bool {
			makes := some && (l.Unit == u || l.Unit == nil && (l.Module == nil || l.Module == u.Script))
			return makes || bare && l.Unit == u && l.What == flow.Elements
		}
		if u.Own() && slices.ContainsFunc(r.Limits, cut) {
			if !some {
				undrawn = beginning(u)
			}
			add(undrawn, lang.Both("分析触及上限，这里显示的内容可能没有看全",
				"a limit of the analysis was hit, and not all that is shown here may have been seen"))
		}
	}
	for _, n := range asked.unrun("", asked.mayAskPlatform) {
		add(n.at, lang.Both("分析触及上限，没有执行到这里，这里可能向平台或识别服务要个人信息",
			"a limit of the analysis was hit before this ran, which may ask the platform, or a service, for personal information"))
	}
}

// asked is what a run saw of what a program may ask for.
type asked struct {
	program   *project.Program
	ran       map[source.Location]bool // calls of APIs
	addresses []string                 // that calls were given
	buttons   map[*source.File][]button
	strange   bool                  // missing code has something of the program's, which it may call
	settings  map[*source.File]bool // scripts that are settings of the program
	hosts     hosts                 // finds what names stand for

	functions map[*project.Module][]named // see uncalled
	written   map[string]int              // see mentions
}

func newAsked(p *project.Program, r *flow.Result) *asked {
	s := &asked{program: p, ran: map[source.Location]bool{}, functions: map[*project.Module][]named{}, written: map[string]int{},
		strange: r.Stranger.Name != "", settings: map[*source.File]bool{}, hosts: newHosts(p), buttons: buttonsOf(r)}
	if p.Config != nil {
		s.settings[p.Config.File] = true
	}
	for _, u := range p.Units {
		s.settings[u.ConfigFile] = true
	}
	for _, c := range r.Calls {
		s.ran[c.Location] = s.ran[c.Location] || c.Reached
		for _, url := range c.Args["url"] {
			s.addresses = append(s.addresses, url.String)
		}
	}
	return s
}

// unseenNode is a place that may ask for something.
type unseenNode struct {
	at   source.Location
	node script.Node
}

// unrun finds, among the nodes that are wanted, where the program names what hands over
// personal information that triggers filing, and no call of it was seen. Those that are
// wanted hold a name; "" for no name in particular. A script without it is not walked. What is in
// a function that nothing can call counts only if missing code may.
func (s *asked) unrun(name string, wanted func(script.Node) bool) (found []unseenNode) {
	for _, m := range s.program.Modules {
		if !m.Own() || m.Tree == nil || !mayName(m.File.Text, name) {
			continue
		}
		for _, n := range source.Known(&m.Tree.Memo, mayAsk{}, func() []script.Node { return mayAskIn(m.Tree) }) {
			if wanted(n) && s.names(n) && !s.defines(m, n) && !s.lacks(n) {
				at := source.Location{File: m.File, Span: n.Range()}
				known := s.ran[at] || s.called(m, n) || s.seen(at)
				if !known && (s.strange || !s.uncalled(m, at.Span)) {
					found = append(found, unseenNode{at, n})
				}
			}
		}
	}
	return found
}

// called reports whether n, in m, is a call of an API that was seen to run: wx.showModal({ editable: true, … }).
func (s *asked) called(m *project.Module, n script.Node) bool {
	call, ok := n.(*script.Call)
	return ok && s.ran[source.Location{File: m.File, Span: call.Fn.Range()}]
}

// testedNames are the texts that a call which is a whole condition is given, or its negation, if its name says that it
// only tests something: canIUse, isNotImplemented.
func testedNames(test script.Expr) (args []script.Expr) {
	if not, ok := test.(*script.Unary); ok && not.Op == "!" {
		test = not.X
	}
	call, ok := test.(*script.Call)
	if !ok {
		return nil
	}
	if words := spelling.Words(script.LastName(call.Fn)); len(words) > 0 && tests[words[0]] {
		for _, a := range call.Args {
			if _, text := a.(*script.String); text {
				args = append(args, a)
			}
		}
	}
	return args
}

// tests are first words of names of functions that say whether something is so.
var tests = spelling.Set("can is has lacks support supports")

// mayAsk is the key of what mayAskIn gives.
type mayAsk struct{}

// mayAskIn lists the nodes of a script for which asked.names may hold, by the script alone.
func mayAskIn(tree *script.Program) (all []script.Node) {
	event := map[script.Node]bool{} // and what else names an API without a call of it
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Assign: // uni.chooseAddress = function () { … } puts something in its place
			if _, named := n.Target.(*script.Dot); named && n.Op == "=" {
				event[n.Target] = true
			}
		case *script.If: // if (lacks('chooseAddress')) { … }
			for _, arg := range testedNames(n.Test) {
				event[arg] = true
			}
		case *script.Import, *script.ImportCall: // what they name is used elsewhere, or not at all
			return false
		case *script.Call:
			if id, ok := n.Fn.(*script.Ident); ok && id.Name == "require" {
				return false
			}
			if len(n.Args) > 0 && ofBus(n.Fn) {
				event[n.Args[0]] = true
			}
		}
		if event[n] {
			return false
		}
		text, ok := n.(*script.String)
		if ok && strings.HasPrefix(text.Value, "data:") {
			return false // a picture
		}
		if namesAPI(n) || ok && mayLead(text.Value) {
			all = append(all, n)
		}
		return true
	})
	return all
}

// busMethods are those of the event buses of frameworks, whose first argument is the name of an event.
var busMethods = map[string]bool{
	"$on": true, "$once": true, "$off": true, "$emit": true,
	"eventCenter.on": true, "eventCenter.once": true, "eventCenter.off": true, "eventCenter.trigger": true,
}

// ofBus reports whether fn is a method of an event bus: uni.$off, this.$emit, Taro.eventCenter.trigger. What it names is an
// event, and asks for nothing.
func ofBus(fn script.Expr) bool {
	dot, ok := fn.(*script.Dot)
	if !ok {
		return false
	}
	name := dot.Name
	if of, inner := dot.X.(*script.Dot); inner && of.Name == "eventCenter" {
		name = of.Name + "." + name
	}
	return busMethods[name]
}

// mayName reports whether a script may have a name: as it is, or with escapes in it.
func mayName(text, name string) bool {
	return strings.Contains(text, name) || strings.Contains(text, `\u`)
}

// anything wants all nodes.
func anything(script.Node) bool { return true }

// names reports whether an expression names an API, a page of a plugin or an address that
// hands over personal information which triggers filing: wx.chooseAddress,
// swan.ai.ocrIdCard, { chooseAddress }, 'chooseAddress', '/tools/ocr'.
func (s *asked) names(n script.Node) bool {
	text, ok := n.(*script.String)
	return namesAPI(n) || ok && s.leadsTo(text.Value)
}

// namesAPI reports whether an expression by itself names an API of that kind.
func namesAPI(n script.Node) bool {
	switch n := n.(type) {
	case *script.Dot:
		if _, below, _ := strings.Cut(dotted(n), "."); asks(below) {
			return true
		}
	case *script.Call:
		return !tells(n.Fn) && slices.ContainsFunc(n.Args, requests)
	}
	return asks(nameIn(n))
}

// nameIn is the name that an expression writes, of a variable, a property or as a text; "" if it is another.
func nameIn(n script.Node) string {
	switch n := n.(type) {
	case *script.Dot:
		return n.Name
	case *script.String:
		return n.Value
	case *script.Property:
		return n.Key
	case *script.Ident:
		return n.Name
	}
	return ""
}

// tells reports whether a function is known to ask for nothing: wx.showToast. A toast shows a text
// for a moment, whoever made it.
func tells(fn script.Expr) bool {
	_, below, _ := strings.Cut(dotted(fn), ".")
	last := script.LastName(fn)
	if strings.EqualFold(last, "toast") || strings.EqualFold(last, "showToast") {
		return true
	}
	api := platform.APIByName(below)
	return api != nil && api.Asks == nil
}

// prompts reports whether n calls a method that kits and platforms call prompt, with a text
// that asks for such information.
func prompts(n script.Node) bool {
	call, ok := n.(*script.Call)
	if !ok {
		return false
	}
	method, ok := call.Fn.(*script.Dot)
	return ok && method.Name == "prompt" && slices.ContainsFunc(call.Args, requests)
}

// requests reports whether an argument of a call asks a person for such information, as
// those of a function that shows a box may: box.prompt({ title: '请输入手机号' }).
func requests(arg script.Expr) bool {
	switch arg := arg.(type) {
	case *script.String:
		return control.Requests(arg.Value)
	case *script.Object:
		return slices.ContainsFunc(arg.Props, func(p *script.Property) bool {
			s, ok := p.Value.(*script.String)
			return ok && control.Requests(s.Value)
		})
	}
	return false
}

// dotted is a path of names as the program writes it, "swan.ai.ocrIdCard"; what is not a
// name is left out.
func dotted(n script.Node) string {
	switch n := n.(type) {
	case *script.Dot:
		return dotted(n.X) + "." + n.Name
	case *script.Ident:
		return n.Name
	}
	return ""
}

// asks reports whether an API hands over personal information that triggers filing.
func asks(name string) bool {
	api := platform.APIByName(name)
	return api != nil && api.MayTrigger()
}

// mayLead reports whether leadsTo may hold for a text, in whatever program it is.
func mayLead(text string) bool {
	isPath := strings.Contains(text, "/") && !strings.ContainsAny(text, "<>|()!^* \n")
	return isPath && (strings.HasPrefix(text, "plugin") || handsOver(platform.AddressOf(text)))
}

// handsOver reports whether what is at an address hands over such information.
func handsOver(a *platform.Address) bool {
	return a != nil && (a.Document || platform.Triggers(a.Yields))
}

// leadsTo reports whether a text is an address of that kind that no call was given.
func (s *asked) leadsTo(text string) bool {
	if !mayLead(text) || s.isPage(text) || slices.ContainsFunc(s.addresses, func(a string) bool { return strings.Contains(a, text) }) {
		return false
	}
	if page := s.program.PluginPage(text); page != nil {
		return page.Document || platform.Triggers(page.Yields)
	}
	return handsOver(platform.AddressOf(text))
}
