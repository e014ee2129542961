package report

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/source"
)

// Difference is what two states of one program do differently.
type Difference struct {
	Program string         // the path of its directory
	State   string         // "added", "removed" or "changed"
	Changes []filed.Change // if it was there and is
}

var differenceWords = map[string][2]string{
	"added":   {"新的小程序", "a new mini program"},
	"removed": {"小程序已不在", "the mini program is gone"},
}

// DiffFormats are the forms in which differences can be written, by name.
var DiffFormats = map[string]func(w io.Writer, all []Difference, o Options) error{
	"text": diffText, "json": diffJSON, "markdown": diffMarkdown,
}

func diffText(w io.Writer, all []Difference, o Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{w: out, o: o, paint: style(o.Color)}
	if len(all) == 0 {
		t.line("%s", o.say("没有变化", "nothing has changed"))
	}
	for i, d := range all {
		if i > 0 {
			t.line("")
		}
		title := t.paint.bold(oneLine(d.Program, 80))
		if words, ok := differenceWords[d.State]; ok {
			title += "  " + o.say(words[0], words[1])
		}
		t.line("%s", title)
		for j := range d.Changes {
			c := &d.Changes[j]
			paint := t.paint.green
			if c.Added {
				paint = t.paint.red
			}
			t.line("  %s", paint(o.difference(c)))
		}
	}
	return out.Flush()
}

// difference is change without what only counts for a filing.
func (o Options) difference(c *filed.Change) string {
	plain := *c
	plain.Accepted = false
	if plain.What == filed.Page {
		plain.What = ""
	}
	return o.change(&plain)
}

func diffJSON(w io.Writer, all []Difference, o Options) error {
	type program struct {
		Program string        `json:"program"`
		State   string        `json:"state"`
		Changes []filedChange `json:"changes"`
	}
	out := []program{}
	for _, d := range all {
		p := program{d.Program, d.State, []filedChange{}}
		for i := range d.Changes {
			p.Changes = append(p.Changes, jsonChange(&d.Changes[i], o.Lang))
		}
		out = append(out, p)
	}
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"programs": out})
}

func diffMarkdown(w io.Writer, all []Difference, o Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{w: out, o: o}
	t.line("## %s", o.say("个人信息的变化", "What has changed about personal information"))
	t.line("")
	if len(all) == 0 {
		t.line("%s", o.say("没有变化。", "Nothing has changed."))
	}
	for _, d := range all {
		title := markdownText(d.Program)
		if words, ok := differenceWords[d.State]; ok {
			title += ": " + o.say(words[0], words[1])
		}
		t.line("### %s", title)
		t.line("")
		for j := range d.Changes {
			t.line("- %s", markdownText(o.difference(&d.Changes[j])))
		}
		t.line("")
	}
	return out.Flush()
}
