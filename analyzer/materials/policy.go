package materials

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/verdict"
)

// policy is where the program publishes its rules, what it declares to the platform, and
// how people exercise their rights.
func (d *drafter) policy() Section {
	s := Section{Heading: d.say("隐私政策、隐私声明与个人权利", "Privacy policy, privacy declaration and rights of individuals")}
	if link := d.p.Inputs.PrivacyPolicy; link != "" {
		where := d.say("输入；代码中没有找到它的链接", "input; no link to it was found in the code")
		if at := d.p.Facts.PolicyLink; at != nil {
			where = d.say("输入；代码中的链接 ", "input; linked at ") + at.Location.String()
		}
		s.Paragraphs = append(s.Paragraphs, d.from(d.say("隐私政策：", "Privacy policy: ")+link, where))
	}
	if len(d.p.Facts.Policies) > 0 {
		s.Paragraphs = append(s.Paragraphs, d.say("代码中提到隐私政策的地方如下。请确认都能打开，内容与第四、五部分一致，并且从主界面进入不超过四次点击（国信办秘字〔2019〕191号）。",
			"The code mentions a privacy policy here. Check that each opens, says what parts 4 and 5 say, and takes four clicks at most from the main page (国信办秘字〔2019〕191号)."))
		s.Table = &Table{Head: []string{d.say("入口", "Entry point"), d.say("来源", "Source")}}
		for _, p := range d.p.Facts.Policies {
			s.Table.row("", p.Text, p.Location.String())
		}
	} else if d.p.Inputs.PrivacyPolicy == "" {
		none := d.say("代码中未发现隐私政策的页面或链接", "No page or link of a privacy policy was found in the code")
		if d.wechat() {
			none = d.say("代码中未发现隐私政策的页面、链接或 wx.openPrivacyContract",
				"No page or link of a privacy policy and no wx.openPrivacyContract was found in the code")
		}
		if len(d.found) > 0 {
			none = d.say("缺少：", "Missing. ") + none + lang.Textf("，而程序收集个人信息（%s）",
				", and the program collects personal information (%s)", law.Cite("pipl", "17").Brief()).In(d.lang)
		}
		s.Paragraphs = append(s.Paragraphs, none+d.say("。", "."))
	}
	guide := d.ruling("wechat-privacy-guide")
	for _, reason := range guide.Reasons {
		s.Items = append(s.Items, Item{Text: d.lang.Sentence(reason.In(d.lang))})
	}
	if len(s.Items) > 0 && guide.Status == verdict.Required {
		s.Items = append(s.Items, Item{Text: d.say("声明的草稿由 beian privacy --draft 生成", "beian privacy --draft drafts the declaration")})
	}
	if len(d.found) > 0 {
		s.Parts = append(s.Parts, d.rights())
	}
	return s
}

// rights is a row for each right of individuals: the way that the code shows, or a question.
func (d *drafter) rights() Section {
	t := &Table{Head: []string{d.say("权利", "Right"), d.say("途径", "Way"), d.say("来源", "Source")}}
	titles, places := verdict.RightsShown(d.p.Facts)
	for i, title := range titles {
		name := d.lang.Sentence(title.In(d.lang))
		if at := places[i]; at != nil {
			t.row("", name, at.Text, at.Location.String())
			continue
		}
		t.row("local.right-"+string(rune('1'+i)), name, d.ask("代码中未发现入口：用户如何办理？",
			"No entry point was found in the code: how do users do it?"), "")
	}
	t.row("operator.form.contact", d.say("联系方式", "Contact"), d.formOr("contact", "电话、邮箱、微信或 QQ，至少一种",
		"Telephone, email, WeChat or QQ, at least one"), "")
	t.row("operator.form.retention", d.say("保存期限", "Retention"), d.formOr("retention", "各类信息保存多久，如“30天”；到期如何删除",
		"How long each is kept, and how it is deleted"), "")
	return Section{Heading: d.say("个人权利、联系方式与保存期限", "Rights of individuals, contact and retention") + d.say("（", " (") +
		law.Cite("pipl", "17", "44-50").Brief().In(d.lang) + d.say("）", ")"), Table: t}
}

// formOr is what beian.yaml says under a key of operator.form, or a question.
func (d *drafter) formOr(key, zh, en string) string {
	if given := d.p.Inputs.Field(key); given != "" {
		return given
	}
	return d.ask(zh, en)
}
