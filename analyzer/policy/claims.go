package policy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/finding"
)

// Sentence is a sentence of a policy.
type Sentence struct {
	Text string
	Line int // from 1
}

// Claim is what a sentence says of a category.
type Claim struct {
	Category finding.Category
	Sentence
	Denied  bool   // that it is not collected
	Purpose string // as the sentence says; "" if it says none
}

var (
	ends    = pattern(`[^。！？；!?;\n]*[。！？；!?;\n]?`)
	english = pattern(`(\.)\s+([A-Z])`)
	clauses = pattern(`[^，,：:（）()｜]+`)

	// numbered begins a heading or an item: 一、（二）3. 4、(5) •
	numbered = pattern(`^(?:第?[一二三四五六七八九十]+[、.．章条节]|[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)*[、.．)）]?\s*|[•·●◆■▪\-*+–—]\s*|[a-zA-Z][.)、]\s*|[①-⑳])`)

	// collects are the words for handling what belongs to a person.
	collects = pattern(`收集|采集|获取|获得|读取|提供|填写|输入|使用|记录|存储|储存|保存|上传|授权|访问|登记|处理|调用|索取|申请|绑定|录入|提交|需要您|需要你|要求您|要求你|要求用户|留存|接收|共享|选择|开启|收到|补充|完善|展示|识别|(?i:collect|provide|receive|process|store|obtain|access|enter|submit|gather|request|ask for|record)`)

	// denies says that something is not collected; not: if you do not provide it.
	denies = pattern(`(?:不会|不|未|无需|无须|没有|并不|从不|绝不|不再|毋需|勿)(?:主动|直接|向您|向你|强制|额外|另外|再|曾|会|要求您|要求你|需要您|需要你|以任何方式|通过任何方式){0,3}(?:收集|获取|采集|读取|存储|保存|记录|索取|访问|涉及|上传|留存|申请|需要|提供您的|填写|处理)|(?i:\b(?:do|does|will|did) not (?:\w+ )?(?:collect|store|access|request|ask|gather|obtain|record)|\bnever (?:collect|store|access)|\bno need to)`)
	unless = pattern(`如果|若|如您|如你|倘若|一旦|假如|拒绝|(?i:\bif you\b)`)

	// notUsed says what something is not used for, or not decided by: 不会用于人脸识别.
	notUsed = pattern(`(?:不会|不得|绝不|从不|不)(?:被)?(?:用于|用作|根据|基于|依据|利用)`)
	example = pattern(`^(?:例如|比如|譬如|如|包括|诸如)`)

	// cardPictures are pictures of one kind: to deny those denies no others.
	cardPictures = pattern(`(身份证|证件|人脸|面部)(?:照片|照|视频|图片|图像)`)

	// handsOn denies that something is passed on, which says nothing of collecting it.
	handsOn = pattern(`(?:不会|不得|不|未经|禁止|绝不)\S{0,30}(?:共享|出售|出租|披露|泄露|公开|转让|第三方|他人|任何公司|透露)`)

	// defines explains what personal information is in law.
	defines = pattern(`(?:个人信息|敏感信息|个人敏感信息|隐私信息)[^，。]{0,12}(?:是指|指的是|，?指以|指一旦|，指|是以电子)|一旦(?:泄露|遭到)|可能(?:会)?(?:被认为是|被视为|属于|涉及)(?:个人)?敏感(?:个人)?信息|包括但不限于\S{0,10}(?:行踪轨迹|宗教)|(?i:personal (?:information|data) (?:means|refers to))`)

	// deniesAll denies what the sentence named before: …, we do not store any of this.
	deniesAll = pattern(`(?:不会|不|未|并不)(?:主动|直接)?(?:收集|获取|采集|读取|存储|保存|记录|获取或存储|收集或存储|接触)\S{0,6}(?:此类|该类|这类|上述|以上|该等|这些)`)

	// contacts is where the operator tells how to reach it.
	contacts = pattern(`联系我们|与我们联系|联系方式(?:如下|：|:|与我们)|客服(?:电话|邮箱|热线)|(?:发送|发)(?:邮件|至)|致电|拨打|[\w.-]+@[\w.-]+|(?:邮箱|电话|地址)\s*[:：]\s*[\w【\[（(]|注册地址|办公地址|通讯地址[:：]|(?i:contact us|write to|e-?mail us)`)

	// literal is contact data itself: that is never what is collected.
	literal = pattern(`[\w.-]+@[\w.-]+|\d{3,4}-?\d{7,8}|1[3-9]\d{9}|400-?\d{3}`)

	contactHeading = pattern(`联系|反馈|投诉|(?i:contact)`)
	collectHeading = pattern(`收集|使用|获取|处理|采集|权限|信息类型|SDK|第三方|共享|(?i:collect|information we|use of|permission)`)
	elsewhere      = pattern(`权利|管理您|管理你|删除|注销|未成年|儿童|更新|变更|修订|安全|保护您|定义|适用范围|法律|(?i:rights|children|security|changes|definition)`)

	purposes = pattern(`(?:(?:^|[^适])用于|为了|以便于?|目的是|目的为|目的：|以实现|用来|用作|以(?:提供|供|向|完成|保障|确保|帮助))([^，,。；、｜（）()：:]{2,30})|(?i:in order to|to|for) ([a-z][^.,;]{3,60})`)
)

// Text is a policy, sentence by sentence.
type Text struct {
	Sentences []Sentence
	Claims    []Claim
}

