package report

import (
	"encoding/json"
	"io"

	"github.com/beian/beian/analyzer/source"
)

// RDJSONL writes reviewdog's diagnostics, one JSON object a line. Its columns are
// bytes of UTF-8, from 1, end exclusive, unlike those of SARIF, which reviewdog
// takes over as they are: on lines with Chinese this format is the right one.
//
// Fields: reviewdog/reviewdog, proto/rdf/reviewdog.proto, message Diagnostic.
func RDJSONL(w io.Writer, r *Report, o Options) error {
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	for p, f := range o.review(r) {
		d := rdDiagnostic{
			Message:  o.remark(f),
			Location: o.rdPlace(f.Location),
			Severity: p.Level(f).RDJSONL,
			Source:   rdSource{r.Tool.Name, homepage},
			Code:     rdCode{f.Rule.ID, ruleURL(f.Rule)},
		}
		for _, evidence := range f.Evidence {
			if !evidence.Location.IsZero() {
				d.Related = append(d.Related, rdRelated{
					word(evidenceWords, evidence.What, o.Lang) + " " + oneLine(evidence.Text, 80), o.rdPlace(evidence.Location),
				})
			}
		}
		if err := e.Encode(d); err != nil {
			return err
		}
	}
	return nil
}

func (o Options) rdPlace(l source.Location) rdLocation {
	return rdLocation{o.repositoryPath(l.File.Path), rdRange{bytePosition(l.File, l.Span.Start), bytePosition(l.File, l.Span.End)}}
}

// bytePosition counts columns in bytes.
func bytePosition(f *source.File, offset int32) rdPosition {
	line := f.LineAt(offset)
	_, start := f.Line(line)
	return rdPosition{line, int(offset-start) + 1}
}

type rdDiagnostic struct {
	Message  string      `json:"message"`
	Location rdLocation  `json:"location"`
	Severity string      `json:"severity"`
	Source   rdSource    `json:"source"`
	Code     rdCode      `json:"code"`
	Related  []rdRelated `json:"related_locations,omitempty"`
}

type rdLocation struct {
	Path  string  `json:"path"`
	Range rdRange `json:"range"`
}

type rdRange struct {
	Start rdPosition `json:"start"`
	End   rdPosition `json:"end"`
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type rdSource struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url"`
}

type rdRelated struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
}
