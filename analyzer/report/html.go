package report

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

var (
	//go:embed html/report.html
	htmlText string
	//go:embed html/report.css
	htmlStyle string
	//go:embed html/report.js
	htmlScript string

	htmlTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("report").Parse(htmlText)) })
)

// HTML writes r as one page that needs no other file and no network: the verdict
// first, then the rulebooks, a picture of the flows, and the findings page by
// page with filters. The filters are in the address after #, such as
// #category=phone&confidence=high, so that people can share a view.
//
// Every text goes through html/template; the policy in the page allows its own
// style and script alone, by their hashes.
func HTML(w io.Writer, r *Report, o Options) error {
	o.Base = "" // paths on the page are those of the report
	h := &htmlWriter{o: o, t: &textWriter{o: o}, rules: map[string]bool{}}
	for _, rule := range r.Rules {
		h.rules[rule.ID] = true
	}
	page := htmlPage{
		HTMLLang:   o.Lang.Tag(),
		Title:      "beian",
		Policy:     fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'", PolicyHash(htmlStyle), PolicyHash(htmlScript)),
		CSS:        template.CSS(htmlStyle),
		JS:         template.JS(htmlScript),
		W:          htmlWords(h.t.say),
		Disclaimer: verdict.Disclaimer.In(o.Lang),
		Tool:       fmt.Sprintf("%s %s", r.Tool.Name, r.Tool.Version),
		Made:       h.made(),
	}
	for i := range r.Programs {
		p := h.program(&r.Programs[i])
		p.ID = fmt.Sprintf("p%d", i+1)
		page.Programs = append(page.Programs, p)
	}
	page.Title = page.Programs[0].Name + " - beian"
	return htmlTemplate().Execute(w, page)
}

// PolicyHash is the source expression that allows a style or script of a page in its
// content security policy.
func PolicyHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// The data of the template, in its order.
type (
	htmlPage struct {
		HTMLLang, Title, Policy, Disclaimer, Tool, Made string

		CSS      template.CSS
		JS       template.JS
		W        map[string]string
		Programs []htmlProgram
	}
	htmlProgram struct {
		ID, Name, Facts, Status, StatusText, Headline, Nothing string

		Summary                 []htmlSummary
		Reasons                 []string
		Filing                  *htmlFiling
		Books                   []htmlBook
		Picture                 *picture
		Count                   int
		Categories, Confidences []htmlChoice
		Pages                   []htmlGroup
		Aside, Unread           []htmlPair
		Accepted                []htmlPair
		Problems                []htmlProblem
		Assumed, AllAccepted    string
	}
	htmlSummary struct {
		Page, Key string
		Rows      []htmlPair
	}
	htmlBook struct {
		ID, Title, Status, StatusText, Gist, Condition, Consequence, Blind, Document string

		Reasons, Differs, Basis []string
		Duties                  []htmlDuty
	}
	htmlFiling struct {
		Colour, Title  string
		Changes, About []string
	}
	htmlDuty   struct{ Title, Status, StatusText, Reasons string }
	htmlChoice struct {
		Value, Text string
		Count       int
	}
	htmlGroup struct {
		Key, Title string
		Findings   []htmlFinding
	}
	htmlFinding struct {
		Category, Confidence, Page, To, Title, ConfidenceText, Subject, Message, Only, Also, Beyond, Accepted string

		Rule, At htmlLink

		Code     *htmlCode
		Evidence []htmlPair
		Flows    []htmlFlow
	}
	htmlCode struct {
		Line                int
		Before, Mark, After string
	}
	htmlProblem struct {
		Level, Text, Remedy string

		Rule    htmlLink
		Places  []htmlLink
		Gravity []string
	}
	htmlPair struct{ What, Text, Place string }
	// htmlLink is a text, and where it leads to; "" for nowhere.
	htmlLink struct {
		Text string
		URL  template.URL
	}
	htmlFlow struct {
		Title string
		At    htmlLink
		Steps []htmlStep
	}
	htmlStep struct {
		Message, Line string
		At            htmlLink
	}
)