// Parse reads what the lines of a policy say.
func Parse(lines []Line) *Text {
	p := &parser{text: &Text{}}
	for _, line := range lines {
		p.line(line)
	}
	return p.text
}

// parser knows what the lines before have begun.
type parser struct {
	text *Text

	section section
	lead    bool // the sentence before introduced a list of what is collected
	denied  bool // … of what is not
	purpose string
}

// section is what a heading says that the text below is about.
type section uint8

const (
	otherSection section = iota
	collectSection
	contactSection
	awaySection // rights, security, changes: what is named there is not said to be collected
)

// maxHeading is the length in characters up to which a line without an end is a heading.
const maxHeading = 28

func (p *parser) line(l Line) {
	text := strings.TrimSpace(l.Text)
	if text == "" {
		return
	}
	bare := strings.TrimSpace(numbered().ReplaceAllString(text, ""))
	plainEnd := !strings.ContainsAny(lastRune(text), "。！？；，、,：:!?;.")
	isNumbered := bare != text && !strings.HasPrefix(text, "-") && !strings.HasPrefix(text, "*") && !strings.HasPrefix(text, "•")
	short := utf8.RuneCountInString(bare) <= maxHeading
	if l.Heading || short && plainEnd && isNumbered && len(named(bare)) == 0 {
		p.text.Sentences = append(p.text.Sentences, Sentence{text, l.Number})
		p.heading(bare)
		return
	}
	for _, s := range ends().FindAllString(english().ReplaceAllString(text, "$1\n$2"), -1) {
		if s = strings.TrimSpace(s); s != "" {
			p.sentence(Sentence{s, l.Number})
		}
	}
}

func lastRune(s string) string {
	r, _ := utf8.DecodeLastRuneInString(s)
	return string(r)
}

func (p *parser) heading(text string) {
	p.lead, p.denied, p.purpose = false, false, ""
	switch {
	case contactHeading().MatchString(text):
		p.section = contactSection
	case collectHeading().MatchString(text) && !elsewhere().MatchString(text):
		p.section = collectSection
	case elsewhere().MatchString(text):
		p.section = awaySection
	default:
		p.section = otherSection
	}
}

// sentence records what a sentence says. A sentence that ends in a colon introduces the
// lines below it.
func (p *parser) sentence(s Sentence) {
	p.text.Sentences = append(p.text.Sentences, s)
	introduces := strings.ContainsAny(lastRune(s.Text), "：:")
	if !introduces && len(named(s.Text)) == 0 {
		return // most sentences; what follows costs more
	}
	if defines().MatchString(s.Text) {
		p.lead = false
		return
	}
	says := collects().MatchString(s.Text)
	about := context{
		Sentence: s, says: says, inSection: p.section == collectSection || p.lead, deniesAll: deniesAll().MatchString(s.Text),
		purpose: purposeOf(s.Text), first: len(p.text.Claims),
	}
	about.contact = p.section == contactSection || literal().MatchString(s.Text) || !about.inSection && contacts().MatchString(s.Text)
	unused := false
	for _, clause := range clauses().FindAllString(s.Text, -1) {
		unused = notUsed().MatchString(clause) || unused && example().MatchString(clause)
		if !unused {
			p.clause(&about, clause)
		}
	}
	if introduces {
		p.lead = says && !contacts().MatchString(s.Text) && p.section != awaySection || p.section == collectSection
		p.denied = isDenied(s.Text)
	}
}

func isDenied(text string) bool { return denies().MatchString(text) && !unless().MatchString(text) }

// context is what holds for all clauses of a sentence.
type context struct {
	Sentence
	says      bool // it has a word for collecting
	inSection bool // what it names is collected even without such a word
	contact   bool // it tells how to reach the operator
	deniesAll bool
	purpose   string
	first     int // number of claims before it
}

func (p *parser) clause(s *context, clause string) {
	denied := isDenied(clause) || p.denied && p.lead || s.deniesAll
	if denied {
		clause = cardPictures().ReplaceAllString(clause, "$1")
	}
	all := named(clause)
	switch {
	case len(all) == 0:
		return
	case handsOn().MatchString(clause) && !denied:
		return
	case !denied && !s.inSection && (!s.says || p.section == awaySection):
		return
	}
	for _, c := range all {
		if s.contact && (c == finding.Phone || c == finding.Email || c == finding.Address || c == "messenger") {
			continue
		}
		claim := Claim{c, s.Sentence, denied, s.purpose}
		if !slices.Contains(p.text.Claims[s.first:], claim) {
			p.text.Claims = append(p.text.Claims, claim)
		}
	}
}

// refers is a purpose that is only announced: for the following purposes.
var refers = pattern(`^(?:以下|下列|下述|上述|其他|其它|任何)`)

func purposeOf(sentence string) string {
	m := purposes().FindStringSubmatch(sentence)
	if m == nil || refers().MatchString(m[1]) {
		return ""
	}
	return strings.TrimSpace(m[1] + m[2])
}

// Collected are the categories that the text says are collected, in order, and those that it
// only denies.
func (t *Text) Collected() (collected, denied finding.CategoryList) {
	says := map[finding.Category]bool{}
	for _, c := range t.Claims {
		says[c.Category] = says[c.Category] || !c.Denied
	}
	for _, c := range finding.Categories() {
		positive, named := says[c]
		switch {
		case positive:
			collected = append(collected, c)
		case named:
			denied = append(denied, c)
		}
	}
	return collected, denied
}
