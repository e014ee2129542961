package control

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/spelling"
)

// found is one term of the lexicon in a text.
type found struct {
	meaning
	term       string
	start, end int // runes
}

// label reads a label or placeholder. Terms are taken from left to right, the
// longest first, so that 用户名 does not count as 名 and 邮箱验证码 not as 邮箱.
//
// A text with a mark of writing from right to left may be shown in the reverse order: "U+202E 号机手". If it says nothing
// as it is written, it is read backwards.
func (l *lexicon) label(text string) Sense {
	straight := plain(text)
	r := l.read(straight)
	if len(r.signs) == 0 && turned(text) {
		runes := []rune(straight)
		slices.Reverse(runes)
		if back := l.read(string(runes)); len(back.signs) > 0 {
			return back
		}
	}
	return r
}

// turned reports whether a text has a mark after which writing goes from right to left (Unicode Standard Annex 9: ALM, RLM,
// RLE, RLO, RLI). In what order a person sees such a text depends on all of it.
func turned(text string) bool { return strings.ContainsAny(text, "\u061c\u200f\u202b\u202e\u2067") }

// read reads a label in plain characters.
func (l *lexicon) read(text string) Sense {
	var r Sense
	runes := []rune(l.cut(squeeze(text), &r))
	terms := l.terms(runes, &r)
	if r.unknown == 1 && len(runes) == 2 {
		r.unknown = 2 // a word of which the lexicon has the other half: 箱号
	}
	asked := -1 // the end of the first term of a category
	for i, t := range terms {
		switch t.topic {
		case topicRole, topicPerson:
			l.role(terms, i, runes, &r)
		case topicThing, topicMeasure:
			r.note(topicOther)
		case topicCalled:
			switch {
			case named(terms, i, topicRole) || named(terms, i, topicPerson):
			case unheardBefore.MatchString(string(runes[:t.start])):
				r.add(finding.Name, sign{weight: Strong, term: string(runes[:t.end])})
			default:
				r.note(topicOther)
			}
		case topicNeutral:
		default:
			if t.topic.category() == "" {
				secret := t.topic == topicCode || t.topic == topicPassword
				if !secret || asked < 0 || !strings.ContainsAny(string(runes[asked:t.start]), clauseEnds) {
					r.note(t.topic) // in 手机号，座机不用验证码 it is a remark
				}
				continue
			}
			if asked >= 0 && r.signs[t.topic.category()].weight == None && example.MatchString(string(runes[:t.start])) {
				continue // 详细地址，如街道、门号、楼层
			}
			part := partial(runes, t)
			if t.weight == None {
				r.note(topicOther)
				if !part && l.asksFor(terms, i, runes) {
					r.widen(t.topic.category())
				}
				continue
			}
			if measured(terms, i) || (t.topic == topic(finding.IDCard) && namesCard(terms, i)) {
				r.note(topicOther)
				continue
			}
			if t.term == "本名" && endsWord(runes, t.start, terms, i) {
				r.note(topicOther) // 孤本名
				continue
			}
			s := sign{weight: t.weight, term: t.term}
			if part {
				s.weight, s.part = min(s.weight, Medium), true
			}
			if named(terms, i, topicThing) {
				if t.topic == topic(finding.Name) || t.topic == topic(finding.Address) || t.topic == topic(finding.Nickname) {
					r.note(topicOther) // 宠物名字
					if t.topic == topic(finding.Name) {
						r.ofThing = t.term
					}
					continue
				}
				s.weight, s.thing = Weak, true // 门店电话
			}
			r.add(t.topic.category(), s)
			if asked < 0 {
				asked = t.end
			}
		}
	}
	r.examples(string(runes))
	r.ways()
	if term := unheardRole(runes, terms); term != "" && len(r.signs) == 0 && len(r.topics) == 0 {
		r.add(finding.Name, sign{weight: Medium, term: term, role: true})
	}
	if len(r.signs) == 0 && hasLatin(runes) {
		latin, part := l.identifier(possessive.ReplaceAllString(string(runes), "")), lastDigits.MatchString(string(runes))
		if part {
			latin.wider = nil
		}
		for _, c := range finding.Categories() {
			if s, ok := latin.signs[c]; ok && (s.weight > Weak || c == finding.Name) {
				if part {
					s.weight, s.part = min(s.weight, Medium), true
				}
				r.add(c, s)
			}
		}
		for t := range latin.topics {
			r.note(t)
		}
		for _, c := range latin.wider {
			r.note(topicOther)
			r.widen(c)
		}
	}
	return r
}

// ways leaves of 联系方式 what the text says it means: 联系方式（微信号、邮箱等） does not ask for a number.
func (r *Sense) ways() {
	if r.anyWay() && r.otherWay() {
		delete(r.signs, finding.Phone)
	}
}

// anyWay reports whether the text leaves open how to reach a person: 联系方式.
func (r *Sense) anyWay() bool { return strings.HasSuffix(r.signs[finding.Phone].term, "方式") }

