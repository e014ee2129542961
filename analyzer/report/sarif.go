package report

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/beian/beian"
)

// SARIF writes r as SARIF 2.1.0, one run for each program. The choices:
//
//   - Columns are UTF-16 code units, from 1, end exclusive, and columnKind says so.
//   - Paths are relative to the scanned directory, or to the top of the repository
//     if Options.URIBase tells the way from there; percent-encoded, without "./", as
//     GitHub wants them.
//   - The level of a problem is that of its severity. What is collected is a note of
//     kind "informational" (Program.Inventory); the standard would have no level
//     beside that kind, but GitHub reads the level alone. Only rules of problems
//     have a security-severity: to collect is no vulnerability.
//   - What does not count (out of reach, of a library) is left out, and so is what
//     is accepted, unless it is asked for: consumers that ignore SARIF's
//     suppressions would open alerts for it. The justification of a suppression says
//     as what it was accepted and why; beian/acceptedAs says it for programs.
//   - The verdict is in the run's properties and, if filing is triggered, is one
//     result on app.json, so that a code review shows it. A verdict of any other
//     kind is no result: viewers would show it as a problem. Nor is one if only
//     changes are reported: that verdict is about the whole program.
//   - Paths start at the base SRCROOT, the top of the repository; with Options.Root it
//     has an address, and with Options.Origin the repository and the commit are named.
//   - Rules without results are left out: their help would be most of the file. A run
//     without results has that of the verdict, as validators want one.
//   - GitHub shows 5,000 results of a run and 1,000 steps of a result (docs.github.com,
//     "SARIF support for code scanning", 2026-11). The worst results come first there
//     and what is left out is told in a notification.
//   - Files not read are notifications of the invocation.
//   - primaryLocationLineHash is computed on the text as it is on disk, as the
//     upload action does; "beian/v1" is our own fingerprint, of which equal lines
//     have different ones.
func SARIF(w io.Writer, r *Report, o Options) error {
	s := &sarifWriter{r: r, o: o, hashes: map[*source.File][]string{}}
	log := sarifLog{Schema: sarifSchema, Version: "2.1.0"}
	for i := range r.Programs {
		log.Runs = append(log.Runs, s.run(&r.Programs[i]))
	}
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(log)
}

type sarifWriter struct {
	r      *Report
	o      Options
	rules  []*finding.Rule // those with results in the run that is being written
	taxa   []sarifTaxonomy
	hashes map[*source.File][]string // line hashes of the files met so far
}

// say picks the text in the report's language.
func (s *sarifWriter) say(zh, en string) string { return s.o.Lang.Say(zh, en) }

// maxResults is how many results of a run GitHub shows, maxSteps how many steps of a
// result.
const (
	maxResults = 5000
	maxSteps   = 1000
)

