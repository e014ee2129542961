package verdict

import (
	"slices"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// Answer is what a rulebook asks of the operator.
type Answer string

// The answers.
const (
	Required    Answer = "required"
	NotRequired Answer = "not-required"
	NeedsInput  Answer = "needs-input" // the reasons ask for what is missing
)

// Rulebook is what is known about a set of rules apart from any program.
type Rulebook struct {
	ID          string
	Title       lang.Text
	Document    law.Document // the document that it applies; if it rests on several, each with its own date, only the Issuer
	Basis       []law.Citation
	Condition   lang.Text // when it applies
	Consequence lang.Text // what it then asks for
	Blind       lang.Text // what code cannot tell about it
}

// Ruling is the answer of one rulebook for one program.
type Ruling struct {
	Rulebook
	Status  Answer
	Reasons []lang.Text
	Duties  []Duty      // if the rulebook has several: each with its own answer
	Differs []lang.Text // what the law in force says, if that differs
	Told    lang.Text   // says what Status says in words of its own; zero if there are none
}

// State is the status in words: whether the rulebook applies.
func (r *Ruling) State() lang.Text {
	if r.Told != (lang.Text{}) {
		return r.Told
	}
	return rulingWords[r.Status]
}

// State is the status in words: whether the duty is to be done.
func (d *Duty) State() lang.Text { return dutyWords[d.Status] }

var rulingWords = map[Answer]lang.Text{
	Required:    lang.Both("适用", "applies"),
	NotRequired: lang.Both("不适用", "does not apply"),
	NeedsInput:  lang.Both("待补充", "to be answered"),
}

var dutyWords = map[Answer]lang.Text{
	Required:    lang.Both("须办理", "required"),
	NotRequired: lang.Both("不适用", "does not apply"),
	NeedsInput:  lang.Both("待补充", "to be answered"),
}

// unseen is the State of a rulebook that does not apply only because nothing was found
// that it is about: nobody said so.
var unseen = lang.Both("不适用（未发现）", "does not apply (none found)")

// Duty is one duty of a rulebook that has several.
type Duty struct {
	Title   lang.Text
	Article string // "55, 56"
	Status  Answer
	Reasons []lang.Text
}

// rulebook is a Rulebook with the code of its condition. A new one is a literal
// in its own file and one line in rulebooks.
type rulebook struct {
	Rulebook
	judge func(in Input, pi PersonalInformation, r *Ruling)

	// domestic is set if it covers what is run or handled in mainland China, or aimed at
	// people there, and judge does not look at Inputs.Mainland itself.
	domestic bool
}

// rulebooks in the order of reports.
var rulebooks = []rulebook{article, miit105, publicSecurity, preApproval, privacyGuide, necessary, smallHandlers, pipl, thresholds,
	cybersecurity}

func (b rulebook) rule(in Input, pi PersonalInformation) Ruling {
	r := Ruling{Rulebook: b.Rulebook}
	b.judge(in, pi, &r)
	if r.Status == "" {
		r.Status = strongest(r.Duties)
	}
	if b.domestic && in.Inputs.Mainland == No && r.Status != NotRequired {
		r.Status, r.Told = NeedsInput, lang.Text{}
		r.Reasons = slices.Insert(r.Reasons, 0, elsewhere)
	}
	return r
}

// elsewhere is asked of a program that is not served in mainland China. PIPL art. 3: what
// is handled in China, and what is handled abroad of people in China to serve them or to
// judge what they do; Measures on Internet Information Services art. 2: services in China.
var elsewhere = lang.Both("输入说明不在中国内地提供服务：在境内运营、处理信息，或者面向境内个人的仍适用，请确认；以下按适用列出",
	"the input says that it is not served in mainland China: is it run there, is information handled there, or is it aimed at people there? only then this applies, and what follows assumes so")

// strongest is the answer of a rulebook whose duties have answers of their own.
func strongest(duties []Duty) Answer {
	status := NotRequired
	for _, d := range duties {
		switch {
		case d.Status == Required:
			return Required
		case d.Status == NeedsInput:
			status = NeedsInput
		}
	}
	return status
}

// answer sets the status and adds a reason.
func (r *Ruling) answer(status Answer, zh, en string) {
	r.Status = status
	r.because(zh, en)
}

func (r *Ruling) because(zh, en string) {
	r.Reasons = append(r.Reasons, lang.Both(zh, en))
}

// nothing is the answer if no collection was found; files that were not read may
// still collect.
func (r *Ruling) nothing(pi PersonalInformation, zh, en string) {
	if pi.Status == Undetermined {
		r.answer(NeedsInput, "是否收集个人信息尚不确定，请先核对上面列出的位置", "it is not certain whether personal information is collected: check the places listed above first")
		return
	}
	r.answer(NotRequired, zh, en)
	r.Told = unseen
}

func (r *Ruling) duty(zh, en, article string, status Answer, because ...lang.Text) {
	r.Duties = append(r.Duties, Duty{lang.Both(zh, en), article, status, because})
}
