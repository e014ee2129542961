// Package privacy derives what a WeChat mini program has to declare in its user
// privacy guide (用户隐私保护指引), compares that with what is declared, and drafts
// the declaration.
//
// It takes a loaded program, its flow analysis and the findings of the detectors,
// and gives a Guide: one Need for each type of information, with every place of
// the code that asks for it. What belongs to which type is in package platform;
// keys that no document confirms stay marked as unverified.
//
// Limits: it sees the code that is shipped, as the platform's review does, not
// what plugins do and not what was declared in the console. Files that nothing
// refers to are not looked at: the developer tools leave them out of the upload,
// unless ignoreUploadUnusedFiles is false. It does not see calls whose name is put
// together at run time, and does not know whether a library calls what it
// contains.
package privacy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Guide is what a program has to declare.
type Guide struct {
	Program string // its name
	Root    string // its directory, relative to the scanned one
	// Platform is the program's platform. The guide is WeChat's; for another
	// platform it can only serve as a hint.
	Platform string
	Needs    []*Need          // types that the platform derives from interfaces, in the order of the official table
	Own      []*Need          // types that the program asks for in its own forms, which the platform cannot see
	Plugins  []project.Plugin // plugins: nobody sees their code, and their providers declare for themselves
}

// Need is one type of information and the places that ask for it.
type Need struct {
	Key        string
	Title      lang.Text
	Category   finding.Category // of an entry of Guide.Own; "" in Guide.Needs
	Unverified bool             // no document confirms the key
	Custom     bool             // the table has no such type: an entry of one's own
	Uses       []Use
}

// Reachable reports whether a page can reach one of the uses.
func (n *Need) Reachable() bool {
	return slices.ContainsFunc(n.Uses, func(u Use) bool { return u.Reachable })
}

// Sure reports whether a page reaches one of the uses for sure: not only through a
// library that it loads, which may not run.
func (n *Need) Sure() bool {
	return slices.ContainsFunc(n.Uses, func(u Use) bool { return u.Reachable && !u.Maybe })
}

// Keys lists the types that the guide declares for interfaces, in alphabetical
// order: those that are needed for sure, and those that only libraries ask for,
// whose code may not run.
func (g *Guide) Keys() (sure, perhaps []string) {
	for _, n := range g.Needs {
		switch {
		case n.Sure():
			sure = append(sure, n.Key)
		case n.Reachable():
			perhaps = append(perhaps, n.Key)
		}
	}
	slices.Sort(sure)
	slices.Sort(perhaps)
	return sure, perhaps
}

// Collected lists what the program collects in forms of its own, in the order of
// finding.Categories.
func (g *Guide) Collected() finding.CategoryList {
	var out finding.CategoryList
	for _, c := range finding.Categories() {
		if slices.ContainsFunc(g.Own, func(n *Need) bool { return n.Category == c }) {
			out = append(out, c)
		}
	}
	return out
}

// Derive gives the guide of a program.
func Derive(p *project.Program, r *flow.Result, found []finding.Finding) *Guide {
	g := &Guide{Program: p.Name, Root: p.Root, Platform: p.Platform, Plugins: p.Plugins}
	uses := Uses(p, r)
	uses = append(uses, followed(uses, found)...)
	for _, k := range platform.PrivacyKeys() {
		n := &Need{Key: k.Key, Title: k.Title, Unverified: k.Unverified}
		for _, u := range uses {
			if u.Key == k.Key {
				n.Uses = append(n.Uses, u)
			}
		}
		if len(n.Uses) > 0 {
			g.Needs = append(g.Needs, n)
		}
	}
	g.Own = own(p, uses, found)
	return g
}

// followed are uses that only a detector could follow to the platform: calls such as
// getApp().platform.chooseAddress(), if a table of modules says that app.platform is
// wx, and components of a library, such as an uploader, that call for the page. The
// table of interfaces names what they call, however they reach it. They matter if no
// other use needs the type for sure.
func followed(uses []Use, found []finding.Finding) []Use {
	var out []Use
	for i := range found {
		f := &found[i]
		if !f.Counts() || f.Kind != finding.KindAPI || f.PrivacyKey == "" || f.PrivacyKey == noInterface {
			continue
		}
		if slices.ContainsFunc(uses, func(u Use) bool { return u.Key == f.PrivacyKey && u.Reachable && !u.Maybe }) {
			continue
		}
		u := Use{Key: f.PrivacyKey, What: calleeOrTag(f.Location.Text()), Location: f.Location,
			Owner: Owner{Kind: OwnCode}, Reachable: true}
		u.Pages = f.Routes()
		if !slices.ContainsFunc(out, func(o Use) bool { return o.Key == u.Key && o.Location == u.Location }) {
			out = append(out, u)
		}
	}
	return out
}

