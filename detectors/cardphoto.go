package detectors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A picture that a person chooses is media; that of an ID card is sensitive as
// well (PIPL, art. 28), and that of a face is biometric if the face is what it is for.
// The text beside the tapped element says what it shows.

// A motif is what a picture shows, and how a program says so.
type motif struct {
	text     *regexp.Regexp // in texts of the view
	uploader *regexp.Regexp // in the label of an uploader, besides
	handler  *regexp.Regexp // in the name of the function that takes it
}

var (
	cards = motif{
		text:     regexp.MustCompile(`身份证件?(?:的)?(?:正|反|背|人像|国徽|头像|照|图|原件|复印件|扫描件)|(?:上传|拍摄|手持).{0,6}身份证|(?:人像|国徽)面|证件照片`),
		uploader: regexp.MustCompile(`身份证|护照|证件`),
		handler:  regexp.MustCompile(`(?i)id_?card|identity_?card`),
	}
	faces = motif{
		text:     regexp.MustCompile(`人脸|刷脸|面部(?:照|图|信息|识别|采集)|活体(?:检测|认证)`),
		uploader: regexp.MustCompile(`人脸|面部`),
		handler:  regexp.MustCompile(`(?i)face_?(?:photo|image|img|picture|check|verify|recogni|detect|collect|upload)|(?:check|verify|recogni[sz]e|detect|collect|upload|take|choose)_?face(?:$|[A-Z_])`),
	}
)

const maxPhotoLevels = 3 // ancestors of the tapped element that are read

// pictured reports finding f about a chosen picture, with what it shows if the view or
// the name of the function says so.
func pictured(pass *detect.Pass, f finding.Finding, c *flow.Call) {
	if f.Category != finding.Media && f.Category != finding.Camera || c.Unit == nil {
		pass.Report(f)
		return
	}
	says := func(m motif) *finding.Evidence {
		e := photoLabel(c, m)
		if e == nil && c.Unit.Kind == project.ComponentUnit {
			e = usesOf(pass.Program, c.Unit, m)
		}
		return e
	}
	ofFace(pass, f, says(faces))
	ofCard(&f, says(cards))
	pass.Report(f)
}

// ofFace reports a face beside f, the finding about its picture, if something says that
// it shows one. The name of a function alone is no more than a hint.
func ofFace(pass *detect.Pass, f finding.Finding, says *finding.Evidence) {
	if says == nil {
		return
	}
	f.Rule, f.Category, f.PrivacyKey = ruleByID("api/"+string(finding.Biometric)), finding.Biometric, ""
	if says.What == "handler" {
		f.Confidence = finding.Low
	}
	f.Evidence = append(slices.Clone(f.Evidence), *says)
	f.Message = lang.Text{
		ZH: f.Subject + " 取得的照片是人脸：" + says.Text,
		EN: f.Subject + " takes the picture of a face: " + says.Text,
	}
	pass.Report(f)
}

// ofCard makes f a finding about pictures of an ID card, if something says so.
func ofCard(f *finding.Finding, says *finding.Evidence) {
	if says == nil {
		return
	}
	f.Evidence = append(f.Evidence, *says)
	f.Message.ZH += "：身份证件照片，属敏感个人信息"
	f.Message.EN += ": pictures of an ID card, which are sensitive"
}

// usesOf returns the text, at a use of the program's own uploader, that says that
// its picture shows m, or nil.
func usesOf(p *project.Program, uploader *project.Unit, m motif) (says *finding.Evidence) {
	for _, u := range p.Units {
		if !u.Reachable {
			continue
		}
		markup.WalkElements(u.View.Nodes(), func(e *markup.Element) {
			if k := u.Components[e.Tag]; says == nil && k != nil && k.Unit == uploader {
				says = uploadLabel(control.Place{Unit: u, View: u.View, Element: e, Texts: written(u.View.File)}, m)
			}
		})
	}
	return says
}

// uploadLabel returns the text at an uploader that says that its picture shows m, or
// nil.
func uploadLabel(p control.Place, m motif) *finding.Evidence {
	for _, t := range append(p.Attrs(p.Element, "label", "title", "text", "tip", "name"), p.Labels()...) {
		if m.text.MatchString(t.String) || m.uploader.MatchString(t.String) {
			return &finding.Evidence{What: "label", Text: strings.TrimSpace(t.String), Location: t.Location}
		}
	}
	return nil
}

// written gives the texts of a view as written.
func written(f *source.File) func([]markup.Part) []flow.Text {
	return func(parts []markup.Part) []flow.Text {
		if s, ok := markup.Static(parts); ok && s != "" {
			return []flow.Text{{String: s, Location: source.Location{File: f, Span: parts[0].Span}}}
		}
		return nil
	}
}

