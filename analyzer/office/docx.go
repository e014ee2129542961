package office

import (
	"fmt"
	"io"
	"strings"
)

// Doc is a Word document on A4 paper.
type Doc struct {
	Title    string
	Language string // BCP 47: "zh-CN"
	body     strings.Builder
}

// Heading adds a heading of level 1 to 3.
func (d *Doc) Heading(level int, text string) {
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="Heading%d"/></w:pPr>%s</w:p>`, level, run(text, ""))
}

// Paragraph adds a paragraph. A new line in the text becomes one.
func (d *Doc) Paragraph(text string) { fmt.Fprintf(&d.body, `<w:p>%s</w:p>`, run(text, "")) }

// Item adds a line of a list, with a mark in bold before it if that is not empty.
func (d *Doc) Item(mark, text string) {
	if mark != "" {
		mark = run("["+mark+"] ", "<w:b/>")
	}
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="ListItem"/></w:pPr>%s%s%s</w:p>`, run("• ", ""), mark, run(text, ""))
}

// textWidth is the width between the margins in twentieths of a point: A4, 2 cm each.
const textWidth = 11906 - 2*1134

// Table adds a table. Without a head, its first column is set like one. Weights are the
// widths of the columns in proportion; nil makes them equal.
func (d *Doc) Table(head []string, rows [][]string, weights []int) {
	columns := len(head)
	if head == nil && len(rows) > 0 {
		columns = len(rows[0])
	}
	if columns == 0 {
		return
	}
	widths := share(textWidth, columns, weights)
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, w)
	}
	d.body.WriteString(`</w:tblGrid>`)
	if head != nil {
		d.row(head, widths, `<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`, func(int) bool { return true })
	}
	for _, r := range rows {
		d.row(r, widths, `<w:trPr><w:cantSplit/></w:trPr>`, func(column int) bool { return head == nil && column == 0 })
	}
	d.body.WriteString(`</w:tbl><w:p><w:pPr><w:spacing w:after="0"/></w:pPr></w:p>`)
}

// share divides a width by weights.
func share(width, columns int, weights []int) []int {
	out, sum := make([]int, columns), 0
	for i := range out {
		out[i] = 1
		if i < len(weights) {
			out[i] = weights[i]
		}
		sum += out[i]
	}
	for i := range out {
		out[i] = width * out[i] / sum
	}
	return out
}

func (d *Doc) row(cells []string, widths []int, properties string, isHead func(column int) bool) {
	d.body.WriteString(`<w:tr>` + properties)
	for i, width := range widths {
		text, shade, bold := "", "", ""
		if i < len(cells) {
			text = cells[i]
		}
		if isHead(i) {
			shade, bold = `<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/>`, "<w:b/>"
		}
		fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>%s</w:p></w:tc>`,
			width, shade, run(text, bold))
	}
	d.body.WriteString(`</w:tr>`)
}

// run is a text with properties; its lines are broken as they are.
func run(text, properties string) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		b.WriteString(`<w:r>`)
		if properties != "" {
			b.WriteString(`<w:rPr>` + properties + `</w:rPr>`)
		}
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		b.WriteString(`<w:t xml:space="preserve">` + escape(line) + `</w:t></w:r>`)
	}
	return b.String()
}

const wordNamespace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + relationships + `"`

// Write writes the document.
func (d *Doc) Write(w io.Writer) error {
	return write(w, []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
			`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
			`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
			`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escape(d.Title) + `</dc:title><dc:creator>beian</dc:creator></cp:coreProperties>`},
		{"word/_rels/document.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relationships + `/styles" Target="styles.xml"/>` +
			`<Relationship Id="rId2" Type="` + relationships + `/footer" Target="footer1.xml"/></Relationships>`},
		{"word/footer1.xml",
			xmlHead + `<w:ftr ` + wordNamespace + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + field("PAGE") + run(" / ",
				"") + field("NUMPAGES") + `</w:p></w:ftr>`},
		{"word/styles.xml", xmlHead + strings.ReplaceAll(wordStyles, "LANGUAGE", escape(d.Language))},
		{"word/document.xml",
			xmlHead + `<w:document ` + wordNamespace + `><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>` + run(d.Title,
				"") + `</w:p>` +
				d.body.String() + `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>` +
				`<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`},
	})
}

// field is a number that the word processor fills in.
func field(name string) string {
	return `<w:fldSimple w:instr="` + name + `"><w:r><w:t>1</w:t></w:r></w:fldSimple>`
}

var wordStyles = `<w:styles ` + wordNamespace + `><w:docDefaults><w:rPrDefault><w:rPr>` +
	`<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="宋体" w:cs="Calibri"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="LANGUAGE"/></w:rPr></w:rPrDefault>` +
	`<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="240"/><w:jc w:val="center"/></w:pPr>` +
	`<w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="36"/></w:rPr></w:style>` +
	heading(1, 30) + heading(2, 25) + heading(3, 22) +
	`<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="20" w:after="20" w:line="252" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="ListItem"><w:name w:val="List Item"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="40"/><w:ind w:left="284" w:hanging="284"/></w:pPr></w:style>` +
	`<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>` +
	`<w:top w:val="single" w:sz="4" w:color="999999"/><w:left w:val="single" w:sz="4" w:color="999999"/><w:bottom w:val="single" w:sz="4" w:color="999999"/>` +
	`<w:right w:val="single" w:sz="4" w:color="999999"/><w:insideH w:val="single" w:sz="4" w:color="999999"/><w:insideV w:val="single" w:sz="4" w:color="999999"/>` +
	`</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`

func heading(level, size int) string {
	return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="Heading%[1]d"><w:name w:val="heading %[1]d"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>`+
		`<w:pPr><w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="%[2]d"/></w:pPr>`+
		`<w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="%[3]d"/></w:rPr></w:style>`, level, level-1, size)
}
