package control

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/beian/beian/analyzer/finding"
)

//go:embed lexicon.txt
var lexiconText string

// Weight is how much a word says by itself.
type Weight uint8

const (
	None   Weight = iota // a topic without weight
	Weak                 // needs company
	Medium               // more likely than not
	Strong               // a label of its own
)

// topic is a category of personal information, or one of the topics below.
type topic string

const (
	topicRole     topic = "role"
	topicPerson   topic = "person"
	topicThing    topic = "thing"
	topicCalled   topic = "called"
	topicSearch   topic = "search"
	topicQuery    topic = "query"
	topicCode     topic = "code"
	topicPassword topic = "password"
	topicAccount  topic = "account"
	topicRemark   topic = "remark"
	topicOther    topic = "other"
	topicMessage  topic = "message"
	topicMeasure  topic = "measure"
	topicNeutral  topic = "neutral"
	topicVoid     topic = "void"
)

// category returns t as a category, or "" for the other topics.
func (t topic) category() finding.Category {
	if c := finding.Category(t); c.Known() {
		return c
	}
	return ""
}

// meaning is the meaning of one term of the lexicon.
type meaning struct {
	topic  topic
	weight Weight
}

// Categories are the categories that a control can ask for, by the word list.
func Categories() []finding.Category {
	named := map[finding.Category]bool{}
	for _, words := range []map[string]meaning{lexicons().labels, lexicons().words} {
		for _, m := range words {
			named[m.topic.category()] = true
		}
	}
	return slices.DeleteFunc(finding.Categories(), func(c finding.Category) bool { return !named[c] })
}

// Identifier reads a name that a programmer gave.
func Identifier(name string) Sense { return lexicons().identifier(name) }

// Name reads the name of a datum, which may be a Chinese word: "idNo", "公民身份号码".
func Name(name string) Sense {
	if hasLatin([]rune(name)) {
		return Identifier(name)
	}
	return lexicons().label(name)
}

// asking begins a text that asks a person to enter something.
var asking = regexp.MustCompile(`^(?:请|需要|麻烦)*[您你先再次在此重新]*(?:输入|填写|填入|填|录入|提供|留下)`)

// Requests reports whether a text asks a person for something that triggers filing:
// "请输入手机号".
func Requests(text string) bool {
	if !asking.MatchString(plain(text)) {
		return false
	}
	for c, s := range lexicons().label(text).signs {
		if c.Triggers() && s.weight >= Medium {
			return true
		}
	}
	return false
}

// NamesNumber reports whether a text names a number that triggers filing and is no code or
// password: "手机号", "请输入身份证号".
func NamesNumber(text string) bool {
	r := lexicons().label(text)
	if r.topics[topicCode] || r.topics[topicPassword] {
		return false
	}
	return r.signs[finding.Phone].weight >= Medium || r.signs[finding.IDCard].weight >= Medium
}

// lexicon is the loaded word list.
type lexicon struct {
	labels  map[string]meaning // Chinese terms
	longest int                // runes of the longest of them
	words   map[string]meaning // identifiers: words joined without separators
	most    int                // the most words that an entry of words has
	persons map[string]bool    // words that make "…Name" a person's name
	void    map[string]bool
}

var lexicons = sync.OnceValue(func() *lexicon {
	l, err := parseLexicon(lexiconText)
	if err != nil {
		panic("control: " + err.Error()) // the list is part of the program; a test loads it
	}
	return l
})

func parseLexicon(text string) (*lexicon, error) {
	l := &lexicon{
		labels: map[string]meaning{}, words: map[string]meaning{},
		persons: map[string]bool{}, void: map[string]bool{},
	}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" || f[0] == "@" {
			continue
		}
		w, ok := map[string]Weight{"-": None, "W": Weak, "M": Medium, "S": Strong}[f[2]]
		if !ok || len(f) < 4 {
			return nil, fmt.Errorf("lexicon: bad row %q", strings.TrimSpace(line))
		}
		m := meaning{topic(f[1]), w}
		for _, term := range f[3:] {
			if err := l.add(f[0], term, m); err != nil {
				return nil, err
			}
		}
	}
	return l, nil
}

