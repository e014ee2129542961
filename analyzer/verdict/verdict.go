// Package verdict says what follows from findings: whether filing (备案) is
// triggered by the personal information a program collects, and what each
// rulebook asks for. It takes findings and what could not be read, and gives a
// Verdict with its reasons and its basis in law.
//
// It judges what code can prove. Who the operator is, how many users there are
// and where they live are inputs; if one is missing and matters, a rulebook
// answers NeedsInput with the question and never guesses. The verdict is
// engineering evidence, not legal advice.
package verdict

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// notice is the statement of the 2023 notice, to be part of a sentence. The Headline
// of every verdict begins with it, so that nobody takes "no trigger" as permission
// not to file.
var notice = lang.Text{
	ZH: "按照工信部信管〔2023〕105号，在内地提供服务的小程序均须备案，个人主办的也不例外，与是否收集个人信息无关",
	EN: "under notice 工信部信管〔2023〕105号, every mini program served in mainland China must be filed, including those run by individuals, regardless of what data they collect",
}

// Disclaimer says what a verdict is not: legal advice.
var Disclaimer = lang.Text{
	ZH: "以上是来自代码的工程证据，不是法律意见；法律文本截至 " + law.Snapshot() + "。",
	EN: "This is engineering evidence from the code, not legal advice; laws as of " + law.Snapshot() + ".",
}

// Rule is the metadata of the verdict itself, for reports that show it as a
// result of its own.
var Rule = &finding.Rule{
	ID:    "filing/personal-information",
	Kind:  finding.KindConfig,
	Title: lang.Text{ZH: "收集个人信息触发备案", EN: "Filing triggered by personal information"},
	Summary: lang.Text{
		ZH: "程序的可达页面收集姓名、手机号、邮箱或身份证号，置信度为中或高。",
		EN: "Reachable pages of the program collect a name, phone number, email address or ID number, with confidence medium or high.",
	},
	Why: lang.Text{
		ZH: "这四类都是民法典第一千零三十四条列出的个人信息。" + notice.ZH + "。",
		EN: "All four are personal information under article 1034 of the Civil Code; and " + notice.EN + ".",
	},
	Mend: lang.Text{
		ZH: "办理备案，在用户隐私保护指引中逐项声明；不需要的字段就不要收集。",
		EN: "File the mini program, declare each item in its privacy guide, and do not collect what is not needed.",
	},
	Limits: lang.Text{
		ZH: "只看代码：不知道主办者是谁、是否已经备案；服务端下发的表单看不到。",
		EN: "It sees only code: not who the operator is, whether a filing exists, or forms that a server sends.",
	},
	References: []law.Citation{law.Cite("civil-code", "1034"), law.Cite("miit-105")},
	Since:      "0.1.0",
}

// Input is what a program is judged by.
type Input struct {
	Findings []finding.Finding
	Unread   []project.Unread
	Titles   map[string]string // route of a page to its title
	Platform string            // as in project.Program
	Facts    facts.Facts
	Guide    *privacy.Guide // what the privacy guide must declare; nil if nothing
	Inputs   Inputs

	Program *filed.Current  // what counts for a filing; nil if nobody asks
	Filed   *filed.Record   // what was filed, or nil
	Config  source.Location // app.json, for what has no place of its own
}

// Verdict is the answer for one program.
type Verdict struct {
	Headline            Headline
	PersonalInformation PersonalInformation
	Filing              *Filing // what has been filed already, or nil
	Rulebooks           []Ruling
}

// Status is the answer to the question whether personal information triggers
// filing. A greater one is the stronger answer.
type Status uint8

// The statuses.
const (
	NotTriggered Status = iota + 1
	Undetermined
	Triggered
)

var statusNames = [...]string{"invalid", "not-triggered", "undetermined", "triggered"}

// String returns the name that reports for programs use.
func (s Status) String() string { return statusNames[min(int(s), 3)] }

// PersonalInformation is the rule the project exists for.
type PersonalInformation struct {
	Status     Status
	Categories finding.CategoryList // those of the four triggering categories that are collected
	Reasons    []Reason
	Accepted   bool // a person has accepted everything the status rests on: it fails no check
}

// Reason is one reason for a status.
type Reason struct {
	Text       lang.Text
	Page       string               // route of the page it is about, or ""
	Categories finding.CategoryList // what is collected there
}

