// Package materials drafts the filing dossier of a mini program: what the filing,
// the platform's privacy form and the impact assessment ask for, as far as code
// shows it. It takes a program of a report, whose texts are masked, and gives a
// Document, which is written as Markdown, HTML or Word, or sheets for Excel.
//
// Each fact names the file and line it was read at, or is marked as an input; if
// neither code nor input tells, it asks a question and never guesses.
package materials

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Document is a dossier: a title and sections.
type Document struct {
	Lang     lang.Code
	Title    string
	Sections []Section
}

// Section is a heading with its content, in this order.
type Section struct {
	Heading    string
	Paragraphs []string
	Picture    template.HTML // drawn in HTML alone; its table says the same
	Table      *Table
	Items      []Item
	Parts      []Section // one level below
}

// Table is a table. Without a head, its first column names what the others
// hold.
type Table struct {
	Head []string
	Rows [][]string
	Keys []string // of each row: under which key its second cell is filled in, or ""

	Widths []int // of the columns in Word, in proportion; nil for the usual ones

	Drafts []int // rows whose second cell is a draft: until somebody changes it, nobody has said it
}

// row adds a row. Under the key, such as operator.name, a person fills in its second
// cell; those below "local." stay out of beian.yaml.
func (t *Table) row(key string, cells ...string) {
	t.Rows, t.Keys = append(t.Rows, cells), append(t.Keys, key)
}

// Item is one line of a list: of a checklist if State is one of Done, Missing
// and Ask.
type Item struct {
	State State // "" for a plain line
	Text  string
}

// State tells how far an item is, or is the answer of a rule.
type State string

// The states: found in code or given, not there, to be answered by a person; and
// those of rules, as in package verdict.
const (
	Done    State = "done"
	Missing State = "missing"
	Ask     State = "ask"

	Required    State = "required"
	NotRequired State = "not-required"
	NeedsInput  State = "needs-input"
)

var stateWords = map[State]lang.Text{
	Done:        {ZH: "已有", EN: "provided"},
	Missing:     {ZH: "缺少", EN: "missing"},
	Ask:         {ZH: "待确认", EN: "to confirm"},
	Required:    {ZH: "须办理", EN: "required"},
	NotRequired: {ZH: "不适用", EN: "does not apply"},
	NeedsInput:  {ZH: "待补充", EN: "to be answered"},
}

// box is the mark before an item of a list in Markdown.
func (i Item) box() string {
	switch i.State {
	case Done:
		return "[x] "
	case Missing, Ask:
		return "[ ] "
	}
	return ""
}

// Word is the state of i in words.
func (i Item) Word(in lang.Code) string { return stateWords[i.State].In(in) }

// Markdown writes d as Markdown. Texts of the program cannot become markup.
func (d *Document) Markdown(w io.Writer) error {
	m := &markdown{lang: d.Lang}
	fmt.Fprintf(&m.b, "# %s\n", inline(d.Title))
	for _, s := range d.Sections {
		m.section(s, "##")
	}
	_, err := io.WriteString(w, m.b.String())
	return err
}

type markdown struct {
	b    strings.Builder
	lang lang.Code
}

func (m *markdown) section(s Section, level string) {
	fmt.Fprintf(&m.b, "\n%s %s\n", level, inline(s.Heading))
	for _, p := range s.Paragraphs {
		fmt.Fprintf(&m.b, "\n%s\n", inline(p))
	}
	if s.Table != nil {
		m.table(s.Table)
	}
	if len(s.Items) > 0 {
		m.b.WriteString("\n")
	}
	for _, i := range s.Items {
		word := ""
		if i.State != "" {
			word = "**" + i.Word(m.lang) + "** "
		}
		fmt.Fprintf(&m.b, "- %s%s%s\n", i.box(), word, inline(i.Text))
	}
	for _, part := range s.Parts {
		m.section(part, level+"#")
	}
}

func (m *markdown) table(t *Table) {
	head := t.Head
	if head == nil {
		head = make([]string, len(t.Rows[0])) // Markdown has no table without a head
	}
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = "---"
	}
	m.b.WriteString("\n" + row(head) + row(rule))
	for _, r := range t.Rows {
		m.b.WriteString(row(r))
	}
}

func row(cells []string) string {
	var b strings.Builder
	b.WriteString("|")
	for _, c := range cells {
		if c = inline(c); c != "" {
			c = " " + strings.ReplaceAll(c, "|", `\|`)
		}
		b.WriteString(c + " |")
	}
	return b.String() + "\n"
}

var markup = strings.NewReplacer("\\", `\\`, "<", "&lt;", "&", "&amp;", "`", "\\`", "*", `\*`, "_",
	`\_`, "[", `\[`, "]", `\]`, "@", "&#64;", "\n", "<br>")

// inline makes a text safe for Markdown, in which @ can call a person. A new line becomes <br>.
func inline(s string) string { return markup.Replace(source.PrintableLines(s)) }
