package control

import (
	"slices"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
)

// conditions finds the controls by which a list is searched. Each part of a view is looked at
// once, however many controls are in it.
type conditions struct {
	buttons map[*markup.Element]buttons
	forms   map[formAt]buttons
}

func newConditions() conditions {
	return conditions{map[*markup.Element]buttons{}, map[formAt]buttons{}}
}

// buttons are what the captions in a part of a view say.
type buttons uint8

const (
	handInButton  buttons = 1 << iota // hands in what was entered
	searchButton                      // searches a list
	resetButton                       // takes the conditions of a search back
	confirmButton                     // says yes
	queryButton                       // looks something up: in a list, or the own record
	listCaption                       // no button: a condition that only a list has
)

// buttonTexts are those captions.
var buttonTexts = []struct {
	is    buttons
	texts []string
}{
	{handInButton, []string{"提交", "保存", "下一步", "登录", "登錄", "注册", "註冊", "Submit", "Save", "Next"}},
	{searchButton, []string{"搜索", "搜尋", "查找", "筛选", "篩選", "检索", "Search"}},
	{resetButton, []string{"重置", "重設", "清空", "清除", "Reset", "Clear"}},
	{confirmButton, []string{"确定", "確定", "确认", "確認", "OK"}},
	{queryButton, []string{"查询", "查詢", "Query"}},
	{listCaption, []string{
		"开始日期", "结束日期", "开始时间", "结束时间", "起始日期", "截止日期",
		"日期范围", "时间范围", "状态", "订单状态", "审核状态", "处理状态",
	}},
}

// forSearch reports whether b are the buttons 搜索 and 重置, and none that says yes.
func (b buttons) forSearch() bool {
	return b&(searchButton|resetButton|confirmButton) == searchButton|resetButton
}

// forQuery is forSearch with 查询 in place of 搜索.
func (b buttons) forQuery() bool {
	return b&(queryButton|resetButton|confirmButton) == queryButton|resetButton
}

// formAt is what is around a control, of a unit whose components it uses: an element, or all of
// a view if that is nil.
type formAt struct {
	view    *project.View
	unit    *project.Unit
	element *markup.Element
}

// filters reports whether the control is one of several conditions of a list: beside the controls
// of its form is a row of buttons with 搜索 and 重置, and the form has none that hands it in. With
// 查询 in place of 搜索 a person may ask for the own record, by what identifies it, unless there
// is a condition that only a list has: 开始日期, 订单状态.
func (s conditions) filters(c *flow.Control) bool {
	const levels = 8 // around the control
	e := c.Element
	for n := 0; n < levels && e != nil; n++ {
		e = e.Parent
		switch s.form(formAt{c.View, c.Unit, e}) {
		case handInButton:
			return false
		case searchButton:
			return !starred(c)
		}
	}
	return false
}

// form tells what a part of a view is for: to hand in what was entered in it, to search by it,
// or neither, 0.
func (s conditions) form(at formAt) buttons {
	is, known := s.forms[at]
	if known {
		return is
	}
	nodes := at.view.Tree.Nodes
	if at.element != nil {
		nodes = at.element.Children
	}
	all := s.in(nodes)
	list := all&listCaption != 0
	row := func(n markup.Node) bool {
		return s.buttonRow(at.unit, n, buttons.forSearch) || list && s.buttonRow(at.unit, n, buttons.forQuery)
	}
	switch {
	case all&handInButton != 0:
		is = handInButton
	case slices.ContainsFunc(nodes, row) || s.in(slices.DeleteFunc(slices.Clone(nodes), uncaptioned)).forSearch():
		is = searchButton
	}
	s.forms[at] = is
	return is
}

// buttonRow reports whether n is a row of such buttons, perhaps in others.
func (s conditions) buttonRow(unit *project.Unit, n markup.Node, such func(buttons) bool) bool {
	row, ok := n.(*markup.Element)
	return ok && such(s.in(row.Children)) && countFields(unit, row.Children, 1) == 0
}

// uncaptioned reports whether n is more, or less, than a caption.
func uncaptioned(n markup.Node) bool {
	e, ok := n.(*markup.Element)
	if !ok || len(e.Children) != 1 {
		return true
	}
	_, is := e.Children[0].(*markup.Text)
	return !is
}

// in are the buttons among nodes and in them.
func (s conditions) in(nodes []markup.Node) (all buttons) {
	for _, n := range nodes {
		if e, ok := n.(*markup.Element); ok {
			all |= s.of(e)
		}
	}
	return all
}

func (s conditions) of(e *markup.Element) buttons {
	all, known := s.buttons[e]
	if known {
		return all
	}
	for _, c := range buttonTexts {
		if captioned(e, c.texts...) {
			all |= c.is
		}
	}
	all |= s.in(e.Children)
	s.buttons[e] = all
	return all
}
