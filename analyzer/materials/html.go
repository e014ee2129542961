package materials

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

var (
	//go:embed dossier.html
	htmlText string
	//go:embed dossier.css
	htmlStyle string
	//go:embed dossier.js
	htmlScript string
)

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("dossier").Funcs(template.FuncMap{"line": source.Printable}).Parse(htmlText))
})

// HTML writes d as one page that needs no other file and no network. What is open can be
// filled in; the page's script saves it in the file itself, or as a beian.yaml. The policy
// in the page allows its own style and script alone.
func (d *Document) HTML(w io.Writer) error {
	h := &htmlWriter{lang: d.Lang}
	page := htmlPage{
		HTMLLang: d.Lang.Tag(), Title: d.Title, CSS: template.CSS(htmlStyle), JS: template.JS(htmlScript),
		Policy: fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'", report.PolicyHash(htmlStyle), report.PolicyHash(htmlScript)),
		Save:   d.Lang.Say("保存填写内容", "Save what was filled in"),
		Export: d.Lang.Say("导出 beian.yaml", "Export beian.yaml"),
		Print:  d.Lang.Say("打印", "Print"),
		Hint:   d.Lang.Say("填写的内容只在本页面中，不会发送；个人资料不进 beian.yaml。", "What you fill in stays in this page and is sent nowhere; data of people is not exported."),
	}
	for _, s := range d.Sections {
		page.Sections = append(page.Sections, h.section(s))
	}
	return htmlTemplate().Execute(w, page)
}

// The data of the template.
type (
	htmlPage struct {
		HTMLLang, Title, Policy, Save, Export, Print, Hint string

		CSS      template.CSS
		JS       template.JS
		Sections []htmlSection
	}
	htmlSection struct {
		Heading    string
		Paragraphs [][]htmlPiece
		Picture    template.HTML
		Head       []string
		Rows       [][][]htmlPiece // rows of cells
		Form       bool            // the first column is its head
		Items      []htmlItem
		Parts      []htmlSection
	}
	htmlItem struct {
		State, Word, Key string
		Pieces           []htmlPiece
	}
	// htmlPiece is a line of text, or a control to fill in if Key is set.
	htmlPiece struct {
		Text             string
		Key, Value, Hint string
		Draft            bool // Value is ours, and nobody has said it
		Options          []htmlOption
	}
	htmlOption struct {
		Value, Title string
		Selected     bool
	}
)

type htmlWriter struct {
	lang lang.Code
	keys int // of controls without a key of their own
}

func (h *htmlWriter) section(s Section) htmlSection {
	out := htmlSection{Heading: source.Printable(s.Heading), Picture: s.Picture}
	for _, p := range s.Paragraphs {
		out.Paragraphs = append(out.Paragraphs, h.pieces(p, ""))
	}
	if t := s.Table; t != nil {
		out.Form = t.Head == nil
		for _, head := range t.Head {
			out.Head = append(out.Head, source.Printable(head))
		}
		for i, row := range t.Rows {
			var cells [][]htmlPiece
			for column, text := range row {
				key := ""
				if column == 1 && i < len(t.Keys) {
					key = t.Keys[i]
				}
				pieces := h.pieces(text, key)
				if column == 1 && slices.Contains(t.Drafts, i) {
					for j := range pieces {
						pieces[j].Draft = true
					}
				}
				cells = append(cells, pieces)
			}
			out.Rows = append(out.Rows, cells)
		}
	}
	for _, i := range s.Items {
		item := htmlItem{State: string(i.State), Word: i.Word(h.lang), Pieces: h.pieces(i.Text, "")}
		if i.State == Ask || i.State == Missing {
			item.Key = h.nextKey()
		}
		out.Items = append(out.Items, item)
	}
	for _, part := range s.Parts {
		out.Parts = append(out.Parts, h.section(part))
	}
	return out
}

func (h *htmlWriter) nextKey() string {
	h.keys++
	return fmt.Sprint("local.", h.keys)
}

// pieces are the lines of a text. What is open becomes a control, and so does what was
// given under a key of beian.yaml.
func (h *htmlWriter) pieces(text, key string) []htmlPiece {
	mark := strings.TrimSpace(openMark.In(h.lang))
	var out []htmlPiece
	open := false
	for line := range strings.SplitSeq(source.PrintableLines(text), "\n") {
		hint, asks := strings.CutPrefix(line, mark)
		if !asks {
			out = append(out, htmlPiece{Text: line})
			continue
		}
		open = true
		own := key
		if own == "" {
			own = h.nextKey()
		}
		out = append(out, htmlPiece{Key: own, Hint: strings.TrimSpace(hint), Options: h.options(own, "")})
	}
	if given := strings.HasPrefix(key, "operator."); given && !open && len(out) > 0 {
		out[0] = htmlPiece{Key: key, Value: out[0].Text, Options: h.options(key, out[0].Text)}
	}
	return out
}

// options are the values that beian.yaml takes under a key, if they are few.
func (h *htmlWriter) options(key, chosen string) []htmlOption {
	var out []htmlOption
	add := func(value, title string) {
		out = append(out, htmlOption{value, title, chosen != "" && strings.HasPrefix(chosen, title)})
	}
	switch strings.TrimPrefix(key, "operator.") {
	case "type":
		for _, o := range verdict.Operators() {
			add(string(o), o.Title().In(h.lang))
		}
	case "app-type":
		for _, t := range verdict.AppTypes() {
			add(t.ID, t.Title.In(h.lang))
		}
	case "mainland", "minors", "children", "commercial", "cross-border":
		add("true", h.lang.Say("是", "Yes"))
		add("false", h.lang.Say("否", "No"))
	}
	return out
}