// Judge gives the verdict on one program.
func Judge(in Input) Verdict {
	v := Verdict{PersonalInformation: judgePersonalInformation(in), Filing: judgeFiling(in)}
	v.Headline = headline(in, v.PersonalInformation)
	for _, book := range rulebooks {
		v.Rulebooks = append(v.Rulebooks, book.rule(in, v.PersonalInformation))
	}
	return v
}

// dismissed is the number of findings that would trigger filing if nobody had called
// them a mistake.
func dismissed(found []finding.Finding) int {
	n := 0
	for i := range found {
		if f := &found[i]; f.Dismissed() && f.Own() && f.Kind.Collects() && f.Category.Triggers() {
			n++
		}
	}
	return n
}

// accepted reports whether a person has accepted all of found.
func accepted(found []*finding.Finding) bool {
	return !slices.ContainsFunc(found, func(f *finding.Finding) bool { return !f.Accepted() })
}

func judgePersonalInformation(in Input) PersonalInformation {
	var sure, unsure []*finding.Finding
	for i := range in.Findings {
		f := &in.Findings[i]
		switch {
		case !f.Triggers():
		case f.Confidence >= finding.Medium:
			sure = append(sure, f)
		default:
			unsure = append(unsure, f)
		}
	}
	if len(sure) > 0 {
		return PersonalInformation{Triggered, finding.CategoriesOf(sure), reasons(sure, in.Titles, collects), accepted(sure)}
	}
	hides := hidden(in.Unread)
	open := append(reasons(unsure, in.Titles, mayCollect), hides...)
	if len(open) > 0 {
		return PersonalInformation{Undetermined, finding.CategoriesOf(unsure), open, len(hides) == 0 && accepted(unsure)}
	}
	none := lang.Text{
		ZH: "在可达的页面中未发现收集姓名、手机号、邮箱或身份证号",
		EN: "no reachable page was found to collect a name, phone number, email address or ID number",
	}
	if n := dismissed(in.Findings); n > 0 {
		none = lang.Text{
			ZH: fmt.Sprintf("看来收集姓名、手机号、邮箱或身份证号的地方有 %d 处，都已由人认定不是个人信息，没有计入", n),
			EN: fmt.Sprintf("a person has said of every place that seems to collect a name, phone number, email address or ID number (%d) that it is no personal information, so it does not count", n),
		}
	}
	all := slices.Concat([]Reason{{Text: none}}, webPages(in.Facts.WebPages), ofPlugins(in.Facts.OfPlugins))
	return PersonalInformation{Status: NotTriggered, Reasons: all}
}

// webPages says that the answer is not about the web pages that the program shows: what
// they collect is for the person who knows them to say.
func webPages(shown []facts.Place) []Reason {
	if len(shown) == 0 {
		return nil
	}
	at := shown[0].Location.String()
	zh, en := at, at
	if n := len(shown) - 1; n > 0 {
		zh, en = fmt.Sprintf("%s 等 %d 处", at, n+1), fmt.Sprintf("%s and %d more", at, n)
	}
	return []Reason{{Text: lang.Textf(
		"另有网页不在结论之内：web-view 显示的网页（%s）收集什么，代码里没有，也没有读取，请自行核对",
		"web pages are not part of this answer: what those in a web-view collect (%s) is not in this code and was not read; check them yourself",
		lang.Both(zh, en))}}
}

// ofPlugins says that the answer is not about the components of plugins that the program shows.
func ofPlugins(shown []facts.Place) []Reason {
	var out []Reason
	for _, p := range shown {
		out = append(out, Reason{Text: lang.Textf(
			"插件 %s 的组件（%s）不在结论之内：它收集什么，代码里没有，也没有读取，请向提供方核对",
			"the components of the plugin %s (%s) are not part of this answer: what they collect is not in this code and was not read; ask its provider",
			p.Text, p.Location.String())})
	}
	return out
}

// maxHidden is how many of the files that may hide something are reasons of
// their own.
const maxHidden = 10

