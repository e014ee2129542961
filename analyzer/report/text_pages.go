package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// pageGroup is the findings of one page, or of one file that no page shows.
type pageGroup struct {
	page     Page
	file     string
	findings []finding.Finding
}

// group sorts findings by page, in the order of app.json, then by file. Those of
// libraries and those out of reach or dismissed go aside: they do not count.
func group(pages []Page, all []finding.Finding) (groups []*pageGroup, aside []finding.Finding) {
	byKey := map[string]*pageGroup{}
	for _, p := range pages {
		g := &pageGroup{page: p}
		byKey[p.Route] = g
		groups = append(groups, g)
	}
	for _, f := range all {
		if f.Dismissed() {
			continue // listed with what people have accepted
		}
		if !f.Counts() {
			aside = append(aside, f)
			continue
		}
		key := f.Page
		if key == "" && !f.Location.IsZero() {
			key = f.Location.File.Path
		}
		g := byKey[key]
		if g == nil {
			g = &pageGroup{page: Page{Route: f.Page}, file: key}
			byKey[key] = g
			groups = append(groups, g)
		}
		g.findings = append(g.findings, f)
	}
	return slices.DeleteFunc(groups, func(g *pageGroup) bool { return len(g.findings) == 0 }), aside
}

// pages writes what the pages collect: a line for each, or every finding in full.
func (t *textWriter) pages(groups []*pageGroup) {
	if len(groups) == 0 {
		return
	}
	if t.full() {
		for _, g := range groups {
			t.wholePage(g)
		}
		return
	}
	t.line("")
	t.line("%s", t.paint.bold(t.say("收集与去向", "Collected, and where it goes")))
	for _, g := range groups[:min(len(groups), maxPages)] {
		t.page(g)
	}
	if n := len(groups) - maxPages; n > 0 {
		t.more(n, "个页面", "page")
	}
}

// maxPages is how many pages the text names unless everything is asked for.
const maxPages = 30

// page writes one page in a line: its title, the place of the first control or call that
// matters most, and what is collected with its destinations.
func (t *textWriter) page(g *pageGroup) {
	first := &g.findings[0]
	if i := slices.IndexFunc(g.findings, func(f finding.Finding) bool { return f.Category.Triggers() }); i >= 0 {
		first = &g.findings[i]
	}
	at := g.file
	if !first.Location.IsZero() {
		at = t.place(first.Location)
	}
	title := ""
	if g.page.Title != "" {
		title = t.paint.bold(oneLine(g.page.Title, 40)) + "  "
	}
	var parts []string
	for _, part := range t.collects(g.findings) {
		if part.ends == "" { // nothing but names in the script, or a check of an identity
			part.ends = t.say("由代码推断，没有认出收集它的控件", "inferred from the code, no control that collects it was recognised")
		}
		parts = append(parts, strings.Join(part.what, t.say("、", ", "))+t.say("：", ": ")+part.ends)
	}
	found := make([]*finding.Finding, len(g.findings))
	for i := range found {
		found[i] = &g.findings[i]
	}
	also := verdict.AlsoOn(found).In(t.o.Lang)
	if also != "" {
		also = t.paint.dim(also)
	}
	t.line("  %s%s  %s%s", title, t.paint.cyan(at), strings.Join(parts, t.say("；", "; ")), also)
}

// collected is categories with the same destinations: names, phone numbers: sent to
// api.example.com.
type collected struct {
	what []string
	ends string
}

// collects says what findings collect and what becomes of it.
func (t *textWriter) collects(found []finding.Finding) []collected {
	what := map[finding.Category][]*finding.Finding{}
	for i := range found {
		what[found[i].Category] = append(what[found[i].Category], &found[i])
	}
	var same grouped
	for _, c := range finding.Categories() {
		if len(what[c]) == 0 {
			continue
		}
		title := c.Title().In(t.o.Lang)
		if c.Triggers() {
			title = t.paint.bold(title)
		}
		if sure := slices.MaxFunc(what[c], byConfidence); sure.Confidence < finding.Medium {
			title += t.paint.dim(t.say("（", " (") + t.o.confidence(sure.Confidence) + t.say("）", ")"))
		}
		if only := t.together(what[c]); only != "" {
			title += t.paint.dim(t.say("（", " (") + only + t.say("）", ")"))
		}
		same.add(t.recipients(what[c]), title)
	}
	var parts []collected
	for _, ends := range same.heads {
		parts = append(parts, collected{same.lines[ends], ends})
	}
	return parts
}

// together is the circumstances of findings that all have the same.
func (t *textWriter) together(all []*finding.Finding) string {
	only := Circumstances(all[0], t.o.Lang)
	for _, f := range all {
		if Circumstances(f, t.o.Lang) != only {
			return ""
		}
	}
	return only
}

func byConfidence(a, b *finding.Finding) int { return cmp.Compare(a.Confidence, b.Confidence) }

// recipients names each destination of some findings once. What is not known of one
// of them is not hidden by what is known of the others.
func (t *textWriter) recipients(all []*finding.Finding) string {
	var ends []string
	add := func(end string) {
		if !slices.Contains(ends, end) {
			ends = append(ends, end)
		}
	}
	for _, f := range all {
		for _, flow := range f.Flows {
			add(t.end(flow.Sink))
		}
	}
	for _, f := range all {
		d := f.Destination
		if len(d.Reasons) > 1 {
			d.Reasons = d.Reasons[:1]
		}
		if d.State == finding.DestinationStays && len(ends) > 0 {
			continue // another control of the category sends it
		}
		if note := DestinationNote(d, t.o.Lang); note != "" {
			add(note)
		}
	}
	return strings.Join(ends, t.say("、", ", "))
}

// wholePage writes every finding of a page in full.
func (t *textWriter) wholePage(g *pageGroup) {
	t.line("")
	t.line("%s", t.groupTitle(g))
	var wider []finding.Finding
	for i := range g.findings {
		if f := &g.findings[i]; t.o.Trace || f.Category.Triggers() {
			t.finding(f)
		} else {
			wider = append(wider, *f)
		}
	}
	t.wider(wider)
}

func (t *textWriter) groupTitle(g *pageGroup) string {
	switch {
	case g.page.Title != "":
		return t.paint.bold(oneLine(g.page.Title, 40)) + "  " + t.paint.dim(source.Printable(g.page.Route))
	case g.page.Route != "":
		return t.paint.bold(source.Printable(g.page.Route))
	}
	return t.paint.bold(source.Printable(g.file))
}
