package flow

import (
	"cmp"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Elements that send what they collect by themselves, without a call in the program:
//
//	<live-pusher url="rtmp://push.example.com/live" />
//	<u-upload action="https://api.example.com/files" />

// byPlatform is the value of platform.Tag.Sends for what the platform's own service takes.
const byPlatform = "platform"

// byCloud is the value of platform.Component.Sends for uploaders that put files into the
// cloud that the program is bound to, if it is bound to one.
const byCloud = "cloud"

// sendsItself notes what e sends by itself of the value that it collects.
func (r *renderer) sendsItself(s *scope, e *markup.Element, c *controlRecord, u *project.Using) {
	for _, to := range addressees(e, u) {
		switch a := e.Attr(to); {
		case to == byPlatform:
			r.arriveFrom(s, e, c, finding.Sink{Kind: finding.ThirdParty})
		case to == byCloud:
			if !turnedOff(e.Attr("auto-upload")) {
				at := source.Location{File: s.view.File, Span: e.Open}
				r.lose(c.origin.value().taints(), finding.NotRun, "<"+e.Tag+">", at)
			}
		case a == nil || !a.HasValue:
		default:
			for _, host := range hostsOf(s.valueOf(r.machine, s.view.File, a.Parts)) {
				to := finding.Sink{Kind: finding.Network, Host: host}
				if host == "" {
					at := source.Location{File: s.view.File, Span: a.ValueSpan}
					to.Reason = finding.HostUnknown(finding.HostComputed, at.Text(), at)
				}
				r.arriveFrom(s, e, c, to)
			}
		}
	}
}

// addressees returns the attributes of e with the addresses that it sends to.
func addressees(e *markup.Element, u *project.Using) (out []string) {
	for _, t := range platform.Tags() {
		if t.Name == e.Tag && t.Sends != "" && (t.Attr == "" || e.Attr(t.Attr) != nil) {
			return []string{t.Sends}
		}
	}
	if c := libraryPart(e, u); c != nil && c.Sends != "" {
		return []string{c.Sends}
	}
	return nil
}

// arriveFrom notes that what e collects reaches a sink that e itself is.
func (r *renderer) arriveFrom(s *scope, e *markup.Element, c *controlRecord, to finding.Sink) {
	to.API, to.Location = "<"+e.Tag+">", source.Location{File: s.view.File, Span: e.Open}
	r.arrive(c.origin.value().taints(), to)
}

// uploads reports whether e is an uploader of a library: each of its events may bring the
// files, under names of the library's own, such as after-read, success and oversize.
func uploads(e *markup.Element, u *project.Using) bool {
	c := libraryPart(e, u)
	return c != nil && c.Role == platform.Upload
}

// libraryPart returns what is known of e as a component of a library, or nil.
func libraryPart(e *markup.Element, u *project.Using) *platform.Component {
	if !compound(e.Tag) || u != nil && u.Unit != nil && u.Unit.Library == "" {
		return nil
	}
	if u != nil {
		return platform.ComponentOf(u.Library, cmp.Or(u.Name, e.Tag), e.Tag)
	}
	return platform.ComponentByTag(e.Tag)
}

// turnedOff reports whether an attribute is there and false: auto-upload="{{false}}",
// auto-upload="false".
func turnedOff(a *markup.Attr) bool {
	if a == nil {
		return false
	}
	text, static := markup.Static(a.Parts)
	return alwaysFalse(a) || static && text == "false"
}
