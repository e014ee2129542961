package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// usages are the commonest uses of the commands, each with what it is for. They
// come first in the help. A command that is not here has its own.
var usages = map[string][]usage{
	"scan": {
		{"beian scan miniprogram", "扫描一个目录", "scan a directory"},
		{"beian scan --staged --quiet", "提交前：只看暂存的改动带来的内容", "before a commit: only what the staged changes bring"},
		{"beian scan --format sarif=beian.sarif", "另写一份 SARIF 供代码评审使用", "also write SARIF for code review"},
	},
	"completion": {
		{"beian completion bash", "补全脚本；装在哪里见 beian completion bash --help", "the script; beian completion bash --help says where to put it"},
	},
	"doctor": {{"beian doctor", "识别到了什么，什么没有读取，为什么", "what was recognised, what is not read, and why"}},
	"init":   {{"beian init", "写出带说明的 beian.yaml，不覆盖已有的文件", "write a beian.yaml with comments; nothing is overwritten"}},
	"rules":  {{"beian rules", "列出规则名和标题", "list names and titles"}},
	"explain": {
		{"beian explain field/phone", "一条规则", "one rule"},
		{"beian explain --lang en api/location", "用英文", "in English"},
	},
	"accept": {{"beian accept pages/join/join.wxml:12 --reason 用于预约回访", "写下注释：确需收集，已知", "write a comment: it is collected, and known"}},
	"ignore": {{"beian ignore pages/about/about.wxml:3 --reason 门店自己的电话", "写下注释：工具看错了", "write a comment: the tool is mistaken"}},
	"diff": {
		{"beian diff v1.0 v1.1", "两个标签之间", "between two tags"},
		{"beian diff old.json new.json --format markdown", "两份 JSON 报告之间", "between two JSON reports"},
	},
	"why": {
		{"beian why pages/join/join.wxml:12", "这一行为什么被报告", "why this line is reported"},
		{"beian why pages/join/join.wxml", "整个文件", "the whole file"},
	},
	"fix": {
		{"beian fix", "看看会改什么", "see what it would change"},
		{"beian fix --write", "写入 app.json", "write app.json"},
		{"beian fix --consent", "看看隐私授权弹窗怎样加上", "see how a consent popup would be added"},
	},
	"privacy": {
		{"beian privacy", "隐私保护指引应当声明的内容", "what the privacy guide must declare"},
		{"beian privacy --declared privacy.yaml", "与已有声明比较", "compare with a declaration"},
		{"beian privacy --draft", "起草声明", "draft the declaration"},
	},
	"filed": {
		{"beian filed --record", "备案通过之后：记下备案时的样子，提交到仓库", "once it is filed: keep what was filed, to be committed"},
		{"beian filed", "与备案时相比有什么变化", "what has changed since"},
	},
	"materials": {
		{"beian materials --operator enterprise", "起草备案材料", "draft the dossier"},
		{"beian materials --format html --output dossier.html", "写成 HTML", "as HTML"},
	},
}

// usage is one use of a command.
type usage struct{ line, zh, en string }

// addExamples gives the sub-commands of root their examples, in columns.
func (c *command) addExamples(root *cobra.Command) {
	for _, sub := range root.Commands() {
		width := 0
		for _, u := range usages[sub.Name()] {
			width = max(width, len(u.line))
		}
		text := ""
		for _, u := range usages[sub.Name()] {
			text += "\n  " + u.line + strings.Repeat(" ", width-len(u.line)+2) + c.say(u.zh, u.en)
		}
		if text != "" && sub.Example == "" {
			sub.Example = text[1:]
		}
	}
}
