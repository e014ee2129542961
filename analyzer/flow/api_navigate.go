package flow

import (
	"path"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// specials are the APIs that carry data inside the program: storage, page
// parameters, event channels, cloud functions. They return the result of the
// call, or nil where it is like that of any other API.
var specials map[string]nativeFunc

func init() {
	specials = map[string]nativeFunc{
		"setStorage": func(m *machine, c *call) *Value {
			m.keep(m.get(c.arg(0), "key"), m.get(c.arg(0), "data"), c.site)
			return nil
		},
		"setStorageSync": func(m *machine, c *call) *Value {
			if o := c.arg(0); len(o.objects) > 0 { // Alipay: one object
				m.keep(m.get(o, "key"), m.get(o, "data"), c.site)
			} else {
				m.keep(o, c.arg(1), c.site)
			}
			return undefinedValue
		},
		"getStorageSync": func(m *machine, c *call) *Value {
			if len(c.arg(0).objects) > 0 {
				return m.stored(c, m.get(c.arg(0), "key"))
			}
			return m.load(c.arg(0), c.site)
		},
		"getStorage":        func(m *machine, c *call) *Value { return m.stored(c, m.get(c.arg(0), "key")) },
		"removeStorageSync": func(m *machine, c *call) *Value { return m.remove(c.arg(0)) },
		"removeStorage":     func(m *machine, c *call) *Value { return m.remove(m.get(c.arg(0), "key")) },
		"clearStorageSync":  func(m *machine, c *call) *Value { m.clear(m.api.storage); return undefinedValue },
		"navigateTo":        navigate, "redirectTo": navigate, "reLaunch": navigate, "switchTab": navigate,
		"cloud.callFunction":  callFunction,
		"cloud.importObject":  importObject,
		objectAPI:             callObject,
		"cloud.CloudID":       pass,
		"cloud.init":          initCloud,
		"arrayBufferToBase64": pass, "base64ToArrayBuffer": pass,
		"nextTick": func(m *machine, c *call) *Value {
			fn := c.arg(0)
			m.later(func() { m.call(fn, undefinedValue, nil, callbackSite{c.site}) })
			return undefinedValue
		},
	}
	for name, what := range map[string]string{"$on": "on", "$once": "on", "$emit": "emit"} { // uni.$emit
		specials[name] = func(m *machine, c *call) *Value {
			args := []*Value{objectOf(m.bus()), textOf(what), c.arg(0), c.arg(1)}
			return m.call(globals["$bus"], undefinedValue, args, c.site)
		}
	}
	define("EventChannel", map[string]nativeFunc{"emit": emit, "on": listen, "once": listen, "off": always(undefinedValue)})
}

// param is one parameter of an address.
type param struct {
	name  string
	value *Value
}

// queryOf takes the query of an address apart, known and unknown pieces alike.
func queryOf(c *constant) []param {
	parts := c.parts
	if c.kind == text {
		parts = []part{{str: c.str}}
	}
	var out []param
	state := 0 // 0 before the query, 1 in a name, 2 in a value
	for _, p := range parts {
		if p.val != nil {
			if state == 2 {
				out[len(out)-1].value = joinPiece(out[len(out)-1].value, p.value())
			} else if state == 1 {
				// A whole query made elsewhere: every name may be in it.
				out = append(out, param{"", p.value()})
			}
			continue
		}
		rest := p.str
		for rest != "" {
			switch state {
			case 0:
				i := strings.IndexByte(rest, '?')
				if i < 0 {
					rest = ""
					continue
				}
				rest, state = rest[i+1:], 1
				out = append(out, param{})
			case 1:
				i := strings.IndexAny(rest, "=&")
				if len(out) == 0 {
					out = append(out, param{})
				}
				last := &out[len(out)-1]
				if i < 0 {
					last.name += rest
					rest = ""
					continue
				}
				last.name += rest[:i]
				if rest[i] == '=' {
					state = 2
				} else {
					out = append(out, param{})
				}
				rest = rest[i+1:]
			default:
				last := &out[len(out)-1]
				i := strings.IndexByte(rest, '&')
				s := rest
				if i >= 0 {
					s = rest[:i]
				}
				if s != "" {
					last.value = joinPiece(last.value, textOf(s))
				}
				if i < 0 {
					rest = ""
					continue
				}
				rest, state = rest[i+1:], 1
				out = append(out, param{})
			}
		}
	}
	return out
}

// joinPiece appends a piece to the value of a parameter. A value that is one
// piece stays what it is, so that JSON in a parameter can be taken apart.
func joinPiece(v, piece *Value) *Value {
	if v == nil {
		return piece
	}
	return concat(v, piece)
}

// navigate carries page parameters and the event channel to another page.
func navigate(m *machine, c *call) *Value {
	channel := m.open(m.get(c.arg(0), "url"), m.here())
	if channel == nil {
		return nil
	}
	for _, ev := range m.get(c.arg(0), "events").objects {
		for _, p := range ev.props {
			m.listenTo(channel, textOf(p.name), p.value, c.site)
		}
	}
	res := m.object(plainObject, resultSite{resultSite{c.site}})
	m.setProp(res, "eventChannel", channel)
	m.setOpen(res, true)
	return objectOf(res)
}

// open carries page parameters to the pages that an address can name and returns
// their event channels, or nil where it names none of the program.
func (m *machine) open(url *Value, at source.Location) (channel *Value) {
	here := m.frame.page()
	for _, k := range url.consts {
		if k.kind != text && k.kind != joined {
			continue
		}
		target := m.pageAt(here, k.prefix())
		if target == nil {
			continue
		}
		target.opened(here)
		for _, p := range queryOf(k) {
			if p.value == nil {
				continue
			}
			v := note(p.value, lang.Text{ZH: "作为页面参数 " + p.name + " 传给 " + target.unit.Path, EN: "passed to page " + target.unit.Path + " as parameter " + p.name}, at)
			if p.name == "" {
				m.addRest(target.query, v)
			} else {
				m.addProp(target.query, p.name, v)
			}
		}
		channel = join(channel, objectOf(target.channel))
	}
	return channel
}

// pageAt finds the page that an address names, seen from page here.
func (m *machine) pageAt(here *instance, url string) *instance {
	route, _, _ := strings.Cut(url, "?")
	route = strings.TrimSuffix(strings.TrimSpace(route), ".html")
	if route == "" {
		return nil
	}
	if p := m.pages.byRoute[strings.TrimPrefix(route, "/")]; p != nil {
		return p
	}
	if here != nil && here.unit != nil && !strings.HasPrefix(route, "/") {
		return m.pages.byRoute[path.Join(path.Dir(here.unit.Path), route)]
	}
	return nil
}

// emit hands data to the listeners of an event channel, now and later.
func emit(m *machine, c *call) *Value {
	names, _ := c.arg(0).keys()
	for _, o := range c.this.objects {
		o.touch()
		for _, n := range names {
			v := note(c.arg(1), lang.Text{ZH: "经事件通道 " + n + " 传出", EN: "sent through event channel " + n}, m.here())
			m.addProp(o, "data:"+n, v)
			if fn, ok := o.own("on:" + n); ok {
				m.later(func() { m.call(fn, undefinedValue, []*Value{v}, callbackSite{c.site}) })
			}
		}
	}
	return undefinedValue
}

func listen(m *machine, c *call) *Value {
	m.listenTo(c.this, c.arg(0), c.arg(1), c.site)
	return undefinedValue
}

func (m *machine) listenTo(channel, name, fn *Value, site any) {
	names, _ := name.keys()
	for _, o := range channel.objects {
		o.touch()
		for i, n := range names {
			m.addProp(o, "on:"+n, fn)
			if v, ok := o.own("data:" + n); ok {
				m.later(func() { m.call(fn, undefinedValue, []*Value{v}, itemSite{site, i}) })
			}
		}
	}
}
