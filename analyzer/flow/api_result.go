package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
)

// What calls of the platform give.

// apiResult makes the result of an API: its collected data field by field, the
// rest unknown.
func (m *machine) apiResult(api *platform.API, c *Call, o *Object, from any) *Value {
	res := m.object(plainObject, site{from, "answer"})
	m.setOpen(res, true)
	if api == nil || len(api.Yields) == 0 {
		return join(objectOf(res), unknownValue)
	}
	var whole *Value // what the whole result is, and so each object in it
	for _, y := range api.Yields {
		if y.Path == "" {
			whole = join(whole, m.resultOrigin(c, y.Path, o).value())
		}
	}
	for _, y := range api.Yields {
		if y.Path != "" {
			m.putPath(res, strings.Split(y.Path, "."), m.resultOrigin(c, y.Path, o).value(), whole, from)
		}
	}
	if whole != nil {
		m.addRest(res, whole)
	}
	m.setProp(res, "errMsg", unknownValue)
	return objectOf(res)
}

// carried is the part of the result of api that it makes from its arguments args.
func (m *machine) carried(api *platform.API, o *Object, args []*Value, result *Value) *Value {
	for _, c := range api.Carries {
		v := m.argument(args, c.From)
		if v == nil || len(deepTaints(v)) == 0 {
			continue
		}
		v = note(taintOnly(deepTaints(v)), lang.Textf("经 %s 处理", "goes through %s", o.apiName()), m.here())
		if c.To == "" {
			result = join(v, nil)
			continue
		}
		for _, r := range result.objects {
			m.setProp(r, c.To, v)
		}
	}
	return result
}

// speaker is the object whose listeners the API behind o calls: the RecorderManager of
// RecorderManager.start, the button that createUserInfoButton makes.
func (m *machine) speaker(o *Object) *Object {
	typ, _, _ := strings.Cut(o.path, ".")
	if api := platform.APIByName(o.path); api != nil && api.Returns != "" {
		typ = api.Returns
	}
	return m.platformObject(o.global, typ).objects[0]
}

// putPath writes a value at a path of names below o, making objects on the way whose
// other properties are rest.
func (m *machine) putPath(o *Object, path []string, v, rest *Value, from any) {
	for i, name := range path[:len(path)-1] {
		next, _ := o.own(name)
		if next == nil || len(next.objects) == 0 {
			n := m.object(plainObject, site{from, "answer." + strings.Join(path[:i+1], ".")})
			m.setOpen(n, true)
			if rest != nil {
				m.addRest(n, rest)
			}
			m.setProp(o, name, objectOf(n))
			o = n
			continue
		}
		o = next.objects[0]
	}
	m.setProp(o, path[len(path)-1], v)
}
