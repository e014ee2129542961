package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Addresses whose answer is personal information: recognisers of documents, and
// interfaces that exchange a code for what it is for.

// answered puts the answer of an address into the result of a request if that is
// personal information. Of a code in the request it is what the code is for.
func (m *machine) answered(o *Object, c *Call, address *Value, args []*Value, result *Value) {
	known := knownAddress(address)
	if known == nil || known.Upload && !pictured(c, args) {
		return
	}
	if at := m.askedAt(known, c.Location); at != c.Location {
		c = m.recordCall(o, at)
	}
	answer := m.answer(c, known, args, o.apiName())
	for _, r := range result.objects {
		for _, name := range [...]string{"data", "body"} {
			old, _ := r.own(name)
			m.setProp(r, name, join(old, answer))
		}
	}
}

// askedAt is the place that asks known for its answer: at, where the request is made, or, since the program's own
// wrapper asks for many addresses, where this one is handed to the outermost of them, or else the place in the page from
// which it comes.
func (m *machine) askedAt(known *platform.Address, at source.Location) source.Location {
	if known.Carries {
		return at
	}
	handed := source.Location{}
	for f := m.frame; f != nil && f.caller != nil; f = f.caller {
		given := slices.ContainsFunc(f.args, func(v *Value) bool { return holdsAddress(v, known.Name) })
		if up := f.caller; given && up.instr != nil && up.fn != nil {
			handed = up.location(up.instr.Span)
		}
	}
	if handed.File != nil {
		return handed
	}
	if from := m.asker(); from.File != nil && from.File != at.File {
		return from
	}
	return at
}

// answer is what known answers to a request with args.
func (m *machine) answer(c *Call, known *platform.Address, args []*Value, by string) *Value {
	c.Address = known
	var given []taint
	for _, a := range args {
		given = joinTaints(given, deepTaints(a))
	}
	c.Pictured = c.Pictured || pictured(c, args)
	if known.Carries && len(given) > 0 {
		c.Carried = true
		return note(taintOnly(given), lang.Textf("由 %s 换取", "exchanged by %s", known.Name), m.here())
	}
	start := lang.Textf("%s 的应答交出数据", "the answer to %s hands it over", by)
	org := m.callOrigin(c, answerPath, start)
	org.fields = known.Own
	if org.of == nil {
		org.of = &partOf{call: c, datum: func(path string) *origin { return m.callOrigin(c, path, start) }}
	}
	return org.value()
}

// pictured reports whether a request is sent a picture.
func pictured(c *Call, args []*Value) bool {
	return c.API == "uploadFile" || slices.ContainsFunc(args, func(a *Value) bool {
		return slices.ContainsFunc(deepTaints(a), func(t taint) bool { return t.origin.picture })
	})
}

// answerOf is the answer that a call of a library that talks to servers gives, nil if
// it is no personal information: rp({ uri }), axios.post(url, data).
func (m *machine) answerOf(o *Object, args []*Value, at source.Location) *Value {
	if len(args) == 0 {
		return nil
	}
	known := knownAddress(args[0])
	for _, name := range [...]string{"url", "uri"} {
		if known == nil && len(args[0].objects) > 0 {
			known = knownAddress(m.get(args[0], name))
		}
	}
	if known == nil { // the client of a service: client.IDCardOCR(params)
		known = platform.AddressOf("/" + o.path)
	}
	if known == nil || known.Upload { // of which nothing tells that it is sent a picture
		return nil
	}
	return m.answer(m.recordCall(o, m.askedAt(known, at)), known, args, o.module.Library)
}

// answerOfClient is what a method of an object that is not in the tree answers, if its name says that it reads
// documents: new ocr.Client(…).IDCardOCR(params) in a cloud function, whose packages are rarely there.
func (m *machine) answerOfClient(fn *Value, args []*Value, at source.Location) *Value {
	name := strings.TrimPrefix(methodName(at), ".")
	if name == "" || fn == nil || len(fn.taints()) > 0 {
		return nil
	}
	known := platform.AddressOf("/" + name)
	if known == nil || known.Upload {
		return nil
	}
	return m.answer(m.recordNamed(name, at), known, args, name)
}

// holdsAddress reports whether an address with a name is v, or is in an object that v is: upload({ url: '/card/ocr' }).
func holdsAddress(v *Value, name string) bool {
	if a := knownAddress(v); a != nil {
		return a.Name == name
	}
	return v != nil && slices.ContainsFunc(v.objects, func(o *Object) bool {
		return slices.ContainsFunc(o.props, func(p property) bool {
			a := knownAddress(p.value)
			return a != nil && a.Name == name
		})
	})
}

// answerOfFunction is what a cloud function that is not in the tree answers, if its name says that it reads
// documents.
func (m *machine) answerOfFunction(o *Object, names []string, args []*Value, at source.Location) *Value {
	for _, n := range names {
		if known := platform.AddressOf("/" + n); known != nil && !known.Upload {
			return m.answer(m.recordCall(o, at), known, args, o.apiName())
		}
	}
	return nil
}

// knownAddress returns what is known of the addresses that v can be, or nil.
func knownAddress(v *Value) *platform.Address {
	if v == nil {
		return nil
	}
	var blank *platform.Address // a longer piece of the address may say more
	for _, k := range v.consts {
		if k.kind != text && k.kind != joined {
			continue
		}
		for _, s := range append(prefixes(k), k.words()) {
			switch a := platform.AddressOf(s); {
			case a == nil:
			case a.Blank:
				blank = a
			default:
				return a
			}
		}
	}
	return blank
}
