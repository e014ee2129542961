package detectors

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Hardcoded finds personal data in the source itself: mobile numbers, ID numbers
// and email addresses of persons in literals of scripts and templates, and in the
// JSON files that scripts read. It leaves out contacts published to be used,
// made-up examples, and what no page reaches or a library holds. It never counts
// for the verdict, as nobody is asked for anything.
var Hardcoded = &detect.Detector{
	Name:  "hardcoded",
	Rules: hardcodedRules,
	Run:   hardcoded,
}

var hardcodedRules = family{
	kind: finding.KindHardcoded,
	title: lang.Text{
		ZH: "写在源码里的%s",
		EN: "%s in the source",
	},
	summary: lang.Text{
		ZH: "脚本、模板或脚本引用的 JSON 文件的字面量中有疑似真实个人的%s。不计入备案结论，报告中一律打码。",
		EN: "A literal in a script, in a template or in a JSON file that a script names contains what looks like a real person's %s. " +
			"It does not count for the verdict and is masked in every report.",
	},
	why: lang.Text{
		ZH: "小程序的代码包会下发到每个用户的手机，很容易解包；写在里面的个人信息等于公开。",
		EN: "The package of a mini program is sent to every user's phone and easily unpacked: personal data in it is as good as published.",
	},
	mend: lang.Text{
		ZH: "删除，改用明显虚构的示例（如 13800138000、zhangsan@example.com）；确实需要的数据由服务器按权限下发。" +
			"真实数据还应从版本历史中清除。",
		EN: "Delete it, or use an example that is plainly made up (13800138000, zhangsan@example.com); data that is needed comes from " +
			"the server to those who may see it. Real data should leave the version history too.",
	},
	limits: lang.Text{
		ZH: "号码是否属于真实个人无法判断；客服热线、拨号接口的号码、岗位邮箱和常见虚构号码不报告，路径含 mock、test、example " +
			"等的文件只报低置信度。脚本引用的 JSON 文件（含注释；过大的只看文本，每个文件最多报 20 处）、模板中的 wxs 和用 + 相连的" +
			"字面量也检查；脚本的注释、没有脚本引用的 JSON 文件和以其他方式拼出的字符串不检查。",
		EN: "Code does not show whether a number is a real person's. Hotlines, numbers that are dialled, addresses of a function and " +
			"well-known dummies are not reported; files with mock, test, example and the like in their path are of low confidence. " +
			"JSON files that a script names (with their comments; of very large ones the text alone, at most 20 places each), wxs in " +
			"templates and literals joined with + are read; comments of scripts, other JSON files and strings that are put together in any " +
			"other way are not.",
	},
	references: []law.Citation{civilCode, piplSecurity},
}.rules(
	example{finding.Phone,
		"const couriers = [{ name: '老周', phone: '13761945082' }]",
		"wx.makePhoneCall({ phoneNumber: '4008123456' })"},
	example{finding.IDCard,
		"const applicant = { idCard: '320106198702143511' }",
		"const orderNo = '320106198702143512'"},
	example{finding.Email,
		"const reviewer = 'zhoumin1987@qq.com'",
		"const contact = 'service@shop.example.com'"},
)

func hardcoded(pass *detect.Pass) error {
	known := map[string]bool{}
	for _, m := range pass.Program.Modules {
		if m.Tree != nil && m.Own() {
			l := literals{pass: pass, known: known, file: m.File}
			l.kept(&m.Tree.Memo, func(l *literals) { l.script(m.Tree) })
		}
	}
	for _, d := range pass.Program.Data {
		l := literals{pass: pass, file: d.File}
		l.data("", d.Value)
		l.comments()
	}
	for _, f := range pass.Program.LargeData {
		l := literals{pass: pass, known: known, file: f}
		l.unparsed()
	}
	libraries := map[*project.View]bool{}
	for _, u := range pass.Program.Units {
		if u.Library != "" && u.View != nil {
			libraries[u.View] = true
		}
	}
	for _, v := range pass.Program.Views {
		if v.Tree != nil && v.Reachable && !libraries[v] {
			l := literals{pass: pass, known: known, file: v.File}
			l.kept(&v.Tree.Memo, func(l *literals) { l.view(v.Tree) })
		}
	}
	return nil
}