// uploads reports the uploaders of UI libraries: they choose pictures themselves.
func uploads(pass *detect.Pass, c *flow.Control) {
	role := control.Component(c.Unit, c.Element)
	if role == nil || role.Role != platform.Upload || control.Own(c.Unit, c.Element) || c.Unit.Library != "" || !heard(c, "") {
		return
	}
	f := handover(c, &c.Uses, platform.Yield{Category: finding.Media}, "<"+c.Element.Tag+">", "Album", "")
	f.Evidence = []finding.Evidence{{What: "element", Text: c.Element.Tag, Location: f.Location}}
	at := control.Place{Unit: c.Unit, View: c.View, Element: c.Element, Texts: c.Texts}
	ofFace(pass, f, uploadLabel(at, faces))
	ofCard(&f, uploadLabel(at, cards))
	pass.Report(f)
}

// photoLabel returns the text that says that a call takes a picture of m, or nil. The
// name of the function around the call counts, then the texts
// at the elements that it handles, then, if none is bound to it, those of the
// view.
func photoLabel(c *flow.Call, m motif) *finding.Evidence {
	handler, at := enclosing(c)
	if m.handler.MatchString(handler) {
		return &finding.Evidence{What: "handler", Text: handler, Location: at}
	}
	view := c.Unit.View
	if view == nil || view.Tree == nil {
		return nil
	}
	bound := false
	var says *finding.Evidence
	markup.Walk(view.Tree.Nodes, func(n markup.Node) bool {
		e, ok := n.(*markup.Element)
		if !ok || says != nil || !handles(e, handler) {
			return says == nil
		}
		bound = true
		for up := 0; e != nil && up < maxPhotoLevels && says == nil; up++ {
			says = photoText([]markup.Node{e}, view.File, m)
			e = e.Parent
			if e != nil && others(e, handler) {
				break // its text may be about another picture
			}
		}
		return true
	})
	if !bound {
		says = source.Known(&view.Tree.Memo, asPhoto{m.text}, func() *finding.Evidence {
			return photoText(view.Tree.Nodes, view.File, m)
		})
	}
	return says
}

// asPhoto is the key of what photoText says of a whole template.
type asPhoto struct{ text *regexp.Regexp }

// enclosing returns the name of the method or function around a call. (Calls are in
// modules: the template of a page reaches no API.)
func enclosing(c *flow.Call) (name string, at source.Location) {
	span := c.Location.Span
	take := func(n string, where source.Span) { name, at = n, source.Location{File: c.Module.File, Span: where} }
	script.Walk(c.Module.Tree, func(n script.Node) bool {
		if r := n.Range(); span.Start < r.Start || r.End < span.End {
			return false
		}
		switch n := n.(type) {
		case *script.Property:
			if _, ok := n.Value.(*script.Function); ok && !callback[n.Key] {
				take(n.Key, n.KeySpan)
			}
		case *script.Member:
			if _, ok := n.Value.(*script.Function); ok {
				take(n.Key, n.KeySpan)
			}
		}
		return true
	})
	return name, at
}

// callback are the names under which APIs take functions.
var callback = map[string]bool{"success": true, "fail": true, "complete": true}

func handles(e *markup.Element, handler string) bool {
	for _, a := range e.Attrs {
		if s, ok := markup.Static(a.Parts); a.Kind == markup.Event && ok && strings.TrimSpace(s) == handler && handler != "" {
			return true
		}
	}
	return false
}

// others reports whether something below e is handled by another function.
func others(e *markup.Element, handler string) bool {
	return markup.Any(e.Children, func(k *markup.Element) bool { return !handles(k, handler) && k.Hears() })
}

// photoText returns the first text among nodes that speaks of pictures of m.
func photoText(nodes []markup.Node, file *source.File, m motif) *finding.Evidence {
	var says *finding.Evidence
	take := func(text string, at source.Span) {
		if says == nil && m.text.MatchString(text) {
			says = &finding.Evidence{What: "label", Text: strings.TrimSpace(text), Location: source.Location{File: file, Span: at}}
		}
	}
	look := func(parts []markup.Part) {
		for _, p := range parts {
			if p.Expr == nil {
				take(p.Text, p.Span)
				continue
			}
			script.Walk(p.Expr, func(n script.Node) bool { // {{busy ? '请稍候' : '上传身份证正面'}}
				if s, ok := n.(*script.String); ok {
					take(s.Value, s.Span)
				}
				return true
			})
		}
	}
	markup.Walk(nodes, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Text:
			look(n.Parts)
		case *markup.Element:
			for _, a := range n.Attrs {
				if a.Kind == markup.Plain {
					look(a.Parts)
				}
			}
		}
		return says == nil
	})
	return says
}
