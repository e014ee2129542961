package verdict

import (
	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/lang"
)

// right is a right of persons, and the words or calls that show a way to exercise it.
type right struct {
	title lang.Text
	topic facts.Topic // of hints.txt
	calls []string    // interfaces that serve it as well
}

// personRights are the rights that a program needs a way for: PIPL 15 and 44 to 47,
// Regulations on the Security of Network Data 23 and 24, E-Commerce Law 24.
var personRights = []right{
	{lang.Both("注销账号", "delete the account"), "right-account", nil},
	{lang.Both("撤回同意", "withdraw consent"), "right-withdraw", []string{"openSetting"}},
	{lang.Both("查询、更正", "see and correct"), "right-correct", nil},
	{lang.Both("复制、导出", "get a copy"), "right-export", nil},
}

// RightsShown lists the rights of persons in order, each with the place of the code that
// shows a way to exercise it, or nil.
func RightsShown(f facts.Facts) (titles []lang.Text, places []*facts.Place) {
	for _, right := range personRights {
		titles = append(titles, right.title)
		var at *facts.Place
		if hints := f.About(right.topic); len(hints) > 0 {
			at = &hints[0].Place
		} else if call := f.Call(right.calls...); call != nil {
			at = &facts.Place{Text: call.API, Location: call.Location}
		}
		places = append(places, at)
	}
	return titles, places
}

// rights tells which ways for persons the code shows. That one is not seen is a
// question: it may be on a page that a server makes, or by telephone.
func rights(in Input, r *Ruling) {
	var shown, open []lang.Text
	titles, places := RightsShown(in.Facts)
	for i, title := range titles {
		if at := places[i]; at != nil {
			shown = append(shown, title.Plus(lang.Textf("（“%[1]s” %[2]s）", " (%[1]q %[2]s)", at.Text, at.Location)))
		} else {
			open = append(open, title)
		}
	}
	var reasons []lang.Text
	comma := lang.Both("、", ", ")
	if len(shown) > 0 {
		reasons = append(reasons, lang.Both("代码中有入口：", "the code has entry points: ").Plus(lang.Joined(shown, comma)))
	}
	if len(open) > 0 {
		reasons = append(reasons, lang.Both("代码中未发现入口，请说明用户如何办理：", "no entry point was found in the code, say how users do it: ").
			Plus(lang.Joined(open, comma)))
	}
	r.duty("个人权利：查询、复制、更正、删除、注销账号、撤回同意的便捷途径", "rights of individuals: easy ways to see, copy, correct and delete, to close the account, to withdraw consent",
		"15, 44-50", Required, reasons...)
}
