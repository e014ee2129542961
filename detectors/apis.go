package detectors

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// APIs finds calls of platform APIs whose result holds personal information.
var APIs = &detect.Detector{
	Name:  "api",
	Rules: append(apiRules, ocrRules...),
	Run:   apis,
}

var apiRules = family{
	kind: finding.KindAPI,
	title: lang.Text{
		ZH: "通过平台接口获取%s",
		EN: "%s from the platform",
	},
	summary: lang.Text{
		ZH: "调用平台接口，或使用带 open-type 的按钮和原生组件，从用户处取得%s。",
		EN: "A platform API, a button with open-type or a native component gives the program its user's %s.",
	},
	mend: lang.Text{
		ZH: "确认业务确实需要；在用户隐私保护指引中声明对应的类型，在用户触发该功能时再调用。不再使用的调用请删除。",
		EN: "Check that the service needs it. Declare the type in the privacy guide, and call the API only when the person uses the " +
			"function. Delete calls that are no longer used.",
	},
	limits: lang.Text{
		ZH: "只认平台文档列出的接口；由服务器换取的数据（如用 code 换手机号）记在前端的按钮或调用上。",
		EN: "It knows only documented APIs. Data that the server fetches (a phone number in exchange for a code) is reported at the " +
			"button or call in the front end.",
	},
}.rules(
	example{finding.Name,
		`wx.chooseAddress({ success(res) { this.save(res.userName) } })`,
		`wx.openLocation({ name: '门店', latitude, longitude })`},
	example{finding.Phone,
		`<button open-type="getPhoneNumber" bindgetphonenumber="onPhone">登录</button>`,
		`<button bindtap="call">拨打客服电话</button>`},
	example{finding.IDCard,
		`<button open-type="getRealnameAuthInfo" bindgetrealnameauthinfo="onPerson">实名</button>`,
		`wx.requestFacialVerify({ verifyId })`},
	example{finding.Nickname,
		`<button open-type="chooseAvatar" bindchooseavatar="onAvatar" />`,
		`<button open-type="contact">客服</button>`},
	example{finding.Address,
		`wx.chooseAddress({ success: this.onAddress })`,
		`wx.openLocation({ latitude, longitude })`},
	example{finding.Position, `wx.getLocation({ type: 'gcj02' })`, `wx.openLocation({ latitude, longitude })`},
	example{finding.Contacts,
		`wx.chooseContact({ success: this.onContact })`,
		`wx.addPhoneContact({ firstName: '客服', mobilePhoneNumber: '4001234567' })`},
	example{finding.Media, `wx.chooseMedia({ count: 1 })`, `wx.previewImage({ urls })`},
	example{finding.File, `wx.chooseMessageFile({ count: 1 })`, `wx.openDocument({ filePath })`},
	example{finding.Voice, `wx.getRecorderManager().start({ duration: 60000 })`, `const audio = wx.createInnerAudioContext()`},
	example{finding.Camera, `<camera device-position="front" />`, `<image src="/images/camera.png" />`},
	example{finding.Biometric,
		`wx.startSoterAuthentication({ requestAuthModes: ['facial'], challenge })`,
		`wx.checkIsSupportSoterAuthentication()`},
	example{finding.Health, `wx.getWeRunData({ success: this.onSteps })`, `wx.shareToWeRun({ recordList })`},
	example{finding.Device,
		`const info = wx.getSystemInfoSync()`,
		`const menu = wx.getMenuButtonBoundingClientRect()`},
	example{finding.Clipboard, `wx.getClipboardData({ success: this.onPaste })`, `wx.showToast({ title: '已复制' })`},
	example{finding.Calendar, `wx.addPhoneCalendar({ title, startTime })`, `wx.showToast({ title: '已预约' })`},
	example{finding.Bluetooth, `wx.openBluetoothAdapter()`, `wx.closeBluetoothAdapter()`},
	example{finding.Invoice,
		`wx.chooseInvoiceTitle({ success: this.onTitle })`,
		`wx.showModal({ title: '开具发票' })`},
	example{finding.Plate,
		`wx.chooseLicensePlate({ success: this.onPlate })`,
		`wx.showActionSheet({ itemList: cars })`},
	example{finding.Identifier, `wx.login({ success: ({ code }) => exchange(code) })`, `wx.checkSession()`},
)

