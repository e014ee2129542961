package verdict

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
)

// AppType is one of the 39 types of application with a list of necessary
// information.
type AppType struct {
	ID        string
	Title     finding.Text
	Necessary []finding.Category // those of our categories that are necessary
	Wording   string             // the list in Chinese; "" where nothing is necessary
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
		t := AppType{ID: cells[0], Title: text(cells[1], cells[2]), Wording: cells[4]}
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

// aside are categories that the lists of necessary information do not speak of:
// what a platform hands out by itself.
var aside = []finding.Category{finding.Identifier, finding.Device, finding.Clipboard}

var necessary = rulebook{
	Rulebook: Rulebook{
		ID:     "necessary-information",
		Title:  text("必要个人信息范围", "Scope of necessary personal information"),
		Issuer: text("国家互联网信息办公室等四部门", "Cyberspace Administration of China and three ministries"),
		Number: "国信办秘字〔2021〕14号（未核实）",
		Date:   "2021-05-01",
		Basis: []Basis{{
			Law: text("常见类型移动互联网应用程序必要个人信息范围规定", "Provisions on the Scope of Necessary Personal Information for Common Types of Mobile Applications"), Article: "2, 5", Date: "2021-05-01", Source: "toudeng.cc/archives/35252",
		}},
		Condition:   text("面向消费者的应用，小程序在内（第 2 条）", "applications for consumers, mini programs included (art. 2)"),
		Consequence: text("不得因用户不同意提供非必要信息而拒绝其使用基本功能", "basic functions must not be refused to those who do not give more than the necessary information"),
		Blind:       text("应用属于哪一类；字段是不是必填（各类清单除网上购物外未逐字核对）", "the type of application, and whether a field is obligatory (of the lists only that for shopping was compared with the text)"),
	},
	judge: func(in Input, _ PersonalInformation, r *Ruling) {
		found := Collection(in.Findings)
		if len(found) == 0 {
			r.answer(NotRequired, "没有发现收集个人信息", "no collection of personal information was found")
			return
		}
		t := AppTypeByID(in.Inputs.AppType)
		if t == nil {
			r.answer(NeedsInput, "应用属于 39 类中的哪一类（如 shopping 网上购物、medical 问诊挂号）？", "which of the 39 types of application is it (such as shopping, medical)?")
			return
		}
		var beyond []*finding.Finding
		for _, f := range found {
			if !slices.Contains(t.Necessary, f.Category) && !slices.Contains(aside, f.Category) {
				beyond = append(beyond, f)
			}
		}
		if len(beyond) == 0 {
			r.answer(NotRequired, t.Title.ZH+"类：没有发现超出必要范围的信息", t.Title.EN+": nothing beyond the necessary was found")
			return
		}
		wording := t.Wording
		if wording == "" {
			wording = "无须个人信息"
		}
		r.answer(Required, t.Title.ZH+"类的必要信息是："+wording+"。"+List(categories(beyond), "zh")+"不在其中，不得强制提供",
			"for "+t.Title.EN+", "+List(categories(beyond), "en")+" is beyond the necessary and must stay optional")
	},
}
