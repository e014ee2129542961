package policy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// Kind is what is wrong between a policy and the code.
type Kind string

// The kinds. Those from Unshown on are for a person to check: they are no fault.
const (
	Untold      Kind = "collected-not-told"   // the code collects it, the text does not say so
	Denied      Kind = "collected-but-denied" // the text says that it is not collected
	MissingPart Kind = "part-missing"         // the law asks for it
	NoRecipient Kind = "recipient-not-told"   // a known service gets data, the text does not name it
	Unshown     Kind = "told-not-shown"       // the text says so, the code does not show it
	NoPurpose   Kind = "no-purpose"           // the text says what, and not what for
	Right       Kind = "right-not-told"       // the code has a way for it, the text does not say so
	OtherParty  Kind = "recipient-not-shown"  // the text names a service that the code does not show
)

// Faults reports whether a difference fails a check.
func (k Kind) Faults() bool {
	return slices.Contains([]Kind{Untold, Denied, MissingPart, NoRecipient}, k)
}

// Difference is one difference between a policy and the code.
type Difference struct {
	Kind     Kind
	Category finding.Category // "" if it is about no category
	Message  lang.Text
	Sentence Sentence        // of the policy; zero if it has none
	Location source.Location // in the code; zero if it has none
}

// Comparison is what a policy says beside what the code does.
type Comparison struct {
	Told        finding.CategoryList // what the text says is collected
	Denied      finding.CategoryList // … is not
	Collected   finding.CategoryList // what the code collects
	Claims      []Claim
	Recipients  []string // services that the text names
	Rights      []lang.Text
	Named       []Named // the same, and the parts that the law asks for, with their sentences
	Differences []Difference
}

// Named is something that the text says, by the sentence that says it.
type Named struct {
	What     NamedKind
	Title    lang.Text
	Sentence Sentence
}

// NamedKind is what a Named is.
type NamedKind string

// The kinds.
const (
	NamedRecipient NamedKind = "recipient"
	NamedRight     NamedKind = "right"
	NamedPart      NamedKind = "part"
)

// Compare compares a policy with the findings and facts of a program.
func Compare(t *Text, all []finding.Finding, f facts.Facts) *Comparison {
	c := &comparer{text: t, found: verdict.Collection(all), facts: f, out: &Comparison{Claims: t.Claims}}
	c.out.Told, c.out.Denied = t.Collected()
	c.out.Collected = finding.CategoriesOf(c.found)
	c.categories()
	c.recipients()
	c.rights()
	c.parts()
	return c.out
}

type comparer struct {
	text  *Text
	found []*finding.Finding
	facts facts.Facts
	out   *Comparison
}

func (c *comparer) add(d Difference) { c.out.Differences = append(c.out.Differences, d) }

// claim is the first sentence about a category that says it is collected, or denies it.
func (c *comparer) claim(category finding.Category, denied bool) (claim Claim) {
	i := slices.IndexFunc(c.text.Claims, func(x Claim) bool { return x.Category == category && x.Denied == denied })
	if i >= 0 {
		claim = c.text.Claims[i]
	}
	return claim
}

// place is the first place of the code that collects a category.
func (c *comparer) place(category finding.Category) source.Location {
	for _, f := range c.found {
		if f.Category == category {
			return f.Location
		}
	}
	return source.Location{}
}

