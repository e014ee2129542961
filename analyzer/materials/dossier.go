package materials

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// Made says what a dossier was made from.
type Made struct {
	Version string // of beian
	Commit  string // of the scanned code, as git names it; "" if it is not known
	Date    string // of that commit, YYYY-MM-DD
	Changed bool   // the code differs from the commit
}

// Draft drafts the dossier of one program, in one language.
func Draft(p *report.Program, made Made, in lang.Code) *Document {
	d := newDrafter(p, in)
	doc := &Document{Lang: in, Title: d.say("备案材料", "Filing materials")}
	if name := p.Facts.Name.Text; name != "" {
		doc.Title += d.say("：", ": ") + name
	}
	doc.Sections = []Section{
		d.form(), d.addresses(), d.policy(), d.inventory(), d.recipients(),
		d.checklist(), d.verdict(), d.assessment(), d.audit(), d.fees(), d.signatures(),
	}
	doc.Sections = slices.DeleteFunc(doc.Sections, func(s Section) bool { return s.Heading == "" })
	for i := range doc.Sections {
		doc.Sections[i].Heading = d.say(chapters[i]+"、", fmt.Sprint(i+1, ". ")) + doc.Sections[i].Heading
	}
	doc.Sections = slices.Insert(doc.Sections, 0, d.summary(), d.note(made))
	if s := d.accepted(); s.Table != nil {
		doc.Sections = append(doc.Sections, s)
	}
	return doc
}

var chapters = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"}

type drafter struct {
	p      *report.Program
	lang   lang.Code
	found  []*finding.Finding         // what is collected
	others map[source.Location]string // third parties, by the place that hands them something
	asked  int                        // how many places are left to fill in
}

func newDrafter(p *report.Program, in lang.Code) *drafter {
	return &drafter{p: p, lang: in, found: verdict.Collection(p.Findings), others: verdict.ThirdParties(p.Findings)}
}

func (d *drafter) say(zh, en string) string { return d.lang.Say(zh, en) }

// openMark stands before what is left to fill in.
var openMark = lang.Both("【待填】", "[to fill in] ")

// ask is a place to fill in, with what is asked for.
func (d *drafter) ask(zh, en string) string {
	d.asked++
	return strings.TrimSpace(openMark.In(d.lang) + d.say(zh, en))
}

// from appends its source to a fact; "" stays "".
func (d *drafter) from(fact, where string) string {
	if fact == "" || where == "" {
		return fact
	}
	return fact + d.say("（"+where+"）", " ("+where+")")
}

func (d *drafter) input() string { return d.say("输入", "input") }

// summary is the conclusion, with its reasons.
func (d *drafter) summary() Section {
	pi := d.p.Verdict.PersonalInformation
	s := Section{Heading: d.say("结论", "Conclusion"), Paragraphs: []string{d.p.Verdict.Headline.Told().In(d.lang)}}
	if f := d.p.Verdict.Filing; f != nil {
		s.Paragraphs = append(s.Paragraphs, d.lang.Sentence(f.Told().In(d.lang))+d.say("。", "."))
	}
	for _, r := range pi.Reasons {
		s.Items = append(s.Items, Item{Text: d.lang.Sentence(r.Text.In(d.lang))})
	}
	return s
}

// note says how to read the document and what it was made from. It is drafted last, as
// it counts what is open.
func (d *drafter) note(made Made) Section {
	code := d.say("代码版本：未知（不在 git 仓库中，或没有提交）", "version: not known (not in a git repository, or no commit)")
	if made.Commit != "" {
		code = d.say("代码版本：提交 ", "version: commit ") + made.Commit + d.say("（"+made.Date+"）", " ("+made.Date+")")
	}
	if made.Changed {
		code += d.say("，另有未提交的改动", ", with changes that are not committed")
	}
	code = d.say("代码目录：", "Folder of the code: ") + d.p.Project.Name + d.say("；", "; ") + code
	return Section{Heading: d.say("关于本材料", "About this document"), Paragraphs: []string{
		fmt.Sprintf(d.say("本材料由 beian 根据源代码自动整理。括号内或“来源”栏为代码位置（文件:行号），“输入”表示由主办者填写。有 %d 处需人工填写，标为【待填】。“用途”为自动起草，请逐条核对。个人信息已脱敏。",
			"beian drafted this document from the source code. The place in the code (file:line) is in brackets or in the column \"Source\"; \"input\" marks what the operator said. %d places are to be filled in by hand, marked [to fill in]. Purposes are drafts: check each. Personal data is masked."), d.asked),
		d.say("“文章”指本项目所依据的一篇备案说明，它的规则见第七部分的第一项；与法律文本不同的地方，以法律文本为准。",
			"\"The article\" is the text on filing that this project started from; its rules come first in part 7. If it differs from the law, the law prevails."),
		code + d.say("；工具：beian ", "; tool: beian ") + made.Version + d.say("。", "."),
		d.lang.Sentence(verdict.Disclaimer.In(d.lang)),
	}}
}

// unsure reports whether the program may collect what was not found.
func (d *drafter) unsure() bool {
	return len(d.found) == 0 && d.p.Verdict.PersonalInformation.Status == verdict.Undetermined
}

// wechat reports whether the program is one of WeChat, whose names for things the papers
// then use.
func (d *drafter) wechat() bool { return d.p.Project.Platform == "wechat" }

// declaration is what the platform calls the declaration of what is collected.
func (d *drafter) declaration() lang.Text {
	if d.wechat() {
		return lang.Both("用户隐私保护指引", "privacy guide")
	}
	return lang.Both("平台的隐私声明", "the platform's privacy declaration")
}

func (d *drafter) platform() string { return report.PlatformName(d.p.Project.Platform, d.lang) }

// signatures is where the operator signs.
func (d *drafter) signatures() Section {
	return Section{Heading: d.say("声明与签署", "Declaration and signatures"), Paragraphs: []string{
		d.say("主办者确认：以上内容已经核对，标为待填的各项已经填写，所填信息真实、有效；内容变化时将及时变更备案和隐私声明。",
			"The operator confirms that the above was checked, that everything left open was filled in, and that it is true and valid; changes will be filed and declared."),
	}, Table: &Table{Rows: [][]string{
		{d.say("主办者（盖章或签名）", "Operator (seal or signature)"), " "},
		{d.say("主体负责人（签名）", "Person responsible for the operator"), " "},
		{d.say("小程序负责人（签名）", "Person responsible for the mini program"), " "},
		{d.say("日期", "Date"), " "},
	}}}
}