// htmlWriter fills the template. The words of the text report serve here as well.
type htmlWriter struct {
	o     Options
	t     *textWriter
	rules map[string]bool // those that have a page of documentation
}

// made says when and from what the report was made, as far as it is known.
func (h *htmlWriter) made() string {
	var facts []string
	if h.o.Date != "" {
		facts = append(facts, h.o.Date)
	}
	if h.o.Commit != "" {
		facts = append(facts, h.t.say("提交 ", "commit ")+h.o.Commit[:min(len(h.o.Commit), 12)])
	}
	return strings.Join(facts, " · ")
}

// at links a place, if a person said how (Options.Links).
func (h *htmlWriter) at(l source.Location, text string) htmlLink {
	link := htmlLink{Text: text}
	if h.o.Links == "" || l.IsZero() {
		return link
	}
	start := l.Start()
	escaped := func(name string) string { return (&url.URL{Path: path.Join("/", name)}).EscapedPath()[1:] }
	link.URL = template.URL(strings.NewReplacer(
		"{path}", escaped(path.Join(h.o.URIBase, l.File.Path)), "{file}", escaped(l.File.Path),
		"{line}", fmt.Sprint(start.Line), "{column}", fmt.Sprint(start.Column)).Replace(h.o.Links))
	return link
}

// rule links the page of a rule.
func (h *htmlWriter) rule(id string) htmlLink {
	link := htmlLink{Text: id}
	if h.rules[id] && !strings.HasPrefix(id, "custom/") {
		link.URL = template.URL(RuleURL(id))
	}
	return link
}

func htmlWords(say func(zh, en string) string) map[string]string {
	return map[string]string{
		"Rulebooks": say("规则集", "Rulebooks"), "Reasons": say("理由", "reasons"), "Duties": say("各项义务", "duties"),
		"Differs": say("现行规定不同", "the law in force differs"), "Condition": say("何时适用", "applies when"),
		"Consequence": say("要求", "asks for"), "Blind": say("代码看不出", "code does not show"), "Basis": say("依据", "basis"),
		"Picture":  say("数据流向：页面 → 类别 → 去向", "Flows: pages → categories → destinations"),
		"Findings": say("收集点", "Collection points"),
		"Filters":  say("筛选", "filters"), "Category": say("类别", "category"), "Confidence": say("置信度", "confidence"),
		"Page": say("页面", "page"),
		"All":  say("全部", "all"), "None": say("没有符合筛选条件的收集点", "no collection point matches the filters"),
		"Summary": say("汇总：页面、类别、去向", "Summary: pages, categories, destinations"),
		"What":    say("收集什么", "what it collects"), "To": say("去向", "where it goes"),
		"Search": say("搜索", "search"), "Copy": say("复制", "copy"), "Copied": say("已复制", "copied"),
		"Programs": say("小程序", "Mini programs"), "Sections": say("目录", "contents"),
		"Problems": say("问题", "Problems"),
		"Accepted": say("已由人接受", "Accepted by a person"),
		"Aside":    say("不计入结论", "Not counted"), "Unread": say("没有读到", "Not read"), "Colon": say("：", ": "),
	}
}

func (h *htmlWriter) filing(f *verdict.Filing) *htmlFiling {
	title := h.o.Lang.Sentence(source.Printable(f.Title().In(h.o.Lang)))
	out := &htmlFiling{Colour: "undetermined", Title: title, About: h.texts(f.About())}
	switch f.State {
	case verdict.Covered:
		out.Colour = "not-triggered"
	case verdict.Exceeded:
		out.Colour = "triggered"
	}
	for i := range f.Changes {
		out.Changes = append(out.Changes, h.o.change(&f.Changes[i]))
	}
	return out
}

func (h *htmlWriter) texts(all []lang.Text) []string {
	var out []string
	for _, t := range all {
		out = append(out, h.o.Lang.Sentence(source.Printable(t.In(h.o.Lang))))
	}
	return out
}

