package suppress

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// configuration is the document that describes comments and baselines.
var configuration = law.File(lang.Both("beian 配置说明 docs/configuration.md", "beian configuration, docs/configuration.md"))

// Rules are the rules about suppressions themselves.
func Rules() []*finding.Rule { return []*finding.Rule{Malformed, Unused} }

// Malformed is the rule for a comment that is meant to accept a finding but does
// not.
var Malformed = &finding.Rule{
	ID: "suppress/malformed", Kind: finding.KindConfig,
	Title: lang.Text{ZH: "写错的忽略注释", EN: "malformed suppression"},
	Summary: lang.Text{
		ZH: "以 beian-accept 或 beian-ignore 开头的注释没有写规则、没有写原因，或者规则不存在，因此不起作用。",
		EN: "A comment that begins with beian-accept or beian-ignore names no rule, gives no reason, or names a rule that does not exist; it has no effect.",
	},
	Why: lang.Text{
		ZH: "接受一个收集点是一项决定，半年后看代码的人需要知道理由；写错的注释会让人误以为已经处理。",
		EN: "Accepting a collection point is a decision, and whoever reads the code half a year later needs the reason; a comment without effect looks as if it had one.",
	},
	Bad:  "// beian-accept api/location\nwx.getLocation({ success: this.onPlace })",
	Good: "// beian-accept api/location: 仅用于在本机排序门店\nwx.getLocation({ success: this.onPlace })",
	Mend: lang.Text{
		ZH: "确需收集的写成 beian-accept 规则: 原因；不是个人信息的写成 beian-ignore 规则: 原因。多条规则用逗号分开。",
		EN: "Write beian-accept RULE: REASON for what is collected on purpose, beian-ignore RULE: REASON for what is no personal information; separate several rules with commas.",
	},
	Limits:     lang.Text{ZH: "原因是否成立由评审的人判断。", EN: "Reviewers judge whether the reason is good."},
	Since:      "0.1.0",
	References: []law.Citation{configuration},
}

// Unused is the rule for a suppression that accepts nothing.
var Unused = &finding.Rule{
	ID: "suppress/unused", Kind: finding.KindConfig,
	Title: lang.Text{ZH: "多余的忽略", EN: "unused suppression"},
	Summary: lang.Text{
		ZH: "beian-accept 或 beian-ignore 注释所指的行或元素、beian.yaml 中 suppress 条目所指的文件，没有这条规则的发现。",
		EN: "The line or element that a beian-accept or beian-ignore comment refers to, or the file that a suppress entry of beian.yaml names, has no finding of that rule.",
	},
	Why: lang.Text{
		ZH: "收集点已经删除或者移走，留下的注释会在以后悄悄放过新的收集点。",
		EN: "The collection point is gone or has moved; what is left would silently accept a new one later.",
	},
	Bad:        "// beian-accept api/location: 仅用于排序\nconst shops = sort(list)",
	Good:       "// beian-accept api/location: 仅用于排序\nwx.getLocation({ success: this.onPlace })",
	Mend:       lang.Text{ZH: "删除它，或者移到发现所在的行或元素之前。", EN: "Delete it, or move it before the line or element of the finding."},
	Limits:     lang.Text{ZH: "没有页面能够到达的文件不检查。", EN: "Files that no page can reach are not checked."},
	Since:      "0.1.0",
	References: []law.Citation{configuration},
}
