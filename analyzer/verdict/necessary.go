package verdict

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// AppType is one of the 39 types of application with a list of necessary
// information.
type AppType struct {
	ID        string
	Title     lang.Text
	Necessary []finding.Category // those of our categories that are necessary
	Wording   string             // the list in Chinese; "" if nothing is necessary
	Basic     string             // its basic functions, in Chinese
	Checked   string             // how the list was compared with the text, as apptypes.txt says; "" for unverified
}

//go:embed apptypes.txt
var appTypesText string

var appTypes = func() []AppType {
	var out []AppType
	for line := range strings.Lines(appTypesText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		t := AppType{ID: cells[0], Title: lang.Both(cells[1], cells[2]), Wording: cells[4], Checked: strings.TrimPrefix(cells[5],
			"-"), Basic: cells[6]}
		for _, c := range strings.Fields(cells[3]) {
			t.Necessary = append(t.Necessary, finding.Category(c))
		}
		out = append(out, t)
	}
	return out
}()

// AppTypes returns the 39 types in the order of the provision.
func AppTypes() []AppType { return appTypes }

// AppTypeByID returns the type with the given ID, or nil.
func AppTypeByID(id string) *AppType {
	for i := range appTypes {
		if appTypes[i].ID == id {
			return &appTypes[i]
		}
	}
	return nil
}

// aside are categories that the lists of necessary information do not mention,
// as the platform itself hands them out.
var aside = []finding.Category{finding.Identifier, finding.Device, finding.Clipboard}

var necessary = rulebook{
	Rulebook: Rulebook{
		ID:       "necessary-information",
		Title:    lang.Both("必要个人信息范围", "Scope of necessary personal information"),
		Document: law.Find("necessary-information"),
		Basis: []law.Citation{
			law.Cite("necessary-information", "2-5"),
		},
		Condition: lang.Both("面向消费者的应用，小程序在内（第 2、3 条）；商家、骑手等供给侧用户的信息不在此列",
			"applications for consumers, mini programs included (arts. 2, 3); not sellers, riders and others on the supply side"),
		Consequence: lang.Both("不得因用户不同意提供非必要信息而拒绝其使用基本功能（第 4 条）", "basic functions must not be refused to people who do not give more than the necessary information (art. 4)"),
		Blind:       lang.Both("应用属于哪一类；字段是不是必填；填写的人是消费者还是商家", "the type of application; whether a field is mandatory; whether a consumer or a seller fills it in"),
	},
	domestic: true,
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		found := Collection(in.Findings)
		if len(found) == 0 {
			r.nothing(pi, "没有发现收集个人信息", "no collection of personal information was found")
			return
		}
		t := AppTypeByID(in.Inputs.AppType)
		if t == nil {
			r.answer(NeedsInput,
				"应用属于 39 类中的哪一类？写在 beian.yaml 的 operator.app-type 中，如 shopping（网上购物）、medical（问诊挂号）",
				"which of the 39 types of application is it? set operator.app-type in beian.yaml, for example to shopping or medical")
			return
		}
		var beyond []*finding.Finding
		for _, f := range found {
			if !slices.Contains(t.Necessary, f.Category) && !slices.Contains(aside, f.Category) {
				beyond = append(beyond, f)
			}
		}
		open := lang.Text{}
		if t.Checked == "" {
			open = lang.Both("（该类清单未与原文核对）", " (the list of this type is unverified)")
		}
		if len(beyond) == 0 {
			r.answer(NotRequired, t.Title.ZH+"类：没有发现超出必要范围的信息"+open.ZH,
				t.Title.EN+": nothing beyond the necessary information was found"+open.EN)
			return
		}
		wording := "的必要信息是：" + t.Wording
		if t.Wording == "" {
			wording = "的基本功能无须个人信息"
		}
		all := finding.CategoriesOf(beyond).Title()
		r.Told = lang.Both("有超出项", "goes beyond the list")
		r.answer(Required, t.Title.ZH+"类"+wording+open.ZH+"。"+all.ZH+"不在其中：不得因用户不提供而拒绝其使用基本功能（"+t.Basic+"）",
			"more than is necessary for "+t.Title.EN+open.EN+", so basic functions must not depend on it: "+all.EN)
		r.because("基本功能之外的附加功能，经用户同意可以收集", "additional functions beyond the basic ones may collect it with consent")
	},
}