func (h *htmlWriter) program(p *Program) htmlProgram {
	pi := p.Verdict.PersonalInformation
	shown, problems := split(h.o.sure(p))
	groups, aside := group(p.Project.Pages, shown)
	headline := p.Verdict.Headline
	name := cmp.Or(p.Facts.Name.Text, p.Project.Name, p.Project.Root)
	project := p.Project.Name // as the configuration calls it
	if project == name {
		project = ""
	}
	out := htmlProgram{
		Name: source.Printable(name), Status: pi.Status.String(), StatusText: h.o.Lang.Sentence(headline.Title.In(h.o.Lang)),
		Headline: source.Printable(h.o.Lang.Sentence(headline.Because.In(h.o.Lang)) + h.o.Lang.Say("。", ". ") +
			h.o.Lang.Sentence(headline.Article.In(h.o.Lang)) + h.o.Lang.Say("。", ".")),
		Facts: source.Printable(strings.Join(nonEmpty(project, p.Project.AppID, p.Project.platforms(h.o.Lang),
			FrameworkName(p.Project.Framework, h.o.Lang),
			h.t.say(fmt.Sprintf("%d 个页面", len(p.Project.Pages)), plural(len(p.Project.Pages), "page")),
			h.t.say(fmt.Sprintf("%d 个文件", p.Project.Files), plural(p.Project.Files, "file"))), " · ")),
		Picture: h.picture(groups), Nothing: nothing(nil, h.o.unlisted(p).Collects).In(h.o.Lang),
	}
	for _, r := range pi.Reasons {
		out.Reasons = append(out.Reasons, h.o.Lang.Sentence(source.Printable(r.Text.In(h.o.Lang))))
	}
	if f := p.Verdict.Filing; f != nil {
		out.Filing = h.filing(f)
	}
	for _, r := range lawFirst(p.Verdict.Rulebooks) {
		out.Books = append(out.Books, h.book(r))
	}
	out.Summary = h.summary(groups)
	categories, confidences := map[string]int{}, map[string]int{}
	for _, g := range groups {
		page := htmlGroup{Key: groupKey(g), Title: groupName(g)}
		for i := range g.findings {
			f := h.finding(&g.findings[i])
			f.Page = page.Key
			categories[f.Category]++
			confidences[f.Confidence]++
			out.Count++
			page.Findings = append(page.Findings, f)
		}
		out.Pages = append(out.Pages, page)
	}
	out.Categories, out.Confidences = h.choices(categories, confidences)
	h.accepted(p, &out)
	for i := range aside {
		out.Aside = append(out.Aside, h.aside(&aside[i]))
	}
	problems = slices.DeleteFunc(problems, func(f finding.Finding) bool { return !f.Pending() })
	for _, one := range alike(problems) {
		out.Problems = append(out.Problems, h.problem(p, one))
	}
	for _, u := range p.Unread {
		out.Unread = append(out.Unread, htmlPair{What: source.Printable(u.Path), Text: source.Printable(u.Reason.In(h.o.Lang))})
	}
	return out
}

// summary is a row for each page and each set of destinations.
func (h *htmlWriter) summary(groups []*pageGroup) (all []htmlSummary) {
	for _, g := range groups {
		row := htmlSummary{Page: groupName(g), Key: groupKey(g)}
		for _, part := range h.t.collects(g.findings) {
			row.Rows = append(row.Rows, htmlPair{What: strings.Join(part.what, h.t.say("、", ", ")), Text: part.ends})
		}
		all = append(all, row)
	}
	return all
}

