package verdict

import (
	"github.com/beian/beian/analyzer/lang"
)

// Headline is what a report says first: the law in force, then what the rule of the
// article says beside it.
type Headline struct {
	Title   lang.Text // "须备案", to stand out
	Because lang.Text // the notice that says so
	Article lang.Text // under the article's rule: a sentence without its end
}

// Law is the statement of the law in force, as a sentence without its end.
func (h Headline) Law() lang.Text {
	return h.Title.Plus(lang.Both("（", " (")).Plus(h.Because).Plus(lang.Both("）", ")"))
}

// Told is Law and Article as two sentences.
func (h Headline) Told() lang.Text {
	return sentence(h.Law()).Plus(lang.Both("", " ")).Plus(sentence(h.Article))
}

func sentence(t lang.Text) lang.Text {
	return lang.Both(t.ZH+"。", lang.English.Sentence(t.EN)+".")
}

// headline puts the law in force first. The article's rule never stands alone: a
// program in which it finds nothing still has to be filed.
func headline(in Input, pi PersonalInformation) Headline {
	h := Headline{
		Title: lang.Both("须备案", "must be filed"),
		Because: lang.Both("工信部信管〔2023〕105号：在内地提供服务的小程序均须备案，与是否收集个人信息无关",
			"notice 工信部信管〔2023〕105号: every mini program served in mainland China, including those run by individuals, regardless of what data they collect"),
	}
	besides, too := lang.Both("另按文章的规则：", "under the article's rule, "), lang.Both("", " too")
	if in.Inputs.Mainland == No {
		h.Title = lang.Both("105号不适用", "notice 105 does not apply")
		h.Because = lang.Both("输入说明不在中国内地提供服务", "the input says that the program is not served in mainland China")
		besides, too = lang.Both("按文章的规则：", "under the article's rule, "), lang.Both("", "")
	}
	switch pi.Status {
	case Triggered:
		h.Article = besides.Plus(lang.Textf("收集%[1]s，触发备案", "filing is triggered%[2]s: it collects %[1]s", pi.Categories.Title(), too))
	case Undetermined:
		h.Article = besides.Plus(lang.Both("尚不能确定，请人工核对下列位置", "this is undetermined: check the places below by hand"))
	default:
		h.Article = lang.Both("未发现收集姓名、手机号、邮箱或身份证号", "no collection of a name, phone number, email address or ID number was found")
	}
	return h
}
