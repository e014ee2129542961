package session

import (
	"encoding/json"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/verdict"
)

// Question is a question that code does not answer: a field of the page's form and a key
// of beian.yaml below operator.
type Question struct {
	Key     string   `json:"key"`
	Kind    string   `json:"kind"` // yes, choice, number or text
	Text    string   `json:"text"`
	Choices []Choice `json:"choices,omitempty"`
}

// Choice is an answer of a Question of kind choice.
type Choice struct {
	Value string `json:"value"`
	Text  string `json:"text"`
}

// question is a Question with the place of its answer in verdict.Inputs.
type question struct {
	key, kind string
	text      lang.Text
	yes       func(*verdict.Inputs) *verdict.Answered
	number    func(*verdict.Inputs) **int64
	words     func(*verdict.Inputs) *string
}

var questions = []question{
	{key: "type", kind: "choice", text: lang.Both("主办者", "operator"),
		words: func(i *verdict.Inputs) *string { return (*string)(&i.Operator) }},
	{key: "name", kind: "text", text: lang.Both("主办者名称（与证件一致）", "name of the operator, as on the certificate"),
		words: func(i *verdict.Inputs) *string { return &i.OperatorName }},
	{key: "responsible", kind: "text", text: lang.Both("负责人", "person responsible"),
		words: func(i *verdict.Inputs) *string { return &i.Responsible }},
	{key: "app-type", kind: "choice", text: lang.Both("服务类型", "type of service"),
		words: func(i *verdict.Inputs) *string { return &i.AppType }},
	{key: "filing-number", kind: "text", text: lang.Both("备案号（已备案时）", "filing number, if it has been filed"),
		words: func(i *verdict.Inputs) *string { return &i.FilingNumber }},
	{key: "privacy-policy", kind: "text", text: lang.Both("隐私政策的地址或页面", "address or page of the privacy policy"),
		words: func(i *verdict.Inputs) *string { return &i.PrivacyPolicy }},
	{key: "mainland", kind: "yes", text: lang.Both("在中国内地提供服务？", "served in mainland China?"),
		yes: func(i *verdict.Inputs) *verdict.Answered { return &i.Mainland }},
	{key: "commercial", kind: "yes", text: lang.Both("提供有偿的信息或服务（经营性）？",
		"does it offer paid information or services?"), yes: func(i *verdict.Inputs) *verdict.Answered { return &i.Commercial }},
	{key: "minors", kind: "yes", text: lang.Both("有不满 18 周岁的用户？", "users under 18?"),
		yes: func(i *verdict.Inputs) *verdict.Answered { return &i.Minors }},
	{key: "children", kind: "yes", text: lang.Both("有不满 14 周岁的用户？", "users under 14?"),
		yes: func(i *verdict.Inputs) *verdict.Answered { return &i.Children }},
	{key: "cross-border", kind: "yes", text: lang.Both("向境外提供个人信息？", "does personal information go abroad?"),
		yes: func(i *verdict.Inputs) *verdict.Answered { return &i.CrossBorder }},
	{key: "persons", kind: "number", text: lang.Both("处理多少人的个人信息", "persons whose information is handled"),
		number: func(i *verdict.Inputs) **int64 { return &i.Persons }},
	{key: "faces", kind: "number", text: lang.Both("存储多少人的人脸信息", "persons whose faces are stored"),
		number: func(i *verdict.Inputs) **int64 { return &i.Faces }},
	{key: "abroad", kind: "number", text: lang.Both("今年已向境外提供多少人的个人信息（不含敏感）",
		"persons whose non-sensitive information went abroad this year"), number: func(i *verdict.Inputs) **int64 { return &i.Abroad }},
	{key: "abroad-sensitive", kind: "number", text: lang.Both("今年已向境外提供多少人的敏感个人信息",
		"the same, sensitive information"), number: func(i *verdict.Inputs) **int64 { return &i.AbroadSensitive }},
}

// Questions are the fields of the form, in one language.
func Questions(in lang.Code) []Question {
	out := make([]Question, len(questions))
	for i, q := range questions {
		out[i] = Question{Key: q.key, Kind: q.kind, Text: q.text.In(in)}
		switch q.key {
		case "type":
			for _, o := range verdict.Operators() {
				out[i].Choices = append(out[i].Choices, Choice{string(o), o.Title().In(in)})
			}
		case "app-type":
			for _, t := range verdict.AppTypes() {
				out[i].Choices = append(out[i].Choices, Choice{t.ID, t.Title.In(in)})
			}
		}
	}
	return out
}

// answers are the answers of the form by key: a text, a truth or a number.
type answers map[string]any

func parseAnswers(text string) (answers, error) {
	a := answers{}
	if text == "" {
		return a, nil
	}
	err := json.Unmarshal([]byte(text), &a)
	return a, err
}

// ParseAnswers reads the answers of the form, JSON by key. What is missing or of another
// kind is not answered.
func ParseAnswers(text string) (verdict.Inputs, error) {
	var in verdict.Inputs
	a, err := parseAnswers(text)
	if err != nil {
		return in, err
	}
	for _, q := range questions {
		switch said := a[q.key].(type) {
		case string:
			if q.words != nil {
				*q.words(&in) = said
			}
		case bool:
			if q.yes != nil {
				*q.yes(&in) = map[bool]verdict.Answered{true: verdict.Yes, false: verdict.No}[said]
			}
		case float64:
			if n := int64(said); q.number != nil && said >= 0 {
				*q.number(&in) = &n
			}
		}
	}
	return in, nil
}

// Settings gives the answers as a beian.yaml, so that the command has them, too.
func Settings(text string) ([]byte, error) {
	a, err := parseAnswers(text)
	if err != nil {
		return nil, err
	}
	operator := &yaml.Node{Kind: yaml.MappingNode}
	for _, q := range questions {
		said, given := a[q.key]
		if n, whole := said.(float64); whole {
			said = int64(n)
		}
		if !given || said == "" || slices.Contains([]any{nil}, said) {
			continue
		}
		var value yaml.Node
		if err := value.Encode(said); err != nil {
			return nil, err
		}
		operator.Content = append(operator.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: q.key}, &value)
	}
	return yaml.Marshal(map[string]*yaml.Node{"operator": operator})
}
