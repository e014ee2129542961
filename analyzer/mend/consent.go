package mend

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// ConsentRule is the rule that Consent answers.
const ConsentRule = "config/consent-absent"

// popups are the components that ask for consent, one for each framework.
//
//go:embed popup
var popups embed.FS

// popupName is the tag of the component.
const popupName = "privacy-popup"

// Consent is how a program comes to ask for consent: a component of its own, and the
// places that use it.
type Consent struct {
	Added   map[string]string // new files by path
	Edited  []*Result         // changed files
	Left    []string          // routes of pages where a person has to put it in
	Refused lang.Text         // why nothing can be done, "" otherwise
}

// Ask puts a component that asks for consent into the pages with the given routes. Config
// is what Program made of app.json, which is changed further.
//
// Limits: native WeChat programs, uni-app, and Taro with React. The component shows
// itself if the platform says that the person has not agreed yet; what becomes of a form
// if they do not agree is up to the program.
func Ask(p *project.Program, config *Result, routes []string) *Consent {
	c := &Consent{Added: map[string]string{}}
	switch {
	case Asks(p.Platform, p.Framework) && p.Framework == "uni-app":
		c.uniApp(p, routes)
	case Asks(p.Platform, p.Framework) && p.Framework == "taro":
		c.taro(p, routes)
	case Asks(p.Platform, p.Framework):
		c.native(p, config, routes)
	case p.Platform != "wechat":
		c.Refused = lang.Text{ZH: "只为微信小程序加隐私授权弹窗", EN: "the consent popup is for WeChat programs only"}
	default:
		c.Refused = lang.Textf("不会为 %s 加隐私授权弹窗；请自己加",
			"no consent popup can be added to a program of %s; add one by hand", p.Framework)
	}
	if len(c.Edited) == 0 && c.Refused == (lang.Text{}) {
		c.Refused = lang.Text{ZH: "没有可以放隐私授权弹窗的页面模板", EN: "there is no template of a page into which the consent popup could go"}
	}
	return c
}

// Asks reports whether Ask knows programs of a platform and framework.
func Asks(platform, framework string) bool {
	return platform == "wechat" && slices.Contains([]string{"native", "", "uni-app", "taro"}, framework)
}

// add adds the files of a component below dir; those of popup/framework that fit.
func (c *Consent) add(p *project.Program, framework, dir string, fits func(name string) bool) {
	names, _ := fs.ReadDir(popups, path.Join("popup", framework))
	for _, n := range names {
		text, err := popups.ReadFile(path.Join("popup", framework, n.Name()))
		if err == nil && fits(n.Name()) {
			c.Added[path.Join(p.Source, dir, n.Name())] = string(text)
		}
	}
}

func every(string) bool { return true }

// native registers the component in app.json and puts it at the end of each template.
func (c *Consent) native(p *project.Program, config *Result, routes []string) {
	const dir = "components/" + popupName
	e, err := open(config.Text)
	if err != nil || config.File == nil || config.Refused != (lang.Text{}) {
		c.Refused = lang.Text{ZH: "无法修改 app.json", EN: "app.json cannot be changed"}
		return
	}
	at := `"/` + dir + "/" + popupName + `"`
	switch using := e.root.Get("usingComponents"); {
	case using == nil:
		err = e.addMember(e.root, "usingComponents", "{ "+quote(popupName)+": "+at+" }")
	case !using.Is(jsonc.Object) || using.Get(popupName) != nil:
		c.Refused = lang.Text{ZH: "app.json 的 usingComponents 里已经有 " + popupName,
			EN: "usingComponents of app.json has " + popupName + " already"}
		return
	default:
		err = e.addMember(using, popupName, at)
	}
	if err != nil {
		c.Refused = lang.Text{ZH: "无法修改 app.json", EN: "app.json cannot be changed"}
		return
	}
	for _, u := range pages(p, routes) {
		if u.View == nil || u.View.File == nil {
			c.Left = append(c.Left, u.Path)
			continue
		}
		file := u.View.File
		c.edit(file, strings.TrimRight(file.Text, "\r\n")+newlineOf(file)+"<"+popupName+" />"+newlineOf(file))
	}
	if len(c.Edited) == 0 {
		return
	}
	config.Text = e.text
	config.Changes = append(config.Changes, lang.Both("在 usingComponents 加上 "+popupName, "add "+popupName+" to usingComponents"))
	c.add(p, "native", dir, every)
}