// hardcodedData is the key of the data that the literals of a tree hold.
type hardcodedData struct{}

// kept reports what look finds in a tree, and looks only once.
func (l *literals) kept(m *source.Memo, look func(*literals)) {
	data := source.Known(m, hardcodedData{}, func() (data []hardcodedDatum) {
		look(&literals{known: l.known, file: l.file, found: func(d hardcodedDatum) { data = append(data, d) }})
		return data
	})
	if len(data) > 0 {
		l.page = pageOf(l.pass.Program, l.file)
	}
	for _, d := range data {
		l.report(d.category, d.sure, d.text, d.name, d.span)
	}
}

// hardcodedDatum is a datum in a literal.
type hardcodedDatum struct {
	category   finding.Category
	sure       finding.Confidence
	text, name string
	span       source.Span // of the literal
}

// pageOf returns the route of the page whose script or template f is, or "".
func pageOf(p *project.Program, f *source.File) string {
	for _, u := range p.Units {
		if u.Kind == project.PageUnit && (u.Script != nil && u.Script.File == f || u.View != nil && u.View.File == f) {
			return u.Path
		}
	}
	return ""
}

// literals looks through the literals of one file.
type literals struct {
	pass  *detect.Pass
	file  *source.File
	page  string
	known map[string]bool      // by name: whether it is public
	found func(hardcodedDatum) // takes what there is in place of the pass

	sum  *script.Binary // the longest part from the left, of the last sum, that is made of literals
	made string         // its text
	next *script.Binary // the left operand of what was looked at last
}

// public remembers the answers of the function public, which is asked about the
// same few names again and again.
func (l *literals) public(name string) bool {
	is, ok := l.known[name]
	if !ok {
		is = public(name)
		l.known[name] = is
	}
	return is
}

// script looks through the literals below n.
func (l *literals) script(n script.Node) {
	script.Walk(n, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			return !l.named(n.Key, n.Value)
		case *script.Member:
			return !l.named(n.Key, n.Value)
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok {
				return !l.named(id.Name, n.Init)
			}
		case *script.Call:
			return !dials(n)
		case *script.String:
			l.text(n.Value, "", n.Span)
		case *script.Binary:
			if text, ok := l.folded(n); ok {
				l.text(text, "", first(n))
				return false
			}
		}
		return true
	})
}

// folded returns the text of b if it is literals joined with +. The operands on the left
// of b are asked about next: a long sum is looked through once, not from each of them.
func (l *literals) folded(b *script.Binary) (string, bool) {
	if b != l.next {
		l.sum, l.made = longest(b)
	}
	if b == l.sum {
		return l.made, true
	}
	l.next, _ = b.X.(*script.Binary)
	return "", false
}

// longest returns the longest part of b from the left that is literals joined with +, nil
// if there is none, and its text.
func longest(b *script.Binary) (sum *script.Binary, text string) {
	var left []*script.Binary
	var e script.Expr = b
	for x, ok := b, true; ok; x, ok = e.(*script.Binary) {
		left, e = append(left, x), x.X
	}
	head, ok := e.(*script.String)
	if !ok {
		return nil, ""
	}
	var s strings.Builder
	s.WriteString(head.Value)
	for _, x := range slices.Backward(left) {
		more, ok := literal(x.Y)
		if !ok || x.Op != "+" {
			break
		}
		s.WriteString(more)
		sum = x
	}
	return sum, s.String()
}

// literal returns the text of a literal, or of a sum of them.
func literal(e script.Expr) (string, bool) {
	switch e := e.(type) {
	case *script.String:
		return e.Value, true
	case *script.Binary:
		sum, text := longest(e)
		return text, sum == e
	}
	return "", false
}