// hidden gives one reason for each file that may hide a collection point and each thing
// that is wrong in it, and one for those that are too many to name.
func hidden(unread []project.Unread) []Reason {
	var gaps []gap
	for _, u := range unread {
		if !u.Hides {
			continue
		}
		n := slices.IndexFunc(gaps, func(g gap) bool { return g.path == u.Path && g.reason == u.Reason })
		if n < 0 {
			n, gaps = len(gaps), append(gaps, gap{path: u.Path, reason: u.Reason})
		}
		if !u.Location.IsZero() {
			gaps[n].lines = append(gaps[n].lines, u.Location.Start().Line)
		}
	}
	var out []Reason
	for _, g := range gaps[:min(len(gaps), maxHidden)] {
		out = append(out, Reason{Text: lang.Textf("%s没有读到或没有读全，其中可能有收集点：%s",
			"%s was not read, or not completely, and may hide a collection point: %s", g.where(), g.reason)})
	}
	if more := len(gaps) - len(out); more > 0 {
		out = append(out, Reason{Text: lang.Text{
			ZH: fmt.Sprintf("另有 %d 处没有读到，也可能有收集点", more),
			EN: fmt.Sprintf("%d more places were not read and may hide one too", more),
		}})
	}
	return out
}

// gap is what was not read in a file for one reason.
type gap struct {
	path   string
	reason lang.Text
	lines  []int // from 1; none if the whole file is meant
}

// maxLines is how many lines of a file a reason names.
const maxLines = 6

// where names the file and the lines: pages/a/a.vue (lines 29, 64).
func (g gap) where() lang.Text {
	lines := slices.Compact(slices.Sorted(slices.Values(g.lines)))
	var named []string
	for _, l := range lines[:min(len(lines), maxLines)] {
		named = append(named, strconv.Itoa(l))
	}
	zh, en := strings.Join(named, "、"), strings.Join(named, ", ")
	if more := len(lines) - len(named); more > 0 {
		zh += fmt.Sprintf(" 等 %d", len(lines))
		en += fmt.Sprintf(" and %d more", more)
	}
	word := "lines"
	switch len(lines) {
	case 0:
		return lang.Both(g.path+" ", g.path)
	case 1:
		word = "line"
	}
	return lang.Both(g.path+" 第 "+zh+" 行", g.path+" ("+word+" "+en+")")
}

var (
	collects   = lang.Text{ZH: "收集", EN: "collects"}
	mayCollect = lang.Text{ZH: "可能收集", EN: "may collect"}
	asksFor    = lang.Text{ZH: "要求填写", EN: "asks for"}
	readsNone  = lang.Text{ZH: "，但没有代码读取填写的内容；如果不收集，请删去这些控件", EN: ", but no code reads what is entered there; remove the controls if nothing is collected"}
)

// AlsoOn says on how many other pages some of the findings of a page are too.
func AlsoOn(found []*finding.Finding) lang.Text {
	switch n := len(finding.Others(found)); n {
	case 0:
		return lang.Text{}
	case 1:
		return lang.Both("（另有 1 个页面用到同一处代码）", " (same code on 1 other page)")
	default:
		return lang.Textf("（另有 %d 个页面用到同一处代码）", " (same code on %d other pages)", n)
	}
}

// reasons gives one reason for each page, in the order of the findings.
func reasons(found []*finding.Finding, titles map[string]string, verb lang.Text) []Reason {
	var places []string
	at := map[string][]*finding.Finding{}
	for _, f := range found {
		place := f.Page
		if place == "" && f.Location.File != nil {
			place = f.Location.File.Path
		}
		if at[place] == nil {
			places = append(places, place)
		}
		at[place] = append(at[place], f)
	}
	out := make([]Reason, len(places))
	for i, place := range places {
		all, verb, end := finding.CategoriesOf(at[place]), verb, AlsoOn(at[place])
		if !slices.ContainsFunc(at[place], func(f *finding.Finding) bool { return !f.Unread }) {
			verb, end = asksFor, end.Plus(readsNone)
		}
		zh, en := place+" ", place
		page := at[place][0].Page
		if page != "" {
			zh, en = "页面 "+place+" ", "page "+place
			if title := titles[page]; title != "" {
				zh, en = fmt.Sprintf("页面“%s”（%s）", title, place), fmt.Sprintf("page %q (%s)", title, place)
			}
		}
		out[i] = Reason{
			Text:       lang.Both(zh, en+" ").Plus(verb).Plus(lang.Both("", " ")).Plus(all.Title()).Plus(end),
			Page:       page,
			Categories: all,
		}
	}
	return out
}
