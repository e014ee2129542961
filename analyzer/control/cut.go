package control

import (
	"regexp"
	"strings"

	"github.com/beian/beian/analyzer/spelling"
)

// Parts of a text that ask for nothing, although they name something.

// forbidden is what a text forbids, to the end of the clause: 勿填手机号等联系方式.
// 请 begins another clause, with or without a comma: 避免漏接请填手机号.
var forbidden = regexp.MustCompile(`(请|切)?(勿|不要|[请万]别|禁止|严禁|避免|切忌|谨防|` +
	`(不得|不能|不可|不允许|无需|无须|不必|不用)(含|包含|出现|填|写|输入|提供|留|透露|发布))([^请，。；！？,;!?()（）\n]*)`)

// careful are the beginnings of what is forbidden that ask for the thing all the same,
// only in another way: 请勿填错手机号, 不要填写他人姓名, 不要求填写手机号.
var careful = regexp.MustCompile(`^(求|\p{Han}{0,3}(错|漏|忘|重复|为空|空着|他人|别人|虚假|假的|无效))`)

// naming asks for a name to be given: 给歌单取个名字. The second group is what it is
// given to.
var naming = regexp.MustCompile(`((?:给|为|替)(\p{Han}{1,8}?))?[取起想](?:个|一个)?(?:好听的|新|好)?名[字称]?`)

// agreeing names what the datum that is asked for has to agree with: 必须和收货人姓名一样, 请填写与身份证一致的姓名.
var agreeing = regexp.MustCompile(`[与與和同跟][\p{Han}A-Za-z]{1,12}?(?:必须|须|需|要|应|保持|完全)*(?:一致|一样|一樣|相同|相符)`)

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
	text = agreeing.ReplaceAllString(text, "")
	return naming.ReplaceAllStringFunc(text, func(part string) string {
		m := naming.FindStringSubmatch(part)
		if oneself[m[2]] || l.someone(m[2]) || (m[1] == "" && !strings.Contains(part, "个")) {
			return part
		}
		r.note(topicOther)
		return ""
	})
}

// someone reports whether a text names a person.
func (l *lexicon) someone(text string) bool {
	for _, t := range l.terms([]rune(text), &Sense{}) {
		if t.topic == topicPerson || t.topic == topicRole {
			return true
		}
	}
	return false
}
