package control

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
)

// vetoed reports whether a label, placeholder or the kind of control says that it
// is for something else.
func (e *Reading) vetoed() bool {
	switch e.role {
	case platform.Search, platform.Code, platform.Password:
		return true
	}
	if e.filters || e.masked && !e.masksOther() {
		return true
	}
	if slices.ContainsFunc(e.names, func(c Clue) bool { return searchNames[lastPart(c.Text)] }) {
		return true // value={keyword}
	}
	own, asked := false, false // the placeholder names what the control takes, and says nothing else
	for _, c := range e.hints {
		t := c.sense.topics
		either := t[topicCode] && certain(c) && alternatives.MatchString(c.Text) // 手机号码/邀请码
		secret := (t[topicPassword] || t[topicCode]) && !either && !e.copied(c)
		if t[topicSearch] || secret || (several(c) && (e.searches || e.queried)) {
			return true
		}
		own = own || len(c.sense.signs) > 0
		asked = asked || asks(c)
	}
	own = own || (len(e.hints) == 0 && e.called())
	for _, c := range e.labels {
		t := c.sense.topics
		secret := t[topicPassword] || t[topicCode]
		answered := own && heading(c.Text) || asked
		if t[topicSearch] || secret && !answered {
			return true
		}
	}
	if e.says("") {
		return false
	}
	for _, c := range join(e.names, e.handlers) {
		t := c.sense.topics
		if t[topicSearch] || t[topicPassword] || t[topicCode] {
			return true
		}
	}
	return false
}

// masksOther reports whether a box that hides what is entered asks for something other than a password: a text has but one
// meaning, none speaks of a password, and the script calls the value the same. type="password" v-model="phonenumber", 请输入手机号码.
func (e *Reading) masksOther() bool {
	if slices.ContainsFunc(e.Texts(), func(c Clue) bool { return c.sense.topics[topicPassword] || c.sense.topics[topicCode] }) {
		return false
	}
	return slices.ContainsFunc(e.Texts(), func(c Clue) bool { return certain(c) && e.support(c) >= Medium })
}

// copied reports whether a placeholder asks for a password, in a box that is no box for one, whose label and own name both
// are of the same other thing: it was copied from the next field. 手机号码, phoneNumber, 请输入密码.
func (e *Reading) copied(hint Clue) bool {
	if !hint.sense.topics[topicPassword] || len(e.labels) != 1 || !certain(e.labels[0]) {
		return false
	}
	return slices.ContainsFunc(e.names, func(c Clue) bool {
		return slices.ContainsFunc(finding.Categories(), func(k finding.Category) bool {
			return strong(k)(c) && e.labels[0].sense.Weight(k) == Strong
		})
	})
}

// given begins a text that gives examples.
var given = regexp.MustCompile(`^\s*(?:例[如：:]|比如|譬如|示例|如[：:])`)

// asks reports whether a text asks for one thing and says nothing else: 请输入手机号, but not 手机号后六位.
func asks(c Clue) bool {
	said := strings.TrimLeft(asking.ReplaceAllString(plain(c.Text), ""), "您你的")
	for _, s := range c.sense.signs {
		if s.sure() && said == s.term {
			return true
		}
	}
	return false
}

// several reports whether a text names more than one thing: 姓名、电话或地址, 姓名/就诊卡号. Where that is
// looked up, any of them will do.
func several(c Clue) bool {
	n := 0
	for _, s := range c.sense.signs {
		if s.weight > Weak && !s.example {
			n++
		}
	}
	return n > 1 || n == 1 && alternatives.MatchString(c.Text)
}

// alternatives is a short text of things of which one will do.
var alternatives = regexp.MustCompile(`^[^/／|、或，。\s]{2,12}(\s?[/／|、或]\s?[^/／|、或，。\s]{2,12})+$`)

// called reports whether the names that the control itself has name a category, and
// none of them a code or password.
func (e *Reading) called() bool {
	some := false
	for _, c := range e.names {
		if c.sense.topics[topicCode] || c.sense.topics[topicPassword] {
			return false
		}
		some = some || tells(c)
	}
	return some
}

// heading reports whether a text is no label of one control, but is over several:
// it is too long, says what they are for (验证码快速登录), or what was done (验证码已发送至).
// Then the control's own words know better.
func heading(text string) bool {
	return len([]rune(text)) > 10 || purpose.MatchString(text) || done.MatchString(text)
}

// done is in a text that tells of a code on its way.
var done = regexp.MustCompile(`[已将][经会]?(发送|发至|发到|下发|发出)|(?i)\bsent to\b`)

var purpose = regexp.MustCompile(`(登录|登陆|注册|绑定|认证|(找回|重置|重设|修改|设置|更改|变更|更换|忘记)\p{Han}{0,4}密码)\P{Han}*$`)

// says reports whether a label or placeholder names a category. A person's part
// (收件人) does not count if the question is whether the control asks for that
// person's email.
func (e *Reading) says(about finding.Category) bool {
	for _, clue := range join(e.labels, e.hints) {
		for _, s := range clue.sense.signs {
			if !s.role || about != finding.Email {
				return true
			}
		}
	}
	return false
}

