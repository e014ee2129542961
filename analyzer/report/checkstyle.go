package report

import (
	"encoding/xml"
	"io"

	"github.com/beian/beian/analyzer/source"
)

// Checkstyle writes the XML of Checkstyle, which Jenkins (warnings-ng), CODING and
// reviewdog read. Columns are Unicode characters, from 1, as Checkstyle counts
// them.
func Checkstyle(w io.Writer, r *Report, o Options) error {
	out := checkstyle{Version: "8.0"}
	index := map[string]int{}
	for p, f := range o.review(r) {
		file := o.repositoryPath(f.Location.File.Path)
		i, ok := index[file]
		if !ok {
			i = len(out.Files)
			index[file] = i
			out.Files = append(out.Files, checkstyleFile{Name: xmlText(file)})
		}
		out.Files[i].Errors = append(out.Files[i].Errors, checkstyleError{
			Line:     f.Location.Start().Line,
			Column:   f.Location.File.CharacterColumn(f.Location.Span.Start),
			Severity: p.Level(f).Checkstyle,
			Message:  xmlText(o.remark(f)),
			Source:   r.Tool.Name + "." + f.Rule.ID,
		})
	}
	return writeXML(w, out)
}

type checkstyle struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// writeXML writes a document with its declaration and a line end.
func writeXML(w io.Writer, doc any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// xmlText replaces what XML 1.0 has no character for; the encoder would write
// U+FFFD for it as well, but readers differ on the rest of the control characters.
func xmlText(s string) string { return source.Printable(s) }
