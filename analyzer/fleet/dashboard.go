package fleet

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
)

var (
	//go:embed dashboard/page.html
	pageText string
	//go:embed dashboard/page.css
	pageStyle string
	//go:embed dashboard/page.js
	pageScript string

	pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("dashboard").Parse(pageText)) })
)

// Dashboard is what the page of a fleet shows besides the fleet.
type Dashboard struct {
	Lang    lang.Code
	Tool    string
	Changes []Change // since an earlier fleet; nil if none was given
	Reports string   // where the reports are, relative to the page; "" if there are none
}

// WriteHTML writes the fleet as one page that needs no other file and no network: the
// figures, then the programs, which can be searched, sorted and filtered. Only the rows
// that can be seen are in the page's tree, so that it stays quick with many.
func (f *Fleet) WriteHTML(w io.Writer, d Dashboard) error {
	say := d.Lang.Say
	categories := map[string]string{}
	for _, c := range finding.Categories() {
		categories[string(c)] = c.Title().In(d.Lang)
	}
	return pageTemplate().Execute(w, map[string]any{
		"Lang":   d.Lang.Tag(),
		"Title":  say("小程序备案检查汇总", "Filing check of a fleet of mini programs"),
		"Policy": fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'", report.PolicyHash(pageStyle), report.PolicyHash(pageScript)),
		"CSS":    template.CSS(pageStyle),
		"JS":     template.JS(pageScript),
		"Tool":   d.Tool,
		"Words":  pageWords(say),
		"Data": map[string]any{
			"totals": f.Totals, "lines": f.Lines, "changes": d.Changes, "categories": categories, "reports": d.Reports,
			"words": scriptWords(say),
		},
	})
}

// pageWords are the texts of the template.
func pageWords(say func(zh, en string) string) map[string]string {
	return map[string]string{
		"search": say("搜索名称、目录、AppID、域名", "search names, folders, AppIDs, hosts"), "verdict": say("结论", "verdict"),
		"category": say("收集的信息", "what is collected"), "all": say("全部", "all"), "csv": say("导出所列各行（CSV）",
			"export the rows shown (CSV)"),
		"entry": say("目录", "folder"), "program": say("小程序", "mini program"), "platform": say("平台", "platform"),
		"recipients": say("发往", "sent to"), "problems": say("问题", "problems"), "unread": say("未读", "unread"),
		"changes": say("与上次相比", "since the earlier fleet"), "close": say("关闭", "close"),
		"empty":          say("没有符合条件的小程序", "no mini program matches"),
		"recipientsMost": say("接收方（按小程序数）", "recipients (by number of programs)"), "platformFilter": say("平台", "platform"),
		"disclaimer": say("以上是来自代码的工程证据，不是法律意见。", "This is engineering evidence from the code, not legal advice."),
	}
}

// scriptWords are the texts that the script of the page writes.
func scriptWords(say func(zh, en string) string) map[string]string {
	return map[string]string{
		"triggered": say("触发备案", "triggered"), "undetermined": say("尚不能确定", "undetermined"),
		"not-triggered": say("未触发", "not triggered"),
		"failed":        say("未能扫描", "not scanned"), "shown": say("显示 {n} / {all}", "{n} of {all} shown"),
		"unknown": say("（域名未知）", "(host not known)"),
		"entries": say("目录", "folders"), "programs": say("小程序", "programs"), "copies": say("内容与前面的相同",
			"same content as an earlier one"),
		"sent": say("发出", "sent"), "open": say("去向不明", "destination not known"), "points": say("处", "places"),
		"report":   say("完整报告", "whole report"),
		"required": say("适用", "apply"), "needs": say("需要回答", "need an answer"), "verdict": say("结论", "verdict"),
		"pages": say("页面", "pages"),
		"files": say("文件", "files"), "rulebooks": say("规定", "rulebooks"), "collects": say("收集", "collects"),
		"recipients": say("发往", "sent to"),
		"problems":   say("问题", "problems"), "hiding": say("可能藏有收集点的未读内容", "unread parts that could hide a collection point"),
		"new": say("新增", "new"), "gone": say("不再出现", "gone"), "newCategories": say("新收集", "newly collects"),
		"newRecipients": say("新接收方", "new recipients"),
		"critical":      say("极高", "critical"), "high": say("高", "high"), "medium": say("中", "medium"), "low": say("低", "low"),
		"framework": say("框架", "framework"),
		"copyOf":    say("内容相同", "same content as"), "none": say("无", "none"),
	}
}