// calleeOrTag names a callee as it is written, and an element by its tag alone.
func calleeOrTag(text string) string {
	if tag, is := strings.CutPrefix(text, "<"); is {
		if end := strings.IndexAny(tag, " \t\r\n/>"); end >= 0 {
			tag = tag[:end]
		}
		return "<" + tag + ">"
	}
	return text
}

// noInterface is the key of device information, for which the platform's table has
// no interface.
const noInterface = "DeviceInfo"

// declared returns the categories that the guide has an entry for, or to which
// developers add one, in the order of the entries: what people type comes
// before health and device, which come from sensors and records.
func declared() []finding.Category {
	var typed, sensed []finding.Category
	for _, c := range finding.Categories() {
		switch {
		case c.PrivacyEntry() == "":
		case c == finding.Health || c == finding.Device:
			sensed = append(sensed, c)
		default:
			typed = append(typed, c)
		}
	}
	return append(typed, sensed...)
}

// own gives the types that reachable code of the program collects without an
// interface of the table, whose uses are given.
func own(p *project.Program, uses []Use, found []finding.Finding) []*Need {
	routes := routes(p)
	var out []*Need
	for _, c := range declared() {
		n := &Need{Key: c.PrivacyEntry(), Title: c.Title(), Category: c, Custom: true}
		if known := platform.PrivacyKeyByName(n.Key); known != nil {
			n.Title, n.Unverified, n.Custom = known.Title, known.Unverified, false
		}
		for _, f := range found {
			if f.Category == c && ownFinding(f) && !platformBox(f, uses) {
				u := Use{
					Key: n.Key, What: finding.Mask(f.Subject), Label: label(f.Subject), Location: f.Location, Reachable: true,
					Owner: Owner{Kind: OwnCode},
				}
				if f.Kind != finding.KindField {
					u.Label = ""
				}
				for _, route := range f.Routes() {
					if routes[route] {
						u.Pages = append(u.Pages, route)
					}
				}
				n.Uses = append(n.Uses, u)
			}
		}
		if len(n.Uses) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// label is the label of a field, without the words of a placeholder and without a remark
// behind it: 姓名 of 请输入您的姓名（选填）：.
func label(subject string) string {
	subject = strings.Trim(subject, around)
	for _, word := range []string{"请输入", "请填写", "请选择", "点击", "输入", "填写", "您的", "你的"} {
		subject = strings.TrimPrefix(subject, word)
	}
	if name := strings.Trim(remark.ReplaceAllString(subject, ""), around); name != "" {
		subject = name
	} else {
		subject = strings.Trim(subject, "（）()")
	}
	return source.Printable(finding.Mask(subject))
}

// around are the marks around a label.
const around = " 　：:*"

// remark matches what is in brackets at the end of a label.
var remark = regexp.MustCompile(`[（(][^（）()]*[）)]$`)

// ownFinding reports whether f is a place where the program itself collects what
// no interface of the table hands over.
func ownFinding(f finding.Finding) bool {
	if !f.Counts() || f.Confidence < finding.Medium {
		return false
	}
	switch f.Kind {
	case finding.KindField, finding.KindOCR:
		return true
	case finding.KindAPI:
		return f.PrivacyKey == "" || f.PrivacyKey == noInterface
	}
	return false
}

// platformBox reports whether f is the platform's own box for the nickname, <input type="nickname">, which is among
// the uses of its interfaces.
func platformBox(f finding.Finding, uses []Use) bool {
	return f.Category == finding.Nickname && slices.ContainsFunc(uses, func(u Use) bool {
		return u.Key == f.PrivacyKey && u.Location.File == f.Location.File && u.Location.Span.Start == f.Location.Span.Start
	})
}

func routes(p *project.Program) map[string]bool {
	out := map[string]bool{}
	for _, u := range p.Units {
		if u.Kind == project.PageUnit {
			out[u.Path] = true
		}
	}
	return out
}
