package verdict

import (
	"fmt"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// thresholds are duties that begin at a certain number of people, which only
// the operator knows.
var thresholds = rulebook{
	Rulebook: Rulebook{
		ID:       "thresholds",
		Title:    lang.Both("达到人数后的义务", "Duties that depend on the number of users"),
		Document: law.Document{Issuer: lang.Both("国家互联网信息办公室等", "Cyberspace Administration of China and others")},
		Basis: []law.Citation{
			law.Cite("officer-reporting"),
			law.Cite("compliance-audits"),
			law.Cite("face-recognition", "15"),
			law.Cite("cross-border-flows"),
			law.Cite("minors-in-cyberspace", "37"),
			law.Cite("pipl", "52", "54"),
			law.Cite("network-data", "28"),
		},
		Condition:   lang.Both("人数达到规定的数量", "the number of people reaches a threshold"),
		Consequence: lang.Both("报送负责人、合规审计、人脸备案、出境手续、未成年人年度审计", "officer report, audits, filing of face recognition, procedures for transfers abroad, yearly audit for minors"),
		Blind:       lang.Both("人数；存储了什么；出境的数量", "numbers of people, what is stored, how much goes abroad"),
	},
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		found := Collection(in.Findings)
		if len(found) == 0 {
			r.nothing(pi, "没有发现收集个人信息", "no collection of personal information was found")
			return
		}
		threshold(r, in.Inputs.Persons, 1_000_000,
			lang.Both("个人信息保护负责人：30 个工作日内报送", "officer for personal information: reported within 30 working days"), "PIPL 52",
			lang.Both("处理多少人的个人信息？达到 100 万人须报送负责人，超过 1000 万人至少每两年审计一次",
				"how many people's data do you process? from 1 million, the responsible officer must be reported; above 10 million, an audit is due at least every two years"))
		if p := in.Inputs.Persons; p != nil && *p > 10_000_000 {
			r.duty("合规审计：至少每两年一次", "compliance audit: at least every two years", "PIPL 54", Required, count(*p))
			r.duty("明确网络数据安全负责人和管理机构，重大变更时报告",
				"officer and body for the security of network data, report of major changes", "网络数据安全管理条例 28", Required, count(*p))
		}
		faces := false
		for _, f := range found {
			faces = faces || f.Category == finding.Biometric
		}
		if faces || in.Inputs.Faces != nil {
			threshold(r, in.Inputs.Faces, 100_000,
				lang.Both("人脸识别备案：30 个工作日内向省级网信部门",
					"filing of face recognition: with the provincial CAC within 30 working days"), "人脸识别技术应用安全管理办法 15",
				lang.Both("存储了多少人的人脸信息？达到 10 万人须备案", "how many people's faces do you store? from 100,000, face recognition must be filed"))
		}
		minorsAudit(in, r)
		volumes(in, r)
	},
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
		r.duty(zh, en, "37", Required, lang.Both("输入说明用户中有未成年人（2025-12-29 公告）", "the input says that there are minors among the users (announcement of 2025-12-29)"))
	case in.Inputs.Minors == No:
		r.duty(zh, en, "37", NotRequired, lang.Both("输入说明用户中没有未成年人", "the input says that there are no minors among the users"))
	default:
		r.duty(zh, en, "37", NeedsInput, lang.Both("用户中有没有未成年人？", "are there minors among the users?"))
	}
}

// volumes tells what a transfer abroad needs, by the number of people concerned
// since 1 January. The limit of 10,000 for sensitive information is from memory.
func volumes(in Input, r *Ruling) {
	i := in.Inputs
	if i.CrossBorder != Yes {
		return // pipl asks whether anything goes abroad
	}
	const zh, en = "出境数量", "volume of transfers abroad"
	if i.Abroad == nil || i.AbroadSensitive == nil {
		r.duty(zh, en, "PIPL 38", NeedsInput, lang.Both("自当年 1 月 1 日起向境外提供了多少人的（非敏感、敏感）个人信息？不满 10 万人非敏感信息可免；10 万至 100 万人，或不满 1 万人敏感信息（未核实）：标准合同或认证；更多：安全评估",
			"how many people's (non-sensitive, sensitive) information has gone abroad since 1 January? under 100,000 non-sensitive: exempt; 100,000 to 1 million, or under 10,000 sensitive (unverified): standard contract or certification; above: security assessment"))
		return
	}
	switch {
	case *i.Abroad >= 1_000_000 || *i.AbroadSensitive >= 10_000:
		r.duty(zh, en, "PIPL 38", Required, lang.Both("须通过安全评估（敏感信息 1 万人的界限未核实）",
			"a security assessment is needed (the limit of 10,000 for sensitive information is unverified)"))
	case *i.Abroad >= 100_000 || *i.AbroadSensitive > 0:
		r.duty(zh, en, "PIPL 38", Required, lang.Both("须订立并备案标准合同，或通过认证", "a standard contract must be made and filed, or a certification passed"))
	default:
		r.duty(zh, en, "PIPL 38", NotRequired, lang.Both("不满 10 万人的非敏感信息，免予办理", "non-sensitive information of fewer than 100,000 people: exempt"))
	}
}