// accepted lists what people have accepted, with the act and the reason.
func (h *htmlWriter) accepted(p *Program, out *htmlProgram) {
	for i := range p.Findings {
		f := &p.Findings[i]
		if !f.Accepted() {
			continue
		}
		pair := htmlPair{What: f.Rule.ID, Text: accepted(f, h.o.Lang)}
		if !f.Location.IsZero() {
			pair.Place = place(f.Location)
		}
		out.Accepted = append(out.Accepted, pair)
	}
	if Assumes(p.Findings) {
		out.Assumed = AsKnown.In(h.o.Lang)
	}
	if p.Verdict.PersonalInformation.Accepted {
		out.AllAccepted = allAccepted.In(h.o.Lang)
	}
}

// choices are what the findings can be filtered by, each with how many there are.
func (h *htmlWriter) choices(categories, confidences map[string]int) (byCategory, byConfidence []htmlChoice) {
	for _, c := range finding.Categories() {
		if n := categories[string(c)]; n > 0 {
			byCategory = append(byCategory, htmlChoice{string(c), c.Title().In(h.o.Lang), n})
		}
	}
	for c := finding.High; c >= finding.Low; c-- {
		if n := confidences[c.String()]; n > 0 {
			byConfidence = append(byConfidence, htmlChoice{c.String(), word(confidenceWords, c.String(), h.o.Lang), n})
		}
	}
	return byCategory, byConfidence
}

// aside says why a finding does not count.
func (h *htmlWriter) aside(f *finding.Finding) htmlPair {
	why := h.t.say("没有页面可以到达", "not reachable from any page")
	if f.Hidden != nil {
		why = source.Printable(f.Hidden.Reason.In(h.o.Lang))
	}
	if f.Library != "" {
		why = h.t.say("第三方库 ", "third-party library ") + source.Printable(f.Library)
	}
	where := ""
	if !f.Location.IsZero() {
		where = "  " + place(f.Location)
	}
	return htmlPair{What: f.Category.Title().In(h.o.Lang), Text: why + where}
}