// nicknamed reports whether the texts have but a word that any name may have, and the
// control's own name says that it is the nickname: 称呼 over user.nickName.
func (e *Reading) nicknamed() bool {
	nick, name := best(e.names, finding.Nickname), best(e.names, finding.Name)
	if nick == nil || name != nil || weightOf(nick, finding.Nickname) != Strong {
		return false
	}
	for _, c := range join(e.labels, e.hints) {
		for category, s := range c.sense.signs {
			if category != finding.Name || s.weight == Strong {
				return false
			}
		}
	}
	return e.says("")
}

// otherwise reports whether label or placeholder tell that the control is for
// something else, so that an identifier such as name does not count.
func (e *Reading) otherwise() bool {
	for _, c := range join(e.labels, e.hints) {
		t := c.sense.topics
		prose := t[topicRemark] && (e.role == platform.Textarea || !anyContent.MatchString(c.Text))
		if t[topicAccount] || t[topicOther] || prose {
			return true
		}
	}
	return false
}

// anyContent is what kits show in a box of one line that says nothing itself.
var anyContent = regexp.MustCompile(`^请?(输入|填写)内容[.。…]*$`)

// contradicts reports whether texts speak of a known other thing, and of nothing
// of ours. An account may well be a phone number. Of several texts, which a control has
// in several states, each must: the hint of one state does not speak against the label
// of another. What is above several things speaks of none of them, nor does the heading of a text: 商品详情.
func contradicts(clues []Clue) bool {
	return len(clues) > 0 && !slices.ContainsFunc(clues, func(c Clue) bool {
		t := c.sense.topics
		headsText := t[topicRemark] && !forRemarks(c)
		return c.over || len(c.sense.signs) > 0 || !t[topicOther] || headsText
	})
}

// remarks reports whether the control takes free text. If its label changes with what a person
// edits (姓名, 手机号, 企业简介), it does so only in some states.
//
// 活动说明 and 商品详情 over a box of one line with 请输入手机号 head what is shown; the box says what it asks for.
// But 订单备注 is the label of a box, and then a placeholder that asks for a number is a slip.
func (e *Reading) remarks() bool {
	answered := e.role != platform.Textarea && slices.ContainsFunc(e.hints, certain) && !slices.ContainsFunc(e.labels, forRemarks)
	return remark(e.hints) || remark(e.labels) && !answered
}

// forRemarks reports whether a text is the label of a box for remarks, not the heading of what is shown.
func forRemarks(c Clue) bool {
	return c.sense.topics[topicRemark] && remarkLabel.MatchString(c.Text)
}

var remarkLabel = regexp.MustCompile(`(备注|留言|附言|描述|内容|意见|建议|理由|原因|补充)(信息)?\P{Han}*$`)

// certain reports whether a text asks for something that has but one meaning. An example of what may be written
// does not: 例如：身份证 / 充电器.
func certain(c Clue) bool {
	if given.MatchString(c.Text) {
		return false
	}
	for _, s := range c.sense.signs {
		if s.sure() {
			return true
		}
	}
	return false
}

func remark(texts clueList) (found bool) {
	for _, c := range texts {
		either := certain(c) && alternatives.MatchString(c.Text) // 姓名 / 备注
		if c.sense.topics[topicRemark] && !leaves.MatchString(c.Text) && !either {
			found = true
		} else if tells(c) {
			return false
		}
	}
	return found
}

// leaves asks a person to leave a number or address, to which remarks are answered: 如需反馈结果，请留下您的联系方式.
var leaves = regexp.MustCompile(`请[您你]?(留下?|提供)[您你]?的?(手机|电话|联系|邮箱)`)

// queries reports whether the control is for looking something up that is not the person's own. A form that asks for an
// ID number says who somebody is, though it be to look up what is known of them: 查询姓名, 身份证号.
func (e *Reading) queries() bool {
	if e.identified {
		return false
	}
	for _, c := range join(e.labels, e.hints) {
		if c.sense.topics[topicQuery] && !ownRecord.MatchString(c.Text) {
			return true
		}
	}
	return false
}

// ownRecord says that what is looked up is the person's own: 查询我的预约.
var ownRecord = regexp.MustCompile(`我的|本人|自己|[您你]的`)

// unknown reports whether the texts hold only words that the lexicon does not
// have.
func (e *Reading) unknown() bool {
	for _, c := range join(e.labels, e.hints) {
		if len(c.sense.signs) > 0 {
			return false
		}
	}
	for _, c := range join(e.labels, e.hints) {
		if !c.sense.generic() {
			return true
		}
	}
	return false
}

// open reports whether the texts leave open what is asked for: there are none, or
// they say account (手机号 or 邮箱, it depends) or only whose. Then only a validator
// can tell; otherwise the validator may be one that many controls share.
func (e *Reading) open() bool {
	for _, c := range join(e.labels, e.hints) {
		if c.sense.topics[topicAccount] {
			continue
		}
		for _, s := range c.sense.signs {
			if !s.role {
				return false
			}
		}
		if len(c.sense.signs) == 0 {
			return false
		}
	}
	tested := map[finding.Category]bool{}
	for _, v := range e.validators {
		for c := range v.sense.signs {
			tested[c] = true
		}
	}
	return len(tested) < 3
}
