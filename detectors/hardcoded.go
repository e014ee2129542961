package detectors

import (
	"regexp"
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

// Hardcoded finds personal data that stands in the source itself: mobile numbers,
// ID numbers and email addresses of persons in literals of scripts and templates,
// and in the JSON files that scripts read.
// What is published to be called or written to, what is a made-up example, and
// what nobody reaches or a library holds is left out. It never counts for the
// verdict: nobody is asked for anything.
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
			"等的文件只报低置信度。脚本引用的 JSON 文件和用 + 相连的字面量也检查；" +
			"注释、没有脚本引用的 JSON 文件和以其他方式拼出的字符串不检查。",
		EN: "Code does not show whether a number is a real person's. Hotlines, numbers that are dialled, addresses of a function and " +
			"well-known dummies are not reported; files with mock, test, example and the like in their path are of low confidence. " +
			"JSON files that a script names and literals joined with + are read; comments, other JSON files and strings that are " +
			"put together in any other way are not.",
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
			l := literals{pass: pass, known: known, file: m.File, page: pageOf(pass.Program, m.File)}
			l.script(m.Tree, true)
		}
	}
	for _, d := range pass.Program.Data {
		l := literals{pass: pass, file: d.File}
		l.data("", d.Value)
	}
	libraries := map[*project.View]bool{}
	for _, u := range pass.Program.Units {
		if u.Library != "" && u.View != nil {
			libraries[u.View] = true
		}
	}
	for _, v := range pass.Program.Views {
		if v.Tree != nil && v.Reachable && !libraries[v] {
			l := literals{pass: pass, known: known, file: v.File, page: pageOf(pass.Program, v.File)}
			l.view(v.Tree)
		}
	}
	return nil
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
	known map[string]bool // of names: whether public is true of them
}

// public is public, which is asked of the same few names again and again.
func (l *literals) public(name string) bool {
	is, ok := l.known[name]
	if !ok {
		is = public(name)
		l.known[name] = is
	}
	return is
}

// script looks through the literals below n. told says whether the properties and
// variables that hold them are read for what they say.
func (l *literals) script(n script.Node, told bool) {
	script.Walk(n, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			return !told || !l.named(n.Key, n.Value)
		case *script.Member:
			return !told || !l.named(n.Key, n.Value)
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok {
				return !told || !l.named(id.Name, n.Init)
			}
		case *script.Call:
			return !dials(n)
		case *script.String:
			l.text(n.Value, "", n.Span)
		case *script.Binary:
			if text, ok := folded(n); ok {
				l.text(text, "", first(n))
				return false
			}
		}
		return true
	})
}

// folded returns the text that literals joined with + make.
func folded(e script.Expr) (string, bool) {
	switch e := e.(type) {
	case *script.String:
		return e.Value, true
	case *script.Binary:
		left, ok := folded(e.X)
		if !ok || e.Op != "+" {
			return "", false
		}
		right, ok := folded(e.Y)
		return left + right, ok
	}
	return "", false
}

// first returns the place of the first of literals that are joined. A report shows
// the source at the place of a finding: one piece of a number tells nobody's.
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

// named looks at a value that has a name. It reports whether nothing is left to be
// looked at below it.
func (l *literals) named(name string, value script.Expr) bool {
	if l.public(name) {
		return true
	}
	switch v := value.(type) {
	case *script.String:
		l.text(v.Value, name, v.Span)
		return true
	case *script.Binary:
		if text, ok := folded(v); ok {
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
			l.script(p.Expr, true)
		} else {
			l.text(p.Text, name, p.Span)
		}
	}
}

// What personal data looks like. The neighbours of a number are looked at apart.
var (
	mobileForm = regexp.MustCompile(`(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}`)
	idForm     = regexp.MustCompile(`[1-9]\d{16}[\dXx]`)
	emailForm  = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,6}`)
	address    = regexp.MustCompile(`^(?:[a-z]+:)?//|^data:|^\.{0,2}/|^cloud:`) // of a file or server
	hotline    = regexp.MustCompile(`客服|热线|服务电话|咨询|售后|商务|官方|招商|总机|例如|示例|示范|如[：:]|格式|(?i:e\.g\.|hotline|customer service)`)
)

