package script

import "github.com/beian/beian/analyzer/lang"

// What can be wrong with a script, in the words of messages.
var (
	conflictMarker   = lang.Text{ZH: "留有合并冲突的标记", EN: "conflict marker"}
	endOfText        = lang.Text{ZH: "代码没有写完", EN: "unexpected end of the text"}
	namelessClass    = lang.Text{ZH: "类声明缺少名称", EN: "a class declaration needs a name"}
	namelessFunction = lang.Text{ZH: "函数声明缺少名称", EN: "a function declaration needs a name"}
	noExpression     = lang.Text{ZH: "此处应为表达式", EN: "expected an expression"}
	noHandler        = lang.Text{ZH: "此处应为 catch 或 finally", EN: "expected catch or finally"}
	noMemberEnd      = lang.Text{ZH: "此处应为 , 或 }", EN: "expected , or }"}
	notAssignable    = lang.Text{ZH: "不能向它赋值", EN: "not assignable"}
	notParameter     = lang.Text{ZH: "不能作为参数", EN: "not a parameter"}
	openComment      = lang.Text{ZH: "注释没有结束", EN: "unterminated comment"}
	openRegexp       = lang.Text{ZH: "正则表达式没有结束", EN: "unterminated regular expression"}
	openString       = lang.Text{ZH: "字符串没有结束", EN: "unterminated string"}
	openTemplate     = lang.Text{ZH: "模板字符串没有结束", EN: "unterminated template"}
	strangeCharacter = lang.Text{ZH: "无法识别的字符", EN: "unexpected character"}
	withNames        = lang.Text{ZH: "with 语句，其中的名称不知所指", EN: "with, as what the names inside mean is not followed"}
	tooDeep          = lang.Text{ZH: "嵌套过深", EN: "nested too deeply"}
)

func expected(what string) lang.Text {
	return lang.Text{ZH: "此处应为 " + what, EN: "expected " + what}
}

func unexpected(what string) lang.Text {
	return lang.Text{ZH: "此处不应有 " + shorten(what), EN: "unexpected " + shorten(what)}
}

func notClosed(tag string) lang.Text {
	return lang.Text{ZH: "标签 " + shorten(tag) + " 没有结束", EN: "the tag " + shorten(tag) + " is not closed"}
}

func closedByAnother(tag string) lang.Text {
	return lang.Text{ZH: "标签 " + shorten(tag) + " 的结束标签名称不同", EN: "the tag " + shorten(tag) + " is closed by another name"}
}

// shorten cuts text of the program to a length that fits a message.
func shorten(s string) string {
	const limit = 20
	for i := range s {
		if i >= limit {
			return s[:i] + "…"
		}
	}
	return s
}

// Conflict reports whether e is a mark that a merge left: <<<<<<<, ======= or >>>>>>>.
func (e Error) Conflict() bool { return e.Message == conflictMarker }