var ocrRules = family{
	kind: finding.KindOCR,
	title: lang.Text{
		ZH: "从图片识别%s",
		EN: "%s read from a picture",
	},
	summary: lang.Text{
		ZH: "用文字识别服务从证件图片中读取%s。",
		EN: "A recognition service reads the %s from a picture of a document.",
	},
	mend: lang.Text{
		ZH: "证件图片和识别结果都要在隐私保护指引中声明；能手工填写的，给用户手工填写的选择；识别后不要保留图片。",
		EN: "Declare both the picture and what is read from it. If typing is enough, let the person type instead. Do not keep the picture.",
	},
	limits: lang.Text{
		ZH: "认平台、服务市场和常见公共识别服务的接口；自建识别服务在路径说明识别什么（如 /ocr/idcard），" +
			"或者路径说明是识别、程序又从应答中取证件号（或证件上的其他内容、名片上的电话）时认得，否则只记为照片和视频。",
		EN: "It knows the recognition services of the platform, of its market and some public ones. It knows a service of your own " +
			"if the path says what it reads (/ocr/idcard), or says that it reads and the program takes an ID number, what else is on the card, or " +
			"the phone number of a business card from the answer; else the picture is noted as media.",
	},
}.rules(
	example{finding.Name,
		`<ocr-navigator certificateType="idCard" bind:onSuccess="onCard" />`,
		`<ocr-navigator certificateType="bankCard" bind:onSuccess="onCard" />`},
	example{finding.Phone,
		`wx.uploadFile({ url: host + '/ocr/business-card', name: 'file', filePath, success: (res) => this.setData(JSON.parse(res.data)) })`,
		`wx.uploadFile({ url: host + '/ocr/menu', name: 'file', filePath, success: (res) => this.setData(JSON.parse(res.data)) })`},
	example{finding.Email,
		`wx.uploadFile({ url: host + '/ocr/business-card', name: 'file', filePath, success: (res) => { const { name, email } = JSON.parse(res.data) } })`,
		`wx.uploadFile({ url: host + '/ocr/business-card', name: 'file', filePath, success: (res) => { const { company } = JSON.parse(res.data) } })`},
	example{finding.IDCard,
		`wx.serviceMarket.invokeService({ service: 'wx79ac3de8be320b71', api: 'OcrAllInOne', data: { ocr_type: 1 } })`,
		`wx.serviceMarket.invokeService({ service: 'wx79ac3de8be320b71', api: 'OcrAllInOne', data: { ocr_type: 4 } })`},
	example{finding.Plate,
		`<ocr-navigator certificateType="drivingLicense" bind:onSuccess="onLicense" />`,
		`<ocr-navigator certificateType="bankCard" bind:onSuccess="onCard" />`},
	example{finding.BankCard,
		`<ocr-navigator certificateType="bankCard" bind:onSuccess="onCard" />`,
		`<ocr-navigator certificateType="businessLicense" bind:onSuccess="onLicense" />`},
)

func apis(pass *detect.Pass) error {
	var grouped group
	kitCalls(pass.Program, func(c *flow.Call, kit *platform.Plugin) { yielded(pass, c, kit, kit.AppID+" "+c.API) })
	for _, c := range pass.Flow.Calls {
		if c.Address != nil {
			answers(pass, c)
		}
		opens(pass, c)
		a := platform.APIByName(c.API)
		if a == nil || (c.Carried && len(a.Carries) > 0) { // what it gives was collected elsewhere
			continue
		}
		used := c.Reached
		if c.Module != nil && c.Module.Library != "" && !used {
			if used = a.Triggers() && asksFor(pass.Program, c); !used {
				continue // a library offers it, the program does not use it
			}
		}
		if !used && a.Triggers() && unitOf(pass.Program, c.Module) == nil {
			continue // a wrapper that nobody calls
		}
		for _, y := range a.Yields {
			f := apiFinding(pass, c, a, y)
			f.Reachable = used
			if a.Once && used {
				grouped.add(f)
				continue
			}
			pictured(pass, f, c)
		}
		if a.Document && len(a.Yields) == 0 {
			for _, y := range ocrService(c) {
				pass.Report(apiFinding(pass, c, a, y))
			}
		}
	}
	for _, f := range grouped.list {
		pass.Report(*f)
	}
	aliased(pass)
	return nil
}

