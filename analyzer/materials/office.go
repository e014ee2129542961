package materials

import (
	"io"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/office"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// Docx writes d as a Word document.
func (d *Document) Docx(w io.Writer) error {
	doc := &office.Doc{Title: source.Printable(d.Title), Language: d.Lang.Tag()}
	for _, s := range d.Sections {
		d.docxSection(doc, s, 1)
	}
	return doc.Write(w)
}

func (d *Document) docxSection(doc *office.Doc, s Section, level int) {
	doc.Heading(level, source.Printable(s.Heading))
	for _, p := range s.Paragraphs {
		doc.Paragraph(source.PrintableLines(p))
	}
	if t := s.Table; t != nil {
		rows := make([][]string, len(t.Rows))
		for i, r := range t.Rows {
			for _, cell := range r {
				rows[i] = append(rows[i], source.PrintableLines(cell))
			}
		}
		widths := t.Widths
		if widths == nil {
			widths = weights[max(len(t.Head), len(t.Rows[0]))]
		}
		doc.Table(t.Head, rows, widths)
	}
	for _, i := range s.Items {
		doc.Item(i.Word(d.Lang), source.PrintableLines(i.Text))
	}
	for _, part := range s.Parts {
		d.docxSection(doc, part, level+1)
	}
}

// weights are the widths of the columns of a table of so many, in proportion.
var weights = map[int][]int{2: {1, 3}, 3: {2, 4, 3}, 4: {4, 6, 3, 4}, 5: {4, 6, 3, 4, 6}, 6: {4, 5, 3, 3, 4, 4}}

// Sheets are the lists of a program for a workbook: inventory, recipients, checklist.
func Sheets(p *report.Program, in lang.Code) []office.Sheet {
	d := newDrafter(p, in)
	inventory := office.Sheet{
		Name: d.say("已收集个人信息清单", "Collected"),
		Head: []string{d.say("信息", "Information"), d.say("敏感", "Sensitive"), d.say("页面", "Page"), d.say("控件或接口",
			"Control or API"), d.say("位置", "Place"),
			d.say("用途（草稿）", "Purpose (draft)"), d.say("传输去向", "Sent to"), d.say("保存期限", "Retention")},
		Widths: []int{14, 8, 24, 28, 34, 34, 34, 18},
	}
	retention := p.Inputs.Field("retention")
	if retention == "" {
		retention = strings.TrimSpace(openMark.In(in))
	}
	for _, f := range d.found {
		var sent, stored, others lines
		d.follow(f, &sent, &stored, &others)
		inventory.Rows = append(inventory.Rows, []string{f.Category.Title().In(in),
			d.sensitive(verdict.Sensitive(f), verdict.Doubtful(f)), strings.TrimSpace(d.named(d.pages(f))),
			d.controlName(f), f.Location.String(),
			privacy.Aim(privacy.KeyOf(f), d.page(f.Page), f.Subject).In(in),
			sent.or(d.say("未发现对外传输", "No transfer found")), retention})
	}
	recipients := office.Sheet{Name: d.say("与第三方共享清单", "Shared"), Widths: []int{34, 44, 18, 24, 34, 34}}
	if t := d.recipients().Table; t != nil {
		recipients.Head, recipients.Rows = t.Head, t.Rows
	} else {
		recipients.Head = []string{d.say("未发现接收方", "No recipient found")}
	}
	checklist := office.Sheet{Name: d.say("材料核对", "Checklist"), Head: []string{d.say("部分", "Part"), d.say("状态",
		"State"), d.say("事项", "Item")}, Widths: []int{34, 12, 100}}
	for _, part := range d.checklist().Parts {
		for _, i := range part.Items {
			checklist.Rows = append(checklist.Rows, []string{part.Heading, i.Word(in), i.Text})
		}
	}
	for _, s := range []*office.Sheet{&inventory, &recipients, &checklist} {
		for _, row := range s.Rows {
			for i := range row {
				row[i] = source.PrintableLines(row[i])
			}
		}
	}
	return []office.Sheet{inventory, recipients, checklist}
}
