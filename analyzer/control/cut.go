package control

import (
	"regexp"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/spelling"
)

// Parts of a text that ask for nothing, although they name something.

// forbidden is what a text forbids, to the end of the clause: 勿填手机号等联系方式.
// 请 begins another clause, with or without a comma: 避免漏接请填手机号.
var forbidden = regexp.MustCompile(`(请|切)?(勿|不要|[请万]别|禁止|严禁|避免|切忌|谨防|` +
	`(不得|不能|不可|不允许|无需|无须|不必|不用)(含|包含|出现|填|写|输入|提供|留|透露|发布|使用|附|绑定|授权|公开|泄露|暴露|告知))([^请，。；！？,;!?()（）\n]*)`)

// careful are the beginnings of what is forbidden that ask for the thing all the same,
// only in another way: 请勿填错手机号, 不要填写他人姓名, 不要求填写手机号.
var careful = regexp.MustCompile(`^(求|\p{Han}{0,3}(错|漏|忘|重复|为空|空着|他人|别人|虚假|假的|无效))`)

// forbiddenEN is the same in English, to the end of the sentence: Please do not include phone numbers or email addresses.
var forbiddenEN = regexp.MustCompile(`(?i)\b(?:do not|don['’]?t|must not|should not|never|avoid|without|no need to)\s+(?:\w+\s+)?` +
	`(?:include|including|enter|entering|share|sharing|writ(?:e|ing)|post(?:ing)?|put(?:ting)?|typ(?:e|ing)|leave|leaving|` +
	`disclos(?:e|ing)|giv(?:e|ing)|mention(?:ing)?|reveal(?:ing)?|send(?:ing)?|provid(?:e|ing))\b([^.;!?()\n]*)`)

// carefulEN are the beginnings of what is forbidden in English that ask for the thing all the same: Do not enter a wrong number.
var carefulEN = regexp.MustCompile(`(?i)^\s+(?:(?:a|an|any|the|your)\s+)?(?:wrong|fake|false|invalid|incorrect|someone else|another person|other people)`)

// ofIt is a name of what is no person: 它叫什么名字, or of what speaks itself and has none: 我还没有名字.
var ofIt = regexp.MustCompile(`(^|[^其])(?:[它牠]的?(?:叫|大名)?\p{Han}{0,3}|[我俺](?:还|现在|暂时)?没有?(?:个|自己的)?)名[字称]?`)

// calling asks for the name of what stands before it: 孩子叫什么名字, 小狗的名字叫什么.
var calling = regexp.MustCompile(`叫(?:什么|啥|做什么)(?:名[字称]?)?|的?名字(?:叫|是)(?:什么|啥)`)

// naming asks for a name to be given: 给歌单取个好记的名字. The second group is what it is
// given to.
var naming = regexp.MustCompile(`((?:给|为|替)(\p{Han}{1,8}?))?[取起想](?:(?:个|一个)\p{Han}{0,5}?|好听的|新|好)?名[字称]?`)

// lacking is what a text says that a person has not done, to the end of the clause: 您暂未授权手机号.
var lacking = regexp.MustCompile(`(?:暂未|尚未|还未|未曾|还没有?|没有)(?:授权|绑定|登记|认证|验证)([^请，。；！？,;!?()（）\n]*)`)

// agreeing names what the datum that is asked for has to agree with: 必须和收货人姓名一样, 请填写与身份证一致的姓名.
var agreeing = regexp.MustCompile(`[与和同跟][\p{Han}A-Za-z]{1,12}?(?:必须|须|需|要|应|保持|完全)*(?:一致|一样|相同|相符|对应|匹配|吻合)`)

// meantFor is what a datum is for, to the end of the clause: 用于生成订单. With 的 it belongs to what is asked for:
// 用于登录的手机号.
var meantFor = regexp.MustCompile(`[仅只]?(?:用于|用来|以便|便于)[^请的，。；！？,;!?()（）\n]*的?`)

// byMessenger is a way of contact that is said to be a messenger's alone: 联系方式（微信号）.
var byMessenger = regexp.MustCompile(`(?i)(?:联系|联络|通[信讯])方式[:：（(\s]*((?:微信|QQ)[号码账帐]{0,2})[)）:：\s]*$`)

// question is one in brackets behind what it explains: 服务格言（为何喜欢做介绍人）.
var question = regexp.MustCompile(`[(（][^()（）]*(?:为何|为什么|为啥)[^()（）]*[)）]`)

// oneself are words for the reader in a text.
var oneself = spelling.Set("自己 你 您 我 你自己 您自己 我自己")

// cut drops the parts of a text that ask for nothing of a person.
func (l *lexicon) cut(text string, r *Sense) string {
	text = forbidden.ReplaceAllStringFunc(text, func(part string) string {
		m := forbidden.FindStringSubmatch(part)
		if careful.MatchString(m[len(m)-1]) {
			return part
		}
		return ""
	})
	text = forbiddenEN.ReplaceAllStringFunc(text, func(part string) string {
		if carefulEN.MatchString(forbiddenEN.FindStringSubmatch(part)[1]) {
			return part
		}
		return ""
	})
	text = calling.ReplaceAllString(text, "的名字")
	if ofIt.MatchString(text) {
		r.note(topicOther)
		r.ofThing = anyNameTerm
		text = ofIt.ReplaceAllString(text, "$1")
	}
	text = meantFor.ReplaceAllStringFunc(text, func(part string) string {
		if strings.HasSuffix(part, "的") {
			return part
		}
		return ""
	})
	text = byMessenger.ReplaceAllString(question.ReplaceAllString(text, ""), "$1")
	text = lacking.ReplaceAllString(agreeing.ReplaceAllString(text, ""), "")
	return naming.ReplaceAllStringFunc(text, func(part string) string {
		m := naming.FindStringSubmatch(part)
		if oneself[m[2]] {
			r.add(finding.Nickname, sign{weight: Strong, term: part}) // nobody gives oneself the real name
			return ""
		}
		if l.someone(m[2]) || (m[1] == "" && !strings.Contains(part, "个")) {
			return part
		}
		r.note(topicOther)
		if m[2] != "" {
			r.ofThing = anyNameTerm
		}
		return ""
	})
}

// anyNameTerm is the word for a name that persons, animals and things have.
const anyNameTerm = "名字"

// someone reports whether a text names a person.
func (l *lexicon) someone(text string) bool {
	for _, t := range l.terms([]rune(text), &Sense{}) {
		if t.topic == topicPerson || t.topic == topicRole {
			return true
		}
	}
	return false
}
