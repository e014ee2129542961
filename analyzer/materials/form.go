package materials

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/verdict"
)

//go:embed form.txt
var formText string

// formBlock is a block of the filing form.
type formBlock struct {
	title  lang.Text
	fields []formField
}

// formField is a field of the filing form: a row of form.txt.
type formField struct {
	key                         string
	who                         string // *, P or O
	private, optional, province bool
	title, rule                 lang.Text
}

var formBlocks = func() []formBlock {
	var out []formBlock
	for line := range strings.Lines(formText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if title, is := strings.CutPrefix(line, "= "); is {
			zh, en, _ := strings.Cut(title, " | ")
			out = append(out, formBlock{title: lang.Both(zh, en)})
			continue
		}
		c := strings.Split(line, "|")
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		flags := strings.Split(c[2], ",")
		last := &out[len(out)-1]
		last.fields = append(last.fields, formField{key: c[0], who: c[1], private: slices.Contains(flags, "private"),
			optional: slices.Contains(flags, "optional"), province: slices.Contains(flags, "province"),
			title: lang.Both(c[3], c[4]), rule: lang.Both(c[5], c[6])})
	}
	return out
}()

// FormFields lists the fields of the filing form that beian.yaml may answer below
// operator.form, and those that it may not, as they are data of people or files.
func FormFields() (open, private []string) {
	for _, b := range formBlocks {
		for _, f := range b.fields {
			switch {
			case f.private:
				private = append(private, f.key)
			case settings[f.key] == "" && f.key != "app-id" && f.key != "app-addresses":
				open = append(open, f.key)
			}
		}
	}
	return append(open, "contact", "retention"), private // those of the privacy policy
}

// settings are the keys of beian.yaml that answer a field, if it is not operator.form.
var settings = map[string]string{
	"subject-kind": "type", "subject-name": "name", "subject-responsible": "subject-responsible", "responsible": "responsible",
}

// Standing tells how sure a fact of a paper is.
type Standing string

// The standings.
const (
	Observed     Standing = "observed"     // the code shows it
	Declared     Standing = "declared"     // the operator said it
	Contradicted Standing = "contradicted" // the operator said it, and the code says otherwise
	Drafted      Standing = "drafted"      // drafted from the code, for a person to check
	Open         Standing = "open"         // nobody said it
)

var standingWords = map[Standing]lang.Text{
	Observed:     lang.Both("代码所见", "observed"),
	Declared:     lang.Both("主办者填写", "declared"),
	Contradicted: lang.Both("与代码不符", "contradicted"),
	Drafted:      lang.Both("草稿，待核对", "draft, to check"),
	Open:         lang.Both("待填", "open"),
}

// answer is what is known of a field.
type answer struct {
	text     string
	standing Standing
	where    string
}

// filingForm is the source of what platforms ask for when a program is filed.
var filingForm = law.Cite("wechat-filing")

// form is the filing form, block by block, and what else is known of the program.
func (d *drafter) form() Section {
	s := Section{Heading: d.say("备案表单", "Filing form"), Paragraphs: []string{
		d.say("字段按平台备案界面的顺序排列（依据：", "The fields are in the order of the platform's form (source: ") + filingForm.Brief().In(d.lang) +
			d.say("）。个人资料和附件不要写进代码仓库，请填在 HTML 版或平台界面上。", "). Keep data of people and attachments out of the repository: fill them in in the HTML version or on the platform."),
	}}
	s.Paragraphs = append(d.notServed(), s.Paragraphs...)
	switch d.p.Project.Platform {
	case "wechat":
	case "douyin":
		s.Paragraphs = append(s.Paragraphs, d.say("抖音的备案接口（submit_record_info）要求相同的主体、负责人、前置审批和附件，另填小程序语言和服务内容类目；以平台界面为准。",
			"Douyin's filing (submit_record_info) asks for the same operator, persons, pre-approval and attachments, and for the languages and business categories besides; "+
				"the platform's form decides."))
	default:
		s.Paragraphs = append(s.Paragraphs, d.say(d.platform()+"的备案字段没有查到公开文档（未核实），以平台界面为准。",
			"No public document of the filing fields of "+d.platform()+" was found (unverified): the platform's form decides."))
	}
	for _, b := range formBlocks {
		t := &Table{Head: []string{d.say("字段", "Field"), d.say("内容", "Content"), d.say("状态", "State"), d.say("来源", "Source"),
			d.say("填写要求", "Rule")}}
		for _, f := range b.fields {
			if d.applies(f) {
				d.field(t, f)
			}
		}
		s.Parts = append(s.Parts, Section{Heading: b.title.In(d.lang), Table: t})
	}
	s.Parts = append(s.Parts, d.service())
	return s
}

