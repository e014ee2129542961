package verdict

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Operator is who runs the program.
type Operator string

// The operators. The zero value means "not known".
const (
	Unknown      Operator = ""
	Individual   Operator = "individual"
	Enterprise   Operator = "enterprise"
	Organisation Operator = "organisation" // public institutions, associations, government
)

// Operators lists the operators that can be named.
func Operators() []Operator { return []Operator{Individual, Enterprise, Organisation} }

// Answered is the answer to a question of yes or no. The zero value means "not
// known".
type Answered string

// The answers.
const (
	Yes Answered = "yes"
	No  Answered = "no"
)

// Inputs are what code cannot tell and a person has to say. The zero value of
// each means "not known"; a rulebook that needs one asks for it.
type Inputs struct {
	Operator      Operator
	OperatorName  string   // as on the certificate
	Responsible   string   // the person responsible for the mini program
	SubjectPerson string   // the person responsible for the operator, if it is another
	FilingNumber  string   // the record number if it has been filed already
	PrivacyPolicy string   // address or place of the policy, if it is not in the code
	AppType       string   // one of AppTypes, by ID
	Mainland      Answered // is it offered in mainland China?
	Minors        Answered // are some of its users under 18?
	Children      Answered // are some of them under 14?
	Commercial    Answered // does it offer paid information or services? (经营性)
	CrossBorder   Answered // does personal information leave mainland China?

	Persons         *int64 // people whose information is handled
	Faces           *int64 // people whose faces are stored
	Abroad          *int64 // people whose non-sensitive information went abroad since 1 January
	AbroadSensitive *int64 // the same, sensitive information

	Form []Filled // fields of the filing form, by key

	At []Said // where the settings say so, by key
}

// Filled is a field of the filing form that a person filled in.
type Filled struct {
	Key, Text string
}

// Field returns what was filled in under a key, or "".
func (i Inputs) Field(key string) string {
	for _, f := range i.Form {
		if f.Key == key {
			return f.Text
		}
	}
	return ""
}

// Said is where a person said something: the key of beian.yaml below operator.
type Said struct {
	Key      string // "cross-border"
	Location source.Location
}

// at returns where the settings give a key, or fallback if they do not.
func (i Inputs) at(key string, fallback source.Location) source.Location {
	for _, s := range i.At {
		if s.Key == key {
			return s.Location
		}
	}
	return fallback
}

// Title returns the name of o for people.
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