// group joins the findings about calls that a program makes in many places, by their rule
// and API: each cloud function asks who calls it, each page how large the screen is.
type group struct {
	list  []*finding.Finding
	calls map[*finding.Finding]map[source.Location]bool
}

func (g *group) add(f finding.Finding) {
	i := slices.IndexFunc(g.list, func(old *finding.Finding) bool { return old.Rule == f.Rule && old.Subject == f.Subject })
	if i < 0 {
		if g.calls == nil {
			g.calls = map[*finding.Finding]map[source.Location]bool{}
		}
		g.list = append(g.list, &f)
		g.calls[&f] = map[source.Location]bool{f.Location: true}
		return
	}
	first := g.list[i]
	first.Flows = append(slices.Clip(first.Flows), f.Flows...)
	first.Destination.Reasons = append(slices.Clip(first.Destination.Reasons), f.Destination.Reasons...)
	if g.calls[first][f.Location] {
		return
	}
	g.calls[first][f.Location] = true
	first.Evidence = append(first.Evidence, f.Evidence...)
	places := len(g.calls[first])
	message := platformMessage(f.Category, f.Subject, "")
	first.Message = lang.Text{
		ZH: fmt.Sprintf("%s（%d 处调用）", message.ZH, places),
		EN: fmt.Sprintf("%s (%d calls)", message.EN, places),
	}
}

// answers reports the personal information in the answer of an address. A code that was
// exchanged for it is a finding already, with what becomes of the answer.
func answers(pass *detect.Pass, c *flow.Call) {
	parts := c.AnswerParts()
	if len(parts) == 0 {
		return
	}
	a := c.Address
	for _, y := range answered(c, flow.Joined(parts)) {
		uses := flow.Joined(partsOf(y.Category, parts))
		f := apiFinding(pass, c, &platform.API{Name: c.API, Document: a.Document, Yields: a.Yields}, y)
		f.Subject, f.Reachable = a.Name, c.Reached
		f.Confidence = finding.High
		f.Message = lang.Text{
			ZH: a.Name + " 的应答含有" + y.Category.Title().ZH,
			EN: "the answer of " + a.Name + " holds the user's " + y.Category.Title().EN,
		}
		if a.Own {
			f.Message = lang.Text{
				ZH: "小程序自己的识别服务（路径或名称含 " + a.Name + "）读出" + y.Category.Title().ZH,
				EN: "the program's own reader (" + a.Name + " in its path or name) gives the user's " + y.Category.Title().EN,
			}
		}
		f.Evidence = []finding.Evidence{{What: "address", Text: a.Name, Location: c.Location}}
		f.Flows, f.Destination.Reasons = uses.Flows, uses.Lost
		pass.Report(f)
	}
}

