// Package materials drafts the filing dossier of a mini program: what the filing,
// the platform's privacy form and the impact assessment ask for, as far as code
// shows it. It takes a program of a report, whose texts are masked, and gives a
// Document, which is written as Markdown or HTML.
//
// Each fact names the file and line it was read at, or is marked as an input; what
// neither code nor input says is left open with a question, never guessed.
package materials

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/beian/beian/analyzer/finding"
)

// Document is a dossier: a title and sections.
type Document struct {
	Lang     string // "zh" or "en"
	Title    string
	Sections []Section
}

// Section is a heading with what stands below it, in this order.
type Section struct {
	Heading    string
	Paragraphs []string
	Table      *Table
	Items      []Item
}

// Table is a table with a head.
type Table struct {
	Head []string
	Rows [][]string
}

// Item is one line of a checklist.
type Item struct {
	State State
	Text  string
}

// State is how far a thing is.
type State string

// The states: found in code or given, not there, to be answered by a person.
const (
	Done    State = "done"
	Missing State = "missing"
	Ask     State = "ask"
)

var stateWords = map[State]finding.Text{
	Done:    {ZH: "已有", EN: "done"},
	Missing: {ZH: "缺少", EN: "missing"},
	Ask:     {ZH: "待填", EN: "ask"},
}

// Markdown writes d as Markdown. What came from the program cannot become markup.
func (d *Document) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", inline(d.Title))
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n## %s\n", inline(s.Heading))
		for _, p := range s.Paragraphs {
			fmt.Fprintf(&b, "\n%s\n", inline(p))
		}
		if s.Table != nil {
			fmt.Fprintf(&b, "\n%s%s", row(s.Table.Head), row(rule(len(s.Table.Head))))
			for _, r := range s.Table.Rows {
				b.WriteString(row(r))
			}
		}
		if len(s.Items) > 0 {
			b.WriteString("\n")
		}
		for _, i := range s.Items {
			box := " "
			if i.State == Done {
				box = "x"
			}
			fmt.Fprintf(&b, "- [%s] **%s** %s\n", box, stateWords[i.State].In(d.Lang), inline(i.Text))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func rule(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "---"
	}
	return out
}

func row(cells []string) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString("| " + strings.ReplaceAll(inline(c), "|", `\|`) + " ")
	}
	return b.String() + "|\n"
}

var markup = strings.NewReplacer("\\", `\\`, "<", "&lt;", "&", "&amp;", "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`, "\n", "<br>", "\r", "")

// inline makes a text safe for Markdown. A new line becomes <br>.
func inline(s string) string { return markup.Replace(s) }

//go:embed dossier.html
var htmlText string

var htmlTemplate = template.Must(template.New("dossier").Funcs(template.FuncMap{
	"lines": func(s string) []string { return strings.Split(s, "\n") },
}).Parse(htmlText))

// HTML writes d as one page without scripts, made to be printed.
func (d *Document) HTML(w io.Writer) error {
	return htmlTemplate.Execute(w, struct {
		*Document
		HTMLLang string
		Words    map[State]string
	}{d, map[bool]string{true: "en", false: "zh-CN"}[d.Lang == "en"], map[State]string{
		Done: stateWords[Done].In(d.Lang), Missing: stateWords[Missing].In(d.Lang), Ask: stateWords[Ask].In(d.Lang),
	}})
}