func (c *comparer) categories() {
	for _, category := range finding.Categories() {
		title := finding.CategoryList{category}.Title()
		told := slices.Contains(c.out.Told, category)
		denied := slices.Contains(c.out.Denied, category)
		collected := slices.Contains(c.out.Collected, category)
		d := Difference{Category: category, Location: c.place(category)}
		switch {
		case collected && denied:
			d.Kind, d.Sentence = Denied, c.claim(category, true).Sentence
			d.Message = lang.Textf("文本说不收集%[1]s，代码收集", "the text denies collecting %[1]s, which the code does collect", title)
		case collected && !told:
			d.Kind = Untold
			d.Message = lang.Textf("代码收集%[1]s，文本没有写", "the code collects %[1]s, which the text does not say", title)
		case told && !collected:
			d.Kind, d.Sentence = Unshown, c.claim(category, false).Sentence
			d.Message = lang.Textf("文本说收集%[1]s，代码中未发现；是否在服务端、插件或线下收集？",
				"the text says that it collects %[1]s, which the code does not show: does a server, a plugin or a person do so?",
				title)
		}
		if d.Kind != "" {
			c.add(d)
		}
		if told && collected && !slices.ContainsFunc(c.text.Claims, func(x Claim) bool {
			return x.Category == category &&
				x.Purpose != ""
		}) {
			c.add(Difference{Kind: NoPurpose, Category: category, Sentence: c.claim(category, false).Sentence,
				Message: lang.Textf("%[1]s：写了收集，没有看到用途", "%[1]s: said to be collected, but no purpose was seen", title)})
		}
	}
}

// recipients compares the services that get data, by the table of services, with those
// that the text names.
func (c *comparer) recipients() {
	shown := map[*platform.Service]source.Location{}
	for _, f := range c.found {
		for _, fl := range f.Flows {
			if s := verdict.ServiceOf(fl.Sink); s != nil && shown[s] == (source.Location{}) {
				shown[s] = fl.Sink.Location
			}
		}
	}
	for _, p := range c.facts.Plugins {
		if s := platform.ServiceByPackage(p.Provider); s != nil {
			shown[s] = p.Location
		}
	}
	for _, s := range platform.Services() {
		sentence, named := c.names(s)
		at, gets := shown[s]
		if named {
			c.out.Recipients = append(c.out.Recipients, s.Name.ZH)
			c.named(NamedRecipient, s.Name, sentence)
		}
		switch {
		case gets && !named && s.Keeps() && !s.Abroad(): // a processor that only keeps it need not be told (PIPL 21)
		case gets && !named:
			c.add(Difference{Kind: NoRecipient, Location: at,
				Message: lang.Textf("信息发往%[1]s，文本没有写", "data goes to %[1]s, which the text does not name", s.Name)})
		case named && !gets:
			c.add(Difference{Kind: OtherParty, Sentence: sentence,
				Message: lang.Textf("文本提到%[1]s，代码中未发现向它发送", "the text names %[1]s; the code was not seen to send anything there", s.Name)})
		}
	}
}

// names finds a sentence that names a service by its whole name, of three characters at
// least: shorter ones are common words.
func (c *comparer) names(s *platform.Service) (Sentence, bool) {
	for _, sentence := range c.text.Sentences {
		for _, name := range []string{s.Name.ZH, s.Name.EN} {
			name, _, _ = strings.Cut(name, "（")
			name, _, _ = strings.Cut(name, " (")
			if len([]rune(name)) >= 3 && strings.Contains(sentence.Text, name) {
				return sentence, true
			}
		}
	}
	return Sentence{}, false
}

// rightWords are how texts name the rights that verdict.RightsShown lists, in its order.
var rightWords = []func() *regexp.Regexp{
	pattern(`注销\S{0,8}[账帐][号户]|[账帐][号户]\S{0,6}注销|删除\S{0,4}[账帐][号户]|(?i:(?:close|delete) your account)`),
	pattern(`撤回|撤销(?:您|你|对|已|授权|同意)|取消授权|关闭\S{0,16}(?:权限|授权)|(?i:withdraw)`),
	pattern(`更正|查阅|(?:修改|编辑|查询|查看|访问|更新|补充|完善)\S{0,10}(?:信息|资料|数据|昵称|头像)|(?:信息|资料|数据)\S{0,6}(?:修改|编辑|查询|查看)|(?i:correct|access your)`),
	pattern(`复制|副本|导出|(?i:copy|export)`),
}

