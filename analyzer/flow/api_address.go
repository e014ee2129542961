package flow

import (
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
	if known == nil {
		return
	}
	if at := m.asker(); at.File != nil && at.File != c.Location.File && !known.Carries {
		c = m.recordCall(o, at) // the program's own wrapper asks for many addresses
	}
	answer := m.answer(c, known, args, o.apiName())
	for _, r := range result.objects {
		for _, name := range [...]string{"data", "body"} {
			old, _ := r.own(name)
			m.setProp(r, name, join(old, answer))
		}
	}
}

// answer is what known answers to a request with args.
func (m *machine) answer(c *Call, known *platform.Address, args []*Value, by string) *Value {
	c.Address = known
	if known.Carries {
		var given []taint
		for _, a := range args {
			given = joinTaints(given, deepTaints(a))
		}
		if len(given) > 0 {
			c.Carried = true
			return note(taintOnly(given), lang.Textf("由 %s 换取", "exchanged by %s", known.Name), m.here())
		}
	}
	org := m.callOrigin(c, answerPath, lang.Textf("%s 的应答交出数据", "the answer to %s hands it over", by))
	org.fields = known.Blank
	return org.value()
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
	if known == nil {
		return nil
	}
	return m.answer(m.recordCall(o, at), known, args, o.module.Library)
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

// answerPath is where Call.Results has what becomes of the answer of Call.Address.
const answerPath = "answer"

// AnswerUses is what becomes of the answer of c.Address.
func (c *Call) AnswerUses() *Uses { return c.Results[answerPath] }
