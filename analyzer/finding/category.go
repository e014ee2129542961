package finding

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
)

// Category is a category of personal information: a row of categories.txt.
type Category string

// The categories that Go code names.
const (
	Name   Category = "name"
	Phone  Category = "phone"
	Email  Category = "email"
	IDCard Category = "idcard"

	Nickname   Category = "nickname"
	Address    Category = "address"
	Position   Category = "location"
	Contacts   Category = "contacts"
	Media      Category = "media"
	File       Category = "file"
	Voice      Category = "voice"
	Camera     Category = "camera"
	Biometric  Category = "biometric"
	Health     Category = "health"
	Device     Category = "device"
	Clipboard  Category = "clipboard"
	Calendar   Category = "calendar"
	Bluetooth  Category = "bluetooth"
	Invoice    Category = "invoice"
	Plate      Category = "plate"
	Identifier Category = "identifier"
	BankCard   Category = "bankcard"
	BirthDate  Category = "birthdate"
	Gender     Category = "gender"
	Religion   Category = "religion"
	Ethnicity  Category = "ethnicity"
	Marital    Category = "marital"
	Messenger  Category = "messenger"
	Roster     Category = "roster"
)

// Categories lists every category: those that trigger filing, then the wider
// ones. Reports keep this order.
func Categories() CategoryList { return slices.Clone(categories().order) }

// Known reports whether c is one of Categories.
func (c Category) Known() bool { return categories().facts[c] != nil }

// Title returns the name of c for people, such as 手机号 and "phone number". A
// category that is not known is its own title.
func (c Category) Title() lang.Text {
	if f := categories().facts[c]; f != nil {
		return f.title
	}
	return lang.Both(string(c), string(c))
}

// One names one datum of c in a sentence, such as "an ID number". A category whose
// name has no plural takes no article: "clipboard".
func (c Category) One() lang.Text {
	if f := categories().facts[c]; f != nil {
		return f.one
	}
	return c.Title()
}

// Triggers reports whether collecting c triggers filing.
func (c Category) Triggers() bool {
	f := categories().facts[c]
	return f != nil && f.filing
}

// Sensitive reports whether c is sensitive personal information (PIPL 28) however it
// is collected.
func (c Category) Sensitive() bool {
	f := categories().facts[c]
	return f != nil && f.sensitive
}

// PrivacyKey returns the entry of the WeChat privacy guide under which c is
// declared if a form asks for it, such as "PhoneNumber"; "" if the guide has none.
func (c Category) PrivacyKey() string {
	if f := categories().facts[c]; f != nil {
		return f.key
	}
	return ""
}

// PrivacyEntry is PrivacyKey, or the name of the entry that developers add
// because the guide has none, such as "姓名"; "" for neither.
func (c Category) PrivacyEntry() string {
	if f := categories().facts[c]; f != nil {
		return f.key + f.own
	}
	return ""
}

//go:embed categories.txt
var categoriesText string

// categoryTable is categories.txt.
type categoryTable struct {
	order CategoryList
	facts map[Category]*categoryFacts
}

type categoryFacts struct {
	title     lang.Text
	one       lang.Text // "a phone number"
	plural    lang.Text // "phone numbers"
	filing    bool
	sensitive bool
	key, own  string // at most one of them is set
}

var categories = sync.OnceValue(func() *categoryTable {
	t, err := parseCategories(categoriesText)
	if err != nil {
		panic("finding: " + err.Error()) // the table is part of the program; a test loads it
	}
	return t
})

func parseCategories(text string) (*categoryTable, error) {
	t := &categoryTable{facts: map[Category]*categoryFacts{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '@' {
			continue
		}
		words, en, ok := strings.Cut(line, " | ")
		f := strings.Fields(words)
		if !ok || len(f) != 3 {
			return nil, fmt.Errorf("bad category %q: want its name, facts, and words in Chinese | in English | in the plural", line)
		}
		one, many, varies := strings.Cut(en, " | ")
		single := one
		switch {
		case !varies:
			many = one
		case strings.ContainsAny(one[:1], "aeiouAEIOU"):
			single = "an " + one
		default:
			single = "a " + one
		}
		c, row := Category(f[0]), &categoryFacts{title: lang.Both(f[2], one), one: lang.Both(f[2], single), plural: lang.Both(f[2], many)}
		if t.facts[c] != nil {
			return nil, fmt.Errorf("category %s is listed twice", c)
		}
		for fact := range strings.SplitSeq(f[1], ",") {
			switch name, value, _ := strings.Cut(fact, "="); name {
			case "-":
			case "filing":
				row.filing = true
			case "sensitive":
				row.sensitive = true
			case "key":
				row.key = value
			case "own":
				row.own = value
			default:
				return nil, fmt.Errorf("category %s: unknown fact %q", c, fact)
			}
		}
		if row.key != "" && row.own != "" {
			return nil, fmt.Errorf("category %s has both a key of the guide and an entry of its own", c)
		}
		t.order, t.facts[c] = append(t.order, c), row
	}
	return t, nil
}