// applies reports whether the operator, as far as it is known, has to fill in f.
func (d *drafter) applies(f formField) bool {
	switch d.p.Inputs.Operator {
	case verdict.Individual:
		return f.who != "O"
	case verdict.Enterprise, verdict.Organisation:
		return f.who != "P"
	}
	return true
}

// field adds the row of one field.
func (d *drafter) field(t *Table, f formField) {
	a := d.answerOf(f)
	title := f.title.In(d.lang)
	switch {
	case f.province:
		title += d.say("（部分省份）", " (some provinces)")
	case f.optional:
		title += d.say("（如有）", " (if any)")
	}
	key := ""
	switch {
	case f.private:
		key = "local." + f.key
	case settings[f.key] != "":
		key = "operator." + settings[f.key]
	case f.key != "app-id" && f.key != "app-addresses":
		key = "operator.form." + f.key
	}
	if a.standing == Drafted {
		t.Drafts = append(t.Drafts, len(t.Rows))
	}
	t.row(key, title, a.text, standingWords[a.standing].In(d.lang), a.where, f.rule.In(d.lang))
}

// answerOf is what code or operator say about a field.
func (d *drafter) answerOf(f formField) answer {
	in := d.p.Inputs
	if given := in.Field(f.key); given != "" {
		return d.declared(given, f.key)
	}
	switch f.key {
	case "subject-kind":
		if in.Operator != verdict.Unknown {
			return d.declared(in.Operator.Title().In(d.lang), "type")
		}
	case "subject-name":
		if in.OperatorName != "" {
			return d.declared(in.OperatorName, "name")
		}
	case "subject-responsible":
		switch {
		case in.SubjectPerson != "":
			return d.declared(in.SubjectPerson, "subject-responsible")
		case in.Operator == verdict.Individual && in.OperatorName != "":
			return d.declared(in.OperatorName, "name")
		}
	case "responsible":
		if in.Responsible != "" {
			return d.declared(in.Responsible, "responsible")
		}
	case "app-name":
		return d.appName()
	case "app-id":
		switch id := d.p.Facts.AppID; {
		case project.PlaceholderID(id.Text):
			return answer{d.ask("代码中是开发工具的占位符 "+id.Text, "The code has "+id.Text+", a placeholder of the developer tools"),
				Open, id.Location.String()}
		case id.Text != "":
			return answer{id.Text, Observed, id.Location.String()}
		}
	case "app-addresses":
		return d.domains()
	case "pre-approval":
		if d.ruling("pre-approval").Status == verdict.NotRequired {
			return answer{d.say("以上都不涉及", "None of these (以上都不涉及)"), Drafted, d.say("代码中没有线索，实际业务以主办者为准",
				"nothing in the code points to one; what the operator really does decides")}
		}
		return answer{d.ask("有线索，见第七部分“前置审批与经营许可”", "There are hints, see \"Approval before filing\" in part 7"), Open, ""}
	case "app-remark":
		if text := d.description(); text != "" {
			return answer{text, Drafted, d.say("页面标题和收集点", "titles of pages, and what is collected")}
		}
	}
	return answer{d.ask("", ""), Open, ""}
}

// declared is what the operator said under a key of operator, unless the code
// contradicts it.
func (d *drafter) declared(text, key string) answer {
	for i := range d.p.Findings {
		if f := &d.p.Findings[i]; f.Rule != nil && strings.HasPrefix(f.Rule.ID, "operator/") && f.Subject == key && !f.Dismissed() {
			return answer{text + "\n" + d.lang.Sentence(f.Message.In(d.lang)), Contradicted, d.input()}
		}
	}
	return answer{text, Declared, d.input()}
}

// appName is the title that the program shows. The name that is filed is the one in the
// console, which code does not show.
func (d *drafter) appName() answer {
	name := d.p.Facts.Name
	if name.Text == "" {
		return answer{d.ask("后台登记的名称", "The name registered in the console"), Open, ""}
	}
	where := d.say("代码中的标题", "title in the code")
	if at := name.Location.String(); at != "" {
		where += d.say(" ", ", ") + at
	}
	return answer{name.Text, Drafted, where}
}

// The remark of the form has 20 to 200 characters (field note of applyIcpFiling).
const (
	minRemark = 20
	maxRemark = 200
)

// maxTitles is how many pages a remark names.
const maxTitles = 8

// everywhere are titles of pages that every program has, and that say nothing of what it is.
var everywhere = []string{"首页", "主页", "我的", "个人中心", "登录", "注册", "设置", "关于", "关于我们", "搜索", "详情", "意见反馈"}