func (s *sarifWriter) run(p *Program) sarifRun {
	tells := p.Verdict.Has(verdict.Triggered) && (s.o.Suppressed || p.Verdict.Stops(verdict.Triggered)) &&
		p.Project.Config != nil && s.r.Changes == nil
	found, left := s.found(p)
	s.rules = nil
	if tells {
		s.rules = append(s.rules, verdict.Rule)
	}
	for _, f := range found {
		if !slices.Contains(s.rules, f.Rule) {
			s.rules = append(s.rules, f.Rule)
		}
	}
	if len(s.rules) == 0 {
		s.rules = []*finding.Rule{verdict.Rule} // what the run had an eye on
	}
	slices.SortFunc(s.rules, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	s.taxa = taxonomy(s.rules)
	run := sarifRun{
		Tool:              sarifTool{s.driver(p)},
		Invocations:       []sarifInvocation{{ExecutionSuccessful: true, Notifications: s.notifications(p, left)}},
		Provenance:        s.provenance(),
		Bases:             s.bases(),
		Taxonomies:        s.taxa,
		AutomationDetails: sarifAutomation{s.automationID(p)},
		ColumnKind:        "utf16CodeUnits",
		Language:          s.o.Lang.Say("zh-CN", "en-US"),
		Results:           []sarifResult{},
		Properties:        map[string]any{"beian/verdict": jsonVerdictOf(p.Verdict, s.o.Lang)},
	}
	if tells {
		run.Results = append(run.Results, s.verdict(p))
	}
	for i := range found {
		run.Results = append(run.Results, s.result(p, &found[i]))
	}
	if s.o.Suppressed {
		for i := range run.Results { // if one result has suppressions, all need the list
			if run.Results[i].Suppressions == nil {
				run.Results[i].Suppressions = []sarifSuppression{}
			}
		}
	}
	return run
}

// found are the findings of p that become results, and how many more there are.
func (s *sarifWriter) found(p *Program) (all []finding.Finding, left int) {
	all = slices.DeleteFunc(s.o.shown(p), func(f finding.Finding) bool { return !f.Own() || f.Location.IsZero() })
	if left = len(all) - (maxResults - 1); left <= 0 { // one is for the verdict
		return all, 0
	}
	slices.SortStableFunc(all, worstFirst)
	return all[:maxResults-1], left
}

// root is the base from which paths start.
const root = "SRCROOT"

// provenance names the repository and its commit, if they are known.
func (s *sarifWriter) provenance() []sarifVersion {
	if s.o.Origin == "" || s.o.Commit == "" {
		return nil
	}
	return []sarifVersion{{s.o.Origin, s.o.Commit, sarifArtifact{BaseID: root}}}
}

// bases tells what paths start from.
func (s *sarifWriter) bases() map[string]sarifBase {
	return map[string]sarifBase{root: {s.o.Root, sarifMessage{Text: sentence(s.say("仓库的根目录，不在仓库中时是扫描的目录",
		"The top of the repository or, outside of one, the scanned directory"))}}}
}

// automationID keeps the programs of one repository apart: consumers replace the
// results of an earlier upload with the same one.
func (s *sarifWriter) automationID(p *Program) string {
	id := path.Join("beian", s.o.URIBase, p.Project.Root)
	return id + "/"
}

func (s *sarifWriter) driver(p *Program) sarifDriver {
	d := sarifDriver{
		Name:            s.r.Tool.Name,
		FullName:        s.r.Tool.Name + " " + s.r.Tool.Version,
		SemanticVersion: s.r.Tool.Version,
		InformationURI:  homepage,
		Rules:           []sarifRule{},
	}
	if len(s.taxa) > 0 {
		d.Taxonomies = []sarifComponentRef{{s.taxa[0].Name, 0}}
	}
	for _, rule := range s.rules {
		d.Rules = append(d.Rules, s.rule(p, rule))
	}
	return d
}

func (s *sarifWriter) rule(p *Program, rule *finding.Rule) sarifRule {
	level := s.ruleLevel(p, rule)
	tags := []string{"privacy"}
	if level.Score != "" {
		tags = append(tags, "security") // without it GitHub ignores the score
	}
	if rule.Category != "" {
		tags = append(tags, "pii/"+string(rule.Category))
	}
	taxa := s.taxaOf(rule)
	var relations []sarifRelationship
	for _, t := range taxa {
		tags = append(tags, "external/cwe/cwe-"+t.ID) // as CodeQL writes it; GitHub shows it
		relations = append(relations, sarifRelationship{t, []string{"superset"}})
	}
	text, markdown := RuleHelp(rule, s.o.Lang)
	return sarifRule{
		ID:               rule.ID,
		Name:             ruleName(rule.ID),
		ShortDescription: sarifMessage{Text: sentence(rule.Title.In(s.o.Lang))},
		FullDescription:  sarifMessage{Text: sentence(rule.Summary.In(s.o.Lang))},
		Help:             sarifMessage{Text: text, Markdown: markdown},
		HelpURI:          RuleURL(rule.ID),
		Default:          sarifConfiguration{level.SARIF},
		Relationships:    relations,
		Properties: sarifRuleProperties{
			Tags: tags, Precision: precision(rule), ProblemSeverity: problemSeverity(level), SecuritySeverity: level.Score,
		},
	}
}

// taxaOf names the weakness that the findings of a rule are, if there is one.
func (s *sarifWriter) taxaOf(rule *finding.Rule) []sarifTaxonRef {
	w, ok := weaknesses()[rule.ID]
	if !ok || len(s.taxa) == 0 {
		return nil
	}
	i := slices.IndexFunc(s.taxa[0].Taxa, func(t sarifTaxon) bool { return t.ID == w.number })
	return []sarifTaxonRef{{w.number, i, sarifComponentRef{s.taxa[0].Name, 0}}}
}

// precision is how often findings of a rule are right, by their evidence: controls,
// calls and configuration are facts of the program (measured in docs/accuracy.md);
// a literal may be an example, and data may never take a path; what only script
// suggests is a hint.
func precision(rule *finding.Rule) string {
	switch rule.Kind {
	case finding.KindInferred:
		return "low"
	case finding.KindHardcoded, finding.KindSink:
		return "medium"
	}
	return "high"
}

// ruleLevel is the level of most findings of a rule.
func (s *sarifWriter) ruleLevel(p *Program, rule *finding.Rule) Level {
	level := p.Level(&finding.Finding{Severity: rule.Severity()})
	switch {
	case rule == verdict.Rule:
		level = VerdictLevel
		level.Score = ""
	case rule.Severity() == finding.NoSeverity:
		level.Score = "" // whatever level the project asks for
	}
	return level
}

// problemSeverity is GitHub's word for a level of SARIF.
func problemSeverity(level Level) string {
	if level.SARIF == "note" {
		return "recommendation"
	}
	return level.SARIF
}

// ruleName makes a readable opaque name of an identifier: field/phone becomes
// FieldPhone.
func ruleName(id string) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(id, func(r rune) bool { return r == '/' || r == '-' }) {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// sentence ends s with a full stop, as viewers and validators expect.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	return strings.TrimRight(s, "。") + "."
}

func (s *sarifWriter) result(p *Program, f *finding.Finding) sarifResult {
	level := p.Level(f)
	r := sarifResult{
		RuleID:        f.Rule.ID,
		RuleIndex:     slices.Index(s.rules, f.Rule),
		Kind:          level.Kind,
		Level:         level.SARIF,
		BaselineState: s.r.Changes.state(f),
		Taxa:          s.taxaOf(f.Rule),
		Fixes:         s.fixes(p, f),
		Locations:     []sarifLocation{{PhysicalLocation: s.place(f.Location)}},
		Fingerprints:  s.fingerprints(f.Location, f.Fingerprint),
		Properties:    map[string]any{"beian/category": f.Category, "beian/confidence": f.Confidence.String()},
	}
	r.Locations[0].PhysicalLocation.Context = around(f.Location)
	if a := f.Acceptance; f.Accepted() {
		kind := "external"
		if a.By == finding.ByComment {
			kind = "inSource"
		}
		r.Suppressions = []sarifSuppression{{kind, "accepted", actOf(f).In(s.o.Lang) + s.say("：", ": ") + a.Reason}}
		r.Properties["beian/acceptedAs"] = a.As
	}
	if f.Severity != finding.NoSeverity {
		r.Properties["beian/severity"] = f.Severity.String()
	}
	if f.Page != "" {
		r.Properties["beian/page"] = f.Page
	}
	if pages, more := jsonPages(f); pages != nil {
		r.Properties["beian/pages"] = pages
		if more > 0 {
			r.Properties["beian/morePages"] = more
		}
	}
	if f.PrivacyKey != "" {
		r.Properties["beian/privacyKey"] = f.PrivacyKey
	}
	if len(f.Platforms) > 0 {
		r.Properties["beian/platforms"] = f.Platforms
	}
	if d := jsonDecisionOf(f.OnlyIf, s.o.Lang); d != nil {
		r.Properties["beian/onlyIf"] = d
	}
	if d := jsonDestinationOf(f.Destination, s.o.Lang); d != nil {
		r.Properties["beian/destination"] = d
	}
	message := strings.TrimRight(f.Message.In(s.o.Lang), ".。")
	var links []string
	for _, e := range f.Evidence {
		if e.Location.IsZero() || len(r.RelatedLocations) == maxRelated {
			continue
		}
		id := len(r.RelatedLocations) + 1
		what := word(evidenceWords, e.What, s.o.Lang)
		r.RelatedLocations = append(r.RelatedLocations, sarifLocation{
			ID:               id,
			PhysicalLocation: s.place(e.Location),
			Message:          &sarifMessage{Text: sentence(fmt.Sprintf("%s '%s'", what, oneLine(e.Text, 80)))},
		})
		links = append(links, fmt.Sprintf("[%s](%d)", what, id))
	}
	r.Message.Text = escapeBrackets(sentence(message))
	if len(links) > 0 {
		r.Message.Text += s.say(" 依据：", " Because of ") + strings.Join(links, s.say("、", ", ")) + "."
	}
	steps := 0
	for _, flow := range f.Flows {
		if steps += len(flow.Steps); steps > maxSteps {
			r.Properties["beian/flowsLeftOut"] = len(f.Flows) - len(r.CodeFlows)
			break
		}
		if code, ok := s.codeFlow(&flow); ok {
			r.CodeFlows = append(r.CodeFlows, code)
		}
	}
	return r
}

// fixes are the changes of a file that mend f.
func (s *sarifWriter) fixes(p *Program, f *finding.Finding) (out []sarifFix) {
	for _, fix := range p.Fixes {
		if fix.Rule != f.Rule.ID || fix.Location.File != f.Location.File || f.Accepted() {
			continue
		}
		var told []string
		for _, c := range fix.Changes {
			told = append(told, c.In(s.o.Lang))
		}
		at := s.place(fix.Location)
		at.Region.Snippet = nil
		replacement := sarifReplacement{Deleted: *at.Region}
		if fix.Text != "" {
			replacement.Inserted = &sarifMessage{Text: fix.Text}
		}
		out = append(out, sarifFix{
			Description: sarifMessage{Text: sentence(strings.Join(told, s.say("；", "; ")))},
			Changes:     []sarifArtifactChange{{at.Artifact, []sarifReplacement{replacement}}},
		})
	}
	return out
}

// maxRelated keeps a result readable: a field with more evidence than this is
// beyond doubt.
const maxRelated = 20

// escapeBrackets keeps text of the scanned program from being read as a link.
func escapeBrackets(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(s)
}

func (s *sarifWriter) codeFlow(flow *finding.Flow) (sarifCodeFlow, bool) {
	var thread sarifThreadFlow
	for i, step := range flow.Steps {
		if step.Location.IsZero() {
			continue
		}
		at := sarifThreadFlowLocation{Importance: "important", Location: sarifLocation{
			PhysicalLocation: s.place(step.Location),
			Message:          &sarifMessage{Text: sentence(step.Message.In(s.o.Lang))},
		}}
		switch i {
		case 0:
			at.Importance, at.Kinds = "essential", []string{"source"}
		case len(flow.Steps) - 1:
			at.Importance, at.Kinds = "essential", []string{"sink"}
		}
		thread.Locations = append(thread.Locations, at)
	}
	message := sinkWord(flow.Sink).In(s.o.Lang)
	if flow.Sink.Host != "" {
		message += " '" + flow.Sink.Host + "'"
	}
	message += fmt.Sprintf(" ('%s')", flow.Sink.API)
	return sarifCodeFlow{&sarifMessage{Text: sentence(message)}, []sarifThreadFlow{thread}}, len(thread.Locations) > 0
}

// verdict is the result that says that filing is triggered. Its place is the
// first line of app.json.
func (s *sarifWriter) verdict(p *Program) sarifResult {
	config := p.Project.Config
	line, offset := config.Line(1)
	first := source.Location{File: config, Span: source.Span{Start: offset, End: offset + int32(max(1, len(line)))}}
	text := sentence(Trigger(p.Verdict).In(s.o.Lang))
	if p.Verdict.Filing == nil {
		all := p.Verdict.PersonalInformation.Categories
		text = sentence(s.say("触发备案：程序收集'"+all.In(lang.Chinese)+"'",
			"Filing is triggered: the program collects '"+all.In(lang.English)+"'"))
	}
	r := sarifResult{
		RuleID:       verdict.Rule.ID,
		RuleIndex:    slices.Index(s.rules, verdict.Rule),
		Level:        VerdictLevel.SARIF,
		Message:      sarifMessage{Text: text + " " + sentence(s.o.Lang.Sentence(p.Verdict.Headline.Law().In(s.o.Lang)))},
		Locations:    []sarifLocation{{PhysicalLocation: s.place(first)}},
		Fingerprints: s.fingerprints(first, "verdict"),
	}
	r.Locations[0].PhysicalLocation.Context = around(first)
	if !p.Verdict.Stops(verdict.Triggered) {
		r.Suppressions = []sarifSuppression{{"external", "accepted", allAccepted.In(s.o.Lang)}}
		r.Properties = map[string]any{"beian/acceptedAs": finding.Known}
	}
	return r
}

func (s *sarifWriter) notifications(p *Program, left int) []sarifNotification {
	out := []sarifNotification{}
	if left > 0 {
		out = append(out, sarifNotification{Level: "warning", Message: sarifMessage{Text: s.say(
			fmt.Sprintf("另有 %d 处没有写出：GitHub 每次最多显示 5000 处，最严重的在先；JSON 报告有全部.", left),
			fmt.Sprintf("%d more results were left out: GitHub shows 5,000 of a run, the worst come first; the JSON report has all.", left))}})
	}
	for _, u := range p.Unread {
		n := sarifNotification{
			Level:   "warning",
			Message: sarifMessage{Text: sentence(fmt.Sprintf("'%s': %s", u.Path, u.Reason.In(s.o.Lang)))},
		}
		if u.Location.IsZero() {
			n.Locations = []sarifLocation{{PhysicalLocation: sarifPlace{Artifact: s.artifact(u.Path)}}}
		} else {
			n.Locations = []sarifLocation{{PhysicalLocation: s.place(u.Location)}}
		}
		out = append(out, n)
	}
	return out
}

func (s *sarifWriter) place(l source.Location) sarifPlace {
	start, end := l.Start(), l.End()
	region := &sarifRegion{StartLine: start.Line, StartColumn: start.Column, EndLine: end.Line, EndColumn: end.Column}
	if l.Span.Len() <= maxSnippet {
		region.Snippet = &sarifMessage{Text: source.PrintableLines(l.Text())}
	}
	return sarifPlace{Artifact: s.artifact(l.File.Path), Region: region}
}

// maxSnippet is how many bytes of a file are quoted as what a place holds.
const maxSnippet = 10_000

// maxContext is how many bytes the lines around a place may have. Those of compressed
// files have more and tell nothing.
const maxContext = 1000

// around is the lines of l with one before and one behind.
func around(l source.Location) *sarifContext {
	first, last := max(1, l.Start().Line-1), min(l.End().Line+1, l.File.Lines())
	var lines []string
	size := 0
	for n := first; n <= last; n++ {
		text, _ := l.File.Line(n)
		lines = append(lines, text)
		size += len(text)
	}
	if size > maxContext {
		return nil
	}
	return &sarifContext{first, last, sarifMessage{Text: source.PrintableLines(strings.Join(lines, "\n"))}}
}

func (s *sarifWriter) artifact(file string) sarifArtifact { return sarifArtifact{s.uri(file), root} }

// uri is the path from the top of the repository, percent-encoded.
func (s *sarifWriter) uri(file string) string {
	parts := strings.Split(path.Join(s.o.URIBase, file), "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(part), ":", "%3A") // a colon would make a scheme of the text before it
	}
	return strings.Join(parts, "/")
}

func (s *sarifWriter) fingerprints(l source.Location, own string) map[string]string {
	hashes, ok := s.hashes[l.File]
	if !ok {
		text := s.r.masker.original[l.File]
		if l.File.Encoding == source.UTF8BOM {
			text = "\ufeff" + text // the action does not strip it
		}
		hashes = lineHashes(text)
		s.hashes[l.File] = hashes
	}
	out := map[string]string{"beian/v1": own}
	if line := l.Start().Line; line <= len(hashes) {
		out["primaryLocationLineHash"] = hashes[line-1]
	}
	return out
}
