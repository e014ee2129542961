package flow

import (
	"path"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// specials are the APIs that carry data inside the program: storage, page
// parameters, event channels, cloud functions. They return the result of the
// call, or nil if it is like that of any other API.
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
		"batchSetStorage": func(m *machine, c *call) *Value {
			m.keepAll(m.get(c.arg(0), "kvList"), c.site)
			return nil
		},
		"batchSetStorageSync": func(m *machine, c *call) *Value {
			m.keepAll(c.arg(0), c.site)
			return undefinedValue
		},
		"batchGetStorageSync": func(m *machine, c *call) *Value {
			keys, others := m.elements(c.arg(0))
			var values []*Value
			for k, key := range keys {
				values = append(values, m.load(key, site{c.site, strconv.Itoa(k)}))
			}
			if others != nil {
				others = m.load(others, c.site)
			}
			return m.array(c.site, values, others)
		},
		"getStorage":     func(m *machine, c *call) *Value { return m.stored(c, m.get(c.arg(0), "key")) },
		"getStorageInfo": storageInfo, "getStorageInfoSync": storageInfo,
		"removeStorageSync": func(m *machine, c *call) *Value { return m.remove(c.arg(0)) },
		"removeStorage":     func(m *machine, c *call) *Value { return m.remove(m.get(c.arg(0), "key")) },
		"clearStorageSync":  func(m *machine, c *call) *Value { m.clear(m.api.storage); return undefinedValue },
		"navigateTo":        navigate, "redirectTo": navigate, "reLaunch": navigate, "switchTab": navigate,
		"cloud.callFunction": callFunction, "Database.runTransaction": runTransaction,
		"cloud.importObject": importObject,
		"Collection.add":     triggered, "Query.update": triggered, "Query.updateAndReturn": triggered, "Query.remove": triggered,
		"Document.set": triggered, "Document.update": triggered, "Document.updateAndReturn": triggered, "Document.remove": triggered,
		"DatabaseComponent.add": triggered, "DatabaseComponent.update": triggered, "DatabaseComponent.remove": triggered,
		objectAPI:       callObject,
		"cloud.CloudID": pass,
		"cloud.init":    initCloud,
		"cloud.Cloud":   otherCloud, "cloud.createCloudContext": otherCloud,
		"addInterceptor":      addInterceptor,
		"createSelectorQuery": func(m *machine, c *call) *Value { return m.selectorQuery(undefinedValue, c.site) },
		"arrayBufferToBase64": pass, "base64ToArrayBuffer": pass,
		"nextTick": func(m *machine, c *call) *Value {
			fn := c.arg(0)
			m.later(func() { m.call(fn, undefinedValue, nil, site{c.site, "callback"}) })
			return undefinedValue
		},
	}
	for name, what := range map[string]string{
		"$on": "on", "$once": "on", "$emit": "emit", // uni.$emit
		"eventCenter.on": "on", "eventCenter.once": "on", "eventCenter.trigger": "emit", // Taro's
	} {
		specials[name] = func(m *machine, c *call) *Value {
			args := append([]*Value{objectOf(m.bus()), textOf(what), c.arg(0)}, c.rest(1)...)
			return m.call(globals["$bus"], undefinedValue, args, c.site)
		}
	}
	specials["eventCenter.off"] = always(undefinedValue)
	define("EventChannel", map[string]nativeFunc{"emit": emit, "on": listen, "once": listen, "off": always(undefinedValue)})
}

// selectorQuery is a new SelectorQuery about the elements of a component, of the page if it is
// none.
func (m *machine) selectorQuery(component *Value, from any) *Value {
	class := m.get(m.model("selector-query"), "SelectorQuery")
	return m.construct(class, []*Value{component}, nil, site{from, "query"})
}

// param is one parameter of an address.
type param struct {
	name  string
	value *Value
}

// queryOf takes the query of an address apart, known and unknown pieces alike.
func queryOf(c *constant) []param {
	parts := c.pieces()
	if c.kind == text {
		parts = []part{{str: c.str}}
	}
	parts = behindMark(parts)
	if parts == nil {
		return nil
	}
	out := []param{{}}
	inValue := false
	for _, p := range parts {
		switch {
		case p.val == nil:
			out, inValue = readQuery(out, inValue, p.str)
		case inValue:
			last := &out[len(out)-1]
			last.value = joinPiece(last.value, p.value())
		default: // a whole query made elsewhere: every name may be in it
			out = append(out, param{"", p.value()})
		}
	}
	if c.kind == text && c.file != nil {
		for i := range out {
			out[i].value = c.placed(out[i].value)
		}
	}
	return out
}

// placed gives v, a text that is a part of c, the place that it has in the literal, or that of the literal.
func (c *constant) placed(v *Value) *Value {
	if v == nil || len(v.consts) != 1 || v.consts[0].file != nil {
		return v
	}
	at, literal := c.span, c.file.Slice(c.span)
	if before, after, once := strings.Cut(literal, v.consts[0].str); once && !strings.Contains(after, v.consts[0].str) {
		at.Start += int32(len(before))
		at.End -= int32(len(after))
	}
	return valueOf(constant{kind: text, str: v.consts[0].str, file: c.file, span: at, by: v.consts[0].by})
}