// otherWay reports whether the text names a way to reach a person that is not the phone.
func (r *Sense) otherWay() bool {
	return r.signs[finding.Email].weight == Strong || slices.Contains(r.wider, finding.Messenger)
}

// possessive ends the word for whose something is: Child's name.
var possessive = regexp.MustCompile(`['’]s\b`)

// clauseEnds are the signs behind which a text speaks of something else.
const clauseEnds = "，,；;。(（"

// plain is text in the characters of the lexicon: those that look the same, such as full-width letters and radicals
// (⼿ for 手), and traditional ones (機 for 机) become them, and what is not seen, such as a zero-width space, goes.
// Punctuation stays.
func plain(text string) string {
	if strings.IndexFunc(text, unusual) < 0 {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Mn):
		case simplified()[r] != 0:
			out.WriteRune(simplified()[r])
		case unusual(r):
			out.WriteString(norm.NFKC.String(string(r)))
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// unusual reports whether plain changes r.
func unusual(r rune) bool {
	if r < 0x80 || unicode.In(r, unicode.Cf, unicode.Mn) {
		return r >= 0x80
	}
	return simplified()[r] != 0 || (unicode.In(r, unicode.L, unicode.Nd, unicode.Radical)) && !norm.NFKC.IsNormalString(string(r))
}

//go:embed traditional.txt
var traditionalText string

// simplified has the simplified characters for the traditional ones that the lexicon needs.
var simplified = sync.OnceValue(func() map[rune]rune {
	of := map[rune]rune{}
	for line := range strings.Lines(traditionalText) {
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "@") {
			continue
		}
		for _, group := range strings.Fields(line) {
			runes := []rune(group)
			for _, r := range runes[1:] {
				of[r] = runes[0]
			}
		}
	}
	return of
})

// terms finds the terms of a text and counts the rest.
func (l *lexicon) terms(runes []rune, r *Sense) []found {
	var out []found
	for i := 0; i < len(runes); {
		n := min(l.longest, len(runes)-i)
		for ; n > 0; n-- {
			if m, ok := l.labels[string(runes[i:i+n])]; ok {
				out = append(out, found{m, string(runes[i : i+n]), i, i + n})
				break
			}
		}
		if n == 0 {
			if unicode.Is(unicode.Han, runes[i]) {
				r.unknown++
			}
			n = 1
		}
		i += n
	}
	return out
}

// role judges a person's part. Before a word for the name it is a name (收货人姓名,
// 学生名字), before another term it only says whose (收货人电话, 患者年龄), alone a part
// such as 收货人 asks for the name.
func (l *lexicon) role(terms []found, i int, runes []rune, r *Sense) {
	t := terms[i]
	if stated.MatchString(string(runes[:t.start])) {
		r.note(topicOther)
		return
	}
	for _, next := range terms[i+1:] {
		if !adjoins(runes, t.end, next.start) {
			break
		}
		switch next.topic {
		case topicNeutral:
			if deeds[next.term] {
				return // 会员注册
			}
			if next.term == "号码" {
				r.add(finding.Phone, sign{weight: terms[i].weight, term: terms[i].term + next.term})
				return
			}
			t = found{t.meaning, t.term, t.start, next.end}
			continue
		case topicRole, topicPerson:
			t = found{t.meaning, t.term, t.start, next.end}
			continue
		case topicCalled:
			if terms[i].topic == topicPerson && next.term != "名" {
				if terms[i].weight == Strong {
					r.add(finding.Name, sign{weight: Medium, term: terms[i].term + next.term}) // 学员名称
				} else {
					r.note(topicOther) // 客户名称: often a company's
				}
				return
			}
			r.add(finding.Name, sign{weight: Strong, term: terms[i].term + next.term})
		case topic(finding.Name):
			r.add(finding.Name, sign{weight: Strong, term: terms[i].term + next.term})
		}
		return
	}
	if terms[i].topic == topicPerson {
		return
	}
	// Words that the lexicon does not have follow: 联系人头衔, 联系人openId.
	if e := terms[i].end; e < len(runes) && unicode.IsLetter(runes[e]) && !termAt(terms, e) {
		r.note(topicOther)
		return
	}
	r.add(finding.Name, sign{weight: terms[i].weight, term: terms[i].term, role: true})
}

// Examples of data in placeholders: 138xxxx0000, 张三@….
var exampleForms = []struct {
	category finding.Category
	form     *regexp.Regexp
}{
	{finding.Phone, regexp.MustCompile(`1[3-9][\dxX*×][ -]?[\dxX*×]{4}[ -]?[\dxX*×]{4}`)},
	{finding.Email, regexp.MustCompile(`[\w.-]+@[\w-]+\.[a-z]{2,}`)},
	{finding.Address, regexp.MustCompile(`[省市]\p{Han}{1,6}[市区县]\p{Han}{1,8}[路街道村镇号]`)},
}

// examples adds the categories of the examples in a text.
func (r *Sense) examples(text string) {
	for _, e := range exampleForms {
		if term := e.form.FindString(text); term != "" {
			r.add(e.category, sign{weight: Medium, term: term, example: true})
		}
	}
}

