package verdict

import (
	"fmt"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// thresholds are duties that begin at a certain number of people, which only
// the operator knows.
var thresholds = rulebook{
	Rulebook: Rulebook{
		ID:       "thresholds",
		Title:    lang.Both("按处理人数产生的义务", "Duties triggered by the number of individuals"),
		Document: law.Document{Issuer: lang.Both("国家互联网信息办公室等", "Cyberspace Administration of China and others")},
		Basis: []law.Citation{
			law.Cite("officer-reporting"),
			law.Cite("compliance-audits"),
			law.Cite("face-recognition", "15"),
			law.Cite("cross-border-flows", "3", "4", "5", "7", "8"),
			law.Cite("cross-border-certification"),
			law.Cite("minors-in-cyberspace", "37"),
			law.Cite("pipl", "52", "54"),
			law.Cite("network-data", "28", "32"),
		},
		Condition:   lang.Both("人数达到规定的数量", "the number of people reaches a threshold"),
		Consequence: lang.Both("报送负责人、合规审计、人脸备案、出境手续、未成年人年度审计", "officer report, audits, filing of face recognition, procedures for transfers abroad, yearly audit for minors"),
		Blind:       lang.Both("人数；存储了什么；出境的数量", "numbers of people, what is stored, how much goes abroad"),
	},
	domestic: true,
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		found := Collection(in.Findings)
		if len(found) == 0 {
			r.nothing(pi, "没有发现收集个人信息", "no collection of personal information was found")
			return
		}
		threshold(r, in.Inputs.Persons, 1_000_000,
			lang.Both("个人信息保护负责人：30 个工作日内报送", "officer for personal information: reported within 30 working days"), "PIPL 52",
			lang.Both("处理多少人的个人信息？达到 100 万人须报送负责人，超过 1000 万人至少每两年审计一次",
				"how many individuals' data do you process? From 1 million you must report your PI protection officer; above 10 million, an audit is due at least every two years"))
		manyPersons(in.Inputs.Persons, r)
		faces := false
		for _, f := range found {
			faces = faces || f.Category == finding.Biometric && !slices.Contains(onDevice, f.Subject)
		}
		if faces || in.Inputs.Faces != nil {
			threshold(r, in.Inputs.Faces, 100_000,
				lang.Both("存储人脸信息达到 10 万人：30 个工作日内向省级以上网信部门备案",
					"face recognition filing with the provincial cyberspace administration within 30 working days"), "人脸识别技术应用安全管理办法 15",
				lang.Both("存储了多少人的人脸信息？存储人脸信息达到 10 万人的，须向省级以上网信部门备案",
					"how many people's faces do you store? from 100,000, face recognition must be filed"))
		}
		minorsAudit(in, r)
		volumes(in, r)
	},
}

// manyPersons are the duties of those who handle the information of 10 million: the
// regulations say 1000 万人以上, which includes the number, the measures on audits
// say 超过, which does not.
func manyPersons(n *int64, r *Ruling) {
	const many = 10_000_000
	if n == nil || *n < many {
		return
	}
	if *n > many {
		r.duty("合规审计：至少每两年一次", "compliance audit: at least every two years", "PIPL 54", Required, count(*n))
	}
	r.duty("明确网络数据安全负责人和管理机构；因合并、分立、解散、破产等可能影响重要数据安全的，报告处置方案、接收方",
		"officer and body for the security of network data; report how data is handed over if a merger, split, dissolution or bankruptcy may affect important data",
		"网络数据安全管理条例 28, 32", Required, count(*n))
}

func count(n int64) lang.Text {
	return lang.Both(fmt.Sprintf("输入的人数：%d", n), fmt.Sprintf("number of people, from the input: %d", n))
}

// threshold asks for n, or says whether it has reached the limit.
func threshold(r *Ruling, n *int64, limit int64, title lang.Text, article string, question lang.Text) {
	switch {
	case n == nil:
		r.duty(title.ZH, title.EN, article, NeedsInput, question)
	case *n >= limit:
		r.duty(title.ZH, title.EN, article, Required, count(*n))
	default:
		r.duty(title.ZH, title.EN, article, NotRequired, count(*n))
	}
}

func minorsAudit(in Input, r *Ruling) {
	const zh, en = "未成年人个人信息年度审计：每年一月底前报告", "yearly audit for minors: reported by the end of January"
	switch {
	case in.Inputs.Minors == Yes || in.Inputs.Children == Yes:
		r.duty(zh, en, "未成年人网络保护条例 37", Required, lang.Both("输入说明用户中有未成年人（2025-12-29 公告）",
			"the input says that there are minors among the users (announcement of 2025-12-29)"))
	case in.Inputs.Minors == No:
		r.duty(zh, en, "未成年人网络保护条例 37", NotRequired, lang.Both("输入说明用户中没有未成年人",
			"the input says that there are no minors among the users"))
	default:
		r.duty(zh, en, "未成年人网络保护条例 37", NeedsInput, lang.Both("用户中有没有未成年人？", "are there minors among the users?"))
	}
}

// volumes tells what a transfer abroad needs, by the number of people concerned
// since 1 January: order 16 of the CAC, articles 5, 7 and 8.
func volumes(in Input, r *Ruling) {
	i := in.Inputs
	if i.CrossBorder == No {
		return
	}
	const zh, en, article = "出境数量", "volume of transfers abroad", "促进和规范数据跨境流动规定 3-5, 7, 8"
	exempt := lang.Both("为订立、履行合同所必需（跨境购物、寄递、机票酒店预订等）、人力资源管理、紧急情况的出境另行豁免（第 5 条）",
		"transfers needed for a contract (cross-border shopping, parcels, tickets, hotels), for managing staff, or in an emergency are exempt besides (art. 5)")
	if i.Abroad == nil || i.AbroadSensitive == nil {
		r.duty(zh, en, article, NeedsInput, lang.Both("自当年 1 月 1 日起向境外提供了多少人的（非敏感、敏感）个人信息？不满 10 万人非敏感信息豁免；10 万至 100 万人非敏感，或不满 1 万人敏感：标准合同或认证；100 万人以上，或 1 万人以上敏感：安全评估",
			"how many people's (non-sensitive, sensitive) information has gone abroad since 1 January? under 100,000 non-sensitive: exempt; "+
				"100,000 to 1 million non-sensitive, or under 10,000 sensitive: standard contract or certification; from 1 million, or 10,000 sensitive: security assessment"),
			exempt)
		return
	}
	switch {
	case *i.Abroad >= 1_000_000 || *i.AbroadSensitive >= 10_000:
		r.duty(zh, en, article, Required, lang.Both("须通过安全评估", "a security assessment is needed"), exempt)
	case *i.Abroad >= 100_000 || *i.AbroadSensitive > 0:
		r.duty(zh, en, article, Required, lang.Both("须订立并备案标准合同，或通过认证（个人信息出境认证办法，2026-01-01 起）",
			"a standard contract must be made and filed, or a certification passed (measures in force since 2026-01-01)"), exempt)
	default:
		r.duty(zh, en, article, NotRequired, lang.Both("不满 10 万人的非敏感信息，豁免", "non-sensitive information of fewer than 100,000 people: exempt"))
	}
}
