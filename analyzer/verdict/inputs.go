package verdict

import "github.com/beian/beian/analyzer/lang"

// Operator is who runs the program.
type Operator string

// The operators. The zero value stands for "not known".
const (
	Unknown      Operator = ""
	Individual   Operator = "individual"
	Enterprise   Operator = "enterprise"
	Organisation Operator = "organisation" // public institutions, associations, government
)

// Operators lists the operators that can be named.
func Operators() []Operator { return []Operator{Individual, Enterprise, Organisation} }

// Answered is a question with yes or no for an answer. The zero value stands for
// "not known".
type Answered string

// The answers.
const (
	Yes Answered = "yes"
	No  Answered = "no"
)

// Inputs are what code cannot tell and a person has to say. The zero value of
// each stands for "not known"; a rulebook that needs one asks for it.
type Inputs struct {
	Operator      Operator
	OperatorName  string   // as on the certificate
	Responsible   string   // the person responsible for the mini program
	FilingNumber  string   // where it has been filed already
	PrivacyPolicy string   // address or place of the policy, where it is not in the code
	AppType       string   // one of AppTypes, by ID
	Mainland      Answered // is it served in mainland China?
	Minors        Answered // are persons under 18 among its users?
	Children      Answered // are children under 14 among them?
	Commercial    Answered // does it offer paid information or services? (经营性)
	CrossBorder   Answered // does personal information leave mainland China?

	Persons         *int64 // persons whose information is handled
	Faces           *int64 // persons whose faces are stored
	Abroad          *int64 // persons whose non-sensitive information went abroad since 1 January
	AbroadSensitive *int64 // the same, sensitive information
}

// Title returns what people call o.
func (o Operator) Title() lang.Text {
	switch o {
	case Individual:
		return lang.Both("个人", "individual")
	case Enterprise:
		return lang.Both("企业", "enterprise")
	case Organisation:
		return lang.Both("其他组织", "organisation")
	}
	return lang.Both("未知", "unknown")
}
