package control

import (
	"fmt"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
)

// WhyNot says why there is no finding at control c, for a person who expected
// one.
func (r *Reader) WhyNot(c *flow.Control) lang.Text {
	role := Component(c.Unit, c.Element)
	switch {
	case c.Unit.Library != "":
		return lang.Text{
			ZH: "它属于第三方组件库 " + c.Unit.Library + "，只看使用它的地方",
			EN: "it is part of the third-party library " + c.Unit.Library + ": only its uses are looked at",
		}
	case Own(c.Unit, c.Element):
		return lang.Text{
			ZH: "它是程序自己的组件：看的是组件内部的控件",
			EN: "it is a component of the program: the controls inside it are looked at",
		}
	case role == nil:
		return lang.Text{ZH: "它不是填写内容的控件", EN: "it is no control to enter something in"}
	case role.Role == platform.Button:
		return lang.Text{
			ZH: "按钮只有写了交出个人信息的 open-type 才会报告",
			EN: "a button is reported for an open-type that hands over personal information, and it has none",
		}
	}
	if why, ok := roleVetoes[role.Role]; ok {
		return why
	}
	e := r.Read(c)
	if e == nil {
		return lang.Text{
			ZH: "它被禁用、只读、隐藏，或者类型不收集文字（密码、日期、搜索等）",
			EN: "it is disabled, read-only, hidden, or of a type that takes no text of ours (password, date, search)",
		}
	}
	if e.vetoed() {
		return e.veto()
	}
	return e.silence()
}

// roleVetoes are the kinds of control that never ask for personal information.
var roleVetoes = map[platform.Role]lang.Text{
	platform.Search:   {ZH: "它是搜索框", EN: "it is a search box"},
	platform.Code:     {ZH: "它是验证码输入框", EN: "it takes a verification code"},
	platform.Password: {ZH: "它是密码框", EN: "it takes a password"},
}

// veto names the text that makes the control something else.
func (e *Reading) veto() lang.Text {
	for _, c := range append(join(e.labels, e.hints), join(e.names, e.handlers)...) {
		for _, v := range []struct {
			topic  topic
			zh, en string
		}{
			{topicSearch, "搜索框", "a search box"},
			{topicCode, "验证码", "a verification code"},
			{topicPassword, "密码", "a password"},
		} {
			if c.sense.topics[v.topic] {
				return lang.Text{
					ZH: fmt.Sprintf("“%s”说明它是%s", c.Text, v.zh),
					EN: fmt.Sprintf("“%s” says that it is for %s", c.Text, v.en),
				}
			}
		}
	}
	return lang.Text{ZH: "它用于别的内容", EN: "it is for something else"}
}

// silence gives the names of the control if they mean no category.
func (e *Reading) silence() lang.Text {
	zh, en := "", ""
	for i, c := range append(join(e.labels, e.hints), e.names...) {
		if i == 3 {
			break
		}
		zh += "“" + c.Text + "”"
		en += " “" + c.Text + "”"
	}
	if zh == "" {
		return lang.Text{
			ZH: "没有标签、占位文字或名称说明它收集什么",
			EN: "no label, placeholder or name says what it collects",
		}
	}
	return lang.Text{
		ZH: zh + "不足以说明它收集个人信息",
		EN: "its names indicate no personal information, or not clearly enough:" + en,
	}
}
