// Package office writes Word documents (docx) and Excel workbooks (xlsx): headings,
// paragraphs, lists and tables of text, no more. It takes texts and gives files in the
// transitional form of ECMA-376 that Word, WPS and LibreOffice open. The same texts
// give the same bytes.
//
// Libraries for these formats are larger than the rest of beian (excelize alone adds
// 5.9 MB to a small program) or are not kept; what is needed here fits two files.
package office

import (
	"archive/zip"
	"io"
	"strings"
	"time"
)

// part is a file in the package.
type part struct{ name, text string }

// write writes the parts as a ZIP file with fixed times.
func write(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape makes a text safe within XML 1.0, which has no control characters.
func escape(s string) string {
	return escaper.Replace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r == 0xFFFE || r == 0xFFFF || r >= 0xD800 && r <= 0xDFFF:
			return '?'
		}
		return r
	}, strings.ToValidUTF8(s, "?")))
}

const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
