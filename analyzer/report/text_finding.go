package report

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// finding writes one finding: what it is, its place, why we think so and where
// the value goes.
func (t *textWriter) finding(f *finding.Finding) {
	t.line("")
	t.line("  %s", t.title(f))
	if f.Location.IsZero() {
		t.line("  %s", source.Printable(f.Message.In(t.o.Lang)))
	} else {
		t.line("  %s", t.paint.cyan(t.place(f.Location)))
		frame(t.w, deciding(f), t.width(), t.paint)
		if f.Category == "" {
			t.line("  %s", source.Printable(f.Message.In(t.o.Lang)))
		}
	}
	if because := t.evidence(f); because != "" {
		t.line("  %s %s", t.paint.dim(t.say("依据", "because")), because)
	}
	if only := Circumstances(f, t.o.Lang); only != "" {
		t.line("  %s %s", t.paint.dim(t.say("条件", "condition")), only)
	}
	if also := AlsoOn(f, t.o.Lang); also != "" {
		t.line("  %s", also)
	}
	if goes := t.destinations(f); goes != "" {
		t.line("  %s %s", t.paint.dim(t.say("去向", "value")), goes)
	}
	if f.Accepted() {
		t.line("  %s %s", t.paint.dim(t.say("接受", "accepted")), accepted(f, t.o.Lang))
	}
	if t.o.Trace {
		t.traces(f)
	}
}

// title is a text such as: 手机号 置信度中 "联系电话" field/phone
func (t *textWriter) title(f *finding.Finding) string {
	title := f.Category.Title()
	if f.Category == "" {
		title = f.Rule.Title
	}
	parts := append([]string{t.paint.bold(title.In(t.o.Lang))}, t.gravity(f)...)
	if f.Subject != "" {
		parts = append(parts, t.quote(f.Subject, 40))
	}
	return strings.Join(append(parts, t.paint.dim(f.Rule.ID)), "  ")
}

// gravity is Options.Gravity in colour: the colour of a problem's level, and none
// for how sure it is.
func (t *textWriter) gravity(f *finding.Finding) []string {
	words := t.o.Gravity(f)
	for i, text := range words {
		switch {
		case i > 0 || f.Severity == finding.NoSeverity:
			words[i] = t.paint.dim(text)
		default:
			words[i] = t.paint.level(levels[f.Severity].SARIF, text)
		}
	}
	return words
}

// deciding is the part of the source that says most about what f is: the first of its
// evidence within it, such as the label, or else the beginning of the element. A whole
// start tag under carets would show nothing.
func deciding(f *finding.Finding) source.Location {
	for _, e := range f.Evidence {
		if e.Location.File == f.Location.File && f.Location.Span.Contains(e.Location.Span) && e.Location.Span.Len() > 0 {
			return e.Location
		}
	}
	if f.Location.IsZero() {
		return f.Location
	}
	at, text := f.Location, f.Location.Text()
	if end := strings.IndexAny(text, " \t\r\n/>"); strings.HasPrefix(text, "<") && end > 0 {
		at.Span.End = at.Span.Start + int32(end)
	}
	return at
}

func (t *textWriter) quote(s string, cells int) string {
	return t.say("“", `"`) + oneLine(s, cells) + t.say("”", `"`)
}

// place is path:line:column as the report has the path.
func place(l source.Location) string { return source.Printable(l.Link()) }

func (t *textWriter) evidence(f *finding.Finding) string {
	var parts []string
	for _, e := range f.Evidence {
		part := word(evidenceWords, e.What, t.o.Lang) + " " + t.quote(e.Text, 36)
		if where := nearby(e.Location, f.Location); where != "" {
			part += t.paint.dim(" " + where)
		}
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, t.say("；", "; "))
}

// nearby gives the place of l briefly, for a finding at from: nothing within
// the frame of the finding, else the file's name and the line.
func nearby(l, from source.Location) string {
	if l.IsZero() || l.File == from.File && from.Span.Contains(l.Span) {
		return ""
	}
	return source.Printable(path.Base(l.String()))
}

// maxCalls is how many of the calls that lead to one destination the text
// names.
const maxCalls = 2

// destinations names each destination of the value once, with the first calls
// that lead there.
func (t *textWriter) destinations(f *finding.Finding) string {
	if noted(f) {
		return ""
	}
	var calls grouped
	for _, flow := range f.Flows {
		if end, call := t.end(flow.Sink), t.call(flow.Sink); !slices.Contains(calls.lines[end], call) {
			calls.add(end, call)
		}
	}
	var parts []string
	for _, end := range calls.heads {
		parts = append(parts, end+t.say("（", " (")+t.few(calls.lines[end])+t.say("）", ")"))
	}
	if note := DestinationNote(f.Destination, t.o.Lang); note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, t.say("；", "; "))
}

// few names the first of calls, and says how many more there are.
func (t *textWriter) few(calls []string) string {
	shown := calls[:min(len(calls), maxCalls)]
	text := strings.Join(shown, t.say("、", ", "))
	if n := len(calls) - len(shown); n > 0 {
		text += t.say(fmt.Sprintf(" 等 %d 处", len(calls)), fmt.Sprintf(" and %d more", n))
	}
	return text
}