var (
	// grants is whom a right is given to.
	grants = pattern(`您|你|用户|个人信息主体|本人|(?i:\byou\b)`)

	// noRight is where such words speak of something else: of the policy, of what is forbidden.
	noRight = pattern(`禁止|复制\S{0,6}(?:联系|链接|文字|口令|地址|粘贴)|不得|严禁|未经|(?:修改|更新|查看|查阅|查询|修订)\S{0,6}(?:政策|协议|声明|指引|条款|规则)|(?:政策|协议|声明|指引|条款)\S{0,8}(?:修改|更新|修订)`)
)

// right finds a sentence that grants the right with an index in rightWords.
func (c *comparer) right(i int) (Sentence, bool) {
	for _, s := range c.text.Sentences {
		if !grants().MatchString(s.Text) {
			continue
		}
		for _, clause := range clauses().FindAllString(s.Text, -1) {
			if rightWords[i]().MatchString(clause) && !noRight().MatchString(clause) {
				return s, true
			}
		}
	}
	return Sentence{}, false
}

func (c *comparer) rights() {
	titles, places := verdict.RightsShown(c.facts)
	for i, title := range titles {
		sentence, told := c.right(i)
		switch {
		case told:
			c.out.Rights = append(c.out.Rights, title)
			c.named(NamedRight, title, sentence)
		case places[i] != nil:
			c.add(Difference{Kind: Right, Location: places[i].Location,
				Message: lang.Textf("代码有“%[1]s”的入口，文本没有写", "the code has a way to %[1]s, which the text does not mention", title)})
		}
	}
}

func (c *comparer) named(what NamedKind, title lang.Text, s Sentence) {
	c.out.Named = append(c.out.Named, Named{what, title, s})
}

// spaced is a blank beside a Chinese character: not less than 6 个月 is written both ways.
var spaced = pattern(`([\p{Han}，。：；、（）“”])\s+|\s+([\p{Han}，。：；、（）“”])`)

// part finds the sentence that says a part.
func (c *comparer) part(p part) (Sentence, bool) {
	i := slices.IndexFunc(c.text.Sentences, func(s Sentence) bool {
		return p.pattern.MatchString(s.Text) || p.pattern.MatchString(spaced().ReplaceAllString(s.Text, "$1$2"))
	})
	if i < 0 {
		return Sentence{}, false
	}
	return c.text.Sentences[i], true
}

// parts tells which parts that the law asks for are missing.
func (c *comparer) parts() {
	asked := map[string]bool{
		"if-sensitive": slices.ContainsFunc(c.found, verdict.Sensitive),
		"if-children":  len(c.facts.About(facts.Children)) > 0,
		"if-recipients": slices.ContainsFunc(c.found, func(f *finding.Finding) bool {
			return slices.ContainsFunc(f.Flows, func(fl finding.Flow) bool { return platform.ServiceByHost(fl.Sink.Host) != nil })
		}) || len(c.facts.Plugins) > 0,
		"if-abroad": slices.ContainsFunc(c.found, func(f *finding.Finding) bool {
			return slices.ContainsFunc(f.Flows, func(fl finding.Flow) bool { return verdict.Abroad(fl.Sink.Host) })
		}),
	}
	for _, p := range parts() {
		if strings.HasPrefix(p.key, "if-") && !asked[p.key] {
			continue
		}
		if sentence, told := c.part(p); told {
			c.named(NamedPart, p.title, sentence)
			continue
		}
		c.add(Difference{Kind: MissingPart,
			Message: lang.Textf("缺少：%[1]s（%[2]s）", "missing: %[1]s (%[2]s)", p.title, law.Cite("pipl", p.article).Brief())})
	}
}

// Differs reports whether some difference fails a check.
func (c *Comparison) Differs() bool {
	return slices.ContainsFunc(c.Differences, func(d Difference) bool { return d.Kind.Faults() })
}