// behindMark returns what comes after the question mark of an address, or nil.
func behindMark(parts []part) []part {
	for i, p := range parts {
		if p.val != nil {
			continue
		}
		if _, query, ok := strings.Cut(p.str, "?"); ok {
			return append([]part{{str: query}}, parts[i+1:]...)
		}
	}
	return nil
}

// readQuery reads a literal piece of a query, which goes on where the last parameter
// of params ends: in its value or in its name. It reports where the piece itself
// ends.
func readQuery(params []param, inValue bool, query string) ([]param, bool) {
	for i, piece := range strings.Split(query, "&") {
		if i > 0 {
			params, inValue = append(params, param{}), false
		}
		last := &params[len(params)-1]
		if !inValue {
			var name string
			name, piece, inValue = strings.Cut(piece, "=")
			last.name += name
		}
		if piece != "" {
			last.value = joinPiece(last.value, textOf(piece))
		}
	}
	return params, inValue
}

// joinPiece appends a piece to the value of a parameter. A value that is one
// piece stays as it is, so that JSON in a parameter can be taken apart.
func joinPiece(v, piece *Value) *Value {
	if v == nil {
		return piece
	}
	return concat(v, piece)
}

// navigate carries page parameters and the event channel to another page.
func navigate(m *machine, c *call) *Value {
	channel := m.open(m.get(c.arg(0), "url"), openingOf[c.fn.path], m.here())
	if channel == nil {
		return nil
	}
	for name, fn := range m.get(c.arg(0), "events").properties() {
		m.listenTo(channel, textOf(name), fn, c.site)
	}
	res := m.object(plainObject, site{c.site, "answer"})
	m.setProp(res, "eventChannel", channel)
	m.setOpen(res, true)
	return objectOf(res)
}

// open carries page parameters to the pages that an address can name and returns
// their event channels, or nil if it names none of the program.
func (m *machine) open(url *Value, how opening, at source.Location) (channel *Value) {
	here := m.frame.page()
	var others *Value // in addresses of which nothing else is known
	if ts := without(url.taints(), inQueries(url)); len(ts) > 0 {
		others = taintOnly(ts)
	}
	stray := url.unknown || len(url.taints()) > 0
	for _, k := range url.consts {
		if k.kind != text && k.kind != joined {
			continue
		}
		target := m.pageAt(here, k.prefix())
		if target == nil {
			stray = stray || k.kind == joined
			continue
		}
		m.pushed(target, here, how)
		for _, p := range append(queryOf(k), param{"", others}) {
			if p.value == nil {
				continue
			}
			v := note(p.value, lang.Text{ZH: "作为页面参数 " + p.name + " 传给 " + target.unit.Path,
				EN: "passed to page " + target.unit.Path + " as parameter " + p.name}, at)
			if p.name == "" {
				m.api.anywhere = m.api.anywhere || p.value != others
				m.addRest(target.query, v)
			} else {
				m.addProp(target.query, p.name, v)
			}
		}
		channel = join(channel, objectOf(target.channel))
	}
	if stray {
		m.strayed(here, how)
	}
	if channel == nil { // of a page that is not known
		m.api.anywhere = true
		m.lose(url.taints(), finding.UnknownKey, callee(at), at)
	}
	return channel
}

// inQueries is the collected data in the parameters of all addresses that url can be.
func inQueries(url *Value) (ts []taint) {
	for _, k := range url.consts {
		for _, p := range queryOf(k) {
			if p.value != nil {
				ts = joinTaints(ts, p.value.taints())
			}
		}
	}
	return ts
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
	names := m.eventNames(c)
	for _, o := range c.this.objects {
		o.touch()
		for _, n := range names {
			m.send(o, n, c.rest(1), lang.Text{ZH: "经事件通道 " + n + " 传出", EN: "sent through event channel " + n}, c.site)
		}
	}
	return undefinedValue
}

func listen(m *machine, c *call) *Value {
	m.listenTo(c.this, c.arg(0), c.arg(1), c.site)
	return undefinedValue
}

func (m *machine) listenTo(channel, name, fn *Value, from any) {
	names, _ := name.keys()
	for _, o := range channel.objects {
		o.touch()
		for i, n := range names {
			m.addProp(o, "on:"+n, fn)
			if held := m.sent(o, n); held != nil {
				m.later(func() { m.call(fn, undefinedValue, held, itemSite(from, i)) })
			}
		}
	}
}

// send hands values to the listeners of an event of o, now and later.
func (m *machine) send(o *Object, name string, values []*Value, message lang.Text, from any) {
	if len(values) == 0 {
		values = []*Value{undefinedValue}
	}
	args := make([]*Value, len(values))
	for i, v := range values {
		args[i] = note(orUndefined(v), message, m.here())
		m.addProp(o, sentKey(name, i), args[i])
	}
	if fn, ok := o.own("on:" + name); ok {
		m.later(func() { m.call(fn, undefinedValue, args, site{from, "callback"}) })
	}
}

// sent are the values that an event of o has had, in their places; nil if it had none.
func (m *machine) sent(o *Object, name string) (values []*Value) {
	for {
		v, ok := o.own(sentKey(name, len(values)))
		if !ok {
			return values
		}
		values = append(values, v)
	}
}

// sentKey is where an object keeps the value at a place of an event, from 0.
func sentKey(name string, place int) string { return "data:" + name + ":" + strconv.Itoa(place) }
