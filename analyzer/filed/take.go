package filed

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Current is what a program does now.
type Current struct {
	Program
	places map[item]place
}

// As is a program of which no more is known than what was written down of it: no places.
func As(p Program) *Current { return &Current{Program: p} }

// item is one thing of a Program: a category (with name ""), a page or recipient of a
// category, an address, a use of an interface, a plugin.
type item struct {
	what  What
	owner string // category or key that name belongs to
	name  string
}

// place is where an item was found first.
type place struct {
	at       source.Location
	accepted bool // a person has accepted every place of it as known
}

// Source is what a program is taken from.
type Source struct {
	Path     string // as in Program
	Below    string // path of the scanned directory, from which those of Unread start; "" for that of the record
	Platform string
	Findings []finding.Finding
	Facts    facts.Facts
	Guide    *privacy.Guide // nil if the platform has none
	Unread   []project.Unread
}

// Take gives what counts for a filing: what reachable pages of the program itself
// collect at confidence medium or above and who receives it, the addresses that the
// code talks to, interfaces that handle personal information, and plugins.
func Take(s Source) *Current {
	c := &Current{
		Program: Program{
			Path: s.Path, AppID: finding.Mask(s.Facts.AppID.Text), Platform: s.Platform, Collected: []Collected{},
			Addresses: []string{}, Interfaces: []Interface{}, Plugins: []string{}, Unread: []string{},
		},
		places: map[item]place{},
	}
	for i := range s.Findings {
		if f := &s.Findings[i]; f.Collects() && f.Confidence >= finding.Medium {
			c.collects(f)
		}
	}
	for _, a := range s.Facts.Addresses {
		name := string(a.Kind) + " " + finding.Mask(a.Value)
		c.Addresses = insert(c.Addresses, name)
		c.note(item{what: Address, name: name}, a.Location, false)
	}
	if s.Guide != nil {
		for _, n := range s.Guide.Needs {
			c.needs(n)
		}
	}
	for _, p := range s.Facts.Plugins {
		c.Plugins = insert(c.Plugins, finding.Mask(p.Provider))
		c.note(item{what: Plugin, name: finding.Mask(p.Provider)}, p.Location, false)
	}
	for _, u := range s.Unread {
		if u.Hides {
			name := finding.Mask(path.Join(s.Below, u.Path))
			c.Unread = insert(c.Unread, name)
			c.note(item{what: Unread, name: name}, u.Location, false)
		}
	}
	c.sort()
	return c
}

func (c *Current) collects(f *finding.Finding) {
	i := slices.IndexFunc(c.Collected, func(have Collected) bool { return have.Category == f.Category })
	if i < 0 {
		i = len(c.Collected)
		c.Collected = append(c.Collected, Collected{Category: f.Category, Pages: []string{}, Recipients: []string{}})
	}
	have, owner := &c.Collected[i], string(f.Category)
	c.note(item{what: Category, owner: owner}, f.Location, f.Accepted())
	for _, page := range f.Routes() {
		page = finding.Mask(page)
		have.Pages = insert(have.Pages, page)
		c.note(item{Page, owner, page}, f.Location, f.Accepted())
	}
	c.lost(have, f)
	for _, flow := range f.Flows {
		if to := recipient(flow.Sink); to != "" {
			have.Recipients = insert(have.Recipients, to)
			c.note(item{Recipient, owner, to}, cmp.Or(flow.Sink.Location, f.Location), f.Accepted())
		}
	}
}

// lost notes that the destination of a value is not fully known.
func (c *Current) lost(have *Collected, f *finding.Finding) {
	if reasons := f.Destination.Reasons; len(reasons) > 0 {
		have.Lost = true
		c.note(item{what: Lost, owner: string(f.Category)}, cmp.Or(reasons[0].Location, f.Location), f.Accepted())
	}
}

// recipient names the recipient of what reaches a sink, or "" if it stays on the
// device.
func recipient(s finding.Sink) string {
	switch {
	case s.Host != "":
		return finding.Mask(s.Host)
	case s.Kind == finding.ThirdParty:
		return finding.Mask(s.API)
	case s.Kind == finding.Cloud:
		return OwnCloud
	case s.Kind == finding.Network:
		return UnknownHost
	}
	return ""
}

func (c *Current) needs(n *privacy.Need) {
	have := Interface{Key: n.Key}
	for _, u := range n.Uses {
		if u.Reachable {
			have.Uses = insert(have.Uses, finding.Mask(u.What))
			c.note(item{what: Privacy, owner: n.Key, name: finding.Mask(u.What)}, u.Location, false)
			c.note(item{what: Privacy, owner: n.Key}, u.Location, false)
		}
	}
	if len(have.Uses) > 0 {
		c.Interfaces = append(c.Interfaces, have)
	}
}

// note keeps the first place of an item, and whether all its places are accepted.
func (c *Current) note(i item, at source.Location, accepted bool) {
	p, known := c.places[i]
	if !known {
		p = place{at, accepted}
	}
	p.accepted = p.accepted && accepted
	c.places[i] = p
}

func insert(all []string, s string) []string {
	i, found := slices.BinarySearch(all, s)
	if found {
		return all
	}
	return slices.Insert(all, i, s)
}

func (c *Current) sort() {
	order := finding.Categories()
	slices.SortFunc(c.Collected, func(a, b Collected) int {
		return cmp.Compare(slices.Index(order, a.Category), slices.Index(order, b.Category))
	})
	slices.SortFunc(c.Interfaces, func(a, b Interface) int { return strings.Compare(a.Key, b.Key) })
}