// answered is the personal information in the answer of c.Address. A reader whose path does not say
// what it reads has read a person's document if the program takes an ID number from its
// answer, or what is beside it on an ID card: then a name is that person's. From a picture, an
// own reader gives the phone number and email address that the program takes, too.
func answered(c *flow.Call, uses *flow.Uses) []platform.Yield {
	if !c.Address.Own {
		return c.Address.Yields
	}
	took, told := map[finding.Category]bool{}, map[finding.Category]bool{}
	for _, k := range uses.Keys {
		if partKeys[k.Kind] {
			called := control.Name(k.Name)
			for _, y := range finding.Categories() {
				took[y] = took[y] || called.Weight(y) > control.None
				told[y] = told[y] || called.Tells(y)
			}
		}
	}
	beside := 0 // what else is on an ID card
	for _, y := range [...]finding.Category{finding.BirthDate, finding.Gender, finding.Ethnicity} {
		if told[y] {
			beside++
		}
	}
	found := map[finding.Category]bool{}
	for _, y := range c.Address.Yields {
		found[y.Category] = true
	}
	perhaps := took[finding.IDCard] && beside > 0
	if c.Address.Upload {
		perhaps, beside = false, 0 // it is a person's photo, or a list of them
	}
	if told[finding.IDCard] || perhaps || beside > 1 {
		found[finding.IDCard] = true
	}
	for _, y := range [...]finding.Category{finding.Phone, finding.Email} {
		if c.Pictured && !c.Address.Upload && took[finding.Name] && told[y] {
			found[y] = true
		}
	}
	if len(found) > 0 && took[finding.Name] {
		found[finding.Name] = true
	}
	var out []platform.Yield
	for _, y := range finding.Categories() {
		if found[y] {
			out = append(out, platform.Yield{Category: y})
		}
	}
	return out
}

// partsOf are those parts that may be of a category: others are called by another one, where they are taken or else where
// they are put.
func partsOf(y finding.Category, parts []flow.AnswerPart) []flow.AnswerPart {
	return slices.DeleteFunc(slices.Clone(parts), func(p flow.AnswerPart) bool {
		if len(p.Names) == 0 {
			return false
		}
		others := false
		for _, name := range slices.Backward(p.Names) {
			name, maybe := strings.CutPrefix(name, "?")
			of, other := namesOf(name, y)
			if of || other && !maybe {
				return !of
			}
			others = others || other
		}
		for _, k := range p.Keys {
			if k.Kind == "property" || k.Kind == "data" { // a field is a part of it
				of, other := namesOf(k.Name, y)
				if of {
					return false
				}
				others = others || other
			}
		}
		return others
	})
}

// onDocuments are what documents of persons say.
var onDocuments = []finding.Category{finding.Name, finding.IDCard, finding.Phone, finding.Email, finding.Address, finding.Gender,
	finding.Ethnicity, finding.BirthDate}

// besideOnDocuments are further names of what documents say, in answers of readers (cv/ocr/idcard of WeChat, idcard of Baidu,
// IDCardOCR of Tencent Cloud; their documentation, read 2026-11). WeChat's nationality is 民族.
var besideOnDocuments = []string{"nationality", "authority", "validDate", "valid_date", "ValidDate", "Authority",
	"签发机关", "签发日期", "失效日期"}

// namesOf reports whether a name may be that of a datum of a category, or tells another one of what documents say. If a name
// of many words says none for certain, its last word does: cert_name.
func namesOf(name string, y finding.Category) (of, other bool) {
	if slices.Contains(besideOnDocuments, name) {
		return false, true
	}
	called := control.Name(name)
	if words := spelling.Words(name); len(words) > 1 && !slices.ContainsFunc(onDocuments, called.Tells) {
		called = control.Name(words[len(words)-1])
	}
	says := func(z finding.Category) bool { return called.Weight(z) > control.None || called.Tells(z) }
	return says(y), slices.ContainsFunc(onDocuments, func(z finding.Category) bool { return z != y && says(z) })
}

// partKeys are the kinds of names that a part of an answer has: where it is taken, and where it is put.
var partKeys = map[string]bool{"field": true, "property": true, "data": true}

// asksFor reports whether a script of the program names the library function that
// holds a call. Libraries are not run, so nothing more can be known.
func asksFor(p *project.Program, c *flow.Call) bool {
	names := namesAround(c)
	return c.Module.Reachable && slices.ContainsFunc(p.Modules, func(m *project.Module) bool {
		return m.Own() && m.File != nil && slices.ContainsFunc(names, func(name string) bool { return spelling.Holds(m.File.Text, name) })
	})
}

