package flow

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/source"
)

// Elements that open an address, or load what they show from one. Data in it go there.

// loads are the attributes whose address an element asks for when it is shown (components image, cover-image, video, audio
// and live-player, official documents; HTML's img).
var loads = map[string][]string{
	"image": {"src"}, "cover-image": {"src"}, "img": {"src"}, "live-player": {"src"},
	"video": {"src", "poster"}, "audio": {"src", "poster"},
}

// opens notes data that become part of an address of e, whose attributes value gives, nil for one that it does not have.
func (r *renderer) opens(s *scope, e *markup.Element, tag string, value func(name string) *Value) {
	switch tag {
	case "web-view":
		if address := value("src"); address != nil {
			r.inAddress(s, e, address, finding.Sink{Kind: finding.Network, API: tag, Host: hostOf(address)})
		}
	case "navigator":
		address := value("url")
		if address == nil {
			return
		}
		how := openingBy(value("open-type"))
		opens := site{e, "url"}
		entry := s.instance.context.child(opens, nil, s.iter).entryPoint()
		if to := []*Value{address}; !entry.covers(to) {
			entry.ran, entry.dataset = 0, to
		}
		r.entryPoint(s.instance, opens, s.iter, func() {
			r.open(address, how, source.Location{File: s.view.File, Span: e.Open})
			r.inAddress(s, e, address, finding.Sink{Kind: finding.Navigation, API: tag})
		})
	default:
		for _, name := range loads[tag] {
			r.loaded(s, e, tag, value(name))
		}
	}
}

// loaded notes data that become part of the address of what e shows:
//
//	<image src="https://stats.example.com/pixel?phone={{phone}}"/>
//
// An address that is a datum itself is a file that was chosen, and is shown. That another address may be
// shown in its place, of a default picture, sends nothing.
func (r *renderer) loaded(s *scope, e *markup.Element, tag string, address *Value) {
	if address == nil {
		return
	}
	for _, c := range address.consts {
		if c.kind != joined {
			continue
		}
		if host := hostOf(valueOf(*c)); host != "" {
			to := finding.Sink{Kind: finding.Network, API: "<" + tag + ">", Host: host}
			to.Location = source.Location{File: s.view.File, Span: e.Open}
			r.arrive(c.held(), to)
		}
	}
}

// held is the data in the pieces of a joined text.
func (c *constant) held() (ts []taint) {
	for _, p := range c.pieces() {
		ts = joinTaints(ts, deepTaints(p.val))
	}
	return ts
}

// inAddress notes data that become part of the address that e opens.
func (r *renderer) inAddress(s *scope, e *markup.Element, address *Value, to finding.Sink) {
	var d digger
	d.dig("", address, func(string, *Value) {})
	if len(d.taints) > 0 {
		to.Location = source.Location{File: s.view.File, Span: e.Open}
		r.arrive(d.taints, to)
	}
}
