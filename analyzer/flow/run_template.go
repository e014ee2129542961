package flow

import (
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
)

// templates are the elements <template name> of one file, the first of each name. A view of
// thousands is looked through once, not for each use.
type templates struct {
	names []string // in the order of the file
	named map[string]*markup.Element
}

func (s *modules) templatesOf(v *project.View) *templates {
	if all := s.templates[v]; all != nil {
		return all
	}
	all := &templates{named: map[string]*markup.Element{}}
	s.templates[v] = all
	markup.WalkElements(v.Nodes(), func(e *markup.Element) {
		if e.Tag != "template" || e.Attr("name") == nil {
			return
		}
		if name, static := markup.Static(e.Attr("name").Parts); static && all.named[name] == nil {
			all.named[name] = e
			all.names = append(all.names, name)
		}
	})
	return all
}

// findTemplate finds a <template name> of a view or of those it imports.
func (m *machine) findTemplate(v *project.View, name string) (*markup.Element, *project.View) {
	for _, f := range append([]*project.View{v}, v.Imports...) {
		if f == nil {
			continue
		}
		if def := m.modules.templatesOf(f).named[name]; def != nil {
			return def, f
		}
	}
	return nil, nil
}

func (m *machine) hasTemplate(v *project.View, name string) bool {
	def, _ := m.findTemplate(v, name)
	return def != nil
}

// templateNames are the names of all templates that v may show.
func (m *machine) templateNames(v *project.View) (names []string) {
	for _, f := range append([]*project.View{v}, v.Imports...) {
		if f != nil {
			names = append(names, m.modules.templatesOf(f).names...)
		}
	}
	return names
}
