package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/ir"
)

// instantiate makes an instance of class or constructor function o.
func (m *machine) instantiate(o *Object, args []*Value, more *Value, from any) *Value {
	if !m.mayEnter(o, nil, args, more) {
		return unknownValue
	}
	inst := m.object(plainObject, site{from, "new"})
	if proto := m.property(o, "prototype"); len(proto.objects) > 0 {
		m.setProto(inst, proto.objects[0])
	}
	v := m.initialise(o, inst, args, more, from)
	if v != nil && len(v.objects) > 0 {
		return join(v, nil)
	}
	return objectOf(inst)
}

// initialise runs field initialisers and constructor of o on inst.
func (m *machine) initialise(o, inst *Object, args []*Value, more *Value, site any) *Value {
	cl := o.fn.class
	if cl == nil {
		return m.activate(o, objectOf(inst), args, more, site)
	}
	if cl.super == nil {
		m.initFields(o, inst, site)
	} else if o.fn.fn.Class.Default {
		m.superInit(o, inst, args, more, site)
		return nil
	}
	if o.fn.fn.Class.Default {
		return nil
	}
	return m.activate(o, objectOf(inst), args, more, site)
}

func (m *machine) initFields(o, inst *Object, from any) {
	if fields := o.fn.class.fields; fields != nil {
		m.activate(fields, objectOf(inst), nil, nil, site{from, "fields"})
	}
}

// superInit runs the constructors of o's superclass, then o's own fields.
func (m *machine) superInit(o, inst *Object, args []*Value, more *Value, site any) {
	for _, s := range o.fn.class.super.objects {
		if s.kind == functionObject && s.fn.fn != nil && m.mayEnter(s, objectOf(inst), args, more) {
			m.initialise(s, inst, args, more, site)
		} else {
			m.setOpen(inst, true)
			if m.program.Framework == "wepy" && s.kind == functionObject && s.fn.name == "App" {
				inst.put("intercept", method("Instance", "intercept")) // its constructor calls it, before it is the app
			}
		}
	}
	if o.fn.class.super.unknown {
		m.setOpen(inst, true)
	}
	m.initFields(o, inst, site)
}

// super runs super(...) in a constructor.
func (m *machine) super(f *frame, in *ir.Instr, args []*Value, more *Value) *Value {
	c := f
	for c != nil && (c.callee == nil || c.callee.fn.class == nil) {
		c = c.caller
	}
	if c == nil || c.this == nil || c.callee.fn.class.super == nil {
		return unknownValue
	}
	for _, inst := range c.this.objects {
		m.superInit(c.callee, inst, args, more, in)
	}
	return c.this
}

// classDef makes a class: a function object with a prototype chain.
func (m *machine) classDef(f *frame, in *ir.Instr) *Value {
	if f.env != nil {
		f.env.captured = true
	}
	v := m.closure(f, in, in.Ext.Func)
	o := v.objects[0]
	meta := in.Ext.Func.Class
	o.fn.class = &class{}
	proto := m.object(plainObject, site{in, "prototype"})
	proto.special().hidden = true
	m.setProp(proto, "constructor", v)
	m.setProp(o, "prototype", objectOf(proto))
	o.fn.home = proto
	if in.A != ir.None {
		super := orUndefined(f.regs[in.A])
		o.fn.class.super = super
		for _, s := range super.objects {
			m.setProto(o, s)
			if p := m.property(s, "prototype"); len(p.objects) > 0 {
				m.setProto(proto, p.objects[0])
			}
		}
	}
	if meta != nil && meta.Fields != nil {
		fields := m.object(functionObject, site{in, "fields"})
		fields.fn = &function{fn: meta.Fields, env: f.env, home: proto, name: "fields"}
		o.fn.class.fields = fields
	}
	return v
}

// checker returns the name of the function that is checking a value, for the
// evidence of a test: the innermost one that has a name.
func (m *machine) checker() string {
	for f := m.frame; f != nil; f = f.caller {
		if f.fn.Name != "" && !strings.HasPrefix(f.fn.Name, "on") {
			return f.fn.Name
		}
	}
	return ""
}
