package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/spelling"
)

// offers are what a program may give the properties of its components, by name and
// for all components together: what the attributes of its templates say, and defaults. What
// scripts write under the name is in assigned.names, as for data.
//
//	<ask-dialog kind="contact" />     kind is "contact"
//	<ask-dialog kind="{{k}}" />       kind may be anything
//	<ask-dialog v-bind="all" />       each property may be anything
type offers struct {
	given     map[string]*writing // by flatName
	computed  map[string]bool     // declared in a way that is not understood
	bundled   bool                // some element is given all that an object holds
	attribute *assigned           // writes into given

	components map[string]bool // tags that the program registers, by spelling.Tag
}

func newOffers(program *project.Program) offers {
	p := offers{given: map[string]*writing{}, computed: map[string]bool{}, components: map[string]bool{}}
	p.attribute = &assigned{names: p.given, params: newParams()}
	for _, u := range program.Units {
		for tag := range u.Components {
			p.components[spelling.Tag(tag)] = true
		}
	}
	return p
}

// element notes what an element gives, if it may be a component: the program registers one of
// its name, or has it computed.
func (p *offers) element(e *markup.Element) {
	if name := spelling.Tag(e.Tag); p.components[name] || name == "component" || strings.Contains(name, "-") {
		for _, a := range e.Attrs {
			p.attr(a)
		}
	}
}

// attr notes what one attribute of an element gives.
func (p *offers) attr(a *markup.Attr) {
	switch name := flatName(a.Name); {
	case a.Bundled():
		p.bundled = true
	case a.Kind == markup.Model:
		for _, bound := range []string{name, "value", "modelvalue"} {
			p.attribute.something(bound)
		}
	case a.Kind != markup.Plain:
	case !a.HasValue:
		p.attribute.write(name, &script.Bool{Value: true}, nil)
	case len(a.Parts) == 1 && a.Parts[0].Expr != nil:
		p.attribute.write(name, a.Parts[0].Expr, nil)
	default:
		text, static := markup.Static(a.Parts)
		if !static {
			p.attribute.something(name)
			return
		}
		p.attribute.write(name, &script.String{Value: text}, nil)
	}
}

// declare notes what a property is if nobody gives it: { kind: { type: String, value: 'a' } }.
func (p *offers) declare(name string, x script.Expr) {
	name = flatName(name)
	into := p.attribute.of(name)
	for _, l := range []literal{{text: "undefined"}, {text: "null"}, {text: "false"}, {text: "0"}, {quoted: true}} {
		into.constants[l] = true
	}
	switch x := x.(type) {
	case *script.Object:
		for _, of := range x.Props {
			switch {
			case of.Kind == script.SpreadProperty || of.Computed != nil:
				p.computed[name] = true
			case of.Key == "value" || of.Key == "default":
				p.attribute.write(name, of.Value, nil)
			}
		}
	case *script.Ident, *script.Array, *script.Null, nil: // String, [String, Number]
	default:
		p.computed[name] = true
	}
}

// may reports whether the program may give a property what fulfils a wish.
func (p *offers) may(name string, x wish) bool {
	name = flatName(name)
	granted, _ := p.given[name].grants(x)
	return granted || p.bundled || p.computed[name]
}