func (l *lexicon) add(lang, term string, m meaning) error {
	switch {
	case lang == "zh":
		if _, ok := l.labels[term]; ok {
			return fmt.Errorf("lexicon: %s is given twice", term)
		}
		l.labels[term] = m
		l.longest = max(l.longest, len([]rune(term)))
	case m.topic == topicPerson:
		l.persons[term] = true
	case m.topic == topicVoid:
		l.void[term] = true
	case lang == "en" || lang == "pinyin":
		joined := strings.ReplaceAll(term, "-", "")
		if old, ok := l.words[joined]; ok && old.topic != m.topic {
			return fmt.Errorf("lexicon: %s is given twice", term)
		}
		if old := l.words[joined]; old.weight <= m.weight {
			l.words[joined] = m
		}
		l.most = max(l.most, 1+strings.Count(term, "-"))
	default:
		return fmt.Errorf("lexicon: unknown language %q", lang)
	}
	return nil
}

// sign is the best evidence in a text for one category.
type sign struct {
	weight  Weight
	term    string // what was found, as written
	role    bool   // by a person's part alone (收件人): whose name, or whose address?
	thing   bool   // of a shop, company or the like (门店电话)
	example bool   // by an example of it (138xxxx0000)
	part    bool   // of its last digits only (手机号后四位)
}

// sure reports whether s has but one meaning: a strong term, and no person's part. Examples are weaker.
func (s sign) sure() bool { return s.weight == Strong && !s.role }

// Sense is the meaning of a label, placeholder or identifier.
type Sense struct {
	signs   map[finding.Category]sign
	topics  map[topic]bool
	wider   []finding.Category // that words alone decide, see wider.go
	unknown int                // runes of words that the lexicon does not have
	ofThing string             // the word for the name of a thing: 名字 of 宠物名字
}

// Weight is how strongly the text points to a category.
func (r Sense) Weight(c finding.Category) Weight { return r.signs[c].weight }

// Tells reports whether the text names c and nothing else: 手机号, gender.
func (r Sense) Tells(c finding.Category) bool {
	return r.signs[c].weight == Strong || slices.Contains(r.wider, c)
}

// Account reports whether the text is about an account, which may be anything.
func (r Sense) Account() bool { return r.topics[topicAccount] }

func (r *Sense) add(c finding.Category, s sign) {
	if c == "" || s.weight == None {
		return
	}
	if r.signs == nil {
		r.signs = map[finding.Category]sign{}
	}
	if old, ok := r.signs[c]; !ok || old.weight < s.weight {
		r.signs[c] = s
	}
}

func (r *Sense) note(t topic) {
	if r.topics == nil {
		r.topics = map[topic]bool{}
	}
	r.topics[t] = true
}

// widen notes a category that words alone decide.
func (r *Sense) widen(c finding.Category) {
	if !slices.Contains(r.wider, c) {
		r.wider = append(r.wider, c)
	}
}

// generic reports whether the text says nothing: "请输入", or no text at all.
func (r Sense) generic() bool {
	return len(r.signs) == 0 && len(r.topics) == 0 && r.unknown < 2
}

// squeeze drops the white space that spreads out labels: "姓 名".
func squeeze(text string) string {
	if strings.IndexFunc(text, unicode.IsSpace) < 0 {
		return text
	}
	runes := []rune(strings.TrimSpace(text))
	var b strings.Builder
	for i, r := range runes {
		if unicode.IsSpace(r) {
			// Between Latin words a space counts, between Chinese ones it does not.
			if i+1 < len(runes) && runes[i+1] < unicode.MaxLatin1 && !unicode.IsSpace(runes[i+1]) {
				b.WriteByte(' ')
			}
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
