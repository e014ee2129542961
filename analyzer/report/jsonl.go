package report

import (
	"encoding/json"
	"io"

	"github.com/beian/beian/analyzer/source"
)

// JSONL writes the findings of JSON, one a line, for tools that read streams.
func JSONL(w io.Writer, r *Report, o Options) error {
	o.Suppressed = true // as in JSON
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	for i := range r.Programs {
		p := &r.Programs[i]
		shown := o.shown(p)
		for j := range shown {
			f := jsonFindingOf(&shown[j], o.Lang)
			if len(r.Programs) > 1 {
				f.Program = p.Project.Root
			}
			if err := e.Encode(f); err != nil {
				return err
			}
		}
	}
	return nil
}
