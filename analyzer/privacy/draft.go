package privacy

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Draft is a declaration for a person to check: the body of setprivacysetting (its field
// notes, WeChat, read 2026-11).
type Draft struct {
	Owner    OwnerSetting `json:"owner_setting"`
	Settings []Setting    `json:"setting_list"`
	SDKs     []SDK        `json:"sdk_privacy_info_list,omitempty"`
	Version  int          `json:"privacy_ver"` // 2: the version in development
}

// OwnerSetting says how users reach the operator, of which at least one way has to be
// given, how they learn of changes, and how long data is kept. The code does not know.
type OwnerSetting struct {
	Email  string `json:"contact_email"`
	Phone  string `json:"contact_phone"`
	QQ     string `json:"contact_qq"`
	WeChat string `json:"contact_weixin"`
	Notice string `json:"notice_method"`          // how users learn of changes
	Expire string `json:"store_expire_timestamp"` // "30天"; the platform refuses other forms (error 87072)
}

// Setting is one type and its purpose. The platform shows "为了" before the purpose, so
// the text begins with neither 为了 nor 用于.
type Setting struct {
	Key  string `json:"privacy_key"`
	Text string `json:"privacy_text"`
}

// SDK is a third-party plugin or SDK, with what it handles.
type SDK struct {
	Name     string    `json:"sdk_name"`
	Provider string    `json:"sdk_biz_name"` // the company; the code does not know
	Settings []Setting `json:"sdk_list"`
}

// JSON returns the body, indented.
func (d *Draft) JSON() []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(d); err != nil {
		panic(err) // strings and a number
	}
	return []byte(b.String())
}

// NewDraft drafts the declaration: one entry for each type that reachable code needs
// for sure, with a purpose made from the titles of its pages, given by route, and the
// labels of its fields.
func NewDraft(g *Guide, titles map[string]string) *Draft {
	d := &Draft{Owner: OwnerSetting{Notice: "弹窗"}, SDKs: sdks(g), Version: 2}
	for _, list := range [][]*Need{g.Needs, g.Own} {
		for _, n := range list {
			if !n.Sure() || slices.ContainsFunc(d.Settings, func(s Setting) bool { return s.Key == n.Key }) {
				continue
			}
			uses := slices.Clone(n.Uses)
			if other := g.ownNeed(n.Key); other != nil && other != n {
				uses = append(uses, other.Uses...)
			}
			d.Settings = append(d.Settings, Setting{n.Key, purpose(n, uses, titles)})
		}
	}
	return d
}

// sdks lists the plugins, and the libraries whose code asks for types of the guide.
func sdks(g *Guide) []SDK {
	var out []SDK
	at := func(name string) *SDK {
		i := slices.IndexFunc(out, func(s SDK) bool { return s.Name == name })
		if i < 0 {
			i = len(out)
			out = append(out, SDK{Name: name, Settings: []Setting{}})
		}
		return &out[i]
	}
	for _, p := range g.Plugins {
		name := strings.TrimSpace(p.Alias + " " + p.Provider)
		if s := platform.ServiceByPackage(p.Provider); s != nil {
			name = s.Name.ZH
		}
		at(name)
	}
	for _, n := range g.Needs {
		for _, u := range n.Uses {
			s := platform.ServiceByPackage(u.Owner.Name)
			if s == nil || !u.Reachable {
				continue
			}
			sdk := at(s.Name.ZH)
			if !slices.ContainsFunc(sdk.Settings, func(t Setting) bool { return t.Key == n.Key }) {
				sdk.Settings = append(sdk.Settings, Setting{n.Key, Aim(n.Key, "", "").ZH})
			}
		}
	}
	return out
}

func (g *Guide) ownNeed(key string) *Need {
	for _, n := range g.Own {
		if n.Key == key {
			return n
		}
	}
	return nil
}

// most is how many pages, labels or aims a purpose names.
const most = 3

// part is the purpose of a type of information on some pages.
type part struct {
	aim           string
	pages, labels []string
}

// purpose is a text such as 在“填写收货地址”页填写“收货人”，配送时核对收货人. Pages with another
// purpose have a part of their own.
func purpose(n *Need, uses []Use, titles map[string]string) string {
	labels := map[string][]string{} // of each page
	var pages []string
	for _, u := range uses {
		if !u.Reachable || u.Maybe {
			continue
		}
		on := []string{""} // on no page that has a title
		for _, route := range u.Pages {
			if t := source.Printable(strings.TrimSpace(titles[route])); t != "" {
				on = append(on, t)
			}
		}
		if len(on) > 1 {
			on = on[1:]
		}
		for _, page := range on {
			if !slices.Contains(pages, page) {
				pages = append(pages, page)
			}
			if u.Label != "" && !slices.Contains(labels[page], u.Label) {
				labels[page] = append(labels[page], u.Label)
			}
		}
	}
	var parts []part
	for _, page := range pages {
		aim := Aim(n.Key, page, strings.Join(labels[page], "")).ZH
		i := slices.IndexFunc(parts, func(p part) bool { return p.aim == aim })
		if i < 0 {
			i = len(parts)
			parts = append(parts, part{aim: aim})
		}
		p := &parts[i]
		if page != "" {
			p.pages = append(p.pages, page)
		}
		for _, l := range labels[page] {
			if !slices.Contains(p.labels, l) {
				p.labels = append(p.labels, l)
			}
		}
	}
	var texts []string
	for i, p := range parts {
		if i < most && (i == 0 || len(p.pages) > 0) {
			texts = append(texts, p.String())
		}
	}
	if len(texts) == 0 {
		texts = []string{Aim(n.Key, "", "").ZH}
	}
	return strings.Join(texts, "；")
}

func (p part) String() string {
	var b strings.Builder
	if len(p.pages) > 0 {
		b.WriteString("在" + several(p.pages) + "页")
	}
	if len(p.labels) > 0 {
		b.WriteString("填写" + several(p.labels) + "，")
	}
	return b.String() + p.aim
}

func several(all []string) string {
	rest := ""
	if len(all) > most {
		all, rest = all[:most], "等"
	}
	return "“" + strings.Join(all, "”、“") + "”" + rest
}
