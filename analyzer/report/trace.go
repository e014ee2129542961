package report

import (
	"fmt"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// trace writes the stations of a flow, one under the other, each with its place
// and its line of source.
func (t *textWriter) trace(flow *finding.Flow) {
	last := ""
	for i, s := range flow.Steps {
		t.line("    %d. %s", i+1, oneLine(s.Message.In(t.o.Lang), 120))
		if s.Location.IsZero() {
			continue
		}
		at := t.place(s.Location)
		if at == last {
			continue // said just above
		}
		last = at
		t.line("       %s  %s", t.paint.cyan(at), t.paint.dim(codeLine(s.Location, t.width()-10-source.DisplayWidth(at))))
	}
}

// codeLine is the line at which l begins, without indentation, cut around l to
// width cells.
func codeLine(l source.Location, width int) string {
	line, offset := l.File.Quote(l.Span)
	from := clamp(int(l.Span.Start-offset), 0, len(line))
	to := clamp(int(l.Span.End-offset), from, len(line))
	before, marked, after := window(line, from, to, max(40, width))
	return strings.TrimSpace(before + marked + after)
}

// traces writes every flow of f step by step.
func (t *textWriter) traces(f *finding.Finding) {
	for i := range f.Flows {
		head := t.destination(f.Flows[i].Sink)
		if len(f.Flows) > 1 {
			head = fmt.Sprintf("(%d/%d) ", i+1, len(f.Flows)) + head
		}
		t.line("  %s %s", t.paint.dim(t.say("路径", "trace")), head)
		t.trace(&f.Flows[i])
	}
}

// destination names the end of one flow: sent to api.example.com (wx.request
// pages/a/a.js:3:5).
func (t *textWriter) destination(sink finding.Sink) string {
	return t.end(sink) + t.say("（", " (") + t.call(sink) + t.say("）", ")")
}

// end says what becomes of a value at sink: sent to api.example.com.
func (t *textWriter) end(sink finding.Sink) string {
	switch {
	case sink.Host != "":
		return sinkWord(sink).In(t.o.Lang) + " " + oneLine(sink.Host, 60) + HostNote(sink, t.o.Lang)
	case sink.Kind == finding.Cloud && collectionOf(sink) != "":
		return t.say("写入云端集合 ", "written to the cloud collection ") + oneLine(collectionOf(sink), 40)
	case sink.Kind == finding.Network:
		return sinkWord(sink).In(t.o.Lang) + t.say("未知主机", " an unknown host") + HostNote(sink, t.o.Lang)
	}
	return sinkWord(sink).In(t.o.Lang)
}

// collectionOf is what a call of the cloud's database writes to, with its environment if
// that is known: users@prod for "Collection.add users@prod".
func collectionOf(sink finding.Sink) string {
	call, collection, _ := strings.Cut(sink.API, " ")
	if !strings.HasPrefix(call, "Collection.") && !strings.HasPrefix(call, "Document.") {
		return ""
	}
	return collection
}

// call names the call that is sink: wx.request pages/a/a.js:3:5.
func (t *textWriter) call(sink finding.Sink) string {
	if sink.Location.IsZero() {
		return oneLine(sink.API, 40)
	}
	return oneLine(sink.API, 40) + " " + t.place(sink.Location)
}