func nonEmpty(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func groupKey(g *pageGroup) string {
	if g.page.Route != "" {
		return source.Printable(g.page.Route)
	}
	return source.Printable(g.file)
}

func groupName(g *pageGroup) string {
	if g.page.Title != "" {
		return oneLine(g.page.Title, 60)
	}
	return groupKey(g)
}

func (h *htmlWriter) book(r verdict.Ruling) htmlBook {
	b := htmlBook{
		ID: r.ID, Title: r.Title.In(h.o.Lang), Status: string(r.Status), StatusText: r.State().In(h.o.Lang),
		Condition: r.Condition.In(h.o.Lang), Consequence: r.Consequence.In(h.o.Lang), Blind: r.Blind.In(h.o.Lang),
		Document: strings.Join(nonEmpty(r.Document.Issuer.In(h.o.Lang), r.Document.Number, r.Document.Force), " · "),
		Reasons:  h.texts(r.Reasons), Differs: h.texts(r.Differs), Gist: h.gist(r),
	}
	for _, d := range r.Duties {
		b.Duties = append(b.Duties, htmlDuty{
			d.Title.In(h.o.Lang), string(d.Status), d.State().In(h.o.Lang), h.t.reasons(d.Reasons),
		})
	}
	for _, basis := range r.Basis {
		b.Basis = append(b.Basis, basis.In(h.o.Lang))
	}
	return b
}

// gist is the answer of a rulebook in one line: its first reason, or how many
// duties it has.
func (h *htmlWriter) gist(r verdict.Ruling) string {
	if len(r.Reasons) > 0 {
		return h.o.Lang.Sentence(source.Printable(r.Reasons[0].In(h.o.Lang)))
	}
	var parts []string
	for _, status := range []verdict.Answer{verdict.Required, verdict.NeedsInput} {
		var titles []string
		for _, d := range r.Duties {
			if d.Status == status {
				title, _, _ := strings.Cut(d.Title.In(h.o.Lang), h.t.say("：", ": "))
				titles = append(titles, title)
			}
		}
		if len(titles) > 0 {
			parts = append(parts, (&verdict.Duty{Status: status}).State().In(h.o.Lang)+h.t.say("：",
				": ")+strings.Join(titles, h.t.say("、", ", ")))
		}
	}
	return h.o.Lang.Sentence(strings.Join(parts, h.t.say("；", "; ")))
}

func (h *htmlWriter) problem(p *Program, all []*finding.Finding) htmlProblem {
	f := all[0]
	out := htmlProblem{
		Level: levels[f.Severity].SARIF, Gravity: h.o.Gravity(f), Text: source.Printable(f.Message.In(h.o.Lang)),
		Rule: h.rule(f.Rule.ID), Remedy: h.t.remedy(p, f),
	}
	for _, f := range all {
		if !f.Location.IsZero() {
			out.Places = append(out.Places, h.at(f.Location, place(f.Location)))
		}
	}
	return out
}

func (h *htmlWriter) finding(f *finding.Finding) htmlFinding {
	out := htmlFinding{
		Category: string(f.Category), Confidence: f.Confidence.String(), Title: f.Category.Title().In(h.o.Lang),
		Rule: h.rule(f.Rule.ID), Message: source.Printable(f.Message.In(h.o.Lang)), Code: excerpt(deciding(f)),
		To: strings.Join(h.ends(f), "\n"),
	}
	if f.Confidence < finding.High {
		out.ConfidenceText = h.o.confidence(f.Confidence)
	}
	if f.Subject != "" {
		out.Subject = h.t.quote(f.Subject, 80)
	}
	if !f.Location.IsZero() {
		out.At = h.at(f.Location, place(f.Location))
	}
	if f.Accepted() {
		out.Accepted = AcceptedAs(f, h.o.Lang)
	}
	for _, e := range f.Evidence {
		out.Evidence = append(out.Evidence, htmlPair{word(evidenceWords, e.What, h.o.Lang), h.t.quote(e.Text, 80),
			nearby(e.Location, f.Location)})
	}
	for _, fl := range f.Flows {
		out.Flows = append(out.Flows, h.flow(fl))
	}
	out.Also = AlsoOn(f, h.o.Lang)
	out.Only = Circumstances(f, h.o.Lang)
	out.Beyond = DestinationNote(f.Destination, h.o.Lang)
	return out
}

func (h *htmlWriter) flow(fl finding.Flow) htmlFlow {
	call := oneLine(fl.Sink.API, 40)
	if !fl.Sink.Location.IsZero() {
		call += " " + place(fl.Sink.Location)
	}
	host := oneLine(fl.Sink.Host, 60)
	if why := HostNote(fl.Sink, h.o.Lang); why != "" {
		host = cmp.Or(host, h.o.Lang.Say("未知主机", "an unknown host")) + why
	}
	out := htmlFlow{Title: strings.TrimSpace(sinkWord(fl.Sink).In(h.o.Lang) + " " + host),
		At: h.at(fl.Sink.Location, call)}
	for _, s := range fl.Steps {
		step := htmlStep{Message: source.Printable(s.Message.In(h.o.Lang))}
		if !s.Location.IsZero() {
			step.At = h.at(s.Location, source.Printable(path.Base(s.Location.String())))
			step.Line = oneLine(codeLine(s.Location, 110), 110)
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

// excerpt is the first line of l, with the part that belongs to l marked.
func excerpt(l source.Location) *htmlCode {
	if l.IsZero() {
		return nil
	}
	line, start := l.File.Quote(l.Span)
	from := min(max(int(l.Span.Start-start), 0), len(line))
	to := min(max(int(l.Span.End-start), from), len(line))
	before := strings.TrimLeft(line[:from], " \t")
	if r := []rune(before); len(r) > 60 {
		before = "…" + string(r[len(r)-60:])
	}
	after := strings.ReplaceAll(strings.TrimRight(line[to:], " \t\r"), "\t", " ")
	return &htmlCode{Line: l.Start().Line, Before: source.Printable(strings.ReplaceAll(before, "\t", " ")),
		Mark: oneLine(line[from:to], 240), After: source.CutEnd(source.Printable(after), 160, ellipsis)}
}
