package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// What a page shares goes to others:
//
//	onShareAppMessage() { return { title: this.data.name, path: '/pages/card/card?phone=' + this.data.phone } }

// shared are the parts of what a function of the lifecycle returns that go into a share, by its name (Page, official
// documents of WeChat, Alipay, Baidu and Douyin).
var shared = map[string][]string{
	"onShareAppMessage": {"title", "path", "query", "imageUrl", "desc", "content", "bgImgUrl", "extra", "shareDataInfo"},
	"onShareTimeline":   {"title", "query", "imageUrl"},
	"onAddToFavorites":  {"title", "query", "imageUrl"},
}

// shareOut notes the data in what fn, the function of that name in the lifecycle, returned. An answer that comes later is
// in its promise.
func (m *machine) shareOut(name string, fn, answer *Value) {
	parts := shared[name]
	if parts == nil {
		return
	}
	at := headOf(fn)
	if at.IsZero() {
		return
	}
	m.shareParts(name, parts, m.await(answer), at)
	m.shareParts(name, parts, m.await(m.get(answer, "promise")), at)
}

func (m *machine) shareParts(name string, parts []string, answer *Value, at source.Location) {
	if len(answer.objects) == 0 {
		return
	}
	var d digger
	for _, part := range parts {
		v := m.get(answer, part)
		d.dig(part, v, func(name string, v *Value) { m.key(v.taints(), "payload", name, at) })
		m.queryKeys(v, at)
	}
	m.loseChoices(d.choices)
	if len(d.taints) == 0 {
		return
	}
	m.arrive(d.taints, finding.Sink{Kind: finding.ThirdParty, API: name, Location: at})
	if address := m.get(answer, "path"); len(deepTaints(address)) > 0 { // whoever gets it opens that page with it
		m.open(address, restarts, at)
	}
}

// keepExitState notes the data in what onSaveExitState returned: the platform keeps it, and hands it to the page when the
// person comes back to it (developers.weixin.qq.com, framework/runtime/operating-mechanism).
//
//	onSaveExitState() { return { data: this.data.form } }
//	onLoad() { const form = this.exitState && this.exitState.data }
func (m *machine) keepExitState(i *instance, fn, answer *Value) {
	at := headOf(fn)
	if at.IsZero() {
		return
	}
	kept := m.get(m.await(answer), "data")
	var d digger
	d.dig("", kept, func(name string, v *Value) { m.key(v.taints(), "payload", name, at) })
	m.loseChoices(d.choices)
	m.arrive(d.taints, finding.Sink{Kind: finding.Storage, API: "onSaveExitState", Location: at})
	state := m.object(plainObject, site{i, "exitState"})
	m.setOpen(state, true)
	m.addProp(state, "data", kept)
	m.addProp(i.object, "exitState", objectOf(state))
}

// headOf is the place of a function of the program without its body; zero if v is none.
func headOf(v *Value) source.Location {
	o := v.callee()
	if o == nil || o.fn == nil || o.fn.code() == nil {
		return source.Location{}
	}
	fn := o.fn.code()
	at := source.Location{File: fn.File, Span: fn.Span}
	if head, _, found := strings.Cut(at.Text(), "{"); found {
		at.Span.End = at.Span.Start + int32(len(strings.TrimSpace(head)))
	}
	return at
}
