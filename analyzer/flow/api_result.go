package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
)

// What calls of the platform give.

// apiResult makes the result of an API: its collected data field by field, the
// rest unknown. What it makes of collected data that it was given, such as a phone
// number of the code of a button, is no new datum.
func (m *machine) apiResult(api *platform.API, c *Call, o *Object, carried bool, from any) *Value {
	res := m.object(plainObject, site{from, "answer"})
	m.setOpen(res, true)
	c.Carried = c.Carried || carried
	if api != nil && api.Document && len(api.Yields) == 0 { // its arguments say what it reads
		m.yield(res, []platform.Yield{{}}, nil, from, func(path string) *Value { return m.resultOrigin(c, path, o).value() })
		return objectOf(res)
	}
	told := m.tellTarget(res, o)
	if api == nil || len(api.Yields) == 0 || carried {
		if told {
			return objectOf(res)
		}
		return join(objectOf(res), unknownValue)
	}
	m.yield(res, api.Yields, api.Fields, from, func(path string) *Value {
		org := m.resultOrigin(c, path, o)
		org.beside = api.Beside
		return org.value()
	})
	return objectOf(res)
}

// tellTarget puts the name of the target into the answer of an API of the framework that tells it:
// uni.getSystemInfoSync().uniPlatform is 'mp-weixin'.
func (m *machine) tellTarget(res, api *Object) bool {
	f, on := platform.FrameworkByName(m.program.Framework), platform.PlatformByName(m.program.Platform)
	if f == nil || on == nil || !f.Has(api.global) || on.Target(f.Name) == "" {
		return false
	}
	told := false
	for _, answer := range f.Answers {
		if property, ok := strings.CutPrefix(answer, api.path+"."); ok {
			m.setProp(res, property, textOf(on.Target(f.Name)))
			told = true
		}
	}
	return told
}

// yield fills o with the data that the platform hands over: datum gives the one at a path,
// "" for that of the whole, which is in all fields, or anywhere if those are not known.
func (m *machine) yield(o *Object, yields []platform.Yield, fields []string, from any, datum func(path string) *Value) {
	m.setOpen(o, true)
	m.setProp(o, "errMsg", unknownValue)
	for _, y := range yields {
		v := datum(y.Path)
		switch {
		case y.Path != "":
			m.putPath(o, strings.Split(y.Path, "."), v, from)
		case fields == nil:
			m.addRest(o, v)
		default:
			for _, path := range fields {
				m.putPath(o, strings.Split(path, "."), v, from)
			}
		}
	}
}

// asks puts what a person enters in a box into the result of the API that shows it, and
// notes the texts that say what is asked for.
func (m *machine) asks(box *platform.Asks, c *Call, o *Object, args []*Value, result *Value) {
	if box.Given != "" {
		given := m.argument(args, "0."+box.Given)
		if given == nil || !slices.ContainsFunc(given.consts, (*constant).truthy) {
			return
		}
	}
	for _, r := range result.objects {
		m.setProp(r, box.Path, m.resultOrigin(c, box.Path, o).value())
	}
	for _, name := range box.Texts {
		for _, t := range appendTexts(nil, m.argument(args, "0."+name), c.Location) {
			if !slices.Contains(c.Asked[name], t) {
				if c.Asked == nil {
					c.Asked = map[string][]Text{}
				}
				c.Asked[name] = append(c.Asked[name], t)
			}
		}
	}
}

// carries reports whether api makes a part of its result of collected data among args.
func (m *machine) carries(api *platform.API, args []*Value) bool {
	return api != nil && slices.ContainsFunc(api.Carries, func(c platform.Carry) bool {
		return len(deepTaints(m.opened(api, args, c.From))) > 0
	})
}

// carried is the part of the result of api that it makes from its arguments args.
func (m *machine) carried(api *platform.API, o *Object, args []*Value, result *Value, from any) *Value {
	for _, c := range api.Carries {
		v := m.opened(api, args, c.From)
		if v == nil || len(deepTaints(v)) == 0 {
			continue
		}
		v = note(taintOnly(deepTaints(v)), lang.Textf("经 %s 处理", "goes through %s", o.apiName()), m.here())
		if c.To == "" {
			result = join(v, nil)
			continue
		}
		for _, r := range result.objects {
			m.putPath(r, strings.Split(c.To, "."), v, from)
		}
	}
	return result
}

// taken puts what elements of the page take into the result of the API that hands it over:
// the picture of its <camera> into that of takePhoto.
func (m *machine) taken(api *platform.API, c *Call, o *Object, result *Value, from any) {
	here := m.frame.page()
	for _, t := range api.Takes {
		v := m.takenBy(t.From, here)
		if v == nil {
			continue
		}
		c.Carried = true
		v = note(v, lang.Textf("由 %s 给出", "given by %s", o.apiName()), c.Location)
		for _, r := range result.objects {
			m.putPath(r, strings.Split(t.To, "."), v, from)
		}
	}
}

// speaker is the object whose listeners the API behind o calls: the RecorderManager of
// RecorderManager.start, the button that createUserInfoButton makes.
func (m *machine) speaker(o *Object) *Object {
	typ, _, _ := strings.Cut(o.path, ".")
	if api := platform.APIByName(o.path); api != nil && api.Returns != "" {
		typ = api.Returns
	}
	s := m.platformObject(o.global, typ).objects[0]
	if !slices.Contains(m.api.speakers, s) {
		m.api.speakers = append(m.api.speakers, s)
	}
	return s
}

// putPath makes v a possibility at a path of names below o, making objects on the way.
// They may be absent: the person may have refused.
func (m *machine) putPath(o *Object, path []string, v *Value, from any) {
	for i, name := range path[:len(path)-1] {
		next := o.rest
		if name != platform.Each {
			next, _ = o.own(name)
		}
		if next != nil && len(next.objects) > 0 {
			o = next.objects[0]
			continue
		}
		kind := plainObject
		if path[i+1] == platform.Each {
			kind = arrayObject
		}
		n := m.object(kind, site{from, "answer." + strings.Join(path[:i+1], ".")})
		m.setOpen(n, true)
		if name == platform.Each {
			m.addRest(o, objectOf(n))
		} else {
			m.setProp(o, name, join(objectOf(n), undefinedValue))
		}
		o = n
	}
	last := path[len(path)-1]
	old, _ := o.own(last)
	m.setProp(o, last, join(old, v))
}