// text reports what stands in one literal. name is that of the property, variable
// or attribute that holds it, or "".
func (l *literals) text(text, name string, span source.Span) {
	const longest = 20000 // a picture in base64 or a packed table tells nothing
	if len(text) < 6 || len(text) > longest || !promising(text) {
		return
	}
	mobiles, ids, mails := mobileForm.FindAllStringIndex(text, -1), idForm.FindAllStringIndex(text, -1),
		emailForm.FindAllStringIndex(text, -1)
	if len(mobiles)+len(ids)+len(mails) == 0 || address.MatchString(text) || hotline.MatchString(text) {
		return
	}
	whole := strings.TrimSpace(text)
	for _, at := range mobiles {
		if number := text[at[0]:at[1]]; alone(text, at) && !dummyNumber(digits(number)) {
			c := finding.Low
			switch {
			case control.Identifier(name).Weight(finding.Phone) > control.Weak || number == whole && len(digits(number)) > 11:
				c = finding.High
			case number == whole || strings.Contains(text, "电话") || strings.Contains(text, "手机") || strings.Contains(text, "联系"):
				c = finding.Medium
			}
			l.report(finding.Phone, c, number, name, span)
		}
	}
	for _, at := range ids {
		if number := text[at[0]:at[1]]; alone(text, at) && finding.ValidIDNumber(number) && number != "11010519491231002X" {
			l.report(finding.IDCard, finding.High, number, name, span)
		}
	}
	for _, at := range mails {
		if mail := text[at[0]:at[1]]; alone(text, at) {
			if c := personalMail(mail); c != 0 {
				l.report(finding.Email, c, mail, name, span)
			}
		}
	}
}

// promising reports whether a text has an @ or the digits of a number at all. Few
// literals have, and it costs far less than the expressions.
func promising(text string) bool {
	count := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '@':
			return true
		case '0' <= c && c <= '9':
			count++
		}
	}
	return count >= len("13800138000")
}

// alone reports whether text[at[0]:at[1]] is no part of something longer: a hash,
// an order number, a fraction, a value in a query.
func alone(text string, at []int) bool {
	part := func(c byte) bool {
		return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || strings.IndexByte("._%=&*-/@+", c) >= 0
	}
	before := at[0] > 0 && part(text[at[0]-1])
	after := at[1] < len(text) && part(text[at[1]]) && text[at[1]] != '.' && text[at[1]] != '/'
	return !before && !after
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// dummyNumber reports whether a number is made up: the operator's 13800138000,
// digits that count up, or hardly two different ones.
func dummyNumber(n string) bool {
	n = n[len(n)-11:]
	if n == "13800138000" || n == "13900139000" || strings.Contains(n, "12345") || strings.Contains(n, "56789") {
		return true
	}
	different := map[byte]bool{}
	for i := 3; i < len(n); i++ {
		different[n[i]] = true
	}
	return len(different) <= 2
}

// Addresses that are no person's, and hosts that mostly persons use.
var (
	roles = spelling.Set(`git noreply no-reply donotreply service services support kefu hr admin info contact
		sales help business marketing feedback test demo example user username name email mail xxx abc
		hello team press job jobs office postmaster webmaster security privacy legal dev npm root your you`)
	mailHosts = spelling.Set(`qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net 139.com 189.cn sina.com sina.cn
		sohu.com aliyun.com gmail.com outlook.com hotmail.com live.com icloud.com yahoo.com yahoo.com.cn`)
)

// personalMail says how sure it is that an address is a person's; 0 where it is
// not.
func personalMail(mail string) finding.Confidence {
	mail = strings.ToLower(mail)
	box, host, _ := strings.Cut(mail, "@")
	top := host[strings.LastIndexByte(host, '.')+1:]
	switch {
	case roles[box] || strings.HasPrefix(host, "example.") || strings.Contains(host, ".example") || top == "test" ||
		top == "invalid" || top == "local":
		return 0
	case slices.Contains([]string{"png", "jpg", "jpeg", "gif", "webp", "svg", "js", "css", "wxml", "wxss"}, top):
		return 0
	case strings.Count(box, box[:1]) == len(box) || strings.Contains(box, "xxx") ||
		strings.Contains("1234567890", box) || box == "zhangsan":
		return 0
	}
	for _, w := range spelling.Words(box) {
		if roles[w] {
			return 0
		}
	}
	if mailHosts[host] {
		return finding.Medium
	}
	return finding.Low
}

// public reports whether what a name holds is there for everybody, or says what
// something should look like.
func public(name string) bool {
	for _, w := range spelling.Words(name) {
		switch w {
		case "service", "kefu", "hotline", "customer", "support", "helpline", "consult", "consultation",
			"placeholder", "example", "hint", "tip", "tips", "regex", "pattern", "uuid", "sha", "hash", "copyright", "author":
			return true
		}
	}
	return strings.Contains(name, "客服") || strings.Contains(name, "热线")
}

// invented reports whether a file holds data for tests and trials by its path.
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

// report reports one datum, at its own place in the literal where it stands there
// as it is.
func (l *literals) report(category finding.Category, c finding.Confidence, datum, name string, span source.Span) {
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
