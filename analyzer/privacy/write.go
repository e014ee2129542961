package privacy

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Answer is what `beian privacy` says about one program.
type Answer struct {
	Guide       *Guide
	Compared    bool // with a declaration
	Differences []Difference
	Draft       *Draft // nil if no draft was asked for
}

// Text writes answers for people.
func Text(w io.Writer, answers []Answer, in lang.Code) error {
	t := &textWriter{lang.Writer{Lang: in}}
	for i, a := range answers {
		if i > 0 {
			t.Line("")
		}
		t.answer(a)
	}
	_, err := io.WriteString(w, t.String())
	return err
}

type textWriter struct{ lang.Writer }

func (t *textWriter) answer(a Answer) {
	g := a.Guide
	t.Line("%s  %s", source.Printable(g.Program), t.Say("微信用户隐私保护指引", "WeChat user privacy guide"))
	if g.Platform != "wechat" {
		t.Line("%s", t.Say("这是另一个平台的小程序，以下键名是微信的，仅供参考。", "This program is another platform's; the keys are WeChat's, for reference only."))
	}
	t.needs(t.Say("接口用到、须声明的类型", "To declare because interfaces need it"), g.Needs)
	t.needs(t.Say("自行收集、平台扫描看不到的类型", "Collected by the program itself, unseen by the platform's scan"), g.Own)
	if len(g.Needs)+len(g.Own) == 0 {
		t.Line("")
		t.Line("%s", t.Say("没有发现需要声明的类型。", "Nothing was found that must be declared."))
	}
	if len(g.Plugins) > 0 {
		t.Line("")
		t.Line("%s", t.Say("插件（看不到其代码，请向提供方核对）", "Plugins (their code is not seen; ask the provider)"))
		for _, p := range g.Plugins {
			t.Line("  %s  %s %s  %s:%d", source.Printable(p.Alias), source.Printable(p.Provider), source.Printable(p.Version),
				source.Printable(p.Location.File.Path), p.Location.Start().Line)
		}
	}
	if a.Compared {
		t.differences(a.Differences)
	}
	if a.Draft != nil {
		t.draft(a.Draft, g)
	}
}

// shownUses is how many uses of a type the text lists.
const shownUses = 8

func (t *textWriter) needs(heading string, needs []*Need) {
	if len(needs) == 0 {
		return
	}
	t.Line("")
	t.Line("%s", heading)
	for _, n := range needs {
		notes := ""
		if n.Unverified {
			notes += t.Say("  （键名未经核实）", "  (key unverified)")
		}
		if n.Custom {
			notes += t.Say("  （须自定义声明，键名未经核实）", "  (an entry of your own; key unverified)")
		}
		switch {
		case !n.Reachable():
			notes += t.Say("  （仅在不可达的代码中）", "  (only in unreachable code)")
		case !n.Sure():
			notes += t.Say("  （仅在库的代码中，是否调用看不出）", "  (only in library code, which may never run)")
		}
		t.Line("  %s  %s%s", n.Key, n.Title.In(t.Lang), notes)
		for i, u := range n.Uses {
			if i == shownUses && len(n.Uses) > shownUses+1 {
				rest := len(n.Uses) - i
				t.Line("    %s", t.Say(fmt.Sprintf("另有 %d 处（--format json 列出全部）", rest),
					fmt.Sprintf("and %d more (--format json lists all)", rest)))
				break
			}
			t.Line("    %s  %s%s", source.Printable(u.Location.String()), source.Printable(u.What), t.about(u))
		}
	}
}

// about names the owner of a use and says what is uncertain about it.
func (t *textWriter) about(u Use) string {
	var parts []string
	switch u.Owner.Kind {
	case Package:
		parts = append(parts, t.Say("npm 包 ", "npm package ")+source.Printable(u.Owner.Name))
	case Copy:
		parts = append(parts, t.Say("拷贝的库 ", "copied library ")+source.Printable(u.Owner.Name))
	}
	if u.Mention {
		parts = append(parts, t.Say("提到，没有直接调用", "named, not called here"))
	}
	if !u.Reachable {
		parts = append(parts, t.Say("不可达", "out of reach"))
	}
	if len(parts) == 0 {
		return ""
	}
	return t.Say("  （", "  (") + strings.Join(parts, t.Say("；", "; ")) + t.Say("）", ")")
}

func (t *textWriter) differences(all []Difference) {
	t.Line("")
	if len(all) == 0 {
		t.Line("%s", t.Say("与声明一致。", "Code and declaration agree."))
		return
	}
	headings := []struct {
		kind   DifferenceKind
		zh, en string
	}{
		{Undeclared, "用到而没有声明", "Used, not declared"},
		{Unused, "声明而没有用到", "Declared, not used"},
		{BadText, "用途的写法", "Wording of purposes"},
		{Unsure, "请人工核对（不计入差异）", "To check by hand (no difference)"},
	}
	first := true
	for _, h := range headings {
		open := false
		for _, d := range all {
			if d.Kind != h.kind {
				continue
			}
			if !open {
				if !first {
					t.Line("")
				}
				open, first = true, false
				t.Line("%s", t.Say(h.zh, h.en))
			}
			where := ""
			if d.Line > 0 {
				where = t.Say(fmt.Sprintf("  （第 %d 行）", d.Line), fmt.Sprintf("  (line %d)", d.Line))
			}
			t.Line("  %s  %s%s", source.Printable(d.Key), source.Printable(d.Message.In(t.Lang)), where)
		}
	}
}

