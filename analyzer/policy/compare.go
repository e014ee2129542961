package policy

import (
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
	Differences []Difference
}

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
			d.Message = lang.Textf("文本说不收集%[1]s，代码收集", "the text denies collecting %[1]s, but the code collects them", title)
		case collected && !told:
			d.Kind = Untold
			d.Message = lang.Textf("代码收集%[1]s，文本没有写", "the code collects %[1]s, which the text does not say", title)
		case told && !collected:
			d.Kind, d.Sentence = Unshown, c.claim(category, false).Sentence
			d.Message = lang.Textf("文本说收集%[1]s，代码中未发现；是否在服务端、插件或线下收集？",
				"the text says that %[1]s are collected, which the code does not show: does a server, a plugin or a person collect them?",
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
			if s := platform.ServiceByHost(fl.Sink.Host); s != nil && shown[s] == (source.Location{}) {
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
		}
		switch {
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
			if len([]rune(name)) >= 3 && strings.Contains(sentence.Text, name) {
				return sentence, true
			}
		}
	}
	return Sentence{}, false
}

// rightWords are the words of the rights that verdict.RightsShown lists, in its order.
var rightWords = [][]string{
	{"注销", "删除账", "close your account", "delete your account"}, {"撤回", "撤销", "取消授权", "withdraw"},
	{"更正", "修改", "查询", "查阅", "查看", "correct", "access"}, {"复制", "副本", "导出", "copy", "export"},
}

func (c *comparer) rights() {
	titles, places := verdict.RightsShown(c.facts)
	for i, title := range titles {
		told := slices.ContainsFunc(c.text.Sentences, func(s Sentence) bool {
			return slices.ContainsFunc(rightWords[i], func(w string) bool { return strings.Contains(s.Text, w) })
		})
		switch {
		case told:
			c.out.Rights = append(c.out.Rights, title)
		case places[i] != nil:
			c.add(Difference{Kind: Right, Location: places[i].Location,
				Message: lang.Textf("代码有“%[1]s”的入口，文本没有写", "the code has a way to %[1]s, which the text does not mention", title)})
		}
	}
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
		if !slices.ContainsFunc(c.text.Sentences, func(s Sentence) bool { return p.pattern.MatchString(s.Text) }) {
			c.add(Difference{Kind: MissingPart,
				Message: lang.Textf("缺少：%[1]s（%[2]s）", "missing: %[1]s (%[2]s)", p.title, law.Cite("pipl", p.article).Brief())})
		}
	}
}

// Differs reports whether some difference fails a check.
func (c *Comparison) Differs() bool {
	return slices.ContainsFunc(c.Differences, func(d Difference) bool { return d.Kind.Faults() })
}