// description drafts the remark of the form in Chinese, as it is filed: what the type of
// application offers, the pages, what is collected. It is "" if the code says too little.
func (d *drafter) description() string {
	var b strings.Builder
	b.WriteString("本小程序")
	if t := verdict.AppTypeByID(d.p.Inputs.AppType); t != nil {
		b.WriteString("属" + t.Title.ZH + "类，基本功能为" + t.Basic + "。")
	}
	if titles := d.telling(); len(titles) > 0 {
		more := ""
		if len(titles) > maxTitles {
			titles, more = titles[:maxTitles], "等"
		}
		b.WriteString("主要页面有" + strings.Join(titles, "、") + more + "。")
	}
	if len(d.found) > 0 {
		b.WriteString("为提供服务收集" + finding.CategoriesOf(d.found).In(lang.Chinese) + "。")
	}
	text := []rune(b.String())
	if len(text) < minRemark {
		return ""
	}
	return string(text[:min(len(text), maxRemark)])
}

// telling are the titles of pages that tell what the program is; if none does, all of them.
func (d *drafter) telling() (out []string) {
	var plain []string
	for _, page := range d.p.Project.Pages {
		title := strings.TrimSpace(page.Title)
		switch {
		case title == "" || title == d.p.Facts.Name.Text || strings.Contains(title, "隐私"):
		case slices.Contains(everywhere, title):
			plain = append(plain, title)
		case !slices.Contains(out, title):
			out = append(out, title)
		}
	}
	if len(out) == 0 {
		return plain
	}
	return out
}

// service is what else is known of the program and its service.
func (d *drafter) service() Section {
	p, in := d.p, d.p.Inputs
	config := ""
	if p.Project.Config != nil {
		config = p.Project.Config.Path + ":1"
	}
	t := &Table{Head: []string{d.say("项目", "Item"), d.say("内容", "Content"), d.say("状态", "State"), d.say("来源", "Source")}}
	observed := standingWords[Observed].In(d.lang)
	t.row("", d.say("平台", "Platform"), d.platform(), observed, config)
	t.row("", d.say("页面数", "Pages"), fmt.Sprint(len(p.Project.Pages)), observed, config)
	said := func(key, zh, en, value, askZH, askEN string) {
		a := answer{value, Declared, d.input()}
		if value == "" {
			a = answer{d.ask(askZH, askEN), Open, ""}
		} else {
			a = d.declared(value, key)
			if key == "filing-number" {
				a.where = d.say("输入，未核实", "input, not verified")
			}
		}
		t.row("operator."+key, d.say(zh, en), a.text, standingWords[a.standing].In(d.lang), a.where)
	}
	appType := ""
	if a := verdict.AppTypeByID(in.AppType); a != nil {
		appType = a.Title.In(d.lang) + d.say("（基本功能："+a.Basic+"）", " (basic functions: "+a.Basic+")")
	}
	said("app-type", "应用类型（39 类）", "Type of application (of 39)", appType, "属于哪一类？", "Which one is it?")
	said("mainland", "是否在中国内地提供服务", "Served in mainland China?", d.yesNo(in.Mainland), "是否在中国内地提供服务？",
		"Is it served in mainland China?")
	said("commercial", "提供有偿信息服务", "Paid information services", d.yesNo(in.Commercial), "是否提供？", "Are there any?")
	handles := len(d.found) > 0 || d.unsure()
	ifHandled := func(key, zh, en, value, askZH, askEN string) { // asked only because information is handled
		if handles || value != "" {
			said(key, zh, en, value, askZH, askEN)
		}
	}
	persons := ""
	if in.Persons != nil {
		persons = fmt.Sprint(*in.Persons)
	}
	ifHandled("persons", "处理多少人的个人信息", "Individuals whose data is processed", persons, "多少人？不满 10 万人的适用简化措施",
		"How many? Simplified measures apply below 100,000")
	ifHandled("minors", "用户中有未成年人", "Minors among the users", d.yesNo(in.Minors), "有没有？", "Are there any?")
	ifHandled("children", "用户中有不满十四周岁的儿童", "Children under 14 among the users", d.yesNo(in.Children),
		"有没有？", "Are there any?")
	ifHandled("cross-border", "个人信息出境", "Personal information goes abroad", d.yesNo(in.CrossBorder), "是否出境？", "Does it?")
	said("filing-number", "已有的备案编号", "Filing number", in.FilingNumber, "没有则留空", "Leave it empty if there is none")
	return Section{Heading: d.say("服务情况", "The service"), Table: t}
}

func (d *drafter) yesNo(a verdict.Answered) string {
	switch a {
	case verdict.Yes:
		return d.say("是", "Yes")
	case verdict.No:
		return d.say("否", "No")
	}
	return ""
}