// namesAround returns the names of the functions around a call.
func namesAround(c *flow.Call) (names []string) {
	if c.Module.Tree == nil {
		return nil
	}
	script.Walk(c.Module.Tree, func(n script.Node) bool {
		if r := n.Range(); c.Location.Span.Start < r.Start || r.End < c.Location.Span.End {
			return false
		}
		if name := defines(n); name != "" && !callback[name] {
			names = append(names, name)
		}
		return true
	})
	return names
}

func apiFinding(pass *detect.Pass, c *flow.Call, a *platform.API, y platform.Yield) finding.Finding {
	legacy := platform.Withdrawn(a.Legacy, pass.Program.Platform)
	f := finding.Finding{
		Rule:       ruleByID("api/" + string(y.Category)),
		Category:   y.Category,
		Kind:       finding.KindAPI,
		Confidence: apiConfidence(c, a, y, legacy),
		Reachable:  c.Reached,
		Subject:    c.API,
		PrivacyKey: a.PrivacyKey,
		Location:   c.Location,
		Message:    platformMessage(y.Category, c.API, legacy),
	}
	if a.Document {
		f.Kind, f.Rule = finding.KindOCR, ruleByID("ocr/"+string(y.Category))
	}
	onPages(&f, c)
	if c.Module != nil && c.Module.Library != "" {
		f.Library = c.Module.Library
		f.Confidence = finding.Low
	}
	f.Evidence = []finding.Evidence{{What: "api", Text: c.API, Location: c.Location}}
	if u := c.Results[y.Path]; u != nil {
		f.Flows, f.Destination.Reasons = u.Flows, u.Lost
		if y.Path != "" {
			f.Evidence[0].Text += " → " + y.Path
		}
	} else if c.Reached || c.Unit != nil {
		f.Destination.Reasons = []finding.Loss{finding.LostNear(finding.UnknownCall, c.API, c.Location)}
	}
	return f
}

// onPages says on which pages the call of f runs: in code that several share, on each.
func onPages(f *finding.Finding, c *flow.Call) {
	if c.Unit != nil {
		f.Page = c.Unit.Path
	}
	var routes []string
	for _, page := range c.Pages {
		routes = append(routes, page.Path)
	}
	if len(routes) > 0 && !slices.Contains(routes, f.Page) { // a component's call
		f.Page = routes[0]
	}
	if len(routes) > 1 {
		f.Pages = routes
	}
}

// apiConfidence tells how sure it is that the call collects the datum. An
// invoice title is a company's more often than a person's. A result that nobody
// takes is not collected.
func apiConfidence(c *flow.Call, a *platform.API, y platform.Yield, legacy string) finding.Confidence {
	switch {
	case legacy != "":
		return finding.Low
	case strings.HasPrefix(a.Name, "chooseInvoice") && y.Category.Triggers():
		return finding.Low
	case y.Category.Triggers() && c.Reached && !taken(c):
		return finding.Low
	}
	return finding.High
}

// taken reports whether somebody takes the result of a call, or a part of it: by a
// callback, or from a promise that is awaited.
func taken(c *flow.Call) bool {
	for _, u := range c.Results {
		if u.Read || len(u.Flows)+len(u.Lost) > 0 {
			return true
		}
	}
	return c.Callback
}

// ocrService reads the document that a service recognises from the arguments of
// the service market's only function.
func ocrService(c *flow.Call) []platform.Yield {
	ocr, card := false, false
	for _, name := range []string{"service", "api", "data.ocr_type", "data.type"} {
		for _, t := range c.Args[name] {
			s := strings.ToLower(t.String)
			ocr = ocr || strings.Contains(s, "ocr")
			card = card || strings.Contains(s, "idcard") || name == "data.ocr_type" && s == "1"
		}
	}
	if !ocr || !card {
		return nil
	}
	return []platform.Yield{{Path: "", Category: finding.Name}, {Path: "", Category: finding.IDCard}}
}
