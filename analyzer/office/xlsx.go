package office

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/source"
)

// Sheet is a sheet of an Excel workbook: a table with a head, which stays on top.
type Sheet struct {
	Name   string // at most 31 characters, none of []:*?/\
	Head   []string
	Rows   [][]string
	Widths []int // of the columns, in characters
}

// WriteSheets writes a workbook. Cells are text, so that nothing is taken for a formula.
func WriteSheets(w io.Writer, sheets []Sheet) error {
	var types, entries, links strings.Builder
	var parts []part
	for i, s := range sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&entries, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(sheetName(s.Name)), n, n)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, relationships, n)
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", n), s.xml()})
	}
	fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(sheets)+1, relationships)
	return write(w, append([]part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml",
			xmlHead + `<workbook ` + sheetNamespace + ` xmlns:r="` + relationships + `">` +
				`<sheets>` + entries.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links.String() + `</Relationships>`},
		{"xl/styles.xml", xmlHead + sheetStyles},
	}, parts...))
}

const sheetNamespace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// sheetName keeps what a name of a sheet may hold.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, s)
	for utf8.RuneCountInString(s) > 31 {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

// defaultWidth is the width in characters of a column that has none.
const defaultWidth = 20

// maxCell is the number of characters that Excel takes in a cell.
const maxCell = 32767

func (s Sheet) xml() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet ` + sheetNamespace + `><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i := range s.Head {
		width := defaultWidth
		if i < len(s.Widths) {
			width = s.Widths[i]
		}
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, width)
	}
	b.WriteString(`</cols><sheetData>`)
	sheetRow(&b, 1, 1, s.Head, s.Widths)
	for i, r := range s.Rows {
		sheetRow(&b, i+2, 2, r, s.Widths)
	}
	b.WriteString(`</sheetData>`)
	if len(s.Head) > 0 {
		fmt.Fprintf(&b, `<autoFilter ref="A1:%s%d"/>`, column(len(s.Head)), len(s.Rows)+1)
	}
	b.WriteString(`<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`)
	return b.String()
}

func sheetRow(b *strings.Builder, number, style int, cells []string, widths []int) {
	fmt.Fprintf(b, `<row r="%d" ht="%d" customHeight="1">`, number, height(cells, widths))
	for i, text := range cells {
		if runes := []rune(text); len(runes) > maxCell {
			text = string(runes[:maxCell])
		}
		fmt.Fprintf(b, `<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, column(i+1), number, style, escape(text))
	}
	b.WriteString(`</row>`)
}

// lineHeight is the height of a line of 10 points, maxHeight the most that Excel takes for
// a row, both in points.
const (
	lineHeight = 14
	maxHeight  = 409
)

// height is that of a row whose texts are wrapped: programs that open a file do not compute it.
func height(cells []string, widths []int) int {
	most := 1
	for i, text := range cells {
		width := defaultWidth
		if i < len(widths) {
			width = widths[i]
		}
		n := 0
		for line := range strings.SplitSeq(text, "\n") {
			n += max(1, (source.DisplayWidth(line)+width-3)/max(1, width-2))
		}
		most = max(most, n)
	}
	return min(most*lineHeight+2, maxHeight)
}

// column is the name of a column, from 1: A, B, … Z, AA.
func column(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// sheetStyles has style 1 for heads and 2 for cells.
const sheetStyles = `<styleSheet ` + sheetNamespace + `><fonts count="2"><font><sz val="10"/><name val="宋体"/></font><font><b/><sz val="10"/><name val="宋体"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFEEEEEE"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