// first returns the place of the first of literals that are joined. A report shows
// the source at the place of a finding, and one piece of a number identifies
// nobody.
func first(e script.Expr) source.Span {
	for {
		b, ok := e.(*script.Binary)
		if !ok {
			return e.Range()
		}
		e = b.X
	}
}

// data looks through a JSON file.
func (l *literals) data(name string, v *jsonc.Value) {
	if v == nil || public(name) {
		return
	}
	switch v.Kind {
	case jsonc.String:
		l.text(v.String(), name, v.Span)
	case jsonc.Number:
		if control.Identifier(name).Weight(finding.Phone) > control.Weak {
			l.text(l.file.Slice(v.Span), name, v.Span)
		}
	}
	for _, m := range v.Members {
		l.data(m.Name, m.Value)
	}
	for _, e := range v.Elems {
		l.data(name, e)
	}
}

// named looks at a value that has a name. It reports whether nothing below it has
// to be looked at any more.
func (l *literals) named(name string, value script.Expr) bool {
	if l.public(name) {
		return true
	}
	switch v := value.(type) {
	case *script.String:
		l.text(v.Value, name, v.Span)
		return true
	case *script.Binary:
		if text, ok := l.folded(v); ok {
			l.text(text, name, first(v))
			return true
		}
	case *script.Number:
		if control.Identifier(name).Weight(finding.Phone) > control.Weak {
			l.text(v.Raw, name, v.Span)
		}
		return true
	}
	return false
}

// dials reports whether a call dials a number, or saves one that may be dialled.
func dials(c *script.Call) bool {
	m, ok := c.Fn.(*script.Dot)
	return ok && (m.Name == "makePhoneCall" || m.Name == "addPhoneContact")
}

// view looks through the texts and attributes of a template.
func (l *literals) view(d *markup.Document) {
	markup.Walk(d.Nodes, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Text:
			l.parts(n.Parts, "")
		case *markup.Element:
			if n.Script != nil {
				l.script(n.Script)
			}
			for _, a := range n.Attrs {
				if !l.public(a.Name) {
					l.parts(a.Parts, a.Name)
				}
			}
		}
		return true
	})
}

func (l *literals) parts(parts []markup.Part, name string) {
	for _, p := range parts {
		if p.Expr != nil {
			l.script(p.Expr)
		} else {
			l.text(p.Text, name, p.Span)
		}
	}
}

// report reports one datum, at its own place in the literal if that holds it
// unchanged.
func (l *literals) report(category finding.Category, c finding.Confidence, datum, name string, span source.Span) {
	if l.found != nil {
		l.found(hardcodedDatum{category, c, datum, name, span})
		return
	}
	if invented(l.file.Path) {
		c = finding.Low
	}
	at := source.Location{File: l.file, Span: span}
	if i := strings.Index(at.Text(), datum); i >= 0 {
		at.Span = source.Span{Start: span.Start + int32(i), End: span.Start + int32(i+len(datum))}
	}
	title, masked := category.Title(), finding.Mask(datum)
	f := finding.Finding{
		Rule: ruleByID("hardcoded/" + string(category)), Category: category, Kind: finding.KindHardcoded, Confidence: c, Reachable: true,
		Subject: masked, Page: l.page, Location: at,
		Message: lang.Text{
			ZH: "源码中写有疑似真实的" + title.ZH + "：" + masked,
			EN: "the source contains what looks like a real " + title.EN + ": " + masked,
		},
		Evidence: []finding.Evidence{{What: "literal", Text: masked, Location: at}},
	}
	if name != "" {
		f.Evidence = append(f.Evidence, finding.Evidence{What: "name", Text: name, Location: at})
	}
	l.pass.Report(f)
}

// invented reports whether a file, by its path, holds data for tests and
// trials.
func invented(file string) bool {
	for _, part := range strings.FieldsFunc(file, func(r rune) bool { return r == '/' || r == '.' }) {
		for _, w := range spelling.Words(part) {
			switch w {
			case "mock", "mocks", "test", "tests", "example", "examples", "demo", "demos",
				"sample", "samples", "fixture", "fixtures", "spec":
				return true
			}
		}
	}
	return false
}