// uniApp puts the component into each page; easycom finds it by its name.
func (c *Consent) uniApp(p *project.Program, routes []string) {
	for _, u := range pages(p, routes) {
		if text, ok := within(u, "<"+popupName+" />"); ok {
			c.edit(u.View.File, text)
		} else {
			c.Left = append(c.Left, u.Path)
		}
	}
	if len(c.Edited) > 0 {
		c.add(p, "uni-app", "components/"+popupName, every)
	}
}

// taro imports the component in the script of each page and puts it into its elements.
func (c *Consent) taro(p *project.Program, routes []string) {
	typed := false
	dir := path.Join(p.Source, "components", popupName)
	for _, u := range pages(p, routes) {
		text, ok := within(u, "<PrivacyPopup />")
		if !ok || !u.Scripted {
			c.Left = append(c.Left, u.Path)
			continue
		}
		file := u.View.File
		typed = typed || path.Ext(file.Path) == ".tsx"
		c.edit(file, "import PrivacyPopup from '"+relativeTo(path.Dir(file.Path), dir)+"'"+newlineOf(file)+text)
	}
	if len(c.Edited) > 0 {
		c.add(p, "taro", "components/"+popupName, func(name string) bool {
			return path.Ext(name) == ".css" || (path.Ext(name) == ".tsx") == typed
		})
	}
}

func (c *Consent) edit(file *source.File, text string) {
	c.Edited = append(c.Edited, &Result{File: file, Text: text, Changes: []lang.Text{
		lang.Both("加上隐私授权弹窗 "+popupName, "add the consent popup "+popupName),
	}})
}

// pages are the registered pages with the given routes.
func pages(p *project.Program, routes []string) (out []*project.Unit) {
	for _, u := range p.Units {
		if u.Kind == project.PageUnit && u.Registered && slices.Contains(routes, u.Path) {
			out = append(out, u)
		}
	}
	return out
}

// within puts a tag into the one element at the top of a unit's elements, as the last
// thing in it. It reports false if there is no such element.
func within(u *project.Unit, tag string) (text string, ok bool) {
	if u.View == nil || u.View.File == nil || u.View.Tree == nil {
		return "", false
	}
	var top []*markup.Element
	for _, n := range u.View.Tree.Nodes {
		if e, ok := n.(*markup.Element); ok {
			top = append(top, e)
		}
	}
	if len(top) != 1 {
		return "", false
	}
	text = u.View.File.Text
	whole := text[top[0].Start:top[0].End]
	end := strings.LastIndex(whole, "</")
	if !strings.HasPrefix(whole, "<") || end <= top[0].Open.Len()-1 {
		return "", false
	}
	at := int(top[0].Start) + end
	line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	if strings.Trim(line, " \t") == "" { // the end tag is on a line of its own
		step := "  "
		if strings.Contains(text, "\n\t") {
			step = "\t"
		}
		return text[:at-len(line)] + line + step + tag + newlineOf(u.View.File) + text[at-len(line):], true
	}
	return text[:at] + tag + text[at:], true
}

// relativeTo is the path from one directory to another as imports write it.
func relativeTo(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	if len(a) == 0 {
		return "./" + strings.Join(b, "/")
	}
	return strings.Repeat("../", len(a)) + strings.Join(b, "/")
}

// newlineOf is how the lines of a file end.
func newlineOf(f *source.File) string {
	if strings.Contains(f.Text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}
