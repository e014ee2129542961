package flow

// A list whose elements are at unknown places has one value for all of them, which holds each
// of their objects. An example, a form that keeps the descriptions of its fields in state:
//
//	fields.map(f => f.type === 'text' ? <Text>{f.value}</Text> : <Input placeholder={f.label} />)
//
// What one description says of itself (type: 'text') does not hold for what another says (label:
// '电话'), so functions are called with each of them. Goods, which say nothing of that kind, are
// one.

// manyApart is how many objects a value can hold, for each to be by itself.
const manyApart = 24

// kindNames are the properties that tell, in the description of a field, of what kind it is.
var kindNames = [...]string{"type", "inputType", "fieldType", "formType", "component", "kind", "mode", "widget"}

// apart returns the plain objects that v can be, each by itself, and what else it can be.
func (v *Value) apart() []*Value {
	if v == nil || len(v.objects) > manyApart || !v.ofKinds() {
		return []*Value{v}
	}
	var parts []*Value
	rest := *v
	rest.objects = nil
	for _, o := range v.objects {
		if o.kind == plainObject {
			parts = append(parts, &o.self)
		} else {
			rest.objects = append(rest.objects, o)
		}
	}
	if len(rest.consts) > 0 || len(rest.objects) > 0 || rest.data != nil || rest.unknown {
		parts = append(parts, &rest)
	}
	return parts
}

// ofKinds reports whether two objects that v can be say that they are of different kinds.
func (v *Value) ofKinds() bool {
	for _, name := range kindNames {
		first := ""
		for _, o := range v.objects {
			p, _ := o.own(name)
			if c, only := p.only(); only && c.kind == text {
				if first != "" && c.str != first {
					return true
				}
				first = c.str
			}
		}
	}
	return false
}
