package privacy

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Draft is a declaration to be checked by a person: the body of
// setprivacysetting.
type Draft struct {
	Owner    OwnerSetting `json:"owner_setting"`
	Settings []Setting    `json:"setting_list"`
	Version  int          `json:"privacy_ver"` // 2: of the version in development
}

// OwnerSetting says how users reach the operator. The code does not know.
type OwnerSetting struct {
	Email  string `json:"contact_email"`
	Phone  string `json:"contact_phone"`
	Notice string `json:"notice_method"` // how users learn of changes
}

// Setting is one type and its purpose.
type Setting struct {
	Key  string `json:"privacy_key"`
	Text string `json:"privacy_text"`
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

// NewDraft drafts the declaration: one entry for each type that reachable code
// needs, with a purpose made of the titles of its pages and the labels of its
// fields.
func NewDraft(p *project.Program, g *Guide) *Draft {
	titles := map[string]string{}
	for _, u := range p.Units {
		if u.Kind == project.PageUnit {
			titles[u.Path] = source.Printable(finding.Mask(strings.TrimSpace(u.Title)))
		}
	}
	d := &Draft{Owner: OwnerSetting{Notice: "弹窗"}, Version: 2}
	for _, list := range [][]*Need{g.Needs, g.Own} {
		for _, n := range list {
			if !n.Reachable() || slices.ContainsFunc(d.Settings, func(s Setting) bool { return s.Key == n.Key }) {
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

func (g *Guide) ownNeed(key string) *Need {
	for _, n := range g.Own {
		if n.Key == key {
			return n
		}
	}
	return nil
}

// most is how many pages or labels a purpose names.
const most = 3

// purpose is such as 用于在“填写收货地址”页填写“收货人”，配送时与收货人联系.
func purpose(n *Need, uses []Use, titles map[string]string) string {
	var pages, labels []string
	for _, u := range uses {
		if !u.Reachable {
			continue
		}
		for _, route := range u.Pages {
			if t := titles[route]; t != "" && !slices.Contains(pages, "“"+t+"”") {
				pages = append(pages, "“"+t+"”")
			}
		}
		if u.Label != "" && !slices.Contains(labels, "“"+u.Label+"”") {
			labels = append(labels, "“"+u.Label+"”")
		}
	}
	var b strings.Builder
	b.WriteString("用于")
	if len(pages) > 0 {
		b.WriteString("在" + several(pages) + "页")
	}
	if len(labels) > 0 {
		b.WriteString("填写" + several(labels) + "，")
	}
	b.WriteString(Aim(n.Key, strings.Join(pages, "")+strings.Join(labels, "")).ZH)
	return b.String()
}

func several(all []string) string {
	if len(all) > most {
		return strings.Join(all[:most], "、") + "等"
	}
	return strings.Join(all, "、")
}
