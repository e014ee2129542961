package verdict

import "github.com/beian/beian/analyzer/finding"

// Answer is what a rulebook asks of the operator.
type Answer string

// The answers.
const (
	Required    Answer = "required"
	NotRequired Answer = "not-required"
	NeedsInput  Answer = "needs-input" // the reasons say what has to be known
)

// Ruling is the answer of one rulebook for one program.
type Ruling struct {
	ID      string
	Title   finding.Text
	Status  Answer
	Basis   []Basis
	Reasons []finding.Text
}

// Basis is a text of law or a document that a rulebook rests on.
type Basis struct {
	Law     finding.Text
	Article string // "" for the whole
	Date    string // in force, or made: YYYY-MM-DD
	Source  string // where the text was read
}

// rulebook is a set of rules with one answer. A new one is a literal in its own
// file and one line in rulebooks.
type rulebook struct {
	id    string
	title finding.Text
	basis []Basis
	judge func(Input, PersonalInformation) (Answer, []finding.Text)
}

// rulebooks in the order of reports.
var rulebooks = []rulebook{article, miit105}

func (b rulebook) rule(in Input, pi PersonalInformation) Ruling {
	status, reasons := b.judge(in, pi)
	return Ruling{ID: b.id, Title: b.title, Status: status, Basis: b.basis, Reasons: reasons}
}
