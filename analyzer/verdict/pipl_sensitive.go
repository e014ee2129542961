package verdict

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
)

// Sensitive reports whether f collects sensitive personal information (PIPL 28),
// as far as code can tell. A picture of the ID card is, a plain number need not be
// (see finding/categories.txt); so is a position if the interface tells where the
// person goes. What a person has to judge is not among it: see doubtfulOf.
func Sensitive(f *finding.Finding) bool {
	if _, doubtful := doubtfulOf(f); doubtful {
		return false
	}
	return f.Category.Sensitive() ||
		f.Category == finding.IDCard && f.Kind == finding.KindOCR ||
		f.Category == finding.Position && f.Kind == finding.KindAPI && follows(f.Subject)
}

// follows reports whether an interface follows a person about (行踪轨迹, article 28).
func follows(api string) bool {
	a := platform.APIByName(api)
	return a != nil && a.Tracking
}

// doubtful is a kind of information of which code cannot tell whether it is sensitive.
type doubtful struct {
	fits     func(f *finding.Finding) bool
	question lang.Text
}

// onDevice are interfaces that compare a fingerprint or a face on the device and leave
// no template with the operator (WeChat: startSoterAuthentication; Alipay: IFAA).
var onDevice = []string{"startSoterAuthentication", "startIfaaAuthentication", "checkIsSoterEnrolledInDevice",
	"checkIsSupportSoterAuthentication"}

// doubts are asked instead of answered, each for its reason.
var doubts = []doubtful{{
	func(f *finding.Finding) bool { return f.Category == finding.IDCard && f.Kind != finding.KindOCR },
	lang.Both("身份证号码是否按敏感信息处理？旧标准 GB/T 35273-2020 列入，GB/T 45574-2025 不再单列号码（据律所解读，未核实），证件照片仍属敏感；建议从严，按敏感信息处理",
		"do you treat ID numbers as sensitive? the old standard GB/T 35273-2020 lists them, GB/T 45574-2025 no longer lists the number alone (law-firm reading, unverified), "+
			"pictures of the card are still sensitive; treat them as sensitive to be safe"),
}, {
	func(f *finding.Finding) bool {
		return f.Category == finding.Biometric && slices.Contains(onDevice, f.Subject)
	},
	lang.Both("本机生物认证在设备上比对，不向主办者交出指纹或人脸：服务端是否保存认证结果以外的信息？",
		"authentication on the device compares there and hands out no fingerprint or face: does the server keep more than the result?"),
}, {
	func(f *finding.Finding) bool { return f.Category == finding.Health && f.Kind == finding.KindAPI },
	lang.Both("运动步数不在第 28 条列举之内：是否用来推断健康状况？用来推断的按敏感信息处理",
		"art. 28 does not name step counts: do you infer a state of health from them? if so, treat them as sensitive"),
}, {
	func(f *finding.Finding) bool { return f.Category == finding.Invoice },
	lang.Both("发票抬头：企业抬头的银行账户是企业的，个人抬头没有账户；是否另外收集个人的银行账户？",
		"invoice titles: the bank account in one is the company's, and personal titles have none; do you collect personal bank accounts besides?"),
}}

// doubtfulOf returns the question that a person has to answer about f, if there is one.
func doubtfulOf(f *finding.Finding) (lang.Text, bool) {
	for _, d := range doubts {
		if d.fits(f) {
			return d.question, true
		}
	}
	return lang.Text{}, false
}

// sensitiveDuty reports whether sensitive information is handled.
func sensitiveDuty(in Input, found []*finding.Finding, r *Ruling) bool {
	var hits []*finding.Finding
	open := map[lang.Text][]*finding.Finding{}
	for _, f := range found {
		if Sensitive(f) {
			hits = append(hits, f)
		} else if question, doubtful := doubtfulOf(f); doubtful {
			open[question] = append(open[question], f)
		}
	}
	var reasons []lang.Text
	if in.Inputs.Children == Yes {
		reasons = append(reasons, lang.Both("输入说明用户中有不满十四周岁的儿童：其个人信息都是敏感个人信息（第 28 条）",
			"the input says that there are children under 14 among the users: all their information is sensitive (art. 28)"))
	}
	if len(hits) > 0 {
		reasons = append(reasons, lang.Textf("%s（%s）", "%s (%s)", finding.CategoriesOf(hits), places(hits)))
	}
	sensitive := len(reasons) > 0
	for _, d := range doubts {
		if at := open[d.question]; len(at) > 0 {
			reasons = append(reasons, d.question.Plus(lang.Textf("（%s）", " (%s)", places(at))))
		}
	}
	if len(reasons) == 0 {
		return false
	}
	status := NeedsInput
	if sensitive {
		status = Required
	}
	r.duty("敏感个人信息：特定目的、单独同意、告知必要性", "sensitive information: specific purpose, separate consent, notice of necessity", "28-30", status, reasons...)
	return sensitive
}

// assessmentCauses are the cases of PIPL 55 in which an impact assessment is due.
type assessmentCauses struct{ sensitive, entrusts, shares, abroad bool }

func (c assessmentCauses) assess(r *Ruling) {
	var causes []lang.Text
	for _, cause := range []struct {
		holds bool
		text  lang.Text
	}{
		{c.sensitive, lang.Both("处理敏感个人信息", "sensitive information is handled")},
		{c.entrusts, lang.Both("委托处理个人信息", "information is entrusted to others")},
		{c.shares, lang.Both("向他人提供个人信息", "information is shared with others")},
		{c.abroad, lang.Both("向境外提供个人信息", "information goes abroad")},
	} {
		if cause.holds {
			causes = append(causes, cause.text)
		}
	}
	const zh, en = "个人信息保护影响评估，记录保存三年", "impact assessment, kept for three years"
	if len(causes) > 0 {
		r.duty(zh, en, "55, 56", Required, lang.Joined(causes, lang.Both("；", "; ")))
		return
	}
	r.duty(zh, en, "55, 56", NeedsInput,
		lang.Both("是否有自动化决策、委托处理、对外提供、公开、出境或其他有重大影响的处理？有则须先评估",
			"are there automated decisions, entrusting, sharing, publishing, transfer abroad or other processing of great effect? if so, an assessment comes first"))
}

// Doubtful reports whether a person has to judge if f is sensitive.
func Doubtful(f *finding.Finding) bool {
	_, doubtful := doubtfulOf(f)
	return doubtful
}
