package report

import (
	"html/template"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

var flowPicture = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("picture").Parse(
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{.Width}} {{.Height}}" role="img">` +
			`{{range .Heads}}<text class="head" x="{{.X}}" y="14">{{.Text}}</text>{{end}}` +
			`{{range .Edges}}<path{{if .Hot}} class="hot"{{end}} d="{{.Path}}"/>{{end}}` +
			`{{range .Nodes}}<g{{if .Hot}} class="hot"{{end}}><title>{{.Title}}</title>` +
			`<rect x="{{.X}}" y="{{.Y}}" width="{{.Width}}" height="26" rx="6"/><text x="{{.TextX}}" y="{{.TextY}}">{{.Text}}</text></g>{{end}}</svg>`))
})

// FlowPicture draws which page collects what and where it goes, as an SVG element for
// papers; "" if nothing is collected.
func FlowPicture(p *Program, in lang.Code) template.HTML {
	o := Options{Lang: in}
	h := &htmlWriter{o: o, t: &textWriter{o: o}}
	shown, _ := split(o.sure(p))
	shown = slices.DeleteFunc(shown, func(f finding.Finding) bool { return f.Confidence < finding.Medium }) // as papers count them
	groups, _ := group(p.Project.Pages, shown)
	drawn := h.picture(groups)
	if drawn == nil {
		return ""
	}
	var b strings.Builder
	if err := flowPicture().Execute(&b, drawn); err != nil {
		panic(err) // numbers and texts, written to memory
	}
	return template.HTML(b.String())
}