// partial reports whether a text asks for the last digits only of the number that t names: 手机号后四位,
// 身份证（末六位）, 后四位手机号.
func partial(runes []rune, t found) bool {
	behind, before := runes[t.end:], runes[:t.start]
	return tailBehind.MatchString(string(behind[:min(len(behind), maxTail)])) ||
		tailBefore.MatchString(string(before[max(len(before)-maxTail, 0):]))
}

const maxTail = 12 // characters that say which digits are asked for

var (
	tailBehind = regexp.MustCompile(`^号?码?的?[(（:：]?(?:尾号|最?[后末尾][一二两三四五六七八九\d]{1,2}[位码个])`)
	tailBefore = regexp.MustCompile(`[后末尾][一二两三四五六七八九\d]{1,2}[位码]的?$`)
	lastDigits = regexp.MustCompile(`(?i)\blast\s+(?:\d|two|three|four|five|six|few)\s+(?:digit|number|character)`)
)

// forThing reports whether a page's title says that it is for a thing that people give a name, and for nobody besides:
// 添加宠物, 宠物档案, 新建计划; not 宠物主人登记.
func (l *lexicon) forThing(title string) bool {
	var r Sense
	runes := []rune(squeeze(plain(title)))
	is := false
	for _, t := range l.terms(runes, &r) {
		switch {
		case t.topic == topicThing && t.weight == Strong:
			is = true
		case t.topic != topicNeutral && t.topic != topicRemark && t.topic != topicCalled:
			return false
		}
	}
	return is && r.unknown <= maxBesideThing
}

const maxBesideThing = 3 // characters of words that the lexicon does not have: 档案

// measured reports whether the terms behind term i say that the text is about a
// measure of it: the head of a Chinese compound is its last word (手机的数量).
func measured(terms []found, i int) bool {
	for _, next := range terms[i+1:] {
		if next.start != terms[i].end {
			return false
		}
		if next.term != "的" {
			return next.topic == topicMeasure
		}
		i++
	}
	return false
}

// endsWord reports whether the rune at start ends a word that the lexicon does not
// have, since an unknown one is before it.
func endsWord(runes []rune, start int, terms []found, i int) bool {
	return start > 0 && unicode.Is(unicode.Han, runes[start-1]) && (i == 0 || terms[i-1].end < start)
}

// namesCard reports whether term i, an ID card, says only which document the
// following name is taken from: 身份证姓名, 身份证的姓名.
func namesCard(terms []found, i int) bool {
	for _, next := range terms[i+1:] {
		if next.start != terms[i].end {
			return false
		}
		if next.term != "的" {
			return next.topic == topic(finding.Name)
		}
		i++
	}
	return false
}

// unheardRole returns the person's part that a text is as a whole, if the
// lexicon does not have it: 取餐人, 请输入审批人. Every program makes up new parts.
func unheardRole(runes []rune, terms []found) string {
	start := 0
	for start < len(runes) && !unicode.IsLetter(runes[start]) {
		start++ // * 审批人
	}
	for _, t := range terms {
		if t.topic != topicNeutral {
			return ""
		}
		if t.start == start && (t.end-t.start > 1 || t.term == "请") {
			start = t.end // 请输入
		}
	}
	part := strings.Trim(string(runes[start:]), " *＊:：")
	if !unheard.MatchString(part) {
		return ""
	}
	return part
}

// unheard is a person's part, but no number of people (可住几人).
var (
	unheard       = regexp.MustCompile(`^[^\P{Han}几每多的]{2,3}人$`)
	unheardBefore = regexp.MustCompile(`[^\P{Han}几每多的个入写]{2,3}人$`) // 共借人名称
)

// stated ends before a part that the text asks about, or gives to the reader, and
// which therefore asks for no name: 是否业主, 我是车主.
var stated = regexp.MustCompile(`是(否|不是)?为?$`)

// deeds are words that make a person's part the heading of a page: 会员注册.
var deeds = spelling.Set("注册 登录 登陆 认证 实名认证 绑定 编辑 修改 管理 识别 验证码登录 信息")

func termAt(terms []found, start int) bool {
	for _, t := range terms {
		if t.start == start {
			return true
		}
	}
	return false
}

// named reports whether term i has a term of topic t directly before it.
func named(terms []found, i int, t topic) bool {
	for j := i - 1; j >= 0; j-- {
		if terms[j].end != terms[j+1].start {
			return false
		}
		if terms[j].topic == t {
			return true
		}
		if terms[j].topic != topicNeutral && terms[j].topic != topicCalled {
			return false
		}
	}
	return false
}

// adjoins reports whether there is nothing of weight between two places.
func adjoins(runes []rune, end, start int) bool {
	return strings.Trim(string(runes[end:start]), "的之 ") == ""
}

func hasLatin(runes []rune) bool {
	for _, r := range runes {
		if ('a' <= r && r <= 'z') || ('A' <= r && r <= 'Z') {
			return true
		}
	}
	return false
}