func (t *textWriter) draft(d *Draft, g *Guide) {
	t.Line("")
	t.Line("%s", t.Say("声明草稿（请逐条核对用途）", "Draft of the declaration (check every purpose; the texts are Chinese, as the platform wants)"))
	for _, s := range d.Settings {
		title := s.Key
		if n := g.need(s.Key); n != nil {
			title = n.Title.ZH
		}
		t.Line("  %s：%s", wording(s.Key, title), source.Printable(s.Text))
	}
	if len(d.SDKs) > 0 {
		t.Line("")
		t.Line("%s", t.Say("第三方插件和 SDK（提供方名称与处理的信息请向提供方核对）", "Third-party plugins and SDKs (ask their providers for name and information)"))
		for _, sdk := range d.SDKs {
			t.Line("  %s", source.Printable(sdk.Name))
		}
	}
	t.Line("")
	t.Line("%s", t.Say("setprivacysetting 请求体（邮箱、电话、QQ、微信至少填一项；store_expire_timestamp 写作“30天”）",
		"Body of setprivacysetting (fill in at least one of email, phone, qq, weixin; store_expire_timestamp is written 30天)"))
	t.Write(d.JSON())
}

// verbs are the platform's words for types, if they are not 收集 (WeChat user
// privacy guide, table of interfaces).
var verbs = map[string]string{
	"Record": "访问", "Camera": "访问", "BlueTooth": "访问",
	"AlbumWriteOnly": "使用", "Contact": "使用", "CalendarWriteOnly": "使用",
	"Accelerometer": "调用", "Compass": "调用", "DeviceMotion": "调用", "Gyroscope": "调用", "Clipboard": "读取",
}

// wording is a type in the words of the platform's dialog: 收集你的手机号, 收集你选中的文件.
func wording(key, title string) string {
	verb, whose := cmp.Or(verbs[key], "收集"), "你的"
	if strings.HasPrefix(title, "选") {
		whose = "你"
	}
	return verb + whose + title
}

// JSON writes answers for programs, schemaVersion 1.
func JSON(w io.Writer, answers []Answer, in lang.Code) error {
	doc := jsonDoc{SchemaVersion: 1, Programs: []jsonProgram{}}
	for _, a := range answers {
		p := jsonProgram{
			Name: a.Guide.Program, Root: a.Guide.Root, Platform: a.Guide.Platform,
			Keys: jsonNeeds(a.Guide.Needs, in), Own: jsonNeeds(a.Guide.Own, in), Plugins: []jsonPlugin{}, Draft: a.Draft,
		}
		for _, plugin := range a.Guide.Plugins {
			p.Plugins = append(p.Plugins, jsonPlugin{plugin.Alias, plugin.Provider, plugin.Version})
		}
		if a.Compared {
			p.Differences = []jsonDifference{}
			for _, d := range a.Differences {
				p.Differences = append(p.Differences, jsonDifference{d.Kind, d.Key, d.Line, d.Message.In(in)})
			}
		}
		doc.Programs = append(doc.Programs, p)
	}
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}

type jsonDoc struct {
	SchemaVersion int           `json:"schemaVersion"`
	Programs      []jsonProgram `json:"programs"`
}

type jsonProgram struct {
	Name        string           `json:"name"`
	Root        string           `json:"root"`
	Platform    string           `json:"platform"`
	Keys        []jsonNeed       `json:"keys"`
	Own         []jsonNeed       `json:"selfCollected"`
	Plugins     []jsonPlugin     `json:"plugins"`
	Differences []jsonDifference `json:"differences,omitempty"`
	Draft       *Draft           `json:"draft,omitempty"`
}

type jsonNeed struct {
	Key       string    `json:"key"`
	Title     string    `json:"title"`
	Verified  bool      `json:"verified"`
	Reachable bool      `json:"reachable"`
	Uses      []jsonUse `json:"uses"`
}

type jsonUse struct {
	What      string    `json:"what"`
	Path      string    `json:"path"`
	Line      int       `json:"line"`
	Owner     OwnerKind `json:"owner"`
	Library   string    `json:"library,omitempty"`
	Reachable bool      `json:"reachable"`
	Called    bool      `json:"called"`
	Pages     []string  `json:"pages,omitempty"`
}

type jsonPlugin struct {
	Alias    string `json:"alias"`
	Provider string `json:"provider"`
	Version  string `json:"version"`
}

type jsonDifference struct {
	Kind    DifferenceKind `json:"kind"`
	Key     string         `json:"key"`
	Line    int            `json:"line,omitempty"`
	Message string         `json:"message"`
}

func jsonNeeds(needs []*Need, in lang.Code) []jsonNeed {
	out := []jsonNeed{}
	for _, n := range needs {
		j := jsonNeed{Key: n.Key, Title: n.Title.In(in), Verified: !n.Unverified && !n.Custom, Reachable: n.Reachable(), Uses: []jsonUse{}}
		for _, u := range n.Uses {
			j.Uses = append(j.Uses, jsonUse{
				What: u.What, Path: u.Location.File.Path, Line: u.Location.Start().Line, Owner: u.Owner.Kind,
				Library: u.Owner.Name, Reachable: u.Reachable, Called: !u.Mention, Pages: u.Pages,
			})
		}
		out = append(out, j)
	}
	return out
}
