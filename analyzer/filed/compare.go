package filed

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// What is the kind of thing that has changed.
type What string

// The kinds of change.
const (
	Whole     What = "program"   // the record has no such program
	Category  What = "category"  // of personal information
	Page      What = "page"      // that collects a category
	Recipient What = "recipient" // of a category
	Address   What = "address"   // that the code talks to
	Privacy   What = "interface" // that handles personal information, with its key
	Plugin    What = "plugin"
	Lost      What = "lost"   // the way of a value of a category
	Unread    What = "unread" // a place that could not be read, and could be read then
)

// Change is one difference between the record and the program.
type Change struct {
	What     What
	Added    bool   // true if it is new; false if it is gone
	Owner    string // the category of a page or recipient, the key of an interface; or ""
	Name     string // a category, route, host, interface, AppID or path
	Accepted bool   // a person has accepted every place of it as known
	Text     lang.Text
	Location source.Location // the first place of what was added
}

// Exceeds reports whether c is something that the filing does not cover. Another page
// that collects what is filed, and what is gone, are covered.
func (c *Change) Exceeds() bool { return c.Added && c.What != Page && !c.Hides() }

// Hides reports whether c is something that may hide what the filing does not cover.
func (c *Change) Hides() bool { return c.Added && (c.What == Unread || c.What == Lost) }

// Compare gives the differences, what was added first. Recorded is nil if the record
// has no such program.
func Compare(recorded *Program, now *Current) []Change {
	if recorded == nil {
		return []Change{{What: Whole, Added: true, Name: now.Path, Text: lang.Textf("备案记录中没有小程序 %s",
			"the record has no mini program %s", now.Path)}}
	}
	before, after := recorded.items(), now.items()
	var out []Change
	for _, i := range after {
		if !slices.Contains(before, i) && !partOf(i, before) {
			p := now.places[i]
			out = append(out, Change{What: i.what, Added: true, Owner: i.owner, Name: i.name, Accepted: p.accepted,
				Text: i.text(true), Location: p.at})
		}
	}
	for _, i := range before {
		if i.what != Unread && i.what != Lost && !slices.Contains(after, i) && !partOf(i, after) {
			out = append(out, Change{What: i.what, Owner: i.owner, Name: i.name, Text: i.text(false)})
		}
	}
	return out
}

// partOf reports whether i belongs to something that is itself not among all: the
// pages and recipients of a new category go without saying, but for who receives it.
func partOf(i item, all []item) bool {
	switch i.what {
	case Page, Lost:
		return !slices.Contains(all, item{what: Category, owner: i.owner})
	case Privacy:
		return i.name != "" && !slices.Contains(all, item{what: Privacy, owner: i.owner})
	}
	return false
}

// items lists everything in p that can differ, in a fixed order.
func (p *Program) items() []item {
	var out []item
	for _, c := range p.Collected {
		out = append(out, item{what: Category, owner: string(c.Category)})
		for _, to := range c.Recipients {
			out = append(out, item{Recipient, string(c.Category), to})
		}
		if c.Lost {
			out = append(out, item{what: Lost, owner: string(c.Category)})
		}
		for _, page := range c.Pages {
			out = append(out, item{Page, string(c.Category), page})
		}
	}
	for _, i := range p.Interfaces {
		out = append(out, item{what: Privacy, owner: i.Key})
		for _, use := range i.Uses {
			out = append(out, item{Privacy, i.Key, use})
		}
	}
	for _, a := range p.Addresses {
		out = append(out, item{what: Address, name: a})
	}
	for _, provider := range p.Plugins {
		out = append(out, item{what: Plugin, name: provider})
	}
	for _, path := range p.Unread {
		out = append(out, item{what: Unread, name: path})
	}
	return out
}

// text says of i that it is new, or gone.
func (i item) text(added bool) lang.Text {
	form := texts[i.what][0]
	if !added {
		form = texts[i.what][1]
	}
	name, owner := lang.Same(i.name), lang.Same(i.owner)
	switch i.what {
	case Category, Page, Recipient, Lost:
		owner = finding.CategoryList{finding.Category(i.owner)}.Title()
		name = recipientTitle(i.name)
	case Privacy:
		if i.name == "" {
			name, owner = owner, privacyTitle(i.owner)
		}
	case Address:
		kind, value, _ := strings.Cut(i.name, " ")
		name, owner = lang.Same(value), addressTitle(facts.AddressKind(kind))
	}
	return lang.Both(fmt.Sprintf(form.ZH, owner.ZH, name.ZH), fmt.Sprintf(form.EN, owner.EN, name.EN))
}

// texts are the words for what is new and what is gone; the owner comes first, then
// the name.
var texts = map[What][2]lang.Text{
	Category: {
		{ZH: "新收集%[1]s", EN: "now collects %[1]s"},
		{ZH: "不再收集%[1]s", EN: "no longer collects %[1]s"},
	},
	Page: {
		{ZH: "%[1]s也在页面 %[2]s 收集", EN: "%[1]s: now collected on page %[2]s too"},
		{ZH: "%[1]s不再在页面 %[2]s 收集", EN: "%[1]s: no longer collected on page %[2]s"},
	},
	Recipient: {
		{ZH: "%[1]s新发送到 %[2]s", EN: "%[1]s: now sent to %[2]s"},
		{ZH: "%[1]s不再发送到 %[2]s", EN: "%[1]s: no longer sent to %[2]s"},
	},
	Address: {
		{ZH: "新的地址 %[2]s（%[1]s）", EN: "new address %[2]s (%[1]s)"},
		{ZH: "不再有地址 %[2]s（%[1]s）", EN: "address %[2]s (%[1]s) is gone"},
	},
	Privacy: {
		{ZH: "新使用隐私接口 %[2]s（%[1]s）", EN: "now uses the privacy interface %[2]s (%[1]s)"},
		{ZH: "不再使用隐私接口 %[2]s（%[1]s）", EN: "no longer uses the privacy interface %[2]s (%[1]s)"},
	},
	Plugin: {
		{ZH: "新的插件 %[2]s", EN: "new plugin %[2]s"},
		{ZH: "不再有插件 %[2]s", EN: "plugin %[2]s is gone"},
	},
	Lost: {
		{ZH: "%[1]s的去向之前都能跟踪，现在有的跟丢了，可能有没看到的接收方",
			EN: "%[1]s: every way was followed before; now one was lost, and there may be recipients that were not seen"},
		{},
	},
	Unread: {
		{ZH: "%[2]s 之前读到了，现在没有读到或没有读全，可能有没看到的变化",
			EN: "%[2]s was read before; now it was not read, or not completely, and may hide a change"},
		{},
	},
}

func recipientTitle(name string) lang.Text {
	switch name {
	case UnknownHost:
		return lang.Both("无法确定的主机", "a host that is not known")
	case OwnCloud:
		return lang.Both("云开发", "the program's cloud")
	}
	return lang.Same(name)
}

func privacyTitle(key string) lang.Text {
	if k := platform.PrivacyKeyByName(key); k != nil {
		return k.Title
	}
	return lang.Same(key)
}

func addressTitle(k facts.AddressKind) lang.Text {
	if k == facts.CloudEnv {
		return lang.Both("云环境", "cloud environment")
	}
	return lang.Same(string(k))
}
