package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
)

// maxHover bounds how many findings one hover shows: a request wrapper that
// everything goes through is the sink of them all.
const maxHover = 5

// hover shows the findings at a position, and what arrives at a sink there.
func (s *server) hover(p positionParams) (any, *Error) {
	f, path := s.find(p.TextDocument.URI)
	if f == nil {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var parts []string
	var at *textRange
	add := func(l source.Location, text func() string) {
		if l.IsZero() || l.File.Path != path {
			return
		}
		place, ok := f.show(l)
		if !ok || !place.Range.holds(p.Position) {
			return
		}
		if part := text(); !slices.Contains(parts, part) {
			parts = append(parts, part)
			at = &place.Range
		}
	}
	w := words{s, f, s.markdown()}
	for found := range f.findings() {
		if counts(found) {
			add(found.Location, func() string { return w.finding(found) })
		}
	}
	if len(parts) == 0 {
		for found := range f.findings() {
			for _, flow := range found.Flows {
				if counts(found) {
					add(flow.Sink.Location, func() string { return w.arrival(found, flow.Sink) })
				}
			}
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	if n := len(parts) - maxHover; n > 0 {
		parts = append(parts[:maxHover], s.say(fmt.Sprintf("还有 %d 项", n), fmt.Sprintf("and %d more", n)))
	}
	kind, between := "plaintext", "\n\n"
	if w.markdown {
		kind, between = "markdown", "\n\n---\n\n"
	}
	return &hoverResult{markup{kind, strings.Join(parts, between)}, *at}, nil
}

func (r textRange) holds(p position) bool {
	return !p.before(r.Start) && p.before(r.End)
}

func (r textRange) overlaps(o textRange) bool {
	return !r.End.before(o.Start) && !o.End.before(r.Start)
}

func (p position) before(q position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Character < q.Character
}

// markdown reports whether the editor shows Markdown.
func (s *server) markdown() bool {
	return slices.Contains(s.editor.Capabilities.TextDocument.Hover.ContentFormat, "markdown")
}

// words writes the text of hovers.
type words struct {
	*server
	folder   *folder
	markdown bool
}

// finding tells what was found, why, and where the value goes step by step.
func (w words) finding(f *finding.Finding) string {
	var b strings.Builder
	b.WriteString(w.bold(f.Rule.ID + "  " + f.Rule.Title.In(w.lang)))
	for _, word := range (report.Options{Lang: w.lang}).Gravity(f) {
		b.WriteString(w.say("，", ", ") + word)
	}
	b.WriteString("\n\n")
	if why := f.Gravity().In(w.lang); why != "" {
		b.WriteString(w.plain(why) + "\n\n")
	}
	b.WriteString(w.plain(f.Message.In(w.lang)) + "\n\n")
	if len(f.Evidence) > 0 {
		b.WriteString(w.say("依据", "Because of") + "\n\n")
		for _, e := range f.Evidence {
			b.WriteString("- " + w.plain(w.evidence(e)) + w.place(e.Location) + "\n")
		}
		b.WriteString("\n")
	}
	for _, flow := range f.Flows {
		b.WriteString(w.say("去向：", "It is ") + w.plain(w.destination(flow.Sink)) + "\n\n")
		for i, step := range flow.Steps {
			fmt.Fprintf(&b, "%d. %s%s\n", i+1, w.plain(step.Message.In(w.lang)), w.place(step.Location))
		}
		b.WriteString("\n")
	}
	if only := report.Circumstances(f, w.lang); only != "" {
		b.WriteString(w.plain(w.lang.Sentence(only)) + "\n\n")
	}
	if also := report.AlsoOn(f, w.lang); also != "" {
		b.WriteString(w.plain(w.lang.Sentence(also)) + "\n\n")
	}
	if note := report.DestinationNote(f.Destination, w.lang); note != "" {
		b.WriteString(w.plain(w.lang.Sentence(note)) + "\n\n")
	}
	b.WriteString(w.plain(f.Rule.Mend.In(w.lang)) + " " + w.link(w.say("规则说明", "About the rule"), report.RuleURL(f.Rule.ID)))
	return b.String()
}

// arrival tells at a sink what arrives there.
func (w words) arrival(f *finding.Finding, sink finding.Sink) string {
	return w.bold(f.Rule.Title.In(w.lang)) + " " + w.plain(w.destination(sink)) +
		w.say("，收集自", ", collected at") + w.place(f.Location)
}

// place names a place in a file, with a blank before it.
func (w words) place(l source.Location) string {
	if l.IsZero() {
		return ""
	}
	at, _ := w.folder.show(l)
	line := at.Range.Start.Line + 1
	return " " + w.link(fmt.Sprintf("%s:%d", l.File.Path, line), fmt.Sprintf("%s#L%d", at.URI, line))
}

func (w words) bold(text string) string {
	if w.markdown {
		return "**" + w.plain(text) + "**"
	}
	return text
}

func (w words) link(text, uri string) string {
	if w.markdown {
		return "[" + w.plain(text) + "](" + uri + ")"
	}
	return text
}

// plain keeps text of the scanned program from being read as Markdown: a label
// must not become a link, nor a picture that the editor would fetch.
func (w words) plain(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if !w.markdown {
		return text
	}
	return escapes.Replace(text)
}

var escapes = func() *strings.Replacer {
	pairs := []string{"://", `\://`}
	for _, c := range "\\`*_{}[]()<>#!|~&$@" {
		pairs = append(pairs, string(c), `\`+string(c))
	}
	return strings.NewReplacer(pairs...)
}()
